"""Sources of money in running text: marks ("(EAKR)", "ESR-hanke"), clauses about money, and names in titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.gazetteer import Mention, folded
from hanke_lod.interpreting.organisations import Tools, bare_role, take_bare, take_funds
from hanke_lod.interpreting.vocabulary import whole
from hanke_lod.labels import fold_label
from hanke_lod.model import FundingSource

_HANKE = re.compile(
    r"-(?:hanke|projekti|rahoitus|rahoitteinen|rahoitettu|tuki|avustus|projekt|finansiering|finansierat|finansierad|stöd|funded|funding|project)\w*",
    re.IGNORECASE,
)


def take_marks(facts: Facts, mentions: Sequence[Mention[FundingSource]]) -> None:
    """Take funding named as a mark: alone in brackets, or with "-hanke", "-rahoitus" after it."""
    text = facts.taken.text
    for mention in mentions:
        suffix = _HANKE.match(text, mention.end)
        if suffix or _is_bracketed(text, mention.start, mention.end):
            facts.funding[mention.thing] = None
            if suffix and (mention.start == 0 and len(text) > suffix.end() + 3 and text[suffix.end()] not in ".,;:"):
                continue  # "EAKR-hanke Matkailu…": part of the name
            facts.taken.take(mention.start, suffix.end() if suffix else mention.end, "funding")


def _is_bracketed(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 200) : start].rstrip(), text[end : end + 200].lstrip()
    opened = before.rfind("(") > before.rfind(")") or before.rfind("[") > before.rfind("]")
    return opened and any(c in after for c in ")]")


def take_beside(facts: Facts, tools: Tools, segments: Sequence[tuple[int, int]]) -> None:
    """Take, beside the name, what names sources of money and organisations."""
    for segment in segments:
        _take_clause(facts, tools, *segment)
    for segment in segments:
        if facts.taken.is_free(*segment):
            take_names(facts, tools, *segment)


def _take_clause(facts: Facts, tools: Tools, start: int, end: int) -> None:
    """Take the sources of money that a clause about money names: "rahoitus saatiin Lapin liitolta"."""
    text = facts.taken.text
    if not whole("money").search(text, start, end):
        return
    funds, agents = tools.names.sources(text, start, end)
    taken = take_funds(facts, tools, funds, start, end)
    for agent in agents:
        if bare_role(agent.thing) == "funder" and facts.taken.take(agent.start, agent.end, "organisation"):
            facts.takes_part("funder", agent.thing)
            taken = True
    free = [text[a:b] for a, b in facts.taken.free(start, end)]
    if taken and all(is_beside(part) for part in free):
        facts.taken.take_around(start, end, "role")


def is_beside(text: str) -> bool:
    """Tell whether words beside names of money and organisations tell nothing more."""
    return not re.search(r"\w", whole("beside").sub("", _NUMBERED.sub(" ", text).replace(" -", " ").lstrip("-")))


_NUMBERED = re.compile(
    r"\b(?:\d+|[a-zåäö]|[A-Z]{2}\d{1,3})\b|(?<=\w)-(?:hanke|ohjelma|rahoitus)\w*|-(?:rahoitus|osarahoitus)\w*"
)


def take_names(facts: Facts, tools: Tools, start: int, end: int) -> bool:
    """Take a segment that is nothing but names: of funds, programmes and organisations; tells whether it was."""
    text = facts.taken.text
    label = fold_label(text[start:end])
    if label in tools.labels or tools.lexicon.field_of(label) == "homepage":
        return facts.taken.take(start, end, "label")
    funds, agents = tools.names.sources(text, start, end)
    covered = sorted([*((m.start, m.end) for m in funds), *((m.start, m.end) for m in agents)])
    if not covered or not is_beside(_left(text, start, end, covered)):
        return take_bare(facts, tools, start, end)
    for fund in funds:
        facts.funding[fund.thing] = None
        facts.taken.take(fund.start, fund.end, "funding")
    for agent in agents:
        facts.takes_part(bare_role(agent.thing), agent.thing)
        facts.taken.take(agent.start, agent.end, "organisation")
    facts.taken.take_around(start, end, "role")
    return True


def _left(text: str, start: int, end: int, covered: Sequence[tuple[int, int]]) -> str:
    kept, position = "", start
    for first, last in covered:
        kept += text[position:first] + " "
        position = max(position, last)
    return kept + text[position:end]


def note_in_title(facts: Facts, mentions: Sequence[Mention[FundingSource]]) -> None:
    """Note a programme or grant that the name itself names; it stays in the name."""
    titles = facts.taken.of_kind("title")
    for mention in mentions:
        if not any(span.start <= mention.start and mention.end <= span.end for span in titles):
            continue
        source = mention.thing
        whole_title = any(span.start == mention.start and span.end == mention.end for span in titles)
        official = folded(facts.taken.text[mention.start : mention.end]) in {folded(n) for n in source.names.values()}
        names_it = source.kind in ("programme", "grant") and (official or not whole_title)
        if names_it and (mention.exact or source.kind == "grant"):
            facts.funding[source] = None
