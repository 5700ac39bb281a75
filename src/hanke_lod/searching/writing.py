"""The index file: projects in the order of their titles, their links, and the words they are found by.

A project's number is its place in the order of titles, so that what is found by number is in order already. A project
is found by its words as they are written, by their base forms and by those of the parts of compounds. Words that no
dictionary knows are mostly names: they stand a second time behind "_", to be found by their beginning, since nobody
can tell their base form.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from pathlib import Path

from hanke_lod.searching.folding import fold, sort_key, words
from hanke_lod.searching.listed import ListedProject, ListedThing
from hanke_lod.texts import of

#: From a language and lower-case words to each word's base forms, () for a word that nobody knows.
Bases = Callable[[str, Iterable[str]], Mapping[str, Sequence[str]]]
NAME_MARK = "_"

_SCHEMA = """
CREATE TABLE project (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, names TEXT NOT NULL, sort TEXT NOT NULL,
  start TEXT NOT NULL, end TEXT NOT NULL, earliest TEXT NOT NULL, latest TEXT NOT NULL, status TEXT NOT NULL,
  changed TEXT NOT NULL);
CREATE TABLE link (project INTEGER NOT NULL, relation TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
  PRIMARY KEY (project, relation, kind, target)) WITHOUT ROWID;
CREATE TABLE thing (kind TEXT NOT NULL, slug TEXT NOT NULL, names TEXT NOT NULL, sort TEXT NOT NULL,
  parent TEXT NOT NULL, PRIMARY KEY (kind, slug)) WITHOUT ROWID;
CREATE VIRTUAL TABLE text USING fts5 (words, content = '', detail = none,
  tokenize = "unicode61 remove_diacritics 0 tokenchars '_'");
CREATE TABLE form (form TEXT NOT NULL, base TEXT NOT NULL, PRIMARY KEY (form, base)) WITHOUT ROWID;
CREATE TABLE term (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE piece USING fts5 (term, content = 'term', content_rowid = 'id', tokenize = 'trigram');
"""
#: What is made when the rows are there: where each project stands in the other orders, and the indexes.
_FINISH = """
CREATE TABLE place AS SELECT id,
  row_number() OVER (ORDER BY earliest = '', earliest DESC, id) AS start,
  row_number() OVER (ORDER BY earliest || latest = '', latest != '', latest DESC, id) AS end,
  row_number() OVER (ORDER BY changed DESC, id) AS changed FROM project;
CREATE INDEX place_id ON place (id, start, end, changed);
CREATE INDEX place_start ON place (start, id);
CREATE INDEX place_end ON place (end, id);
CREATE INDEX place_changed ON place (changed, id);
CREATE INDEX project_period ON project (earliest, latest);
CREATE INDEX project_status ON project (status);
CREATE INDEX link_target ON link (kind, target, project);
INSERT INTO piece (piece) VALUES ('rebuild');
INSERT INTO text (text) VALUES ('optimize');
ANALYZE;
"""


def _nothing_known(_language: str, _words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    return {}


def build(
    path: Path, projects: Iterable[ListedProject], things: Iterable[ListedThing], bases: Bases = _nothing_known
) -> None:
    """Write the index file; without `bases` words are found only as they are written.

    Raises:
        OSError: it cannot be written.
    """
    try:
        _write(path, projects, things, bases)
    except sqlite3.OperationalError as error:  # the disk is full, say
        raise OSError(str(error)) from error


def _write(path: Path, projects: Iterable[ListedProject], things: Iterable[ListedThing], bases: Bases) -> None:
    rows = sorted(((sort_key(of(p.names, "fi")), p.slug, p) for p in projects), key=lambda row: row[:2])
    known = _known([p for *_, p in rows], bases)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA journal_mode = OFF")
        base.executescript(_SCHEMA)
        terms: set[str] = set()
        for number, (sort, _, project) in enumerate(rows, start=1):
            _write_project(base, number, sort, project)
            found = set(_terms(project, known))
            terms |= found
            base.execute("INSERT INTO text (rowid, words) VALUES (?,?)", (number, " ".join(sorted(found))))
        base.executemany("INSERT INTO term (term) VALUES (?)", ((t,) for t in sorted(terms) if t[0] != NAME_MARK))
        base.executemany("INSERT OR IGNORE INTO form VALUES (?,?)", _forms(known))
        base.executemany(
            "INSERT INTO thing VALUES (?,?,?,?,?)",
            [
                (t.kind, t.slug, json.dumps(t.names, ensure_ascii=False), sort_key(of(t.names, "fi")), t.parent)
                for t in things
            ],
        )
        base.executescript(_FINISH)


def _write_project(base: sqlite3.Connection, number: int, sort: str, p: ListedProject) -> None:
    names = json.dumps(p.names, ensure_ascii=False)
    base.execute(
        "INSERT INTO project VALUES (?,?,?,?,?,?,?,?,?,?)",
        (number, p.slug, names, sort, p.start, p.end, p.earliest, p.latest, p.status, p.changed),
    )
    base.executemany(
        "INSERT OR IGNORE INTO link VALUES (?,?,?,?)",
        [(number, link.relation, link.kind, link.target) for link in p.links],
    )


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────

_Known = Mapping[str, Mapping[str, Sequence[str]]]


def _written(project: ListedProject) -> Iterator[tuple[str, str]]:
    """Yield the language and each word, in lower case, of all that a project can be found by."""
    for held in (project.names, project.texts):
        for language, text in held.items():
            for word in words(unicodedata.normalize("NFC", text).lower()):
                yield language, word


def _known(projects: Iterable[ListedProject], bases: Bases) -> _Known:
    found: dict[str, set[str]] = {}
    for project in projects:
        for language, word in _written(project):
            found.setdefault(language, set()).add(word)
    return {language: bases(language, sorted(held)) for language, held in sorted(found.items())}


def _terms(project: ListedProject, known: _Known) -> Iterator[str]:
    for language, word in _written(project):
        found = known[language].get(word, ())
        for written in words(fold(word)):
            yield written
            if not found:
                yield NAME_MARK + written
        for base in found:
            yield from words(fold(base))


def _forms(known: _Known) -> Set[tuple[str, str]]:
    """Return each word that is not its own base form, with its base form; a word can have one in each language."""
    pairs = ((fold(word), fold(found[0])) for held in known.values() for word, found in held.items() if found)
    return {(form, base) for form, base in pairs if form != base}
