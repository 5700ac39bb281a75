"""The page of anything described in RDF for which there is no page of its own: each property with its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hanke_lod.namespaces import HANKE, PREFIXES, RDFS
from hanke_lod_server.graph import Graph, Name
from hanke_lod_server.pages.frame import Page, Shown
from hanke_lod_server.pages.project import Fact
from hanke_lod_server.vocabulary import ontology_graph


@dataclass(frozen=True)
class SubjectShown:
    """A subject: its name, its IRI, the place on the page that its fragment names, and what is said of it."""

    name: Name
    iri: str
    anchor: str
    facts: tuple[Fact, ...]


def subjects_shown(page: Page, iri: str, graph: Graph) -> list[SubjectShown]:
    """Return the subject itself, then its parts; things that are only named are no subjects of the page."""
    parts = [subject for subject in graph.subjects if subject.startswith((iri + "#", "_:"))]
    return [_subject(page, graph, subject) for subject in [*([iri] if iri in graph else []), *parts]]


def _subject(page: Page, graph: Graph, subject: str) -> SubjectShown:
    facts = tuple(
        Fact(property_label(page, predicate), tuple(page.shown(graph, term) for term in terms))
        for predicate, terms in graph.properties(subject).items()
    )
    anchor = subject.partition("#")[2] if not subject.startswith("_:") else ""
    return SubjectShown(page.name(graph.names(subject)), subject, anchor, facts)


def property_label(page: Page, iri: str) -> str:
    """Return our own term's label in the reader's language, else the prefixed name."""
    if iri.startswith(HANKE.iri):
        name = page.name(ontology_graph().names(iri, (RDFS.label,))).text
        if name:
            return name
    return prefixed(iri)


def reference(page: Page, iri: str, prefixes: Mapping[str, str] = PREFIXES) -> Shown:
    """Return a link to a term by its prefixed name."""
    href, elsewhere = page.href(iri)
    return Shown(prefixed(iri, prefixes), "", href, elsewhere)


def prefixed(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return "dcterms:title" for an IRI in a known namespace, else the IRI."""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
