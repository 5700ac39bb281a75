"""Projects as rows of a list: title, what it is in short, and the time bar on a scale common to all rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hanke_lod.searching import ListedProject
from hanke_lod.uris import KINDS
from hanke_lod.words import period_words
from hanke_lod_server.graph import Name
from hanke_lod_server.pages.frame import Page, Shown
from hanke_lod_server.pages.timebar import Bar, Scale, bar
from hanke_lod_server.pages.words import state_words

#: Roles told in a row, the most telling first.
ROLES = ("implementer", "coImplementer", "coordinator", "administrator", "partner", "participant", "funder")
_TOLD = ("implementer", "coImplementer", "coordinator", "administrator", "partner")


@dataclass(frozen=True)
class Row:
    """A project in a list; `facts` stand after the period."""

    slug: str
    name: Name
    period: str
    state: str
    facts: tuple[Shown, ...]
    bar: Bar | None


def rows(page: Page, projects: Iterable[ListedProject], besides: str = "") -> list[Row]:
    """Return the rows of projects; `besides` is the key of the thing whose page it is, which rows need not name."""
    scale = scale_of(page)
    return [_row(page, project, scale, besides) for project in projects]


def scale_of(page: Page) -> Scale | None:
    """Return the track from the dataset's first year to its last, or None when no project has a period."""
    return Scale(*page.site.years) if page.site.years else None


def _row(page: Page, project: ListedProject, scale: Scale | None, besides: str) -> Row:
    today = page.site.today()
    has_period = bool(project.start or project.end)
    return Row(
        slug=project.slug,
        name=page.name(project.names),
        period=period_words(project.start, project.end, page.language),
        state=state_words(project.earliest, project.latest, today, page.language),
        facts=tuple(_facts(page, project, besides)),
        bar=bar(scale, [(project.start, project.end)], today) if scale and has_period else None,
    )


def _facts(page: Page, project: ListedProject, besides: str) -> Iterable[Shown]:
    links = [link for link in project.links if f"{link.kind}/{link.target}" != besides]
    for role in _TOLD:
        for link in (link for link in links if link.relation == role):
            name = page.name(page.site.names(f"{link.kind}/{link.target}"))
            yield Shown(name.text, name.language, note=page.say(f"page-role-{role}-short"))
    for link in (link for link in links if link.kind == "funding"):
        name = page.name(page.site.names(f"funding/{link.target}"))
        yield Shown(name.text, name.language)


def listing_of(kind: str) -> str:
    """Return the endpoint that lists all things of a kind."""
    return next(row.listing for row in KINDS if row.name == kind)
