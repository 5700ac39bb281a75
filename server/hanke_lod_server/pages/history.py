"""What has changed about a thing since it was first published, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hanke_lod.publications import Record
from hanke_lod.texts import LANGUAGES
from hanke_lod_server.pages.frame import Page
from hanke_lod_server.pages.rows import ROLES
from hanke_lod_server.pages.words import date_words, period_words


@dataclass(frozen=True)
class ChangeShown:
    """A line of a thing's history."""

    date: str
    what: str
    before: str
    after: str


def history_shown(page: Page, record: Record) -> tuple[ChangeShown, ...]:
    """Return the changes of a thing since it was first published, the latest first."""
    return tuple(_change(page, change) for change in reversed(record.extras.get("history", [])))


def _change(page: Page, change: Mapping[str, str]) -> ChangeShown:
    what = f"page-change-{change['change']}"
    words = page.say(what) if page.knows(what) else change["change"]
    name, _, language = change.get("property", "").rpartition(" ")
    if language not in LANGUAGES:
        name, language = change.get("property", ""), ""
    if name:
        label = f"page-property-{name.replace(' ', '-')}"
        words += ": " + (page.say(label) if page.knows(label) else name) + (f" ({language})" if language else "")
    return ChangeShown(
        date_words(change.get("date", ""), page.language),
        words,
        _changed(page, name, change.get("before", "")),
        _changed(page, name, change.get("after", "")),
    )


_KINDS = {"sector": "sector", "broader": "sector", "funding": "funding", **dict.fromkeys(ROLES, "organisation")}


def _changed(page: Page, name: str, value: str) -> str:
    """Return a value of the record of changes in words: periods as dates, slugs as names."""
    if name == "period":
        bounds = (part.partition("/") for part in value.split(" | ") if part)
        return ", ".join(
            period_words(start.replace("..", ""), end.replace("..", ""), page.language) for start, _, end in bounds
        )
    kind = _KINDS.get(name, "")
    if not kind:
        return value
    slugs = [slug for slug in value.split(" | ") if slug]
    return ", ".join(page.name(page.site.names(f"{kind}/{slug}")).text or slug for slug in slugs)
