"""`hanke-lod serve`: starts the keeper and granian, restarts what dies, follows a switch of what is served."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from hanke_lod import config as configuration
from hanke_lod import publications
from hanke_lod.config import QueryLimits
from hanke_lod.errors import HankeError, RdfError, RunError
from hanke_lod_server.engines.embedded import is_supported, start_keeper, stop_keeper

_LOOK_EVERY = 0.5  # seconds
_RESTARTS = 5  # of granian within a minute: then something is wrong that a restart does not mend


def check_port(host: str, port: int) -> None:
    """Make sure that nothing listens there yet.

    Raises:
        RunError: the port is taken, or the host is not of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno in _NOT_OURS:
            raise RunError("host-unusable", host=host, reason=error.strerror or str(error)) from error
        raise RunError("port-taken", port=port, other=port + 1) from error


_NOT_OURS = frozenset((99, 49, 10049))  # EADDRNOTAVAIL on Linux, macOS and Windows


@dataclass(frozen=True)
class Served:
    """What a server serves: `name` tells what is current now, `open` that and the files that the keeper loads.

    `factory` and `environment` are the WSGI app's.
    """

    name: Callable[[], str]
    open: Callable[[], tuple[str, Sequence[Path]]]
    limits: QueryLimits
    factory: str
    environment: Mapping[str, str]


def serve(folder: Path, host: str, port: int) -> int:
    """Serve a folder's current publication until told to stop; return the exit code.

    Raises:
        ConfigError, PublicationError, RunError: there is nothing to serve, or a part cannot be started.
    """
    return _run(
        Served(
            name=lambda: publications.current_name(folder),
            open=lambda: _data_of(publications.open_current(folder)),
            limits=configuration.load(folder).query,
            factory="create",
            environment={"HANKE_LOD_FOLDER": str(folder.resolve())},
        ),
        host,
        port,
    )


def serve_data(files: Sequence[Path], host: str, port: int, address: str, ready: Callable[[], None]) -> int:
    """Serve RDF files at a query endpoint, and nothing else, until told to stop; return the exit code.

    Triples are in the default graph, quads in their graphs. `address` is the site's, to tell in the description.
    `ready` is called when the files are loaded.

    Raises:
        RdfError: a file is missing or cannot be read as RDF.
        RunError: a part cannot be started.
    """
    if not is_supported():
        raise RunError("serve-no-endpoint")
    name = _digest(files)
    environment = {"HANKE_LOD_ADDRESS": address}
    return _run(
        Served(lambda: name, lambda: (name, files), configuration.default_limits(), "create_endpoint", environment),
        host,
        port,
        ready,
    )


def _data_of(publication: publications.Publication) -> tuple[str, Sequence[Path]]:
    return publication.name, [publication.path(publications.DATA)]


def _digest(files: Sequence[Path]) -> str:
    """Return a name for what the files hold: answers' tags are made of it."""
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise RdfError("file-unreadable", where=str(path), reason=error.strerror or str(error)) from error
    return f"data-{digest.hexdigest()[:12]}"


def _run(served: Served, host: str, port: int, ready: Callable[[], None] = lambda: None) -> int:
    with tempfile.TemporaryDirectory(prefix="hanke-lod-") as run:
        supervisor = _Supervisor(served, host, port, Path(run) / "keeper")
        try:
            return supervisor.run(ready)
        finally:
            supervisor.end()


def stop_group(process: subprocess.Popen[bytes], patience: float = 15.0, again: float = 0.5) -> None:
    """End a process that leads a group, and all of its group: with SIGTERM, after `patience` seconds with SIGKILL.

    SIGTERM is said again every `again` seconds: a worker that granian has just forked still has the handlers
    of its parent, and a signal that comes before it has set its own is lost.
    """
    last = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < last:
        os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(again)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Supervisor:
    """The processes of one server."""

    def __init__(self, served: Served, host: str, port: int, socket_path: Path) -> None:
        self._served = served
        self._host, self._port = host, port
        self._socket = socket_path
        self._name = ""
        self._keeper: subprocess.Popen[bytes] | None = None
        self._web: subprocess.Popen[bytes] | None = None
        self._stop = threading.Event()
        self._starts: list[float] = []

    def run(self, ready: Callable[[], None]) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        self._follow()
        ready()
        self._web = self._start_web()
        while not self._stop.wait(_LOOK_EVERY):
            if self._web.poll() is not None and not self._restart_web():
                return 2
            with contextlib.suppress(HankeError):  # a damaged new publication: the old one stays served
                self._follow()
        return 0

    def end(self) -> None:
        """End every process; requests under way finish, within a limit."""
        if self._web:
            stop_group(self._web)
        if self._keeper:
            stop_keeper(self._keeper)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _follow(self) -> None:
        """Start a keeper for what is current now if there is none; one before it finishes what it has begun."""
        died = self._keeper is not None and self._keeper.poll() is not None
        if not is_supported() or (self._served.name() == self._name and not died):
            return
        before, (name, files) = self._keeper, self._served.open()
        self._keeper = start_keeper(self._socket, files, self._served.limits, publication=name)
        self._name = name
        if before is not None:
            threading.Thread(target=stop_keeper, args=(before,), daemon=True).start()

    def _start_web(self) -> subprocess.Popen[bytes]:
        self._starts.append(time.monotonic())
        limits = self._served.limits
        threads = min(256, limits.workers + limits.slow + limits.queue + 8)
        workers = min(4, max(2, os.cpu_count() or 1))
        command = [
            sys.executable, "-m", "granian", f"hanke_lod_server.wsgi:{self._served.factory}",
            "--factory", "--interface", "wsgi", "--host", self._host, "--port", str(self._port),
            "--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers",
            "--respawn-interval", "0.2", "--workers-kill-timeout", "12", "--log-level", "error", "--no-access-log",
        ]  # fmt: skip
        environment = {
            **os.environ,
            **self._served.environment,
            "HANKE_LOD_SOCKET": str(self._socket),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        return subprocess.Popen(command, env=environment, start_new_session=True)

    def _restart_web(self) -> bool:
        recent = [start for start in self._starts if start > time.monotonic() - 60]
        if len(recent) >= _RESTARTS:
            return False
        self._starts = recent
        if self._web:
            stop_group(self._web, patience=0)  # workers that outlived it
        self._web = self._start_web()
        return True
