"""A paragraph of a marked-up document (HTML, Word) → pieces: its lines, labels and typed bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Field, Link, Place
from hanke_lod.reading.lines import label_of
from hanke_lod.reading.pieces import Piece

Kind = Literal["heading", "item", "row", "text"]

#: A label is no longer than this.
_LABEL_LENGTH = 60
_TYPED = re.compile(
    r"(?:[•‣◦⁃∙·●○■□▪▫➢➤►✓✔\uf0b7\uf0a7\uf0d8*–—-]|o(?=\t)|[a-zåäö]\)|\d{1,2}[.)](?=\s+[^\W\d_a-zåäö]))[\s\u00a0]+(?=\S)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BREAKS = " \t\n\r\f\u00a0\u2028"


@dataclass(frozen=True)
class Paragraph:
    """A run of text with what is marked in it; `marks` are its inline elements, `places` tell where parts stand."""

    text: str
    links: tuple[Link, ...] = ()
    strong: tuple[tuple[int, int], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    places: tuple[tuple[int, Place], ...] = ()

    @property
    def place(self) -> Place:
        """Where it begins."""
        return next((place for _, place in self.places if place != Place()), Place())

    @property
    def is_strong(self) -> bool:
        """Whether all its letters are bold."""
        bold = sum(sum(c.isalnum() for c in self.text[start:end]) for start, end in self.strong)
        return bold > 0 and bold == sum(c.isalnum() for c in self.text)


@dataclass
class Writer:
    """Gathers a paragraph; `collapse` makes one space of white space, as HTML has it."""

    collapse: bool = True
    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Link] = field(default_factory=list)
    strong: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)

    def write(self, text: str, place: Place | None = None, *, strong: bool = False) -> None:
        """Add text."""
        if self.collapse:
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
            if not self.parts or self.parts[-1][-1:] in (" ", "\n", ""):
                text = text.removeprefix(" ")
        if not text:
            return
        if place is not None:
            self.places.append((self.length, place))
        if strong:
            self.strong.append((self.length, self.length + len(text)))
        self.parts.append(text)
        self.length += len(text)

    def line(self) -> None:
        """End the line."""
        self.parts.append("\n")
        self.length += 1

    def block(self) -> None:
        """Begin a line, unless one has just begun."""
        if self.parts and self.parts[-1] != "\n":
            self.line()

    def take(self) -> Paragraph:
        """Return what was gathered, and begin anew."""
        made = Paragraph(
            "".join(self.parts), tuple(self.links), tuple(self.strong), tuple(self.marks), tuple(self.places)
        )
        self.parts, self.length, self.links, self.strong, self.marks, self.places = [], 0, [], [], [], []
        return part(made, 0, len(made.text))


def part(whole: Paragraph, start: int, end: int) -> Paragraph:
    """Return a part of a paragraph without white space around it."""
    text = whole.text
    while start < end and text[start] in _BREAKS:
        start += 1
    while end > start and text[end - 1] in _BREAKS:
        end -= 1

    def within(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start)

    links = tuple(
        Link(max(k.start, start) - start, min(k.end, end) - start, k.target)
        for k in whole.links
        if k.start < end and k.end > start
    )
    before = [(0, place) for at, place in whole.places if at <= start][-1:]
    after = [(at - start, place) for at, place in whole.places if start < at < end]
    return Paragraph(text[start:end], links, within(whole.strong), within(whole.marks), (*before, *after))


def lines(whole: Paragraph) -> list[Paragraph]:
    """Return the lines of a paragraph that hold text."""
    made, start = [], 0
    for text in whole.text.split("\n"):
        line = part(whole, start, start + len(text))
        if line.text:
            made.append(line)
        start += len(text) + 1
    return made


def label(line: Paragraph, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the label with which a line begins and where its value does: a colon tells, or the markup."""
    found = label_of(line.text, lexicon)
    if found and not (line.is_strong and not lexicon.field_of(found[0])):
        return found
    for start, end in sorted((*line.marks, *line.strong)):
        name = line.text[:end].strip(" :\u00a0")
        value = end + len(line.text[end:]) - len(line.text[end:].lstrip(" :–—-\u00a0\t"))
        if start == 0 and 0 < len(name) <= _LABEL_LENGTH and value < len(line.text) and lexicon.field_of(name):
            return name, value
    return None


def pieces(whole: Paragraph, kind: Kind, level: int, lexicon: Lexicon, *, gap: bool = False) -> Iterator[Piece]:
    """Yield the pieces of a paragraph: one, or several where its lines are labelled or begin with typed bullets."""
    held = lines(whole)
    if not held:
        return
    if kind == "heading":
        joined = replace(held[0], text=" ".join(line.text for line in held)) if len(held) > 1 else held[0]
        yield Piece("heading", joined.text, joined.place, level, gap, joined.links, (), whole.is_strong)
        return
    for group in _groups(held, kind, lexicon):
        yield _piece(group, kind, level, lexicon, gap)
        gap = False
        if kind == "item":
            kind = "text"


