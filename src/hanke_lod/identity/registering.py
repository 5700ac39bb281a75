"""Understood documents and the ledger → the register: every project, organisation, sector and fund with its slug."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from hanke_lod.identity.history import Snapshot
from hanke_lod.identity.keys import key_of, keys_by_title, pair, unused_key
from hanke_lod.identity.ledger import Ledger, Row, mint, named, slugs_by_key
from hanke_lod.identity.matching import Question, Traits, decide
from hanke_lod.identity.snapshots import earlier, of_project, of_thing, stands_in, traits
from hanke_lod.model import (
    DATASET,
    FundingSource,
    Kind,
    Organisation,
    Project,
    Register,
    Sector,
    SourceRecord,
    Statement,
    Thing,
    short_hash,
)
from hanke_lod.texts import of

Known = Mapping[tuple[Kind, str], Snapshot]
"""What the record last knew of each thing."""
_NOTHING: Known = MappingProxyType({})


@dataclass(frozen=True)
class Identified:
    """Everything with its slug, the ledger with the new rows, and what only a person can tell."""

    register: Register
    ledger: Ledger
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class _Listed:
    """What is listed now under a key; a new slug is made of its title."""

    title: str
    traits: Traits


def register(
    sources: Mapping[str, SourceRecord],
    publisher: Organisation | None,
    sectors: Iterable[Sector],
    ledger: Ledger,
    known: Known = _NOTHING,
    *,
    accept: bool = False,
) -> Identified:
    """Give everything its slug: that of the ledger, that of what it was called before, else a new one.

    `sources` are by file name, in the order of trust; `sectors` are the publisher's own, of which those that are used
    and those above them are published. With `accept` what is likely the same is taken to be.
    """
    used = [project for record in sources.values() for project in record.understanding.projects]
    organisations = _organisations(used, publisher)
    funding = {source.key: source for project in used for source in project.funding}
    tree = _sectors(used, organisations, list(sectors))
    before = earlier(ledger, known)
    named: Mapping[Kind, Mapping[str, Organisation | FundingSource | Sector]] = {
        "sector": tree, "funding": funding, "organisation": organisations,
    }  # fmt: skip
    projects_of = stands_in(used)
    files = {file: of(record.titles, "fi") or file for file, record in sources.items()}
    listed: dict[Kind, dict[str, _Listed]] = {
        "source": {file: _Listed(title, Traits((title,))) for file, title in files.items()},
        **{
            kind: {key: _Listed(key, traits(of_thing(t), "", projects_of[kind, key])) for key, t in things.items()}
            for kind, things in named.items()
        },
        "dataset": {DATASET: _Listed(DATASET, Traits(()))},
    }
    asked: list[Question] = []
    for kind in listed:
        ledger = _identify(ledger, kind, listed[kind], before, asked, accept=accept)
    keyed, projects = _keyed(sources, ledger, before)
    ledger = _identify(ledger, "project", projects, before, asked, accept=accept)
    slugs = slugs_by_key(ledger)
    return Identified(
        Register(
            projects=_statements(keyed, ledger, slugs),
            organisations=_by_slug("organisation", organisations, ledger, slugs),
            funding=_by_slug("funding", funding, ledger, slugs),
            sectors=_by_slug("sector", tree, ledger, slugs),
            sources={slugs["source", file]: record for file, record in sources.items()},
            slugs=slugs,
            publisher=slugs["organisation", publisher.key] if publisher else "",
        ),
        ledger,
        tuple(asked),
    )


def _identify(
    ledger: Ledger,
    kind: Kind,
    listed: Mapping[str, _Listed],
    before: Mapping[tuple[Kind, str], Traits],
    asked: list[Question],
    *,
    accept: bool,
) -> Ledger:
    """Return the ledger with a row for all that is listed of a kind; what only a person can tell is added to `asked`.

    What is new and certainly an earlier thing takes over its row: the row gets the new key.
    """
    slugs = slugs_by_key(ledger)
    new = {key: thing for key, thing in listed.items() if (kind, key) not in slugs}
    if new:
        rows = [row for row in ledger.values() if row.kind == kind]
        others = {row.key for row in rows if named(ledger, row).merged_into}  # of a thing of its own, no other name
        here = {slugs[kind, key] for key in listed if key not in new and key not in others}
        missing = {
            row.slug: before[kind, row.slug]
            for row in rows
            if row.first and row.slug not in here and row.key not in listed
        }
        verdict = decide(missing, {key: thing.traits for key, thing in new.items()})
        renamed = {**verdict.certain, **(verdict.proposed if accept else {})}
        ledger = {**ledger, **{(kind, slug): replace(ledger[kind, slug], key=key) for key, slug in renamed.items()}}
        ledger = mint(ledger, (Thing(kind, key, thing.title) for key, thing in new.items() if key not in renamed))
        asked += [
            Question(kind, key, next(iter(new[key].traits.names), key), candidates, verdict.proposed.get(key, ""))
            for key, candidates in verdict.likely.items()
            if key not in renamed and not accept
        ]
    return ledger


_Keyed = Mapping[str, Sequence[tuple[str, Project]]]
"""The projects of each file with their keys."""


def _keyed(
    sources: Mapping[str, SourceRecord], ledger: Ledger, before: Mapping[tuple[Kind, str], Traits]
) -> tuple[_Keyed, Mapping[str, _Listed]]:
    """Give each project its key, by title; of several of one title each keeps the key of what is most like it."""
    slugs = slugs_by_key(ledger)
    titles = frozenset(key_of(p.title) for record in sources.values() for p in record.understanding.projects)
    rows = sorted((row for row in ledger.values() if row.kind == "project"), key=lambda r: (not r.is_current, r.key))
    held = {row.key: before["project", row.slug if row.first else slugs["project", row.key]] for row in rows}
    of_title = keys_by_title(list(held), titles)
    rank = _ranks(rows, ledger, of_title, titles)
    listed: dict[str, _Listed] = {}
    keyed: dict[str, Sequence[tuple[str, Project]]] = {}
    for file, record in sources.items():
        projects = record.understanding.projects
        found = [traits(of_project(project, lambda kind, key: slugs[kind, key])) for project in projects]
        numbers: dict[str, list[int]] = {}
        for number, project in enumerate(projects):
            numbers.setdefault(key_of(project.title), []).append(number)
        keys = [""] * len(projects)
        for title, own in numbers.items():
            choice = {key: held[key] for key in of_title.get(title, ())}
            for number, key in zip(own, pair([found[n] for n in own], choice, rank), strict=True):
                keys[number] = key or unused_key(title, held)
                if not key:
                    held[keys[number]] = found[number]
                    of_title.setdefault(title, []).append(keys[number])
        for key, project, recognised in zip(keys, projects, found, strict=True):
            listed.setdefault(key, _Listed(project.title, recognised))
        keyed[file] = list(zip(keys, projects, strict=True))
    return keyed, listed


def _ranks(
    rows: Iterable[Row], ledger: Ledger, of_title: Mapping[str, Sequence[str]], titles: frozenset[str]
) -> Mapping[str, int]:
    """Tell which keys go before others of their title: 0 of what is listed, 1 of what is gone or merged.

    An edited entry does not become one that is gone; least (2) one that the list has under another title.
    """
    title_of = {key: title for title, keys in of_title.items() for key in keys}
    thing = {row.key: named(ledger, row) for row in rows}
    listed: dict[str, set[str]] = {}
    for key, row in thing.items():
        if title_of[key] in titles:
            listed.setdefault(row.slug, set()).add(title_of[key])
    return {
        key: 2 if listed.get(row.slug, set()) - {title_of[key]} else 0 if row.is_current else 1
        for key, row in thing.items()
    }


def _statements(
    keyed: _Keyed, ledger: Ledger, slugs: Mapping[tuple[Kind, str], str]
) -> dict[str, tuple[Statement, ...]]:
    """Return what is stated about each project; of each source what stands nearest to it first (see _standing)."""
    found: dict[str, list[tuple[int, int, Statement]]] = {}
    standing = _standing("project", ledger)
    for rank, (file, projects) in enumerate(keyed.items()):
        anchors: Counter[str] = Counter()
        for key, project in projects:
            anchor = short_hash(project.entry.text)
            anchors[anchor] += 1
            if anchors[anchor] > 1:
                anchor = f"{anchor}-{anchors[anchor]}"
            slug = slugs["project", key]
            statement = Statement(slug, slugs["source", file], anchor, project)
            found.setdefault(slug, []).append((rank, standing(slug, key), statement))
    return {
        slug: tuple(statement for *_, statement in sorted(rows, key=lambda row: row[:2]))
        for slug, rows in found.items()
    }


_T = TypeVar("_T")


def _by_slug(
    kind: Kind, things: Mapping[str, _T], ledger: Ledger, slugs: Mapping[tuple[Kind, str], str]
) -> dict[str, _T]:
    """Return things by slug; of several that are one, that under its own key, else under another name of its own."""
    standing = _standing(kind, ledger)
    found: dict[str, _T] = {}
    for key in sorted(things, key=lambda key: standing(slugs[kind, key], key)):
        found.setdefault(slugs[kind, key], things[key])
    return {slug: found[slug] for slug in dict.fromkeys(slugs[kind, key] for key in things)}


def _standing(kind: Kind, ledger: Ledger) -> Callable[[str, str], int]:
    """Tell how near a key stands to a slug: 0 its own, 1 another name of it, 2 that of a thing merged into it."""
    merged = {row.key for row in ledger.values() if row.kind == kind and named(ledger, row).merged_into}
    return lambda slug, key: 0 if ledger[kind, slug].key == key else 2 if key in merged else 1


def _organisations(projects: Iterable[Project], publisher: Organisation | None) -> dict[str, Organisation]:
    named = (role.organisation for project in projects for role in project.participations)
    return {**({publisher.key: publisher} if publisher else {}), **{o.key: o for o in named}}


def _sectors(
    projects: Iterable[Project], organisations: Mapping[str, Organisation], known: Sequence[Sector]
) -> dict[str, Sector]:
    """Return the sectors that are used, by projects or units, and those above them."""
    units = {o.classification.removeprefix("sector:") for o in organisations.values()}
    waiting = [sector for project in projects for sector in project.sectors]
    waiting += [sector for sector in known if sector.key in units]
    everything = {sector.key: sector for sector in (*known, *waiting)}
    found: dict[str, Sector] = {}
    while waiting:
        sector = waiting.pop()
        if sector.key not in found:
            found[sector.key] = sector
            waiting += [everything[sector.parent]] if sector.parent in everything else []
    return found
