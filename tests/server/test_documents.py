"""Things and their descriptions: 303, negotiation, suffixes, and the same triples in every form."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph
import pytest
from flask.testing import FlaskClient
from rdflib import Dataset, Graph
from small_publication import BASE, Served, publish, triples_of

from hanke_lod import rdf
from hanke_lod.formats import DOCUMENT_FORMATS, JSON_LD, N_TRIPLES, RDF_XML, RdfFormat

DOCUMENTS = (
    "/doc/project/ohjaamo",
    "/doc/project/kerho",
    "/doc/project/ilkea",
    "/doc/organisation/kemi",
    "/doc/sector/lapset",
    "/doc/funding/esr",
    "/doc/source/lista",
    "/doc/dataset/hankkeet",
    "/sectors",
    "/funding",
    "/catalog",
    "/ontology",
    "/shapes",
)


def triples(body: bytes, row: RdfFormat) -> set[rdf.Triple]:
    return set(rdf.to_triples(rdf.parse(body, row)))


RDFLIB_WARNS = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")


def canonical(data: bytes, row: RdfFormat) -> set[object]:
    """The triples as rdflib reads them, blank nodes named by what is said of them (RDFC-1.0): isomorphic, so equal."""
    format_ = {"json-ld": "json-ld", "turtle": "turtle", "rdf-xml": "xml", "n-triples": "nt"}[row.name]
    lines = Graph().parse(data=data, format=format_).serialize(format="nt", encoding="utf-8")
    held = pyoxigraph.Dataset(rdf.parse(lines, N_TRIPLES))
    held.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return set(held)


@RDFLIB_WARNS
@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("row", DOCUMENT_FORMATS, ids=lambda row: row.name)
def test_every_form_holds_the_same_triples(client: FlaskClient, path: str, row: RdfFormat) -> None:
    if path == "/doc/project/ilkea" and row is RDF_XML:
        return  # see test_what_xml_cannot_hold_is_not_given_as_xml
    plain = client.get(f"{path}.nt").data

    answer = client.get(f"{path}.{row.suffix}")

    assert answer.status_code == 200
    assert answer.content_type == row.content_type
    if path == "/shapes":  # has blank nodes
        assert canonical(plain, N_TRIPLES) == canonical(answer.data, row)
    else:
        assert triples(plain, N_TRIPLES) == triples(answer.data, row)


@RDFLIB_WARNS
@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path != "/shapes"])
@pytest.mark.parametrize("row", DOCUMENT_FORMATS, ids=lambda row: row.name)
def test_another_library_reads_the_same_number_of_triples(client: FlaskClient, path: str, row: RdfFormat) -> None:
    if path == "/doc/project/ilkea" and row is RDF_XML:
        return
    expected = len(client.get(f"{path}.nt").data.splitlines())

    graph = Dataset() if row is JSON_LD else Graph()
    graph.parse(io.BytesIO(client.get(f"{path}.{row.suffix}").data), format=row.media_type)

    assert expected == len(graph)


def test_literals_are_the_same_letter_by_letter(client: FlaskClient) -> None:
    for suffix, row in ((row.suffix, row) for row in DOCUMENT_FORMATS):
        found = triples(client.get(f"/doc/project/ohjaamo.{suffix}").data, row)
        texts = {str(t.object) for t in found}

        assert '"35200.5"^^<http://www.w3.org/2001/XMLSchema#decimal>' in texts
        assert '"Ohjausta & neuvontaa: \\"matalalla\\" kynnyksellä.\\nToinen rivi."@fi' in texts


def test_what_xml_cannot_hold_is_not_given_as_xml(client: FlaskClient) -> None:
    answer = client.get("/doc/project/ilkea.rdf")

    assert answer.status_code == 406
    assert "/doc/project/ilkea.ttl" in answer.headers["Link"]
    assert "/doc/project/ilkea.rdf" not in answer.headers["Link"]


def test_a_document_names_what_it_links_to(client: FlaskClient) -> None:
    found = triples(client.get("/doc/project/ohjaamo.nt").data, N_TRIPLES)
    own = {t for t in triples_of() if t.subject.value == f"{BASE}id/funding/esr"}

    assert {t for t in own if t.predicate.value.endswith(("#prefLabel", "#type"))} < found
    assert not {t for t in own if t.predicate.value.endswith("exactMatch")} & found


@pytest.mark.parametrize(
    ("accept", "content_type", "location"),
    [
        (None, "text/html; charset=utf-8", "/doc/project/ohjaamo.html?lang=fi"),
        ("*/*", "text/html; charset=utf-8", "/doc/project/ohjaamo.html?lang=fi"),
        ("text/turtle", "text/turtle; charset=utf-8", "/doc/project/ohjaamo.ttl"),
        ("application/ld+json", "application/ld+json; charset=utf-8", "/doc/project/ohjaamo.jsonld"),
        ("application/json", "application/json; charset=utf-8", "/doc/project/ohjaamo.json"),
        ("application/rdf+xml", "application/rdf+xml; charset=utf-8", "/doc/project/ohjaamo.rdf"),
        ("application/n-triples", "application/n-triples; charset=utf-8", "/doc/project/ohjaamo.nt"),
    ],
)
def test_a_document_is_negotiated(client: FlaskClient, accept: str | None, content_type: str, location: str) -> None:
    headers = {"Accept": accept} if accept else {}

    answer = client.get("/doc/project/ohjaamo", headers=headers)

    assert answer.status_code == 200
    assert content_type == answer.content_type
    assert answer.headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"
    assert location == answer.headers["Content-Location"]
    if "html" not in location:  # the page there is the same but for its links, which keep the language
        assert client.get(location).data == answer.data


def test_a_suffix_fixes_the_form_whatever_is_asked(client: FlaskClient) -> None:
    answer = client.get("/doc/project/ohjaamo.ttl", headers={"Accept": "text/html"})

    assert answer.content_type == "text/turtle; charset=utf-8"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Location" not in answer.headers


def test_a_page_by_suffix_varies_with_the_language_only(client: FlaskClient) -> None:
    answer = client.get("/doc/project/ohjaamo.html", headers={"Accept-Language": "sv"})

    assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language"
    assert answer.headers["Content-Language"] == "sv"


def test_json_is_the_same_bytes_as_json_ld(client: FlaskClient) -> None:
    as_json = client.get("/doc/project/ohjaamo.json")

    assert as_json.content_type == "application/json; charset=utf-8"
    assert client.get("/doc/project/ohjaamo.jsonld").data == as_json.data


def test_json_ld_carries_its_context(client: FlaskClient) -> None:
    answer = client.get("/doc/project/ohjaamo.jsonld").get_json(force=True)

    assert isinstance(answer["@context"], dict)


def test_alternatives_are_linked(client: FlaskClient) -> None:
    link = client.get("/doc/project/ohjaamo").headers["Link"]

    assert '</doc/project/ohjaamo.ttl>; rel="alternate"; type="text/turtle"' in link
    assert 'rel="alternate"; type="text/html"' not in link


@pytest.mark.parametrize("accept", ["image/png", "text/csv", "text/html;q=0, text/turtle;q=0, application/*;q=0"])
def test_what_there_is_not_is_406_with_what_there_is(client: FlaskClient, accept: str) -> None:
    answer = client.get("/doc/project/ohjaamo", headers={"Accept": accept})

    assert answer.status_code == 406
    assert '</doc/project/ohjaamo.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["Link"]
    assert "text/turtle: /doc/project/ohjaamo.ttl" in answer.text
    assert "Accept" in answer.headers["Vary"]


# ── /id ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/project/ohjaamo", "/doc/project/ohjaamo"),
        ("/id/project/Ohjaamo", "/doc/project/ohjaamo"),
        ("/id/organisation/kemi", "/doc/organisation/kemi"),
        ("/id/sector/lapset", "/doc/sector/lapset"),
        ("/id/funding/esr", "/doc/funding/esr"),
        ("/id/source/lista", "/doc/source/lista"),
        ("/id/dataset/hankkeet", "/doc/dataset/hankkeet"),
        ("/id/project/poistunut", "/doc/project/poistunut"),
        ("/id/project/vanha", "/doc/project/vanha"),
        ("/id/sector", "/sectors"),
        ("/id/funding", "/funding"),
        ("/id/catalog", "/catalog"),
        ("/id/service/sparql", "/sparql"),
        ("/id/project/ohjaamo?lang=sv", "/doc/project/ohjaamo?lang=sv"),
        ("/id/project/ohjaamo?lang=evil", "/doc/project/ohjaamo"),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "image/png"])
def test_a_thing_leads_to_its_description(client: FlaskClient, path: str, location: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})

    assert (303, location) == (answer.status_code, answer.headers["Location"])


@pytest.mark.parametrize(
    "path",
    ["/id/project/nix", "/id/nix/ohjaamo", "/id/project", "/id", "/id/project/ohjaamo.ttl", "/doc/project/nix",
     "/doc/project/ohjaamo.xyz", "/doc/project/ohjaamo.TTL", "/doc/nix/ohjaamo", "/doc/project/ohjaamo/x",
     "/doc/project/nix.ttl"],
)  # fmt: skip
def test_what_never_was_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


# ── gone and merged ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("suffix", ["", ".ttl", ".nt", ".rdf", ".jsonld", ".html"])
def test_a_thing_that_left_the_list_is_410_and_still_says_what_it_was(client: FlaskClient, suffix: str) -> None:
    answer = client.get(f"/doc/project/poistunut{suffix}")

    assert answer.status_code == 410
    assert "Poistunut hanke" in answer.text


def test_the_page_of_what_is_gone_says_since_when(client: FlaskClient) -> None:
    page = client.get("/doc/project/poistunut?lang=en").text

    assert "Left the list on 1 Feb 2023." in page
    assert "Was in the list from 1 Mar 2022, last in the data published on 15 Jan 2023." in page


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/doc/project/vanha", "/doc/project/kerho"),
        ("/doc/project/vanha.ttl", "/doc/project/kerho.ttl"),
        ("/doc/project/vanha?lang=en", "/doc/project/kerho?lang=en"),
        ("/doc/project/KERHO", "/doc/project/kerho"),
        ("/doc/project/Kerho.ttl", "/doc/project/kerho.ttl"),
        ("/doc/project/kerho/", "/doc/project/kerho"),
        ("/projects/?sort=end&q=a%26b", "/projects?sort=end&q=a%26b"),
    ],
)
def test_other_addresses_of_a_document_lead_to_the_one(client: FlaskClient, path: str, location: str) -> None:
    answer = client.get(path)

    assert (301, location) == (answer.status_code, answer.headers["Location"])


# ── the publisher's own IRI ─────────────────────────────────────────────────────────────────────────────────


def test_percent_encoding_makes_no_other_document(client: FlaskClient) -> None:
    assert client.get("/doc/project/%6Fhjaamo.ttl").data == client.get("/doc/project/ohjaamo.ttl").data
    assert client.get("/doc/project/%256Fhjaamo").status_code == 404


def test_two_publications_of_the_same_data_have_the_same_etags(served: Served, tmp_path: Path) -> None:
    other = publish(tmp_path / "other", mark="x")

    for path in ("/doc/project/ohjaamo", "/doc/project/ohjaamo.ttl", "/catalog"):
        assert served.client().get(path).headers["ETag"] == other.client().get(path).headers["ETag"]
