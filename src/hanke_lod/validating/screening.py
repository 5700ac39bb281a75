"""Shapes and data → the same shapes, aimed only at the nodes that may fail: pyshacl then has little left to do.

A rule here may be too strict, since pyshacl decides on every node that it holds back; it may never be too lenient. What
no rule here is certain of (SPARQL, `sh:xone`, `sh:not` over anything but exact rules, recursion, a parameter that is
wrong) raises `UncertainError`, and the shape keeps its own targets. So the report is pyshacl's own over the whole
graph; the tests compare the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, repeat

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from hanke_lod.validating.columns import Column, Columns
from hanke_lod.validating.components import OF_FOCUS, OF_VALUES, TESTS, Check, Facts, UncertainError, Values

Step = Callable[[Node], Collection[Node]]

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
#: Shapes within shapes within shapes: deeper than this is pyshacl's.
DEPTH = 5


def narrow(data: Columns, shapes: Graph) -> Graph:
    """Return a copy of the shapes, each aimed only at nodes that may break it, or as it was if that is uncertain."""
    narrowed = Graph(Columns(), bind_namespaces="none")
    for prefix, namespace in shapes.namespaces():
        narrowed.bind(prefix, namespace)
    for subject in shapes.subjects(unique=True):  # one by one: messages name several values in the order of the graph
        for predicate, value in shapes.predicate_objects(subject):
            narrowed.add((subject, predicate, value))
    if any(pattern in shapes for pattern in STRANGE):
        return narrowed
    screen = Screen(data, shapes)
    for shape in {s for target in TARGETS for s in shapes.subjects(target)}:
        try:
            suspects = screen.failing(shape, screen.targets(shape))
        except UncertainError:
            continue
        for target in TARGETS:
            narrowed.remove((shape, target, None))
        for node in suspects:
            narrowed.add((shape, SH.targetNode, node))
    return narrowed


@dataclass(frozen=True)
class Screen:
    """Data and shapes, and what was found out about them."""

    data: Columns
    shapes: Graph
    _instances: dict[Node, set[Node]] = field(default_factory=dict)

    def facts(self, shape: Node) -> Facts:
        """Return what is stated of a shape or path, its class apart."""
        facts: defaultdict[Node, list[Node]] = defaultdict(list)
        for predicate, value in self.shapes.predicate_objects(shape):
            facts[predicate].append(value)
        if set(facts.pop(RDF.type, [])) - {SH.NodeShape, SH.PropertyShape} or len(facts.get(SH.path, [])) > 1:
            raise UncertainError
        if any(one in facts and other not in facts for one, other in COMPANIONS.items()):
            raise UncertainError
        return facts

    def column(self, predicate: Node) -> Column:
        """Return the values by subject."""
        if not isinstance(predicate, URIRef):
            raise UncertainError
        return self.data.forward.get(predicate, {})

    def items(self, head: Node) -> list[Node]:
        """Return the members of a list in the shapes."""
        items: list[Node] = []
        while head != RDF.nil:
            first, rest = (list(self.shapes.objects(head, p)) for p in (RDF.first, RDF.rest))
            if len(first) != 1 or len(rest) != 1 or len(items) > 10_000:
                raise UncertainError
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
            raise UncertainError
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
            raise UncertainError
        if RDF.first in facts:
            return _sequence([self.step(part, depth + 1) for part in self.items(path)])
        if len(facts) != 1 or len(next(iter(facts.values()))) != 1:
            raise UncertainError
        ((kind, (inner,)),) = facts.items()
        if kind == SH.inversePath and isinstance(inner, URIRef):  # of longer paths pyshacl has an order of its own
            column = self.data.backward(inner)
            return lambda node: column.get(node, ())
        if kind == SH.alternativePath:
            steps = [self.step(part, depth + 1) for part in self.items(inner)]
            return lambda node: {value for one in steps for value in one(node)}
        if kind not in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath):
            raise UncertainError
        once = self.step(inner, depth + 1)
        if kind == SH.zeroOrOnePath:
            return lambda node: {node, *once(node)}
        return lambda node: _closure(once, [node] if kind == SH.zeroOrMorePath else once(node))

    def failing(self, shape: Node, focus: Collection[Node], within: tuple[Node, ...] = ()) -> set[Node]:
        """Return the focus nodes that may break the shape.

        Raises:
            UncertainError: the rules cannot tell.
        """
        if shape in within or len(within) > DEPTH:
            raise UncertainError
        facts = self.facts(shape)
        path = facts.get(SH.path)
        values = self.values(path[0], focus) if path else {node: (node,) for node in focus}
        check = Check(self, facts, values, (*within, shape))
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
                raise UncertainError
        if wrong:
            failing |= {node for node, found in values.items() if not wrong.isdisjoint(found)}
        return failing

    def values(self, path: Node, focus: Collection[Node]) -> Values:
        """Return the value nodes by focus node."""
        if isinstance(path, URIRef):  # by far the most, so without a call for each node
            return dict(zip(focus, map(self.column(path).get, focus, repeat(())), strict=True))
        step = self.step(path)
        return {node: step(node) for node in focus}


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
        raise UncertainError
    return follow
