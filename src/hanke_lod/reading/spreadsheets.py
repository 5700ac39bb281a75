"""XLSX and ODS workbooks → pieces: each visible sheet's table, its cells as they are shown."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.styles.numbers import is_date_format

from hanke_lod.errors import DocumentError
from hanke_lod.model import Link, Place, Remark
from hanke_lod.reading.archives import Archive, open_archive
from hanke_lod.reading.grids import cut_off
from hanke_lod.reading.pieces import Told
from hanke_lod.reading.shown import is_odd_date, shown
from hanke_lod.reading.tables import Cell, table_pieces

#: More cells than this in one sheet, empty ones included, are not gone through.
_MOST_CELLS = 1_500_000
_NAMELESS = re.compile(r"(?:taul|taulukko|sheet|blad|ark|tabell|worksheet)\s?\d*", re.IGNORECASE)

#: A formula without the value that a spreadsheet program stores beside it.
_UNCOMPUTED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
#: What Excel shows of a number that is no date in a cell formatted as one.
_NO_DATE = "########"


@dataclass(frozen=True)
class Sheet:
    """A visible sheet's name and cells; `remarks` tell what of it was left out."""

    name: str
    rows: Sequence[Sequence[Cell]]
    remarks: list[Remark] = field(default_factory=list)


def pieces(data: bytes, where: str) -> list[Told]:
    """Return the pieces of an XLSX workbook, and remarks on what is hidden, broken or not computed.

    Raises:
        DocumentError: it is no workbook, damaged, protected by a password, too large, or empty.
    """
    archive = open_archive(data, "Excel", "xlsx", where)
    workbook = archive.xml("xl/workbook.xml")
    if workbook is None:
        raise DocumentError("document-damaged", where=where, kind="Excel")
    book = _load(data, where)
    uncomputed = _uncomputed(archive, workbook)
    sheets = []
    hidden: list[Remark] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden += hidden_sheet(sheet.title) if any(map(any, sheet.iter_rows(values_only=True))) else ()
            continue
        read = _sheet(sheet, where)
        sheets.append(replace(read, remarks=read.remarks + uncomputed.get(sheet.title, [])))
    return [*hidden, *sheet_pieces(sheets, where)]


def _load(data: bytes, where: str) -> Any:  # openpyxl publishes no types
    with warnings.catch_warnings():
        # of parts that we have no use for: styles, validations, extensions
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(data), data_only=True)
        except MemoryError:
            raise
        except Exception as error:  # a damaged workbook may raise anything from within openpyxl
            raise DocumentError("document-damaged", where=where, kind="Excel") from error


def sheet_pieces(sheets: Sequence[Sheet], where: str) -> list[Told]:
    """Return the pieces and remarks of sheets: where there are several, the name of each is a heading.

    Raises:
        DocumentError: no sheet holds anything, or nothing but what was left out.
    """
    told = [sheet for sheet in sheets if any(cell.text for row in sheet.rows for cell in row)]
    left_out = next((remark for sheet in sheets for remark in sheet.remarks), None)
    if not told and left_out:
        raise DocumentError(left_out.text, where=f"{where}, {left_out.place.cell}", **dict(left_out.facts))
    if not told:
        raise DocumentError("document-without-projects", where=where)
    made: list[Told] = []
    several = len(told) > 1
    for sheet in sheets:
        made += sheet.remarks
    for sheet in told:
        named = several and not _NAMELESS.fullmatch(sheet.name.strip())
        title = Cell(sheet.name, Place(cell=sheet.name)) if named else None
        made += cut_off(sheet.rows)
        made += table_pieces(sheet.rows, where="" if several else where, name=title)
    return made


def hidden_sheet(name: str) -> list[Remark]:
    """Return a remark on a sheet that is hidden."""
    return [Remark("sheet-hidden", Place(cell=name), facts=(("written", name),))]


def hidden_cells(places: Sequence[str]) -> list[Remark]:
    """Return a remark on cells with text that are hidden, if there are any."""
    return [Remark("cells-hidden", Place(cell=places[0]), facts=(("count", str(len(places))),))] if places else []


def odd_date(written: str, place: Place) -> Remark:
    """Return a remark on a cell whose number is formatted as a date and is none."""
    return Remark("cell-no-date", place, facts=(("written", written),))


