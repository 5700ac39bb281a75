"""The catalogue: what DCAT-AP and the harvesters need, a licence only when it is confirmed, and no clock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from hanke_lod import config, rdf
from hanke_lod.catalogue import Dates, File, describe, description_of
from hanke_lod.config import Config
from hanke_lod.formats import DUMP_FORMATS
from hanke_lod.namespaces import (
    ADMS,
    DCAT,
    DCATAP,
    DCTERMS,
    EU,
    FOAF,
    ONTOLOGY,
    RDF,
    RDFS,
    SKOS,
    SPDX,
    VCARD,
    XSD,
)
from hanke_lod.rdf import BlankNode, Literal, NamedNode, Triple, iri, literal
from hanke_lod.resources import data_folder
from hanke_lod.texts import LANGUAGES
from hanke_lod.uris import Addresses

BASE = "https://data.example.fi/"
DATASET = BASE + "id/dataset/hankkeet"
CATALOGUE = BASE + "id/catalog"
SERVICE = BASE + "id/service/sparql"
PUBLISHER = BASE + "id/organisation/esimerkkilan-kaupunki"
FILES = [
    File(row.suffix, row.label, row.media_type, row.file_type_iri, 1000 + n, f"{n:064x}")
    for n, row in enumerate(DUMP_FORMATS)
]
DATES = Dates("2024-01-01", "2024-03-01", "2019-01-15", "2023-12-31")
SUFFIXES = [row.suffix for row in DUMP_FORMATS]
TOML = """\
base_uri = "https://data.example.fi/"
title = { fi = "Esimerkkilän hankkeet", sv = "Exempelstads projekt", en = "Projects of Exampleton" }
licence_confirmed = %s
[publisher]
name = { fi = "Esimerkkilän kaupunki", sv = "Exempelstad", en = "City of Exampleton" }
identifier = "1234567-8"
homepage = "https://www.example.fi/"
email = "avoindata@example.fi"
place = "http://publications.europa.eu/resource/authority/place/FIN_KEM"
[[source]]
file = "hankkeet.txt"
"""

Found = Mapping[tuple[str, str], list[NamedNode | Literal]]


def settings(*, confirmed: bool) -> Config:
    """Return a folder's settings."""
    return config.parse(TOML % str(confirmed).lower(), Path("kansio"))


def catalogue(*, confirmed: bool, of: Config | None = None, dates: Dates = DATES) -> list[Triple]:
    """Return the catalogue of a folder with every dump."""
    return describe(of or settings(confirmed=confirmed), Addresses(BASE), PUBLISHER, "hankkeet", FILES, dates)


def by_property(triples: list[Triple]) -> Found:
    """Return the values by subject and property, each once."""
    found: dict[tuple[str, str], list[NamedNode | Literal]] = {}
    for t in dict.fromkeys(triples):
        assert isinstance(t.subject, NamedNode)
        assert isinstance(t.object, NamedNode | Literal)
        found.setdefault((t.subject.value, t.predicate.value), []).append(t.object)
    return found


CONFIRMED, UNCONFIRMED = (by_property(catalogue(confirmed=confirmed)) for confirmed in (True, False))
EITHER = pytest.mark.parametrize("found", [CONFIRMED, UNCONFIRMED], ids=["confirmed", "unconfirmed"])


def texts_of(found: Found, subject: str, predicate: str) -> dict[str, str]:
    """Return the values by language; no language may stand twice."""
    values = [value for value in found[subject, predicate] if isinstance(value, Literal)]
    made = {value.language or "": value.value for value in values}
    assert len(values) == len(made)
    return made


def iris_of(found: Found, subject: str, predicate: str) -> set[str]:
    """Return the values that are IRIs."""
    return {value.value for value in found.get((subject, predicate), []) if isinstance(value, NamedNode)}


