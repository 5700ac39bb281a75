"""The record of changes: what is recorded can be replayed, and mistakes in the file are told with their line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod import texts
from hanke_lod.errors import ConfigError
from hanke_lod.identity import Change, Ledger, Row, fingerprint, history, tell
from hanke_lod.model import Kind
from hanke_lod.texts import LANGUAGES

SILTA: tuple[Kind, str] = ("project", "silta")
ROW = Row("project", "silta", "silta", "Silta", "2024-01-01", "2024-03-01")
HEADER = "publication,date,kind,slug,change,property,before,after\n"

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=12)
SNAPSHOTS = st.dictionaries(st.sampled_from(["title fi", "period", "sector", "funding"]), TEXTS, max_size=4)
PLACES: st.SearchStrategy[tuple[Kind, str]] = st.tuples(
    st.sampled_from(["project", "sector"]),
    st.sampled_from(["a", "b"]),  # type: ignore[arg-type]  # two kinds
)


def of(*rows: Row) -> Ledger:
    """Return the ledger of the rows."""
    return {(row.kind, row.slug): row for row in rows}


LISTED = of(ROW)
GONE = of(replace(ROW, state="gone 2024-05-01", changed="2024-05-01"))


def test_what_was_added_is_recorded_property_by_property() -> None:
    made = history.record([], LISTED, {SILTA: {"title fi": "Silta", "period": "2021/2022"}})

    assert [
        Change(1, "2024-03-01", "project", "silta", "added", "period", "", "2021/2022"),
        Change(1, "2024-03-01", "project", "silta", "added", "title fi", "", "Silta"),
    ] == made


def test_what_changed_is_recorded_with_before_and_after_and_nothing_else_is() -> None:
    past = history.record([], LISTED, {SILTA: {"title fi": "Silta", "period": "2021/2022"}})

    made = history.record(past, LISTED, {SILTA: {"title fi": "Silta", "sector": "kadut"}})

    assert past == made[:2]
    assert [("period", "2021/2022", ""), ("sector", "", "kadut")] == [(c.property, c.before, c.after) for c in made[2:]]
    assert {2} == {change.publication for change in made[2:]}


PAST = history.record([], LISTED, {SILTA: {"title fi": "Silta"}})


def test_what_the_record_says_already_is_not_recorded_again() -> None:
    assert history.record(PAST, LISTED, {SILTA: {"title fi": "Silta"}}) == PAST


def test_what_was_removed_is_one_line_and_is_removed_once() -> None:
    made = history.record(PAST, GONE, {})

    assert Change(2, "2024-05-01", "project", "silta", "removed") == made[-1]
    assert history.record(made, GONE, {}) == made


def test_what_was_merged_says_into_what() -> None:
    merged = of(replace(ROW, state="merged tie", changed="2024-05-01"), Row("project", "tie", "tie", "Tie"))

    made = history.record(PAST, merged, {})

    assert [Change(2, "2024-05-01", "project", "silta", "merged", after="tie")] == made[len(PAST) :]
    assert history.record(made, merged, {}) == made


def test_what_comes_back_unchanged_is_one_line() -> None:
    made = history.record(history.record(PAST, GONE, {}), LISTED, {SILTA: {"title fi": "Silta"}})

    assert Change(3, "2024-03-01", "project", "silta", "restored") == made[-1]


def test_a_number_is_not_below_the_least_that_is_asked_for() -> None:
    assert 7 == history.record(PAST, GONE, {}, 7)[-1].publication


def test_the_last_day_on_which_a_thing_was_published_is_that_of_the_publication_before() -> None:
    other = replace(ROW, slug="tie", changed="2024-04-01")
    second = history.record(PAST, LISTED | of(other), {SILTA: {"title fi": "Silta"}})

    assert {SILTA: "2024-04-01"} == history.last_listed(history.record(second, GONE | of(other), {}))


@given(st.lists(st.dictionaries(PLACES, SNAPSHOTS, max_size=4), max_size=5))
def test_replaying_the_record_gives_what_was_recorded_last(
    builds: list[dict[tuple[Kind, str], dict[str, str]]],
) -> None:
    record: list[Change] = []
    last: dict[tuple[Kind, str], dict[str, str]] = {}
    for snapshots in builds:
        last |= snapshots
        listed = [Row(*place, "k", "t", "2024-01-01", "2024-01-01") for place in snapshots]
        gone = [Row(*place, "k", "t", "2024-01-01", "2024-01-01", state="gone 2024-01-01")
                for place in last if place not in snapshots]  # fmt: skip
        record = history.record(record, of(*listed, *gone), snapshots)

    assert last == history.replay(record)


# ── between two publications ────────────────────────────────────────────────────────────────────────────────

STEPS = (
    {SILTA: {"title fi": "Silta", "period": "2021/2022"}},
    {SILTA: {"title fi": "Silta", "period": "2021/2023"}, ("project", "tie"): {"title fi": "Tie"}},
    {("project", "tie"): {"title fi": "Tie"}},
    {SILTA: {"title fi": "Silta", "period": "2021/2022"}, ("project", "tie"): {"title fi": "Tie"}},
)


@pytest.fixture(scope="module")
def years() -> list[Change]:
    """The record of four publications."""
    made: list[Change] = []
    for step in STEPS:
        rows = [Row(*place, "k", "t", "2024-01-01", "2024-01-01",
                    state="current" if place in step else "gone 2024-01-01")
                for place in (SILTA, ("project", "tie")) if place in step or place in history.replay(made)]  # fmt: skip
        made = history.record(made, of(*rows), step)  # type: ignore[arg-type]  # places of the two above
    return made


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (1, 1, []),
        (1, 2, [("silta", "changed", "period"), ("tie", "added", "")]),
        (2, 1, [("silta", "changed", "period"), ("tie", "removed", "")]),
        (2, 3, [("silta", "removed", "")]),
        (3, 4, [("silta", "restored", "")]),
        (1, 4, [("tie", "added", "")]),
        (0, 1, [("silta", "added", "")]),
    ],
)
def test_between_two_publications_only_what_is_otherwise_in_the_end_is_told(
    years: list[Change], first: int, last: int, told: list[tuple[str, str, str]]
) -> None:
    assert told == [(c.slug, c.change, c.property) for c in history.between(years, first, last)]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fi", ["~ Hanke Silta: aika jatkui 2023 saakka", "+ Hanke Tie: uusi"]),
        ("sv", ["~ Projekt Silta: tiden förlängdes till 2023", "+ Projekt Tie: ny"]),
        ("en", ["~ Project Silta: period prolonged to 2023", "+ Project Tie: new"]),
    ],
)
def test_what_changed_is_told_in_words(years: list[Change], language: str, lines: list[str]) -> None:
    assert lines == list(tell(history.between(years, 1, 2), history.replay(years), language))


@given(
    st.lists(
        st.builds(
            Change,
            st.integers(1, 99),
            st.just("2024-03-01"),
            st.sampled_from(["project", "sector"]),
            TEXTS,
            st.sampled_from(["added", "changed", "removed"]),
            TEXTS,
            TEXTS,
            TEXTS,
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read_back(tmp_path: Path, changes: list[Change]) -> None:
    path = tmp_path / "changes.csv"
    path.write_text(history.write(changes), encoding="utf-8")

    assert changes == history.load(path)


def test_a_missing_file_is_an_empty_record(tmp_path: Path) -> None:
    assert [] == history.load(tmp_path / "changes.csv")


@pytest.mark.parametrize(
    ("text", "line", "identifier"),
    [
        ("a,b\n", 1, "ledger-columns"),
        (HEADER + "1,2024-03-01,project\n", 2, "ledger-row"),
        (HEADER + "1,2024-03-01,project,a,added,,,\nx,2024-03-01,project,a,added,,,\n", 3, "ledger-row"),
        (HEADER + "1,2024-03-01,project,a,added,,,\n<<<<<<< HEAD\n", 3, "ledger-conflict"),
    ],
    ids=["columns", "too-few-cells", "no-number", "conflict"],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, identifier: str) -> None:
    path = tmp_path / "changes.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        history.load(path)

    assert (identifier, f"{path}:{line}") == (caught.value.text, caught.value.where)
    assert all(texts.say(caught.value.text, language, **caught.value.facts) for language in LANGUAGES)


@pytest.mark.parametrize(
    "row",
    [
        "1,2024-03-01,hanke,a,added,,,",
        "²,2024-03-01,project,a,added,,,",
        "1,eilen,project,a,added,,,",
        "1,2024-03-01,project,a,added,period,," + "x" * 140_000,
    ],
    ids=["unknown-kind", "raised-two", "no-day", "huge-cell"],
)
def test_a_row_that_cannot_be_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "changes.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        history.load(path)

    assert f"{path}:2" == caught.value.where


def test_an_empty_last_line_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "changes.csv"
    path.write_text(HEADER + "1,2024-03-01,project,a,added,,,\n\n", encoding="utf-8")

    assert 1 == len(history.load(path))


@given(SNAPSHOTS, SNAPSHOTS)
def test_fingerprints_are_equal_for_equal_snapshots_only(one: dict[str, str], other: dict[str, str]) -> None:
    assert (one == other) is (fingerprint(one) == fingerprint(other))
    assert fingerprint(one) == fingerprint(dict(reversed(one.items())))
