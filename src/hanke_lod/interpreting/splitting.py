"""Lists of names in text: where each name stands, what parts two, and which head several share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from hanke_lod.interpreting.inflection import head_forms, last_word
from hanke_lod.interpreting.names import Names
from hanke_lod.interpreting.vocabulary import any_of, whole, words

_BETWEEN = re.compile(
    r"\s*(?:[,;\n]|(?<!\s)/(?!\s)|\s[/+|•·-]\s|\s+(?:ja|sekä|och|samt|and|&|lisäksi)(?=\s))\s*"
    r"(?:(?:ja|sekä|och|samt|and|myös|även)\s+)?(?:the\s+(?=[A-Z]))?"
)
#: What a name on a list may begin with and is no part of it: shares, "mm.", an article.
_BEGINNING = re.compile(
    r"\s*(?:[-–•·*]\s+|(?:mm\.|muun muassa|bl\.a\.|bland annat|among others|including|the|myös|även|noin|ca)\s+|"
    r"\d+(?:[.,]\d+)?\s*%\s*|(?:\w+:\s+)(?=\d+\s*%))+"
)


_OTHERS_AFTER = re.compile(r"\s+(?:m\.\s?fl\.?|ym\.?|mm\.?|etc\.?|et al\.?)\s*$")
_SHARE_AFTER = re.compile(r"\s+\d+(?:[.,]\d+)?\s*%\s*$")


def split(text: str, start: int, end: int, names: Names) -> list[tuple[int, int]]:
    """Return where each name of a list of names stands: "X, Y ja Z", "X/Y"; a known name is never cut."""
    known = [(m.start, m.end) for m in names.organisations.find(text, start, end)]
    known += [(m.start, m.end) for m in names.funding.find(text, start, end)]
    parts: list[tuple[int, int]] = []
    begin = start
    for cut in _BETWEEN.finditer(text, start, end):
        if cut.start() < begin or any(first < cut.end() and cut.start() < last for first, last in known):
            continue
        if cut.group().strip() == "" and not _ends_name(text, begin, cut.start(), names):
            continue
        if _is_inner(text, begin, cut, end, names):
            continue
        if text[begin : cut.start()].endswith("-") or (cut.group().strip() == "," and _is_legal(text, cut.end(), end)):
            continue  # "nuoriso- ja", "Ympäristö-, rakennus- ja"; "Nordic, Ltd"
        if _in_brackets(text, begin, cut.start()):
            continue
        parts.append((begin, cut.start()))
        begin = cut.end()
    parts.append((begin, end))
    return [trimmed for part in parts if (trimmed := _name_part(text, *part))[0] < trimmed[1]]


def _in_brackets(text: str, begin: int, position: int) -> bool:
    opened = text.count("(", begin, position) if position - begin < 200 else 0
    return opened > 0 and opened > text.count(")", begin, position)


def _name_part(text: str, start: int, end: int) -> tuple[int, int]:
    beginning = _BEGINNING.match(text, start, end)
    others = _OTHERS_AFTER.search(text, max(start, end - 12), end)
    end = others.start() if others else end
    share = _SHARE_AFTER.search(text, max(start, end - 12), end)
    return trim(text, beginning.end() if beginning else start, share.start() if share else end)


def _ends_name(text: str, begin: int, end: int, names: Names) -> bool:
    """Tell whether a line's end parts two names: the line is short, as in a cell, and ends a whole name."""
    line = end - max(begin if "\t" in text else 0, text.rfind("\n", 0, end) + 1)
    return line < 45 and names.looks_like_organisation(" ".join(text[begin:end].split()))


_PART_END = re.compile(r"[,;\n]|\s(?:ja|sekä|och|samt|and)\s")


