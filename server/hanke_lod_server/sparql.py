"""The query endpoint, /sparql: the SPARQL 1.1 Protocol in front of an engine."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, BinaryIO

from flask import Blueprint, Response, request

from hanke_lod.config import QueryLimits
from hanke_lod.formats import DOCUMENT_FORMATS
from hanke_lod.namespaces import PREFIXES
from hanke_lod.texts import LANGUAGES
from hanke_lod_server import sparql_request, sparql_tokens
from hanke_lod_server.engines import Answer, Engine, QueryFailure, QueryRequest, Refused, Unavailable
from hanke_lod_server.engines.graphs import written
from hanke_lod_server.negotiation import best, best_language
from hanke_lod_server.service_description import describe, in_force
from hanke_lod_server.sparql_errors import Told, tell
from hanke_lod_server.sparql_formats import GRAPH_FORMATS, HTML, Choice, choose, is_graph
from hanke_lod_server.sparql_request import Asked
from hanke_lod_server.sparql_tokens import Query

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
#: How many rows or statements a page shows; the whole is a click away in every other format.
PAGE_ROWS = 1000
TRUNCATED = "X-Result-Truncated"
_FRESH = "public, max-age=60"
_VARY = "Accept, Accept-Language, Accept-Encoding"
_PIECE = 256 * 1024
_DOCUMENTS = {row.name: row for row in DOCUMENT_FORMATS}
_PROBLEM = "application/problem+json"
#: What a failure can be told in, and whether that is JSON.
_ERROR_FORMS = {"text/plain": False, "text/html": False, "application/json": True, _PROBLEM: True,
                "application/sparql-results+json": True, "application/ld+json": True}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A result for a page: a table's columns and rows of terms (as in SPARQL JSON; None: unbound), a boolean, Turtle.

    `rows_limit` is where the table or graph was cut, 0 where it was not; `seconds` is what the answer took.
    """

    kind: str
    columns: tuple[str, ...] = ()
    rows: Sequence[Sequence[dict[str, str] | None]] = ()
    boolean: bool | None = None
    turtle: str = ""
    rows_limit: int = 0
    seconds: float = 0.0


QueryPage = Callable[[str, Shown | None, Told | None, QueryLimits], Response]


@dataclass(frozen=True)
class Endpoint:
    """What the endpoint needs.

    `service` and `address` are the IRIs of the service and of the endpoint; relative IRIs in a query are
    resolved against the address. `query_page` makes the page for people: of the query, with its result or its
    error if there is one, and the limits that hold.
    """

    engine: Engine
    limits: QueryLimits
    service: str
    address: str
    query_page: QueryPage | None = None
    language: Callable[[], str] = field(default=lambda: _language())


def sparql_blueprint(endpoint: Endpoint, path: str = "/sparql") -> Blueprint:
    """Return the blueprint that answers at the path."""
    blueprint = Blueprint("sparql", __name__)

    @blueprint.route(path, methods=METHODS, provide_automatic_options=False)
    def query() -> Response:
        return _open_to_all(_answered(endpoint))

    return blueprint


def _answered(endpoint: Endpoint) -> Response:
    if request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": ", ".join(METHODS)})
    text, query = "", None
    try:
        asked = sparql_request.read(request, endpoint.limits.length)
        if asked.is_bare:
            return _about(endpoint, asked)
        text = asked.query or ""
        graphs = _known_graphs(endpoint, asked)
        query = sparql_tokens.read(text, PREFIXES, endpoint.address, None if _has_dataset(asked) else graphs)
        choice = choose(query.form, asked.formats, request.headers.get("Accept"), with_page=bool(endpoint.query_page))
        return _result(endpoint, asked, query, choice)
    except QueryFailure as failure:
        return _failed(endpoint, failure, text, query)


# ── results ─────────────────────────────────────────────────────────────────────────────────────────────────


