"""The W3C's syntax tests: what is SPARQL is let through and read, what is not is refused."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from hanke_lod.formats import TURTLE
from hanke_lod.namespaces import PREFIXES
from hanke_lod.rdf import Literal, NamedNode, parse
from hanke_lod_server import sparql_tokens
from hanke_lod_server.engines import QueryFailure, QueryRequest, Refused
from hanke_lod_server.engines.evaluating import evaluate
from hanke_lod_server.engines.limits import Limits
from hanke_lod_server.sparql_formats import is_graph

TESTS = Path(__file__).parents[2].parent / "shared" / "w3c-rdf-tests"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
POSITIVE = ("PositiveSyntaxTest", "PositiveSyntaxTest11", "PositiveSyntaxTest12", "QueryEvaluationTest")
NEGATIVE = ("NegativeSyntaxTest", "NegativeSyntaxTest11", "NegativeSyntaxTest12")
#: What the engine reads otherwise than the test wants, each with the reason; anything else is a failure of ours.
EXCEPTIONS = {
    "sparql10/expr-builtin/case-insensitive-booleans.rq": "pyoxigraph takes true and false in lower case only",
    "sparql12/grouping/select-variable-reuse.rq": "pyoxigraph knows no alias of an aggregate within the same SELECT",
    "sparql10/syntax-sparql3/syn-bad-26.rq": "pyoxigraph has no lexer: it sees a comparison, not an IRI",
    "sparql12/syntax/nested-aggregate-functions.rq": "pyoxigraph takes an aggregate of an aggregate",
    "sparql12/syntax-triple-terms-negative/tripleterm-subject-03.rq": "SPARQL 1.2, a draft: pyoxigraph is more lenient",
    "sparql12/syntax-triple-terms-negative/tripleterm-subject-06.rq": "SPARQL 1.2, a draft: pyoxigraph is more lenient",
}


def cases(kinds: tuple[str, ...]) -> Iterator[Path]:
    """Yield the query files of the tests of some kinds, in the order of their paths."""
    found: set[Path] = set()
    for manifest in TESTS.rglob("manifest.ttl"):
        base = manifest.resolve().as_uri()
        quads = list(parse(manifest.read_bytes(), TURTLE, base=base))
        tests = {q.subject for q in quads if q.predicate.value == RDF_TYPE and _local(q.object) in kinds}
        actions = {q.subject: q.object for q in quads if q.predicate.value == MF + "action"}
        parts = {q.subject: q.object for q in quads if q.predicate.value.endswith("test-query#query")}
        for test in tests:
            action = actions[test]
            query = parts.get(action, action)  # type: ignore[call-overload]  # an action is an IRI or a blank node
            if isinstance(query, NamedNode):
                found.add(manifest.parent / query.value.rpartition("/")[2])
    yield from sorted(path for path in found if path.suffix == ".rq")


def _local(term: object) -> str:
    return term.value.rpartition("#")[2] if isinstance(term, NamedNode) else str(isinstance(term, Literal))


def run(path: Path) -> None:
    """Read a query as the endpoint does, and evaluate it over nothing."""
    query = sparql_tokens.read(path.read_bytes().decode(), PREFIXES, "http://example.org/base/")
    form = "turtle" if is_graph(query.form) else "json"
    request = QueryRequest(query.text, form, query.prologue, "http://example.org/base/", star=query.star)
    with tempfile.TemporaryFile() as spool:
        evaluate(Store(), request, Limits(), spool.fileno())


def failure_of(path: Path) -> QueryFailure | None:
    """Return why a query fails, or None."""
    try:
        run(path)
    except QueryFailure as failure:
        return failure
    return None


def named(path: Path) -> str:
    return "/".join(path.parts[-3:])


pytestmark = pytest.mark.skipif(not TESTS.is_dir(), reason="the W3C's tests lie in shared/, beside the checkout")


@pytest.mark.parametrize("path", [*cases(POSITIVE)] if TESTS.is_dir() else [], ids=named)
def test_what_is_sparql_is_read(path: Path) -> None:
    if named(path) in EXCEPTIONS:
        assert failure_of(path) is not None, "pyoxigraph has mended this: take it from the exceptions"
        return
    if re.search(r"\bSERVICE\b", path.read_text(encoding="utf-8")):
        with pytest.raises(Refused):
            run(path)
        return
    failure = failure_of(path)
    assert failure is None or failure.text == "sparql-no-function"  # read, but it calls an extension function


@pytest.mark.parametrize("path", [*cases(NEGATIVE)] if TESTS.is_dir() else [], ids=named)
def test_what_is_no_sparql_is_refused(path: Path) -> None:
    if named(path) in EXCEPTIONS:
        assert failure_of(path) is None, "pyoxigraph has mended this: take it from the exceptions"
        return
    with pytest.raises(QueryFailure):
        run(path)