# ── licence ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_unconfirmed_licence_is_stated_nowhere() -> None:
    triples = catalogue(confirmed=False)

    assert not [t for t in triples if t.predicate.value == DCTERMS.license]
    assert not [t for t in triples if settings(confirmed=False).licence in str(t)]


@pytest.mark.parametrize("subject", [CATALOGUE, *(f"{DATASET}#{suffix}" for suffix in [*SUFFIXES, "sparql"])])
def test_an_unconfirmed_licence_is_said_to_be_confirmed_by_the_publisher_in_three_languages(subject: str) -> None:
    (rights,) = iris_of(UNCONFIRMED, subject, DCTERMS.rights)

    assert {DCTERMS.RightsStatement} == iris_of(UNCONFIRMED, rights, RDF.type)
    assert set(LANGUAGES) == set(texts_of(UNCONFIRMED, rights, RDFS.label))
    assert "Licence: to be confirmed by the publisher." == texts_of(UNCONFIRMED, rights, RDFS.label)["en"]


@pytest.mark.parametrize("subject", [CATALOGUE, SERVICE, *(f"{DATASET}#{suffix}" for suffix in [*SUFFIXES, "sparql"])])
def test_a_confirmed_licence_is_stated(subject: str) -> None:
    licence = settings(confirmed=True).licence

    assert {licence} == iris_of(CONFIRMED, subject, DCTERMS.license)
    assert {DCTERMS.LicenseDocument} == iris_of(CONFIRMED, licence, RDF.type)
    assert {"http://purl.org/adms/licencetype/Attribution"} == iris_of(CONFIRMED, licence, DCTERMS.type)
    assert {"en": "Creative Commons Attribution 4.0"} == texts_of(CONFIRMED, licence, DCTERMS.title)


def test_the_licence_is_that_of_the_settings() -> None:
    other = config.parse(
        (TOML % "true").replace("[publisher]", f'licence = "{EU}licence/CC0"\n[publisher]', 1), Path("kansio")
    )

    assert {EU + "licence/CC0"} == iris_of(by_property(catalogue(confirmed=True, of=other)), CATALOGUE, DCTERMS.license)


# ── required properties (docs/catalogue.md) ─────────────────────────────────────────────────────────────────

CATALOGUE_PROPERTIES = (
    DCTERMS.title,
    DCTERMS.description,
    DCTERMS.publisher,
    DCAT.dataset,
    DCAT.service,
    DCTERMS.language,
    DCTERMS.issued,
    DCTERMS.modified,
    FOAF.homepage,
    DCTERMS.spatial,
    DCAT.themeTaxonomy,
)
DATASET_PROPERTIES = (
    DCTERMS.title,
    DCTERMS.description,
    DCAT.distribution,
    DCAT.contactPoint,
    DCTERMS.publisher,
    DCAT.keyword,
    DCAT.theme,
    DCTERMS.spatial,
    DCTERMS.temporal,
    DCTERMS.identifier,
    ADMS.identifier,
    DCTERMS.issued,
    DCTERMS.modified,
    DCTERMS.accessRights,
    DCTERMS.accrualPeriodicity,
    DCTERMS.language,
    DCTERMS.provenance,
    DCAT.landingPage,
    FOAF.page,
    DCTERMS.conformsTo,
    DCTERMS.creator,
)
FILE_PROPERTIES = (
    DCAT.accessURL,
    DCTERMS.format,
    DCATAP.availability,
    DCTERMS.description,
    DCTERMS.title,
    DCAT.downloadURL,
    DCAT.mediaType,
    DCAT.byteSize,
    SPDX.checksum,
    DCTERMS.issued,
    DCTERMS.modified,
    DCTERMS.rights,
    ADMS.status,
    FOAF.page,
    DCTERMS.language,
)
SERVICE_PROPERTIES = (
    DCTERMS.title,
    DCAT.endpointURL,
    DCAT.endpointDescription,
    DCAT.servesDataset,
    DCAT.contactPoint,
    DCTERMS.publisher,
    DCAT.theme,
    DCAT.keyword,
    DCTERMS.conformsTo,
    DCTERMS.identifier,
    DCTERMS.description,
    DCTERMS.accessRights,
    DCAT.landingPage,
)
REQUIRED = [
    *((CATALOGUE, predicate) for predicate in CATALOGUE_PROPERTIES),
    *((DATASET, predicate) for predicate in DATASET_PROPERTIES),
    *((f"{DATASET}#{suffix}", predicate) for suffix in SUFFIXES for predicate in FILE_PROPERTIES),
    *((SERVICE, predicate) for predicate in SERVICE_PROPERTIES),
    *((PUBLISHER, p) for p in (FOAF.name, DCTERMS.type, FOAF.mbox, FOAF.homepage, DCTERMS.identifier)),
    *((DATASET + "#contact", p) for p in (VCARD.fn, VCARD.hasEmail, VCARD.hasURL)),
    *((DATASET + "#period", p) for p in (DCAT.startDate, DCAT.endDate)),
]
#: Properties of which DCAT-AP allows one value only.
SINGLE = {
    DCTERMS.publisher,
    DCTERMS.issued,
    DCTERMS.modified,
    DCTERMS.license,
    DCTERMS.rights,
    DCTERMS.accessRights,
    DCTERMS.accrualPeriodicity,
    DCTERMS.format,
    DCATAP.availability,
    ADMS.status,
    DCAT.byteSize,
    DCAT.mediaType,
    SPDX.checksum,
    FOAF.homepage,
    DCTERMS.identifier,
    DCTERMS.type,
    DCAT.startDate,
    DCAT.endDate,
}


