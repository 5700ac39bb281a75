"""PDF → pieces: lines and tables by what stands where; running heads dropped, divided words made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2

from hanke_lod.errors import DocumentError
from hanke_lod.labels import fold_label
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Place, Remark
from hanke_lod.reading import column_rows, columns
from hanke_lod.reading.column_rows import Segment, Strip
from hanke_lod.reading.hyphens import Words, unbroken, unbroken_lines
from hanke_lod.reading.lines import BULLET, pieces_of
from hanke_lod.reading.pdf_pages import WIDE, drop_running, refuse_scans, text_of
from hanke_lod.reading.pdf_text import Row, Sheet, Word, sheet
from hanke_lod.reading.pieces import Line, Piece, Told
from hanke_lod.reading.tables import Cell, table_pieces

_MOST_PAGES = 3000
_HEADING_LENGTH = 120
_LARGER = 1.12
_FAR = 1.35


def pieces(data: bytes, where: str) -> list[Told]:
    """Return the pieces of a PDF, and remarks on pages without text and words whose division is unsure.

    Raises:
        DocumentError: it is no PDF, damaged, protected by a password, or has no text.
    """
    if b"%PDF-" not in data[:1024]:
        raise DocumentError("document-damaged", where=where, kind="PDF")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        text = "document-password" if "password" in str(error).lower() else "document-damaged"
        raise DocumentError(text, where=where, kind="PDF") from error
    if len(document) > _MOST_PAGES:
        raise DocumentError("document-too-large", where=where)
    sheets = [sheet(document, number) for number in range(1, len(document) + 1)]
    remarks = refuse_scans(sheets, where)
    drop_running(sheets)
    read = list(_Reader(sheets, remarks).pieces())
    return [*remarks, *read]


@dataclass(frozen=True)
class _Table:
    rows: list[list[Cell]]
    width: int
    page: int


class _Reader:
    """Knows the document's letters: how wide and how large they usually are, and how far lines are apart."""

    def __init__(self, sheets: Sequence[Sheet], remarks: list[Remark]) -> None:
        self._sheets = sheets
        self._remarks = remarks
        words = [word for one in sheets for row in one.rows for word in row.words]
        sizes: Counter[float] = Counter()
        bold = 0
        for word in words:
            sizes[_half(word.size)] += len(word.text)
            bold += len(word.text) * word.strong
        self._size = sizes.most_common(1)[0][0] if sizes else 10.0
        self._bold_body = bold * 2 > sum(sizes.values())
        widths = [(w.right - w.left) / len(w.text) for w in words if len(w.text) > 2 and w.right > w.left]
        self._unit = max(0.5, median(widths)) if widths else 5.0
        self._margin = min((row.left for one in sheets for row in one.rows), default=0.0)
        self._edge = max((row.right for one in sheets for row in one.rows), default=0.0)
        self._leading = _leading(sheets, self._size)
        self._words = Words.of(row.text for one in sheets for row in one.rows)
        self._levels = self._looks()

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces; a table goes on over pages."""
        held: list[Line] = []
        table: _Table | None = None
        level = 0
        for part in _raised(list(self._parts())):
            if isinstance(part, Line):
                if table is not None:
                    yield from table_pieces(table.rows, level)
                    table = None
                held.append(part)
                level = part.level or level
                continue
            yield from self._lines(held)
            held = []
            if table is not None and table.width == part.width and part.page > table.page:
                table = _Table(table.rows + part.rows, part.width, part.page)
                continue
            if table is not None:
                yield from table_pieces(table.rows, level)
            table = part
        if table is not None:
            yield from table_pieces(table.rows, level)
        yield from self._lines(held)

    def _lines(self, lines: Sequence[Line]) -> list[Piece]:
        return pieces_of(unbroken_lines(_joined_headings(lines), self._words, self._remarks)) if lines else []

    def _parts(self) -> Iterator[Line | _Table]:
        above: column_rows.Columns = []
        for one in self._sheets:
            strips = list(self._strips(one))
            at = columns.reach_of(strips, above)
            found = [(0, at, above)] if at else []
            found += [(first + at, end + at, stood) for first, end, stood in columns.tables(strips[at:])]
            at = 0
            for first, end, stood in found:
                yield from self._page_lines(one.rows[at:first], strips[at:first])
                yield _Table(self._cells(column_rows.cells(strips[first:end], stood)), len(stood), one.number)
                at = end
            yield from self._page_lines(one.rows[at:], strips[at:])
            above = found[-1][2] if found and at == len(strips) else []

    def _cells(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        return [[self._whole(cell) if "\n" in cell.text else cell for cell in row] for row in rows]

    def _whole(self, cell: Cell) -> Cell:
        return replace(cell, text=unbroken(cell.text, self._words, cell.place, self._remarks))

    # ── rows of words → strips, lines ───────────────────────────────────────────────────────────────────────

    def _strips(self, page: Sheet) -> Iterator[Strip]:
        above: Row | None = None
        for row in page.rows:
            gap = above is not None and above.bottom - row.bottom > self._leading * _FAR
            ruled = above is not None and any(
                row.bottom + row.size * 0.5 < height <= above.bottom + 1 and left < row.right and right > row.left
                for height, left, right in page.rules
            )
            yield Strip(tuple(self._segments(row)), gap, ruled)
            above = row

    def _segments(self, row: Row) -> Iterator[Segment]:
        held: list[Word] = []
        for word in row.words:
            bullet = len(held) == 1 and held[0] is row.words[0] and len(held[0].text) <= 3
            if (
                held
                and word.left - held[-1].right > word.size * WIDE
                and not (bullet and BULLET.match(f"{held[0].text} X"))
            ):
                yield self._segment(held, row.page)
                held = []
            held.append(word)
        yield self._segment(held, row.page)

    def _segment(self, words: Sequence[Word], page: int) -> Segment:
        text, links = text_of(words)
        start, end = (words[0].left - self._margin) / self._unit, (words[-1].right - self._margin) / self._unit
        return Segment(text, start, end, Place(page=page), links, all(word.strong for word in words))

    def _page_lines(self, rows: Sequence[Row], strips: Sequence[Strip]) -> Iterator[Line]:
        """Yield the lines; of running text in two columns, first the left one's."""
        split = columns.gutter(strips)
        if split is None:
            for row, strip in zip(rows, strips, strict=True):
                yield self._line(row.words, strip.gap, row)
            return
        border = split * self._unit + self._margin
        for side in (False, True):
            above: float | None = None
            left = border if side else self._margin
            for row in rows:
                words = tuple(word for word in row.words if (word.left >= border) == side)
                if words:
                    gap = above is not None and above - row.bottom > self._leading * _FAR
                    yield self._line(words, gap, Row(words, row.page), left)
                    above = row.bottom

    def _line(self, words: Sequence[Word], gap: bool, row: Row, margin: float | None = None) -> Line:
        text, links = text_of(words)
        indent = (row.left - (self._margin if margin is None else margin)) / self._unit
        return Line(text, Place(page=row.page), max(0.0, indent), gap, self._level(row), links)

    # ── headings ────────────────────────────────────────────────────────────────────────────────────────────

    def _looks(self) -> dict[tuple[float, bool], int]:
        """Return the levels of headings by their look: the larger stands higher."""
        found = {_look(row) for one in self._sheets for row in one.rows if self._stands_out(row)}
        return {look: number for number, look in enumerate(sorted(found, reverse=True), start=1)}

    def _stands_out(self, row: Row) -> bool:
        text = row.text
        if len(text) > _HEADING_LENGTH or not re.search(r"[^\W\d_]{2}", text) or row.size < self._size * 0.95:
            return False
        if re.match(r"[•‣◦∙·●○■□▪▫➢✓\uf0b7*–—-]\s", text) or text.endswith((".", ",", ";")):
            return False
        if text.endswith(":") and Lexicon.bundled().field_of(text):
            return False
        larger = row.size > self._size * _LARGER and min(word.size for word in row.words) > self._size * 1.05
        return larger or (row.strong and not self._bold_body)

    def _level(self, row: Row) -> int:
        return self._levels.get(_look(row), 0) if self._stands_out(row) else 0


