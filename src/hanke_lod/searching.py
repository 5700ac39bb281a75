"""The index behind lists and search: built with a publication, read by the server."""

from __future__ import annotations

import json
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from hanke_lod.texts import of

_SCHEMA = """
CREATE TABLE project (slug TEXT PRIMARY KEY, names TEXT NOT NULL, sort TEXT NOT NULL, folded TEXT NOT NULL,
  start TEXT NOT NULL, end TEXT NOT NULL, earliest TEXT NOT NULL, latest TEXT NOT NULL, status TEXT NOT NULL,
  changed TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE link (slug TEXT NOT NULL, relation TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
  PRIMARY KEY (slug, relation, kind, target)) WITHOUT ROWID;
CREATE TABLE thing (kind TEXT NOT NULL, slug TEXT NOT NULL, names TEXT NOT NULL, sort TEXT NOT NULL,
  parent TEXT NOT NULL, PRIMARY KEY (kind, slug)) WITHOUT ROWID;
CREATE INDEX project_sort ON project (sort, slug);
CREATE INDEX project_latest ON project (latest, sort);
CREATE INDEX project_earliest ON project (earliest, sort);
CREATE INDEX link_target ON link (kind, target, slug);
"""

#: How a list of projects may be ordered, by the word in the address. An open end comes before every date; a project
#: without a period comes last.
ORDERS: Mapping[str, str] = {
    "title": "p.sort, p.slug",
    "start": "p.earliest = '', p.earliest DESC, p.sort",
    "end": "p.earliest || p.latest = '', p.latest != '', p.latest DESC, p.sort",
    "changed": "p.changed DESC, p.sort",
}


@dataclass(frozen=True)
class ListedLink:
    """A project's link to another thing: the relation is a property's local name ("inSector", "partner")."""

    relation: str
    kind: str
    target: str


@dataclass(frozen=True)
class ListedProject:
    """A project as lists show it. `start` and `end` keep the precision written; `earliest` and `latest` are days."""

    slug: str
    names: Mapping[str, str]
    start: str = ""
    end: str = ""
    earliest: str = ""
    latest: str = ""
    status: str = ""
    changed: str = ""
    text: str = ""
    links: tuple[ListedLink, ...] = ()


@dataclass(frozen=True)
class ListedThing:
    """A sector, funding source or organisation, with how many projects it has."""

    kind: str
    slug: str
    names: Mapping[str, str]
    parent: str = ""
    count: int = 0


@dataclass(frozen=True)
class Selection:
    """What a list is narrowed to; an empty value narrows nothing. `running` is a day on which a project runs."""

    sector: str = ""
    funding: str = ""
    organisation: str = ""
    status: str = ""
    year: str = ""
    running: str = ""
    words: str = ""


