"""Labels in running text ("Kylätalo. Rahoitus: EAKR. Kesto: 2021"): the entry is read as if they stood on lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Field

#: Labels of these kinds part the text; those of roles and periods are understood as they stand.
_KINDS = frozenset((
    "money", "money-other", "funding", "funder", "programme", "status", "description", "other", "homepage",
    "contact", "identifier", "decision", "updated", "place",
))  # fmt: skip
_TEXTS = frozenset(("description", "other"))
_LABEL = re.compile(r"(?:^|(?<=[.;,(\n!?:])|(?<= [–-]))[ \n]*(?P<label>[^\W\d_][^\n:.;,()!?]{1,40}?)[ ]?:(?=\s)")
_NEXT_LABEL = re.compile(r"\s+(?P<label>[^\W\d_][^\n:.;,()!?]{1,40}?):\s")
_SENTENCE = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ0-9]|\s*$)|[;\t]")
_ABBREVIATED = re.compile(r"(?:\b(?:n|s|mm|milj|nro|ym|yms|esim|r\.y|r\.f|bl\.a|ca|nr|no)|\b[A-ZÅÄÖ]|\b\d{1,2})$")


@dataclass(frozen=True)
class _Found:
    label: str
    kind: str
    start: int
    end: int


def parts(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> tuple[Field, ...]:
    """Return the parts of a running text by the labels in it; () where it has none."""
    stop = len(text) if end is None else end
    found = list(_labels(text, lexicon, start, stop))
    if not found:
        return ()
    made: list[Field] = []
    position = start
    for number, one in enumerate(found):
        if position < one.start:
            made.append(Field("", position, one.start))
        following = found[number + 1].start if number + 1 < len(found) else stop
        last = following if one.kind in _TEXTS else value_end(text, one.end, following)
        made.append(Field(one.label, one.end, last))
        position = last
    if position < stop:
        made.append(Field("", position, stop))
    return tuple(made)


def _labels(text: str, lexicon: Lexicon, start: int, end: int) -> Iterator[_Found]:
    if ":" not in text:
        return
    for match in _LABEL.finditer(text, start, end):
        label = match["label"]
        if len(label.split()) > 4:
            continue
        kind = lexicon.field_of(label)
        if (kind in _KINDS and match.start() > 0) or (kind == "title" and match.start("label") == 0):
            yield _Found(label, kind, match.start("label"), match.end())


def value_end(text: str, start: int, end: int, lexicon: Lexicon | None = None) -> int:
    """Return where a label's value ends: with its sentence, before another label, or with the brackets around it."""
    for match in _SENTENCE.finditer(text, start, end):
        following = _NEXT_LABEL.match(text, match.end(), end) if lexicon else None
        if match.group() == ";" and lexicon and following is None:
            continue  # parts names
        known = following is not None and lexicon is not None and lexicon.field_of(following["label"]) != ""
        if (
            match.group() != "."
            or known
            or not _ABBREVIATED.search(text[max(start, match.start() - 8) : match.start()])
        ):
            end = match.start()
            break
    depth = 0
    for position in range(start, end):
        depth += (text[position] == "(") - (text[position] == ")")
        if depth < 0:
            return position
    return end
