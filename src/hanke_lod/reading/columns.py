"""Columns that only white space makes, in plain text and on a PDF's pages → a table's cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Link
from hanke_lod.reading.column_rows import GUTTER, Columns, Segment, Strip, cells
from hanke_lod.reading.headers import is_data
from hanke_lod.reading.pieces import Line
from hanke_lod.reading.tables import Cell

_RULE = re.compile(r"[-=_+|\s]{5,}")
_WIDE = re.compile(r"[ \u00a0]{2,}|\t+")
#: A bullet or a number alone is no column.
_BULLET = re.compile(r"(?:[•‣◦⁃∙·●○■□▪▫➢➤►✓✔\uf0b7*–—-]|\d{1,3}[.)]?|[a-zåäö]\)|o)")
_STEP = 2
#: Lines of running text in columns have at least so many letters.
_PROSE = 25


@dataclass(frozen=True)
class Found:
    """A table among lines: the first, the one after the last, and its rows of cells."""

    first: int
    end: int
    rows: list[list[Cell]]


def find(lines: Sequence[Line]) -> list[list[Cell]] | None:
    """Return the rows of cells that consecutive lines make, if they stand in columns."""
    strips = list(_strips(lines))
    columns = _columns(strips)
    return cells(strips, columns) if len(columns) > 1 else None


def find_all(lines: Sequence[Line]) -> list[Found]:
    """Return the tables among the lines of a text."""
    strips, numbers = [], []
    for number, strip in zip(_numbers(lines), _strips(lines), strict=True):
        strips.append(strip)
        numbers.append(number)
    return [
        Found(numbers[first], numbers[end - 1] + 1, cells(strips[first:end], columns))
        for first, end, columns in tables(strips)
    ]


def tables(strips: Sequence[Strip]) -> list[tuple[int, int, Columns]]:
    """Return where tables stand among strips: first, end, and their columns."""
    made: list[tuple[int, int, Columns]] = []
    first = 0
    while first < len(strips):
        end = _reach(strips, first)
        begin, columns = _best(strips, first, end)
        if len(columns) > 1:
            end += _rest(strips[end:], columns)
            made.append((begin, end, columns))
            first = end
        else:
            first += 1 if end - first <= 1 else max(1, end - first)
    return made


def _rest(strips: Sequence[Strip], columns: Columns) -> int:
    """Return how many lone segments right below a table go on in its last row."""
    count = 0
    for strip in strips:
        segment = strip.segments[0]
        met = [n for n, (start, end) in enumerate(columns) if segment.start < end and segment.end > start]
        if strip.gap or strip.ruled or len(strip.segments) > 1 or len(met) != 1:
            break
        if met[0] == 0 and not segment.text[0].islower():
            break
        count += 1
    return count


def _best(strips: Sequence[Strip], first: int, end: int) -> tuple[int, Columns]:
    """Return where a table begins, and its columns: a title in wide spaces may stand above it."""
    after_gaps = [n for n in range(first + 1, min(first + 6, end)) if strips[n].gap and len(strips[n].segments) > 1]
    tried = [(begin, _columns(strips[begin:end])) for begin in (first, *after_gaps) if end - begin > 1]
    return max(tried, key=lambda one: (len(one[1]), -one[0]), default=(first, []))


def reach_of(strips: Sequence[Strip], columns: Columns) -> int:
    """Return how many of the first strips go on in the columns of a table on the page before."""
    last = 0
    for number, strip in enumerate(strips):
        met = [n for s in strip.segments for n, (start, end) in enumerate(columns) if s.start < end and s.end > start]
        if len(met) != len(strip.segments) or len(set(met)) < len(met):
            break
        if len(met) > 1:
            last = number + 1
    return last


def _reach(strips: Sequence[Strip], first: int) -> int:
    """Return how far a run of strips in columns goes: few lone segments may stand in it."""
    if len(strips[first].segments) < 2:
        return first + 1
    end = last = first + 1
    alone = 0
    while end < len(strips):
        if len(strips[end].segments) >= 2:
            alone, last = 0, end + 1
        else:
            alone += 1
            if alone > 3 or (strips[end].gap and alone > 1) or len(strips[end].segments[0].text) > 120:
                break
        end += 1
    return last


# ── lines → strips ──────────────────────────────────────────────────────────────────────────────────────────


def _numbers(lines: Sequence[Line]) -> Iterator[int]:
    for number, line in enumerate(lines):
        if line.text.strip() and not _RULE.fullmatch(line.text.strip()):
            yield number


def _strips(lines: Sequence[Line]) -> Iterator[Strip]:
    gap = ruled = False
    for line in lines:
        body = line.text.strip()
        gap = gap or line.gap or not body
        if not body or _RULE.fullmatch(body):
            ruled = ruled or bool(body)
            continue
        yield Strip(tuple(_segments(line)), gap, ruled)
        gap = ruled = False


def _segments(line: Line) -> Iterator[Segment]:
    text = line.text.rstrip()
    start = len(text) - len(text.lstrip())
    for space in [*_WIDE.finditer(text, start), None]:
        end = space.start() if space else len(text)
        if _BULLET.fullmatch(text, start, end) and space and start == len(text) - len(text.lstrip()):
            continue
        links = tuple(
            Link(max(k.start, start) - start, min(k.end, end) - start, k.target)
            for k in line.links
            if k.start < end and k.end > start
        )
        left = len(text[:start].expandtabs(8))
        yield Segment(text[start:end], left, left + end - start, line.place, links)
        start = space.end() if space else end


# ── where the columns are ───────────────────────────────────────────────────────────────────────────────────


def _columns(strips: Sequence[Strip]) -> Columns:
    """Return the columns of strips: between them runs white space that hardly a line crosses; [] if it is no table."""
    several = [strip for strip in strips if len(strip.segments) > 1]
    if len(several) < 2 or len(several) * 2 < len(strips):
        return []
    width = int(max(segment.end for strip in several for segment in strip.segments) * _STEP) + 2
    if width > 10_000:
        return []
    covered = [0] * width
    for strip in several:
        for segment in strip.segments:
            for at in range(int(segment.start * _STEP), min(width, int(segment.end * _STEP + 0.99))):
                covered[at] += 1
    columns = list(_between(covered, len(several) // 25))
    columns = [c for c in columns if sum(_in(strip, c) for strip in several) >= max(2, len(several) * 0.15)]
    return columns if _is_table(several, columns) else []


def _between(covered: Sequence[int], most: int) -> Iterator[tuple[float, float]]:
    """Yield the stretches that are covered; a stretch goes on over spaces narrower than a gutter."""
    start: int | None = None
    empty = 0
    for at, count in enumerate(covered):
        if count > most:
            start = at if start is None else start
            empty = 0
        elif start is not None:
            empty += 1
            if empty >= GUTTER * _STEP:
                yield start / _STEP, (at - empty + 1) / _STEP
                start, empty = None, 0
    if start is not None:
        yield start / _STEP, len(covered) / _STEP


def _in(strip: Strip, column: tuple[float, float]) -> bool:
    return any(segment.start < column[1] and segment.end > column[0] for segment in strip.segments)


def _is_table(strips: Sequence[Strip], columns: Columns) -> bool:
    """Tell whether columns hold a table: labels with values, or running text in two columns, are none."""
    if len(columns) < 2 or len(strips) < 2:
        return False
    lexicon = Lexicon.bundled()
    first = strips[0].segments
    header = len({field for field in (lexicon.field_of(s.text) for s in first) if field}) >= 2
    if len(columns) > 2 and (header or len(strips) > 2):
        return header or not _is_prose(strips, columns)
    left = [strip.segments[0].text for strip in strips if strip.segments[0].start < columns[0][1]]
    labels = sum(text.endswith(":") or bool(lexicon.field_of(text)) for text in left[1:])
    right = [strip.segments[-1].text for strip in strips]
    if labels * 2 > len(left):
        return False
    return header or (len(strips) > 2 and sum(map(is_data, right)) * 5 >= len(right) * 3)


def _is_prose(strips: Sequence[Strip], columns: Columns) -> bool:
    """Tell whether the columns are filled as those of running text are."""
    full = 0
    for start, end in columns:
        told = [s for strip in strips for s in strip.segments if s.start < end and s.end > start]
        wide = sum(s.end - s.start > 0.7 * (end - start) and len(s.text) > 25 for s in told)
        full += wide * 3 > len(told) * 2
    return full == len(columns)


def gutter(strips: Sequence[Strip]) -> float | None:
    """Return where running text in two columns is parted, if it is."""
    several = [strip for strip in strips if len(strip.segments) == 2]
    if len(several) < 6 or len(several) * 2 < len(strips):
        return None
    for side in (0, 1):
        if sum(len(strip.segments[side].text) for strip in several) < _PROSE * len(several):
            return None
    lefts, rights = max(s.segments[0].end for s in several), min(s.segments[1].start for s in several)
    if rights - lefts < GUTTER:
        return None
    crossing = sum(segment.start < lefts and segment.end > rights for strip in strips for segment in strip.segments)
    return (lefts + rights) / 2 if not crossing else None
