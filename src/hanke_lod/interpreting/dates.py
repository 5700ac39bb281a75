"""Dates in text, at the precision written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from hanke_lod.model import PartialDate

# ── the text made even ──────────────────────────────────────────────────────────────────────────────────────────

_EVEN = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"),
    **dict.fromkeys(map(ord, "\r\v\f\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
}


def even(text: str) -> str:
    """Return the text in lower case with one kind of dash and of space, character by character."""
    text = text.translate(_EVEN)
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(character.lower()[0] for character in text)


# ── words for months and seasons ────────────────────────────────────────────────────────────────────────────────

_FINNISH = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
_FOREIGN = (
    "januari january jan", "februari february feb febr", "mars march mar", "april apr", "maj may", "juni june jun",
    "juli july jul", "augusti august aug", "september sept sep", "oktober october okt oct", "november nov",
    "december dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_FOREIGN, 1) for name in names.split()}
_MONTHS |= {stem: number for number, stem in enumerate(_FINNISH, 1)}

#: The parts of a year that are no months, by their order in it. A winter lies across two years and has none.
_SEASONS = {
    "1": r"(?:alku|loppu)?kevä(?:t|än|ällä|ästä|äseen)|kevättalv<E>|kevät(?:luku)?kau<E>|alkuvuo<E>|"
    r"vår(?:en|termin(?:en)?)?|spring|early|q[12]",
    "2": r"(?:alku|loppu|keski)?kesä(?:n|llä|stä|än)?|kesäkau<E>|sommar(?:en)?|summer|mid",
    "3": r"(?:alku|loppu)?syksy(?:n|llä|stä|yn)?|syys(?:luku)?kau<E>|loppuvuo<E>|höst(?:en|termin(?:en)?)?|autumn|fall|"
    r"late|q[34]",
    "0": r"talv<E>|talvikau<E>|vuodenvaih<E>|vinter(?:n|termin(?:en)?)?|winter|årsskiftet",
}
_ENDINGS = r"(?:si|den|della|desta|teen|nna|de|teessa|i|en|ella|esta|een)"
_FROM = re.compile(r"(?:kuusta|väästä|kesästä|syksystä|talvesta|vuodesta|kaudesta)$")
_TO = re.compile(r"(?:kuuhun|vääseen|kesään|syksyyn|talveen|vuoteen|kauteen)$")

# ── the ways of writing a date ──────────────────────────────────────────────────────────────────────────────────


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_YEAR, _MONTH, _DAY = r"(?:199\d|20[0-6]\d)", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_STEM = rf"(?:{_any(_FINNISH)})"
_NAME = rf"(?:{_STEM}kuu\w{{0,3}}(?!\w)|(?:{_any([w for names in _FOREIGN for w in names.split()])})(?!\w)\.?)"
_SEASON = "|".join(f"(?P<{order}>{words})" for order, words in _SEASONS.items()).replace("<E>", _ENDINGS)

#: What stands for what in the writings below; <x> is kept as a part of the date, <X> is only looked at.
_PARTS = {
    "<year>": rf"(?P<y>{_YEAR})", "<long>": r"(?P<y>\d{4,6})", "<short>": r"(?P<y>\d\d)", "<next>": r"(?P<z>\d\d)",
    "<month>": rf"(?P<m>{_MONTH}|1[3-9])", "<mon>": r"(?P<m>\d\d?)", "<2mon>": r"(?P<m>\d\d)",
    "<day>": r"(?P<d>\d\d?)", "<2day>": r"(?P<d>\d\d)",
    "<name>": rf"(?P<n>{_NAME})", "<stem>": rf"(?P<n>{_STEM})", "<season>": rf"(?:{_SEASON})(?!\w)",
    "<YEAR>": _YEAR, "<DAY>": _DAY, "<MONTH>": _MONTH, "<STEM>": _STEM, "<NAME>": _NAME,
    "<NOUN>": rf"(?!{_STEM}kuu(?!n|ta))",  # "kerhot 4 tammikuu 2022" has no day
    "<SEASON>": "(?:" + re.sub(r"\(\?P<\d>", "(?:", _SEASON) + r")(?!\w)",
    "<of>": r"(?:(?:vuonna|vuoden|år|of|in|i|the)[ \n]{1,40})?",
    "<_>": r"[ \n]{0,40}", "<+>": r"[ \n]{1,40}", "<->": r"[ \n]{0,20}-[ \n]{0,20}",
    "<apart>": r"(?<![\d/])(?<!\d[.,])", "<unglued>": r"(?<![\w/+])(?<!\d[.,:])(?<![^\W\d]-)", "<alone>": r"(?<!\w)",
    "<end>": r"(?!\d)", "<shut>": r"(?![\d%]|[.,/:]\d)",  # no decimal, percentage, code or date goes on
}  # fmt: skip

#: Each way of writing one date: its form, and how it looks. The first that fits at a place is taken.
_WRITINGS = (
    ("iso", r"(?:(?<![\w.,/])|(?<=\d/))<year>-<2mon>-<2day>(?:[t ]\d\d:\d\d(?::\d\d)?)?<end>"),
    ("day", r"<apart><day>\.<_><mon>\.(?:<long>|<_><year>|<short><shut>)<end>"),
    ("day", r"<apart>(?<!-)<day>-<mon>-<year><end>"),
    ("slashes", r"<apart><day>/<mon>/<year>(?![\d/])"),
    ("month", r"<apart>(?<![^\W\d]-)<month>(?:<_>/<_>|\.)<year>(?![\d/]|[.]\d)"),
    ("month", r"<apart>(?<![\w-])(?P<m>0[1-9]|1[0-2])-<year>(?!\w|-\d)"),
    ("pair", r"<unglued><year>(?:[-/]<next><shut>(?!\w|(?<=-\d\d)-\d)|<-><next>(?=[),;]|$))"),
    ("tight", r"<apart><day>(?=-<DAY>\.<MONTH>\.\d\d)"),
    ("part", r"<apart><day>\.?(?=<-><DAY>(?:\.<_><MONTH>\.<_>\d\d|\.?<+><NAME>))"),
    ("part", r"<apart><mon>(?=<-><MONTH>/<YEAR>)"),
    ("part", r"<apart><day>\.<mon>(?=<-><DAY>\.<MONTH>\.\d)"),
    ("day.month", r"<apart><day>\.[ ]?<mon>\.<end>"),
    ("brief", r"<apart><month>/<short><shut>(?!\w)"),
    ("day", r"(?<![\w.])(?:den<+>)?<day>(?:\.|st|nd|rd|th|:[ae])?<+>(?:of<+>)?<NOUN><name>(?:,?<+><of><year>)?<end>"),
    ("day", r"<alone><name><+><day>(?:st|nd|rd|th)?,?<+><year><end>"),
    ("day", r"<alone>(?P<n><STEM>kuun)<+><day>\.(?:<+>päivä\w*)?(?:<+><year>)?<end>"),
    ("month", r"<alone><name>(?:,?<+><of>|-)<year><shut>(?!\w)"),
    ("season", r"<alone><season>(?:<+><of>|-|/)<year>(?!\w)"),
    ("season", r"(?<![\w.,/])<year><+><season>(?!<+><YEAR>)"),
    ("season part", r"<alone><season>(?=(?:<->|<+>ja<+>)<SEASON><+><of><YEAR>)"),
    ("month part", r"<alone>(?:<name>|<stem>(?=<->(?:<STEM>kuu|<STEM>(?!\w)))|(?<=-)<stem>(?!\w)<+><year>)"),
    ("year", r"(?:<unglued>|(?<=\d\d\d\d/))<year>(?!\w|%|[.,]\d|:\w|/(?!<YEAR>)\d)"),
)  # fmt: skip


#: How a date's first word may begin, beside a number: "den", a month, a season.
_SEASON_WORDS = (
    "alku loppu keskikesä kevät kesä syksy syys talvi vuodenvaihde vår sommar höst vinter årsskiftet spring summer "
    "autumn fall winter early mid late q1 q2 q3 q4"
)
_WORDS = ("den", *_FINNISH, *_MONTHS, *_SEASON_WORDS.split())


@cache
def _beginning() -> re.Pattern[str]:
    """Return where a date may begin: asked first, as all the ways of writing take long to try."""
    seconds: dict[str, set[str]] = {}
    for word in _WORDS:
        seconds.setdefault(word[0], set()).add(word[1])
    words = "|".join(f"(?<={first})[{''.join(sorted(second))}]" for first, second in sorted(seconds.items()))
    return re.compile(rf"[\d{''.join(sorted(seconds))}](?:(?<=\d)(?<!\d\d)|(?<!\w\w)(?:{words}))")


@cache
def _writings() -> tuple[re.Pattern[str], Sequence[tuple[str, dict[str, str]]]]:
    """Return the pattern of all ways of writing, and for each group of it the form and the parts that it holds."""
    alternatives, parts = [], []
    for row, (form, look) in enumerate(_WRITINGS):
        for name, pattern in _PARTS.items():
            look = look.replace(name, pattern)
        names = re.split(r"\(\?P<(\w)>", look)  # text, part, text, part, …, text
        groups = {f"r{row}_{place}": part for place, part in enumerate(names) if place % 2}
        names[1::2] = [f"(?P<{name}>" for name in groups]
        alternatives.append(f"(?P<r{row}>{''.join(names)})")
        parts.append((form, groups))
    return re.compile(rf"(?=[^\W_])(?:{'|'.join(alternatives)})", re.VERBOSE), parts


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Atom:
    """A date as written at [start, end): its parts; what is None only its partner tells, or nobody.

    `form` is the way it is written (`_WRITINGS`). `direction` is "from" or "to" where its own ending says so
    (tammikuusta, syksyyn). `order` is a season's place in its year.
    """

    start: int
    end: int
    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    direction: str = ""
    order: int = 0

    @property
    def impossible(self) -> bool:
        """Whether there is no such day, month or year."""
        if self.year is not None and not 1900 <= self.year <= 2099:
            return True
        if self.month is not None and not 1 <= self.month <= 12:
            return True
        if self.day is None:
            return False
        try:
            date(self.year or 2024, self.month or 1, self.day)
        except ValueError:
            return True
        return False

    def beside(self, partner: Atom) -> Atom:
        """Return the date with what it lacks taken from the other of its range."""
        month = partner.month if self.month is None and self.day is not None else self.month
        return replace(self, year=partner.year if self.year is None else self.year, month=month)

    def dated(self, edge: str = "") -> PartialDate | None:
        """Return the date, or None where its year is not known; at an edge, its "first" or "last" day."""
        if self.year is None:
            return None
        written = PartialDate(self.year, self.month, self.day)
        if not edge or "season" in self.form:
            return written
        day = written.first_day if edge == "first" else written.last_day
        return PartialDate(day.year, day.month, day.day)


def settled(first: Atom, last: Atom) -> tuple[Atom, Atom, str]:
    """Return the ends of a range with the years that they lack, and the remark on what was assumed."""
    opening, closing = first.beside(last), last.beside(first)
    start, end = opening.dated(), closing.dated()
    if start is None or end is None or opening.impossible or closing.impossible:
        return opening, closing, ""
    late = start.first_day > end.last_day or (start.year == end.year and opening.order > closing.order > 0)
    if first.year is None and late:
        return replace(opening, year=start.year - 1), closing, "period-year-assumed"
    if last.year is None:
        return opening, replace(closing, year=end.year + late), "period-end-year-assumed"
    return opening, closing, ""


def atoms(text: str) -> Iterator[Atom]:
    """Yield the dates of an even text, from left to right."""
    pattern, rows = _writings()
    position = 0
    while beginning := _beginning().search(text, position):
        match = pattern.match(text, beginning.start())
        position = match.end() if match else beginning.start() + 1
        if match is None:
            continue
        form, groups = rows[int(str(match.lastgroup)[1:])]
        parts = {part: match[name] for name, part in groups.items() if match[name] is not None}
        if form == "pair":
            yield from _pair(match.start(), match.end(), parts)
        else:
            yield _atom(match.start(), match.end(), form, parts)


def _atom(start: int, end: int, form: str, parts: dict[str, str]) -> Atom:
    numbers = {part: int(parts[part]) if part in parts else None for part in "md"}
    month, day = numbers["m"], numbers["d"]
    if form == "slashes" and month and day and month > 12 >= day:
        month, day = day, month
    name, order = parts.get("n", "").rstrip("."), next((order for order in _SEASONS if order in parts), "0")
    if name:
        month = _MONTHS[name] if name in _MONTHS else _MONTHS[name.partition("kuu")[0]]
    word = name or parts.get(order, "")
    direction = "from" if _FROM.search(word) else "to" if _TO.search(word) else ""
    year = _full(parts["y"]) if "y" in parts else None
    return Atom(start, end, form, year, month, day, direction, int(order))


def _full(year: str) -> int:
    return int(year) + (0 if len(year) != 2 else 2000 if int(year) < 70 else 1900)


def _pair(start: int, end: int, parts: dict[str, str]) -> Iterator[Atom]:
    """Yield what "2022-23", "2021/22" or "2022-01" says: two years, or a year and its month."""
    first, second = int(parts["y"]), int(parts["z"])
    if first % 100 < second <= first % 100 + 15:
        yield Atom(start, start + 4, "year", first)
        yield Atom(end - 2, end, "year", first - first % 100 + second)
    elif 1 <= second <= 12 and end - start == 7:
        yield Atom(start, end, "month", first, second)
