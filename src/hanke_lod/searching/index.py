"""The index opened for reading: lists of projects, narrowed and searched; things and how many projects each has."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hanke_lod.searching.folding import fold, words
from hanke_lod.searching.guessing import guesses
from hanke_lod.searching.listed import ListedLink, ListedProject, ListedThing
from hanke_lod.searching.writing import NAME_MARK

#: How a list of projects may be ordered, by the word in the address → the column of a project's place in that order.
#: An open end comes before every date; a project without a period comes last. Equal ones stand by title, then slug.
ORDERS: Mapping[str, str] = {"title": "p.id", "start": "o.start", "end": "o.end", "changed": "o.changed"}
#: From so many letters on a word finds what contains it, or begins with it; shorter ones find themselves only.
_SHORTEST_PIECE = 3
#: How many words of the index a piece of a word may stand for: the shortest, which have least besides it.
_MOST_PIECES = 400


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

    # ── projects ──

    def projects(
        self, selection: Selection, *, order: str = "title", offset: int = 0, limit: int = 50
    ) -> list[ListedProject]:
        """Return a page of the selected projects, with their links."""
        return [self._project(number) for number in self._numbers(selection, order, offset, limit)]

    def _numbers(self, selection: Selection, order: str, offset: int, limit: int) -> list[int]:
        """Return the numbers of a page's projects.

        The cross joins have SQLite begin with what is found, else walk the order; either way it reads no row of a
        project that it need not read, and stops at the page's end where the order is that of the numbers.
        """
        sought = self._sought(selection.words)
        where, values = self._condition(replace(selection, words="") if sought else selection)
        tables = ["text"] * bool(sought) + ["place o"] * (order != "title")
        tables += ["project p"] * (where != "1" or not tables)
        numbers = [{"text": "text.rowid", "place o": "o.id", "project p": "p.id"}[table] for table in tables]
        joined = [f"{number} = {numbers[0]}" for number in numbers[1:]]
        place = numbers[0] if order == "title" else ORDERS[order]
        matched = ["text MATCH ?"] if sought else []
        return self._column(
            f"SELECT {numbers[0]} FROM {' CROSS JOIN '.join(tables)} "
            f"WHERE {' AND '.join([*matched, *joined, where])} ORDER BY {place} LIMIT ? OFFSET ?",
            *([sought] if sought else []), *values, limit, offset,
        )  # fmt: skip

    def _project(self, number: int) -> ListedProject:
        row = self._base().execute(
            "SELECT slug, names, start, end, earliest, latest, status, changed FROM project WHERE id = ?", (number,)
        )
        slug, names, start, end, first, last, status, changed = row.fetchone()
        links = self._links(number)
        return ListedProject(slug, json.loads(names), start, end, first, last, status, changed, links=links)

    def _links(self, project: int) -> tuple[ListedLink, ...]:
        rows = self._base().execute("SELECT relation, kind, target FROM link WHERE project = ?", (project,))
        return tuple(ListedLink(*row) for row in rows)

    def count(self, selection: Selection) -> int:
        """Return how many projects are selected."""
        if selection.words.strip() and selection == Selection(words=selection.words):
            sought = self._sought(selection.words)  # the index of words can count by itself
            found = self._base().execute("SELECT count(*) FROM text WHERE text MATCH ?", (sought,)) if sought else None
            return int(found.fetchone()[0]) if found else 0
        where, values = self._condition(selection)
        return int(self._base().execute(f"SELECT count(*) FROM project p WHERE {where}", values).fetchone()[0])

    def years(self) -> tuple[int, int] | None:
        """Return the first and last year in which a project runs, or None when no project has a period."""
        first, last = (
            self._base().execute("SELECT min(nullif(earliest, '')), max(max(latest, earliest)) FROM project").fetchone()
        )
        return (int(first[:4]), int((last or first)[:4])) if first else None

    # ── things ──

    def things(self, kind: str, selection: Selection | None = None) -> list[ListedThing]:
        """Return all things of a kind by name, each with its number of (selected) projects."""
        where, values = self._condition(selection or Selection())
        chosen = "" if where == "1" else f"AND l.project IN (SELECT p.id FROM project p WHERE {where}) "
        counts = dict(
            self._base().execute(
                "SELECT l.target, count(DISTINCT l.project) FROM link l INDEXED BY link_target "
                f"WHERE l.kind = ? {chosen}GROUP BY l.target",
                (kind, *values),
            )
        )
        rows = self._base().execute("SELECT slug, names, parent FROM thing WHERE kind = ? ORDER BY sort, slug", (kind,))
        return [ListedThing(kind, slug, json.loads(names), parent, counts.get(slug, 0)) for slug, names, parent in rows]

    # ── what is selected ──

    def _condition(self, selection: Selection) -> tuple[str, Sequence[str]]:
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
        days = [(f"{selection.year}-12-31", f"{selection.year}-01-01")] if selection.year else []
        days += [(selection.running, selection.running)] if selection.running else []
        for last, first in days:
            parts.append("p.earliest != '' AND p.earliest <= ? AND (p.latest = '' OR p.latest >= ?)")
            values += [last, first]
        if selection.words.strip():
            sought = self._sought(selection.words)
            parts.append("p.id IN (SELECT rowid FROM text WHERE text MATCH ?)" if sought else "0")
            values += [sought] if sought else []
        return " AND ".join(parts) or "1", values

    def _sought(self, text: str) -> str:
        """Return what FTS5 is to match so that every word is found in some form, "" where there is no word."""
        return " AND ".join(f"({self._any_form(word)})" for word in dict.fromkeys(words(fold(text))))

    def _any_form(self, word: str) -> str:
        bases = self._column("SELECT base FROM form WHERE form = ?", word)
        if bases or self._known([word]):
            found, name = [word, *bases], len(word) >= _SHORTEST_PIECE
        else:
            found, name = self._known(sorted(guesses(word))) or self._containing(word) or [word], False
        terms = [f'"{term}"' for term in found] + ([f'"{NAME_MARK}{word}" *'] if name else [])
        return " OR ".join(terms)

    def _known(self, asked: Sequence[str]) -> list[str]:
        marks = ",".join("?" * len(asked))
        return self._column(f"SELECT term FROM term WHERE term IN ({marks}) ORDER BY term", *asked)

    def _containing(self, word: str) -> list[str]:
        if len(word) < _SHORTEST_PIECE:
            return []
        query = "SELECT term FROM piece WHERE piece MATCH ? ORDER BY length(term), term LIMIT ?"
        return self._column(query, f'"{word}"', _MOST_PIECES)

    def _column(self, query: str, *values: str | int) -> list[Any]:  # Any: what the column holds
        return [row[0] for row in self._base().execute(query, values)]


_LINKED = "p.id IN (SELECT project FROM link WHERE kind = ? AND target = ?)"
_DESCENDANTS = (
    "p.id IN (WITH RECURSIVE below(slug) AS (VALUES (?) UNION SELECT t.slug FROM thing t JOIN below b "
    "ON t.parent = b.slug WHERE t.kind = 'sector') "
    "SELECT l.project FROM link l JOIN below b ON l.kind = 'sector' AND l.target = b.slug)"
)
