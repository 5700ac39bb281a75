"""Labelled parts of an entry (lines "Label: value", cells under a header) → facts; FIELDS has one row per kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from hanke_lod.interpreting import inline, money, periods, prose
from hanke_lod.interpreting.asides import take_asides, take_links
from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.headings import Headings
from hanke_lod.interpreting.listed import read_names, read_sources
from hanke_lod.interpreting.names import organisation_named
from hanke_lod.interpreting.organisations import Tools
from hanke_lod.interpreting.splitting import split, trim
from hanke_lod.lexicon import is_role
from hanke_lod.model import Field, Organisation, Status
from hanke_lod.uris import slug

_EMPTY = re.compile(r"\W*(?:ei ole|ei|puuttuu|ingen|inga|none|n/?a|–|-)?\W*", re.IGNORECASE)


def read(facts: Facts, parts: Sequence[Field], tools: Tools, headings: Headings) -> None:
    """Read the entry part by part: by its label, or as prose where it has none."""
    bounds: dict[str, tuple[int, int]] = {}
    parts = [one for part in parts for one in _sentence_ends(facts, part, tools)]
    kinds = [(part, _kind(part.label, tools)) for part in parts]
    named = any(kind == "title" for _, kind in kinds)
    if not named and kinds[0][0].label and not kinds[0][1]:
        kinds[0] = (_unlabelled(facts, parts[0]), "")
    facts.dated = any(kind in ("period", "start", "end") and _has_year(facts, part) for part, kind in kinds)
    before, listing = 0, ""
    for part, kind in kinds:
        if part.label:
            facts.taken.take_around(*_label_place(facts, part, before), "label")
        before = part.end
        if _EMPTY.fullmatch(facts.taken.text, part.start, part.end):
            continue
        if kind in ("start", "end"):
            bounds[kind] = (part.start, part.end)
        elif part.label:
            _read_one(facts, tools, headings, part, kind)
            listing = kind if kind.startswith("role:") or kind in ("funding", "funder") else ""
        elif listing and _lists(facts, tools, part):
            _read_one(facts, tools, headings, part, listing)
        else:
            prose.read(facts, tools, part.start, part.end, is_title=not (facts.titles or named))
    _read_bounds(facts, bounds)


def _sentence_ends(facts: Facts, part: Field, tools: Tools) -> Iterator[Field]:
    """Part a label's names or sum from the sentences after it: "Toteuttaja: Centria Oy. Hankeaika 2024–2026."."""
    kind = _kind(part.label, tools)
    text = facts.taken.text
    if not (kind.startswith("role") or kind in ("funding", "funder", "money")):
        yield part
        return
    end = inline.value_end(text, part.start, part.end, tools.lexicon)
    yield Field(part.label, part.start, end)
    rest = text[end : part.end]
    if re.search(r"\w", rest):
        begin = end + len(rest) - len(rest.lstrip(" .;\n"))
        yield from inline.parts(text, tools.lexicon, begin, part.end) or (Field("", begin, part.end),)


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


def _unlabelled(facts: Facts, first: Field) -> Field:
    """Return the first part without its unknown label, which is the name's beginning: "Silver Starters: after 55".

    The label of a page's column of numbers that stood close ("No. Project") goes, and so does the number.
    """
    number = _NUMBERED.match(facts.taken.text, first.start, first.end) if _NUMBER.match(first.label) else None
    if number:
        facts.taken.take_around(first.start, number.end(), "other")
    return Field("", number.end() if number else 0, first.end)


def _first_line(facts: Facts, part: Field) -> Field:
    """Return the name in a cell whose second line, ended on purpose, says what the project does; take that line."""
    text = facts.taken.text
    line = text.find("\n", part.start, part.end)
    if line < 0 or "\t" not in text or facts.entry.place.page is not None or not text[line + 1].isupper():
        return part  # a page wraps its cells
    _describes_at(facts, line + 1, part.end)
    return replace(part, end=line)


_NUMBER = re.compile(r"(?:no|nr|nro|n:o|#)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,3}\.?\s+")


def _has_year(facts: Facts, part: Field) -> bool:
    return re.search(r"(?:19|20)\d\d|\d\.\d", facts.taken.text[part.start : part.end]) is not None


