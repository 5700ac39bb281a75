"""What must be known of a PDF's pages before they are read: scans, running heads, wide spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from hanke_lod.errors import DocumentError
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Link
from hanke_lod.reading.pdf_text import Row, Sheet, Word

#: A space wider than this many times the letters' height parts columns.
WIDE = 1.0
_EDGE = 0.14


def refuse_scans(sheets: Sequence[Sheet], where: str) -> None:
    """Refuse a document whose pages are images; a cover or a back may be one."""
    without = [one for one in sheets if sum(len(row.text) for row in one.rows) < 3]
    scanned = [one for one in without if one.is_image and (len(sheets) < 3 or 1 < one.number < len(sheets))]
    unread = [one for one in sheets if _is_unread("".join(row.text for row in one.rows))]
    bad = without if len(without) == len(sheets) else [*scanned, *unread]
    if bad:
        page = f"{where}, page {bad[0].number}"
        raise DocumentError("document-scanned", where=page)


def _is_unread(text: str) -> bool:
    """Tell whether the letters of a page have no meaning: its fonts do not tell them."""
    odd = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter < " " for letter in text)
    return len(text) > 100 and odd * 3 > len(text)


def drop_running(sheets: Sequence[Sheet]) -> None:
    """Drop what stands at the same height on several pages, whatever its numbers are."""

    def sign(row: Row) -> tuple[int, str]:
        return round(row.bottom / 4), re.sub(r"[\d\W]+", "#", row.text).casefold()

    seen: Counter[tuple[int, str]] = Counter()
    for one in sheets:
        seen.update({sign(row) for row in one.rows if _at_edge(row, one)})
    for one in sheets:
        one.rows = [row for row in one.rows if not (_at_edge(row, one) and seen[sign(row)] > 1) or _is_header(row)]


def _is_header(row: Row) -> bool:
    """Tell whether a row is a table's header, which stands on each page as running heads do."""
    cells = text_of(row.words)[0].split("  ")
    known = {field for field in map(Lexicon.bundled().field_of, cells) if field}
    return len(cells) > 3 or len(known) > 1


def _at_edge(row: Row, page: Sheet) -> bool:
    return not page.height * _EDGE < row.bottom < page.height * (1 - _EDGE)


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
