"""Projects, organisations, sectors, funding and sources → triples, as the ontology says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hanke_lod.model import (
    FundingSource,
    Kind,
    Organisation,
    PartialDate,
    Project,
    Register,
    Sector,
    SourceRecord,
    Statement,
)
from hanke_lod.namespaces import (
    DCAT,
    DCTERMS,
    FOAF,
    HANKE,
    IANA,
    LANGUAGE_IRIS,
    M8G,
    ORG,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SPDX,
    XSD,
    YSO,
)
from hanke_lod.rdf import Literal, NamedNode, Triple, Writer, literal
from hanke_lod.texts import LANGUAGES, say
from hanke_lod.uris import Addresses, fragment

_PUBLIC = (M8G.PublicOrganisation, ORG.FormalOrganization)
#: Kind in organisations.csv → the classes of the node, beside foaf:Agent and org:Organization.
ORGANISATION_CLASSES: Mapping[str, tuple[str, ...]] = {
    "municipality": _PUBLIC,
    "joint-authority": _PUBLIC,
    "wellbeing-county": _PUBLIC,
    "region": _PUBLIC,
    "ministry": _PUBLIC,
    "agency": _PUBLIC,
    "university": (ORG.FormalOrganization,),
    "applied-university": (ORG.FormalOrganization,),
    "foundation": (ORG.FormalOrganization,),
    "association": (ORG.FormalOrganization,),
    "company": (ORG.FormalOrganization,),
    "church": (ORG.FormalOrganization,),
    "unit": (ORG.OrganizationalUnit,),
    "school": (),
    "other": (),
    "": (),
}
#: Kind in organisations.csv → its concept in YSO.
_CLASSIFICATIONS = {"municipality": YSO + "p10083", "joint-authority": YSO + "p719"}
_FUNDING_CLASSES = {"fund": HANKE.Fund, "programme": HANKE.FundingProgramme, "grant": HANKE.GrantType}


@dataclass(frozen=True)
class Description:
    """Everything as triples: each thing's own, by (kind, slug); the schemes'; and each source's statements.

    `labels` are the type and names of each thing, which documents that link to it repeat.
    """

    things: Mapping[tuple[Kind, str], list[Triple]]
    schemes: Mapping[str, list[Triple]]
    sources: Mapping[str, list[Triple]]
    labels: Mapping[str, list[Triple]]

    @property
    def merged(self) -> list[Triple]:
        """The merged data: what the default graph holds and the shapes check."""
        return [t for group in (*self.things.values(), *self.schemes.values()) for t in group]

    @property
    def examples(self) -> list[Triple]:
        """What the data say with each term of ours, once each, as far as possible of the project most is told of."""
        projects = [own for (kind, _), own in self.things.items() if kind == "project"]
        fullest = max(projects, key=lambda own: len(_terms(own)), default=[])
        entries = {t.object for t in fullest if t.predicate.value == HANKE.statedIn}
        theirs = [t for own in self.things.values() for t in own if t.subject in entries]
        found: dict[str, Triple] = {}
        for triple in (*fullest, *theirs, *(t for own in self.things.values() for t in own)):
            for term in _terms([triple]):
                found.setdefault(term, triple)
        told = {node.value for t in found.values() for node in (t.subject, t.object) if isinstance(node, NamedNode)}
        named = told | {name.partition("#")[0] for name in told}
        return [*found.values(), *(t for name in sorted(named) for t in self.labels.get(name, ()))]

    def document(self, kind: Kind, slug: str) -> list[Triple]:
        """Return a thing's own triples and the labels of what it links to."""
        return self.with_labels(self.things[kind, slug])

    def with_labels(self, own: Sequence[Triple]) -> list[Triple]:
        """Return the triples with the labels of the things they link to."""
        subjects = {t.subject.value for t in own if isinstance(t.subject, NamedNode)}
        linked = {t.object.value for t in own if isinstance(t.object, NamedNode)} - subjects
        return [*own, *(t for name in sorted(linked) for t in self.labels.get(name, ()))]


