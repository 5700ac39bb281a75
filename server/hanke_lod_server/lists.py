"""The lists: projects with facets, search and pages; organisations, sectors and funding; the projects over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Response, abort, request

from hanke_lod.searching import Selection, fold
from hanke_lod_server.answers import Described, Route, by_suffix, describe, page_only
from hanke_lod_server.datasets import dump_alternatives
from hanke_lod_server.pages.facets import chosen, facets
from hanke_lod_server.pages.frame import Page, reader_of, render
from hanke_lod_server.pages.rows import rows, scale_of
from hanke_lod_server.pages.strips import strips
from hanke_lod_server.pages.tree import Branch, branches
from hanke_lod_server.selecting import LONGEST_SEARCH, PAGE_ROWS, WrongParameter, choice, page_number
from hanke_lod_server.site import Site


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


def projects(site: Site) -> Response:
    """/projects: the list of projects."""
    return page_only(partial(_projects_page, site), dump_alternatives(site))


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
    )  # fmt: skip
    return text, page.language


def _running(site: Site, selection: Selection) -> int:
    if selection.running:
        return 0
    values = {name: getattr(selection, name) for name in selection.__dataclass_fields__}
    return site.count(Selection(**{**values, "running": site.today().isoformat()}))


# ── organisations, sectors, funding ─────────────────────────────────────────────────────────────────────────


def organisations(site: Site) -> Response:
    """/organisations: every organisation that takes part in a project."""
    return page_only(partial(_things_page, site, "organisation", "organisations"), dump_alternatives(site))


def sectors(site: Site, suffix: str = "") -> Response:
    """/sectors: the scheme of sectors, as a page and as RDF."""
    return _scheme(site, "sector", "sectors", suffix)


def funding(site: Site, suffix: str = "") -> Response:
    """/funding: the scheme of funding sources, as a page and as RDF."""
    return _scheme(site, "funding", "funding", suffix)


def _scheme(site: Site, kind: str, listing: str, suffix: str) -> Response:
    if site.record(listing) is None:
        abort(404)
    page = partial(_things_page, site, kind, listing)
    return describe(Described(by_suffix(listing), page, partial(site.collective, listing)), suffix)


def _things_page(site: Site, kind: str, listing: str) -> tuple[str, str]:
    page = Page(site, reader_of(site), active="projects")
    words = request.args.get("q", "").strip()
    if len(words) > LONGEST_SEARCH:
        raise WrongParameter("page-wrong-search", "q")
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
        forms=[] if kind == "organisation" else page.forms(listing),
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
    return render("timeline.html", page, strips=strips(page), scale=scale_of(page)), page.language


ROUTES: tuple[Route, ...] = (
    ("/projects", "projects", projects),
    ("/organisations", "organisations", organisations),
    ("/sectors", "sectors", sectors),
    ("/sectors.<suffix:suffix>", "sectors", sectors),
    ("/funding", "funding", funding),
    ("/funding.<suffix:suffix>", "funding", funding),
    ("/timeline", "timeline", timeline),
)
