"""Things and their descriptions: /id/… leads to /doc/…, which is a page and RDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

from flask import Response, abort, request, url_for

from hanke_lod.model import Kind
from hanke_lod.publications import Record
from hanke_lod.words import date_words
from hanke_lod_server.answers import Described, Route, by_suffix, describe, moved
from hanke_lod_server.graph import Graph
from hanke_lod_server.headers import FRESH, LASTING
from hanke_lod_server.pages.catalog import dataset_shown
from hanke_lod_server.pages.frame import About, Page, reader_of, render
from hanke_lod_server.pages.history import history_shown
from hanke_lod_server.pages.project import project_shown
from hanke_lod_server.pages.resource import subjects_shown
from hanke_lod_server.pages.source import source_shown
from hanke_lod_server.pages.structured import script
from hanke_lod_server.pages.structured import thing as thing_told
from hanke_lod_server.pages.thing import thing_shown
from hanke_lod_server.signposting import form_links, thing_landing
from hanke_lod_server.site import Site
from hanke_lod_server.variants import transcribe, triples_of

#: The endpoint, or the path of one that is not ours, to which the IRI of something that is no kind's thing leads.
_COLLECTIVE = {"sector": "sectors", "funding": "funding", "catalog": "catalog"}


def kept_language(site: Site) -> dict[str, Any]:  # Any: what url_for takes
    """Return the language that the address asks for, so that a redirect keeps it."""
    asked = request.args.get("lang", "")
    return {"lang": asked} if asked in site.config.languages else {}


def collective(site: Site, name: str) -> Response:
    """/id/sector, /id/funding and /id/catalog: 303 to what tells of them."""
    return moved(url_for(_COLLECTIVE[name], **kept_language(site)), 303, LASTING)


def service(_site: Site) -> Response:
    """/id/service/sparql: 303 to the endpoint, which describes itself."""
    return moved(f"{request.script_root}/sparql", 303, LASTING)


def thing(site: Site, kind: str, slug: str) -> Response:
    """/id/<kind>/<slug>: 303 to its description, if it has ever been published."""
    record = site.record(f"{kind}/{slug}") or site.record(f"{kind}/{slug.lower()}")
    if record is None:
        abort(404)
    known = record.key.partition("/")[2]
    return moved(url_for("document", kind=kind, slug=known, **kept_language(site)), 303, LASTING)


def document(site: Site, kind: str, slug: str, suffix: str = "") -> Response:
    """/doc/<kind>/<slug>: the description; 410 when the thing is no longer listed, 301 when it became another."""
    values: dict[str, Any] = {"kind": kind, **({"suffix": suffix} if suffix else {})}  # Any: what url_for takes
    record = site.record(f"{kind}/{slug}")
    if record is None and site.record(f"{kind}/{slug.lower()}") is not None:
        return moved(url_for("document", slug=slug.lower(), **values, **kept_language(site)), 301, LASTING)
    if record is None:
        abort(404)
    if record.state == "merged":
        return moved(url_for("document", slug=record.target, **values, **kept_language(site)), 301, FRESH)
    subject = site.iri_of(cast(Kind, kind), slug)
    gone = record.state == "gone"
    described = Described(
        href=by_suffix("document", kind=kind, slug=slug),
        data=partial(transcribe, record.triples, subject),
        page=partial(_gone_page if gone else _page, site, record, cast(Kind, kind), subject),
        status=410 if gone else 200,
        links=partial(form_links, site, thing_landing(site, cast(Kind, kind), slug)) if not gone else lambda _: (),
    )
    return describe(described, suffix)


_View = Callable[[Page, About], object]
#: The page of each kind of thing: its template, what it shows, and the word of navigation it belongs to.
_PAGES: Mapping[Kind, tuple[str, _View, str]] = {
    "project": ("project.html", project_shown, "projects"),
    "organisation": ("thing.html", thing_shown, "projects"),
    "sector": ("thing.html", thing_shown, "projects"),
    "funding": ("thing.html", thing_shown, "projects"),
    "source": ("source.html", source_shown, "catalog"),
    "dataset": ("dataset.html", lambda page, about: dataset_shown(page, about.iri, about.graph), "catalog"),
}


def _page(site: Site, record: Record, kind: Kind, subject: str) -> tuple[str, str]:
    slug = record.key.partition("/")[2]
    template, view, active = _PAGES[kind]
    page = Page(site, reader_of(site), active)
    about = About(record, kind, slug, subject, Graph(triples_of(record.triples)))
    forms = page.forms("document", kind=kind, slug=slug)
    if subject in about.graph:
        shown = view(page, about)
        told = script(thing_told(page, kind, about))
        values = {"iri": subject, "forms": forms, "kind": kind, "slug": slug, "structured": told}
        return render(template, page, shown=shown, **values), page.language
    subjects = subjects_shown(page, subject, about.graph)
    name = page.name(about.names)
    return render("resource.html", page, name=name, subjects=subjects, iri=subject, forms=forms), page.language


def _gone_page(site: Site, record: Record, kind: Kind, subject: str) -> tuple[str, str]:
    page = Page(site, reader_of(site))
    name = page.name(record.extras.get("names", {}))
    since, first, last = (
        date_words(day, page.language)
        for day in (record.changed, record.extras.get("first", ""), record.extras.get("last", ""))
    )
    facts = {"name": name, "iri": subject, "kind": kind, "since": since, "first": first, "last": last}
    return render("gone.html", page, history=history_shown(page, record), **facts), page.language


ROUTES: tuple[Route, ...] = (
    ("/id/sector", "id-sector", partial(collective, name="sector")),
    ("/id/funding", "id-funding", partial(collective, name="funding")),
    ("/id/catalog", "id-catalog", partial(collective, name="catalog")),
    ("/id/service/sparql", "id-sparql", service),
    ("/id/<kind:kind>/<slug:slug>", "thing", thing),
    ("/doc/<kind:kind>/<slug:slug>", "document", document),
    ("/doc/<kind:kind>/<slug:slug>.<suffix:suffix>", "document", document),
)
