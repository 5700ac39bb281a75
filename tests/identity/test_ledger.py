"""The ledger: a slug once given stays with its key for ever, and mistakes in the file are told with their line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hanke_lod import texts
from hanke_lod.errors import ConfigError
from hanke_lod.identity import Ledger, Row, ledger, settle
from hanke_lod.identity.ledger import slugs_by_key, stays
from hanke_lod.model import Kind, Thing
from hanke_lod.texts import LANGUAGES

HEADER = "kind,slug,key,title,first,changed,fingerprint,state\n"
DAY = date(2024, 3, 1)
ROW = Row("project", "silta", "silta", "Silta", "2024-01-01", "2024-01-01", "f1")
PLACE = ("project", "silta")

SLUGS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=12)
DATES = st.dates().map(date.isoformat)
ROWS = st.builds(
    Row,
    kind=st.sampled_from(get_args(Kind)),
    slug=SLUGS,
    key=CELLS,
    title=CELLS,
    first=DATES,
    changed=DATES,
    fingerprint=st.text(alphabet="0123456789abcdef", max_size=16),
    state=st.one_of(st.just("current"), DATES.map("gone {}".format)),
)


def refusal(text: str) -> ConfigError:
    """Return the error that a ledger is refused with; it can be said in every language."""
    with pytest.raises(ConfigError) as caught:
        ledger.parse(text, "identifiers.csv")
    assert all(texts.say(caught.value.text, language, **caught.value.facts) for language in LANGUAGES)
    return caught.value


def of(*rows: Row) -> Ledger:
    """Return the ledger of the rows."""
    return {(row.kind, row.slug): row for row in rows}


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(ROWS, max_size=6, unique_by=(lambda r: (r.kind, r.slug), lambda r: (r.kind, r.key))))
def test_what_is_written_is_read_back(rows: list[Row]) -> None:
    held = of(*rows)

    assert held == ledger.parse(ledger.write(held), "identifiers.csv")


def test_a_merged_row_is_read_back() -> None:
    held = of(ROW, Row("project", "tie", "tie", "Tie", "2024-01-01", "2024-02-01", "f2", "merged silta"))

    assert held == ledger.parse(ledger.write(held), "identifiers.csv")


def test_it_is_sorted_by_kind_and_slug_so_that_two_people_s_changes_merge() -> None:
    rows = [Row("sector", "a", "a", "A"), Row("project", "b", "b", "B"), Row("project", "a", "a", "A")]
    lines = ledger.write(of(*rows)).splitlines()

    assert ["kind,slug", "project,a", "project,b", "sector,a"] == [",".join(line.split(",")[:2]) for line in lines]


def test_a_missing_file_is_an_empty_ledger(tmp_path: Path) -> None:
    assert {} == ledger.load(tmp_path / "identifiers.csv")


def test_a_file_is_read_with_its_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "identifiers.csv"
    path.write_bytes(b"\xef\xbb\xbf" + ledger.write(of(ROW)).replace("\n", "\r\n").encode())

    assert of(ROW) == ledger.load(path)


@pytest.mark.parametrize(
    ("text", "line", "identifier"),
    [
        (HEADER.replace("key,", "") + "project,silta,Silta,,,,current\n", 1, "ledger-columns"),
        ("kind;slug;key;title;first;changed;fingerprint;state\n", 1, "ledger-columns"),
        (HEADER + "project,silta,silta\n", 2, "ledger-row"),
        (HEADER + "hanke,silta,silta,Silta,,,,current\n", 2, "ledger-row"),
        (HEADER + "project,,silta,Silta,,,,current\n", 2, "ledger-row"),
        (HEADER + "project,silta,,Silta,,,,current\n", 2, "ledger-row"),
        (HEADER + "project,silta,silta,Silta,,,,poistettu\n", 2, "ledger-state"),
        (HEADER + "project,silta,silta,Silta,,,,gone\n", 2, "ledger-state"),
        (HEADER + "project,silta,silta,Silta,,,,merged \n", 2, "ledger-state"),
        (HEADER + "project,silta,a,A,,,,current\n\nproject,silta,b,B,,,,current\n", 4, "ledger-duplicate"),
        (HEADER + "project,a,silta,A,,,,current\nproject,b,silta,B,,,,current\n", 3, "ledger-duplicate-key"),
        (HEADER + "<<<<<<< HEAD\nproject,a,a,A,,,,current\n=======\n>>>>>>> b\n", 2, "ledger-conflict"),
        (HEADER + "project,a,a,A,,,,current\n=======\n", 3, "ledger-conflict"),
        (HEADER + 'project,a,a,"A\nA",,,,current\nproject,b,b,B,,,,x\n', 4, "ledger-state"),
    ],
    ids=[
        "column", "semicolons", "too-few-cells", "unknown-kind", "no-slug", "no-key", "unknown-state",
        "gone-without-day", "merged-into-nothing", "slug-twice", "key-twice", "conflict", "conflict-middle",
        "after-a-broken-line",
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(text: str, line: int, identifier: str) -> None:
    error = refusal(text)

    assert (identifier, f"identifiers.csv:{line}") == (error.text, error.where)


@pytest.mark.parametrize(
    "row",
    [
        "project,silta,silta,Silta,,,,current,lisää",
        "project,silta,silta,Silta,eilen,,,current",
        "project,silta,silta,Silta,,,,gone eilen",
        "project,silta,silta,Silta,,,,merged silta",
        "project,silta,silta,Silta,,,,merged vieras",
        "project,a b,silta,Silta,,,,current",
        "project,silta,silta," + "x" * 140_000 + ",,,,current",
    ],
    ids=[
        "too-many-cells",
        "no-day",
        "gone-on-no-day",
        "merged-into-itself",
        "merged-into-a-stranger",
        "slug-with-a-space",
        "huge-cell",
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_line(row: str) -> None:
    text = HEADER + "project,tie,tie,Tie,,,,current\n" + row + "\n"

    assert "identifiers.csv:3" == refusal(text).where


def test_a_key_that_stands_twice_names_the_line_of_the_first() -> None:
    text = HEADER + "project,a,silta,A,,,,current\nproject,c,c,C,,,,current\nproject,b,silta,B,,,,current\n"

    assert ("silta", 2) == (refusal(text).facts["key"], refusal(text).facts["line"])


@pytest.mark.parametrize("order", ["gone-first", "current-first"])
def test_a_key_of_a_gone_thing_and_of_a_listed_one_are_treated_alike_in_any_order(order: str) -> None:
    gone, listed = "gone 2024-01-01", "current"
    first, second = (gone, listed) if order == "gone-first" else (listed, gone)

    text = HEADER + f"project,a,silta,A,,,,{first}\nproject,b,silta,B,,,,{second}\n"

    assert "ledger-duplicate-key" == refusal(text).text


def test_columns_may_stand_in_another_order() -> None:
    text = "slug,kind,key,title,state,first,changed,fingerprint\nsilta,project,silta,Silta,current,,,\n"

    assert Row("project", "silta", "silta", "Silta") == ledger.parse(text, "x")["project", "silta"]


@pytest.mark.parametrize("content", [b"\xff\xfe", None], ids=["no-utf-8", "folder"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "identifiers.csv"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)

    with pytest.raises(ConfigError) as caught:
        ledger.load(path)

    assert ("file-unreadable", str(path)) == (caught.value.text, caught.value.where)


@pytest.mark.parametrize(
    ("state", "current", "gone", "merged"),
    [("current", True, "", ""), ("gone 2024-01-01", False, "2024-01-01", ""), ("merged tie", False, "", "tie")],
)
def test_a_row_says_whether_it_is_current_gone_or_merged(state: str, current: bool, gone: str, merged: str) -> None:
    row = Row("project", "a", "a", "A", state=state)

    assert (current, gone, merged) == (row.is_current, row.gone_since, row.merged_into)


# ── minting ─────────────────────────────────────────────────────────────────────────────────────────────────


def minted(held: Ledger, *things: Thing) -> list[str]:
    """Return the slugs of things, which the ledger has rows for."""
    slugs = slugs_by_key(ledger.mint(held, things))
    return [slugs[thing.kind, thing.key] for thing in things]


def test_a_new_thing_gets_the_slug_of_its_title() -> None:
    grown = ledger.mint({}, [Thing("project", "uusi silta", "Uusi silta")])

    assert {("project", "uusi-silta"): Row("project", "uusi-silta", "uusi silta", "Uusi silta")} == grown


def test_a_thing_keeps_its_slug_when_its_title_is_written_otherwise() -> None:
    assert ["silta"] == minted(of(ROW), Thing("project", "silta", "SILTA"))


def test_a_slug_is_never_given_twice_not_even_a_gone_or_merged_one() -> None:
    held = of(Row("project", "a", "x", "A", state="gone 2024-01-01"), Row("project", "a-2", "y", "A", state="merged a"))

    assert ["a-3", "a-4", "a"] == minted(
        held, Thing("project", "z", "A"), Thing("project", "w", "A"), Thing("sector", "z", "A")
    )


def test_a_thing_that_comes_back_has_its_old_slug() -> None:
    assert ["a"] == minted(of(Row("project", "a", "x", "A", state="gone 2024-01-01")), Thing("project", "x", "A"))


MERGED = Row("project", "a", "x", "A", "2024-01-01", state="merged b")
KEPT = Row("project", "b", "y", "B", "2024-01-01")


def test_the_key_of_a_merged_thing_stands_for_what_it_was_merged_into() -> None:
    further = of(MERGED, replace(KEPT, state="merged c"), Row("project", "c", "z", "C"))

    assert ["b", "b"] == minted(of(MERGED, KEPT), Thing("project", "x", "A"), Thing("project", "y", "B"))
    assert ["c"] == minted(further, Thing("project", "x", "A"))


def test_a_key_that_a_merged_thing_and_a_listed_one_have_is_the_listed_one_s() -> None:
    assert ["c"] == minted(of(MERGED, KEPT, Row("project", "c", "x", "C")), Thing("project", "x", "A"))


@pytest.mark.parametrize("states", [("merged a", "current"), ("merged b", "merged a"), ("merged x", "current")])
def test_merges_into_oneself_in_a_circle_or_into_nothing_are_told(states: tuple[str, str]) -> None:
    text = HEADER + "".join(f"project,{slug},{slug},T,,,,{state}\n" for slug, state in zip("ab", states, strict=True))

    error = refusal(text)

    assert ("ledger-merged", "identifiers.csv:2") == (error.text, error.where)


# ── settling ────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_listed_for_the_first_time_is_added_and_dated() -> None:
    held = of(Row("project", "silta", "silta", "?"))

    settled, changes = settle(held, {PLACE: ("Silta", "f1")}, DAY)

    assert Row("project", "silta", "silta", "Silta", "2024-03-01", "2024-03-01", "f1") == settled[PLACE]
    assert [("added", settled[PLACE])] == changes


def test_what_changed_is_dated_and_keeps_its_first_day() -> None:
    settled, changes = settle(of(ROW), {PLACE: ("Uusi silta", "f2")}, DAY)

    assert Row("project", "silta", "silta", "Uusi silta", "2024-01-01", "2024-03-01", "f2") == settled[PLACE]
    assert ["changed"] == [change for change, _ in changes]


def test_what_did_not_change_is_left_as_it_is() -> None:
    assert (of(ROW), []) == settle(of(ROW), {PLACE: ("Silta", "f1")}, DAY)


def test_what_is_listed_no_more_is_gone_since_today() -> None:
    settled, changes = settle(of(ROW), {}, DAY)

    assert ("gone 2024-03-01", "2024-03-01") == (settled[PLACE].state, settled[PLACE].changed)
    assert ["removed"] == [change for change, _ in changes]


def test_what_is_gone_stays_gone_since_the_same_day() -> None:
    gone = of(Row("project", "silta", "silta", "Silta", "2024-01-01", "2024-02-01", "f1", "gone 2024-02-01"))

    assert (gone, []) == settle(gone, {}, DAY)


def test_what_comes_back_is_restored() -> None:
    gone = of(Row("project", "silta", "silta", "Silta", "2024-01-01", "2024-02-01", "f1", "gone 2024-02-01"))

    settled, changes = settle(gone, {PLACE: ("Silta", "f1")}, DAY)

    assert ("current", "2024-01-01", "2024-03-01") == (
        settled[PLACE].state,
        settled[PLACE].first,
        settled[PLACE].changed,
    )
    assert ["restored"] == [change for change, _ in changes]


def test_a_merged_thing_stays_merged() -> None:
    merged = of(Row("project", "silta", "silta", "Silta", "2024-01-01", "2024-02-01", "", "merged tie"))

    assert (merged, []) == settle(merged, {}, DAY)


def test_what_a_person_has_just_merged_is_dated() -> None:
    settled, changes = settle(of(replace(ROW, state="merged tie")), {}, DAY)

    assert replace(ROW, state="merged tie", changed="2024-03-01", fingerprint="") == settled[PLACE]
    assert ["merged"] == [change for change, _ in changes]


def test_a_clock_that_was_put_back_puts_no_date_back() -> None:
    settled, _ = settle(of(ROW), {}, date(1970, 1, 1))

    assert "gone 2024-01-01" == settled[PLACE].state


# ── whatever happens ────────────────────────────────────────────────────────────────────────────────────────

KEYS = st.sampled_from(["silta", "tie", "tori", "ranta"])
TITLES = st.sampled_from(["Silta", "Silta!", "Tie", "Katu", ""])


class YearsOfBuilds(RuleBasedStateMachine):
    """A publisher edits the list, builds, merges things, and sometimes starts from the files of a fresh clone."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger: Ledger = {}
        self.owner: dict[tuple[Kind, str], str] = {}
        self.day = date(2024, 1, 1)

    @initialize(listed=st.dictionaries(KEYS, TITLES))
    def start(self, listed: dict[str, str]) -> None:
        self.build(listed)

    @rule(listed=st.dictionaries(KEYS, TITLES))
    def build(self, listed: dict[str, str]) -> None:
        self.day += timedelta(days=1)
        self.ledger = ledger.mint(self.ledger, [Thing("project", key, title) for key, title in listed.items()])
        slugs = slugs_by_key(self.ledger)
        now = {("project", slugs["project", key]): (title, title) for key, title in listed.items()}
        self.ledger, changes = settle(self.ledger, now, self.day)
        for key in listed:
            place: tuple[Kind, str] = ("project", slugs["project", key])
            if self.ledger[place].key == key:
                assert key == self.owner.setdefault(place, key)
        assert (self.ledger, []) == settle(self.ledger, now, self.day + timedelta(days=1))
        assert {row.changed for _, row in changes} <= {self.day.isoformat()}
        assert set(now) == {place for place, row in self.ledger.items() if row.is_current}

    @precondition(lambda self: len([row for row in self.ledger.values() if row.is_current]) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        current = sorted(row.slug for row in self.ledger.values() if row.is_current)
        source, target = data.draw(st.permutations(current))[:2]
        row = replace(self.ledger["project", source], state=f"merged {target}")
        self.ledger = {**self.ledger, ("project", source): row}

    @precondition(lambda self: any(row.merged_into for row in self.ledger.values()))
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        merged = sorted(place for place, row in self.ledger.items() if row.merged_into)
        place = data.draw(st.sampled_from(merged))
        self.ledger = {**self.ledger, place: replace(self.ledger[place], state="current")}

    @rule()
    def clone(self) -> None:
        self.ledger = ledger.parse(ledger.write(self.ledger), "identifiers.csv")

    @invariant()
    def every_slug_that_was_given_is_still_its_key_s(self) -> None:
        assert self.owner == {place: self.ledger[place].key for place in self.owner}

    @invariant()
    def every_row_leads_to_one_that_stays(self) -> None:
        assert not [row for row in self.ledger.values() if stays(self.ledger, row).merged_into]

    @invariant()
    def what_is_written_can_be_read(self) -> None:
        assert self.ledger == ledger.parse(ledger.write(self.ledger), "identifiers.csv")


TestYearsOfBuilds = YearsOfBuilds.TestCase
TestYearsOfBuilds.settings = settings(max_examples=40, stateful_step_count=12)