def _lists(facts: Facts, tools: Tools, part: Field) -> bool:
    """Tell whether a line without a label goes on with the names of the labelled one above it."""
    text = facts.taken.text
    if text[: part.start].rstrip(" ").endswith((".", ";")):  # a new sentence
        return False
    names = [text[a:b] for a, b in split(text, part.start, part.end, tools.names)]
    return bool(names) and all(tools.names.looks_like_organisation(name) for name in names)


def _read_one(facts: Facts, tools: Tools, headings: Headings, part: Field, kind: str) -> None:
    kinds = kind.split("+")
    roles = tuple(one.removeprefix("role:") for one in kinds if one.startswith("role:"))
    found = periods.find(facts.taken.text, part.start, part.end, labelled=True) if roles else []
    if found and not re.search(r"[^\W\d_]{3}", facts.taken.text[found[-1].end : part.end]):
        _period(facts, tools, headings, part)  # "Toteutus: 2021–2022"
    if roles:
        read_names(facts, tools, part, *roles)
    if not kind and _lists(facts, tools, part):
        read_names(facts, tools, part, "participant")  # a label that is not known, and names below it
    if not kind and tools.roles.triggers.find(facts.taken.text, part.start, part.end):
        prose.read(facts, tools, part.start, part.end, is_title=False)  # a label that is not known, and sentences
        return
    for one in kinds:
        if not one.startswith("role:"):
            FIELDS.get(one, _describes)(facts, tools, headings, part)


def _title(facts: Facts, tools: Tools, _headings: Headings, part: Field) -> None:
    part = _first_line(facts, part)
    prose.read(facts, tools, part.start, part.end, is_title=not facts.titles)


