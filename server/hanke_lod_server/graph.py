"""A document's triples as pages read them: values of a thing by property, and names by language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hanke_lod.namespaces import DCTERMS, FOAF, RDF, RDFS, SKOS
from hanke_lod.rdf import BlankNode, Literal, NamedNode, Triple
from hanke_lod.texts import of

Term = NamedNode | BlankNode | Literal
_NAMES = (SKOS.prefLabel, DCTERMS.title, FOAF.name, RDFS.label)


@dataclass(frozen=True)
class Name:
    """A text and the language it is written in ("" when nobody says)."""

    text: str
    language: str = ""


def name_in(names: Mapping[str, str], language: str) -> Name:
    """Return the name for a reader of the language, with the language it turned out to be in."""
    text = of(names, language)
    if names.get(language) == text:
        return Name(text, language)
    return Name(text, next((tag for tag, name in names.items() if name == text), ""))


class Graph:
    """Triples by subject and property; the order of the document is kept."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._held: dict[str, dict[str, list[Term]]] = {}
        for triple in triples:
            if isinstance(triple.subject, Triple) or isinstance(triple.object, Triple):
                continue  # RDF 1.2's triple terms have no place on our pages
            properties = self._held.setdefault(node_id(triple.subject), {})
            properties.setdefault(triple.predicate.value, []).append(triple.object)

    @property
    def subjects(self) -> list[str]:
        """Everything that something is said of."""
        return list(self._held)

    def __contains__(self, subject: str) -> bool:
        return subject in self._held

    def properties(self, subject: str) -> Mapping[str, list[Term]]:
        """Return all that is said of a subject."""
        return self._held.get(subject, {})

    def values(self, subject: str, predicate: str) -> list[Term]:
        """Return the values of a property."""
        return self._held.get(subject, {}).get(predicate, [])

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property that are no literals."""
        return [node_id(term) for term in self.values(subject, predicate) if not isinstance(term, Literal)]

    def text(self, subject: str, predicate: str) -> str:
        """Return the first literal or IRI of a property as text, or ""."""
        return next((term.value for term in self.values(subject, predicate)), "")

    def names(self, subject: str, predicates: Iterable[str] = _NAMES) -> dict[str, str]:
        """Return the literals of the first of the properties that has any, by primary language tag."""
        for predicate in predicates:
            found: dict[str, str] = {}
            for term in self.values(subject, predicate):
                if isinstance(term, Literal):
                    found.setdefault((term.language or "").partition("-")[0], term.value)
            if found:
                return found
        return {}

    def is_a(self, subject: str, kind: str) -> bool:
        """Tell whether the subject has the type."""
        return kind in self.nodes(subject, RDF.type)


def node_id(node: NamedNode | BlankNode) -> str:
    """Return an IRI, or a blank node's label with its "_:"."""
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"
