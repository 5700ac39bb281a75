"""The lists: projects with facets, search and pages; organisations, sectors and funding; the projects over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from flask import Response, abort, request, url_for

from hanke_lod.model import Kind
from hanke_lod.searching import Selection, fold
from hanke_lod_server.answers import Described, Link, Route, describe, page_only
from hanke_lod_server.datasets import dump_alternatives
from hanke_lod_server.listing import FORMS, Listing, data, page_links
from hanke_lod_server.pages.facets import chosen, facets
from hanke_lod_server.pages.frame import Page, reader_of, render
from hanke_lod_server.pages.rows import rows, scale_of
from hanke_lod_server.pages.strips import strips
from hanke_lod_server.pages.structured import page_of, script
from hanke_lod_server.pages.tree import Branch, branches
from hanke_lod_server.selecting import PAGE_ROWS, choice, page_number, search_words
from hanke_lod_server.site import Site
from hanke_lod_server.variants import CSV, HTML, Variant


@dataclass(frozen=True)
class Paging:
    """Where a page stands among the pages of a list, with the addresses of those before and after it."""

    page: int
    pages: int
    previous: str
    next: str


def _paging(page: int, total: int, address: Callable[[int], str]) -> Paging:
    """Return the paging; a page beyond the last is not found."""
    pages = max(-(-total // PAGE_ROWS), 1)
    if page > pages:
        abort(404)
    return Paging(page, pages, address(page - 1) if page > 1 else "", address(page + 1) if page < pages else "")


def projects(site: Site, suffix: str = "") -> Response:
    """/projects: the list of projects, as a page and as data."""
    return describe(_described(site, partial(_projects_page, site), partial(_projects_listing, site)), suffix)


def _described(site: Site, page: Callable[[], tuple[str, str]], listing: Callable[[], Listing]) -> Described:
    """Return a list in all its forms; the addresses of the forms keep what the list is narrowed to."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name != "lang"}  # what url_for takes
    endpoint = request.endpoint or "home"
    turned = cache(listing)

    def links(variant: Variant) -> list[Link]:
        base = request.script_root + "/"
        service = Link(url_for("openapi"), "service-desc", "application/vnd.oai.openapi+json")
        return [*page_links(turned(), base, variant), service]

    return Described(
        href=lambda variant: url_for(endpoint, suffix=variant.suffix, **kept),
        page=page,
        data=lambda variant: data(site, turned(), variant),
        variants=FORMS,
        links=links,
    )


def _projects_listing(site: Site) -> Listing:
    asked = choice(request.args, site.today())
    total = site.count(asked.selection)
    found = site.index.projects(asked.selection, order=asked.order, offset=asked.offset, limit=PAGE_ROWS)
    return _within(Listing("projects", total, asked.page, "project", found, asked.parameters()))


def _things_listing(site: Site, kind: Kind, path: str) -> Listing:
    words, page = search_words(request.args), page_number(request.args)
    found = [branch.thing for branch in _matching(_things(site, kind), words)]
    rows = found[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return _within(Listing(path, len(found), page, kind, rows, {"q": words} if words else {}))


def _within(listing: Listing) -> Listing:
    if listing.page > listing.pages:
        abort(404)
    return listing


def _projects_page(site: Site) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="projects")
    asked = choice(request.args, site.today())
    total = site.count(asked.selection)

    def address(number: int) -> str:
        extra = {"page": str(number)} if number > 1 else {}
        return page.link("projects", **asked.parameters(**extra))

    text = render(
        "projects.html",
        page,
        choice=asked,
        total=total,
        running=_running(site, asked.selection),
        rows=rows(page, site.index.projects(
            asked.selection, order=asked.order, offset=asked.offset, limit=PAGE_ROWS
        )),
        facets=facets(page, asked),
        chosen=chosen(page, asked),
        paging=_paging(asked.page, total, address),
        dumps=dump_alternatives(site),
        scale=scale_of(page),
        structured=script(page_of(page, page.say("page-projects"), "projects", "CollectionPage")),
    )  # fmt: skip
    return text, page.language


