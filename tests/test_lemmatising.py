"""Base forms and parts of compounds, by the dictionary itself."""

from __future__ import annotations

import pytest

from hanke_lod.lemmatising import bases

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("language", "word", "found"),
    [
        ("fi", "hankkeen", {"hanke"}),
        ("fi", "kehittämishankkeiden", {"kehittämishanke", "hanke", "kehittäminen", "kehittämis"}),
        ("fi", "yhteistyöhanke", {"yhteistyöhanke", "yhteistyö", "hanke"}),
        ("fi", "koulukerhotoiminnan", {"koulukerhotoiminta", "kerhotoiminta", "koulu", "kerho", "toiminta"}),
        ("fi", "koulutuksen", {"koulutus"}),
        ("fi", "tyollisyyden", {"tyollisyys"}),
        ("sv", "projekten", {"projekt"}),
        ("sv", "utvecklingsprojektet", {"utvecklingsprojekt", "projekt", "utveckling", "utvecklings"}),
        ("en", "projects", {"project"}),
    ],
)
def test_a_word_has_its_base_form_and_those_of_its_parts(language: str, word: str, found: set[str]) -> None:
    assert found <= set(bases(language, [word])[word])


@pytest.mark.parametrize(("language", "word"), [("fi", "eakr"), ("fi", "2022"), ("fi", "4h"), ("et", "projektid")])
def test_a_word_that_no_dictionary_has_has_none(language: str, word: str) -> None:
    assert () == bases(language, [word])[word]


@pytest.mark.parametrize(
    ("word", "not_found"), [("koulutus", "koulu"), ("kulttuuri", "tuuri"), ("historia", "tora"), ("työllisyys", "työ")]
)
def test_what_only_looks_like_a_compound_has_no_parts(word: str, not_found: str) -> None:
    assert not_found not in bases("fi", [word])[word]
