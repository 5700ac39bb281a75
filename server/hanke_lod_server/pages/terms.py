"""The page of the shapes, made from their triples."""

from __future__ import annotations

from dataclasses import dataclass

from hanke_lod.namespaces import RDF, RDFS, Vocabulary
from hanke_lod.rdf import Literal
from hanke_lod_server.graph import Graph, Name, node_id
from hanke_lod_server.pages.frame import Page, Shown
from hanke_lod_server.pages.resource import prefixed, reference

_SH = Vocabulary(
    "http://www.w3.org/ns/shacl#",
    """targetClass path name message description
    severity order Violation inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath""",
)
_RDF = Vocabulary(RDF.iri, "first rest nil")


@dataclass(frozen=True)
class RuleShown:
    """A rule: its place on the page, its name, the property it is about, what it says, and how grave a breach is."""

    anchor: str
    name: Name
    path: str
    message: Name
    description: Name
    severity: str


@dataclass(frozen=True)
class RulesShown:
    """The rules about one class of things."""

    target: Shown
    anchor: str
    rules: tuple[RuleShown, ...]


def rules_shown(page: Page, graph: Graph) -> list[RulesShown]:
    """Return the rules by what they are about, in the order in which people should read them.

    A shape without a message is only a part of others.
    """
    shapes = [subject for subject in graph.subjects if graph.values(subject, _SH.message)]
    groups: dict[str, list[str]] = {}
    for shape in sorted(shapes, key=lambda s: (_number(graph.text(s, _SH.order)), s)):
        groups.setdefault(_target(graph, shape), []).append(shape)
    return [
        RulesShown(reference(page, target) if target else Shown(page.say("page-rules-general")), f"rules-{number}",
                   tuple(_rule(page, graph, shape) for shape in members))
        for number, (target, members) in enumerate(groups.items(), start=1)
    ]  # fmt: skip


def _target(graph: Graph, shape: str) -> str:
    """Return the class that the shape is about; "" when it is about things in general."""
    return next(iter(graph.nodes(shape, _SH.targetClass)), "")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("inf")


def _rule(page: Page, graph: Graph, shape: str) -> RuleShown:
    severity = next(iter(graph.nodes(shape, _SH.severity)), _SH.Violation).partition("#")[2].lower()
    text = f"page-severity-{severity}"
    return RuleShown(
        anchor=shape.partition("#")[2],
        name=page.name(graph.names(shape, (_SH.name, RDFS.label))),
        path=", ".join(_path(graph, node) for node in graph.nodes(shape, _SH.path)),
        message=page.name(graph.names(shape, (_SH.message,))),
        description=page.name(graph.names(shape, (_SH.description,))),
        severity=page.say(text) if page.knows(text) else severity,
    )


def _path(graph: Graph, node: str) -> str:
    """Return a property path as SPARQL would write it."""
    if not node.startswith("_:"):
        return prefixed(node)
    for predicate, written in (
        (_SH.inversePath, "^{}"),
        (_SH.zeroOrMorePath, "{}*"),
        (_SH.oneOrMorePath, "{}+"),
        (_SH.zeroOrOnePath, "{}?"),
    ):
        for inner in graph.nodes(node, predicate):
            return written.format(_path(graph, inner))
    for inner in graph.nodes(node, _SH.alternativePath):
        return "|".join(_path(graph, member) for member in _members(graph, inner))
    return "/".join(_path(graph, member) for member in _members(graph, node))


def _members(graph: Graph, node: str) -> list[str]:
    found: list[str] = []
    seen: set[str] = set()
    while node not in seen and node != _RDF.nil:
        seen.add(node)
        found += [node_id(term) for term in graph.values(node, _RDF.first) if not isinstance(term, Literal)]
        node = next(iter(graph.nodes(node, _RDF.rest)), _RDF.nil)
    return found
