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
from hanke_lod_server.engines.embedded import KeeperEngine, is_supported
from hanke_lod_server.engines.spawned import SpawnedEngine

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOG = logging.getLogger(__name__)
FOLDER = "HANKE_LOD_FOLDER"
SOCKET = "HANKE_LOD_SOCKET"
ADDRESS = "HANKE_LOD_ADDRESS"
#: How often, in seconds, it is looked whether another publication is served now.
INTERVAL = 1.0
_GRACE = 2.0


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
    if socket and not is_supported():
        return Current(settings.folder, None, spawns=True)
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
    """Serves the publication that the folder points to; requests that have begun finish on the one they began on.

    With `spawns` each publication gets query workers of this process, where the system has no keeper.
    """

    def __init__(
        self, folder: Path, engine: Engine | None, clock: Callable[[], float] = time.monotonic, *, spawns: bool = False
    ) -> None:
        self._folder = folder
        self._engine = engine
        self._clock = clock
        self._spawns = spawns
        self._spawned: SpawnedEngine | None = None
        self._turn = threading.Lock()
        self._looked = clock()
        self._name, self._refused = publications.current_name(folder), ""
        self._app = self._open()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self._clock() - self._looked >= INTERVAL and self._turn.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._turn.release()
        return self._app(environ, start)

    def _look(self) -> None:
        """Open what the folder points to if that is another publication; if it cannot be opened the old one stays.

        It is tried again at each look: settings that were broken may be mended, or were only half written.
        """
        self._looked = self._clock()
        name = publications.current_name(self._folder)
        if name == self._name:
            return
        try:
            self._app = self._open()
        except HankeError as error:
            if name != self._refused:
                _LOG.error("%s", error)
            self._refused = name
        else:
            self._name, self._refused = name, ""

    def _open(self) -> WSGIApplication:
        settings, publication = config.load(self._folder), publications.open_current(self._folder)
        engine = self._spawn(publication, settings) if self._spawns else self._engine
        return app.create_app(publication, engine, settings)

    def _spawn(self, publication: publications.Publication, settings: config.Config) -> SpawnedEngine:
        """Start query workers for a publication; those of the one before end when its last query must have ended."""
        if self._spawned is not None:
            last = threading.Timer(settings.query.deadline + _GRACE, self._spawned.close)
            last.daemon = True
            last.start()
        files = [publication.path(publications.DATA)]
        self._spawned = SpawnedEngine(files, settings.query, publication=publication.name)
        return self._spawned

    def close(self) -> None:
        """End what was started."""
        if self._spawned is not None:
            self._spawned.close()