def _uncomputed(archive: Archive, workbook: etree._Element) -> dict[str, list[Remark]]:
    """Return, by sheet, a remark for each column with formulas beside which no program has stored a value."""
    relations = archive.xml("xl/_rels/workbook.xml.rels")
    parts = {one.get("Id"): one.get("Target", "") for one in relations} if relations is not None else {}
    made: dict[str, list[Remark]] = {}
    for sheet in workbook.iter("{*}sheet"):
        name = sheet.get("name", "")
        target = parts.get(next((told for key, told in sheet.items() if key.endswith("}id")), ""), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if not _UNCOMPUTED.search(archive.read(part)):
            continue
        columns: dict[str, list[tuple[str, str]]] = {}
        root = archive.xml(part)
        for formula in root.iter("{*}f") if root is not None else ():
            cell = formula.getparent()
            # a formula that comes to an empty text stores that, and says so
            if cell is not None and not cell.findtext("{*}v") and cell.get("t") != "str":
                place = cell.get("r", "")
                columns.setdefault(place.rstrip("0123456789"), []).append((place, f"={formula.text or '…'}"))
        made[name] = [
            Remark("cells-uncomputed", Place(cell=f"{name}!{cells[0][0]}"),
                   facts=(("written", cells[0][1]), ("count", str(len(cells)))))
            for cells in columns.values()
        ]  # fmt: skip
    return made


def _sheet(sheet: Any, where: str) -> Sheet:
    """Return the cells that are to be seen, those merged as one."""
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise DocumentError("document-too-large", where=where)
    hidden_columns = _hidden_columns(sheet)
    hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    spans, covered = _merged(sheet, hidden_columns, hidden_rows)
    made: list[list[Cell]] = []
    remarks: list[Remark] = []
    hidden: list[str] = []
    for row in sheet.iter_rows():
        unseen = bool(row) and row[0].row in hidden_rows
        hidden += [
            _place(cell).cell
            for cell in row
            if cell.value is not None and (unseen or cell.column in hidden_columns)
        ]  # fmt: skip
        if unseen:
            continue
        filled = sum(cell.value is not None for cell in row)
        made.append(
            [
                _cell(cell, spans.get((cell.row, cell.column), (1, 1)), filled, remarks)
                for cell in row
                if cell.column not in hidden_columns and (cell.row, cell.column) not in covered
            ]
        )
    return Sheet(sheet.title, made, hidden_cells(hidden) + remarks)


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


def _place(cell: Any) -> Place:
    return Place(cell=f"{cell.parent.title}!{cell.coordinate}")


def _doubt(cell: Any, place: Place) -> Remark | None:
    """Return a remark on a cell whose value is an error, or no date though it is formatted as one."""
    dated = is_date_format(cell.number_format or "")
    if cell.data_type == "e":
        # openpyxl makes an error of a number that is no date
        if dated and cell.value == "#VALUE!":
            return odd_date(_NO_DATE, place)
        return Remark("cell-error", place, facts=(("written", str(cell.value)),))
    if isinstance(cell.value, time) and dated and re.search(r"[dy]", cell.number_format.lower()):
        return odd_date(str(cell.value), place)
    if isinstance(cell.value, date) and is_odd_date(cell.value.year, cell.value.month, cell.value.day):
        return odd_date(shown(cell.value, cell.number_format or ""), place)
    return None


def _cell(cell: Any, span: tuple[int, int], filled: int, remarks: list[Remark]) -> Cell:
    place = _place(cell)
    if cell.value is None:
        return Cell("", place, *span)
    doubt = _doubt(cell, place)
    if doubt:
        remarks.append(doubt)
        return Cell("", place, *span)
    text = shown(cell.value, cell.number_format or "").replace("\r\n", "\n").replace("_x000D_", "").strip()
    links: tuple[Link, ...] = ()
    link = getattr(cell, "hyperlink", None)
    if link is not None and re.match(r"https?://\S", link.target or "") and text:
        links = (Link(0, len(text), link.target),)
    # bold matters where a cell stands alone, or in a row that may be the header
    strong = bool(text) and (filled == 1 or cell.row <= 20) and bool(cell.font and cell.font.b)
    return Cell(text, place, *span, strong=strong, links=links)
