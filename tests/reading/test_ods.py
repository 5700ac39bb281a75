"""ODS workbooks: shown text and values, repeats, comments, what is hidden."""

from __future__ import annotations

import io
import zipfile

import pytest

from hanke_lod.model import Place
from hanke_lod.reading.ods import pieces
from hanke_lod.reading.pieces import Piece

NS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = (
    f'xmlns:office="{NS}office:1.0" xmlns:table="{NS}table:1.0" xmlns:text="{NS}text:1.0" xmlns:style="{NS}style:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)
REST = (
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
)


def read(*rows: str, columns: str = "", styles: str = "", sheet: str = "") -> list[Piece]:
    """Read a workbook with one sheet of these rows."""
    table = f'<table:table table:name="Taulu" {sheet}>{columns}{"".join(rows)}{REST}</table:table>'
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return [one for one in pieces(held.getvalue(), "x.ods") if isinstance(one, Piece)]


def row(*cells: str, attributes: str = "") -> str:
    """Return a row of cells; a text stands for a cell that holds it."""
    made = "".join(
        c if c.startswith("<") else f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in cells
    )
    return f"<table:table-row {attributes}>{made}</table:table-row>"


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        ("2022-03-05", "5.3.2022", "5.3.2022"),
        ("2022-03-05", "05.03.22", "5.3.2022"),
        ("2022-03-05", "5. maaliskuuta 2022", "5.3.2022"),
        ("2022-03-01", "maaliskuu 2022", "3/2022"),
        ("2022-03-01", "03/22", "3/2022"),
        ("2022-01-01", "2022", "2022"),
    ],
)
def test_dates_have_the_parts_that_are_shown(value: str, shown: str, text: str) -> None:
    told = f'office:value-type="date" office:date-value="{value}"'
    cell = f"<table:table-cell {told}><text:p>{shown}</text:p></table:table-cell>"

    assert f"Silta\t{text}" == read(row("Hanke", "Alku"), row("Silta", cell))[0].text


def test_a_row_has_its_cells_place() -> None:
    made = read(row("Hanke", "Aika"), row("Silta", "2022"))

    assert [("Silta\t2022", Place(cell="Taulu!A2"))] == [(piece.text, piece.place) for piece in made]


def test_repeats_are_expanded_and_comments_left_out() -> None:
    comment = "<office:annotation><text:p>Salaa</text:p></office:annotation>"
    texts = "<text:p>Silta<text:s text:c='2'/>ja</text:p><text:p>tie</text:p>"
    cell = f"<table:table-cell>{comment}{texts}</table:table-cell>"
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>2022</text:p></table:table-cell>'

    made = read(row("Hanke", "Alku", "Loppu"), row(cell, twice))

    assert ["Silta  ja\ntie\t2022\t2022"] == [piece.text for piece in made]


def test_what_is_hidden_is_left_out() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'

    made = read(
        row("Hanke", "Salaisuus", "Aika"),
        row("Silta", "x", "2022"),
        row("Tie", "y", "2023", attributes='table:visibility="collapse"'),
        columns=columns,
    )

    assert ["Silta\t2022"] == [piece.text for piece in made]


def test_spans_and_links_are_kept() -> None:
    group = (
        '<table:table-cell table:number-columns-spanned="2"><text:p>Elinvoima</text:p></table:table-cell>'
        "<table:covered-table-cell/>"
    )
    link = '<table:table-cell><text:p><text:a xlink:href="https://silta.example/">Silta</text:a></text:p></table:table-cell>'

    made = read(row("Hanke", "Aika"), row(group), row(link, "2022"))

    assert ["heading", "row"] == [piece.kind for piece in made]
    assert ["https://silta.example/"] == [one.target for one in made[1].links]


def test_enormous_repeats_of_spaces_are_cut() -> None:
    cell = '<table:table-cell><text:p>Silta<text:s text:c="999999999"/>x</text:p></table:table-cell>'

    assert len(read(row("Hanke", "Aika"), row(cell, "2022"))[0].text) < 200
