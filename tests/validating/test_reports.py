"""REPORT_FORMATS: a review in every form and language, the same each time, and right by the forms' own schemas."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rdflib
from lxml import etree
from rdflib.namespace import RDF, SH

from hanke_lod import rdf, validating
from hanke_lod.formats import JSON_LD, TURTLE
from hanke_lod.rdf import parse
from hanke_lod.texts import LANGUAGES
from hanke_lod.validating import REPORT_FORMATS, Input, ReportFormat, Review, format_named
from hanke_lod.validating.for_people import message_of

SCHEMAS = Path(__file__).parent / "schemas"
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> .\n"
SHAPES = (
    PREFIXES
    + """
:S a sh:NodeShape ; sh:targetClass :Thing ; sh:property :Name, :Note, :Age ;
  sh:property [ sh:path :in ; sh:maxCount 1 ; sh:severity sh:Info ] .
:Name sh:path :name ; sh:minCount 1 ; sh:name "nimi"@fi , "namn"@sv , "name"@en ;
  sh:description "Jokaisella on."@fi, "There is one."@en ;
  sh:message "nimi puuttuu"@fi, "namn saknas"@sv, "the name is missing"@en .
:Note sh:path :note ; sh:nodeKind sh:IRI ; sh:severity sh:Warning .
:Age sh:path :age ; sh:maxCount 0 ; sh:message "no age"@en .
"""
)
BAD = PREFIXES + ':a a :Thing ;\n :note "huom." ;\n :in 1, 2 .\n\n:b a :Thing .\n'
GOOD = PREFIXES + ":a a :Thing ; :name 'Silta' ."
NASTY = PREFIXES + ':a a :Thing ; :name "x" ; :note "\\u001B[31m]]>\\u0001 <b> & % :: \\u202E,\\uFFFF" .'


@cache
def review(data: str, fail_on: str = "Violation", name: str = "hankkeet, 2022.ttl") -> Review:
    """Return the review of data that stand in a file."""
    shapes = validating.to_graph(parse(SHAPES.encode(), TURTLE))
    statements = list(parse(data.encode(), TURTLE))
    lines = rdf._LineByLine(data.encode())
    numbers = [lines.count for _ in parse(lines, TURTLE)]  # type: ignore[arg-type]
    report = validating.check(validating.to_graph(statements), shapes)
    return validating.review(report, shapes, [Input(name, statements, lambda: numbers)], fail_on)


def written(form: str, data: str = BAD, language: str = "en", **options: str) -> str:
    """Return the review of data in a form, without colours."""
    return re.sub("\x1b\\[[0-9;]*m", "", format_named(form).write(review(data, **options), language))


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [BAD, GOOD], ids=["bad", "good"])
def test_a_report_is_written_in_every_form_and_language(row: ReportFormat, language: str, data: str) -> None:
    text = row.write(review(data), language)

    assert text.endswith("\n")
    assert ("https://example.org/a" in text) is (data == BAD and row.name != "summary")


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
def test_two_reports_on_the_same_data_are_the_same(row: ReportFormat) -> None:
    def settled(text: str) -> list[str]:
        """Return the lines without the labels of blank nodes, which differ each time."""
        return sorted(line for line in text.splitlines() if "_:" not in line and '"_' not in line)

    first = settled(row.write(review(BAD), "fi"))
    review.cache_clear()

    assert first == settled(row.write(review(BAD), "fi"))


def test_a_row_is_found_by_its_name() -> None:
    assert REPORT_FORMATS == tuple(format_named(row.name) for row in REPORT_FORMATS)
    assert len(REPORT_FORMATS) == len({row.name for row in REPORT_FORMATS})


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "message", "summary"),
    [
        ("fi", "nimi puuttuu", "Aineistossa on korjattavaa. Virheitä 2, varoituksia 1, huomioita 1."),
        ("sv", "namn saknas", "Data behöver rättas. Antal fel: 2, varningar: 1, upplysningar: 1."),
        ("en", "the name is missing", "The data need mending. Violations: 2, warnings: 1, notes: 1."),
    ],
)
@pytest.mark.parametrize("form", ["text", "summary"])
def test_the_text_groups_findings_by_severity_and_message(form: str, language: str, message: str, summary: str) -> None:
    lines = written(form, language=language).splitlines()

    assert 1 == len([line for line in lines if line.endswith(message)])
    assert summary == lines[-1]


def test_the_text_tells_place_thing_property_value_and_mending() -> None:
    assert written("text").splitlines() == [
        "Violations: 2",
        "",
        "  the name is missing",
        "  There is one.",
        "    hankkeet, 2022.ttl:2  <https://example.org/a>",
        "      <https://example.org/name>",
        "      → Add the missing <https://example.org/name>.",
        "    hankkeet, 2022.ttl:6  <https://example.org/b>",
        "      <https://example.org/name>",
        "      → Add the missing <https://example.org/name>.",
        "",
        "Warnings: 1",
        "",
        "  The value of <https://example.org/note> is of the kind sh:IRI.",
        "    hankkeet, 2022.ttl:3  <https://example.org/a>",
        '      <https://example.org/note>  "huom."',
        "      → Write an address (<https://…>) as the value of <https://example.org/note>, not a text.",
        "",
        "Notes: 1",
        "",
        "  <https://example.org/in> has at most 1 values.",
        "    hankkeet, 2022.ttl:4  <https://example.org/a>",
        "      <https://example.org/in>",
        '      → Keep one of these: "1"^^xsd:integer, "2"^^xsd:integer',
        "",
        "The data need mending. Violations: 2, warnings: 1, notes: 1.",
    ]


def test_the_summary_counts_how_often_each_rule_was_broken() -> None:
    assert "  2 × the name is missing" in written("summary").splitlines()


@pytest.mark.parametrize("form", ["text", "summary"])
def test_a_text_on_data_that_conform_is_one_line(form: str) -> None:
    assert ["The data conform. Violations: 0, warnings: 0, notes: 0."] == written(form, GOOD).splitlines()


def test_the_text_has_colours_and_nothing_of_the_data_moves_the_terminal() -> None:
    text = format_named("text").write(review(NASTY), "en")

    assert "\x1b[33;1mWarnings: 1\x1b[0m" in text
    assert "\\u001B[31m]]>\\u0001 <b> & % :: \\u202E,\\uFFFF" in text
    assert not re.search("\x1b(?!\\[[0-9;]*m)|\x1b\\[31m|[\u202e\x01]", text)


# ── the standard's report ───────────────────────────────────────────────────────────────────────────────────


def test_turtle_is_the_standard_s_report() -> None:
    graph = rdflib.Graph().parse(data=written("turtle"), format="turtle")

    assert 4 == len(list(graph.subjects(RDF.type, SH.ValidationResult)))
    assert [False] == [value.toPython() for value in graph.objects(predicate=SH.conforms)]  # type: ignore[attr-defined]


def test_json_ld_is_the_same_report() -> None:
    text = written("json-ld")

    assert "@context" in json.loads(text)
    assert 4 == sum(
        "ValidationResult" in str(quad.object)
        for quad in parse(text.encode(), JSON_LD)
        if quad.predicate.value == str(RDF.type)
    )


# ── SARIF, JUnit, GitHub ────────────────────────────────────────────────────────────────────────────────────


@cache
def sarif_schema() -> Any:
    return json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [BAD, GOOD, NASTY], ids=["bad", "good", "nasty"])
def test_sarif_is_right_by_its_schema(language: str, data: str) -> None:
    jsonschema.Draft4Validator(sarif_schema()).validate(json.loads(written("sarif", data, language)))


def test_the_schema_of_sarif_refuses_what_is_none() -> None:
    log = json.loads(written("sarif"))
    log["runs"][0]["results"][0]["level"] = "fatal"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(sarif_schema()).validate(log)


def test_sarif_tells_rule_level_message_file_and_line() -> None:
    run = json.loads(written("sarif"))["runs"][0]
    result = run["results"][0]

    assert ["error", "error", "warning", "note"] == [found["level"] for found in run["results"]]
    assert "Name" == result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
    assert result["message"]["text"].startswith("the name is missing\n<https://example.org/a>")
    place = result["locations"][0]["physicalLocation"]
    assert {"artifactLocation": {"uri": "hankkeet%2C%202022.ttl"}, "region": {"startLine": 2}} == place
    assert 4 == len({found["partialFingerprints"]["result/v1"] for found in run["results"]})


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a/b.ttl", "a/b.ttl"),
        ("a\\b.ttl", "a/b.ttl"),
        ("/t/ä.ttl", "file:///t/%C3%A4.ttl"),
        ("C:\\a.ttl", "file:///C:/a.ttl"),
    ],
)
def test_a_file_is_a_uri_in_sarif(name: str, uri: str) -> None:
    run = json.loads(written("sarif", name=name))["runs"][0]

    assert uri == run["artifacts"][0]["location"]["uri"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [BAD, GOOD, NASTY], ids=["bad", "good", "nasty"])
@pytest.mark.parametrize("fail_on", ["Violation", "Info"])
def test_junit_is_right_by_the_schema_of_its_best_known_reader(language: str, data: str, fail_on: str) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))

    schema.assertValid(etree.fromstring(written("junit", data, language, fail_on=fail_on).encode()))


@pytest.mark.parametrize(("fail_on", "failed"), [("Violation", 1), ("Warning", 2), ("Info", 3)])
def test_junit_has_a_test_for_each_rule_which_fails_by_what_counts_as_failure(fail_on: str, failed: int) -> None:
    root = etree.fromstring(written("junit", fail_on=fail_on).encode())

    assert ["4", str(failed)] == [root.get("tests"), root.get("failures")]
    assert ["4", str(failed)] == [str(len(root.findall(".//testcase"))), str(len(root.findall(".//failure")))]
    assert 3 - failed == len(root.findall(".//system-out"))
    assert "2 × the name is missing" == root.find(".//failure").get("message")  # type: ignore[union-attr]
    assert "hankkeet, 2022.ttl:6" in "".join(root.find(".//failure").itertext())  # type: ignore[union-attr]


def test_github_gets_one_command_a_line_with_what_it_would_misread_escaped() -> None:
    lines = written("github").splitlines()

    assert ["error", "error", "warning", "notice"] == [re.split("[: ]", line)[2] for line in lines[:-1]]
    assert lines[0] == (
        "::error file=hankkeet%2C 2022.ttl,line=2,title=name::the name is missing%0A<https://example.org/a>"
        "%0A<https://example.org/name>%0AAdd the missing <https://example.org/name>."
    )
    assert "%25 ::" in written("github", NASTY).splitlines()[0]


@pytest.mark.parametrize(
    ("messages", "language", "message"),
    [
        ({"fi": "a", "en": "b"}, "fi", "a"),
        ({"fi": "a", "en": "b"}, "sv", "b"),
        ({"": "plain", "fi": "a"}, "sv", "plain"),
        ({"fi": "a"}, "sv", "a"),
        ({}, "sv", "MinCountConstraintComponent"),
    ],
    ids=["own", "else-english", "else-plain", "else-any", "else-the-rule"],
)
def test_a_message_is_in_the_reader_s_language_else_in_the_next(
    messages: dict[str, str], language: str, message: str
) -> None:
    finding = review(BAD).findings[0]
    changed = replace(finding, result=replace(finding.result, messages=messages))

    assert message == message_of(changed, language)
