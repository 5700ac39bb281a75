"""CSV, TSV and their like → pieces: the delimiter and the encoding are found out."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from hanke_lod.errors import DocumentError
from hanke_lod.model import Place
from hanke_lod.reading.encodings import text_of
from hanke_lod.reading.grids import cut_off
from hanke_lod.reading.pieces import Told
from hanke_lod.reading.tables import Cell, table_pieces

#: In the order of preference where two divide the rows equally well; a comma stands in prose, too.
_DELIMITERS = ("\t", ";", "|", ",")
_TOLD = re.compile(r"sep=(.)\r?\n?")
_SAMPLE = 200


def pieces(data: bytes, where: str) -> list[Told]:
    """Return the pieces of a delimited text, and remarks on columns left out.

    Raises:
        DocumentError: the bytes are no text, say nothing, leave a quote open, or have nothing that names the columns.
    """
    text = text_of(data, where)
    if not re.search(r"[^\W_]", text):
        raise DocumentError("document-without-projects", where=where)
    text = text.removeprefix("\ufeff").replace("\x00", "")
    told = _TOLD.match(text)
    delimiter = told[1] if told else _delimiter(text)
    rows = _rows(text, delimiter, where)[1 if told else 0 :]
    cells = [[Cell(cell.strip(), Place(line)) for cell in row] for line, row in rows]
    return [*cut_off(cells), *table_pieces(cells, where=where)]


def _delimiter(text: str) -> str:
    """Return the delimiter under which most rows have one width of at least two."""
    lines = text.splitlines()[:_SAMPLE]
    best, found = 0.0, ","
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _sample(lines, delimiter) if any(row))
        width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda pair: pair[1], default=(1, 0))
        if width > 1 and count > best:
            best, found = count, delimiter
    return found


def _sample(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _rows(text: str, delimiter: str, where: str) -> list[tuple[int, list[str]]]:
    """Return the rows, each with the line on which it begins; empty lines are empty rows.

    Raises:
        DocumentError: a quote is never closed; `where` names the line on which it is opened.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    made: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            made.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        if "expected after" in str(error):
            return _loosely(text, delimiter)
        raise DocumentError("document-open-quote", where=f"{where}:{start}") from error
    return made


def _loosely(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the rows of a text whose quotes are no quoting ("Hanke" A;…): its lines, each divided as it is."""
    return [(number, line.split(delimiter)) for number, line in enumerate(text.splitlines(), start=1)]
