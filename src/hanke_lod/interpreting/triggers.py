"""Words that tell a role ("toteuttajana", "koordinoivat", "finansieras av"), found by a table of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from hanke_lod.labels import fold_label
from hanke_lod.lexicon import Lexicon, RoleWord

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_AS = re.compile(r"\s+(?:(?:as|som)\s+)(?:an?\s+|en\s+|the\s+)?", re.IGNORECASE)
_PLURAL = re.compile(r"(?:[aeiouyäö]t|jina|jinä|eina|einä|[^s]s|erna|arna|parter|na)$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|/|&|\bja\b|\bsekä\b|\boch\b|\band\b)\s*", re.IGNORECASE)

#: "Hankehallinnoija" is an administrator of a project.
_COMPOUND = re.compile(r"^(?:hanke|projekti|projekt)(?=\w{6})")
_A = ("", "n", "na", "nä", "t", "a", "ä", "ksi", "naan", "nään", "nansa")
_I = ("na", "nä", "en", "ta", "tä", "a", "ä", "ksi", "naan", "nään", "nansa", "den")
#: Endings of "koordinoima", which agrees with its noun: "koordinoimassa hankkeessa".
_PARTICIPLE = ("", "n", "t", "an", "än", "ssa", "ssä", "sta", "stä", "lla", "llä", "lle", "na", "nä", "a", "ä")
#: The last letter of a Finnish role noun → its endings, which stand in the letter's place.
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    **{v: (*(v + e for e in _A), *("i" + e for e in _I)) for v in "aä"},
    "i": (*("i" + e for e in _A), *("ei" + e for e in _I), "ien", *("e" + e for e in ("na", "n", "t", "nä"))),
    **{v: (*(v + e for e in _A), *(v + "i" + e for e in _I), v + "jen", v + "iden") for v in "oöuyeé"},
}
_INFLECTED_PARTICIPLE = re.compile(r"[aeiouäöy]m[aä](?:n|t|[aä]n|ss[aä]|st[aä]|ll[aä]|lle|n[aä]|[aä])?$")
_FOREIGN = ("", "n", "en", "er", "na", "erna", "ar", "arna", "s")

#: Words beside a role in brackets that add nothing: "(hankkeen päätoteuttaja)", "(the lead partner)".
_ROLE_BESIDE = re.compile(
    r"\b(?:hankkeen|projektin|projektets|projekt|project|the|ja|och|and|sekä|on|is|är|toinen)\b|[\s,;:./&-]+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Trigger:
    """Role words at [start, end): a noun ("noun") or a verb ("verb") with the roles they tell.

    `form` tells a noun's or verb's use: "essive", "genitive", "participle" ("koordinoima"), "by" ("funded by",
    "i samarbete med": names follow), "from" ("saa rahoitusta": names follow in the ablative), "with" ("yhteistyössä":
    names follow before "kanssa"), else "".
    """

    start: int
    end: int
    kind: str
    roles: tuple[str, ...]
    form: str = ""
    plural: bool = False


def _forms(word: RoleWord) -> Iterator[str]:
    if word.kind == "verb":
        participle = word.language == "fi" and re.search(r"m[aä]$", word.form)
        yield from (word.form + e for e in (_PARTICIPLE if participle else ("",)))
        return
    *before, last = word.form.split()
    head = " ".join(before)
    endings = _ENDINGS.get(last[-1]) if word.language == "fi" else None
    if word.kind == "label" and word.language != "fi":
        yield word.form
        return
    for form in (last[:-1] + e for e in endings) if endings else (last + e for e in _FOREIGN):
        yield f"{head} {form}" if head else form


def _use(kind: str, form: str) -> str:
    last = form.split()[-1]
    if kind == "noun":
        return (
            "essive"
            if re.search(r"(?:n[aä](?:[aä]n|nsa)?|ksi)$", last)
            else "genitive"
            if last.endswith(("jan", "jän", "jien", "den"))
            else ""
        )
    if last in (
        "by",
        "av",
        "with",
        "med",
        "from",
        "från",
        "of",
        "between",
        "mellan",
        "för",
        "include",
        "includes",
        "hos",
        "to",
        "at",
    ):
        return "by"
    if form.startswith(("rahoitus ", "rahaa ", "tukea ", "avustusta ")) or last in (
        "rahoitusta",
        "avustusta",
        "tukea",
        "avustuksen",
        "rahoituksen",
        "osarahoitusta",
    ):
        return "from"
    if form in (
        "yhteistyössä",
        "yhdessä",
        "yhteistyötä",
        "tehdään yhteistyötä",
        "tekee yhteistyötä",
        "tekevät yhteistyötä",
    ):
        return "with"
    return "participle" if _INFLECTED_PARTICIPLE.search(last) else ""


@lru_cache(maxsize=4)
def _table(lexicon: Lexicon) -> Mapping[str, tuple[str, str, str]]:
    """Return form → (kind, role, use); a longer wording goes before a shorter one that it contains."""
    found: dict[str, tuple[str, str, str]] = {}
    for word in sorted(lexicon.roles, key=lambda w: w.kind == "label"):
        kind = "verb" if word.kind == "verb" else "noun"
        for form in _forms(word):
            plain = fold_label(form)
            found.setdefault(plain, (kind, word.role, _use(kind, plain)))
    return found


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    return fold_label(word)


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    """Return a word folded, without "hanke" before it."""
    return _COMPOUND.sub("", fold_label(word))


def _joins(text: str, one: Trigger, other: Trigger) -> bool:
    """Tell whether two role words are said of the same: "koordinoi ja hallinnoi"; not "kumppanina, toteuttajana"."""
    apart = one.form == "essive" and "," in text[one.end : other.start]
    return not apart and _AND.fullmatch(text, one.end, other.start) is not None


def _plays(text: str, verb: Trigger, noun: Trigger) -> bool:
    """Tell whether a verb of taking part and a noun tell one role: "participates as a partner", "mukana kumppanina"."""
    if verb.roles != ("participant",) or verb.kind != "verb" or noun.kind != "noun":
        return False
    essive = noun.form == "essive" and not text[verb.end : noun.start].strip()
    return essive or _AS.fullmatch(text, verb.end, noun.start) is not None


class Triggers:
    """The role words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._table = _table(lexicon)
        self._longest = max(len(form.split()) for form in self._table)
        self._first = frozenset(form.split()[0] for form in self._table)

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Trigger]:
        """Return the role words of a part of the text; those joined by "and" as one: "koordinoi ja hallinnoi"."""
        joined: list[Trigger] = []
        for trigger in self._single(text, start, len(text) if end is None else end):
            last = joined[-1] if joined else None
            if last and _plays(text, last, trigger):
                joined[-1] = Trigger(last.start, trigger.end, "verb", trigger.roles)
            elif last and last.kind == trigger.kind and _joins(text, last, trigger):
                roles = tuple(dict.fromkeys((*last.roles, *trigger.roles)))
                joined[-1] = Trigger(last.start, trigger.end, last.kind, roles, trigger.form or last.form)
            else:
                joined.append(trigger)
        return joined

    def _single(self, text: str, start: int, end: int) -> Iterator[Trigger]:
        words = list(_WORD.finditer(text, start, end))
        position = 0
        while position < len(words):
            first = _plain(words[position].group())
            found = self._at(words, position) if first in self._first else None
            if found is None:
                position += 1
                continue
            count, (kind, role, use) = found
            last = words[position + count - 1]
            yield Trigger(words[position].start(), last.end(), kind, (role,), use, bool(_PLURAL.search(last.group())))
            position += count

    def _at(self, words: list[re.Match[str]], position: int) -> tuple[int, tuple[str, str, str]] | None:
        for count in range(min(self._longest, len(words) - position), 0, -1):
            form = " ".join(_folded(w.group()) for w in words[position : position + count])
            if form in self._table:
                return count, self._table[form]
        alone = _plain(words[position].group())
        return (1, self._table[alone]) if alone in self._table else None

    def roles(self, text: str) -> tuple[str, ...]:
        """Return the roles that the words of a text name, each once."""
        return tuple(dict.fromkeys(role for trigger in self.find(text) for role in trigger.roles))

    def alone(self, text: str, start: int, end: int) -> Trigger | None:
        """Return the role words that a part of the text consists of ("päätoteuttaja", "lead partner"), or None."""
        found = self.find(text, start, end)
        if not found or _ROLE_BESIDE.sub("", text[start : found[0].start] + " " + text[found[-1].end : end]):
            return None
        first = found[0]
        roles = tuple(dict.fromkeys(role for trigger in found for role in trigger.roles))
        between = (text[a.end : b.start] for a, b in pairwise(found))
        if any(_ROLE_BESIDE.sub("", part) for part in between):
            return None
        return Trigger(first.start, found[-1].end, first.kind, roles, first.form, found[-1].plural)
