"""What a query is seen to be before an engine reads it."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from counting import lines_run
from pyoxigraph import RdfFormat, Store

from hanke_lod_server import sparql_service, sparql_tokens
from hanke_lod_server.engines import Refused
from hanke_lod_server.sparql_service import service_at
from hanke_lod_server.sparql_tokens import NESTING, Query, place, read

KNOWN = {
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "true": "http://example.org/true/",
}
GRAPHS = ("http://g/1", "http://g/a-b")
BASE = "http://g/sparql"


def seen(text: str) -> Query:
    """Read a query where two graphs exist."""
    return read(text, KNOWN, BASE, GRAPHS)


def refusal(text: str) -> Refused:
    """Return why a query is refused."""
    with pytest.raises(Refused) as caught:
        seen(text)
    return caught.value


# ── SERVICE ─────────────────────────────────────────────────────────────────────────────────────────────────

CALLS = {
    "plain": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "lower-case": "SELECT * { service <http://x/> { ?s ?p ?o } }",
    "mixed-case": "SELECT * { SeRvIcE <http://x/> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }",
    "silent-glued": "SELECT * { SERVICESILENT<http://x/>{ ?s ?p ?o } }",
    "variable": "SELECT * { SERVICE ?x { ?s ?p ?o } }",
    "variable-glued": "SELECT * { SERVICE?x{ ?s ?p ?o } }",
    "dollar": "SELECT * { SERVICE $x { ?s ?p ?o } }",
    "prefixed-name": "PREFIX e: <http://x/> SELECT * { SERVICE e:a { ?s ?p ?o } }",
    "empty-prefix": "PREFIX : <http://x/> SELECT * { SERVICE :a { ?s ?p ?o } }",
    "read-as-a-name": "PREFIX : <http://x/> SELECT * { SERVICE:a{ ?s ?p ?o } }",
    "read-as-a-declared-name": "PREFIX : <http://x/> PREFIX SERVICE: <http://y/> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "after-a-number": "SELECT * { ?s ?p 1SERVICE<http://x/>{ ?s ?p ?o } }",
    "after-a-boolean": "SELECT * { ?s ?p trueSERVICE<http://x/>{ ?s ?p ?o } }",
    "after-a-string": "SELECT * { ?s ?p 'a'SERVICE<http://x/>{ ?s ?p ?o } }",
    "after-a-dot": "SELECT * { ?s ?p ?o.SERVICE<http://x/>{ ?s ?p ?o } }",
    "over-lines": "SELECT * { SERVICE\r\n\t<http://x/>\n{ ?s ?p ?o } }",
    "comments-within": "SELECT * { SERVICE#a 'b'\n<http://x/>#{\n{ ?s ?p ?o } }",
    "in-optional": "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <http://x/> { ?s ?p ?o } } }",
    "in-exists": "ASK { FILTER EXISTS { SERVICE <http://x/> { ?s ?p ?o } } }",
    "in-a-subquery": "SELECT * { { SELECT * { { SERVICE <http://x/> { ?s ?p ?o } } } } }",
    "in-lateral": "SELECT * { ?s ?p ?o LATERAL { SERVICE <http://x/> { ?s ?p ?o } } }",
    "in-construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
    "after-an-empty-local-name-and-a-dot": "PREFIX e: <http://x/> SELECT * { ?s ?p e:.SERVICE<http://x/>{ ?s ?p ?o } }",
    "after-a-variable-and-a-dot": "SELECT * { ?s ?p ?o.SERVICE:x{ ?s ?p ?o } }",
    "after-a-language-tag-and-a-dot": "SELECT * { ?s ?p 'a'@en.SERVICE<http://x/>{ ?s ?p ?o } }",
    "after-a-language-tag-and-a-number": "SELECT * { VALUES ?v { 'a'@en1 }SERVICE<http://x/>{} }",
    "after-a-comment-with-a-quote": "SELECT * { ?s ?p ?o . # don't\n SERVICE <http://x/> { ?s ?p ?o } }",
    "after-a-comment-ended-by-cr": "SELECT * { ?s ?p 'a' #'\rSERVICE <http://x/> { ?s ?p ?o } }",
    "after-an-escaped-quote-in-a-name": "PREFIX e: <http://x/> SELECT * { ?s ?p e:\\'. SERVICE <http://x/> {} }",
    "after-a-hash-in-an-iri": "SELECT * { ?s <http://x#p> ?o SERVICE <http://x/> { ?s ?p ?o } }",
    "a-comparison-that-looks-like-an-iri":
        "SELECT * { FILTER(?a<?b&&'>'!='') SERVICE <http://x/> {} FILTER(''='') }",
    "a-comparison-and-a-comment": "SELECT * { FILTER(?a<?b#>'''\n) SERVICE <http://x/> {} #'''\n }",
    "two-short-strings-that-look-long": "SELECT * { VALUES ?x { '''a' } SERVICE <http://x/> {} }",
    "graph-in-a-comment": "PREFIX : <http://x/> SELECT * { # GRAPH\nSERVICE:g { ?s ?p ?o } }",
    "escaped-iri": "SELECT * { SERVICE <http://x/\\u0061> { ?s ?p ?o } }",
}  # fmt: skip


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS)
def test_a_call_of_another_endpoint_is_refused(text: str) -> None:
    failure = refusal(text)

    assert (failure.text, failure.status) == ("sparql-service", 403)


NO_CALLS = {
    "local-name": "PREFIX e: <http://x/> SELECT * { ?s e:SERVICE ?o }",
    "local-name-before-a-group": "PREFIX e: <http://x/> SELECT * { GRAPH e:SERVICE { ?s ?p ?o } }",
    "prefix": "PREFIX service: <http://x/> SELECT * { ?s service:a ?o . service:b ?p ?o }",
    "prefix-of-a-graph": "PREFIX service: <http://g/> SELECT * FROM service:1 { GRAPH service:1 { ?s ?p ?o } }",
    "prefix-after-describe": "PREFIX service: <http://x/> DESCRIBE service:a { ?s ?p ?o }",
    "variable": "SELECT ?service { ?service ?p ?o }",
    "variable-before-a-group": "SELECT * { GRAPH ?service { ?s ?p ?o } }",
    "iri": "SELECT * { <http://x/service> ?p <http://x/id/service/sparql> }",
    "iri-before-a-group": "SELECT * { GRAPH <http://x/service/x> { ?s ?p ?o } }",
    "string": "SELECT * { ?s ?p 'SERVICE <http://x/> { }' }",
    "string-double": 'SELECT * { ?s ?p "SERVICE <http://x/> { }" }',
    "long-string": 'SELECT * { ?s ?p """a\n"SERVICE <http://x/> { }""" }',
    "escaped-quote": r"SELECT * { ?s ?p 'it\'s SERVICE <http://x/> { }' }",
    "comment": "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
    "commented-out": "SELECT * {\n # SERVICE <http://x/> {\n ?s ?p ?o }\n # }",
    "language-tag": "SELECT * { ?s ?p 'a'@service }",
    "blank-node": "SELECT * { _:SERVICE ?p ?o }",
    "dcat": "PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT * { ?s dcat:service/dcat:endpointURL ?o }",
}


