"""Shapes and data → the same shapes, aimed only at the nodes that may fail: pyshacl then has little left to do.

A rule here may be too strict, since pyshacl decides on every node that it holds back; it may never be too lenient. What
no rule here is certain of (SPARQL, `sh:not`, `sh:xone`, recursion, a parameter that is wrong) raises `_UncertainError`,
and the shape keeps its own targets. So the report is pyshacl's own over the whole graph; the tests compare the two.
"""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from itertools import chain, repeat
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from hanke_lod.validating.columns import Column, Columns

Facts = Mapping[Node, list[Node]]
"""What is stated of a shape: property → values."""
Values = Mapping[Node, Collection[Node]]
"""Focus node → its value nodes."""
Step = Callable[[Node], Collection[Node]]
Test = Callable[[Node], bool]

TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
#: Constraint components of one's own may stand at any shape, and shapes that are classes target their instances.
STRANGE = (
    (None, RDF.type, SH.ConstraintComponent),
    (None, RDFS.subClassOf, SH.ConstraintComponent),
    (SH.NodeShape, RDFS.subClassOf, RDFS.Class),
    (SH.PropertyShape, RDFS.subClassOf, RDFS.Class),
)
#: Parameter → the one that it goes with; without that pyshacl takes it for a mistake.
COMPANIONS: Mapping[Node, Node] = {
    SH.ignoredProperties: SH.closed,
    SH.qualifiedMinCount: SH.qualifiedValueShape,
    SH.qualifiedMaxCount: SH.qualifiedValueShape,
}
#: They constrain nothing by themselves.
PASSIVE = {
    *TARGETS, *COMPANIONS, SH.path, SH.flags,
    SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group, SH.defaultValue,
}  # fmt: skip
#: pyshacl looks at the Python value of these datatypes; of all others it asks only that they are not ill-typed.
PYTHON_TYPES: Mapping[Node, type | tuple[type, ...]] = {
    XSD.string: (str, bytes), RDF.langString: (str, bytes), XSD.integer: int, XSD.float: float, XSD.decimal: Decimal,
    XSD.boolean: bool, XSD.date: date, XSD.time: time, XSD.dateTime: datetime,
}  # fmt: skip
NODE_KINDS: Mapping[Node, tuple[type, ...]] = {
    SH.IRI: (URIRef,), SH.BlankNode: (BNode,), SH.Literal: (Literal,), SH.BlankNodeOrIRI: (BNode, URIRef),
    SH.BlankNodeOrLiteral: (BNode, Literal), SH.IRIOrLiteral: (URIRef, Literal),
}  # fmt: skip
#: Shapes within shapes within shapes: deeper than this is pyshacl's.
DEPTH = 5


class _UncertainError(Exception):
    """No rule here is certain; pyshacl must look at the shape itself."""


def narrow(data: Columns, shapes: Graph) -> Graph:
    """Return a copy of the shapes, each aimed only at the nodes that may break it; where that is uncertain, as it was."""
    narrowed = Graph(bind_namespaces="none")
    for prefix, namespace in shapes.namespaces():
        narrowed.bind(prefix, namespace)
    for subject in shapes.subjects(unique=True):  # one by one: messages name several values in the order of the graph
        for predicate, value in shapes.predicate_objects(subject):
            narrowed.add((subject, predicate, value))
    if any(pattern in shapes for pattern in STRANGE):
        return narrowed
    screen = _Screen(data, shapes)
    for shape in {s for target in TARGETS for s in shapes.subjects(target)}:
        try:
            suspects = screen.failing(shape, screen.targets(shape))
        except _UncertainError:
            continue
        for target in TARGETS:
            narrowed.remove((shape, target, None))
        for node in suspects:
            narrowed.add((shape, SH.targetNode, node))
    return narrowed


