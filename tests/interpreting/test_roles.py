"""Who takes part and as what: phrases, labels and bare names in three languages (roles.csv)."""

from __future__ import annotations

import pytest
from snippets import agents, rows, understood
from work import is_linear

CASES = rows("roles.csv")


def test_the_table_is_long() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_each_is_named_in_its_role(case: dict[str, str]) -> None:
    assert set(case["expected"].split(" | ")) == agents(understood(case["text"], case["language"]))


@pytest.mark.parametrize(
    "text",
    [
        "Uusi Wellamo, projektipäällikkö Anna Virtanen, p. 040 123 4567",
        "Uusi Wellamo. Yhteyshenkilö Matti Meikäläinen",
        "Snow Data, project manager Jane Smith, tel. +358 40 123 4567",
        "Språkcafé. Projektledare: Lisa Sundström, tfn 050 123 4567.",
        "Robotiikka\nYhteyshenkilö: Anna Virtanen\nKumppanit: –",
        "Lasten liikunta. Lisätietoja: liikunta@example.fi",
        "Hiilineutraali kunta",
        "Koulun kerhotoiminnan kehittäminen. Kemin kerhot pyörivät 4",
        "Rahoittajat, kunnat ja yritykset mukana",
    ],
)
def test_a_person_and_a_common_word_are_no_organisation(text: str) -> None:
    assert set() == agents(understood(text))


def test_a_stated_role_replaces_an_unstated_one() -> None:
    found = agents(understood("Metsäpolut (Metsähallitus). Toteuttaja: Metsähallitus"))

    assert {"implementer: Metsähallitus"} == found


def test_one_organisation_under_two_names_is_one() -> None:
    found = understood("Metsäpolut, toteuttaja Luke. Luonnonvarakeskus toteuttaa.")

    assert 1 == len(found.participations)


@pytest.mark.parametrize("piece", ["a, ", "ja ", "(", "() ", "X ry, ", "12.3. ", " \n"])
def test_a_long_entry_is_work_in_proportion(piece: str) -> None:
    assert is_linear(lambda text: understood(text, fields=()), piece, 5000)
