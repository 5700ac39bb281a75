"""The wheel, installed elsewhere, does all that the checkout does."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import sysconfig
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from hanke_lod.formats import N_QUADS
from hanke_lod.publications import DATA, open_current
from hanke_lod.rdf import parse, parse_file
from tests.conftest import HANKE_TOML, LIST

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
BUNDLED = "hanke_lod/_bundled"
Hanke = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel, which sees the libraries of this one but not its hanke-lod."""
    place = tmp_path_factory.mktemp("elsewhere")
    venv = place / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True, timeout=60)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout.strip()  # fmt: skip
    libraries = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    # what a .pth file names is searched, but the .pth files there (an editable install) are not read
    (Path(own) / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python),
         "install", "--no-deps", "--no-index", "--quiet", str(wheel)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return place


def environment(place: Path) -> dict[str, str]:
    """Return the environment of a process that has its home elsewhere."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": str(place), "XDG_DATA_HOME": str(place / "data"), "LANG": "en_GB.UTF-8", "PYTHONUTF8": "1"}


def program(place: Path, name: str = "hanke-lod") -> str:
    """Return the path of a program of the environment."""
    return str(place / "venv" / ("Scripts" if os.name == "nt" else "bin") / name)


@pytest.fixture
def hanke(elsewhere: Path, tmp_path: Path) -> Hanke:
    """Run the installed hanke-lod in an empty folder."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program(elsewhere), *arguments],
            cwd=tmp_path, env=environment(elsewhere), capture_output=True, text=True, encoding="utf-8", timeout=60,
            check=False,
        )  # fmt: skip

    return run


# ── what is in it ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_wheel_holds_all_that_is_bundled_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    bundled = {
        f"{BUNDLED}/{path.relative_to(ROOT).as_posix()}"
        for folder in ("ontology", "shapes", "data/kemi", "data/finland")
        for path in (ROOT / folder).iterdir()
        if path.is_file()
    }

    assert bundled == {name for name in names if name.startswith(BUNDLED)}


@pytest.mark.parametrize(
    "name",
    [
        "hanke_lod/py.typed",
        "hanke_lod/texts.toml",
        "hanke_lod_server/py.typed",
        "hanke_lod_server/templates/layout.html",
    ],
)
def test_the_wheel_holds(wheel: Path, name: str) -> None:
    assert name in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_both_packages_whole(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    files = {
        path.relative_to(ROOT / folder).as_posix()
        for folder, package in (("src", "hanke_lod"), ("server", "hanke_lod_server"))
        for path in (ROOT / folder / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert set() == files - names


def test_the_wheel_holds_no_tests_no_publication_and_no_compiled_file(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert [] == [n for n in names if "/tests/" in f"/{n}" or ".hanke" in n or "__pycache__" in n]


def test_the_wheel_carries_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        names = held.namelist()
        (entry_points,) = (held.read(name).decode() for name in names if name.endswith("entry_points.txt"))

    assert [n for n in names if n.endswith("licenses/LICENSE")]
    assert "hanke-lod = hanke_lod.cli:main" in entry_points


# ── what it does ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_installed_package_is_the_wheel_s_own(elsewhere: Path) -> None:
    code = (
        "import hanke_lod, hanke_lod_server\nfrom hanke_lod.resources import ROOT\n"
        "print(hanke_lod.__file__, hanke_lod_server.__file__, ROOT, sep='\\n')"
    )

    done = subprocess.run(
        [program(elsewhere, "python"), "-c", code],
        cwd=elsewhere, env=environment(elsewhere), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip

    assert all(Path(line).is_relative_to(elsewhere / "venv") for line in done.stdout.splitlines())
    assert "_bundled" == Path(done.stdout.splitlines()[2]).name


def test_convert_and_validate_work_from_the_wheel(hanke: Hanke, tmp_path: Path) -> None:
    (tmp_path / "hankkeet.txt").write_text(LIST, encoding="utf-8")
    (tmp_path / "hanke.toml").write_text(HANKE_TOML, encoding="utf-8")

    converted = hanke("convert", "hankkeet.txt", "-o", "hankkeet.ttl")
    validated = hanke("validate", "hankkeet.ttl")

    assert (0, "") == (converted.returncode, converted.stderr)
    assert len(parse_file(tmp_path / "hankkeet.ttl")) > 50
    assert (0, "") == (validated.returncode, validated.stderr)
    assert "The data conform" in validated.stdout


def test_init_and_build_work_from_the_wheel(hanke: Hanke, tmp_path: Path) -> None:
    made = hanke("init", "kansio")
    (tmp_path / "kansio" / "hankkeet.txt").write_text(LIST, encoding="utf-8")
    built = hanke("build", "kansio")

    assert (0, 0) == (made.returncode, built.returncode)
    assert len(list(parse(open_current(tmp_path / "kansio").path(DATA).read_bytes(), N_QUADS))) > 500


class Served(NamedTuple):
    """A server that was started: its address and process."""

    address: str
    process: subprocess.Popen[str]


@pytest.fixture
def served(elsewhere: Path) -> Iterator[Served]:
    """The bundled Kemi, served by the wheel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [program(elsewhere), "serve", "--port", str(port)],
        cwd=elsewhere, env=environment(elsewhere), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield Served(f"http://127.0.0.1:{port}/", server)
    finally:
        server.terminate()
        server.communicate(timeout=30)


def answer(served: Served, path: str, accept: str) -> tuple[int, str, bytes]:
    """Return status, media type and body; waits until the server that is starting answers."""
    request = urllib.request.Request(served.address + path, headers={"Accept": accept})
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, response.headers.get_content_type(), response.read()
        except urllib.error.URLError:
            if time.monotonic() > until or served.process.poll() is not None:
                raise
            threading.Event().wait(0.05)


QUERY = "SELECT (COUNT(*) AS ?n) { ?project a <https://w3id.org/hanke/ns#Project> }"


def test_serve_works_from_the_wheel(served: Served, elsewhere: Path) -> None:
    status, kind, body = answer(served, "id/project/koronasta-kasvuun", "text/turtle")
    _, _, result = answer(served, "sparql?" + urlencode({"query": QUERY}), "application/sparql-results+json")

    assert (200, "text/turtle") == (status, kind)
    assert "Koronasta kasvuun" in body.decode()
    assert (200, "text/html") == answer(served, "", "text/html")[:2]
    assert "45" == json.loads(result)["results"]["bindings"][0]["n"]["value"]
    assert list((elsewhere / "data" / "hanke-lod").glob("kemi-*/.hanke/current"))
