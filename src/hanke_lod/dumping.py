"""The whole dataset as files: one per RDF format that a document can have, and CSV with one row a project."""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from hanke_lod import jsonld
from hanke_lod.cells import harmless
from hanke_lod.formats import CODINGS, DOCUMENT_FORMATS, DUMP_FORMATS, JSON_LD, N_TRIPLES, Coding, DumpFormat
from hanke_lod.model import Project, Register
from hanke_lod.rdf import NamedNode, Triple, lines, serialise, sort_triples
from hanke_lod.texts import of
from hanke_lod.uris import Addresses

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def dump_rdf(folder: Path, triples: Iterable[Triple]) -> None:
    """Write the triples to dataset.ttl, .jsonld, .rdf and .nt in the folder."""
    ordered = sort_triples(triples)
    for row in DOCUMENT_FORMATS:
        path = folder / f"dataset.{row.suffix}"
        if row is JSON_LD:
            with path.open("wb") as file:
                file.writelines(_json_ld(ordered))
        else:
            path.write_bytes(lines(ordered) if row is N_TRIPLES else serialise(ordered, row))


def _json_ld(ordered: Sequence[Triple]) -> Iterator[bytes]:
    """Yield a JSON-LD document with our context inline, one thing after another, so that memory stays small."""
    head = jsonld.encode({**jsonld.context(), "@graph": []}).rstrip()
    yield head[: head.rindex(b"[]")] + b"["
    separator = b"\n"
    for _, group in groupby(ordered, key=_thing):
        for node in jsonld.nodes(group):
            yield separator + jsonld.encode(node).rstrip()
            separator = b",\n"
    yield b"\n]}\n"


def _thing(triple: Triple) -> str:
    subject = triple.subject
    return subject.value.partition("#")[0] if isinstance(subject, NamedNode) else str(subject)


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _roles(*names: str) -> Callable[[Project], Iterable[str]]:
    return lambda project: (
        of(p.organisation.names, project.language) for p in project.participations if p.role in names
    )


#: Column → its values for a project; several values are joined by " | ".
_COLUMNS: Mapping[str, Callable[[Project], Iterable[str]]] = {
    "title": lambda p: (p.title,),
    "language": lambda p: (p.language,),
    "start": lambda p: (str(period.start or "") for period in p.periods),
    "end": lambda p: (str(period.end or "") for period in p.periods),
    "period_as_written": lambda p: (period.written for period in p.periods),
    "sector": lambda p: (of(s.names, p.language) for s in p.sectors),
    "status": lambda p: (p.status.name,) if p.status else (),
    "implementers": _roles("implementer", "coImplementer"),
    "coordinators": _roles("coordinator", "administrator"),
    "partners": _roles("partner"),
    "other_participants": _roles("participant"),
    "funding": lambda p: (of(f.names, p.language) for f in p.funding),
    "funders": _roles("funder"),
    "total_budget": lambda p: (f"{p.budget.amount:f}",) if p.budget else (),
    "currency": lambda p: (p.budget.currency,) if p.budget else (),
    "description": lambda p: (p.description,),
    "other_names": lambda p: p.other_names,
    "homepage": lambda p: (p.homepage,),
}


def dump_csv(folder: Path, register: Register, merged: Mapping[str, Project], addresses: Addresses) -> None:
    """Write dataset.csv: UTF-8 with a byte order mark, one row a project, by address."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["uri", *_COLUMNS, "source", "place_in_source"])
    for slug, project in sorted(merged.items()):
        cells = [_cell(values(project)) for values in _COLUMNS.values()]
        first = register.projects[slug][0]
        source = register.sources[first.source].understanding.document.name
        place = first.project.entry.place
        where = str(place.line) if place.line is not None else place.locator
        writer.writerow([addresses.thing("project", slug), *map(harmless, cells), harmless(source), where])
    (folder / "dataset.csv").write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())


def _cell(values: Iterable[str]) -> str:
    """Return several values as one cell; of two periods the second end stays second where the first is open."""
    held = list(values)
    return " | ".join(held) if any(held) else ""


# ── compressed copies ───────────────────────────────────────────────────────────────────────────────────────


def compress(folder: Path) -> None:
    """Write a copy of each dump in each coding beside it; the same bytes from the same version of a library only."""
    for row in DUMP_FORMATS:
        data = (folder / f"dataset.{row.suffix}").read_bytes()
        for coding in CODINGS:
            (folder / _copy(row, coding)).write_bytes(_COMPRESSORS[coding.name](data))


def copies() -> list[str]:
    """Return the names of the files that `compress` writes."""
    return [_copy(row, coding) for row in DUMP_FORMATS for coding in CODINGS]


def _copy(row: DumpFormat, coding: Coding) -> str:
    return f"dataset.{row.suffix}.{coding.suffix}"


_COMPRESSORS: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": lambda data: zstd.compress(data, 19),
    "gzip": lambda data: gzip.compress(data, 9, mtime=0),
}
