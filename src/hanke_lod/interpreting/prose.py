"""An entry in running text → facts: periods, sums, funding markers and role phrases taken out, the rest is its name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from hanke_lod.interpreting import money, periods
from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.names import (
    Mention,
    Names,
    folded,
    looks_like_organisation,
    organisation_named,
    registered_around,
    shared_head,
    split,
    trim,
)
from hanke_lod.interpreting.roles import Found, Roles
from hanke_lod.lexicon import Lexicon, fold_label, is_role
from hanke_lod.model import FundingSource, Organisation, Role
from hanke_lod.uris import slug

#: Where a run of words ends for role phrases: a sentence's end, brackets, a line, a column.
_BREAK = re.compile(r"[.!?](?=\s|$)|[;()\[\]\t]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"”»]?[A-ZÅÄÖÉŠŽ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:esim|mm|ns|ml|yms|jne|ym|n|ks|vrt|nro|s|milj|r\.y|r\.f|kl|bl\.a|t\.ex|m\.m|osv|nr|e\.g|i\.e|etc|St)|\b[A-ZÅÄÖ]|(?<![\d.,])\d{1,2})\.$"
)
_HANKE = re.compile(
    r"-(?:hanke|projekti|rahoitus|rahoitteinen|rahoitettu|projekt|finansiering|finansierat|finansierad|funded|funding|project)\w*",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:on|ovat|oli|olivat|ei|tavoitteena|tavoite|tarkoitus|tarkoituksena|pyritään|kehittää|edistää|parantaa|lisää|vahvistaa|"
    r"tukee|tarjoaa|luo|etsii|selvittää|mahdollistaa|sisältää|keskittyy|pyrkii|auttaa|vastaa|syntyy|saa|"
    r"\w{3,}(?:taan|tään|daan|dään|etaan|etään|itaan|otaan|ataan|ttiin|etiin|ltiin|ntiin|rtiin)|jatkuu|päättyy|päättyi|alkaa|alkoi|saatiin|hyväksyi|käynnistyi|käynnistyy|osallistui|rahoittivat|rahoitti|"
    r"är|ska|skall|syftar|syftet|målet|utvecklas|utvecklar|stärker|stöder|främjar|förbättrar|skapar|"
    r"is|are|aims|will|develops|supports|improves|promotes|the project|projektet|hankkeessa|hankkeen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Tools:
    """What reading prose needs: the lexicon's names and role phrases."""

    lexicon: Lexicon
    names: Names
    roles: Roles
    labels: Container[str]


def read(facts: Facts, tools: Tools, start: int = 0, end: int | None = None, *, is_title: bool = True) -> None:
    """Take from a part of the entry's text all that is understood.

    What is left is title and description, or description only where the part does not hold the name.
    """
    text = facts.taken.text
    stop = len(text) if end is None else end
    take_periods(facts, start, stop)
    take_money(facts, start, stop)
    mentions = list(tools.names.funding.find(text, start, stop))
    take_funding_marks(facts, mentions)
    for first, last in list(_runs(facts, tools.roles, start, stop)):
        for found in list(tools.roles.find(text, first, last)):
            take_role(facts, tools, found)
    segments = list(_segments(facts, start, stop))
    take_beside(facts, tools, segments[1:] if is_title else segments)
    if is_title and segments:
        take_title(facts, segments[0][0], stop)
    take_beside(facts, tools, list(_segments(facts, start, stop)))
    for segment in list(_segments(facts, start, stop)):
        _take_description(facts, *segment)
    _note_funding_in_title(facts, mentions)


def take_periods(facts: Facts, start: int, end: int, *, labelled: bool = False) -> None:
    """Take the periods of a part; what is no possible period becomes a remark."""
    text = facts.taken.text
    for found in periods.find(text, start, end, labelled=labelled):
        written = text[found.start : found.end]
        if not facts.taken.take(found.start, found.end, "period" if found.period else "other"):
            continue
        if found.period:
            facts.periods.append(found.period)
        if found.problem:
            facts.remark(found.problem, written)
        if found.assumed and found.period:
            facts.remark(found.assumed, written, assumed=str(found.period.start))


