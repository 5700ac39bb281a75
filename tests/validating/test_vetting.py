"""Shapes that are wrong themselves are said to be so, with their place; and rules that are about nothing."""

# ruff: noqa: E501 (a case is one row of a table)

from __future__ import annotations

from pathlib import Path

import pytest

from hanke_lod import rdf, texts, validating
from hanke_lod.errors import RdfError
from hanke_lod.formats import TURTLE
from hanke_lod.resources import shape_files
from hanke_lod.texts import LANGUAGES

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> .\n"
WRONG = {
    "no-shapes": (":a :b :c .", "shapes-none", ""),
    "misspelt-term": (":S a sh:NodeShape ; sh:targetClass :T ;\n sh:property [ sh:path :n ;\n sh:minCout 1 ] .", "shapes-term-near", ":4"),
    "misspelt-value": (":S a sh:NodeShape ; sh:targetClass :T ;\n sh:nodeKind sh:Iri .", "shapes-term-near", ":3"),
    "unknown-term": (":S a sh:NodeShape ; sh:targetClass :T ; sh:qqqqq 1 .", "shapes-term", ":2"),
    "count-is-a-word": (":S a sh:NodeShape ; sh:targetClass :T ;\n sh:property [ sh:path :n ;\n sh:minCount 'x' ] .", "shapes-broken", ":4"),
    "two-paths": (":S a sh:PropertyShape ; sh:targetClass :T ;\n sh:path :n, :m ; sh:minCount 1 .", "shapes-broken", ":2"),
    "datatype-is-a-word": (":S a sh:NodeShape ; sh:targetClass :T ;\n\n sh:datatype 'x' .", "shapes-broken", ":4"),
    "list-is-none": (":S a sh:NodeShape ; sh:targetClass :T ; sh:in :a .", "shapes-broken", ":2"),
}  # fmt: skip


@pytest.mark.parametrize(("shapes", "text", "line"), WRONG.values(), ids=WRONG)
def test_shapes_that_are_wrong_are_said_to_be_so_with_file_and_line(
    tmp_path: Path, shapes: str, text: str, line: str
) -> None:
    path = tmp_path / "omat.ttl"
    path.write_text(PREFIXES + shapes, encoding="utf-8")

    with pytest.raises(RdfError) as caught:
        validating.load_shapes([path])

    assert (text, f"{path}{line}", 2) == (caught.value.text, caught.value.where, caught.value.exit_code)
    assert 3 == len({texts.say(text, language, **caught.value.facts) for language in LANGUAGES})


def test_shapes_that_are_right_pass_in_several_files(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        PREFIXES + ":S a sh:NodeShape ; sh:targetClass :T ; sh:property :P .", encoding="utf-8"
    )
    (tmp_path / "b.ttl").write_text(PREFIXES + ":P sh:path :n ; sh:minCount 1 .", encoding="utf-8")

    assert 5 == len(validating.load_shapes([tmp_path / "a.ttl", tmp_path / "b.ttl"]))


@pytest.mark.slow
def test_the_bundled_shapes_are_right_by_shacl_s_own_rules() -> None:
    assert len(validating.load_shapes()) == len(validating.load_shapes(shape_files()))


def test_a_base_takes_the_place_of_the_bundled_rule_s_pattern() -> None:
    graph = validating.to_graph(rdf.parse(b"<https://a.fi/id/sector/x> a <https://w3id.org/hanke/ns#Sector> .", TURTLE))

    def found(base: str) -> int:
        results = validating.check(graph, validating.load_shapes(base_uri=base)).results
        return sum(result.shape.endswith("#UnderBase") for result in results)

    assert [0, 0, 1, 1] == [found(base) for base in ("", "https://a.fi/", "https://a-fi/", "https://b.fi/")]


ABOUT = {
    "class": ("sh:targetClass :T", True),
    "subclass": ("sh:targetClass :U", True),
    "other-class": ("sh:targetClass :X", False),
    "subjects": ("sh:targetSubjectsOf :p", True),
    "other-subjects": ("sh:targetSubjectsOf :q", False),
    "objects": ("sh:targetObjectsOf :p", True),
    "node": ("sh:targetNode :nowhere", True),
    "implicit": ("a <http://www.w3.org/2000/01/rdf-schema#Class>", False),
}


@pytest.mark.parametrize(("target", "about"), ABOUT.values(), ids=ABOUT)
def test_it_is_known_whether_the_rules_are_about_anything_in_the_data(target: str, about: bool) -> None:
    data = ":a a :T ; :p 1 . :T <http://www.w3.org/2000/01/rdf-schema#subClassOf> :U ."
    graphs = [
        validating.to_graph(rdf.parse((PREFIXES + text).encode(), TURTLE))
        for text in (f":S a sh:NodeShape ; {target} .", data)
    ]

    assert about is validating.apply(*graphs)


def test_a_class_that_is_a_shape_is_about_its_instances() -> None:
    shape = PREFIXES + ":T a sh:NodeShape , <http://www.w3.org/2000/01/rdf-schema#Class> ."
    data = PREFIXES + ":a a :T ."

    assert validating.apply(*(validating.to_graph(rdf.parse(text.encode(), TURTLE)) for text in (shape, data)))
