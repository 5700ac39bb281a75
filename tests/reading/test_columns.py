"""Columns that only white space makes."""

from __future__ import annotations

from hanke_lod.model import Place
from hanke_lod.reading import columns
from hanke_lod.reading.pieces import Line
from hanke_lod.reading.text import lines

TABLE = """\
Hanke                   Alku       Loppu       Rahoittaja   Kust. €
-------------------------------------------------------------------
ELINVOIMA
Silta ja tie            1.1.2021   31.12.2022  EAKR         240 000
Torin kunnostus         1.9.2020               ESR            8 300
Pitkä nimi joka jatkuu  15.5.2022  30.9.2022   Leader        18 900
seuraavalla rivillä
"""


def test_a_run_of_lines_in_columns_gives_its_cells() -> None:
    found = columns.find(lines(TABLE))

    assert found is not None
    assert [
        ["Hanke", "Alku", "Loppu", "Rahoittaja", "Kust. €"],
        ["ELINVOIMA", "", "", "", ""],
        ["Silta ja tie", "1.1.2021", "31.12.2022", "EAKR", "240 000"],
        ["Torin kunnostus", "1.9.2020", "", "ESR", "8 300"],
        ["Pitkä nimi joka jatkuu\nseuraavalla rivillä", "15.5.2022", "30.9.2022", "Leader", "18 900"],
    ] == [[cell.text for cell in row] for row in found]
    assert Place(4) == found[2][0].place


def test_the_tables_among_lines_are_found() -> None:
    text = f"Kunnan hankkeet     30.9.2022      1 (1)\n\nTässä ovat hankkeet.\n\n{TABLE}\nLisätietoja antaa Maija.\n"

    found = columns.find_all(lines(text))

    assert [(4, 11)] == [(table.first, table.end) for table in found]


def test_running_text_is_no_table() -> None:
    text = "Silta rakennetaan  vuonna 2022,\nja tie kunnostetaan.\nTori  valmistuu 2023.\nSe on hieno.\n"

    assert columns.find(lines(text)) is None


def test_labels_with_wide_spaces_are_no_table() -> None:
    text = "Hanke:     Silta\nKesto:     2022\nRahoitus:  EAKR\n"

    assert columns.find(lines(text)) is None


def test_bullets_with_wide_spaces_are_no_table() -> None:
    assert columns.find([Line(f"•   Hanke {n} 2022", Place(n)) for n in range(1, 6)]) is None
