"""JSON-LD as we write it: compact, with its context inline, the same triples, and nothing fetched."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyld import jsonld as pyld
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from hanke_lod import jsonld, publications
from hanke_lod.building import Understood
from hanke_lod.formats import JSON_LD, N_TRIPLES
from hanke_lod.namespaces import DCAT, DCTERMS, FOAF, HANKE, PREFIXES, SCHEMA, SKOS, XSD
from hanke_lod.rdf import Triple, Writer, literal, parse, sort_triples, to_triples
from hanke_lod.resources import ontology_file

SUBJECT = "https://data.example.fi/id/project/x"


def no_network(*_arguments: object) -> None:
    raise AssertionError("nothing may be fetched")


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

    assert ["Project", "FoafProject"] == nodes[SUBJECT]["type"]
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


@pytest.fixture(scope="module")
def documents(built_kemi: Path, kemi: Understood) -> Mapping[str, tuple[str, list[Triple]]]:
    """Return every document of Kemi's publication: what it is about, and its triples."""
    publication, addresses = publications.open_current(built_kemi), kemi.addresses
    roots = {
        "void": addresses.base + ".well-known/void",
        "catalog": addresses.catalogue,
        "sectors": addresses.sectors,
        "funding": addresses.funding,
    }
    found = {}
    for key, state, _ in publication.keys(""):
        record = publication.record(key)
        if record and state == "current":
            root = roots.get(key) or addresses.base + "id/" + key
            found[key] = (root, sort_triples(to_triples(parse(record.triples, N_TRIPLES))))
    assert {"catalog", "sectors", "funding", "dataset/hankkeet", "ontology"} <= set(found)
    assert 45 == sum(key.startswith("project/") for key in found)
    return found


