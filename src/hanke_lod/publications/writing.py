"""The files of a publication, and of the publisher's folder, as they are written."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hanke_lod.errors import PublicationError
from hanke_lod.publications.places import MANIFEST, is_in_manifest


@dataclass(frozen=True)
class Document:
    """One document to be published: its key ("project/x", "sectors"), canonical N-Triples, and extras for pages.

    `state` is "current", "gone" or "merged"; `target` the slug a merged thing went into; `changed` an ISO date.
    """

    key: str
    triples: bytes
    extras: Mapping[str, Any]  # Any: JSON
    state: str = "current"
    changed: str = ""
    target: str = ""


def write_documents(draft: Path, documents: Iterable[Document]) -> None:
    """Write documents.nt, .jsonl and .tsv; the documents may come in any order."""
    rows: list[str] = []
    with (draft / "documents.nt").open("wb") as triples, (draft / "documents.jsonl").open("wb") as extras:
        for document in sorted(documents, key=lambda d: d.key):
            record = json.dumps(document.extras, ensure_ascii=False, sort_keys=True).encode() + b"\n"
            places = (triples.tell(), len(document.triples), extras.tell(), len(record))
            triples.write(document.triples)
            extras.write(record)
            rows.append("\t".join((document.key, document.state, document.changed, document.target, *map(str, places))))
    (draft / "documents.tsv").write_text("".join(row + "\n" for row in sorted(rows)), encoding="utf-8", newline="\n")


def write_manifest(draft: Path, facts: Mapping[str, Any]) -> str:
    """Write manifest.json with the checksum of every file, and return the publication's hash.

    The hash is of the manifest's own bytes: equal inputs give an equal hash.
    """
    files = {}
    for path in sorted(p for p in draft.rglob("*") if p.is_file() and is_in_manifest(p)):
        files[path.relative_to(draft).as_posix()] = {"sha256": checksum(path), "bytes": path.stat().st_size}
    text = json.dumps({**facts, "files": files}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    (draft / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside its place, synced, then renamed.

    Raises:
        PublicationError: it cannot be written; what was there stays.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def sync_folder(folder: Path) -> None:
    """See to it that what was renamed in a directory is on the disk."""
    if os.name != "posix":
        return  # elsewhere a directory cannot be opened to be synced
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unwritable(place: Path, error: OSError) -> PublicationError:
    """Return the error that something cannot be written."""
    return PublicationError("unwritable", where=str(place), reason=error.strerror or str(error))


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file as lower-case hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
