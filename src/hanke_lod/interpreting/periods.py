"""Periods in text: dates joined, opened and closed by the words and dashes around them.

The text becomes a row of tokens, each of one kind and so one letter: dates, marks, and the words that say something
of time (`time_words`). The grammar (`_RULES`) tells which rows of kinds are a period; what stands around one tells
whether it is the project's (`_is_other`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from hanke_lod.interpreting.dates import Atom, settled
from hanke_lod.interpreting.time_words import WORDS
from hanke_lod.interpreting.tokens import Token, Vocabulary
from hanke_lod.model import Period

# ── the grammar ─────────────────────────────────────────────────────────────────────────────────────────────────

_LEAD = r"(?:[lcyn_][:_]{0,2}){0,4}"
_FIRST = rf"(?:B{_LEAD})?(?P<first>[DYd])\??a?"
_LAST = rf"(?:[uT]{_LEAD})?(?:E{_LEAD})?(?P<last>[DYd])\??(?:z?t{{0,2}}|v)q?"
_OPENED = rf"(?:[sbwe]:?{_LEAD})?"
_DASH = "[-=<~]"
_STOP = r"(?=[,;.()&]|$)"
_BEGINNINGS = frozenset("lcyn_BDYdswbuTeEx<f")
#: After a lone year that is a period: further years, then a mark; before one: the first of such years.
_STANDING = re.compile(r"(?:,?&?[lcy_]{0,2}[YD]){0,12}(?:[,;.()]|$)")
_LISTED = re.compile(r"[lc][:_]?(?:[YD],?&?)+$")
#: The programming periods of the European Union's funds.
_PROGRAMME_PERIODS = {(2000, 2006), (2007, 2013), (2014, 2020), (2014, 2022), (2021, 2027), (2023, 2027)}

#: What rows of kinds are a period: how it is read, and how it is written. The first that fits at a place is taken.
_RULES: Sequence[tuple[str, str]] = (
    # 1.1.–30.6. ja 1.9.–31.12.2022
    ("range", rf"{_LEAD}(?P<first>d){_DASH}(?P<last>d)(?=(?:,&?|&)d{_DASH}(?P<year>D))"),
    # 1.1.2022–31.12.2023, vuodesta 2021 – vuoden 2023 loppuun; but "Kemi 2030 – 1.10.2021–30.4.2023" begins later
    ("range", rf"{_LEAD}{_OPENED}{_FIRST}[qs]?{_DASH}{_LEAD}{_LAST}(?!{_DASH}[DYd])"),
    # 1.1.2022 till 31.12.2023, alkoi 1.1.2022 ja päättyy 31.12.2023
    ("range", rf"{_LEAD}{_OPENED}{_FIRST}s?,?&?_{{0,2}}[uTe]:?{_LEAD}{_LAST}"),
    # alkaen 1.1.2022 31.12.2023 asti, vuoden 2022 alusta vuoden 2023 loppuun
    ("range", rf"{_LEAD}s{_LEAD}{_FIRST}{_LEAD}{_LAST}"),
    ("range", rf"{_LEAD}{_FIRST}(?:s|(?<=a)){_LEAD}{_LAST}"),
    # mellan 2021 och 2023; 1.1.2022 ja 31.12.2023 välisenä aikana
    ("range", rf"{_LEAD}w:?{_LEAD}{_FIRST}&{_LEAD}{_LAST}"),
    ("range", rf"{_LEAD}{_FIRST}&{_LEAD}(?P<last>[DYd])v"),
    # 2020/2021, tammikuusta 2021 joulukuuhun 2022, 1.1.2022 31.12.2022
    ("beside", rf"{_LEAD}{_FIRST}/?(?P<last>[DYd])z?t{{0,2}}"),
    # jatkettu 30.6.2024 asti, extended until 31 October 2022, jatkoaika 1.1.–30.6.2024; 30.6.2024 saakka jatkettu
    ("extension", rf"x(?P<gap>[pr_W:,]{{0,3}}){_LEAD}(?:[DYd]{_DASH})?{_LAST}"),
    ("extension", r"(?P<gap>)(?:[uT]_?|(?=[DYd]z?t))(?P<last>[DYd])z?t{0,2}x"),
    # alkaen 1.1.2023, fr.o.m. maj 2022, käynnistyi 1.3.2023; 1.1.2023 alkaen toistaiseksi, 2024–
    ("from", rf"{_LEAD}(?:f,?)?{_LEAD}[sb]:?{_LEAD}{_FIRST}s?f?"),
    ("from", rf"{_LEAD}{_FIRST}(?:s|a|b(?!{_LEAD}[DYd])|=(?![DYd])|[-=~]?(?=f)|[-=~]_?{_STOP})f?"),
    # until 30 June 2023, päättynyt 2021, vuoden 2023 loppuun, 31.12.2025 saakka, –2025; 30.6.2023 päättynyt
    ("until", rf"{_LEAD}[ue]:?{_LEAD}{_LAST}"),
    ("until", rf"{_LEAD}T{_LEAD}(?:E{_LEAD})?(?P<last>D)z?t{{0,2}}"),
    ("until", rf"{_LEAD}(?:E{_LEAD})?(?P<last>[DY])(?:zt{{0,2}}|t{{1,2}}|e(?!{_LEAD}[DYd]))"),
    ("until", rf"{_LEAD}E{_LEAD}(?P<last>[DY])t{{0,2}}"),
    ("until", rf"<(?P<last>[DY]){_STOP}"),
    # 2022, kevät 2023, vuonna 2022
    ("one", rf"{_LEAD}(?P<first>[DY])q?"),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A period at [start, end) of the text, or what looks like one and is none.

    `problem` is "" or the identifier of a remark on why there is no period; `assumed` is the identifier of a remark on
    what was assumed. `continues`: it belongs to the period before (its end, its extension), which tells it all.
    `lone`: a single date or year, which gives way to a period told elsewhere in the entry.
    """

    start: int
    end: int
    period: Period | None
    problem: str = ""
    assumed: str = ""
    continues: bool = False
    lone: bool = False


