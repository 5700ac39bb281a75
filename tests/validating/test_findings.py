"""A finding: the line of the file it stands on, the place of the list it came from, and how to mend it."""

# ruff: noqa: E501 (a case is one row of a table)

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from hanke_lod import rdf, texts, validating
from hanke_lod.formats import RDF_FORMATS, TURTLE, RdfFormat
from hanke_lod.rdf import parse
from hanke_lod.validating import Finding, Input
from hanke_lod.validating.for_people import advice_of, message_of, value_of
from hanke_lod.validating.mending import near

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hanke: <https://w3id.org/hanke/ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix : <https://data.example.fi/id/> .
"""


def findings(data: str, shape: str, sources: dict[str, str] | None = None) -> list[Finding]:
    """Return the findings of a property shape on the things of class foaf:Agent, data and shape in Turtle."""
    body = f"[] a sh:NodeShape ; sh:targetClass foaf:Agent ; {shape} ."
    shapes = validating.to_graph(parse((PREFIXES + body).encode(), TURTLE))
    statements = list(parse((PREFIXES + data).encode(), TURTLE))
    report = validating.check(validating.to_graph(statements), shapes)
    return list(validating.review(report, shapes, [Input("", statements)], sources=sources).findings)


def of_file(path: Path, shapes: str) -> list[Finding]:
    """Return the findings on the data in a file."""
    rules = validating.to_graph(parse((PREFIXES + shapes).encode(), TURTLE))
    read = Input(str(path), rdf.parse_file(path), partial(rdf.line_numbers, path))
    report = validating.check(validating.to_graph(read.statements), rules)
    return list(validating.review(report, rules, [read]).findings)


# ── the line in the file ────────────────────────────────────────────────────────────────────────────────────

TURTLE_LINES = """\
@prefix : <https://data.example.fi/id/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .

# a note
:a a foaf:Agent ;
    foaf:name "A" ,
        '''multi
line''' ;
    foaf:age "x" .
:b a foaf:Agent ; foaf:knows [ a foaf:Agent ;
    foaf:age "y" ] .
:c a foaf:Agent ;
    foaf:nick 'c' .
