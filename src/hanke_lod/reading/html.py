"""HTML pages → pieces: the content's headings, lists, tables and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from selectolax.lexbor import LexborNode

from hanke_lod.errors import DocumentError
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Link, Place
from hanke_lod.reading import paragraphs
from hanke_lod.reading.encodings import decode
from hanke_lod.reading.page import HEADINGS, Page, attribute_of, has, is_dropped, is_menu, is_toggle, parse
from hanke_lod.reading.paragraphs import Writer, label, part
from hanke_lod.reading.pieces import Piece
from hanke_lod.reading.tables import Cell, pair, table_pieces

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong
    sub sup time tt u var wbr output ruby rt rp""".split()
)
_STRONG = frozenset(("b", "strong", "th"))
_DEEPEST = 150
_LONGEST_CELL = 2000


def pieces(data: bytes, where: str) -> list[Piece]:
    """Return the pieces of a page.

    Raises:
        DocumentError: the bytes are no text.
    """
    text = _decoded(data)
    if text is None:
        raise DocumentError("document-binary", where=where)
    return pieces_of_page(parse(text))


def _decoded(data: bytes) -> str | None:
    """Return the text: by a byte order mark, by what the page says of itself, or as any text."""
    told = _CHARSET.search(data[:4096])
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if told is None or marked or b"\x00" in data[:1024]:
        return decode(data)
    name = told[1].decode("ascii").lower()
    try:
        # a browser reads these two as Windows-1252: https://encoding.spec.whatwg.org/#names-and-labels
        return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name)
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def pieces_of_page(page: Page) -> list[Piece]:
    """Return the pieces of a parsed page."""
    walker = Walker(page)
    for root in page.roots:
        walker.block(root, -1)
        walker.flush()
    return list(paragraphs.married(walker.made, walker.lexicon))


