"""The project's name as written: without period, role phrase, funding marker, state, code and contact (titles.csv)."""

from __future__ import annotations

import pytest
from snippets import rows, understood


@pytest.mark.parametrize("case", rows("titles.csv"), ids=lambda case: case["text"][:60])
def test_the_name_is_what_is_no_other_fact(case: dict[str, str]) -> None:
    assert case["title"] == understood(case["text"], case["language"]).title


@pytest.mark.parametrize(
    ("text", "title", "description"),
    [
        ("Kerhosta kotiin. Projektissa kokeillaan kerhoa.", "Kerhosta kotiin", "Projektissa kokeillaan kerhoa"),
        ("Museo liikkuu. Museo vie työpajat päiväkoteihin.", "Museo liikkuu", "Museo vie työpajat päiväkoteihin"),
        ("Näyttely. Näyttely kertoo Saimaan höyrylaivoista.", "Näyttely", "Näyttely kertoo Saimaan höyrylaivoista"),
        ("Hemma. Projektet utvecklar vården i hemmet.", "Hemma", "Projektet utvecklar vården i hemmet"),
        ("Warm. The project develops heat pumps.", "Warm", "The project develops heat pumps"),
        ("Lapsen tuki kotona. Lapsen tuki rakentuu vahvasta arjesta.", "", ""),
    ],
)
def test_a_sentence_about_the_project_is_its_description(text: str, title: str, description: str) -> None:
    found = understood(text)

    assert (title or text.rstrip("."), description) == (found.title, found.description)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rantaraitti, käynnissä", "Underway"),
        ("Rantaraitti 2021–2022 (päättynyt)", "Ended"),
        ("Rantaraitti. Haussa.", "AppliedFor"),
        ("Strandstigen, pågår", "Underway"),
        ("Strandstigen (avslutat)", "Ended"),
        ("Beach path (ongoing)", "Underway"),
        ("Käynnissä, valmis", None),
    ],
)
def test_words_for_the_state_are_no_part_of_the_name(text: str, status: str | None) -> None:
    found = understood(text)

    assert status == (found.status.name if found.status and status else None)
    assert not status or found.title in ("Rantaraitti", "Strandstigen", "Beach path")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Rantaraitti. www.rantaraitti.fi", "https://www.rantaraitti.fi"),
        ("Rantaraitti (https://rantaraitti.fi/sivu)", "https://rantaraitti.fi/sivu"),
        ("Rantaraitti. Lue lisää: https://rantaraitti.fi/hanke.", "https://rantaraitti.fi/hanke"),
        ("Rantaraitti", ""),
    ],
)
def test_an_address_in_the_text_is_the_home_page(text: str, address: str) -> None:
    found = understood(text)

    assert ("Rantaraitti", address) == (found.title, found.homepage)