def _running(site: Site, selection: Selection) -> int:
    if selection.running:
        return 0
    values = {name: getattr(selection, name) for name in selection.__dataclass_fields__}
    return site.count(Selection(**{**values, "running": site.today().isoformat()}))


# ── organisations, sectors, funding ─────────────────────────────────────────────────────────────────────────


def organisations(site: Site, suffix: str = "") -> Response:
    """/organisations: every organisation that takes part in a project."""
    page = partial(_things_page, site, "organisation", "organisations")
    return describe(_described(site, page, partial(_things_listing, site, "organisation", "organisations")), suffix)


def sectors(site: Site, suffix: str = "") -> Response:
    """/sectors: the scheme of sectors, as a page and as RDF."""
    return _scheme(site, "sector", "sectors", suffix)


def funding(site: Site, suffix: str = "") -> Response:
    """/funding: the scheme of funding sources, as a page and as RDF."""
    return _scheme(site, "funding", "funding", suffix)


def _scheme(site: Site, kind: Kind, listing: str, suffix: str) -> Response:
    """Answer with a scheme: as RDF it is whole, for it describes itself; the rows of CSV are those asked for."""
    if site.record(listing) is None:
        abort(404)
    search_words(request.args)  # what cannot be understood is 400 in every form
    page_number(request.args)
    page = partial(_things_page, site, kind, listing)
    described = _described(site, page, partial(_things_listing, site, kind, listing))

    def form(variant: Variant) -> bytes:
        return described.data(variant) if variant is CSV else site.collective(listing, variant)

    def links(variant: Variant) -> Sequence[Link]:
        return described.links(variant) if variant in (CSV, HTML) else ()

    return describe(replace(described, data=form, links=links), suffix)


def _things_page(site: Site, kind: Kind, listing: str) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="projects")
    words = search_words(request.args)
    found = _matching(_things(site, kind), words)
    number = page_number(request.args)

    def address(wanted: int) -> str:
        query = {**({"q": words} if words else {}), **({"page": str(wanted)} if wanted > 1 else {})}
        return page.link(listing, **query)

    text = render(
        "things.html",
        page,
        kind=kind,
        listing=listing,
        words=words,
        total=len(found),
        found=found[(number - 1) * PAGE_ROWS : number * PAGE_ROWS],
        paging=_paging(number, len(found), address),
        strips={strip.slug: strip for strip in strips(page)} if kind == "sector" else {},
        scale=scale_of(page),
        forms=page.forms(listing),
        structured=script(page_of(page, page.say(f"page-listing-{kind}"), listing, "CollectionPage")),
    )
    return text, page.language


def _things(site: Site, kind: str) -> list[Branch]:
    if kind == "sector":
        return branches(site, Selection())
    return [Branch(thing, 0, thing.count) for thing in site.things(kind)]


def _matching(found: Sequence[Branch], words: str) -> Sequence[Branch]:
    wanted = fold(words).split()
    return [
        branch
        for branch in found
        if all(any(word in fold(name) for name in branch.thing.names.values()) for word in wanted)
    ]


# ── over time ───────────────────────────────────────────────────────────────────────────────────────────────


def timeline(site: Site) -> Response:
    """/timeline: the projects over time, by sector."""
    return page_only(partial(_timeline_page, site), dump_alternatives(site))


def _timeline_page(site: Site) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="timeline")
    told = script(page_of(page, page.say("page-nav-timeline"), "timeline"))
    return render("timeline.html", page, strips=strips(page), scale=scale_of(page), structured=told), page.language


ROUTES: tuple[Route, ...] = (
    ("/projects", "projects", projects),
    ("/projects.<suffix:suffix>", "projects", projects),
    ("/organisations", "organisations", organisations),
    ("/organisations.<suffix:suffix>", "organisations", organisations),
    ("/sectors", "sectors", sectors),
    ("/sectors.<suffix:suffix>", "sectors", sectors),
    ("/funding", "funding", funding),
    ("/funding.<suffix:suffix>", "funding", funding),
    ("/timeline", "timeline", timeline),
)
