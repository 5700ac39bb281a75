"""Numbers, sizes, counts and states as people write them in Finnish, Swedish and English."""

from __future__ import annotations

from datetime import date

from hanke_lod.texts import say

_NO_BREAK = "\N{NO-BREAK SPACE}"


def number_words(value: int, language: str) -> str:
    """Return a whole number with its thousands apart."""
    return f"{value:,}".replace(",", "," if language == "en" else _NO_BREAK)


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
