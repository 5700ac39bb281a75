"""What is validated with the pre-check is reported as pyshacl alone reports it: on broken data, for every component."""

# ruff: noqa: E501 (a component's ways to be stated are one row of a table)

from __future__ import annotations

import functools
import random
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node
from tests import test_shapes

from hanke_lod import rdf, validating
from hanke_lod.building import Understood
from hanke_lod.formats import TURTLE
from hanke_lod.validating import components, screening
from hanke_lod.validating.columns import Columns
from hanke_lod.validating.terms import n_triples

Triple = tuple[Node, Node, Node]
Told = object
"""What a node says: its term, or of a blank node everything that is stated of it."""

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <urn:x:> .
"""


# ---------------------------------------------------------------------------- the two reports, and how they are compared


def told(graph: Graph, node: Node, depth: int = 4) -> Told:
    if not isinstance(node, BNode):
        return node.n3()
    if not depth:
        return "[]"
    return frozenset(Counter((p, told(graph, o, depth - 1)) for p, o in graph.predicate_objects(node)).items())


def results(graph: Graph) -> Counter[Told]:
    assert len(set(graph.subjects(RDF.type, SH.ValidationReport))) == 1
    return Counter(told(graph, result) for result in graph.objects(None, SH.result))


def plain(triples: Sequence[Triple]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def columns(triples: Sequence[Triple]) -> Graph:
    graph = Graph(Columns(), bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def outcome(report: Callable[[], Graph]) -> Counter[Told] | str:
    """Return the results, or "error": which of several mistakes in the shapes pyshacl meets first is not told."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return results(report())
        except Exception:  # whatever pyshacl trips over: an assertion of its own, too
            return "error"


def alone(triples: Sequence[Triple], shapes: Graph) -> Counter[Told] | str:
    return outcome(lambda: validating.check(plain(triples), plain(list(shapes))).graph)


def screened(triples: Sequence[Triple], shapes: Graph) -> Counter[Told] | str:
    return outcome(lambda: validating.check(columns(triples), plain(list(shapes))).graph)


def turtle(text: str) -> Graph:
    return validating.to_graph(rdf.parse((PREFIXES + text).encode(), TURTLE))


# ------------------------------------------------------------------------------------------------------ the shapes of ours


def kemi_triples(understood: Understood) -> list[Triple]:
    return list(validating.to_graph(understood.description.merged))


STRANGE_VALUES: tuple[Node, ...] = (
    Literal("x"), Literal("x", lang="fi"), Literal("X", lang="fi"), Literal(" ", lang="sv"), Literal(""), Literal("7"),
    Literal("2021", datatype=XSD.gYear), Literal("2021-13", datatype=XSD.gYearMonth), Literal("-1", datatype=XSD.decimal),
    Literal("2021-02-30", datatype=XSD.date), Literal("1999-01-01", datatype=XSD.date), Literal("1.50", datatype=XSD.decimal),
    Literal("2090-01-01", datatype=XSD.date), Literal("x", datatype=XSD.integer), Literal("00", datatype=XSD.hexBinary),
    URIRef("urn:x:nowhere"), URIRef("https://example.org/"), URIRef("http://localhost:8000/id/project/x"), BNode("b"),
)  # fmt: skip


def mutated(triples: Sequence[Triple], chance: random.Random) -> list[Triple]:
    """Return the triples after a few of the mistakes that people and programs make."""
    broken = list(triples)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(broken))
        (s, p, o), (other, property_, value) = broken[place], chance.choice(broken)
        strange = chance.choice(STRANGE_VALUES)
        subject = chance.choice([s, other, URIRef("urn:x:new"), BNode("b")])
        broken[place] = chance.choice([
            (s, p, strange), (s, p, value), (s, property_, o), (subject, p, o), (s, URIRef(f"{p}l"), o), (s, p, other)
        ])  # fmt: skip
        if chance.random() < 0.5:  # added, not put in its place
            broken.append((s, p, o))
    return broken


@functools.cache
def bundled() -> Graph:
    return validating.load_shapes()


