"""The VoID description says what SPARQL counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanke_lod import publications, rdf
from hanke_lod.formats import N_TRIPLES

VOID = "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?v { ?d a void:Dataset ; void:%s ?v }"
COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
}
PARTITIONS = {
    "SELECT ?t ?n { ?d void:classPartition [ void:class ?t ; void:entities ?n ] }":
        "SELECT ?t (COUNT(DISTINCT ?s) AS ?n) { ?s a ?t FILTER(ISIRI(?t)) } GROUP BY ?t",
    "SELECT ?t ?n { ?d void:propertyPartition [ void:property ?t ; void:triples ?n ] }":
        "SELECT ?t (COUNT(*) AS ?n) { ?s ?t ?o } GROUP BY ?t",
}  # fmt: skip


@pytest.fixture(scope="module")
def stores(built_kemi: Path) -> tuple[rdf.Store, rdf.Store]:
    """Kemi's VoID description, and its dataset as the query endpoint has it."""
    publication = publications.open_current(built_kemi)
    record = publication.record("void")
    assert record is not None
    void, data = rdf.Store(), rdf.Store()
    void.extend(rdf.parse(record.triples, N_TRIPLES))
    data.extend(rdf.parse_file(publication.path(publications.DATA)))
    return void, data


def rows(store: rdf.Store, query: str) -> set[tuple[str, ...]]:
    """Return the rows of a query's answer."""
    return {tuple(term.value for term in row) for row in store.query(query)}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_is_the_one_of_sparql(stores: tuple[rdf.Store, rdf.Store], name: str) -> None:
    void, data = stores

    assert rows(data, COUNTS[name]) == rows(void, VOID % name)


@pytest.mark.parametrize("query", PARTITIONS)
def test_every_class_and_property_has_the_count_of_sparql(stores: tuple[rdf.Store, rdf.Store], query: str) -> None:
    void, data = stores

    found = rows(void, "PREFIX void: <http://rdfs.org/ns/void#> " + query)

    assert rows(data, PARTITIONS[query]) == found
    assert len(found) > 5


def test_no_licence_is_stated_that_is_not_confirmed(stores: tuple[rdf.Store, rdf.Store]) -> None:
    assert set() == rows(stores[0], "SELECT ?l { ?d <http://purl.org/dc/terms/license> ?l }")


def test_nothing_in_it_is_a_blank_node(stores: tuple[rdf.Store, rdf.Store]) -> None:
    assert set() == rows(stores[0], "SELECT ?s { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) }")
