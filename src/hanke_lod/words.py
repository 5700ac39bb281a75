"""Dates, periods, sums and changes as people write them in Finnish, Swedish and English."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from hanke_lod.model import RELATIONS, Kind
from hanke_lod.texts import LANGUAGES, has, say

_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?(?:Z|[+-]\d\d:\d\d)?")
_CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£"}
_NO_BREAK = "\N{NO-BREAK SPACE}"


def date_words(value: str, language: str) -> str:
    """Return a date at the precision it has: "2022-02-01", "2019-12" or "2020".

    >>> date_words("2022-02-01", "fi"), date_words("2022-02-01", "en"), date_words("2019-12", "sv")
    ('1.2.2022', '1 Feb 2022', 'december 2019')
    """
    match = _DATE.fullmatch(value)
    if not match:
        return value
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    if month > 12 or (match[2] and not month):
        return value
    if not month:
        return year
    if not day:
        return f"{_months(language)[month - 1]} {year}"
    if language == "en":
        return f"{day} {_months(language)[month - 1][:3]} {year}"
    return f"{day}.{month}.{year}"


def _months(language: str) -> list[str]:
    return say("page-months", language).split(" ")


def period_words(start: str, end: str, language: str) -> str:
    """Return a period in words; "" for an open or unknown bound.

    >>> period_words("2022-02-01", "2023-12-31", "fi")
    '1.2.2022–31.12.2023'
    >>> period_words("2019-12", "2021-11", "fi")
    'joulukuu 2019 – marraskuu 2021'
    """
    first, last = date_words(start, language), date_words(end, language)
    if not start and not end:
        return say("page-period-unknown", language)
    if not end:
        return say("page-period-from", language, date=first)
    if not start:
        return say("page-period-until", language, date=last)
    if start == end:
        return first
    dash = " – " if " " in first + last else "–"
    return first + dash + last


def sum_words(amount: str, currency: str, language: str) -> str:
    """Return a sum of money.

    >>> sum_words("35200.5", "EUR", "en")
    '€35,200.50'
    """
    try:
        value = Decimal(amount)
    except InvalidOperation:
        return f"{amount} {currency}".strip()
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return f"{amount} {currency}".strip()
    text = f"{value:,.2f}" if value % 1 else f"{value:,.0f}"
    sign = _CURRENCIES.get(currency, "")
    if language == "en":
        return sign + text if sign else f"{text} {currency}".strip()
    text = text.replace(",", _NO_BREAK).replace(".", ",")
    return f"{text}{_NO_BREAK}{sign or currency}".strip()


NameOf = Callable[[Kind, str], str]
"""Gives the name of the thing of a kind that a slug stands for."""


def property_words(name: str, language: str) -> str:
    """Return what a property of the record of changes is called: "title sv" is "nimi (sv)" in Finnish."""
    word, _, tag = name.rpartition(" ")
    if tag not in LANGUAGES:
        word, tag = name, ""
    label = f"page-property-{word.replace(' ', '-')}"
    return (say(label, language) if has(label) else word) + (f" ({tag})" if tag else "")


def value_words(name: str, value: str, language: str, name_of: NameOf) -> str:
    """Return a value of the record of changes in words: periods as dates, sums as sums, slugs as names."""
    held = [part for part in value.split(" | ") if part]
    if name == "period":
        bounds = (part.replace("..", "").partition("/") for part in held)
        return ", ".join(period_words(start, end, language) for start, _, end in bounds)
    if name == "budget":
        amount, _, currency = value.partition(" ")
        return sum_words(amount, currency, language) if value else ""
    kind = "sector" if name == "broader" else RELATIONS.get(name)
    return ", ".join(name_of(kind, slug) or slug for slug in held) if kind else value


def change_words(name: str, before: str, after: str, language: str, name_of: NameOf) -> str:
    """Return what became of a property, as a phrase.

    >>> change_words("period", "2021/2022", "2021/2023-12-31", "en", lambda kind, slug: slug)
    'period prolonged to 31 Dec 2023'
    """
    old, new = (value_words(name, value, language, name_of) for value in (before, after))
    if name == "period" and (prolonged := _prolonged(before, after)):
        return say("change-prolonged", language, date=date_words(prolonged, language))
    which = "change-value" if old and new else "change-value-new" if new else "change-value-gone"
    return say(which, language, name=property_words(name, language), before=old, after=new)


def _prolonged(before: str, after: str) -> str:
    """Return the new end of a period that became longer and nothing else, or ""."""
    (start, _, end), (new_start, _, new_end) = before.partition("/"), after.partition("/")
    is_one = not ({".."} & {start, end, new_start, new_end}) and " " not in before + after and "" not in (end, new_end)
    return new_end if is_one and start == new_start and new_end > end and not new_end.startswith(end) else ""
