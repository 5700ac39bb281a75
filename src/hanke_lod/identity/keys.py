"""What a project is known by when its list is read again: its title, and a number where several have one title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from hanke_lod.identity.matching import Traits, fact_points

_NUMBERED = re.compile(r"(.*) \((\d+)\)")


def key_of(title: str) -> str:
    """Return what a title is known by: its words in lower case, spaces and dashes made plain.

    >>> key_of("Silver  Economy – Kemi")
    'silver economy - kemi'
    """
    text = unicodedata.normalize("NFC", title).casefold()
    text = "".join("-" if c in "‐‑‒–—−" else c for c in text if c not in "\u00ad\u200b\u200c\u200d\ufeff")
    return " ".join(text.split()).strip(" .")


def keys_by_title(keys: Sequence[str], titles: frozenset[str]) -> dict[str, list[str]]:
    """Group keys by the title that they are of: "silta (2)" with "silta", unless something is titled "Silta (2)"."""
    found: dict[str, list[str]] = {}
    for key in keys:
        numbered = _NUMBERED.fullmatch(key)
        found.setdefault(numbered[1] if numbered and key not in titles else key, []).append(key)
    return found


def pair(listed: Sequence[Traits], held: Mapping[str, Traits], rank: Mapping[str, int] = {}) -> list[str]:
    """Tell which key each entry of one title has: that of the same content, else of the most alike, else "".

    `held` are the keys of that title, in the order in which they are given to entries that are alike; a key of a
    higher `rank` only to what is left over. What the things are called now counts for nothing: one may have been told
    of under another title meanwhile.
    """
    if len(listed) == len(held) == 1:
        return list(held)
    free = dict(held)
    found = [""] * len(listed)
    for number, traits in enumerate(listed):
        same = next((key for key, known in free.items() if known.fingerprint == traits.fingerprint), "")
        if same:
            found[number] = same
            del free[same]
    order = list(held)
    waiting = [number for number, key in enumerate(found) if not key]
    for *_, number, key in sorted(
        (rank.get(key, 0), -fact_points(listed[number], traits), order.index(key), number, key)
        for number in waiting
        for key, traits in free.items()
    ):
        if not found[number] and key in free:
            found[number] = key
            del free[key]
    return found


def unused_key(title: str, taken: Mapping[str, object]) -> str:
    """Return the key of one more project of a title: "silta", "silta (2)" …"""
    key, number = title, 1
    while key in taken:
        number += 1
        key = f"{title} ({number})"
    return key
