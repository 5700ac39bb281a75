"""Results are cut at a row and end as their format wants it; what is too large or cannot be written is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from pyoxigraph import QueryResultsFormat, Store

from hanke_lod_server.engines import QueryFailure, QueryRequest, TooBig, Unwritable
from hanke_lod_server.engines.evaluating import evaluate
from hanke_lod_server.engines.limits import INLINE, Limits
from hanke_lod_server.engines.rows import ROW_FORMATS
from hanke_lod_server.engines.spool import Enough, Spool

FORMATS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV,
           "tsv": QueryResultsFormat.TSV}  # fmt: skip
#: Values that look like the ends and beginnings of rows.
NASTY = ("},{", "{}", ",{},", "[{}", '"},{"a":{', "x\\", "</result><result>", "\r\n", '\n"\n', ",", "", '"', '\\"},{"')


@pytest.fixture
def file() -> Iterator[int]:
    with tempfile.TemporaryFile() as spool:
        yield spool.fileno()


def rows_of(form: str, data: bytes) -> int:
    """Count the rows with the format's own parser."""
    if form == "json":
        return len(json.loads(data)["results"]["bindings"])
    if form == "xml":
        return len(ElementTree.fromstring(data).findall(".//{*}result"))
    if form == "tsv":
        return data.count(b"\n") - 1
    return len(list(csv.reader(io.StringIO(data.decode(), newline="")))) - 1


def values(count: int) -> str:
    """Return a query whose rows are nasty: every third has nothing bound in it, every fourth half of it."""
    rows = []
    for number in range(count):
        text = (
            NASTY[number % len(NASTY)]
            .replace("\\", "\\\\")
            .replace('"', '\\"')
            .replace("\r", "\\r")
            .replace("\n", "\\n")
        )
        first = "UNDEF" if number % 3 == 0 else f'"{text}"'
        second = "UNDEF" if number % 3 == 0 or number % 4 == 0 else f"<http://e/{number}>"
        rows.append(f"({first} {second})")
    return "SELECT ?a ?b { VALUES (?a ?b) { " + " ".join(rows) + " } }"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("most", [1, 2, 7, 38, 39, 40, 41, 1000])
def test_a_result_is_cut_at_a_row(form: str, most: int, file: int) -> None:
    query = values(40)
    outcome, spool = evaluate(Store(), QueryRequest(query, form, rows=most), Limits(), file)

    assert min(most, 40) == rows_of(form, spool.read())
    assert (most < 40) is outcome.truncated
    assert spool.size == len(spool.read())
    if not outcome.truncated:
        assert Store().query(query).serialize(format=FORMATS[form]) == spool.read()


@pytest.mark.parametrize("form", FORMATS)
def test_a_long_result_is_cut_in_the_file_too(form: str, file: int) -> None:
    query = values(20_000)
    outcome, spool = evaluate(Store(), QueryRequest(query, form, rows=11_111), Limits(), file)

    assert (rows_of(form, spool.read()), outcome.truncated) == (11_111, True)
    assert spool.spooled is (spool.size > INLINE)
    if spool.spooled:
        assert os.fstat(file).st_size == spool.size


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("piece", [1, 3, 8191])
def test_pieces_of_any_size_give_the_same(form: str, piece: int, file: int) -> None:
    whole = Store().query(values(50)).serialize(format=FORMATS[form])
    assert whole is not None
    spool = Spool(file, 10**6, 20, ROW_FORMATS[form])
    cut = False
    for start in range(0, len(whole), piece):
        try:
            spool.write(whole[start : start + piece])
        except Enough:
            cut = True
            break

    assert cut or spool.cut()
    assert rows_of(form, spool.read()) == 20


def test_the_size_is_held_to_the_byte(file: int) -> None:
    spool = Spool(file, 100)
    spool.write(b"a" * 100)

    with pytest.raises(TooBig):
        spool.write(b"a")


@pytest.mark.parametrize("form", ["json", "csv", "tsv"])
def test_control_characters_are_carried_where_they_can_be(form: str, file: int) -> None:
    _, spool = evaluate(Store(), QueryRequest('SELECT ("a\x01b" AS ?x) {}', form), Limits(), file)

    assert rows_of(form, spool.read()) == 1


@pytest.mark.parametrize("text", ["a\x01b", "\x00", "\x1f", "\ufffe"])
def test_xml_that_would_not_be_xml_is_refused(text: str, file: int) -> None:
    table = QueryRequest(f'SELECT ("{text}" AS ?x) {{}}', "xml")
    graph = QueryRequest(f'CONSTRUCT {{ <http://e/s> <http://e/p> "{text}" }} {{}}', "rdf-xml")

    for request in (table, graph):
        with pytest.raises(Unwritable):
            evaluate(Store(), request, Limits(), file)


def test_a_property_without_a_name_at_its_end_is_no_rdf_xml(file: int) -> None:
    with pytest.raises(QueryFailure) as caught:
        evaluate(Store(), QueryRequest("CONSTRUCT { <http://e/s> <http://e/> 1 } {}", "rdf-xml"), Limits(), file)

    assert (caught.value.status, caught.value.facts["predicate"]) == (406, "http://e/")
