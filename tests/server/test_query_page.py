"""The query page: works as a plain form, teaches by questions that have answers, and shows results inertly."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from small_publication import TODAY, Client, publish

from hanke_lod import publications
from hanke_lod.config import default_limits
from hanke_lod_server.app import create_app, create_endpoint
from hanke_lod_server.engines.embedded import KeeperEngine, start_keeper, stop_keeper
from hanke_lod_server.pages.query import example_texts

BROWSER = {"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("asked")
    served = publish(folder)
    keeper = start_keeper(
        folder / "keeper", [served.publication.path(publications.DATA)], served.config.query,
        publication=served.publication.name,
    )  # fmt: skip
    engine = KeeperEngine(folder / "keeper")
    app = create_app(served.publication, engine, served.config, lambda: TODAY)
    app.test_client_class = Client
    yield app.test_client()
    engine.close()
    stop_keeper(keeper)


def ask(client: FlaskClient, query: str, **parameters: str) -> str:
    answer = client.get(f"/sparql?{urlencode({'query': query, **parameters})}", headers=BROWSER)
    assert answer.mimetype == "text/html"
    return answer.text


def test_the_bare_address_is_a_form_that_needs_no_script(client: FlaskClient) -> None:
    page = client.get("/sparql?lang=fi", headers=BROWSER)

    assert page.status_code == 200
    assert '<form class="query" action="/sparql">' in page.text
    assert '<textarea id="query" name="query"' in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_question_has_an_answer(client: FlaskClient, language: str) -> None:
    page = client.get(f"/sparql?lang={language}", headers=BROWSER).text
    questions = [html.unescape(href) for href in re.findall(r'<a href="([^"]+query=[^"]+)" rel="nofollow">', page)]

    assert len(questions) == len(example_texts())
    for question in questions:
        answer = client.get(question, headers=BROWSER)
        assert answer.status_code == 200
        if "LANG(" not in parse_qs(urlsplit(question).query)["query"][0] or language == "fi":
            assert "<tbody>" in answer.text or "@prefix" in answer.text, question


def test_the_query_stays_in_the_form_letter_by_letter(client: FlaskClient) -> None:
    query = '\n# </textarea><script>\nASK { ?s ?p "<&>" }'

    page = ask(client, query)

    held = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)[1]
    assert html.unescape(held) == query


def test_things_are_shown_by_their_names_with_links(client: FlaskClient) -> None:
    query = "SELECT ?o ?s { ?o hanke:implementer ?i . ?i foaf:name ?n . ?o hanke:status ?s }"
    page = ask(client, query, lang="sv")

    assert re.search(
        r'<a href="/doc/project/ohjaamo\?lang=sv"><bdi lang="fi">Maahanmuuttaja Ohjaamo Kemi</bdi></a>', page
    )
    assert re.search(r'<a href="/ontology\?lang=sv#Ended"><bdi>avslutat</bdi></a>', page)


def test_results_that_attack_are_inert(client: FlaskClient) -> None:
    page = ask(client, "SELECT ?o { <https://data.example.fi/id/project/ilkea> ?p ?o }")

    assert "<script>" not in page
    assert not re.search(r'href="(javascript|data):', page)
    assert "javascript:alert(3)" in page


@pytest.mark.parametrize(
    ("query", "status", "expected"),
    [
        ("SELECT ?x {", 400, "^"),
        ("nonsense", 400, "^"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("DELETE WHERE { ?s ?p ?o }", 400, ""),
    ],
)
def test_what_is_wrong_is_told_on_the_page_under_the_query(
    client: FlaskClient, query: str, status: int, expected: str
) -> None:
    answer = client.get(f"/sparql?{urlencode({'query': query, 'lang': 'fi'})}", headers=BROWSER)

    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    wrong = re.search(r'<section class="wrong".*?</section>', answer.text, re.S)[0]
    assert expected in html.unescape(wrong)
    assert html.escape(query, quote=False) in answer.text.replace("&#34;", '"')


@pytest.mark.parametrize(("query", "word"), [("ASK {}", "Kyllä"), ("ASK { FILTER(false) }", "Ei")])
def test_a_question_of_yes_or_no(client: FlaskClient, query: str, word: str) -> None:
    assert word in re.search(r'<h2 id="result">(.*?)</h2>', ask(client, query, lang="fi"), re.S)[1]


def test_no_row_is_told_in_words(client: FlaskClient) -> None:
    assert "nothing matches" in ask(client, "SELECT * { ?s <x:nothing> ?o }", lang="en")


def test_the_same_is_offered_in_other_forms_and_from_elsewhere(client: FlaskClient) -> None:
    page = ask(client, "SELECT ?t { ?p hanke:fundedFrom ?f ; dcterms:title ?t }")

    for href in re.findall(r'<a href="([^"]+format=[^"]+)"', page):
        assert client.get(html.unescape(href)).status_code == 200
    assert "curl https://data.example.fi/sparql" in page
    assert "pandas.read_csv" in page
    assert "read.csv(paste0(" in page


def test_health_tells_of_the_engine(client: FlaskClient) -> None:
    assert client.get("/health").json["engine"] == "ok"


@pytest.mark.parametrize("path", ["/", "/catalog.html"])
def test_pages_lead_to_the_query_page(client: FlaskClient, path: str) -> None:
    assert 'href="/sparql"' in client.get(path, headers=BROWSER).text


def test_the_recipes_quote_what_they_ask(client: FlaskClient, tmp_path: Path) -> None:
    page = ask(client, "SELECT ?x { BIND('a\\'b\"c' AS ?x) }")

    recipe = html.unescape(re.search(r"<code>(import pandas.*?)</code>", page, re.S)[1])
    compile(recipe, str(tmp_path), "exec")


# ── data without a publication ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of an app that has nothing but the endpoint."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "data.nq").write_bytes(NQ)
    keeper = start_keeper(folder / "keeper", [folder / "data.nq"], default_limits(), publication="data-1")
    engine = KeeperEngine(folder / "keeper")
    app = create_endpoint(engine, default_limits(), "http://localhost:8000/")
    app.test_client_class = Client
    yield app.test_client()
    engine.close()
    stop_keeper(keeper)


NQ = b"""\
<http://e/s> <http://e/p> <javascript:alert(1)> .
<http://e/s> <http://e/p> <http://e/o> .
<http://e/s> <http://e/p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> <http://e/g> .
"""


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_any_data_have_a_query_page_in_the_reader_s_language(bare: FlaskClient, language: str) -> None:
    page = bare.get("/sparql", headers={**BROWSER, "Accept-Language": language})

    assert (page.status_code, page.headers["Content-Language"]) == (200, language)
    assert f'<html lang="{language}">' in page.text
    assert "?subject ?property ?value" in page.text
    assert bare.get("/sparql?lang=sv", headers=BROWSER).headers["Content-Language"] == "sv"


def test_any_data_are_shown_as_a_table_and_lead_nowhere_they_should_not(bare: FlaskClient) -> None:
    page = ask(bare, "SELECT ?o { ?s ?p ?o } ORDER BY ?o")

    assert '<a href="http://e/o" rel="external noopener">' in page
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_the_style_of_the_page_is_there(bare: FlaskClient) -> None:
    style = re.search(r'href="(/static/[^"]+/site.css)"', bare.get("/sparql", headers=BROWSER).text)

    assert style is not None
    assert bare.get(style[1]).mimetype == "text/css"


def test_beside_the_endpoint_there_is_nothing(bare: FlaskClient) -> None:
    assert bare.get("/").headers["Location"] == "/sparql"
    lost = bare.get("/projects", headers={"Accept-Language": "en"})
    assert (lost.status_code, lost.text) == (404, "There is only a query endpoint here: /sparql\n")
    assert bare.post("/").status_code == 405


def test_any_data_are_described_with_their_graphs(bare: FlaskClient) -> None:
    described = bare.get("/sparql").text

    assert "<http://localhost:8000/service>" in described
    assert "<http://e/g>" in described


# ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_limits_stand_on_the_page(client: FlaskClient) -> None:
    page = client.get("/sparql?lang=en", headers=BROWSER).text

    for name, value in (("deadline", "10\N{NO-BREAK SPACE}s"), ("memory limit", "1\N{NO-BREAK SPACE}GiB"),
                        ("most rows of a result", "100\N{NO-BREAK SPACE}000")):  # fmt: skip
        assert f'<dt>{name}</dt><dd class="figures">{value}</dd>' in page
