"""Role phrases: who takes part and as what, from the words around names, in Finnish, Swedish and English.

A role word (`triggers`) has its names after it ("toteuttajana X ja Y", "koordinoi X", "funded by X") or before it
("X kumppanina", "X:n koordinoima"); a few phrases ("X:n ja Y:n yhteinen", "X:n kanssa") tell a role by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hanke_lod.interpreting.names import Names, looks_like_organisation, split
from hanke_lod.interpreting.triggers import Trigger, Triggers
from hanke_lod.lexicon import Lexicon

_PROJECT = (
    r"(?:hankkeen|projektin|hankkeessa|projektissa|hanketta|projektia|hanke|projekti|sen|sitä|se|siihen|jonka|jota|"
    r"projektets|projektet|the\s+project(?:['’]s)?|project)"
)
_IS = r"(?:on|ovat|oli|olivat|toimii|toimivat|toimi|är|var|fungerar|is|are|was|were|acts|serves)"
_MUCH = r"(?:muun\s+muassa|mm\.|bl\.a\.|bland\s+annat|among\s+others|including|esimerkiksi|som|as)"
_FOLLOW = re.compile(rf"(?:\s+{_IS})?(?:\s+{_MUCH})?\s*[:–-]?\s+(?:the\s+(?=[A-Z]))?", re.IGNORECASE)
_AHEAD = re.compile(rf"\b{_PROJECT}\s+$", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:\s+{_IS})?(?:\s+(?:som|as|mukana))?(?:\s+{_PROJECT})?\s+$", re.IGNORECASE)
_OBJECT = re.compile(
    r"(?:\s+(?:hankkeen|hanketta|hankkeeseen|projektiin|projektia|projektin|projektet|the\s+project))\b", re.IGNORECASE
)
_HANKE = re.compile(r"\s+[\w-]*(?:hanke|hankkeen|projekti)\b", re.IGNORECASE)
_STOP = re.compile(
    r"\s+kanssa\b|\s+[–—]\s+|,?\s+(?:hankkeen|hanketta|projektin|projektet|joka|jotka|jossa|jonka|som|which|who|sekä\s+mukana)\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s+kanssa\b", re.IGNORECASE)
#: Phrases that tell a role without a role word: their pattern, the role, and whether the rest of the clause is theirs.
_PHRASES = (
    (re.compile(r"\s+(?:yhteinen|yhteishanke|yhteisprojekti|yhteistyöhanke)\b", re.IGNORECASE), "joint", True),
    (re.compile(r"\s+gemensam(?:t|ma)\b", re.IGNORECASE), "joint", True),
    (re.compile(r"\s+kanssa\b", re.IGNORECASE), "partner", False),
)
_TOGETHER = re.compile(r"\b(?:yhteistyöhanke|yhteishanke|yhteisprojekti|yhteistyö|kumppanuudessa)\s+", re.IGNORECASE)
#: Words that begin another fact, not a name.
_MARKS = re.compile(
    r"(?:rahoitus|rahoitt|kesto|budjetti|kokonais|kustannus|finansier|budget|total|funding|hanke|projekt|haettu)", re.IGNORECASE
)  # fmt: skip
#: A body that the text names by what it is.
_BODIES = frozenset(("kunta", "kaupunki", "kommunen", "staden", "kunnat", "seurakunta", "kuntayhtymä"))


@dataclass(frozen=True)
class Found:
    """A role phrase at [start, end): the names' places in it, their roles, and whether they are inflected."""

    start: int
    end: int
    roles: tuple[str, ...]
    names: tuple[tuple[int, int], ...]
    inflected: bool = False


