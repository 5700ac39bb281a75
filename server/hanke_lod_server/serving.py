"""`hanke-lod serve`: starts the keeper and granian, restarts what dies, follows a switch of publication."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import FrameType

from hanke_lod import config as configuration
from hanke_lod import publications
from hanke_lod.config import Config
from hanke_lod.errors import HankeError, RunError
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


def serve(folder: Path, host: str, port: int) -> int:
    """Serve a folder's current publication until told to stop; return the exit code.

    Raises:
        ConfigError, PublicationError, RunError: there is nothing to serve, or a part cannot be started.
    """
    settings = configuration.load(folder)
    with tempfile.TemporaryDirectory(prefix="hanke-lod-") as run:
        supervisor = _Supervisor(folder, settings, host, port, Path(run) / "keeper")
        try:
            return supervisor.run()
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

    def __init__(self, folder: Path, settings: Config, host: str, port: int, socket_path: Path) -> None:
        self._folder = folder
        self._settings = settings
        self._host, self._port = host, port
        self._socket = socket_path
        self._served = ""
        self._keeper: subprocess.Popen[bytes] | None = None
        self._web: subprocess.Popen[bytes] | None = None
        self._stop = threading.Event()
        self._starts: list[float] = []

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        self._follow()
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
        """Start a keeper for the current publication if there is none; one before it finishes what it has begun."""
        name = publications.current_name(self._folder)
        died = self._keeper is not None and self._keeper.poll() is not None
        if not is_supported() or (name == self._served and not died):
            return
        publication = publications.open_current(self._folder)
        before = self._keeper
        files = [publication.path(publications.DATA)]
        self._keeper = start_keeper(self._socket, files, self._settings.query, publication=publication.name)
        self._served = publication.name
        if before is not None:
            threading.Thread(target=stop_keeper, args=(before,), daemon=True).start()

    def _start_web(self) -> subprocess.Popen[bytes]:
        self._starts.append(time.monotonic())
        limits = self._settings.query
        threads = min(256, limits.workers + limits.slow + limits.queue + 8)
        command = [
            sys.executable, "-m", "granian", "hanke_lod_server.wsgi:create", "--factory", "--interface", "wsgi",
            "--host", self._host, "--port", str(self._port), "--workers", str(min(4, max(2, os.cpu_count() or 1))),
            "--blocking-threads", str(threads), "--respawn-failed-workers", "--respawn-interval", "0.2",
            "--workers-kill-timeout", "12", "--log-level", "error", "--no-access-log",
        ]  # fmt: skip
        environment = {
            **os.environ,
            "HANKE_LOD_FOLDER": str(self._folder.resolve()),
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