@dataclass(frozen=True)
class _Row:
    """A text, its tokens, their kinds, and whether it is known to be about the project's time."""

    text: str
    tokens: Sequence[Token]
    kinds: str
    labelled: bool


@dataclass(frozen=True)
class _Part:
    """What a rule made of the tokens at [start, end) of a row; without `found` it is no time of the project."""

    rule: str
    start: int
    end: int
    found: Found | None


def find(text: str, start: int = 0, end: int | None = None, *, labelled: bool = False) -> list[Found]:
    """Return the periods in a part of the text, from left to right.

    `labelled` tells that the part is known to be about the project's time: then a bare year is a period, too.
    """
    found = _found(text[start:end], labelled=labelled)
    return [replace(one, start=start + one.start, end=start + one.end) for one in found] if start else list(found)


@lru_cache(maxsize=4096)
def _found(text: str, *, labelled: bool) -> Sequence[Found]:
    """Return the periods in a text; the cells of a table say the same again and again."""
    tokens = _grammar()[0].tokens(text)
    if not any(token.atom for token in tokens):
        return ()
    row = _Row(text, tokens, "".join(token.kind for token in tokens), labelled)
    return tuple(_joined(row, [part for part in _parts(row) if part.found]))


def combine(start_text: str, end_text: str) -> Found | None:
    """Return the period of two cells, its start and its end; positions count in "start – end".

    >>> str(combine("1.3.", "31.8.2022").period.start)
    '2022-03-01'
    """
    cells = [" ".join(cell.split()).strip("-–— ") for cell in (start_text, end_text)]
    found = find(" – ".join(cells) if all(cells) else cells[0] or cells[1], labelled=True)
    period = found[0].period if found else None
    if all(cells) or period is None or period.start != period.end:
        return found[0] if found else None
    open_period = replace(period, end=None) if cells[0] else replace(period, start=None)
    return replace(found[0], period=open_period)


@cache
def _grammar() -> tuple[Vocabulary, Sequence[tuple[str, re.Pattern[str]]]]:
    return Vocabulary(WORDS), [(rule, re.compile(pattern)) for rule, pattern in _RULES]


