"""The ledger, identifiers.csv: which slug stands for which thing, for ever."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import get_args

from hanke_lod.cells import as_written, harmless
from hanke_lod.errors import ConfigError
from hanke_lod.model import Kind, Thing
from hanke_lod.uris import unique_slug

FILE_NAME = "identifiers.csv"
COLUMNS = ("kind", "slug", "key", "title", "first", "changed", "fingerprint", "state")
CURRENT = "current"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Row:
    """One thing's line in the ledger.

    `first` and `changed` are ISO dates; `state` is "current", "gone <date>" or "merged <slug>".
    """

    kind: Kind
    slug: str
    key: str
    title: str
    first: str = ""
    changed: str = ""
    fingerprint: str = ""
    state: str = CURRENT

    @property
    def is_current(self) -> bool:
        """Whether the thing is in the list now."""
        return self.state == CURRENT

    @property
    def gone_since(self) -> str:
        """The date since which it is no longer listed, or ""."""
        return self.state.removeprefix("gone ") if self.state.startswith("gone ") else ""

    @property
    def merged_into(self) -> str:
        """The slug of what it was merged into, or ""."""
        return self.state.removeprefix("merged ") if self.state.startswith("merged ") else ""


Ledger = Mapping[tuple[Kind, str], Row]
"""Rows by kind and slug."""


def load(path: Path) -> Ledger:
    """Read a ledger; a missing file is an empty ledger.

    Raises:
        ConfigError: a column is missing, a row is broken or two rows claim one slug or one key; `where` has the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("file-unreadable", where=str(path), reason=str(error)) from error
    return parse(text, str(path))


def parse(text: str, where: str) -> Ledger:
    """Return the ledger that a CSV text holds; errors as in `load`."""
    rows: dict[tuple[Kind, str], Row] = {}
    keys: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str], str] = {}
    for place, values in csv_rows(text, where, COLUMNS):
        row = _row(values, place)
        if (row.kind, row.slug) in rows:
            raise ConfigError("ledger-duplicate", where=place, slug=f"{row.kind}/{row.slug}")
        if not row.merged_into:
            if (row.kind, row.key) in keys:
                raise ConfigError("ledger-duplicate-key", where=place, key=row.key, line=keys[row.kind, row.key])
            keys[row.kind, row.key] = int(place.rpartition(":")[2])
        rows[row.kind, row.slug] = row
        places[row.kind, row.slug] = place
    for held in rows.values():
        if held.merged_into and not _stays(rows, held):
            raise ConfigError("ledger-merged", where=places[held.kind, held.slug], state=held.state)
    return rows


def _stays(rows: Ledger, row: Row) -> Row | None:
    """Return the row into which one was merged in the end; None where there is none, or they go round in a circle."""
    passed: set[str] = set()
    while row.merged_into:
        if row.slug in passed or (row.kind, row.merged_into) not in rows:
            return None
        passed.add(row.slug)
        row = rows[row.kind, row.merged_into]
    return row


def stays(ledger: Ledger, row: Row) -> Row:
    """Return what a row stands for: itself, or what it was merged into in the end."""
    return _stays(ledger, row) or row


def named(ledger: Ledger, row: Row) -> Row:
    """Return the thing of which a row's key is a name: that itself, or what an answered question's row names anew."""
    while row.merged_into and not row.first:
        row = ledger[row.kind, row.merged_into]
    return row


def slugs_by_key(ledger: Ledger) -> dict[tuple[Kind, str], str]:
    """Return the slug that each key stands for; the key of a merged row stands for what it was merged into."""
    merged = {(row.kind, row.key): stays(ledger, row).slug for row in ledger.values() if row.merged_into}
    return merged | {(row.kind, row.key): row.slug for row in ledger.values() if not row.merged_into}


