"""What a spreadsheet shows of a value: dates and numbers as their format has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+')
_SYMBOL = re.compile(r"\[\$([^\]\-]*)[^\]]*\]")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|(?P<digits>[0#?][0#?,.\s\u00a0]*)|(?P<plain>.)', re.DOTALL
)
_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class _Number:
    """A number's format: what stands around it, decimals shown, digits in groups, divided by, times a hundred."""

    before: str = ""
    after: str = ""
    decimals: int | None = None
    grouped: bool = False
    divisor: int = 1


def shown(value: object, number_format: str) -> str:
    """Return a value as its cell shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return shown_date(value, number_format)
    if isinstance(value, int | float):
        return shown_number(value, number_format)
    if isinstance(value, time | timedelta) or value is None:
        return "" if value is None else str(value)
    return str(value)


def shown_date(value: date, number_format: str) -> str:
    """Return a date with the parts that its format shows: nothing is said of a day that nobody sees.

    >>> shown_date(date(2022, 1, 1), "mmm\\\\ yyyy")
    '1/2022'
    """
    letters = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format).lower().split(";")[0]
    letters = letters.replace("am/pm", "").replace("general", "")
    day, month, year = "d" in letters, "m" in re.sub(r"h+\W*m+|m+\W*s+", "", letters), "y" in letters or "v" in letters
    if day or not (month or year):
        return f"{value.day}.{value.month}.{value.year}"
    return f"{value.month}/{value.year}" if month else str(value.year)


def is_odd_date(year: int, month: int, day: int) -> bool:
    """Tell whether a cell's date is a number that only looks like one.

    Serials before 1900 are none, and those from 1900 to 2100 are years in cells that are formatted as dates.

    >>> is_odd_date(1905, 7, 14)  # serial 2022
    True
    """
    return year < 1900 or (1905, 3, 14) <= (year, month, day) <= (1905, 9, 30)


def shown_number(value: float, number_format: str) -> str:
    """Return a number with its currency and per cent sign; digits that its format hides are kept.

    >>> shown_number(250000, '#,##0 "€"')
    '250 000 €'
    """
    form = _number(number_format)
    try:
        exact = Decimal(repr(value)) / form.divisor
    except ArithmeticError:
        return str(value)
    if not exact.is_finite():
        return str(value)
    if "%" in form.after:
        exact *= 100
    rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP) if abs(exact) < 10**15 else exact
    decimals = form.decimals or 0
    plain = f"{rounded:.2f}"
    if plain.endswith("00") and decimals == 0:
        plain = plain[:-3]
    elif plain.endswith("0") and decimals < 2:
        plain = plain[:-1]
    whole, _, rest = plain.lstrip("-").partition(".")
    is_year = form.decimals is None and rounded == rounded.to_integral_value() and int(rounded) in _YEARS
    if form.grouped and not is_year:
        whole = f"{int(whole):,}".replace(",", " ")
    minus = "-" if rounded < 0 else ""
    return f"{form.before}{minus}{whole}{',' if rest else ''}{rest}{form.after}".strip()


@lru_cache(maxsize=500)
def _number(number_format: str) -> _Number:
    section = _SECTION.match(number_format)
    text = _SYMBOL.sub(lambda found: f'"{found[1]}"', section[0] if section else "")
    text = re.sub(r"\[[^\]]*\]", "", text)
    if text.lower() in ("general", "yleinen", "standard", "@", ""):
        return _Number()
    before, after, digits = "", "", ""
    for token in _TOKEN.finditer(text):
        literal = token["quoted"] or token["escaped"] or ""
        if token["digits"]:
            digits += token["digits"]
        elif literal or (token["plain"] or "") in " €%$£-":
            said = literal or token["plain"] or ""
            before, after = (before, after + said) if digits else (before + said, after)
    whole, _, rest = digits.strip().partition(".")
    if digits.endswith((" ", "\u00a0")) and after.strip():
        after = f" {after.lstrip()}"
    thousands = len(whole) - len(whole.rstrip(","))
    grouped = "," in whole.rstrip(",") or " " in whole.strip() or "\u00a0" in whole.strip()
    decimals = sum(sign in "0#?" for sign in rest) if digits else None
    return _Number(before.replace("-", ""), after.rstrip(), decimals, grouped, 1000**thousands)
