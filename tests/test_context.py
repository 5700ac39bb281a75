"""With the context the data read like plain JSON, and mean the same triples."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, SKOS, XSD

ROOT = Path(__file__).parents[1]
CONTEXT: dict[str, Any] = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
TERMS: dict[str, Any] = CONTEXT["@context"]
EXAMPLE = ROOT / "tests" / "shapes" / "conforming.ttl"
PROJECT = "http://localhost:8000/id/project/tyopaja"

# What conforming.ttl does not say, but a publication may
MORE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://localhost:8000/id/project/c#period> dcat:startDate "2021"^^xsd:gYear ; dcat:endDate "2022-03"^^xsd:gYearMonth .
<http://localhost:8000/id/dataset/d> dcterms:issued "2022-03-01T10:00:00Z"^^xsd:dateTime ;
    dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj> .
<http://localhost:8000/id/dataset/d#contact> vcard:fn "Kemin kaupunki" .
<http://localhost:8000/id/catalog> dcat:record <http://localhost:8000/id/catalog#record> .
<http://localhost:8000/id/catalog#record> a dcat:CatalogRecord ;
    foaf:primaryTopic <http://localhost:8000/id/dataset/d> ;
    dcterms:modified "2022-03-01"^^xsd:date .
<http://data.europa.eu/eli/reg_impl/2023/138/oj> a <http://data.europa.eu/eli/ontology#LegalResource> .
"""


def forbidden(url: str, options: object) -> None:
    raise AssertionError(f"nothing may be fetched: {url}")


OPTIONS = {"documentLoader": forbidden, "compactToRelative": False}


@functools.cache
def shapes() -> Graph:
    graph = Graph()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(file)
    return graph


def example() -> Graph:
    graph = Graph().parse(EXAMPLE)
    return graph.parse(data=MORE, format="turtle")


def statements(nquads: str) -> set[str]:
    return {line for line in nquads.splitlines() if line.strip()}


def triples(graph: Graph) -> set[str]:
    """The graph as pyld would write it: both sides go through the same N-Quads writer."""
    return statements(jsonld.to_rdf(expanded(graph), {"format": "application/n-quads"}))


def expanded(graph: Graph) -> Any:
    return jsonld.from_rdf(graph.serialize(format="nt"), {"format": "application/n-quads"})


def compacted(graph: Graph) -> Any:
    return jsonld.compact(expanded(graph), CONTEXT, OPTIONS)


def objects(value: Any) -> list[dict[str, Any]]:
    """Every JSON object in the value, the value itself included."""
    if isinstance(value, list):
        return [inner for item in value for inner in objects(item)]
    if isinstance(value, dict):
        return [value, *(inner for key, item in value.items() if key != "@context" for inner in objects(item))]
    return []


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def node(document: Any, iri: str) -> dict[str, Any]:
    return next(item for item in document["@graph"] if item["id"] == iri)


def property_of(term: str) -> URIRef | None:
    """The property or class that a key stands for."""
    definition = TERMS[term]
    compact = definition["@id"] if isinstance(definition, dict) else str(definition)
    prefix, _, name = compact.partition(":")
    return URIRef(TERMS[prefix] + name) if prefix in TERMS and name else None


def test_the_file_is_one_context_that_needs_nothing_else() -> None:
    assert list(CONTEXT) == ["@context"]
    assert isinstance(TERMS, dict)
    assert not [value for value in TERMS.values() if isinstance(value, dict) and "@context" in value]
    assert not {"@import", "@base", "@vocab"} & set(TERMS)


def test_every_key_is_a_plain_word() -> None:
    keys = {key for item in objects(compacted(example())) for key in item}

    assert not [key for key in keys if ":" in key or "/" in key or " " in key]
    assert {key for key in keys if key.startswith("@")} == {"@context", "@graph"}


def test_no_literal_is_left_as_an_object() -> None:
    assert not [item for item in objects(compacted(example())) if "@value" in item or "@language" in item]


def test_every_class_is_a_plain_word() -> None:
    types = {name for item in objects(compacted(example())) for name in as_list(item.get("type", []))}

    assert types <= set(TERMS)


def test_addresses_stay_whole() -> None:
    for item in compacted(example())["@graph"]:
        if item["id"] != "spdx:checksumAlgorithm_sha256":
            assert item["id"].startswith(("http://", "https://", "mailto:"))


def test_expanding_gives_back_the_same_triples() -> None:
    document = json.loads(json.dumps(compacted(example())))

    nquads = jsonld.to_rdf(document, {**OPTIONS, "format": "application/n-quads"})

    assert statements(nquads) == triples(example())
    assert len(statements(nquads)) == len(example())


