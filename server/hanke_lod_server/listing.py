"""Lists for machines: a page of a list as RDF (a Hydra collection) and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from hanke_lod.cells import harmless
from hanke_lod.model import Kind
from hanke_lod.namespaces import HYDRA, XSD
from hanke_lod.rdf import Triple, Writer, literal
from hanke_lod.searching import ListedProject, ListedThing
from hanke_lod.texts import of
from hanke_lod_server.answers import Link
from hanke_lod_server.selecting import PAGE_ROWS
from hanke_lod_server.site import Site
from hanke_lod_server.variants import CSV, HTML, VARIANTS, Variant, encode, triples_of

#: The forms of a list, in the order of the server.
FORMS: tuple[Variant, ...] = (*VARIANTS, CSV)


@dataclass(frozen=True)
class Listing:
    """A page of a list: of which path, narrowed and ordered how, which page of how many rows; and its rows."""

    path: str
    total: int
    page: int
    kind: Kind
    rows: Sequence[ListedProject | ListedThing]
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(-(-self.total // PAGE_ROWS), 1)

    def address(self, base: str, suffix: str = "", page: int = 0) -> str:
        """Return the address of a page in a form; page 0 is the list as a whole."""
        query = urlencode({**self.parameters, **({"page": str(page)} if page > 1 else {})})
        return f"{base}{self.path}{'.' + suffix if suffix else ''}{'?' + query if query else ''}"

    def neighbours(self) -> Iterator[tuple[str, int]]:
        """Yield the relation and the number of the pages that a reader can turn to."""
        yield "first", 1
        if self.page > 1:
            yield "prev", self.page - 1
        if self.page < self.pages:
            yield "next", self.page + 1
        yield "last", self.pages


def page_links(listing: Listing, base: str, variant: Variant) -> list[Link]:
    """Return the links to the other pages, in the same form."""
    suffix = "" if variant is HTML else variant.suffix
    return [Link(listing.address(base, suffix, page), relation) for relation, page in listing.neighbours()]


def data(site: Site, listing: Listing, variant: Variant) -> bytes:
    """Return a page of a list in a data form."""
    if variant is CSV:
        return _csv(site, listing)
    return encode([*_members(site, listing), *_collection(site, listing, variant)], variant)


# ── RDF ─────────────────────────────────────────────────────────────────────────────────────────────────────

_VIEW = {"first": HYDRA.first, "prev": HYDRA.previous, "next": HYDRA.next, "last": HYDRA.last}


def _collection(site: Site, listing: Listing, variant: Variant) -> list[Triple]:
    """Return the list, this page of it, and where the others are: in the same form, as harvesters need it."""
    base = site.addresses.base
    whole = Writer(listing.address(base))
    view = Writer(listing.address(base, variant.suffix, listing.page))
    whole.types(HYDRA.Collection)
    whole.add(HYDRA.totalItems, literal(str(listing.total), datatype=XSD.integer))
    whole.each(HYDRA.member, (site.iri_of(listing.kind, row.slug) for row in listing.rows))
    whole.add(HYDRA.view, view.subject)
    view.types(HYDRA.PartialCollectionView)
    for relation, page in listing.neighbours():
        view.add(_VIEW[relation], listing.address(base, variant.suffix, page))
    return [*whole.triples, *view.triples]


def _members(site: Site, listing: Listing) -> Iterator[Triple]:
    """Yield what the documents of the members say: of a project all, of other things what is said of them alone."""
    for row in listing.rows:
        record = site.record(f"{listing.kind}/{row.slug}")
        if record is None:
            continue
        own = f"<{site.iri_of(listing.kind, row.slug)}".encode()
        alone = listing.kind != "project"
        lines = record.triples.splitlines(keepends=True)
        kept = (line for line in lines if line.startswith((own + b">", own + b"#"))) if alone else lines
        yield from triples_of(b"".join(kept))


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────

#: Columns of projects, named as in dataset.csv → the relations whose things' names they hold.
_LINKED: Mapping[str, tuple[str, ...]] = {
    "sector": ("inSector",),
    "implementers": ("implementer", "coImplementer"),
    "coordinators": ("coordinator", "administrator"),
    "partners": ("partner",),
    "other_participants": ("participant",),
    "funding": ("fundedFrom",),
    "funders": ("funder",),
}
PROJECT_COLUMNS: tuple[str, ...] = ("uri", "title", "start", "end", "status", *_LINKED, "changed")
THING_COLUMNS: tuple[str, ...] = ("uri", "name_fi", "name_sv", "name_en", "parent", "projects")


def _csv(site: Site, listing: Listing) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(PROJECT_COLUMNS if listing.kind == "project" else THING_COLUMNS)
    for row in listing.rows:
        cells = _project(site, row) if isinstance(row, ListedProject) else _thing(site, listing.kind, row)
        writer.writerow([site.iri_of(listing.kind, row.slug), *map(harmless, cells)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _project(site: Site, row: ListedProject) -> Iterator[str]:
    language = site.config.languages[0]
    yield from (of(row.names, language), row.start, row.end, row.status)
    for relations in _LINKED.values():
        links = [link for link in row.links if link.relation in relations]
        yield " | ".join(of(site.names(f"{link.kind}/{link.target}"), language) for link in links)
    yield row.changed


def _thing(site: Site, kind: Kind, row: ListedThing) -> Iterator[str]:
    yield from (row.names.get(language, "") for language in ("fi", "sv", "en"))
    yield site.iri_of(kind, row.parent) if row.parent else ""
    yield str(row.count)
