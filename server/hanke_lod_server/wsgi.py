"""The entry of WSGI servers: serves what a publisher's folder has published, and sees when that is something new.

HANKE_LOD_FOLDER=… HANKE_LOD_SOCKET=… granian --interface wsgi --factory hanke_lod_server.wsgi:create
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hanke_lod import config, publications
from hanke_lod.errors import HankeError, RunError
from hanke_lod_server import app
from hanke_lod_server.engines import Engine
from hanke_lod_server.engines.embedded import KeeperEngine

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOG = logging.getLogger(__name__)
FOLDER = "HANKE_LOD_FOLDER"
SOCKET = "HANKE_LOD_SOCKET"
ADDRESS = "HANKE_LOD_ADDRESS"
#: How often, in seconds, it is looked whether another publication is served now.
INTERVAL = 1.0


def create() -> WSGIApplication:
    """Return the WSGI app for the folder, and the keeper's socket, that the environment names.

    Raises:
        RunError: no folder is named, or there is no publication that can be served.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        raise RunError("page-no-folder", variable=FOLDER)
    socket = os.environ.get(SOCKET)
    settings = config.load(Path(folder))
    engine = KeeperEngine(Path(socket), settings.query.deadline) if socket else None
    return Current(settings.folder, engine)


def create_endpoint() -> WSGIApplication:
    """Return the WSGI app that has nothing but the query endpoint of the keeper that the environment names.

    Raises:
        RunError: no keeper or no address is named.
    """
    socket, address = os.environ.get(SOCKET), os.environ.get(ADDRESS)
    if not socket or not address:
        raise RunError("page-no-keeper", variable=ADDRESS if socket else SOCKET)
    limits = config.default_limits()
    return app.create_endpoint(KeeperEngine(Path(socket), limits.deadline), limits, address)


class Current:
    """Serves the publication that the folder points to; requests that have begun finish on the one they began on."""

    def __init__(self, folder: Path, engine: Engine | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._engine = engine
        self._clock = clock
        self._turn = threading.Lock()
        self._looked = clock()
        self._name = publications.current_name(folder)
        self._app = self._open()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self._clock() - self._looked >= INTERVAL and self._turn.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._turn.release()
        return self._app(environ, start)

    def _look(self) -> None:
        """Open what the folder points to if that is another publication; if it cannot be opened the old one stays."""
        self._looked = self._clock()
        name = publications.current_name(self._folder)
        if name == self._name:
            return
        try:
            self._app = self._open()
        except HankeError as error:
            _LOG.error("%s", error)
        self._name = name

    def _open(self) -> WSGIApplication:
        settings = config.load(self._folder)
        return app.create_app(publications.open_current(self._folder), self._engine, settings)
