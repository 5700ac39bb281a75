"""What is listed → the register: keys, anchors, parents, merged statements and snapshots."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.building import Understood
from hanke_lod.identity import merge, register, snapshots
from hanke_lod.identity.keys import key_of
from hanke_lod.model import (
    Block,
    Document,
    Entry,
    FundingSource,
    Money,
    Organisation,
    PartialDate,
    Participation,
    Period,
    Place,
    Project,
    Register,
    Sector,
    SourceRecord,
    Statement,
    Status,
    Understanding,
)

FUND = FundingSource("eakr", {"fi": "EAKR"}, "fund")
COMPANY = Organisation("a-oy", {"fi": "A Oy"}, "company")
CITY = Organisation("kemi", {"fi": "Kemi"}, "municipality")
ABOVE = Sector("tekninen", {"fi": "Tekninen"})
BELOW = Sector("kadut", {"fi": "Kadut"}, parent="tekninen")
PERIOD = Period(PartialDate(2021), PartialDate(2022, 1, 31), "2021-31.1.2022")


def project(title: str, text: str = "", line: int = 1, **facts: Any) -> Project:  # Any: fields of a Project
    """Return a project that an entry states."""
    return Project(Entry(text or title, Place(line)), (), "fi", title, **facts)


def record(*projects: Project, name: str = "a.txt", takes_part: bool = False) -> SourceRecord:
    """Return a source that lists the projects."""
    blocks = tuple(Block("entry", p.entry.text, p.entry.place, entry=p.entry) for p in projects)
    document = Document(name, "text/plain", "00", "fi", blocks)
    return SourceRecord({"fi": name}, "", "", takes_part, Understanding(document, projects))


def registered(*sources: SourceRecord, sectors: tuple[Sector, ...] = ()) -> Register:
    """Return the register of the sources, with an empty ledger."""
    return register({s.understanding.document.name: s for s in sources}, CITY, sectors, {}).register


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Silver  Economy – Kemi", "silver economy - kemi"),
        ("Kerhot 2020", "kerhot 2020"),
        ("KUNTA Helmi", "kunta helmi"),
        ("Kunta\u00a0Helmi.", "kunta helmi"),
        ("Kun\u00adta Hel\u200bmi", "kunta helmi"),
        ("Tyo\u0308ta\u0308", "työtä"),
        ("a\u2011b\u2212c", "a-b-c"),
    ],
    ids=["spaces-and-dash", "year", "capitals", "no-break-space", "invisible", "decomposed", "other-dashes"],
)
def test_a_title_is_known_by_its_words_however_they_are_spaced(title: str, key: str) -> None:
    assert key == key_of(title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kerhot 2020", "Kerhot 2022"),
        ("Kemin kerhot pyörivät 3", "Kemin kerhot pyörivät 4"),
        ("Tuuba", "Tuba"),
        ("Efe", ""),
    ],
)
def test_titles_of_other_words_have_other_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö0123456789 -", min_size=1))
def test_a_key_keeps_every_letter_and_digit(title: str) -> None:
    assert [c for c in title if c.isalnum()] == [c for c in key_of(title) if c.isalnum()]


def test_two_entries_of_one_title_are_two_projects() -> None:
    made = registered(record(project("Silta", "Silta 2021", 1), project("Silta", "Silta 2022", 2)))

    assert ["silta", "silta-2"] == list(made.projects)
    assert "silta-2" == made.slug("project", "silta (2)")


def test_an_entry_s_anchor_is_of_its_text_so_that_it_survives_a_line_above_it() -> None:
    before = registered(record(project("Silta", line=1), project("Tie", line=2)))
    after = registered(record(project("Uusi", line=1), project("Silta", line=2), project("Tie", line=3)))

    assert before.projects["tie"][0].anchor == after.projects["tie"][0].anchor


def test_entries_of_one_text_have_anchors_with_a_counter() -> None:
    made = registered(record(project("Silta", line=1), project("Silta", line=2), project("Silta", line=3)))
    first, second, third = (made.projects[slug][0].anchor for slug in ("silta", "silta-2", "silta-3"))

    assert (f"{first}-2", f"{first}-3") == (second, third)


def test_a_project_of_two_sources_has_a_statement_of_each_in_the_order_of_trust() -> None:
    made = registered(record(project("Silta", line=4), name="b.txt"), record(project("SILTA", line=9), name="a.txt"))

    assert ["b-txt", "a-txt"] == [statement.source for statement in made.projects["silta"]]


def test_only_sectors_that_are_used_and_those_above_them_are_published() -> None:
    other = Sector("sivistys", {"fi": "Sivistys"})

    made = registered(record(project("Silta", sectors=(BELOW,))), sectors=(ABOVE, BELOW, other))

    assert {"kadut", "tekninen"} == set(made.sectors)


def test_sectors_in_a_circle_end_all_the_same() -> None:
    one, other = Sector("a", {"fi": "A"}, parent="b"), Sector("b", {"fi": "B"}, parent="a")

    assert {"a", "b"} == set(registered(record(project("Silta", sectors=(one,))), sectors=(one, other)).sectors)


def test_organisations_and_funds_are_those_that_the_projects_name_and_the_publisher() -> None:
    made = registered(record(project("Silta", participations=(Participation("partner", COMPANY),), funding=(FUND,))))

    assert {"kemi", "a-oy"} == set(made.organisations)
    assert {"eakr"} == set(made.funding)
    assert "kemi" == made.publisher


def test_without_a_publisher_there_is_none() -> None:
    made = register({"a.txt": record(project("Silta"))}, None, (), {}).register

    assert ("", {}) == (made.publisher, made.organisations)


# ── several sources ─────────────────────────────────────────────────────────────────────────────────────────


def statements(*projects: Project) -> list[Statement]:
    """Return what several sources state."""
    return [Statement("silta", f"s{n}", "x", p) for n, p in enumerate(projects)]


@pytest.mark.parametrize(
    ("name", "mine", "theirs"),
    [
        ("periods", (PERIOD,), (Period(PartialDate(2020), None, "2020-"),)),
        ("budget", Money(Decimal(100), "EUR", "100 €"), Money(Decimal(200), "EUR", "200 €")),
        ("status", Status("Underway", "käynnissä"), Status("Ended", "päättynyt")),
        ("description", "Silta on silta.", "Silta on uusi."),
        ("homepage", "https://silta.example.fi/", "https://example.fi/silta"),
        ("sectors", (ABOVE,), (BELOW,)),
    ],
)
def test_the_first_source_that_states_a_value_is_believed_and_a_remark_tells_of_the_other(
    name: str, mine: object, theirs: object
) -> None:
    merged = merge(statements(project("Silta", **{name: mine}), project("Silta", line=7, **{name: theirs})))

    assert mine == getattr(merged, name)
    assert [("sources-disagree", 7, name)] == [
        (r.text, r.place.line, dict(r.facts)["property"]) for r in merged.remarks
    ]


def test_a_value_that_the_first_source_does_not_state_is_the_second_s() -> None:
    merged = merge(statements(project("Silta"), project("Silta", periods=(PERIOD,))))

    assert ((PERIOD,), ()) == (merged.periods, merged.remarks)


def test_the_same_period_in_other_words_is_no_disagreement() -> None:
    other = Period(PERIOD.start, PERIOD.end, "vuodesta 2021 tammikuun 2022 loppuun")

    assert () == merge(statements(project("Silta", periods=(PERIOD,)), project("Silta", periods=(other,)))).remarks


def test_roles_and_funds_are_those_of_all_sources_once() -> None:
    partner, implementer = Participation("partner", COMPANY), Participation("implementer", CITY)

    merged = merge(
        statements(
            project("Silta", participations=(partner,), funding=(FUND,)),
            project("Silta", participations=(partner, implementer), funding=(FUND,)),
        )
    )

    assert ((partner, implementer), (FUND,)) == (merged.participations, merged.funding)


# ── snapshots ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_snapshot_holds_what_people_read_and_no_line() -> None:
    made = registered(
        record(
            project(
                "Silta",
                line=7,
                periods=(PERIOD,),
                sectors=(BELOW,),
                funding=(FUND,),
                participations=(Participation("partner", COMPANY),),
                budget=Money(Decimal("100.50"), "EUR", "100,50 €"),
                status=Status("Underway", "käynnissä"),
            )
        ),
        sectors=(ABOVE, BELOW),
    )

    assert {
        "title fi": "Silta",
        "period": "2021/2022-01-31",
        "sector": "kadut",
        "funding": "eakr",
        "partner": "a-oy",
        "budget": "100.50 EUR",
        "status": "Underway",
    } == snapshots(made)["project", "silta"]
    assert "tekninen" == snapshots(made)["sector", "kadut"]["broader"]


def test_a_line_inserted_above_changes_no_snapshot() -> None:
    before = registered(record(project("Silta", line=1), project("Tie", line=2)))
    after = registered(record(project("Silta", line=5), project("Tie", line=9)))

    assert snapshots(before) == snapshots(after)


def test_every_thing_of_kemi_has_a_snapshot(kemi: Understood) -> None:
    made = kemi.register
    things = {
        (kind, slug)
        for kind in ("project", "organisation", "funding", "sector", "source")
        for slug in getattr(made, {"funding": "funding"}.get(kind, f"{kind}s"))
    }

    assert things == set(snapshots(made))


def test_an_organisation_s_snapshot_changes_with_what_the_data_say_of_it() -> None:
    plain = registered(record(project("Silta", participations=(Participation("partner", COMPANY),))))
    other = Organisation("a-oy", {"fi": "A Oy"}, "company", identifier="1234567-8", homepage="https://a.example.fi/")
    told = registered(record(project("Silta", participations=(Participation("partner", other),))))

    assert snapshots(plain)["organisation", "a-oy"] != snapshots(told)["organisation", "a-oy"]
