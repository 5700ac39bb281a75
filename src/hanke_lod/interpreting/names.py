"""Names of organisations and funding sources: known ones found in any form, unknown ones in their base form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from hanke_lod.interpreting.inflection import head_forms, last_word
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import FundingSource, Organisation
from hanke_lod.uris import slug

T = TypeVar("T")

_TOKEN = re.compile(r"[\w+&]+(?:[.'’:‐‑–-][\w+&]+)*", re.UNICODE)
#: Endings that a single-word or foreign name takes in Finnish and Swedish beside the heads' forms.
_PLAIN_ENDINGS = (
    "n",
    "in",
    "en",
    "lle",
    "lla",
    "llä",
    "lta",
    "ltä",
    "ssa",
    "ssä",
    "sta",
    "stä",
    "na",
    "nä",
    "ksi",
    "a",
    "ä",
    "ta",
    "tä",
    "s",
)


def folded(text: str) -> str:
    """Return the text as names are compared: NFC, lower case, plain dashes and spaces."""
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub(r"[‐‑‒–—−]", "-", text.replace("\u00ad", "").replace("’", "'")).split())


@dataclass(frozen=True)
class Mention(Generic[T]):
    """A known name at [start, end) of a text; `exact` tells that it stands in its base form."""

    start: int
    end: int
    thing: T
    exact: bool
    rest: str = ""


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

    def _add(self, thing: T, words: Sequence[str], look: str) -> None:
        node = self._root
        for word in words:
            node = node.following.setdefault(word, _Node())
        if words and node.thing is None:
            node.thing, node.look = thing, look

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention[T]]:
        """Yield the longest known names in a part of the text, from left to right."""
        tokens = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
        position = 0
        while position < len(tokens):
            found = self._longest(tokens, position)
            if found is None:
                position += 1
                continue
            count, thing, exact, finish = found
            yield Mention(tokens[position].start(), finish, thing, exact)
            position += count

    def _longest(self, tokens: Sequence[re.Match[str]], position: int) -> tuple[int, T, bool, int] | None:
        best: tuple[int, T, bool, int] | None = None
        paths: list[tuple[_Node[T], bool]] = [(self._root, True)]
        for count, token in enumerate(tokens[position:], start=1):
            word = folded(token.group())
            nextpaths = []
            for node, exact in paths:
                for choice, same, length in _choices(word):
                    following = node.following.get(choice)
                    if following is None:
                        continue
                    if length == len(word):
                        nextpaths.append((following, exact and same))
                    if following.thing is None or not _has_look(tokens[position].group(), following.look):
                        continue
                    if best is None or best[0] < count:
                        best = (count, following.thing, exact and same, token.start() + length)
            if not nextpaths:
                break
            paths = nextpaths
        return best

    def exactly(self, name: str) -> T | None:
        """Return the thing that the whole text names in its base form, or None."""
        words = [m.group() for m in _TOKEN.finditer(folded(name))]
        node = self._root
        for word in words:
            if word not in node.following:
                return None
            node = node.following[word]
        return node.thing


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
        return word[:2].isupper()
    return look != "capital" or word[:1].isupper()


def _choices(word: str) -> Iterator[tuple[str, bool, int]]:
    """Yield the words a token may stand for: itself, its base, the first part of "EAKR-rahoitus"; with the length used."""
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
            if ending in ("in", "en", "n", "lle", "lla", "ssa", "sta", "lta"):
                yield word[: -len(ending)].rstrip("i"), False, len(word)


@dataclass(frozen=True)
class Names:
    """The gazetteers made of a lexicon."""

    organisations: Gazetteer[Organisation]
    funding: Gazetteer[FundingSource]
    genitives: Mapping[str, str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Names:
        """Build the gazetteers."""
        genitives = {folded(place.genitive): place.name_fi for place in lexicon.places}
        genitives |= {folded(place.name_sv + "s"): place.name_sv for place in lexicon.places if place.name_sv}
        return cls(
            Gazetteer((o, (*o.names.values(), *o.aliases)) for o in lexicon.organisations.values()),
            Gazetteer((f, (*f.names.values(), *f.aliases)) for f in lexicon.funding.values()),
            genitives,
        )


_BETWEEN = re.compile(r"\s*(?:,|/|;|\n|\s(?:ja|sekä|och|samt|and|&)\s)\s*(?:(?:ja|sekä|och|samt|and)\s+)?")
_LEGAL = re.compile(
    r"(?:oy|oyj|ab|abp|ry|rf|r\.y\.|r\.f\.|rs|sr|ky|tmi|ltd|as|osk|kuntayhtymä|ky)(?::\w+)?$", re.IGNORECASE
)


def split(text: str, start: int, end: int, names: Names) -> list[tuple[int, int]]:
    """Return where each name of a list of names stands: "X, Y ja Z", "X/Y"; a known name is never cut."""
    known = [(m.start, m.end) for m in names.organisations.find(text, start, end)]
    parts: list[tuple[int, int]] = []
    begin = start
    for cut in _BETWEEN.finditer(text, start, end):
        if cut.group().strip() == "" and not _ends_name(text, begin, cut.start(), names):
            continue
        if any(first < cut.end() and cut.start() < last for first, last in known):
            continue
        legal = cut.group().strip() == "," and _is_legal(text[cut.end() : end])
        if _hyphen_list(text[begin : cut.start()]) or legal:
            continue
        parts.append((begin, cut.start()))
        begin = cut.end()
    parts.append((begin, end))
    return [trimmed for part in parts if (trimmed := trim(text, *part))[0] < trimmed[1]]


def _ends_name(text: str, begin: int, end: int, names: Names) -> bool:
    """Tell whether a line's end parts two names: the line is short, as in a cell, and ends a whole name."""
    line = end - (text.rfind("\n", 0, end) + 1)
    return line < 45 and looks_like_organisation(" ".join(text[begin:end].split()), names)


