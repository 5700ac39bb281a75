"""Text → a row of tokens: dates, marks, and words by what they say of time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from hanke_lod.interpreting.dates import Atom, atoms, even

_PIECE = (
    r"(?P<dash>-{1,3})|(?P<dots>\.{2,3}|…|→)|(?P<blank>\n[ ]*\n|\t)|(?P<mark>[][,:;.?!()/§€&|•·*])|(?P<number>\d+)|"
    r"(?P<phrase>PHRASES)|(?P<word>[^\W\d_](?:\w|\.(?=[^\W\d_]\.?(?!\w))){0,60})"
)


class Token(NamedTuple):
    """A piece of text at [start, end) of one kind, a letter.

    Dates are "D", bare years "Y", dates without a year "d"; dashes "-" ("=" when shut to the left only, "<" to the
    right only, "h" before a word), dots and arrows "~", tabs and blank lines ";", numbers "o", other words "W".
    """

    kind: str
    start: int
    end: int
    atom: Atom | None = None


class Vocabulary:
    """Words by kind: "_" in a word stands for a space, "*" at its end or beginning for any letters."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._kinds = {word: kind for kind, row in words.items() for word in row.split()}
        self._kinds |= {"dash": "-", "dots": "~", "blank": ";", "number": "o"}
        self._kinds |= {"[": "(", "]": ")", **dict.fromkeys("!|•·*", ";")}
        phrases = sorted((word for word in self._kinds if "_" in word[1:]), key=len, reverse=True)
        spaced = "|".join(re.escape(p).replace("_", r"[ \n]{1,40}").replace(r"\*", r"\w{0,12}") for p in phrases)
        self._kind = lru_cache(maxsize=16384)(self._kind_of)
        self._pieces = re.compile(_PIECE.replace("PHRASES", rf"(?<!\w)(?:{spaced or '(?!)'})(?!\w)"))

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a text."""
        row: list[Token] = []
        position, lower = 0, even(text)
        for atom in atoms(lower):
            row += self._between(text, lower, position, atom.start)
            kind = "d" if atom.year is None else "Y" if atom.form == "year" else "D"
            row.append(Token(kind, atom.start, atom.end, atom))
            position = atom.end
        row += self._between(text, lower, position, len(text))
        return [_dash(row, number) if token.kind == "-" else token for number, token in enumerate(row)]

    def _between(self, text: str, lower: str, start: int, end: int) -> Iterator[Token]:
        for match in self._pieces.finditer(lower, start, end):
            piece, group = match.group(), str(match.lastgroup)
            if group in ("word", "phrase"):
                kind = self._kind("_".join(piece.split()), lower[match.end() : match.end() + 1] == ".")
            else:
                kind = self._kinds.get(piece, self._kinds.get(group, piece))
            if kind != "." or _ends_sentence(text, match.end()):
                yield Token(kind, match.start(), match.end())

    def _kind_of(self, word: str, stopped: bool) -> str:
        """Return a word's kind; `stopped` tells that a full stop follows it."""
        stems = (word[:length] + "*" for length in range(len(word), 2, -1))
        ends = ("*" + word[length:] for length in range(len(word) - 2))
        known = (word, word + "." if stopped else word, *stems, *ends)
        return next((self._kinds[form] for form in known if form in self._kinds), "W")


def _ends_sentence(text: str, position: int) -> bool:
    """Tell whether a full stop before a position ends a sentence: others are an abbreviation's or a number's."""
    follows = text[position : position + 40].lstrip()
    return not follows or (follows[0].isupper() and text[position].isspace())


def _dash(row: Sequence[Token], number: int) -> Token:
    token = row[number]
    before = row[number - 1] if number else None
    after = row[number + 1] if number + 1 < len(row) else None
    shut_left = before is not None and before.end == token.start
    shut_right = after is not None and after.start == token.end
    if shut_right and after is not None and after.kind not in "DYd,;.()f_":
        return token._replace(kind="h")
    return token._replace(kind="-" if shut_left == shut_right else "=" if shut_left else "<")