def describe(
    register: Register, addresses: Addresses, merged: Mapping[str, Project], publisher_iri: str = ""
) -> Description:
    """Return everything in the register as triples; `merged` is what all sources together say of each project."""
    by_kind: Mapping[Kind, tuple[Mapping[str, object], Callable[..., list[Triple]]]] = {
        "organisation": (register.organisations, _organisation),
        "funding": (register.funding, _funding),
        "sector": (register.sectors, _sector),
        "source": (register.sources, _source),
    }
    names = _Names(register, addresses, publisher_iri)
    things: dict[tuple[Kind, str], list[Triple]] = {}
    for kind, (held, write) in by_kind.items():
        for slug, thing in held.items():
            things[kind, slug] = write(names.thing(kind, slug), thing, names)
    sources: dict[str, list[Triple]] = {slug: [*things["source", slug]] for slug in register.sources}
    for slug, statements in register.projects.items():
        project = names.thing("project", slug)
        things["project", slug] = _project(project, merged[slug], statements, names)
        for statement in statements:
            entry = _entry(statement, names)
            things["source", statement.source] += entry
            sources[statement.source] += entry + (
                things["project", slug]
                if len(statements) == 1
                else _project(project, statement.project, [statement], names)
            )
    labels = {names.thing(kind, slug): _labels(own, names.thing(kind, slug)) for (kind, slug), own in things.items()}
    for statement in (s for statements in register.projects.values() for s in statements):
        labels[names.entry(statement)] = [t for t in _entry(statement, names) if t.predicate.value not in _PLACES]
    schemes = {"sectors": _scheme(addresses.sectors, "sectors", register.sectors, "sector", names),
               "funding": _scheme(addresses.funding, "funding", register.funding, "funding", names)}  # fmt: skip
    return Description(things, schemes, sources, labels)


_LABELS = frozenset({RDF.type, SKOS.prefLabel, DCTERMS.title, FOAF.name})
#: Where an entry stands is told by the source's own document only (ontology.md, decision 7).
_PLACES = frozenset({HANKE.lineNumber, HANKE.locator})


def _labels(own: Sequence[Triple], subject: str) -> list[Triple]:
    return [
        t
        for t in own
        if t.predicate.value in _LABELS and isinstance(t.subject, NamedNode) and t.subject.value == subject
    ]


def _terms(triples: Sequence[Triple]) -> set[str]:
    """Return the terms of ours that triples use."""
    used = {t.predicate.value for t in triples} | {t.object.value for t in triples if isinstance(t.object, NamedNode)}
    return {term for term in used if term in HANKE}


class _Names:
    """The IRIs of the things of a register."""

    def __init__(self, register: Register, addresses: Addresses, publisher_iri: str) -> None:
        self.register = register
        self.addresses = addresses
        self._publisher_iri = publisher_iri

    def thing(self, kind: Kind, slug: str) -> str:
        if self._publisher_iri and (kind, slug) == ("organisation", self.register.publisher):
            return self._publisher_iri
        return self.addresses.thing(kind, slug)

    def by_key(self, kind: Kind, key: str) -> str:
        return self.thing(kind, self.register.slug(kind, key))

    def entry(self, statement: Statement) -> str:
        return fragment(self.thing("source", statement.source), statement.anchor)

    @property
    def publisher(self) -> str:
        """The publisher's IRI, or "" where the publisher is not known."""
        return self.thing("organisation", self.register.publisher) if self.register.publisher else ""


# ── projects ────────────────────────────────────────────────────────────────────────────────────────────────


