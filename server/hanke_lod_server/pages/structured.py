"""A page's subject in the words of schema.org, for search engines; only what the data state."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from hanke_lod.model import Kind
from hanke_lod.namespaces import DCAT, DCTERMS, FOAF, HANKE, IANA, LANGUAGE_IRIS, SCHEMA, SKOS
from hanke_lod.rdf import Literal
from hanke_lod_server.graph import Graph, node_id
from hanke_lod_server.pages.frame import About, Page, urlsplit_scheme
from hanke_lod_server.pages.rows import ROLES
from hanke_lod_server.signposting import TYPES

Node = Mapping[str, Any]  # Any: JSON
#: Inside a script element JSON must not hold what ends it; JSON can write each of these otherwise.
_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def script(node: Node) -> Markup:
    """Return a node as the content of a script element, without what is empty."""
    held = {"@context": "https://schema.org", **_full(node)}
    return Markup(json.dumps(held, ensure_ascii=False).translate(_UNSAFE))


def _full(node: Node) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in ("", [], {}, None)}


def page_of(page: Page, name: str, address: str, kind: str = "WebPage") -> Node:
    """Return a page as such: a list, what is told about the site."""
    home = {"@type": "WebSite", "name": page.name(page.config.title).text, "url": page.site.addresses.base}
    return {"@type": kind, "name": name, "url": page.site.addresses.path(address), "inLanguage": page.language,
            "isPartOf": home}  # fmt: skip


# ── the dataset ─────────────────────────────────────────────────────────────────────────────────────────────


def dataset(page: Page, iri: str, graph: Graph) -> Node:
    """Return a dataset of the catalogue, with all that search engines of datasets want to know."""
    keywords = [t.value for t in graph.values(iri, DCAT.keyword) if getattr(t, "language", "") == page.language]
    publisher = [_publisher(page, node, graph) for node in graph.nodes(iri, DCTERMS.publisher)]
    addresses = page.site.addresses
    return {
        "@type": "Dataset",
        "@id": iri,
        "name": page.name(graph.names(iri, (DCTERMS.title,))).text,
        "description": page.name(graph.names(iri, (DCTERMS.description,))).text,
        "url": addresses.base,
        "identifier": iri,
        "keywords": keywords,
        "license": page.config.licence if page.config.licence_confirmed else "",
        "isAccessibleForFree": True,
        "inLanguage": _languages(iri, graph),
        "creator": publisher,
        "publisher": publisher,
        "datePublished": graph.text(iri, DCTERMS.issued),
        "dateModified": graph.text(iri, DCTERMS.modified),
        "temporalCoverage": next((_interval(graph, part) for part in graph.nodes(iri, DCTERMS.temporal)), ""),
        "spatialCoverage": [_place(page, node, graph) for node in graph.nodes(iri, DCTERMS.spatial)],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": addresses.catalogue, "url": addresses.path("catalog")},
        "distribution": [_download(page, node, graph) for node in graph.nodes(iri, DCAT.distribution)
                         if graph.text(node, DCAT.downloadURL)],
    }  # fmt: skip


def _languages(iri: str, graph: Graph) -> list[str]:
    held = set(graph.nodes(iri, DCTERMS.language))
    return [code for code, name in LANGUAGE_IRIS.items() if name in held]


def _publisher(page: Page, iri: str, graph: Graph) -> Node:
    homepage = graph.text(iri, FOAF.homepage)
    email = graph.text(iri, FOAF.mbox).removeprefix("mailto:")
    name = page.name(graph.names(iri) or page.config.publisher.name).text
    contact = {"@type": "ContactPoint", "contactType": "customer service", "email": email} if email else {}
    return _full({"@type": "Organization", "@id": iri, "name": name, "url": homepage, "contactPoint": contact})


def _place(page: Page, iri: str, graph: Graph) -> Node:
    return _full({"@type": "Place", "@id": iri, "name": page.name(graph.names(iri)).text})


def _download(page: Page, iri: str, graph: Graph) -> Node:
    return _full(
        {
            "@type": "DataDownload",
            "@id": iri,
            "name": page.name(graph.names(iri, (DCTERMS.title,))).text,
            "contentUrl": graph.text(iri, DCAT.downloadURL),
            "encodingFormat": graph.text(iri, DCAT.mediaType).removeprefix(IANA),
            "contentSize": f"{graph.text(iri, DCAT.byteSize)} B" if graph.text(iri, DCAT.byteSize) else "",
        }
    )


def _interval(graph: Graph, part: str) -> str:
    """Return a period as ISO 8601 has intervals, with ".." for an open end."""
    bounds = [graph.text(part, DCAT.startDate) or "..", graph.text(part, DCAT.endDate) or ".."]
    return "/".join(bounds) if bounds != ["..", ".."] else ""


# ── things ──────────────────────────────────────────────────────────────────────────────────────────────────


def thing(page: Page, kind: Kind, about: About) -> Node:
    """Return a thing of the dataset."""
    iri, graph = about.iri, about.graph
    if kind == "dataset":
        return dataset(page, iri, graph)
    addresses = page.site.addresses
    name = page.name(about.names).text
    same = [*graph.nodes(iri, SCHEMA.sameAs), *graph.nodes(iri, SKOS.exactMatch), *graph.nodes(iri, FOAF.homepage)]
    node: dict[str, Any] = {
        "@type": TYPES[kind],
        "@id": iri,
        "name": name,
        "alternateName": sorted(set(about.names.values()) - {name}),
        "description": page.name(graph.names(iri, (DCTERMS.description,))).text,
        "url": addresses.document(kind, about.slug),
        "sameAs": [other for other in same if _is_web(other)],
        "subjectOf": {"@type": "Dataset", "@id": addresses.thing("dataset", page.site.dataset), "url": addresses.base,
                      "name": page.name(page.config.title).text},
    }  # fmt: skip
    if kind == "project":
        node |= _project(page, iri, graph)
    if kind in ("sector", "funding"):
        node["inDefinedTermSet"] = addresses.sectors if kind == "sector" else addresses.funding
    return node


_MEMBERS = tuple(getattr(HANKE, role) for role in ROLES if role != "funder")


def _project(page: Page, iri: str, graph: Graph) -> Node:
    starts = sorted(graph.text(part, DCAT.startDate) for part in graph.nodes(iri, DCTERMS.temporal))
    ends = sorted(graph.text(part, DCAT.endDate) for part in graph.nodes(iri, DCTERMS.temporal))
    grants = [
        {"@type": "Grant", "name": name, "url": node}
        for node, name in _named(page, graph, iri, (HANKE.fundedFrom,)).items()
    ]
    return {
        "foundingDate": starts[0] if starts else "",
        "dissolutionDate": ends[-1] if ends and all(ends) else "",
        "member": _organisations(page, graph, iri, _MEMBERS),
        "funder": _organisations(page, graph, iri, (HANKE.funder,)),
        "funding": grants,
        "location": [_place(page, node, graph) for node in graph.nodes(iri, DCTERMS.spatial) if _is_web(node)],
    }


def _named(page: Page, graph: Graph, iri: str, predicates: Sequence[str]) -> dict[str, str]:
    """Return the things that a project is linked to by any of the properties, with their names."""
    terms = [term for predicate in predicates for term in graph.values(iri, predicate)]
    return {node_id(term): page.shown(graph, term).text for term in terms if not isinstance(term, Literal)}


def _organisations(page: Page, graph: Graph, iri: str, predicates: Sequence[str]) -> list[Node]:
    held = _named(page, graph, iri, predicates)
    return [{"@type": "Organization", "@id": node, "name": name} for node, name in held.items()]


def _is_web(iri: str) -> bool:
    return urlsplit_scheme(iri) in ("http", "https")
