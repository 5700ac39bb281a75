"""A text without what the eye does not see, and the way back to the text as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SPACES = frozenset("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003")
_ODD = re.compile(f"[{''.join(_INVISIBLE)}]")
_EVEN = dict.fromkeys(map(ord, _SPACES), " ")


@dataclass(frozen=True)
class Plain:
    """`text` is composed (NFC), without soft hyphens and zero-width characters, with plain spaces.

    `offsets` tells for each code point of `text`, and for its end, where it stands in the original.
    """

    text: str
    offsets: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the plain text stands in the original."""
        return self.offsets[start], self.offsets[end]

    def forth(self, position: int) -> int:
        """Return the place in the plain text of a place in the original."""
        low, high = 0, len(self.offsets) - 1
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] < position:
                low = middle + 1
            else:
                high = middle
        return low


def plain(text: str) -> Plain:
    """Return the plain form of a text.

    >>> plain("ka\\u00adla").text
    'kala'
    """
    if not _ODD.search(text) and unicodedata.is_normalized("NFC", text):
        return Plain(text.translate(_EVEN), range(len(text) + 1))
    made: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for character in unicodedata.normalize("NFC", text[position:end]):
            if character not in _INVISIBLE:
                made.append(" " if character in _SPACES else character)
                offsets.append(position)
        position = end
    if offsets:
        offsets[0] = 0  # what is invisible at the beginning belongs to what follows
    return Plain("".join(made), [*offsets, len(text)])
