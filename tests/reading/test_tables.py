"""What a table's rows mean: header, groups, spans, totals, and tables of one project."""

from __future__ import annotations

import pytest

from hanke_lod.errors import DocumentError
from hanke_lod.model import Link, Place
from hanke_lod.reading.pieces import Piece
from hanke_lod.reading.tables import Cell, table_pieces

HEADER = "Hanke;Aika;Rahoitus"


def cells(*lines: str) -> list[list[Cell]]:
    """Return a row of cells for each line, divided at semicolons."""
    return [[Cell(text, Place(number)) for text in line.split(";")] for number, line in enumerate(lines, start=1)]


def outline(pieces: list[Piece]) -> list[str]:
    """Return what each piece is, with a heading's level: "heading2 ELINVOIMA"."""
    return [f"{p.kind}{p.level or ''} {p.text}" for p in pieces]


def fields(piece: Piece) -> dict[str, str]:
    """Return a piece's values by their labels."""
    return {field.label: piece.text[field.start : field.end] for field in piece.fields}


def test_a_row_has_the_labels_of_its_columns() -> None:
    row = table_pieces(cells(HEADER, "Silta;2022;EAKR"))[0]

    assert (row.kind, row.text, row.place) == ("row", "Silta\t2022\tEAKR", Place(2))
    assert {"Hanke": "Silta", "Aika": "2022", "Rahoitus": "EAKR"} == fields(row)


def test_an_empty_cell_is_no_field() -> None:
    assert {"Hanke": "Silta", "Rahoitus": "EAKR"} == fields(table_pieces(cells(HEADER, "Silta;;EAKR"))[0])


def test_links_keep_their_place_in_the_row() -> None:
    rows = [
        *cells(HEADER),
        [Cell("A", Place(2)), Cell("Silta", Place(2), links=(Link(0, 5, "https://silta.example"),))],
    ]

    row = table_pieces(rows)[0]

    assert ["Silta"] == [row.text[link.start : link.end] for link in row.links]


def test_title_rows_stand_above_the_header() -> None:
    made = table_pieces(cells("Kunnan hankkeet;;", "Tilanne 1.1.2023;;", ";;", HEADER, "Silta;2022;EAKR"))

    assert ["heading1 Kunnan hankkeet", "text Tilanne 1.1.2023", "row Silta\t2022\tEAKR"] == outline(made)


def test_lone_cells_head_groups_where_the_first_row_is_one() -> None:
    made = table_pieces(cells(HEADER, "Elinvoima;;", "Silta;2022;EAKR", "Sivistys;;", "Koulu;2023;OKM"), level=2)

    assert ["heading3 Elinvoima", "row Silta\t2022\tEAKR", "heading3 Sivistys", "row Koulu\t2023\tOKM"] == outline(made)


def test_a_project_with_nothing_but_a_name_is_a_row() -> None:
    made = table_pieces(cells(HEADER, "Silta;2022;EAKR", "Koulu;;", "Tori;2023;OKM"))

    assert ["row"] * 3 == [piece.kind for piece in made]


def test_groups_in_groups_stand_deeper() -> None:
    lines = (
        "ELINVOIMA;;",
        "Matkailu;;",
        "Silta;2022;EAKR",
        "Maaseutu;;",
        "Tie;2022;EAKR",
        "SIVISTYS;;",
        "Koulut;;",
        "K;2;E",
    )

    made = table_pieces(cells(HEADER, *lines))

    headings = [(piece.text, piece.level) for piece in made if piece.kind == "heading"]
    assert [("ELINVOIMA", 1), ("Matkailu", 2), ("Maaseutu", 2), ("SIVISTYS", 1), ("Koulut", 2)] == headings


def test_a_merged_cell_across_the_table_heads_a_group() -> None:
    group = [[Cell("Sivistys", Place(3), columns=3)]]

    made = table_pieces([*cells(HEADER, "Silta;2022;EAKR"), *group, *cells("Koulu;2023;OKM")])

    assert ["row Silta\t2022\tEAKR", "heading1 Sivistys", "row Koulu\t2023\tOKM"] == outline(made)


def test_a_cell_that_spans_rows_is_said_in_each() -> None:
    rows = [
        *cells("Toimiala;Hanke;Aika"),
        [Cell("Elinvoima", Place(2), rows=2), Cell("Silta", Place(2)), Cell("2022", Place(2))],
        [Cell("Tie", Place(3)), Cell("2023", Place(3))],
    ]

    made = table_pieces(rows)

    assert ["Elinvoima\tSilta\t2022", "Elinvoima\tTie\t2023"] == [row.text for row in made]
    assert {"Toimiala": "Elinvoima", "Hanke": "Tie", "Aika": "2023"} == fields(made[1])
    assert Place(3) == made[1].place


def test_a_header_of_two_rows_is_joined() -> None:
    upper = [
        Cell("Hanke", Place(1), rows=2),
        Cell("Toteutusaika", Place(1), columns=2),
        Cell("Käyttö", Place(1), columns=2),
    ]
    rows = [upper, *cells("alku;loppu;2022;2023", "Silta;1.1.2022;31.12.2023;10;20")]

    row = table_pieces(rows)[0]

    assert ["Hanke", "Käyttö 2022", "Käyttö 2023"] == [f.label for f in row.fields if f.label[:1] in "HK"]
    assert any("alku" in field.label for field in row.fields)