def _is_inner(text: str, begin: int, cut: re.Match[str], end: int, names: Names) -> bool:
    """Tell whether a sign that may part two names stands within one.

    "Jatkuvan oppimisen ja työllisyyden palvelukeskus", "Me & MyCity", "Suomen Punainen Risti, Hämeen piiri".
    """
    sign = cut.group().strip()
    after = _PART_END.search(text, cut.end(), end)
    left = " ".join(text[begin : cut.start()].split())
    right = " ".join(text[cut.end() : after.start() if after else end].split()).rstrip(".")
    if not left or not right:
        return False
    if sign == "":  # a wrapped line: "Regional Council of Southwest / Finland"
        return "\t" not in text and len(right.split()) == 1 and right[0].isupper() and not _names(right, names)
    if sign == ",":
        return _BRANCH.fullmatch(right) is not None and _names(left, names)
    if sign == "&":
        places = set(names.genitives.values())
        return not (_names(left, names) and _names(right, names)) and not (left in places and right in places)
    if sign not in ("ja", "och", "and") or not right[0].islower() or is_many(right) or right in words("body"):
        return False
    if whole("unit").search(right) and len(right.split()) == 1:
        return False
    if re.search(r"\b(?:för|for|of)\s", left):  # "Servicecentret för lärande och sysselsättning"
        return not _names(right, names)
    return not _names(left, names) and left[0].isupper() and (left.endswith("n") or right.split()[-1].isupper())


def _names(name: str, names: Names) -> bool:
    return names.looks_like_organisation(name)


#: A part of a registered body that is named after it.
_BRANCH = re.compile(
    r"(?:[A-ZÅÄÖ][\w-]+[ns]\s+)?(?:piiri|piirijärjestö|osasto|paikallisosasto|yksikkö|distrikt|lokalavdelning|"
    r"avdelning|branch|district)"
)


def _is_legal(text: str, start: int, end: int) -> bool:
    word = re.compile(r"\S+(?=\s*(?:$|[,;)\n]|\s(?:ja|och|and|sekä)\s))|\S+$").match(text, start, end)
    word = word or re.compile(r"\S+[,;]").match(text, start, end)
    return bool(word and re.fullmatch(rf"{any_of('legal')}(?::\w+)?", word.group().rstrip(",.;"), re.IGNORECASE))


def trim(text: str, start: int, end: int, characters: str = " \t\n\u00a0,.;:–—-()") -> tuple[int, int]:
    """Return the part without the separators at its ends; a full stop of an abbreviation ("r.y.") stays."""
    while start < end and text[start] in characters and text[start] != "(":
        start += 1
    while end > start and text[end - 1] in characters and not text.endswith(("r.y.", "r.f."), start, end):
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    return start, end


@cache
def _plurals() -> Mapping[str, str]:
    """Return the plural forms of heads that several names share, with their singular: "kunnat", "kuntien"."""
    found = {"kuntien": "kunta", "seurakuntien": "seurakunta", "kommuner": "kommun", "kommuners": "kommun",
             "städer": "stad", "församlingar": "församling", "universitet": "", "municipalities": ""}  # fmt: skip
    for form, head in head_forms().items():
        if head.case == "genitive":
            found[form[:-1] + "t"] = head.base
        elif not head.case and form[-1] in "oöuyi":
            found[form + "jen" if form[-1] != "i" else form[:-1] + "ien"] = head.base
            if form.endswith(("io", "iö")):
                found[form + "iden"] = head.base
        elif not head.case and form.endswith("us"):
            found[form[:-1] + "sten"] = head.base
    return {plural: head for plural, head in found.items() if head}


def _plural(word: str) -> tuple[str, str] | None:
    """Return the plural head that a word is or ends with, and the word with that head in the singular."""
    lower = word.lower()
    for start in range(len(lower)):
        head = _plurals().get(lower[start:])
        if head is not None and start != 1:
            return lower[start:], word[:start] + head
    return None


def is_many(name: str) -> bool:
    """Tell whether a name is a plural that names nobody: "kunnat", "osallistuvat yritykset"."""
    words = name.split()
    if not words or not words[0].islower():
        return False
    return words[-1] in _plurals() or re.fullmatch(any_of("many"), words[0]) is not None


