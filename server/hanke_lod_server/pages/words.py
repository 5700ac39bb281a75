"""Dates, periods, sums and counts as people write them in Finnish, Swedish and English."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from hanke_lod.texts import say

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


def number_words(value: int, language: str) -> str:
    """Return a whole number with its thousands apart."""
    return f"{value:,}".replace(",", "," if language == "en" else _NO_BREAK)


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


def size_words(size: int, language: str) -> str:
    """Return a file's size.

    >>> size_words(34567, "en").split()
    ['35', 'kB']
    """
    if size < 1000:
        return f"{size}{_NO_BREAK}{say('page-bytes', language)}"
    if size < 1_000_000:
        return f"{round(size / 1000)}{_NO_BREAK}kB"
    text = f"{size / 1_000_000:.1f}"
    return f"{text if language == 'en' else text.replace('.', ',')}{_NO_BREAK}MB"


def count_words(identifier: str, count: int, language: str) -> str:
    """Return a text about how many there are; a text for one has "-one" after its identifier."""
    which = f"{identifier}-one" if count == 1 else identifier
    return say(which, language, count=number_words(count, language))


def state_words(earliest: str, latest: str, today: date, language: str) -> str:
    """Tell whether a project is to come, under way or over on a day, or "" when its period does not say."""
    day = today.isoformat()
    if latest and latest < day:
        return say("page-state-ended", language)
    if earliest and earliest > day:
        return say("page-state-coming", language)
    if earliest and latest:
        return say("page-state-running", language)
    return ""


def quantity(value: float, unit: str) -> str:
    """Return a quantity with its unit, a UN/CEFACT code: seconds (SEC), bytes (AD) or pieces (C62).

    >>> quantity(0.5, "SEC"), quantity(64 * 2**20, "AD"), quantity(100_000, "C62")
    ('0.5\xa0s', '64\xa0MiB', '100\xa0000')
    """
    if unit == "SEC":
        return f"{value:g}{_NO_BREAK}s"
    if unit == "AD":
        power = next((power for power in (3, 2, 1) if value >= 1024**power and value % 1024**power == 0), 0)
        return f"{_grouped(value / 1024**power)}{_NO_BREAK}{('B', 'KiB', 'MiB', 'GiB')[power]}"
    return _grouped(value)


def _grouped(value: float) -> str:
    return f"{value:,.0f}".replace(",", _NO_BREAK)