class Roles:
    """The role phrases of a lexicon, ready to be looked for."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self._names = names
        self._triggers = Triggers(lexicon)
        self._known: dict[str, bool] = {}

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Yield the role phrases in a run of text without sentence ends, from left to right."""
        triggers = self._triggers.find(text, start, end)
        position = start
        for number, trigger in enumerate(triggers):
            if trigger.start < position or _bracketed(text, start, trigger.start):
                continue
            limit = _limit(text, triggers, number, start, end)
            found = self._of(text, trigger, position, limit)
            if found is not None and found.start >= position:
                yield found
                position = found.end
        yield from self._phrases(text, position if triggers else start, end)

    def first_clause(self, text: str, start: int, end: int) -> int:
        """Return where a list of names under a label ends because a role word begins another: "X; partners Y"."""
        for trigger in self._triggers.find(text, start, end):
            if (
                trigger.start > start + 1
                and not _bracketed(text, start, trigger.start)
                and trigger.form != "participle"
            ):
                cut = max(text.rfind(sign, start, trigger.start) for sign in (",", ";", "\n", ". "))
                return cut if cut > start and not text[cut : trigger.start].strip(" ,;.\n") else trigger.start
        return end

    def roles_in(self, text: str) -> tuple[str, ...]:
        """Return the roles that the words of a text name, each once."""
        return self._triggers.roles(text)

    def _of(self, text: str, trigger: Trigger, start: int, limit: int) -> Found | None:
        if trigger.form == "participle":
            return self._before(text, trigger, start, inflected=True)
        if trigger.form == "with":
            return self._together(text, trigger.start, trigger.end, limit) or self._with(text, trigger, start)
        after = self._after(text, trigger, start, limit)
        if after is not None or trigger.form == "by":
            return after
        return self._before(text, trigger, start, inflected=False)

    def _after(self, text: str, trigger: Trigger, start: int, limit: int) -> Found | None:
        follow = _FOLLOW.match(text, trigger.end, limit)
        if follow is None:
            return None
        places = self._list(text, follow.end(), limit)
        if not places:
            return None
        ahead = _AHEAD.search(text, start, trigger.start)
        return Found(ahead.start() if ahead else trigger.start, places[-1][1], trigger.roles, tuple(places))

    def _before(self, text: str, trigger: Trigger, start: int, *, inflected: bool) -> Found | None:
        link = _BEFORE.search(text, start, trigger.start)
        if link is None:
            return None
        places = self._list_before(text, start, link.start(), inflected=inflected)
        if not places:
            return None
        tail = (_HANKE if inflected else _OBJECT).match(text, trigger.end)
        return Found(places[0][0], tail.end() if tail else trigger.end, trigger.roles, tuple(places), inflected)

    def _together(self, text: str, start: int, names_from: int, end: int) -> Found | None:
        """Read "yhteistyössä X:n ja Y:n kanssa"."""
        with_ = _WITH.search(text, names_from, end)
        if with_ is None:
            return None
        space = re.compile(rf"\s+(?:{_MUCH}\s+)?").match(text, names_from)
        places = [
            (a, b) for a, b in split(text, space.end() if space else names_from, with_.start(), self._names)
            if text[a].isupper() or text[a].isdigit() or self._plausible(text[a:b])
        ]  # fmt: skip
        return Found(start, with_.end(), ("partner",), tuple(places), inflected=True) if places else None

    def _with(self, text: str, trigger: Trigger, start: int) -> Found | None:
        """Read "X:n kanssa yhteistyössä"."""
        with_ = re.compile(r".*(\s+kanssa)\s+$", re.IGNORECASE | re.DOTALL).match(text, start, trigger.start)
        places = self._list_before(text, start, with_.start(1), inflected=True) if with_ else []
        return Found(places[0][0], trigger.end, ("partner",), tuple(places), inflected=True) if places else None

    def _phrases(self, text: str, start: int, end: int) -> Iterator[Found]:
        together = _TOGETHER.search(text, start, end)
        if together:
            found = self._together(text, together.start(), together.end(), end)
            if found:
                yield found
                return
        for pattern, role, tail in _PHRASES:
            match = pattern.search(text, start, end)
            places = self._list_before(text, start, match.start(), inflected=True) if match else []
            if match and places:
                yield Found(places[0][0], end if tail else match.end(), (role,), tuple(places), inflected=True)
                return

    def _list(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return the names of a list that begins at `start`; it ends where something else begins."""
        stop = _STOP.search(text, start, end)
        kept: list[tuple[int, int]] = []
        for first, last in split(text, start, stop.start() if stop else end, self._names):
            name = text[first:last]
            if not self._is_name(name) or (kept and _MARKS.match(name)):
                break
            kept.append((first, last))
        return kept

    def _list_before(self, text: str, start: int, end: int, *, inflected: bool) -> list[tuple[int, int]]:
        """Return the names of a list that ends at `end`; it begins where something else ends."""
        kept: list[tuple[int, int]] = []
        for first, last in reversed(split(text, start, end, self._names)):
            name = text[first:last]
            fits = (
                _is_genitive(name) and (name[0].isupper() or self._plausible(name))
                if inflected
                else self._plausible(name)
                if kept
                else self._is_name(name)
            )
            if not fits:
                break
            kept.insert(0, (first, last))
        return kept

    def _is_name(self, name: str) -> bool:
        if not name or len(name.split()) > 9:
            return False
        return name[0].isupper() or name[0].isdigit() or name in _BODIES or self._plausible(name)

    def _plausible(self, name: str) -> bool:
        if name not in self._known:
            known = looks_like_organisation(name, self._names) or next(self._names.funding.find(name), None) is not None
            self._known[name] = (
                known or name.isupper() or any(m.end == len(name) for m in self._names.organisations.find(name))
            )
        return self._known[name]


def _limit(text: str, triggers: list[Trigger], number: int, start: int, end: int) -> int:
    """Return where the names of a trigger must end: before the clause of the next one."""
    for following in triggers[number + 1 :]:
        if _bracketed(text, start, following.start):
            continue
        begin = triggers[number].end
        cut = max(text.rfind(sign, begin, following.start) for sign in (",", ";", " ja ", " sekä ", " och ", " and "))
        return cut if cut > begin else following.start
    return end


def _bracketed(text: str, start: int, position: int) -> bool:
    return text.count("(", start, position) > text.count(")", start, position)


def _is_genitive(name: str) -> bool:
    return bool(re.search(r"(?:n|:n|s)$", name)) and len(name.split()) <= 7 and bool(re.search(r"[^\W\d_]{2}", name))
