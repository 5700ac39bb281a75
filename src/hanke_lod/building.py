"""The whole way, from a publisher's folder to a publication that is served."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from hanke_lod import (
    assembling,
    catalogue,
    describing,
    dumping,
    identity,
    jsonld,
    publications,
    rdf,
    searching,
    validating,
)
from hanke_lod.config import FILE_NAME, Config, Source, load, plain
from hanke_lod.errors import DataError
from hanke_lod.formats import JSON_LD, N_QUADS, N_TRIPLES, RdfFormat
from hanke_lod.interpreting import interpret
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Kind, Project, Register, Remark, SourceRecord
from hanke_lod.namespaces import ONTOLOGY
from hanke_lod.reading import read
from hanke_lod.resources import ontology_file
from hanke_lod.texts import LANGUAGES
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
    """What a build came to: the publication's name, whether it is new, how many projects, what was unclear."""

    publication: str
    is_new: bool
    projects: int
    changes: Sequence[tuple[str, identity.Row]]
    remarks: Sequence[Remark]
    review: validating.Review


def understand(
    sources: Mapping[Path, Source],
    base_uri: str,
    lexicon: Lexicon,
    ledger: identity.Ledger,
    publisher_iri: str = "",
) -> Understood:
    """Read, interpret, identify and describe lists; each by its path, in the order of trust.

    Raises:
        DocumentError: a list cannot be read.
    """
    records = {source.file: _record(path, source, lexicon) for path, source in sources.items()}
    register, ledger = identity.register(records, lexicon.publisher, lexicon.sectors, ledger)
    merged = {slug: identity.merge(statements) for slug, statements in register.projects.items()}
    addresses = Addresses(base_uri)
    return Understood(
        addresses, register, ledger, merged, describing.describe(register, addresses, merged, publisher_iri)
    )


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


def build(config: Config, progress: Progress, today: date, *, check: bool = False) -> Outcome:
    """Turn a publisher's folder into a publication and switch to it; with `check` write nothing.

    Raises:
        DocumentError, ConfigError: a list or a file of the folder cannot be used.
        DataError: the data break a rule; with `check` also: the ledger would change.
        PublicationError: the folder cannot be written to.
    """
    progress("step-understand")
    ledger = identity.ledger.load(config.path(identity.ledger.FILE_NAME))
    past = identity.history.load(config.path(identity.history.FILE_NAME))
    lexicon = Lexicon.of_folder(config)
    sources = {config.path(source.file): source for source in config.sources}
    understood = understand(sources, config.base_uri, lexicon, ledger, config.publisher.uri)
    if not understood.merged:
        raise DataError("no-projects", where=str(config.folder))
    now, events, changes = _settle(config, understood, past, today)
    progress("step-validate")
    review = _validate(understood)
    if check:
        if events:
            raise DataError("ledger-would-change", where=str(config.path(identity.ledger.FILE_NAME)), count=len(events))
        return Outcome("", False, len(understood.merged), events, understood.remarks, review)
    progress("step-write")
    with publications.drafting(config.folder) as draft:
        digest = _write(draft, config, understood, now, changes)
        _save(config, now, changes, changed=bool(events))
        number = max((change.publication for change in changes), default=1)
        name, is_new = publications.publish(config.folder, draft, digest, number)
    publications.prune(config.folder, config.keep)
    return Outcome(name, is_new, len(understood.merged), events, understood.remarks, review)


def today_for(config: Config) -> date:
    """Return the day that a change is dated with: the last capture, else SOURCE_DATE_EPOCH, else today (UTC)."""
    captured = [source.captured for source in config.sources if source.captured]
    if captured:
        return max(captured)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    stated = re.fullmatch(r"[0-9]{1,11}", epoch)
    moment = datetime.fromtimestamp(int(epoch), UTC) if stated else datetime.now(UTC)
    return moment.date()


