"""Words that help to read a list and name nothing themselves, from data/finland/words.csv, as patterns."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache

from hanke_lod.resources import data_folder


@cache
def _words() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    with (data_folder("finland") / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["kind"], []).append(row["form"])
    return found


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of a kind as they are written there."""
    return frozenset(_words()[kind])


@cache
def any_of(kind: str) -> str:
    """Return the source of a pattern for any word of a kind; "*" in a form stands for letters, " " for any spaces.

    >>> re.fullmatch(any_of("legal"), "ry") is not None
    True
    """
    forms = sorted(_words()[kind], key=len, reverse=True)
    return (
        "(?:" + "|".join(re.escape(form).replace(r"\*", r"[\w-]{0,30}").replace(r"\ ", r"\s+") for form in forms) + ")"
    )


@cache
def whole(kind: str) -> re.Pattern[str]:
    """Return the pattern that finds words of a kind as whole words, in capitals or not."""
    return re.compile(rf"(?<![\w-]){any_of(kind)}(?!\w)", re.IGNORECASE)
