"""What has changed about a thing since it was first published, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hanke_lod.model import Kind
from hanke_lod.publications import Record
from hanke_lod.words import change_words, date_words
from hanke_lod_server.pages.frame import Page


@dataclass(frozen=True)
class ChangeShown:
    """A line of a thing's history."""

    date: str
    what: str


def history_shown(page: Page, record: Record) -> tuple[ChangeShown, ...]:
    """Return the changes of a thing since it was first published, the latest first."""
    return tuple(_change(page, change) for change in reversed(record.extras.get("history", [])))


def _change(page: Page, change: Mapping[str, str]) -> ChangeShown:
    def name_of(kind: Kind, slug: str) -> str:
        return page.name(page.site.names(f"{kind}/{slug}")).text

    what = f"page-change-{change['change']}"
    words = page.say(what) if page.knows(what) else change["change"]
    if name := change.get("property", ""):
        said = change_words(name, change.get("before", ""), change.get("after", ""), page.language, name_of)
        words = said[:1].upper() + said[1:] if change["change"] == "changed" else f"{words}: {said}"
    return ChangeShown(date_words(change.get("date", ""), page.language), words)
