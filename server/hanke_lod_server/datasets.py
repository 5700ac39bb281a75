"""The dataset as a whole: dumps as files, the catalogue, the ontology, the shapes and the context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from flask import Response, abort, request, url_for
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from hanke_lod import jsonld
from hanke_lod.formats import JSON_LD, TURTLE
from hanke_lod.resources import ontology_file, shape_files
from hanke_lod_server.answers import Alternative, Described, Route, answer, by_suffix, describe
from hanke_lod_server.graph import Graph
from hanke_lod_server.headers import FRESH
from hanke_lod_server.pages.catalog import dataset_shown, datasets_of
from hanke_lod_server.pages.frame import Page, reader_of, render
from hanke_lod_server.pages.ontology import ontology_shown
from hanke_lod_server.pages.terms import rules_shown
from hanke_lod_server.site import Site
from hanke_lod_server.variants import BY_SUFFIX, DATA_FIRST, DATA_FORMS, Variant, encode, triples_of
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


@dataclass(frozen=True)
class Dump:
    """A form of the whole dataset: the suffix in the address, that of the file, the media type."""

    suffix: str
    stored: str
    label: str
    media_type: str
    text: bool = True

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.text else self.media_type


DUMPS: tuple[Dump, ...] = (
    Dump("csv", "csv", "CSV", "text/csv"),
    Dump("xlsx", "xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", text=False),
    *(Dump(row.suffix, row.suffix, row.label, row.media_type) for row in DATA_FORMS),
    Dump("json", JSON_LD.suffix, "JSON", "application/json"),
)
_BY_SUFFIX = {row.suffix: row for row in DUMPS}


# ── dumps ───────────────────────────────────────────────────────────────────────────────────────────────────


def dump(site: Site, suffix: str, slug: str = "") -> Response:
    """/dataset.<suffix>: a file of the publication, whole or in part."""
    form = _BY_SUFFIX.get(suffix)
    if form is None:
        abort(404)
    name = f"dataset/{slug}.{form.stored}" if slug else f"dataset.{form.stored}"
    facts = site.publication.manifest["files"].get(name)
    if facts is None:
        abort(404)
    return _file(site.publication.path(name), form.content_type, facts["sha256"], facts["bytes"])


def _file(path: Path, content_type: str, sha256: str, size: int) -> Response:
    file = path.open("rb")
    response = Response(wrap_file(request.environ, file), content_type=content_type, direct_passthrough=True)
    response.call_on_close(file.close)
    response.content_length = size
    response.set_etag(sha256)
    response.headers["Cache-Control"] = FRESH
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Accept-Ranges"] = "bytes"
    try:
        if _wants_one_range():
            response.make_conditional(request, accept_ranges=True, complete_length=size)
        else:
            response.make_conditional(request)
    except RequestedRangeNotSatisfiable:
        file.close()
        raise
    return response


def _wants_one_range() -> bool:
    """Tell whether there is a range to be honoured: RFC 9110 § 14.2 lets us pass over several, and any but GET's."""
    asked = request.range
    return request.method == "GET" and asked is not None and asked.units == "bytes" and len(asked.ranges) == 1


def dump_alternatives(site: Site) -> list[Alternative]:
    """Return the dumps that there are, for answers that have to say where data can be had."""
    return [
        Alternative(row.label, row.media_type, url_for("dump", suffix=row.suffix))
        for row in DUMPS
        if f"dataset.{row.stored}" in site.publication.manifest["files"] and row.suffix == row.stored
    ]


# ── catalogue and vocabulary ────────────────────────────────────────────────────────────────────────────────


def catalog(site: Site, suffix: str = "") -> Response:
    """/catalog: the DCAT-AP catalogue; RDF for whoever does not ask for a page."""
    if site.record("catalog") is None:
        abort(404)
    page, data = partial(_catalog_page, site), partial(site.collective, "catalog")
    return describe(Described(by_suffix("catalog"), page, data, variants=DATA_FIRST), suffix)


def _catalog_page(site: Site) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="catalog")
    graph = Graph(triples_of(site.collective("catalog", BY_SUFFIX["nt"])))
    shown = [dataset_shown(page, iri, graph) for iri in datasets_of(graph)]
    sources = site.things("source")
    text = render(
        "catalog.html", page, datasets=shown, sources=sources, iri=site.addresses.catalogue, forms=page.forms("catalog")
    )
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
    return render("ontology.html", page, shown=shown, forms=page.forms("ontology"))


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
    return render("shapes.html", page, groups=rules_shown(page, shapes_graph()), forms=page.forms("shapes"))


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