@dataclass(frozen=True)
class _Screen:
    """Data and shapes, and what was found out about them."""

    data: Columns
    shapes: Graph
    _instances: dict[Node, set[Node]] = field(default_factory=dict)

    def facts(self, shape: Node) -> Facts:
        facts: defaultdict[Node, list[Node]] = defaultdict(list)
        for predicate, value in self.shapes.predicate_objects(shape):
            facts[predicate].append(value)
        if set(facts.pop(RDF.type, [])) - {SH.NodeShape, SH.PropertyShape} or len(facts.get(SH.path, [])) > 1:
            raise _UncertainError
        if any(one in facts and other not in facts for one, other in COMPANIONS.items()):
            raise _UncertainError
        return facts

    def column(self, predicate: Node) -> Column:
        if not isinstance(predicate, URIRef):
            raise _UncertainError
        return self.data.forward.get(predicate, {})

    def items(self, head: Node) -> list[Node]:
        items: list[Node] = []
        while head != RDF.nil:
            first, rest = (list(self.shapes.objects(head, p)) for p in (RDF.first, RDF.rest))
            if len(first) != 1 or len(rest) != 1 or len(items) > 10_000:
                raise _UncertainError
            items += first
            head = rest[0]
        return items

    def instances(self, of: Node) -> set[Node]:
        """Return the instances of a class and of its subclasses in the data (SHACL §1.1, "SHACL instance")."""
        if of not in self._instances:
            below, types = self.data.backward(RDFS.subClassOf), self.data.backward(RDF.type)
            classes = _closure(lambda c: below.get(c, ()), [of])
            self._instances[of] = {node for c in classes for node in types.get(c, ())}
        return self._instances[of]

    def targets(self, shape: Node) -> set[Node]:
        """Return the focus nodes (SHACL §2.1.3)."""
        if isinstance(shape, BNode):  # the report holds a copy of it, targets and all
            raise _UncertainError
        facts = self.facts(shape)
        found = set(facts.get(SH.targetNode, []))
        for of in facts.get(SH.targetClass, []):
            found |= self.instances(of)
        for predicate in facts.get(SH.targetSubjectsOf, []):
            found |= self.column(predicate).keys()
        for predicate in facts.get(SH.targetObjectsOf, []):
            found |= self.data.backward(predicate).keys()
        return found

    def step(self, path: Node, depth: int = 0) -> Step:
        """Return the function from a node to the nodes that a path leads to (SHACL §2.3.1)."""
        if isinstance(path, URIRef):
            column = self.column(path)
            return lambda node: column.get(node, ())
        facts = self.facts(path)
        if depth > DEPTH or isinstance(path, Literal):
            raise _UncertainError
        if RDF.first in facts:
            return _sequence([self.step(part, depth + 1) for part in self.items(path)])
        if len(facts) != 1 or len(next(iter(facts.values()))) != 1:
            raise _UncertainError
        ((kind, (inner,)),) = facts.items()
        if kind == SH.inversePath and isinstance(inner, URIRef):  # of longer paths pyshacl has an order of its own
            column = self.data.backward(inner)
            return lambda node: column.get(node, ())
        if kind == SH.alternativePath:
            steps = [self.step(part, depth + 1) for part in self.items(inner)]
            return lambda node: {value for one in steps for value in one(node)}
        if kind not in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath):
            raise _UncertainError
        once = self.step(inner, depth + 1)
        if kind == SH.zeroOrOnePath:
            return lambda node: {node, *once(node)}
        return lambda node: _closure(once, [node] if kind == SH.zeroOrMorePath else once(node))

    def failing(self, shape: Node, focus: Collection[Node], within: tuple[Node, ...] = ()) -> set[Node]:
        """Return the focus nodes that may break the shape.

        Raises:
            _UncertainError: the rules cannot tell.
        """
        if shape in within or len(within) > DEPTH:
            raise _UncertainError
        facts = self.facts(shape)
        path = facts.get(SH.path)
        values = self.values(path[0], focus) if path else {node: (node,) for node in focus}
        check = _Check(self, facts, values, (*within, shape))
        wrong: set[Node] = set()
        failing: set[Node] = set()
        for parameter, arguments in facts.items():
            if parameter in TESTS:
                holds = TESTS[parameter](check, arguments)
                wrong.update(value for value in chain.from_iterable(values.values()) if not holds(value))
            elif parameter in OF_VALUES:
                wrong |= OF_VALUES[parameter](check, arguments)
            elif parameter in OF_FOCUS:
                failing |= OF_FOCUS[parameter](check, arguments)
            elif str(parameter).startswith(str(SH)) and parameter not in PASSIVE:
                raise _UncertainError
        if wrong:
            failing |= {node for node, found in values.items() if not wrong.isdisjoint(found)}
        return failing

    def values(self, path: Node, focus: Collection[Node]) -> Values:
        """Return the value nodes by focus node."""
        if isinstance(path, URIRef):  # by far the most, so without a call for each node
            return dict(zip(focus, map(self.column(path).get, focus, repeat(())), strict=True))
        step = self.step(path)
        return {node: step(node) for node in focus}


@dataclass(frozen=True)
class _Check:
    """A shape being checked: what is stated of it, and the value nodes by focus node."""

    screen: _Screen
    facts: Facts
    values: Values
    within: tuple[Node, ...]

    @cached_property
    def every(self) -> set[Node]:
        """All value nodes."""
        return set(chain.from_iterable(self.values.values()))

    def inner(self, shape: Node, *, property_shape: bool | None = None) -> set[Node]:
        """Return the value nodes that may break a shape named by this one."""
        facts = self.screen.facts(shape)
        if not facts or (property_shape is not None and property_shape != (SH.path in facts)):
            raise _UncertainError
        return self.screen.failing(shape, self.every, self.within)

    def of_property(self) -> None:
        if SH.path not in self.facts:
            raise _UncertainError


