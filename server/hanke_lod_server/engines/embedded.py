"""The web process's side of the keeper: asks it over one connection a thread, and starts and ends it."""

from __future__ import annotations

import io
import json
import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from hanke_lod.config import QueryLimits
from hanke_lod.errors import RunError
from hanke_lod_server.engines import Answer, Holdings, QueryRequest, Unavailable, failures, wire
from hanke_lod_server.engines.limits import Limits
from hanke_lod_server.engines.worker import job_frame

#: Beyond a query's deadline, how long the keeper may take to say so, in seconds.
_GRACE = 5.0
#: How often a request is sent again because the keeper has moved.
_TRIES = 3
#: glibc's malloc asks for huge pages: a fork takes a tenth of the time (docs/sparql.md). And a worker's thread gets
#: no arena of its own, which would count against its memory with 64 MiB before the first query.
_TUNABLES = {"glibc.malloc.hugetlb": "1", "glibc.malloc.arena_max": "1"}


class KeeperEngine:
    """The engine behind a keeper's socket; safe for many threads, and for a keeper that is replaced meanwhile."""

    def __init__(self, socket_path: Path, deadline: float = 10.0) -> None:
        self._path = str(socket_path)
        self._deadline = deadline
        self._own = threading.local()
        self._held: tuple[float, Holdings] | None = None

    def answer(self, request: QueryRequest) -> Answer:
        """Return the complete answer.

        Raises:
            QueryFailure: one of its children says why there is none.
        """
        patience = (request.seconds or self._deadline) + _GRACE
        frame, files = self._ask(job_frame(request), patience)
        if frame.letter == wire.FAILURE:
            raise failures.from_wire(frame.header)
        header = frame.header
        held = self._held
        if held and held[1].publication != header["publication"]:
            self._held = None  # another publication is served now
        return Answer(
            kind=header["kind"],
            body=_body(frame, files),
            size=header["size"],
            columns=tuple(header["columns"]),
            truncated=header["truncated"],
            rows=header["rows"],
            publication=header["publication"],
        )

    def holdings(self, max_age: float = 1.0) -> Holdings:
        """Return what the keeper holds, as it was at most `max_age` seconds ago.

        Raises:
            Unavailable: the keeper does not answer.
        """
        now, held = time.monotonic(), self._held
        if held and now - held[0] <= max_age:
            return held[1]
        frame, _ = self._ask(wire.pack(wire.ASK), _GRACE)
        said = frame.header
        found = Holdings(said["publication"], said["default"], said["named"], said["state"])
        self._held = (now, found)
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        sock: socket.socket | None = getattr(self._own, "sock", None)
        if sock is not None:
            sock.close()
            self._own.sock = None

    def _ask(self, data: bytes, patience: float) -> tuple[wire.Frame, list[int]]:
        """Send a frame and return what comes back; once more where the keeper has moved or our connection was stale."""
        for _ in range(_TRIES):
            sock, fresh = self._connection()
            try:
                sock.settimeout(patience)
                sock.sendall(data)
                frame, files = wire.receive(sock, files=1)
            except TimeoutError as error:
                self.close()
                raise Unavailable("sparql-engine-silent") from error
            except OSError as error:
                self.close()
                if fresh:
                    raise Unavailable("sparql-engine-gone") from error
                continue
            if frame.letter != wire.MOVED:
                return frame, files
            self.close()
        raise Unavailable("sparql-engine-gone")

    def _connection(self) -> tuple[socket.socket, bool]:
        """Return this thread's connection, and whether it is a new one."""
        held: socket.socket | None = getattr(self._own, "sock", None)
        if held is not None:
            return held, False
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.connect(self._path)
        except OSError as error:
            sock.close()
            raise Unavailable("sparql-engine-gone") from error
        self._own.sock = sock
        return sock, True


def _body(frame: wire.Frame, files: list[int]) -> BinaryIO:
    if frame.letter != wire.SPOOLED:
        return io.BytesIO(frame.body)
    if not files:
        raise Unavailable("sparql-engine-gone")
    os.lseek(files[0], 0, os.SEEK_SET)
    return open(files[0], "rb", buffering=0)  # noqa: PTH123  # a descriptor; whoever takes the answer closes it


# ── the keeper's process ────────────────────────────────────────────────────────────────────────────────────


def is_supported() -> bool:
    """Tell whether a keeper can run here; elsewhere `spawned.SpawnedEngine` does with less."""
    return sys.platform == "linux" and hasattr(os, "fork")


def start_keeper(
    socket_path: Path,
    files: Iterable[Path],
    limits: QueryLimits | Limits,
    *,
    publication: str = "",
    linger: float = 0.0,
    lifeline: bool = True,
    patience: float = 600.0,
) -> subprocess.Popen[bytes]:
    """Start a keeper and return its process when it is ready; it takes the socket over from a keeper before it.

    With `lifeline` it ends when this process does; with `linger` when it has had no client for so many seconds.

    Raises:
        RunError: it cannot be started; the text says why.
    """
    held = Limits.of(limits) if isinstance(limits, QueryLimits) else limits
    command = [sys.executable, "-m", "hanke_lod_server.engines.keeper", "--socket", str(socket_path)]
    command += ["--limits", held.to_json(), "--publication", publication, "--linger", str(linger)]
    command += ["--lifeline"] if lifeline else []
    process = subprocess.Popen(
        [*command, "--", *map(str, files)],
        stdin=subprocess.PIPE if lifeline else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,  # Ctrl-C is for whoever started us
    )
    try:
        _wait_until_ready(process, patience)
    except BaseException:
        process.kill()
        process.wait()
        if process.stdin:
            process.stdin.close()
        raise
    finally:
        if process.stdout:
            process.stdout.close()
    return process


def stop_keeper(process: subprocess.Popen[bytes], patience: float = 15.0) -> None:
    """Have a keeper finish what runs and leave; kill it if it does not within its patience."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin:
        process.stdin.close()


def _environment() -> dict[str, str]:
    given = (part.partition("=") for part in os.environ.get("GLIBC_TUNABLES", "").split(":") if part)
    tunables = {**_TUNABLES, **{name: value for name, _, value in given}}
    return {
        **os.environ,
        "GLIBC_TUNABLES": ":".join(f"{name}={value}" for name, value in tunables.items()),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),  # found wherever we were found
    }


def _wait_until_ready(process: subprocess.Popen[bytes], patience: float) -> None:
    assert process.stdout is not None  # it was asked for
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        line = process.stdout.readline() if selector.select(patience) else b""
    try:
        said = json.loads(line)
    except ValueError:
        code = process.poll()
        raise RunError("sparql-keeper-failed", reason=f"exit code {code}" if code else "no word from it") from None
    if "error" in said:
        raise RunError(said["error"], where=said["where"], **said["facts"])
