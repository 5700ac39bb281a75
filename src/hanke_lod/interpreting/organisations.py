"""Noting who takes part: names of a phrase, a list or a bare segment → participations of the entry's facts."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.gazetteer import Mention
from hanke_lod.interpreting.inflection import last_word
from hanke_lod.interpreting.names import Names, kind_of, organisation_named
from hanke_lod.interpreting.roles import Found, Roles
from hanke_lod.interpreting.splitting import is_many, registered_around, shared_head, split
from hanke_lod.interpreting.vocabulary import any_of, whole, words
from hanke_lod.lexicon import Lexicon, is_role
from hanke_lod.model import FundingSource, Organisation, Role
from hanke_lod.uris import slug


@dataclass(frozen=True)
class Tools:
    """What reading an entry needs: the lexicon, its names, role phrases and labels."""

    lexicon: Lexicon
    names: Names
    roles: Roles
    labels: Container[str]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, lexicon: Lexicon) -> Tools:
        """Return the tools of a lexicon, made once."""
        return cls(lexicon, Names.of(lexicon), Roles.of(lexicon), lexicon.plain_labels)


def take_role(facts: Facts, tools: Tools, found: Found) -> None:
    """Note who takes part in which role, and take the phrase."""
    note_names(facts, tools, found.names, found.roles, inflected=found.inflected)
    facts.taken.take_around(found.start, found.end, "role")


def note_names(
    facts: Facts, tools: Tools, places: Sequence[tuple[int, int]], roles: tuple[str, ...], *, inflected: bool = False
) -> None:
    """Note the names of a list in their roles; one may have its own in brackets, several a head in common."""
    text = facts.taken.text
    named = tools.roles.assigned(text, places, roles)
    heads = shared_head(text, [(one.start, one.end) for one in named])
    for one, base in zip(named, heads, strict=True):
        if base:
            organisation = _known(base, tools.names) or Organisation(slug(base), {facts.language: base}, kind_of(base))
            note_organisation(facts, one.roles, organisation, one.start, one.end)
        elif base is None:
            note_name(facts, tools, one.roles, one.start, one.end, inflected=inflected)
        if one.end < one.bracket:
            facts.taken.take_around(one.end, one.bracket, "role")


def _known(name: str, names: Names) -> Organisation | None:
    """Return the known organisation of a name with a shared head; a town may be counted among "kunnat"."""
    town = re.sub(r"\bkunta$", "kaupunki", name)
    return names.organisations.exactly(name) or names.organisations.exactly(town)


def note_name(
    facts: Facts, tools: Tools, roles: Sequence[str], start: int, end: int, *, inflected: bool = False
) -> None:
    """Note one name: a fund finances, an organisation has the roles; a person is neither."""
    text = facts.taken.text
    name = text[start:end]
    if is_person(name, tools.names) or is_many(name) or name in words("country"):
        facts.taken.take_around(start, end, "other")
        return
    funds, agents = tools.names.sources(text, start, end)
    grouped = funds and registered_around(text, funds[0].start, funds[0].end, start, end)
    if funds and not grouped and ("funder" in roles or (funds[0].start == start and funds[0].end >= end - 12)):
        for fund in funds:
            facts.funding[fund.thing] = None
        for agent in agents:
            facts.takes_part("funder", agent.thing)
        facts.taken.take_around(start, end, "funding")
        return
    organisation, sure = organisation_named(name, facts.language, tools.names, inflected=inflected)
    if not sure:
        facts.remark("name-form-unsure", name)
    note_organisation(facts, roles, organisation, start, end)


_PERSON = re.compile(
    r"(?:[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?\s+){1,2}[A-ZÅÄÖ][a-zåäöé]+(?:nen|sson|ström|qvist|kvist|berg|lund|lä)"
)


def is_person(name: str, names: Names) -> bool:
    """Tell whether a name is a person's: two or three words, the last a common kind of surname."""
    if not _PERSON.fullmatch(name) or names.organisations.exactly(name):
        return False
    return not names.looks_like_organisation(name) and not re.search(rf"\b(?:{any_of('first')})\b", name, re.IGNORECASE)


