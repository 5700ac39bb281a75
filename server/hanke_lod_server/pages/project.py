"""A project's page: what its triples and its entry say, in the order in which a reader asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hanke_lod.namespaces import DCAT, DCTERMS, FOAF, HANKE, SCHEMA, SKOS
from hanke_lod.publications import Record
from hanke_lod.words import period_words, sum_words
from hanke_lod_server.graph import Graph, Name
from hanke_lod_server.pages.frame import About, Page, Shown
from hanke_lod_server.pages.history import ChangeShown, history_shown
from hanke_lod_server.pages.marks import Json, Piece, legend, pieces, remark_words
from hanke_lod_server.pages.rows import scale_of
from hanke_lod_server.pages.timebar import Bar, Scale, bar
from hanke_lod_server.pages.words import state_words

#: The rows of the table of facts: text and property. A fact that the source does not state is no row.
FACTS = (
    ("page-role-implementer", HANKE.implementer),
    ("page-role-coImplementer", HANKE.coImplementer),
    ("page-role-coordinator", HANKE.coordinator),
    ("page-role-administrator", HANKE.administrator),
    ("page-role-partner", HANKE.partner),
    ("page-role-participant", HANKE.participant),
    ("page-role-funder", HANKE.funder),
    ("page-funding", HANKE.fundedFrom),
    ("page-sector", HANKE.inSector),
    ("page-status", HANKE.status),
    ("page-place", DCTERMS.spatial),
    ("page-theme", DCTERMS.subject),
    ("page-other-name", SKOS.altLabel),
    ("page-homepage", FOAF.homepage),
    ("page-related", DCTERMS.relation),
    ("page-listed-by", HANKE.listedBy),
)


@dataclass(frozen=True)
class Fact:
    """A row of facts: its label, its values, and the place on the page that an IRI's fragment names."""

    label: str
    values: tuple[Shown, ...]
    anchor: str = ""


@dataclass(frozen=True)
class PeriodShown:
    """A period in words; `anchor` is its IRI's fragment."""

    words: str
    written: str
    anchor: str


@dataclass(frozen=True)
class EntryShown:
    """An entry of a list: its marked text and where it stands."""

    pieces: tuple[Piece, ...]
    legend: tuple[str, ...]
    place: str
    href: str
    source: Name
    headings: tuple[str, ...]
    remarks: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class ProjectShown:
    """All that the page shows."""

    name: Name
    sectors: tuple[Shown, ...]
    periods: tuple[PeriodShown, ...]
    state: str
    scale: Scale | None
    bar: Bar | None
    facts: tuple[Fact, ...]
    descriptions: tuple[Name, ...]
    entries: tuple[EntryShown, ...]
    history: tuple[ChangeShown, ...]


def project_shown(page: Page, about: About) -> ProjectShown:
    """Return what the page about a project shows."""
    iri, graph, record = about.iri, about.graph, about.record
    parts = graph.nodes(iri, DCTERMS.temporal)
    bounds = [(graph.text(part, DCAT.startDate), graph.text(part, DCAT.endDate)) for part in parts]
    scale = scale_of(page)
    today = page.site.today()
    return ProjectShown(
        name=page.name(about.names),
        sectors=tuple(page.shown(graph, term) for term in graph.values(iri, HANKE.inSector)),
        periods=tuple(
            PeriodShown(
                period_words(*bound, page.language),
                graph.text(part, HANKE.periodAsWritten),
                part.partition("#")[2],
            )
            for part, bound in zip(parts, bounds, strict=True)
        ),
        state=state_words(graph.text(iri, HANKE.earliestStart), graph.text(iri, HANKE.latestEnd), today, page.language),
        scale=scale,
        bar=bar(scale, bounds, today) if scale and parts else None,
        facts=tuple(_facts(page, graph, iri)),
        descriptions=tuple(Name(text, tag) for tag, text in graph.names(iri, (DCTERMS.description,)).items()),
        entries=tuple(_entries(page, record, _languages(graph, iri))),
        history=history_shown(page, record),
    )


def _facts(page: Page, graph: Graph, iri: str) -> Iterable[Fact]:
    precise = {
        node for text, role in FACTS if text.startswith("page-role-") and role != HANKE.participant
        for node in graph.nodes(iri, role)
    }  # fmt: skip
    for text, predicate in FACTS:
        terms = graph.values(iri, predicate)
        if predicate == HANKE.participant:
            terms = [term for term in terms if term.value not in precise]
        if terms:
            yield Fact(page.say(text), tuple(page.shown(graph, term) for term in terms))
    for part in graph.nodes(iri, HANKE.totalBudget):
        words = sum_words(graph.text(part, SCHEMA.value), graph.text(part, SCHEMA.currency), page.language)
        yield Fact(page.say("page-budget"), (Shown(words),), part.partition("#")[2])


def _languages(graph: Graph, iri: str) -> dict[str, str]:
    """Return the language of each entry's text by the entry's fragment."""
    return {
        entry.partition("#")[2]: next(iter(graph.names(entry, (HANKE.originalText,))), "")
        for entry in graph.nodes(iri, HANKE.statedIn)
    }


def _entries(page: Page, record: Record, languages: dict[str, str]) -> Iterable[EntryShown]:
    for entry in record.extras.get("entries", ()):
        source, anchor = str(entry["source"]), str(entry["anchor"])
        cut = pieces(entry["text"], entry.get("spans", ()))
        yield EntryShown(
            pieces=tuple(cut),
            legend=tuple(legend([cut])),
            place=place_words(page, entry),
            href=page.link("document", kind="source", slug=source, _anchor=anchor),
            source=page.name(page.site.names(f"source/{source}")),
            headings=tuple(entry.get("headings", ())),
            remarks=tuple(remark_words(remark, page.language) for remark in entry.get("remarks", ())),
            language=languages.get(anchor, ""),
        )


def place_words(page: Page, entry: Json) -> str:
    """Return where an entry stands: "line 19", "page 3", a sheet's cell."""
    if entry.get("line") is not None:
        return page.say("page-line", line=entry["line"])
    locator = str(entry.get("locator", ""))
    number = locator.removeprefix("page ")
    return page.say("page-page", page=number) if number != locator else locator
