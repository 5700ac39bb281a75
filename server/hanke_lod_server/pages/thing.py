"""The page of an organisation, a sector or a funding source: what it is, its identifiers, and its projects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hanke_lod.namespaces import DCTERMS, FOAF, HANKE, ORG, SCHEMA, SKOS
from hanke_lod.searching import ListedProject, Selection
from hanke_lod_server.graph import Graph, Name
from hanke_lod_server.pages.frame import About, Page, Shown
from hanke_lod_server.pages.history import ChangeShown, history_shown
from hanke_lod_server.pages.project import Fact
from hanke_lod_server.pages.rows import ROLES, Row, listing_of, rows

#: How many projects the page itself lists; the rest is a link to the list.
LISTED = 100

FACTS = (
    ("page-broader", SKOS.broader),
    ("page-part-of", ORG.unitOf),
    ("page-part-of", DCTERMS.isPartOf),
    ("page-classification", ORG.classification),
    ("page-other-name", SKOS.altLabel),
    ("page-place", DCTERMS.spatial),
    ("page-homepage", FOAF.homepage),
    ("page-identifier", ORG.identifier),
    ("page-same", SCHEMA.sameAs),
    ("page-same", SKOS.exactMatch),
    ("page-close", SKOS.closeMatch),
    ("page-wider", SKOS.broadMatch),
)
_FUNDING_KINDS = (
    (HANKE.Fund, "page-kind-fund"),
    (HANKE.FundingProgramme, "page-kind-programme"),
    (HANKE.GrantType, "page-kind-grant"),
)


@dataclass(frozen=True)
class Group:
    """Projects under a heading, which may be empty when there is one group only."""

    heading: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class ThingShown:
    """All that the page shows; `others` are the names in the other languages."""

    name: Name
    kind: str
    listing: str
    others: tuple[Name, ...]
    facts: tuple[Fact, ...]
    narrower: tuple[Shown, ...]
    groups: tuple[Group, ...]
    count: int
    publishes: bool
    history: tuple[ChangeShown, ...]


def thing_shown(page: Page, about: About) -> ThingShown:
    """Return what the page about an organisation, a sector or a funding source shows."""
    kind, slug, iri, graph = about.kind, about.slug, about.iri, about.graph
    name = page.name(about.names)
    selection = Selection(**{kind: slug})
    listed = page.site.index.projects(selection, order="end", limit=LISTED)
    projects = sorted(listed, key=lambda project: not (project.start or project.end))
    key = f"{kind}/{slug}"
    return ThingShown(
        name=name,
        kind=page.say(_kind(graph, iri, kind)),
        listing=listing_of(kind),
        others=tuple(Name(text, tag) for tag, text in about.names.items() if text != name.text),
        facts=tuple(_facts(page, graph, iri)),
        narrower=tuple(_narrower(page, slug)) if kind == "sector" else (),
        groups=tuple(_by_role(page, projects, slug) if kind == "organisation" else _one(page, projects, key)),
        count=page.site.count(selection),
        publishes=kind == "organisation" and slug == page.site.publisher,
        history=history_shown(page, about.record),
    )


def _kind(graph: Graph, iri: str, kind: str) -> str:
    found = next((text for type_, text in _FUNDING_KINDS if graph.is_a(iri, type_)), "")
    return found or f"page-kind-{kind}"


def _facts(page: Page, graph: Graph, iri: str) -> Iterable[Fact]:
    labels = dict.fromkeys(text for text, _ in FACTS)
    for text in labels:
        terms = [term for label, property_ in FACTS if label == text for term in graph.values(iri, property_)]
        if terms:
            yield Fact(page.say(text), tuple(page.shown(graph, term) for term in terms))


def _narrower(page: Page, slug: str) -> Iterable[Shown]:
    for thing in page.site.things("sector"):
        if thing.parent == slug:
            name = page.name(thing.names)
            yield Shown(name.text, name.language, page.link("document", kind="sector", slug=thing.slug))


def _one(page: Page, projects: Sequence[ListedProject], key: str) -> Iterable[Group]:
    if projects:
        yield Group("", rows(page, projects, key))


def _by_role(page: Page, projects: Sequence[ListedProject], slug: str) -> Iterable[Group]:
    for role in ROLES:
        mine = [
            project
            for project in projects
            if any((link.relation, link.kind, link.target) == (role, "organisation", slug) for link in project.links)
        ]
        if mine:
            yield Group(page.say(f"page-role-{role}"), rows(page, mine, f"organisation/{slug}"))
