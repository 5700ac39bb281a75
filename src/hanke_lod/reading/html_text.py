"""The text of HTML elements, gathered into paragraphs with their links and what is set in bold."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from selectolax.lexbor import LexborNode

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Link
from hanke_lod.reading import paragraphs
from hanke_lod.reading.page import Page, attribute_of, is_dropped
from hanke_lod.reading.paragraphs import Paragraph, Writer, part
from hanke_lod.reading.pieces import Piece

_INLINE_NAMES = """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small
    span strike strong sub sup time tt u var wbr output ruby rt rp"""
INLINE = frozenset(_INLINE_NAMES.split())
_STRONG = frozenset(("b", "strong", "th"))
#: Below this depth an element's text is taken as it is.
_DEEPEST = 150
_BLANK = re.compile(r"\n[ \t\r\f\u00a0]*\n")


class Gatherer(ABC):
    """Goes through elements and writes their text; what an element is to the document is told by who derives from it.

    `kind` and `gap` are those of the next piece; while `joins`, blocks are only lines of one text.
    """

    def __init__(self, page: Page) -> None:
        self.lexicon = Lexicon.bundled()
        self.made: list[Piece] = []
        self.page = page
        self.kind: tuple[paragraphs.Kind, int] = ("text", 0)
        self.joins = False
        self.gap = True
        self._writer = Writer()
        self._strong = 0
        self._link: tuple[str, int] | None = None
        self._depth = 0

    @abstractmethod
    def element(self, node: LexborNode, depth: int) -> None:
        """Take an element that is content; `depth` is that of the list around it."""

    def block(self, node: LexborNode, depth: int) -> None:
        """Take what stands in an element."""
        self._depth += 1
        if self._depth > _DEEPEST:
            self._writer.write(node.text(deep=True, separator=" "))
        else:
            for child in node.iter(include_text=True):
                self.child(child, depth)
        self._depth -= 1

    def child(self, node: LexborNode, depth: int) -> None:
        """Take a text or an element, unless it is no content."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node)
        elif tag == "br":
            self._writer.line()
        elif not tag or tag.startswith("-") or is_dropped(node, self.page):
            return
        elif not self.joins:
            self.element(node, depth)
        elif tag in INLINE:
            self.inline(node, depth)
        else:
            self._writer.block()
            self.block(node, depth)
            self._writer.block()

    def inline(self, node: LexborNode, depth: int) -> None:
        """Take an element within a text, and note where it stands."""
        start, writer, count = self._writer.length, self._writer, len(self.made)
        strong = node.tag in _STRONG
        target = self.page.target(attribute_of(node, "href")) if node.tag == "a" else ""
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

    def flush(self) -> None:
        """End the paragraph under way; blank lines in it part paragraphs."""
        whole = self._taken()
        if not whole.text:
            return
        kind, level = self.kind
        start = 0
        for blank in [*_BLANK.finditer(whole.text), None]:
            chunk = part(whole, start, blank.start() if blank else len(whole.text))
            self.made += paragraphs.pieces(chunk, kind, level, self.lexicon, gap=self.gap)
            self.gap = blank is not None
            start = blank.end() if blank else start
            if kind == "item":
                self.kind = kind, level = "text", 0

    def gathered(self, node: LexborNode) -> Paragraph:
        """Return the text of an element apart, as one."""
        held = (self._writer, self.joins, self._link)
        self._writer, self.joins = Writer(), True
        if self._link:
            self._link = (self._link[0], 0)
        self.block(node, -1)
        whole = self._taken()
        self._writer, self.joins, self._link = held
        return whole

    def _taken(self) -> Paragraph:
        self._end_link()
        if self._link:
            self._link = (self._link[0], 0)
        return self._writer.take()

    def _end_link(self) -> None:
        if self._link and self._writer.length > self._link[1]:
            self._writer.links.append(Link(self._link[1], self._writer.length, self._link[0]))

    def _text(self, node: LexborNode) -> None:
        text = node.text_content or ""
        place = self.page.place(node) if text.strip() else None
        if node.parent is not None and node.parent.tag == "pre":
            for line in text.split("\n"):
                self._writer.write(line, place, strong=bool(self._strong))
                self._writer.line()
        else:
            self._writer.write(text, place, strong=bool(self._strong))
