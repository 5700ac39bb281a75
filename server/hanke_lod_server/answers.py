"""From a description or a page to a response: the variant chosen, its headers, conditional requests."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from werkzeug.exceptions import NotAcceptable, NotFound

from hanke_lod.formats import RDF_XML
from hanke_lod_server.headers import FRESH
from hanke_lod_server.negotiation import accepts_coding, best
from hanke_lod_server.variants import BY_SUFFIX, HTML, VARIANTS, Variant

#: What no XML document can hold (https://www.w3.org/TR/xml/#charsets): better no RDF/XML than one that no parser reads.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


#: From so many bytes on an answer is compressed, and how hard: a page of 10 kB takes a third of a millisecond.
_WORTH, _EFFORT = 1024, 5
#: An address: rule, endpoint, view. Any: each view has parameters of its own.
Route = tuple[str, str, Callable[..., Any]]


@dataclass(frozen=True)
class Alternative:
    """A form that something can be had in, and where: on pages, in `Link`, in the answer 406."""

    label: str
    media_type: str
    href: str


@dataclass(frozen=True)
class Link:
    """A typed link of the header `Link` (RFC 8288): to a path or an IRI, with a relation and perhaps a media type."""

    href: str
    relation: str
    media_type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.href}>; rel="{self.relation}"{kind}'


class NoVariant(NotAcceptable):
    """None of the forms there are is acceptable to the client."""

    def __init__(self, alternatives: Sequence[Alternative]) -> None:
        super().__init__()
        self.alternatives = tuple(alternatives)


@dataclass(frozen=True)
class Described:
    """Something with a description in several forms: `href` gives the path at which each form stands for itself.

    `variants` are in the order of preference; `data` makes a data form, `page` the page and its language; `links` are
    what a form's header `Link` has besides the other forms.
    """

    href: Callable[[Variant], str]
    page: Callable[[], tuple[str, str]]
    data: Callable[[Variant], bytes]
    variants: Sequence[Variant] = VARIANTS
    status: int = 200
    links: Callable[[Variant], Sequence[Link]] = lambda _: ()

    @property
    def alternatives(self) -> list[Alternative]:
        """The forms there are, with their addresses."""
        return [Alternative(row.label, row.media_type, self.href(row)) for row in self.variants]


def by_suffix(endpoint: str, **values: Any) -> Callable[[Variant], str]:
    """Return the function that gives a form's path as the endpoint's with the form's suffix."""
    return lambda variant: url_for(endpoint, **values, suffix=variant.suffix)  # Any: what url_for takes


def describe(described: Described, suffix: str = "") -> Response:
    """Answer with a description: in the form that the suffix fixes, else in the one that the client prefers."""
    variant = BY_SUFFIX.get(suffix) if suffix else _chosen(described)
    if variant is None or variant not in described.variants:
        raise NotFound
    language = ""
    if variant is HTML:
        text, language = described.page()
        body = text.encode()
    else:
        body = described.data(variant)
        if variant.format is RDF_XML and _NOT_XML.search(body):
            raise NoVariant([row for row in described.alternatives if row.media_type != variant.media_type])
    vary = ["Accept-Encoding"] if suffix else ["Accept", "Accept-Language", "Accept-Encoding"]
    if suffix and variant is HTML:
        vary.append("Accept-Language")
    response = answer(body, variant.content_type, status=described.status, language=language, vary=vary)
    if not suffix and described.status == 200:
        response.headers["Content-Location"] = _in_language(described.href(variant), language)
    others = [row for row in described.alternatives if row.media_type != variant.media_type]
    links = [*described.links(variant), *(Link(row.href, "alternate", row.media_type) for row in others)]
    response.headers["Link"] = ", ".join(map(str, links))
    return response


def _in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}" if language else path


def _chosen(described: Described) -> Variant:
    offers = [row.media_type for row in described.variants]
    found = best(request.headers.get("Accept"), offers)
    if found is None:
        raise NoVariant(described.alternatives)
    return described.variants[offers.index(found)]


def page_only(make: Callable[[], tuple[str, str]], others: Sequence[Alternative] = ()) -> Response:
    """Answer with a page that has no data form of its own; `others` tell machines where data are."""
    if best(request.headers.get("Accept"), [HTML.media_type]) is None:
        raise NoVariant([Alternative(HTML.label, HTML.media_type, url_for(request.endpoint or "home")), *others])
    text, language = make()
    vary = ["Accept", "Accept-Language", "Accept-Encoding"]
    return answer(text.encode(), HTML.content_type, language=language, vary=vary)


def answer(
    body: bytes,
    content_type: str,
    *,
    status: int = 200,
    language: str = "",
    vary: Sequence[str] = ("Accept-Encoding",),
) -> Response:
    """Return a response with a strong ETag of just this representation; 304 or 412 where the request asks for it."""
    coding = "gzip" if len(body) >= _WORTH and accepts_coding(request.headers.get("Accept-Encoding"), "gzip") else ""
    response = Response(body, status=status, content_type=content_type)
    response.headers["Cache-Control"] = FRESH
    response.headers["Vary"] = ", ".join(vary)
    if language:
        response.headers["Content-Language"] = language
    if status == 200:
        seal = hashlib.sha256(b"\0".join((content_type.encode(), language.encode(), coding.encode(), body)))
        response.set_etag(seal.hexdigest()[:32])
        response.make_conditional(request)
    if coding and response.status_code == status:
        response.set_data(gzip.compress(body, _EFFORT, mtime=0))
        response.headers["Content-Encoding"] = coding
    return response


def moved(location: str, status: int, cache: str) -> Response:
    """Return a redirect to a path of ours; its body names the path for those who read it."""
    response = Response(f"{location}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Location"] = location
    response.headers["Cache-Control"] = cache
    return response