@pytest.mark.parametrize("text", NO_CALLS.values(), ids=NO_CALLS)
def test_the_word_service_elsewhere_is_no_call(text: str) -> None:
    assert seen(text).text == text


def test_the_place_of_a_call_is_told() -> None:
    failure = refusal("SELECT *\n{ ?s ?p ?o\n  service <http://x/> {} }")

    assert failure.facts == {"line": 3, "column": 3}


_PIECES = (
    "SERVICE", "SERVICE ", "SILENT", "?x", "{", "}", "{}", "(", ")", " ", "\n", "\r", "#", "'", "'''",
    '"', '"""', "\\'",
    "<", ">", "<http://e/p>", "<http://127.0.0.1:1/>{?s ?p ?o}", "e:", "e:x", ":", ":x", "SERVICE:", "true",
    "1", "1.", ".",
    "FILTER(", "?a<?b", "&&", "BIND(", "OPTIONAL{", "UNION", "GRAPH", "VALUES ?v {", "@en", "^^", "_:b",
    "[]", "?s ?p ?o",
    "'a'", "<a>", "<#>", "<?b", "&&'>'", "#'\n", "e:\\'", "e:\\#", "LATERAL{",
)  # fmt: skip
_FRAMES = (
    "{} SERVICE <http://127.0.0.1:1/> {{?s ?p ?o}} {}", "?s ?p ?o . {} SERVICE:x{{ ?s ?p ?o }} {}", "{} {}",
    "?s ?p {}SERVICE<http://127.0.0.1:1/>{{}}{}", "?s ?p {}.SERVICE<http://127.0.0.1:1/>{{}}{}", "{}SERVICE:x{{}}{}",
    "?s ?p ?o FILTER(?s<?b&&'>'!='') {} SERVICE <http://127.0.0.1:1/> {{}} FILTER(''='') {}",
    "?s ?p ?o VALUES ?v {{{}}} SERVICE <http://127.0.0.1:1/> {{}} {}",
)  # fmt: skip


