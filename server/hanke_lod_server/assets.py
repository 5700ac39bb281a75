"""The site's own files (style, icon): each at an address with the hash of its content, to be kept for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, url_for

from hanke_lod_server.answers import Route, answer
from hanke_lod_server.headers import FRESH, IMMUTABLE
from hanke_lod_server.site import Site

_FOLDER = Path(__file__).with_name("static")
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """A file of the site: its bytes and their hash."""

    content: bytes
    digest: str
    media_type: str


@lru_cache
def assets() -> dict[str, Asset]:
    """Return the files there are, by name."""
    found = {}
    for path in sorted(_FOLDER.iterdir()):
        if path.suffix in _MEDIA_TYPES:
            content = path.read_bytes()
            found[path.name] = Asset(content, hashlib.sha256(content).hexdigest()[:12], _MEDIA_TYPES[path.suffix])
    return found


def asset_url(name: str) -> str:
    """Return the path of a file of the site."""
    return url_for("asset", digest=assets()[name].digest, name=name)


def asset(_site: Site | None, digest: str, name: str) -> Response:
    """/static/<hash>/<name>: one of the site's own files; with an old hash the file as it is now, not to be kept."""
    found = assets().get(name)
    if found is None:
        abort(404)
    response = answer(found.content, found.media_type)
    response.headers["Cache-Control"] = IMMUTABLE if digest == found.digest else FRESH
    return response


ROUTES: tuple[Route, ...] = (("/static/<digest>/<name>", "asset", asset),)