def _groups(held: Sequence[Paragraph], kind: Kind, lexicon: Lexicon) -> Iterator[list[Paragraph]]:
    """Part the lines: a label or a bullet begins anew; so do lines that each tell a year."""
    labels = [label(line, lexicon) for line in held]
    labelled = [found is not None for found in labels]
    told = [found is not None and found[1] < len(line.text) for found, line in zip(labels, held, strict=True)]
    typed = [kind == "text" and _typed(line) is not None for line in held]
    dated = sum(bool(_YEAR.search(line.text)) for line in held)
    apart = kind == "text" and len(held) >= 3 and dated * 5 >= len(held) * 3
    group: list[Paragraph] = []
    for number, line in enumerate(held):
        after_label = number > 0 and told[number - 1] and not typed[number]
        if group and (labelled[number] or typed[number] or after_label or apart):
            yield group
            group = []
        group.append(line)
    yield group


def _typed(line: Paragraph) -> re.Match[str] | None:
    found = _TYPED.match(line.text)
    return None if found and found[0][0].isdigit() and line.is_strong else found


def _piece(group: Sequence[Paragraph], kind: Kind, level: int, lexicon: Lexicon, gap: bool) -> Piece:
    first = group[0]
    typed = _typed(first) if kind == "text" else None
    if typed:
        kind, level = "item", 1 if first.text[0] == "o" else 0
        group = [part(first, typed.end(), len(first.text)), *group[1:]]
        first = group[0]
    text, links, fields = joined(group)
    found = label(first, lexicon)
    if found and found[1] < len(text):
        start = found[1] + len(text[found[1] :]) - len(text[found[1] :].lstrip())
        fields = (Field(found[0], start, len(text)),)
        meant = lexicon.field_of(found[0])
        gap = gap and (kind == "item" or meant in ("", "title", "contact", "updated"))
    strong = all(line.is_strong for line in group)
    return Piece(kind, text, first.place, level, gap, links, fields, strong)


def joined(group: Sequence[Paragraph]) -> tuple[str, tuple[Link, ...], tuple[Field, ...]]:
    """Join lines that were ended on purpose, each a part without a label."""
    links: list[Link] = []
    fields: list[Field] = []
    start = 0
    for line in group:
        links += [Link(link.start + start, link.end + start, link.target) for link in line.links]
        fields.append(Field("", start, start + len(line.text)))
        start += len(line.text) + 1
    return "\n".join(line.text for line in group), tuple(links), tuple(fields) if len(group) > 1 else ()


def extended(piece: Piece, text: str, links: Sequence[Link] = ()) -> Piece:
    """Return a labelled piece whose value goes on with another line."""
    start = len(piece.text) + 1
    moved = tuple(Link(link.start + start, link.end + start, link.target) for link in links)
    whole = f"{piece.text}\n{text}"
    fields = tuple(replace(one, end=len(whole)) if one is piece.fields[-1] else one for one in piece.fields)
    return replace(piece, text=whole, fields=fields, links=piece.links + moved)


def married(made: Sequence[Piece], lexicon: Lexicon) -> Iterator[Piece]:
    """Yield the pieces, where a label stands alone with the label and the text below it as one.

    A heading is such a label only below another heading.
    """
    above = 0
    held: Piece | None = None
    for piece in made:
        if held is not None:
            value = piece.kind == "text" and not _has_labels(piece) and not _is_bare(piece, lexicon, above)
            yield _marry(held, piece) if value else held
            above = above if value else (held.level if held.kind == "heading" else above)
            held = None
            if value:
                continue
        if _is_bare(piece, lexicon, above):
            held = piece
            continue
        above = piece.level if piece.kind == "heading" else above
        yield piece
    if held is not None:
        yield held


def _has_labels(piece: Piece) -> bool:
    return any(field.label for field in piece.fields)


def _is_bare(piece: Piece, lexicon: Lexicon, above: int) -> bool:
    """Tell whether a piece is nothing but a label."""
    if piece.fields or len(piece.text) > _LABEL_LENGTH or lexicon.field_of(piece.text) in ("", "title"):
        return False
    return piece.kind == "text" or (piece.kind == "heading" and 0 < above < piece.level)


def _marry(name: Piece, value: Piece) -> Piece:
    start = len(name.text) + 1
    links = name.links + tuple(Link(k.start + start, k.end + start, k.target) for k in value.links)
    text = f"{name.text}\n{value.text}"
    fields = (Field(name.text.strip(" :"), start, len(text)),)
    return Piece("text", text, name.place, 0, False, links, fields)
