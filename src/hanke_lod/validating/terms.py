"""Terms as people read them: prefixed names, short literals, property paths; nothing that moves a terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from hanke_lod import rdf
from hanke_lod.namespaces import DCTERMS, FOAF, RDFS, SKOS

#: Longer texts are cut in reports for people.
TEXT_LENGTH = 100
_LOCAL = re.compile(r"[A-Za-z_][\w-]*")
_NAMES = (DCTERMS.title, SKOS.prefLabel, FOAF.name, RDFS.label)
#: Paths of one step, as SPARQL writes them (SHACL 2.3.1).
_STEPS = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}

Term = rdf.NamedNode | rdf.BlankNode | rdf.Literal


def n_triples(node: Node) -> str:
    """Return an rdflib node as an N-Triples term."""
    if isinstance(node, Literal):
        return str(rdf.literal(str(node), node.language or "", str(node.datatype or "")))
    return node.n3()


def term(text: str) -> Term | None:
    """Return the term that an N-Triples text stands for; None for "" and for what is none."""
    return rdf.term(text) if text else None


def prefixed(iri: str) -> str:
    """Return "dcterms:title" for its IRI, or the IRI in angle brackets."""
    for prefix, namespace in rdf.PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{inert(iri)}>"


def shown(value: Term | None) -> str:
    """Return a term as Turtle writes it, on one line, short enough to read."""
    if value is None:
        return ""
    if isinstance(value, rdf.NamedNode):
        return prefixed(value.value)
    if isinstance(value, rdf.BlankNode):
        return str(value)
    text = value.value if len(value.value) <= TEXT_LENGTH else value.value[: TEXT_LENGTH - 1] + "…"
    quoted = '"' + inert(text.replace("\n", "\\n").replace("\t", "\\t")) + '"'
    if value.language:
        return f"{quoted}@{value.language}"
    kind = prefixed(value.datatype.value)
    return quoted if kind == "xsd:string" else f"{quoted}^^{kind}"


def inert(text: str) -> str:
    """Return the text with every character that cannot be seen (control, direction, zero width) written out."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in text)


def path(graph: Graph, node: Node | None) -> str:
    """Return a property path of a shapes graph as SPARQL writes it; "" for none."""
    if node is None:
        return ""
    if isinstance(node, URIRef):
        return prefixed(str(node))
    for step, written in _STEPS.items():
        inner = graph.value(node, step)
        if inner is not None:
            said = path(graph, inner)
            return written.format(f"({said})" if isinstance(inner, BNode) else said)
    choices = graph.value(node, SH.alternativePath)
    if choices is not None:
        return "|".join(path(graph, item) for item in Collection(graph, choices))
    if graph.value(node, RDF.first) is None:
        return ""
    parts = [path(graph, item) for item in Collection(graph, node)]
    return "/".join(f"({part})" if "|" in part else part for part in parts)


def names(data: rdf.Dataset, subject: rdf.NamedNode | rdf.BlankNode) -> Mapping[str, str]:
    """Return the names of a thing by language, by the first of the naming properties that it has."""
    held = list(data.quads_for_subject(subject))
    for predicate in _NAMES:
        found = [q.object for q in held if q.predicate.value == predicate and isinstance(q.object, rdf.Literal)]
        if found:
            return {text.language or "": text.value for text in found}
    return {}
