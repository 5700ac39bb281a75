"""The rules of a shapes graph, as people are told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from hanke_lod.validating.terms import path, prefixed

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


@dataclass(frozen=True)
class Rule:
    """One shape: its IRI ("" if it has none), texts by language, what it is asked of, and the property it is about."""

    iri: str
    names: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    severity: str = "Violation"
    targets: Sequence[str] = ()
    path: str = ""
    order: float = float("inf")

    @property
    def name(self) -> str:
        """The last part of the IRI, or the path."""
        return self.iri.rpartition("#")[2].rpartition("/")[2] or self.path


def node_of(shape: str) -> Node:
    """Return the node of a shape that a result names by its IRI or by the label of its blank node."""
    return URIRef(shape) if ":" in shape else BNode(shape)


def rule_of(shapes: Graph, shape: str) -> Rule:
    """Return what the shapes graph says of a shape."""
    node = node_of(shape)
    severity = str(shapes.value(node, SH.severity) or SH.Violation).rpartition("#")[2]
    order = shapes.value(node, SH.order)
    return Rule(
        iri=str(node) if isinstance(node, URIRef) else "",
        names=_texts(shapes, node, SH.name),
        messages=_texts(shapes, node, SH.message),
        descriptions=_texts(shapes, node, SH.description),
        severity=severity,
        targets=[
            ("^" if target == SH.targetObjectsOf else "") + prefixed(value)
            for target in TARGETS
            for value in sorted(map(str, shapes.objects(node, target)))
        ],
        path=path(shapes, shapes.value(node, SH.path)),
        order=float(str(order)) if order is not None else float("inf"),
    )


def rules(shapes: Graph) -> list[Rule]:
    """Return the rules that have an IRI and a message, in the order in which people should read them."""
    found = {str(node) for node in shapes.subjects(SH.message) if isinstance(node, URIRef)}
    return sorted((rule_of(shapes, shape) for shape in found), key=lambda rule: (rule.order, rule.iri))


def apply(shapes: Graph, data: Graph) -> bool:
    """Tell whether any rule is about anything in the data (SHACL 2.1.3)."""
    kinds = set(data.objects(None, RDF.type))
    classes = set(shapes.objects(None, SH.targetClass))
    classes |= set(shapes.subjects(RDF.type, RDFS.Class)) & set(shapes.subjects(RDF.type, SH.NodeShape))
    if any(not kinds.isdisjoint(data.transitive_subjects(RDFS.subClassOf, kind)) for kind in classes):
        return True
    properties = {*shapes.objects(None, SH.targetSubjectsOf), *shapes.objects(None, SH.targetObjectsOf)}
    return any((None, node, None) in data for node in properties) or (None, SH.targetNode, None) in shapes


def _texts(graph: Graph, node: Node, predicate: URIRef) -> dict[str, str]:
    texts = [text for text in graph.objects(node, predicate) if isinstance(text, Literal)]
    return {text.language or "": str(text) for text in sorted(texts)}