def test_each_document_is_a_tree_that_means_the_same_triples(
    documents: Mapping[str, tuple[str, list[Triple]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socket", no_network)

    for name, (root, own) in documents.items():
        document = jsonld.document(own, root)
        tree = json.loads(document)
        assert isinstance(tree["@context"], dict), name
        if name != "ontology":  # examples, of nothing in particular
            assert root == tree.get("@graph", [tree])[0]["id"], name
        if name.partition("/")[0] not in ("ontology", "sectors", "source"):  # lower sectors and entries only link up
            assert "@graph" not in tree, name
        assert own == sort_triples(to_triples(parse(document, JSON_LD))), name
        expanded = pyld.to_rdf(tree, {"format": "application/n-quads", "documentLoader": jsonld.load_bundled})
        assert own == sort_triples(to_triples(parse(expanded.encode(), N_TRIPLES))), name


def test_a_project_holds_its_organisations_sector_period_and_entry(
    documents: Mapping[str, tuple[str, list[Triple]]],
) -> None:
    root, own = documents["project/maahanmuuttaja-ohjaamo-kemi"]

    project = json.loads(jsonld.document(own, root))

    assert ["@context", "id", "type", "title"] == list(project)[:4]
    assert ["Project", "FoafProject"] == project["type"]
    assert "Toivola-Luotolan Setlementti ry" == project["implementer"][0]["name"]["fi"]
    assert "Kemin kaupunki" == project["listedBy"][0]["name"]["fi"] == project["participant"][0]["name"]["fi"]
    assert "Elinvoimatoimiala" == project["inSector"][0]["prefLabel"]["fi"]
    assert "Euroopan sosiaalirahasto" == project["fundedFrom"][0]["prefLabel"]["fi"]
    assert ("2019-01-15", "2022-01-14") == (project["period"][0]["start"], project["period"][0]["end"])
    assert project["statedIn"][0]["originalText"]["fi"].startswith("Maahanmuuttaja Ohjaamo Kemi (ESR)")


def test_the_frame_makes_one_tree_of_each_project_of_a_dump(kemi: Understood, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", no_network)
    dump = json.loads(jsonld.document(sort_triples(kemi.description.merged)))

    framed = pyld.frame(dump, jsonld.frame(), {"documentLoader": jsonld.load_bundled, "compactToRelative": False})

    projects = {project["title"]["fi"]: project for project in framed["@graph"]}
    ohjaamo = projects["Maahanmuuttaja Ohjaamo Kemi"]
    assert 45 == len(framed["@graph"])
    assert "Toivola-Luotolan Setlementti ry" == ohjaamo["implementer"][0]["name"]["fi"]
    assert "Elinvoimatoimiala" == ohjaamo["inSector"][0]["prefLabel"]["fi"]
    assert kemi.addresses.sectors == ohjaamo["inSector"][0]["inScheme"]
    assert "2019-01-15" == ohjaamo["period"][0]["start"]
    assert ohjaamo["statedIn"][0]["originalText"]["fi"].startswith("Maahanmuuttaja Ohjaamo Kemi (ESR)")
    assert not {"partner", "totalBudget"} & set(ohjaamo)


def test_the_frame_names_every_property_that_leads_from_a_project_to_something_of_its_own() -> None:
    ontology = Graph().parse(ontology_file())
    project, keys = URIRef(HANKE.Project), set(jsonld.frame())
    relations = {
        str(term).partition("#")[2]
        for term in ontology.subjects(RDFS.domain, project)
        if (term, RDF.type, OWL.ObjectProperty) in ontology
    }

    assert relations - keys == {"financedBy", "status"}


def test_whole_numbers_are_numbers_and_no_others() -> None:
    w = Writer(SUBJECT)
    w.add(HANKE.lineNumber, literal("24", datatype=XSD.integer))
    w.add(SCHEMA.value, literal("35200.5", datatype=XSD.decimal))
    w.add(DCAT.byteSize, literal("11665", datatype=XSD.nonNegativeInteger))
    odd = Writer(SUBJECT + "#odd")
    odd.add(HANKE.lineNumber, literal("024", datatype=XSD.integer))
    odd.add(DCAT.byteSize, literal("90071992547409931", datatype=XSD.nonNegativeInteger))
    ordered = sort_triples([*w.triples, *odd.triples])

    plain, strange = jsonld.nodes(ordered)

    assert (24, "35200.5", 11665) == (plain["lineNumber"], plain["value"], plain["byteSize"])
    assert ("024", "90071992547409931") == (strange["lineNumber"], strange["byteSize"])
    assert ordered == sort_triples(to_triples(parse(jsonld.document(ordered), JSON_LD)))


def test_what_does_not_hang_from_the_root_follows_it() -> None:
    w, other = Writer(SUBJECT), Writer(SUBJECT + "#entry")
    w.named(DCTERMS.title, {"fi": "Silta"})
    other.add(DCTERMS.source, SUBJECT)
    ordered = sort_triples([*other.triples, *w.triples])

    document = jsonld.document(ordered, SUBJECT)

    assert [SUBJECT, SUBJECT + "#entry"] == [node["id"] for node in json.loads(document)["@graph"]]
    assert ordered == sort_triples(to_triples(parse(document, JSON_LD)))


def test_links_in_a_circle_end() -> None:
    one, two, three = (Writer(SUBJECT + part) for part in ("", "#two", "#three"))
    one.each(DCTERMS.relation, [two.subject, three.subject])
    two.add(DCTERMS.relation, three.subject)
    three.each(DCTERMS.relation, [one.subject, three.subject])
    ordered = sort_triples([*one.triples, *two.triples, *three.triples])

    document = jsonld.document(ordered, SUBJECT)

    assert "@graph" not in json.loads(document)
    assert ordered == sort_triples(to_triples(parse(document, JSON_LD)))


@pytest.mark.parametrize(
    "url", ["https://schema.org/", "https://w3id.org/hanke/context", "http://localhost:8000/context.jsonld"]
)
def test_pyld_is_never_let_out_to_fetch(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", no_network)

    with pytest.raises(pyld.JsonLdError, match=r"fetched|context"):
        pyld.expand({"@context": url, "title": "a"}, {"documentLoader": jsonld.load_bundled})


def test_our_own_context_is_read_from_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", no_network)
    document = {"@context": "https://w3id.org/hanke/context.jsonld", "id": SUBJECT, "status": "Ended"}

    (node,) = pyld.expand(document, {"documentLoader": jsonld.load_bundled})

    assert [{"@id": HANKE.Ended}] == node[HANKE.status]


def test_no_triples_are_an_empty_graph() -> None:
    assert [] == json.loads(jsonld.document([]))["@graph"]


def test_json_is_written_with_its_letters_and_a_line_end() -> None:
    assert b'{\n "a": "\xc3\xa4"\n}\n' == jsonld.encode({"a": "ä"})
