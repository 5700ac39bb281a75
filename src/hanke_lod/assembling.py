"""What was understood → the documents and list rows of a publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hanke_lod import describing, explaining, identity, rdf
from hanke_lod.model import Kind, Project, Register, Statement
from hanke_lod.namespaces import DCAT, DCTERMS, FOAF, HANKE, OWL, RDFS, XSD
from hanke_lod.publications import Document
from hanke_lod.searching import ListedLink, ListedProject, ListedThing
from hanke_lod.texts import LANGUAGES, say
from hanke_lod.uris import Addresses
from hanke_lod.words import date_words


def documents(
    register: Register,
    description: describing.Description,
    ledger: identity.Ledger,
    changes: Sequence[identity.Change],
    catalogue: Sequence[rdf.Triple],
    addresses: Addresses,
    titles: Mapping[str, str],
) -> Iterator[Document]:
    """Yield every document of a publication: of things listed now, of things gone or merged, of the schemes;
    and what the data say with each term of the ontology, for its page.

    `titles` are the dataset's, by language.
    """
    history, known, last = _history(changes), identity.history.replay(changes), identity.history.last_listed(changes)
    dataset = [t for t in catalogue if _is_about(t, addresses.thing("dataset", register.dataset))]
    for (kind, slug), row in sorted(ledger.items()):
        if not row.first:
            continue  # written by hand: waits for its project to be listed, or says what another was called
        key = f"{kind}/{slug}"
        names = identity.names_in(known.get((kind, slug), {})) or {"fi": row.title}
        extras: dict[str, Any] = {"names": names, "history": history.get((kind, slug), [])}
        if row.merged_into:
            yield Document(key, b"", extras, "merged", row.changed, identity.ledger.stays(ledger, row).slug)
        elif not row.is_current:
            extras |= {"first": row.first, "last": last.get((kind, slug), "")}
            withdrawn = _withdrawn(addresses.thing(kind, slug), row, names, extras["last"])
            yield Document(key, rdf.lines(withdrawn), extras, "gone", row.gone_since)
        elif kind == "dataset":
            extras["names"] = dict(titles)
            yield Document(key, rdf.lines(dataset), extras, changed=row.changed)
        else:
            extras |= _extras(register, kind, slug)
            yield Document(key, rdf.lines(description.document(kind, slug)), extras, changed=row.changed)
    for name, own in description.schemes.items():
        members = [t for (kind, _), triples in description.things.items() if kind in _SCHEMES[name] for t in triples]
        yield Document(name, rdf.lines(description.with_labels([*own, *members])), {"names": {}})
    yield Document("ontology", rdf.lines(description.examples), {"names": {}})
    yield Document("catalog", rdf.lines(catalogue), {"names": {}})


_CLASSES: Mapping[Kind, str] = {
    "project": HANKE.Project,
    "organisation": FOAF.Agent,
    "sector": HANKE.Sector,
    "funding": HANKE.FundingSource,
    "source": HANKE.SourceDocument,
    "dataset": DCAT.Dataset,
}


def _withdrawn(iri: str, row: identity.Row, names: Mapping[str, str], last: str) -> list[rdf.Triple]:
    """Return what is still told of a thing that left the list: what it was, from when until when it was listed."""
    w = rdf.Writer(iri)
    w.types(_CLASSES[row.kind])
    w.named(RDFS.label, names)
    w.add(OWL.deprecated, rdf.literal("true", datatype=XSD.boolean))
    w.add(DCTERMS.valid, rdf.literal(f"{row.first}/{row.gone_since}"))  # an interval as ISO 8601 has it
    for tag in LANGUAGES:
        first, until, since = (date_words(day, tag) for day in (row.first, last, row.gone_since))
        told = f"{say('page-gone-last', tag, first=first, last=until)} {say('page-gone-since', tag, date=since)}"
        w.add(RDFS.comment, rdf.literal(told, tag))
    return w.triples


_SCHEMES: Mapping[str, tuple[Kind, ...]] = {"sectors": ("sector",), "funding": ("funding",)}


def _is_about(triple: rdf.Triple, subject: str) -> bool:
    name = triple.subject.value if isinstance(triple.subject, rdf.NamedNode) else ""
    return name == subject or name.startswith(subject + "#")


def _history(changes: Sequence[identity.Change]) -> dict[tuple[Kind, str], list[dict[str, str]]]:
    found: dict[tuple[Kind, str], list[dict[str, str]]] = {}
    for c in changes:
        if c.change != "added":
            row = {"date": c.date, "change": c.change, "property": c.property, "before": c.before, "after": c.after}
            found.setdefault((c.kind, c.slug), []).append(row)
    return found


def _extras(register: Register, kind: Kind, slug: str) -> dict[str, Any]:
    if kind == "project":
        statements = register.projects[slug]
        titles = {s.project.language: s.project.title for s in reversed(statements)}
        return {"names": titles, "entries": [explaining.statement_json(s) for s in statements]}
    if kind == "source":
        record = register.sources[slug]
        own = [s for statements in register.projects.values() for s in statements if s.source == slug]
        return {"names": dict(record.titles), "blocks": explaining.document_json(record.understanding, own)}
    held: Mapping[str, Any] = {
        "organisation": register.organisations,
        "funding": register.funding,
        "sector": register.sectors,
    }[kind]
    return {"names": held[slug].names}


def listed_projects(
    register: Register, merged: Mapping[str, Project], ledger: identity.Ledger
) -> Iterator[ListedProject]:
    """Yield the row of each project in lists and search."""
    for slug, statements in sorted(register.projects.items()):
        project = merged[slug]
        first, last = describing.bounds(project)
        starts = [str(period.start) for period in project.periods if period.start]
        ends = [str(period.end) for period in project.periods if period.end]
        yield ListedProject(
            slug=slug,
            names={s.project.language: s.project.title for s in reversed(statements)},
            start=min(starts, default=""),
            end=max(ends, default="") if last else "",
            earliest=first.isoformat() if first else "",
            latest=last.isoformat() if last else "",
            status=project.status.name if project.status else "",
            changed=ledger["project", slug].changed,
            texts=_texts(statements),
            links=tuple(_links(register, project, statements)),
        )


def _texts(statements: Sequence[Statement]) -> dict[str, str]:
    """Return by language what a project can be found by besides its titles: all that any source says of it."""
    held: dict[str, list[str]] = {}
    for project in (statement.project for statement in statements):
        held.setdefault(project.language, []).extend((project.description, *project.other_names))
        for organisation in (role.organisation for role in project.participations):
            held[project.language].extend(organisation.aliases)
            for language, name in organisation.names.items():
                held.setdefault(language, []).append(name)
    return {language: " ".join(dict.fromkeys(texts)).strip() for language, texts in held.items()}


def _links(register: Register, project: Project, statements: Sequence[Statement]) -> Iterator[ListedLink]:
    for sector in project.sectors:
        yield ListedLink("inSector", "sector", register.slug("sector", sector.key))
    for source in project.funding:
        yield ListedLink("fundedFrom", "funding", register.slug("funding", source.key))
    for role in project.participations:
        yield ListedLink(role.role, "organisation", register.slug("organisation", role.organisation.key))
    for statement in statements:
        yield ListedLink("statedIn", "source", statement.source)


def listed_things(register: Register) -> Iterator[ListedThing]:
    """Yield the row of each sector, funding source, organisation and source in lists."""
    for slug, sector in register.sectors.items():
        parent = register.slugs.get(("sector", sector.parent), "") if sector.parent else ""
        yield ListedThing("sector", slug, sector.names, parent)
    for slug, source in register.funding.items():
        yield ListedThing("funding", slug, source.names)
    for slug, organisation in register.organisations.items():
        yield ListedThing("organisation", slug, organisation.names)
    for slug, record in register.sources.items():
        yield ListedThing("source", slug, record.titles)