def _closure(step: Step, start: Iterable[Node]) -> set[Node]:
    found: set[Node] = set()
    ahead = list(start)
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += step(node)
    return found


def _sequence(steps: list[Step]) -> Step:
    def follow(node: Node) -> Collection[Node]:
        nodes: Collection[Node] = [node]
        for step in steps:
            nodes = {value for one in nodes for value in step(one)}
        return nodes

    if len(steps) < 2:
        raise _UncertainError
    return follow


def _only(arguments: list[Node]) -> Node:
    if len(arguments) != 1:
        raise _UncertainError
    return arguments[0]


def _number(arguments: list[Node]) -> int:
    number = _only(arguments)
    if (
        isinstance(number, Literal)
        and number.datatype == XSD.integer
        and type(number.value) is int
        and number.value >= 0
    ):
        return number.value
    raise _UncertainError


# Tests of one value node (SHACL §4.1, 4.3, 4.4, 4.8.3).


def _class(check: _Check, arguments: list[Node]) -> Test:
    all_of = [check.screen.instances(argument) for argument in arguments]
    return lambda value: all(value in instances for instances in all_of)


def _datatype(_check: _Check, arguments: list[Node]) -> Test:
    datatype = _only(arguments)
    python = PYTHON_TYPES.get(datatype, object)

    def holds(value: Node) -> bool:
        if not isinstance(value, Literal):
            return False
        stated = RDF.langString if value.language else value.datatype or XSD.string
        return stated == datatype and value.ill_typed is not True and isinstance(value.value, python)

    return holds


def _node_kind(_check: _Check, arguments: list[Node]) -> Test:
    kinds = NODE_KINDS.get(_only(arguments))
    if kinds is None:
        raise _UncertainError
    return lambda value: isinstance(value, kinds)


def _in(check: _Check, arguments: list[Node]) -> Test:
    allowed = set(check.screen.items(_only(arguments)))
    return lambda value: value in allowed


def _pattern(check: _Check, arguments: list[Node]) -> Test:
    flags = [str(flag) for flag in check.facts.get(SH.flags, [])]
    if len(flags) > 1 or not all(isinstance(argument, Literal) for argument in arguments):
        raise _UncertainError
    said = "".join(flags).lower()
    options = (re.IGNORECASE if "i" in said else 0) | (re.MULTILINE if "m" in said else 0)
    try:
        patterns = [re.compile(str(argument), options) for argument in arguments]
    except re.error as error:
        raise _UncertainError from error
    return lambda value: not isinstance(value, BNode) and all(p.search(str(value)) for p in patterns)


def _min_length(_check: _Check, arguments: list[Node]) -> Test:
    least = _number(arguments)
    return lambda value: not isinstance(value, BNode) and len(str(value)) >= least


def _max_length(_check: _Check, arguments: list[Node]) -> Test:
    most = _number(arguments)
    return lambda value: not isinstance(value, BNode) and len(str(value)) <= most


def _language_in(check: _Check, arguments: list[Node]) -> Test:
    ranges = check.screen.items(_only(arguments))
    if not all(isinstance(one, Literal) and isinstance(one.value, str) for one in ranges):
        raise _UncertainError
    languages = {str(one).lower() for one in ranges}
    return lambda value: isinstance(value, Literal) and (value.language or "").lower() in languages


def _compared(holds: Callable[[Any, Any], bool]) -> Callable[[_Check, list[Node]], Test]:  # Any: numbers or dates
    def make(_check: _Check, arguments: list[Node]) -> Test:
        bounds = [bound for bound in arguments if isinstance(bound, Literal)]
        if len(bounds) != len(arguments):
            raise _UncertainError
        return lambda value: (
            isinstance(value, Literal)
            and all(_comparable(value, bound) and holds(value.value, bound.value) for bound in bounds)
        )

    return make


def _comparable(one: Literal, other: Literal) -> bool:
    """Return whether the two compare in rdflib as their values do in Python: exact numbers, dates of one datatype."""
    kinds = {type(one.value), type(other.value)}
    return kinds <= {int, Decimal} or (kinds == {date} and one.datatype == other.datatype)


TESTS: Mapping[Node, Callable[[_Check, list[Node]], Test]] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH["in"]: _in,
    SH.pattern: _pattern,
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    SH.languageIn: _language_in,
    SH.minInclusive: _compared(operator.ge),
    SH.maxInclusive: _compared(operator.le),
    SH.minExclusive: _compared(operator.gt),
    SH.maxExclusive: _compared(operator.lt),
}


# Rules about all value nodes at once: which of them may fail (SHACL §4.6, 4.7, 4.8.1).


def _property(check: _Check, arguments: list[Node]) -> set[Node]:
    return set().union(*(check.inner(shape, property_shape=True) for shape in arguments))


