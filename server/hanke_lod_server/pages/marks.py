"""An entry as the list has it, cut into its spans, and remarks in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hanke_lod.model import SPAN_KINDS
from hanke_lod.texts import has, say

Json = Mapping[str, Any]  # Any: JSON as the publication holds it

#: The kinds that are marked, in the order of the legend; the others are the text's ordinary words.
MARKED = ("period", "organisation", "role", "funding", "money", "sector", "status", "label", "link")
assert set(MARKED) <= set(SPAN_KINDS)


@dataclass(frozen=True)
class Piece:
    """A stretch of text of one kind."""

    text: str
    kind: str

    @property
    def marked(self) -> bool:
        """Whether it is marked on the page."""
        return self.kind in MARKED


def pieces(text: str, spans: Iterable[Sequence[Any]]) -> list[Piece]:
    """Return the text cut at its spans, which are in order and counted in code points; joined they are the text."""
    made, place = [], 0
    for first, end, kind in spans:
        start = max(first, place)
        if end <= start:
            continue
        if start > place:
            made.append(Piece(text[place:start], "other"))
        made += _trimmed(text[start:end], str(kind))
        place = end
    if place < len(text):
        made.append(Piece(text[place:], "other"))
    return made


def _trimmed(text: str, kind: str) -> list[Piece]:
    """Return the text with the blanks at its ends apart: a mark stands under words."""
    bare = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    parts = [(before, "other"), (bare, kind), (after, "other")] if bare else [(text, "other")]
    return [Piece(part, own) for part, own in parts if part]


def legend(groups: Iterable[Iterable[Piece]]) -> list[str]:
    """Return the marked kinds that occur, in the order of the legend."""
    found = {piece.kind for group in groups for piece in group}
    return [kind for kind in MARKED if kind in found]


def remark_words(remark: Json, language: str) -> str:
    """Return a remark in the reader's language; its bare identifier if the catalogue of texts does not know it."""
    identifier = str(remark.get("text", ""))
    if not has(identifier):
        return identifier
    try:
        return say(identifier, language, **remark.get("facts", {}))
    except KeyError:
        return identifier
