"""One entry understood by itself: what several tests of the interpreting room share."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from hanke_lod.interpreting import interpret
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Block, Document, Entry, Field, FundingSource, Organisation, Place, Project

_LABELLED = re.compile(r"([^:\n]{2,40}):\s+")


def rows(name: str) -> Sequence[dict[str, str]]:
    """Return the rows of a table of cases beside the tests."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def understood(
    text: str, language: str = "fi", fields: Sequence[Field] = (), headings: tuple[str, ...] = ()
) -> Project:
    """Return what an entry says; the fields of one of several lines are its lines, labelled or not."""
    parts = tuple(fields) or (tuple(_lines(text)) if "\n" in text else ())
    entry = Entry(text, Place(1), headings, parts)
    block = Block("entry", text, entry.place, entry=entry)
    document = Document("list.txt", "text/plain", "", language, (block,))
    return interpret(document, Lexicon.bundled()).projects[0]


def _lines(text: str) -> Sequence[Field]:
    made, position = [], 0
    for line in text.split("\n"):
        labelled = _LABELLED.match(line)
        label, start = (labelled[1], labelled.end()) if labelled else ("", 0)
        made.append(Field(label, position + start, position + len(line)))
        position += len(line) + 1
    return made


def name_of(thing: Organisation | FundingSource, language: str) -> str:
    """Return a name in the language, or in the first that there is."""
    return thing.names.get(language) or next(iter(thing.names.values()))


def agents(project: Project) -> set[str]:
    """Return who takes part and what finances, as "role: name"."""
    made = {f"{p.role}: {name_of(p.organisation, project.language)}" for p in project.participations}
    return made | {f"funding: {name_of(source, project.language)}" for source in project.funding}