def _settle(
    config: Config, understood: Understood, past: Sequence[identity.Change], today: date
) -> tuple[identity.Ledger, Sequence[tuple[str, identity.Row]], Sequence[identity.Change]]:
    """Bring ledger and record up to date; the dataset's own row changes whenever anything in it does."""
    snapshots = identity.snapshots(understood.register)
    prints = {place: identity.fingerprint(snapshot) for place, snapshot in snapshots.items()}
    slug = understood.register.slug("dataset", "hankkeet")
    whole = {f"{kind}/{name}": mark for (kind, name), mark in prints.items()}
    whole |= {f"title {language}": title for language, title in config.title.items()}
    listed: dict[tuple[Kind, str], tuple[str, str]] = {
        place: (_first(snapshot), prints[place]) for place, snapshot in snapshots.items()
    }
    listed["dataset", slug] = (_first(config.title), identity.fingerprint(whole))
    now, events = identity.settle(understood.ledger, listed, today)
    told = [(event, row) for event, row in events if row.kind != "dataset" or event == "added"]
    return now, events, identity.history.record(past, told, snapshots) if told else past


def _first(values: Mapping[str, str]) -> str:
    """Return the title or name in Finnish, else Swedish, else English, else the first value there is."""
    wanted = [f"{word}{language}" for word in ("title ", "name ", "") for language in LANGUAGES]
    return next((values[key] for key in wanted if key in values), next(iter(values.values()), ""))


def _validate(understood: Understood) -> validating.Review:
    triples = understood.description.merged
    addresses, sources = understood.addresses, understood.register.sources
    shapes = validating.load_shapes(base_uri=addresses.base)
    report = validating.check(validating.to_graph(triples), shapes)
    files = {addresses.thing("source", slug): record.understanding.document.name for slug, record in sources.items()}
    review = validating.review(report, shapes, [validating.Input("", triples)], sources=files)
    if review.fails:
        raise DataError("violations", count=review.count("Violation"), report=review)
    return review


def _save(config: Config, ledger: identity.Ledger, changes: Sequence[identity.Change], *, changed: bool) -> None:
    """Write ledger and record before the switch: an unused row is harmless, a missing one is not."""
    texts = {
        identity.ledger.FILE_NAME: identity.ledger.write(ledger),
        identity.history.FILE_NAME: identity.history.write(changes),
    }
    for name, text in texts.items():
        path = config.path(name)
        if changed or not path.exists():
            publications.replace_file(path, text.encode())


def _write(
    draft: Path, config: Config, understood: Understood, ledger: identity.Ledger, changes: Sequence[identity.Change]
) -> str:
    description, register, addresses = understood.description, understood.register, understood.addresses
    dumping.dump_rdf(draft, description.merged)
    dumping.dump_csv(draft, register, understood.merged, addresses)
    catalogue_triples = _catalogue(draft, config, understood, ledger)
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
    publications.write_documents(draft, told)
    rows = assembling.listed_projects(register, understood.merged, ledger)
    searching.build(draft / publications.INDEX, rows, assembling.listed_things(register))
    figures = {"projects": len(register.projects), "organisations": len(register.organisations)}
    figures |= {
        "sectors": len(register.sectors),
        "funding": len(register.funding),
        "triples": len(set(description.merged)),
    }
    graph_sizes = {name or "default": len(set(triples)) for name, triples in graphs.items()}
    facts = {"base_uri": config.base_uri, "figures": figures, "graphs": graph_sizes}
    return publications.write_manifest(draft, facts)


def _catalogue(draft: Path, config: Config, understood: Understood, ledger: identity.Ledger) -> list[rdf.Triple]:
    register, addresses = understood.register, understood.addresses
    slug = register.slug("dataset", "hankkeet")
    row = ledger["dataset", slug]
    bounds = [describing.bounds(project) for project in understood.merged.values()]
    starts = [first.isoformat() for first, _ in bounds if first]
    ends = [last.isoformat() for _, last in bounds if last]
    dates = catalogue.Dates(row.first, row.changed, min(starts, default=""), max(ends, default=""))
    publisher = config.publisher.uri or addresses.thing("organisation", register.publisher)
    return catalogue.describe(config, addresses, publisher, slug, _files(draft), dates)


def _files(draft: Path) -> Iterator[catalogue.File]:
    for row in dumping.DUMP_FORMATS:
        path = draft / f"dataset.{row.suffix}"
        size, mark = path.stat().st_size, publications.checksum(path)
        yield catalogue.File(row.suffix, row.label, row.media_type, row.file_type_iri, size, mark)
