"""Parts of an entry's text that are taken, one after another, until every character is accounted for."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator

from hanke_lod.model import Span, SpanKind

_WORD = re.compile(r"\w")


class Taken:
    """Which parts of a text are taken, and as what; no two overlap."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans: list[Span] = []  # sorted

    def take(self, start: int, end: int, kind: SpanKind) -> bool:
        """Take a part that is still free; returns whether it was."""
        if start >= end or not self.is_free(start, end):
            return False
        insort(self._spans, Span(start, end, kind), key=lambda span: span.start)
        return True

    def take_around(self, start: int, end: int, kind: SpanKind) -> None:
        """Take what is still free of a part."""
        for first, last in list(self.free(start, end)):
            self.take(first, last, kind)

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether no character of the part is taken."""
        at = self._at(start)
        return at == len(self._spans) or self._spans[at].start >= end

    def _at(self, position: int) -> int:
        """Return the number of the first span that ends after a position."""
        at = bisect_left(self._spans, position, key=lambda span: span.start)
        return at - 1 if at and self._spans[at - 1].end > position else at

    def free(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield the free parts, from left to right."""
        position, stop = start, len(self.text) if end is None else end
        for number in range(self._at(start), len(self._spans)):
            span = self._spans[number]
            if span.start >= stop:
                break
            if span.start > position:
                yield position, span.start
            position = max(position, span.end)
        if position < stop:
            yield position, stop

    def of_kind(self, *kinds: SpanKind) -> list[Span]:
        """Return the spans of some kinds, from left to right."""
        return [span for span in self._spans if span.kind in kinds]

    def complete(self) -> tuple[Span, ...]:
        """Return spans that cover the whole text: what is left is a separator, or other where it holds words."""
        for start, end in list(self.free()):
            self.take(start, end, "other" if _WORD.search(self.text, start, end) else "separator")
        return tuple(_joined(self._spans))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans, neighbours of one kind as one."""
    held: Span | None = None
    for span in spans:
        if held and held.kind == span.kind and held.end == span.start and span.kind in ("separator", "other"):
            held = Span(held.start, span.end, span.kind)
        else:
            if held:
                yield held
            held = span
    if held:
        yield held
