"""JSON-LD as we write it: compact, with its context inline, the same triples, and nothing fetched."""

from __future__ import annotations

import json

import pytest
from pyld import jsonld as pyld

from hanke_lod import jsonld
from hanke_lod.building import Understood
from hanke_lod.formats import JSON_LD
from hanke_lod.namespaces import DCAT, DCTERMS, FOAF, HANKE, PREFIXES, SCHEMA, SKOS, XSD
from hanke_lod.rdf import Triple, Writer, literal, parse, sort_triples, to_triples

SUBJECT = "https://data.example.fi/id/project/x"


def triples() -> list[Triple]:
    """Return a small project with a period."""
    w, p = Writer(SUBJECT), Writer(SUBJECT + "#period")
    w.types(HANKE.Project, FOAF.Project)
    w.named(DCTERMS.title, {"fi": "Silta", "sv": "Bro"})
    w.add(DCTERMS.temporal, p.subject)
    p.types(DCTERMS.PeriodOfTime)
    p.add(DCAT.startDate, literal("2021", datatype=XSD.gYear))
    p.add(DCAT.endDate, literal("2022-01-31", datatype=XSD.date))
    return sort_triples([*w.triples, *p.triples])


def test_the_context_is_inline_and_ours() -> None:
    document = json.loads(jsonld.document(triples()))

    assert jsonld.context()["@context"] == document["@context"]
    assert isinstance(document["@context"], dict)
    assert "@import" not in json.dumps(document["@context"])


def test_terms_are_short_and_addresses_whole() -> None:
    nodes = {node["id"]: node for node in jsonld.nodes(triples())}

    assert {SUBJECT, SUBJECT + "#period"} == set(nodes)
    assert not any(key.startswith("http") for node in nodes.values() for key in node)


def test_a_thing_s_classes_are_its_type() -> None:
    nodes = {node["id"]: node for node in jsonld.nodes(triples())}

    assert ["Project", "foaf:Project"] == sorted(nodes[SUBJECT]["type"])
    assert "PeriodOfTime" == nodes[SUBJECT + "#period"]["type"]


def test_a_date_s_key_tells_its_precision_so_that_its_value_is_a_plain_string() -> None:
    nodes = {node["id"]: node for node in jsonld.nodes(triples())}

    assert "2021" in nodes[SUBJECT + "#period"].values()
    assert "2022-01-31" in nodes[SUBJECT + "#period"].values()


def test_kemi_as_json_ld_holds_the_same_triples(kemi: Understood) -> None:
    ordered = sort_triples(kemi.description.merged)

    assert ordered == sort_triples(to_triples(parse(jsonld.document(ordered), JSON_LD)))


def test_kemi_as_json_ld_leaves_no_value_object_for_a_date_or_a_number_behind(kemi: Understood) -> None:
    typed = {
        inner["type"]
        for node in jsonld.nodes(kemi.description.merged)
        for value in node.values()
        for inner in (value if isinstance(value, list) else [value])
        if isinstance(inner, dict) and "@value" in inner and "type" in inner
    }

    assert set() == typed


def test_the_prefixes_of_the_context_are_those_of_the_other_formats() -> None:
    context = jsonld.context()["@context"]

    for prefix, value in context.items():
        name = value.get("@id") if isinstance(value, dict) else value
        if isinstance(name, str) and name in PREFIXES.values() and prefix in PREFIXES:
            assert PREFIXES[prefix] == name


@pytest.mark.parametrize("term", [SKOS.prefLabel, DCTERMS.title, HANKE.inSector, HANKE.implementer, SCHEMA.value])
def test_a_term_that_the_data_use_has_a_key_of_its_own(term: str) -> None:
    w = Writer(SUBJECT)
    w.add(term, "https://data.example.fi/id/sector/a")
    (node,) = jsonld.nodes(w.triples)

    assert all("http" not in key for key in node)


def test_pyld_is_never_let_out_to_fetch() -> None:
    document = {"@context": "https://schema.org/", "@id": "http://a"}

    with pytest.raises(pyld.JsonLdError):
        pyld.compact(document, jsonld.context(), {"documentLoader": jsonld._OPTIONS["documentLoader"]})


def test_no_triples_are_an_empty_graph() -> None:
    assert [] == json.loads(jsonld.document([]))["@graph"]


def test_json_is_written_with_its_letters_and_a_line_end() -> None:
    assert b'{\n "a": "\xc3\xa4"\n}\n' == jsonld.encode({"a": "ä"})
