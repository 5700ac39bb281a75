"""Publications: written whole, switched to by one rename, read by the server.

A publication is an immutable directory `<folder>/.hanke/publications/<number>-<hash>`; `.hanke/current` is a
symbolic link to the one that is served (on systems without links: a file holding its name).

    manifest.json    SHA-256 and size of every file below, the base IRI, figures
    data.nq          the dataset, sorted: merged data and ontology in the default graph, then the named graphs
    documents.nt     the triples of each document, one document after another
    documents.jsonl  what pages need beside the triples: spans, line, history
    documents.tsv    key, state, changed, and where the two above hold it; sorted by key
    dataset.*        the dumps
    index.sqlite     lists and search; depends on a library's version and stands outside the manifest
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from hanke_lod.errors import PublicationError

MANIFEST = "manifest.json"
DATA = "data.nq"
INDEX = "index.sqlite"
_OUTSIDE_MANIFEST = frozenset({MANIFEST, INDEX})


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


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────


def _store(folder: Path) -> Path:
    return folder / ".hanke" / "publications"


@contextlib.contextmanager
def drafting(folder: Path) -> Iterator[Path]:
    """Give an empty directory to write a publication into; it is gone afterwards unless it was published.

    Raises:
        PublicationError: the publisher's folder cannot be written to.
    """
    store = _store(folder)
    try:
        store.mkdir(parents=True, exist_ok=True)
        for leftover in store.glob("draft-*"):
            if not _is_alive(leftover):
                shutil.rmtree(leftover, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=f"draft-{os.getpid()}-", dir=store))
    except OSError as error:
        raise PublicationError("unwritable", where=str(store), reason=error.strerror or str(error)) from error
    try:
        yield draft
    except OSError as error:
        raise PublicationError("unwritable", where=str(draft.parent), reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _is_alive(draft: Path) -> bool:
    """Tell whether the build that began this draft still runs."""
    try:
        os.kill(int(draft.name.split("-")[1]), 0)
    except (ValueError, IndexError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True


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
    for path in sorted(p for p in draft.rglob("*") if p.is_file() and p.name not in _OUTSIDE_MANIFEST):
        files[path.relative_to(draft).as_posix()] = {"sha256": checksum(path), "bytes": path.stat().st_size}
    text = json.dumps({**facts, "files": files}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    (draft / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside its place, synced, then renamed.

    Raises:
        PublicationError: it cannot be written; what was there stays.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise PublicationError("unwritable", where=str(path), reason=error.strerror or str(error)) from error


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file as lower-case hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def publish(folder: Path, draft: Path, digest: str, number: int) -> tuple[str, bool]:
    """Make the draft a publication and switch to it; return its name and whether it is a new one.

    A publication with this content that is there already is switched to instead of written again.

    Raises:
        PublicationError: the folder cannot be written to; what was served stays served.
    """
    store = _store(folder)
    short = digest[:12]
    held = next((path.name for path in store.glob(f"*-{short}") if path.is_dir()), None)
    try:
        if held is not None and not _is_whole(store / held, draft):
            shutil.rmtree(store / held)
            held = None
        if held is None:
            number = max(number, 1 + max((_number(path.name) for path in store.glob("[0-9]*-*")), default=0))
            held = f"{number:04d}-{short}"
            draft.chmod(0o755)  # a server under another account reads it
            _sync(draft)
            draft.rename(store / held)
            _sync_folder(store)
            new = True
        else:
            new = current_name(folder) != held
        _switch(folder, held)
    except OSError as error:
        raise PublicationError("unwritable", where=str(store), reason=error.strerror or str(error)) from error
    return held, new


def _is_whole(folder: Path, draft: Path) -> bool:
    """Tell whether a publication is as its manifest says, to the last byte, and has an index if the draft has."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        named = manifest["files"].items()
        return (folder / INDEX).exists() >= (draft / INDEX).exists() and all(
            checksum(folder / name) == facts["sha256"] for name, facts in named
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _number(name: str) -> int:
    head = name.partition("-")[0]
    return int(head) if head.isdigit() else 0


def _sync(draft: Path) -> None:
    for path in draft.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    _sync_folder(draft)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # elsewhere a directory cannot be opened to be synced
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _switch(folder: Path, name: str) -> None:
    link = folder / ".hanke" / "current"
    if current_name(folder) == name:
        return
    new = link.with_name(f"current-{os.getpid()}")
    new.unlink(missing_ok=True)
    try:
        new.symlink_to(Path("publications") / name, target_is_directory=True)
    except (OSError, NotImplementedError):
        new.write_text(name, encoding="utf-8")
    try:
        new.replace(link)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    _sync_folder(link.parent)


def prune(folder: Path, keep: int) -> list[str]:
    """Remove the oldest publications beyond `keep`, never the current one; return the names removed."""
    names = [path.name for path in sorted(_store(folder).glob("[0-9]*-*"), key=lambda p: _number(p.name))]
    current = current_name(folder)
    doomed = [name for name in names[:-keep] if name != current]
    for name in doomed:
        shutil.rmtree(_store(folder) / name, ignore_errors=True)
    return doomed


def copy_of_bundled(bundled: Path) -> Path:
    """Return a writable copy of a bundled publisher's folder, in the user's data folder under its content's hash.

    Raises:
        PublicationError: the user's data folder cannot be written to.
    """
    digest = hashlib.sha256()
    files = sorted(path for path in bundled.iterdir() if path.is_file())
    for path in files:
        digest.update(f"{path.name} {checksum(path)}\n".encode())
    place = user_data_path("hanke-lod") / f"{bundled.name}-{digest.hexdigest()[:12]}"
    if not place.exists():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = Path(tempfile.mkdtemp(prefix=f"{place.name}-", dir=place.parent))
            for path in files:
                shutil.copyfile(path, beside / path.name)
            beside.rename(place)
        except OSError as error:
            raise PublicationError("unwritable", where=str(place), reason=error.strerror or str(error)) from error
    return place


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────


def current_name(folder: Path) -> str:
    """Return the name of the publication that is served, or ""."""
    link = folder / ".hanke" / "current"
    try:
        return link.readlink().name if link.is_symlink() else link.read_text(encoding="utf-8").strip()
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
    return Publication.open(_store(folder) / name)


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
