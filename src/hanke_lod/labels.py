"""What a label or a column's head is about: known wordings, and how people join, shorten and extend them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

#: Kinds whose columns may stand so close on a page that their heads run together: "Toteutusaika Rahasto".
_COLUMNS = frozenset(("period", "money", "funding", "funder", "status", "sector", "programme"))


@lru_cache(maxsize=16384)
def fold_label(text: str) -> str:
    """Return a label as labels are compared: lower case, plain spaces and dashes, without a colon at its end."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"[\u00ad\u200b-\u200d\ufeff]", "", text)
    return re.sub(r"[‐‑‒–—−]", "-", " ".join(text.split())).strip(" :.*-–?")


class Labels:
    """Known labels, folded, and the kind of each: "title", "period", "role:partner" …."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._held: dict[str, str] = {}

    def kind(self, label: str) -> str:
        """Return what a label is about, or "" if not known.

        Several things at once ("Toteuttaja ja kumppanit") are joined by "+"; what stands in brackets after the label
        ("Budjetti (€)") does not count.
        """
        if label not in self._held:
            if len(self._held) > 50_000:  # any line may be asked about
                self._held.clear()
            self._held[label] = next(filter(None, self._readings(label)), "")
        return self._held[label]

    def _readings(self, label: str) -> Iterator[str]:
        yield self._of(fold_label(label))
        plain = fold_label(re.sub(r"\(.*?\)|\[.*?\]|,?\s*[€*]", " ", label))
        yield self._of(plain)
        yield self._of(re.sub(r"\s+(?:yht\.?|yhteensä|totalt|sammanlagt|in total)$", "", plain))
        yield self._joined(re.split(r"\s(?:ja|och|and|&)\s|/|,", plain))
        words = plain.split()
        halves = [(" ".join(words[:count]), " ".join(words[count:])) for count in range(1, len(words))]
        for first, last in halves:
            if {self._of(first), self._of(last)} <= _COLUMNS:
                yield self._joined((first, last))
        if len(words) <= 5 and not re.search(r"[.,;!?]", plain):  # "Hankkeen tavoiteaika", but "Jakobstads stad"
            yield from (self._of(last) for _, last in halves[:2] if self._of(last) != "place")

    def _of(self, folded: str) -> str:
        return self._known.get(folded, "")

    def _joined(self, parts: list[str] | tuple[str, ...]) -> str:
        kinds = [self._of(part.strip()) for part in parts]
        return "+".join(dict.fromkeys(kinds)) if len(kinds) > 1 and all(kinds) else ""
