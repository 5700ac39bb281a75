"""Where the bundled files are: in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"

#: The folder that holds ontology/, shapes/ and data/. Nothing is ever written there.
ROOT: Path = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent.parent

TEXTS: Path = _PACKAGE / "texts.toml"


def ontology_file(name: str = "hanke.ttl") -> Path:
    """Return the path of a file in ontology/."""
    return ROOT / "ontology" / name


def shape_files() -> list[Path]:
    """Return the paths of the bundled shapes, sorted by name."""
    return sorted((ROOT / "shapes").glob("*.ttl"))


def data_folder(place: str) -> Path:
    """Return the folder of a bundled place: "kemi" (a publisher's folder) or "finland" (what holds for all)."""
    return ROOT / "data" / place
