"""A tree of known names, in which a text's names are found in any of their forms."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from hanke_lod.interpreting.inflection import last_word

T = TypeVar("T")

_TOKEN = re.compile(r"[\w+&]+(?:[.'’:‐‑–-][\w+&]+)*", re.UNICODE)
_DASHES = re.compile(r"[‐‑‒–—−]")
#: Endings that a single-word or foreign name takes in Finnish and Swedish beside the heads' forms.
_PLAIN_ENDINGS = (
    "n", "in", "en", "lle", "lla", "llä", "lta", "ltä", "ssa", "ssä", "sta", "stä", "na", "nä",
    "ksi", "a", "ä", "ta", "tä", "s",
)  # fmt: skip
#: Before these an "i" may belong to the ending, not to the name: "Sitralla", but "Oamkilla".
_AFTER_I = frozenset(("in", "en", "n", "lle", "lla", "ssa", "sta", "lta"))


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return the text as names are compared: NFC, lower case, plain dashes and spaces."""
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join(_DASHES.sub("-", text.replace("\u00ad", "").replace("’", "'")).split())


@dataclass(frozen=True)
class Mention(Generic[T]):
    """A known name at [start, end) of a text; `exact` tells that it stands in its base form."""

    start: int
    end: int
    thing: T
    exact: bool


class _Token(NamedTuple):
    start: int
    end: int
    word: str


@dataclass
class _Node(Generic[T]):
    following: dict[str, _Node[T]] = field(default_factory=dict)
    thing: T | None = None
    look: str = ""


class Gazetteer(Generic[T]):
    """Known names in a tree of their words; a mention may be inflected ("Lapin yliopiston", "EAKR:n")."""

    def __init__(self, things: Iterable[tuple[T, Iterable[str]]]) -> None:
        self._root: _Node[T] = _Node()
        for thing, names in things:
            for name in names:
                self._add(thing, [m.group() for m in _TOKEN.finditer(folded(name))], _look(name))
        self._beginnings: dict[str, bool] = {}

    def _add(self, thing: T, words: Sequence[str], look: str) -> None:
        node = self._root
        for word in words:
            node = node.following.setdefault(word, _Node())
        if words and node.thing is None:
            node.thing, node.look = thing, look
        elif words and node.thing == thing and not look:
            node.look = ""

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention[T]]:
        """Yield the longest known names in a part of the text, from left to right."""
        tokens = tokens_of(text, start, len(text) if end is None else end)
        position, beginnings = 0, self._beginnings
        while position < len(tokens):
            word = tokens[position].word
            begins = beginnings[word] if word in beginnings else self._begins(word)
            found = self._longest(text, tokens, position) if begins else None
            if found is None:
                position += 1
                continue
            count, mention = found
            yield mention
            position += count

    def _begins(self, word: str) -> bool:
        """Tell whether any name begins with the word, in any of its forms."""
        following = self._root.following
        self._beginnings[word] = any(choice in following for choice, _, _ in _choices(word))
        return self._beginnings[word]

    def _longest(self, text: str, tokens: Sequence[_Token], position: int) -> tuple[int, Mention[T]] | None:
        best: tuple[int, Mention[T]] | None = None
        paths: list[tuple[_Node[T], bool]] = [(self._root, True)]
        begin = tokens[position].start
        for count, token in enumerate(tokens[position:], start=1):
            nextpaths = []
            for node, exact in paths:
                for choice, same, length in _choices(token.word):
                    following = node.following.get(choice)
                    if following is None:
                        continue
                    if length == len(token.word):
                        nextpaths.append((following, exact and same))
                    if following.thing is None or not _has_look(text[begin : begin + 2], following.look):
                        continue
                    finish = token.start + length
                    if best is None or best[1].end < finish:
                        best = (count, Mention(begin, finish, following.thing, exact and same))
            if not nextpaths:
                break
            paths = nextpaths
        return best

    def exactly(self, name: str) -> T | None:
        """Return the thing that the whole text names in its base form, or None."""
        node = self._root
        for token in tokens_of(name, 0, len(name)):
            following = node.following.get(token.word)
            if following is None:
                return None
            node = following
        return node.thing


def tokens_of(text: str, start: int, end: int) -> Sequence[_Token]:
    """Return the words of a part of the text, folded."""
    tokens = _tokens(text)
    if start == 0 and end == len(text):
        return tokens
    first = bisect_right(tokens, start, key=lambda token: token.end)
    inside = tokens[first : bisect_left(tokens, end, lo=first, key=lambda token: token.start)]
    if inside and (inside[0].start < start or inside[-1].end > end):  # the part begins or ends within a word
        return [_Token(m.start(), m.end(), folded(m.group())) for m in _TOKEN.finditer(text, start, end)]
    return inside


@lru_cache(maxsize=256)
def _tokens(text: str) -> Sequence[_Token]:
    return [_Token(m.start(), m.end(), folded(m.group())) for m in _TOKEN.finditer(text)]


def _look(name: str) -> str:
    """Return which capitals a name must be written with: a single word that may be a common word needs its own."""
    word = name.strip()
    if " " in word or "-" in word:
        return ""
    if word.isupper() and len(word) > 1:
        return "capitals"
    return "capital" if word[:1].isupper() and last_word(word) is None else ""


def _has_look(word: str, look: str) -> bool:
    if look == "capitals":
        return word.isupper()
    return look != "capital" or word[:1].isupper()


@lru_cache(maxsize=65536)
def _choices(word: str) -> tuple[tuple[str, bool, int], ...]:
    """Return the words a token may stand for, and the length used: itself, its base, the head of "EAKR-rahoitus"."""
    return tuple(dict.fromkeys(_readings(word)))


def _readings(word: str) -> Iterator[tuple[str, bool, int]]:
    yield word, True, len(word)
    if ":" in word:
        yield word.partition(":")[0], False, len(word)
    if "-" in word:
        head = word.rpartition("-")[0]
        yield head, False, len(head)
    form = last_word(word)
    if form is not None and form.case:
        yield form.base.casefold(), False, len(word)
    for ending in _PLAIN_ENDINGS:
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            yield word[: -len(ending)], False, len(word)
            if ending in _AFTER_I:
                yield word[: -len(ending)].rstrip("i"), False, len(word)
