"""FAIR Signposting, level 2: typed links between a thing's page, its data forms and its files.

https://signposting.org/FAIR/ – the same links stand in the header `Link` of each address and, together, in a link set
(RFC 9264) that the header leads to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort, request

from hanke_lod.formats import DUMP_FORMATS
from hanke_lod.jsonld import encode
from hanke_lod.model import Kind
from hanke_lod_server.answers import Link, Route, answer
from hanke_lod_server.site import Site
from hanke_lod_server.variants import DATA_FORMS, HTML, Variant

LINKSET = "application/linkset+json"
_SCHEMA = "https://schema.org/"
#: Kind → the schema.org class of the thing itself.
TYPES: Mapping[Kind, str] = {
    "project": "Project",
    "organisation": "Organization",
    "sector": "DefinedTerm",
    "funding": "DefinedTerm",
    "source": "DigitalDocument",
    "dataset": "Dataset",
}
Links = Mapping[str, list[Link]]
"""Path below the base → the links from there; their targets are such paths or whole IRIs."""


@dataclass(frozen=True)
class Landing:
    """A thing's page: its path, the thing's IRI and class, its data forms and files, and the path of its link set."""

    path: str
    iri: str
    type: str
    data: Mapping[str, str]
    linkset: str
    items: Mapping[str, str]
    collection: str = ""


def thing_landing(site: Site, kind: Kind, slug: str) -> Landing:
    """Return the page of a thing, which belongs to the dataset's."""
    path = f"doc/{kind}/{slug}"
    forms = {f"{path}.{row.suffix}": row.media_type for row in DATA_FORMS}
    return Landing(path, site.iri_of(kind, slug), TYPES[kind], forms, f"linkset/{kind}/{slug}", {}, "./")


def dataset_landing(site: Site) -> Landing:
    """Return the home page, which is the dataset's; its files are the dumps."""
    forms = {f"catalog.{row.suffix}": row.media_type for row in DATA_FORMS}
    files = site.publication.manifest["files"]
    dumps = ((f"dataset.{row.suffix}", row.media_type) for row in DUMP_FORMATS)
    items = {path: media_type for path, media_type in dumps if path in files}
    return Landing("./", site.addresses.thing("dataset", site.dataset), TYPES["dataset"], forms, "linkset", items)


def links_of(site: Site, landing: Landing) -> Links:
    """Return the links of a page, of its data forms and of its files."""
    licence = [Link(site.config.licence, "license")] if site.config.licence_confirmed else []
    linkset = Link(landing.linkset, "linkset", LINKSET)
    collection = [Link(landing.collection, "collection", HTML.media_type)] if landing.collection else []
    author = site.iri_of("organisation", site.publisher) if site.publisher else site.config.publisher.uri
    found = {
        landing.path: [
            Link(landing.iri, "cite-as"),
            Link(f"{_SCHEMA}AboutPage", "type"),
            Link(_SCHEMA + landing.type, "type"),
            *([Link(author, "author")] if author else []),
            *licence,
            *collection,
            *(Link(path, "describedby", kind) for path, kind in landing.data.items()),
            *(Link(path, "item", kind) for path, kind in landing.items.items()),
            linkset,
        ]
    }
    for path in landing.data:
        found[path] = [Link(landing.path, "describes", HTML.media_type), *licence, linkset]
    for path in landing.items:
        back = Link(landing.path, "collection", HTML.media_type)
        found[path] = [Link(f"{_SCHEMA}Dataset", "type"), *licence, back, linkset]
    return found


def header_links(site: Site, landing: Landing, path: str) -> list[Link]:
    """Return the links from a path of a page's as the header has them: to paths below the prefix, or whole IRIs."""
    return [
        Link(link.href if ":" in link.href else _path(link.href), link.relation, link.media_type)
        for link in links_of(site, landing).get(path, [])
    ]


def _path(path: str) -> str:
    return f"{request.script_root}/{path.removeprefix('./')}"


def form_links(site: Site, landing: Landing, variant: Variant) -> list[Link]:
    """Return the links of a description's form: of the page, or of the data form with this suffix."""
    suffix = next((row.suffix for row in DATA_FORMS if row.format is variant.format), "")
    path = next((path for path in landing.data if path.endswith(f".{suffix}")), "")
    return header_links(site, landing, landing.path if variant is HTML else path)


# ── link sets ───────────────────────────────────────────────────────────────────────────────────────────────


def linkset(site: Site, kind: Kind | None = None, slug: str = "") -> Response:
    """/linkset and /linkset/<kind>/<slug>: all links of a page, its data forms and its files (RFC 9264)."""
    if kind is not None and getattr(site.record(f"{kind}/{slug}"), "state", "") != "current":
        abort(404)
    landing = dataset_landing(site) if kind is None else thing_landing(site, kind, slug)
    told = [_context(site, path, links) for path, links in links_of(site, landing).items()]
    return answer(encode({"linkset": told}), f"{LINKSET}; charset=utf-8")


def _context(site: Site, path: str, links: list[Link]) -> dict[str, object]:
    def absolute(target: str) -> str:
        return target if ":" in target else site.addresses.path(target.removeprefix("./"))

    found: dict[str, object] = {"anchor": absolute(path)}
    for relation in dict.fromkeys(link.relation for link in links):
        found[relation] = [
            {"href": absolute(link.href), **({"type": link.media_type} if link.media_type else {})}
            for link in links
            if link.relation == relation
        ]
    return found


ROUTES: tuple[Route, ...] = (
    ("/linkset", "linkset", linkset),
    ("/linkset/<kind:kind>/<slug:slug>", "linkset", linkset),
)
