"""A source document's page: the list as it was published, each part marked with what it was understood to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanke_lod.namespaces import DCTERMS, IANA, PROV, SPDX
from hanke_lod.words import date_words
from hanke_lod_server.graph import Graph, Name
from hanke_lod_server.pages.frame import About, Page, Shown
from hanke_lod_server.pages.marks import Json, Piece, legend, pieces, remark_words
from hanke_lod_server.pages.project import Fact, place_words


@dataclass(frozen=True)
class RemarkShown:
    """A numbered remark."""

    number: int
    words: str


@dataclass(frozen=True)
class BlockShown:
    """A block of the document: `level` of a heading, counted below the page's own heading; the project it tells of."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]
    anchor: str
    place: str
    href: str
    remarks: tuple[RemarkShown, ...]


@dataclass(frozen=True)
class SourceShown:
    """All that the page shows."""

    name: Name
    facts: tuple[Fact, ...]
    blocks: tuple[BlockShown, ...]
    legend: tuple[str, ...]
    language: str
    entries: int
    remarks: int


def source_shown(page: Page, about: About) -> SourceShown:
    """Return what the page about a source document shows."""
    iri, graph = about.iri, about.graph
    blocks = _blocks(page, about.record.extras.get("blocks", ()))
    return SourceShown(
        name=page.name(about.names),
        facts=tuple(_facts(page, graph, iri)),
        blocks=blocks,
        legend=tuple(legend(block.pieces for block in blocks)),
        language=_LANGUAGES.get(graph.text(iri, DCTERMS.language).rpartition("/")[2], ""),
        entries=sum(block.kind == "entry" for block in blocks),
        remarks=sum(len(block.remarks) for block in blocks),
    )


_LANGUAGES = {"FIN": "fi", "SWE": "sv", "ENG": "en"}


def _facts(page: Page, graph: Graph, iri: str) -> list[Fact]:
    facts = [
        Fact(page.say(text), tuple(page.shown(graph, term) for term in graph.values(iri, predicate)))
        for text, predicate in (("page-published-by", DCTERMS.publisher), ("page-published-at", DCTERMS.source))
    ]
    captured = graph.text(iri, PROV.generatedAtTime).partition("T")[0]
    media_type = graph.text(iri, DCTERMS.format).removeprefix(IANA)
    checksum = next((graph.text(node, SPDX.checksumValue) for node in graph.nodes(iri, SPDX.checksum)), "")
    for text, words in (
        ("page-captured", date_words(captured, page.language)),
        ("page-media-type", media_type),
        ("page-checksum", checksum),
    ):
        facts.append(Fact(page.say(text), (Shown(words),) if words else ()))
    return [fact for fact in facts if fact.values]


def _blocks(page: Page, held: Sequence[Json]) -> tuple[BlockShown, ...]:
    levels = sorted({int(block.get("level", 0)) for block in held if block["kind"] == "heading"})
    number = 0
    shown = []
    for block in held:
        remarks = []
        for remark in block.get("remarks", ()):
            number += 1
            remarks.append(RemarkShown(number, remark_words(remark, page.language)))
        project = block.get("project")
        shown.append(
            BlockShown(
                kind=block["kind"],
                level=min(levels.index(int(block.get("level", 0))) + 2, 6) if block["kind"] == "heading" else 0,
                pieces=tuple(pieces(block["text"], block.get("spans", ()))),
                anchor=block.get("anchor", ""),
                place=place_words(page, block),
                href=page.link("document", kind="project", slug=project) if project else "",
                remarks=tuple(remarks),
            )
        )
    return tuple(shown)