def _hyphen_list(before: str) -> bool:
    """Tell whether a part ends with a hyphen ("nuoriso- ja", "Ympäristö-, rakennus- ja"): then it goes on."""
    return before.endswith("-")


def _is_legal(after: str) -> bool:
    word = re.match(r"\S+", after)
    return bool(word and _LEGAL.fullmatch(word.group().rstrip(",.;")))


def trim(text: str, start: int, end: int, characters: str = " \t\n\u00a0,.;:–—-()") -> tuple[int, int]:
    """Return the part without the separators at its ends; a full stop of an abbreviation ("r.y.") stays."""
    while start < end and text[start] in characters and text[start] != "(":
        start += 1
    while end > start and text[end - 1] in characters and not re.search(r"\b(?:r\.y|r\.f)\.$", text[start:end]):
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    return start, end


def looks_like_organisation(name: str, names: Names) -> bool:
    """Tell whether an unknown text is an organisation's name: by its head, its legal form, or as an abbreviation."""
    words = name.split()
    if not words or len(words) > 9:
        return False
    last = words[-1]
    if _LEGAL.fullmatch(last) and len(words) > 1:
        return True
    form = last_word(last)
    if form is not None and folded(form.base) != "" and _is_head(form.base):
        return last[0].isupper() or words[0][0].isupper() or len(words) > 1
    return names.organisations.exactly(name) is not None


_NO_ORGANISATION = frozenset(
    [
        "ohjelma",
        "avustus",
        "rahoitus",
        "tuki",
        "malli",
        "väline",
        "hanke",
        "varat",
        "palvelut",
        "suunnitelma",
        "kuntakokeilu",
        "mekanismi",
        "ryhmä",
        "talo",
        "alue",
        "linja",
        "puisto",
        "verkosto",
        "tuotanto",
        "kylä",
    ]
)


def _is_head(base: str) -> bool:
    lower = base.lower()
    heads = {form.base for form in head_forms().values()} - _NO_ORGANISATION
    return any(lower.endswith(head) for head in heads)


#: A plural head that several names share: "Pälkäneen ja Oriveden seurakuntien", "Kempele ja Liminka kunnat".
_SHARED = {
    "kuntien": "kunta", "kunnat": "kunta", "kaupunkien": "kaupunki", "kaupungit": "kaupunki", "seurakuntien": "seurakunta",
    "seurakunnat": "seurakunta", "kommuner": "kommun", "kommuners": "kommun", "städer": "stad", "församlingar": "församling",
}  # fmt: skip


