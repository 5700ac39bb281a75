"""Words that a line's end divided, made whole: does the hyphen belong to the word, or only to the line?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hanke_lod.model import Link, Place, Remark
from hanke_lod.reading.pieces import Line

_WORD = re.compile(r"[\w'’]+(?:[-‐‑][\w'’]+)*")
_END = re.compile(r"(?P<left>[\w'’]+(?:[-‐‑][\w'’]+)*)(?P<hyphen>[-‐‑\u00ad])$")
_DASH = re.compile(r"\d[–—-]$")
_BEGIN = re.compile(r"[\w'’]+(?:[-‐‑][\w'’]+)*")
#: After these the hyphen stands for a part that two words share: "Länsi- ja Sisä-Suomi".
_SHARED = frozenset(("ja", "tai", "sekä", "eli", "että", "och", "eller", "samt", "and", "or"))
_VOWELS = frozenset("aeiouyåäö")


@dataclass(frozen=True)
class Words:
    """The words that a document has within its lines."""

    known: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """Return the words of these lines; a line's last and first are not counted, as they may be parts."""
        return cls(frozenset(word.casefold() for text in texts for word in _WORD.findall(text)[1:-1]))

    def joined(self, left: str, right: str) -> str | None:
        """Return the end of one line and the beginning of the next as one, or None where they are not.

        A hyphen stays before a capital or a digit, after an abbreviation, between like vowels, and where the document
        has the word with it elsewhere.

        >>> Words.of(()).joined("liikkumi-", "sen")
        'liikkumisen'
        """
        if _DASH.search(left) and right[:1].isdigit():
            return left + right
        end, begin = _END.search(left), _BEGIN.match(right)
        if end is None or begin is None or begin[0].casefold() in _SHARED:
            return None
        first, second = end["left"], begin[0]
        if end["hyphen"] == "\u00ad":
            return left + right
        whole, kept = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
        part = first.split("-")[-1]
        stays = (
            not second[0].islower()
            or (len(part) > 1 and part.isupper())
            or any(letter.isdigit() for letter in part)
            or (part[-1].casefold() == second[0] and second[0] in _VOWELS)
        )
        if whole in self.known or (not stays and kept not in self.known):
            return left[:-1] + right
        return left + right

    def doubts(self, left: str, right: str, place: Place) -> list[Remark]:
        """Return a remark where a hyphen was taken away that may have been the word's own.

        That is so where the document has the word in both ways, or each of its halves as a word.
        """
        whole = self.joined(left, right)
        end, begin = _END.search(left), _BEGIN.match(right)
        if end is None or begin is None or end["hyphen"] == "\u00ad" or whole != left[:-1] + right:
            return []
        first, second = end["left"], begin[0]
        both = {first.casefold(), second.casefold()} <= self.known
        if f"{first}-{second}".casefold() not in self.known and (
            not both or f"{first}{second}".casefold() in self.known
        ):
            return []
        facts = (("written", f"{first}-{second}"), ("assumed", f"{first}{second}"))
        return [Remark("hyphen-unsure", place, facts=facts)]


def unbroken(text: str, words: Words, place: Place, remarks: list[Remark]) -> str:
    """Return a text of several lines with divided words made whole; what is unsure is added to the remarks."""
    made: list[str] = []
    for line in text.split("\n"):
        joined = words.joined(made[-1], line) if made else None
        if joined is None:
            made.append(line)
        else:
            remarks += words.doubts(made[-1], line, place)
            made[-1] = joined
    return "\n".join(made)


def unbroken_lines(lines: Sequence[Line], words: Words, remarks: list[Remark]) -> list[Line]:
    """Return lines where the rest of a divided word stands with its beginning; doubts are added to the remarks."""
    made: list[Line] = []
    for line in lines:
        first, _, rest = line.text.partition(" ")
        above = made[-1] if made and not line.level and not line.gap else None
        joined = words.joined(above.text, first) if above is not None and not above.level else None
        if joined is None or above is None:
            made.append(line)
            continue
        remarks += words.doubts(above.text, first, above.place)
        made[-1] = replace(above, text=joined)
        if rest.strip():
            cut = len(line.text) - len(rest.lstrip())
            links = tuple(Link(max(0, k.start - cut), k.end - cut, k.target) for k in line.links if k.end > cut)
            made.append(replace(line, text=line.text[cut:], links=links))
    return made
