"""Finnish and Swedish forms of a name's last word."""

from __future__ import annotations

import pytest

from hanke_lod.interpreting.inflection import head_forms, last_word


@pytest.mark.parametrize(
    ("word", "base", "case"),
    [
        ("kunnan", "kunta", "genitive"), ("kunnalle", "kunta", "allative"), ("kunnalta", "kunta", "ablative"),
        ("kuntana", "kunta", "essive"), ("kuntaa", "kunta", "partitive"), ("kuntaan", "kunta", "illative"),
        ("Kaupungin", "Kaupunki", "genitive"), ("kaupunginteatterin", "kaupunginteatteri", "genitive"),
        ("ELY-keskukselta", "ELY-keskus", "ablative"), ("Oy:n", "Oy", "genitive"), ("ry:lle", "ry", "allative"),
        ("THL:ltä", "THL", "ablative"), ("kunta", "kunta", ""), ("Maaseutuopisto", "Maaseutuopisto", ""),
        ("osuuskaupalta", "osuuskauppa", "ablative"),
    ],
)  # fmt: skip
def test_a_form_tells_base_and_case(word: str, base: str, case: str) -> None:
    found = last_word(word)

    assert found is not None
    assert (base, case) == (found.base, found.case)


@pytest.mark.parametrize("word", ["Hanken", "Folkhälsan", "Jätehuollon", "Sintef", ""])
def test_an_unknown_head_stays(word: str) -> None:
    assert last_word(word) is None


def test_a_swedish_genitive_is_unsure() -> None:
    found = last_word("Konstsamfundets", "sv")

    assert found is not None
    assert ("Konstsamfundet", "genitive?") == (found.base, found.case)


def test_every_head_is_a_form_of_itself() -> None:
    assert all(head_forms()[form.base].case == "" for form in head_forms().values())
