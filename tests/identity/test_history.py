"""The record of changes: what is recorded can be replayed, and mistakes in the file are told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod import texts
from hanke_lod.errors import ConfigError
from hanke_lod.identity import Change, Row, fingerprint, history
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


def test_what_was_added_is_recorded_property_by_property() -> None:
    made = history.record([], [("added", ROW)], {SILTA: {"title fi": "Silta", "period": "2021/2022"}})

    assert [
        Change(1, "2024-03-01", "project", "silta", "added", "period", "", "2021/2022"),
        Change(1, "2024-03-01", "project", "silta", "added", "title fi", "", "Silta"),
    ] == made


def test_what_changed_is_recorded_with_before_and_after_and_nothing_else_is() -> None:
    past = history.record([], [("added", ROW)], {SILTA: {"title fi": "Silta", "period": "2021/2022"}})

    made = history.record(past, [("changed", ROW)], {SILTA: {"title fi": "Silta", "sector": "kadut"}})

    assert past == made[:2]
    assert [("period", "2021/2022", ""), ("sector", "", "kadut")] == [(c.property, c.before, c.after) for c in made[2:]]
    assert {2} == {change.publication for change in made[2:]}


def test_what_was_removed_is_one_line() -> None:
    past = history.record([], [("added", ROW)], {SILTA: {"title fi": "Silta"}})

    assert Change(2, "2024-03-01", "project", "silta", "removed") == history.record(past, [("removed", ROW)], {})[-1]


def test_what_comes_back_unchanged_is_one_line() -> None:
    past = history.record([], [("added", ROW)], {SILTA: {"title fi": "Silta"}})

    made = history.record(past, [("restored", ROW)], {SILTA: {"title fi": "Silta"}})

    assert Change(2, "2024-03-01", "project", "silta", "restored") == made[-1]


@given(st.lists(st.dictionaries(PLACES, SNAPSHOTS, max_size=4), max_size=5))
def test_replaying_the_record_gives_what_was_recorded_last(
    builds: list[dict[tuple[Kind, str], dict[str, str]]],
) -> None:
    record: list[Change] = []
    last: dict[tuple[Kind, str], dict[str, str]] = {}
    for snapshots in builds:
        events = [("changed", Row(*place, "k", "t", changed="2024-01-01")) for place in sorted(snapshots)]
        record = history.record(record, events, snapshots)
        last |= snapshots

    assert last == history.replay(record)


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