def _parts(row: _Row) -> Iterator[_Part]:
    position = 0
    while position < len(row.kinds):
        part = _part(row, position) if row.kinds[position] in _BEGINNINGS else None
        if part:
            yield part
        position = part.end if part else position + 1


def _part(row: _Row, position: int) -> _Part | None:
    for rule, pattern in _grammar()[1]:
        match = pattern.match(row.kinds, position)
        found = _read(row, rule, match) if match else None
        if match and found:
            return _Part(rule, match.start(), match.end(), None if _is_other(row, rule, match) else found)
    return None


def _read(row: _Row, rule: str, match: re.Match[str]) -> Found | None:
    """Return what the tokens of a match say, or None where these dates make no such period."""
    first, last, year = (_atom(row, match, group) for group in ("first", "last", "year"))
    assumed = "period-about" if "n" in match.group() else ""
    if first and last:
        first, last = (first.beside(year), last.beside(year)) if year else (first, last)
        if not _fits(row, rule, match, first, last):
            return None
        first, last, year_assumed = settled(first, last)
        assumed = year_assumed or assumed
    start, end = row.tokens[match.start()].start, row.tokens[match.end() - 1].end
    dates = [atom for atom in (first, last) if atom]
    problem = _problem(row, match, dates)
    if problem:
        return Found(start, end, None, problem) if problem != "no year" else None
    opening = first.dated("first" if {"a", "B"} & set(match.group()) else "") if first else None
    closing = last.dated("last" if {"z", "E"} & set(match.group()) else "") if last else None
    if rule == "one" and first:
        opening, closing = (
            (opening if first.direction != "to" else None),
            (opening if first.direction != "from" else None),
        )
    if opening and closing and opening.first_day > closing.last_day:
        return Found(start, end, None, "period-reversed")
    written = row.text[start if rule in ("from", "until", "extension") else dates[0].start : end]
    return Found(start, end, Period(opening, closing, written), assumed=assumed, lone=rule == "one")


def _problem(row: _Row, match: re.Match[str], dates: Sequence[Atom]) -> str:
    """Return why the dates tell no time: a remark's identifier, or "no year" where nothing is worth a remark."""
    if any(atom.impossible for atom in dates):
        return "period-impossible"
    if any(atom.year is None for atom in dates):
        whole = len(dates) == 2 and (row.labelled or dates[0].form == dates[1].form == "day.month")
        return "period-year-missing" if whole else "no year"
    return "period-doubtful" if "?" in match.group() else ""


def _atom(row: _Row, match: re.Match[str], group: str) -> Atom | None:
    return row.tokens[match.start(group)].atom if group in match.re.groupindex else None


def _fits(row: _Row, rule: str, match: re.Match[str], first: Atom, last: Atom) -> bool:
    """Tell whether two dates can be the ends of one period."""
    if (first.year is None or last.year is None) and _precision(first.beside(last)) != _precision(last.beside(first)):
        return False
    if (first.form == "brief") != (last.form == "brief") or (first.form == "tight" and not _ascends(first, last)):
        return False
    if rule != "beside":
        return "," not in match.group() or not set(_scope(row, match)) & set("pr")
    if "/" in match.group():
        return first.form == last.form and first.form in ("year", "iso")
    if first.direction == "from" or last.direction == "to":
        return True
    apart = row.text[first.end : last.start].isspace() and first.form == last.form and first.day is not None
    return apart and _ascends(first, last)


def _precision(atom: Atom) -> tuple[bool, bool]:
    return atom.month is None, atom.day is None


def _ascends(first: Atom, last: Atom) -> bool:
    start, end = first.beside(last), last.beside(first)
    return not start.impossible and not end.impossible and str(start.dated()) < str(end.dated())


# ── whether it is the project's time ────────────────────────────────────────────────────────────────────────────


def _scope(row: _Row, match: re.Match[str]) -> str:
    """Return the kinds before a match, back to the last mark, date or sum."""
    return re.split("[,;.()DY€]", row.kinds[max(0, match.start() - 12) : match.start()])[-1]


