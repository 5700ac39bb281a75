"""Entries → projects and remarks: what does each part of an entry say?"""

from __future__ import annotations

from dataclasses import replace

from hanke_lod.interpreting import fields, prose
from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.headings import Headings
from hanke_lod.interpreting.names import Names
from hanke_lod.interpreting.plain import plain
from hanke_lod.interpreting.roles import Roles
from hanke_lod.interpreting.spans import Taken
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Document, Entry, Field, Project, Understanding

__all__ = ["interpret"]


def interpret(document: Document, lexicon: Lexicon) -> Understanding:
    """Return what each entry of the document says."""
    names = Names.of(lexicon)
    tools = prose.Tools(lexicon, names, Roles(lexicon, names), lexicon.plain_labels)
    headings = Headings(lexicon, names)
    title = _title(document)
    projects = [_project(entry, document, title, tools, headings) for entry in document.entries]
    return Understanding(document, tuple(projects))


def _title(document: Document) -> str:
    """Return the heading that stands over every entry of the document, or ""."""
    outermost = {entry.headings[0] if entry.headings else "" for entry in document.entries}
    return outermost.pop() if len(outermost) == 1 else ""


def _project(entry: Entry, document: Document, title: str, tools: prose.Tools, headings: Headings) -> Project:
    seen = plain(entry.text)
    parts = tuple(Field(f.label, seen.forth(f.start), seen.forth(f.end)) for f in entry.fields)
    facts = Facts(entry, document.language, seen, Taken(seen.text))
    above = headings.read(entry.headings, document.language, title)
    facts.sectors = list(above.sectors[-1:])
    facts.status = above.status
    facts.funding = dict.fromkeys(above.funding)
    if parts:
        fields.read(facts, parts, tools, headings)
    else:
        prose.read(facts, tools)
    if not facts.homepage and entry.links:
        facts.homepage = entry.links[0].target
    if not facts.titles:
        facts.remark("title-missing", entry.text)
    project = facts.project(facts.titles[0] if facts.titles else " ".join(entry.text.split()))
    return replace(project, remarks=tuple(replace(r, document=document.name) for r in project.remarks))
