"""Which representation a client gets: RFC 9110 § 12.5 for media types, RFC 4647 for languages.

Pure functions over header values. What cannot be understood in a header is passed over; a header in which nothing can
be understood counts as absent. The work is linear in the header's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_QUALITY = re.compile(r"[0-9]?\.?[0-9]{0,6}")

#: How well a range fits an offer: the greatest number decides (RFC 9110 § 12.5.1).
_NONE, _ANY, _ANY_SUBTYPE, _OTHER_PARAMETERS, _EXACT, _WITH_PARAMETERS = range(6)

#: What an offer weighs that has not the parameters asked for, against one that is just what is asked for.
_NEARLY = 0.999


@dataclass(frozen=True)
class MediaRange:
    """One element of an Accept header: type and subtype in lower case ("*" for any), parameters, weight."""

    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]] = frozenset()
    quality: float = 1.0


def best(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer that the client prefers, the earlier one where it has no preference; None if none is acceptable.

    >>> best("text/turtle;q=0.9, application/ld+json", ["text/html", "text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> best("*/*", ["text/html", "text/turtle"])
    'text/html'
    >>> best("image/png", ["text/html"]) is None
    True
    """
    ranges = list(media_ranges(accept or ""))
    if not ranges:
        return offers[0] if offers else None
    weights = [_weight(_parse_range(offer), ranges) for offer in offers]
    top = max(weights, default=0.0)
    return offers[weights.index(top)] if top > 0 else None


def best_language(accept_language: str | None, offers: Sequence[str]) -> str:
    """Return the offered language that the client prefers; the first one offered when it likes none of them.

    >>> best_language("sv-FI, en;q=0.5", ["fi", "sv", "en"])
    'sv'
    """
    weights = dict.fromkeys(offers, -1.0)
    other = -1.0
    for tag, quality in _weighted_tokens(accept_language or ""):
        if tag == "*":
            other = max(other, quality)
            continue
        primary = tag.partition("-")[0]
        if primary in weights:
            weights[primary] = max(weights[primary], quality)  # "sv-FI" is served by "sv"
    settled = [weight if weight >= 0 else other for weight in weights.values()]
    top = max(settled, default=0.0)
    return offers[settled.index(top)] if top > 0 else offers[0]


def accepts_coding(accept_encoding: str | None, coding: str) -> bool:
    """Tell whether the client takes a content coding such as "gzip"."""
    found = dict(_weighted_tokens(accept_encoding or ""))
    return found.get(coding, found.get("*", 0.0)) > 0


# ── media types ─────────────────────────────────────────────────────────────────────────────────────────────


def media_ranges(accept: str) -> Iterator[MediaRange]:
    """Yield the media ranges that the header holds, leaving out what is none."""
    for element in _split(accept, ","):
        found = _parse_range(element)
        if found.type and found.quality >= 0:
            yield found


def _parse_range(element: str) -> MediaRange:
    name, *rest = _split(element, ";")
    kind, slash, subtype = name.strip().lower().partition("/")
    if (kind, slash) == ("*", ""):
        subtype = "*"  # Java's old URLConnection sends a lone "*"
    if not _TOKEN.fullmatch(kind) or not _TOKEN.fullmatch(subtype) or (kind == "*" and subtype != "*"):
        return MediaRange("", "")
    parameters, quality = set(), 1.0
    for part in rest:
        key, _, value = (piece.strip() for piece in part.partition("="))
        key, value = key.lower(), _unquoted(value)
        if key == "q":
            quality = _quality(value)
            break  # what follows the weight are extensions, which nobody has defined
        if key and (key, value.lower()) != ("charset", "utf-8"):
            parameters.add((key, value))
    return MediaRange(kind, subtype, frozenset(parameters), quality)


def _weight(offer: MediaRange, ranges: Sequence[MediaRange]) -> float:
    """Return the weight that the most specific fitting range gives the offer, 0 if none fits."""
    fit, parameters, quality = _NONE, 0, 0.0
    for asked in ranges:
        found = _fit(asked, offer)
        rank = (found, len(asked.parameters))
        if found != _NONE and (rank > (fit, parameters) or (rank == (fit, parameters) and asked.quality > quality)):
            fit, parameters, quality = found, len(asked.parameters), asked.quality
    return quality * _NEARLY if fit == _OTHER_PARAMETERS else quality


def _fit(asked: MediaRange, offer: MediaRange) -> int:
    if asked.type == "*":
        return _ANY
    if asked.type != offer.type:
        return _NONE
    if asked.subtype == "*":
        return _ANY_SUBTYPE
    if asked.subtype != offer.subtype:
        return _NONE
    if asked.parameters <= offer.parameters:
        return _WITH_PARAMETERS if asked.parameters else _EXACT
    # A parameter that we do not have (a JSON-LD profile, a level of HTML) is better met by the plain type than by an
    # error; but a refusal of it is no refusal of the plain type.
    return _OTHER_PARAMETERS if asked.quality > 0 else _NONE


# ── the parts of headers ────────────────────────────────────────────────────────────────────────────────────


def _split(text: str, separator: str) -> list[str]:
    """Split at a separator that is not within quotes."""
    if '"' not in text:
        return text.split(separator)
    parts, start, quoted, escaped = [], 0, False, False
    for place, character in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and character == "\\":
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value


def _quality(value: str) -> float:
    """Return a weight between 0 and 1, or -1 for what is no number."""
    if not value.strip(".") or not _QUALITY.fullmatch(value):
        return -1.0
    return min(float(value), 1.0)


def _weighted_tokens(header: str) -> Iterator[tuple[str, float]]:
    for element in header.split(","):
        tag, *rest = (piece.strip().lower() for piece in element.split(";"))
        quality = 1.0
        for part in rest:
            key, _, value = (piece.strip() for piece in part.partition("="))
            if key == "q":
                quality = _quality(value)
        if tag and quality >= 0 and (tag == "*" or _TOKEN.fullmatch(tag)):
            yield tag, quality
