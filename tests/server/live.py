"""A server as people start it, `hanke-lod serve`, on a port of its own, and a plain client for it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Reply:
    """An answer over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers["content-type"].partition(";")[0]


@dataclass
class Live:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    @property
    def sparql(self) -> str:
        """The address of its query endpoint."""
        return f"http://localhost:{self.port}/sparql"

    def ask(self, method: str, target: str, body: bytes | None = None, headers: Mapping[str, str] = {}) -> Reply:
        """Send a request as it is, over one connection that is kept, and return the answer."""
        for attempt in (1, 2):
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self._connection.request(method, target, body, dict(headers))
                answer = self._connection.getresponse()
                lower = {name.lower(): value for name, value in answer.getheaders()}
                return Reply(answer.status, lower, answer.read())
            except (ConnectionError, http.client.HTTPException):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def serving(*arguments: str | Path, log: Path) -> Iterator[Live]:
    """Run `hanke-lod serve` with arguments until the end of the block."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from hanke_lod.cli import main; main()",
        "--lang",
        "en",
        "serve",
        *map(str, arguments),
        "--port",
        str(port),
    ]
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)
    live = Live(port, process)
    try:
        _await(live, log)
        yield live
    finally:
        live.close()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await(live: Live, log: Path) -> None:
    last = time.monotonic() + 60
    while True:
        try:
            if live.ask("GET", "/sparql").status == 200:
                return
        except OSError:
            live.close()
        assert live.process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < last, log.read_text(encoding="utf-8")
        time.sleep(0.05)