def _is_other(row: _Row, rule: str, match: re.Match[str]) -> bool:
    """Tell whether this is the time of something else: a decision, a call, a programme; or no time at all."""
    scope, kinds = _scope(row, match), match.group()
    before, after = scope[-1:], row.kinds[match.end() : match.end() + 1]
    events = set() if "c" in kinds else set(scope) & set("pr")
    if "P" in scope or before == "k" or after == "€":
        return True
    if rule == "extension":
        return "r" in match["gap"] or ("p" in match["gap"] and not set(kinds) & set("tzuTv"))
    if (rule == "one" and (events or after in ("p", "r"))) or (rule == "until" and "r" in events):
        return True
    years = [atom for token in row.tokens[match.start() : match.end()] if (atom := token.atom)]
    if row.labelled or not all(atom.form == "year" for atom in years):
        return not row.labelled and rule == "one" and years[0].form == "brief"
    if after in ("h", "G"):
        return True
    if rule in ("range", "beside") and (years[0].year, years[-1].year) in _PROGRAMME_PERIODS:
        return bool(set("gG") & set(scope + after)) and not set("lc") & set(kinds)
    if rule == "until":
        return (years[0].year or 0) >= 2030
    return rule == "one" and not set("lcnq") & set(kinds) and _is_in_name(row, match, years[0])


def _is_in_name(row: _Row, match: re.Match[str], atom: Atom) -> bool:
    """Tell whether a lone year is a part of a name: "Agenda 2030", "Joensuu 2025", or of a sentence."""
    before, year = row.kinds[: match.start()], atom.year or 0
    if _LISTED.search(before[-12:]):
        return False
    stands = _STANDING.match(row.kinds, match.end()) or re.match(r"[ ]*\n", row.text[atom.end : atom.end + 40])
    if before[-1:] in ("N", "T") or not stands or (year % 5 == 0 and year >= 2030):
        return True
    word = re.search(r"([^\W\d_])[^\W_]*[ ]*$", row.text[max(0, atom.start - 60) : atom.start])
    capital = word is not None and word[1].isupper()
    return year % 5 == 0 and capital and (len(before) == 1 or (year >= 2025 and not set(",;.(") & set(before)))


# ── several that are one ────────────────────────────────────────────────────────────────────────────────────────


def _joined(row: _Row, parts: Sequence[_Part]) -> list[Found]:
    """Return what was found: extensions and ends joined to what they continue, and no single dates beside a period."""
    if not row.labelled and any(part.rule != "one" for part in parts):
        parts = [part for part in parts if part.rule != "one"]
    found: list[Found] = []
    main = end = 0  # the place in `found` of what may be continued; the last token that is taken
    for part in parts:
        assert part.found is not None  # only these come here
        gap, last, one = row.kinds[end : part.start], len(found) - 1, part.found
        whole = _continued(found[main].period, part) if found else None
        if whole and main == last and set(gap) <= set(",&_."):
            written = whole.written + row.text[found[main].end : one.end]
            found[main] = replace(found[main], end=one.end, period=replace(whole, written=written))
        elif whole and one.period:
            written = f"{whole.written} … {one.period.written}"
            found[main] = replace(found[main], period=replace(whole, written=written))
            found.append(replace(one, period=None, continues=True))
        else:
            if found and re.fullmatch(",&?|&", gap):
                found[-1] = replace(found[-1], end=row.tokens[part.start - 1].end)
            found.append(one)
            main = last + 1
        end = part.end
    return found


def _continued(main: Period | None, part: _Part) -> Period | None:
    """Return the period with the end that a part gives it, or None where it gives none."""
    end = part.found.period.end if part.found and part.found.period else None
    if main is None or end is None:
        return None
    extends = part.rule == "extension" and main.end is not None and main.end.last_day <= end.last_day
    tells_more = main.end is None or main.end.first_day <= end.first_day <= end.last_day <= main.end.last_day
    closes = part.rule in ("until", "extension") and tells_more
    follows = main.start is None or main.start.first_day <= end.last_day
    return replace(main, end=end) if (extends or closes) and follows else None
