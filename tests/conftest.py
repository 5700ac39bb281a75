"""What several tests share: Kemi's list understood once and built once, and small publishers' folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from hanke_lod import building, config
from hanke_lod.lexicon import Lexicon
from hanke_lod.resources import data_folder

settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")

SHARED = Path(__file__).parents[1].parent / "shared"
DAY = date(2024, 3, 1)

HANKE_TOML = """\
base_uri = "https://data.example.fi/"
title = { fi = "Esimerkkilän hankkeet", sv = "Exempelstads projekt", en = "Projects of Exampleton" }

[publisher]
name = { fi = "Esimerkkilän kaupunki", sv = "Exempelstad", en = "City of Exampleton" }

[[source]]
file = "hankkeet.txt"
language = "fi"
"""
LIST = """\
Tekninen toimiala

 • Rantaraitin kunnostus 1.5.2023-31.10.2024
 • Torin valaistus 2022-2023

Sivistystoimiala

 • Lukuinto 1.8.2023-31.7.2025
"""

Folder = Callable[..., Path]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def silent(_step: str) -> None:
    """Take the steps of a build and say nothing."""


def build(folder: Path, day: date = DAY, *, check: bool = False) -> building.Outcome:
    """Build a publisher's folder on a day."""
    return building.build(config.load(folder), silent, day, check=check)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The project's shared folder, which lies beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("there is no folder shared/ beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """What holds for all Finland."""
    return Lexicon.bundled()


@pytest.fixture(scope="session")
def kemi() -> building.Understood:
    """Kemi's list, read, understood, given addresses and described."""
    folder = data_folder("kemi")
    settings = config.load(folder)
    return building.understand(
        {folder / source.file: source for source in settings.sources},
        settings.base_uri,
        Lexicon.of_folder(settings),
        {},
    )


@pytest.fixture(scope="session")
def built_kemi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of Kemi's folder that was built once; only to be read."""
    folder = tmp_path_factory.mktemp("built") / "kemi"
    shutil.copytree(data_folder("kemi"), folder, ignore=shutil.ignore_patterns(".hanke"))
    build(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a publisher's folder: a small one, or with the files given."""

    def make(
        files: Mapping[str, str | bytes] | None = None, *, name: str = "esimerkkila", toml: str = HANKE_TOML
    ) -> Path:
        place = tmp_path / name
        place.mkdir()
        for file, content in {"hanke.toml": toml, "hankkeet.txt": LIST, **(files or {})}.items():
            (place / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    return make


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a Python program in a process of its own, with a home of its own and the variables given."""

    def start(*arguments: str | Path, cwd: Path = tmp_path, **variables: str) -> subprocess.CompletedProcess[str]:
        home = {
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path / "data"),
            "PYTHONUTF8": "1",
            "LANG": "en_GB.UTF-8",
        }
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=cwd,
            env={**kept, **home, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return start