@EITHER
@pytest.mark.parametrize(
    ("subject", "predicate"), REQUIRED, ids=[f"{s.removeprefix(BASE)} {p.rpartition('/')[2]}" for s, p in REQUIRED]
)
def test_a_property_that_harvesters_need_is_there(found: Found, subject: str, predicate: str) -> None:
    assert found.get((subject, predicate))


@EITHER
def test_a_property_of_one_value_has_one_value(found: Found) -> None:
    assert [] == [place for place, values in found.items() if place[1] in SINGLE and len(values) > 1]


@EITHER
@pytest.mark.parametrize("subject", [CATALOGUE, DATASET, SERVICE, *(f"{DATASET}#{suffix}" for suffix in SUFFIXES)])
@pytest.mark.parametrize("predicate", [DCTERMS.title, DCTERMS.description], ids=["title", "description"])
def test_titles_and_descriptions_are_in_three_languages(found: Found, subject: str, predicate: str) -> None:
    assert set(LANGUAGES) == set(texts_of(found, subject, predicate))


@EITHER
def test_a_dataset_s_description_is_long_enough_for_search_engines(found: Found) -> None:
    assert all(len(text) >= 50 for text in texts_of(found, DATASET, DCTERMS.description).values())


@EITHER
def test_keywords_have_no_commas_and_are_in_three_languages(found: Found) -> None:
    words = [value for value in found[DATASET, DCAT.keyword] if isinstance(value, Literal)]

    assert set(LANGUAGES) == {word.language for word in words}
    assert not [word for word in words if "," in word.value]


