"""The dataset as a whole: dumps as files, the catalogue, the ontology, the shapes and the context."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path

from flask import Response, abort, request, url_for
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from hanke_lod import jsonld
from hanke_lod.formats import CODINGS, DUMP_FORMATS, JSON_LD, TURTLE, Coding
from hanke_lod.resources import ontology_file, shape_files
from hanke_lod_server.answers import Alternative, Described, Link, Route, answer, by_suffix, describe
from hanke_lod_server.graph import Graph
from hanke_lod_server.headers import FRESH
from hanke_lod_server.negotiation import accepts_coding
from hanke_lod_server.pages.catalog import dataset_shown, datasets_of
from hanke_lod_server.pages.frame import Page, reader_of, render
from hanke_lod_server.pages.ontology import ontology_shown
from hanke_lod_server.pages.structured import dataset, page_of, script
from hanke_lod_server.pages.terms import rules_shown
from hanke_lod_server.signposting import dataset_landing, form_links, header_links
from hanke_lod_server.site import Site
from hanke_lod_server.variants import BY_SUFFIX, DATA_FIRST, HTML, Variant, encode, triples_of
from hanke_lod_server.vocabulary import (
    alignments_graph,
    alignments_triples,
    ontology_graph,
    ontology_paths,
    ontology_triples,
    shapes_graph,
    shapes_triples,
    written,
)

#: Each suffix in an address → the dump that it asks for; JSON is the same bytes as JSON-LD.
_DUMPS = {row.suffix: (row.suffix, row.media_type) for row in DUMP_FORMATS} | {
    "json": (JSON_LD.suffix, "application/json")
}


# ── dumps ───────────────────────────────────────────────────────────────────────────────────────────────────


def dump(site: Site, suffix: str, slug: str = "") -> Response:
    """/dataset.<suffix>: a file of the publication, whole or in part."""
    if suffix not in _DUMPS:
        abort(404)
    stored, media_type = _DUMPS[suffix]
    name = f"dataset/{slug}.{stored}" if slug else f"dataset.{stored}"
    facts = site.publication.manifest["files"].get(name)
    if facts is None:
        abort(404)
    response = _file(site.publication.path(name), f"{media_type}; charset=utf-8", facts["sha256"])
    links = header_links(site, dataset_landing(site), f"dataset.{stored}")
    response.headers["Link"] = ", ".join(map(str, links))
    return response


def _file(path: Path, content_type: str, sha256: str) -> Response:
    """Answer with a file, or with its compressed copy; a part is always one of the file itself."""
    coding = None if "Range" in request.headers else _coding(path)
    file = (path.with_name(f"{path.name}.{coding.suffix}") if coding else path).open("rb")
    size = os.fstat(file.fileno()).st_size
    response = Response(wrap_file(request.environ, file), content_type=content_type, direct_passthrough=True)
    response.call_on_close(file.close)
    response.content_length = size
    response.set_etag(f"{sha256}-{coding.name}" if coding else sha256)
    response.headers["Cache-Control"] = FRESH
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Accept-Ranges"] = "bytes"
    if coding:
        response.headers["Content-Encoding"] = coding.name
    try:
        if _wants_one_range():
            response.make_conditional(request, accept_ranges=True, complete_length=size)
        else:
            response.make_conditional(request)
    except RequestedRangeNotSatisfiable:
        file.close()
        raise
    return response


def _coding(path: Path) -> Coding | None:
    """Return the first coding that the client takes and in which there is a copy of the file."""
    asked = request.headers.get("Accept-Encoding")
    held = (row for row in CODINGS if path.with_name(f"{path.name}.{row.suffix}").exists())
    return next((row for row in held if accepts_coding(asked, row.name)), None)


def _wants_one_range() -> bool:
    """Tell whether there is a range to be honoured: RFC 9110 § 14.2 lets us pass over several, and any but GET's."""
    asked = request.range
    return request.method == "GET" and asked is not None and asked.units == "bytes" and len(asked.ranges) == 1


def dump_alternatives(site: Site) -> list[Alternative]:
    """Return the dumps that there are, for answers that have to say where data can be had."""
    return [
        Alternative(row.label, row.media_type, url_for("dump", suffix=row.suffix))
        for row in DUMP_FORMATS
        if f"dataset.{row.suffix}" in site.publication.manifest["files"]
    ]


# ── catalogue and vocabulary ────────────────────────────────────────────────────────────────────────────────


