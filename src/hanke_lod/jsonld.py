"""The doorway to pyld: triples as compact JSON-LD with our own context inline; nothing is ever fetched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pyld import jsonld

from hanke_lod.formats import JSON_LD
from hanke_lod.namespaces import RDF
from hanke_lod.rdf import Triple, serialise
from hanke_lod.resources import ontology_file


def _never_load(url: str, _options: object = None) -> dict[str, Any]:
    raise jsonld.JsonLdError("No document is fetched.", "jsonld.LoadDocumentError", {"url": url})


_OPTIONS = {
    "documentLoader": _never_load,
    "processingMode": "json-ld-1.1",
    "compactToRelative": False,
    "graph": True,
}


@lru_cache(maxsize=1)
def context() -> dict[str, Any]:
    """Return our context document: {"@context": {…}}."""
    document: dict[str, Any] = json.loads(ontology_file("context.jsonld").read_text(encoding="utf-8"))
    return document


def nodes(triples: Iterable[Triple]) -> list[dict[str, Any]]:
    """Return the compact node objects of the triples, in the order of their subjects."""
    expanded = json.loads(serialise(triples, JSON_LD))
    for node in expanded:  # pyoxigraph writes the class as any other property
        if RDF.type in node:
            node["@type"] = [value["@id"] for value in node.pop(RDF.type)]
    compacted = jsonld.compact(expanded, context(), {**_OPTIONS, "skipExpansion": True})
    graph: list[dict[str, Any]] = compacted.get("graph", compacted.get("@graph", []))
    return graph


def document(triples: Iterable[Triple]) -> bytes:
    """Return the triples as a JSON-LD document with its context inline."""
    return encode({**context(), "@graph": nodes(triples)})


def encode(value: object) -> bytes:
    """Return JSON as we write it: UTF-8, indented by one, members in the order given."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
