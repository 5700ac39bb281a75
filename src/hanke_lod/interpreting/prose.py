"""An entry in running text → facts: periods, sums, funding markers and role phrases taken out, the rest is its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hanke_lod.interpreting import funding, money, periods
from hanke_lod.interpreting.asides import take_asides, take_states
from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.organisations import Tools, take_role
from hanke_lod.interpreting.splitting import trim
from hanke_lod.interpreting.titles import is_abbreviated, speaks_of_project, take_title
from hanke_lod.interpreting.triggers import Trigger
from hanke_lod.interpreting.vocabulary import whole

#: Where a run of words ends for role phrases: a sentence's end, brackets, a line, a column.
_BREAK = re.compile(r"[.!?](?=\s|$)|[;()\[\]\t]|\s[·|•]\s")
_LABEL_NEXT = re.compile(r"\s+[A-ZÅÄÖ][\w ]{1,20}:\s")
#: Where a part that may be a name of its own ends: commas, spaced dashes, brackets, sentence ends.
_SEGMENT = re.compile(r"[,;]\s+|\s[·|•]\s|\s+[–—-]\s+|\s/\s|[()\[\]\t]|(?<=[^\W\d])[.!?](?=\s|$)\s*|:\s+(?=[A-ZÅÄÖ])")
#: An abbreviation or a country in brackets after a name: "Luonnonvarakeskus (Luke)", "NIBIO (Norja)".
_ABBREVIATED = re.compile(r"[A-ZÅÄÖ][\w-]{1,11}")
_BRACKETED = re.compile(r"\(([^()]{2,60})\)")
_AROUND = " \t\n\u00a0,;:–—()"


def read(facts: Facts, tools: Tools, start: int = 0, end: int | None = None, *, is_title: bool = True) -> None:
    """Take from a part of the entry's text all that is understood.

    What is left is title and description, or description only where the part does not hold the name.
    """
    text = facts.taken.text
    stop = len(text) if end is None else end
    take_asides(facts, start, stop)
    take_periods(facts, start, stop, named_years=is_title)
    take_money(facts, start, stop)
    take_states(facts, tools.lexicon.status_words, start, stop)
    mentions, _ = tools.names.sources(text, start, stop)
    funding.take_marks(facts, mentions)
    if tools.roles.triggers.find(text, start, stop) or _JOINT.search(text, start, stop):
        for first, last in list(_runs(facts, tools, start, stop)):
            for found in list(tools.roles.find(text, first, last)):
                take_role(facts, tools, found)
    segments = list(_segments(facts, start, stop))
    name = _name_segment(facts, tools, segments) if is_title else -1
    funding.take_beside(facts, tools, segments[:name] + segments[name + 1 :] if is_title else segments)
    if is_title and segments:
        take_title(facts, segments[name][0], stop)
    funding.take_beside(facts, tools, list(_segments(facts, start, stop)))
    for part in list(facts.taken.free(start, stop)):
        _take_descriptions(facts, *part)
    funding.note_in_title(facts, mentions)


_JOINT = re.compile(r"\b(?:yhtei|kanssa|kumppanuu|gemensam)", re.IGNORECASE)


def take_periods(facts: Facts, start: int, end: int, *, labelled: bool = False, named_years: bool = False) -> None:
    """Take the periods of a part; what is no possible period becomes a remark.

    Where another period is told (`facts.dated`, or a finer one after it), years right behind the name are a part of it:
    "Erasmus+ liikkuvuudet 2022, 1.9.2022–30.11.2023".
    """
    text = facts.taken.text
    if not re.compile(r"\d").search(text, start, end):
        return
    every = periods.find(text, start, end, labelled=labelled)
    for number, found in enumerate(every):
        written = text[found.start : found.end]
        if named_years and _YEARS.fullmatch(written) and _in_name(text, start, found.start):
            if facts.dated or any(_is_finer(other) for other in every[number + 1 :]):
                continue
            named_years = False
        if not facts.taken.take(found.start, found.end, "period" if found.period else "other"):
            continue
        note_period(facts, found, written)


_YEARS = re.compile(r"(?:[–-]\s?)?(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)?\d\d)?")


def _in_name(text: str, start: int, position: int) -> bool:
    """Tell whether only words of a name stand before a place: no comma, bracket or sentence end right before it."""
    return re.search(r"(?:[^\W_]|[”\"»)+!]|\d{4}\s?[–-])\s?$", text[start:position]) is not None


def _is_finer(found: periods.Found) -> bool:
    """Tell whether a period is a range of months or days."""
    period = found.period
    return period is not None and period.start is not None and period.end is not None and "-" in str(period.start)


def note_period(facts: Facts, found: periods.Found, written: str) -> None:
    """Note a period, and what is doubtful in it."""
    if found.period:
        facts.periods.append(found.period)
    if found.problem:
        facts.remark(found.problem, written)
    if found.assumed and found.period:
        facts.remark(found.assumed, written, assumed=str(found.period.start or found.period.end))


def take_money(facts: Facts, start: int, end: int) -> None:
    """Take the sums of a part of running text: one that is said to be the whole is the budget."""
    text = facts.taken.text
    if not re.compile(r"\d").search(text, start, end):
        return
    for doubt in money.doubts(text, start, end):
        if facts.taken.take(doubt.start, doubt.end, "money"):
            facts.remark(doubt.problem, text[doubt.start : doubt.end])
    for found in money.find(text, start, end):
        if facts.taken.take(found.start, found.end, "money") and facts.budget is None:
            role = money.role(text, found)
            if role == "total":
                facts.budget = found.money
            elif role == "unknown":
                facts.remark("money-unclear", text[found.start : found.end])
            if role == "total" and found.assumed:
                facts.remark(found.assumed, text[found.start : found.end], assumed=f"{found.money.amount:f}")


def _runs(facts: Facts, tools: Tools, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of the text that hold whole phrases: between sentence ends, brackets, periods and sums.

    A role in brackets after a name ("REDU (päätoteuttaja), Lappia") parts nothing.
    """
    text = facts.taken.text
    cuts = [(span.start, span.end) for span in facts.taken.of_kind("period", "money", "other", "status", "link")]
    within = {
        place for m in _BRACKETED.finditer(text, start, end)
        if _ABBREVIATED.fullmatch(m[1]) or _role_alone(tools, text, m)
        for place in (m.start(), m.end() - 1) if facts.taken.is_free(m.start(1), m.end(1))
    }  # fmt: skip
    for match in _BREAK.finditer(text, start, end):
        abbreviated = match.group() == "." and is_abbreviated(text, start, match.end())
        abbreviated = abbreviated and not _LABEL_NEXT.match(text, match.end(), end)
        if not abbreviated and match.start() not in within:
            cuts.append(match.span())
    position = start
    for first, last in sorted(cut for cut in cuts if start <= cut[0] < end):
        if position < first:
            yield position, first
        position = max(position, last)
    if position < end:
        yield position, end