@pytest.mark.slow
@settings(max_examples=25)
@given(st.integers())
def test_broken_data_are_reported_as_by_pyshacl_alone(seed: int) -> None:
    triples = mutated(sorted(test_shapes.conforming()), random.Random(seed))

    assert alone(triples, bundled()) == screened(triples, bundled())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_broken_list_is_reported_as_by_pyshacl_alone(seed: int, kemi: Understood) -> None:
    triples = mutated(sorted(kemi_triples(kemi)), random.Random(seed))
    found = screened(triples, bundled())

    assert alone(triples, bundled()) == found
    assert found


@pytest.mark.parametrize("case", test_shapes.CASES, ids=test_shapes.ids(test_shapes.CASES))
def test_the_node_that_breaks_a_constraint_is_never_passed_over(case: test_shapes.Case) -> None:
    data = columns(list(test_shapes.edited(case.breaks)))
    aimed = screening.narrow(cast(Columns, data.store), bundled())
    suspects = {
        (str(shape), test_shapes.SOME_BLANK_NODE if isinstance(node, BNode) else n_triples(node))
        for shape, node in aimed.subject_objects(SH.targetNode)
    }

    assert {(shape, focus) for shape, _component, focus in test_shapes.expected(case)} <= suspects


def test_every_bundled_shape_is_screened_and_what_conforms_leaves_little_to_look_at(kemi: Understood) -> None:
    data = columns(kemi_triples(kemi))
    aimed = screening.narrow(cast(Columns, data.store), bundled())
    whole = {s for target in screening.TARGETS[1:] for s in aimed.subjects(target)}

    assert set() == whole
    assert len(list(aimed.subject_objects(SH.targetNode))) < 10


# ----------------------------------------------------------------------------------- any shapes: each component, any data

NODES: list[Node] = [URIRef(f"urn:x:n{number}") for number in range(5)]
PROPERTIES: list[Node] = [URIRef(f"urn:x:{letter}") for letter in "pqr"]
CLASSES: list[Node] = [URIRef("urn:x:A"), URIRef("urn:x:B")]
LITERALS: list[Node] = [
    Literal("a"), Literal("abc"), Literal("A"), Literal("a", lang="fi"), Literal("b", lang="fi"), Literal("a", lang="sv"),
    Literal("a", lang="sv-fi"), Literal("1", datatype=XSD.integer), Literal("01", datatype=XSD.integer), Literal("2", datatype=XSD.integer),
    Literal("1.0", datatype=XSD.decimal), Literal("1.5", datatype=XSD.double), Literal("NaN", datatype=XSD.double),
    Literal("one", datatype=XSD.integer), Literal("3", datatype=XSD.nonNegativeInteger), Literal("true", datatype=XSD.boolean),
    Literal("2021-01-01", datatype=XSD.date), Literal("2022-01-01Z", datatype=XSD.date), Literal("2021", datatype=XSD.gYear),
    Literal("2021-01-01T00:00:00", datatype=XSD.dateTime), Literal("2021-01-01T00:00:00Z", datatype=XSD.dateTime),
    Literal("2021-02-30", datatype=XSD.date), Literal("x", datatype=URIRef("urn:x:own")), Literal("ff", datatype=XSD.hexBinary),
]  # fmt: skip
VALUES = " ".join(node.n3() for node in [*LITERALS, *NODES[:3]])