def catalog(site: Site, suffix: str = "") -> Response:
    """/catalog: the DCAT-AP catalogue; RDF for whoever does not ask for a page."""
    if site.record("catalog") is None:
        abort(404)
    page, data = partial(_catalog_page, site), partial(site.collective, "catalog")
    links = partial(_catalog_links, site)
    return describe(Described(by_suffix("catalog"), page, data, variants=DATA_FIRST, links=links), suffix)


def _catalog_links(site: Site, variant: Variant) -> Sequence[Link]:
    return () if variant is HTML else form_links(site, dataset_landing(site), variant)


def _catalog_page(site: Site) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="catalog")
    graph = Graph(triples_of(site.collective("catalog", BY_SUFFIX["nt"])))
    shown = [dataset_shown(page, iri, graph) for iri in datasets_of(graph)]
    sources = site.things("source")
    told = script(dataset(page, site.addresses.thing("dataset", site.dataset), graph))
    values = {"sources": sources, "iri": site.addresses.catalogue, "forms": page.forms("catalog"), "structured": told}
    text = render("catalog.html", page, datasets=shown, **values)
    return text, page.language


def ontology(site: Site, suffix: str = "") -> Response:
    """/ontology: the vocabulary, as it is written by hand in Turtle, and its documentation as a page."""
    page = partial(_vocabulary_page, site, partial(_ontology_page, site))
    return describe(Described(by_suffix("ontology"), page, _ontology_data, variants=DATA_FIRST), suffix)


@lru_cache
def _ontology_data(variant: Variant) -> bytes:
    return written(ontology_paths()) if variant.format is TURTLE else encode(ontology_triples(), variant)


def _ontology_page(site: Site, page: Page) -> str:
    examples = Graph(triples_of(site.collective("ontology", BY_SUFFIX["nt"])))
    shown = ontology_shown(page, ontology_graph(), alignments_graph(), examples)
    told = script(page_of(page, page.say("page-vocabulary"), "ontology"))
    return render("ontology.html", page, shown=shown, forms=page.forms("ontology"), structured=told)


def alignments(site: Site, suffix: str = "") -> Response:
    """/alignments: how the vocabulary's terms relate to those of others; its page is that of the vocabulary."""
    page = partial(_vocabulary_page, site, partial(_ontology_page, site))
    return describe(Described(by_suffix("alignments"), page, _alignments_data, variants=DATA_FIRST), suffix)


@lru_cache
def _alignments_data(variant: Variant) -> bytes:
    return (
        written([ontology_file("alignments.ttl")])
        if variant.format is TURTLE
        else encode(alignments_triples(), variant)
    )


def shapes(site: Site, suffix: str = "") -> Response:
    """/shapes: the rules that the data are checked by."""
    page = partial(_vocabulary_page, site, _shapes_page)
    return describe(Described(by_suffix("shapes"), page, _shapes_data, variants=DATA_FIRST), suffix)


@lru_cache
def _shapes_data(variant: Variant) -> bytes:
    return written(shape_files()) if variant.format is TURTLE else encode(shapes_triples(), variant)


def _shapes_page(page: Page) -> str:
    told = script(page_of(page, page.say("page-shapes"), "shapes"))
    groups = rules_shown(page, shapes_graph())
    return render("shapes.html", page, groups=groups, forms=page.forms("shapes"), structured=told)


def _vocabulary_page(site: Site, make: Callable[[Page], str]) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="catalog")
    return make(page), page.language


def context(_site: Site) -> Response:
    """/context.jsonld: the JSON-LD context, for reuse."""
    return answer(ontology_file("context.jsonld").read_bytes(), JSON_LD.content_type)


def frame(_site: Site) -> Response:
    """/frame.jsonld: the JSON-LD frame that makes one tree of each project."""
    return answer(jsonld.encode(jsonld.frame()), JSON_LD.content_type)


ROUTES: tuple[Route, ...] = (
    ("/dataset.<suffix:suffix>", "dump", dump),
    ("/dataset/<slug:slug>.<suffix:suffix>", "dump", dump),
    ("/catalog", "catalog", catalog),
    ("/catalog.<suffix:suffix>", "catalog", catalog),
    ("/ontology", "ontology", ontology),
    ("/ontology.<suffix:suffix>", "ontology", ontology),
    ("/alignments", "alignments", alignments),
    ("/alignments.<suffix:suffix>", "alignments", alignments),
    ("/shapes", "shapes", shapes),
    ("/shapes.<suffix:suffix>", "shapes", shapes),
    ("/context.jsonld", "context", context),
    ("/frame.jsonld", "frame", frame),
)