def csv_rows(text: str, where: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a CSV text with its place; empty lines are skipped.

    Raises:
        ConfigError: a column is missing, a line is broken, or a conflict of version control is left in it.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, list(columns))
        missing = [name for name in columns if name not in header]
        if missing:
            raise ConfigError("ledger-columns", where=f"{where}:1", missing=", ".join(missing))
        for values in reader:
            place = f"{where}:{reader.line_num}"
            if not any(values):
                continue
            if values[0].startswith(("<<<<<<<", "=======", ">>>>>>>")):
                raise ConfigError("ledger-conflict", where=place)
            if len(values) != len(header):
                raise ConfigError("ledger-row", where=place, columns=len(header))
            yield place, dict(zip(header, map(as_written, values), strict=True))
    except csv.Error as error:
        raise ConfigError("ledger-row", where=f"{where}:{reader.line_num}", columns=len(columns)) from error


def _row(values: Mapping[str, str], where: str) -> Row:
    row = Row(**{name: values[name] for name in COLUMNS})  # type: ignore[arg-type]  # the kind is checked next
    dated = all(not day or _DAY.fullmatch(day) for day in (row.first, row.changed))
    if row.kind not in get_args(Kind) or not _SLUG.fullmatch(row.slug) or not row.key or not dated:
        raise ConfigError("ledger-row", where=where, columns=len(COLUMNS))
    if not (row.is_current or _DAY.fullmatch(row.gone_since) or _SLUG.fullmatch(row.merged_into)):
        raise ConfigError("ledger-state", where=where, state=row.state)
    return row


def write(ledger: Ledger) -> str:
    """Return the ledger as CSV text: sorted by kind and slug, so that two people's changes merge."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, sorted(ledger.values(), key=lambda r: (r.kind, r.slug))))
    return out.getvalue()


def line(row: Row) -> str:
    """Return a row as the line of the file that it is."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow(_cells(row))
    return out.getvalue()


def _cells(row: Row) -> list[str]:
    return [harmless(getattr(row, name)) for name in COLUMNS]


def mint(ledger: Ledger, things: Iterable[Thing]) -> Ledger:
    """Return the ledger with a row for each thing whose key has none; its slug was never used before."""
    rows = dict(ledger)
    known = set(slugs_by_key(ledger))
    taken: dict[Kind, set[str]] = {}
    for kind, slug in ledger:
        taken.setdefault(kind, set()).add(slug)
    for thing in things:
        if (thing.kind, thing.key) not in known:
            used = taken.setdefault(thing.kind, set())
            slug = unique_slug(thing.title, used)
            used.add(slug)
            known.add((thing.kind, thing.key))
            rows[thing.kind, slug] = Row(thing.kind, slug, thing.key, thing.title)
    return rows


def settle(
    ledger: Ledger, listed: Mapping[tuple[Kind, str], tuple[str, str]], today: date
) -> tuple[Ledger, Sequence[tuple[str, Row]]]:
    """Bring the ledger up to what is listed now: (kind, slug) → (title, fingerprint).

    Returns it with the changes, each ("added" | "changed" | "removed" | "restored" | "merged", the row as it is now).
    A date is written only where something changed. A merged row has no fingerprint: that is how it is seen that a
    person has just merged it.
    """
    rows = dict(ledger)
    changes: list[tuple[str, Row]] = []
    for place, row in sorted(ledger.items()):
        day = max(today.isoformat(), row.changed)  # a clock that was put back
        if place in listed:
            title, fingerprint = listed[place]
            if not row.first:
                change, now = "added", replace(row, first=day, changed=day)
            elif not row.is_current:
                change, now = "restored", replace(row, changed=day, state=CURRENT)
            elif row.fingerprint != fingerprint:
                change, now = "changed", replace(row, changed=day)
            else:
                continue
            rows[place] = replace(now, title=title, fingerprint=fingerprint)
            changes.append((change, rows[place]))
        elif row.merged_into:
            if row.fingerprint:
                rows[place] = replace(row, changed=day, fingerprint="")
                changes.append(("merged", rows[place]))
        elif row.is_current and row.first:
            rows[place] = replace(row, changed=day, state=f"gone {day}")
            changes.append(("removed", rows[place]))
    return rows, changes