PATHS = (
    ":p", ":p", ":p", "[ sh:inversePath :p ]", "( :p :q )", "[ sh:alternativePath ( :p :q ) ]", "[ sh:zeroOrMorePath :p ]",
    "[ sh:oneOrMorePath :p ]", "[ sh:zeroOrOnePath :q ]", "[ sh:oneOrMorePath [ sh:alternativePath ( :p :q ) ] ]",
    "[ sh:inversePath ( :p :q ) ]", "( :p )",
)  # fmt: skip
TARGETS = (
    "sh:targetClass :A", "sh:targetClass :A, :B", "sh:targetSubjectsOf :p", "sh:targetObjectsOf :q",
    "sh:targetNode :n1, :absent", "sh:targetNode 'a'", "sh:targetSubjectsOf :q ; sh:targetObjectsOf :p",
)  # fmt: skip
#: Component → what a shape may say of it; PATH, SHAPE and the like are filled in.
CONSTRAINTS: dict[str, tuple[str, ...]] = {
    "class": ("sh:class :A", "sh:class :A, :B"),
    "datatype": (
        "sh:datatype xsd:string", "sh:datatype rdf:langString", "sh:datatype xsd:integer", "sh:datatype xsd:date",
        "sh:datatype xsd:decimal", "sh:datatype xsd:double", "sh:datatype xsd:gYear", "sh:datatype xsd:dateTime",
        "sh:datatype xsd:boolean", "sh:datatype :own", "sh:datatype rdfs:Literal", "sh:datatype xsd:date, xsd:string",
    ),
    "nodeKind": tuple(
        f"sh:nodeKind sh:{kind}" for kind in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral", "Nothing")
    ),
    "in": ("sh:in ( 'a' 1 :n1 )", "sh:in ( 'a'@fi 'a'@sv )", "sh:in ()", f"sh:in ( {VALUES} )"),
    "pattern": ("sh:pattern '^a'", "sh:pattern '^a$' ; sh:flags 'i'", "sh:pattern 'a', 'b'", "sh:pattern '('", "sh:pattern '^urn'"),
    "minLength": ("sh:minLength 2", "sh:minLength 0", "sh:minLength 'x'", "sh:minLength -1"),
    "maxLength": ("sh:maxLength 2", "sh:maxLength 0", "sh:maxLength 2, 3"),
    "languageIn": ("sh:languageIn ( 'fi' )", "sh:languageIn ( 'fi' 'sv' )", "sh:languageIn ( '*' )", "sh:languageIn ( 1 )", "sh:languageIn ( 'SV' )"),
    "minInclusive": ("sh:minInclusive 1", "sh:minInclusive 1.0", "sh:minInclusive '2021-01-01'^^xsd:date", "sh:minInclusive 'a'", "sh:minInclusive 1, 2"),
    "maxInclusive": ("sh:maxInclusive 1", "sh:maxInclusive 1.5e0", "sh:maxInclusive '2021'^^xsd:gYear"),
    "minExclusive": ("sh:minExclusive 1", "sh:minExclusive '2021-01-01T00:00:00'^^xsd:dateTime"),
    "maxExclusive": ("sh:maxExclusive 2", "sh:maxExclusive '2022-01-01'^^xsd:date", "sh:maxExclusive :n1"),
    "property": ("sh:property [ sh:path PATH ; CONSTRAINT ]", "sh:property [ sh:path :q ; sh:minCount 1 ], [ sh:path PATH ; CONSTRAINT ]", "sh:property :n1"),
    "node": ("sh:node [ CONSTRAINT ]", "sh:node [ sh:property [ sh:path PATH ; CONSTRAINT ] ]", "sh:node :shape"),
    "and": ("sh:and ( [ CONSTRAINT ] [ CONSTRAINT ] )", "sh:and ( [ sh:path PATH ; CONSTRAINT ] [ CONSTRAINT ] )"),
    "or": ("sh:or ( [ CONSTRAINT ] [ CONSTRAINT ] )", "sh:or ( [ sh:path PATH ; CONSTRAINT ] [ sh:path PATH ; CONSTRAINT ] )", "sh:or ()"),
    "closed": (
        "sh:closed true ; sh:ignoredProperties ( rdf:type )", "sh:closed false", "sh:closed true ; sh:property [ sh:path :p ]",
        "sh:closed true ; sh:ignoredProperties ( rdf:type :p :q )", "sh:ignoredProperties ( rdf:type )",
    ),
    "minCount": ("sh:minCount 1", "sh:minCount 2", "sh:minCount 0", "sh:minCount 1.5"),
    "maxCount": ("sh:maxCount 1", "sh:maxCount 0", "sh:maxCount 1, 2"),
    "uniqueLang": ("sh:uniqueLang true", "sh:uniqueLang false", "sh:uniqueLang 1"),
    "hasValue": ("sh:hasValue 'a'", "sh:hasValue :n1, :n2", "sh:hasValue 1"),
    "equals": ("sh:equals :q", "sh:equals :q, :r"),
    "disjoint": ("sh:disjoint :q", "sh:disjoint :q, :r"),
    "lessThan": ("sh:lessThan :q", "sh:lessThan :q, :r", "sh:lessThan 'q'"),
    "lessThanOrEquals": ("sh:lessThanOrEquals :q", "sh:lessThanOrEquals :r"),
    "qualifiedValueShape": tuple(
        f"sh:qualifiedValueShape [ CONSTRAINT ] ; {counts}"
        for counts in ("sh:qualifiedMinCount 1", "sh:qualifiedMaxCount 1", "sh:qualifiedMaxCount 0", "sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
                       "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true", "sh:order 1")
    ),
    # what is left to pyshacl
    "not": ("sh:not [ CONSTRAINT ]",),
    "xone": ("sh:xone ( [ CONSTRAINT ] [ CONSTRAINT ] )",),
    "sparql": ("sh:sparql [ sh:select 'SELECT $this WHERE { $this <urn:x:p> $this }' ]",),
    "deactivated": ("sh:deactivated true ; sh:minLength 5",),
    "recursion": ("sh:node :shape",),
}  # fmt: skip