"""


@pytest.mark.parametrize(
    ("shape", "lines"),
    [
        ("sh:property [ sh:path foaf:age ; sh:datatype xsd:integer ]", {9, 11}),
        ("sh:property [ sh:path foaf:name ; sh:maxLength 3 ]", {8}),
        ("sh:property [ sh:path foaf:name ; sh:maxCount 1 ]", {6}),
        ("sh:property [ sh:path foaf:homepage ; sh:minCount 1 ]", {5, 10, 12}),
        ("sh:closed true ; sh:ignoredProperties ( rdf:type foaf:name foaf:age foaf:knows )", {13}),
        ("sh:nodeKind sh:IRI", {10}),
    ],
    ids=["value", "value-of-two-lines", "property", "thing", "closed", "blank-node"],
)
def test_a_finding_has_the_line_of_the_statement_at_fault_else_of_the_property_else_of_the_thing(
    tmp_path: Path, shape: str, lines: set[int]
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(TURTLE_LINES, encoding="utf-8")

    found = of_file(path, f"[] a sh:NodeShape ; sh:targetClass foaf:Agent ; {shape} .")

    assert lines == {finding.line for finding in found}
    assert {str(path)} == {finding.file for finding in found}


@pytest.mark.parametrize("row", RDF_FORMATS, ids=lambda row: row.name)
def test_a_finding_has_its_line_in_every_format(tmp_path: Path, row: RdfFormat) -> None:
    data = (
        '<http://a> a <http://T> . <http://a> <http://p> "1" . <http://b> a <http://T> . <http://b> <http://p> "two" .'
    )
    path = tmp_path / f"a.{row.suffix}"
    text = rdf.serialise(rdf.to_triples(parse(data.encode(), TURTLE)), row).decode()
    if row.name == "json-ld":
        text = text.replace("{", "{\n")
    path.write_text(text, encoding="utf-8")

    (found,) = of_file(path, "[] sh:targetClass <http://T> ; sh:property [ sh:path <http://p> ; sh:maxLength 2 ] .")

    marks = ('"two"', ">two<", '"@id":"http://b"')
    assert any(mark in text.splitlines()[found.line - 1] for mark in marks)


def test_a_line_in_json_ld_that_cannot_be_told_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(
        '{"@context": {"@vocab": "http://", "@base": "http://x/"}, "@id": "y", "@type": "T"}', encoding="utf-8"
    )

    (found,) = of_file(path, "[] sh:targetClass <http://T> ; sh:property [ sh:path <http://p> ; sh:minCount 1 ] .")

    assert (str(path), 0) == (found.file, found.line)


def test_each_of_several_files_is_named(tmp_path: Path) -> None:
    inputs = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.ttl"
        path.write_text(f"\n<http://{name}> a <http://T> .\n", encoding="utf-8")
        inputs.append(Input(name, rdf.parse_file(path), partial(rdf.line_numbers, path)))
    shapes = validating.to_graph(
        parse(
            (PREFIXES + "[] sh:targetClass <http://T> ; sh:property [ sh:path <http://p> ; sh:minCount 1 ] .").encode(),
            TURTLE,
        )
    )
    report = validating.check(validating.to_graph(s for one in inputs for s in one.statements), shapes)

    assert {("a", 2), ("b", 2)} == {(f.file, f.line) for f in validating.review(report, shapes, inputs).findings}


# ── the place in the list ───────────────────────────────────────────────────────────────────────────────────

LIST = """
:source/x a hanke:SourceDocument ; dcterms:title "Hankkeet"@fi ; dcterms:publisher :kaupunki .
:source/x\\#1 prov:wasQuotedFrom :source/x ; hanke:lineNumber 7 ; hanke:originalText "Silta 2021"@fi .
:source/x\\#2 prov:wasQuotedFrom :source/x ; hanke:locator "s. 3" ; hanke:originalText "Tie"@fi .
:project/silta hanke:statedIn :source/x\\#1 ; hanke:listedBy :kaupunki ; hanke:partner :yhdistys .
:project/tie hanke:statedIn :source/x\\#2 .
:yksikko <http://www.w3.org/ns/org#unitOf> :emo .
:project/tie hanke:partner :yksikko .
""".replace("source/x", "source\\/x").replace("project/", "project\\/")


@pytest.mark.parametrize(
    ("thing", "place"),
    [
        (":source\\/x\\#1", (7, "", "Silta 2021")),
        (":project\\/silta", (7, "", "Silta 2021")),
        (":project\\/silta\\#period", (7, "", "Silta 2021")),
        (":project\\/tie", (0, "s. 3", "Tie")),
        (":yhdistys", (7, "", "Silta 2021")),
        (":emo", (0, "s. 3", "Tie")),
        (":kaupunki", None),
        (":source\\/x", None),
        (":muu", None),
    ],
    ids=["entry", "project", "part", "page", "linked", "linked-by-linked", "publisher", "source", "unlinked"],
)
def test_a_finding_tells_the_place_of_the_list_that_the_thing_came_from(
    thing: str, place: tuple[int, str, str] | None
) -> None:
    (found,) = findings(LIST + f"{thing} a foaf:Agent .", "sh:property [ sh:path foaf:name ; sh:minCount 1 ]")

    origin = found.origin
    assert place == (origin and (origin.line, origin.locator, origin.text))
    assert origin is None or {"fi": "Hankkeet"} == origin.source


def test_a_literal_at_fault_is_told_with_the_thing_that_holds_it() -> None:
    shapes = "[] a sh:NodeShape ; sh:targetObjectsOf foaf:age ; sh:datatype xsd:integer ."
    rules = validating.to_graph(parse((PREFIXES + shapes).encode(), TURTLE))
    statements = list(parse((PREFIXES + ':a foaf:age "x" ; foaf:name "Antti"@fi .').encode(), TURTLE))
    report = validating.check(validating.to_graph(statements), rules)

    (found,) = validating.review(report, rules, [Input("", statements)]).findings

    assert ({"fi": "Antti"}, 'foaf:age  "x"') == (found.names, value_of(found))


def test_a_list_s_file_is_named_where_it_is_known() -> None:
    data = LIST + ":project\\/silta a foaf:Agent ."
    shape = "sh:property [ sh:path foaf:name ; sh:minCount 1 ]"

    (found,) = findings(data, shape, {"https://data.example.fi/id/source/x": "hankkeet.txt"})

    assert found.origin is not None
    assert "hankkeet.txt" == found.origin.file


# ── mending ─────────────────────────────────────────────────────────────────────────────────────────────────

MENDED = {
    "closed-misspelt": (
        ':a foaf:nmae "A"', "sh:closed true ; sh:ignoredProperties ( rdf:type foaf:name foaf:mbox )", "Did you mean foaf:name?"
    ),
    "closed-property-of-a-shape": (
        ':a foaf:nmae "A"',
        "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path foaf:name ]",
        "Did you mean foaf:name?",
    ),
    "closed-unlike": (
        ':a foaf:jabberID "A"', "sh:closed true ; sh:ignoredProperties ( rdf:type foaf:name )", "Remove foaf:jabberID, or"
    ),
    "closed-only-case": (
        ':a foaf:NAME "A"', "sh:closed true ; sh:ignoredProperties ( rdf:type foaf:name )", "Did you mean foaf:name?"
    ),
    "one-of-near": (":a foaf:age :Endde", "[ sh:path foaf:age ; sh:in ( :Ended :Running ) ]", "Did you mean <https://data.example.fi/id/Ended>?"),
    "one-of": (":a foaf:age 7", "[ sh:path foaf:age ; sh:in ( 1 2 ) ]", 'Choose one of these: "1"^^xsd:integer, "2"^^xsd:integer'),
    "language": (':a foaf:name "A"', "[ sh:path foaf:name ; sh:datatype rdf:langString ]", 'example "A"@fi'),
    "datatype": (':a foaf:age "7"', "[ sh:path foaf:age ; sh:datatype xsd:integer ]", 'Write "7"^^xsd:integer instead'),
    "no-such-value": (':a foaf:age "seven"', "[ sh:path foaf:age ; sh:datatype xsd:integer ]", 'The value "seven" is no xsd:integer'),
    "plain-text": (':a foaf:name "A"@fi', "[ sh:path foaf:name ; sh:datatype xsd:string ]", 'Write "A" instead'),
    "literal": (":a foaf:age :b", "[ sh:path foaf:age ; sh:datatype xsd:integer ]", "Write a text or number in quotes"),
    "address-as-text": (':a foaf:homepage "https://a.fi/"', "[ sh:path foaf:homepage ; sh:nodeKind sh:IRI ]", "Write <https://a.fi/> instead"),
    "link": (':a foaf:homepage "a"', "[ sh:path foaf:homepage ; sh:nodeKind sh:IRI ]", "Write an address (<https://…>)"),
    "blank-node": (":a foaf:homepage []", "[ sh:path foaf:homepage ; sh:nodeKind sh:IRI ]", "Give the thing an address of its own"),
    "name-for-a-link": (
        ':a foaf:knows "B" . :b foaf:name "B"@sv', "[ sh:path foaf:knows ; sh:class foaf:Agent ]", "Write <https://data.example.fi/id/b> instead"
    ),
    "not-described": (":a foaf:knows :b", "[ sh:path foaf:knows ; sh:class foaf:Agent ]", "no description of <https://data.example.fi/id/b>. Add it (a foaf:Agent)"),
    "other-class": (":a foaf:knows :b . :b a foaf:Document", "[ sh:path foaf:knows ; sh:class foaf:Agent ]", "is foaf:Document in the data, not foaf:Agent"),
    "missing": (":a foaf:age 1", "[ sh:path foaf:name ; sh:minCount 1 ]", "Add the missing foaf:name."),
    "too-many": (":a foaf:age 2, 1", "[ sh:path foaf:age ; sh:maxCount 1 ]", 'Keep one of these: "1"^^xsd:integer, "2"^^xsd:integer'),
    "two-in-a-language": (
        ':a foaf:name "A"@fi, "B"@fi, "C"@sv', "[ sh:path foaf:name ; sh:uniqueLang true ]", 'Keep one of these: "A"@fi, "B"@fi'
    ),
    "order": (":a foaf:age 2 ; foaf:nick 1", "[ sh:path foaf:age ; sh:lessThanOrEquals foaf:nick ]", "Compare the values of foaf:age with those of foaf:nick"),
    "value": (":a foaf:age 2", "[ sh:path rdf:type ; sh:hasValue foaf:Person ]", "Add the missing rdf:type foaf:Person."),
    "choice-of-dates": (
        ':a foaf:age "2021"',
        "[ sh:path foaf:age ; sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ; sh:pattern '^[0-9]{4}$' ] ) ]",
        'Write "2021"^^xsd:gYear instead',
    ),
    "choice-of-none": (':a foaf:age "eilen"', "[ sh:path foaf:age ; sh:or ( [ sh:datatype xsd:date ] ) ]", ""),
    "pattern": (':a foaf:name "A"', "[ sh:path foaf:name ; sh:pattern '^B' ]", ""),
}  # fmt: skip


@pytest.mark.parametrize(("data", "shape", "advice"), MENDED.values(), ids=MENDED)
def test_a_finding_tells_how_to_mend_it(data: str, shape: str, advice: str) -> None:
    found = findings(f":a a foaf:Agent . {data} .", shape if shape.startswith("sh:") else f"sh:property {shape}")

    assert 1 == len(found)
    assert advice in advice_of(found[0], "en")
    assert bool(advice) is bool(advice_of(found[0], "fi"))


EXPECTED = {
    "min-count": ("[ sh:path foaf:name ; sh:minCount 1 ]", "foaf:name has at least 1 values."),
    "max-count": ("[ sh:path foaf:age ; sh:maxCount 0 ]", "foaf:age has at most 0 values."),
    "datatype": ("[ sh:path foaf:age ; sh:datatype xsd:date ]", "The value of foaf:age has the datatype xsd:date."),
    "in": ("[ sh:path foaf:age ; sh:in ( 8 9 ) ]", "The value of foaf:age is one of these: 8, 9."),
    "has-value": ("[ sh:path foaf:age ; sh:hasValue 8 ]", "8 is among the values of foaf:age."),
    "pattern": ("[ sh:path foaf:age ; sh:pattern '^8' ]", "The value of foaf:age follows the pattern ^8."),
    "min-inclusive": ("[ sh:path foaf:age ; sh:minInclusive 8 ]", "The value of foaf:age is at least 8."),
    "path": ("[ sh:path ( foaf:knows foaf:name ) ; sh:minCount 1 ]", "foaf:knows/foaf:name has at least 1 values."),
    "other": ("[ sh:path foaf:age ; sh:not [ sh:datatype xsd:integer ] ]", "Node Literal"),
}


@pytest.mark.parametrize(("shape", "message"), EXPECTED.values(), ids=EXPECTED)
def test_a_rule_without_a_message_is_said_in_the_reader_s_words(shape: str, message: str) -> None:
    (found,) = findings(":a a foaf:Agent ; foaf:age 7 .", f"sh:property {shape}")

    assert message_of(found, "en").startswith(message)


def test_what_a_rule_asks_is_said_in_every_language() -> None:
    (found,) = findings(":a a foaf:Agent .", "sh:property [ sh:path foaf:name ; sh:minCount 1 ]")

    assert found.expected is not None
    assert 3 == len({texts.say(found.expected.text, language, **found.expected.facts) for language in texts.LANGUAGES})


@pytest.mark.parametrize(
    ("name", "known", "offered"),
    [
        ("dcterms:titel", {"dcterms:title", "dcterms:type"}, "dcterms:title"),
        ("dcterms:Title", {"dcterms:title"}, "dcterms:title"),
        ("foaf:mbox", {"dcterms:title"}, ""),
        ("x", set(), ""),
    ],
)
def test_the_nearest_name_is_offered_if_it_is_near(name: str, known: set[str], offered: str) -> None:
    assert offered == near(name, frozenset(known))
