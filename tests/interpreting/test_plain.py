"""Text without what the eye does not see, and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.interpreting.plain import plain


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("hanke", "hanke"), ("hyvinvointi\u00adalue", "hyvinvointialue"), ("a\u200bb", "ab"), ("\ufeffKemi", "Kemi"),
        ("10\u00a0000\u2009€", "10 000 €"), ("a\u0308iti", "äiti"), ("", ""), ("\u00ad", ""),
    ],
)  # fmt: skip
def test_the_plain_text_is_composed_and_has_plain_spaces(written: str, seen: str) -> None:
    assert unicodedata.normalize("NFC", seen) == plain(written).text


@given(st.text(alphabet=st.sampled_from("aä\u0308\u0301\u00ad\u200b\u00a0 €.\n𐐀")))
def test_every_place_has_a_way_back(text: str) -> None:
    seen = plain(text)

    assert len(seen.text) + 1 == len(seen.offsets)
    assert list(seen.offsets) == sorted(seen.offsets)
    assert seen.back(0, len(seen.text))[1] == len(text)


def test_a_place_is_found_in_both_directions() -> None:
    seen = plain("hyvinvointi\u00adalue")

    assert (11, 15) == (seen.forth(12), seen.forth(16))
    assert (12, 16) == seen.back(11, 15)
