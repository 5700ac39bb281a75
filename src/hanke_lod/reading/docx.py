"""Word documents → pieces: tracked changes taken as accepted, each text once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Link, Place, Remark
from hanke_lod.reading import paragraphs
from hanke_lod.reading.archives import Archive, open_archive
from hanke_lod.reading.paragraphs import Paragraph, Writer
from hanke_lod.reading.pieces import Piece, Told
from hanke_lod.reading.tables import Cell, table_pieces
from hanke_lod.reading.word_styles import Look, Styles, W, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_GONE = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "sdtPr", "trPr", "tcPr")
)
_LINK = re.compile(r'HYPERLINK\s+"(https?://[^"]+)"', re.IGNORECASE)
_WIDEST = 100
_LAYOUT_PARAGRAPHS = 15


def pieces(data: bytes, where: str) -> list[Told]:
    """Return the pieces of a Word document, and remarks on changes not yet accepted and on hidden text.

    Raises:
        DocumentError: it is no Word document, or damaged, protected by a password, or far too large.
    """
    archive = open_archive(data, "Word", "docx", where)
    styles = Styles(archive.xml("word/styles.xml"), archive.xml("word/numbering.xml"))
    reader = _Reader(styles, _targets(archive, "document"))
    document = archive.xml("word/document.xml")
    if document is not None:
        reader.body(document)
    for part in ("footnotes", "endnotes"):
        notes = archive.xml(f"word/{part}.xml")
        for note in notes if notes is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                reader.gap = True
                reader.body(note)
    told: Iterable[Remark] = () if document is None else _remarks(document)
    return [*told, *paragraphs.married(reader.made, reader.lexicon)]


def _remarks(document: etree._Element) -> Iterator[Remark]:
    changes = [
        change for name in ("ins", "del", "moveFrom", "moveTo") for change in document.iter(f"{W}{name}")
        if "".join(change.itertext()).strip()
    ]  # fmt: skip
    if changes:
        yield Remark("changes-accepted", facts=(("count", str(len(changes))),))
    hidden = [
        "".join(run.itertext(f"{W}t")) for run in document.iter(f"{W}r") if _is_hidden(run.find(f"{W}rPr"))
    ]  # fmt: skip
    if any(map(str.strip, hidden)):
        yield Remark("text-hidden", facts=(("written", " ".join("".join(hidden).split())),))


def _is_hidden(properties: etree._Element | None) -> bool:
    vanished = properties.find(f"{W}vanish") if properties is not None else None
    return vanished is not None and vanished.get(f"{W}val") not in ("0", "false")


def _targets(archive: Archive, part: str) -> dict[str, str]:
    """Return the web addresses that a part's links lead to."""
    relations = archive.xml(f"word/_rels/{part}.xml.rels")
    found = (
        {one.get("Id", ""): one.get("Target", "") for one in relations if relations is not None}
        if relations is not None
        else {}
    )
    return {key: target for key, target in found.items() if re.match(r"https?://\S", target)}


@dataclass
class _Field:
    """A field under way: where its result begins, and its web address, if it is a link."""

    instruction: str = ""
    start: int | None = None


