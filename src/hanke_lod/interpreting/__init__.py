"""Entries → projects and remarks: what does each part of an entry say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hanke_lod.interpreting import fields, inline, prose
from hanke_lod.interpreting.abbreviations import with_abbreviations
from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.headings import Headings
from hanke_lod.interpreting.organisations import Tools
from hanke_lod.interpreting.plain import Plain, plain
from hanke_lod.interpreting.spans import Taken
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Document, Entry, Field, Project, Understanding

__all__ = ["interpret"]


def interpret(document: Document, lexicon: Lexicon) -> Understanding:
    """Return what each entry of the document says."""
    lexicon = with_abbreviations(lexicon, document)
    tools, headings = Tools.of(lexicon), Headings.of(lexicon)
    title = _title(document)
    projects = [_project(entry, document, title, tools, headings) for entry in document.entries]
    return Understanding(document, tuple(projects))


def _title(document: Document) -> str:
    """Return the heading that stands over every entry of the document, or ""."""
    outermost = {entry.headings[0] if entry.headings else "" for entry in document.entries}
    return outermost.pop() if len(outermost) == 1 else ""


def _project(entry: Entry, document: Document, title: str, tools: Tools, headings: Headings) -> Project:
    seen = plain(entry.text)
    facts = Facts(entry, document.language, seen, Taken(seen.text))
    above = headings.read(entry.headings, document.language, title)
    facts.sectors = list(above.sectors[-1:])
    facts.status = above.status
    facts.funding = dict.fromkeys(above.funding)
    parts = tuple(_parts(entry, seen, tools.lexicon))
    if parts:
        if not entry.fields:
            prose.take_periods(facts, 0, len(seen.text))
        fields.read(facts, parts, tools, headings)
    else:
        prose.read(facts, tools)
    if not facts.homepage and entry.links:
        facts.homepage = entry.links[0].target
    if not facts.titles:
        facts.remark("title-missing", entry.text)
    project = facts.project(facts.titles[0] if facts.titles else " ".join(entry.text.split()))
    return replace(project, remarks=tuple(replace(r, document=document.name) for r in project.remarks))


def _parts(entry: Entry, seen: Plain, lexicon: Lexicon) -> Iterator[Field]:
    """Yield the parts of an entry that have labels, and those between: its fields, and what is labelled in its text."""
    for field in entry.fields or (Field("", 0, len(entry.text)),):
        start, end = seen.forth(field.start), seen.forth(field.end)
        within = () if field.label else inline.parts(seen.text[start:end], lexicon)
        if within:
            yield from (Field(one.label, one.start + start, one.end + start) for one in within)
        elif entry.fields:
            yield Field(field.label, start, end)
