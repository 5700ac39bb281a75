"""What several entries say of one project → what is published of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hanke_lod.identity.keys import key_of
from hanke_lod.model import Money, Period, Project, Remark, Statement, Status

#: The remark on sources that state different things; its document is the slug of the later source.
DISAGREEMENT = "sources-disagree"


def merge(statements: Sequence[Statement]) -> Project:
    """Return what all sources together say of a project.

    A single-valued property has the value of the first source that states it; where a later one disagrees, a remark
    says so. Roles, funding and names are those of all.
    """
    first = merged = statements[0].project
    for statement in statements[1:]:
        other = statement.project
        for name in ("periods", "budget", "status", "description", "homepage", "sectors"):
            mine, theirs = getattr(merged, name), getattr(other, name)
            if not mine:
                merged = replace(merged, **{name: theirs})
            elif theirs and _said(theirs) != _said(mine):
                facts = (("title", first.title), ("property", name))
                remark = Remark(DISAGREEMENT, other.entry.place, statement.source, facts)
                merged = replace(merged, remarks=(*merged.remarks, remark))
        named_otherwise = other.language == first.language and key_of(other.title) != key_of(first.title)
        names = (*merged.other_names, *((other.title,) if named_otherwise else ()), *other.other_names)
        merged = replace(
            merged,
            participations=tuple(dict.fromkeys((*merged.participations, *other.participations))),
            funding=tuple(dict.fromkeys((*merged.funding, *other.funding))),
            other_names=tuple(dict.fromkeys(names)),
        )
    return merged


def _said(value: object) -> object:
    """Return what a value says, in whatever words it is written."""
    if isinstance(value, tuple):
        return tuple(map(_said, value))
    return replace(value, written="") if isinstance(value, Period | Money | Status) else value
