"""The page about the dataset for people: what it is, whose, under which terms, and the files to take."""

from __future__ import annotations

from dataclasses import dataclass

from hanke_lod.formats import RDF_FORMATS
from hanke_lod.namespaces import DCAT, DCTERMS, EU, FOAF, IANA, SPDX
from hanke_lod.words import date_words, period_words
from hanke_lod_server.graph import Graph, Name
from hanke_lod_server.pages.frame import Page, Shown
from hanke_lod_server.pages.project import Fact
from hanke_lod_server.pages.words import size_words


@dataclass(frozen=True)
class FileShown:
    """A file that the dataset is offered as; `anchor` is its IRI's fragment."""

    label: str
    href: str
    media_type: str
    size: str
    checksum: str
    anchor: str


@dataclass(frozen=True)
class DatasetShown:
    """All that the page shows."""

    iri: str
    name: Name
    description: Name
    facts: tuple[Fact, ...]
    files: tuple[FileShown, ...]
    keywords: tuple[str, ...]


def dataset_shown(page: Page, iri: str, graph: Graph) -> DatasetShown:
    """Return what the page about a dataset shows."""
    return DatasetShown(
        iri=iri,
        name=page.name(graph.names(iri, (DCTERMS.title,))),
        description=page.name(graph.names(iri, (DCTERMS.description,))),
        facts=tuple(_facts(page, iri, graph)),
        files=tuple(_files(page, iri, graph)),
        keywords=tuple(
            term.value for term in graph.values(iri, DCAT.keyword) if getattr(term, "language", "") == page.language
        ),
    )


def datasets_of(graph: Graph) -> list[str]:
    """Return the datasets that a catalogue describes."""
    return [subject for subject in graph.subjects if graph.is_a(subject, DCAT.Dataset)]


def _facts(page: Page, iri: str, graph: Graph) -> list[Fact]:
    publishers = tuple(page.shown(graph, term) for term in graph.values(iri, DCTERMS.publisher))
    facts = [Fact(page.say("page-publisher"), publishers)]
    for text, predicate in (("page-issued", DCTERMS.issued), ("page-modified", DCTERMS.modified)):
        value = graph.text(iri, predicate)
        facts.append(Fact(page.say(text), (Shown(date_words(value, page.language)),) if value else ()))
    for part in graph.nodes(iri, DCTERMS.temporal):
        words = period_words(graph.text(part, DCAT.startDate), graph.text(part, DCAT.endDate), page.language)
        facts.append(Fact(page.say("page-covers"), (Shown(words),), part.partition("#")[2]))
    mailboxes = [term for node in graph.nodes(iri, DCTERMS.publisher) for term in graph.values(node, FOAF.mbox)]
    facts.append(Fact(page.say("page-contact"), tuple(page.shown(graph, term) for term in mailboxes)))
    return [fact for fact in facts if fact.values]


def _files(page: Page, iri: str, graph: Graph) -> list[FileShown]:
    found = []
    for node in graph.nodes(iri, DCAT.distribution):
        address = graph.text(node, DCAT.downloadURL)
        if not address.startswith(page.site.addresses.base):
            continue  # the SPARQL endpoint is no file
        size = graph.text(node, DCAT.byteSize)
        checksum = next((graph.text(part, SPDX.checksumValue) for part in graph.nodes(node, SPDX.checksum)), "")
        found.append(
            FileShown(
                label=_format(graph, node),
                href=page.data_path(address.removeprefix(page.site.addresses.base)),
                media_type=graph.text(node, DCAT.mediaType).removeprefix(IANA),
                size=size_words(int(size), page.language) if size.isdigit() else "",
                checksum=checksum,
                anchor=node.partition("#")[2],
            )
        )
    return found


_FORMATS = {row.file_type: row.label for row in RDF_FORMATS if row.file_type}


def _format(graph: Graph, node: str) -> str:
    code = graph.text(node, DCTERMS.format).removeprefix(EU + "file-type/")
    return _FORMATS.get(code, code)