def _node(check: _Check, arguments: list[Node]) -> set[Node]:
    return set().union(*(check.inner(shape, property_shape=False) for shape in arguments))


def _and(check: _Check, arguments: list[Node]) -> set[Node]:
    members = [member for argument in arguments for member in check.screen.items(argument)]
    return set().union(*(check.inner(member) for member in members))


def _or(check: _Check, arguments: list[Node]) -> set[Node]:
    wrong: set[Node] = set()
    for argument in arguments:
        members = [check.inner(member) for member in check.screen.items(argument)]
        if not members:
            raise _UncertainError
        wrong |= set.intersection(*members)
    return wrong


def _closed(check: _Check, arguments: list[Node]) -> set[Node]:
    closed = _only(arguments)
    lists = check.facts.get(SH.ignoredProperties, [])
    if not isinstance(closed, Literal) or not isinstance(closed.value, bool):
        raise _UncertainError
    allowed = {item for head in lists for item in check.screen.items(head)}
    allowed |= {path for shape in check.facts.get(SH.property, []) for path in check.screen.facts(shape)[SH.path]}
    others = [column for predicate, column in check.screen.data.forward.items() if predicate not in allowed]
    return {value for column in others for value in column.keys() & check.every} if closed.value else set()


OF_VALUES: Mapping[Node, Callable[[_Check, list[Node]], set[Node]]] = {
    SH.property: _property,
    SH.node: _node,
    SH["and"]: _and,
    SH["or"]: _or,
    SH.closed: _closed,
}


# Rules about the value nodes of one focus node together (SHACL §4.2, 4.4.5, 4.5, 4.7.3, 4.8.2).


def _min_count(check: _Check, arguments: list[Node]) -> set[Node]:
    check.of_property()
    least = _number(arguments)
    return {node for node, values in check.values.items() if len(values) < least}


def _max_count(check: _Check, arguments: list[Node]) -> set[Node]:
    check.of_property()
    most = _number(arguments)
    return {node for node, values in check.values.items() if len(values) > most}


def _unique_lang(check: _Check, arguments: list[Node]) -> set[Node]:
    check.of_property()
    unique = _only(arguments)
    if not isinstance(unique, Literal) or not isinstance(unique.value, bool):
        raise _UncertainError

    def repeats(values: Collection[Node]) -> bool:
        tags = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
        return len(tags) != len(set(tags))

    return {node for node, values in check.values.items() if len(values) > 1 and repeats(values)}


def _has_value(check: _Check, arguments: list[Node]) -> set[Node]:
    return {node for node, values in check.values.items() if not all(argument in values for argument in arguments)}


def _pairs(holds: Callable[[set[Node], set[Node]], bool]) -> Callable[[_Check, list[Node]], set[Node]]:
    def rule(check: _Check, arguments: list[Node]) -> set[Node]:
        columns = [check.screen.column(argument) for argument in arguments]
        return {
            node
            for node, values in check.values.items()
            if not all(holds(set(values), set(column.get(node, ()))) for column in columns)
        }

    return rule


def _before(*, strictly: bool) -> Callable[[_Check, list[Node]], set[Node]]:
    def ordered(values: set[Node], others: set[Node]) -> bool:
        blank = any(isinstance(value, BNode) for value in values)  # pyshacl stops there
        return not blank and all(precedes(one, other) for one in values for other in others)

    def precedes(one: Node, other: Node) -> bool:
        if not isinstance(one, Literal) or not isinstance(other, Literal):
            return False
        return (one == other and not strictly) or (_comparable(one, other) and bool(one.value < other.value))

    def rule(check: _Check, arguments: list[Node]) -> set[Node]:
        check.of_property()
        if len(check.within) > 1:  # it stops even where another branch of sh:or would do
            raise _UncertainError
        return _pairs(ordered)(check, arguments)

    return rule


def _qualified(check: _Check, arguments: list[Node]) -> set[Node]:
    check.of_property()
    least, most = check.facts.get(SH.qualifiedMinCount), check.facts.get(SH.qualifiedMaxCount)
    if not least and not most:
        raise _UncertainError
    wrong = check.inner(_only(arguments))
    failing: set[Node] = set()
    for node, values in check.values.items():
        certain = sum(value not in wrong for value in values)
        if (least and certain < _number(least)) or (most and len(values) > _number(most)):
            failing.add(node)
    return failing


OF_FOCUS: Mapping[Node, Callable[[_Check, list[Node]], set[Node]]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.uniqueLang: _unique_lang,
    SH.hasValue: _has_value,
    SH.equals: _pairs(lambda values, others: values == others),
    SH.disjoint: _pairs(lambda values, others: values.isdisjoint(others)),
    SH.lessThan: _before(strictly=True),
    SH.lessThanOrEquals: _before(strictly=False),
    SH.qualifiedValueShape: _qualified,
}
