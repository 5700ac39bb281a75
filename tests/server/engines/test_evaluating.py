"""One query in this process: columns, datasets, formats, errors with their places."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store

from hanke_lod import rdf
from hanke_lod.errors import RdfError
from hanke_lod.formats import DOCUMENT_FORMATS, JSON_LD
from hanke_lod_server.engines import QueryFailure, QueryRequest, Syntax
from hanke_lod_server.engines.evaluating import evaluate, load, sizes
from hanke_lod_server.engines.limits import Limits

DATA = b"""
@prefix e: <http://e/> . @prefix dcterms: <http://purl.org/dc/terms/> .
e:s dcterms:title "otsikko"@fi, "5.00"^^<http://www.w3.org/2001/XMLSchema#decimal>, "x" ; a e:T ; e:p e:o .
GRAPH e:g1 { e:a e:p e:b } GRAPH e:g2 { e:c e:p e:d }
"""

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def store() -> Store:
    found = Store()
    found.load(DATA, format=RdfFormat.TRIG)
    return found


@pytest.fixture
def ask(store: Store) -> Iterator[Ask]:
    with tempfile.TemporaryFile() as spool:

        def asked(text: str, form: str = "json", **more: Any) -> Any:
            outcome, written = evaluate(store, QueryRequest(text, form, **more), Limits(), spool.fileno())
            return outcome, written.read()

        yield asked


def test_columns_of_a_star_come_in_order_of_appearance(ask: Ask) -> None:
    outcome, data = ask("SELECT * { ?z ?y ?x }", star=7, variables=("z", "y", "x"))

    assert (outcome.columns, json.loads(data)["head"]["vars"]) == (("z", "y", "x"), ["z", "y", "x"])


def test_variables_out_of_scope_are_no_columns(ask: Ask) -> None:
    text = "SELECT * { ?z ?y ?x FILTER NOT EXISTS { ?z ?y ?w } MINUS { ?v ?u ?t } }"
    outcome, _ = ask(text, star=7, variables=("z", "y", "x", "w", "v", "u", "t"))

    assert outcome.columns == ("z", "y", "x")


def test_a_star_without_variables_has_one_empty_row(ask: Ask) -> None:
    assert json.loads(ask("SELECT * {}", star=7)[1])["results"]["bindings"] == [{}]


DATASETS = {
    "default": ((), (), 5, 2),
    "one-graph": (("http://e/g1",), (), 1, 0),
    "two-graphs-merged": (("http://e/g1", "http://e/g2"), (), 2, 0),
    "named-only": ((), ("http://e/g1",), 0, 1),
    "both": (("http://e/g1",), ("http://e/g2",), 1, 1),
}


@pytest.mark.parametrize(("default", "named", "triples", "quads"), DATASETS.values(), ids=DATASETS)
def test_the_dataset_is_the_one_asked_for(
    ask: Ask, default: tuple[str, ...], named: tuple[str, ...], triples: int, quads: int
) -> None:
    counted = []
    for text in (
        "SELECT ?s FROM <http://e/g2> { ?s ?p ?o }",
        "SELECT ?s FROM NAMED <http://e/g2> { GRAPH ?g { ?s ?p ?o } }",
    ):
        if not default and not named:
            text = text.replace(" FROM <http://e/g2>", "").replace(" FROM NAMED <http://e/g2>", "")
        data = ask(text, default_graphs=default, named_graphs=named)[1]
        counted.append(len(json.loads(data)["results"]["bindings"]))

    assert [triples, quads] == counted


@pytest.mark.parametrize("row", DOCUMENT_FORMATS, ids=lambda row: row.name)
def test_every_graph_format_carries_the_same_triples(ask: Ask, row: Any) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    expected = set(rdf.to_triples(rdf.parse(ask(text, "n-triples")[1], DOCUMENT_FORMATS[3])))

    assert expected == set(rdf.to_triples(rdf.parse(ask(text, row.name)[1], row)))


def test_known_prefixes_are_used_and_named(ask: Ask) -> None:
    text = "DESCRIBE <http://e/s>"

    assert b"@prefix dcterms: <http://purl.org/dc/terms/> ." in ask(text, "turtle")[1]
    assert b"dcterms:title" in ask(text, "rdf-xml")[1]
    said = json.loads(ask(text, "json-ld")[1])
    assert said["@context"]["dcterms"] == "http://purl.org/dc/terms/"
    assert {"dcterms:title", "@type", "@id", "http://e/p"} == set(said["@graph"][0])


def test_an_iri_that_begins_like_a_prefix_is_not_changed_in_json_ld(ask: Ask) -> None:
    text = "CONSTRUCT { <dcterms:x> <http://purl.org/dc/terms/title> <dcterms:y> } {}"
    found = rdf.to_triples(rdf.parse(ask(text, "json-ld")[1], JSON_LD))

    assert str(found[0]) == "<dcterms:x> <http://purl.org/dc/terms/title> <dcterms:y>"


def test_a_graph_is_cut_at_a_statement(ask: Ask) -> None:
    outcome, data = ask("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "n-triples", rows=2)

    assert (outcome.truncated, data.count(b"\n")) == (True, 2)


def test_relative_iris_are_resolved_against_the_base(ask: Ask) -> None:
    assert b'"boolean":true' in ask("ASK { <s> <p> <o> }", base="http://e/x")[1]


BROKEN = {
    "first-line": ("SELECT * { ?s ?p FILTER }", "", 1, 24),
    "second-line": ("SELECT *\r\n{ ?s ?p FILTER }", "", 2, 15),
    "prefixes-filled-in-before": ("SELECT * { ?s ?p FILTER }", "PREFIX e: <http://e/> ", 1, 24),
    "empty": ("", "", 1, 1),
}


@pytest.mark.parametrize(("text", "prologue", "line", "column"), BROKEN.values(), ids=BROKEN)
def test_a_syntax_error_has_its_place_in_what_was_sent(
    ask: Ask, text: str, prologue: str, line: int, column: int
) -> None:
    with pytest.raises(Syntax) as caught:
        ask(text, prologue=prologue)

    assert (line, column) == (caught.value.line, caught.value.column)


@pytest.mark.parametrize(("text", "form"), [("ASK {}", "turtle"), ("CONSTRUCT { ?s ?p ?o } {}", "json")])
def test_a_format_for_other_queries_is_refused(ask: Ask, text: str, form: str) -> None:
    with pytest.raises(QueryFailure) as caught:
        ask(text, form)

    assert caught.value.status == 406


def test_files_of_every_format_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<x> <http://e/p> 1 .", encoding="utf-8")
    (tmp_path / "b.nq").write_text("<http://e/a> <http://e/p> _:b <http://e/g> .\n", encoding="utf-8")
    (tmp_path / "c.jsonld").write_text('{"@id": "http://e/c", "http://e/p": 1}', encoding="utf-8")
    (tmp_path / "d.rdf").write_bytes(rdf.serialise([rdf.Triple(*[rdf.iri("http://e/d")] * 3)], DOCUMENT_FORMATS[2]))

    assert sizes(load(sorted(tmp_path.iterdir()))) == (3, {"http://e/g": 1})


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [("a.ttl", "<x> <y> <", "rdf-syntax"), ("a.bin", "\0\1", "rdf-unknown"), ("a.nt", None, "file-unreadable")],
)
def test_a_file_that_cannot_be_loaded_is_named(tmp_path: Path, name: str, content: str | None, text: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RdfError) as caught:
        load([path])

    assert (text, True) == (caught.value.text, caught.value.where.startswith(str(path)))
