"""The DCAT-AP 3.0.1 description of the dataset, its distributions and the SPARQL endpoint.

What harvesters do with each property, and why it is written so: docs/catalogue.md. No blank nodes, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hanke_lod.config import Config
from hanke_lod.lexicon import eu_place_names
from hanke_lod.namespaces import (
    ADMS,
    DCAT,
    DCATAP,
    DCTERMS,
    EU,
    FOAF,
    IANA,
    LANGUAGE_IRIS,
    ONTOLOGY,
    RDFS,
    SKOS,
    SPDX,
    VCARD,
    XSD,
)
from hanke_lod.rdf import Triple, Writer, iri, literal
from hanke_lod.texts import LANGUAGES, say
from hanke_lod.uris import Addresses, fragment

_THEMES = {"GOVE": "theme-gove", "REGI": "theme-regi"}
_SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_ATTRIBUTION = "http://purl.org/adms/licencetype/Attribution"


@dataclass(frozen=True)
class File:
    """A dump as it is served: its size and checksum are of the uncompressed bytes."""

    suffix: str
    label: str
    media_type: str
    file_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Dates:
    """When the dataset was first published and last changed, and the first and last day it tells of; ISO or ""."""

    issued: str
    modified: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class _Facts:
    config: Config
    addresses: Addresses
    publisher: str
    dataset: str
    dates: Dates
    titles: Mapping[str, str]

    @property
    def contact(self) -> str:
        return fragment(self.dataset, "contact")


def describe(
    config: Config, addresses: Addresses, publisher: str, slug: str, files: Iterable[File], dates: Dates
) -> list[Triple]:
    """Return the catalogue of one dataset with its distributions and the SPARQL endpoint, as triples.

    `publisher` is the publisher's IRI, `slug` the dataset's.
    """
    held = sorted(files, key=lambda f: f.suffix)
    facts = _Facts(config, addresses, publisher, addresses.thing("dataset", slug), dates, config.title)
    distributions = [(fragment(facts.dataset, file.suffix), file) for file in held]
    sparql = fragment(facts.dataset, "sparql")
    names = [*(name for name, _ in distributions), sparql]
    return [
        *_catalogue(facts),
        *_dataset(facts, names),
        *(triple for name, file in distributions for triple in _distribution(facts, name, file)),
        *_sparql_distribution(facts, sparql),
        *_service(facts),
        *_agent(facts),
        *_contact(facts),
        *_authorities(facts, held),
    ]


def description_of(config: Config) -> dict[str, str]:
    """Return what the folder says of the dataset, else a plain description in each language."""
    made = {
        language: say(
            "dataset-description",
            language,
            publisher=config.publisher.name.get(language) or next(iter(config.publisher.name.values())),
        )
        for language in LANGUAGES
    }
    return made | config.description


def _languages(w: Writer) -> None:
    w.each(DCTERMS.language, LANGUAGE_IRIS.values())


def _rights(facts: _Facts, w: Writer, *, distribution: bool) -> list[Triple]:
    """State the licence if the publisher has confirmed it, else say in words that it is still to be confirmed."""
    if facts.config.licence_confirmed:
        w.add(DCTERMS.license, facts.config.licence)
        if not distribution:
            return []
    r = Writer(fragment(facts.dataset, "rights"))
    w.add(DCTERMS.rights, r.subject)
    r.types(DCTERMS.RightsStatement)
    text = "rights-licence" if facts.config.licence_confirmed else "rights-unconfirmed"
    r.named(RDFS.label, {language: say(text, language) for language in LANGUAGES})
    return r.triples


def _catalogue(facts: _Facts) -> list[Triple]:
    w = Writer(facts.addresses.catalogue)
    w.types(DCAT.Catalog)
    w.named(DCTERMS.title, facts.titles)
    w.named(DCTERMS.description, description_of(facts.config))
    w.add(DCTERMS.publisher, facts.publisher)
    w.add(DCAT.dataset, facts.dataset)
    w.add(DCAT.service, facts.addresses.sparql_service)
    w.add(FOAF.homepage, facts.addresses.base)
    w.add(DCAT.themeTaxonomy, EU + "data-theme")
    if facts.config.publisher.place:
        w.add(DCTERMS.spatial, facts.config.publisher.place)
    _languages(w)
    _dates(facts, w)
    return [*_rights(facts, w, distribution=False), *w.triples]


def _dates(facts: _Facts, w: Writer) -> None:
    w.add(DCTERMS.issued, literal(facts.dates.issued, datatype=XSD.date))
    w.add(DCTERMS.modified, literal(facts.dates.modified, datatype=XSD.date))


def _dataset(facts: _Facts, distributions: Sequence[str]) -> list[Triple]:
    w = Writer(facts.dataset)
    parts: list[Triple] = []
    w.types(DCAT.Dataset)
    w.named(DCTERMS.title, facts.titles)
    w.named(DCTERMS.description, description_of(facts.config))
    w.each(DCAT.distribution, distributions)
    w.add(DCTERMS.identifier, literal(facts.dataset))
    w.add(DCTERMS.publisher, facts.publisher)
    w.add(DCTERMS.creator, facts.publisher)
    w.add(DCAT.contactPoint, facts.contact)
    for language in LANGUAGES:
        w.each(DCAT.keyword, (literal(word, language) for word in say("dataset-keywords", language).split(" | ")))
    w.each(DCAT.theme, (f"{EU}data-theme/{code}" for code in _THEMES))
    w.add(DCTERMS.accessRights, EU + "access-right/PUBLIC")
    w.add(DCTERMS.accrualPeriodicity, EU + "frequency/IRREG")
    w.each(DCAT.landingPage, (facts.addresses.base,))
    w.add(FOAF.page, facts.addresses.path("about"))
    w.add(DCTERMS.conformsTo, ONTOLOGY)
    w.add(DCTERMS.conformsTo, facts.addresses.path("shapes"))
    if facts.config.publisher.place:
        w.add(DCTERMS.spatial, facts.config.publisher.place)
    _languages(w)
    _dates(facts, w)
    identifier = Writer(fragment(facts.dataset, "identifier"))
    w.add(ADMS.identifier, identifier.subject)
    identifier.types(ADMS.Identifier)
    identifier.add(SKOS.notation, literal(facts.dataset, datatype=XSD.anyURI))
    provenance = Writer(fragment(facts.dataset, "provenance"))
    w.add(DCTERMS.provenance, provenance.subject)
    provenance.types(DCTERMS.ProvenanceStatement)
    provenance.named(RDFS.label, {language: say("dataset-provenance", language) for language in LANGUAGES})
    parts += [*identifier.triples, *provenance.triples]
    if facts.dates.start:
        period = Writer(fragment(facts.dataset, "period"))
        w.add(DCTERMS.temporal, period.subject)
        period.types(DCTERMS.PeriodOfTime)
        period.add(DCAT.startDate, literal(facts.dates.start, datatype=XSD.date))
        if facts.dates.end:
            period.add(DCAT.endDate, literal(facts.dates.end, datatype=XSD.date))
        parts += period.triples
    return [*w.triples, *parts]


def _distribution(facts: _Facts, name: str, file: File) -> list[Triple]:
    address = facts.addresses.dump(file.suffix)
    w = Writer(name)
    w.types(DCAT.Distribution)
    w.named(DCTERMS.title, {language: say("dump-title", language, format=file.label) for language in LANGUAGES})
    w.named(DCTERMS.description, {language: say(f"dump-{file.suffix}", language) for language in LANGUAGES})
    w.add(DCAT.accessURL, address)
    w.add(DCAT.downloadURL, address)
    w.add(DCTERMS.format, file.file_type)
    w.add(DCAT.mediaType, IANA + file.media_type)
    w.add(DCAT.byteSize, literal(str(file.bytes), datatype=XSD.nonNegativeInteger))
    c = Writer(fragment(facts.dataset, f"{file.suffix}-checksum"))
    w.add(SPDX.checksum, c.subject)
    c.types(SPDX.Checksum)
    c.add(SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    c.add(SPDX.checksumValue, literal(file.sha256, datatype=XSD.hexBinary))
    return [*_availability(facts, w), *w.triples, *c.triples]


def _availability(facts: _Facts, w: Writer) -> list[Triple]:
    w.add(DCATAP.availability, EU + "planned-availability/STABLE")
    w.add(ADMS.status, EU + "distribution-status/COMPLETED")
    w.add(FOAF.page, facts.addresses.path("about"))
    _languages(w)
    _dates(facts, w)
    return _rights(facts, w, distribution=True)


def _sparql_distribution(facts: _Facts, name: str) -> list[Triple]:
    w = Writer(name)
    w.types(DCAT.Distribution)
    w.named(DCTERMS.title, {language: say("sparql-title", language) for language in LANGUAGES})
    w.named(DCTERMS.description, {language: say("sparql-description", language) for language in LANGUAGES})
    w.add(DCAT.accessURL, facts.addresses.path("sparql"))
    w.add(DCAT.accessService, facts.addresses.sparql_service)
    w.add(DCTERMS.format, EU + "file-type/SPARQLQ")
    return [*_availability(facts, w), *w.triples]


def _service(facts: _Facts) -> list[Triple]:
    w = Writer(facts.addresses.sparql_service)
    w.types(DCAT.DataService)
    w.named(DCTERMS.title, {language: say("sparql-title", language) for language in LANGUAGES})
    w.named(DCTERMS.description, {language: say("sparql-description", language) for language in LANGUAGES})
    w.add(DCTERMS.identifier, literal(facts.addresses.sparql_service))
    w.add(DCTERMS.publisher, facts.publisher)
    w.add(DCAT.contactPoint, facts.contact)
    w.add(DCAT.endpointURL, facts.addresses.path("sparql"))
    w.add(DCAT.endpointDescription, facts.addresses.path("sparql"))
    w.add(DCAT.servesDataset, facts.dataset)
    w.add(DCAT.landingPage, facts.addresses.path("sparql"))
    w.add(DCTERMS.conformsTo, _SPARQL_PROTOCOL)
    w.add(DCTERMS.accessRights, EU + "access-right/PUBLIC")
    w.each(DCAT.theme, (f"{EU}data-theme/{code}" for code in _THEMES))
    for language in LANGUAGES:
        w.each(DCAT.keyword, (literal(word, language) for word in say("dataset-keywords", language).split(" | ")))
    if facts.config.licence_confirmed:
        w.add(DCTERMS.license, facts.config.licence)
    return w.triples


def _agent(facts: _Facts) -> list[Triple]:
    publisher = facts.config.publisher
    w = Writer(facts.publisher)
    w.types(FOAF.Agent)
    w.named(FOAF.name, publisher.name)
    w.add(DCTERMS.type, publisher.type)
    if publisher.homepage:
        w.add(FOAF.homepage, publisher.homepage)
    if publisher.email:
        w.add(FOAF.mbox, f"mailto:{publisher.email}")
    if publisher.identifier:
        w.add(DCTERMS.identifier, literal(publisher.identifier))
    return w.triples


def _contact(facts: _Facts) -> list[Triple]:
    publisher = facts.config.publisher
    w = Writer(facts.contact)
    w.types(VCARD.Kind, VCARD.Organization)
    w.named(VCARD.fn, publisher.name)
    if publisher.email:
        w.add(VCARD.hasEmail, f"mailto:{publisher.email}")
    w.add(VCARD.hasURL, publisher.homepage or facts.addresses.base)
    return w.triples


def _authorities(facts: _Facts, files: Sequence[File]) -> list[Triple]:
    """Give every IRI that the catalogue points at its class, as SEMIC's range shapes want it."""
    classes: dict[str, Sequence[str]] = {
        **dict.fromkeys(LANGUAGE_IRIS.values(), (DCTERMS.LinguisticSystem,)),
        facts.addresses.base: (FOAF.Document,),
        facts.addresses.path("about"): (FOAF.Document,),
        facts.addresses.path("sparql"): (FOAF.Document,),
        facts.addresses.path("shapes"): (DCTERMS.Standard,),
        ONTOLOGY: (DCTERMS.Standard,),
        _SPARQL_PROTOCOL: (DCTERMS.Standard,),
        EU + "access-right/PUBLIC": (DCTERMS.RightsStatement,),
        EU + "frequency/IRREG": (DCTERMS.Frequency,),
        EU + "planned-availability/STABLE": (SKOS.Concept,),
        EU + "distribution-status/COMPLETED": (SKOS.Concept,),
        EU + "data-theme": (SKOS.ConceptScheme,),
        **{f"{EU}data-theme/{code}": (SKOS.Concept,) for code in _THEMES},
        EU + "file-type/SPARQLQ": (DCTERMS.MediaTypeOrExtent,),
        **{file.file_type: (DCTERMS.MediaTypeOrExtent,) for file in files},
        **{IANA + file.media_type: (DCTERMS.MediaType,) for file in files},
        facts.config.publisher.type: (SKOS.Concept,),
        SPDX.checksumAlgorithm_sha256: (SPDX.ChecksumAlgorithm,),
    }
    labels: dict[str, tuple[str, Mapping[str, str]]] = {
        EU + "data-theme": (DCTERMS.title, {"en": "Data theme"}),
        EU + "planned-availability/STABLE": (SKOS.prefLabel, _said("availability-stable")),
        EU + "distribution-status/COMPLETED": (SKOS.prefLabel, _said("status-completed")),
        facts.config.publisher.type: (SKOS.prefLabel, _said("publisher-type")),
        **{f"{EU}data-theme/{code}": (SKOS.prefLabel, _said(text)) for code, text in _THEMES.items()},
    }
    if facts.config.publisher.place:
        classes[facts.config.publisher.place] = (DCTERMS.Location,)
        labels[facts.config.publisher.place] = (SKOS.prefLabel, eu_place_names(facts.config.publisher.place))
    if facts.config.licence_confirmed:
        classes[facts.config.licence] = (DCTERMS.LicenseDocument,)
    triples: list[Triple] = []
    for name, kinds in classes.items():
        w = Writer(name)
        w.types(*kinds)
        if name in labels:
            w.named(*labels[name])
        triples += w.triples
    # with this label CKAN and udata store "text/turtle", without it the whole IRI
    plain = iri(RDFS.label)
    triples += [Triple(iri(IANA + file.media_type), plain, literal(file.media_type)) for file in files]
    if facts.config.licence_confirmed and facts.config.licence.endswith("CC_BY_4_0"):
        w = Writer(facts.config.licence)
        w.add(DCTERMS.type, _ATTRIBUTION)
        w.add(DCTERMS.title, literal("Creative Commons Attribution 4.0", "en"))
        triples += w.triples
        triples += [
            Triple(iri(_ATTRIBUTION), iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), iri(SKOS.Concept)),
            Triple(iri(_ATTRIBUTION), iri(SKOS.prefLabel), literal("Attribution", "en")),
        ]
    return triples


def _said(text: str) -> dict[str, str]:
    return {language: say(text, language) for language in LANGUAGES}
