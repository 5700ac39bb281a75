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

from hanke_lod.errors import ConfigError
from hanke_lod.identity.ledger import Row, csv_rows
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
        writer.writerow([getattr(change, name) for name in COLUMNS])
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


def record(
    past: Sequence[Change],
    events: Sequence[tuple[str, Row]],
    snapshots: Mapping[tuple[Kind, str], Snapshot],
) -> list[Change]:
    """Return the record continued by what happened now; the number of the publication is one more than the last."""
    number = 1 + max((change.publication for change in past), default=0)
    before = replay(past)
    made: list[Change] = []
    for event, row in events:
        place = (row.kind, row.slug)
        old: Snapshot = before.get(place, {})
        new = snapshots.get(place, {})
        if event == "removed":
            made.append(Change(number, row.changed, *place, event))
            continue
        differing = [key for key in sorted({*old, *new}) if old.get(key, "") != new.get(key, "")]
        made += [
            Change(number, row.changed, *place, event, key, old.get(key, ""), new.get(key, "")) for key in differing
        ] or [Change(number, row.changed, *place, event)]
    return [*past, *made]