def take_money(facts: Facts, start: int, end: int) -> None:
    """Take the sums of a part of running text: one that is said to be the whole is the budget."""
    text = facts.taken.text
    for found in money.find(text, start, end):
        if not facts.taken.take(found.start, found.end, "money"):
            continue
        before = text[max(start, found.start - 60) : found.start]
        if facts.budget is None and _TOTAL.search(before) and not _PART.search(before):
            facts.budget = found.money
        elif facts.budget is None and not _PART.search(before):
            facts.remark("money-unclear", text[found.start : found.end])


_TOTAL = re.compile(
    r"(?:budjetti|kustannusarvio|kokonaiskustannu|kokonaisrahoitus|kokonaiskustannukset|kustannukset|budget|totalt|total|"
    r"kostnad|cost|worth|arvo)[^.;]*$", re.IGNORECASE,
)  # fmt: skip
_PART = re.compile(
    r"(?:osuus|omarahoitus|omavastuu|haettu|haetaan|vuodessa|vuosittain|vuonna \d{4}|andel|egen|ansökt|årlig|per år|"
    r"share|own|applied|annual|per year|avustus|tuki|understöd|bidrag|grant)[^.;,]*$", re.IGNORECASE,
)  # fmt: skip


def take_funding_marks(facts: Facts, mentions: Sequence[Mention[FundingSource]]) -> None:
    """Take funding named as a mark: alone in brackets, or with "-hanke", "-rahoitus" after it."""
    text = facts.taken.text
    for mention in mentions:
        suffix = _HANKE.match(text, mention.end)
        in_brackets = _bracketed(text, mention.start, mention.end)
        if suffix or in_brackets:
            facts.funding[mention.thing] = None
            if suffix and (mention.start == 0 and len(text) > suffix.end() + 3 and text[suffix.end()] not in ".,;:"):
                continue  # "EAKR-hanke Matkailu…": part of the name
            facts.taken.take(mention.start, suffix.end() if suffix else mention.end, "funding")


