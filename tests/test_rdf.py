"""The doorway to pyoxigraph: what is written is read back literal by literal, in the same bytes each time."""

from __future__ import annotations

import contextlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod import jsonld
from hanke_lod.errors import RdfError
from hanke_lod.formats import (
    DOCUMENT_FORMATS,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TURTLE,
    RdfFormat,
)
from hanke_lod.namespaces import DCTERMS, PREFIXES, RDF, XSD
from hanke_lod.rdf import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Triple,
    Writer,
    iri,
    lines,
    literal,
    named_graph,
    parse,
    parse_file,
    serialise,
    sniff,
    sort_triples,
    to_triples,
)
from tests.conftest import Run

SUBJECT = "https://data.example.fi/id/project/x"
EVERY = pytest.mark.parametrize("format", RDF_FORMATS, ids=lambda row: row.name)
LITERALS = {
    "integer-decimal": literal("250000", datatype=XSD.decimal),
    "fraction": literal("35200.5", datatype=XSD.decimal),
    "zeros": literal("5.00", datatype=XSD.decimal),
    "integer": literal("007", datatype=XSD.integer),
    "byte-size": literal("12", datatype=XSD.nonNegativeInteger),
    "year": literal("2021", datatype=XSD.gYear),
    "month": literal("2019-12", datatype=XSD.gYearMonth),
    "day": literal("2022-01-31", datatype=XSD.date),
    "moment": literal("2022-03-01T00:00:00Z", datatype=XSD.dateTime),
    "boolean": literal("1", datatype=XSD.boolean),
    "address": literal("https://data.example.fi/", datatype=XSD.anyURI),
    "checksum": literal("00ff", datatype=XSD.hexBinary),
    "impossible-day": literal("2022-02-30", datatype=XSD.date),
    "plain": literal("Silta"),
    "empty": literal(""),
    "finnish": literal("Työtä Kemissä!", "fi"),
    "undetermined": literal("EAKR", "und"),
    "region": literal("Projekt", "sv-FI"),
    "no-break-space": literal("Kemi\u00a02030", "fi"),
    "quotes": literal("""a "b" 'c' \\ \"\"\" '''"""),
    "breaks": literal("a .\nb ;\r\n\tc\rd"),
    "markup": literal("<b>&amp; ]]> </rdf:RDF>"),
    "beyond-the-bmp": literal("👷 rakentaa 𐍈"),
    "right-to-left": literal("שלום\u202e"),
}
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)


def one(value: Literal | NamedNode) -> list[Triple]:
    """Return one triple with the value as its object."""
    return [Triple(iri(SUBJECT), iri(DCTERMS.title), value)]


@EVERY
@pytest.mark.parametrize("value", LITERALS.values(), ids=LITERALS)
def test_a_literal_comes_back_as_it_was_written(value: Literal, format: RdfFormat) -> None:
    assert one(value) == to_triples(parse(serialise(one(value), format), format))


@EVERY
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "fi", "sv", "en", "und"])), max_size=4))
def test_any_texts_come_back_as_they_were_written(format: RdfFormat, texts: list[tuple[str, str]]) -> None:
    triples = sort_triples(triple for text, language in texts for triple in one(literal(text, language)))

    assert triples == sort_triples(to_triples(parse(serialise(triples, format), format)))


@pytest.mark.parametrize("value", LITERALS.values(), ids=LITERALS)
def test_a_literal_comes_back_from_the_json_ld_that_we_write(value: Literal) -> None:
    assert one(value) == to_triples(parse(jsonld.document(one(value)), JSON_LD))


