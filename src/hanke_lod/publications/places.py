"""Where things are in a publisher's folder and in a publication, and which files the manifest names."""

from __future__ import annotations

from pathlib import Path

from hanke_lod.formats import CODINGS

MANIFEST = "manifest.json"
DATA = "data.nq"
#: The number is of the tables in it: with other tables it rises, and the next build makes the index anew.
INDEX = "index-2.sqlite"
_COMPRESSED = frozenset(coding.suffix for coding in CODINGS)


def store(folder: Path) -> Path:
    """Return the directory that holds a folder's publications."""
    return folder / ".hanke" / "publications"


def link(folder: Path) -> Path:
    """Return what points to the publication that is served."""
    return folder / ".hanke" / "current"


def number_of(name: str) -> int:
    """Return the number in a publication's name, or 0 where it has none.

    >>> number_of("0012-6a610c1b0ade")
    12
    """
    head = name.partition("-")[0]
    return int(head) if head.isascii() and head.isdigit() else 0


def is_in_manifest(path: Path) -> bool:
    """Tell whether the manifest names a file: not where its bytes depend on a library's version."""
    return path.name not in (MANIFEST, INDEX) and path.suffix[1:] not in _COMPRESSED
