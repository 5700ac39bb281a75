"""ODS workbooks → pieces: what each cell shows, with its value where that says more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from hanke_lod.errors import DocumentError
from hanke_lod.model import Link, Place, Remark
from hanke_lod.reading.archives import open_archive
from hanke_lod.reading.pieces import Told
from hanke_lod.reading.shown import is_odd_date
from hanke_lod.reading.spreadsheets import Sheet, hidden_cells, hidden_sheet, odd_date, sheet_pieces
from hanke_lod.reading.tables import Cell

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT = f"{{{_NS}office:1.0}}", f"{{{_NS}table:1.0}}", f"{{{_NS}text:1.0}}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_STYLE = f"{{{_NS}style:1.0}}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_FO = f"{{{_NS}xsl-fo-compatible:1.0}}"
#: Repeats beyond these, and cells beyond them all, are not gone through.
_MOST_ROWS, _MOST_COLUMNS, _MOST_CELLS = 100_000, 300, 1_000_000
_MOST_SPACES = 100
_DATE = re.compile(r"(-?\d{4})-(\d\d)-(\d\d)")
_HIDDEN = ("collapse", "filter")


def pieces(data: bytes, where: str) -> list[Told]:
    """Return the pieces of an ODS workbook, and remarks on what is hidden or broken.

    Raises:
        DocumentError: it is no workbook, damaged, protected by a password, too large, or empty.
    """
    archive = open_archive(data, "ODS", "ods", where)
    content = archive.xml("content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}spreadsheet") if content is not None else None
    if content is None or body is None:
        raise DocumentError("document-damaged", where=where, kind="ODS")
    book = _Book(content, where)
    sheets = list(book.sheets(body))
    return [*book.unseen, *sheet_pieces(sheets, where)]


class _Book:
    """A workbook: its styles tell what is hidden or bold."""

    def __init__(self, content: etree._Element, where: str) -> None:
        self._where = where
        self._left = _MOST_CELLS
        self._unseen: set[str] = set()
        self._remarks: list[Remark] = []
        self._hidden: list[str] = []
        self.unseen: list[Remark] = []
        self._bold: set[str] = set()
        for style in content.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name", "")
            if any(told.get(f"{_TABLE}display") == "false" for told in style.iter(f"{_STYLE}table-properties")):
                self._unseen.add(name)
            if any(told.get(f"{_FO}font-weight") == "bold" for told in style.iter(f"{_STYLE}text-properties")):
                self._bold.add(name)

    def sheets(self, body: etree._Element) -> Iterator[Sheet]:
        """Yield the sheets that are to be seen."""
        for table in body.iterfind(f"{_TABLE}table"):
            name = table.get(f"{_TABLE}name", "")
            if table.get(f"{_TABLE}style-name", "") not in self._unseen:
                self._remarks, self._hidden = [], []
                rows = self._rows(table, name)
                yield Sheet(name, rows, hidden_cells(self._hidden) + self._remarks)
            elif table.find(f".//{_TEXT}p") is not None:
                self.unseen += hidden_sheet(name)

    def _rows(self, table: etree._Element, name: str) -> list[list[Cell]]:
        hidden = _hidden_columns(table)
        made: list[list[Cell]] = []
        number = 0
        for row, is_seen in _inside(table, "table-row", "table-header-rows", "table-rows", "table-row-group"):
            times = _count(row, "number-rows-repeated")
            has_text = any(True for _ in row.iter(f"{_TEXT}p"))
            if not is_seen or row.get(f"{_TABLE}visibility") in _HIDDEN:
                self._hidden += [f"{name}!A{number + 1}"] * sum(1 for cell in row if cell.find(f"{_TEXT}p") is not None)
            else:
                for step in range(min(times, _MOST_ROWS) if has_text else 1):
                    made.append(self._cells(row, name, number + step + 1, hidden) if has_text else [])
            number += times
        return made

    def _cells(self, row: etree._Element, name: str, number: int, hidden: frozenset[int]) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        told = [n for n, element in enumerate(row) if element.find(f"{_TEXT}p") is not None]
        for element in row[: told[-1] + 1] if told else ():
            if element.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            for _ in range(min(_count(element, "number-columns-repeated"), _MOST_COLUMNS)):
                if column >= _MOST_COLUMNS:
                    return cells
                place = Place(cell=f"{name}!{_letters(column)}{number}")
                if column in hidden:
                    self._hidden += [place.cell] if element.find(f"{_TEXT}p") is not None else []
                elif element.tag == f"{_TABLE}table-cell":
                    cells.append(self._cell(element, place))
                column += 1
                self._left -= 1
                if self._left < 0:
                    raise DocumentError("document-too-large", where=self._where)
        return cells

    def _cell(self, element: etree._Element, place: Place) -> Cell:
        text, links = _shown(element)
        kind = element.get(f"{_OFFICE}value-type", "")
        if element.get(f"{_CALC}value-type") == "error":
            self._remarks.append(Remark("cell-error", place, facts=(("written", text),)))
            text, links = "", ()
        if kind == "date":
            value = element.get(f"{_OFFICE}date-value", "")
            shown = _date(value, text)
            found = _DATE.match(value)
            if found and is_odd_date(*map(int, found.groups())):
                self._remarks.append(odd_date(shown, place))
                shown = ""
            links = links if shown == text else ()
            text = shown
        strong = bool(text) and element.get(f"{_TABLE}style-name", "") in self._bold
        columns, rows = _count(element, "number-columns-spanned"), _count(element, "number-rows-spanned")
        return Cell(text, place, min(columns, _MOST_COLUMNS), min(rows, _MOST_ROWS), strong=strong, links=links)


def _inside(
    parent: etree._Element, name: str, *groups: str, is_seen: bool = True
) -> Iterator[tuple[etree._Element, bool]]:
    """Yield a table's rows or columns, also those in groups, and whether no group above them is folded away."""
    for child in parent:
        if child.tag == f"{_TABLE}{name}":
            yield child, is_seen
        elif child.tag in {f"{_TABLE}{group}" for group in groups}:
            unfolded = is_seen and child.get(f"{_TABLE}display") != "false"
            yield from _inside(child, name, *groups, is_seen=unfolded)


