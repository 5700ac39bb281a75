"""What a Word document's styles and numbering say of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|otsikko|rubrik)\s?([1-9])", re.IGNORECASE)
_FALSE = ("0", "false", "off")
_DEEPEST = 20


@dataclass(frozen=True)
class Look:
    """How a paragraph looks: a heading's level or 0, an item's depth or None, bold, part of a table of contents."""

    heading: int = 0
    item: int | None = None
    strong: bool = False
    contents: bool = False


class Styles:
    """The styles of a document, by id; names are compared, since ids are in the language of whoever made them."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        found = styles.iterfind(f"{W}style") if styles is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._default = next(
            (
                key
                for key, style in self._styles.items()
                if style.get(f"{W}default") and style.get(f"{W}type") == "paragraph"
            ),
            "",
        )
        self._unnumbered = _unnumbered(numbering)

    def look(self, properties: etree._Element | None) -> Look:
        """Return how a paragraph with these properties looks."""
        chain = self._chain(value(properties, "pStyle") or self._default)
        names = [value(style, "name") for style in chain]
        item = self._item([properties, *(style.find(f"{W}pPr") for style in chain)])
        strong = next((told for style in chain if (told := bold(style.find(f"{W}rPr"))) is not None), False)
        contents = any(re.match(r"toc\b|sisluet|innehåll", name, re.IGNORECASE) for name in names[:1])
        return Look(self._heading(properties, chain, names), item, strong, contents)

    def strong(self, properties: etree._Element | None) -> bool | None:
        """Return whether a run with these properties is bold, or None where they do not say."""
        own = bold(properties)
        if own is not None:
            return own
        chain = self._chain(value(properties, "rStyle"))
        return next((told for style in chain if (told := bold(style.find(f"{W}rPr"))) is not None), None)

    def _heading(self, properties: etree._Element | None, chain: list[etree._Element], names: list[str]) -> int:
        own = value(properties, "outlineLvl")
        if own:
            return int(own) + 1 if own.isdigit() and int(own) < 9 else 0
        for name, style in zip(names, chain, strict=True):
            found = _HEADING.fullmatch(name)
            if found:
                return int(found[1])
            if name.lower() in ("title", "otsikko", "rubrik"):
                return 1
            level = value(style.find(f"{W}pPr"), "outlineLvl")
            if level:
                return int(level) + 1 if level.isdigit() and int(level) < 9 else 0
        return 0

    def _item(self, properties: list[etree._Element | None]) -> int | None:
        """Return an item's depth: the numbering is the paragraph's own or its style's."""
        number, level = "", ""
        for one in properties:
            numbered = one.find(f"{W}numPr") if one is not None else None
            if numbered is not None:
                number = number or value(numbered, "numId")
                level = level or value(numbered, "ilvl")
        if not number or number == "0" or (number, level or "0") in self._unnumbered:
            return None
        return min(int(level), 8) if level.isdigit() else 0

    def _chain(self, key: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while key in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[key])
            key = value(chain[-1], "basedOn")
        return chain


def value(element: etree._Element | None, name: str) -> str:
    """Return the value of an element's property, or "" where it has none."""
    found = element.find(f"{W}{name}") if element is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def bold(properties: etree._Element | None) -> bool | None:
    """Return what run properties say about bold, or None."""
    found = properties.find(f"{W}b") if properties is not None else None
    return None if found is None else found.get(f"{W}val") not in _FALSE


def _unnumbered(numbering: etree._Element | None) -> frozenset[tuple[str, str]]:
    """Return the lists and levels that show neither bullet nor number."""
    if numbering is None:
        return frozenset()
    bare = {
        (abstract.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "0"))
        for abstract in numbering.iterfind(f"{W}abstractNum")
        for level in abstract.iterfind(f"{W}lvl")
        if value(level, "numFmt") == "none"
    }
    return frozenset(
        (number.get(f"{W}numId", ""), level)
        for number in numbering.iterfind(f"{W}num")
        for abstract, level in bare
        if value(number, "abstractNumId") == abstract
    )
