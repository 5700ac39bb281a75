"""The query endpoint over HTTP: the protocol case by case, formats, errors, caching, the description of the service."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hanke_lod import rdf
from hanke_lod.config import QueryLimits
from hanke_lod.formats import DOCUMENT_FORMATS, TURTLE
from hanke_lod.namespaces import PREFIXES, RDF
from hanke_lod_server.engines.embedded import KeeperEngine, is_supported, start_keeper, stop_keeper
from hanke_lod_server.sparql import TRUNCATED, Endpoint, Shown, sparql_blueprint
from hanke_lod_server.sparql_errors import Told
from hanke_lod_server.sparql_formats import GRAPH_FORMATS, RESULT_FORMATS

pytestmark = pytest.mark.skipif(not is_supported(), reason="a keeper needs Linux")

BASE = "https://data.example.fi/"
DATA = """
<https://data.example.fi/id/project/x> <http://purl.org/dc/terms/title> "Työtä Kemissä!"@fi .
<https://data.example.fi/id/project/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>
  <http://xmlns.com/foaf/0.1/Project> .
<https://data.example.fi/id/project/y> <http://purl.org/dc/terms/title> "a, \\"b\\"\\nc" .
<https://data.example.fi/id/a%2Fb> <http://purl.org/dc/terms/title> "1+1 & 2" .
<http://e/s> <http://e/p> <http://e/o> <https://data.example.fi/id/source/lista> .
<http://e/t> <http://e/p> <http://e/o> <https://data.example.fi/id/catalog> .
"""
LISTA, CATALOG = BASE + "id/source/lista", BASE + "id/catalog"
LIMITS = QueryLimits(deadline=0.5, memory=2**28, rows=40, bytes=200_000, length=20_000, workers=2, slow=1, queue=8)
TITLES = "SELECT ?s ?t { ?s dcterms:title ?t } ORDER BY STR(?t)"
GRAPH = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeeperEngine]:
    folder = tmp_path_factory.mktemp("sparql")
    (folder / "data.nq").write_text(DATA.replace("\n  ", " "), encoding="utf-8")
    process = start_keeper(folder / "s", [folder / "data.nq"], LIMITS, publication="0007-abc", patience=20)
    found = KeeperEngine(folder / "s", LIMITS.deadline)
    yield found
    found.close()
    stop_keeper(process)


def page(query: str, shown: Shown | None, told: Told | None, limits: QueryLimits) -> Response:
    """Make a page that shows what it was given."""
    said = f"<pre>{query}|{shown}|{told.message if told else ''}</pre>"
    return Response(said, content_type="text/html; charset=utf-8", headers={"Workers": str(limits.workers)})


def client_of(engine: KeeperEngine, limits: QueryLimits = LIMITS, *, with_page: bool = True) -> FlaskClient:
    """Return a client of an app that has nothing but the endpoint."""
    app = Flask(__name__)
    service, address = BASE + "id/service/sparql", BASE + "sparql"
    app.register_blueprint(sparql_blueprint(Endpoint(engine, limits, service, address, page if with_page else None)))
    return app.test_client()


@pytest.fixture
def client(engine: KeeperEngine) -> FlaskClient:
    return client_of(engine)


def get(client: FlaskClient, query: str, accept: str = JSON, **parameters: str) -> TestResponse:
    return client.get("/sparql?" + urlencode({"query": query, **parameters}), headers={"Accept": accept})


def titles(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["t"]["value"] for row in json.loads(response.data)["results"]["bindings"]]


ALL = ["1+1 & 2", "Työtä Kemissä!", 'a, "b"\nc']


# ── the ways to ask ─────────────────────────────────────────────────────────────────────────────────────────


def test_by_get(client: FlaskClient) -> None:
    assert titles(get(client, TITLES)) == ALL


def test_by_form(client: FlaskClient) -> None:
    assert titles(client.post("/sparql", data={"query": TITLES}, headers={"Accept": JSON})) == ALL


def test_by_direct_post(client: FlaskClient) -> None:
    response = client.post("/sparql", data=TITLES.encode(), content_type="application/sparql-query; charset=UTF-8")

    assert titles(response) == ALL


def test_head_tells_what_get_would(client: FlaskClient) -> None:
    address = "/sparql?" + urlencode({"query": TITLES})
    got, head = client.get(address), client.head(address)

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.data)) == got.headers["Content-Length"]
    assert (head.headers["Content-Type"], head.headers["ETag"]) == (got.headers["Content-Type"], got.headers["ETag"])


def test_options_opens_the_door(client: FlaskClient) -> None:
    response = client.options(
        "/sparql", headers={"Origin": "https://x.example", "Access-Control-Request-Method": "POST"}
    )

    assert (response.status_code, response.data) == (204, b"")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "query", [TITLES, "SELECT", "ASK { SERVICE <http://x/> {} }"], ids=["answer", "syntax", "refused"]
)
def test_scripts_of_any_origin_may_read_answers_and_errors(client: FlaskClient, query: str) -> None:
    response = get(client, query)

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert TRUNCATED in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method)

    assert response.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(response.headers["Allow"].split(", "))


SPELLINGS = {
    "percent-2f": "ASK { <https://data.example.fi/id/a%2Fb> ?p ?o }",
    "plus": "ASK { ?s ?p ?o FILTER(STR(?o) = '1+1 & 2') }",
    "unicode": "ASK { ?s ?p 'Työtä Kemissä!'@fi }",
    "escape": r"ASK { ?s ?p 'Ty\u00F6t\u00E4 Kemiss\u00e4!'@fi }",
    "crlf": "ASK {\r\n ?s ?p ?o # a\r\n}",
    "bom": "\ufeffASK { ?s ?p ?o }",
    "emoji": "ASK { ?s ?p ?o FILTER(STRLEN('\U0001f600') = 1) }",
    "semicolon-and-ampersand": "ASK { ?s a ?t ; ?p ?o FILTER(1 = 1 && 2 = 2) }",
    "relative": "ASK { <id/project/x> ?p ?o }",
}


@pytest.mark.parametrize("query", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_nothing_is_lost_on_the_way(client: FlaskClient, query: str, way: str) -> None:
    if way == "get":
        response = client.get("/sparql?query=" + quote(query, safe=""))
    elif way == "form":
        response = client.post("/sparql", data={"query": query})
    else:
        response = client.post("/sparql", data=query.encode(), content_type="application/sparql-query")

    assert json.loads(response.data) == {"head": {}, "boolean": True}


def test_unescaped_utf8_in_the_address_is_read(client: FlaskClient) -> None:
    raw = "query=ASK%20%7B?s%20?p%20'Työtä%20Kemissä!'@fi%7D".encode().decode("latin-1")
    response = client.get("/sparql", environ_overrides={"QUERY_STRING": raw})

    assert json.loads(response.data)["boolean"]


BAD = {
    "no-query": ("POST", "", b"", "application/x-www-form-urlencoded", 400, "sparql-no-query"),
    "no-query-beside-a-graph": ("GET", f"default-graph-uri={LISTA}", b"", "", 400, "sparql-no-query"),
    "empty-query": ("GET", "query=", b"", "", 400, "sparql-syntax"),
    "empty-direct": ("POST", "", b"", "application/sparql-query", 400, "sparql-no-query"),
    "two-queries": ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", b"", "", 400, "sparql-two-queries"),
    "two-queries-in-a-form":
        ("POST", "", b"query=ASK%7B%7D&query=ASK%7B%7D",
         "application/x-www-form-urlencoded", 400, "sparql-two-queries"),
    "query-in-address-and-body":
        ("POST", "query=ASK%7B%7D", b"ASK{}", "application/sparql-query", 400, "sparql-two-queries"),
    "unknown-formats": ("GET", "query=ASK%7B%7D&format=pdf&format=doc", b"", "", 400, "sparql-unknown-format"),
    "no-type": ("POST", "", b"query=ASK%7B%7D", "", 415, "sparql-media-type"),
    "text": ("POST", "", b"ASK{}", "text/plain", 415, "sparql-media-type"),
    "json": ("POST", "", b'{"query":"ASK{}"}', "application/json", 415, "sparql-media-type"),
    "multipart": ("POST", "", b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 415, "sparql-media-type"),
    "charset": ("POST", "", b"ASK{}", "application/sparql-query; charset=latin-1", 415, "sparql-media-type"),
    "update-type": ("POST", "", b"DROP ALL", "application/sparql-update", 403, "sparql-no-updates"),
    "update-field": ("POST", "", b"update=DROP+ALL", "application/x-www-form-urlencoded", 403, "sparql-no-updates"),
    "update-in-the-address": ("GET", "update=DROP+ALL", b"", "", 403, "sparql-no-updates"),
    "update-as-query": ("GET", "query=DROP+ALL", b"", "", 400, "sparql-update"),
    "update-after-query": ("GET", "query=ASK%7B%7D%3BDROP+ALL", b"", "", 400, "sparql-syntax"),
    "not-utf8": ("GET", "query=ASK%7B?s%20?p%20%22%E4%22%7D", b"", "", 400, "sparql-not-utf8"),
    "overlong-utf8": ("GET", "query=ASK%7B%7D%C0%80", b"", "", 400, "sparql-not-utf8"),
    "surrogate": ("GET", "query=ASK%7B%7D%ED%A0%80", b"", "", 400, "sparql-not-utf8"),
    "not-utf8-body": ("POST", "", b"ASK{} #\xe4", "application/sparql-query", 400, "sparql-not-utf8"),
    "nul": ("GET", "query=ASK%7B%7D%00", b"", "", 400, "sparql-syntax"),
    "surrogate-escape": ("GET", "query=ASK%7B?s%20?p%20%22%5CuD800%22%7D", b"", "", 400, "sparql-syntax"),
    "service": ("GET", "query=ASK%7BSERVICE%20SILENT%3Cx:y%3E%7B%7D%7D", b"", "", 403, "sparql-service"),
    "unknown-default-graph":
        ("GET", "query=ASK%7B%7D&default-graph-uri=http://x/", b"", "", 400, "sparql-unknown-graph"),
    "unknown-named-graph": ("GET", "query=ASK%7B%7D&named-graph-uri=http://x/", b"", "", 400, "sparql-unknown-graph"),
    "empty-graph": ("GET", "query=ASK%7B%7D&default-graph-uri=", b"", "", 400, "sparql-unknown-graph"),
    "unknown-from": ("GET", "query=ASK%20FROM%20%3Chttp://x/%3E%7B%7D", b"", "", 400, "sparql-unknown-from"),
    "unknown-format": ("GET", "query=ASK%7B%7D&format=pdf", b"", "", 400, "sparql-unknown-format"),
    "format-of-graphs": ("GET", "query=ASK%7B%7D&format=turtle", b"", "", 406, "sparql-no-format"),
    "too-long": ("GET", "query=ASK%7B%7D%23" + "x" * 20_000, b"", "", 414, "sparql-too-long"),
    "too-long-direct": ("POST", "", b"ASK{} #" + b"x" * 20_000, "application/sparql-query", 413, "sparql-too-long"),
    "too-long-form":
        ("POST", "", b"query=" + b"x" * 200_000, "application/x-www-form-urlencoded", 413, "sparql-too-long"),
    "too-deep": ("GET", "query=ASK" + "%7B" * 1000, b"", "", 400, "sparql-too-deep"),
    "too-many-fields": ("GET", "&".join(["a=1"] * 2000), b"", "", 400, "sparql-two-queries"),
}  # fmt: skip


@pytest.mark.parametrize(("method", "query", "body", "kind", "status", "code"), BAD.values(), ids=BAD)
def test_what_cannot_be_answered_is_refused_in_words(
    client: FlaskClient, method: str, query: str, body: bytes, kind: str, status: int, code: str
) -> None:
    headers = {"Accept": "application/json", **({"Content-Type": kind} if kind else {})}
    response = client.open("/sparql", method=method, query_string=query, data=body, headers=headers)

    assert response.status_code == status, response.text
    said = json.loads(response.data)
    assert (said["code"], said["status"]) == (code, status)
    assert said["error"]
    assert "Traceback" not in said["error"]
    assert response.headers["Cache-Control"] == "no-store"


def test_a_compressed_body_is_not_unpacked(client: FlaskClient) -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/sparql-query"}

    assert client.post("/sparql", data=b"\x1f\x8b", headers=headers).status_code == 415


# ── the dataset ─────────────────────────────────────────────────────────────────────────────────────────────

SUBJECTS = "SELECT ?s {text} {{ {{ ?s <http://e/p> ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }} ORDER BY ?s"
DATASETS = {
    "whole": ("", [], ["http://e/s", "http://e/t"]),
    "from": (f"FROM <{LISTA}>", [], ["http://e/s"]),
    "from-named": (f"FROM NAMED <{CATALOG}>", [], ["http://e/t"]),
    "from-with-a-filled-in-prefix": ("FROM NAMED <id/catalog>", [], ["http://e/t"]),
    "default-graph-uri": ("", [("default-graph-uri", LISTA)], ["http://e/s"]),
    "named-graph-uri": ("", [("named-graph-uri", CATALOG)], ["http://e/t"]),
    "several": ("", [("default-graph-uri", LISTA), ("default-graph-uri", CATALOG)], ["http://e/s", "http://e/t"]),
    "parameters-before-from": (f"FROM <{CATALOG}>", [("default-graph-uri", LISTA)], ["http://e/s"]),
    "parameters-before-an-unknown-from": ("FROM <http://x/>", [("default-graph-uri", LISTA)], ["http://e/s"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "parameters", "subjects"), DATASETS.values(), ids=DATASETS)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_dataset_is_the_one_asked_for(
    client: FlaskClient, text: str, parameters: list[tuple[str, str]], subjects: list[str], way: str
) -> None:
    query = SUBJECTS.format(text=text)
    if way == "get":
        response = client.get("/sparql?" + urlencode([("query", query), *parameters]))
    elif way == "form":
        body = urlencode([("query", query), *parameters])
        response = client.post("/sparql", data=body, content_type="application/x-www-form-urlencoded")
    else:
        address = "/sparql?" + urlencode(parameters)
        response = client.post(address, data=query.encode(), content_type="application/sparql-query")

    assert [row["s"]["value"] for row in json.loads(response.data)["results"]["bindings"]] == subjects


# ── formats ─────────────────────────────────────────────────────────────────────────────────────────────────

TYPES = {(row.name, kind): kind for row in RESULT_FORMATS for kind in row.media_types}


@pytest.mark.parametrize(("name", "kind"), TYPES, ids=["-".join(key) for key in TYPES])
def test_every_result_format_is_negotiated(client: FlaskClient, name: str, kind: str) -> None:
    response = get(client, TITLES, kind)

    assert (response.status_code, response.mimetype) == (200, kind)
    assert response.data == get(client, TITLES, "*/*", format=name).data
    assert response.headers["Content-Length"] == str(len(response.data))


@pytest.mark.parametrize("row", GRAPH_FORMATS, ids=lambda row: row.name)
def test_every_graph_format_is_negotiated(client: FlaskClient, row: object) -> None:
    assert isinstance(row, type(GRAPH_FORMATS[0]))
    document = next(found for found in DOCUMENT_FORMATS if found.name == row.name)
    expected = set(rdf.to_triples(rdf.parse(get(client, GRAPH, "text/turtle").data, TURTLE)))
    for kind in row.media_types:
        response = get(client, GRAPH, kind)
        assert (response.status_code, response.mimetype) == (200, kind)
        assert set(rdf.to_triples(rdf.parse(response.data, document))) == expected
    for name in (row.name, *row.names):
        assert get(client, GRAPH, "*/*", format=name).mimetype == row.media_type


@pytest.mark.parametrize(
    ("query", "formats", "kind"),
    [("ASK {}", ["tsv", "text/tab-separated-values"], "text/tab-separated-values"),
     (GRAPH, ["rdf+xml", "application/rdf+xml"], "application/rdf+xml"),
     (GRAPH, ["xml"], "application/rdf+xml"), (GRAPH, ["json"], "application/ld+json"), (GRAPH, ["n3"], "text/turtle")],
)  # fmt: skip
def test_the_names_that_clients_give_formats_are_known(
    client: FlaskClient, query: str, formats: list[str], kind: str
) -> None:
    address = "/sparql?" + urlencode([("query", query), *(("format", name) for name in formats)])

    assert client.get(address).mimetype == kind


DEFAULTS = {"select": (TITLES, JSON), "ask": ("ASK {}", JSON), "construct": (GRAPH, "text/turtle"),
            "describe": ("DESCRIBE <id/project/x>", "text/turtle")}  # fmt: skip


@pytest.mark.parametrize(("query", "kind"), DEFAULTS.values(), ids=DEFAULTS)
@pytest.mark.parametrize("accept", ["*/*", None, "nonsense", "image/png, */*;q=0.1"])
def test_who_does_not_say_gets_the_usual(client: FlaskClient, query: str, kind: str, accept: str | None) -> None:
    headers = {} if accept is None else {"Accept": accept}

    assert client.get("/sparql?" + urlencode({"query": query}), headers=headers).mimetype == kind


@pytest.mark.parametrize(("query", "accept"), [(TITLES, "image/png"), (TITLES, "text/turtle"), (GRAPH, "text/csv")])
def test_a_format_that_there_is_not_is_not_acceptable(client: FlaskClient, query: str, accept: str) -> None:
    response = get(client, query, accept)

    assert response.status_code == 406
    assert "application/" in response.text


def test_csv_keeps_commas_quotes_and_line_ends(client: FlaskClient) -> None:
    response = get(client, TITLES, "text/csv")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    rows = list(csv.reader(io.StringIO(response.data.decode(), newline="")))
    assert (rows[0], [row[1] for row in rows[1:]]) == (["s", "t"], ALL)


def test_the_columns_of_a_star_come_in_order_of_appearance(client: FlaskClient) -> None:
    assert get(client, "SELECT * { ?z ?y ?x }", "text/csv").data.startswith(b"z,y,x\r\n")


def test_well_known_prefixes_are_filled_in_and_used(client: FlaskClient) -> None:
    response = get(client, "CONSTRUCT { ?s dcterms:title ?t } { ?s dcterms:title ?t ; a foaf:Project }", "text/turtle")

    assert b"@prefix dcterms: <http://purl.org/dc/terms/> ." in response.data
    assert 'dcterms:title "Työtä Kemissä!"@fi' in response.data.decode()


def test_the_same_query_gives_the_same_bytes(client: FlaskClient) -> None:
    assert len({get(client, GRAPH, "application/ld+json").data for _ in range(4)}) == 1


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_browser_gets_pages(client: FlaskClient) -> None:
    assert get(client, TITLES, BROWSER).mimetype == "text/html"
    assert "columns=('s', 't')" in get(client, TITLES, BROWSER).text
    assert "boolean=True" in get(client, "ASK {}", BROWSER).text
    assert "kind='graph'" in get(client, GRAPH, BROWSER).text
    assert client.get("/sparql", headers={"Accept": BROWSER}).text == "<pre>|None|</pre>"
    assert get(client, TITLES, "*/*", format="html").mimetype == "text/html"


def test_a_browser_gets_errors_as_pages(client: FlaskClient) -> None:
    response = get(client, "SELECT", BROWSER)

    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "cannot be read" in response.text


def test_without_pages_a_browser_gets_data(engine: KeeperEngine) -> None:
    client = client_of(engine, with_page=False)

    assert get(client, TITLES, BROWSER).mimetype == "application/xml"
    assert client.get("/sparql", headers={"Accept": "text/html"}).status_code == 406
    assert client.get("/sparql", headers={"Accept": "text/html, */*;q=0.1"}).mimetype == "text/turtle"


# ── errors ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_syntax_error_shows_the_line_and_a_caret(client: FlaskClient) -> None:
    response = get(client, "SELECT * {\n  ?s foaf:name ?o FILTER(\n}", "*/*")

    assert (response.status_code, response.mimetype) == (400, "text/plain")
    message, line, caret = response.text.splitlines()
    assert message.startswith("Line 3, column ")
    assert (line, caret.strip()) == ("}", "^")


def test_who_knows_problem_details_gets_them(client: FlaskClient) -> None:
    response = get(client, "SELECT * {\n}}", "application/sparql-results+xml;q=0.1, application/problem+json")
    said = json.loads(response.data)

    assert response.mimetype == "application/problem+json"
    assert (said["title"], said["status"], said["line"], said["code"]) == ("Bad Request", 400, 2, "sparql-syntax")
    assert said["detail"].startswith("Line 2")


def test_a_prefix_that_nobody_declared_is_named(client: FlaskClient) -> None:
    response = get(client, "SELECT * {\n  ?s nix:name ?o\n}", "*/*")

    assert response.text.splitlines() == [
        "Line 2, column 6: the prefix nix: is not declared. Add at the top of the query: PREFIX nix: <…>",
        "  ?s nix:name ?o",
        "     ^",
    ]


def test_columns_count_what_the_client_sent_not_what_was_filled_in(client: FlaskClient) -> None:
    said = json.loads(get(client, "SELECT * { ?s foaf:name ?o } }", "application/json").data)

    assert (said["line"], said["column"]) in ((1, 30), (1, 31))
    assert said["excerpt"].splitlines()[1].index("^") in (29, 30)


@pytest.mark.parametrize(("language", "word"), [("fi", "Rivi"), ("sv-FI", "Rad"), ("en", "Line"), ("de", "Line")])
def test_errors_are_told_in_the_readers_language(client: FlaskClient, language: str, word: str) -> None:
    response = client.get("/sparql?query=SELECT", headers={"Accept-Language": language})

    assert response.text.startswith(word)
    assert response.headers["Content-Language"] == language[:2].replace("de", "en")


def test_the_chosen_language_comes_before_the_browsers(client: FlaskClient) -> None:
    assert client.get("/sparql?query=SELECT&lang=sv", headers={"Accept-Language": "fi"}).text.startswith("Rad")


def test_a_long_line_is_shown_around_the_place(client: FlaskClient) -> None:
    response = get(client, "ASK { " + "?s ?p ?o . " * 100 + "FILTER( } #" + "x" * 300, "*/*")
    line, caret = response.text.splitlines()[1:3]

    assert line[0] == line[-1] == "…"
    assert len(line) < 130
    assert caret.index("^") < len(line)


@pytest.mark.parametrize("control", ["\x1b[31m", "\r", "\x00", "\u2028"])
def test_no_control_character_is_echoed(client: FlaskClient, control: str) -> None:
    response = get(client, f"SELECT {control} *", "*/*")

    assert response.status_code == 400
    assert control not in response.text


def test_the_deadline_is_named_and_when_to_come_again(client: FlaskClient) -> None:
    response = get(
        client, "SELECT (COUNT(*) AS ?c) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(14)) + " }", "*/*"
    )

    assert response.status_code == 503
    assert "0.5 seconds" in response.text
    assert int(response.headers["Retry-After"]) > 0


# ── limits that cut ─────────────────────────────────────────────────────────────────────────────────────────

MANY = "SELECT ?a ?b { VALUES ?a { 1 2 3 4 5 6 7 } VALUES ?b { 1 2 3 4 5 6 7 } }"


@pytest.mark.parametrize("accept", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_a_result_that_was_cut_says_so(client: FlaskClient, accept: str) -> None:
    response = get(client, MANY, accept)

    assert (response.status_code, response.headers[TRUNCATED]) == (200, "rows=40")
    assert response.headers["Content-Length"] == str(len(response.data))


def test_a_result_that_was_not_cut_says_nothing(client: FlaskClient) -> None:
    response = get(client, MANY + " LIMIT 40")

    assert TRUNCATED not in response.headers
    assert len(json.loads(response.data)["results"]["bindings"]) == 40


def test_a_page_tells_where_it_was_cut(client: FlaskClient) -> None:
    assert "rows_limit=40" in get(client, MANY, BROWSER).text


def test_too_large_a_result_is_refused(client: FlaskClient) -> None:
    response = get(
        client, "SELECT (CONCAT(" + ",".join(["?t"] * 60) + ") AS ?x) { VALUES ?t { '" + "x" * 4000 + "' } }", "*/*"
    )

    assert response.status_code == 503
    assert "200000 bytes" in response.text


# ── caching ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_may_be_kept_and_asked_about(client: FlaskClient) -> None:
    first = get(client, TITLES)
    tag = first.headers["ETag"]
    again = client.get("/sparql?" + urlencode({"query": TITLES}), headers={"Accept": JSON, "If-None-Match": tag})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert tag.startswith('W/"')
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "public, max-age=60"
    assert first.headers["Vary"] == again.headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"


def test_the_tag_is_of_query_format_and_dataset(client: FlaskClient) -> None:
    tags = {
        get(client, TITLES).headers["ETag"],
        get(client, TITLES + " ").headers["ETag"],
        get(client, TITLES, XML).headers["ETag"],
        get(client, TITLES, "application/json").headers["ETag"],
        client.get("/sparql?" + urlencode({"query": TITLES, "default-graph-uri": LISTA})).headers["ETag"],
    }

    assert len(tags) == 5


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_a_query_without_a_fixed_answer_is_not_kept(client: FlaskClient, function: str) -> None:
    response = get(client, f"SELECT ({function} AS ?x) {{}}")

    assert response.status_code == 200
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_the_answer_to_a_post_is_not_kept(client: FlaskClient) -> None:
    response = client.post("/sparql", data={"query": TITLES})

    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_with_the_format_in_the_address_accept_does_not_matter(client: FlaskClient) -> None:
    assert get(client, TITLES, format="json").headers["Vary"] == "Accept-Encoding"


# ── the service about itself ────────────────────────────────────────────────────────────────────────────────

SD = "http://www.w3.org/ns/sparql-service-description#"


def described(client: FlaskClient, accept: str = "*/*") -> set[tuple[str, str, str]]:
    response = client.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, "text/turtle" if accept == "*/*" else accept)
    row = next(row for row in DOCUMENT_FORMATS if response.mimetype == row.media_type)
    return {
        (t.subject.value, t.predicate.value, getattr(t.object, "value", ""))
        for t in rdf.to_triples(rdf.parse(response.data, row))
    }


def test_the_bare_address_describes_the_service(client: FlaskClient) -> None:
    triples = described(client)
    service = BASE + "id/service/sparql"

    assert (service, RDF.type, SD + "Service") in triples
    assert (service, SD + "endpoint", BASE + "sparql") in triples
    assert (service, SD + "supportedLanguage", SD + "SPARQL11Query") in triples
    formats = {row.iri for row in (*RESULT_FORMATS, *GRAPH_FORMATS)}
    assert {o for s, p, o in triples if (s, p) == (service, SD + "resultFormat")} == formats


def test_the_description_has_the_graphs_with_their_sizes(client: FlaskClient) -> None:
    triples = described(client)
    sizes = {s: o for s, p, o in triples if p == "http://rdfs.org/ns/void#triples"}
    named = {o: s for s, p, o in triples if p == SD + "name"}
    graph = {s: o for s, p, o in triples if p == SD + "graph"}

    assert sizes[BASE + "id/service/sparql#default-graph"] == "4"
    assert set(named) == {LISTA, CATALOG}
    assert sizes[graph[named[LISTA]]] == "1"


def test_the_description_has_limits_and_prefixes(client: FlaskClient) -> None:
    triples = described(client)
    limits = {s.partition("#limit-")[2]: o for s, p, o in triples if p == "https://schema.org/value"}
    declared = {o for _, p, o in triples if p == "http://www.w3.org/ns/shacl#prefix"}

    assert limits == {"deadline": "0.5", "memory": str(2**28), "rows": "40", "bytes": "200000", "length": "20000",
                      "workers": "2", "slow": "1", "queue": "8"}  # fmt: skip
    assert declared == set(PREFIXES)


@pytest.mark.parametrize("row", DOCUMENT_FORMATS, ids=lambda row: row.name)
def test_the_description_is_the_same_in_every_format(client: FlaskClient, row: object) -> None:
    assert described(client, getattr(row, "media_type", "")) == described(client)


def test_the_description_has_no_blank_nodes_and_answers_head(client: FlaskClient) -> None:
    assert not any(s.startswith("_:") or o.startswith("_:") for s, _, o in described(client))
    head = client.head("/sparql")
    assert (head.status_code, head.data) == (200, b"")
    assert client.get("/sparql", headers={"If-None-Match": head.headers["ETag"]}).status_code == 304


# ── without an engine ───────────────────────────────────────────────────────────────────────────────────────


def test_without_an_engine_it_says_so(tmp_path: Path) -> None:
    response = get(client_of(KeeperEngine(tmp_path / "nobody")), "ASK {}", "*/*")

    assert response.status_code == 503
    assert "not available" in response.text
    assert "/" not in response.text
    assert response.headers["Retry-After"]
