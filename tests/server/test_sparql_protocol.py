"""SPARQL 1.1 Protocol, section by section, over HTTP: https://www.w3.org/TR/sparql11-protocol/.

Each row names the section and what it demands; the examples of section 3.1 are asked as they stand there, with graphs
that are here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pytest
from live import Live, Reply, serving
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from hanke_lod_server.engines.embedded import is_supported

pytestmark = pytest.mark.skipif(not is_supported(), reason="a keeper needs Linux")

G = "http://www.example/graphs/"
DATA = f"""
<http://www.example/book1> <http://purl.org/dc/elements/1.1/creator> "Dan" .
<http://www.example/book1> <http://purl.org/dc/elements/1.1/title> "食べる"@ja .
<http://www.example/alice> <http://xmlns.com/foaf/0.1/mbox> <mailto:alice@work.example> <{G}morning> .
<http://www.example/bob> <http://xmlns.com/foaf/0.1/mbox> <mailto:bob@oldcorp.example> <{G}yesterday> .
<http://www.example/carol> <http://xmlns.com/foaf/0.1/mbox> <mailto:carol@here.example> <{G}profiles> .
"""
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
RDF = ["application/rdf+xml", "text/turtle", "application/n-triples"]
DC = "PREFIX dc: <http://purl.org/dc/elements/1.1/> "
FOAF = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
WHO = "SELECT ?who {text}WHERE {{ {{ ?who ?p ?o }} UNION {{ GRAPH ?g {{ ?who ?p ?o }} }} }}"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("protocol")
    (folder / "data.nq").write_text(DATA, encoding="utf-8")
    with serving("--data", folder / "data.nq", log=folder / "log") as found:
        yield found


@dataclass(frozen=True)
class Ask:
    """A request: its fields in the address, its body and headers."""

    fields: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def of(self, live: Live) -> Reply:
        """Return the answer."""
        return live.ask(self.method, "/sparql?" + urlencode(self.fields, quote_via=quote), self.body, self.headers)


def by_get(query: str, *more: tuple[str, str], accept: str = JSON) -> Ask:
    """Section 2.1.1."""
    return Ask((("query", query), *more), headers={"Accept": accept})


def by_form(query: str, *more: tuple[str, str], accept: str = JSON) -> Ask:
    """Section 2.1.2."""
    body = urlencode([("query", query), *more]).encode()
    return Ask((), "POST", body, {"Content-Type": FORM, "Accept": accept})


def by_post(query: str, *more: tuple[str, str], accept: str = JSON) -> Ask:
    """Section 2.1.3."""
    return Ask(more, "POST", query.encode(), {"Content-Type": QUERY, "Accept": accept})


WAYS = {"2.1.1": by_get, "2.1.2": by_form, "2.1.3": by_post}


def names(reply: Reply) -> list[str]:
    """Return the last parts of the first column, sorted."""
    assert reply.status == 200, reply.text
    said = json.loads(reply.body)
    column = said["head"]["vars"][0]
    return sorted(row[column]["value"].rpartition("/")[2] for row in said["results"]["bindings"])


# ── 2.1 query operation ─────────────────────────────────────────────────────────────────────────────────────

CREATORS = DC + "SELECT ?who WHERE { ?book dc:creator ?who }"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_2_1_a_query_is_sent_in_three_ways(live: Live, way: type) -> None:
    assert ["Dan"] == names(way(CREATORS).of(live))


def test_2_1_2_fields_in_the_address_of_a_form_count_too(live: Live) -> None:
    graph = (("default-graph-uri", G + "morning"),)
    ask = Ask(graph, "POST", urlencode({"query": WHO.format(text="")}).encode(), {"Content-Type": FORM, "Accept": JSON})

    assert ["alice"] == names(ask.of(live))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(
    ("graphs", "who"),
    [
        ((("default-graph-uri", G + "morning"),), ["alice"]),
        ((("default-graph-uri", G + "morning"), ("default-graph-uri", G + "yesterday")), ["alice", "bob"]),
        ((("named-graph-uri", G + "profiles"),), ["carol"]),
        ((("default-graph-uri", G + "morning"), ("named-graph-uri", G + "profiles")), ["alice", "carol"]),
        ((), ["alice", "bob", "book1", "book1", "carol"]),
    ],
    ids=["default", "defaults", "named", "both", "service-supplied"],
)
def test_2_1_4_the_dataset_is_that_of_the_request(
    live: Live, way: type, graphs: tuple[tuple[str, str], ...], who: list[str]
) -> None:
    assert who == names(way(WHO.format(text=""), *graphs).of(live))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_2_1_4_the_request_s_dataset_goes_before_the_query_s(live: Live, way: type) -> None:
    query = WHO.format(text=f"FROM <{G}yesterday> FROM NAMED <{G}yesterday> ")

    assert ["bob", "bob"] == names(way(query).of(live))
    assert ["alice"] == names(way(query, ("default-graph-uri", G + "morning")).of(live))


KINDS = {
    "select": ("SELECT * { ?s ?p ?o }", [XML, JSON, "text/csv", "text/tab-separated-values"]),
    "ask": ("ASK { ?s ?p ?o }", [XML, JSON]),
    "construct": ("CONSTRUCT WHERE { ?s ?p ?o }", RDF),
    "describe": ("DESCRIBE <http://www.example/book1>", RDF),
}  # fmt: skip
READERS = {
    XML: lambda body: parse_query_results(body, QueryResultsFormat.XML),
    JSON: lambda body: parse_query_results(body, QueryResultsFormat.JSON),
    "text/csv": lambda body: body.decode().splitlines(),
    "text/tab-separated-values": lambda body: parse_query_results(body, QueryResultsFormat.TSV),
    "application/rdf+xml": lambda body: [*parse(body, RdfFormat.RDF_XML)],
    "text/turtle": lambda body: [*parse(body, RdfFormat.TURTLE)],
    "application/n-triples": lambda body: [*parse(body, RdfFormat.N_TRIPLES)],
}


@pytest.mark.parametrize(
    ("query", "accept"), [(query, accept) for query, kinds in KINDS.values() for accept in kinds],
    ids=[f"{name}-{accept}" for name, (_, kinds) in KINDS.items() for accept in kinds],
)  # fmt: skip
def test_2_1_5_the_form_is_negotiated(live: Live, query: str, accept: str) -> None:
    reply = by_get(query, accept=accept).of(live)

    assert (200, accept) == (reply.status, reply.media_type)
    assert READERS[accept](reply.body)


@pytest.mark.parametrize(
    ("query", "kinds"), KINDS.values(), ids=KINDS
)  # 2.1.6: "must be a SPARQL Results Document … / an RDF graph serialized …"
def test_2_1_6_success_is_200_in_a_form_of_the_query(live: Live, query: str, kinds: list[str]) -> None:
    reply = Ask((("query", query),)).of(live)

    assert 200 == reply.status
    assert reply.media_type in kinds


FAULTS: dict[str, tuple[Ask, int]] = {
    "2.1.1 query missing beside a graph": (Ask((("default-graph-uri", G + "morning"),)), 400),
    "2.1 query twice": (Ask((("query", "ASK {}"), ("query", "SELECT * {}"))), 400),
    "2.1.1 another method": (Ask((("query", "ASK {}"),), "PUT"), 405),
    "2.1.2 query missing": (Ask((), "POST", b"", {"Content-Type": FORM}), 400),
    "2.1.2 query twice": (Ask((), "POST", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", {"Content-Type": FORM}), 400),
    "2.1.2 form without its type": (Ask((), "POST", b"query=ASK%20%7B%7D"), 415),
    "2.1.2 form with another type": (Ask((), "POST", b"query=ASK%20%7B%7D", {"Content-Type": "text/plain"}), 415),
    "2.1.3 query without its type": (Ask((), "POST", b"ASK {}"), 415),
    "2.1.3 only UTF-8": (Ask((), "POST", "ASK {}".encode("utf-16"), {"Content-Type": QUERY + "; charset=UTF-16"}), 415),
    "2.1.3 not UTF-8": (Ask((), "POST", b"ASK { ?s ?p '\xe4' }", {"Content-Type": QUERY}), 400),
    "2.1.4 a graph that is not here": (by_get("ASK {}", ("default-graph-uri", "http://another.example/")), 400),
    "2.1.4 FROM a graph that is not here": (by_get("ASK FROM <http://another.example/calendar.rdf> {}"), 400),
    "2.1.5 no such form": (by_get("ASK {}", accept="image/png"), 406),
    "2.1.7 not in the grammar": (by_get("PREFIX : <x> SELECT ?name WHERE { ?x foaf:name ?name ORDER BY ?name }"), 400),
    "2.1.7 an update as a query": (by_get("INSERT DATA { <a> <b> <c> }"), 400),
    "2.1.7 refused": (by_get("ASK { SERVICE <http://another.example/sparql> { ?s ?p ?o } }"), 403),
    "2.2 update by form": (Ask((), "POST", b"update=DROP%20ALL", {"Content-Type": FORM}), 403),
    "2.2 update directly": (Ask((), "POST", b"DROP ALL", {"Content-Type": "application/sparql-update"}), 403),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "status"), FAULTS.values(), ids=FAULTS)
def test_2_1_7_failure_has_its_status_and_says_why(live: Live, ask: Ask, status: int) -> None:
    reply = ask.of(live)

    assert status == reply.status, reply.text
    assert reply.body
    assert reply.headers["cache-control"] in ("no-store", "no-cache")


def test_after_all_that_the_data_are_as_they_were(live: Live) -> None:
    assert ["alice", "bob", "book1", "book1", "carol"] == names(by_get(WHO.format(text="")).of(live))


# ── 3.1 examples ────────────────────────────────────────────────────────────────────────────────────────────

EMAIL = FOAF + "SELECT ?who ?g ?mbox {text}WHERE {{ GRAPH ?g {{ ?who foaf:mbox ?mbox }} }}"
NAMED = (("named-graph-uri", G + "morning"), ("named-graph-uri", G + "yesterday"))
BOTH = f"FROM NAMED <{G}morning> FROM NAMED <{G}yesterday> "
EXAMPLES: dict[str, tuple[Ask, list[str]]] = {
    "3.1.1 SELECT with service-supplied RDF dataset": (by_get(CREATORS), ["Dan"]),
    "3.1.2 SELECT with simple RDF dataset":
        (by_get(FOAF + "SELECT ?who { ?who foaf:mbox ?m }", ("default-graph-uri", G + "profiles")), ["carol"]),
    "3.1.6 SELECT with complex RDF dataset": (by_get(EMAIL.format(text=""), *NAMED), ["alice", "bob"]),
    "3.1.7 SELECT with query-only RDF dataset": (by_get(EMAIL.format(text=BOTH)), ["alice", "bob"]),
    "3.1.8 SELECT with ambiguous RDF dataset":
        (by_get(EMAIL.format(text=f"FROM NAMED <{G}profiles> "), *NAMED), ["alice", "bob"]),
    "3.1.11 very long SELECT query using POST":
        (by_form(CREATORS + " #" + "x" * 100_000), ["Dan"]),
    "3.1.12 SELECT with internationalization":
        (by_get(DC + 'SELECT ?who { ?who dc:title "食べる"@ja }'), ["book1"]),
    "3.1.13 SELECT with queries in POST": (by_post(CREATORS), ["Dan"]),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_3_1_an_example_is_answered(live: Live, ask: Ask, expected: list[str]) -> None:
    assert expected == names(ask.of(live))


def test_3_1_3_construct_with_content_negotiation(live: Live) -> None:
    query = FOAF + "CONSTRUCT { ?x foaf:mbox ?m . ?x a foaf:Person } WHERE { ?x foaf:mbox ?m }"
    accept = "text/turtle, application/rdf+xml;q=0.5"
    reply = by_get(query, ("default-graph-uri", G + "profiles"), accept=accept).of(live)

    assert "text/turtle" == reply.media_type
    assert 2 == len([*parse(reply.body, RdfFormat.TURTLE)])


def test_3_1_4_ask_with_simple_dataset(live: Live) -> None:
    query = FOAF + "ASK { ?x foaf:mbox <mailto:carol@here.example> }"

    assert {"head": {}, "boolean": True} == json.loads(
        by_get(query, ("default-graph-uri", G + "profiles")).of(live).body
    )
    assert {"head": {}, "boolean": False} == json.loads(by_get(query).of(live).body)


def test_3_1_5_describe_with_simple_dataset(live: Live) -> None:
    query = FOAF + "DESCRIBE ?x { ?x foaf:mbox ?m }"
    reply = by_get(query, ("default-graph-uri", G + "profiles"), accept="application/n-triples").of(live)

    assert (
        f"<http://www.example/carol> {'<http://xmlns.com/foaf/0.1/mbox>'} <mailto:carol@here.example> .\n" == reply.text
    )


def test_3_1_9_a_malformed_query_is_told_with_its_place(live: Live) -> None:
    query = FOAF + "SELECT ?name\nWHERE { ?x foaf:name ?name\nORDER BY ?name }"
    reply = by_get(query, accept="application/sparql-results+json").of(live)

    assert 400 == reply.status
    assert (3, "ORDER BY ?name }") == (
        json.loads(reply.body)["line"],
        json.loads(reply.body)["excerpt"].splitlines()[0],
    )
