"""The index behind lists and search."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.searching import ORDERS, Index, ListedLink, ListedProject, ListedThing, Selection, build, fold

PROJECTS = (
    ListedProject(
        "silta",
        {"fi": "Sillan kunnostus", "sv": "Bron"},
        "2021",
        "2022-01-31",
        "2021-01-01",
        "2022-01-31",
        "Ended",
        "2024-01-01",
        {"fi": "Kemin Satama Oy"},
        (
            ListedLink("inSector", "sector", "kadut"),
            ListedLink("fundedFrom", "funding", "eakr"),
            ListedLink("partner", "organisation", "satama"),
            ListedLink("implementer", "organisation", "satama"),
        ),
    ),
    ListedProject(
        "tie",
        {"fi": "Äänekosken tie 100 %"},
        "2022",
        "",
        "2022-01-01",
        "",
        "",
        "2024-03-01",
        {},
        (ListedLink("inSector", "sector", "tekninen"),),
    ),
    ListedProject(
        "koulu", {"fi": "Koulu_verkko"}, changed="2024-02-01", links=(ListedLink("inSector", "sector", "sivistys"),)
    ),
    ListedProject("aamu", {"en": "Aamu"}, "", "2020", "", "2020-12-31", "Ended", "2023-01-01"),
)
THINGS = (
    ListedThing("sector", "tekninen", {"fi": "Tekninen"}),
    ListedThing("sector", "kadut", {"fi": "Kadut"}, "tekninen"),
    ListedThing("sector", "sivistys", {"fi": "Sivistys"}),
    ListedThing("funding", "eakr", {"fi": "EAKR"}),
    ListedThing("organisation", "satama", {"fi": "Kemin Satama Oy"}),
    ListedThing("organisation", "muu", {"fi": "Äiti Oy"}),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of four projects."""
    path = tmp_path_factory.mktemp("hakemisto #1") / "index.sqlite"
    build(path, PROJECTS, THINGS)
    return Index(path)


def slugs(index: Index, selection: Selection | None = None, **page: object) -> list[str]:
    """Return the slugs of a page, in order."""
    return [project.slug for project in index.projects(selection or Selection(), **page)]  # type: ignore[arg-type]


def test_a_project_comes_back_as_it_was_listed(index: Index) -> None:
    (found,) = index.projects(Selection(words="sillan"))

    assert (PROJECTS[0].names, "2021", "2022-01-31", "2021-01-01", "2022-01-31", "Ended", "2024-01-01") == (
        found.names,
        found.start,
        found.end,
        found.earliest,
        found.latest,
        found.status,
        found.changed,
    )
    assert set(PROJECTS[0].links) == set(found.links)


def named(value: object) -> str:
    """Return a row's name: what the list is narrowed to."""
    return " ".join(f"{k}={v}" for k, v in vars(value).items() if v) if isinstance(value, Selection) else ""


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(), {"silta", "tie", "koulu", "aamu"}),
        (Selection(sector="kadut"), {"silta"}),
        (Selection(sector="tekninen"), {"silta", "tie"}),
        (Selection(funding="eakr"), {"silta"}),
        (Selection(organisation="satama"), {"silta"}),
        (Selection(status="Ended"), {"silta", "aamu"}),
        (Selection(year="2021"), {"silta"}),
        (Selection(year="2022"), {"silta", "tie"}),
        (Selection(year="2030"), {"tie"}),
        (Selection(running="2022-01-31"), {"silta", "tie"}),
        (Selection(running="2022-02-01"), {"tie"}),
        (Selection(words="BRON"), {"silta"}),
        (Selection(words="satama kunnostus"), {"silta"}),
        (Selection(words="aanekosken"), {"tie"}),
        (Selection(words="100 %"), {"tie"}),
        (Selection(words="koulu_"), {"koulu"}),
        (Selection(words="_"), set()),
        (Selection(words="%"), set()),
        (Selection(words=" "), {"silta", "tie", "koulu", "aamu"}),
        (Selection(words="\\"), set()),
        (Selection(words="' OR 1=1 --"), set()),
        (Selection(sector="ei-ole"), set()),
        (Selection(sector="tekninen", status="Ended"), {"silta"}),
    ],
    ids=named,
)
def test_a_list_is_narrowed_to(index: Index, selection: Selection, found: set[str]) -> None:
    assert found == set(slugs(index, selection))
    assert len(found) == index.count(selection)