def _look(row: Row) -> tuple[float, bool]:
    return _half(row.size), row.strong


def _half(size: float) -> float:
    return round(size * 2) / 2


def _leading(sheets: Sequence[Sheet], size: float) -> float:
    """Return the distance of lines that follow each other closely."""
    distances: Counter[float] = Counter()
    for one in sheets:
        for above, row in zip(one.rows, one.rows[1:], strict=False):
            distance = above.bottom - row.bottom
            if size * 0.9 <= distance <= size * 2.6:
                distances[_half(distance)] += 1
    least = max(2, sum(distances.values()) // 20)
    return min((d for d, count in distances.items() if count >= least), default=size * 1.3)


def _raised(parts: Sequence[Line | _Table]) -> list[Line | _Table]:
    """Raise plain lines that stand alone above headings over them: sections of projects whose names are set in bold."""
    lexicon = Lexicon.bundled()
    found = {
        number
        for number, (part, below) in enumerate(pairwise(parts))
        if isinstance(part, Line) and isinstance(below, Line) and below.level and below.gap and _is_alone(part)
    }
    known = any(fold_label(parts[number].text) in lexicon.status_words for number in found)  # type: ignore[union-attr]  # lines, as asked above
    if not known and len(found) < 2:
        return list(parts)
    return [
        replace(part, level=1 if number in found else part.level + (part.level > 0)) if isinstance(part, Line) else part
        for number, part in enumerate(parts)
    ]


def _is_alone(line: Line) -> bool:
    text = line.text
    plain = not line.level and line.gap and len(text) <= 60
    return plain and bool(re.match(r"[^\W\d_]", text)) and not re.search(r"[.,;:!?]$|\d{4}|:\s", text)


def _joined_headings(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of a heading that goes on over several."""
    made: list[Line] = []
    for line in lines:
        above = made[-1] if made else None
        if above is not None and line.level and above.level == line.level and not line.gap and len(above.text) > 40:
            made[-1] = replace(above, text=f"{above.text} {line.text}")
        else:
            made.append(line)
    return made
