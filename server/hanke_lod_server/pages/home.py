"""The home page: what this is in a sentence, the projects over time, the figures that matter, and the ways in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanke_lod.searching import Selection
from hanke_lod_server.pages.frame import Page
from hanke_lod_server.pages.rows import Row, rows, scale_of
from hanke_lod_server.pages.strips import Strip, strips
from hanke_lod_server.pages.timebar import Scale
from hanke_lod_server.pages.words import number_words

_LATEST = 5


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and where those are listed."""

    number: str
    words: str
    href: str


@dataclass(frozen=True)
class HomeShown:
    """All that the page shows."""

    figures: tuple[Figure, ...]
    scale: Scale | None
    strips: tuple[Strip, ...]
    latest_heading: str
    latest: Sequence[Row]


def home_shown(page: Page) -> HomeShown:
    """Return what the home page shows."""
    heading, latest = _latest(page)
    return HomeShown(tuple(_figures(page)), scale_of(page), tuple(strips(page)), heading, latest)


def _figures(page: Page) -> list[Figure]:
    running = page.site.count(Selection(running=page.site.today().isoformat()))
    figures = [_figure(page, running, "page-figure-running", page.link("projects", running="now"))]
    for kind, listing in (("sector", "sectors"), ("funding", "funding"), ("organisation", "organisations")):
        count = page.site.thing_counts[kind]
        if count:
            figures.append(_figure(page, count, f"page-figure-{kind}", page.link(listing)))
    return figures


def _figure(page: Page, count: int, text: str, href: str) -> Figure:
    return Figure(number_words(count, page.language), page.say(f"{text}-one" if count == 1 else text), href)


def _latest(page: Page) -> tuple[str, Sequence[Row]]:
    """Return the projects changed last or, when all came at once, those that begin last."""
    index = page.site.index
    changed = index.projects(Selection(), order="changed", limit=_LATEST)
    oldest = index.projects(Selection(), order="changed", offset=max(page.site.project_count - 1, 0), limit=1)
    if changed and oldest and changed[0].changed > oldest[0].changed:
        return page.say("page-latest-changed"), rows(page, changed)
    return page.say("page-latest-begun"), rows(page, index.projects(Selection(), order="start", limit=_LATEST))
