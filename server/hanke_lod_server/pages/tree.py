"""Sectors in their hierarchy: each below the one that stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hanke_lod.searching import ListedThing, Selection
from hanke_lod_server.site import Site

#: Deeper levels are shown on this one.
_DEEPEST = 5


@dataclass(frozen=True)
class Branch:
    """A sector with its depth, 0 at the top, and how many projects it and all below it have."""

    thing: ListedThing
    depth: int
    count: int


def branches(site: Site, selection: Selection) -> list[Branch]:
    """Return the sectors from the top down, each with its number of selected projects."""
    things = site.things("sector", selection)
    known = {thing.slug for thing in things}
    children: dict[str, list[ListedThing]] = {}
    for thing in things:
        children.setdefault(thing.parent if thing.parent in known else "", []).append(thing)
    return _below(site, selection, children, "", 0)


def _below(
    site: Site, selection: Selection, children: dict[str, list[ListedThing]], parent: str, depth: int
) -> list[Branch]:
    found: list[Branch] = []
    for thing in children.get(parent, ()):
        below: Sequence[Branch] = _below(site, selection, children, thing.slug, depth + 1) if depth < _DEEPEST else ()
        count = site.count(replace(selection, sector=thing.slug)) if below else thing.count
        found += [Branch(thing, depth, count), *below]
    return found
