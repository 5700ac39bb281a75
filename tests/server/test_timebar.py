"""The time bar's geometry: true to the day, soft where the day is not known."""

from __future__ import annotations

from datetime import date

import pytest

from hanke_lod_server.pages.timebar import Bar, Part, Scale, bar

FOUR = Scale(2020, 2023)
TODAY = date(2022, 1, 1)


def parts(start: str, end: str, scale: Scale = FOUR) -> list[tuple[float, float, str]]:
    return [(round(p.x), round(p.x + p.width), p.fade) for p in bar(scale, [(start, end)], TODAY).parts]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-01-01", "2023-12-31", [(0, 100, "")]),
        ("2021-01-01", "2021-12-31", [(25, 50, "")]),
        ("2021-01-01", "2022", [(25, 50, ""), (50, 75, "out")]),
        ("2020", "2022-12-31", [(0, 25, "in"), (25, 75, "")]),
        ("2020", "2023", [(0, 25, "in"), (25, 75, ""), (75, 100, "out")]),
        ("2022", "2022", [(50, 62, "in"), (62, 75, "out")]),
        ("2021", "2021-12-31", [(25, 50, "in")]),
        ("2021-01-01", "2021", [(25, 50, "out")]),
        ("2022-01-01", "", [(50, 100, "out")]),
        ("2021", "", [(25, 50, "in"), (50, 100, "out")]),
        ("", "2021-12-31", [(0, 50, "in")]),
        ("2020-12", "2021-12", [(23, 25, "in"), (25, 48, ""), (48, 50, "out")]),
        ("2010-01-01", "2030-12-31", [(0, 100, "")]),
        ("", "", []),
        ("2022-02-31", "2023-99-99", []),
        ("0000", "99999", []),
        ("nonsense", "", []),
    ],
)
def test_a_period_is_drawn_as_it_is_known(start: str, end: str, expected: list[tuple[float, float, str]]) -> None:
    assert expected == parts(start, end)


def test_the_shortest_project_is_still_seen() -> None:
    for day in ("2020-01-01", "2021-06-15", "2023-12-31"):
        (only,) = bar(FOUR, [(day, day)], TODAY).parts
        assert only.width >= 0.6
        assert only.x + only.width <= 100.01


def test_an_end_before_the_start_does_no_harm() -> None:
    assert all(part.width > 0 for part in bar(FOUR, [("2022-05-01", "2021-01-01")], TODAY).parts)


def test_several_periods_are_several_pieces() -> None:
    drawn = bar(FOUR, [("2020-01-01", "2020-12-31"), ("2022-01-01", "2022-12-31")], TODAY)

    assert [(round(p.x), round(p.x + p.width)) for p in drawn.parts] == [(0, 25), (50, 75)]


def test_today_stands_on_the_track_only() -> None:
    assert bar(FOUR, [], TODAY) == Bar((), 50.03)
    assert bar(FOUR, [], date(2019, 12, 31)).today is None
    assert bar(FOUR, [], date(2024, 1, 1)).today is None


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (2020, 2023, [2020, 2021, 2022, 2023]),
        (2022, 2022, [2022]),
        (1995, 2023, [1995, 2000, 2005, 2010, 2015, 2020]),
        (2001, 2020, [2002, 2004, 2006, 2008, 2010, 2012, 2014, 2016, 2018, 2020]),
    ],
)
def test_as_many_years_are_written_as_have_room(first: int, last: int, written: list[int]) -> None:
    assert written == [year.year for year in Scale(first, last).years()]


@pytest.mark.parametrize(("first", "last"), [(1, 9999), (1900, 2100), (2020, 2020)])
def test_any_range_of_years_has_few_labels(first: int, last: int) -> None:
    assert 1 <= len(Scale(first, last).years()) <= 13


def test_a_part_is_a_plain_value() -> None:
    assert Part(1, 2) == Part(1, 2, "")
