"""Where there is no fork: query workers that are started one by one, each with the data, and killed at the deadline.

It keeps deadline, row limit and byte limit. It has no lanes, no memory limit and no fair queue, nothing but the check
of the text keeps it from the network, and each worker holds the whole store: for a try-out on macOS or Windows, not for
serving the public.
"""

from __future__ import annotations

import argparse
import io
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from hanke_lod.config import QueryLimits
from hanke_lod_server.engines import (
    Answer,
    Busy,
    Holdings,
    QueryFailure,
    QueryRequest,
    Timeout,
    Unavailable,
    evaluating,
    failures,
    wire,
)
from hanke_lod_server.engines.limits import Limits
from hanke_lod_server.engines.worker import job_frame, reply_to, warm_up

_PIECE = 2**20
#: How long a worker may take to load the data, in seconds.
_LOADING = 600.0


class SpawnedEngine:
    """An engine of a few worker processes of this process; `close` ends them."""

    def __init__(
        self, files: Iterable[Path], limits: QueryLimits | Limits, *, publication: str = "", workers: int = 2
    ) -> None:
        self._limits = Limits.of(limits) if isinstance(limits, QueryLimits) else limits
        self._files = [str(path) for path in files]
        self._publication = publication
        self._idle: queue.LifoQueue[_Process] = queue.LifoQueue()
        self._all: set[_Process] = set()
        self._closed = False
        self._holdings: Holdings | None = None
        for _ in range(workers):
            self._start()

    def answer(self, request: QueryRequest) -> Answer:
        """Return the complete answer.

        Raises:
            QueryFailure: one of its children says why there is none.
        """
        seconds = min(request.seconds or self._limits.deadline, self._limits.deadline)
        ends = time.monotonic() + seconds
        process = self._take(seconds)
        frame = process.ask(job_frame(request), max(0.0, ends - time.monotonic()))
        if frame is None:
            failure = self._replace(process)
            raise failure
        self._idle.put(process)
        header = frame.header
        if frame.letter == wire.FAILURE:
            raise failures.from_wire(header)
        return Answer(
            kind=header["kind"],
            body=io.BytesIO(frame.body),
            size=len(frame.body),
            columns=tuple(header["columns"]),
            truncated=header["truncated"],
            rows=header["rows"],
            publication=self._publication,
        )

    def holdings(self, max_age: float = 1.0) -> Holdings:  # noqa: ARG002  # what a worker holds never changes
        """Return what the workers hold.

        Raises:
            Unavailable: no worker answers.
        """
        if self._holdings is None:
            self._idle.put(self._take(_LOADING))  # one that waits has loaded
        if self._holdings is None:
            raise Unavailable("sparql-engine-gone")
        return self._holdings

    def close(self) -> None:
        """End the workers."""
        self._closed = True
        for process in list(self._all):
            process.end()

    def _take(self, patience: float) -> _Process:
        try:
            return self._idle.get(timeout=patience)
        except queue.Empty as error:
            raise Busy("sparql-waited", limit=patience) from error

    def _start(self) -> None:
        process = _Process(self._files, self._limits, self._publication)
        self._all.add(process)
        threading.Thread(target=self._await, args=(process,), daemon=True).start()

    def _await(self, process: _Process) -> None:
        """Count a worker among the idle ones once it has loaded."""
        frame = process.ask(wire.pack(wire.ASK), _LOADING)
        if frame is not None:
            self._holdings = Holdings(self._publication, frame.header["default"], frame.header["named"])
            self._idle.put(process)

    def _replace(self, process: _Process) -> QueryFailure:
        """Put another process in the place of one that has ended, and return why the query failed."""
        self._all.discard(process)
        code = process.end()
        if not self._closed:
            self._start()
        if process.timed_out:
            return Timeout("sparql-deadline", limit=self._limits.deadline)
        return failures.of_death(max(0, -code), "", self._limits)


class _Process:
    """One worker and its pipes."""

    def __init__(self, files: Sequence[str], limits: Limits, publication: str) -> None:
        command = [sys.executable, "-m", __name__, "--limits", limits.to_json(), "--publication", publication]
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._popen = subprocess.Popen(
            [*command, "--", *files],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self.timed_out = False

    def ask(self, data: bytes, seconds: float) -> wire.Frame | None:
        """Return what the worker answers; None when it has ended, or was ended for taking too long."""
        assert self._popen.stdin is not None  # both were asked for
        assert self._popen.stdout is not None
        timer = threading.Timer(seconds, self._time_out)
        timer.start()
        try:
            self._popen.stdin.write(data)
            self._popen.stdin.flush()
            return _read_frame(self._popen.stdout)
        except OSError:
            return None
        finally:
            timer.cancel()

    def end(self) -> int:
        """End the worker and return its exit code."""
        self._popen.kill()
        code = self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still to be written has no reader any more
        return code

    def _time_out(self) -> None:
        self.timed_out = True
        self._popen.kill()


def _read_frame(file: IO[bytes]) -> wire.Frame | None:
    """Return the next frame, or None at the end of the file."""
    reader = wire.Reader()
    while data := file.read1(_PIECE):  # type: ignore[attr-defined]  # a pipe's buffered reader has it
        for frame in reader.feed(data):
            return frame
    return None


# ── the worker ──────────────────────────────────────────────────────────────────────────────────────────────


def main(arguments: Sequence[str] | None = None) -> int:
    """Load the files, then answer what comes over stdin until it closes."""
    parser = argparse.ArgumentParser(prog="spawned")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--limits", default="{}")
    parser.add_argument("--publication", default="")
    given = parser.parse_args(arguments)
    limits = Limits.from_json(given.limits)
    store = evaluating.load(given.files)
    default, named = evaluating.sizes(store)
    warm_up(store, limits)
    with tempfile.TemporaryFile(buffering=0) as spool:
        while (frame := _read_frame(sys.stdin.buffer)) is not None:
            if frame.letter == wire.ASK:
                reply, last = wire.pack(wire.HOLDINGS, {"default": default, "named": named}), False
            else:
                reply, last = reply_to(frame, spool.fileno(), store, limits, given.publication, inline=True)
            sys.stdout.buffer.write(reply)
            sys.stdout.buffer.flush()
            if last:
                break
    return 0


if __name__ == "__main__":
    sys.exit(main())
