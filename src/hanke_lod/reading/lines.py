"""Lines → pieces: bullets and numbers, wrapped lines joined, headings that the text itself marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Field, Link
from hanke_lod.reading.pieces import Line, Piece

_SPACE = r"[\s\u00a0\u2007\u2009\u202f\u200b]"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{4}"
#: A bullet and the space after it; a number is no bullet before a small letter ("2. vaihe") or a dash
#: ("1.1. –"), nor before a month ("1 January 2023").
BULLET = re.compile(
    rf"(?P<sign>[•‣◦⁃∙·●○■□▪▫➢➤►✓✔\uf0b7\uf0a7\uf0d8*–—-]|o(?=[\t\u00a0]|{_SPACE}{{2,}})){_SPACE}+"
    rf"|(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})[.)]?{_SPACE}+(?!{_MONTH})(?=[^\W\d_a-zåäö]|[\"”“«(]\w)"
    rf"|\(?(?P<letter>[a-zåäö]|\d{{1,2}})\){_SPACE}+"
)
_RULE = re.compile(r"[=\-_~–—*#.\s]{3,}")
#: "===== Tekniset palvelut ====="
_DECORATED = re.compile(r"(={2,}|[-_~*#]{3,})\s*(?P<text>[^=\-_~*#].*?)\s*\1")
_PAGE = re.compile(
    r"(?:(?:sivu|sida|page|s\.)\s*)?\d{1,3}\s*(?:/|\(|av|of)?\s*\d{0,3}\)?|-\s*\d{1,3}\s*-", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?P<label>[^\W\d_][^:\n\t]{0,60}?)\s*(?::|\t|\s{2,}|\s[–—]\s)\s*(?=\S)|(?P<bare>[^\W\d_][^:\n\t]{0,60}):\s*$"
)


def pieces_of(lines: Sequence[Line], lexicon: Lexicon | None = None) -> list[Piece]:
    """Return the pieces of a document of lines; the lines of one piece are joined by "\\n"."""
    return _Joiner(lines, lexicon or Lexicon.bundled()).pieces()


def label_of(text: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the label at the beginning of a text and where its value begins, or None.

    A known label may stand before a colon, a tab, wide spaces or a dash; an unknown one before a colon only, if it
    looks like one: few words, a capital first.
    """
    match = _LABEL.match(text)
    if match is None:
        return None
    label = match["label"] or match["bare"]
    if lexicon.field_of(label):
        return label, match.end()
    colon = re.search(r":\s+$", text[match.start() : match.end()]) is not None  # "EU:n" has none
    looks = label[0].isupper() and len(label.split()) <= 6 and not re.search(r"[.,;!?()\d]", label)
    return (label, match.end()) if colon and looks and not match["bare"] else None


@dataclass
class _Open:
    """A piece under way."""

    kind: str
    lines: list[Line]
    bodies: list[str]
    level: int = 0
    gap: bool = False
    indent: float = 0.0


