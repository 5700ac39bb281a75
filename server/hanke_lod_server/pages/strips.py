"""Many projects at once: thin bars by sector or, of very many, how many run in each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanke_lod.searching import ListedProject, Selection
from hanke_lod.words import period_words
from hanke_lod_server.graph import Name
from hanke_lod_server.pages.frame import Page
from hanke_lod_server.pages.rows import scale_of
from hanke_lod_server.pages.timebar import Bar, Scale, bar

#: Up to this many projects are drawn one by one.
DRAWN = 400
_BAR_STEP = 4


@dataclass(frozen=True)
class Line:
    """A thin bar among others: how far down, and its parts; a project without a period has none."""

    y: int
    slug: str
    name: Name
    period: str
    bar: Bar | None


@dataclass(frozen=True)
class Cell:
    """A year of a density strip: its place, and how full it is, from 0 to 9."""

    x: float
    width: float
    level: int


@dataclass(frozen=True)
class Strip:
    """The projects of one sector over time, as lines or as cells."""

    slug: str
    name: Name
    count: int
    height: int
    today: float | None
    lines: tuple[Line, ...] = ()
    undated: tuple[Line, ...] = ()
    cells: tuple[Cell, ...] = ()


def strips(page: Page) -> list[Strip]:
    """Return one strip for each sector that has projects of its own, and one for projects without a sector."""
    scale = scale_of(page)
    if scale is None:
        return []
    if page.site.project_count <= DRAWN:
        return _drawn(page, scale)
    return _counted(page, scale)


def _drawn(page: Page, scale: Scale) -> list[Strip]:
    by_sector: dict[str, list[ListedProject]] = {}
    for project in page.site.index.projects(Selection(), order="start", limit=DRAWN):
        first = next((link.target for link in project.links if link.kind == "sector"), "")
        by_sector.setdefault(first, []).append(project)
    order = [thing.slug for thing in page.site.things("sector")]
    found = []
    for slug in [*(s for s in order if s in by_sector), *([""] if "" in by_sector else [])]:
        lines = [_line(page, scale, number, p) for number, p in enumerate(_dated_first(by_sector[slug]))]
        dated = tuple(line for line in lines if line.bar)
        found.append(
            Strip(
                slug=slug,
                name=_sector_name(page, slug),
                count=len(lines),
                height=max(len(dated), 1) * _BAR_STEP + 4,
                today=scale.today(page.site.today()),
                lines=dated,
                undated=tuple(line for line in lines if not line.bar),
            )
        )
    return found


def _dated_first(projects: Sequence[ListedProject]) -> list[ListedProject]:
    return sorted(projects, key=lambda p: (not (p.start or p.end), p.earliest, p.latest))


def _line(page: Page, scale: Scale, number: int, project: ListedProject) -> Line:
    dates = [(project.start, project.end)]
    return Line(
        y=4 + number * _BAR_STEP,
        slug=project.slug,
        name=page.name(project.names),
        period=period_words(*dates[0], page.language),
        bar=bar(scale, dates, page.site.today()) if any(dates[0]) else None,
    )


def _counted(page: Page, scale: Scale) -> list[Strip]:
    counts = page.site.year_counts
    most = max((count for by_year in counts.values() for count in by_year.values()), default=1)
    width = round(100 / (scale.last - scale.first + 1), 3)
    found = []
    for thing in page.site.things("sector"):
        by_year = counts.get(thing.slug, {})
        if thing.count and by_year:
            cells = tuple(
                Cell(round((year - scale.first) * width, 3), width, -(-9 * count // most))
                for year, count in sorted(by_year.items())
            )
            today = scale.today(page.site.today())
            found.append(Strip(thing.slug, page.name(thing.names), thing.count, 28, today, cells=cells))
    return found


def _sector_name(page: Page, slug: str) -> Name:
    if not slug:
        return Name(page.say("page-no-sector"), page.language)
    return page.name(page.site.names(f"sector/{slug}"))
