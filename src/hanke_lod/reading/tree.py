"""Pieces hung into a tree: headings by their level, items by their depth, labelled lines below what they tell of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Field, Place
from hanke_lod.reading.pieces import Piece
from hanke_lod.reading.signs import DETAIL, HEADING_LENGTH, ITEM, SENTENCE_END, TEXT


@dataclass(eq=False)
class Node:
    """A piece and what stands below it; `rank` grows downwards."""

    piece: Piece
    rank: int
    children: list[Node] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The label of a labelled line, or ""."""
        return _label(self.piece)


def labelled_lists(pieces: Sequence[Piece], lexicon: Lexicon) -> list[Piece]:
    """Join a label that stands alone with the items or lines below it, each a value: "Osatoteuttajat:", two bullets."""
    made: list[Piece] = []
    for piece in _without_stray_labels(pieces, lexicon):
        last = made[-1] if made else None
        if last is not None and _is_value(piece) and not piece.gap and _is_open_label(last, lexicon):
            label = last.fields[0].label if last.fields else last.text.rstrip(": ")
            start = len(last.text) + 1
            field_ = Field(label, start, start + len(piece.text))
            made[-1] = replace(
                last, text=f"{last.text}\n{piece.text}", fields=(*filter(_has_value, last.fields), field_)
            )
        else:
            made.append(piece)
    return made


def _without_stray_labels(pieces: Sequence[Piece], lexicon: Lexicon) -> Iterator[Piece]:
    """Take from lines the labels that are none: unknown, no labelled line beside them ("Hiilinielut haltuun: …")."""
    labelled = [piece.kind == "text" and any(field_.label for field_ in piece.fields) for piece in pieces]
    for number, piece in enumerate(pieces):
        stray = labelled[number] and not any(lexicon.field_of(field_.label) for field_ in piece.fields if field_.label)
        above = number > 0 and labelled[number - 1] and not piece.gap
        below = number + 1 < len(pieces) and labelled[number + 1] and not pieces[number + 1].gap
        yield replace(piece, fields=()) if stray and not above and not below else piece


def _is_value(piece: Piece) -> bool:
    """Tell whether a piece may be a value of the label above it: an item, or a short line without a label."""
    line = piece.kind == "text" and len(piece.text) <= HEADING_LENGTH and not SENTENCE_END.search(piece.text)
    return piece.kind == "item" or (line and not any(field_.label for field_ in piece.fields))


def _has_value(field_: Field) -> bool:
    return field_.start < field_.end


def _is_open_label(piece: Piece, lexicon: Lexicon) -> bool:
    """Tell whether a text is a label whose values are the items that follow."""
    if piece.kind != "text":
        return False
    if any(map(_has_value, piece.fields)):  # has taken items before
        head = piece.text[: piece.fields[0].start].strip()
        below = piece.text[piece.fields[0].start - 1] == "\n"
        return below and head.endswith(":") and piece.fields[0].label == head.rstrip(": ")
    if not piece.text.endswith(":"):
        return False
    kind = lexicon.field_of(piece.text.rstrip(": "))
    if kind == "other" and piece.gap:
        return False  # "Övrigt:" over the last projects
    return bool(kind) and kind not in ("title", "sector", "status", "contact", "updated", "programme")


def hang(pieces: Sequence[Piece], lexicon: Lexicon) -> list[Node]:
    root = Node(Piece("text", "", Place()), -1)
    stack = [root]
    for piece in pieces:
        node = Node(piece, _rank(piece))
        while stack[-1].rank >= node.rank or not _adopts(stack[-1], node, lexicon):
            stack.pop()
        stack[-1].children.append(node)
        stack.append(node)
    return root.children


def _rank(piece: Piece) -> int:
    if piece.kind == "heading":
        return piece.level
    if piece.kind == "item":
        return ITEM + piece.level
    if piece.kind == "row":
        return ITEM
    return DETAIL if _label(piece) else TEXT


def _label(piece: Piece) -> str:
    """Return the one label with which a piece begins, or ""."""
    labels = {field_.label for field_ in piece.fields if field_.label}
    return labels.pop() if len(labels) == 1 and piece.fields[0].label and piece.kind != "row" else ""


def _adopts(above: Node, node: Node, lexicon: Lexicon) -> bool:
    """Tell whether a node may stand below another: a text carries what follows only without a blank line between."""
    if above.rank < TEXT:
        return True
    if "row" in (above.piece.kind, node.piece.kind):
        return False
    if above.piece.kind == "text" and above.rank == TEXT:
        if node.piece.kind == "item":
            return (not node.piece.gap and len(above.piece.text) <= HEADING_LENGTH) or bool(above.children)
        name = len(above.piece.text) <= HEADING_LENGTH and not SENTENCE_END.search(above.piece.text)
        return not node.piece.gap or (name and not _is_closing(node, lexicon))
    return not (node.rank == DETAIL and node.piece.gap and _is_closing(node, lexicon))


def _is_closing(node: Node, lexicon: Lexicon) -> bool:
    """Tell whether a labelled line after a gap closes a list or begins a record instead of telling of what is above."""
    return lexicon.field_of(node.label) in ("contact", "updated", "title", "")


def everything(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from everything(node.children)


def is_deep(node: Node) -> bool:
    """Tell whether no heading stands below a heading."""
    return not any(child.piece.kind == "heading" for child in node.children)


def is_flat(node: Node) -> bool:
    """Tell whether a node is a leaf, or a text with nothing but labelled lines below it."""
    if node.piece.kind in ("row", "heading"):
        return False
    return not node.children or (
        node.piece.kind == "text" and all(child.label and not child.children for child in node.children)
    )


def flat(node: Node) -> Iterator[Piece]:
    yield node.piece
    for child in node.children:
        yield from flat(child)
