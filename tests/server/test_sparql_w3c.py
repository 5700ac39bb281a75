"""The W3C's tests of query evaluation, syntax and result formats, over HTTP against `serve --data`.

All data of the tests are loaded once, each file as a graph by its address; the dataset of a test is named in the
request, as the protocol has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest
import w3c
from live import Live, Reply, serving
from pyoxigraph import QueryResultsFormat, RdfFormat, parse
from w3c import Case, Table

from hanke_lod_server.engines.embedded import is_supported

CASES = {case.name: case for case in w3c.cases()} if w3c.FOLDER.is_dir() else {}
EVALUATION = [name for name, case in CASES.items() if case.result and not case.result.name.endswith(".csv")]
CSV = [name for name, case in CASES.items() if case.result and case.result.name.endswith(".csv")]
POSITIVE = [name for name, case in CASES.items() if case.kind.startswith("PositiveSyntaxTest")]
NEGATIVE = [name for name, case in CASES.items() if case.kind.startswith("NegativeSyntaxTest")]
#: The forms in which a table can be read back term by term.
TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
#: Forms that cannot carry everything: XML some characters, JSON-LD triples about triples; then the answer is a 406.
RESTRICTED = ("application/sparql-results+xml", "application/rdf+xml", "application/ld+json")
#: Why a query that was read may have no answer here all the same, each by intent.
READ = ("sparql-service", "sparql-unknown-from", "sparql-no-function")
#: Where the engine departs from a test, each with the reason; the test is then that it still does.
_CANONICAL = "the store keeps values: 01 and 1.0e0 become 1, +00:00 becomes Z, a negativeInteger an integer"
_GRAPH = "GRAPH ?g { … }: pyoxigraph takes ?g for a variable of the group, not one that is joined after it"
_PATH = "a path of no steps: pyoxigraph lets it begin and end only at terms that the dataset has"
_CONCAT = "GROUP_CONCAT of strings that all have one language: pyoxigraph keeps the language"
_DRAFT = "SPARQL 1.2, a draft: pyoxigraph is more lenient"
EXCEPTIONS = {
    "sparql10/distinct/distinct-1": _CANONICAL,
    "sparql10/distinct/distinct-9": _CANONICAL,
    "sparql10/expr-builtin/dawg-str-1": _CANONICAL,
    "sparql10/expr-builtin/dawg-str-2": _CANONICAL,
    "sparql10/expr-builtin/sameTerm-eq": _CANONICAL,
    "sparql10/expr-builtin/sameTerm-not-eq": _CANONICAL,
    "sparql10/expr-builtin/sameTerm-simple": _CANONICAL,
    "sparql10/expr-equals/eq-graph-1": _CANONICAL,
    "sparql10/expr-equals/eq-graph-2": _CANONICAL,
    "sparql10/open-world/date-3": _CANONICAL,
    "sparql10/open-world/open-eq-01": _CANONICAL,
    "sparql11/csv-tsv-res/csv03": _CANONICAL,
    "sparql11/csv-tsv-res/tsv03": _CANONICAL,
    "sparql12/grouping/group01": _CANONICAL,
    "sparql10/open-world/date-2": "a date with a zone and one without are unequal in pyoxigraph, an error in the test",
    "sparql10/graph/graph-optional": _GRAPH,
    "sparql10/graph/graph-variable-scope": _GRAPH,
    "sparql11/aggregates/agg-empty-group-count-graph": _GRAPH,
    "sparql11/bindings/graph": _GRAPH,
    "sparql11/negation/graph-minus": _GRAPH,
    "sparql11/property-path/zero_or_more_set_end": _PATH,
    "sparql11/property-path/zero_or_more_set_start": _PATH,
    "sparql11/property-path/zero_or_one_set_end": _PATH,
    "sparql11/property-path/zero_or_one_set_start": _PATH,
    "sparql11/aggregates/agg-groupconcat-04": _CONCAT,
    "sparql11/aggregates/agg-groupconcat-06": _CONCAT,
    "sparql11/functions/bnode01": "BNODE('x') is one blank node for all rows in pyoxigraph, not one for each",
    "sparql10/expr-builtin/case-insensitive-booleans": "pyoxigraph reads true and false in lower case only",
    "sparql12/grouping/select-variable-reuse": "pyoxigraph knows no alias of an aggregate within the same SELECT",
    "sparql10/syntax-sparql3/syn-bad-26": "pyoxigraph has no lexer: it sees a comparison, not an IRI",
    "sparql12/syntax/nested-aggregate-functions": "pyoxigraph takes an aggregate of an aggregate",
    "sparql12/syntax-triple-terms-negative/tripleterm-subject-03": _DRAFT,
    "sparql12/syntax-triple-terms-negative/tripleterm-subject-06": _DRAFT,
}

pytestmark = [
    pytest.mark.skipif(not CASES, reason="the W3C's tests lie in shared/, beside the checkout"),
    pytest.mark.skipif(not is_supported(), reason="a keeper needs Linux"),
]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of all the data."""
    folder = tmp_path_factory.mktemp("w3c")
    (folder / "data.nq").write_bytes(DATASET[0])
    with serving("--data", folder / "data.nq", log=folder / "log") as found:
        yield found


