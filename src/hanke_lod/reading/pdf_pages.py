"""What must be known of a PDF's pages before they are read: scans, running heads, wide spaces."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hanke_lod.errors import DocumentError
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Link, Place, Remark
from hanke_lod.reading.pdf_text import Row, Sheet, Word

#: A space wider than this many times the letters' height parts columns.
WIDE = 1.0
_EDGE = 0.14
#: Blocks are further apart than this many times the letters' height.
_APART = 1.7

_Sign = tuple[int, str]
_Numbers = tuple[str, ...]


def refuse_scans(sheets: Sequence[Sheet], where: str) -> list[Remark]:
    """Refuse a document whose pages are images; return remarks on a cover or a back that is one."""
    without = [one for one in sheets if sum(len(row.text) for row in one.rows) < 3]
    scanned = [one for one in without if one.is_image and (len(sheets) < 3 or 1 < one.number < len(sheets))]
    unread = [one for one in sheets if _is_unread("".join(row.text for row in one.rows))]
    bad = without if len(without) == len(sheets) else [*scanned, *unread]
    if bad:
        page = f"{where}, page {bad[0].number}"
        raise DocumentError("document-scanned", where=page)
    return [Remark("page-without-text", Place(page=one.number)) for one in without if one.is_image]


def _is_unread(text: str) -> bool:
    """Tell whether the letters of a page have no meaning: its fonts do not tell them."""
    odd = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter < " " for letter in text)
    return len(text) > 100 and odd * 3 > len(text)


def drop_running(sheets: Sequence[Sheet]) -> None:
    """Drop what stands apart at the same height of several pages; only the page's number may differ."""
    seen: dict[_Sign, list[_Numbers]] = defaultdict(list)
    for one in sheets:
        for sign, numbers in {_sign(row): _numbers(row) for row in one.rows if _at_edge(row, one)}.items():
            seen[sign].append(numbers)
    for one in sheets:
        top = _running(one.rows, one, seen)
        rows = one.rows[top:]
        bottom = _running(rows[::-1], one, seen)
        one.rows = rows[: len(rows) - bottom]


def _sign(row: Row) -> _Sign:
    """Return what a running head has in common on all pages: its height and its words."""
    return round(row.bottom / 4), re.sub(r"[\d\W]+", "#", row.text).casefold()


def _numbers(row: Row) -> _Numbers:
    return tuple(re.findall(r"\d+", row.text))


def _running(rows: Sequence[Row], page: Sheet, seen: Mapping[_Sign, Sequence[_Numbers]]) -> int:
    """Return how many rows from a page's edge inwards are running heads: blocks that space parts from the text."""
    count = 0
    for block in _blocks(rows):
        if not all(_at_edge(row, page) and _repeats(row, seen) for row in block):
            break
        count += len(block)
    if not count and len(rows) > 1 and _at_edge(rows[0], page) and _repeats(rows[0], seen):
        return int(rows[0].size < rows[1].size * 0.95)
    return count


def _repeats(row: Row, seen: Mapping[_Sign, Sequence[_Numbers]]) -> bool:
    told = seen.get(_sign(row), ())
    if len(told) < 2 or _is_header(row):
        return False
    own = _numbers(row)
    alike = sum(len(own) == len(other) and sum(a != b for a, b in zip(own, other, strict=False)) <= 1 for other in told)
    return bool(alike > 1)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield rows that stand close together."""
    block: list[Row] = []
    for row in rows:
        if block and abs(block[-1].bottom - row.bottom) > _APART * max(block[-1].size, row.size):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _at_edge(row: Row, page: Sheet) -> bool:
    return not page.height * _EDGE < row.bottom < page.height * (1 - _EDGE)


def _is_header(row: Row) -> bool:
    """Tell whether a row is a table's header, which stands on each page as running heads do."""
    cells = text_of(row.words)[0].split("  ")
    known = {field for field in map(Lexicon.bundled().field_of, cells) if field}
    return len(cells) > 3 or len(known) > 1


def text_of(words: Sequence[Word]) -> tuple[str, tuple[Link, ...]]:
    """Return words as a text, with wide spaces where there are, and their links."""
    text = ""
    links: list[Link] = []
    above: Word | None = None
    for word in words:
        if above is not None:
            text += "  " if word.left - above.right > word.size * WIDE else " "
        start = len(text)
        text += word.text
        if word.target and links and links[-1].target == word.target and links[-1].end == start - 1:
            links[-1] = Link(links[-1].start, len(text), word.target)
        elif word.target:
            links.append(Link(start, len(text), word.target))
        above = word
    return text, tuple(links)