def _bracketed(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip(), text[end:].lstrip()
    opened = before.rfind("(") > before.rfind(")") or before.rfind("[") > before.rfind("]")
    return opened and any(c in after for c in ")]")


#: An abbreviation in brackets after a name: "Luonnonvarakeskus (Luke)".
_ABBREVIATED = re.compile(r"[A-ZÅÄÖ][\w-]{1,9}")
_BRACKETED = re.compile(r"\(([^()]{2,60})\)")


def _runs(facts: Facts, roles: Roles, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of the text that hold whole phrases: between sentence ends, brackets, periods and sums.

    A role in brackets after a name ("REDU (päätoteuttaja), Lappia") parts nothing.
    """
    text = facts.taken.text
    cuts = [(span.start, span.end) for span in facts.taken.of_kind("period", "money")]
    within = {
        place for m in _BRACKETED.finditer(text, start, end) if _ABBREVIATED.fullmatch(m[1]) or roles.roles_in(m[1])
        for place in (m.start(), m.end() - 1) if facts.taken.is_free(m.start(1), m.end(1))
    }  # fmt: skip
    for match in _BREAK.finditer(text, start, end):
        abbreviated = match.group() == "." and _ABBREVIATION.search(text[start : match.end()])
        if not abbreviated and match.start() not in within:
            cuts.append(match.span())
    position = start
    for first, last in sorted(cut for cut in cuts if start <= cut[0] < end):
        if position < first:
            yield position, first
        position = max(position, last)
    if position < end:
        yield position, end


def take_role(facts: Facts, tools: Tools, found: Found) -> None:
    """Note who takes part in which role, and take the phrase."""
    for (start, end), base in zip(found.names, shared_head(facts.taken.text, found.names), strict=True):
        if base:
            note_organisation(facts, found.roles, Organisation(slug(base), {facts.language: base}), start, end)
        elif base is None:
            note_name(facts, tools, found.roles, start, end, inflected=found.inflected)
    facts.taken.take_around(found.start, found.end, "role")


def note_name(
    facts: Facts, tools: Tools, roles: Sequence[str], start: int, end: int, *, inflected: bool = False
) -> None:
    """Note one name: a fund finances, an organisation has the roles."""
    text = facts.taken.text
    bracket = re.match(r"(.+?)\s*\(([^()]{2,60})\)$", text[start:end], re.DOTALL)
    if bracket and tools.roles.roles_in(bracket[2]):
        roles, end = tools.roles.roles_in(bracket[2]), start + bracket.end(1)
    elif bracket and _ABBREVIATED.fullmatch(bracket[2]):
        end = start + bracket.end(1)
    name = text[start:end]
    fund = next((m for m in tools.names.funding.find(text, start, end) if m.start == start), None)
    if fund is not None and fund.end >= end - 12:
        facts.funding[fund.thing] = None
        facts.taken.take(start, end, "funding")
        return
    organisation, sure = organisation_named(name, facts.language, tools.names, inflected=inflected)
    if not sure:
        facts.remark("name-form-unsure", name)
    note_organisation(facts, roles, organisation, start, end)


def note_organisation(facts: Facts, roles: Sequence[str], organisation: Organisation, start: int, end: int) -> None:
    """Note an organisation's roles and take its name."""
    for role in roles:
        facts.takes_part(_role_of(role, organisation), organisation)
    facts.taken.take(start, end, "organisation")


def _role_of(role: str, organisation: Organisation) -> Role:
    """Return the ontology's role: in a joint project a unit of the publisher takes part, any other is a partner."""
    if role == "joint":
        is_unit = organisation.kind == "unit" or next(iter(organisation.names.values()))[0].islower()
        return "participant" if is_unit else "partner"
    return role if is_role(role) else "participant"  # type: ignore[return-value]  # is_role has just told


#: Where a part that may be a name of its own ends: commas, spaced dashes, brackets, sentence ends.
_SEGMENT = re.compile(r"[,;]\s+|\s+[–—-]\s+|\s/\s|[()\[\]\t]|(?<=[^\W\d])[.!?](?=\s|$)\s*")


def _segments(facts: Facts, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the free parts between separators, trimmed, that hold words."""
    text = facts.taken.text
    for first, last in list(facts.taken.free(start, end)):
        position = first
        cuts = [m.span() for m in _SEGMENT.finditer(text, first, last)
                if m.group().strip() != "." or not _ABBREVIATION.search(text[first : m.start() + 1])]  # fmt: skip
        for cut_start, cut_end in [*cuts, (last, last)]:
            a, b = trim(text, position, cut_start)
            if a < b and re.search(r"\w", text[a:b]):
                yield a, b
            position = cut_end


#: Words beside names of money that name nothing themselves.
_BESIDE = re.compile(
    r"\b(?:ja|sekä|och|samt|and|rahoitus|rahoituksella|rahoittama|rahoitteinen|rahoittaja|avustus|avustuksella|valtionavustus|"
    r"erityisavustus|tuki|tuella|hanke|ohjelma|hankerahoitus|finansiering|finansierat|stöd|bidrag|med|från|statsunderstöd|projekt|"
    r"\d+|[a-z]{2,3}\d|programmet|medel|varoista|funding|funded|by|grant|programme|the|n|in|project|osarahoitus|kautta|via|myöntämä|haettu|sökt|ansökt)\b|[^\w]+",
    re.IGNORECASE,
)


def take_names(facts: Facts, tools: Tools, start: int, end: int) -> bool:
    """Take a segment that is nothing but names: of funds, programmes and organisations; tells whether it was."""
    text = facts.taken.text
    if fold_label(text[start:end]) in tools.labels:
        return facts.taken.take(start, end, "label")
    funds = list(tools.names.funding.find(text, start, end))
    agents = [
        m for m in tools.names.organisations.find(text, start, end)
        if not any(f.start < m.end and m.start < f.end and f.end - f.start >= m.end - m.start for f in funds)
    ]  # fmt: skip
    funds = [f for f in funds if not any(m.start < f.end and f.start < m.end for m in agents)]
    covered = sorted((m.start, m.end) for m in (*funds, *agents))
    left = _left(text, start, end, covered)
    if covered and not _BESIDE.sub("", left):
        for fund in funds:
            facts.funding[fund.thing] = None
            facts.taken.take(fund.start, fund.end, "funding")
        for agent in agents:
            facts.takes_part(_bare_role(agent.thing), agent.thing)
            facts.taken.take(agent.start, agent.end, "organisation")
        facts.taken.take_around(start, end, "role")
        return True
    parts = split(text, start, end, tools.names)
    if agents and len(parts) > 1 and all(_is_name(text[a:b], tools.names) for a, b in parts):
        for a, b in parts:
            organisation, _ = organisation_named(text[a:b], facts.language, tools.names)
            note_name(facts, tools, (_bare_role(organisation),), a, b)
        return True
    if all(_is_organisation(text[a:b], tools.names) for a, b in parts):
        for a, b in parts:
            organisation, _ = organisation_named(text[a:b], facts.language, tools.names)
            note_name(facts, tools, (_bare_role(organisation),), a, b)
        return True
    return False


_MONEY_WORD = re.compile(
    r"(?:rahoit|avustu|\btuki|\btuella|\btuen|\bmedel|\bstöd|bidrag|finans|\bfund|\bgrant|beviljats|myöntä)", re.IGNORECASE
)  # fmt: skip


def take_funding_clauses(facts: Facts, tools: Tools, segments: Sequence[tuple[int, int]]) -> None:
    """Take the sources of money that a clause about money names: "rahoitus saatiin Lapin liitolta"."""
    text = facts.taken.text
    for start, end in segments:
        if not _MONEY_WORD.search(text, start, end):
            continue
        for fund in tools.names.funding.find(text, start, end):
            whole = registered_around(text, fund.start, fund.end, start, end)
            if whole:
                note_name(facts, tools, ("funder",), *whole)
            elif facts.taken.take(fund.start, fund.end, "funding"):
                facts.funding[fund.thing] = None
        for agent in tools.names.organisations.find(text, start, end):
            if _bare_role(agent.thing) == "funder" and facts.taken.take(agent.start, agent.end, "organisation"):
                facts.takes_part("funder", agent.thing)


def _left(text: str, start: int, end: int, covered: Sequence[tuple[int, int]]) -> str:
    kept, position = "", start
    for first, last in covered:
        kept += text[position:first] + " "
        position = max(position, last)
    return kept + text[position:end]


#: An organisation of these kinds that is named without a role gives money: its trade is to fund.
_FUNDERS = frozenset(("ministry", "agency", "region", "foundation"))


def _bare_role(organisation: Organisation) -> Role:
    """Return the role of an organisation that is named bare: one that funds by trade is the funder."""
    is_leader = any("Leader" in name for name in organisation.names.values())
    return "funder" if organisation.kind in _FUNDERS or is_leader else "participant"


def take_beside(facts: Facts, tools: Tools, segments: Sequence[tuple[int, int]]) -> None:
    """Take, beside the name, what names sources of money and organisations."""
    take_funding_clauses(facts, tools, segments)
    for segment in segments:
        if facts.taken.is_free(*segment):
            take_names(facts, tools, *segment)


def take_title(facts: Facts, start: int, end: int) -> None:
    """Take the name: from its first words to the first fact, or to a sentence that says something of the project."""
    text = facts.taken.text
    free = next((b for a, b in facts.taken.free(start, end) if a <= start < b), end)
    quoted = _QUOTED.match(text, _quote_before(text, start), free)
    a, b = quoted.span(1) if quoted else _name_bounds(text, start, _title_end(text, start, free))
    facts.titles.append(" ".join(text[a:b].split()))
    facts.taken.take(a, b, "title")


#: A sentence whose subject is the project's name.
_SUBJECT = re.compile(
    r"([A-ZÅÄÖ0-9][^.,;:()\n]{2,70}?)(?:\s+-?(?:hanke|hankkeessa|hankkeen|projekti|projektissa|projektet|project))?\s+"
    r"(?:on|oli|ovat|är|är ett|is|aims|tarjoaa|kehittää|edistää|parantaa|tukee|vahvistaa|selvittää|utvecklar|främjar|"
    r"develops|supports|promotes|improves|jatkuu|pågår)\s+(?=[a-zåäö])",
)
#: A name in quotation marks at the beginning of a sentence that goes on.
_QUOTED = re.compile(r"[\"”“„«»]([^\"”“„«»\n]{3,120})[\"”“«»]\s+(?=\w)")


def _quote_before(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] in '"”“„«»' else start


def _title_end(text: str, start: int, end: int) -> int:
    """Return where the name ends: before the first sentence, after the first, that says something of the project.

    A first sentence that says something itself begins with the name: "Kyläkoulu 2.0 on kaksivuotinen hanke".
    """
    position = start
    subject = _SUBJECT.match(text, start, end)
    if subject and len(text[start:end].split()) > len(subject[1].split()) + 3:
        return subject.end(1)
    cuts = [
        m.start() for m in _SENTENCE.finditer(text, start, end) if not _ABBREVIATION.search(text[start : m.start()])
    ]
    for number, cut in enumerate([*cuts, end]):
        last = text[position:cut]
        fragment = cut == end and end < len(text) and len(last.split()) <= 2 and re.search(r"[^\W\d_]{2}", last)
        if number and (fragment or _SAYS.search(text[position:cut])):
            return position
        position = cut
    return end


def _is_name(name: str, names: Names) -> bool:
    return _is_organisation(name, names) or re.fullmatch(r"[A-ZÅÄÖ][\w-]+", name) is not None


def _is_organisation(name: str, names: Names) -> bool:
    if names.organisations.exactly(name):
        return True
    return name[0].isupper() and looks_like_organisation(name, names) and len(name.split()) <= 5


def _name_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    opened = text.rfind("(", start, end)
    if opened > start and ")" not in text[opened:end]:
        end = opened
    a, b = trim(text, start, end, " \t\n\u00a0,;:–—")
    while b > a and text[b - 1] in "-.(":
        if text[b - 1] == "." and _ABBREVIATION.search(text[a:b]) and not text[b - 2].isdigit():
            break
        a, b = trim(text, a, b - 1, " \t\n\u00a0,;:–—")
    return a, b


def _take_description(facts: Facts, start: int, end: int) -> None:
    text = facts.taken.text
    a, b = trim(text, start, end, " \t\n\u00a0,;:–—()")
    while a < b and text[a] == ".":
        a, b = trim(text, a + 1, b, " \t\n\u00a0,;:–—()")
    words = text[a:b]
    if len(words.split()) >= 3:
        facts.descriptions.append(" ".join(words.split()))
        facts.taken.take(a, b, "description")
    elif re.search(r"\w", words):
        facts.taken.take(a, b, "other")


def _note_funding_in_title(facts: Facts, mentions: Sequence[Mention[FundingSource]]) -> None:
    """Note a programme or grant that the name itself names; it stays in the name."""
    titles = facts.taken.of_kind("title")
    for mention in mentions:
        if not any(span.start <= mention.start and mention.end <= span.end for span in titles):
            continue
        source = mention.thing
        whole = any(span.start == mention.start and span.end == mention.end for span in titles)
        official = folded(facts.taken.text[mention.start : mention.end]) in {folded(n) for n in source.names.values()}
        if (
            source.kind in ("programme", "grant")
            and (official or not whole)
            and (mention.exact or source.kind == "grant")
        ):
            facts.funding[source] = None
