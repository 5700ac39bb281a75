"""The time bar: where a project's span lies between the first and the last year of the dataset, in per cent.

Geometry is written as SVG attributes, which a strict Content-Security-Policy allows where a style would be refused.
What is not known to the day has a soft edge as long as the doubt; an open end fades out.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Fade = Literal["", "in", "out"]
#: The narrowest part that is still seen, in per cent of the track.
_NARROWEST = 0.6


@dataclass(frozen=True)
class Part:
    """A piece of a bar: where it begins, how wide it is, and whether it fades in or out."""

    x: float
    width: float
    fade: Fade = ""


@dataclass(frozen=True)
class Year:
    """A year's place on the track."""

    year: int
    x: float


@dataclass(frozen=True)
class Bar:
    """A bar as templates draw it; `today` is None when that lies beyond the track."""

    parts: tuple[Part, ...]
    today: float | None


@dataclass(frozen=True)
class Scale:
    """The track, from the first day of one year to the last day of another."""

    first: int
    last: int

    @property
    def begin(self) -> date:
        """The first day."""
        return date(self.first, 1, 1)

    @property
    def end(self) -> date:
        """The day after the last."""
        return date(self.last + 1, 1, 1) if self.last < date.max.year else date.max

    def at(self, day: date) -> float:
        """Return a day's place in per cent, within the track."""
        whole = (self.end - self.begin).days
        return round(100 * min(max((day - self.begin).days / whole, 0), 1), 2)

    def today(self, day: date) -> float | None:
        """Return today's place, or None beyond the track."""
        return self.at(day) if self.begin <= day < self.end else None

    def years(self, most: int = 12) -> tuple[Year, ...]:
        """Return the years to be written on the track: all, or every second, fifth, … so that they have room."""
        count = self.last - self.first + 1
        step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if count <= n * most)
        years = range(self.first + -self.first % step if step > 1 else self.first, self.last + 1, step)
        return tuple(Year(year, self.at(date(year, 1, 1))) for year in years)


def bar(scale: Scale, periods: Iterable[tuple[str, str]], today: date) -> Bar:
    """Return the bar of periods, each a start and an end such as "2022-02-01", "2019-12", "2020" or "" (open)."""
    parts = tuple(part for start, end in periods for part in _parts(scale, _days(start), _days(end)))
    return Bar(parts, scale.today(today))


def _days(value: str) -> tuple[date, date] | None:
    """Return the first day that a date can mean, and the day after the last."""
    try:
        year, month, day = (int(piece) for piece in [*value.split("-"), "0", "0"][:3])
        if day:
            first = date(year, month, day)
            return first, first + timedelta(days=1)
        last = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
        return date(year, month or 1, 1), last + timedelta(days=1)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None  # a date that no calendar has: the words beside the bar say it


_Span = tuple[date, date, Fade]


def _parts(scale: Scale, start: tuple[date, date] | None, end: tuple[date, date] | None) -> list[Part]:
    return _kept(scale, _spans(scale, start, end))


def _spans(scale: Scale, start: tuple[date, date] | None, end: tuple[date, date] | None) -> list[_Span]:
    """Return the pieces of a period: where it may have begun, where it surely ran, where it may end."""
    if start is None:
        return [] if end is None else [(scale.begin, end[1], "in")]
    soft_start = _soft(start)
    if end is None:
        beginning: list[_Span] = [(start[0], start[1], "in")] if soft_start else []
        return [*beginning, (start[1] if soft_start else start[0], scale.end, "out")]
    soft_end = _soft(end)
    if start[1] > end[0]:
        return _overlapping(start, end, soft_start, soft_end)
    first, last = (start[1] if soft_start else start[0]), (end[0] if soft_end else end[1])
    pieces: list[_Span] = [(start[0], first, "in"), (first, last, ""), (last, end[1], "out")]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _overlapping(start: tuple[date, date], end: tuple[date, date], soft_start: bool, soft_end: bool) -> list[_Span]:
    """Return the pieces where the end may come before the start is sure: "2022", or "2022–31.3.2022"."""
    if soft_start and soft_end:
        middle = start[0] + (end[1] - start[0]) / 2
        return [(start[0], middle, "in"), (middle, end[1], "out")]
    return [(start[0], max(end[1], start[0]), "in" if soft_start else "out" if soft_end else "")]


def _soft(days: tuple[date, date]) -> bool:
    return (days[1] - days[0]).days > 1


def _kept(scale: Scale, spans: Iterable[_Span]) -> list[Part]:
    parts = []
    for begin, end, fade in spans:
        x = min(scale.at(begin), 100 - _NARROWEST)
        width = scale.at(end) - x
        if width > 0 or not fade:
            parts.append(Part(round(x, 2), round(max(width, _NARROWEST), 2), fade))
    return parts
