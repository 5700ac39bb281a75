"""Role phrases: who takes part and as what, from the words around names, in Finnish, Swedish and English.

A role word (`triggers`) has its names after it ("toteuttajana X ja Y", "koordinoi X", "funded by X") or before it
("X kumppanina", "X:n koordinoima", "X (hakija)"); a few phrases ("X:n ja Y:n yhteinen", "X:n kanssa") tell a role by
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hanke_lod.interpreting import phrases
from hanke_lod.interpreting.inflection import last_word
from hanke_lod.interpreting.names import Names
from hanke_lod.interpreting.splitting import is_many, name_at_end, split
from hanke_lod.interpreting.triggers import Trigger, Triggers
from hanke_lod.interpreting.vocabulary import whole, words
from hanke_lod.lexicon import Lexicon


@dataclass(frozen=True)
class Found:
    """A role phrase at [start, end): the names' places in it, their roles, and whether they are inflected."""

    start: int
    end: int
    roles: tuple[str, ...]
    names: tuple[tuple[int, int], ...]
    inflected: bool = False


@dataclass(frozen=True)
class Assigned:
    """A name at [start, end) of a list with the roles that it has there; `bracket` is where what it bears ends."""

    start: int
    end: int
    roles: tuple[str, ...]
    bracket: int


#: A source of money, not an organisation: "Leader-finansiering".
_MARKED = re.compile(r"-(?:rahoitus|finansiering|funding|tuki|avustus|stöd)$", re.IGNORECASE)