def test_no_call_that_the_engine_makes_goes_unseen() -> None:
    """The engine says of port 1 that it is not allowed, before anything is sent: so it is seen to call."""
    store = Store()
    store.load(b'@prefix e: <http://e/> . e:s e:p e:o, "x", 1, true .', format=RdfFormat.TURTLE)
    head = "PREFIX e: <http://e/> PREFIX : <http://127.0.0.1:1/> PREFIX SERVICE: <http://127.0.0.1:1/> SELECT * { "
    chance = random.Random(7)
    calls = 0
    for _ in range(6000):
        parts = ["".join(chance.choices(_PIECES, k=chance.randint(0, 5))) for _ in range(2)]
        body = chance.choice(_FRAMES).format(*parts) + " }"
        try:
            list(store.query(head + body))  # type: ignore[arg-type]  # a SELECT
        except SyntaxError:
            continue
        except (OSError, RuntimeError, ValueError) as error:
            if "port 1" in str(error) or "service" in str(error).lower():
                calls += 1
                assert service_at(body) is not None, body
    assert calls > 50


# ── updates, graphs, nesting ────────────────────────────────────────────────────────────────────────────────

UPDATES = {
    "insert": ("INSERT DATA { <a> <b> <c> }", "INSERT", 1, 1),
    "lower-case": ("insert data {}", "INSERT", 1, 1),
    "after-a-comment": ("# SELECT * {}\nDeLeTe WHERE { ?s ?p ?o }", "DELETE", 2, 1),
    "after-a-prologue": ("PREFIX a: <b> BASE <http://x/>\n  LOAD <http://x/>", "LOAD", 2, 3),
    "prefix-named-select": ("PREFIX select: <http://x/> WITH select:g DELETE {} WHERE {}", "WITH", 1, 28),
    "clear": ("CLEAR ALL", "CLEAR", 1, 1),
    "bom": ("\ufeffDROP ALL", "DROP", 1, 1),
}


@pytest.mark.parametrize(("text", "word", "line", "column"), UPDATES.values(), ids=UPDATES)
def test_an_update_is_refused(text: str, word: str, line: int, column: int) -> None:
    failure = refusal(text)

    assert (failure.text, failure.status) == ("sparql-update", 400)
    assert {"word": word, "line": line, "column": column} == failure.facts


@pytest.mark.parametrize("word", ["insert", "load", "with"])
def test_an_update_word_within_a_query_is_none_of_our_business(word: str) -> None:
    assert seen(f"SELECT * {{ ?{word} ?p '{word}' }} # {word}").form == "select"


UNKNOWN_GRAPHS = {
    "from": "SELECT * FROM <http://h/2> { ?s ?p ?o }",
    "from-named": "SELECT * FROM NAMED <http://h/2> { ?s ?p ?o }",
    "lower-case-with-comments": "SELECT * from # a\n named # b\n <http://h/2> { ?s ?p ?o }",
    "second": "SELECT * FROM <http://g/1> FROM <http://h/2> { ?s ?p ?o }",
    "prefixed": "PREFIX h: <http://h/> CONSTRUCT { ?s ?p ?o } FROM h:2 { ?s ?p ?o }",
    "relative": "BASE <http://h/x> ASK FROM <2> { ?s ?p ?o }",
    "escaped": r"ASK FROM <http://h/\u0032> { ?s ?p ?o }",
    "glued": "ASK FROM<http://h/2>{ ?s ?p ?o }",
}


@pytest.mark.parametrize("text", UNKNOWN_GRAPHS.values(), ids=UNKNOWN_GRAPHS)
def test_a_from_of_a_graph_that_does_not_exist_is_refused(text: str) -> None:
    failure = refusal(text)

    assert (failure.text, failure.status, failure.facts["graph"]) == ("sparql-unknown-from", 400, "http://h/2")


KNOWN_GRAPHS = {
    "iri": "SELECT * FROM <http://g/1> FROM NAMED <http://g/a-b> { ?s ?p ?o }",
    "relative": "SELECT * FROM <1> { ?s ?p ?o }",
    "prefixed": r"PREFIX g: <http://g/> SELECT * FROM g:a\-b { ?s ?p ?o }",
    "variable-named-from": "SELECT ?from { ?from ?p ?o }",
    "in-a-group": "PREFIX from: <http://x/> SELECT * { ?s from:x ?o }",
}


