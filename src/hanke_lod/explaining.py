"""Spans and remarks → JSON for pages and machines, and lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hanke_lod.model import Block, Project, Remark, SpanKind, Statement, Understanding
from hanke_lod.texts import of, say

Json = dict[str, Any]  # Any: JSON

#: Kind of span → how the terminal shows it; each kind has a look of its own also without colour.
STYLES: Mapping[SpanKind, str] = {
    "title": "bold",
    "description": "italic",
    "period": "underline blue",
    "role": "magenta",
    "organisation": "underline green",
    "funding": "underline yellow",
    "money": "yellow",
    "sector": "cyan",
    "status": "cyan",
    "label": "dim",
    "link": "underline cyan",
    "separator": "dim",
    "other": "reverse",
}


# ── for pages and machines ──────────────────────────────────────────────────────────────────────────────────


def statement_json(statement: Statement) -> Json:
    """Return an entry with its spans and remarks, and where it stands."""
    return {"source": statement.source, "anchor": statement.anchor, **_entry_json(statement.project)}


def _entry_json(project: Project) -> Json:
    entry = project.entry
    return {
        "line": entry.place.line,
        "locator": entry.place.locator,
        "headings": list(entry.headings),
        "text": entry.text,
        **_marks(project),
    }


def _marks(project: Project) -> Json:
    return {
        "spans": [[span.start, span.end, span.kind] for span in project.spans],
        "remarks": [remark_json(remark) for remark in project.remarks],
    }


def remark_json(remark: Remark) -> Json:
    """Return a remark: its text's identifier, its facts and its place."""
    return {
        "text": remark.text,
        "facts": dict(remark.facts),
        "line": remark.place.line,
        "locator": remark.place.locator,
    }


def document_json(understanding: Understanding, statements: Iterable[Statement]) -> list[Json]:
    """Return the document's blocks in reading order; an entry with its spans, remarks and the project it is about."""
    by_entry: Mapping[int, Statement] = {id(s.project.entry): s for s in statements}
    return [_block_json(block, by_entry) for block in understanding.document.blocks]


def _block_json(block: Block, by_entry: Mapping[int, Statement]) -> Json:
    made: Json = {
        "kind": block.kind,
        "text": block.text,
        "level": block.level,
        "line": block.place.line,
        "locator": block.place.locator,
        "project": None,
        "anchor": "",
        "spans": [],
        "remarks": [],
    }
    statement = by_entry.get(id(block.entry)) if block.entry is not None else None
    if statement is not None:
        made |= {"project": statement.slug, "anchor": statement.anchor, **_marks(statement.project)}
    return made


def understanding_json(understanding: Understanding, language: str) -> Json:
    """Return all that was understood of a document, remarks also in words; offsets count code points from 0."""
    document = understanding.document
    return {
        "document": document.name,
        "language": document.language,
        "remarks": [_told(remark, language) for remark in document.remarks],
        "projects": [_project_json(project, language) for project in understanding.projects],
    }


def _told(remark: Remark, language: str) -> Json:
    return {**remark_json(remark), "message": say(remark.text, language, **dict(remark.facts))}


def _project_json(project: Project, language: str) -> Json:
    return {
        "title": project.title,
        "description": project.description,
        "periods": [[str(p.start) if p.start else None, str(p.end) if p.end else None] for p in project.periods],
        "sectors": [of(sector.names, language) for sector in project.sectors],
        "status": project.status.name if project.status else None,
        "funding": [of(source.names, language) for source in project.funding],
        "participants": [
            {"role": p.role, "organisation": of(p.organisation.names, language)} for p in project.participations
        ],
        "budget": f"{project.budget.amount:f} {project.budget.currency}" if project.budget else None,
        "homepage": project.homepage,
        **_entry_json(project),
        "remarks": [_told(remark, language) for remark in project.remarks],
    }


# ── for the terminal ────────────────────────────────────────────────────────────────────────────────────────


def to_terminal(understanding: Understanding, language: str) -> Iterator[Group]:
    """Yield each entry for rich to print: the text with its spans marked, what they were read as, the remarks.

    The document's own remarks come first: what was left out before there were entries.
    """
    of_document = [_remark(remark, language) for remark in understanding.document.remarks]
    if of_document:
        yield Group(*of_document, Text())
    for number, project in enumerate(understanding.projects, start=1):
        place = project.entry.place
        where = f"{understanding.document.name}:{place.line}" if place.line is not None else place.locator
        head = Text(f"{number}. {where}", style="dim")
        rows = Table.grid(padding=(0, 2))
        for name, value in _facts(project, language):
            rows.add_row(Text(name, style="dim"), Text(value))
        remarks = [_remark(remark, language, place=False) for remark in project.remarks]
        yield Group(head, Padding(_marked(project), (0, 0, 0, 2)), Padding(rows, (0, 0, 0, 4)), *remarks, Text())


def _remark(remark: Remark, language: str, *, place: bool = True) -> Text:
    told = remark.place.locator or (f"{remark.document}:{remark.place.line}" if remark.place.line is not None else "")
    where = f"{told}: " if place and told else ""
    return Text(f"! {where}{say(remark.text, language, **dict(remark.facts))}", style="bold red")


def _marked(project: Project) -> Text:
    marked = Text(project.entry.text)
    for span in project.spans:
        marked.stylize(STYLES[span.kind], span.start, span.end)
    return marked


def _facts(project: Project, language: str) -> Iterator[tuple[str, str]]:
    yield say("page-mark-title", language), project.title
    for period in project.periods:
        yield say("page-mark-period", language), f"{period.start or '…'} – {period.end or '…'}"
    for participation in project.participations:
        yield say(f"page-role-{participation.role}", language), of(participation.organisation.names, language)
    for source in project.funding:
        yield say("page-funding", language), of(source.names, language)
    for sector in project.sectors:
        yield say("page-sector", language), of(sector.names, language)
    if project.budget:
        yield say("page-budget", language), f"{project.budget.amount:f} {project.budget.currency}"
    if project.status:
        yield say("page-status", language), project.status.written
    if project.homepage:
        yield say("page-homepage", language), project.homepage
    if project.description:
        yield say("page-description", language), project.description
    for span in project.spans:
        if span.kind == "other":
            yield say("page-mark-other", language), project.entry.text[span.start : span.end].strip()