class _Joiner:
    """Goes through the lines once, joining those of one piece."""

    def __init__(self, lines: Sequence[Line], lexicon: Lexicon) -> None:
        self._lines = lines
        self._lexicon = lexicon
        self._width = _wrap_width(lines)
        # a page's letters are of many widths: where a line ended is known by some letters more or less
        self._slack = round(self._width * 0.15) if any(line.place.page for line in lines) else 2
        self._made: list[Piece] = []
        self._open: _Open | None = None
        self._depths: list[tuple[float, str]] = []

    def pieces(self) -> list[Piece]:
        gap = False
        for line in self._lines:
            body = line.text.strip()
            gap = gap or line.gap
            if not body or _PAGE.fullmatch(body):
                gap = True
                continue
            decorated = _DECORATED.fullmatch(body)
            if decorated and re.search(r"[^\W\d_]{3}", decorated["text"]):
                self._start("heading", line, decorated["text"], gap, 2)
                continue
            if _RULE.fullmatch(body):
                self._rule(body, gap)
                gap = True
                continue
            self._take(line, body, gap)
            gap = False
        self._close()
        return _without_lone_number(self._made)

    def _rule(self, body: str, gap: bool) -> None:
        """A rule right under one short line underlines a heading; elsewhere it parts blocks."""
        if self._open and not gap and self._is_underlined(self._open, body):
            self._open.kind = "heading"
            self._open.level = 1 if body[0] == "=" else 2
        self._close()

    def _is_underlined(self, held: _Open, rule: str) -> bool:
        line = held.bodies[0]
        label = label_of(line, self._lexicon)
        if held.kind != "text" or len(held.bodies) > 1 or (label and self._lexicon.field_of(label[0])):
            return False
        return 0.5 <= len(rule) / len(line) <= 1.6 or held.gap

    def _take(self, line: Line, body: str, gap: bool) -> None:
        bullet = BULLET.match(body)
        if line.level:
            self._start("heading", line, body, gap, line.level)
        elif bullet and bullet.end() < len(body):
            self._start(
                "item",
                replace(line, links=_moved(line, bullet.end())),
                body[bullet.end() :],
                gap,
                self._depth(line, bullet),
            )
        elif not gap and self._continues(line, body):
            assert self._open is not None  # only an open piece continues
            self._open.lines.append(line)
            self._open.bodies.append(body)
        else:
            self._start("text", line, body, gap, 0)

    def _depth(self, line: Line, bullet: re.Match[str]) -> int:
        """Return an item's depth by its indent, or by its number ("1.1" stands below "1")."""
        if bullet["number"]:
            parts = bullet["number"].count(".")
            key = f"number{parts}"
        else:
            key = "number0" if bullet["letter"] and bullet["letter"].isdigit() else bullet["sign"] or "letter"
        while self._depths and self._depths[-1][0] > line.indent + 0.5:
            self._depths.pop()
        known = next(
            (n for n, (indent, sign) in enumerate(self._depths) if sign == key and abs(indent - line.indent) < 1.5),
            None,
        )
        if known is not None:
            del self._depths[known + 1 :]
            return known
        self._depths.append((line.indent, key))
        return len(self._depths) - 1

    def _continues(self, line: Line, body: str) -> bool:
        """Tell whether a line goes on with the piece above it, with no blank line between."""
        held = self._open
        if held is None or held.kind == "heading":
            return False
        last = held.lines[-1]
        label = label_of(body, self._lexicon)
        if label and (self._lexicon.field_of(label[0]) or not self._forced(last, body)):
            return False
        if line.indent > held.indent + 0.5 or self._forced(last, body):
            return True
        # a small letter begins no line of its own, nor does what follows a comma, a dash or "and"
        long = len(held.bodies[-1]) > 30 or bool(label_of(held.bodies[0], self._lexicon))
        goes_on = _goes_on(held.bodies[-1], body) and long
        return goes_on and (self._width > 0 or body[0].islower())

    def _forced(self, last: Line, body: str) -> bool:
        """Tell whether the line before ended because the first word of this one had no room."""
        first = body.split()[0]
        room = self._width - self._slack - len(last.text.rstrip())
        if (
            self._width > 0
            and room < self._width * 0.2
            and first[0].isdigit()
            and re.search(r"[^\W\d]$", last.text.rstrip())
        ):
            return True  # "läsåret / 2022–2023": some do not part what belongs together
        return self._width > 0 and len(first) + 1 > room and len(last.text) > self._width * 0.5

    def _start(self, kind: str, line: Line, body: str, gap: bool, level: int) -> None:
        self._close()
        self._open = _Open(kind, [line], [body], level, gap, line.indent)
        if kind != "item" and gap:
            self._depths.clear()
        if kind == "heading":
            self._close()

    def _close(self) -> None:
        if self._open is None:
            return
        held, self._open = self._open, None
        text = "\n".join(held.bodies)
        fields = self._fields(held)
        links = held.lines[0].links
        self._made.append(Piece(held.kind, text, held.lines[0].place, held.level, held.gap, links, fields))  # type: ignore[arg-type]  # the kinds used above

    def _fields(self, held: _Open) -> tuple[Field, ...]:
        """Return a labelled part, and the parts that a line ends on purpose."""
        text = "\n".join(held.bodies)
        found = label_of(text, self._lexicon) if held.kind != "heading" else None
        if found:
            end = len(held.bodies[0])
            apart = len(held.bodies) > 1 and end <= 30 and found[1] < end and not _is_open(held.bodies[0])
            if apart and held.bodies[1][0].islower():  # "kesto: 2023", and below it "toteuttajana Digipolis Oy"
                return Field(found[0], found[1], end), Field("", end + 1, len(text))
            return (Field(found[0], found[1], len(text)),)
        parts, start, position = [], 0, 0
        for line, body, following in zip(held.lines, held.bodies, [*held.bodies[1:], ""], strict=True):
            position += len(body)
            on_purpose = not self._forced(line, following or "-") and not _goes_on(body, following)
            if following and on_purpose and len(body) < max(60, self._width * 0.75):
                parts.append(Field("", start, position))
                start = position + 1
            position += 1
        return (*parts, Field("", start, len(text))) if parts else ()


