"""Lists of names under a label or in a cell: agents in a role, or sources of money."""

from __future__ import annotations

import re

from hanke_lod.interpreting import money
from hanke_lod.interpreting.asides import take_asides
from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.gazetteer import Mention
from hanke_lod.interpreting.organisations import Tools, bare_role, note_name, note_names, take_funds, take_role
from hanke_lod.interpreting.splitting import split, trim
from hanke_lod.interpreting.vocabulary import any_of, whole, words
from hanke_lod.model import Field, FundingSource, Organisation
from hanke_lod.uris import slug

_SHARE = re.compile(r"(?:n\.|noin|ca)?\s*\d+(?:[.,]\d+)?(?:\s*[-–]\s*\d+)?\s*(?:%|prosenttia|procent|percent)")
_NOTHING = re.compile(
    r"\W*(?:ei ole|ei|puuttuu|ingen|inga|none|n/?a|muut|muita|övriga|others?|useita|flera|"
    r"several|ei tiedossa|avoin|ym\.?|mm\.?|etc\.?)?\W*",
    re.IGNORECASE,
)


def read_names(facts: Facts, tools: Tools, part: Field, *roles: str) -> None:
    """Read a list of names under a label of one role or several, or of money ("funding", "funder")."""
    text = facts.taken.text
    take_asides(facts, part.start, part.end)
    for found in money.find(text, part.start, part.end):
        facts.taken.take(found.start, found.end, "money")
    for share in _SHARE.finditer(text, part.start, part.end):
        facts.taken.take(share.start(), share.end(), "money")
    own_end = tools.roles.first_clause(text, part.start, part.end)
    for first, last in list(facts.taken.free(own_end, part.end)):
        for phrase in list(tools.roles.find(text, first, last)):
            take_role(facts, tools, phrase)
    for first, last in list(facts.taken.free(part.start, own_end)):
        if roles[0] in ("funding", "funder"):
            for start, end in split(text, first, last, tools.names):
                _read_source(facts, tools, start, end, roles[0])
        else:
            places = [place for place in split(text, first, last, tools.names) if _names_something(text, *place)]
            note_names(facts, tools, places, roles)


def _names_something(text: str, start: int, end: int) -> bool:
    if " ".join(text[start:end].split()) in words("country"):
        return False
    return not _NOTHING.fullmatch(text, start, end) and re.search(r"[^\W\d_]{2}", text[start:end]) is not None


def _read_source(facts: Facts, tools: Tools, start: int, end: int, role: str) -> None:
    """Read one source of money, and what stands in brackets after it."""
    text = facts.taken.text
    bracket = re.match(r"(.+?)\s*\(([^()]*)\)$", text[start:end], re.DOTALL)
    if bracket:
        inner = (start + bracket.start(2), start + bracket.end(2))
        if _names_something(text, *inner):
            _money_name(facts, tools, *inner, is_agent=False, is_aside=True)
        end = start + bracket.end(1)
    if _names_something(text, start, end):
        _money_name(facts, tools, start, end, is_agent=role == "funder")


def _money_name(
    facts: Facts, tools: Tools, start: int, end: int, *, is_agent: bool = False, is_aside: bool = False
) -> None:
    """Note a source of money: a known fund, an organisation that finances, else a programme of that name."""
    text = facts.taken.text
    funds, agents = tools.names.sources(text, start, end)
    take_funds(facts, tools, funds, start, end)
    for first, last in list(facts.taken.free(start, end)):
        a, b = trim(text, first, last, " \t\n\u00a0,.;:–—-()/%")
        name = text[a:b]
        if whole("own").search(name) and not agents:
            facts.taken.take_around(a, b, "other")
        elif not _names_something(text, a, b) or re.fullmatch(rf"-?{any_of('mark')}", name, re.IGNORECASE):
            continue
        else:
            if name in words("body"):
                note_name(facts, tools, ("funder",), a, b)
                continue
            known = next((m for m in agents if a <= m.start and m.end <= b), None)
            if known and (known.start, known.end) != (a, b) and _is_longer(text, known, a, b, tools):
                known = None
            if known or tools.names.looks_like_organisation(name) or (is_agent and not funds and not is_aside):
                place = (known.start, known.end) if known else (a, b)
                note_name(facts, tools, ("funder",), *place)
            elif not funds and not is_aside and len(name.split()) <= 8:
                source = FundingSource(slug(name), {facts.language: name})
                facts.funding[source] = None
                facts.taken.take(a, b, "funding")


def _is_longer(text: str, known: Mention[Organisation], start: int, end: int, tools: Tools) -> bool:
    """Tell whether a known name is but a part of another: "South-West Finland ELY Centre"."""
    before, after = text[start : known.start].split(), text[known.end : end].split()
    capitals = all(word[0].isupper() for word in before)
    genitive = not after or (not known.exact and after[-1][0].islower())
    return capitals and genitive and tools.names.looks_like_organisation(text[start:end])


def read_sources(facts: Facts, tools: Tools, part: Field) -> None:
    """Note the known sources of money that stand beside sums: "45 000 € (Museovirasto)"."""
    funds, agents = tools.names.sources(facts.taken.text, part.start, part.end)
    for fund in funds:
        if facts.taken.take(fund.start, fund.end, "funding"):
            facts.funding[fund.thing] = None
    for agent in agents:
        if bare_role(agent.thing) == "funder" and facts.taken.take(agent.start, agent.end, "organisation"):
            facts.takes_part("funder", agent.thing)
