"""From a draft to what is served: one build at a time, one rename, and the way back."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import IO

from hanke_lod.errors import PublicationError
from hanke_lod.publications.opening import Publication, current_name, names
from hanke_lod.publications.places import MANIFEST, link, number_of, store
from hanke_lod.publications.writing import checksum, sync_folder, unwritable

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let nobody else build or roll back meanwhile, and clear away what a build that was killed has left.

    The system gives the lock back when the process ends, however it ends.

    Raises:
        PublicationError: another build is running, or the folder cannot be written to.
    """
    place = folder / ".hanke"
    with contextlib.ExitStack() as stack:
        try:
            store(folder).mkdir(parents=True, exist_ok=True)
            file = stack.enter_context((place / "lock").open("ab"))
            _lock(file)
            _clear(folder)
        except BlockingIOError as error:
            raise PublicationError("build-running", where=str(folder)) from error
        except OSError as error:
            raise unwritable(place, error) from error
        yield


def _clear(folder: Path) -> None:
    """Remove what builds left that were killed."""
    for draft in store(folder).glob("draft-*"):
        shutil.rmtree(draft, ignore_errors=True)
    for file in (*folder.glob(".*.csv.new"), *(folder / ".hanke").glob("current.new")):
        file.unlink(missing_ok=True)


@contextlib.contextmanager
def drafting(folder: Path) -> Iterator[Path]:
    """Give an empty directory to write a publication into; it is gone afterwards unless it was published.

    Raises:
        PublicationError: the publisher's folder cannot be written to.
    """
    place = store(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=place))
    except OSError as error:
        raise unwritable(place, error) from error
    try:
        yield draft
    except OSError as error:
        raise unwritable(place, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def next_number(folder: Path) -> int:
    """Return the number that a publication with new content will have."""
    return 1 + max(map(number_of, names(folder)), default=0)


def publish(
    folder: Path,
    draft: Path,
    digest: str,
    number: int,
    beside: Collection[str] = (),
    finish: Callable[[], None] = lambda: None,
) -> tuple[str, bool]:
    """Make the draft a publication and switch to it; return its name and whether it is a new one.

    A publication with this content that is there already is switched to instead of written again. `beside` are the
    files that it must have beyond its manifest's; `finish` writes them into the draft where it is needed.

    Raises:
        PublicationError: the folder cannot be written to; what was served stays served.
    """
    place = store(folder)
    short = digest[:12]
    held = next((name for name in names(folder) if name.endswith(f"-{short}")), None)
    try:
        if held is not None and not _is_whole(place / held, beside):
            shutil.rmtree(place / held)
            held = None
        if held is None:
            finish()
            held = f"{max(number, next_number(folder)):04d}-{short}"
            draft.chmod(0o755)  # a server under another account reads it
            _sync(draft)
            draft.rename(place / held)
            sync_folder(place)
            new = True
        else:
            new = current_name(folder) != held
        _switch(folder, held)
    except OSError as error:
        raise unwritable(place, error) from error
    return held, new


def _is_whole(folder: Path, beside: Iterable[str]) -> bool:
    """Tell whether a publication is as its manifest says, to the last byte, and has the files beside it."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return all((folder / path).exists() for path in beside) and all(
            checksum(folder / name) == facts["sha256"] for name, facts in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _sync(draft: Path) -> None:
    for path in draft.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(draft)


def _switch(folder: Path, name: str) -> None:
    if current_name(folder) == name:
        return
    target = link(folder)
    new = target.with_name("current.new")
    new.unlink(missing_ok=True)
    try:
        new.symlink_to(Path("publications") / name, target_is_directory=True)
    except (OSError, NotImplementedError):
        new.write_text(name, encoding="utf-8")
    try:
        new.replace(target)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def roll_back(folder: Path, to: str = "") -> str:
    """Switch to an earlier publication, by its name or number, else to the one before the current; return its name.

    Raises:
        PublicationError: there is no such publication, it is damaged, or the folder cannot be written to.
    """
    with locked(folder):
        name = find(folder, to) if to else _before(folder)
        Publication.open(store(folder) / name)
        _switch(folder, name)
    return name


def find(folder: Path, wanted: str) -> str:
    """Return the name of the publication that is meant by a name, its beginning or its number.

    Raises:
        PublicationError: there is none, or more than one.
    """
    held = names(folder)
    found = [name for name in held if name == wanted or (wanted.isdecimal() and number_of(name) == int(wanted))]
    if len(found) != 1:
        raise PublicationError("publication-unknown", where=str(folder), wanted=wanted, known=", ".join(held) or "–")
    return found[0]


def _before(folder: Path) -> str:
    now = current_name(folder)
    earlier = [name for name in names(folder) if number_of(name) < number_of(now)]
    if not earlier:
        raise PublicationError("publication-first", where=str(folder), name=now or "–")
    return earlier[-1]


def prune(folder: Path, keep: int, spare: str = "") -> list[str]:
    """Remove the oldest publications beyond `keep`, never the current one nor `spare`; return the names removed.

    `spare` is what was current until now: a server may not have noticed yet.
    """
    doomed = [name for name in names(folder)[:-keep] if name not in (current_name(folder), spare)]
    for name in doomed:
        shutil.rmtree(store(folder) / name, ignore_errors=True)
    return doomed
