"""The page of the vocabulary: every term in its place, a picture, examples from what is served; and its forms."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF
from small_publication import publish

from hanke_lod.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, RdfFormat
from hanke_lod.namespaces import HANKE, RDFS
from hanke_lod.rdf import parse, parse_file, to_triples
from hanke_lod.resources import ontology_file
from hanke_lod_server.graph import Graph as Read
from hanke_lod_server.pages.frame import Page, reader_of
from hanke_lod_server.pages.ontology import ontology_shown
from hanke_lod_server.site import Site
from hanke_lod_server.vocabulary import alignments_graph, ontology_graph

ONTOLOGY = Graph().parse(ontology_file())
LANGUAGES = pytest.mark.parametrize("language", ["fi", "sv", "en"])


def page_of(client: FlaskClient, language: str = "en") -> str:
    return client.get(f"/ontology.html?lang={language}").text


def markup(page: str) -> dict[str, str]:
    """The picture in each of its layouts."""
    (figure,) = re.findall(r'<figure class="model">(.*?)</figure>', page, re.S)
    _, narrow, wide = re.split(r'<svg class="drawn-(?:narrow|wide)"', figure)
    return {"narrow": narrow, "wide": wide}


def drawings(page: str) -> dict[str, str]:
    """What is written in the picture in each of its layouts."""
    return {name: " ".join(re.sub(r"<[^>]+>", "|", svg).split()) for name, svg in markup(page).items()}


def section(page: str, term: str) -> str:
    """The part of the page that documents a term, as text."""
    found = re.search(rf'<section class="term" id="{term}">(.*?)</section>', page, re.S)
    assert found, term
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", found[1]).split()))


@LANGUAGES
def test_every_term_has_its_place_its_definition_its_notes_and_examples(client: FlaskClient, language: str) -> None:
    page = page_of(client, language)

    for term in HANKE.terms:
        told = section(page, term)
        for predicate in ("definition", "scopeNote", "example"):
            texts = ONTOLOGY.objects(
                URIRef(HANKE.iri + term), URIRef("http://www.w3.org/2004/02/skos/core#" + predicate)
            )
            own = [text for text in texts if text.language == language]
            assert own or (term, predicate) in (("statuses", "scopeNote"), ("statuses", "example"))
            for text in own:
                assert " ".join(text.split()) in told, term


def test_a_term_shows_what_the_data_that_are_served_say_with_it(client: FlaskClient) -> None:
    page = page_of(client)

    assert "In these data: Maahanmuuttaja Ohjaamo Kemi → " in section(page, "implementer")
    assert 'href="/doc/project/ohjaamo?lang=en"' in page
    assert "In these data: Koulun kerhotoiminnan kehittäminen" in section(page, "Project")
    assert "In these data: Maahanmuuttaja Ohjaamo Kemi → 2019-01-15" in section(page, "earliestStart")
    assert "In these data" not in section(page, "coordinator")


def test_without_examples_the_page_has_none(tmp_path: Path) -> None:
    served = publish(tmp_path / "other")
    app = served.client().application
    with app.test_request_context("/ontology.html?lang=en"):
        site = Site(served.publication, None, served.config)
        page = Page(site, reader_of(site))

        shown = ontology_shown(page, ontology_graph(), alignments_graph(), Read([]))

    assert all(term.statement is None for group in shown.groups for term in group.terms)


def test_a_term_tells_what_it_is_narrower_than_here_and_elsewhere_and_what_it_only_resembles(
    client: FlaskClient,
) -> None:
    page = page_of(client)

    assert "Narrower than hanke:financedBy schema:funder" in section(page, "funder")
    assert "Narrower than, elsewhere frapo:isFundedBy" in section(page, "funder")
    assert "Like, but not the same as eurio:Project" in section(page, "Project")
    assert "Narrower properties hanke:implementer hanke:coImplementer" in section(page, "participant")
    assert "Kinds of it hanke:Fund hanke:FundingProgramme hanke:GrantType" in section(page, "FundingSource")
    assert "hanke:Project" in section(page, "ListEntry").partition("Cannot also be")[2]  # stated only of the project


@LANGUAGES
def test_the_picture_says_every_relation_that_leads_to_a_class_and_says_it_in_words(
    client: FlaskClient, language: str
) -> None:
    page = page_of(client, language)
    drawn = drawings(page)
    words = re.search(r'<ul id="picture-words">(.*?)</ul>', page, re.S)

    assert words
    relations = [
        term
        for term in ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty)
        if str(term).startswith(HANKE.iri) and ONTOLOGY.value(term, URIRef(RDFS.iri + "range"))
    ]
    assert 13 == len(relations)
    for term in relations:
        label = next(str(text) for text in ONTOLOGY.objects(term, URIRef(RDFS.label)) if text.language == language)
        assert label in words[1]
        for name, text in drawn.items():
            assert label in text, (name, label)
    for name in ("Project", "Sector", "FundingSource", "ListEntry", "SourceDocument"):
        assert f"hanke:{name}" in drawn["narrow"]
        assert f"hanke:{name}" in drawn["wide"]


def test_a_line_of_the_picture_has_room_on_a_phone(client: FlaskClient) -> None:
    for language in ("fi", "sv", "en"):
        written = re.findall(
            r'<text class="[^"]+" x="(\d+)" y="\d+">([^<]*)</text>', markup(page_of(client, language))["narrow"]
        )
        assert len(written) > 20
        for x, text in written:
            assert int(x) + 8.5 * len(text) < 328, text  # 360 px without the margins


def test_the_picture_is_an_image_with_a_name_and_a_description(client: FlaskClient) -> None:
    page = page_of(client)

    assert 2 == page.count('role="img" aria-labelledby="picture" aria-describedby="picture-words"')
    assert '<h2 id="picture">' in page
    assert '<ul id="picture-words">' in page


@pytest.mark.parametrize("path", ["/ontology", "/alignments"])
@pytest.mark.parametrize(
    ("accept", "content_type", "parser"),
    [
        ("*/*", "text/turtle; charset=utf-8", TURTLE),
        ("text/turtle", "text/turtle; charset=utf-8", TURTLE),
        ("application/ld+json", "application/ld+json; charset=utf-8", JSON_LD),
        ("application/rdf+xml", "application/rdf+xml; charset=utf-8", RDF_XML),
        ("application/n-triples", "application/n-triples; charset=utf-8", N_TRIPLES),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", None),
    ],
)
def test_it_is_had_in_every_form_and_all_say_the_same(
    client: FlaskClient, path: str, accept: str, content_type: str, parser: RdfFormat | None
) -> None:
    answer = client.get(path, headers={"Accept": accept})

    assert (200, content_type) == (answer.status_code, answer.content_type)
    file = ontology_file({"/ontology": "hanke.ttl", "/alignments": "alignments.ttl"}[path])
    if parser is not None:
        assert set(to_triples(parse_file(file))) == set(to_triples(parse(answer.data, parser)))


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf", "nt"])
@pytest.mark.parametrize("path", ["/ontology", "/alignments", "/shapes"])
def test_every_server_serves_the_same_bytes(client: FlaskClient, tmp_path: Path, path: str, suffix: str) -> None:
    other = publish(tmp_path / "other", base="https://data.example.fi/hankkeet/").client()

    assert client.get(f"{path}.{suffix}").data == other.get(f"/hankkeet{path}.{suffix}").data


def test_the_frame_is_had_with_its_context_inside(client: FlaskClient) -> None:
    frame = json.loads(client.get("/frame.jsonld").data)

    assert "Project" == frame["type"]
    assert "hanke:Project" == frame["@context"]["Project"]
