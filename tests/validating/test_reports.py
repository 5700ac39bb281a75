"""REPORT_FORMATS: a report in every form, in every language, the same each time."""

from __future__ import annotations

import json

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from hanke_lod import validating
from hanke_lod.formats import JSON_LD, TURTLE
from hanke_lod.rdf import parse
from hanke_lod.texts import LANGUAGES
from hanke_lod.validating import REPORT_FORMATS, Report, ReportFormat, Result, format_named, message_of

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> .\n"
SHAPES = (
    PREFIXES
    + """
:S a sh:NodeShape ; sh:targetClass :Thing ; sh:property :Name, :Note .
:Name sh:path :name ; sh:minCount 1 ; sh:message "nimi puuttuu"@fi, "namn saknas"@sv, "the name is missing"@en .
:Note sh:path :note ; sh:nodeKind sh:IRI ; sh:severity sh:Warning .
"""
)
BAD = PREFIXES + ":a a :Thing ; :note 'huom.' . :b a :Thing ."
GOOD = PREFIXES + ":a a :Thing ; :name 'Silta' ."


def report(data: str) -> Report:
    """Return the report on data."""
    return validating.check(*(validating.to_graph(parse(text.encode(), TURTLE, where="x")) for text in (data, SHAPES)))


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [BAD, GOOD], ids=["bad", "good"])
def test_a_report_is_written_in_every_form_and_language(row: ReportFormat, language: str, data: str) -> None:
    text = row.write(report(data), language)

    assert text.endswith("\n")
    assert ("https://example.org/a" in text) is (data == BAD)


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
def test_two_reports_on_the_same_data_are_the_same(row: ReportFormat) -> None:
    def settled(text: str) -> list[str]:
        """Return the lines without the labels of blank nodes, which differ each time."""
        return sorted(line for line in text.splitlines() if "_:" not in line and '"_' not in line)

    assert settled(row.write(report(BAD), "fi")) == settled(row.write(report(BAD), "fi"))


def test_a_row_is_found_by_its_name() -> None:
    assert REPORT_FORMATS == tuple(format_named(row.name) for row in REPORT_FORMATS)
    assert len(REPORT_FORMATS) == len({row.name for row in REPORT_FORMATS})


@pytest.mark.parametrize(
    ("language", "message", "summary"),
    [
        ("fi", "nimi puuttuu", "Aineistossa on korjattavaa: 2 virhettä, 1 varoitusta, 0 huomiota."),
        ("sv", "namn saknas", "Data behöver rättas: 2 fel, 1 varningar, 0 upplysningar."),
        ("en", "the name is missing", "The data need mending: 2 violations, 1 warnings, 0 notes."),
    ],
)
def test_the_text_groups_findings_by_severity_and_message(language: str, message: str, summary: str) -> None:
    lines = format_named("text").write(report(BAD), language).splitlines()

    assert 1 == lines.count(f"  {message}")
    assert summary == lines[-1]
    assert 2 == len([line for line in lines[: lines.index(f"  {message}") + 3] if line.startswith("    ")])


def test_the_text_shows_the_value_that_is_wrong() -> None:
    assert '= "huom."' in format_named("text").write(report(BAD), "en")


def test_a_text_on_data_that_conform_is_one_line() -> None:
    assert ["The data conform: 0 violations, 0 warnings, 0 notes."] == format_named("text").write(
        report(GOOD), "en"
    ).splitlines()


def test_turtle_is_the_standard_s_report() -> None:
    graph = rdflib.Graph().parse(data=format_named("turtle").write(report(BAD), "fi"), format="turtle")

    assert 3 == len(list(graph.subjects(RDF.type, SH.ValidationResult)))
    assert [False] == [value.toPython() for value in graph.objects(predicate=SH.conforms)]  # type: ignore[attr-defined]


def test_json_ld_is_the_same_report() -> None:
    text = format_named("json-ld").write(report(BAD), "fi")

    assert "@context" in json.loads(text)
    assert 3 == sum(
        "ValidationResult" in str(quad.object)
        for quad in parse(text.encode(), JSON_LD)
        if quad.predicate.value == str(RDF.type)
    )


@pytest.mark.parametrize(
    ("messages", "language", "message"),
    [
        ({"fi": "a", "en": "b"}, "fi", "a"),
        ({"fi": "a", "en": "b"}, "sv", "b"),
        ({"": "plain", "fi": "a"}, "sv", "plain"),
        ({"fi": "a"}, "sv", "a"),
        ({}, "sv", "MinCount"),
    ],
    ids=["own", "else-english", "else-plain", "else-any", "else-the-rule"],
)
def test_a_message_is_in_the_reader_s_language_else_in_the_next(
    messages: dict[str, str], language: str, message: str
) -> None:
    assert message == message_of(Result("Violation", "", "", "", "", "MinCount", messages), language)