def shared_head(text: str, places: Sequence[tuple[int, int]]) -> list[str | None]:
    """Return the full name of each of a list's names where they share a plural head, else None for each.

    A head without names of its own ("Kymenlaakson kuntien") names no organisation: "".
    """
    names = [" ".join(text[a:b].split()) for a, b in places]
    *before, last = names[-1].split() if names else [""]
    if last not in _SHARED or not before:
        return [None] * len(names)
    if len(names) == 1 or any(len(name.split()) > 1 for name in names[:-1]):
        return [*([None] * (len(names) - 1)), "" if len(names) == 1 else None]
    return [f"{name} {_SHARED[last]}" for name in (*names[:-1], " ".join(before))]


_RIGHT = re.compile(r"(?:\s+[A-ZÅÄÖ][\w-]*){0,2}\s+(?:ry|rf|r\.y\.|r\.f\.)(?!\w)")
_LEFT = re.compile(r"(?:[A-ZÅÄÖ][\w-]*\s+){1,2}$")


def registered_around(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int] | None:
    """Return the registered association that a name is a part of ("Leader" in "Leader Åland r.f."), or None."""
    right = _RIGHT.match(text, end, last)
    if right is None:
        return None
    left = _LEFT.search(text, first, start)
    return (left.start() if left else start), right.end()


def base_form(name: str, language: str, *, inflected: bool = False) -> tuple[str, bool]:
    """Return an organisation's name in its base form, and whether it is sure.

    `inflected` tells that its place in the sentence asks for a case ("X:n kanssa"): then an unknown head is unsure.
    """
    words = name.split()
    if not words:
        return name, True
    form = last_word(words[-1], language)
    if form is None:
        return name, not inflected
    if form.case in ("", "genitive?") and not inflected:
        return name, True
    if not form.case:
        return name, True
    return " ".join((*_agreeing(words[:-1], form.case), form.base)), True


def _agreeing(words: Sequence[str], case: str) -> Iterator[str]:
    """Put adjectives that agree with the head in the base form: "Suomen Punaisen Ristin", "teknillisen"."""
    for word in words:
        if case == "genitive" and re.search(r"(?:is|llis|nais)en$", word) and word[:1].isupper() is False:
            yield word[:-3] + "nen" if word.endswith("sen") else word
        else:
            yield word


def organisation_named(name: str, language: str, names: Names, *, inflected: bool = False) -> tuple[Organisation, bool]:
    """Return the organisation of a name in any form: a known one, else one of its own; and whether it is sure."""
    for mention in names.organisations.find(name):
        if mention.start == 0 and mention.end == len(name):
            return mention.thing, True
    name = re.sub(r"^(?:the|den|det)\s+(?=[A-ZÅÄÖ])", "", " ".join(name.split()), flags=re.IGNORECASE)
    base, sure = base_form(name, language, inflected=inflected)
    known = names.organisations.exactly(base)
    return (known, True) if known else (Organisation(slug(base), {language: base}, kind_of(base)), sure)


#: The end of a name → the kind of organisation that it tells.
_KINDS = (
    (r"(?:säätiö|säätiö sr|stiftelse|stiftelsen|fond|fonden|foundation|apurahasto)$", "foundation"),
    (r"\b(?:oy|oyj|ab|abp|ltd|osk|osakeyhtiö)$", "company"),
    (r"\b(?:ry|rf|r\.y\.|r\.f\.)$", "association"),
    (r"kuntayhtymä$|samkommun(?:en)?$", "joint-authority"),
    (r"^\S+(?:n|s) (?:kaupunki|kunta|stad|kommun)$", "municipality"),
    (r"ammattikorkeakoulu$|yrkeshögskola(?:n)?$|university of applied sciences$", "applied-university"),
    (r"yliopisto$|universitet(?:et)?$|^university of ", "university"),
    (r"seurakunta$|seurakuntayhtymä$|församling(?:en)?$", "church"),
)


def kind_of(name: str) -> str:
    """Return the kind of organisation that the name itself tells, or ""."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, name, re.IGNORECASE)), "")
