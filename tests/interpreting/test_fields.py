"""Labelled parts: each kind of field, in three languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from snippets import agents, understood

from hanke_lod.interpreting.fields import FIELDS
from hanke_lod.lexicon import Lexicon


def test_every_kind_of_label_is_read() -> None:
    kinds = {name for name, _, _ in Lexicon.bundled().labels}

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
