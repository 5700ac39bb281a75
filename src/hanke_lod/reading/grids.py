"""Cells with spans → a grid in which every place knows its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanke_lod.model import Link, Place, Remark

#: More columns than this no table has; spans beyond are cut.
WIDEST = 300


@dataclass(frozen=True)
class Cell:
    """A table's cell as its document has it: covered cells are left out, as in HTML.

    `header` tells that the document marks the cell as a header, `strong` that its whole text is bold.
    """

    text: str
    place: Place
    columns: int = 1
    rows: int = 1
    header: bool = False
    strong: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Slot:
    """One place of a grid: its cell, and whether that cell began further left or further up."""

    cell: Cell
    left: bool = False
    above: bool = False

    @property
    def text(self) -> str:
        """The cell's text, where it is to be read: once where it spans columns, in each row where it spans rows."""
        return "" if self.left else self.cell.text


Row = Sequence[Slot]
_NOTHING = Slot(Cell("", Place()))


def grid(rows: Sequence[Sequence[Cell]]) -> list[Row]:
    """Return the rows with spans expanded, all of one width, without columns that hold nothing."""
    hanging: dict[int, tuple[Slot, int]] = {}
    made: list[list[Slot]] = []
    for cells in rows:
        made.append(_row(cells, hanging))
    width = max(map(len, made), default=0)
    padded = [[*row, *[_NOTHING] * (width - len(row))] for row in made]
    used = [column for column in range(width) if any(row[column].text for row in padded)]
    return [[row[column] for column in used] for row in padded]


def _row(cells: Sequence[Cell], hanging: dict[int, tuple[Slot, int]]) -> list[Slot]:
    """Lay a row's cells beside those that hang down from above, and note which of them hang on."""
    row: list[Slot] = []
    for cell in cells:
        _hang(row, hanging)
        if len(row) >= WIDEST:
            break
        for step in range(min(max(1, cell.columns), WIDEST - len(row))):
            slot = Slot(cell, left=step > 0)
            if cell.rows > 1:
                hanging[len(row)] = (Slot(cell, left=step > 0, above=True), cell.rows - 1)
            row.append(slot)
            if (len(row)) in hanging and step + 1 < cell.columns:
                break
    _hang(row, hanging, to_the_end=True)
    return row


def _hang(row: list[Slot], hanging: dict[int, tuple[Slot, int]], *, to_the_end: bool = False) -> None:
    while len(row) in hanging or (to_the_end and any(column > len(row) for column in hanging)):
        column = len(row)
        slot, left = hanging.get(column, (_NOTHING, 0))
        if slot.above and left:
            row.append(slot)
            if left > 1:
                hanging[column] = (slot, left - 1)
            else:
                del hanging[column]
        else:
            row.append(_NOTHING)


def cut_off(rows: Sequence[Sequence[Cell]]) -> list[Remark]:
    """Return a remark where cells with text stand further right than any table is read."""
    beyond = [cell for row in rows for cell in row[WIDEST:] if cell.text]
    return [Remark("cells-cut-off", beyond[0].place, facts=(("count", str(len(beyond))),))] if beyond else []


def filled(row: Row) -> list[Slot]:
    """Return the places that hold text."""
    return [slot for slot in row if slot.text]


def own(row: Row) -> list[Slot]:
    """Return the places that hold text which begins in this row."""
    return [slot for slot in row if slot.text and not slot.above]


def place_of(row: Row) -> Place:
    """Return the place of a row: that of the first cell of its own."""
    return next((slot.cell.place for slot in own(row) or filled(row)), Place())
