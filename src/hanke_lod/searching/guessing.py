"""Base forms that an inflected word of a search may have. Most are no words; the index tells which it has.

A search cannot load a dictionary, and the index knows only the inflected forms that its texts have. Since a guess
counts only if it is a word of the index, guessing too much does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator

#: Endings of Finnish, Swedish and English words as search compares them, without diacritics.
_ENDINGS = (
    "n", "t", "a", "ta", "tta", "na", "ksi", "ssa", "sta", "lla", "lle", "lta", "an", "en", "in", "on", "un", "yn",
    "han", "hen", "hin", "hon", "hun", "hyn", "seen", "den", "ten", "tten", "iden", "itten", "ien", "jen", "ja", "ia",
    "ita", "iin", "isiin", "ihin", "ina", "iksi", "issa", "ista", "illa", "ille", "ilta",
    "s", "et", "ens", "ets", "ar", "er", "or", "arna", "erna", "orna", "arnas", "ernas", "ornas", "ars", "ers", "ors",
    "es", "ing", "ed",
)  # fmt: skip
#: The end of a stem, as inflection leaves it → that of the base form.
_STEMS = (
    ("ise", "inen"), ("isi", "inen"), ("is", "inen"), ("uude", "uus"), ("yyde", "yys"), ("uute", "uus"),
    ("yyte", "yys"), ("ude", "us"), ("yde", "ys"), ("uuks", "uus"), ("uu", "uus"), ("yy", "yys"), ("ukse", "us"),
    ("ykse", "ys"), ("okse", "os"), ("akse", "as"), ("ikse", "is"), ("uks", "us"), ("yks", "ys"), ("oks", "os"),
    ("aks", "as"), ("iks", "is"), ("ai", "as"), ("aa", "as"), ("ii", "is"), ("ee", "e"), ("e", "i"), ("e", ""),
    ("a", ""), ("i", "a"), ("i", "e"), ("i", ""), ("o", "a"), ("", "i"), ("", "a"), ("", "e"), ("", "o"), ("", "u"),
    ("", "y"), ("", ""),
)  # fmt: skip
#: Consonants as they stand before the end of some forms → as in others: kaupungi-, kaupunki.
_GRADATION = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("k", "kk"), ("p", "pp"), ("t", "tt"), ("ng", "nk"), ("nn", "nt"),
    ("ll", "lt"), ("rr", "rt"), ("mm", "mp"), ("d", "t"), ("v", "p"), ("", "k"),
)  # fmt: skip
_SHORTEST_STEM = 3
_VOWELS = frozenset("aeiouy")


def guesses(word: str) -> set[str]:
    """Return what the base form of a folded word may be.

    >>> {"hanke", "tyollisyys"} <= guesses("hankkeiden") | guesses("tyollisyyteen")
    True
    """
    stems = {word} | {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    return {
        guess
        for stem in stems
        for end, whole in _STEMS
        if len(stem) - len(end) >= _SHORTEST_STEM - 1 and stem.endswith(end)
        for guess in _graded(stem.removesuffix(end), whole)
        if len(guess) >= _SHORTEST_STEM
    } - {word}


def _graded(stem: str, end: str) -> Iterator[str]:
    """Yield the stem with its end, and with every change of the consonants before its last vowel."""
    yield stem + end
    place = len(stem)
    if not end or end[0] not in _VOWELS:
        while place and stem[place - 1] in _VOWELS:
            place -= 1
    kept, tail = stem[:place], stem[place:]
    for form, other in _GRADATION:
        if kept.endswith(form):
            yield kept.removesuffix(form) + other + tail + end
