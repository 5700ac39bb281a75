"""What is said of each thing, as people read it: for the record of changes, and to recognise things by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields

from hanke_lod.identity.history import Snapshot, fingerprint
from hanke_lod.identity.keys import key_of
from hanke_lod.identity.ledger import Ledger
from hanke_lod.identity.matching import Traits
from hanke_lod.identity.merging import merge
from hanke_lod.model import RELATIONS, FundingSource, Kind, Organisation, Project, Register, Sector
from hanke_lod.texts import LANGUAGES

SlugOf = Callable[[Kind, str], str]
"""Gives the slug of the thing of a kind that a key stands for."""

_BETWEEN = " | "
_MARKS = ("same_as", "identifier", "homepage", "exact_match")


def snapshots(register: Register) -> dict[tuple[Kind, str], Snapshot]:
    """Return each thing's properties as people read them; lines and places in the list are no part of it."""
    found: dict[tuple[Kind, str], Snapshot] = {}
    for slug, statements in register.projects.items():
        titles = {s.project.language: s.project.title for s in reversed(statements)}
        found["project", slug] = of_project(merge(statements), register.slug, titles)
    held: Mapping[Kind, Mapping[str, Organisation | FundingSource | Sector]] = {
        "organisation": register.organisations,
        "funding": register.funding,
        "sector": register.sectors,
    }
    for kind, things in held.items():
        for slug, thing in things.items():
            found[kind, slug] = of_thing(thing) | _parent(thing, register)
    for slug, record in register.sources.items():
        found["source", slug] = _names(record.titles) | {"file": record.understanding.document.name}
    return found


def of_project(project: Project, slug_of: SlugOf, titles: Mapping[str, str] = {}) -> dict[str, str]:
    """Return a project's properties; other things by their slugs. `titles` are by language, else it is its own."""
    values: dict[str, list[str]] = {
        "period": [f"{p.start or '..'}/{p.end or '..'}" for p in project.periods],
        "sector": [slug_of("sector", s.key) for s in project.sectors],
        "funding": [slug_of("funding", f.key) for f in project.funding],
        "other name": list(project.other_names),
        "description": [project.description],
        "budget": [f"{project.budget.amount} {project.budget.currency}"] if project.budget else [],
        "status": [project.status.name] if project.status else [],
        "homepage": [project.homepage],
    }
    for role in project.participations:
        values.setdefault(role.role, []).append(slug_of("organisation", role.organisation.key))
    told = {f"title {language}": title for language, title in (titles or {project.language: project.title}).items()}
    return told | {name: text for name, held in values.items() if (text := _BETWEEN.join(dict.fromkeys(held)))}


def of_thing(thing: Organisation | FundingSource | Sector) -> dict[str, str]:
    """Return the names of a thing and what its row says beside them: identifiers, matches, kind."""
    told = {field.name: getattr(thing, field.name) for field in fields(thing) if field.name not in _NO_FACTS}
    facts = {name: _BETWEEN.join(value) if isinstance(value, tuple) else value for name, value in told.items() if value}
    return _names(thing.names) | facts


_NO_FACTS = frozenset(("key", "names", "aliases", "parent"))


def _names(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name {language}": name for language, name in sorted(names.items())}


def _parent(thing: Organisation | FundingSource | Sector, register: Register) -> dict[str, str]:
    parent = register.slugs.get(("sector", thing.parent), "") if isinstance(thing, Sector) else ""
    return {"broader": parent} if parent else {}


def names_in(snapshot: Snapshot) -> dict[str, str]:
    """Return the titles or names by language that a snapshot holds."""
    held = (name.rpartition(" ") for name in snapshot)
    return {
        language: snapshot[f"{word} {language}"]
        for word, _, language in held
        if word in ("title", "name") and language in LANGUAGES
    }


# ── what things are recognised by ───────────────────────────────────────────────────────────────────────────


def traits(snapshot: Snapshot, title: str = "", projects: Iterable[tuple[str, str]] = ()) -> Traits:
    """Return what a thing is recognised by; `projects` are those it stands in, each with its relation."""
    named = {name: frozenset(snapshot[name].split(_BETWEEN)) for name in (*RELATIONS, *_MARKS) if name in snapshot}
    parties = (named[name] for name in RELATIONS if name != "sector" and name in named)
    is_project = any(name.startswith("title ") for name in snapshot)  # many projects can have one homepage
    marks = () if is_project else (named[name] for name in _MARKS if name in named)
    return Traits(
        names=tuple(dict.fromkeys(name for name in (*names_in(snapshot).values(), title) if name)),
        period=snapshot.get("period", ""),
        sectors=named.get("sector", frozenset()),
        parties=frozenset().union(*parties),
        marks=frozenset().union(*marks),
        projects=frozenset(projects),
        fingerprint=fingerprint(snapshot),
    )


def earlier(ledger: Ledger, known: Mapping[tuple[Kind, str], Snapshot]) -> dict[tuple[Kind, str], Traits]:
    """Return what each thing of the ledger is recognised by, from the last that the record knows of it."""
    projects: dict[tuple[Kind, str], set[tuple[str, str]]] = defaultdict(set)
    for (kind, slug), snapshot in known.items():
        if kind == "project" and ("project", slug) in ledger:
            key = key_of(ledger["project", slug].title)
            for relation, other in RELATIONS.items():
                for name in snapshot.get(relation, "").split(_BETWEEN):
                    projects[other, name].add((relation, key))
    return {place: traits(known.get(place, {}), row.title, projects[place]) for place, row in ledger.items()}


def stands_in(projects: Iterable[Project]) -> Mapping[tuple[Kind, str], set[tuple[str, str]]]:
    """Return the projects in which each sector, fund and organisation stands, by its kind and key."""
    found: dict[tuple[Kind, str], set[tuple[str, str]]] = defaultdict(set)
    for project in projects:
        key = key_of(project.title)
        for sector in project.sectors:
            found["sector", sector.key].add(("sector", key))
        for source in project.funding:
            found["funding", source.key].add(("funding", key))
        for role in project.participations:
            found["organisation", role.organisation.key].add((role.role, key))
    return found
