"""Understood documents and the ledger → the register: every project, organisation, sector and fund with its slug."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from hanke_lod.identity.history import Snapshot
from hanke_lod.identity.ledger import Ledger, mint
from hanke_lod.model import (
    FundingSource,
    Kind,
    Money,
    Organisation,
    Period,
    Project,
    Register,
    Remark,
    Sector,
    SourceRecord,
    Statement,
    Status,
    Thing,
    short_hash,
)
from hanke_lod.texts import of

#: The remark on sources that state different things; its document is the slug of the later source.
DISAGREEMENT = "sources-disagree"


def key_of(title: str) -> str:
    """Return what a title is known by: its words in lower case, spaces and dashes made plain.

    >>> key_of("Silver  Economy – Kemi")
    'silver economy - kemi'
    """
    text = unicodedata.normalize("NFC", title).casefold()
    text = "".join("-" if c in "‐‑‒–—−" else c for c in text if c not in "\u00ad\u200b\u200c\u200d\ufeff")
    return " ".join(text.split()).strip(" .")


def register(
    sources: Mapping[str, SourceRecord],
    publisher: Organisation | None,
    sectors: Iterable[Sector],
    ledger: Ledger,
) -> tuple[Register, Ledger]:
    """Give everything its slug; return the register and the ledger with the new rows.

    `sources` are by file name, in the order of trust; `sectors` are the publisher's own, of which those that are used
    and those above them are published.
    """
    keyed = [(file, _keyed(record.understanding.projects)) for file, record in sources.items()]
    used = [project for _, projects in keyed for _, project in projects]
    organisations = _organisations(used, publisher)
    funding = _by_key(source for project in used for source in project.funding)
    known = list(sectors)
    units = {o.classification.removeprefix("sector:") for o in organisations.values()}
    listed = [sector for project in used for sector in project.sectors]
    tree = _with_parents([*listed, *(sector for sector in known if sector.key in units)], known)
    things = [
        *(Thing("source", file, of(record.titles, "fi") or file) for file, record in sources.items()),
        *(Thing("project", key, project.title) for _, projects in keyed for key, project in projects),
        *(Thing("organisation", o.key, o.key) for o in organisations.values()),
        *(Thing("funding", f.key, f.key) for f in funding.values()),
        *(Thing("sector", s.key, s.key) for s in tree.values()),
        Thing("dataset", "hankkeet", "hankkeet"),
    ]
    grown, slugs = mint(ledger, things)
    return Register(
        projects=_statements(keyed, slugs),
        organisations={slugs["organisation", key]: o for key, o in organisations.items()},
        funding={slugs["funding", key]: f for key, f in funding.items()},
        sectors={slugs["sector", key]: s for key, s in tree.items()},
        sources={slugs["source", file]: record for file, record in sources.items()},
        slugs=slugs,
        publisher=slugs["organisation", publisher.key] if publisher else "",
    ), grown


def _keyed(projects: Sequence[Project]) -> list[tuple[str, Project]]:
    """Pair each project of one document with its key; the second of one name is "name (2)"."""
    seen: Counter[str] = Counter()
    pairs = []
    for project in projects:
        key = key_of(project.title)
        seen[key] += 1
        pairs.append((key if seen[key] == 1 else f"{key} ({seen[key]})", project))
    return pairs


def _statements(
    keyed: Sequence[tuple[str, Sequence[tuple[str, Project]]]], slugs: Mapping[tuple[Kind, str], str]
) -> dict[str, tuple[Statement, ...]]:
    found: dict[str, tuple[Statement, ...]] = {}
    for file, projects in keyed:
        anchors: Counter[str] = Counter()
        for key, project in projects:
            anchor = short_hash(project.entry.text)
            anchors[anchor] += 1
            if anchors[anchor] > 1:
                anchor = f"{anchor}-{anchors[anchor]}"
            slug = slugs["project", key]
            found[slug] = (*found.get(slug, ()), Statement(slug, slugs["source", file], anchor, project))
    return found


def _by_key(sources: Iterable[FundingSource]) -> dict[str, FundingSource]:
    return {source.key: source for source in sources}


def _organisations(projects: Iterable[Project], publisher: Organisation | None) -> dict[str, Organisation]:
    named = (role.organisation for project in projects for role in project.participations)
    return {**({publisher.key: publisher} if publisher else {}), **{o.key: o for o in named}}


def _with_parents(used: Iterable[Sector], known: Iterable[Sector]) -> dict[str, Sector]:
    everything = {sector.key: sector for sector in known}
    found: dict[str, Sector] = {}
    waiting = list(used)
    everything |= {sector.key: sector for sector in waiting}
    while waiting:
        sector = waiting.pop()
        if sector.key not in found:
            found[sector.key] = sector
            waiting += [everything[sector.parent]] if sector.parent in everything else []
    return found


def merge(statements: Sequence[Statement]) -> Project:
    """Return what all sources together say of a project.

    A single-valued property has the value of the first source that states it; where a later one disagrees, a remark
    says so. Roles and funding are those of all.
    """
    first = merged = statements[0].project
    for statement in statements[1:]:
        other = statement.project
        for name in ("periods", "budget", "status", "description", "homepage", "sectors"):
            mine, theirs = getattr(merged, name), getattr(other, name)
            if not mine:
                merged = replace(merged, **{name: theirs})
            elif theirs and _said(theirs) != _said(mine):
                facts = (("title", first.title), ("property", name))
                remark = Remark(DISAGREEMENT, other.entry.place, statement.source, facts)
                merged = replace(merged, remarks=(*merged.remarks, remark))
        merged = replace(
            merged,
            participations=tuple(dict.fromkeys((*merged.participations, *other.participations))),
            funding=tuple(dict.fromkeys((*merged.funding, *other.funding))),
            other_names=tuple(dict.fromkeys((*merged.other_names, *other.other_names))),
        )
    return merged


def _said(value: object) -> object:
    """Return what a value says, in whatever words it is written."""
    if isinstance(value, tuple):
        return tuple(map(_said, value))
    return replace(value, written="") if isinstance(value, Period | Money | Status) else value


def snapshots(register: Register) -> dict[tuple[Kind, str], Snapshot]:
    """Return each thing's properties as people read them; lines and places in the list are no part of it."""
    found: dict[tuple[Kind, str], Snapshot] = {}
    for slug, statements in register.projects.items():
        found["project", slug] = _project_snapshot(statements, register)
    for kind, things in (
        ("organisation", register.organisations),
        ("funding", register.funding),
        ("sector", register.sectors),
    ):
        for slug, thing in things.items():
            found[kind, slug] = _names(thing.names) | _facts(thing) | _parent(kind, thing, register)  # type: ignore[index]  # kinds are literals above
    for slug, record in register.sources.items():
        found["source", slug] = _names(record.titles) | {"file": record.understanding.document.name}
    return found


