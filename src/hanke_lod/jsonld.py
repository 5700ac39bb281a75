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

#: The documents that a reader of JSON-LD may ask for: ours, read from the bundled files. There are no others.
_BUNDLED = {"https://w3id.org/hanke/context.jsonld": "context.jsonld"}


def load_bundled(url: str, _options: object = None) -> dict[str, Any]:
    """Return one of our own documents as pyld's document loaders do (JSON-LD 1.1 API, 9.4).

    Raises:
        JsonLdError: the document is not one of ours; it is never fetched.
    """
    if url not in _BUNDLED:
        raise jsonld.JsonLdError("No document is fetched.", "jsonld.LoadDocumentError", {"url": url})
    return {
        "contentType": JSON_LD.media_type,
        "contextUrl": None,
        "documentUrl": url,
        "document": _read(_BUNDLED[url]),
    }


_OPTIONS = {
    "documentLoader": load_bundled,
    "processingMode": "json-ld-1.1",
    "compactToRelative": False,
    "graph": True,
    "skipExpansion": True,
}


@lru_cache
def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(ontology_file(name).read_text(encoding="utf-8"))
    return document


def context() -> dict[str, Any]:
    """Return our context document: {"@context": {…}}."""
    return _read("context.jsonld")


def frame() -> dict[str, Any]:
    """Return the frame that gives one tree for each project, its context inline (JSON-LD 1.1 Framing)."""
    return {**context(), **_read("frame.jsonld")}


def nodes(triples: Iterable[Triple]) -> list[dict[str, Any]]:
    """Return the compact node objects of the triples, side by side, in the order of their subjects."""
    return _compact(_expanded(triples))


def document(triples: Iterable[Triple], root: str = "") -> bytes:
    """Return the triples as a JSON-LD document with its context inline.

    With a root everything that hangs from it stands inside it; what does not hang from it follows in `@graph`.
    """
    if not root:
        return encode({**context(), "@graph": nodes(triples)})
    trees = _compact(_nested(_expanded(triples), root))
    return encode({**context(), **(trees[0] if len(trees) == 1 else {"@graph": trees})})


def encode(value: object) -> bytes:
    """Return JSON as we write it: UTF-8, indented by one, members in the order given."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _expanded(triples: Iterable[Triple]) -> list[dict[str, Any]]:
    expanded: list[dict[str, Any]] = json.loads(serialise(triples, JSON_LD))
    for node in expanded:  # pyoxigraph writes the class as any other property
        if RDF.type in node:
            node["@type"] = [value["@id"] for value in node.pop(RDF.type)]
    return expanded


def _nested(expanded: list[dict[str, Any]], root: str) -> list[dict[str, Any]]:
    """Put nodes into those that link to them: the root's tree first, then trees of what is left.

    A node without links of its own (an organisation's name, a period) stands wherever it is linked from, so that no
    reader has to look it up; any other stands whole only once: what is linked in circles stays small.
    """
    held = {node["@id"]: node for node in expanded}
    placed: set[str] = set()

    def is_leaf(node: dict[str, Any]) -> bool:
        return not any(value.get("@id") in held for key, values in node.items() if key[0] != "@" for value in values)

    leaves = {name for name, node in held.items() if is_leaf(node)}

    def whole(name: str) -> dict[str, Any]:
        placed.add(name)
        return {
            key: values if key[0] == "@" else [within(value) for value in values] for key, values in held[name].items()
        }

    def within(value: dict[str, Any]) -> dict[str, Any]:
        name = str(value.get("@id"))  # no node is called "None"
        return whole(name) if name in leaves or (name in held and name not in placed) else value

    first = [root] if root in held else []
    return [whole(name) for name in (*first, *held) if name not in placed]


def _compact(expanded: list[dict[str, Any]]) -> list[dict[str, Any]]:
    compacted = jsonld.compact(expanded, context(), _OPTIONS)
    graph: list[dict[str, Any]] = compacted.get("graph", compacted.get("@graph", []))
    return [_readable(node) for node in graph]


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, int], frozenset[str]]:
    """Return the place of each word in the context, and the words whose values are whole numbers."""
    terms = context()["@context"]
    whole = {"xsd:integer", "xsd:nonNegativeInteger"}
    return (
        {word: place for place, word in enumerate(terms)},
        frozenset(word for word, term in terms.items() if isinstance(term, dict) and term.get("@type") in whole),
    )


def _readable(value: Any, word: str = "") -> Any:  # Any: JSON
    """Return the value with keys and classes in the order of the context and whole numbers as numbers.

    A number under a word with a type means the same as its text (JSON-LD 1.1 API, 8.2.2); not so one with a fraction.
    """
    places, numbers = _words()

    def place(name: str) -> tuple[int, str]:
        return places.get(name, len(places)), name

    if isinstance(value, list):
        items = [_readable(item, word) for item in value]
        return sorted(items, key=place) if word == "type" else items
    if isinstance(value, dict):
        return {key: _readable(value[key], key) for key in sorted(value, key=place)}
    return int(value) if word in numbers and isinstance(value, str) and _is_canonical(value) else value


def _is_canonical(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16 and (text == "0" or text[0] != "0")
