"""Data and shapes → a report: what conforms, what does not, and shapes that are wrong themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanke_lod import texts, validating
from hanke_lod.building import Understood
from hanke_lod.errors import RdfError
from hanke_lod.formats import N_QUADS, TURTLE
from hanke_lod.rdf import parse
from hanke_lod.texts import LANGUAGES

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""
SHAPES = (
    PREFIXES
    + """
:Named a sh:NodeShape ; sh:targetClass :Thing ;
  sh:property :Name, :Note ;
  sh:property [ sh:path :age ; sh:datatype xsd:integer ; sh:severity sh:Warning ; sh:message "ikä"@fi, "age"@en ] .
:Name sh:path :name ; sh:minCount 1 ; sh:message "nimi puuttuu"@fi, "namn saknas"@sv, "the name is missing"@en .
:Note sh:path :note ; sh:maxCount 0 ; sh:severity sh:Info .
"""
)


def report(data: str, shapes: str = SHAPES) -> validating.Report:
    """Return the report on data, both in Turtle."""
    return validating.check(graph(PREFIXES + data), graph(shapes))


def graph(text: str) -> validating.checking.Graph:
    """Return the graph that a Turtle text holds."""
    return validating.to_graph(parse(text.encode(), TURTLE, where="x"))


def refusal(shapes: str) -> RdfError:
    """Return the error that shapes are refused with; it can be said in every language."""
    with pytest.raises(RdfError) as caught:
        report(":a a :Thing ; :name 'x' .", PREFIXES + shapes)
    assert all(texts.say(caught.value.text, language, **caught.value.facts) for language in LANGUAGES)
    return caught.value


def test_data_that_break_no_rule_conform() -> None:
    made = report(":a a :Thing ; :name 'x' ; :age 3 .")

    assert made.conforms is True
    assert [] == made.results


def test_a_finding_says_where_what_and_why() -> None:
    (found,) = report(":a a :Thing .").results

    assert ("Violation", ":a", ":name", "", "MinCountConstraintComponent") == (
        found.severity,
        found.focus.replace("<https://example.org/a>", ":a"),
        found.path.replace("<https://example.org/name>", ":name"),
        found.value,
        found.component,
    )
    assert "https://example.org/Name" == found.shape
    assert {"fi": "nimi puuttuu", "sv": "namn saknas", "en": "the name is missing"} == found.messages


def test_findings_are_counted_by_severity_and_the_gravest_come_first() -> None:
    made = report(":a a :Thing ; :age 'x' ; :note 'n' . :b a :Thing .")

    assert ["Violation", "Violation", "Warning", "Info"] == [result.severity for result in made.results]
    assert (2, 1, 1) == tuple(made.count(severity) for severity in ("Violation", "Warning", "Info"))
    assert made.conforms is False


def test_findings_are_in_the_same_order_each_time() -> None:
    data = "".join(f":a{n} a :Thing ; :note 'n' . " for n in range(9))

    assert report(data).results == report(data).results
    assert sorted(result.focus for result in report(data).results if result.severity == "Violation") == [
        result.focus for result in report(data).results if result.severity == "Violation"
    ]


@pytest.mark.parametrize(
    "shapes",
    [
        ":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:path :name ; sh:minCount 'x' ] .",
        ":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:path :name ; sh:minCount 1, 2 ] .",
        ":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:minCount 1 ] .",
        ":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:path :name ; sh:pattern '(' ] .",
        ":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property 'x' .",
        ":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:path [ sh:inversePath 'x' ] ; sh:minCount 1 ] .",
        ":S a sh:NodeShape ; sh:targetClass :Thing ; sh:sparql [ sh:select 'SELECT nonsense' ] .",
    ],
    ids=["count-is-a-word", "two-counts", "no-path", "pattern", "property-is-a-word", "path", "sparql"],
)
def test_shapes_that_are_wrong_themselves_are_said_so(shapes: str) -> None:
    assert ("shapes-broken", 2) == (refusal(shapes).text, refusal(shapes).exit_code)


def test_no_shapes_find_nothing() -> None:
    assert report(":a a :Thing .", PREFIXES).conforms is True


def test_a_literal_that_its_datatype_does_not_have_is_found_and_prints_nothing_else(
    capfd: pytest.CaptureFixture[str],
) -> None:
    made = report(":a a :Thing ; :name 'x' ; :age 'vanha'^^xsd:integer .")

    assert ["Warning"] == [result.severity for result in made.results]
    assert ("", "") == tuple(capfd.readouterr())


def test_named_graphs_are_checked_together() -> None:
    quads = b'<https://example.org/a> <https://example.org/name> "x" <https://example.org/g> .\n'

    assert 1 == len(validating.to_graph(parse(quads, N_QUADS)))


def test_a_statement_about_a_statement_is_told_to_be_none_that_can_be_checked() -> None:
    data = PREFIXES + "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . :a rdf:reifies <<( :b :c :d )>> ."

    with pytest.raises(RdfError) as caught:
        graph(data)

    assert "rdf-star" == caught.value.text


def test_a_literal_is_checked_as_it_is_written() -> None:
    (found,) = validating.to_graph(parse((PREFIXES + ":a :b '007'^^xsd:integer .").encode(), TURTLE)).objects()

    assert "007" == str(found)


def test_the_bundled_shapes_load() -> None:
    assert len(validating.load_shapes()) > 1000


@pytest.mark.parametrize(("name", "content"), [("puuttuu.ttl", None), ("rikki.ttl", "<x")], ids=["missing", "broken"])
def test_a_file_of_shapes_that_cannot_be_read_is_told_with_its_name(
    tmp_path: Path, name: str, content: str | None
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")

    with pytest.raises(RdfError) as caught:
        validating.load_shapes([tmp_path / name])

    assert caught.value.where.startswith(str(tmp_path / name))


def test_given_shapes_take_the_place_of_the_bundled_ones(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(SHAPES, encoding="utf-8")

    assert len(graph(SHAPES)) == len(validating.load_shapes([tmp_path / "s.ttl"]))


def test_kemi_conforms(kemi: Understood) -> None:
    made = validating.check(validating.to_graph(kemi.description.merged), validating.load_shapes())

    assert [] == [result for result in made.results if result.severity == "Violation"]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr("socket.socket.connect", no_network)
    monkeypatch.setattr("socket.getaddrinfo", no_network)
    owl = "<https://example.org/> <http://www.w3.org/2002/07/owl#imports> <https://example.org/other> ."

    assert report(":a a :Thing ; :name 'x' .", SHAPES + owl).conforms is True


@pytest.mark.parametrize(
    "value", ["'x'", "'2021-02-31'^^xsd:date", "'2021'^^xsd:gYear", "7", "<https://example.org/x>"]
)
def test_values_that_cannot_be_compared_are_findings_and_no_fault_of_the_shapes(value: str) -> None:
    shapes = PREFIXES + "[] sh:targetClass :Thing ; sh:property [ sh:path :start ; sh:lessThanOrEquals :end ] ."

    made = report(f":a a :Thing ; :start {value} ; :end '2021-01-01'^^xsd:date .", shapes)

    assert ["LessThanOrEqualsConstraintComponent"] == [result.component for result in made.results]