def _hidden_columns(table: etree._Element) -> frozenset[int]:
    hidden: set[int] = set()
    number = 0
    groups = ("table-header-columns", "table-columns", "table-column-group")
    for column, is_seen in _inside(table, "table-column", *groups):
        times = min(_count(column, "number-columns-repeated"), _MOST_COLUMNS)
        if not is_seen or column.get(f"{_TABLE}visibility") in _HIDDEN:
            hidden.update(range(number, number + times))
        number += times
    return frozenset(hidden)


def _count(element: etree._Element, name: str) -> int:
    told = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(told)) if re.fullmatch(r"\d{1,9}", told) else 1


def _shown(cell: etree._Element) -> tuple[str, tuple[Link, ...]]:
    """Return what a cell shows: its own paragraphs, for comments lie in the cell as well."""
    parts: list[str] = []
    links: list[Link] = []
    for paragraph in cell.iterfind(f"{_TEXT}p"):
        if parts:
            parts.append("\n")
        _write(paragraph, parts, links)
    text = "".join(parts)
    lead = len(text) - len(text.lstrip())
    stripped = text.strip()
    moved = (Link(max(0, k.start - lead), min(len(stripped), k.end - lead), k.target) for k in links)
    return stripped, tuple(link for link in moved if link.end > link.start)


def _write(element: etree._Element, parts: list[str], links: list[Link]) -> None:
    parts.append(element.text or "")
    for child in element:
        name = child.tag.removeprefix(_TEXT) if isinstance(child.tag, str) else ""
        start = sum(map(len, parts))
        if name == "s":
            told = child.get(f"{_TEXT}c", "1")
            parts.append(" " * min(int(told) if re.fullmatch(r"\d{1,9}", told) else 1, _MOST_SPACES))
        elif name in ("tab", "line-break"):
            parts.append("\t" if name == "tab" else "\n")
        elif name and not child.tag.startswith(_OFFICE):
            _write(child, parts, links)
            target = child.get(f"{_XLINK}href", "") if name == "a" else ""
            if re.match(r"https?://\S", target):
                links.append(Link(start, sum(map(len, parts)), target))
        parts.append(child.tail or "")


def _date(value: str, text: str) -> str:
    """Return a date with the parts that its text shows."""
    found = _DATE.match(value)
    if found is None:
        return text
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    numbers = re.findall(r"\d+", text)
    if not text or len(numbers) >= 3 or (len(numbers) == 2 and re.search(r"[^\W\d_]{3}", text)):
        return f"{day}.{month}.{year}"
    return str(year) if numbers == [str(year)] and not re.search(r"[^\W\d_]", text) else f"{month}/{year}"


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