def shared_head(text: str, places: Sequence[tuple[int, int]]) -> list[str | None]:
    """Return the full name of each of a list's names where they share a plural head, else None for each.

    A head without names of its own ("Kymenlaakson kuntien") names no organisation: "".
    """
    names = [" ".join(text[a:b].split()) for a, b in places]
    full: list[str | None] = [None] * len(names)
    for number, name in enumerate(names):
        *before, last = name.split() or [""]
        plural = _plural(last) if before else None
        if plural is None or (last_word(last) is not None and not last.lower().endswith(plural[0])):
            continue
        sharing = number
        swedish = plural[1].endswith(("kommun", "stad", "församling"))
        while sharing and full[sharing - 1] is None and _may_share(names[sharing - 1], "s" if swedish else "n"):
            sharing -= 1
        if sharing < number:
            full[sharing:number] = [f"{one} {plural[1]}" for one in names[sharing:number]]
            full[number] = f"{' '.join(before)} {plural[1]}"
        elif len(names) == 1 and last.lower() in ("kunnat", "kuntien", "kaupungit", "kaupunkien"):
            full[number] = ""
    return full


def _may_share(name: str, genitive: str) -> bool:
    """Tell whether a name lacks a head of its own: a place in the genitive, which ends in that letter."""
    if len(name.split()) != 1 or not name[:1].isupper() or name.isupper():
        return False
    return name.endswith(genitive)


_RIGHT = re.compile(r"(?:\s+[A-ZÅÄÖ][\w-]*){0,2}\s+(?:ry|rf|r\.y\.|r\.f\.)(?!\w)")
#: A Leader group may stand without "ry": "Leader Suupohja".
_GROUP = re.compile(r"(?:\s+[A-ZÅÄÖ][a-zåäö][\w-]*){1,2}(?!\w)")
_LEFT = re.compile(r"(?:[A-ZÅÄÖ][\w-]*\s+){1,2}$")


def registered_around(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int] | None:
    """Return the registered association that a name is a part of ("Leader" in "Leader Åland r.f."), or None."""
    right = _RIGHT.match(text, end, last) or (_GROUP.match(text, end, last) if text[start:end] == "Leader" else None)
    if right is None:
        return None
    left = _LEFT.search(text, max(first, start - 60), start)
    return (left.start() if left else start), right.end()


_WORD = re.compile(r"[^\s]+")
_PART = re.compile(r"[\s,;:(\"”“]")


def _is_head(word: str) -> bool:
    return re.fullmatch(rf"[\w-]*{any_of('head')}", word) is not None


_INNER = frozenset(("ja", "för", "i", "of", "and", "the"))
_JOINS = re.compile(r".*(?:[nsN]|nen|:n|-|\d)$")


def name_at_end(text: str, start: int, end: int, names: Names) -> int:
    """Return where a name that ends at `end` begins: what stands before it in the clause is no part of it.

    "Elävä arkisto – Kansan Arkiston", "Osaava-hanke on Rovaniemen koulutuskuntayhtymän".
    """
    known = [m for m in names.organisations.find(text, start, end) if m.end == end]
    if known:
        return known[0].start
    begin, first_capital = end, end
    for word in reversed(list(_WORD.finditer(text, start, end))):
        plain = word.group().strip(',.;:()"”“')
        if whole("stop").fullmatch(plain) or re.fullmatch(r"[–—-]+", word.group()):
            break
        if begin < end and (
            word.group()[-1] in ",;:)"
            or not (
                plain[:1].isupper() or _JOINS.match(plain) or last_word(plain) or plain in _INNER or _is_head(plain)
            )
        ):
            break
        begin = word.start()
        if plain[:1].isupper() or plain[:1].isdigit():
            first_capital = begin
    opening = re.match(r"[\w-]+", text[begin:first_capital])
    if opening and _is_head(opening.group()):
        return begin  # "byarådet i Sideby r.f."
    return first_capital if first_capital < end else begin