def _result(endpoint: Endpoint, asked: Asked, query: Query, choice: Choice) -> Response:
    tag = "" if query.is_volatile or request.method == "POST" else _tag(endpoint, asked, query, choice)
    if tag and not request.if_none_match.star_tag and request.if_none_match.contains_weak(tag):
        return _headed(Response(status=304), asked, tag)
    began = time.monotonic()
    wanted = _engine_request(endpoint, asked, query, choice)
    answer = endpoint.engine.answer(wanted)
    if choice.name == HTML and endpoint.query_page:
        shown = _shown(answer, time.monotonic() - began)
        return _headed(endpoint.query_page(asked.query or "", shown, None, _limits(endpoint)), asked, "")
    response = Response(_body(answer), content_type=choice.content_type)
    response.content_length = answer.size
    if answer.truncated:
        response.headers[TRUNCATED] = f"rows={answer.rows}"
    if tag and answer.publication != endpoint.engine.holdings().publication:
        tag = ""  # the publication was switched in between
    return _headed(response, asked, tag, volatile=query.is_volatile)


def _engine_request(endpoint: Endpoint, asked: Asked, query: Query, choice: Choice) -> QueryRequest:
    page = choice.name == HTML
    return QueryRequest(
        text=query.text,
        format=("turtle" if is_graph(query.form) else "json") if page else choice.name,
        prologue=query.prologue,
        base=endpoint.address,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        star=query.star,
        variables=query.variables,
        rows=min(PAGE_ROWS, endpoint.limits.rows) if page else None,
        client=request.remote_addr or "",
    )


def _body(answer: Answer) -> bytes | Iterator[bytes]:
    if answer.size <= _PIECE or request.method == "HEAD":
        with answer.body as body:
            return body.read() if request.method != "HEAD" else b""
    return _pieces(answer.body)


def _pieces(body: BinaryIO) -> Iterator[bytes]:
    with body:
        while piece := body.read(_PIECE):
            yield piece


def _shown(answer: Answer, seconds: float) -> Shown:
    with answer.body as body:
        data = b"".join(iter(lambda: body.read(_PIECE), b""))
    cut = answer.rows if answer.truncated else 0
    if answer.kind == "graph":
        return Shown("graph", turtle=data.decode(), rows_limit=cut, seconds=seconds)
    said: dict[str, Any] = json.loads(data)  # Any: JSON
    if answer.kind == "boolean":
        return Shown("boolean", boolean=said["boolean"], seconds=seconds)
    columns = tuple(said["head"]["vars"])
    rows = [[row.get(column) for column in columns] for row in said["results"]["bindings"]]
    return Shown("solutions", columns, rows, rows_limit=cut, seconds=seconds)


def _tag(endpoint: Endpoint, asked: Asked, query: Query, choice: Choice) -> str:
    """Return the tag of an answer not made yet; a weak one: without ORDER BY another run may order otherwise."""
    publication = endpoint.engine.holdings().publication
    if not publication or choice.name == HTML:
        return ""
    parts = (publication, choice.content_type, str(endpoint.limits.rows), query.prologue, query.text)
    datasets = json.dumps([asked.default_graphs, asked.named_graphs])
    return hashlib.sha256("\0".join((*parts, datasets)).encode()).hexdigest()[:32]


def _headed(response: Response, asked: Asked, tag: str, *, volatile: bool = False) -> Response:
    """Add what tells caches how long and for whom an answer holds."""
    if tag:
        response.set_etag(tag, weak=True)
    lasting = request.method != "POST" and not volatile
    response.headers.setdefault("Cache-Control", _FRESH if lasting else "no-store")
    response.headers["Vary"] = "Accept-Encoding" if asked.formats else _VARY
    return response


# ── datasets ────────────────────────────────────────────────────────────────────────────────────────────────


def _has_dataset(asked: Asked) -> bool:
    return bool(asked.default_graphs or asked.named_graphs)