def _names(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name {language}": name for language, name in sorted(names.items())}


def _facts(thing: Organisation | FundingSource | Sector) -> dict[str, str]:
    """Return what a row says beside names: identifiers, matches, kind."""
    told = {field.name: getattr(thing, field.name) for field in fields(thing) if field.name not in _NO_FACTS}
    return {name: " | ".join(value) if isinstance(value, tuple) else value for name, value in told.items() if value}


_NO_FACTS = frozenset(("key", "names", "aliases", "parent"))


def _parent(kind: str, thing: Organisation | FundingSource | Sector, register: Register) -> dict[str, str]:
    parent = register.slugs.get(("sector", thing.parent), "") if isinstance(thing, Sector) else ""
    return {"broader": parent} if kind == "sector" and parent else {}


def _project_snapshot(statements: Sequence[Statement], register: Register) -> dict[str, str]:
    project = merge(statements)
    values: dict[str, Iterable[str]] = {
        "period": (f"{p.start or '..'}/{p.end or '..'}" for p in project.periods),
        "sector": (register.slug("sector", s.key) for s in project.sectors),
        "funding": (register.slug("funding", f.key) for f in project.funding),
        "other name": project.other_names,
        "description": (project.description,),
        "budget": (f"{project.budget.amount} {project.budget.currency}",) if project.budget else (),
        "status": (project.status.name,) if project.status else (),
        "homepage": (project.homepage,),
    }
    for role in project.participations:
        slug = register.slug("organisation", role.organisation.key)
        values[role.role] = (*values.get(role.role, ()), slug)
    titles = {f"title {s.project.language}": s.project.title for s in reversed(statements)}
    return titles | {name: text for name, value in values.items() if (text := " | ".join(value))}
