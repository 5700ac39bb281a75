"""What tells machines where things are: the VoID description, the sitemap, robots.txt and llms.txt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from xml.sax.saxutils import escape

from flask import Response, abort, url_for

from hanke_lod.publications import Publication
from hanke_lod.texts import of, say
from hanke_lod.uris import KINDS
from hanke_lod_server.answers import Described, Route, answer, describe
from hanke_lod_server.site import KIND_NAMES, Site
from hanke_lod_server.variants import VARIANTS, Variant

#: As many addresses as a sitemap may have (https://www.sitemaps.org/protocol.html).
SITEMAP_ADDRESSES = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = ("", "projects", "organisations", "sectors", "funding", "timeline", "catalog.html", "ontology.html", "about")


def void(site: Site, suffix: str = "") -> Response:
    """/.well-known/void: what the dataset holds, counted; RDF only."""
    if site.record("void") is None:
        abort(404)

    def href(variant: Variant) -> str:
        return url_for("void", suffix=variant.suffix)

    def page() -> tuple[str, str]:
        raise AssertionError("there is no page among the forms")

    return describe(Described(href, page, partial(site.collective, "void"), variants=VARIANTS[1:]), suffix)


# ── sitemap ─────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=2)
def _listed(publication: Publication) -> tuple[tuple[str, str], ...]:
    """Return path and day of change of every page: those that are always there, then every thing's."""
    records = publication.keys()
    things = [
        (f"doc/{key}", changed)
        for key, state, changed in records
        if state == "current" and "/" in key and key.partition("/")[0] in KIND_NAMES
    ]
    latest = max((changed for _, changed in things), default="")
    return (*((path, latest) for path in _PAGES), *things)


def sitemap(site: Site, number: int = 0) -> Response:
    """/sitemap.xml: every page with the day of its last change; of very many pages a list of sitemaps."""
    pages = _listed(site.publication)
    parts = -(-len(pages) // SITEMAP_ADDRESSES)
    if number > parts or (number and parts == 1):
        abort(404)
    if parts > 1 and not number:
        latest = max(changed for _, changed in pages)
        text = _xml("sitemapindex", "sitemap", site, [(f"sitemap-{part}.xml", latest) for part in range(1, parts + 1)])
    else:
        first = max(number - 1, 0) * SITEMAP_ADDRESSES
        text = _xml("urlset", "url", site, pages[first : first + SITEMAP_ADDRESSES])
    return answer(text.encode(), "application/xml; charset=utf-8")


def _xml(whole: str, part: str, site: Site, rows: Sequence[tuple[str, str]]) -> str:
    lines = [
        f"<{part}><loc>{escape(site.addresses.path(path))}</loc>"
        f"{f'<lastmod>{changed}</lastmod>' if changed else ''}</{part}>"
        for path, changed in rows
    ]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_NAMESPACE}">'
    return "\n".join((head, *lines, f"</{whole}>", ""))


# ── in words ────────────────────────────────────────────────────────────────────────────────────────────────


def robots(site: Site) -> Response:
    """/robots.txt: all may be read; crawlers should not ask queries."""
    lines = (
        "User-agent: *",
        f"Disallow: {url_for('home')}sparql?",
        "",
        f"Sitemap: {site.addresses.path('sitemap.xml')}",
        "",
    )
    return answer("\n".join(lines).encode(), "text/plain; charset=utf-8")


def llms(site: Site) -> Response:
    """/llms.txt: what there is, for language models that look something up (https://llmstxt.org/)."""
    language = "en" if "en" in site.config.languages else site.config.languages[0]
    confirmed = site.config.licence_confirmed
    lists = "\n".join(
        f"- [{say(f'openapi-list-{row.listing}', language)}]({site.addresses.path(row.listing)})" for row in KINDS[:4]
    )
    text = say(
        "llms",
        language,
        title=of(site.config.title, language),
        publisher=of(site.config.publisher.name, language),
        count=site.project_count,
        base=site.addresses.base,
        lists=lists,
        licence=site.config.licence if confirmed else say("page-licence-unconfirmed", language),
    )
    return answer((text.strip() + "\n").encode(), "text/plain; charset=utf-8", language=language)


ROUTES: tuple[Route, ...] = (
    ("/.well-known/void", "void", void),
    ("/.well-known/void.<suffix:suffix>", "void", void),
    ("/sitemap.xml", "sitemap", sitemap),
    ("/sitemap-<int:number>.xml", "sitemap", sitemap),
    ("/robots.txt", "robots", robots),
    ("/llms.txt", "llms", llms),
)