def test_titles_are_in_the_order_of_the_finnish_alphabet_with_its_umlauts_last(
    index: Index,
) -> None:
    assert ["aamu", "koulu", "silta", "tie"] == slugs(index)


def test_the_latest_start_comes_first_and_what_has_none_last(index: Index) -> None:
    assert ["tie", "silta", "aamu", "koulu"] == slugs(index, order="start")


def test_an_open_end_comes_before_every_date(index: Index) -> None:
    found = slugs(index, order="end")

    assert ["tie", "silta", "aamu"] == [slug for slug in found if slug != "koulu"]


def test_the_latest_change_comes_first(index: Index) -> None:
    assert ["tie", "koulu", "silta", "aamu"] == slugs(index, order="changed")


@pytest.mark.parametrize("order", ORDERS)
def test_pages_follow_each_other_without_gap_or_overlap(index: Index, order: str) -> None:
    pages = [slug for offset in range(0, 6, 2) for slug in slugs(index, order=order, offset=offset, limit=2)]

    assert slugs(index, order=order) == pages


def test_things_are_counted_with_the_projects_selected(index: Index) -> None:
    counts = {thing.slug: thing.count for thing in index.things("sector")}
    chosen = {thing.slug: thing.count for thing in index.things("sector", Selection(status="Ended"))}

    assert {"tekninen": 1, "kadut": 1, "sivistys": 1} == counts
    assert {"tekninen": 0, "kadut": 1, "sivistys": 0} == chosen


def test_a_project_counts_once_for_an_organisation_of_two_roles(index: Index) -> None:
    assert {"satama": 1, "muu": 0} == {thing.slug: thing.count for thing in index.things("organisation")}


def test_things_are_in_the_order_of_the_alphabet(index: Index) -> None:
    assert ["kadut", "sivistys", "tekninen"] == [thing.slug for thing in index.things("sector")]
    assert "tekninen" == index.things("sector")[0].parent


def test_years_are_those_in_which_projects_run(index: Index, tmp_path: Path) -> None:
    build(tmp_path / "empty.sqlite", (), ())

    assert (2021, 2022) == index.years()
    assert Index(tmp_path / "empty.sqlite").years() is None


def test_the_last_year_is_the_latest_end_though_others_are_open(tmp_path: Path) -> None:
    build(
        tmp_path / "i.sqlite",
        [ListedProject("a", {}, earliest="2019-01-01"), ListedProject("b", {}, earliest="2024-05-01")],
        (),
    )

    assert (2019, 2024) == Index(tmp_path / "i.sqlite").years()


def test_sectors_in_a_circle_end_all_the_same(tmp_path: Path) -> None:
    things = [ListedThing("sector", "a", {"fi": "A"}, "b"), ListedThing("sector", "b", {"fi": "B"}, "a")]
    build(
        tmp_path / "i.sqlite", [ListedProject("x", {"fi": "X"}, links=(ListedLink("inSector", "sector", "a"),))], things
    )

    assert ["x"] == slugs(Index(tmp_path / "i.sqlite"), Selection(sector="b"))


@given(st.text(max_size=20))
def test_any_words_can_be_searched_for(index: Index, words: str) -> None:
    assert len(slugs(index, Selection(words=words))) == index.count(Selection(words=words))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
def test_folding_comes_to_rest(text: str) -> None:
    assert fold(fold(text)) == fold(fold(fold(text)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Äänekoski", "aanekoski"), ("ÅBO", "abo"), ("Straße", "strasse"), ("ﬁksu", "fiksu"), ("é", "e")],
)
def test_search_compares_without_case_and_diacritics(text: str, folded: str) -> None:
    assert folded == fold(text)


def test_each_thread_reads_by_itself(index: Index) -> None:
    found: list[int] = []
    threads = [Thread(target=lambda: found.append(index.count(Selection()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [4] * 4 == found
