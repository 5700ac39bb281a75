"""Labelled parts of an entry (lines "Label: value", cells under a header) → facts; FIELDS has one row per kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hanke_lod.interpreting import money, prose
from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.headings import Headings
from hanke_lod.interpreting.names import looks_like_organisation, registered_around, split, trim
from hanke_lod.interpreting.prose import Tools, note_name
from hanke_lod.lexicon import is_role
from hanke_lod.model import Field, FundingSource, Organisation, Period, Status
from hanke_lod.uris import slug

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"']+[^\s<>\"'.,;:)]", re.IGNORECASE)
_EMPTY = re.compile(r"\W*(?:ei ole|ei|puuttuu|ingen|inga|none|n/?a|–|-)?\W*", re.IGNORECASE)


def read(facts: Facts, parts: Sequence[Field], tools: Tools, headings: Headings) -> None:
    """Read the entry part by part: by its label, or as prose where it has none."""
    bounds: dict[str, tuple[int, int]] = {}
    kinds = [(part, _kind(part.label, tools)) for part in parts]
    named = any(kind == "title" for _, kind in kinds)
    before = 0
    for part, kind in kinds:
        if part.label:
            facts.taken.take_around(*_label_place(facts, part, before), "label")
        before = part.end
        if _EMPTY.fullmatch(facts.taken.text[part.start : part.end]):
            continue
        if kind in ("start", "end"):
            bounds[kind] = (part.start, part.end)
        elif not part.label:
            _prose(facts, tools, part, named)
        else:
            _read_one(facts, tools, headings, part, kind)
    _read_bounds(facts, bounds)


def _kind(label: str, tools: Tools) -> str:
    """Return what a label is about: as the lexicon says, else the role that its words name."""
    if not label:
        return ""
    known = tools.lexicon.field_of(label)
    roles = tools.roles.roles_in(label) if not known and len(label.split()) <= 5 else ()
    return known or (f"role:{roles[0]}" if roles else "")


def _label_place(facts: Facts, part: Field, before: int) -> tuple[int, int]:
    """Return where the label itself stands in the text, if it does."""
    at = facts.taken.text.rfind(part.label, before, part.start)
    return (at, at + len(part.label)) if at >= 0 else (part.start, part.start)


def _prose(facts: Facts, tools: Tools, part: Field, named: bool) -> None:
    """Read a part without a label: the first is the name, unless a label has told it; later ones add facts."""
    prose.read(facts, tools, part.start, part.end, is_title=not (facts.titles or named))


def _read_one(facts: Facts, tools: Tools, headings: Headings, part: Field, kind: str) -> None:
    for one in kind.split("+"):
        if one.startswith("role:"):
            read_names(facts, tools, part, one.removeprefix("role:"))
        else:
            FIELDS.get(one, _describes)(facts, tools, headings, part)


def _title(facts: Facts, tools: Tools, _headings: Headings, part: Field) -> None:
    prose.read(facts, tools, part.start, part.end, is_title=not facts.titles)


def _describes(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    start, end = trim(facts.taken.text, part.start, part.end, " \t\n\u00a0")
    if start < end and facts.taken.take(start, end, "description"):
        facts.descriptions.append(" ".join(facts.taken.text[start:end].split()))


def _passes(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    facts.taken.take_around(part.start, part.end, "other")


def _period(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    before = len(facts.periods), len(facts.remarks)
    prose.take_periods(facts, part.start, part.end, labelled=True)
    if (len(facts.periods), len(facts.remarks)) == before and re.search(r"\d", facts.taken.text[part.start : part.end]):
        facts.remark("period-not-understood", facts.taken.text[part.start : part.end].strip())


def _read_bounds(facts: Facts, bounds: Mapping[str, tuple[int, int]]) -> None:
    """Join a start and an end that stand in parts of their own."""
    found: dict[str, list[Period]] = {}
    kept = facts.periods
    for kind, (start, end) in bounds.items():
        facts.periods = []
        prose.take_periods(facts, start, end, labelled=True)
        found[kind] = facts.periods
    facts.periods = kept
    opening = next((p.start or p.end for p in found.get("start", ())), None)
    closing = next((p.end or p.start for p in reversed(found.get("end", ()))), None)
    if opening is None and closing is None:
        return
    written = " – ".join(facts.taken.text[a:b].strip() for a, b in bounds.values())
    if opening and closing and opening.first_day > closing.last_day:
        facts.remark("period-reversed", written)
        return
    facts.periods.append(Period(opening, closing, written))


def _sector(facts: Facts, _tools: Tools, headings: Headings, part: Field) -> None:
    start, end = trim(facts.taken.text, part.start, part.end)
    if start < end:
        parent = facts.sectors[-1] if facts.sectors and facts.sectors[-1].key not in _headed(facts, headings) else None
        facts.sectors = [
            *([] if parent else facts.sectors[:0]),
            headings.sector(facts.taken.text[start:end], facts.language, parent),
        ]
        facts.taken.take_around(start, end, "sector")


def _headed(facts: Facts, headings: Headings) -> set[str]:
    return {sector.key for sector in headings.read(facts.entry.headings, facts.language).sectors}


def _status(facts: Facts, _tools: Tools, headings: Headings, part: Field) -> None:
    start, end = trim(facts.taken.text, part.start, part.end)
    text = facts.taken.text[start:end]
    state = headings.status(text)
    if state:
        facts.status = Status(state, text)
    elif text:
        facts.remark("status-not-understood", text)
    facts.taken.take_around(start, end, "status")


def _money(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    for found in money.find(facts.taken.text, part.start, part.end, labelled=True):
        if facts.taken.take(found.start, found.end, "money") and facts.budget is None:
            scale = 1 if re.search(r"[^\W\d_]", found.money.written) else _scale(part.label)
            facts.budget = replace(found.money, amount=found.money.amount * scale)
    _passes(facts, _tools, _headings, part)


def _scale(label: str) -> int:
    """Return what a column's head says that its numbers stand for: "Budjetti (1 000 €)" is thousands."""
    if re.search(r"1[ \u00a0.]?000|\bt€|\bk€|tuhat|tuhan|tusen|\btkr|thousand", label, re.IGNORECASE):
        return 1000
    return 1_000_000 if re.search(r"milj|\bM€|\bmn\b|million", label) else 1