def _role_alone(tools: Tools, text: str, bracket: re.Match[str]) -> Trigger | None:
    return tools.roles.triggers.alone(text, bracket.start(1), bracket.end(1))


def _segments(facts: Facts, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the free parts between separators, trimmed, that hold words."""
    text = facts.taken.text
    for first, last in list(facts.taken.free(start, end)):
        position = first
        cuts = [m.span() for m in _SEGMENT.finditer(text, first, last)
                if m.group().strip() != "." or not is_abbreviated(text, first, m.start() + 1)]  # fmt: skip
        for cut_start, cut_end in [*cuts, (last, last)]:
            a, b = trim(text, position, cut_start)
            if a < b and re.compile(r"\w").search(text, a, b):
                yield a, b
            position = cut_end


def _name_segment(facts: Facts, tools: Tools, segments: list[tuple[int, int]]) -> int:
    """Return which segment the name begins: the first that is not about the project but names it."""
    text = facts.taken.text
    for number, (start, end) in enumerate(segments):
        followed = number + 1 < len(segments) and text[end : end + 1] == ":"
        if not speaks_of_project(text, start, end) and not (followed and _is_fund(tools, text, start, end)):
            return number
    return 0


def _is_fund(tools: Tools, text: str, start: int, end: int) -> bool:
    return any((m.start, m.end) == (start, end) for m in tools.names.funding.find(text, start, end))


def _take_descriptions(facts: Facts, start: int, end: int) -> None:
    """Take what is left as description, sentence by sentence; a word or two tell nothing."""
    text = facts.taken.text
    cuts = [m for m in _SENTENCES.finditer(text, start, end) if not is_abbreviated(text, start, m.start() + 1)]
    position = start
    for cut_start, cut_end in [*(m.span() for m in cuts), (end, end)]:
        a, b = trim(text, position, cut_start, _AROUND + ".")
        words = text[a:b].split()
        if len(words) >= 3 and not _adds_nothing(text[a:b]):
            facts.descriptions.append(" ".join(words))
            facts.taken.take(a, b, "description")
        elif words:
            facts.taken.take(a, b, "other")
        position = cut_end


def _adds_nothing(words: str) -> bool:
    """Tell whether what is left of a sentence only joined the facts that were taken from it."""
    if re.search(r"\d\s*%", words) and len(words.split()) <= 8:
        return True
    return not re.search(r"\w", whole("filler").sub("", words)) or whole("own").search(words) is not None


_SENTENCES = re.compile(r"(?<=[^\W])[.!?](?=\s|$)|[()\[\]\t\n]")
