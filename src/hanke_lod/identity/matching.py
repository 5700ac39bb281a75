"""Is this an earlier thing under another name? Points for what agrees, and a verdict: certain, likely or none.

It is record linkage in the way of Fellegi and Sunter with weights set by hand: names, period, sector, parties,
identifiers and common projects are compared one by one and their points added up. What one side does not say counts
neither way.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from hanke_lod.model import Kind

#: From so many points on a match is certain, or likely; a certain one has this lead over every other.
CERTAIN, LIKELY, LEAD = 10.0, 7.0, 2.0
#: What equal names are worth; names that are alike are worth a part of it.
NAME = 10.0
#: "Kerhot 3" and "Kerhot 4" are a project and its successor.
OTHER_NUMBERS = -4.0
#: Where each name has a word that the other has nothing like, one was exchanged for the other.
OTHER_WORDS = -2.0
PERIOD = {"same": 3.0, "one bound": 2.0, "overlap": 0.0, "apart": -2.0}
SECTOR = {True: 1.0, False: -1.0}
PARTIES = {True: 2.0, False: -2.0}
#: An identifier in common (a business id, a ROR) says all.
MARKS = 12.0
#: Things that stand in all the same projects: in one, or in more.
ONE_PROJECT, PROJECTS = 4.0, 7.0
#: Words less alike than this are others.
_SAME_WORD = 0.4
#: A trigram that so many names have tells nothing apart.
_COMMON = 64


@dataclass(frozen=True)
class Traits:
    """What a thing is recognised by; what is not known is empty. `fingerprint` is of all that is said of it."""

    names: tuple[str, ...]
    period: str = ""
    sectors: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    projects: frozenset[tuple[str, str]] = frozenset()
    fingerprint: str = ""


@dataclass(frozen=True)
class Question:
    """Something new that may be one of the `candidates` (slugs, the best first); `proposed` is the answer to try.

    `proposed` is "" where each candidate is more likely something else: then it is new.
    """

    kind: Kind
    key: str
    title: str
    candidates: tuple[str, ...]
    proposed: str


@dataclass(frozen=True)
class Verdict:
    """Keys that certainly stand for an earlier slug, and for those that likely do: slugs, the best first."""

    certain: Mapping[str, str] = field(default_factory=dict)
    likely: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proposed: Mapping[str, str] = field(default_factory=dict)


def points(one: Traits, other: Traits) -> float:
    """Return how much speaks for two things being one."""
    return _name_points(one, other) + fact_points(one, other)


def fact_points(one: Traits, other: Traits) -> float:
    """Return how much speaks for two things of one name being one: all but the name."""
    total = 0.0
    if one.period and other.period:
        total += PERIOD[_relation(one.period, other.period)]
    if one.sectors and other.sectors:
        total += SECTOR[bool(one.sectors & other.sectors)]
    if one.parties and other.parties:
        total += PARTIES[2 * len(one.parties & other.parties) >= len(one.parties | other.parties)]
    if one.marks & other.marks:
        total += MARKS
    common = len(one.projects & other.projects)
    if common and 2 * common > len(one.projects | other.projects):
        total += PROJECTS if common > 1 else ONE_PROJECT
    return total


def _name_points(one: Traits, other: Traits) -> float:
    return max((_names_points(a, b) for a in one.names for b in other.names), default=0.0)


def _names_points(one: str, other: str) -> float:
    total = NAME * likeness(one, other)
    if _numbers(one) != _numbers(other):
        total += OTHER_NUMBERS
    left, other_left = _left(one, other), _left(other, one)
    if _lacks(left, other_left) and _lacks(other_left, left):
        total += OTHER_WORDS
    return max(total, 0.0)


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1: each word finds the one most like it, long words count for more.

    Words are compared by their trigrams (Dice's coefficient). Whole names are not: two long Finnish titles have most
    of their trigrams in common by chance.

    >>> likeness("Silta", "silta"), round(likeness("Torin valaistus", "Torin valaisus"), 1), likeness("Tie", "Katu")
    (1.0, 0.9, 0.0)
    """
    a, b = _words(one), _words(other)
    length = sum(map(len, (*a, *b)))
    return (_found(a, b) + _found(b, a)) / length if length else 0.0


