"""Where a serialised result may be cut at a row: found in the bytes, so that the engine's own writer is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# In JSON a quote within a string is escaped. So `{"` followed by anything but `}`, `,` or `:` opens an object with a
# first key, and only a row's object comes straight after `[` or `,`: a term's comes after `:`. An object without keys,
# a row in which nothing is bound, could stand within a string, so where one seems to be, strings are walked over.
_JSON_ROW = re.compile(rb'[\[,]\{"[^},:]')
_JSON_EMPTY = re.compile(rb"[\[,]\{\}")
_JSON_WALK = re.compile(rb'"(?:[^"\\]++|\\.)*+"|(?<=[\[,])\{')
_CSV_WALK = re.compile(rb'"[^"]*+"|\n')


def _json_starts(data: bytes) -> Iterator[int]:
    """Yield where each row begins, at the comma or bracket before it."""
    if _JSON_EMPTY.search(data):
        yield from (found.start() - 1 for found in _JSON_WALK.finditer(data) if found[0] == b"{")
    else:
        yield from (found.start() for found in _JSON_ROW.finditer(data))


def _json_cut(data: bytes, rows: int) -> int | None:
    for number, start in enumerate(_json_starts(data)):
        if number == rows:
            return start if rows else start + 1  # the comma goes with the row that is left out, the bracket stays
    return None


def _xml_cut(data: bytes, rows: int) -> int | None:
    place = data.find(b"<results>") + len(b"<results>")
    for _ in range(rows):
        place = data.find(b"</result>", place) + len(b"</result>")
        if place < len(b"</result>"):
            return None
    return place if data.startswith(b"<result>", place) else None


def _lines_cut(ends: Iterator[int], size: int, rows: int) -> int | None:
    for number, end in enumerate(ends):
        if number == rows:  # the first line holds the names of the columns
            return end if end < size else None
    return None


def _csv_cut(data: bytes, rows: int) -> int | None:
    return _lines_cut((m.end() for m in _CSV_WALK.finditer(data) if m[0] == b"\n"), len(data), rows)


def _tsv_cut(data: bytes, rows: int) -> int | None:
    return _lines_cut((m.end() for m in re.finditer(rb"\n", data)), len(data), rows)


@dataclass(frozen=True)
class RowFormat:
    """How rows show in a format.

    `sign` stands at least once in each row but the first; `cut` finds where to cut after so many rows, or None
    when there are no more; `closing` are the bytes that end a result that was cut.
    """

    sign: bytes
    cut: Callable[[bytes, int], int | None]
    closing: bytes


ROW_FORMATS: dict[str, RowFormat] = {
    "json": RowFormat(b",{", _json_cut, b"]}}"),
    "xml": RowFormat(b"</result>", _xml_cut, b"</results></sparql>"),
    "csv": RowFormat(b"\n", _csv_cut, b""),
    "tsv": RowFormat(b"\n", _tsv_cut, b""),
}
