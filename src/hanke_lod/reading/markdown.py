"""Markdown → pieces: made into HTML that remembers its lines, and read as that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborNode

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Place
from hanke_lod.reading.encodings import text_of
from hanke_lod.reading.html import pieces_of_page
from hanke_lod.reading.lines import label_of
from hanke_lod.reading.page import Page, attribute_of, parse
from hanke_lod.reading.pieces import Piece

_LINE = "data-hanke-line"
_FRONT = re.compile(r"---\n.*?\n(?:---|\.\.\.)(?:\n|$)", re.DOTALL)
#: What people type for a bullet and Markdown does not know as one: the line would run on from the one above.
_BULLET = re.compile(r"(\s*)(?:[•‣◦⁃∙·●○■□▪▫➢➤►✓✔\uf0b7\uf0a7–—]|[a-zåäö]\))[ \t\u00a0]+(?=\S)")
#: "2021. Hankkeet" is no list that starts at 2021.
_YEAR = re.compile(r"(\s*(?:[-*+]\s+)?)((?:19|20)\d\d)([.)])(?=\s)")
_CROWDED = re.compile(r"(#{2,6})(?=[^#\s])")
_RULE = re.compile(r"\s{0,3}(?:-{3,}|={3,})\s*")
_TAG = re.compile(r"(<[a-zA-Z][\w-]*)(?=[\s>])")
_HEADING_LENGTH = 100


def pieces(data: bytes, where: str) -> list[Piece]:
    """Return the pieces of a Markdown text.

    Raises:
        DocumentError: the bytes are no text.
    """
    text = text_of(data, where)
    # four spaces before a line are an indent, not code: lists of projects hold none
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")
    tokens = parser.parse(_prepared(text))
    _number(tokens)
    page = parse(parser.renderer.render(tokens, parser.options, {}), locate=False)
    return pieces_of_page(_Numbered(page.roots, page.lines, page.base, page.controlled, page.tabs))


class _Numbered(Page):
    """A page made of Markdown: its elements tell their lines."""

    def place(self, node: LexborNode) -> Place:
        """Return the line that the nearest element around a text tells."""
        above = node.parent
        while above is not None:
            told = attribute_of(above, _LINE)
            if told.isdigit():
                return Place(int(told))
            above = above.parent
        return Place()


def _number(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.map is None:
            continue
        if token.type == "html_block":
            lines = enumerate(token.content.split("\n"), start=token.map[0] + 1)
            token.content = "\n".join(_TAG.sub(rf'\1 {_LINE}="{number}"', line, count=1) for number, line in lines)
        elif token.nesting == 1:
            token.attrSet(_LINE, str(token.map[0] + 1))


def _prepared(text: str) -> str:
    """Return the text with what people mean written as Markdown has it; each line stays where it is."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    lexicon = Lexicon.bundled()
    lines = text.split("\n")
    made: list[str] = []
    for line in lines:
        line = _BULLET.sub(r"\1- ", line, count=1) if _BULLET.match(line) else line
        line = _YEAR.sub(r"\1\2\\\3", line, count=1) if _YEAR.match(line) else line
        line = _CROWDED.sub(r"\1 ", line, count=1) if _CROWDED.match(line) else line
        above = made[-1].strip() if made else ""
        if _RULE.fullmatch(line) and (len(above) > _HEADING_LENGTH or above.endswith((".", "!", "?"))):
            line = "***"
        if above and not above.endswith("\\") and _is_line_of_its_own(line, lexicon):
            made[-1] = made[-1].rstrip() + "  "
        made.append(line)
    return "\n".join(made)


def _is_line_of_its_own(line: str, lexicon: Lexicon) -> bool:
    """Tell whether a line begins with a label, so that it does not run on from the line above."""
    plain = re.sub(r"[*_]{1,2}", "", line.strip())
    return bool(plain) and not plain.startswith(("|", "#", "<", "- ", "+ ")) and label_of(plain, lexicon) is not None
