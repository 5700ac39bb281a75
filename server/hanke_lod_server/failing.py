"""The one place that turns failures into answers: a page for people, a line or problem details for machines."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from hanke_lod.errors import HankeError
from hanke_lod.texts import has, say
from hanke_lod_server.answers import Alternative, NoVariant
from hanke_lod_server.engines import QueryFailure
from hanke_lod_server.negotiation import best
from hanke_lod_server.pages.frame import Page, Reader, reader_of, render
from hanke_lod_server.selecting import WrongParameter
from hanke_lod_server.site import Site

_LOG = logging.getLogger(__name__)
#: What a failure can be told in; plain text for whoever does not say.
_FORMS = ("text/plain", "text/html", "application/problem+json", "application/json")


def install(app: Flask, site: Site) -> None:
    """Have every failure of the app answered here."""
    app.register_error_handler(HTTPException, lambda error: _http_error(site, error))
    app.register_error_handler(HankeError, lambda error: _hanke_error(site, error))
    app.register_error_handler(OSError, lambda error: _unready(site, error))  # a file of the publication is gone


def _http_error(site: Site, error: HTTPException) -> Response:
    status = error.code or 500
    reader = reader_of(site)
    if isinstance(error, WrongParameter):
        words = say(error.text, reader.language, parameter=error.parameter)
    else:
        words = _words(status, reader)
    alternatives = error.alternatives if isinstance(error, NoVariant) else ()
    response = failure(site, reader, status, words, alternatives)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value  # Allow of a 405, Content-Range of a 416
    return response


def _hanke_error(site: Site, error: HankeError) -> Response:
    reader = reader_of(site)
    if isinstance(error, QueryFailure):
        words = say(error.text, reader.language, **error.facts) if has(error.text) else _words(error.status, reader)
        response = failure(site, reader, error.status, words)
        if error.retry_after:
            response.headers["Retry-After"] = str(error.retry_after)
        return response
    return _unready(site, error)


def _unready(site: Site, error: Exception) -> Response:
    """Answer 503; what the error says may name files of ours, so that is for the log."""
    _LOG.error("%s", error, exc_info=error)
    reader = reader_of(site)
    return failure(site, reader, 503, _words(503, reader))


def _words(status: int, reader: Reader) -> str:
    text = f"page-error-{status}"
    return say(text if has(text) else f"page-error-{status // 100}xx", reader.language)


def failure(site: Site, reader: Reader, status: int, words: str, alternatives: Sequence[Alternative] = ()) -> Response:
    """Return the answer that tells of a failure, in the form that the client prefers."""
    form = best(request.headers.get("Accept"), _FORMS) or _FORMS[0]
    if form == "text/html":
        page = Page(site, reader)
        text = render("error.html", page, status=status, words=words, alternatives=alternatives)
    elif form == "text/plain":
        text = "".join(f"{line}\n" for line in (words, *(f"{a.media_type}: {a.href}" for a in alternatives)))
    else:
        text = _problem(status, words, alternatives)
    response = Response(text, status=status, content_type=f"{form}; charset=utf-8")
    response.headers["Vary"] = "Accept, Accept-Language, Accept-Encoding"
    response.headers["Content-Language"] = reader.language
    response.headers["Cache-Control"] = "no-cache"
    if alternatives:
        response.headers["Link"] = ", ".join(
            f'<{a.href}>; rel="alternate"; type="{a.media_type}"' for a in alternatives
        )
    return response


def _problem(status: int, words: str, alternatives: Sequence[Alternative]) -> str:
    """Return problem details as RFC 9457 has them."""
    told: dict[str, object] = {"title": HTTPStatus(status).phrase, "status": status, "detail": words}
    if alternatives:
        told["alternatives"] = [{"type": a.media_type, "href": a.href} for a in alternatives]
    return json.dumps(told, ensure_ascii=False) + "\n"
