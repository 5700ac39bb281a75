"""Labelled parts: each kind of field, in three languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from snippets import agents, understood

from hanke_lod.interpreting.fields import FIELDS
from hanke_lod.lexicon import Lexicon


def test_every_kind_of_label_is_read() -> None:
    kinds = {name for name, _, _ in Lexicon.bundled().labels if not name.startswith("role:")}

    assert kinds - {"start", "end"} == set(FIELDS)


def test_the_title_may_be_labelled() -> None:
    assert "Rantaraitti" == understood("Hankkeen nimi: Rantaraitti\nKesto: 2022").title


@pytest.mark.parametrize("label", ["Kuvaus", "Tavoite", "Beskrivning", "Description"])
def test_a_description_is_kept(label: str) -> None:
    assert "Reitti rannalle" == understood(f"Rantaraitti\n{label}: Reitti rannalle").description


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        ("Kesto: 1.1.2022–31.12.2023", "2022-01-01", "2023-12-31"),
        ("Tid: 2022", "2022", "2022"),
        ("Alkaa: 1.3.2022\nPäättyy: 31.8.2022", "2022-03-01", "2022-08-31"),
        ("Start: 2022-03\nEnd: 2023-08", "2022-03", "2023-08"),
        ("Alkupäivä: 1.3.2022", "2022-03-01", "None"),
    ],
)
def test_a_period_stands_in_one_part_or_two(lines: str, start: str, end: str) -> None:
    (period,) = understood(f"Rantaraitti\n{lines}").periods

    assert (start, end) == (str(period.start), str(period.end))


def test_a_period_that_is_reversed_is_a_remark() -> None:
    found = understood("Rantaraitti\nAlkaa: 1.3.2023\nPäättyy: 31.8.2022")

    assert () == found.periods
    assert ["period-reversed"] == [remark.text for remark in found.remarks]


@pytest.mark.parametrize("label", ["Toimiala", "Sektor", "Department"])
def test_a_sector_is_named(label: str) -> None:
    (sector,) = understood(f"Rantaraitti\n{label}: Tekniset palvelut").sectors

    assert ["Tekniset palvelut"] == list(sector.names.values())


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Tila: käynnissä", "Underway"),
        ("Status: avslutat", "Ended"),
        ("Tilanne: haussa", "AppliedFor"),
        ("Tila: hyvä", None),
    ],
)
def test_a_status_is_named(line: str, status: str | None) -> None:
    found = understood(f"Rantaraitti\n{line}")

    assert status == (found.status.name if found.status else None)
    assert bool(status) != bool(found.remarks)


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("Budjetti: 120 000 €", 120_000),
        ("Budjetti (1 000 €): 120", 120_000),
        ("Totalbudget: 1,2 miljoner euro", 1_200_000),
        ("Budget: EUR 498,188", 498_188),
        ("Omarahoitus: 20 000 €", None),
        ("Haettu avustus: 20 000 €", None),
    ],
)
def test_a_budget_is_the_whole_sum(line: str, amount: int | None) -> None:
    budget = understood(f"Rantaraitti\n{line}").budget

    assert (Decimal(amount) if amount else None) == (budget.amount if budget else None)


def test_a_sum_that_is_about_is_taken_with_a_remark() -> None:
    found = understood("Rantaraitti\nBudjetti: n. 120 000 €")

    assert found.budget is not None
    assert ["money-about"] == [remark.text for remark in found.remarks]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Rahoitus: EAKR, Lapin liitto", {"funding: Euroopan aluekehitysrahasto", "funder: Lapin liitto"}),
        ("Rahoitus: EAKR (Lapin liitto)", {"funding: Euroopan aluekehitysrahasto", "funder: Lapin liitto"}),
        ("Rahoitus: oma", set()),
        ("Rahoitus: omarahoitus 100 %", set()),
        ("Ohjelma: Interreg Aurora", {"funding: Interreg Aurora"}),
        ("Ohjelma: Rannikon oma ohjelma", {"funding: Rannikon oma ohjelma"}),
        ("Rahoittaja: Rannan Voima", {"funder: Rannan Voima"}),
        ("Saatu rahoitus: 45 000 € (Museovirasto)", {"funder: Museovirasto"}),
        ("Toteuttaja: Kemin kaupunki", {"implementer: Kemin kaupunki"}),
        ("Toteuttaja ja kumppanit: Kemin kaupunki", {"implementer: Kemin kaupunki", "partner: Kemin kaupunki"}),
        ("Hakija: Kemin kaupunki", {"participant: Kemin kaupunki"}),
        ("Kumppanit: Luke (Rovaniemi), Metsähallitus", {"partner: Luonnonvarakeskus", "partner: Metsähallitus"}),
        ("Kumppanit: ei ole", set()),
        ("Kunnan rooli: osatoteuttaja", {"coImplementer: kunta"}),
        ("Project coordinator: University of Oulu", {"coordinator: Oulun yliopisto"}),
        ("Project coordinator: Jane Smith, jane@example.org", set()),
        ("Yhteyshenkilö: Anna Virtanen", set()),
        ("Hankekoodi: A80112", set()),
        ("Päivitetty: 1.2.2023", set()),
        ("Päätöspäivä: 1.2.2023", set()),
        ("Sijainti: Kemi", set()),
    ],
)  # fmt: skip
def test_a_part_names_who_its_label_says(line: str, expected: set[str]) -> None:
    found = understood(f"Rantaraitti\n{line}")

    assert ("Rantaraitti", expected, ()) == (found.title, agents(found), found.periods)


def test_a_home_page_is_labelled() -> None:
    assert "https://www.ranta.fi" == understood("Rantaraitti\nKotisivu: www.ranta.fi").homepage


def test_labels_within_a_line_are_read_as_labels() -> None:
    found = understood("Rantaraitti. Rahoitus: EAKR. Budjetti: 12 000 €. Yhteyshenkilö: Anna Virtanen. Kesto: 2022")

    assert "Rantaraitti" == found.title
    assert {"funding: Euroopan aluekehitysrahasto"} == agents(found)
    assert found.budget is not None
    assert 1 == len(found.periods)


@pytest.mark.parametrize(
    ("lines", "title", "periods"),
    [
        ("Liikkuvuudet 2022\nKesto: 1.9.2022–30.11.2023", "Liikkuvuudet 2022", [("2022-09-01", "2023-11-30")]),
        ("Hanke: Siltaremontti 1923–2023\nAlkaa: 2.5.2024", "Siltaremontti 1923–2023", [("2024-05-02", "None")]),
        ("Liikkuvuudet 2022, 1.9.2022–30.11.2023", "Liikkuvuudet 2022", [("2022-09-01", "2023-11-30")]),
        ("Liikkuvuudet 2022", "Liikkuvuudet", [("2022", "2022")]),
        ("Liikkuvuudet\nKesto: ei vielä tiedossa", "Liikkuvuudet", []),
    ],
)
def test_years_of_the_name_stay_in_it_where_another_period_is_told(
    lines: str, title: str, periods: list[tuple[str, str]]
) -> None:
    found = understood(lines)

    assert (title, periods) == (found.title, [(str(p.start), str(p.end)) for p in found.periods])


def test_a_labels_names_end_with_their_sentence() -> None:
    found = understood("Rantaraitti\nToteuttaja: Centria Oy. Hankeaika 1.1.2024–31.12.2026. Budjetti 5 000 €.")

    assert {"implementer: Centria Oy"} == agents(found)
    assert ["2024-01-01"] == [str(p.start) for p in found.periods]
    assert found.budget is not None
    assert Decimal(5000) == found.budget.amount


def test_a_labels_names_may_be_parted_by_semicolons() -> None:
    found = understood("Rantaraitti\nKumppanit: Kökars kommun; Föglö kommun")

    assert {"partner: Kökarin kunta", "partner: Föglön kunta"} == agents(found)


def test_an_unknown_label_at_the_beginning_is_a_part_of_the_name() -> None:
    found = understood("Silver Starters: work after 55\nKesto: 2022")

    assert "Silver Starters: work after 55" == found.title


def test_a_column_may_tell_the_role_of_one_body() -> None:
    found = understood("Rantaraitti\nNovian rooli: koordinaattori\nKumppanit: Meyer Turku Oy")

    assert "coordinator: Yrkeshögskolan Novia" in agents(found)


def test_a_body_named_by_its_kind_only_is_the_one_named_in_full() -> None:
    found = understood("Rantaraitti\nToteuttaja: Suokannan kunta\nKunnan rooli: toteuttaja")

    assert {"implementer: Suokannan kunta"} == agents(found)


@pytest.mark.parametrize(("label", "amount"), [("Total cost (MEUR)", 6_200_000), ("Budjetti (tEUR)", 6_200)])
def test_a_columns_head_tells_what_its_numbers_stand_for(label: str, amount: int) -> None:
    found = understood(f"Heatloop\n{label}: 6.2")

    assert found.budget is not None
    assert str(amount) == f"{found.budget.amount:f}"
