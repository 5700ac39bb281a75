"""What counts work tells growth in proportion from growth beyond it."""

from __future__ import annotations

from work import is_linear


def one_by_one(text: str) -> None:
    """Ask once of each letter."""
    for letter in text:
        letter.isalpha()


def each_from_the_start(text: str) -> None:
    """Ask of all letters up to each letter."""
    for length in range(len(text)):
        one_by_one(text[:length])


def test_growth_beyond_proportion_is_seen() -> None:
    assert is_linear(one_by_one, "a", 200)
    assert not is_linear(each_from_the_start, "a", 200)