class Roles:
    """The role phrases of a lexicon, ready to be looked for."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self._names = names
        self.triggers = Triggers(lexicon)
        self._known: dict[str, bool] = {}

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, lexicon: Lexicon) -> Roles:
        """Return the role phrases of a lexicon, made once."""
        return cls(lexicon, Names.of(lexicon))

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Yield the role phrases in a run of text without sentence ends, from left to right."""
        triggers = self.triggers.find(text, start, end)
        position = start
        for number, trigger in enumerate(triggers):
            if trigger.start < position:
                continue
            if phrases.is_bracketed(text, start, trigger.start):
                found = self._bracketed(text, trigger, position, end)
            else:
                found = self._of(text, trigger, position, _limit(text, triggers, number, start, end, self._names))
            if found is not None and found.start >= position:
                yield from self._phrases(text, position, found.start)
                yield found
                position = found.end
        yield from self._phrases(text, position, end)

    def first_clause(self, text: str, start: int, end: int) -> int:
        """Return where a list of names under a label ends because a role word begins another: "X; partners Y"."""
        for trigger in self.triggers.find(text, start, end):
            if trigger.start <= start + 1 and trigger.kind == "noun" and re.match(r"\s*:", text[trigger.end : end]):
                return start
            if trigger.start <= start + 1 and _begins_clause(text, trigger, end):
                return start
            if (
                trigger.start > start + 1
                and not phrases.is_bracketed(text, start, trigger.start)
                and trigger.form != "participle"
            ):
                cut = max(text.rfind(sign, start, trigger.start) for sign in (",", ";", "\n", ". "))
                return cut if cut > start and not text[cut : trigger.start].strip(" ,;.\n") else trigger.start
        return end

    def roles_in(self, text: str) -> tuple[str, ...]:
        """Return the roles that the words of a text name, each once."""
        return self.triggers.roles(text)

    def assigned(self, text: str, places: Sequence[tuple[int, int]], roles: tuple[str, ...]) -> list[Assigned]:
        """Return the names of a list with their roles: one may bear its own in brackets, a plural one for several.

        "Lapin AMK (päätoteuttaja), Oulun yliopisto ja Kemin kaupunki (osatoteuttajat)".
        """
        made: list[Assigned] = []
        own: list[bool] = []
        for start, end in places:
            bracket = _BRACKET.search(text, start, end)
            alone = self.triggers.alone(text, bracket.start(1), bracket.end(1)) if bracket else None
            name_end = len(text[: bracket.start()].rstrip()) if bracket and bracket.start() > start else end
            made.append(Assigned(start, name_end, alone.roles if alone else roles, end))
            own.append(alone is not None)
            number = len(made) - 2
            while alone and alone.plural and number >= 0 and not own[number]:
                made[number] = Assigned(made[number].start, made[number].end, alone.roles, made[number].bracket)
                number -= 1
        return made

    def _bracketed(self, text: str, trigger: Trigger, start: int, end: int) -> Found | None:
        """Read a role in brackets after its names: "Luleå Hamn AB (lead partner)"."""
        opened = text.rfind("(", start, trigger.start)
        closed = text.find(")", trigger.end, end)
        alone = self.triggers.alone(text, opened + 1, closed) if start < opened < closed else None
        if alone is None:
            return None
        places = self._list_before(text, start, len(text[:opened].rstrip()), inflected=False)
        places = places if alone.plural else places[-1:]
        if not places or not all(self._plausible(text[a:b]) for a, b in places):
            return None
        return Found(places[0][0], closed + 1, alone.roles, tuple(places))

    def _of(self, text: str, trigger: Trigger, start: int, limit: int) -> Found | None:
        if trigger.form == "participle":
            return self._before(text, trigger, start, inflected=True)
        if trigger.form == "with":
            return (
                self._together(text, trigger.start, trigger.end, limit)
                or self._with(text, trigger, start)
                or self._after(text, trigger, start, limit)
            )
        after = self._after(text, trigger, start, limit)
        if after is not None or trigger.form in ("by", "from"):
            return after
        return self._before(text, trigger, start, inflected=False)

    def _after(self, text: str, trigger: Trigger, start: int, limit: int) -> Found | None:
        follow = phrases.FOLLOW.match(text, trigger.end, limit)
        if follow is None:
            return None
        places = self._list(text, follow.end(), limit, is_labelled=":" in follow.group() or trigger.kind == "noun")
        if not places:
            several = trigger.kind == "noun" and is_many(text[follow.end() : limit].rstrip(" .;"))
            return Found(trigger.start, limit, trigger.roles, ()) if several else None
        ahead = phrases.AHEAD.search(text, start, trigger.start)
        begin = ahead.start() if ahead else trigger.start
        return Found(begin, places[-1][1], trigger.roles, tuple(places), trigger.form == "from")

    def _before(self, text: str, trigger: Trigger, start: int, *, inflected: bool) -> Found | None:
        link = phrases.BEFORE.search(text, start, trigger.start)
        if link is None or text[start : link.start()].rstrip().endswith((",", ";", ":", "–", "—")):
            return None
        places = self._list_before(text, start, link.start(), inflected=inflected)
        if not places:
            return None
        tail = (phrases.HANKE if inflected else phrases.OBJECT).match(text, trigger.end)
        return Found(places[0][0], tail.end() if tail else trigger.end, trigger.roles, tuple(places), inflected)

    def _together(self, text: str, start: int, names_from: int, end: int) -> Found | None:
        """Read "yhteistyössä X:n ja Y:n kanssa"."""
        with_ = phrases.WITH.search(text, names_from, end)
        if with_ is None:
            return None
        space = re.compile(rf"\s+(?:{phrases.MUCH}\s+)?").match(text, names_from)
        places = [
            (a, b) for a, b in split(text, space.end() if space else names_from, with_.start(), self._names)
            if text[a].isupper() or text[a].isdigit() or self._plausible(text[a:b])
        ]  # fmt: skip
        return Found(start, with_.end(), ("partner",), tuple(places), inflected=True) if places else None

    def _with(self, text: str, trigger: Trigger, start: int) -> Found | None:
        """Read "X:n kanssa yhteistyössä"."""
        with_ = re.compile(r"\s+kanssa\s+$", re.IGNORECASE).search(text, max(start, trigger.start - 12), trigger.start)
        places = self._list_before(text, start, with_.start(), inflected=True) if with_ else []
        return Found(places[0][0], trigger.end, ("partner",), tuple(places), inflected=True) if places else None

    def _phrases(self, text: str, start: int, end: int) -> Iterator[Found]:
        together = phrases.TOGETHER.search(text, start, end)
        if together:
            found = self._together(text, together.start(), together.end(), end)
            if found:
                yield found
                return
        for pattern, role, tail in phrases.PHRASES:
            match = pattern.search(text, start, end)
            places = self._list_before(text, start, match.start(), inflected=True) if match else []
            if match and places and (role != "joint" or len(places) > 1 or places[0][0] > start):
                finish = phrases.clause_end(text, match.end(), end) if tail else match.end()
                yield Found(places[0][0], finish, (role,), tuple(places), inflected=True)
                return

    def _list(self, text: str, start: int, end: int, *, is_labelled: bool = False) -> list[tuple[int, int]]:
        """Return the names of a list that begins at `start`; it ends where something else begins."""
        known = list(self._names.organisations.find(text, start, end))
        stops = (
            m.start()
            for m in phrases.STOP.finditer(text, start, end)
            if not any(k.start < m.start() < k.end for k in known)
        )
        kept: list[tuple[int, int]] = []
        for first, last in split(text, start, next(stops, end), self._names):
            if phrases.OTHERS.match(text, first, last):
                break
            if is_many(text[first:last]):
                continue
            held = next((k for k in known if k.end == last and text[first].islower() and k.start > first), None)
            first = held.start if held else first
            name = text[first:last]
            unit = is_labelled and whole("unit").search(name) is not None and len(name.split()) <= 4
            if not kept and name[0].islower() and text[last : last + 8] == " lisäksi":
                continue  # "museon lisäksi Outokummun kaupunki"
            if not (unit or self._is_name(name)) or (kept and phrases.MARKS.match(name)):
                break
            kept.append((first, last))
        return kept

    def _list_before(self, text: str, start: int, end: int, *, inflected: bool) -> list[tuple[int, int]]:
        """Return the names of a list that ends at `end`; it begins where something else ends."""
        kept: list[tuple[int, int]] = []
        for first, last in reversed(split(text, start, end, self._names)):
            begin = name_at_end(text, first, last, self._names)
            name = text[begin:last]
            led = begin > first and re.search(r"\b(?:with|med)\s+$", text[first:begin]) is not None
            if _MARKED.search(name) or not (
                self._is_inflected(name) if inflected else self._is_name(name, further=bool(kept) and not led)
            ):
                break
            kept.insert(0, (begin, last))
            if begin > first:
                break
        first_end = kept[0][1] if kept else end
        if len(kept) > 1 and self._may_be_title(text, *kept[0]) and text[first_end : first_end + 1] == ",":
            return kept[1:]
        return kept

    def _may_be_title(self, text: str, start: int, end: int) -> bool:
        """Tell whether what begins the text may be the project's name and no organisation's: it is not a known one."""
        known = any(m.start == start and m.end >= end - 2 for m in self._names.organisations.find(text, start, end))
        form = last_word(text[start:end].lower())
        is_body = form is not None and form.base in words("body")
        return not known and not is_body and not re.search(r"\w", text[:start])

    def _is_inflected(self, name: str) -> bool:
        if not phrases.is_genitive(name):
            return False
        form = last_word(name)
        return name[0].isupper() or self._plausible(name) or (form is not None and form.base in words("body"))

    def _is_name(self, name: str, *, further: bool = False) -> bool:
        if (
            not re.search(r"[^\W\d_]{2}", name)
            or (len(name.split()) > 9 and self._names.organisations.exactly(name) is None)
            or whole("stop").fullmatch(name.split()[0])
        ):
            return False
        if not further and (name[0].isupper() or name[0].isdigit() or name in words("body")):
            return True
        return self._plausible(name)

    def _plausible(self, name: str) -> bool:
        if name not in self._known:
            known = self._names.looks_like_organisation(name) or next(self._names.funding.find(name), None) is not None
            self._known[name] = (
                known or name.isupper() or any(m.end == len(name) for m in self._names.organisations.find(name))
            )
        return self._known[name]


_BRACKET = re.compile(r"\s*\(([^()]{1,60})\)(?=\s*$)")


def _begins_clause(text: str, trigger: Trigger, end: int) -> bool:
    """Tell whether a role word at the beginning of a cell tells the role of the name after it."""
    if trigger.form == "with":
        return True
    return trigger.kind == "noun" and re.compile(r"\s+[A-ZÅÄÖ]").match(text, trigger.end, end) is not None


def _limit(text: str, triggers: list[Trigger], number: int, start: int, end: int, names: Names) -> int:
    """Return where the names of a trigger must end: before the clause of the next one."""
    begin = triggers[number].end
    for following in triggers[number + 1 :]:
        if phrases.is_bracketed(text, start, following.start):
            continue
        cut = max(text.rfind(sign, begin, following.start) for sign in (",", ";", " ja ", " sekä ", " och ", " and "))
        if cut < begin and following.form == "participle":  # "osatoteuttajana X:n hallinnoimassa hankkeessa"
            cut = name_at_end(text, begin, len(text[: following.start].rstrip()), names)
        return cut if cut >= begin else following.start
    return end
