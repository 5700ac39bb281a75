"""Kemi's list is understood as a careful reader understands it: nothing lost, nothing invented."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from hanke_lod.building import Understood
from hanke_lod.model import SPAN_KINDS, Project
from hanke_lod.resources import data_folder
from hanke_lod.texts import of

Row = Mapping[str, str]

#: Who takes part in a project without a role word, by line; the table's columns leave them out.
UNSTATED = {
    15: {"Elinvoimatoimiala"},
    17: {"Kivalo-opisto"},
    41: {"Kemin taidemuseo"},
    45: {"Kemin kaupunginteatteri", "Työllisyyspalvelut"},
}
FUNDS = {"EAKR": "eakr", "ESR": "esr"}
#: Funding that the list names within titles: programme and grant type; neither wanted by the table nor wrong.
IN_TITLES = {"kunta-helmi", "valtion-erityisavustus"}


@pytest.fixture(scope="module")
def rows(shared: Path) -> dict[int, Row]:
    """The careful reader's table, by line."""
    with (shared / "kemi" / "reading.csv").open(encoding="utf-8-sig", newline="") as file:
        return {int(row["line"]): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def projects(kemi: Understood) -> dict[int, Project]:
    """What was understood, by line."""
    (source,) = kemi.register.sources.values()
    found = {}
    for project in source.understanding.projects:
        assert project.entry.place.line is not None
        found[project.entry.place.line] = project
    return found


def plain(title: str) -> str:
    """Return a title with its spaces made one and without a trailing full stop."""
    return " ".join(title.split()).rstrip(".")


def many(cell: str) -> set[str]:
    """Return the values of a cell."""
    return {part.strip() for part in cell.split("|") if part.strip()}


def named(project: Project, *roles: str) -> set[str]:
    """Return the names of those who have one of the roles."""
    return {of(p.organisation.names, "fi") for p in project.participations if p.role in roles}


LINES = [*range(7, 20), *range(23, 33), *range(36, 49), *range(52, 57), *range(60, 64)]
EACH = pytest.mark.parametrize("line", LINES)


def test_the_bundled_list_is_the_published_one_byte_for_byte(shared: Path) -> None:
    assert (shared / "kemi" / "hankkeet.txt").read_bytes() == (data_folder("kemi") / "hankkeet.txt").read_bytes()


def test_there_are_45_projects_each_on_its_line(projects: dict[int, Project]) -> None:
    assert LINES == list(projects)
    assert 45 == len(projects)


def test_the_table_has_the_same_lines(rows: dict[int, Row]) -> None:
    assert LINES == list(rows)


@EACH
def test_a_title_is_that_of_the_table(line: int, rows: dict[int, Row], projects: dict[int, Project]) -> None:
    fine = {plain(rows[line]["title"])} | {plain(title) for title in many(rows[line]["title_also_fine"])}

    assert plain(projects[line].title) in fine


@EACH
def test_a_title_stands_in_the_entry_as_it_is_written(line: int, projects: dict[int, Project]) -> None:
    assert plain(projects[line].title) in " ".join(projects[line].entry.text.split())


@EACH
def test_a_title_has_no_trailing_full_stop(line: int, projects: dict[int, Project]) -> None:
    assert not projects[line].title.endswith((".", " ", ","))


@EACH
def test_a_period_has_the_dates_of_the_table_at_their_precision(
    line: int, rows: dict[int, Row], projects: dict[int, Project]
) -> None:
    periods = projects[line].periods

    assert (rows[line]["start"], rows[line]["end"]) == (
        " | ".join(str(period.start or "") for period in periods),
        " | ".join(str(period.end or "") for period in periods),
    )


@EACH
def test_a_period_s_words_stand_in_the_entry(line: int, projects: dict[int, Project]) -> None:
    assert all(period.written in projects[line].entry.text for period in projects[line].periods)


@EACH
def test_an_entry_stands_under_the_heading_of_the_table(
    line: int, rows: dict[int, Row], projects: dict[int, Project]
) -> None:
    assert (rows[line]["heading"],) == projects[line].entry.headings
    assert [rows[line]["heading"]] == [of(sector.names, "fi") for sector in projects[line].sectors]


@EACH
@pytest.mark.parametrize(
    ("column", "roles"),
    [
        ("implementers", ("implementer", "coImplementer")),
        ("partners", ("partner",)),
        ("coordinators", ("coordinator",)),
    ],
    ids=["implementers", "partners", "coordinators"],
)
def test_organisations_have_the_roles_of_the_table(
    line: int, column: str, roles: tuple[str, ...], rows: dict[int, Row], projects: dict[int, Project]
) -> None:
    assert many(rows[line][column]) == named(projects[line], *roles)


@EACH
def test_funding_is_that_of_the_table(line: int, rows: dict[int, Row], projects: dict[int, Project]) -> None:
    keys = {source.key for source in projects[line].funding}

    assert {FUNDS[name] for name in many(rows[line]["funding"])} == keys - IN_TITLES


@EACH
def test_a_programme_or_grant_is_named_only_where_the_title_names_it(line: int, projects: dict[int, Project]) -> None:
    keys = {source.key for source in projects[line].funding}

    assert ("kunta-helmi" in keys) is projects[line].title.startswith("Kunta Helmi")
    assert ("valtion-erityisavustus" in keys) is projects[line].title.startswith("Valtion erityisavustus")


@EACH
def test_who_is_named_without_a_role_takes_part_and_nobody_else(line: int, projects: dict[int, Project]) -> None:
    assert UNSTATED.get(line, set()) == named(projects[line], "participant")
    assert set() == named(projects[line], "funder")


def test_the_one_who_coordinates_and_administers_is_both(projects: dict[int, Project]) -> None:
    assert {"Kolpeneen kuntayhtymä"} == named(projects[62], "administrator") == named(projects[62], "coordinator")
    assert all(not named(project, "administrator") for line, project in projects.items() if line != 62)


def test_two_organisations_with_a_stroke_between_are_two(projects: dict[int, Project]) -> None:
    assert {"Kivalo-opisto", "Pohjantähtiopisto"} == named(projects[14], "partner")


def test_a_sentence_about_the_project_is_its_description(projects: dict[int, Project]) -> None:
    assert projects[47].description.startswith("Lasmarkki on Kemin,")
    assert [47] == [line for line, project in projects.items() if project.description]


@EACH
def test_nothing_is_said_that_the_list_does_not_say(line: int, projects: dict[int, Project]) -> None:
    project = projects[line]

    assert (None, None, "") == (project.budget, project.status, project.homepage)


@EACH
def test_the_joined_spans_are_the_entry(line: int, projects: dict[int, Project]) -> None:
    project = projects[line]

    assert project.entry.text == "".join(project.entry.text[span.start : span.end] for span in project.spans)
    assert [0, *(span.end for span in project.spans)] == [
        *(span.start for span in project.spans),
        len(project.entry.text),
    ]
    assert all(span.kind in SPAN_KINDS and span.start < span.end for span in project.spans)


@EACH
def test_an_entry_s_text_is_the_line_as_it_is_written_without_its_bullet(
    line: int, projects: dict[int, Project]
) -> None:
    text = (data_folder("kemi") / "hankkeet.txt").read_text(encoding="utf-8").split("\n")[line - 1]

    assert re.sub(r"^\s*•\s*", "", text).rstrip() == projects[line].entry.text


@EACH
def test_title_and_period_are_marked_as_what_they_are(line: int, projects: dict[int, Project]) -> None:
    project = projects[line]
    kinds = {span.kind for span in project.spans}

    assert "title" in kinds
    assert ("period" in kinds) is bool(project.periods)
    for period in project.periods:
        marked = "".join(project.entry.text[span.start : span.end] for span in project.spans if span.kind == "period")
        assert period.written in marked or marked in period.written


def test_there_are_six_sectors_and_one_stands_above_its_two_service_areas(kemi: Understood) -> None:
    sectors = kemi.register.sectors
    above = {slug: sector.parent for slug, sector in sectors.items()}

    assert 6 == len(sectors)
    assert {"hyvinvointitoimiala"} == {parent for parent in above.values() if parent}
    assert 2 == len([parent for parent in above.values() if parent])
    assert all({"fi", "sv", "en"} == set(sector.names) for sector in sectors.values())


def test_only_organisations_that_the_list_names_are_described(kemi: Understood) -> None:
    assert {
        "Elinvoimatoimiala", "Kemin Satama Oy", "Kemin kaupunginteatteri", "Kemin kaupunki", "Kemin taidemuseo",
        "Kivalo-opisto", "Kolpeneen kuntayhtymä", "Lapin yliopisto", "Mieli ry", "Pohjantähtiopisto",
        "Toivola-Luotolan Setlementti ry", "Työllisyyspalvelut",
    } == {of(organisation.names, "fi") for organisation in kemi.register.organisations.values()}  # fmt: skip


def test_only_funding_that_the_list_names_is_described(kemi: Understood) -> None:
    assert {"eakr", "esr", *IN_TITLES} == set(kemi.register.funding)


def test_kemi_is_understood_without_a_remark(kemi: Understood) -> None:
    assert [] == kemi.remarks


def test_what_surrounds_kemi_s_list_is_kept(kemi: Understood) -> None:
    (source,) = kemi.register.sources.values()
    blocks = source.understanding.document.blocks

    assert ["text", "text", "heading"] == [block.kind for block in blocks[:3]]
    assert ("text", 65) == (blocks[-1].kind, blocks[-1].place.line)
    assert "fi" == source.understanding.document.language


def test_slugs_are_made_of_the_first_titles(kemi: Understood) -> None:
    assert {"koronasta-kasvuun", "matkailun-ja-palveluiden-elpymissuunnitelma-master-plan-kemi"} <= set(
        kemi.register.projects
    )
