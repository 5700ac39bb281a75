"""The record of changes, changes.csv: what was added, changed and removed with each publication."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_args

from hanke_lod.cells import harmless
from hanke_lod.errors import ConfigError
from hanke_lod.identity.ledger import Ledger, Row, csv_rows
from hanke_lod.model import Kind

FILE_NAME = "changes.csv"
COLUMNS = ("publication", "date", "kind", "slug", "change", "property", "before", "after")

Snapshot = Mapping[str, str]
"""A thing's properties as people read them: {"title": …, "period": "2021/2022-12-31", …}, without empty ones."""


@dataclass(frozen=True)
class Change:
    """One line of the record."""

    publication: int
    date: str
    kind: Kind
    slug: str
    change: str
    property: str = ""
    before: str = ""
    after: str = ""


def fingerprint(snapshot: Snapshot) -> str:
    """Return a short hash that is equal for equal snapshots only."""
    text = "\n".join(f"{key}={value}" for key, value in sorted(snapshot.items()))
    return sha256(text.encode()).hexdigest()[:16]


def load(path: Path) -> list[Change]:
    """Read the record; a missing file is an empty one.

    Raises:
        ConfigError: it has not the columns, or a line is broken; `where` names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("file-unreadable", where=str(path), reason=str(error)) from error
    changes = []
    for place, row in csv_rows(text, str(path), COLUMNS):
        dated = re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"])
        numbered = re.fullmatch(r"[0-9]{1,9}", row["publication"])
        if not dated or not numbered or row["kind"] not in get_args(Kind) or not row["slug"]:
            raise ConfigError("ledger-row", where=place, columns=len(COLUMNS))
        number, *rest = (row[name] for name in COLUMNS)
        changes.append(Change(int(number), *rest))  # type: ignore[arg-type]  # the kind was checked above
    return changes


def write(changes: Iterable[Change]) -> str:
    """Return the record as CSV text, in the order given."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for change in changes:
        writer.writerow([harmless(str(getattr(change, name))) for name in COLUMNS])
    return out.getvalue()


def replay(changes: Iterable[Change]) -> dict[tuple[Kind, str], dict[str, str]]:
    """Return the last snapshot of each thing that the record knows."""
    state: dict[tuple[Kind, str], dict[str, str]] = {}
    for change in changes:
        snapshot = state.setdefault((change.kind, change.slug), {})
        if not change.property:
            continue
        if change.after:
            snapshot[change.property] = change.after
        else:
            snapshot.pop(change.property, None)
    return state


def states(changes: Iterable[Change]) -> dict[tuple[Kind, str], str]:
    """Return what happened to each thing last: "added", "changed", "removed", "restored" or "merged"."""
    return {(change.kind, change.slug): change.change for change in changes}


def last_listed(changes: Iterable[Change]) -> dict[tuple[Kind, str], str]:
    """Return, for each thing that was removed, the day of the last publication that had it."""
    found: dict[tuple[Kind, str], str] = {}
    before = now = day = ""
    for change in changes:
        number = str(change.publication)
        if number != now:
            before, now, day = day, number, ""
        day = max(day, change.date)
        if change.change == "removed":
            found[change.kind, change.slug] = before
    return found


def record(
    past: Sequence[Change], ledger: Ledger, snapshots: Mapping[tuple[Kind, str], Snapshot], least: int = 1
) -> list[Change]:
    """Return the record continued to what the ledger and the snapshots say; the same where it says that already.

    It compares with the record itself, not with an earlier ledger: a build that was killed after it had written one
    of the two files is made good by the next. The number of the publication is the next one, and not below `least`.
    """
    number = max(least, 1 + max((change.publication for change in past), default=0))
    known, last = replay(past), states(past)
    made: list[Change] = []
    for place, row in sorted(ledger.items()):
        old: Snapshot = known.get(place, {})
        new = snapshots.get(place, {}) if row.is_current else old
        differing = [key for key in sorted({*old, *new}) if old.get(key, "") != new.get(key, "")]
        event = _event(last.get(place, ""), row, changed=bool(differing)) if row.first else ""
        if event:
            said = [(key, old.get(key, ""), new.get(key, "")) for key in differing] or [("", "", row.merged_into)]
            made += [Change(number, row.changed, *place, event, *values) for values in said]
    return [*past, *made]


def _event(last: str, row: Row, *, changed: bool) -> str:
    """Tell what happened since the record's last word on a thing, or ""."""
    if row.is_current:
        if last in ("removed", "merged"):
            return "restored"
        return "added" if not last else "changed" if changed else ""
    now = "merged" if row.merged_into else "removed"
    return now if last and last != now else ""


def between(changes: Sequence[Change], first: int, last: int) -> list[Change]:
    """Return what became otherwise from one publication to another, whatever happened in between.

    The last may be the earlier one: then it is told what going back changes.
    """
    old, new = ([c for c in changes if c.publication <= number] for number in (first, last))
    before, after = replay(old), replay(new)
    was, now = states(old), states(new)
    made: list[Change] = []
    for place in sorted({*before, *after}):
        had, has = was.get(place) in _LISTED, now.get(place) in _LISTED
        if has and had:
            held, to = before[place], after[place]
            keys = [key for key in sorted({*held, *to}) if held.get(key, "") != to.get(key, "")]
            made += [Change(last, "", *place, "changed", key, held.get(key, ""), to.get(key, "")) for key in keys]
        elif has:
            made.append(Change(last, "", *place, "restored" if place in before else "added"))
        elif had:
            final = next((c for c in reversed(new) if (c.kind, c.slug) == place), None)
            merged = final is not None and final.change == "merged"
            made.append(
                Change(
                    last, "", *place, "merged" if merged else "removed", after=final.after if final and merged else ""
                )
            )
    return made


_LISTED = frozenset(("added", "changed", "restored"))
