"""The rules of SHACL Core by which a node may fail: a row per constraint parameter, in three tables.

A rule may be too strict, never too lenient (`screening`). What it cannot be certain of raises `UncertainError`.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

if TYPE_CHECKING:
    from hanke_lod.validating.screening import Screen

Facts = Mapping[Node, list[Node]]
"""What is stated of a shape: property → values."""
Values = Mapping[Node, Collection[Node]]
"""Focus node → its value nodes."""
Test = Callable[[Node], bool]

#: pyshacl looks at the Python value of these datatypes; of all others it asks only that they are not ill-typed.
PYTHON_TYPES: Mapping[Node, type | tuple[type, ...]] = {
    XSD.string: (str, bytes), RDF.langString: (str, bytes), XSD.integer: int, XSD.float: float, XSD.decimal: Decimal,
    XSD.boolean: bool, XSD.date: date, XSD.time: time, XSD.dateTime: datetime,
}  # fmt: skip
NODE_KINDS: Mapping[Node, tuple[type, ...]] = {
    SH.IRI: (URIRef,), SH.BlankNode: (BNode,), SH.Literal: (Literal,), SH.BlankNodeOrIRI: (BNode, URIRef),
    SH.BlankNodeOrLiteral: (BNode, Literal), SH.IRIOrLiteral: (URIRef, Literal),
}  # fmt: skip
#: What may stand in a shape that sh:not names: rules that are neither too strict nor too lenient.
EXACT = {
    SH["class"], SH.datatype, SH.nodeKind, SH["in"], SH.pattern, SH.minCount, SH.maxCount, SH.hasValue,
    SH.disjoint, SH.path, SH.message, SH.severity, SH.name, SH.description, SH.order,
}  # fmt: skip


class UncertainError(Exception):
    """No rule here is certain; pyshacl must look at the shape itself."""


@dataclass(frozen=True)
class Check:
    """A shape being checked: what is stated of it, and the value nodes by focus node."""

    screen: Screen
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
            raise UncertainError
        return self.screen.failing(shape, self.every, self.within)

    def of_property(self) -> None:
        if SH.path not in self.facts:
            raise UncertainError


def _only(arguments: list[Node]) -> Node:
    if len(arguments) != 1:
        raise UncertainError
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
    raise UncertainError


# Tests of one value node (SHACL §4.1, 4.3, 4.4, 4.8.3).


def _class(check: Check, arguments: list[Node]) -> Test:
    all_of = [check.screen.instances(argument) for argument in arguments]
    return lambda value: all(value in instances for instances in all_of)


def _datatype(_check: Check, arguments: list[Node]) -> Test:
    datatype = _only(arguments)
    if datatype in (RDFS.Literal, RDFS.Datatype):  # pyshacl takes them for every literal's
        raise UncertainError
    python = PYTHON_TYPES.get(datatype, object)

    def holds(value: Node) -> bool:
        if not isinstance(value, Literal):
            return False
        stated = RDF.langString if value.language else value.datatype or XSD.string
        return stated == datatype and value.ill_typed is not True and isinstance(value.value, python)

    return holds


def _node_kind(_check: Check, arguments: list[Node]) -> Test:
    kinds = NODE_KINDS.get(_only(arguments))
    if kinds is None:
        raise UncertainError
    return lambda value: isinstance(value, kinds)


def _in(check: Check, arguments: list[Node]) -> Test:
    allowed = set(check.screen.items(_only(arguments)))
    return lambda value: value in allowed


def _pattern(check: Check, arguments: list[Node]) -> Test:
    flags = [str(flag) for flag in check.facts.get(SH.flags, [])]
    if len(flags) > 1 or not all(isinstance(argument, Literal) for argument in arguments):
        raise UncertainError
    said = "".join(flags).lower()
    options = (re.IGNORECASE if "i" in said else 0) | (re.MULTILINE if "m" in said else 0)
    try:
        patterns = [re.compile(str(argument), options) for argument in arguments]
    except re.error as error:
        raise UncertainError from error
    return lambda value: not isinstance(value, BNode) and all(p.search(str(value)) for p in patterns)


def _min_length(_check: Check, arguments: list[Node]) -> Test:
    least = _number(arguments)
    return lambda value: not isinstance(value, BNode) and len(str(value)) >= least


def _max_length(_check: Check, arguments: list[Node]) -> Test:
    most = _number(arguments)
    return lambda value: not isinstance(value, BNode) and len(str(value)) <= most


def _language_in(check: Check, arguments: list[Node]) -> Test:
    ranges = check.screen.items(_only(arguments))
    if not all(isinstance(one, Literal) and isinstance(one.value, str) for one in ranges):
        raise UncertainError
    languages = {str(one).lower() for one in ranges}
    return lambda value: isinstance(value, Literal) and (value.language or "").lower() in languages


def _compared(holds: Callable[[Any, Any], bool]) -> Callable[[Check, list[Node]], Test]:  # Any: numbers or dates
    def make(_check: Check, arguments: list[Node]) -> Test:
        bounds = [bound for bound in arguments if isinstance(bound, Literal)]
        if len(bounds) != len(arguments):
            raise UncertainError
        return lambda value: (
            isinstance(value, Literal)
            and all(_comparable(value, bound) and holds(value.value, bound.value) for bound in bounds)
        )

    return make


def _comparable(one: Literal, other: Literal) -> bool:
    """Return whether the two compare in rdflib as their values do in Python: exact numbers, dates of one datatype."""
    kinds = {type(one.value), type(other.value)}
    return kinds <= {int, Decimal} or (kinds == {date} and one.datatype == other.datatype)


TESTS: Mapping[Node, Callable[[Check, list[Node]], Test]] = {
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


def _property(check: Check, arguments: list[Node]) -> set[Node]:
    return set().union(*(check.inner(shape, property_shape=True) for shape in arguments))


def _node(check: Check, arguments: list[Node]) -> set[Node]:
    return set().union(*(check.inner(shape, property_shape=False) for shape in arguments))


def _and(check: Check, arguments: list[Node]) -> set[Node]:
    members = [member for argument in arguments for member in check.screen.items(argument)]
    return set().union(*(check.inner(member) for member in members))


def _or(check: Check, arguments: list[Node]) -> set[Node]:
    wrong: set[Node] = set()
    for argument in arguments:
        members = [check.inner(member) for member in check.screen.items(argument)]
        if not members:
            raise UncertainError
        wrong |= set.intersection(*members)
    return wrong


def _not(check: Check, arguments: list[Node]) -> set[Node]:
    if not all(check.screen.facts(shape).keys() <= EXACT for shape in arguments):
        raise UncertainError
    return set().union(*(check.every - check.inner(shape) for shape in arguments))


def _closed(check: Check, arguments: list[Node]) -> set[Node]:
    closed = _only(arguments)
    lists = check.facts.get(SH.ignoredProperties, [])
    if not isinstance(closed, Literal) or not isinstance(closed.value, bool):
        raise UncertainError
    allowed = {item for head in lists for item in check.screen.items(head)}
    allowed |= {path for shape in check.facts.get(SH.property, []) for path in check.screen.facts(shape)[SH.path]}
    others = [column for predicate, column in check.screen.data.forward.items() if predicate not in allowed]
    return {value for column in others for value in column.keys() & check.every} if closed.value else set()


OF_VALUES: Mapping[Node, Callable[[Check, list[Node]], set[Node]]] = {
    SH.property: _property,
    SH.node: _node,
    SH["and"]: _and,
    SH["or"]: _or,
    SH["not"]: _not,
    SH.closed: _closed,
}


# Rules about the value nodes of one focus node together (SHACL §4.2, 4.4.5, 4.5, 4.7.3, 4.8.2).


def _min_count(check: Check, arguments: list[Node]) -> set[Node]:
    check.of_property()
    least = _number(arguments)
    return {node for node, values in check.values.items() if len(values) < least}


def _max_count(check: Check, arguments: list[Node]) -> set[Node]:
    check.of_property()
    most = _number(arguments)
    return {node for node, values in check.values.items() if len(values) > most}


def _unique_lang(check: Check, arguments: list[Node]) -> set[Node]:
    check.of_property()
    unique = _only(arguments)
    if not isinstance(unique, Literal) or not isinstance(unique.value, bool):
        raise UncertainError

    def repeats(values: Collection[Node]) -> bool:
        tags = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
        return len(tags) != len(set(tags))

    return {node for node, values in check.values.items() if len(values) > 1 and repeats(values)}


def _has_value(check: Check, arguments: list[Node]) -> set[Node]:
    return {node for node, values in check.values.items() if not all(argument in values for argument in arguments)}


def _pairs(holds: Callable[[set[Node], set[Node]], bool]) -> Callable[[Check, list[Node]], set[Node]]:
    def rule(check: Check, arguments: list[Node]) -> set[Node]:
        columns = [check.screen.column(argument) for argument in arguments]
        return {
            node
            for node, values in check.values.items()
            if not all(holds(set(values), set(column.get(node, ()))) for column in columns)
        }

    return rule


def _before(*, strictly: bool) -> Callable[[Check, list[Node]], set[Node]]:
    def ordered(values: set[Node], others: set[Node]) -> bool:
        blank = any(isinstance(value, BNode) for value in values)  # pyshacl stops there
        return not blank and all(precedes(one, other) for one in values for other in others)

    def precedes(one: Node, other: Node) -> bool:
        if not isinstance(one, Literal) or not isinstance(other, Literal):
            return False
        return (one == other and not strictly) or (_comparable(one, other) and bool(one.value < other.value))

    def rule(check: Check, arguments: list[Node]) -> set[Node]:
        check.of_property()
        columns = [check.screen.column(argument) for argument in arguments]
        met = [check.every, *(column.get(node, ()) for column in columns for node in check.values)]
        if len(check.within) > 1 and any(isinstance(one, BNode) for values in met for one in values):
            raise UncertainError  # it stops even where another branch of sh:or would do
        return _pairs(ordered)(check, arguments)

    return rule


def _qualified(check: Check, arguments: list[Node]) -> set[Node]:
    check.of_property()
    least, most = check.facts.get(SH.qualifiedMinCount), check.facts.get(SH.qualifiedMaxCount)
    if not least and not most:
        raise UncertainError
    wrong = check.inner(_only(arguments))
    failing: set[Node] = set()
    for node, values in check.values.items():
        certain = sum(value not in wrong for value in values)
        if (least and certain < _number(least)) or (most and len(values) > _number(most)):
            failing.add(node)
    return failing


OF_FOCUS: Mapping[Node, Callable[[Check, list[Node]], set[Node]]] = {
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