#: Class → properties whose values must be typed with it, in the catalogue itself.
RANGES = {
    DCTERMS.LinguisticSystem: (DCTERMS.language,),
    FOAF.Document: (FOAF.homepage, FOAF.page, DCAT.landingPage),
    DCTERMS.RightsStatement: (DCTERMS.accessRights, DCTERMS.rights),
    DCTERMS.Frequency: (DCTERMS.accrualPeriodicity,),
    DCTERMS.ProvenanceStatement: (DCTERMS.provenance,),
    DCTERMS.Standard: (DCTERMS.conformsTo,),
    DCTERMS.MediaTypeOrExtent: (DCTERMS.format,),
    DCTERMS.MediaType: (DCAT.mediaType,),
    DCTERMS.Location: (DCTERMS.spatial,),
    DCTERMS.PeriodOfTime: (DCTERMS.temporal,),
    DCTERMS.LicenseDocument: (DCTERMS.license,),
    FOAF.Agent: (DCTERMS.publisher, DCTERMS.creator),
    VCARD.Kind: (DCAT.contactPoint,),
    SPDX.Checksum: (SPDX.checksum,),
    SPDX.ChecksumAlgorithm: (SPDX.algorithm,),
    SKOS.Concept: (DCAT.theme, DCATAP.availability, ADMS.status),
    SKOS.ConceptScheme: (DCAT.themeTaxonomy,),
    ADMS.Identifier: (ADMS.identifier,),
    DCAT.Distribution: (DCAT.distribution,),
    DCAT.DataService: (DCAT.service, DCAT.accessService),
    DCAT.Dataset: (DCAT.dataset, DCAT.servesDataset),
}


@EITHER
@pytest.mark.parametrize("class_", RANGES, ids=lambda class_: class_.rpartition("/")[2])
def test_what_is_pointed_at_is_given_its_class_in_the_catalogue_itself(found: Found, class_: str) -> None:
    untyped = {
        value.value
        for (subject, predicate), values in found.items()
        if predicate in RANGES[class_] and (predicate, subject) != (FOAF.homepage, PUBLISHER)
        for value in values
        if isinstance(value, NamedNode) and class_ not in iris_of(found, value.value, RDF.type)
    }

    assert set() == untyped


@EITHER
def test_every_concept_has_a_label_and_every_scheme_a_title(found: Found) -> None:
    typed = {subject: iris_of(found, subject, RDF.type) for subject, _ in found}

    assert [] == [s for s, classes in typed.items() if SKOS.Concept in classes and (s, SKOS.prefLabel) not in found]
    assert [] == [
        s for s, classes in typed.items() if SKOS.ConceptScheme in classes and (s, DCTERMS.title) not in found
    ]


@EITHER
def test_an_authority_s_address_has_no_rdfs_label_for_ckan_would_show_it_instead(found: Found) -> None:
    assert [] == [s for s, p in found if p == RDFS.label and s.startswith(EU)]


@EITHER
def test_the_place_has_a_label(found: Found) -> None:
    assert found.get((EU + "place/FIN_KEM", SKOS.prefLabel))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.suffix)
def test_a_file_is_described_as_it_is_served(file: File) -> None:
    name = f"{DATASET}#{file.suffix}"

    assert [iri(f"{BASE}dataset.{file.suffix}")] == CONFIRMED[name, DCAT.downloadURL] == CONFIRMED[name, DCAT.accessURL]
    assert [literal(str(file.bytes), datatype=XSD.nonNegativeInteger)] == CONFIRMED[name, DCAT.byteSize]
    assert [literal(file.sha256, datatype=XSD.hexBinary)] == CONFIRMED[f"{name}-checksum", SPDX.checksumValue]
    assert [literal(file.media_type)] == CONFIRMED[CONFIRMED[name, DCAT.mediaType][0].value, RDFS.label]


def test_sparql_is_a_service_and_one_distribution_which_alone_names_it() -> None:
    assert [DATASET + "#sparql"] == [subject for subject, predicate in CONFIRMED if predicate == DCAT.accessService]
    assert [iri(BASE + "sparql")] == CONFIRMED[SERVICE, DCAT.endpointURL]
    assert (DATASET + "#sparql", DCAT.downloadURL) not in CONFIRMED


def test_every_distribution_is_the_dataset_s() -> None:
    assert {f"{DATASET}#{suffix}" for suffix in [*SUFFIXES, "sparql"]} == iris_of(CONFIRMED, DATASET, DCAT.distribution)


