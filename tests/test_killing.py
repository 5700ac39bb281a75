"""Builds killed, starved of disk, or run at once: what was served stays served, whole, and the next is good."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from hanke_lod import publications
from hanke_lod.identity import history, ledger
from tests.conftest import HANKE_TOML, LIST, Run, build

KILLS = 60
#: Builds the folder on the day, over and over in one process that is forked for each: starting Python takes longest.
FORKING = """
import os, signal, sys, time
from datetime import date
from pathlib import Path
from hanke_lod import building, config
from hanke_lod.errors import DataError
folder = Path(sys.argv[1])
try:
    building.build(config.load(folder), lambda step: None, date(2024, 1, 1), check=True)
except DataError:
    pass  # it would change, and now all is loaded
for line in sys.stdin:
    day, _, seconds = line.partition(" ")
    child = os.fork()
    if not child:
        try:
            building.build(config.load(folder), lambda step: None, date.fromisoformat(day))
        except BaseException as error:
            print(error, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    time.sleep(float(seconds))
    os.kill(child, signal.SIGKILL)  # its number is not given away before it is waited for
    print(os.waitpid(child, 0)[1], flush=True)
"""


def texts() -> tuple[str, str]:
    """Return two lists that differ in one period."""
    return LIST, LIST.replace("2022-2023", "2022-2024")


def is_whole(folder: Path) -> bool:
    """Tell whether what is served is as its manifest says, to the last byte."""
    held = publications.open_current(folder)
    return all(
        publications.checksum(held.path(name)) == facts["sha256"] for name, facts in held.manifest["files"].items()
    )


def content(folder: Path) -> Mapping[str, object]:
    """Return the manifest of what is served."""
    return dict(json.loads(publications.open_current(folder).path(publications.MANIFEST).read_text(encoding="utf-8")))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder that was built once, whose list was then changed."""
    folder = tmp_path / "kansio"
    folder.mkdir()
    (folder / "hanke.toml").write_text(HANKE_TOML, encoding="utf-8")
    (folder / "hankkeet.txt").write_text(texts()[0], encoding="utf-8")
    build(folder, date(2024, 1, 1))
    (folder / "hankkeet.txt").write_text(texts()[1], encoding="utf-8")
    return folder


@pytest.mark.system
@pytest.mark.skipif(os.name != "posix", reason="forks and kills")
def test_a_build_killed_at_any_moment_leaves_the_old_one_served_and_the_next_is_as_if_nothing_had_been(
    built: Path, tmp_path: Path
) -> None:
    dice = random.Random(7)
    undisturbed = shutil.copytree(built, tmp_path / "undisturbed", symlinks=True)
    began = time.monotonic()
    build(undisturbed, date(2024, 6, 1))
    longest = time.monotonic() - began
    old, new = content(built), content(undisturbed)
    seen = {"old": 0, "new": 0}
    place = tmp_path / "killed"
    shutil.copytree(built, place, symlinks=True)
    with subprocess.Popen([sys.executable, "-c", FORKING, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as forking:  # fmt: skip
        assert forking.stdin is not None
        assert forking.stdout is not None
        for number in range(KILLS):
            shutil.rmtree(place)
            shutil.copytree(built, place, symlinks=True)
            # the last third, where files are written and switched, is hit as often as all before
            seconds = longest * (dice.random() if number % 2 else 0.6 + 0.6 * dice.random())
            forking.stdin.write(f"2024-06-01 {seconds}\n")
            forking.stdin.flush()
            assert forking.stdout.readline().strip() in ("0", "9")
            served = content(place)
            assert served in (old, new)
            assert is_whole(place)
            seen["new" if served == new else "old"] += 1
            if number % 6 == 0:
                build(place, date(2024, 6, 1))
                assert new == content(place)
                assert (undisturbed / ledger.FILE_NAME).read_bytes() == (place / ledger.FILE_NAME).read_bytes()
                assert (undisturbed / history.FILE_NAME).read_bytes() == (place / history.FILE_NAME).read_bytes()
                assert publications.names(undisturbed) == publications.names(place)
                assert {"current", "lock", "publications"} == {path.name for path in (place / ".hanke").iterdir()}
        forking.stdin.close()

    assert seen["old"] > KILLS / 6


WITHIN = """
import resource, signal, sys
from hanke_lod.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
main(["--lang", "en", "build", sys.argv[2]])
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs limits of the system")
@pytest.mark.parametrize("limit", [0, 3_000, 20_000, 60_000])
def test_a_file_that_cannot_be_written_on_is_one_line_and_the_old_one_stays(built: Path, run: Run, limit: int) -> None:
    before = content(built)

    done = run("-B", "-c", WITHIN, str(limit), built)  # no cache of bytecode cut short

    assert 2 == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
    assert "cannot write" in done.stderr.splitlines()[-1]
    assert before == content(built)
    assert is_whole(built)
    assert not list((built / ".hanke" / "publications").glob("draft-*"))
    assert not list(built.glob(".*.new"))


#: Builds as anybody: root gives up its capabilities (capset(2)), with which it would write whatever the modes say.
POWERLESS = """
import ctypes, os, sys
from hanke_lod.cli import main
if os.geteuid() == 0:
    version_3_of_oneself, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(version_3_of_oneself, none) == 0
assert not os.access(sys.argv[1], os.W_OK)
main(["--lang", "en", "build", sys.argv[2]])
"""


@pytest.mark.slow
@pytest.mark.skipif(
    os.name != "posix" or (os.geteuid() == 0 and sys.platform != "linux"),
    reason="needs modes of files that bind who runs it",
)
@pytest.mark.parametrize("closed", [".", ".hanke", ".hanke/publications"])
def test_a_folder_that_may_only_be_read_is_one_line(built: Path, run: Run, closed: str) -> None:
    before = content(built)
    (built / closed).chmod(0o555)

    done = run("-c", POWERLESS, built / closed, built)
    (built / closed).chmod(0o755)

    assert 2 == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
    assert "cannot write (Permission denied)" in done.stderr.splitlines()[-1]
    assert before == content(built)
    assert is_whole(built)
    assert build(built, date(2024, 6, 1)).is_new


@pytest.mark.slow
def test_a_build_while_another_is_running_is_one_line(built: Path, run: Run) -> None:
    before = content(built)

    with publications.locked(built):
        done = run("-c", "import sys; from hanke_lod.cli import main; main(['build', sys.argv[1]])", built)

    assert 2 == done.returncode
    assert [f"{built}: another hanke-lod build is running in this folder. Wait until it has ended and try again."] == (
        done.stderr.splitlines()
    )
    assert before == content(built)
