"""Abbreviations that a document defines itself."""

from __future__ import annotations

import pytest

from hanke_lod.interpreting.abbreviations import with_abbreviations
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Block, Document, Place


def _said(text: str) -> Document:
    return Document("list.txt", "text/plain", "", "fi", (Block("text", text, Place()),))


def _meant(text: str, short: str) -> str:
    """The key of what the abbreviation means after the text, or "" where nothing bears it."""
    lexicon = with_abbreviations(Lexicon.bundled(), _said(text))
    found = [key for key, one in lexicon.organisations.items() if short in one.aliases]
    assert len(found) <= 1
    return found[0] if found else ""


def test_what_the_document_defines_goes_before_what_holds_for_all() -> None:
    assert "rannikon-ammattikorkeakoulu" == _meant("Rannikon ammattikorkeakoulun (RAMK) hankkeet", "RAMK")


def test_a_new_abbreviation_of_a_known_organisation_is_added_to_it() -> None:
    assert "oulun-yliopisto" == _meant("Mukana on Oulun yliopisto (OULYO).", "OULYO")


@pytest.mark.parametrize(
    "text",
    [
        "Maahanmuuttajasta ammattilaiseksi (MAMMA)",  # a project
        "Pohjois-Karjalan maakuntaliitto (EAKR)",  # its money, not its letters
        "Oulun yliopisto (LAMK)",  # other letters
        "Luonnonvarakeskus ilman sulkeita LUKE",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    lexicon = Lexicon.bundled()

    assert with_abbreviations(lexicon, _said(text)) is lexicon