def _money_other(facts: Facts, tools: Tools, _headings: Headings, part: Field) -> None:
    for found in money.find(facts.taken.text, part.start, part.end, labelled=True):
        facts.taken.take(found.start, found.end, "money")
    _passes(facts, tools, _headings, part)


def _homepage(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    match = _URL.search(facts.taken.text, part.start, part.end)
    if match:
        address = match.group()
        facts.homepage = facts.homepage or (address if "://" in address else f"https://{address}")
        facts.taken.take(match.start(), match.end(), "link")


def _funding(facts: Facts, tools: Tools, _headings: Headings, part: Field) -> None:
    read_names(facts, tools, part, "funding")


def _programme(facts: Facts, tools: Tools, _headings: Headings, part: Field) -> None:
    read_names(facts, tools, part, "funding")


def read_names(facts: Facts, tools: Tools, part: Field, role: str) -> None:
    """Read a list of names under a label: agents in a role, or sources of money."""
    text = facts.taken.text
    for found in money.find(text, part.start, part.end):
        facts.taken.take(found.start, found.end, "money")
    own_end = part.end
    if role != "funding":
        own_end = tools.roles.first_clause(text, part.start, part.end)
        for phrase in list(tools.roles.find(text, own_end, part.end)):
            prose.take_role(facts, tools, phrase)
    for first, last in list(facts.taken.free(part.start, own_end)):
        for start, end in split(text, first, last, tools.names):
            _read_name(facts, tools, start, end, role)


def _publisher_role(facts: Facts, tools: Tools, part: Field) -> None:
    """Read a role of the body itself ("Kaupungin rooli: toteuttaja"), else a list of participants."""
    text = facts.taken.text
    roles = tools.roles.roles_in(text[part.start : part.end])
    body = next((name for stem, name in _BODIES if stem in part.label.casefold()), "")
    if not roles or (not body and tools.lexicon.publisher is None):
        read_names(facts, tools, part, "participant")
        return
    itself = tools.lexicon.publisher or Organisation(slug(body), {facts.language: body})
    for role in roles:
        if is_role(role):
            facts.takes_part(role, itself)  # type: ignore[arg-type]  # is_role has just told
    facts.taken.take_around(part.start, part.end, "role")


_BODIES = (("kaupun", "kaupunki"), ("kunna", "kunta"), ("kunta", "kunta"), ("stad", "staden"), ("kommun", "kommunen"))


def _read_name(facts: Facts, tools: Tools, start: int, end: int, role: str) -> None:
    text = facts.taken.text
    bracket = re.match(r"(.+?)\s*\(([^()]*)\)$", text[start:end], re.DOTALL)
    roles: tuple[str, ...] = (role,)
    if bracket:
        own = tools.roles.roles_in(bracket[2])
        roles = own if own and role != "funding" else roles
        inner = (start + bracket.start(2), start + bracket.end(2))
        if role in ("funding", "funder"):
            _money_name(facts, tools, *inner)
        elif own:
            facts.taken.take(*inner, "role")
        end = start + bracket.end(1)
    if _EMPTY.fullmatch(text[start:end]) or re.fullmatch(r"[\d\s%.,€-]+", text[start:end]):
        return
    if role in ("funding", "funder"):
        _money_name(facts, tools, start, end, is_agent=role == "funder")
    else:
        note_name(facts, tools, roles, start, end)


def _money_name(facts: Facts, tools: Tools, start: int, end: int, *, is_agent: bool = False) -> None:
    """Note a source of money: a known fund, an organisation that finances, else a programme of that name."""
    text = facts.taken.text
    mentions = list(tools.names.funding.find(text, start, end))
    for mention in mentions:
        whole = registered_around(text, mention.start, mention.end, start, end)
        if whole:
            note_name(facts, tools, ("funder",), *whole)
            continue
        facts.funding[mention.thing] = None
        facts.taken.take(mention.start, mention.end, "funding")
    for first, last in list(facts.taken.free(start, end)):
        a, b = trim(text, first, last, " \t\n\u00a0,.;:–—-()/%")
        name = text[a:b]
        if _OWN.search(name):
            facts.taken.take_around(a, b, "other")
            continue
        if not re.search(r"[^\W\d_]{2}", name) or re.fullmatch(_MARKS, name):
            continue
        known = next((m for m in tools.names.organisations.find(text, a, b)), None)
        if known or looks_like_organisation(name, tools.names) or (is_agent and not mentions):
            note_name(facts, tools, ("funder",), a, known.end if known and known.start == a else b)
        elif not mentions:
            source = FundingSource(slug(name), {facts.language: name})
            facts.funding[source] = None
            facts.taken.take(a, b, "funding")


#: Money of the body's own is no source from outside.
_OWN = re.compile(
    r"omarahoitus|oma rahoitus|omavastuu|omaa rahoitusta|egen (?:finansiering|andel)|own (?:funding|contribution)",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"-?(?:rahoitus|hanke|avustus|tuki|ohjelma|osuus|omarahoitus|oma rahoitus|kunnan osuus|kuntarahoitus|kuntaraha|valtio|"
    r"egen finansiering|egen|finansiering|stöd|bidrag|programmet|own funding|funding|grant|programme)", re.IGNORECASE,
)  # fmt: skip

#: Kind of field → how its value is read.
FIELDS: Mapping[str, Callable[[Facts, Tools, Headings, Field], None]] = {
    "title": _title,
    "description": _describes,
    "other": _describes,
    "period": _period,
    "sector": _sector,
    "programme": _programme,
    "status": _status,
    "money": _money,
    "money-other": _money_other,
    "funding": _funding,
    "funder": lambda facts, tools, _headings, part: read_names(facts, tools, part, "funder"),
    "role": lambda facts, tools, _headings, part: _publisher_role(facts, tools, part),
    "homepage": _homepage,
    "contact": _passes,
    "updated": _passes,
    "decision": _passes,
    "identifier": _passes,
    "place": _passes,
}