def _describes(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    _describes_at(facts, part.start, part.end)


def _describes_at(facts: Facts, start: int, end: int) -> None:
    start, end = trim(facts.taken.text, start, end, " \t\n\u00a0")
    if start < end and facts.taken.take(start, end, "description"):
        facts.descriptions.append(" ".join(facts.taken.text[start:end].split()))


def _passes(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    facts.taken.take_around(part.start, part.end, "other")


def _contact(facts: Facts, tools: Tools, headings: Headings, part: Field) -> None:
    """Pass over a contact; a label that names a role, too ("Project coordinator"), may stand before organisations."""
    text = facts.taken.text
    roles = tools.roles.roles_in(part.label)
    value = " ".join(text[part.start : part.end].split()).rstrip(".")
    names = [text[a:b] for a, b in split(text, part.start, part.end, tools.names)] if roles else []
    if names and all(tools.names.looks_like_organisation(name) for name in names) and "@" not in value:
        read_names(facts, tools, part, roles[0])
    else:
        _passes(facts, tools, headings, part)


def _period(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    text = facts.taken.text
    before = len(facts.periods), len(facts.remarks)
    known = any(part.start <= span.start < part.end for span in facts.taken.of_kind("period"))
    prose.take_periods(facts, part.start, part.end, labelled=True)
    found = known or (len(facts.periods), len(facts.remarks)) != before
    if not found and re.search(r"\d", text[part.start : part.end]):
        facts.remark("period-not-understood", text[part.start : part.end].strip())


def _read_bounds(facts: Facts, bounds: Mapping[str, tuple[int, int]]) -> None:
    """Join a start and an end that stand in parts of their own."""
    if not bounds:
        return
    text = facts.taken.text
    start, end = (text[slice(*bounds[kind])] if kind in bounds else "" for kind in ("start", "end"))
    found = periods.combine(start, end)
    written = " – ".join(cell.strip() for cell in (start, end) if cell.strip())
    for place in bounds.values():
        facts.taken.take_around(*place, "period" if found and found.period else "other")
    if found:
        prose.note_period(facts, found, written)
    elif re.search(r"\d", written):
        facts.remark("period-not-understood", written)


def _sector(facts: Facts, _tools: Tools, headings: Headings, part: Field) -> None:
    start, end = trim(facts.taken.text, part.start, part.end)
    if start < end:
        parent = facts.sectors[-1] if facts.sectors and facts.sectors[-1].key not in _headed(facts, headings) else None
        facts.sectors = [headings.sector(facts.taken.text[start:end], facts.language, parent)]
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


def _money(facts: Facts, tools: Tools, headings: Headings, part: Field) -> None:
    text = facts.taken.text
    for doubt in money.doubts(text, part.start, part.end, labelled=True):
        if facts.taken.take(doubt.start, doubt.end, "money"):
            facts.remark(doubt.problem, text[doubt.start : doubt.end])
    for found in money.find(text, part.start, part.end, labelled=True):
        if facts.taken.take(found.start, found.end, "money") and facts.budget is None:
            scale = 1 if re.search(r"[^\W\d_]", found.money.written) else _scale(part.label)
            amount = found.money.amount * scale
            euros = amount.to_integral()
            facts.budget = replace(found.money, amount=euros if euros == amount else amount)
            if found.assumed:
                facts.remark(found.assumed, text[found.start : found.end], assumed=f"{facts.budget.amount:f}")
    read_sources(facts, tools, part)
    _passes(facts, tools, headings, part)


def _scale(label: str) -> int:
    """Return what a column's head says that its numbers stand for: "Budjetti (1 000 €)" is thousands."""
    if re.search(r"1[ \u00a0.]?000|\bt€|\bk€|\b[tk]eur|tuhat|tuhan|tusen|\btkr|thousand", label, re.IGNORECASE):
        return 1000
    return 1_000_000 if re.search(r"(?i:milj)|\bM ?€|\bM ?(?:EUR|eur)|\bmn\b|(?i:million)", label) else 1


def _money_other(facts: Facts, tools: Tools, headings: Headings, part: Field) -> None:
    for found in money.find(facts.taken.text, part.start, part.end, labelled=True):
        facts.taken.take(found.start, found.end, "money")
    read_sources(facts, tools, part)
    _passes(facts, tools, headings, part)


def _homepage(facts: Facts, _tools: Tools, _headings: Headings, part: Field) -> None:
    take_links(facts, part.start, part.end)


def _funding(facts: Facts, tools: Tools, _headings: Headings, part: Field) -> None:
    read_names(facts, tools, part, "funding")


def _funder(facts: Facts, tools: Tools, _headings: Headings, part: Field) -> None:
    read_names(facts, tools, part, "funder")


def _publisher_role(facts: Facts, tools: Tools, _headings: Headings, part: Field) -> None:
    """Read a role of the body itself ("Kaupungin rooli: toteuttaja"), else a list of participants."""
    text = facts.taken.text
    roles = tools.roles.roles_in(text[part.start : part.end])
    body = next((name for stem, name in _BODIES if stem in part.label.casefold()), "")
    told = None if body else _ROLE_OF.fullmatch(part.label.strip())
    if not (roles and (body or told or tools.lexicon.publisher)):
        read_names(facts, tools, part, "participant")
        return
    if told:
        itself = organisation_named(told[1], facts.language, tools.names, inflected=True)[0]
    else:
        itself = tools.lexicon.publisher or Organisation(slug(body), {facts.language: body})
    for role in roles:
        if is_role(role):
            facts.takes_part(role, itself)  # type: ignore[arg-type]  # is_role has just told
    take_asides(facts, part.start, part.end)
    facts.taken.take_around(part.start, part.end, "role")


#: "RAMK:n rooli", "Novias roll".
_ROLE_OF = re.compile(r"([A-ZÅÄÖ][\w:-]*(?:\s+[\w:-]+){0,3})\s+(?:rooli|roll|role)", re.IGNORECASE)
_BODIES = (
    ("kaupun", "kaupunki"), ("kunna", "kunta"), ("kunta", "kunta"), ("stad", "staden"), ("kommun", "kommunen"),
    ("city", "City"), ("municipality", "Municipality"), ("town", "Town"))  # fmt: skip

#: Kind of field → how its value is read.
FIELDS: Mapping[str, Callable[[Facts, Tools, Headings, Field], None]] = {
    "title": _title,
    "description": _describes,
    "other": _describes,
    "period": _period,
    "sector": _sector,
    "programme": _funding,
    "status": _status,
    "money": _money,
    "money-other": _money_other,
    "funding": _funding,
    "funder": _funder,
    "role": _publisher_role,
    "homepage": _homepage,
    "contact": _contact,
    "updated": _passes,
    "decision": _passes,
    "identifier": _passes,
    "place": _passes,
}
