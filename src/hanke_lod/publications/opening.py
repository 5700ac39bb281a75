"""Publications as they are read: which there are, which one is served, and a document of one by its key."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hanke_lod.errors import PublicationError
from hanke_lod.publications.places import MANIFEST, link, number_of, store


def names(folder: Path) -> list[str]:
    """Return the names of a folder's publications, the earliest first."""
    held = [path.name for path in store(folder).glob("[0-9]*-*") if path.is_dir()]
    return sorted(held, key=lambda name: (number_of(name), name))


def current_name(folder: Path) -> str:
    """Return the name of the publication that is served, or ""."""
    held = link(folder)
    try:
        return held.readlink().name if held.is_symlink() else held.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def open_current(folder: Path) -> Publication:
    """Return the publication that is served.

    Raises:
        PublicationError: there is none, or it is damaged.
    """
    name = current_name(folder)
    if not name:
        raise PublicationError("no-publication", where=str(folder), folder=str(folder))
    return Publication.open(store(folder) / name)


@dataclass(frozen=True)
class Record:
    """A document as it is stored: see `Document`; `triples` are canonical N-Triples."""

    key: str
    state: str
    changed: str
    target: str
    triples: bytes
    extras: Mapping[str, Any]


class Publication:
    """A publication opened for reading; safe to share between threads."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest

    @classmethod
    def open(cls, folder: Path) -> Publication:
        """Open a publication's directory; checks that each file has the size that the manifest says.

        Raises:
            PublicationError: a file is missing or has another size.
        """
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            for name, facts in manifest["files"].items():
                if (folder / name).stat().st_size != facts["bytes"]:
                    raise PublicationError("damaged", where=str(folder), file=name)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise PublicationError("damaged", where=str(folder), file=MANIFEST) from error
        return cls(folder, manifest)

    @property
    def name(self) -> str:
        """The directory's name: number and the beginning of the content's hash."""
        return self.folder.name

    @property
    def base_uri(self) -> str:
        """The base of every IRI in it."""
        return str(self.manifest["base_uri"])

    def figure(self, name: str) -> int:
        """Return a figure of the manifest, of "projects" say; 0 where it has none."""
        return int(self.manifest.get("figures", {}).get(name, 0))

    def path(self, name: str) -> Path:
        """Return the path of one of its files."""
        return self.folder / name

    def record(self, key: str) -> Record | None:
        """Return a document by its key, or None; costs a binary search."""
        row = self._row(key.encode())
        if row is None:
            return None
        state, changed, target, *places = row.decode().split("\t")[1:]
        first, length, extra, extra_length = map(int, places)
        return Record(
            key,
            state,
            changed,
            target,
            self._documents[first : first + length],
            json.loads(self._extras[extra : extra + extra_length]),
        )

    def keys(self, kind: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield (key, state, changed) of each document, of one kind if given, in order."""
        prefix = f"{kind}/" if kind else ""
        for line in bytes(self._table).decode().splitlines():
            key, state, changed = line.split("\t")[:3]
            if key.startswith(prefix):
                yield key, state, changed

    def _row(self, key: bytes) -> bytes | None:
        table, low, high = self._table, 0, len(self._table)
        if b"\t" in key or b"\n" in key:
            return None
        while low < high:
            middle = (low + high) // 2
            start = table.rfind(b"\n", 0, middle) + 1
            end = table.find(b"\n", start)
            row = table[start:end]
            found = row.partition(b"\t")[0]
            if found == key:
                return row
            if found < key:
                low = end + 1
            else:
                high = start
        return None

    @cached_property
    def _table(self) -> bytes | mmap.mmap:
        return self._map("documents.tsv")

    @cached_property
    def _documents(self) -> bytes | mmap.mmap:
        return self._map("documents.nt")

    @cached_property
    def _extras(self) -> bytes | mmap.mmap:
        return self._map("documents.jsonl")

    def _map(self, name: str) -> bytes | mmap.mmap:
        with (self.folder / name).open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
