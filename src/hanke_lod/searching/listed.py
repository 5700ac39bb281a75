"""What lists show: projects, and the things that they are linked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ListedLink:
    """A project's link to another thing: the relation is a property's local name ("inSector", "partner")."""

    relation: str
    kind: str
    target: str


@dataclass(frozen=True)
class ListedProject:
    """A project as lists show it. `start` and `end` keep the precision written; `earliest` and `latest` are days.

    `texts` are what else it can be found by, by language.
    """

    slug: str
    names: Mapping[str, str]
    start: str = ""
    end: str = ""
    earliest: str = ""
    latest: str = ""
    status: str = ""
    changed: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    links: tuple[ListedLink, ...] = ()


@dataclass(frozen=True)
class ListedThing:
    """A sector, funding source or organisation, with how many projects it has."""

    kind: str
    slug: str
    names: Mapping[str, str]
    parent: str = ""
    count: int = 0