DATASET = w3c.dataset([*CASES.values()]) if CASES else (b"", {})


def target(case: Case) -> str:
    """Return the endpoint's address with the dataset of a test, unless the query names it by itself."""
    if re.search(r"^\s*from\b", case.query.read_text(encoding="utf-8"), re.IGNORECASE | re.MULTILINE):
        return "/sparql"
    own = [DATASET[1][path] for path in case.data]
    default = [held[""] for held in own if "" in held]
    named = [name for held in own for key, name in held.items() if key]
    named += [name for path in case.graphs for name in DATASET[1][path].values()]
    fields = [("default-graph-uri", name) for name in default] + [("named-graph-uri", name) for name in named]
    return "/sparql?" + urlencode(fields)


def ask(live: Live, case: Case, accept: str, *, base: str = "") -> Reply:
    """Ask a test's query as it is; where it is to be evaluated, after its own address as the base."""
    prologue = f"BASE <{base}>\n".encode() if base else b""
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return live.ask("POST", target(case), prologue + case.query.read_bytes(), headers)


def got(live: Live, case: Case, accept: str) -> Table | None:
    """Return the result of a test's query in a form, None where the endpoint says that the form cannot carry it."""
    reply = ask(live, case, accept, base=case.base)
    if reply.status == 406 and accept in RESTRICTED:
        return None
    assert reply.status == 200, reply.text
    assert reply.headers["content-length"] == str(len(reply.body))
    if accept in TABLES:
        return w3c.table(reply.body, TABLES[accept])
    return w3c.graph_of([*parse(reply.body, GRAPHS[accept], base_iri=case.base)])


def wrong_forms(live: Live, name: str) -> list[str]:
    """Return the forms in which a test's query is not answered as the test wants it."""
    case = CASES[name]
    wanted = w3c.expected(case)
    in_order = wanted.in_order or is_ordered(case.query)
    forms: Sequence[str] = [*GRAPHS] if wanted.kind == "graph" else [*TABLES]
    if wanted.kind == "boolean":
        forms = forms[:2]  # TSV has no booleans
    answers = {accept: got(live, case, accept) for accept in forms}
    return [
        accept
        for accept, found in answers.items()
        if found is not None and not w3c.is_equal(wanted, found, in_order=in_order, lax=case.lax)
    ]


def is_ordered(query: Path) -> bool:
    """Tell whether the order of the rows is the query's own: ORDER BY after its last bracket."""
    return bool(re.search(r"order\s+by", query.read_text(encoding="utf-8").rpartition("}")[2], re.IGNORECASE))


@pytest.mark.parametrize("name", EVALUATION)
def test_a_query_is_answered_as_the_w3c_wants_it(live: Live, name: str) -> None:
    if name in EXCEPTIONS:
        with pytest.raises((AssertionError, ValueError, SyntaxError)):
            assert [] == wrong_forms(live, name), "mended: take it from the exceptions"
        return
    assert [] == wrong_forms(live, name)


@pytest.mark.parametrize("name", CSV)
def test_csv_is_written_as_the_w3c_wants_it(live: Live, name: str) -> None:
    case = CASES[name]
    reply = ask(live, case, "text/csv", base=case.base)

    assert (name not in EXCEPTIONS) is w3c.is_equal(w3c.expected(case), w3c.plain_table(reply.body))


@pytest.mark.parametrize("name", POSITIVE)
def test_what_is_sparql_is_read(live: Live, name: str) -> None:
    reply = ask(live, CASES[name], "application/problem+json, */*;q=0.9")

    if name in EXCEPTIONS:
        assert reply.status == 400, "mended: take it from the exceptions"
    else:
        assert reply.status == 200 or json.loads(reply.body)["code"] in READ, reply.text


@pytest.mark.parametrize("name", NEGATIVE)
def test_what_is_no_sparql_is_refused(live: Live, name: str) -> None:
    reply = ask(live, CASES[name], "*/*")

    if name in EXCEPTIONS:
        assert reply.status == 200, "mended: take it from the exceptions"
    else:
        assert reply.status == 400, reply.text


@pytest.mark.skipif(not CASES, reason="the W3C's tests lie in shared/, beside the checkout")
def test_no_exception_is_there_in_vain() -> None:
    assert set(EXCEPTIONS) <= set(CASES)