@given(TEXTS)
def test_rdf_xml_is_xml_that_any_parser_reads(text: str) -> None:
    readable = all(c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" for c in text)
    data = serialise(one(literal(text, "fi")), RDF_XML)

    if readable:
        assert "RDF" in ElementTree.fromstring(data).tag


# rdflib's JSON-LD parser uses a class that rdflib itself calls deprecated
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("format", DOCUMENT_FORMATS, ids=lambda row: row.name)
def test_another_library_reads_the_same_triples(format: RdfFormat) -> None:
    values = [LITERALS[name] for name in ("finnish", "breaks", "quotes", "integer-decimal", "markup", "no-break-space")]
    triples = [triple for value in values for triple in one(value)]
    graph = rdflib.Graph().parse(data=serialise(triples, format), format=format.media_type)

    assert sorted(value.value for value in values) == sorted(str(value) for value in graph.objects())


@EVERY
def test_the_same_triples_give_the_same_bytes(format: RdfFormat) -> None:
    triples = sort_triples(t for value in LITERALS.values() for t in one(value))

    assert serialise(triples, format) == serialise(iter(sort_triples(reversed(triples))), format)


PROGRAM = """
import sys
from hanke_lod.formats import RDF_FORMATS
from hanke_lod.namespaces import DCAT, DCTERMS, FOAF, HANKE, ORG, PROV, SCHEMA, SKOS, XSD
from hanke_lod.rdf import Writer, lines, literal, serialise, sort_triples
w = Writer("https://data.example.fi/id/project/x")
w.types(HANKE.Project, FOAF.Project, ORG.Organization, SKOS.Concept, PROV.Entity)
w.named(DCTERMS.title, {"fi": "a", "sv": "b", "en": "c"})
for predicate in (DCAT.theme, SCHEMA.value, SKOS.notation):
    w.add(predicate, literal("1", datatype=XSD.integer))
ordered = sort_triples(set(w.triples))
for row in RDF_FORMATS:
    sys.stdout.write(serialise(ordered, row).decode())
sys.stdout.write(lines(set(w.triples)).decode())
"""


def test_the_bytes_do_not_depend_on_the_hash_seed(run: Run) -> None:
    first, second = (run("-c", PROGRAM, PYTHONHASHSEED=seed) for seed in ("1", "4242"))

    assert ("", 0) == (first.stderr, first.returncode)
    assert first.stdout == second.stdout
    assert len(first.stdout) > 2000


def test_only_the_prefixes_that_are_used_are_written_in_the_order_of_the_alphabet() -> None:
    w = Writer(SUBJECT)
    w.add(DCTERMS.title, literal("1", datatype=XSD.integer))
    w.types("http://xmlns.com/foaf/0.1/Project")
    text = serialise(w.triples, TURTLE).decode()

    assert [
        "dcterms",
        "foaf",
        "xsd",
    ] == [row.split()[1].rstrip(":") for row in text.splitlines() if row.startswith("@")]


def test_turtle_has_a_blank_line_between_subjects_only() -> None:
    w, v = Writer(SUBJECT), Writer(SUBJECT + "#period")
    w.add(DCTERMS.title, literal("a .\n\nb"))
    v.add(DCTERMS.title, literal("c"))
    text = serialise([*w.triples, *v.triples], TURTLE).decode()

    assert 2 == text.count("\n\n")
    assert text.endswith(" .\n")


def test_statements_are_sorted_in_code_points_and_stand_once() -> None:
    quads = [
        *named_graph(one(literal("b")), ""),
        *named_graph(one(literal("ä")), SUBJECT),
        *named_graph(one(literal("a")), ""),
    ]
    rows = lines([*quads, *quads]).decode().splitlines()

    assert 3 == len(rows)
    assert sorted(rows) == rows
    assert all(row.endswith(" .") for row in rows)


def test_a_type_comes_first_and_a_part_right_after_its_thing() -> None:
    things = []
    for name in ("b", "a#period", "a", "a-2"):
        w = Writer(f"https://data.example.fi/{name}")
        w.add(DCTERMS.title, literal("x"))
        w.types("http://xmlns.com/foaf/0.1/Project")
        things += w.triples
    ordered = sort_triples([*things, *things])

    assert 8 == len(ordered)
    assert [RDF.type, DCTERMS.title] * 4 == [t.predicate.value for t in ordered]
    assert ["a", "a#period"] == [t.subject.value.rpartition("/")[2] for t in ordered[::2]][:2]


def test_a_graph_is_named_or_the_default_one() -> None:
    triples = one(literal("a"))

    assert [Quad(*triples[0], NamedNode(SUBJECT))] == named_graph(triples, SUBJECT)
    assert [Quad(*triples[0], DefaultGraph())] == named_graph(triples, "")
    assert triples * 2 == to_triples([*named_graph(triples, SUBJECT), *triples])


def test_what_is_no_iri_is_refused() -> None:
    with pytest.raises(ValueError, match="IRI"):
        iri("ei osoite")


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("format", "data", "place"),
    [
        (TURTLE, "<http://a> <http://b> .\n", "1:23"),
        (TURTLE, "# ä\n\n  <http://a b> <http://b> <http://c> .\n", "3:3"),
        (N_TRIPLES, "<http://a> <http://b> <http://c> .\n<http://a> x\n", "2:12"),
        (N_QUADS, "<http://a> <http://b> <http://c> .\nx\n", "2:1"),
        (TRIG, "{ <http://a> <http://b>\n ", "2:1"),
        (JSON_LD, '{"@id": "http://a",\n "b" ,}', "2:6"),
    ],
    ids=["turtle", "turtle-later-line", "n-triples", "n-quads", "trig", "json-ld"],
)
def test_a_syntax_error_names_line_and_column(format: RdfFormat, data: str, place: str) -> None:
    with pytest.raises(RdfError) as caught:
        list(parse(data.encode(), format, where="a.rdf"))

    assert ("rdf-syntax", f"a.rdf:{place.partition(':')[0]}") == (
        caught.value.text,
        caught.value.where.rpartition(":")[0],
    )
    assert int(caught.value.where.rpartition(":")[2]) > 0
    assert format.label == caught.value.facts["format"]


def test_a_syntax_error_does_not_tell_its_place_twice() -> None:
    with pytest.raises(RdfError) as caught:
        list(parse(b"<http://a> <http://b> .\n", TURTLE, where="a.ttl"))

    assert "at line" not in str(caught.value.facts["reason"])


@EVERY
def test_bytes_that_are_no_utf_8_are_an_error(format: RdfFormat) -> None:
    with pytest.raises(RdfError):
        list(parse(b"\xff\xfe\x00<", format, where="a"))


