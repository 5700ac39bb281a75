"""Lines that stand in columns → a table's rows: what goes on below a cell is joined to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hanke_lod.model import Link, Place
from hanke_lod.reading.headers import is_data
from hanke_lod.reading.tables import Cell

#: Columns are at least this many letters apart.
GUTTER = 1.0

#: Where columns begin and end.
Columns = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Segment:
    """A part of a line with wide space around it; `start` and `end` count letters from the left edge."""

    text: str
    start: float
    end: float
    place: Place
    links: tuple[Link, ...] = ()
    strong: bool = False


@dataclass(frozen=True)
class Strip:
    """A line's segments; `gap` tells of more space than usual above it, `ruled` of a rule."""

    segments: tuple[Segment, ...]
    gap: bool = False
    ruled: bool = False


def cells(strips: Sequence[Strip], columns: Columns) -> list[list[Cell]]:
    """Return the rows of cells of strips in columns; an empty row stands for a gap."""
    laid = [_laid(strip, columns) for strip in strips]
    rows: list[list[Cell]] = []
    for group in _groups(strips, laid, columns):
        if any(strips[number].gap for number in group[:1]) and rows:
            rows.append([])
        row = laid[group[0]]
        for number in group[1:]:
            row = [_below(upper, lower) for upper, lower in zip(row, laid[number], strict=True)]
        rows.append(_spanned(row))
    return rows


def _laid(strip: Strip, columns: Columns) -> list[Cell]:
    """Lay a strip's segments into the columns; one alone that reaches over several spans them."""
    row = [Cell("", strip.segments[0].place)] * len(columns)
    for segment in strip.segments:
        met = [n for n, (start, end) in enumerate(columns) if segment.start < end and segment.end > start]
        near = min(range(len(columns)), key=lambda n: abs(columns[n][0] - segment.start))
        at = met[0] if met else near
        free = next((n for n in met if not row[n].text), at)
        cell = Cell(segment.text, segment.place, strong=segment.strong, links=segment.links)
        span = len(met) if len(strip.segments) == 1 and len(met) > 1 else 1
        row[free] = replace(cell, columns=span) if not row[free].text else _below(row[free], cell, " ")
    return row


def _spanned(row: Sequence[Cell]) -> list[Cell]:
    """Leave out the places that a spanning cell covers."""
    made: list[Cell] = []
    skip = 0
    for cell in row:
        if skip:
            skip -= 1
            continue
        made.append(cell)
        skip = cell.columns - 1
    return made


def _below(upper: Cell, lower: Cell, between: str = "\n") -> Cell:
    if not lower.text or not upper.text:
        return upper if upper.text else lower
    start = len(upper.text) + len(between)
    links = tuple(Link(k.start + start, k.end + start, k.target) for k in lower.links)
    return replace(upper, text=f"{upper.text}{between}{lower.text}", links=upper.links + links, columns=1)


def _groups(strips: Sequence[Strip], laid: Sequence[Sequence[Cell]], columns: Columns) -> Iterator[list[int]]:
    """Yield the strips of each row: rules part rows, or gaps, or else what the cells hold."""
    begins = _by_rules(strips) or _by_gaps(strips, laid) or _by_content(laid, columns)
    group: list[int] = []
    for number in range(len(strips)):
        if group and begins[number]:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _by_rules(strips: Sequence[Strip]) -> list[bool] | None:
    ruled = [strip.ruled for strip in strips]
    return ruled if sum(ruled[1:]) >= 3 and sum(ruled) * 6 >= len(strips) else None


def _by_gaps(strips: Sequence[Strip], laid: Sequence[Sequence[Cell]]) -> list[bool] | None:
    """Return where gaps part rows, if they do: what stands below another without one fills fewer cells."""
    gaps = [strip.gap for strip in strips]
    below = [n for n in range(1, len(strips)) if not gaps[n]]
    if sum(gaps[1:]) < 2 or not below or sum(gaps[1:]) * 4 < len(strips):
        return None
    fewer = sum(_filled(laid[n]) < max(2, _filled(laid[n - 1])) or _filled(laid[n]) == 1 for n in below)
    return gaps if fewer * 5 >= len(below) * 4 else None


def _filled(cells: Sequence[Cell]) -> int:
    return sum(bool(cell.text) for cell in cells)


def _by_content(laid: Sequence[Sequence[Cell]], columns: Columns) -> list[bool]:
    """Return which strips begin a row: those whose text does not run on from the cells above."""
    begins = [True]
    for above, row in pairwise(laid):
        told = [n for n, cell in enumerate(row) if cell.text]
        few = len(told) * 2 <= len(row) or len(told) < _filled(above)
        runs_on = few and all(above[n].text for n in told) and not any(is_data(row[n].text) for n in told)
        if runs_on and told and told[0] == 0:
            width = columns[1][0] - columns[0][0] - GUTTER
            full = len(above[0].text.split("\n")[-1]) + 1 + len(row[0].text.split()[0]) > width
            runs_on = full or row[0].text[0].islower()
        begins.append(not runs_on)
    return begins