def _found(words: Sequence[str], among: Sequence[str]) -> float:
    return sum(len(word) * max((_alike(word, other) for other in among), default=0.0) for word in words)


def _left(name: str, other: str) -> Sequence[str]:
    """Return a name's words without those that both have: what both have cannot be what one was exchanged for."""
    return tuple((Counter(_words(name)) - Counter(_words(other))).elements())


def _lacks(words: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether the other has a word that is like none of these; numbers are seen to elsewhere."""
    return any(word.isalpha() and not _found((word,), words) for word in other)


@lru_cache(maxsize=1 << 16)
def _alike(word: str, other: str) -> float:
    a, b = _trigrams(word), _trigrams(other)
    alike = 2 * len(a & b) / (len(a) + len(b))
    return alike if alike >= _SAME_WORD else 0.0


@lru_cache(maxsize=1 << 14)
def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", name.casefold()))


@lru_cache(maxsize=1 << 16)
def _trigrams(word: str) -> frozenset[str]:
    return frozenset(f"  {word} "[start : start + 3] for start in range(len(word) + 1))


@lru_cache(maxsize=1 << 16)
def _numbers(name: str) -> tuple[str, ...]:
    """Return the numbers in a name, Roman ones too: they tell one round of a project from the next."""
    return tuple(re.findall(r"\d+|\b[ivx]{2,}\b", name.casefold()))


def _relation(one: str, other: str) -> str:
    """Return how two periods stand to each other; each is "start/end", ".." where a bound is open, first of several."""
    if one == other:
        return "same"
    first, last = one.partition(" | ")[0].split("/")
    other_first, other_last = other.partition(" | ")[0].split("/")
    if first == other_first != ".." or last == other_last != "..":
        return "one bound"
    return "overlap" if _begins_by(first, other_last) and _begins_by(other_first, last) else "apart"


def _begins_by(start: str, end: str) -> bool:
    """Tell whether a start is not after an end, each at the precision it has."""
    return ".." in (start, end) or start[: len(end)] <= end[: len(start)]


def decide(before: Mapping[str, Traits], after: Mapping[str, Traits]) -> Verdict:
    """Match what is new, by its key, with what is no longer listed, by its slug; each stands for one of the other."""
    scored = sorted(
        (-score, slug, key)
        for slug, key in _pairs(before, after)
        if (score := points(before[slug], after[key])) >= LIKELY
    )
    rivals: dict[tuple[str, str], list[float]] = defaultdict(list)
    for score, slug, key in scored:
        rivals["before", slug].append(-score)
        rivals["after", key].append(-score)
    certain = {
        key: slug
        for score, slug, key in scored
        if -score >= CERTAIN and all(_leads(-score, rivals[side]) for side in (("before", slug), ("after", key)))
    }
    taken = set(certain.values())
    likely: dict[str, tuple[str, ...]] = {}
    proposed: dict[str, str] = {}
    for _, slug, key in scored:
        if key in certain or slug in taken:
            continue
        likely[key] = (*likely.get(key, ()), slug)
        if key not in proposed and slug not in proposed.values():
            proposed[key] = slug
    return Verdict(certain, likely, proposed)


def _leads(score: float, scores: list[float]) -> bool:
    """Tell whether a score is the first and the next is well behind; `scores` are in falling order."""
    return score == scores[0] and (len(scores) == 1 or score - scores[1] >= LEAD)


def _pairs(before: Mapping[str, Traits], after: Mapping[str, Traits]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that have something rare in common: comparing each with each would take too long."""
    index: dict[object, list[str]] = defaultdict(list)
    for slug, traits in before.items():
        for handle in set(_handles(traits)):
            index[handle].append(slug)
    for key, traits in after.items():
        found = {slug for handle in set(_handles(traits)) if len(index.get(handle, ())) <= _COMMON
                 for slug in index.get(handle, ())}  # fmt: skip
        for slug in found:
            yield slug, key


def _handles(traits: Traits) -> Iterable[object]:
    yield from (word for name in traits.names for word in _words(name))
    yield from (trigram for name in traits.names for word in _words(name) for trigram in _trigrams(word))
    yield from traits.marks
    yield from traits.projects
    if traits.period and traits.parties:
        yield traits.period, traits.parties
