"""CSV and TSV: delimiter, quoting, encoding, lines."""

from __future__ import annotations

import pytest

from hanke_lod.errors import DocumentError
from hanke_lod.model import Place
from hanke_lod.reading.delimited import pieces

ROWS = (("Hanke", "Aika", "Rahoitus"), ("Silta, uusi", "2022", "EAKR"), ("Tie", "1.1.2023–", "ESR"))


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_and_encoding_are_found_out(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS)

    made = pieces(text.encode(encoding), "x.csv")

    assert ["Silta, uusi\t2022\tEAKR", "Tie\t1.1.2023–\tESR"] == [row.text for row in made]


def test_a_first_line_that_tells_the_delimiter_is_obeyed() -> None:
    made = pieces(b"sep=,\r\nHanke,Aika\r\nSilta;Tie,2022\r\n", "x.csv")

    assert [("Silta;Tie\t2022", Place(3))] == [(row.text, row.place) for row in made]


def test_a_place_is_the_line_on_which_a_row_begins() -> None:
    made = pieces('Hanke;Kuvaus;Aika\nSilta;"kaksi\nriviä";2022\nTie;yksi;2023\n'.encode(), "x.csv")

    assert [Place(2), Place(4)] == [row.place for row in made]
    assert "Silta\tkaksi\nriviä\t2022" == made[0].text


def test_commas_in_prose_are_no_delimiter() -> None:
    made = pieces(b"Hanke;Kumppanit\nSilta;A, B, C\nTie;D, E, F\n", "x.csv")

    assert ["Silta\tA, B, C", "Tie\tD, E, F"] == [row.text for row in made]


def test_a_quote_never_closed_names_its_line() -> None:
    with pytest.raises(DocumentError) as error:
        pieces(b'Hanke;Aika\nSilta;2022\n"Tie;2023\nTori;2024\n', "x.csv")

    assert ("document-open-quote", "x.csv:3") == (error.value.text, error.value.where)


def test_quotation_marks_within_a_text_are_kept() -> None:
    made = pieces(b'Hanke;Aika\n"Silta" ry:n tie;2022\nTori;2023\n', "x.csv")

    assert '"Silta" ry:n tie\t2022' == made[0].text


def test_binary_data_are_an_error() -> None:
    with pytest.raises(DocumentError) as error:
        pieces(bytes(range(256)), "x.csv")

    assert "document-binary" == error.value.text
