"""What every reader makes of its format: pieces and remarks in reading order, before anyone asks what an entry is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from hanke_lod.model import Field, Link, Place, Remark


@dataclass(frozen=True)
class Piece:
    """A heading, a list item, a table's row or a text, in reading order.

    `text` is as written, without a bullet, lines joined by "\\n" and cells by "\\t". `level` is the heading's (from 1)
    or the item's depth (from 0). `gap` tells whether a blank line (or a paragraph's end) stands before. `fields` are a
    row's cells with the labels of their columns, or a "Label: value" that the markup itself tells apart (dt/dd,
    `<b>Label</b> value`); offsets count code points of `text`. `strong` tells that the whole text is set in bold.
    """

    kind: Literal["heading", "item", "row", "text"]
    text: str
    place: Place
    level: int = 0
    gap: bool = False
    links: tuple[Link, ...] = ()
    fields: tuple[Field, ...] = ()
    strong: bool = False


#: What a reader tells: its pieces, and between them remarks on what it left out or only guessed.
Told: TypeAlias = Piece | Remark


@dataclass(frozen=True)
class Line:
    """A line of a document that has only lines (plain text, PDF).

    `indent` is its distance from the left edge in characters (for PDF: points divided by a character's width);
    `level` is a heading's level where the document itself tells it (a larger font), else 0.
    """

    text: str
    place: Place
    indent: float = 0.0
    gap: bool = False
    level: int = 0
    links: tuple[Link, ...] = ()