class Walker:
    """Goes through the elements once; `level` is the heading's that all stands below."""

    def __init__(self, page: Page) -> None:
        self.lexicon = Lexicon.bundled()
        self.made: list[Piece] = []
        self._page = page
        self._writer = Writer()
        self._kind: tuple[paragraphs.Kind, int] = ("text", 0)
        self._joins = False
        self._strong = 0
        self._link: tuple[str, int] | None = None
        self._gap = True
        self._level = 0
        self._current = 0
        self._depth = 0
        self._headed = not any(root.css_first("h1") for root in page.roots)

    def block(self, node: LexborNode, depth: int) -> None:
        """Take what stands in an element; `depth` is that of the list around it."""
        self._depth += 1
        if self._depth > _DEEPEST:
            self._writer.write(node.text(deep=True, separator=" "))
        else:
            for child in node.iter(include_text=True):
                self._child(child, depth)
        self._depth -= 1

    def _child(self, node: LexborNode, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._text(node)
        elif tag == "br":
            self._writer.line()
        elif not tag or tag.startswith("-") or is_dropped(node, self._page):
            return
        elif self._joins:
            self._joined(node, depth)
        elif tag in HEADINGS:
            self._heading(node, int(tag[1]))
        elif tag in ("summary", "button") or (is_toggle(node) and not has(node, "h1, h2, h3, h4, h5, h6, p, ul, ol, table")):
            self._toggle(node)
        else:
            self._element(node, tag, depth)

    def _element(self, node: LexborNode, tag: str, depth: int) -> None:
        if tag in _INLINE:
            self._inline(node, depth)
        elif tag == "table":
            self.flush()
            self._table(node, depth)
        elif tag in ("ul", "ol", "menu"):
            self.flush()
            if self._headed or depth >= 0 or not is_menu(node, self._page):
                self.block(node, depth + 1)
            self.flush()
        elif tag == "li":
            self._item(node, max(depth, 0))
        elif tag == "dl":
            self.flush()
            self._definitions(node, depth)
        elif tag == "details":
            self._details(node, depth)
        else:
            self.flush()
            self._gap = self._gap or tag in ("p", "hr", "blockquote", "pre", "section", "article")
            self.block(node, depth)
            self.flush()

    def _text(self, node: LexborNode) -> None:
        text = node.text_content or ""
        place = self._page.place(node) if text.strip() else None
        if node.parent is not None and node.parent.tag == "pre":
            for line in text.split("\n"):
                self._writer.write(line, place, strong=bool(self._strong))
                self._writer.line()
        else:
            self._writer.write(text, place, strong=bool(self._strong))

    def _joined(self, node: LexborNode, depth: int) -> None:
        """Take an element of a text that is to be one: blocks in it are lines."""
        if node.tag in _INLINE:
            self._inline(node, depth)
        else:
            self._writer.line()
            self.block(node, depth)
            self._writer.line()

    def _inline(self, node: LexborNode, depth: int) -> None:
        start, writer = self._writer.length, self._writer
        count = len(self.made)
        strong = node.tag in _STRONG
        target = self._page.target(attribute_of(node, "href")) if node.tag == "a" else ""
        if target:
            self._link = (target, start)
        self._strong += strong
        self.block(node, depth)
        self._strong -= strong
        if target:
            self._end_link()
            self._link = None
        if writer.length > start and len(self.made) == count:
            writer.marks.append((start, writer.length))

    def _end_link(self) -> None:
        if self._link and self._writer.length > self._link[1]:
            self._writer.links.append(Link(self._link[1], self._writer.length, self._link[0]))

    def flush(self) -> None:
        """End the paragraph under way; blank lines in it part paragraphs."""
        self._end_link()
        whole = self._writer.take()
        if self._link:
            self._link = (self._link[0], 0)
        if not whole.text:
            return
        kind, level = self._kind
        start = 0
        for blank in [*re.finditer(r"\n\s*\n", whole.text), None]:
            chunk = part(whole, start, blank.start() if blank else len(whole.text))
            self.made += paragraphs.pieces(chunk, kind, level, self.lexicon, gap=self._gap)
            self._gap = blank is not None
            start = blank.end() if blank else start
            if kind == "item":
                self._kind = kind, level = "text", 0

    @contextmanager
    def _gathering(self) -> Iterator[Writer]:
        """Gather the text of an element apart, as one."""
        held = (self._writer, self._joins, self._link)
        self._writer, self._joins, self._link = Writer(), True, None
        yield self._writer
        self._writer, self._joins, self._link = held

    # ── headings ────────────────────────────────────────────────────────────────────────────────────────────

    def _heading(self, node: LexborNode, level: int) -> None:
        self.flush()
        with self._gathering() as writer:
            self.block(node, -1)
            whole = writer.take()
        self._headed = self._headed or level == 1
        self._level = self._current = level
        self.made += paragraphs.pieces(whole, "heading", level, self.lexicon, gap=True)
        self._gap = False

    def _toggle(self, node: LexborNode) -> None:
        """Take what opens a panel as a heading: of the heading's level in it, or one below the last."""
        own = next((heading for heading in node.css("h1, h2, h3, h4, h5, h6")), None)
        if own is not None:
            self._heading(own, int((own.tag or "h6")[1]))
            return
        self.flush()
        with self._gathering() as writer:
            self.block(node, -1)
            whole = writer.take()
        self._current = self._level + 1
        self.made += paragraphs.pieces(whole, "heading", self._current, self.lexicon, gap=True)
        self._gap = False

    def _details(self, node: LexborNode, depth: int) -> None:
        self.flush()
        level = self._level
        for child in node.iter(include_text=True):
            self._child(child, depth)
            if child.tag == "summary":
                self._level = self._current
        self.flush()
        self._level = self._current = level

    # ── lists ───────────────────────────────────────────────────────────────────────────────────────────────

    def _item(self, node: LexborNode, depth: int) -> None:
        """Take an item: its own text is one piece, lists in it stand deeper; an item with headings is a section."""
        self.flush()
        if has(node, "h1, h2, h3, h4, h5, h6, table, details"):
            self._gap = True
            self.block(node, depth - 1)
            self.flush()
            return
        held = self._kind
        self._kind = ("item", depth)
        for child in node.iter(include_text=True):
            if child.tag in ("ul", "ol", "menu", "dl"):
                self.flush()
                self._kind = ("text", 0)
                self._child(child, depth)
            elif child.tag in ("p", "div", "section", "article") and not has(child, "ul, ol, dl"):
                self._joins = True
                self._child(child, depth)
                self._joins = False
            else:
                self._child(child, depth)
        self.flush()
        self._kind = held

    def _definitions(self, node: LexborNode, depth: int) -> None:
        """Take a definition list: labels with values, names with what is said of them, or headings of panels."""
        parts = [child for child in node.css("dt, dd") if not is_dropped(child, self._page)]
        names = [child.text(deep=True).strip() for child in parts if child.tag == "dt"]
        known = sum(self.lexicon.field_of(name) not in ("", "title") for name in names)
        panels = any(has(child, "ul, ol, table, h2, h3, h4, h5, h6") for child in parts if child.tag == "dd")
        held: Cell | None = None
        for child in parts:
            if known * 5 >= len(names) * 3 and names:
                held = self._pair(child, held)
            elif panels:
                self._toggle(child) if child.tag == "dt" else self.block(child, -1)
                self.flush()
            else:
                self._item(child, depth + 1 + (child.tag == "dd"))

    def _pair(self, node: LexborNode, name: Cell | None) -> Cell | None:
        cell = self._cell(node)
        if node.tag == "dt":
            return cell
        if name is not None and cell.text:
            self.made.append(pair(name, cell))
            self._gap = False
        return name

    # ── tables ──────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, node: LexborNode, depth: int) -> None:
        rows = list(_rows(node))
        if _is_layout(node, rows):
            for row in rows:
                for cell in row:
                    if not is_dropped(cell, self._page):
                        self._gap = True
                        self.block(cell, -1)
                        self.flush()
            return
        caption = next((child for child in node.iter() if child.tag == "caption"), None)
        if caption is not None:
            self._gap = True
            self.block(caption, -1)
            self.flush()
        shown = [[self._cell(cell) for cell in row] for row in rows if not any(is_dropped(cell, self._page) for cell in row[:1])]
        self.made += table_pieces(shown, self._current)
        self._gap = True

    def _cell(self, node: LexborNode) -> Cell:
        with self._gathering() as writer:
            self.block(node, -1)
            whole = writer.take()
        held = paragraphs.lines(whole)
        text, links, _ = paragraphs.joined(held)
        place = whole.place if text else Place()
        columns, rows = _span(node, "colspan"), _span(node, "rowspan")
        header = node.tag == "th"
        return Cell(text, place, columns, rows, header, header or (bool(text) and whole.is_strong), links)


def _rows(table: LexborNode) -> Iterator[list[LexborNode]]:
    for child in table.iter():
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif child.tag == "tr" and "hidden" not in child.attributes:
            yield [cell for cell in child.iter() if cell.tag in ("td", "th")]


def _is_layout(table: LexborNode, rows: list[list[LexborNode]]) -> bool:
    """Tell whether a table only lays out the page."""
    if attribute_of(table, "role") in ("presentation", "none") or has(table, "table"):
        return True
    if sum(cell.tag == "th" for row in rows for cell in row) >= 2:
        return False
    cells = [cell for row in rows for cell in row]
    return len(cells) <= 1 or any(
        has(cell, "h1, h2, h3, h4, h5, h6, details, ul ul, dl") or len(cell.text(deep=True)) > _LONGEST_CELL for cell in cells
    )


def _span(cell: LexborNode, name: str) -> int:
    told = attribute_of(cell, name).strip()
    return min(int(told), 1000) or 1000 if re.fullmatch(r"\d{1,9}", told) else 1
