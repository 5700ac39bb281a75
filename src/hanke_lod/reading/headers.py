"""Which rows of a grid are its header, and what they call each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hanke_lod.labels import fold_label
from hanke_lod.lexicon import Lexicon
from hanke_lod.reading.grids import Row, filled, own

#: A header's cell is no longer than this.
LONGEST = 80
_SEARCHED = 25
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–—/]\s?(?:19|20)?\d\d)?")
_DATA = re.compile(
    r"(?:noin|n\.|ca\.?|about|c\.)?\s*(?:"
    r"\d{1,2}\.\s?\d{1,2}\.|\d{1,2}/\d{2,4}|(?:19|20)\d\d-\d\d|[€$]\s?\d|eur\s?\d"
    r"|\d[\d\s\u00a0\u202f.,]*\s*(?:€|%|e\b|eur|milj|mn\b|m€|t€|k€)|\d{5,}\s*$|\d[\d\s\u00a0\u202f.,]*\s*$)|https?://|www\.|\S+@\S+$",
    re.IGNORECASE,
)
_TEXT = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True)
class Header:
    """A header: its first row, the row after its last, and a label for each column ("" where none is)."""

    first: int
    end: int
    labels: tuple[str, ...]


def is_data(text: str) -> bool:
    """Tell whether a cell holds a date, a sum, a number or an address, which no header is."""
    return bool(_DATA.match(text) or _YEAR.fullmatch(text))


def find(rows: Sequence[Row], lexicon: Lexicon) -> Header | None:
    """Return the first header: by the document's own marks, by known labels, or else by its shape."""
    known = next((number for number, row in enumerate(rows[:_SEARCHED]) if is_header(row, lexicon)), None)
    shaped = _by_shape(rows)
    number = shaped if known is None or (shaped is not None and shaped < known - 2) else known
    return header_at(rows, number, lexicon) if number is not None else None


def is_header(row: Row, lexicon: Lexicon) -> bool:
    """Tell whether a row's cells are marked as a header or are mostly known labels."""
    cells = filled(row)
    if len(own(row)) < 2 or any(len(cell.text) > LONGEST for cell in cells):
        return False
    if all(cell.cell.header for cell in cells):
        return True
    if any(_DATA.match(cell.text) and not _YEAR.fullmatch(cell.text) for cell in cells):
        return False
    # "Jakobstads stad" ends as the label of a place does, and is none
    known = [field for field in (lexicon.field_of(cell.text) for cell in cells) if field and field != "place"]
    kinds = set(known)
    several = len(kinds) >= (2 if "title" in kinds else 3) and len(known) * 5 >= len(cells) * 2
    return several or (len(kinds) == 2 and len(known) * 3 >= len(cells) * 2 and all(len(c.text) <= 30 for c in cells))


def header_at(rows: Sequence[Row], number: int, lexicon: Lexicon) -> Header:
    """Return the header around a row: with a row above it that spans some of its columns, or one below it."""
    first, end = number, number + 1
    if number > 0 and _is_upper(rows[number - 1], rows[number]):
        first -= 1
    while end < min(len(rows), number + 3) and _is_lower(rows[end - 1], rows[end]):
        end += 1
    return Header(first, end, _labels(rows[first:end], lexicon))


def _by_shape(rows: Sequence[Row]) -> int | None:
    """Return the first wide row, if it is short words above columns of dates, numbers or longer texts."""
    widths = sorted(len(filled(row)) for row in rows if filled(row))
    if not widths or widths[-1] < 2:
        return None
    usual = widths[len(widths) // 2]
    number = next((n for n, row in enumerate(rows) if len(filled(row)) >= max(2, usual * 0.6)), None)
    if number is None or number > _SEARCHED:
        return None
    cells = filled(rows[number])
    below = [row for row in rows[number + 1 :] if len(filled(row)) >= 2]
    if any(_DATA.match(c.text) or len(c.text) > LONGEST for c in cells) or len({c.text for c in cells}) < len(cells):
        return None
    asked = all(cell.text.rstrip().endswith(("?", ":")) for cell in cells)
    strong = all(cell.cell.strong for cell in cells) and not any(
        cell.cell.strong for row in below for cell in filled(row)[:1]
    )
    typed = any(_is_typed([row[column].text for row in below]) for column, slot in enumerate(rows[number]) if slot.text)
    return number if below and (asked or strong or typed) else None


def _is_typed(texts: Sequence[str]) -> bool:
    told = [text for text in texts if text]
    return len(told) >= 2 and sum(map(is_data, told)) * 2 > len(told)


def _is_upper(above: Row, row: Row) -> bool:
    """Tell whether the row above names groups of this row's columns."""
    cells = own(above)
    wide = [slot for slot in cells if slot.cell.columns > 1]
    spans = [slot for slot in wide if sum(other.cell is slot.cell for other in above) < len(above)]
    beneath = [row[column].text for column, slot in enumerate(above) if any(slot.cell is span.cell for span in spans)]
    return bool(spans) and all(beneath) and not any(is_data(c.text) or len(c.text) > LONGEST for c in cells)


def _is_lower(header: Row, row: Row) -> bool:
    """Tell whether a row divides columns of the header above it."""
    cells = own(row)
    if (
        len({id(slot.cell) for slot in cells}) == 1
        and sum(bool(slot.text) or slot.cell is cells[0].cell for slot in row) >= len(row) - 1
        and len(row) > 2
    ):
        return False  # the name of a group of rows
    if not cells or any((_DATA.match(c.text) and not _YEAR.fullmatch(c.text)) or len(c.text) > 40 for c in cells):
        return False
    if all(cell.cell.header for cell in (*filled(row), *filled(header))):
        return True
    spanned = False
    for column, (upper, lower) in enumerate(zip(header, row, strict=True)):
        if not lower.text or lower.above:
            continue
        divides = upper.cell.columns > 1 or (not upper.text and column > 0)
        named = (
            bool(upper.text) and column + 1 < len(row) and not header[column + 1].text and bool(row[column + 1].text)
        )
        if not (divides or named):
            return False
        spanned = spanned or divides
    return spanned


def _labels(rows: Sequence[Row], lexicon: Lexicon) -> tuple[str, ...]:
    made = []
    for column in range(len(rows[0])):
        parts: list[str] = []
        for number, row in enumerate(rows):
            text = _plain(_over(row, column, divided=bool(number + 1 < len(rows) and rows[number + 1][column].text)))
            if text and text not in parts:
                parts.append(text)
        made.append(_joined(parts, lexicon))
    return tuple(made)


def _over(row: Row, column: int, *, divided: bool) -> str:
    """Return what a row says of a column; over divided columns its text reaches on to the right."""
    slot = row[column]
    if slot.left:
        return slot.cell.text
    while divided and column > 0 and not row[column].text and not row[column].left:
        column -= 1
    return row[column].cell.text if row[column] is not slot and divided else slot.text


def _joined(parts: Sequence[str], lexicon: Lexicon) -> str:
    """Join what stands above a column; where only the last is known ("Toteutusaika" – "alku"), that is enough."""
    joined = " ".join(parts)
    if len(parts) > 1 and not lexicon.field_of(joined) and lexicon.field_of(parts[-1]) in ("start", "end"):
        return parts[-1]
    return joined


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def same(row: Row, labels: Sequence[str]) -> bool:
    """Tell whether a row says again what the header said, as on the second page of a table."""
    told = [(fold_label(slot.text), fold_label(label)) for slot, label in zip(row, labels, strict=True) if slot.text]
    return len(told) >= 2 and all(text and text in label for text, label in told)