@pytest.mark.parametrize("text", KNOWN_GRAPHS.values(), ids=KNOWN_GRAPHS)
def test_a_graph_that_exists_may_be_named(text: str) -> None:
    assert seen(text).form == "select"


def test_graphs_are_not_looked_at_where_the_request_names_the_dataset() -> None:
    assert read("ASK FROM <http://h/2> {}", KNOWN, BASE, None).form == "ask"


def test_brackets_nested_too_deeply_are_refused_with_their_place() -> None:
    failure = refusal("ASK {\nFILTER(" + "(" * NESTING + "1" + ")" * NESTING + ")}")

    assert (failure.text, failure.status, failure.facts["line"]) == ("sparql-too-deep", 400, 2)


def test_brackets_in_strings_and_comments_are_no_nesting() -> None:
    assert seen("ASK { ?s ?p '" + "(" * 5000 + "' } #" + "{" * 5000).form == "ask"


# ── what a query is ─────────────────────────────────────────────────────────────────────────────────────────

FORMS = {
    "select": ("SELECT * {}", "select"),
    "lower-case": ("ask{}", "ask"),
    "after-a-prologue": ("# select\r\nPREFIX ask: <http://x/> BASE <http://describe/>\r\nConstruct {} {}", "construct"),
    "describe": ("DESCRIBE <http://x/>", "describe"),
    "none": ("?x SELEC", ""),
    "empty": ("", ""),
    "bom": ("\ufeffSELECT * {}", "select"),
    "version": ('VERSION "1.2" SELECT * {}', "select"),
}


@pytest.mark.parametrize(("text", "form"), FORMS.values(), ids=FORMS)
def test_the_form_is_told(text: str, form: str) -> None:
    assert form == seen(text).form


VOLATILE = {
    "now": ("SELECT (NOW() AS ?n) {}", True),
    "rand-lower-case": ("SELECT * { ?s ?p ?o FILTER(rand ( ) < 1) }", True),
    "uuid": ("SELECT (UUID() AS ?n) {}", True),
    "struuid-after-a-comment": ("SELECT (STRUUID# a\n() AS ?n) {}", True),
    "bnode": ("SELECT (BNODE('a') AS ?n) {}", True),
    "construct-with-blank-node": ("CONSTRUCT { _:a ?p ?o } { ?s ?p ?o }", True),
    "construct-with-brackets": ("CONSTRUCT { [] ?p ?o } { ?s ?p ?o }", True),
    "variable": ("SELECT ?now { ?now ?rand ?uuid }", False),
    "name": ("SELECT * { ?s foaf:now ?o }", False),
    "string": ("SELECT * { ?s ?p 'NOW()' }", False),
    "no-call": ("SELECT * { ?s ?p ?o } # NOW()", False),
    "select-with-blank-node": ("SELECT * { _:a ?p ?o }", False),
}


@pytest.mark.parametrize(("text", "volatile"), VOLATILE.values(), ids=VOLATILE)
def test_functions_without_a_fixed_answer_are_seen(text: str, volatile: bool) -> None:
    assert volatile is seen(text).is_volatile


PROLOGUES = {
    "one": ("SELECT * { ?s foaf:name ?o }", "PREFIX foaf: <http://xmlns.com/foaf/0.1/> ", ()),
    "declared": ("PREFIX foaf: <http://x/> SELECT * { ?s foaf:name ?o }", "", ()),
    "declared-in-lower-case": ("prefix foaf: <http://x/> SELECT * { ?s foaf:name ?o }", "", ()),
    "order-of-use": ("ASK { ?s dcterms:title ?t ; foaf:name ?o }",
                     "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> ", ()),
    "unknown": ("ASK { ?s x:a ?o }", "", ("x",)),
    "empty-prefix": ("ASK { ?s :a ?o }", "", ("",)),
    "in-a-string": ("ASK { ?s ?p 'foaf:name' }", "", ()),
    "in-an-iri": ("ASK { ?s <foaf:name> ?o }", "", ()),
    "in-a-comment": ("ASK {} # foaf:name", "", ()),
    "in-a-path": ("ASK { ?s ^foaf:knows/foaf:name* ?o }", "PREFIX foaf: <http://xmlns.com/foaf/0.1/> ", ()),
    "datatype": ("ASK { ?s ?p 'a'^^foaf:x }", "PREFIX foaf: <http://xmlns.com/foaf/0.1/> ", ()),
    "after-a-boolean-and-a-dot": ("ASK { ?s ?p true.foaf:a ?p 1 }", "PREFIX foaf: <http://xmlns.com/foaf/0.1/> ", ()),
}  # fmt: skip