def test_a_project_reads_like_plain_json() -> None:
    document = compacted(example())

    project = node(document, PROJECT)

    assert project["type"] == "Project"
    assert project["title"] == {"fi": "Työpaja nuorille", "sv": "Verkstad för unga"}
    assert project["label"] == project["title"]
    assert sorted(project["altLabel"]["fi"]) == ["Nuorten paja", "Paja"]
    assert project["implementer"] == ["http://localhost:8000/id/organisation/lapin-yliopisto"]
    assert project["totalBudget"] == f"{PROJECT}#budget"
    assert (project["earliestStart"], project["latestEnd"]) == ("2021-08-01", "2023-07-31")
    assert project["status"] == "Underway"
    assert project["statusAsWritten"] == {"fi": "käynnissä"}
    assert project["identifier"] == ["A76543"]


def test_a_framed_project_is_one_tree() -> None:
    here = {"@embed": "@always"}
    frame = {
        **CONTEXT,
        "id": PROJECT,
        "implementer": here,
        "inSector": {**here, "broader": here},
        "period": here,
        "totalBudget": here,
    }

    tree = jsonld.frame(expanded(example()), frame, {**OPTIONS, "embed": "@never", "omitGraph": True})

    assert tree["implementer"][0]["name"] == {"fi": "Lapin yliopisto", "sv": "Lapplands universitet"}
    assert tree["inSector"][0]["broader"][0]["prefLabel"]["fi"] == "Hyvinvointitoimiala"
    assert tree["period"][0]["start"] == "2021-08-01"
    assert sorted(tree["partner"]) == [
        "http://localhost:8000/id/organisation/museo",
        "http://localhost:8000/id/organisation/yhdistys",
    ]
    assert tree["totalBudget"] == {
        "id": f"{PROJECT}#budget",
        "type": "MonetaryAmount",
        "value": "35200.5",
        "currency": "EUR",
    }


@pytest.mark.parametrize(
    ("literal", "key"),
    [
        (Literal("2021-08-01", datatype=XSD.date), "start"),
        (Literal("2021-08", datatype=XSD.gYearMonth), "startMonth"),
        (Literal("2021", datatype=XSD.gYear), "startYear"),
    ],
    ids=["day", "month", "year"],
)
def test_each_precision_of_a_date_has_its_own_key(literal: Literal, key: str) -> None:
    graph = Graph()
    graph.add((URIRef(f"{PROJECT}#period"), URIRef("http://www.w3.org/ns/dcat#startDate"), literal))

    document = compacted(graph)

    assert document == {"@context": TERMS, "id": f"{PROJECT}#period", key: str(literal)}


@pytest.mark.parametrize(
    ("tagged", "plain"),
    [("label", "plainLabel"), ("contactName", "plainContactName")],
)
def test_tagged_and_plain_texts_have_their_own_keys(tagged: str, plain: str) -> None:
    graph = Graph()
    graph.add((URIRef("http://localhost:8000/x"), property_of(tagged), Literal("Kemi", lang="fi")))
    graph.add((URIRef("http://localhost:8000/x"), property_of(plain), Literal("text/turtle")))

    document = compacted(graph)

    assert document[tagged] == {"fi": "Kemi"}
    assert document[plain] == "text/turtle"


def test_numbers_written_as_json_numbers_mean_the_same() -> None:
    document = {**CONTEXT, "id": "http://localhost:8000/id/source/x#e", "lineNumber": 9}

    nquads = jsonld.to_rdf(document, {**OPTIONS, "format": "application/n-quads"})

    assert f'"9"^^<{XSD.integer}>' in nquads


def test_a_key_holds_a_list_exactly_when_the_shapes_allow_several() -> None:
    says_what_it_is = {SH["class"], SH["in"], SH["or"], SH.datatype, SH.nodeKind, SH.maxCount}
    limited: dict[tuple[URIRef, object], bool] = {}  # by property and class: several rules may ask of one property
    for shape, path in shapes().subject_objects(SH.path):
        if isinstance(path, URIRef) and says_what_it_is & set(shapes().predicates(shape)):
            only = shapes().value(shape, SH["in"])
            one = shapes().value(shape, SH.maxCount) == Literal(1) or len(Collection(shapes(), only)) == 1
            for target in set(shapes().objects(shape, SH.targetClass)) - {SKOS.ConceptScheme}:  # a handful of them
                limited[path, target] = limited.get((path, target), False) or one
    several_allowed: dict[URIRef, bool] = {}
    for (path, _), one in limited.items():
        several_allowed[path] = several_allowed.get(path, False) or not one
    containers = {
        term: as_list(definition.get("@container"))
        for term, definition in TERMS.items()
        if isinstance(definition, dict) and property_of(term) in several_allowed
    }

    lists = {term for term, container in containers.items() if "@language" not in container and "@set" in container}

    assert lists == {
        term
        for term, container in containers.items()
        if "@language" not in container and several_allowed[property_of(term)]
    }


def test_every_property_and_class_that_the_shapes_name_has_a_key() -> None:
    paths = {path for path in shapes().objects(None, SH.path) if isinstance(path, URIRef)}
    classes = set(shapes().objects(None, SH.targetClass))

    assert (paths | classes) - {RDF.type} <= {property_of(term) for term in TERMS}
