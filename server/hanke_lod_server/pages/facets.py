"""What a list of projects can be narrowed to, each value with how many projects it would leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hanke_lod.namespaces import HANKE, RDFS
from hanke_lod_server.graph import Name
from hanke_lod_server.pages.frame import Page
from hanke_lod_server.pages.tree import branches
from hanke_lod_server.pages.words import number_words
from hanke_lod_server.selecting import STATUSES, Choice
from hanke_lod_server.vocabulary import ontology_graph

#: A facet shows this many values, those with the most projects.
_SHOWN = 12


@dataclass(frozen=True)
class Value:
    """A value of a facet: its name, how many projects, and the address with it (or, if it is chosen, without it)."""

    name: Name
    count: str
    href: str
    chosen: bool
    below: bool = False


@dataclass(frozen=True)
class Facet:
    """A heading with its values; `more` leads to the list of all values when only some are shown."""

    heading: str
    values: Sequence[Value]
    more: str = ""


@dataclass(frozen=True)
class Chosen:
    """A filter in use, in words, and the address without it."""

    label: str
    name: Name
    href: str


def facets(page: Page, choice: Choice) -> list[Facet]:
    """Return the facets that have something to choose."""
    found = [
        Facet(page.say("page-facet-time"), list(_times(page, choice))),
        Facet(page.say("page-sector"), list(_sectors(page, choice))),
        _things(page, choice, "funding", "page-funding"),
        _things(page, choice, "organisation", "page-organisation"),
        Facet(page.say("page-facet-status"), list(_statuses(page, choice))),
    ]
    return [facet for facet in found if facet.values]


def chosen(page: Page, choice: Choice) -> list[Chosen]:
    """Return the filters in use."""
    return [
        Chosen(page.say(f"page-filter-{name}"), _value_name(page, name, value), _address(page, choice, **{name: ""}))
        for name, value in choice.given.items()
    ]


def _value_name(page: Page, name: str, value: str) -> Name:
    if name in ("sector", "funding", "organisation"):
        found = page.name(page.site.names(f"{name}/{value}"))
        return found if found.text else Name(value)
    if name == "running":
        return Name(page.say("page-state-running"), page.language)
    if name == "status":
        return _status_name(page, value)
    return Name(value)


def _status_name(page: Page, value: str) -> Name:
    found = page.name(ontology_graph().names(HANKE.iri + value, (RDFS.label,)))
    return found if found.text else Name(value)


def _address(page: Page, choice: Choice, **changes: str) -> str:
    return page.link("projects", **choice.parameters(**changes))


def _value(page: Page, choice: Choice, filter_: str, value: str, name: Name, count: int, below: bool = False) -> Value:
    is_chosen = choice.given.get(filter_) == value
    href = _address(page, choice, **{filter_: "" if is_chosen else value})
    return Value(name, number_words(count, page.language), href, is_chosen, below)


def _times(page: Page, choice: Choice) -> Iterable[Value]:
    count_of, today = page.site.count, page.site.today().isoformat()
    running = count_of(replace(choice.without("running"), running=today))
    if running or "running" in choice.given:
        name = Name(page.say("page-facet-running"), page.language)
        yield _value(page, choice, "running", "now", name, running)
    first, last = page.site.years or (0, -1)
    for year in range(last, max(first, last - _SHOWN + 1) - 1, -1):
        count = count_of(replace(choice.without("year"), year=f"{year:04d}"))
        if count:
            yield _value(page, choice, "year", f"{year:04d}", Name(str(year)), count)


def _sectors(page: Page, choice: Choice) -> Iterable[Value]:
    for branch in branches(page.site, choice.without("sector")):
        slug = branch.thing.slug
        if branch.count or choice.given.get("sector") == slug:
            yield _value(page, choice, "sector", slug, page.name(branch.thing.names), branch.count, branch.depth > 0)


def _things(page: Page, choice: Choice, kind: str, heading: str) -> Facet:
    things = [thing for thing in page.site.things(kind, choice.without(kind)) if thing.count]
    things.sort(key=lambda thing: -thing.count)  # stable: equal counts stay in the order of names
    picked = choice.given.get(kind)
    shown = things[:_SHOWN] + [thing for thing in things[_SHOWN:] if thing.slug == picked]
    values = [_value(page, choice, kind, thing.slug, page.name(thing.names), thing.count) for thing in shown]
    listing = "organisations" if kind == "organisation" else kind
    return Facet(page.say(heading), values, page.link(listing) if len(things) > _SHOWN else "")


def _statuses(page: Page, choice: Choice) -> Iterable[Value]:
    base = choice.without("status")
    for status in STATUSES:
        count = page.site.count(replace(base, status=status))
        if count:
            yield _value(page, choice, "status", status, _status_name(page, status), count)
