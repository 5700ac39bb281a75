"""RDF data and shapes → a report: pyshacl's, as plain values."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from hanke_lod import rdf
from hanke_lod.errors import RdfError
from hanke_lod.validating.columns import Columns
from hanke_lod.validating.screening import narrow
from hanke_lod.validating.terms import n_triples

#: From the gravest down.
SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True)
class Result:
    """One finding: N-Triples terms for `focus`, `path` and `value`; the shape's IRI; a message by language."""

    severity: str
    focus: str
    path: str
    value: str
    shape: str
    component: str
    messages: Mapping[str, str]


@dataclass(frozen=True)
class Report:
    """What was found; `graph` is the standard SHACL validation report."""

    conforms: bool
    results: Sequence[Result]
    graph: Graph

    def count(self, severity: str) -> int:
        """Return how many findings are of a severity."""
        return sum(result.severity == severity for result in self.results)


def to_graph(statements: Iterable[rdf.Triple | rdf.Quad]) -> Graph:
    """Return the statements of all graphs together as an rdflib graph, with our prefixes."""
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # a wrong literal is the report's to tell
    columns = Columns()
    graph = Graph(columns, bind_namespaces="none")
    for prefix, name in rdf.PREFIXES.items():
        graph.bind(prefix, name)
    nodes = _Nodes()
    for s in statements:
        columns.put(nodes[s.subject], nodes[s.predicate], nodes[s.object])
    return graph


class _Nodes(dict[object, Node]):
    """Each term as rdflib has it, made once."""

    def __missing__(self, term: object) -> Node:
        node = self[term] = _node(term)
        return node


def _node(term: object) -> Node:
    if isinstance(term, rdf.NamedNode):
        return URIRef(term.value)
    if isinstance(term, rdf.BlankNode):
        return BNode(term.value)
    if isinstance(term, rdf.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
            return Literal(term.value)
        return _Typed(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise RdfError("rdf-star", term=str(term))


class _Typed(Literal):
    """A typed literal that comes neither before nor after one that it cannot be compared with.

    That is what SHACL wants (4.5.3). rdflib itself raises a TypeError or says NotImplemented, and pyshacl passes
    the one on and takes the other for true.
    """

    def __lt__(self, other: object) -> bool:
        return super().__lt__(other) is True

    def __le__(self, other: object) -> bool:
        try:
            return self < other or (isinstance(other, Literal) and self.eq(other))
        except TypeError:
            return False


def check(data: Graph, shapes: Graph, where: str = "") -> Report:
    """Validate the data against the shapes (SHACL Core and SPARQL constraints); fetches nothing.

    `where` names the shapes in errors.

    Raises:
        RdfError: the shapes themselves are wrong.
    """
    import pyshacl  # takes half a second, which `convert` need not wait for
    from pyparsing import ParseBaseException
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    try:
        conforms, graph, _ = pyshacl.validate(
            data,
            shacl_graph=narrow(data.store, shapes) if isinstance(data.store, Columns) else shapes,
            inference="none",
            advanced=False,
            js=False,
            do_owl_imports=False,
            inplace=True,
        )
    except (ShapeLoadError, ReportableRuntimeError, ParseBaseException, re.error, ValueError, TypeError) as error:
        raise RdfError("shapes-broken", where=where, reason=str(getattr(error, "message", error))) from error
    if not isinstance(graph, Graph):
        raise RdfError("shapes-broken", where=where, reason=str(graph))
    results = sorted(_results(graph), key=lambda r: (SEVERITIES.index(r.severity), r.focus, r.path, r.value, r.shape))
    return Report(bool(conforms), results, graph)


def _results(graph: Graph) -> Iterable[Result]:
    for node in graph.subjects(RDF.type, SH.ValidationResult):
        severity = str(graph.value(node, SH.resultSeverity) or SH.Violation).rpartition("#")[2]
        messages = {
            (message.language or ""): str(message)
            for message in graph.objects(node, SH.resultMessage)
            if isinstance(message, Literal)
        }
        yield Result(
            severity=severity if severity in SEVERITIES else "Violation",
            focus=_text(graph, node, SH.focusNode),
            path=_text(graph, node, SH.resultPath),
            value=_text(graph, node, SH.value),
            shape=str(graph.value(node, SH.sourceShape) or ""),
            component=str(graph.value(node, SH.sourceConstraintComponent) or "").rpartition("#")[2],
            messages=messages,
        )


def _text(graph: Graph, node: Node, predicate: URIRef) -> str:
    value = graph.value(node, predicate)
    return n_triples(value) if value is not None else ""
