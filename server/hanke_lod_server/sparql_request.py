"""What an HTTP request asks of the query endpoint: https://www.w3.org/TR/sparql11-protocol/#query-operation."""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from hanke_lod_server.engines import Refused

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
#: A form spells a byte with up to three characters; what else stands in it is short.
_SPELLED, _REST = 3, 65_536
_MOST_FIELDS = 1000
_STRAY = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Asked:
    """A request, read: `query` is None when it has none, and `is_bare` when it has nothing of the protocol at all.

    `formats` are the values of `format`, which is ours, not the protocol's: SPARQLWrapper sends name and media type.
    """

    query: str | None
    formats: tuple[str, ...]
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        """Whether it asks for the service itself."""
        return self.query is None and not self.default_graphs and not self.named_graphs


def read(request: Request, length: int) -> Asked:
    """Return what a GET, HEAD or POST asks; `length` is the longest query in bytes.

    Raises:
        Refused: it is not as the protocol wants it, or it wants an update.
    """
    fields = _fields(request.query_string)
    if request.method == "POST":
        fields += _posted(request, length)
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise Refused("sparql-no-updates")
    if sum(name == "query" for name, _ in fields) > 1:
        raise Refused("sparql-two-queries", status=400, parameter="query")
    query = next((value for name, value in fields if name == "query"), None)
    if query is not None and len(query.encode()) > length:
        raise Refused("sparql-too-long", status=413 if request.method == "POST" else 414, limit=length)
    asked = Asked(
        query=query,
        formats=tuple(value for name, value in fields if name == "format" and value),
        default_graphs=tuple(value for name, value in fields if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in fields if name == "named-graph-uri"),
    )
    if query is None and (request.method == "POST" or not asked.is_bare):
        raise Refused("sparql-no-query", status=400)
    return asked


def _fields(text: bytes) -> list[tuple[str, str]]:
    """Return the fields of application/x-www-form-urlencoded: https://url.spec.whatwg.org/#urlencoded-parsing.

    urllib's parse_qsl takes 230 bytes of memory for each escaped one.
    """
    if text.count(b"&") >= _MOST_FIELDS:
        raise Refused("sparql-two-queries", status=400, parameter="default-graph-uri")
    pairs = (part.partition(b"=") for part in text.split(b"&") if part)
    return [(_plain(name), _plain(value)) for name, _, value in pairs]


def _plain(text: bytes) -> str:
    """Return a name or value without its escapes: spelt as quoted-printable, which is read in C, in one piece."""
    escaped, at = bytearray(), 0
    for stray in _STRAY.finditer(text):
        escaped += text[at : stray.start()] + b"%25"
        at = stray.end()
    escaped += text[at:]
    try:
        return a2b_qp(escaped.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("sparql-not-utf8", status=400) from error


def _posted(request: Request, length: int) -> list[tuple[str, str]]:
    kind = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    coded = request.headers.get("Content-Encoding", "identity").lower()
    if kind == _UPDATE:
        raise Refused("sparql-no-updates")
    if kind not in (_FORM, _QUERY) or charset not in ("utf-8", "utf8", "us-ascii") or coded != "identity":
        said = (request.headers.get("Content-Type", ""), coded)
        given = ", ".join(part for part in said if part not in ("", "identity"))
        raise Refused("sparql-media-type", status=415, given=_printable(given) or "–")
    request.max_content_length = length if kind == _QUERY else _SPELLED * length + _REST
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise Refused("sparql-too-long", status=413, limit=length) from error
    if kind == _FORM:
        return _fields(body)
    try:
        return [("query", body.decode("utf-8"))] if body else []
    except UnicodeDecodeError as error:
        raise Refused("sparql-not-utf8", status=400) from error


def _printable(text: str) -> str:
    return "".join(character for character in text[:80] if character.isprintable())