def fold(text: str) -> str:
    """Return the text as search compares it: lower case, without diacritics."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


#: In Finnish and Swedish å, ä and ö are letters of their own, after z.
_LETTERS = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c"})


def sort_key(text: str) -> str:
    """Return what a list is ordered by: the words and numbers in lower case, å, ä and ö after z.

    >>> sort_key("Äänekoski") > sort_key("Zorro")
    True
    """
    letters = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return " ".join("".join(c if c.isalnum() or c == "{" else " " for c in fold(letters)).split())


def build(path: Path, projects: Iterable[ListedProject], things: Iterable[ListedThing]) -> None:
    """Write the index file.

    Raises:
        OSError: it cannot be written.
    """
    try:
        _write(path, projects, things)
    except sqlite3.OperationalError as error:  # the disk is full, say
        raise OSError(str(error)) from error


def _write(path: Path, projects: Iterable[ListedProject], things: Iterable[ListedThing]) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA journal_mode = OFF")
        base.executescript(_SCHEMA)
        for p in projects:
            title = of(p.names, "fi")
            text = fold(" ".join((*p.names.values(), p.text)))
            values = (p.slug, json.dumps(p.names, ensure_ascii=False), sort_key(title), text, p.start, p.end)
            base.execute(
                "INSERT INTO project VALUES (?,?,?,?,?,?,?,?,?,?)",
                (*values, p.earliest, p.latest, p.status, p.changed),
            )
            base.executemany(
                "INSERT OR IGNORE INTO link VALUES (?,?,?,?)",
                [(p.slug, link.relation, link.kind, link.target) for link in p.links],
            )
        base.executemany(
            "INSERT INTO thing VALUES (?,?,?,?,?)",
            [
                (t.kind, t.slug, json.dumps(t.names, ensure_ascii=False), sort_key(of(t.names, "fi")), t.parent)
                for t in things
            ],
        )


class Index:
    """The index opened for reading; each thread has its own connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    def _base(self) -> sqlite3.Connection:
        base: sqlite3.Connection | None = getattr(self._local, "base", None)
        if base is None:
            base = sqlite3.connect(f"file:{quote(str(self._path))}?mode=ro&immutable=1", uri=True)
            self._local.base = base
        return base

    def projects(
        self, selection: Selection, *, order: str = "title", offset: int = 0, limit: int = 50
    ) -> list[ListedProject]:
        """Return a page of the selected projects, with their links."""
        where, values = _condition(selection)
        rows = self._base().execute(
            f"SELECT slug, names, start, end, earliest, latest, status, changed FROM project p WHERE {where} "
            f"ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [
            ListedProject(slug, json.loads(names), start, end, first, last, status, changed, links=self._links(slug))
            for slug, names, start, end, first, last, status, changed in rows
        ]

    def _links(self, slug: str) -> tuple[ListedLink, ...]:
        rows = self._base().execute("SELECT relation, kind, target FROM link WHERE slug = ?", (slug,))
        return tuple(ListedLink(*row) for row in rows)

    def count(self, selection: Selection) -> int:
        """Return how many projects are selected."""
        where, values = _condition(selection)
        return int(self._base().execute(f"SELECT count(*) FROM project p WHERE {where}", values).fetchone()[0])

    def things(self, kind: str, selection: Selection | None = None) -> list[ListedThing]:
        """Return all things of a kind by name, each with its number of (selected) projects."""
        where, values = _condition(selection or Selection())
        counts = dict(
            self._base().execute(
                "SELECT l.target, count(DISTINCT l.slug) FROM link l JOIN project p ON p.slug = l.slug "
                f"WHERE l.kind = ? AND {where} GROUP BY l.target",
                (kind, *values),
            )
        )
        rows = self._base().execute("SELECT slug, names, parent FROM thing WHERE kind = ? ORDER BY sort, slug", (kind,))
        return [ListedThing(kind, slug, json.loads(names), parent, counts.get(slug, 0)) for slug, names, parent in rows]

    def years(self) -> tuple[int, int] | None:
        """Return the first and last year in which a project runs, or None when no project has a period."""
        first, last = (
            self._base().execute("SELECT min(nullif(earliest, '')), max(max(latest, earliest)) FROM project").fetchone()
        )
        return (int(first[:4]), int((last or first)[:4])) if first else None


def _condition(selection: Selection) -> tuple[str, Sequence[str]]:
    parts: list[str] = []
    values: list[str] = []
    for kind in ("sector", "funding", "organisation"):
        target = getattr(selection, kind)
        if target:
            parts.append(_DESCENDANTS if kind == "sector" else _LINKED)
            values += [target] if kind == "sector" else [kind, target]
    if selection.status:
        parts.append("p.status = ?")
        values.append(selection.status)
    for first, last in ((f"{selection.year}-01-01", f"{selection.year}-12-31"),) if selection.year else ():
        parts.append("p.earliest != '' AND p.earliest <= ? AND (p.latest = '' OR p.latest >= ?)")
        values += [last, first]
    if selection.running:
        parts.append("p.earliest != '' AND p.earliest <= ? AND (p.latest = '' OR p.latest >= ?)")
        values += [selection.running, selection.running]
    for word in fold(selection.words).split():
        parts.append("p.folded LIKE ? ESCAPE '\\'")
        values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    return " AND ".join(parts) or "1", values


_LINKED = "p.slug IN (SELECT slug FROM link WHERE kind = ? AND target = ?)"
_DESCENDANTS = (
    "p.slug IN (WITH RECURSIVE below(slug) AS (VALUES (?) UNION SELECT t.slug FROM thing t JOIN below b "
    "ON t.parent = b.slug WHERE t.kind = 'sector') "
    "SELECT l.slug FROM link l JOIN below b ON l.kind = 'sector' AND l.target = b.slug)"
)
