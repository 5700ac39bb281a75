"""Sums of money in text: every usual writing, to a decimal and a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hanke_lod.model import Money

_SPACE = r"[ \u00a0\u2009\u202f]"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d{{1,3}}(?:\.\d{{3}})+(?!\d)|\d{{1,3}}(?:,\d{{3}})+(?![\d])|\d{{1,3}}(?:'\d{{3}})+|\d+)"
    r"(?:[.,]\d{1,2}(?!\d))?"
)
_SCALE = r"milj(?:oonaa|oonan|oona|\.)?|mn|M(?=€|EUR|euro)|mrd\.?|miljoner|miljon|million|milloin|m(?=€|eur)|tuhatta|tuhannen|tusen|thousand|t(?=€)|k(?=€)"
_CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "sek": "SEK",
    "kr": "SEK",
    "nok": "NOK",
    "usd": "USD",
    "$": "USD",
}
_CURRENCY = r"€|EUR\b|euro(?:a|n|s|jen|lla|illa)?\b|e\b|SEK\b|NOK\b|USD\b|\$"
_SUM = re.compile(
    rf"(?<![\w.,])(?:(?P<pre>€|EUR|SEK|NOK|USD|\$){_SPACE}?)?(?P<number>{_NUMBER})(?:{_SPACE}?(?P<scale>{_SCALE})(?!\w))?"
    rf"(?:{_SPACE}?(?P<post>{_CURRENCY}))?(?:,?-)?",
    re.IGNORECASE,
)
_SCALES = {"mi": 10**6, "mn": 10**6, "m": 10**6, "mr": 10**9, "tu": 10**3, "th": 10**3, "t": 10**3, "k": 10**3}


@dataclass(frozen=True)
class Found:
    """A sum at [start, end) of the text."""

    start: int
    end: int
    money: Money


def find(text: str, start: int = 0, end: int | None = None, *, labelled: bool = False) -> Iterator[Found]:
    """Yield the sums in a part of the text; `labelled`: a number without a currency is a sum of euros, too."""
    for match in _SUM.finditer(text, start, len(text) if end is None else end):
        currency = match["pre"] or match["post"]
        if not currency and not labelled:
            continue
        amount = _amount(match["number"]) * _scale(match["scale"])
        code = _CURRENCIES.get((currency or "€").lower(), "EUR")
        yield Found(match.start(), match.end(), Money(amount.normalize() + 0, code, match.group().strip()))


def _scale(text: str | None) -> int:
    if not text:
        return 1
    lower = text.lower().rstrip(".")
    return next(value for key, value in sorted(_SCALES.items(), key=lambda kv: -len(kv[0])) if lower.startswith(key))


def _amount(text: str) -> Decimal:
    """Read the digits: a separator before exactly three digits groups, before one or two it is the decimal mark."""
    plain = re.sub(rf"{_SPACE}|'", "", text)
    whole, fraction = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", plain).groups()  # type: ignore[union-attr]  # it always fits
    return Decimal(re.sub(r"[.,]", "", whole) + ("." + fraction if fraction else ""))