@EITHER
def test_there_is_one_dataset_and_one_catalogue(found: Found) -> None:
    typed = [(subject, value.value) for (subject, p), values in found.items() if p == RDF.type for value in values]

    assert [DATASET] == [subject for subject, class_ in typed if class_ == DCAT.Dataset]
    assert [CATALOGUE] == [subject for subject, class_ in typed if class_ == DCAT.Catalog]


def test_the_dataset_conforms_to_our_vocabulary_and_shapes() -> None:
    assert {ONTOLOGY, BASE + "shapes"} == iris_of(CONFIRMED, DATASET, DCTERMS.conformsTo)


def test_the_identifier_is_the_dataset_s_own_address() -> None:
    assert [literal(DATASET)] == CONFIRMED[DATASET, DCTERMS.identifier]
    assert [literal(DATASET, datatype=XSD.anyURI)] == CONFIRMED[DATASET + "#identifier", SKOS.notation]


# ── what is not known, and no clock ─────────────────────────────────────────────────────────────────────────


def test_what_is_not_known_of_kemi_is_not_stated() -> None:
    kemi = config.load(data_folder("kemi"))

    found = by_property(catalogue(confirmed=False, of=kemi))

    assert not [subject for subject, predicate in found if predicate in (VCARD.hasEmail, FOAF.mbox, DCTERMS.license)]
    assert {"https://www.kemi.fi/"} == iris_of(found, DATASET + "#contact", VCARD.hasURL)


def test_a_list_without_periods_has_no_temporal_coverage() -> None:
    found = by_property(catalogue(confirmed=True, dates=Dates("2024-01-01", "2024-03-01")))

    assert (DATASET, DCTERMS.temporal) not in found


def test_an_open_end_of_the_coverage_is_absent() -> None:
    found = by_property(catalogue(confirmed=True, dates=Dates("2024-01-01", "2024-03-01", "2019-01-15")))

    assert (DATASET + "#period", DCAT.startDate) in found
    assert (DATASET + "#period", DCAT.endDate) not in found


@EITHER
def test_dates_are_those_given_and_days(found: Found) -> None:
    for subject in (CATALOGUE, DATASET, f"{DATASET}#ttl"):
        assert [literal("2024-01-01", datatype=XSD.date)] == found[subject, DCTERMS.issued]
        assert [literal("2024-03-01", datatype=XSD.date)] == found[subject, DCTERMS.modified]


@pytest.mark.parametrize("confirmed", [True, False])
def test_there_are_no_blank_nodes(confirmed: bool) -> None:
    assert not [t for t in catalogue(confirmed=confirmed) if BlankNode in (type(t.subject), type(t.object))]


def test_the_catalogue_asks_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_clock(*_: object) -> float:
        raise AssertionError("something asked for the time")

    monkeypatch.setattr("time.time", no_clock)

    assert rdf.lines(catalogue(confirmed=True)) == rdf.lines(catalogue(confirmed=True))


def test_the_order_of_the_files_changes_nothing() -> None:
    turned = describe(settings(confirmed=True), Addresses(BASE), PUBLISHER, "hankkeet", reversed(FILES), DATES)

    assert catalogue(confirmed=True) == turned


def test_a_folder_s_own_description_goes_before_the_general_one_language_by_language() -> None:
    own = config.parse(
        (TOML % "true").replace("[publisher]", 'description = { fi = "Oma." }\n[publisher]', 1), Path("kansio")
    )

    made = description_of(own)

    assert "Oma." == made["fi"]
    assert "City of Exampleton" in made["en"]


def test_a_publisher_named_in_one_language_is_named_so_in_all_descriptions() -> None:
    toml = (TOML % "true").replace(
        'fi = "Esimerkkilän kaupunki", sv = "Exempelstad", en = "City of Exampleton"', 'sv = "Exempelstad"'
    )

    assert all("Exempelstad" in text for text in description_of(config.parse(toml, Path("kansio"))).values())
