"""Tables that are no list of rows: labels with values, projects side by side, a single column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Field, Link
from hanke_lod.reading.grids import Cell, Row, Slot
from hanke_lod.reading.headers import LONGEST
from hanke_lod.reading.pieces import Piece


def lone_column(rows: Sequence[Row], level: int, name: Cell | None) -> list[Piece]:
    """Return the pieces of a single column: items, where most of its cells tell a year, else texts."""
    cells = [row[0].cell for row in rows]
    dated = sum(bool(re.search(r"\b(?:19|20)\d\d\b", cell.text)) for cell in cells)
    listed = dated >= 3 and dated * 2 > sum(bool(cell.text) for cell in cells)
    made = [] if name is None else [Piece("heading", name.text, name.place, level, True)]
    gap = True
    for cell in cells:
        item = listed and bool(re.search(r"\b(?:19|20)\d\d\b", cell.text))
        if cell.text:
            kind: Literal["item", "text"] = "item" if item else "text"
            made.append(Piece(kind, cell.text, cell.place, 0, gap, cell.links, strong=cell.strong))
        gap = not cell.text
    return made


def pairs(rows: Sequence[Row], level: int, lexicon: Lexicon) -> list[Piece] | None:
    """Return "Label: value" texts, if the table is two columns with labels in the left one."""
    if len(rows[0]) != 2:
        return None
    labelled = [row for row in rows if row[0].text and not row[1].left]
    if len(labelled) < 2 or sum(_is_label(row[0], lexicon) for row in labelled[1:]) < max(1, 0.6 * (len(labelled) - 1)):
        return None
    made: list[Piece] = []
    for row in rows:
        label, value = row[0], row[1]
        if label.text and (value.left or not value.text) and not _is_label(label, lexicon):
            made.append(Piece("heading", label.text, label.cell.place, level + 1, True, label.cell.links))
        elif label.text and value.text:
            made.append(pair(label.cell, value.cell, gap=not made))
        elif value.text and made:
            made.append(Piece("text", value.text, value.cell.place, links=value.cell.links))
    return made


def pair(label: Cell, value: Cell, *, gap: bool = False) -> Piece:
    """Return the labelled text that a label and its value make."""
    name = " ".join(label.text.replace("\u00ad", "").split()).rstrip(" :")
    start = len(name) + 2
    links = tuple(Link(link.start + start, link.end + start, link.target) for link in value.links)
    text = f"{name}: {value.text}"
    return Piece("text", text, label.place, gap=gap, links=links, fields=(Field(name, start, len(text)),))


def _is_label(slot: Slot, lexicon: Lexicon) -> bool:
    text = slot.text.strip()
    return len(text) <= LONGEST and bool(lexicon.field_of(text) or text.endswith(":") or slot.cell.header)


def upright(rows: Sequence[Row], lexicon: Lexicon) -> Sequence[Row]:
    """Turn a table whose header stands on the left, a project in each column."""
    width = len(rows[0])
    if width < 3 or len(rows) < 3:
        return rows
    left = sum(bool(lexicon.field_of(row[0].text)) for row in rows) / len(rows)
    top = max(sum(bool(lexicon.field_of(slot.text)) for slot in row) / width for row in rows[:4])
    if left < 0.6 or top > 0.35 or any(slot.left or slot.above for row in rows for slot in row):
        return rows
    return [[row[column] for row in rows] for column in range(width)]