@pytest.mark.parametrize(("text", "prologue", "missing"), PROLOGUES.values(), ids=PROLOGUES)
def test_well_known_prefixes_are_filled_in(text: str, prologue: str, missing: tuple[str, ...]) -> None:
    query = seen(text)

    assert (prologue, missing) == (query.prologue, tuple(query.missing))


def test_the_variables_of_a_star_come_in_order_of_appearance() -> None:
    query = seen("SELECT DISTINCT # a\n * { ?z ?a ?m . ?b $z ?a }")

    assert query.text[query.star or 0] == "*"
    assert query.variables == ("z", "a", "m", "b")


@pytest.mark.parametrize(
    "text", ["SELECT (COUNT(*) AS ?c) {}", "SELECT ?a { { SELECT * { ?a ?b ?c } } }", "DESCRIBE *"]
)
def test_another_star_is_no_star(text: str) -> None:
    assert seen(text).star is None


def test_the_text_is_kept_but_for_a_byte_order_mark() -> None:
    assert (
        seen("\ufeffASK {\r\n ?s ?p '\u00e4\\u00e4\U0001f600' }").text == "ASK {\r\n ?s ?p '\u00e4\\u00e4\U0001f600' }"
    )


def test_a_place_is_counted_from_one() -> None:
    assert place("ab\r\ncde", 6) == {"line": 2, "column": 3}


HOSTILE: dict[str, Callable[[int], str]] = {
    "names-with-dots": lambda n: "a." * n,
    "brackets": lambda n: "<" * n,
    "quotes": lambda n: "'" * n,
    "escapes": lambda n: "\\'" * n,
    "long-quotes": lambda n: "'''\\" * n + "service",
    "services": lambda n: "SERVICE " * n,
    "one-word": lambda n: "SERVICE" * n + ":x{",
    "targets": lambda n: "SERVICE <x>" * n,
    "comments": lambda n: "SERVICE #\n" * n,
    "quote-in-iri": lambda n: "<a'>" * n + "service",
    "comparisons": lambda n: "?a<?b&&'>'" * n + "SERVICE<x>{",
    "dots": lambda n: "x:a" + "." * n + "b",
    "hash": lambda n: "#" * n,
    "percent": lambda n: "a:%" * n,
    "from": lambda n: "from " * n,
    "values": lambda n: "ASK{VALUES ?x{" + "'a' e:b " * n + "}}",
}


def read_or_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        seen(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_work_is_linear_in_the_length(text: Callable[[int], str]) -> None:
    once, twice = (lines_run(lambda n=n: read_or_refused(text(n))) for n in (1000, 2000))  # type: ignore[misc]

    assert twice <= 2 * once + 100


_ESCAPED_OR_CLASS = re.compile(r"\\.|\[(?:[^\]\\]|\\.)*\]", re.DOTALL)
_UNBOUNDED = re.compile(r"(?:[*+]|\{\d+,\})(?!\+)(?<!\+\+)(?<!\*\+)")


@pytest.mark.parametrize(
    "pattern",
    [value for module in (sparql_service, sparql_tokens) for value in vars(module).values()
     if isinstance(value, re.Pattern)],
    ids=lambda pattern: str(pattern.pattern)[:20],
)  # fmt: skip
def test_no_repetition_of_a_terminal_goes_back_over_what_it_has_taken(pattern: re.Pattern[str]) -> None:
    """What `lines_run` does not see: a repetition that gives nothing back is linear."""
    assert [] == _UNBOUNDED.findall(_ESCAPED_OR_CLASS.sub("x", pattern.pattern))


def test_a_repetition_that_goes_back_would_be_seen() -> None:
    assert ["*", "+"] == _UNBOUNDED.findall(_ESCAPED_OR_CLASS.sub("x", r"(?:[a*]*|b++)+c*+"))


def test_offsets_of_missing_prefixes_are_those_of_their_first_use() -> None:
    query = seen("ASK { ?s x:a ?o . ?s y:b ?o ; x:c 1 }")

    assert query.missing == {"x": 9, "y": 21}
    assert all(first < second for first, second in pairwise(query.missing.values()))
