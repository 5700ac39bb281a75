"""HTML pages → pieces: the content's headings, lists, tables and paragraphs."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from hanke_lod.errors import DocumentError
from hanke_lod.model import Place
from hanke_lod.reading import paragraphs
from hanke_lod.reading.html_text import INLINE, Gatherer
from hanke_lod.reading.page import (
    HEADINGS,
    Page,
    attribute_of,
    decoded,
    has,
    is_dropped,
    is_layout,
    is_menu,
    is_toggle,
    parse,
    rows_of,
    span_of,
)
from hanke_lod.reading.pairs import pair
from hanke_lod.reading.pieces import Piece
from hanke_lod.reading.tables import Cell, table_pieces

_LABEL_LENGTH = 60


def pieces(data: bytes, where: str) -> list[Piece]:
    """Return the pieces of a page.

    Raises:
        DocumentError: the bytes are no text.
    """
    text = decoded(data)
    if text is None:
        raise DocumentError("document-binary", where=where)
    return pieces_of_page(parse(text))


def pieces_of_page(page: Page) -> list[Piece]:
    """Return the pieces of a parsed page."""
    walker = Walker(page)
    for root in page.roots:
        walker.block(root, -1)
        walker.flush()
    return list(paragraphs.married(walker.made, walker.lexicon))


class Walker(Gatherer):
    """Goes through the elements once; `level` is the heading's that all stands below."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._level = 0
        self._current = 0
        self._panels = sum(len(root.css("details")) for root in page.roots)
        self._headed = not any(root.css_first("h1") for root in page.roots)

    def element(self, node: LexborNode, depth: int) -> None:
        """Take an element that is content."""
        tag = node.tag or ""
        blocks = "h1, h2, h3, h4, h5, h6, p, ul, ol, table"
        if tag in HEADINGS:
            self._heading(node, int(tag[1]))
        elif tag in ("summary", "button") or (is_toggle(node) and not has(node, blocks)):
            self._toggle(node)
        elif tag in INLINE:
            self.inline(node, depth)
        elif tag == "table":
            self.flush()
            self._table(node)
        elif tag in ("ul", "ol", "menu"):
            self.flush()
            if self._headed or depth >= 0 or not is_menu(node, self.page):
                self.block(node, depth + 1)
            self.flush()
        elif tag == "li":
            self._item(node, max(depth, 0))
        elif tag == "dl":
            self.flush()
            self._definitions(node, depth)
        elif tag == "details":
            self._details(node, depth)
        elif self._is_value(node):
            self.flush()
            self.made += paragraphs.pieces(self.gathered(node), "text", 0, self.lexicon)
        else:
            self.flush()
            self._tab(node)
            self.gap = self.gap or tag in ("p", "hr", "blockquote", "pre", "section", "article")
            self.block(node, depth)
            self.flush()

    def _is_value(self, node: LexborNode) -> bool:
        """Tell whether a block says what the label right before it asks: its lines are one value."""
        above = node.prev
        while above is not None and above.is_text_node and not (above.text_content or "").strip():
            above = above.prev
        if above is None or not above.is_element_node or above.tag in INLINE or above.tag in HEADINGS:
            return False
        name = above.text(deep=True).strip()
        known = len(name) <= _LABEL_LENGTH and self.lexicon.field_of(name) not in ("", "title")
        return known and not has(node, "h1, h2, h3, h4, h5, h6, table, li, dl, details")

    def _tab(self, node: LexborNode) -> None:
        """Take a tab's name as the heading of its panel."""
        name = self.page.tabs.get(attribute_of(node, "id"), "")
        if name:
            self._current = self._level + 1
            self.made.append(Piece("heading", name, Place(), self._current, True))

    # ── headings ────────────────────────────────────────────────────────────────────────────────────────────

    def _heading(self, node: LexborNode, level: int) -> None:
        self.flush()
        whole = self.gathered(node)
        self._headed = self._headed or level == 1
        self._level = self._current = level
        self.made += paragraphs.pieces(whole, "heading", level, self.lexicon, gap=True)
        self.gap = False

    def _toggle(self, node: LexborNode) -> None:
        """Take what opens a panel as a heading: of the heading's level in it, or one below the last."""
        own = next((heading for heading in node.css("h1, h2, h3, h4, h5, h6")), None)
        if own is not None:
            self._heading(own, int((own.tag or "h6")[1]))
            return
        self.flush()
        whole = self.gathered(node)
        self._current = self._level + 1
        self.made += paragraphs.pieces(whole, "heading", self._current, self.lexicon, gap=True)
        self.gap = False

    def _details(self, node: LexborNode, depth: int) -> None:
        """Take a panel: its summary is a heading below the last one, or beside it where it is the page's only panel."""
        self.flush()
        level = self._level
        told = bool(self.made) and self.made[-1].kind != "heading"
        if self._panels == 1 and told and level > 1:
            self._level -= 1
        for child in node.iter(include_text=True):
            self.child(child, depth)
            if child.tag == "summary":
                self._level = self._current
        self.flush()
        self._level = self._current = level

    # ── lists ───────────────────────────────────────────────────────────────────────────────────────────────

    def _item(self, node: LexborNode, depth: int) -> None:
        """Take an item: its own text is one piece, lists in it stand deeper; an item with headings is a section."""
        self.flush()
        if has(node, "h1, h2, h3, h4, h5, h6, table, details"):
            self.gap = True
            self.block(node, depth - 1)
            self.flush()
            return
        held = self.kind
        self.kind = ("item", depth)
        for child in node.iter(include_text=True):
            if child.tag in ("ul", "ol", "menu", "dl"):
                self.flush()
                self.kind = ("text", 0)
                self.child(child, depth)
            elif child.tag in ("p", "div", "section", "article") and not has(child, "ul, ol, dl"):
                self.joins = True
                self.child(child, depth)
                self.joins = False
            else:
                self.child(child, depth)
        self.flush()
        self.kind = held

    def _definitions(self, node: LexborNode, depth: int) -> None:
        """Take a definition list: labels with values, names with what is said of them, or headings of panels."""
        parts = [child for child in node.css("dt, dd") if not is_dropped(child, self.page)]
        names = [child.text(deep=True).strip() for child in parts if child.tag == "dt"]
        known = sum(self.lexicon.field_of(name) not in ("", "title") for name in names)
        panels = any(has(child, "ul, ol, table, h2, h3, h4, h5, h6") for child in parts if child.tag == "dd")
        if names and known * 5 >= len(names) * 3:
            self._pairs(parts)
            return
        for child in parts:
            if panels:
                self._toggle(child) if child.tag == "dt" else self.block(child, -1)
                self.flush()
            else:
                self._item(child, depth + 1 + (child.tag == "dd"))

    def _pairs(self, parts: list[LexborNode]) -> None:
        """Take labels with their values; several values of one label are lines of one."""
        name: Cell | None = None
        for node in parts:
            cell = self._cell(node)
            if node.tag == "dt":
                name = cell
            elif name is not None and cell.text and node.prev is not None and self._is_further(node):
                self.made[-1] = paragraphs.extended(self.made[-1], cell.text, cell.links)
            elif name is not None and cell.text:
                self.made.append(pair(name, cell))
        self.gap = False

    def _is_further(self, node: LexborNode) -> bool:
        above = node.prev
        while above is not None and not above.is_element_node:
            above = above.prev
        return above is not None and above.tag == "dd"

    # ── tables ──────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, node: LexborNode) -> None:
        rows = list(rows_of(node))
        if is_layout(node, rows):
            for row in rows:
                for cell in row:
                    if not is_dropped(cell, self.page):
                        self.gap = True
                        self.block(cell, -1)
                        self.flush()
            return
        caption = next((child for child in node.iter() if child.tag == "caption"), None)
        if caption is not None:
            self.gap = True
            self.block(caption, -1)
            self.flush()
        shown = [
            [self._cell(cell) for cell in row]
            for row in rows
            if not any(is_dropped(cell, self.page) for cell in row[:1])
        ]
        self.made += table_pieces(shown, self._current)
        self.gap = True

    def _cell(self, node: LexborNode) -> Cell:
        whole = self.gathered(node)
        held = paragraphs.lines(whole)
        text, links, _ = paragraphs.joined(held)
        place = whole.place if text else Place()
        columns, rows = span_of(node, "colspan"), span_of(node, "rowspan")
        header = node.tag == "th"
        return Cell(text, place, columns, rows, header, header or (bool(text) and whole.is_strong), links)