def _project(name: str, project: Project, statements: Sequence[Statement], names: _Names) -> list[Triple]:
    w = Writer(name)
    w.types(HANKE.Project, FOAF.Project)
    titles = {s.project.language: s.project.title for s in reversed(statements)}
    w.named(DCTERMS.title, titles)
    w.named(RDFS.label, titles)
    w.each(SKOS.altLabel, (literal(other, project.language) for other in project.other_names))
    if project.description:
        w.add(DCTERMS.description, literal(project.description, project.language))
    w.each(HANKE.inSector, (names.by_key("sector", sector.key) for sector in project.sectors))
    if names.publisher:
        w.add(HANKE.listedBy, names.publisher)
    if names.publisher and any(names.register.sources[s.source].publisher_takes_part for s in statements):
        w.add(HANKE.participant, names.publisher)
    for role in project.participations:
        w.add(getattr(HANKE, role.role), names.by_key("organisation", role.organisation.key))
    w.each(HANKE.fundedFrom, (names.by_key("funding", source.key) for source in project.funding))
    if project.status:
        w.add(HANKE.status, getattr(HANKE, project.status.name))
        w.add(HANKE.statusAsWritten, literal(project.status.written, project.language))
    if project.homepage:
        w.add(FOAF.homepage, project.homepage)
    w.each(HANKE.statedIn, (names.entry(statement) for statement in statements))
    return [*_parts(w, name, project), *w.triples]


def _parts(w: Writer, name: str, project: Project) -> list[Triple]:
    """Link the project's writer to its periods and budget, and return their triples."""
    parts: list[Triple] = []
    for number, period in enumerate(project.periods, start=1):
        p = Writer(fragment(name, "period" if number == 1 else f"period-{number}"))
        w.add(DCTERMS.temporal, p.subject)
        p.types(DCTERMS.PeriodOfTime)
        for predicate, bound in ((DCAT.startDate, period.start), (DCAT.endDate, period.end)):
            if bound:
                p.add(predicate, _date(bound))
        p.add(HANKE.periodAsWritten, literal(period.written))
        parts += p.triples
    first, last = bounds(project)
    for predicate, day in ((HANKE.earliestStart, first), (HANKE.latestEnd, last)):
        if day:
            w.add(predicate, literal(day.isoformat(), datatype=XSD.date))
    if project.budget:
        b = Writer(fragment(name, "budget"))
        w.add(HANKE.totalBudget, b.subject)
        b.types(SCHEMA.MonetaryAmount)
        b.add(SCHEMA.value, literal(canonical(project.budget.amount), datatype=XSD.decimal))
        b.add(SCHEMA.currency, literal(project.budget.currency))
        parts += b.triples
    return parts


def bounds(project: Project) -> tuple[date | None, date | None]:
    """Return the first day the project can have started and the last it can end; None where that is open."""
    starts = [period.start.first_day for period in project.periods if period.start]
    ends = [period.end.last_day for period in project.periods if period.end]
    count = len(project.periods)
    return min(starts) if starts and len(starts) == count else None, max(ends) if ends and len(ends) == count else None