def note_organisation(facts: Facts, roles: Sequence[str], organisation: Organisation, start: int, end: int) -> None:
    """Note an organisation's roles and take its name."""
    for role in roles:
        facts.takes_part(_role_of(role, organisation), organisation)
    facts.taken.take(start, end, "organisation")


def _role_of(role: str, organisation: Organisation) -> Role:
    """Return the ontology's role: in a joint project a unit of the publisher takes part, any other is a partner."""
    if role == "joint":
        name = next(iter(organisation.names.values()))
        is_unit = organisation.kind == "unit" or name[0].islower() or name.lower() in words("body")
        return "participant" if is_unit else "partner"
    return role if is_role(role) else "participant"  # type: ignore[return-value]  # is_role has just told


#: An organisation of these kinds that is named without a role gives money: its trade is to fund.
_FUNDERS = frozenset(("ministry", "agency", "region", "foundation"))


def bare_role(organisation: Organisation) -> Role:
    """Return the role of an organisation that is named bare: one that funds by trade is the funder."""
    if whole("works").fullmatch(organisation.key):
        return "participant"
    is_leader = any("Leader" in name for name in (*organisation.names.values(), *organisation.aliases))
    funds = organisation.kind in _FUNDERS or whole("funds").fullmatch(organisation.key)
    return "funder" if funds or is_leader else "participant"


def take_bare(facts: Facts, tools: Tools, start: int, end: int) -> bool:
    """Take a segment that is nothing but organisations' names; tells whether it was."""
    text = facts.taken.text
    led = _MONEY_FROM.match(text, start, end)
    if led:  # "Rahoitus Maa- ja vesitekniikan tuki ry"
        start = led.end()
    parts = split(text, start, end, tools.names)
    bare = [text[a : tools.roles.assigned(text, [(a, b)], ())[0].end] for a, b in parts]
    known = next(tools.names.organisations.find(text, start, end), None)
    named = all(_is_organisation(name, tools.names) for name in bare)
    listed = known is not None and len(parts) > 1 and all(_is_name(name, tools.names) for name in bare)
    if not parts or not (named or listed):
        return False
    for (a, b), name in zip(parts, bare, strict=True):
        organisation, _ = organisation_named(name, facts.language, tools.names)
        note_names(facts, tools, [(a, b)], ("funder" if led else bare_role(organisation),))
    return True


_MONEY_FROM = re.compile(r"(?:Rahoitus|Rahoittaja|Finansiering|Finansiär|Funding|Funder)\s+(?=[A-ZÅÄÖ])", re.IGNORECASE)


def _is_name(name: str, names: Names) -> bool:
    return _is_organisation(name, names) or re.fullmatch(r"[A-ZÅÄÖ][\w-]+", name) is not None


def _is_organisation(name: str, names: Names) -> bool:
    if names.organisations.exactly(name):
        return True
    form = last_word(name.rpartition(" ")[2])
    if (form is not None and form.case) or whole("says").search(name):
        return False  # a name in another case stands in a sentence
    return name[:1].isupper() and names.looks_like_organisation(name) and len(name.split()) <= 6


def take_funds(facts: Facts, tools: Tools, funds: Iterable[Mention[FundingSource]], start: int, end: int) -> bool:
    """Take known sources of money; one within the name of an association is that funder. Tell whether one was taken."""
    taken = False
    for fund in funds:
        around = registered_around(facts.taken.text, fund.start, fund.end, start, end)
        if around:
            note_name(facts, tools, ("funder",), *around)
        elif facts.taken.take(fund.start, fund.end, "funding"):
            facts.funding[fund.thing] = None
            taken = True
    return taken
