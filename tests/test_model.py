"""The values' own arithmetic: dates at their precision, places, hashes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.model import (
    SPAN_KINDS,
    Block,
    Document,
    Entry,
    Organisation,
    PartialDate,
    Place,
    Project,
    Remark,
    Understanding,
    short_hash,
)

ENTRY = Entry("Silta", Place(3))


@pytest.mark.parametrize(
    ("value", "text", "datatype", "first", "last"),
    [
        (PartialDate(2022), "2022", "gYear", date(2022, 1, 1), date(2022, 12, 31)),
        (PartialDate(2019, 12), "2019-12", "gYearMonth", date(2019, 12, 1), date(2019, 12, 31)),
        (PartialDate(2024, 2), "2024-02", "gYearMonth", date(2024, 2, 1), date(2024, 2, 29)),
        (PartialDate(2023, 2), "2023-02", "gYearMonth", date(2023, 2, 1), date(2023, 2, 28)),
        (PartialDate(2022, 1, 31), "2022-01-31", "date", date(2022, 1, 31), date(2022, 1, 31)),
        (PartialDate(987), "0987", "gYear", date(987, 1, 1), date(987, 12, 31)),
    ],
    ids=["year", "month", "leap-february", "february", "day", "four-digits"],
)
def test_a_date_keeps_its_precision(value: PartialDate, text: str, datatype: str, first: date, last: date) -> None:
    assert (text, datatype, first, last) == (str(value), value.datatype, value.first_day, value.last_day)


@given(st.dates())
def test_a_day_is_its_own_first_and_last_day(day: date) -> None:
    value = PartialDate(day.year, day.month, day.day)

    assert (day.isoformat(), day, day) == (str(value), value.first_day, value.last_day)


@pytest.mark.parametrize(
    ("place", "locator"),
    [(Place(line=7), ""), (Place(page=3), "page 3"), (Place(cell="Hankkeet!A7"), "Hankkeet!A7"), (Place(), "")],
    ids=["line", "page", "cell", "none"],
)
def test_a_place_without_lines_is_told_by_page_or_cell(place: Place, locator: str) -> None:
    assert locator == place.locator


def test_a_document_s_entries_are_those_of_its_blocks_in_order() -> None:
    other = Entry("Tie", Place(4))
    blocks = (
        Block("heading", "Tekninen", Place(1), 1),
        Block("entry", "Silta", Place(3), entry=ENTRY),
        Block("text", "huom.", Place(5)),
        Block("entry", "Tie", Place(4), entry=other),
    )

    assert (ENTRY, other) == Document("a.txt", "text/plain", "", "fi", blocks).entries


def test_remarks_of_the_document_come_before_those_of_its_projects() -> None:
    whole, part = Remark("title-missing", Place(1)), Remark("period-impossible", Place(3))
    document = Document("a.txt", "text/plain", "", "fi", (), (whole,))
    project = Project(ENTRY, (), "fi", "Silta", remarks=(part,))

    assert (whole, part) == Understanding(document, (project,)).remarks


def test_organisations_of_one_key_and_name_are_one_in_a_set() -> None:
    assert 1 == len({Organisation("kemi", {"fi": "Kemi"}), Organisation("kemi", {"fi": "Kemi"})})


def test_a_short_hash_is_the_beginning_of_sha256_and_takes_any_text() -> None:
    assert "e3b0c442" == short_hash("")
    assert "ba7816bf8f01" == short_hash("abc", 12)
    assert 8 == len(short_hash("\ud800"))


def test_span_kinds_are_those_of_the_promise_nothing_lost() -> None:
    assert {
        "title", "description", "period", "role", "organisation", "funding", "money", "separator", "other",
        "sector", "status", "label", "link",
    } == set(SPAN_KINDS)  # fmt: skip
