"""XLSX workbooks: what cells show."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from hanke_lod.model import Place
from hanke_lod.reading.pieces import Piece
from hanke_lod.reading.shown import shown
from hanke_lod.reading.spreadsheets import pieces


def read(fill: Callable[[Workbook, Any], None]) -> list[Piece]:
    """Read a workbook that a function has filled."""
    book = Workbook()
    fill(book, book.active)
    held = io.BytesIO()
    book.save(held)
    return [one for one in pieces(held.getvalue(), "x.xlsx") if isinstance(one, Piece)]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (datetime(2022, 1, 1), "yyyy", "2022"),
        (datetime(2022, 3, 1), "mmm\\ yyyy", "3/2022"),
        (datetime(2022, 3, 1), "mm/yyyy", "3/2022"),
        (datetime(2022, 3, 5), "d\\.m\\.yyyy", "5.3.2022"),
        (datetime(2022, 3, 5), "[$-40B]d/\\ mmmm\\ yyyy", "5.3.2022"),
        (datetime(2022, 3, 5, 12, 30), "dd.mm.yyyy hh:mm", "5.3.2022"),
        (date(2022, 3, 5), "General", "5.3.2022"),
        (2022, "General", "2022"),
        (2022.0, "0", "2022"),
        (250000, '#,##0 "€"', "250 000 €"),
        (250000, "#,##0\\ [$€-40B]", "250 000 €"),
        (35200.5, "# ##0.00 €", "35 200,50 €"),
        (145000, "# ##0.00 €", "145 000,00 €"),
        (398500.5, "#,##0", "398 500,5"),
        (-5000, "#,##0 €;[Red]-#,##0 €", "-5 000 €"),
        (120000, '#,##0,\\ "t€"', "120 t€"),
        (0.75, "0 %", "75 %"),
        (0.755, "0.0%", "75,5%"),
        (89000.5, "General", "89000,5"),
        (1e20, "General", "100000000000000000000"),
        (True, "General", "TRUE"),
        ("#N/A", "General", "#N/A"),
        (None, "General", ""),
    ],
)
def test_values_are_shown_as_their_format_has_them(value: object, number_format: str, text: str) -> None:
    assert text == shown(value, number_format)


def test_a_row_has_its_cells_place_and_link() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        sheet.append(["Hanke", "Alku", "Budjetti"])
        sheet.append(["Silta", datetime(2022, 3, 5), 1000])
        sheet["A2"].hyperlink = "https://silta.example/"
        sheet["B2"].number_format = "d.m.yyyy"

    row = read(fill)[0]

    assert ("Silta\t5.3.2022\t1000", Place(cell="Sheet!A2")) == (row.text, row.place)
    assert ["https://silta.example/"] == [link.target for link in row.links]


def test_sheets_are_headings_and_hidden_ones_are_left_out() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        for name in ("Käynnissä", "Päättyneet", "Valikot"):
            sheet = book.create_sheet(name)
            sheet.append(["Hanke", "Aika"])
            sheet.append([f"Silta {name}", 2022])
        sheet.sheet_state = "hidden"

    made = read(fill)

    assert [("heading", "Käynnissä", 1), ("row", "Silta Käynnissä\t2022", 0)] == [
        (p.kind, p.text, p.level) for p in made[:2]
    ]
    assert "Päättyneet" == made[2].text
    assert 4 == len(made)


def test_a_sheets_own_title_stands_above_its_name() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        for name in ("Elinvoima", "Sivistys"):
            sheet = book.create_sheet(name)
            sheet.append([f"Hankkeet, {name.lower()}"])
            sheet.append(["Hanke", "Aika"])
            sheet.append(["Silta", 2022])

    made = read(fill)

    assert [("Hankkeet, elinvoima", 1), ("Elinvoima", 2)] == [(p.text, p.level) for p in made[:2]]


def test_hidden_rows_and_columns_are_left_out() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        for row in (["Hanke", "Salaisuus", "Aika"], ["Silta", "x", 2022], ["Tie", "y", 2023]):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True

    assert ["Tie\t2023"] == [piece.text for piece in read(fill)]


def test_merged_cells_hold_for_all_their_rows_and_head_groups() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        for row in (["Hanke", "Rahoitus", "Aika"], ["Elinvoima"], ["Silta", "EAKR", 2022], ["Tie", None, 2023]):
            sheet.append(row)
        sheet.merge_cells("A2:C2")
        sheet.merge_cells("B3:B4")

    made = read(fill)

    assert ["Elinvoima", "Silta\tEAKR\t2022", "Tie\tEAKR\t2023"] == [piece.text for piece in made]
    assert "heading" == made[0].kind


def test_a_bold_lone_cell_heads_a_group() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        for row in (["Hanke", "Aika", "Rahoitus"], ["Silta", 2022, "EAKR"], ["Sivistys"], ["Koulu", 2023, "OKM"]):
            sheet.append(row)
        sheet["A3"].font = Font(bold=True)

    assert ["row", "heading", "row"] == [piece.kind for piece in read(fill)]
