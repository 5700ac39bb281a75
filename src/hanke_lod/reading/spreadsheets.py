"""XLSX and ODS workbooks → pieces: each visible sheet's table, its cells as they are shown."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from typing import Any

from openpyxl import load_workbook

from hanke_lod.errors import DocumentError
from hanke_lod.model import Link, Place
from hanke_lod.reading.archives import open_archive
from hanke_lod.reading.pieces import Piece
from hanke_lod.reading.shown import shown
from hanke_lod.reading.tables import Cell, table_pieces

#: More cells than this in one sheet, empty ones included, are not gone through.
_MOST_CELLS = 1_500_000
_NAMELESS = re.compile(r"(?:taul|taulukko|sheet|blad|ark|tabell|worksheet)\s?\d*", re.IGNORECASE)

Sheet = tuple[str, Sequence[Sequence[Cell]]]


def pieces(data: bytes, where: str) -> list[Piece]:
    """Return the pieces of an XLSX workbook.

    Raises:
        DocumentError: it is no workbook, damaged, protected by a password, too large, or empty.
    """
    archive = open_archive(data, "Excel", "xlsx", where)
    workbook = archive.xml("xl/workbook.xml")
    if workbook is None:
        raise DocumentError("document-damaged", where=where, kind="Excel")
    with warnings.catch_warnings():
        # of parts that we have no use for: styles, validations, extensions
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), data_only=True)
        except MemoryError:
            raise
        except Exception as error:  # a damaged workbook may raise anything from within openpyxl
            raise DocumentError("document-damaged", where=where, kind="Excel") from error
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return sheet_pieces([(sheet.title, _rows(sheet, where)) for sheet in visible], where)


def sheet_pieces(sheets: Sequence[Sheet], where: str) -> list[Piece]:
    """Return the pieces of sheets: where there are several, the name of each is a heading.

    Raises:
        DocumentError: no sheet holds anything.
    """
    told = [(name, rows) for name, rows in sheets if any(cell.text for row in rows for cell in row)]
    if not told:
        raise DocumentError("document-empty", where=where)
    made: list[Piece] = []
    several = len(told) > 1
    for name, rows in told:
        named = several and not _NAMELESS.fullmatch(name.strip())
        title = Cell(name, Place(cell=name)) if named else None
        made += table_pieces(rows, where="" if several else where, name=title)
    return made


def _rows(sheet: Any, where: str) -> list[list[Cell]]:  # openpyxl publishes no types
    """Return the cells that are to be seen, those merged as one."""
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise DocumentError("document-too-large", where=where)
    hidden_columns = _hidden_columns(sheet)
    hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    spans, covered = _merged(sheet, hidden_columns, hidden_rows)
    made: list[list[Cell]] = []
    for row in sheet.iter_rows():
        if row and row[0].row in hidden_rows:
            continue
        filled = sum(cell.value is not None for cell in row)
        made.append(
            [
                _cell(cell, spans.get((cell.row, cell.column), (1, 1)), filled)
                for cell in row
                if cell.column not in hidden_columns and (cell.row, cell.column) not in covered
            ]
        )
    return made


def _hidden_columns(sheet: Any) -> set[int]:
    found: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            found.update(range(dimension.min, min(dimension.max, sheet.max_column) + 1))
    return found


def _merged(
    sheet: Any, hidden_columns: set[int], hidden_rows: set[int]
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return how many columns and rows merged cells span, and the cells that they cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        rows = [n for n in range(area.min_row, min(area.max_row, sheet.max_row) + 1) if n not in hidden_rows]
        columns = [n for n in range(area.min_col, min(area.max_col, sheet.max_column) + 1) if n not in hidden_columns]
        spans[area.min_row, area.min_col] = (len(columns), len(rows))
        covered.update((row, column) for row in rows for column in columns)
        covered.discard((area.min_row, area.min_col))
    return spans, covered


def _cell(cell: Any, span: tuple[int, int], filled: int) -> Cell:
    place = Place(cell=f"{cell.parent.title}!{cell.coordinate}")
    if cell.value is None:
        return Cell("", place, *span)
    text = shown(cell.value, cell.number_format or "").replace("\r\n", "\n").replace("_x000D_", "").strip()
    links: tuple[Link, ...] = ()
    link = getattr(cell, "hyperlink", None)
    if link is not None and re.match(r"https?://\S", link.target or "") and text:
        links = (Link(0, len(text), link.target),)
    # bold matters where a cell stands alone, or in a row that may be the header
    strong = bool(text) and (filled == 1 or cell.row <= 20) and bool(cell.font and cell.font.b)
    return Cell(text, place, *span, strong=strong, links=links)
