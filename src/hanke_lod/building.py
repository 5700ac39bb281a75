"""The whole way, from a publisher's folder to a publication that is served."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from hanke_lod import (
    assembling,
    catalogue,
    counting,
    describing,
    dumping,
    identity,
    jsonld,
    lemmatising,
    publications,
    rdf,
    searching,
    validating,
)
from hanke_lod.config import FILE_NAME, Config, Source, load, plain
from hanke_lod.errors import DataError
from hanke_lod.formats import DUMP_FORMATS, JSON_LD, N_QUADS, N_TRIPLES, DumpFormat, RdfFormat
from hanke_lod.interpreting import interpret
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Kind, Project, Register, Remark, SourceRecord
from hanke_lod.namespaces import ONTOLOGY
from hanke_lod.reading import read
from hanke_lod.resources import ontology_file
from hanke_lod.uris import Addresses

Progress = Callable[[str], None]
"""Is told the identifier of a text when a step begins."""


@dataclass(frozen=True)
class Understood:
    """Lists read, understood and given addresses."""

    addresses: Addresses
    register: Register
    ledger: identity.Ledger
    merged: Mapping[str, Project]
    description: describing.Description
    questions: Sequence[identity.Question] = ()

    @property
    def remarks(self) -> list[Remark]:
        """What was unclear, in the order of the sources."""
        sources = self.register.sources
        found = [r for record in sources.values() for r in record.understanding.remarks]
        for project in self.merged.values():
            found += [
                replace(r, document=sources[r.document].understanding.document.name)
                for r in project.remarks
                if r.text == identity.DISAGREEMENT
            ]
        return found


@dataclass(frozen=True)
class Outcome:
    """What a build came to: the publication's name, whether it is new, how many projects, what was unclear.

    `changes` are of rows of the ledger, `news` what the record of changes was continued by.
    """

    publication: str
    is_new: bool
    projects: int
    changes: Sequence[tuple[str, identity.Row]]
    remarks: Sequence[Remark]
    review: validating.Review
    news: Sequence[identity.Change] = ()


def understand(
    sources: Mapping[Path, Source],
    base_uri: str,
    lexicon: Lexicon,
    ledger: identity.Ledger,
    publisher_iri: str = "",
    known: Mapping[tuple[Kind, str], identity.Snapshot] = {},
    *,
    accept_matches: bool = False,
) -> Understood:
    """Read, interpret, identify and describe lists; each by its path, in the order of trust.

    `known` is what was last said of each thing; with `accept_matches` what is likely one of them is taken to be.

    Raises:
        DocumentError: a list cannot be read.
    """
    records = {source.file: _record(path, source, lexicon) for path, source in sources.items()}
    found = identity.register(records, lexicon.publisher, lexicon.sectors, ledger, known, accept=accept_matches)
    register = found.register
    merged = {slug: identity.merge(statements) for slug, statements in register.projects.items()}
    addresses = Addresses(base_uri)
    description = describing.describe(register, addresses, merged, publisher_iri)
    return Understood(addresses, register, found.ledger, merged, description, found.questions)


def _record(path: Path, source: Source, lexicon: Lexicon) -> SourceRecord:
    document = read(path, source.file, source.language, lexicon)
    captured = source.captured.isoformat() if source.captured else ""
    titles = source.title or {document.language: Path(source.file).stem}
    understanding = interpret(document, lexicon)
    return SourceRecord(titles, source.url, captured, source.publisher_takes_part, understanding)


def convert(inputs: Sequence[Path], config: Config | None, base_uri: str | None) -> Understood:
    """Understand lists that are named one by one; a hanke.toml beside the first is used if none is given.

    Raises:
        DocumentError, ConfigError: a list or its hanke.toml cannot be used.
    """
    beside = inputs[0].parent
    if config is None and (beside / FILE_NAME).exists():
        config = load(beside)
    folder = config.folder if config else Path()
    files = [str(path) for path in inputs]
    stated = {(folder / source.file).resolve(): source for source in config.sources} if config else {}
    defaults = plain(folder, files, base_uri or (config.base_uri if config else "http://localhost:8000/"))
    sources = {path: stated.get(path.resolve(), source) for path, source in zip(inputs, defaults.sources, strict=True)}
    lexicon = Lexicon.of_folder(config) if config else Lexicon.bundled()
    ledger = identity.ledger.load(config.path(identity.ledger.FILE_NAME)) if config else {}
    publisher = config.publisher.uri if config else ""
    return understand(sources, defaults.base_uri, lexicon, ledger, publisher)


def write_rdf(triples: Sequence[rdf.Triple], row: RdfFormat) -> bytes:
    """Return the triples in a format, sorted, JSON-LD with our context inline."""
    if row in (N_TRIPLES, N_QUADS):
        return rdf.lines(triples)
    ordered = rdf.sort_triples(triples)
    return jsonld.document(ordered) if row is JSON_LD else rdf.serialise(ordered, row)


def build(
    config: Config, progress: Progress, today: date, *, check: bool = False, accept_matches: bool = False
) -> Outcome:
    """Turn a publisher's folder into a publication and switch to it; with `check` write nothing.

    With `accept_matches` what is likely an earlier thing under a new name keeps its address without being asked.

    Raises:
        DocumentError, ConfigError: a list or a file of the folder cannot be used.
        DataError: the data break a rule or leave a question open; with `check` also: the ledger would change.
        PublicationError: the folder cannot be written to, or another build is running.
    """
    with nullcontext() if check else publications.locked(config.folder):
        progress("step-understand")
        ledger = identity.ledger.load(config.path(identity.ledger.FILE_NAME))
        past = identity.history.load(config.path(identity.history.FILE_NAME))
        sources = {config.path(source.file): source for source in config.sources}
        lexicon, known = Lexicon.of_folder(config), identity.history.replay(past)
        understood = understand(
            sources, config.base_uri, lexicon, ledger, config.publisher.uri, known, accept_matches=accept_matches
        )
        if not understood.merged:
            raise DataError("no-projects", where=str(config.folder))
        _ask(config, understood)
        least = publications.next_number(config.folder)
        now = identity.settle_register(understood.register, understood.ledger, past, config.title, today, least)
        progress("step-validate")
        dumps = map(_unwritten, DUMP_FORMATS)
        review = _validate(understood, _catalogue(dumps, config, understood, now.ledger))
        new = now.changes[len(past) :]
        name, is_new = "", False
        if not check:
            progress("step-write")
            name, is_new = _publish(config, understood, now, ledger)
        elif now.ledger != ledger or new:
            where = str(config.path(identity.ledger.FILE_NAME))
            raise DataError("ledger-would-change", where=where, count=len(now.events))
        return Outcome(name, is_new, len(understood.merged), now.events, understood.remarks, review, new)


def _ask(config: Config, understood: Understood) -> None:
    """Stop where only a person can tell whether something is new or an earlier thing under another name."""
    if understood.questions:
        where = str(config.path(identity.ledger.FILE_NAME))
        asked = tuple(identity.ask(understood.ledger, question) for question in understood.questions)
        raise DataError("ledger-questions", where=where, count=len(asked), questions=asked)


def _publish(
    config: Config, understood: Understood, now: identity.Settled, before: identity.Ledger
) -> tuple[str, bool]:
    """Write a publication, then ledger and record, and switch; return the name and whether it is a new one."""
    served = publications.current_name(config.folder)
    with publications.drafting(config.folder) as draft:
        digest = _write(draft, config, understood, now.ledger, now.changes)
        _save(config, now, before)
        number = max((change.publication for change in now.changes), default=1)
        beside = (publications.INDEX, *dumping.copies())
        finish = partial(_write_beside, draft, understood, now.ledger)
        name, is_new = publications.publish(config.folder, draft, digest, number, beside, finish)
    publications.prune(config.folder, config.keep, served)
    return name, is_new


def today_for(config: Config) -> date:
    """Return the day that a change is dated with: the last capture, else SOURCE_DATE_EPOCH, else today (UTC)."""
    captured = [source.captured for source in config.sources if source.captured]
    if captured:
        return max(captured)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    stated = re.fullmatch(r"[0-9]{1,11}", epoch)
    moment = datetime.fromtimestamp(int(epoch), UTC) if stated else datetime.now(UTC)
    return moment.date()


def _validate(understood: Understood, described: Sequence[rdf.Triple]) -> validating.Review:
    triples = [*understood.description.merged, *described]
    addresses, sources = understood.addresses, understood.register.sources
    shapes = validating.load_shapes(base_uri=addresses.base)
    report = validating.check(validating.to_graph(triples), shapes)
    files = {addresses.thing("source", slug): record.understanding.document.name for slug, record in sources.items()}
    review = validating.review(report, shapes, [validating.Input("", triples)], sources=files)
    if review.fails:
        raise DataError("violations", count=review.count("Violation"), report=review)
    return review


def _save(config: Config, now: identity.Settled, before: identity.Ledger) -> None:
    """Write ledger and record before the switch: an unused row is harmless, a missing one is not."""
    ledger, record = config.path(identity.ledger.FILE_NAME), config.path(identity.history.FILE_NAME)
    if now.ledger != before or not ledger.exists():
        publications.replace_file(ledger, identity.ledger.write(now.ledger).encode())
    if not record.exists() or list(now.changes) != identity.history.load(record):
        publications.replace_file(record, identity.history.write(now.changes).encode())


def _write(
    draft: Path, config: Config, understood: Understood, ledger: identity.Ledger, changes: Sequence[identity.Change]
) -> str:
    description, register, addresses = understood.description, understood.register, understood.addresses
    dumping.dump_rdf(draft, description.merged)
    dumping.dump_csv(draft, register, understood.merged, addresses)
    catalogue_triples = _catalogue(_files(draft), config, understood, ledger)
    ontology = rdf.to_triples(rdf.parse_file(ontology_file()))
    alignments = rdf.to_triples(rdf.parse_file(ontology_file("alignments.ttl")))
    graphs = {
        "": [*description.merged, *ontology],
        ONTOLOGY: [*ontology, *alignments],
        addresses.catalogue: catalogue_triples,
        **{addresses.thing("source", slug): own for slug, own in description.sources.items()},
    }
    quads = (quad for name, triples in graphs.items() for quad in rdf.named_graph(triples, name))
    (draft / publications.DATA).write_bytes(rdf.lines(quads))
    told = assembling.documents(register, description, ledger, changes, catalogue_triples, addresses, config.title)
    counted = counting.describe(config, addresses, register.dataset, graphs[""])
    void = publications.Document("void", rdf.lines(counted), {"names": {}})
    publications.write_documents(draft, (*told, void))
    figures = {"projects": len(register.projects), "organisations": len(register.organisations)}
    figures |= {
        "sectors": len(register.sectors),
        "funding": len(register.funding),
        "triples": len(set(description.merged)),
    }
    graph_sizes = {name or "default": len(set(triples)) for name, triples in graphs.items()}
    modified = ledger["dataset", register.dataset].changed
    facts = {"base_uri": config.base_uri, "modified": modified, "figures": figures, "graphs": graph_sizes}
    return publications.write_manifest(draft, facts)


def _write_beside(draft: Path, understood: Understood, ledger: identity.Ledger) -> None:
    """Write what stands outside the manifest and takes longest: the same content has it already."""
    dumping.compress(draft)
    rows = assembling.listed_projects(understood.register, understood.merged, ledger)
    things = assembling.listed_things(understood.register)
    searching.build(draft / publications.INDEX, rows, things, lemmatising.bases)


def _catalogue(
    files: Iterable[catalogue.File], config: Config, understood: Understood, ledger: identity.Ledger
) -> list[rdf.Triple]:
    register, addresses = understood.register, understood.addresses
    slug = register.dataset
    row = ledger["dataset", slug]
    bounds = [describing.bounds(project) for project in understood.merged.values()]
    starts = [first.isoformat() for first, _ in bounds if first]
    ends = [last.isoformat() for _, last in bounds if last]
    dates = catalogue.Dates(row.first, row.changed, min(starts, default=""), max(ends, default=""))
    publisher = config.publisher.uri or addresses.thing("organisation", register.publisher)
    return catalogue.describe(config, addresses, publisher, slug, files, dates)


def _files(draft: Path) -> Iterator[catalogue.File]:
    for row in DUMP_FORMATS:
        path = draft / f"dataset.{row.suffix}"
        yield replace(_unwritten(row), bytes=path.stat().st_size, sha256=publications.checksum(path))


def _unwritten(row: DumpFormat) -> catalogue.File:
    """Return a dump as it is described before it is written: with the size and checksum of an empty file."""
    return catalogue.File(row.suffix, row.label, row.media_type, row.file_type_iri, 0, sha256().hexdigest())