@EVERY
@given(st.binary(max_size=60))
def test_any_bytes_are_triples_or_an_rdf_error(format: RdfFormat, data: bytes) -> None:
    with contextlib.suppress(RdfError):
        assert all(isinstance(quad, Quad) for quad in parse(data, format, base=SUBJECT, where="a"))


@pytest.mark.parametrize(
    "context", ['"https://schema.org/"', '["https://schema.org/", {}]', '{"@import": "https://schema.org/"}']
)
def test_a_remote_context_is_an_error_and_never_fetched(context: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr("socket.socket.connect", no_network)
    monkeypatch.setattr("socket.getaddrinfo", no_network)
    data = f'{{"@context": {context}, "@id": "http://a", "name": "x"}}'

    with pytest.raises(RdfError) as caught:
        list(parse(data.encode(), JSON_LD, where="a.jsonld"))

    assert "rdf-remote-context" == caught.value.text


@pytest.mark.parametrize(
    ("name", "head", "format"),
    [
        ("a.ttl", b"{", TURTLE),
        ("a.TTL", b"", TURTLE),
        ("a.json", b"", JSON_LD),
        ("a.owl", b"", RDF_XML),
        ("a.nq", b"", N_QUADS),
        ("data", b'\xef\xbb\xbf\n {"@id": "x"}', JSON_LD),
        ("data", b"[{", JSON_LD),
        ("data", b"<?xml version='1.0'?>", RDF_XML),
        ("data", b"<rdf:RDF xmlns:rdf=", RDF_XML),
        ("data", b"@prefix : <x> .", TURTLE),
        ("data", b"PREFIX : <x>", TURTLE),
        ("data", b"# note", TURTLE),
        ("data", b"<http://a> <http://b> <http://c> .", TURTLE),
        ("data", b"_:a <http://b> <http://c> .", TURTLE),
        ("data.txt", b"<http://a> <http://b> 'c' .", TURTLE),
        ("data", b"[ a <http://c> ] .", TURTLE),
        ("data", b"hanke:x a hanke:Project .", TURTLE),
        ("data", b'<http://a> <http://b> "{" .', TURTLE),
        ("data", b'<http://a> <http://b> "c"@fi <http://g> .\n', N_QUADS),
        ("data", b"@prefix : <x> .\n:g { :a :b :c }", TRIG),
        ("data", b"{ <http://a> <http://b> <http://c> }", TRIG),
        ("data", b'[ {"@id": "http://a"} ]', JSON_LD),
        ("data", b"<!DOCTYPE html>", None),
        ("data.txt", b"Silta 2021", None),
        ("data", b"", None),
        ("data", b"\x89PNG", None),
    ],
)
def test_the_format_is_told_by_the_suffix_else_by_the_beginning(
    name: str, head: bytes, format: RdfFormat | None
) -> None:
    assert format == sniff(Path(name), head)


def test_a_file_s_relative_addresses_are_resolved_against_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a b.ttl"
    path.write_text("<#x> <http://b> <y> .", encoding="utf-8")

    found = parse_file(path)[0]

    assert (f"{path.as_uri()}#x", f"{tmp_path.as_uri()}/y") == (found.subject.value, found.object.value)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.ttl", None, "file-unreadable"),
        ("a.docx", b"PK\x03\x04", "rdf-unknown"),
        ("a.ttl", b"<http://a>", "rdf-syntax"),
    ],
    ids=["missing", "unknown", "broken"],
)
def test_a_file_that_cannot_be_read_is_told_with_its_name(
    tmp_path: Path, name: str, content: bytes | None, text: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(RdfError) as caught:
        parse_file(tmp_path / name)

    assert text == caught.value.text
    assert caught.value.where.startswith(str(tmp_path / name))


def test_an_empty_file_holds_no_triples(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"")

    assert [] == parse_file(tmp_path / "a.ttl")


BAD_ID_IN_XML = b"""<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">

<r:Description r:ID="a b"/></r:RDF>"""


@pytest.mark.parametrize(
    ("format", "data", "where"),
    [
        (TURTLE, b"<a>\n  <b> 'c", "x:2:7"),
        (N_TRIPLES, b"<http://a> <http://b> .\n", "x:1:23"),
        (JSON_LD, b'{\n 1: 2}', "x:2:2"),
        (RDF_XML, b"<x>\n</y>", "x:2:3"),
        (RDF_XML, BAD_ID_IN_XML, "x:3"),
        (TURTLE, b"<a> <b> '\xff'.", "x:1:10"),
    ],
    ids=["turtle", "n-triples", "json-ld", "xml", "rdf-in-xml", "encoding"],
)  # fmt: skip
def test_a_syntax_error_is_told_with_its_line_and_column(format: RdfFormat, data: bytes, where: str) -> None:
    with pytest.raises(RdfError) as caught:
        list(parse(data, format, base="http://x/", where="x"))

    assert where == caught.value.where


def test_every_prefix_ends_where_a_local_name_begins() -> None:
    assert all(name.endswith(("#", "/")) for name in PREFIXES.values())
