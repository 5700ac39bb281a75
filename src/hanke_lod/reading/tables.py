"""What a table means: rows with labelled fields, headings that group them, and what surrounds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hanke_lod.errors import DocumentError
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Field, Link
from hanke_lod.reading import headers
from hanke_lod.reading.grids import Cell, Row, Slot, filled, grid, own, place_of
from hanke_lod.reading.pairs import lone_column, pairs, upright
from hanke_lod.reading.pieces import Piece

__all__ = ["Cell", "table_pieces"]

_TOTAL = (
    r"(?:kaikki\s|kaikkiaan\s|hankkeet\s|projektit\s)?(?:yhteensä|väli-?summa|loppu-?summa|summa|sammanlagt|totalt|totalsumma|"
    r"delsumma|slutsumma|total|totals|grand total|sub-?total|sum)"
)
_TOTAL_FIRST = re.compile(rf"{_TOTAL}\b(?!-)", re.IGNORECASE)
_TOTAL_LAST = re.compile(r"\b(?:yhteensä|totalt|sammanlagt|total|totals)\s*:?$", re.IGNORECASE)
_NUMBER = re.compile(
    r"[\s.,€%+−–—-]*\d[\s\d.,€%+−–—-]*(?:eur|euro|euroa|e|kpl|st|htv|projekt\w*|hanke\w*)?[\s.]*|\W*", re.IGNORECASE
)
_NOTE = re.compile(r"[*¹²³]|(?:huom|lähde|källa|source|note|obs|anm)\b[.:!]?", re.IGNORECASE)
_TITLE_LENGTH = 120
_SENTENCE = re.compile(r"[.!?…]$")


def table_pieces(
    rows: Sequence[Sequence[Cell]], level: int = 0, where: str = "", name: Cell | None = None
) -> list[Piece]:
    """Return the pieces of a table that stands below a heading of the given level (0: below none).

    `name` is what its sheet is called: a heading below the title that the table itself may have. A header is no piece:
    it lives on in the labels of the rows.

    Raises:
        DocumentError: `where` is given, the table has no header, and nothing in it can be a name.
    """
    lexicon = Lexicon.bundled()
    told = grid(rows)
    if not any(filled(row) for row in told):
        return []
    below = level + (name is not None)
    if len(told[0]) == 1 and len(told) > 2:
        return lone_column(told, below, name)
    found = pairs(told, below, lexicon)
    made = upright(told, lexicon)
    header = headers.find(made, lexicon) if found is None else None
    if found is None and header is None and where and not _has_names(made):
        raise DocumentError("document-no-header", where=where)
    if header is not None:
        return _Table(made, header, level, lexicon, name).pieces()
    above = [] if name is None else [Piece("heading", name.text, name.place, below, True)]
    return above + (_Table(made, None, below, lexicon).pieces() if found is None else found)


def _has_names(rows: Sequence[Row]) -> bool:
    return any(re.search(r"[^\W\d_]{2}", slot.text) for row in rows for slot in filled(row))


# ── tables of many projects ─────────────────────────────────────────────────────────────────────────────────


class _Table:
    """Goes through the rows once, under the header that holds for them."""

    def __init__(
        self,
        rows: Sequence[Row],
        header: headers.Header | None,
        level: int,
        lexicon: Lexicon,
        name: Cell | None = None,
    ) -> None:
        self._rows = rows
        self._header = header
        self._lexicon = lexicon
        self._level = level
        self._name = name
        self._labels: tuple[str, ...] = header.labels if header else ("",) * len(rows[0])
        self._rows = self._filled_down(rows)
        self._looks: list[tuple[object, ...]] = []
        self._made: list[Piece] = []
        self._gap = True
        self._grouped = self._groups_by_place()
        self._sectioned = self._has_sections()

    def _filled_down(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Repeat a sector that only the first row of its group names, as a merged cell would."""
        start = self._header.end if self._header else len(rows)
        body = [number for number in range(start, len(rows)) if len(own(rows[number])) > 2]
        made = [list(row) for row in rows]
        for column, label in enumerate(self._labels):
            held = [number for number in body if rows[number][column].text]
            if self._lexicon.field_of(label) != "sector" or len(held) < 2 or held[0] != body[0] or column > 1:
                continue
            for number in body if len(held) * 2 <= len(body) else ():
                if not made[number][column].text:
                    made[number][column] = replace(made[number - 1][column], above=True)
        return made

    def pieces(self) -> list[Piece]:
        number = self._preface() if self._header else 0
        while number < len(self._rows):
            row = self._rows[number]
            if not own(row):
                self._gap = True
            elif headers.same(row, self._labels):
                pass
            elif self._header and headers.is_header(row, self._lexicon):
                header = headers.header_at(self._rows, number, self._lexicon)
                self._labels = header.labels
                number = header.end - 1
            elif self._is_total(row):
                self._surround(row)
            elif len(filled(row)) == 1:
                self._single(number, row)
            else:
                self._row(row)
            number += 1
        return self._made

    def _preface(self) -> int:
        """Take the rows above the header: the first short one names the table."""
        assert self._header is not None  # asked by the caller
        for number, row in enumerate(self._rows[: self._header.first]):
            if not filled(row):
                self._gap = True
                continue
            text = filled(row)[0].text
            alone = len(filled(row)) == 1
            first = not self._made and alone and len(text) <= _TITLE_LENGTH and not _SENTENCE.search(text)
            last = number + 1 == self._header.first and alone and len(text) <= headers.LONGEST
            titled = bool(self._made) and self._made[-1].kind == "heading"
            if last and self._sectioned:
                self._group(row)
            elif first or (last and not titled):
                self._level += first
                self._add("heading", row, level=max(1, self._level))
            else:
                self._add("text", row)
        if self._name is not None:
            self._level += 1
            self._made.append(Piece("heading", self._name.text, self._name.place, self._level, True))
        return self._header.end

    def _single(self, number: int, row: Row) -> None:
        """Take a row of one filled cell: a group's heading, a note, more of the row above, or a project's bare name."""
        slot = filled(row)[0]
        text = slot.text
        following = self._following(number)
        last = following is None and (self._gap or bool(self._looks) or bool(_SENTENCE.search(text)))
        told = len(text) > headers.LONGEST and bool(_SENTENCE.search(text)) and not self._gap
        if _NOTE.match(text) or last:
            self._add("text", row)
        elif told and self._made and self._made[-1].kind == "row":
            self._extend(row)
        elif following is not None and self._is_group(number, row):
            self._group(row)
        elif headers.is_data(text) or len(self._rows[0]) < 2:
            self._add("text", row)
        else:
            self._row(row)

    def _is_group(self, number: int, row: Row) -> bool:
        slot = filled(row)[0]
        if len(slot.text) > headers.LONGEST or headers.is_data(slot.text):
            return False
        wide = slot.cell.columns > 1 and sum(other.cell is slot.cell for other in row) * 2 > len(row)
        loud = slot.cell.strong or slot.cell.header or (slot.text.upper() == slot.text and len(slot.text) > 3)
        next_row = self._rows[number + 1] if number + 1 < len(self._rows) else ()
        return wide or loud or self._grouped or (bool(next_row) and headers.is_header(next_row, self._lexicon))

    def _groups_by_place(self) -> bool:
        """Tell whether the first row below the header is a lone cell: then lone cells head groups."""
        start = self._header.end if self._header else 0
        body = [row for row in self._rows[start:] if filled(row)]
        alone = [len(filled(row)) == 1 for row in body]
        return len(body) > 1 and len(body[0]) > 2 and alone[0] and not all(alone)

    def _has_sections(self) -> bool:
        """Tell whether a lone cell further down stands above another header: then one above the first does the same."""
        body = self._rows[self._header.end :] if self._header else ()
        return any(
            len(filled(row)) == 1 and (headers.same(below, self._labels) or headers.is_header(below, self._lexicon))
            for row, below in pairwise(body)
        )

    def _group(self, row: Row) -> None:
        """A look that first appears right below another group's heading stands deeper."""
        slot = filled(row)[0]
        look = (row.index(slot), slot.text.upper() == slot.text, slot.cell.strong, slot.cell.columns > 1)
        if look in self._looks:
            del self._looks[self._looks.index(look) + 1 :]
        else:
            if self._looks and self._made[-1].kind != "heading":
                self._looks.pop()
            self._looks.append(look)
        self._add("heading", row, level=self._level + len(self._looks))

    def _following(self, number: int) -> Row | None:
        """Return the next row that says something and is no total, if any."""
        return next((row for row in self._rows[number + 1 :] if len(own(row)) > 1 and not self._is_total(row)), None)

    def _is_total(self, row: Row) -> bool:
        cells = own(row)
        timed = any(
            slot.text and self._lexicon.field_of(label) in ("period", "start", "end")
            for label, slot in zip(self._labels, row, strict=True)
        )
        if not cells or timed:
            return False
        rest = [cell.text for cell in cells if not (_TOTAL_FIRST.match(cell.text) or _TOTAL_LAST.search(cell.text))]
        if len(rest) < len(cells):
            return len(rest) == 0 or all(_NUMBER.fullmatch(text) for text in rest)
        return len(cells) > 1 and all(
            _NUMBER.fullmatch(cell.text) and not headers.is_data(cell.text[:4]) for cell in cells
        )

    def _row(self, row: Row) -> None:
        """Take a project's row; what stands below an empty name says more of the row above."""
        name = next((n for n, label in enumerate(self._labels) if self._lexicon.field_of(label) == "title"), None)
        unnamed = name is not None and not row[name].text and len(own(row)) * 2 <= len(row)
        if unnamed and not self._gap and self._made[-1:] and self._made[-1].kind == "row":
            self._extend(row)
        else:
            self._add("row", row)

    def _extend(self, row: Row) -> None:
        above = self._made.pop()
        text, fields, links = self._content(own(row), row, len(above.text) + 1)
        self._made.append(
            Piece("row", f"{above.text}\t{text}", above.place, 0, above.gap, above.links + links, above.fields + fields)
        )

    def _surround(self, row: Row) -> None:
        """Take a row that is no project: a total."""
        self._add("text", row, labelled=len(filled(row)) > 1)

    def _add(self, kind: str, row: Row, level: int = 0, *, labelled: bool = False) -> None:
        cells = filled(row)
        text, fields, links = self._content(cells, row, 0)
        kept = fields if kind == "row" or labelled else ()
        if labelled:
            kept = tuple(
                Field(field.label or text[field.start : field.end], field.start, field.end) for field in fields
            )
        strong = all(cell.cell.strong for cell in cells)
        place = place_of(row)
        self._made.append(Piece(kind, text, place, level, self._gap, links, kept, strong))  # type: ignore[arg-type]  # the kinds used above
        self._gap = False

    def _content(self, cells: Sequence[Slot], row: Row, start: int) -> tuple[str, tuple[Field, ...], tuple[Link, ...]]:
        """Return the cells' texts joined by tabs, with their labels and links."""
        parts: list[str] = []
        fields: list[Field] = []
        links: list[Link] = []
        for label, slot in zip(self._labels, row, strict=True):
            if not any(slot is cell for cell in cells):
                continue
            text = slot.text.replace("\t", " ")
            fields.append(Field(label, start, start + len(text)))
            links += [Link(link.start + start, link.end + start, link.target) for link in slot.cell.links]
            parts.append(text)
            start += len(text) + 1
        return "\t".join(parts), tuple(fields), tuple(links)
