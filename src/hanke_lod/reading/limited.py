"""Reading in a child process that may neither take long, nor grow large, nor open files."""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

from hanke_lod.errors import DocumentError
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Field, Link, Place, Remark
from hanke_lod.reading.pieces import Piece, Told

Pieces = Callable[[bytes, str], Sequence[Told]]

#: What a child may use: seconds of computing, seconds until it answers, bytes of memory, bytes of its answer.
SECONDS = 10
MEMORY = 1024**3
_ANSWER = 256 * 1024**2
#: Descriptors beside those that are open: late imports need one or two.
_DESCRIPTORS = 8
_KINDS = ("heading", "item", "row", "text")


def reader(module: str, label: str, above: int = 0) -> Pieces:
    """Return a module's `pieces`, to be run in a child where the document is larger than `above`.

    The module is imported when it is first needed. `label` is what the format is called in errors.
    """

    def pieces(data: bytes, where: str) -> Sequence[Told]:
        read = _function(module)
        if len(data) <= above:
            return read(data, where)
        answer = _forked(read, data, where) if _may_fork() else _started(module, data, where)
        return received(answer, label, where)

    return pieces


def _function(module: str) -> Pieces:
    """Return what reads, with all that it needs already in memory: a copy of this process has it for nothing."""
    Lexicon.bundled().field_of("")
    return cast(Pieces, importlib.import_module(f"hanke_lod.reading.{module}").pieces)


def _may_fork() -> bool:
    """Tell whether a copy of this process is safe: nobody else is at work in it."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return False
    tasks = Path("/proc/self/task")
    return not tasks.is_dir() or len(list(tasks.iterdir())) == 1


# ── the parent's side ───────────────────────────────────────────────────────────────────────────────────────


def _forked(read: Pieces, data: bytes, where: str) -> bytes:
    """Return what a copy of this process answers; b"" if it dies or takes too long."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            _silence()
            _limit(into + _DESCRIPTORS)
            _write(into, answer(read, data, where))
        finally:
            # neither handlers nor buffers of the parent are run or written twice
            os._exit(0)
    os.close(into)
    try:
        return _gather(out, time.monotonic() + SECONDS)
    finally:
        os.close(out)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _gather(source: int, until: float) -> bytes:
    """Return all that comes out of a pipe before the time is up and its end is reached, else b""."""
    parts: list[bytes] = []
    size = 0
    while size <= _ANSWER:
        ready, _, _ = select.select([source], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return b""
        part = os.read(source, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    return b""


def _started(module: str, data: bytes, where: str) -> bytes:
    """Return what a new Python answers; b"" if it dies or takes too long."""
    command = [sys.executable, "-c", "from hanke_lod.reading.limited import main; main()", module, where]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS + 2, check=False)
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""


def received(said: bytes, label: str, where: str) -> list[Told]:
    """Return the pieces and remarks that a child's answer tells.

    Raises:
        DocumentError: the child refused the document, or gave no answer.
    """
    if not said:
        raise DocumentError("document-too-large", where=where)
    told = json.loads(said)
    if "error" in told:
        raise DocumentError(str(told["error"]), where=str(told["where"]), **told["facts"])
    if "crash" in told:
        raise DocumentError("document-damaged", where=where, kind=label)
    return [_remark(one) if len(one) == 3 else _piece(one) for one in told["pieces"]]


def _piece(told: list[Any]) -> Piece:  # JSON
    kind, text, (line, page, cell), level, gap, links, fields, strong = told
    return Piece(
        _KINDS[int(kind)],  # type: ignore[arg-type]  # one of the four
        str(text),
        Place(line, page, str(cell)),
        int(level),
        bool(gap),
        tuple(Link(int(start), int(end), str(target)) for start, end, target in links),
        tuple(Field(str(name), int(start), int(end)) for name, start, end in fields),
        bool(strong),
    )


def _remark(told: list[Any]) -> Remark:  # JSON
    text, (line, page, cell), facts = told
    return Remark(
        str(text), Place(line, page, str(cell)), facts=tuple((str(name), str(value)) for name, value in facts)
    )


# ── the child's side ────────────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    """Read the document on standard input; the arguments are the module and the document's place."""
    module, where = sys.argv[1:3]
    read = _function(module)
    data = sys.stdin.buffer.read()
    _limit(3 + _DESCRIPTORS)
    sys.stdout.buffer.write(answer(read, data, where))
    sys.stdout.buffer.flush()
    os._exit(0)


def answer(read: Pieces, data: bytes, where: str) -> bytes:
    """Return the pieces and remarks, or what is wrong, as JSON."""
    told: dict[str, object]
    try:
        told = {"pieces": [_told(piece) for piece in read(data, where)]}
    except DocumentError as error:
        facts = {name: str(value) for name, value in error.facts.items()}
        told = {"error": error.text, "where": error.where, "facts": facts}
    except (MemoryError, RecursionError):
        return b""
    except Exception as error:  # whatever a library says of a hostile file, the parent must hear one thing
        told = {"crash": type(error).__name__}
    return json.dumps(told).encode()


def _told(piece: Told) -> list[object]:
    place = [piece.place.line, piece.place.page, piece.place.cell]
    if isinstance(piece, Remark):
        return [piece.text, place, piece.facts]
    return [
        _KINDS.index(piece.kind),
        piece.text,
        place,
        piece.level,
        piece.gap,
        [[link.start, link.end, link.target] for link in piece.links],
        [[field.label, field.start, field.end] for field in piece.fields],
        piece.strong,
    ]


def _write(into: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(into, view) :]


def _silence() -> None:
    """Say nothing of how a library dies."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit(descriptors: int) -> None:
    """Bind this process to its limits, as far as the system has them."""
    try:
        import resource
    except ImportError:
        return  # Windows: only the time is limited
    used = 0
    told = Path("/proc/self/statm")
    if told.exists():
        used = int(told.read_text().split()[0]) * resource.getpagesize()
    for name, most in (
        ("RLIMIT_CPU", SECONDS),
        ("RLIMIT_AS", used + MEMORY),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NOFILE", descriptors),
    ):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (least, least))
        except (ValueError, OSError):
            continue  # a system that has the limit and does not allow to set it
