"""The lists as an OpenAPI document: what they take and what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

from hanke_lod.formats import JSON_LD
from hanke_lod.jsonld import encode
from hanke_lod.searching import ORDERS
from hanke_lod.texts import say
from hanke_lod.uris import KINDS
from hanke_lod_server.answers import Route, answer
from hanke_lod_server.listing import FORMS
from hanke_lod_server.selecting import LAST_PAGE, LONGEST_SEARCH, STATUSES
from hanke_lod_server.site import Site
from hanke_lod_server.variants import HTML

Object = dict[str, Any]  # Any: JSON
_SLUG = {"type": "string"}


def _one_of(values: Sequence[str]) -> Object:
    return {"type": "string", "pattern": f"^({'|'.join(values)})?$"}


#: Parameter → its schema; an empty value counts as none.
_OF_ALL: Mapping[str, Object] = {
    "q": {"type": "string", "maxLength": LONGEST_SEARCH},
    "page": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
}
_OF_PROJECTS: Mapping[str, Object] = {
    "sector": _SLUG,
    "funding": _SLUG,
    "organisation": _SLUG,
    "year": {"type": "string", "pattern": "^([0-9]{4})?$"},
    "running": _one_of(("now",)),
    "status": _one_of(STATUSES),
    "sort": _one_of(tuple(ORDERS)),
}
#: What any of the addresses can answer besides the list, and why: the text.
_FAILURES = {"400": "openapi-400", "404": "openapi-404", "406": "openapi-406", "414": "openapi-414"}
_JSON_LD = {
    "type": "object",
    "required": ["@context"],
    "properties": {"@context": {"type": "object"}, "@graph": {"type": "array", "items": {"type": "object"}}},
}
_PROBLEM = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
}


def document(site: Site) -> Object:
    """Return the document; its words are in the publisher's first language."""
    language = site.config.languages[0]
    paths: Object = {}
    for kind in KINDS[:4]:
        operation = _operation(kind.listing, language)
        paths[f"/{kind.listing}"] = {"get": operation}
        paths[f"/{kind.listing}.{{suffix}}"] = {"get": _fixed(operation, language)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": next(iter(site.config.title.values())),
            "version": "1",
            "description": say("openapi-description", language),
        },
        "servers": [{"url": site.addresses.base.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": {"JsonLd": _JSON_LD, "Problem": _PROBLEM}},
    }


def _operation(listing: str, language: str) -> Object:
    schemas = {**_OF_ALL, **(_OF_PROJECTS if listing == "projects" else {})}
    parameters = [
        {"name": name, "in": "query", "description": say(f"openapi-{name}", language), "schema": schema}
        for name, schema in schemas.items()
    ]
    return {
        "operationId": f"list-{listing}",
        "summary": say(f"openapi-list-{listing}", language),
        "parameters": parameters,
        "responses": {"200": _found(language), **{code: _failure(text, language) for code, text in _FAILURES.items()}},
    }


def _fixed(operation: Object, language: str) -> Object:
    """Return the operation at the address that fixes the form by a suffix."""
    suffix = {
        "name": "suffix",
        "in": "path",
        "required": True,
        "description": say("openapi-suffix", language),
        "schema": {"type": "string", "enum": [row.suffix for row in FORMS]},
    }
    identifier = f"{operation['operationId']}-as"
    return {**operation, "operationId": identifier, "parameters": [suffix, *operation["parameters"]]}


def _found(language: str) -> Object:
    link = {"description": say("openapi-link", language), "schema": {"type": "string"}}
    json = {"$ref": "#/components/schemas/JsonLd"}
    schemas = {row.media_type: json if row.format is JSON_LD else {"type": "string"} for row in FORMS}
    return {
        "description": say("openapi-200", language),
        "headers": {"Link": link},
        "content": {media_type: {"schema": schema} for media_type, schema in schemas.items()},
    }


def _failure(text: str, language: str) -> Object:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    plain = {"schema": {"type": "string"}}
    content = {"application/problem+json": problem, "application/json": problem}
    return {"description": say(text, language), "content": {**content, "text/plain": plain, HTML.media_type: plain}}


def openapi(site: Site) -> Response:
    """/openapi.json: the document."""
    return answer(encode(document(site)), "application/vnd.oai.openapi+json; charset=utf-8")


ROUTES: tuple[Route, ...] = (("/openapi.json", "openapi", openapi),)