def test_a_header_of_two_rows_without_merged_cells_is_joined() -> None:
    made = table_pieces(cells("Hanke;Käyttö;;Rahoitus", ";2022;2023;", "Silta;10;20;EAKR"))

    assert {"Hanke": "Silta", "Käyttö 2022": "10", "Käyttö 2023": "20", "Rahoitus": "EAKR"} == fields(made[0])


@pytest.mark.parametrize(
    "line",
    [
        "Yhteensä;;1 000 €",
        "Elinvoima yhteensä;;1 000",
        "Summa;;3",
        "Totalt 3 projekt;;",
        "Kaikki yhteensä;;12",
        ";;1 000",
    ],
)
def test_totals_are_no_projects(line: str) -> None:
    made = table_pieces(cells("Hanke;Aika;Budjetti", "Silta;2022;400 €", "Tie;2023;600 €", line))

    assert ["row", "row", "text"] == [piece.kind for piece in made]


def test_a_project_whose_name_begins_like_a_total_is_a_project() -> None:
    made = table_pieces(cells("Project;Start;End;Budget", "Total Recall;2021;2022;1000", "Total;;;1000"))

    assert ["row", "text"] == [piece.kind for piece in made]


def test_the_header_may_be_said_again() -> None:
    made = table_pieces(cells(HEADER, "Silta;2022;EAKR", HEADER, "Tie;2023;ESR"))

    assert ["Silta\t2022\tEAKR", "Tie\t2023\tESR"] == [piece.text for piece in made]


def test_a_second_table_has_a_header_of_its_own() -> None:
    lines = (
        "Käynnissä;;",
        HEADER,
        "Silta;2022;EAKR",
        ";;",
        "Päättyneet;;",
        "Hankkeen nimi;Rahoittaja;Päättyi",
        "Tie;OKM;2020",
    )

    made = table_pieces(cells(*lines))

    assert [("Käynnissä", 1), ("Päättyneet", 1)] == [(p.text, p.level) for p in made if p.kind == "heading"]
    assert {"Hankkeen nimi": "Tie", "Rahoittaja": "OKM", "Päättyi": "2020"} == fields(made[-1])


def test_a_header_in_unknown_words_is_told_by_its_shape() -> None:
    made = table_pieces(cells("Mikä silta?;Koska tehtiin?;Paljonko maksoi?", "Silta;2022;100 €", "Tie;2023;200 €"))

    assert ["Mikä silta?", "Koska tehtiin?", "Paljonko maksoi?"] == [field.label for field in made[0].fields]


def test_a_table_without_a_header_has_empty_labels() -> None:
    made = table_pieces(cells("Silta;1.1.2022;EAKR", "Tie;2023;oma"), where="x.csv")

    assert ["row", "row"] == [piece.kind for piece in made]
    assert {""} == {field.label for piece in made for field in piece.fields}


def test_a_table_without_a_header_and_names_is_an_error() -> None:
    with pytest.raises(DocumentError) as error:
        table_pieces(cells("1;2022", "2;2023"), where="x.csv")

    assert ("document-no-header", "x.csv") == (error.value.text, error.value.where)


def test_values_that_end_as_labels_do_are_no_second_header() -> None:
    made = table_pieces(cells("Hanke;Toteuttaja;Rahoitus", "Silta;Kemin kaupunki;Oma rahoitus", "Tori;Kunta;EAKR"))

    assert ["row", "row"] == [piece.kind for piece in made]


def test_what_stands_below_an_empty_name_says_more_of_the_project_above() -> None:
    made = table_pieces(cells("Hanke;Aika;Kumppanit;Budjetti", "Silta;2022;THL;100 €", ";;Kela;", "Tie;2023;VTT;200 €"))

    assert ["Silta\t2022\tTHL\t100 €\tKela", "Tie\t2023\tVTT\t200 €"] == [piece.text for piece in made]


def test_notes_below_are_text() -> None:
    made = table_pieces(cells(HEADER, "Silta;2022;EAKR", "* arvio;;", "Lähde: EURA;;"))

    assert ["row", "text", "text"] == [piece.kind for piece in made]


def test_labels_on_the_left_make_texts_of_one_project() -> None:
    made = table_pieces(cells("Kesto;1.1.2022–31.12.2023", "Rahoittaja;OKM", "Erityistä:;ei mitään"))

    assert ["Kesto: 1.1.2022–31.12.2023", "Rahoittaja: OKM", "Erityistä: ei mitään"] == [p.text for p in made]
    assert {"Kesto": "1.1.2022–31.12.2023"} == fields(made[0])


def test_projects_side_by_side_are_turned() -> None:
    made = table_pieces(cells("Hanke;Silta;Tie", "Aika;2022;2023", "Rahoitus;EAKR;ESR"))

    assert [
        {"Hanke": "Silta", "Aika": "2022", "Rahoitus": "EAKR"},
        {"Hanke": "Tie", "Aika": "2023", "Rahoitus": "ESR"},
    ] == [fields(row) for row in made]


def test_a_single_column_of_dated_lines_is_a_list() -> None:
    made = table_pieces(cells("Hankkeet", "Silta 2022", "Tie 2023", "Tori 2021–2024"))

    assert ["text", "item", "item", "item"] == [piece.kind for piece in made]


def test_enormous_spans_are_cut() -> None:
    rows = [[Cell("Hanke", Place(1), columns=999_999_999), Cell("Aika", Place(1))], *cells("Silta;2022")]

    assert table_pieces(rows)