def chosen_constraint(component: str, chance: random.Random, depth: int = 0) -> str:
    text = chance.choice(CONSTRAINTS[component])
    while "CONSTRAINT" in text:
        inner = chance.choice(
            [name for name in CONSTRAINTS if depth < 2 or "CONSTRAINT" not in "".join(CONSTRAINTS[name])]
        )
        text = text.replace("CONSTRAINT", chosen_constraint(inner, chance, depth + 1), 1)
    while "PATH" in text:
        text = text.replace("PATH", chance.choice(PATHS), 1)
    return text


def chosen_shapes(component: str, chance: random.Random) -> str:
    of_property = chance.random() < 0.7 and component not in ("closed",)
    kind = f"sh:PropertyShape ; sh:path {chance.choice(PATHS)}" if of_property else "sh:NodeShape"
    parts = [kind, chance.choice(TARGETS), chosen_constraint(component, chance)]
    if chance.random() < 0.3:
        parts.append(chosen_constraint(chance.choice(list(CONSTRAINTS)), chance))
    severity = chance.choice(["Violation", "Warning", "Info"])
    name = chance.choice([":shape", ":shape", ":shape", "[]"])
    return f"{name} a {' ; '.join(parts)} ; sh:severity sh:{severity} ; sh:message 'näin'@fi, 'so'@en ."


def chosen_data(chance: random.Random) -> list[Triple]:
    nodes = [
        *NODES,
        BNode(f"b{chance.getrandbits(64)}"),
    ]  # pyshacl remembers what it wrote of a blank node by its label
    pool = chance.sample(LITERALS, 5) + nodes
    data: list[Triple] = [(chance.choice(nodes), chance.choice(PROPERTIES), chance.choice(pool)) for _ in range(14)]
    data += [(chance.choice(nodes), RDF.type, chance.choice(CLASSES)) for _ in range(4)]
    if chance.random() < 0.3:
        data.append((CLASSES[1], RDFS.subClassOf, CLASSES[0]))
    return data


@pytest.mark.parametrize("component", CONSTRAINTS)
def test_any_shape_on_any_data_is_reported_as_by_pyshacl_alone(component: str) -> None:
    chance = random.Random(component)
    met: set[str] = set()
    for _ in range(60):
        text, triples = chosen_shapes(component, chance), chosen_data(chance)
        shapes = turtle(text)
        expected = alone(triples, shapes)
        met.add("error" if expected == "error" else "results" if expected else "none")

        assert expected == screened(triples, shapes), text

    assert met & {"results", "error"} or component == "deactivated"


def test_every_component_of_shacl_core_has_its_rule_or_is_left_to_pyshacl() -> None:
    ruled = {
        str(term).removeprefix(str(SH))
        for table in (components.TESTS, components.OF_VALUES, components.OF_FOCUS)
        for term in table
    }

    assert set(CONSTRAINTS) - ruled == {"xone", "sparql", "deactivated", "recursion"}
    assert ruled <= set(CONSTRAINTS)
