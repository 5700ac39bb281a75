"""Programs that people use, as their own docs use them: SPARQLWrapper, rdflib, pandas; Comunica and curl."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pandas
import pytest
import SPARQLWrapper
from live import Live, serving
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from hanke_lod_server.engines.embedded import is_supported

pytestmark = pytest.mark.skipif(not is_supported(), reason="a keeper needs Linux")

E, G = "http://e/", "http://e/g"
DATA = """
<http://e/a%2Fb> <http://purl.org/dc/terms/title> "Työtä, \\"hanke\\"\\nKemissä 😀"@fi .
<http://e/a%2Fb> <http://e/cost> "1250.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<http://e/a%2Fb> <http://e/start> "2022-03-01"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://e/c> <http://purl.org/dc/terms/title> "Satama"@fi .
<http://e/c> <http://e/cost> "7"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<http://e/d> <http://purl.org/dc/terms/title> "Elsewhere"@en <http://e/g> .
"""
TITLE = 'Työtä, "hanke"\nKemissä 😀'
TITLES = "SELECT ?s ?t { ?s dcterms:title ?t } ORDER BY ?s"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("clients")
    (folder / "data.nq").write_text(DATA, encoding="utf-8")
    with serving("--data", folder / "data.nq", log=folder / "log") as found:
        yield found


# ── SPARQLWrapper ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(params=[SPARQLWrapper.GET, SPARQLWrapper.POST])
def wrapper(live: Live, request: pytest.FixtureRequest) -> SPARQLWrapper.SPARQLWrapper:
    found = SPARQLWrapper.SPARQLWrapper(live.sparql)
    found.setMethod(request.param)
    return found


def test_sparqlwrapper_reads_tables(wrapper: SPARQLWrapper.SPARQLWrapper) -> None:
    wrapper.setQuery(TITLES)
    wrapper.setReturnFormat(SPARQLWrapper.JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]

    assert [(E + "a%2Fb", TITLE, "fi"), (E + "c", "Satama", "fi")] == [
        (row["s"]["value"], row["t"]["value"], row["t"]["xml:lang"]) for row in rows
    ]


@pytest.mark.parametrize("form", [SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV])
def test_sparqlwrapper_gets_the_form_that_it_asks_for(wrapper: SPARQLWrapper.SPARQLWrapper, form: str) -> None:
    wrapper.setQuery(TITLES)
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    text = found.toxml() if form == SPARQLWrapper.XML else found.decode()

    assert "Satama" in text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper uses it
@pytest.mark.parametrize(
    "form", [SPARQLWrapper.TURTLE, SPARQLWrapper.N3, SPARQLWrapper.XML, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD]
)
def test_sparqlwrapper_reads_graphs(wrapper: SPARQLWrapper.SPARQLWrapper, form: str) -> None:
    wrapper.setQuery("CONSTRUCT WHERE { ?s dcterms:title ?t }")
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")

    assert {TITLE, "Satama"} == {str(title) for title in graph.objects()}


def test_sparqlwrapper_asks_and_names_graphs(wrapper: SPARQLWrapper.SPARQLWrapper) -> None:
    wrapper.setReturnFormat(SPARQLWrapper.JSON)
    wrapper.setQuery('ASK { ?s dcterms:title "Elsewhere"@en }')
    before = wrapper.queryAndConvert()["boolean"]
    wrapper.addDefaultGraph(G)

    assert (False, True) == (before, wrapper.queryAndConvert()["boolean"])


def test_sparqlwrapper_is_told_of_a_syntax_error(wrapper: SPARQLWrapper.SPARQLWrapper) -> None:
    wrapper.setQuery("SELECT * { ?s nix:name ?o }")

    with pytest.raises(QueryBadFormed, match="nix"):
        wrapper.query()


# ── rdflib ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_s_store_queries(live: Live, method: str, form: str) -> None:
    graph = Graph(SPARQLStore(live.sparql, method=method, returnFormat=form))
    rows = list(graph.query("PREFIX dcterms: <http://purl.org/dc/terms/> " + TITLES))

    assert [TITLE, "Satama"] == [str(row[1]) for row in rows]


def test_rdflib_s_store_is_a_graph(live: Live) -> None:
    graph = Graph(SPARQLStore(live.sparql))
    title = URIRef("http://purl.org/dc/terms/title")

    assert 5 == len(graph)
    assert Literal("Satama", lang="fi") == graph.value(URIRef(E + "c"), title)
    assert {URIRef(E + "a%2Fb"), URIRef(E + "c")} == set(graph.subjects(title))
    assert (URIRef(E + "a%2Fb"), title, Literal(TITLE, lang="fi")) in graph


def test_rdflib_s_store_reads_a_named_graph_and_describes(live: Live) -> None:
    store = SPARQLStore(live.sparql)

    assert [Literal("Elsewhere", lang="en")] == list(Graph(store, URIRef(G)).objects())
    assert 2 == len(Graph(store).query(f"DESCRIBE <{E}c>").graph or ())


def test_rdflib_s_service_asks_us(live: Live) -> None:
    rows = list(Graph().query(f"SELECT ?t {{ SERVICE <{live.sparql}> {{ ?s <http://purl.org/dc/terms/title> ?t }} }}"))

    assert {TITLE, "Satama"} == {str(row[0]) for row in rows}


# ── pandas ──────────────────────────────────────────────────────────────────────────────────────────────────

COSTS = """
SELECT ?t ?cost ?start {
  ?s dcterms:title ?t ; <http://e/cost> ?cost
  OPTIONAL { ?s <http://e/start> ?start }
} ORDER BY ?s"""


def test_pandas_reads_csv_with_numbers_dates_and_gaps(live: Live) -> None:
    address = f"{live.sparql}?{urlencode({'format': 'csv', 'query': COSTS})}"
    table = pandas.read_csv(address, parse_dates=["start"])

    assert ["t", "cost", "start"] == list(table.columns)
    assert [TITLE, "Satama"] == list(table["t"])
    assert 1257.5 == table["cost"].sum()
    assert pandas.Timestamp("2022-03-01") == table["start"][0]
    assert pandas.isna(table["start"][1])


def test_pandas_reads_json(live: Live) -> None:
    said = json.loads(live.ask("GET", "/sparql?" + urlencode({"query": COSTS})).body)
    table = pandas.json_normalize(said["results"]["bindings"])

    assert [TITLE, "Satama"] == list(table["t.value"])


def test_pandas_reads_the_page_s_table(live: Live) -> None:
    page = live.ask("GET", "/sparql?" + urlencode({"query": COSTS}), headers={"Accept": "text/html"})
    table = pandas.read_html(io.StringIO(page.text))[0]

    assert ["t", "cost", "start"] == list(table.columns)
    assert 1250.5 == table["cost"][0]


# ── the system's ────────────────────────────────────────────────────────────────────────────────────────────


def ran(*command: str, folder: Path | None = None) -> str:
    """Return what a program prints."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl_asks_as_the_page_shows(live: Live) -> None:
    got = ran("curl", "-sS", live.sparql, "-H", "Accept: text/csv", "--data-urlencode", f"query={TITLES}")
    direct = ran(
        "curl", "-sS", live.sparql, "-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv",
        "--data-binary", TITLES,
    )  # fmt: skip
    head = ran("curl", "-sSI", "--get", live.sparql, "--data-urlencode", f"query={TITLES}")

    assert got == direct
    assert TITLE.partition("\n")[2] in got
    assert "HTTP/1.1 200" in head


@pytest.fixture(scope="module")
def comunica(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Comunica as npm installs it."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("comunica")
    ran("npm", "install", "--silent", "--no-audit", "--no-fund", "@comunica/query-sparql-file@4", folder=folder)
    return folder / "node_modules" / ".bin" / "comunica-sparql-file"


@pytest.mark.system
@pytest.mark.parametrize("kind", ["", "sparql@"], ids=["found-out", "told"])
def test_comunica_takes_it_for_an_endpoint(live: Live, comunica: Path, kind: str) -> None:
    query = "PREFIX dcterms: <http://purl.org/dc/terms/> " + TITLES
    said = json.loads(ran(str(comunica), kind + live.sparql, "-q", query, "-t", "application/sparql-results+json"))

    assert [TITLE, "Satama"] == [row["t"]["value"] for row in said["results"]["bindings"]]


@pytest.mark.system
def test_comunica_joins_it_with_a_file(live: Live, comunica: Path, tmp_path: Path) -> None:
    (tmp_path / "more.ttl").write_text('<http://e/c> <http://e/harbour> "yes" .', encoding="utf-8")
    query = "SELECT ?t { ?s <http://e/harbour> ?h ; <http://purl.org/dc/terms/title> ?t }"
    command = [str(comunica), f"sparql@{live.sparql}", str(tmp_path / "more.ttl"), "-q", query]
    said = json.loads(ran(*command, "-t", "application/sparql-results+json"))

    assert ["Satama"] == [row["t"]["value"] for row in said["results"]["bindings"]]
