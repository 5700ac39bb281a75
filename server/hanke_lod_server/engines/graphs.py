"""The triples of a CONSTRUCT or DESCRIBE in a format, with the well-known prefixes that they use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hanke_lod.formats import JSON_LD, RDF_XML, RdfFormat
from hanke_lod.namespaces import PREFIXES, RDF
from hanke_lod.rdf import BlankNode, Literal, NamedNode, Triple, serialise, sort_triples
from hanke_lod_server.engines import Unwritable

_STRING = "http://www.w3.org/2001/XMLSchema#string"
# A predicate is an element in RDF/XML: its IRI must end in an XML name (https://www.w3.org/TR/REC-xml-names/#NT-NCName).
_ENDS_IN_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")


def written(triples: Iterable[Triple], format: RdfFormat) -> bytes:
    """Return the triples once each, sorted, in a format; the same triples give the same bytes.

    Raises:
        Unwritable: RDF/XML has no way to write one of the predicates.
    """
    ordered = sort_triples(triples)
    if format is JSON_LD:
        return _json_ld(ordered)
    if format is RDF_XML:
        for predicate in {triple.predicate.value for triple in ordered}:
            if not _ENDS_IN_NAME.search(predicate):
                raise Unwritable("sparql-not-rdf-xml", predicate=predicate)
    return serialise(ordered, format)


class _Names:
    """Shortens IRIs by prefixes, and notes which were used and which schemes stand in IRIs left whole."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.used: dict[str, str] = {}
        self.schemes: set[str] = set()
        self._known: dict[str, str] = {}

    def short(self, iri: str) -> str:
        """Return "dcterms:title", or the IRI as it is."""
        if iri not in self._known:
            self._known[iri] = self._shortened(iri)
        return self._known[iri]

    def _shortened(self, iri: str) -> str:
        for prefix, namespace in self.prefixes.items():
            local = iri[len(namespace) :]
            if local and iri.startswith(namespace) and not local.startswith("//"):
                self.used[prefix] = namespace
                return f"{prefix}:{local}"
        return self.whole(iri)

    def whole(self, iri: str) -> str:
        """Return the IRI as it is."""
        self.schemes.add(iri.partition(":")[0])
        return iri


def _json_ld(ordered: Sequence[Triple]) -> bytes:
    """Return flat JSON-LD: one node for each subject; predicates, types and datatypes by prefix, the context inline."""
    names = _Names(PREFIXES)
    nodes = _nodes(ordered, names)
    if names.schemes & names.used.keys():  # "org:x" as an IRI of its own would be read with our prefix: do without
        names = _Names({})
        nodes = _nodes(ordered, names)
    document = {"@context": dict(sorted(names.used.items())), "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _nodes(ordered: Sequence[Triple], names: _Names) -> list[dict[str, Any]]:  # Any: JSON
    nodes: list[dict[str, Any]] = []
    for triple in ordered:
        subject = _name(triple.subject, names)
        if not nodes or nodes[-1]["@id"] != subject:
            nodes.append({"@id": subject})
        if triple.predicate.value == RDF.type and isinstance(triple.object, NamedNode):
            key, value = "@type", names.short(triple.object.value)
        else:
            key, value = names.short(triple.predicate.value), _value(triple.object, names)
        nodes[-1].setdefault(key, []).append(value)
    return [{key: _plainer(value) for key, value in node.items()} for node in nodes]


def _plainer(value: Any) -> Any:  # Any: JSON
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _name(term: object, names: _Names) -> str:
    if isinstance(term, NamedNode):
        return names.whole(term.value)
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    raise Unwritable("sparql-not-json-ld")  # a triple about a triple


def _value(term: object, names: _Names) -> Any:  # Any: JSON
    if not isinstance(term, Literal):
        return {"@id": _name(term, names)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": names.short(term.datatype.value)}