def canonical(amount: Decimal) -> str:
    """Return a decimal in XSD's canonical form without a needless fraction: "250000", "35200.5"."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: PartialDate) -> Literal:
    return literal(str(value), datatype=XSD.iri + value.datatype)


# ── organisations, funding, sectors ─────────────────────────────────────────────────────────────────────────


def _organisation(name: str, organisation: Organisation, names: _Names) -> list[Triple]:
    w = Writer(name)
    w.types(FOAF.Agent, ORG.Organization, *ORGANISATION_CLASSES[organisation.kind])
    w.named(FOAF.name, organisation.names)
    w.named(SKOS.prefLabel, organisation.names)
    w.each(SCHEMA.sameAs, organisation.same_as)
    if organisation.kind in _CLASSIFICATIONS:
        w.add(ORG.classification, _CLASSIFICATIONS[organisation.kind])
    sector = organisation.classification.removeprefix("sector:")
    if sector != organisation.classification and ("sector", sector) in names.register.slugs:
        w.add(ORG.classification, names.by_key("sector", sector))
    elif sector == organisation.classification != "":
        w.add(ORG.classification, organisation.classification)
    if organisation.part_of and ("organisation", organisation.part_of) in names.register.slugs:
        w.add(ORG.unitOf, names.by_key("organisation", organisation.part_of))
    if organisation.identifier:
        w.add(ORG.identifier, literal(organisation.identifier))
    if organisation.homepage:
        w.add(FOAF.homepage, organisation.homepage)
    if organisation.place:
        w.add(DCTERMS.spatial, organisation.place)
    return w.triples


def _funding(name: str, source: FundingSource, names: _Names) -> list[Triple]:
    w = Writer(name)
    w.types(HANKE.FundingSource, _FUNDING_CLASSES[source.kind], SKOS.Concept)
    w.named(SKOS.prefLabel, source.names)
    w.each(SKOS.altLabel, (literal(alias, language) for alias, language in _tagged(source)))
    w.add(SKOS.inScheme, names.addresses.funding)
    w.add(SKOS.topConceptOf, names.addresses.funding)
    w.each(SKOS.exactMatch, source.exact_match)
    w.each(SKOS.closeMatch, source.close_match)
    w.each(SKOS.broadMatch, source.broad_match)
    for whole in source.part_of:
        if ("funding", whole) in names.register.slugs:
            w.add(DCTERMS.isPartOf, names.by_key("funding", whole))
    return w.triples


def _tagged(source: FundingSource) -> list[tuple[str, str]]:
    """Pair each alias with a language tag: the row does not say which language it is, so "und"."""
    return [(alias, "und") for alias in source.aliases if alias not in source.names.values()]


def _sector(name: str, sector: Sector, names: _Names) -> list[Triple]:
    w = Writer(name)
    w.types(HANKE.Sector, SKOS.Concept)
    w.named(SKOS.prefLabel, sector.names)
    w.add(SKOS.inScheme, names.addresses.sectors)
    if sector.parent and ("sector", sector.parent) in names.register.slugs:
        w.add(SKOS.broader, names.by_key("sector", sector.parent))
    else:
        w.add(SKOS.topConceptOf, names.addresses.sectors)
    return w.triples


def _scheme(
    name: str, text: str, members: Mapping[str, Sector | FundingSource], kind: Kind, names: _Names
) -> list[Triple]:
    w = Writer(name)
    w.types(SKOS.ConceptScheme)
    titles = {language: say(f"scheme-{text}", language) for language in LANGUAGES}
    w.named(DCTERMS.title, titles)
    w.named(SKOS.prefLabel, titles)
    if names.publisher:
        w.add(DCTERMS.publisher, names.publisher)
    for slug, member in members.items():
        if not (isinstance(member, Sector) and member.parent and ("sector", member.parent) in names.register.slugs):
            w.add(SKOS.hasTopConcept, names.thing(kind, slug))
    return w.triples


# ── sources ─────────────────────────────────────────────────────────────────────────────────────────────────


def _source(name: str, record: SourceRecord, names: _Names) -> list[Triple]:
    document = record.understanding.document
    w = Writer(name)
    w.types(HANKE.SourceDocument, FOAF.Document, PROV.Entity)
    w.named(DCTERMS.title, record.titles)
    w.named(RDFS.label, record.titles)
    if names.publisher:
        w.add(DCTERMS.publisher, names.publisher)
    w.add(DCTERMS.language, LANGUAGE_IRIS[document.language])
    w.add(DCTERMS.format, IANA + document.media_type)  # dcat:mediaType would make a dcat:Distribution of it
    if record.url:
        w.add(DCTERMS.source, record.url)
    if record.captured:
        w.add(PROV.generatedAtTime, literal(record.captured + "T00:00:00Z", datatype=XSD.dateTime))
    c = Writer(fragment(name, "checksum"))
    w.add(SPDX.checksum, c.subject)
    c.types(SPDX.Checksum)
    c.add(SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    c.add(SPDX.checksumValue, literal(document.sha256, datatype=XSD.hexBinary))
    return [*w.triples, *c.triples]


def _entry(statement: Statement, names: _Names) -> list[Triple]:
    entry, language = statement.project.entry, statement.project.language
    w = Writer(names.entry(statement))
    w.types(HANKE.ListEntry, PROV.Entity)
    w.add(HANKE.originalText, literal(entry.text, language))
    w.add(PROV.wasQuotedFrom, names.thing("source", statement.source))
    if entry.headings:
        w.each(HANKE.underHeading, (literal(heading, language) for heading in entry.headings))
    if entry.place.line is not None:
        w.add(HANKE.lineNumber, literal(str(entry.place.line), datatype=XSD.integer))
    if entry.place.locator:
        w.add(HANKE.locator, literal(entry.place.locator))
    return w.triples
