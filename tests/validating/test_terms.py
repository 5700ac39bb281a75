"""Terms and paths as people read them."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from hanke_lod import rdf
from hanke_lod.namespaces import DCTERMS, XSD
from hanke_lod.validating.terms import TEXT_LENGTH, inert, path, prefixed, shown

PATHS = {
    "property": ("dcterms:title", "dcterms:title"),
    "sequence": ("( dcterms:title dcterms:type )", "dcterms:title/dcterms:type"),
    "inverse": ("[ sh:inversePath dcterms:title ]", "^dcterms:title"),
    "alternative": ("[ sh:alternativePath ( dcterms:title dcterms:type ) ]", "dcterms:title|dcterms:type"),
    "or-more": ("[ sh:oneOrMorePath [ sh:inversePath dcterms:type ] ]", "(^dcterms:type)+"),
    "any": ("[ sh:zeroOrMorePath dcterms:type ]", "dcterms:type*"),
    "maybe-then": ("( [ sh:zeroOrOnePath dcterms:type ] dcterms:title )", "dcterms:type?/dcterms:title"),
    "alternative-in-sequence": (
        "( dcterms:type [ sh:alternativePath ( dcterms:title dcterms:type ) ] )",
        "dcterms:type/(dcterms:title|dcterms:type)",
    ),
}


@pytest.mark.parametrize(("turtle", "written"), PATHS.values(), ids=PATHS)
def test_a_path_is_written_as_sparql_writes_it(turtle: str, written: str) -> None:
    graph = Graph().parse(
        data=f"@prefix sh: <{SH}> . @prefix dcterms: <http://purl.org/dc/terms/> . <x:s> sh:path {turtle} .",
        format="turtle",
    )

    assert written == path(graph, graph.value(URIRef("x:s"), SH.path))


def test_no_path_is_no_text() -> None:
    assert "" == path(Graph(), None)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (rdf.iri(DCTERMS.title), "dcterms:title"),
        (rdf.iri("https://a.fi/x"), "<https://a.fi/x>"),
        (rdf.literal("a", "fi"), '"a"@fi'),
        (rdf.literal("a\nb\tc"), '"a\\nb\\tc"'),
        (rdf.literal("2021", "", XSD.gYear), '"2021"^^xsd:gYear'),
        (rdf.literal("\x1b[2J\u202e"), '"\\u001B[2J\\u202E"'),
        (rdf.literal("x" * 500), '"' + "x" * (TEXT_LENGTH - 1) + '…"'),
        (None, ""),
    ],
    ids=["prefixed", "address", "language", "line-breaks", "datatype", "inert", "long", "none"],
)
def test_a_term_is_short_and_inert(term: rdf.NamedNode | rdf.Literal | None, text: str) -> None:
    assert text == shown(term)


def test_a_name_that_turtle_would_not_take_is_an_address() -> None:
    assert f"<{DCTERMS.iri}a/b>" == prefixed(f"{DCTERMS.iri}a/b")


def test_letters_of_all_languages_are_seen() -> None:
    assert "Sámi Åland ä ž 漢" == inert("Sámi Åland ä ž 漢")