def _without_lone_number(pieces: list[Piece]) -> list[Piece]:
    """Make a text of the one item of a document that has no list: "5.3 Hanketoiminta vuonna 2021"."""
    items = [number for number, piece in enumerate(pieces) if piece.kind == "item"]
    if len(items) != 1 or len(pieces) < 3:
        return pieces
    only = pieces[items[0]]
    return [*pieces[: items[0]], replace(only, kind="text", level=0), *pieces[items[0] + 1 :]]


def _goes_on(body: str, following: str) -> bool:
    """Tell whether a line's words go on in the next: a comma, hyphen or "and" at its end, a small letter after it."""
    if re.search(r"\d\s?[–-]$", body):  # "1.4.2022-" is open unless a date goes on
        return following[:1].isdigit()
    return _is_open(body) or following[:1].islower()


def _is_open(body: str) -> bool:
    return re.search(r"(?:[,–-]|\b(?:ja|sekä|och|samt|and|of|för|i|med))$", body) is not None


def _moved(line: Line, by: int) -> tuple[Link, ...]:
    shift = by + len(line.text) - len(line.text.lstrip())
    return tuple(Link(max(0, link.start - shift), max(0, link.end - shift), link.target) for link in line.links)


def _wrap_width(lines: Sequence[Line]) -> int:
    """Return the width at which the document's lines are wrapped, or 0 where they are not."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if len(line.text.strip()) > 30)
    if len(lengths) < 4:
        return 0
    width = max(sorted(set(lengths)), key=lambda one: _fit(lengths, one))
    near = sum(width - 14 < length <= width for length in lengths)
    wraps = 45 <= width <= 140 and near >= max(3, len(lengths) * 0.12) and not _begins_anew(lines, width)
    return width if wraps else 0


def _fit(lengths: Sequence[int], width: int) -> int:
    """Return how well a width explains the lines: many end shortly before it, few go beyond."""
    return sum(width - 9 < length <= width for length in lengths) - 2 * sum(length > width for length in lengths)


def _begins_anew(lines: Sequence[Line], width: int) -> bool:
    """Tell whether what follows the long lines begins with capitals: then each line is a paragraph of its own."""
    following = [
        below.text.strip()
        for above, below in pairwise(lines)
        if len(above.text.rstrip()) > width * 0.6 and below.text.strip() and not below.gap
    ]
    anew = sum(text[0].isupper() or BULLET.match(text) is not None for text in following)
    return len(following) >= 5 and anew >= len(following) * 0.85
