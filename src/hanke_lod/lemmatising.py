"""The doorway to simplemma: base forms of words, and those of the parts of compounds.

Used when an index is built, never by the server: loading the dictionaries takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

#: The shortest first and last part of a compound, and the shortest last part behind a first one that nobody knows.
_HEAD, _TAIL, _TAIL_ALONE = 3, 4, 5
#: Language → what the first part of a compound has lost and gained: kehittämis- is kehittäminen, verksamhets- is
#: verksamhet. English writes its compounds as several words.
_JOINTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "fi": (("", ""), ("s", "nen")),
    "sv": (("", ""), ("s", "")),
    "en": (),
}


def bases(language: str, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each lower-case word its base form, then those of its parts; () for a word that nobody knows.

    >>> bases("fi", ["kehittämishankkeen"])
    {'kehittämishankkeen': ('kehittämishanke', 'hanke', 'kehittäminen', 'kehittämis')}
    """
    if language not in _JOINTS:
        return dict.fromkeys(words, ())
    return {word: _language(language).bases(word) for word in words}


class _Language:
    """One language's dictionary."""

    def __init__(self, code: str) -> None:
        factory = DefaultDictionaryFactory()
        self._code = code
        self._dictionary = factory.get_dictionary(code)
        self._lemmatizer = Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=factory))

    def bases(self, word: str) -> tuple[str, ...]:
        if not word.isalpha():
            return ()
        if self._knows(word):
            base = self._base(word)
            return tuple(dict.fromkeys((base, *self._parts(base, _TAIL))))
        for head, tail in self._splits(word):
            if self._head(head) or len(tail) >= _TAIL_ALONE:  # the end of a compound is what is inflected
                base = head + self._base(tail)
                return tuple(dict.fromkeys((base, *self._parts(base, _TAIL_ALONE))))
        base = self._base(word)
        return (base,) if base != word else ()

    def _base(self, word: str) -> str:
        return self._lemmatizer.lemmatize(word, self._code).lower()

    def _knows(self, word: str) -> bool:
        return word in self._dictionary or word.capitalize() in self._dictionary

    def _splits(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield the ways to cut a word before a known one, the longest last part first."""
        if _JOINTS[self._code]:
            for place in range(_HEAD, len(word) - _TAIL + 1):
                if word[place:] in self._dictionary:
                    yield word[:place], word[place:]

    def _parts(self, base: str, alone: int) -> Iterator[str]:
        """Yield the base forms of a compound's parts; `alone`: how long a last part may stand behind an unknown one."""
        for head, tail in self._splits(base):
            known = self._head(head)
            if self._dictionary[tail] == tail and (known or len(tail) >= alone > _TAIL):
                yield tail
                yield from self._parts(tail, _TAIL)
                yield from known
                return

    def _head(self, head: str) -> tuple[str, ...]:
        """Return the base form of a compound's first part and the part as it stands, () if it is no known word."""
        for lost, gained in _JOINTS[self._code]:
            whole = head.removesuffix(lost) + gained
            if head.endswith(lost) and whole in self._dictionary and not whole.endswith("t"):
                return (self._base(whole), head)
        return ()


@lru_cache
def _language(code: str) -> _Language:
    return _Language(code)
