"""Plain text → pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hanke_lod.model import Place
from hanke_lod.reading.columns import find_all
from hanke_lod.reading.encodings import text_of
from hanke_lod.reading.lines import pieces_of
from hanke_lod.reading.pieces import Line, Piece
from hanke_lod.reading.tables import table_pieces

_LINE = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TAB = 8


def pieces(data: bytes, where: str) -> list[Piece]:
    """Return the pieces of a plain text.

    Raises:
        DocumentError: the bytes are no text.
    """
    text = text_of(data, where)
    return _with_tables(lines(text))


def _with_tables(held: Sequence[Line]) -> list[Piece]:
    """Return the pieces of the lines; those that stand in columns of white space are a table's rows."""
    made: list[Piece] = []
    position = 0
    for table in find_all(held):
        rows = table_pieces(table.rows)
        if not any(piece.kind == "row" and len(piece.fields) > 1 for piece in rows):
            continue
        made += pieces_of(held[position : table.first]) + rows
        position = table.end
    return made + pieces_of(held[position:])


def lines(text: str) -> list[Line]:
    """Return the lines of a text with their numbers and indents."""
    made = []
    for number, line in enumerate(_LINE.split(text.removeprefix("\ufeff")), start=1):
        wide = line.expandtabs(_TAB)
        made.append(Line(line, Place(number), float(len(wide) - len(wide.lstrip()))))
    return made
