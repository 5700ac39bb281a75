"""The home page, what is told about the data, and whether all is well."""

from __future__ import annotations

import json
from functools import partial

from flask import Response, url_for

from hanke_lod_server.answers import Described, Route, answer, describe, page_only
from hanke_lod_server.datasets import dump_alternatives
from hanke_lod_server.engines import Unavailable
from hanke_lod_server.graph import Graph
from hanke_lod_server.pages.frame import Page, reader_of, render
from hanke_lod_server.pages.home import home_shown
from hanke_lod_server.pages.structured import dataset, page_of, script
from hanke_lod_server.signposting import dataset_landing, form_links
from hanke_lod_server.site import Site
from hanke_lod_server.variants import BY_SUFFIX, HTML, Variant, triples_of


def home(site: Site) -> Response:
    """/: the dataset for people; for machines the catalogue, which describes it."""

    def href(variant: Variant) -> str:
        return url_for("home") if variant is HTML else url_for("catalog", suffix=variant.suffix)

    page, data = partial(_home_page, site), partial(site.collective, "catalog")
    return describe(Described(href, page, data, links=partial(form_links, site, dataset_landing(site))))


def _home_page(site: Site) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="home")
    graph = Graph(triples_of(site.collective("catalog", BY_SUFFIX["nt"])))
    told = script(dataset(page, site.addresses.thing("dataset", site.dataset), graph))
    shown = home_shown(page)
    return render("home.html", page, shown=shown, dumps=dump_alternatives(site), structured=told), page.language


def about(site: Site) -> Response:
    """/about: what the data are, on which terms, and what is promised about their addresses."""
    return page_only(partial(_about_page, site), dump_alternatives(site))


def _about_page(site: Site) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="about")
    told = script(page_of(page, page.say("page-about"), "about", "AboutPage"))
    return render("about.html", page, sources=site.things("source"), structured=told), page.language


def health(site: Site) -> Response:
    """/health: whether everything is in order, for monitoring; 200 as long as pages and data can be served."""
    engine, publication = _engine_state(site)
    in_order = engine in ("ok", "none") and publication in ("", site.publication.name)
    told = {"status": "ok" if in_order else "degraded", "publication": site.publication.name, "engine": engine}
    response = answer((json.dumps(told) + "\n").encode(), "application/json; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _engine_state(site: Site) -> tuple[str, str]:
    """Return the engine's state, and the publication it answers from, or "" when it has none to tell of."""
    if site.engine is None:
        return "none", ""
    try:
        return "ok", site.engine.holdings().publication
    except Unavailable:
        return "unavailable", ""


ROUTES: tuple[Route, ...] = (
    ("/", "home", home),
    ("/about", "about", about),
    ("/health", "health", health),
)
