"""create_app: a publication, an engine and the settings in, a Flask app out. create_endpoint: an engine alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, abort, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as WsgiResponse

from hanke_lod.config import Config, QueryLimits
from hanke_lod.publications import Publication
from hanke_lod.texts import LANGUAGES, say
from hanke_lod_server import assets, datasets, documents, failing, finding, front, lists, openapi, signposting
from hanke_lod_server.answers import Route, moved
from hanke_lod_server.engines import Engine
from hanke_lod_server.headers import FRESH, finish
from hanke_lod_server.pages.frame import reader_among
from hanke_lod_server.pages.query import bare_query_page, query_page
from hanke_lod_server.site import KIND_NAMES, Site
from hanke_lod_server.sparql import Endpoint, sparql_blueprint

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Longer query strings belong to no address of ours but the query endpoint's, which has its own limit.
LONGEST_QUERY = 8192
#: What HTML cannot hold, not even as a character reference.
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

#: Every address but the query endpoint's: rule, endpoint, view.
ROUTES: tuple[Route, ...] = (
    *front.ROUTES,
    *documents.ROUTES,
    *datasets.ROUTES,
    *lists.ROUTES,
    *openapi.ROUTES,
    *finding.ROUTES,
    *signposting.ROUTES,
    *assets.ROUTES,
)


class _Kind(BaseConverter):
    regex = "|".join(sorted(KIND_NAMES))


class _Slug(BaseConverter):
    regex = "[A-Za-z0-9][A-Za-z0-9_-]*"


class _Suffix(BaseConverter):
    regex = "[a-z]{2,6}"


def create_app(
    publication: Publication, engine: Engine | None, config: Config, today: Callable[[], date] = date.today
) -> Flask:
    """Return the app that serves a publication. `engine` answers queries; without one there are none."""
    site = Site(publication, engine, config, today)
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # Werkzeug's own redirects put the request's Host into Location
    app.url_map.converters.update(kind=_Kind, slug=_Slug, suffix=_Suffix)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "finalize": _harmless}
    app.jinja_env.globals["asset"] = assets.asset_url
    for rule, endpoint, view in ROUTES:
        app.add_url_rule(rule, endpoint, None if endpoint in app.view_functions else partial(view, site))
    if engine is not None:
        service, address = site.addresses.sparql_service, site.addresses.path("sparql")
        app.register_blueprint(sparql_blueprint(Endpoint(engine, config.query, service, address, query_page(site))))
    app.before_request(_canonical)
    app.after_request(lambda response: finish(request, response))
    failing.install(app, site)
    app.wsgi_app = Below(app.wsgi_app, site.prefix)  # type: ignore[method-assign,assignment]  # as Flask's docs do it
    return app


def create_endpoint(engine: Engine, limits: QueryLimits, address: str) -> Flask:
    """Return the app that has nothing but a query endpoint, at /sparql; `address` is the site's, as in a browser."""
    app = Flask(__name__, static_folder=None)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "finalize": _harmless}
    app.jinja_env.globals["asset"] = assets.asset_url
    endpoint = f"{address}sparql"
    app.register_blueprint(
        sparql_blueprint(Endpoint(engine, limits, f"{address}service", endpoint, bare_query_page(endpoint)))
    )
    for rule, name, view in assets.ROUTES:
        app.add_url_rule(rule, name, partial(view, None))
    app.add_url_rule("/", "home", lambda: moved(url_for("sparql.query"), 303, FRESH))
    app.after_request(lambda response: finish(request, response))
    app.register_error_handler(HTTPException, _nothing_else)
    return app


def _nothing_else(error: HTTPException) -> Response:
    """Answer what goes amiss beside the endpoint, which tells its own failures."""
    text = "endpoint-only" if error.code in (404, 405) else "page-error-5xx"
    words = say(text, reader_among(LANGUAGES).language, path=url_for("sparql.query"))
    response = Response(f"{words}\n", status=error.code or 500, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value  # Allow of a 405
    return response


def _harmless(value: object) -> object:
    """Return what a template prints without characters that no page can hold."""
    if isinstance(value, str) and _CONTROLS.search(value):
        return type(value)(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", value))
    return value


def _canonical() -> Response | None:
    """Send an address with a needless last slash to the one without it; refuse an endless query string."""
    endpoint = request.endpoint
    if endpoint is None or endpoint.startswith("sparql"):
        return None
    if len(request.environ.get("QUERY_STRING", "")) > LONGEST_QUERY:
        abort(414)
    if request.path != "/" and request.path.endswith("/") and request.method in ("GET", "HEAD"):
        arguments: dict[str, Any] = request.args.to_dict(flat=False)  # Any: what url_for takes
        return moved(url_for(endpoint, **{**arguments, **(request.view_args or {})}), 301, FRESH)
    return None


class Below:
    """Serves an app below the path of the base IRI; what has that path in SCRIPT_NAME already is passed on."""

    def __init__(self, app: WSGIApplication, prefix: str) -> None:
        self._app = app
        self._prefix = unquote_to_bytes(prefix).decode("latin-1")  # as WSGI has paths

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ.get("SCRIPT_NAME", "") == self._prefix:
            return self._app(environ, start)
        if path == self._prefix or path.startswith(self._prefix + "/"):
            return self._app({**environ, "SCRIPT_NAME": self._prefix, "PATH_INFO": path[len(self._prefix) :]}, start)
        nothing = WsgiResponse("Not found.\n", status=404, content_type="text/plain; charset=utf-8")
        return nothing(environ, start)