def _known_graphs(endpoint: Endpoint, asked: Asked) -> frozenset[str]:
    """Return the named graphs there are; those that the request names must be among them."""
    graphs = frozenset(endpoint.engine.holdings().named)
    named = [("default-graph-uri", graph) for graph in asked.default_graphs]
    named += [("named-graph-uri", graph) for graph in asked.named_graphs]
    for parameter, graph in named:
        if graph not in graphs:
            raise Refused("sparql-unknown-graph", status=400, parameter=parameter, graph=graph[:500])
    return graphs


# ── the service itself ──────────────────────────────────────────────────────────────────────────────────────


def _about(endpoint: Endpoint, asked: Asked) -> Response:
    choice = choose("describe", asked.formats, request.headers.get("Accept"), with_page=bool(endpoint.query_page))
    if choice.name == HTML and endpoint.query_page:
        return _headed(endpoint.query_page("", None, None, _limits(endpoint)), asked, "")
    holdings = endpoint.engine.holdings()
    triples = describe(endpoint.service, endpoint.address, holdings, in_force(endpoint.limits, holdings))
    data = written(triples, _DOCUMENTS[choice.name])
    response = Response(data, content_type=choice.content_type)
    response.headers["Link"] = ", ".join(
        f'<?format={row.name}>; rel="alternate"; type="{row.media_type}"'
        for row in GRAPH_FORMATS
        if row.name != choice.name
    )
    _headed(response, asked, hashlib.sha256(choice.media_type.encode() + data).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _limits(endpoint: Endpoint) -> QueryLimits:
    """Return the limits that hold now, those of the settings where the engine does not answer."""
    try:
        return in_force(endpoint.limits, endpoint.engine.holdings())
    except Unavailable:
        return endpoint.limits


# ── failures ────────────────────────────────────────────────────────────────────────────────────────────────


def _failed(endpoint: Endpoint, failure: QueryFailure, text: str, query: Query | None) -> Response:
    language = endpoint.language()
    told = tell(failure, language, text, dict(query.missing) if query else {})
    forms = [form for form in _ERROR_FORMS if form != "text/html" or endpoint.query_page]
    form = best(request.headers.get("Accept"), forms) or forms[0]
    if form == "text/html" and endpoint.query_page:
        response = endpoint.query_page(text, None, told, _limits(endpoint))
        response.status_code = told.status
    elif _ERROR_FORMS[form]:
        problem = form == _PROBLEM
        response = Response(_as_json(told, problem), content_type=form if problem else "application/json")
    else:
        response = Response(told.text, content_type="text/plain; charset=utf-8")
    response.status_code = told.status
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    response.headers["Vary"] = _VARY
    if told.retry_after:
        response.headers["Retry-After"] = str(told.retry_after)
    return response


def _as_json(told: Told, problem: bool) -> str:
    """Return a failure as JSON; as problem details (RFC 9457) if the client knows them."""
    message = {"title": HTTPStatus(told.status).phrase, "detail": told.message} if problem else {"error": told.message}
    said: dict[str, object] = {**message, "code": told.code, "status": told.status}
    if told.line:
        said |= {"line": told.line, "column": told.column, "excerpt": told.excerpt}
    if told.retry_after:
        said["retry_after"] = told.retry_after
    return json.dumps(said, ensure_ascii=False) + "\n"


def _language() -> str:
    """Return the reader's language: `?lang=`, else Accept-Language, else English, as programs' makers read it."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return best_language(request.headers.get("Accept-Language"), ("en", "fi", "sv"))


def _open_to_all(response: Response) -> Response:
    """Let scripts of any origin ask and read what they are told: https://fetch.spec.whatwg.org/#http-cors-protocol."""
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = f"Allow, Content-Length, ETag, Link, Retry-After, {TRUNCATED}"
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
        headers["Access-Control-Max-Age"] = "86400"
    return response
