"""Dates: their parts at the precision written, and the tokens that they make with the words around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.interpreting import dates
from hanke_lod.interpreting.dates import Atom, atoms, even, settled
from hanke_lod.interpreting.tokens import Vocabulary


def parts(text: str) -> list[tuple[int | None, int | None, int | None]]:
    """Return year, month and day of each date in a text."""
    return [(atom.year, atom.month, atom.day) for atom in atoms(even(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2.2022", [(2022, 2, 1)]),
        ("01.02.22", [(2022, 2, 1)]),
        ("1. 2. 2022", [(2022, 2, 1)]),
        ("2022-02-01", [(2022, 2, 1)]),
        ("1/2/2022", [(2022, 2, 1)]),
        ("2/13/2022", [(2022, 2, 13)]),
        ("2/2022", [(2022, 2, None)]),
        ("2.2022", [(2022, 2, None)]),
        ("2022-02", [(2022, 2, None)]),
        ("2022-23", [(2022, None, None), (2023, None, None)]),
        ("1.2.–", [(None, 2, 1)]),
        ("1.–15.2.2022", [(None, None, 1), (2022, 2, 15)]),
        ("1–3/2022", [(None, 1, None), (2022, 3, None)]),
        ("helmikuu 2022", [(2022, 2, None)]),
        ("HELMIKUUSSA 2022", [(2022, 2, None)]),
        ("1. helmikuuta 2022", [(2022, 2, 1)]),
        ("den 1 februari 2022", [(2022, 2, 1)]),
        ("Feb 1st, 2022", [(2022, 2, 1)]),
        ("syksy 2022", [(2022, None, None)]),
        ("2022", [(2022, None, None)]),
        ("1.2.1975", [(1975, 2, 1)]),
        ("1975", []),
        ("2075", []),
        ("12022", []),
        ("Kunta Helmi 2022", [(2022, None, None)]),
        ("kerhot 4 tammikuu 2022", [(2022, 1, None)]),
        ("35 200,50", []),
        ("192.168.1.2022", []),
    ],
)
def test_a_date_has_the_parts_that_are_written(
    text: str, expected: list[tuple[int | None, int | None, int | None]]
) -> None:
    assert expected == parts(text)


@pytest.mark.parametrize(
    ("text", "impossible"),
    [("31.2.2022", True), ("29.2.2023", True), ("29.2.2024", False), ("1.13.2022", True), ("0.1.2022", True),
     ("1.1.20222", True), ("13/2022", True), ("29.2.–", False)],
)  # fmt: skip
def test_a_date_that_no_calendar_has_is_impossible(text: str, impossible: bool) -> None:
    (atom,) = atoms(even(text))

    assert impossible == atom.impossible


@pytest.mark.parametrize(
    ("text", "direction"),
    [("tammikuusta 2022", "from"), ("tammikuuhun 2022", "to"), ("keväästä 2022", "from"), ("kevään 2022", ""),
     ("syksyyn 2022", "to"), ("tammikuun 2022", "")],
)  # fmt: skip
def test_an_ending_tells_the_direction(text: str, direction: str) -> None:
    (atom,) = atoms(even(text))

    assert direction == atom.direction


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2022", "2022-01-01", "2022-12-31"), ("2/2024", "2024-02-01", "2024-02-29"), ("1.2.2022", "2022-02-01",
     "2022-02-01"), ("syksy 2022", "2022", "2022")],
)  # fmt: skip
def test_the_edges_of_a_date_are_days_and_those_of_a_season_unknown(text: str, first: str, last: str) -> None:
    (atom,) = atoms(even(text))

    assert (first, last) == (str(atom.dated("first")), str(atom.dated("last")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.3.–31.8.2022", ("2022-03-01", "2022-08-31", "")),
        ("1.10.–31.3.2023", ("2022-10-01", "2023-03-31", "period-year-assumed")),
        ("1.3.2022–31.8.", ("2022-03-01", "2022-08-31", "period-end-year-assumed")),
        ("1.10.2022–31.3.", ("2022-10-01", "2023-03-31", "period-end-year-assumed")),
        ("syksy–kevät 2023", ("2022", "2023", "period-year-assumed")),
        ("kevät–syksy 2023", ("2023", "2023", "")),
    ],
)
def test_a_missing_year_is_the_others_or_next_to_it(text: str, expected: tuple[str, str, str]) -> None:
    first, last = atoms(even(text))

    opening, closing, assumed = settled(first, last)

    assert expected == (str(opening.dated()), str(closing.dated()), assumed)


def test_two_dates_without_a_year_stay_without() -> None:
    opening, closing, assumed = settled(Atom(0, 4, "day.month", None, 1, 1), Atom(5, 11, "day.month", None, 12, 31))

    assert (None, None, "") == (opening.dated(), closing.dated(), assumed)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("alkaen 1.1.2022", "sD"),
        ("till  och\nmed 2022", "uY"),
        ("päättynyt, päättyvä", "e,e"),
        ("EU-rahastopäätös", "WhW"),
        ("rahasto 2022", "gY"),
        ("1.1.2022–31.12.2022", "D-D"),
        ("1.1.2022 – 31.12.2022", "D-D"),
        ("2022– X", "Y=W"),
        ("X –2022", "W<Y"),
        ("2022 -hanke", "YhW"),
        ("1.2. kevät", "dW"),
        ("t.o.m. 2022", "uY"),
        ("Se päättyi. Toinen 2022.", "We.WY."),
        ("A\n\nB\tC", "W;W;W"),
        ("12 [x]", "o(W)"),
    ],
)
def test_a_text_is_a_row_of_kinds(text: str, kinds: str) -> None:
    vocabulary = Vocabulary({"s": "alkaen", "u": "till_och_med t.o.m", "e": "päätty*", "g": "*rahasto"})

    assert kinds == "".join(token.kind for token in vocabulary.tokens(text))


@given(st.text(max_size=60))
def test_an_even_text_keeps_its_places(text: str) -> None:
    assert len(text) == len(even(text))
    assert all(0 <= atom.start < atom.end <= len(text) for atom in atoms(even(text)))


_BITS = """
2022 1.1. 31.12.2023 - / tammikuu q1 kevät loppusyksy den 1 _ x , talvella årsskiftet mid 2021-01-31 o (
höstterminen jan. vuodenvaihde
"""


@given(st.lists(st.sampled_from([" ", "\n", *_BITS.split(), *dates._MONTHS]), max_size=12).map("".join))
def test_no_date_is_missed_by_what_is_asked_first(text: str) -> None:
    starts = {match.start() for match in dates._writings()[0].finditer(text)}

    assert starts <= {match.start() for match in dates._beginning().finditer(text)}