@dataclass
class _Reader:
    """Goes through the document once."""

    styles: Styles
    targets: dict[str, str]
    lexicon: Lexicon = field(default_factory=Lexicon.bundled)
    made: list[Piece] = field(default_factory=list)
    gap: bool = True
    _writer: Writer = field(default_factory=lambda: Writer(collapse=False))
    _boxes: list[etree._Element] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _strong: bool = False
    _level: int = 0
    _number: int = 0
    _spaced: bool | None = None

    def body(self, parent: etree._Element) -> None:
        """Take the paragraphs and tables in order."""
        if self._spaced is None:
            empty = [not "".join(block.itertext()).strip() for block in _blocks(parent) if block.tag == f"{W}p"]
            self._spaced = any(empty[1:-1])
        for block in _blocks(parent):
            if block.tag == f"{W}p":
                self._paragraph(block)
            else:
                self._table(block)

    # ── paragraphs ──────────────────────────────────────────────────────────────────────────────────────────

    def _paragraph(self, element: etree._Element) -> None:
        look, whole = self._read(element)
        if look is None:
            return
        boxes, self._boxes = self._boxes, []
        if not whole.text:
            self.gap = True
        elif not look.contents:
            self._add(look, whole)
        for box in boxes:
            self.gap = True
            self.body(box)

    def _add(self, look: Look, whole: Paragraph) -> None:
        kind: paragraphs.Kind = "heading" if look.heading else "item" if look.item is not None else "text"
        level = look.heading or look.item or 0
        gap = self.gap or (not self._spaced and kind == "text")
        if kind == "heading":
            self._level = level
        self.made += paragraphs.pieces(whole, kind, level, self.lexicon, gap=gap)
        self.gap = False

    def _read(self, element: etree._Element) -> tuple[Look | None, Paragraph]:
        """Return how a paragraph looks and its text; None where its end is deleted: it runs on into the next."""
        self._number += 1
        properties = element.find(f"{W}pPr")
        look = self.styles.look(properties)
        self._strong = look.strong
        self._writer.places.append((self._writer.length, Place(cell=f"¶{self._number}")))
        self._inside(element)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            return None, Paragraph("")
        return look, self._writer.take()

    def _inside(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if not isinstance(tag, str) or tag in _GONE or tag == f"{_MC}Fallback":
                continue
            if tag == f"{W}r":
                self._run(child)
            elif tag == f"{W}hyperlink":
                self._linked(child, self.targets.get(child.get(f"{_R}id", ""), ""))
            elif tag == f"{W}fldSimple":
                found = _LINK.search(child.get(f"{W}instr", ""))
                self._linked(child, found[1] if found else "")
            elif tag == f"{W}txbxContent":
                self._boxes.append(child)
            else:
                self._inside(child)

    def _linked(self, element: etree._Element, target: str) -> None:
        start = self._writer.length
        self._inside(element)
        if target and self._writer.length > start:
            self._writer.links.append(Link(start, self._writer.length, target))

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        if _is_hidden(properties):
            return
        strong = self.styles.strong(properties)
        for child in run:
            self._character(child, self._strong if strong is None else strong)

    def _character(self, element: etree._Element, strong: bool) -> None:
        name = element.tag.removeprefix(W) if isinstance(element.tag, str) else ""
        if name == "t":
            self._writer.write(element.text or "", strong=strong)
        elif name in ("br", "cr"):
            self._writer.line()
        elif name in ("tab", "ptab"):
            self._writer.write("\t")
        elif name in ("noBreakHyphen", "softHyphen"):
            self._writer.write("\u2011" if name == "noBreakHyphen" else "\u00ad")
        elif name == "sym" and re.fullmatch(r"[0-9A-Fa-f]{4}", element.get(f"{W}char", "")):
            self._writer.write(chr(int(element.get(f"{W}char", ""), 16)))
        elif name == "fldChar":
            self._field(element.get(f"{W}fldCharType", ""))
        elif name == "instrText" and self._fields:
            self._fields[-1].instruction += element.text or ""
        elif name in ("drawing", "pict", "object") or element.tag == f"{_MC}AlternateContent":
            self._boxes += _boxes(element)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].start = self._writer.length
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            found = _LINK.search(ended.instruction)
            if found and ended.start is not None and self._writer.length > ended.start:
                self._writer.links.append(Link(ended.start, self._writer.length, found[1]))

    # ── tables ──────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in _children(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [cell for row in rows for cell in _children(row, "tc")]
        nested = any(cell.find(f".//{W}tbl") is not None for cell in cells)
        long = any(sum(1 for _ in cell.iter(f"{W}p")) > _LAYOUT_PARAGRAPHS for cell in cells)
        self.gap = True
        if nested or long or len(cells) == 1 or self._has_headings(cells):
            for cell in cells:
                self.gap = True
                self.body(cell)
        else:
            self.made += table_pieces(self._rows(rows), self._level)
        self.gap = True

    def _has_headings(self, cells: list[etree._Element]) -> bool:
        return any(self.styles.look(p.find(f"{W}pPr")).heading for cell in cells for p in cell.iter(f"{W}p"))

    def _rows(self, rows: list[etree._Element]) -> list[list[Cell]]:
        """Return the cells; a cell that is merged down is told once, with the number of its rows."""
        made: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(rows):
            header = row.find(f"{W}trPr/{W}tblHeader") is not None
            before = value(row.find(f"{W}trPr"), "gridBefore")
            column = min(int(before), _WIDEST) if before.isdigit() else 0
            cells: list[Cell] = [Cell("", Place())] * column
            for element in _children(row, "tc"):
                properties = element.find(f"{W}tcPr")
                told = value(properties, "gridSpan")
                span = min(int(told), _WIDEST) if told.isdigit() and len(told) < 10 and int(told) else 1
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                cell = self._cell(element, span, header)
                if merge is not None and merge.get(f"{W}val") != "restart" and column in open_cells:
                    at, place = open_cells[column]
                    made[at][place] = replace(made[at][place], rows=number - at + 1)
                else:
                    if merge is not None:
                        open_cells[column] = (number, len(cells))
                    else:
                        open_cells.pop(column, None)
                    cells.append(cell)
                column += span
            made.append(cells)
        return made

    def _cell(self, element: etree._Element, span: int, header: bool) -> Cell:
        held: list[Paragraph] = []
        for block in element.iter(f"{W}p"):
            look, whole = self._read(block)
            if look is not None and whole.text:
                held += paragraphs.lines(whole)
        self._boxes = []
        text, links, _ = paragraphs.joined(held)
        place = held[0].place if held else Place()
        strong = bool(held) and all(line.is_strong for line in held)
        return Cell(text, place, span, 1, header and bool(text), strong, links)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, also those in content controls and insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") is not None:
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if "Contents" not in (gallery.get(f"{W}val") or ""):
                yield from _blocks(child)
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag != f"{_MC}Fallback":
            yield from _blocks(child)


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield a table's rows or a row's cells, also those in content controls."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from _children(child, name)


def _boxes(element: etree._Element) -> list[etree._Element]:
    """Return the text boxes in a drawing; of two ways to say the same, the first is taken."""
    found = []
    for box in element.iter(f"{W}txbxContent"):
        if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors()):
            found.append(box)
    return found
