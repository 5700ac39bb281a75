"""What stands where on a PDF's pages: words with their boxes, gathered into lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

_HYPHENS = ("\x02", "\ufffe")
_BOLD = 600
#: Text that is smaller than this cannot be meant to be read.
_LEAST_SIZE = 1.5
_MOST_OBJECTS = 20_000


@dataclass(frozen=True)
class Word:
    """A word: its box in points from the page's lower left corner, its size, and whether it is bold; maybe a link."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    strong: bool = False
    target: str = ""


@dataclass(frozen=True)
class Row:
    """The words at one height of a page, from left to right."""

    words: tuple[Word, ...]
    page: int

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def size(self) -> float:
        """The size that most of its letters have."""
        return max(self.words, key=lambda word: len(word.text)).size

    @property
    def bottom(self) -> float:
        """The height of its base line."""
        return self.words[0].bottom

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def strong(self) -> bool:
        """Whether all of it is bold."""
        return all(word.strong for word in self.words)


@dataclass
class Sheet:
    """A page: its rows from top to bottom, the heights of its horizontal rules, and whether it is an image."""

    number: int
    height: float
    rows: list[Row] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    is_image: bool = False


def sheet(document: pypdfium2.PdfDocument, number: int) -> Sheet:
    """Return a page; its number counts from 1."""
    page = document[number - 1]
    width, height = page.get_size()
    made = Sheet(number, height)
    text = page.get_textpage()
    words = list(_words(text.raw, _links(page, document)))
    made.rows = list(_rows(words, number))
    made.rules, made.is_image = _drawn(page, width * height)
    text.close()
    page.close()
    return made


def _words(text: object, links: Sequence[tuple[float, float, float, float, str]]) -> Iterator[Word]:
    """Yield the words in the order in which they are drawn."""
    made: list[str] = []
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    box = [0.0, 0.0, 0.0, 0.0]
    size, strong = 0.0, False
    for number in range(pdfium.FPDFText_CountChars(text)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, number) or 32)
        if letter.isspace() and letter != "\u00a0":
            if made:
                yield _word(made, box, size, strong, links)
                made = []
            continue
        pdfium.FPDFText_GetCharBox(text, number, left, right, bottom, top)
        start, base = _origin(text, number, left.value, bottom.value)
        jumps = made and (
            abs(base - box[2]) > size * 0.5 or left.value < box[1] - size or left.value > box[1] + size * 0.8
        )
        if jumps:
            yield _word(made, box, size, strong, links)
            made = []
        if not made:
            size = _size(text, number)
            strong = _is_strong(text, number)
            box = [start, right.value, base, top.value]
        if size >= _LEAST_SIZE:
            made.append("-" if letter in _HYPHENS else letter)
            box[1] = max(box[1], right.value)
    if made:
        yield _word(made, box, size, strong, links)


def _word(
    letters: list[str],
    box: list[float],
    size: float,
    strong: bool,
    links: Sequence[tuple[float, float, float, float, str]],
) -> Word:
    middle, height = (box[0] + box[1]) / 2, box[2] + size / 3
    target = next((link[4] for link in links if link[0] <= middle <= link[2] and link[1] <= height <= link[3]), "")
    return Word("".join(letters), box[0], box[1], box[2], size, strong, target)


def _origin(text: object, number: int, left: float, bottom: float) -> tuple[float, float]:
    """Return where a letter is set down: letters of one margin and one line have that in common."""
    across, up = ctypes.c_double(), ctypes.c_double()
    found = pdfium.FPDFText_GetCharOrigin(text, number, across, up)
    return (across.value, up.value) if found else (left, bottom)


def _size(text: object, number: int) -> float:
    """Return the height of the letters as they are drawn: the font's size may be 1, scaled by the page."""
    matrix = pdfium.FS_MATRIX()
    size: float = pdfium.FPDFText_GetFontSize(text, number)
    if pdfium.FPDFText_GetMatrix(text, number, matrix):
        scale = (float(matrix.b) ** 2 + float(matrix.d) ** 2) ** 0.5
        return size * scale if scale else size
    return size


def _is_strong(text: object, number: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, number) >= _BOLD:
        return True
    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, number, name, 100, flags)
    return any(told in name.value.lower() for told in (b"bold", b"heavy", b"black"))


def _links(page: pypdfium2.PdfPage, document: pypdfium2.PdfDocument) -> list[tuple[float, float, float, float, str]]:
    """Return the page's links to the web: their boxes and addresses."""
    found: list[tuple[float, float, float, float, str]] = []
    position, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while len(found) < _MOST_OBJECTS and pdfium.FPDFLink_Enumerate(page.raw, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        length = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0) if action else 0
        if not 8 < length < 2000 or not pdfium.FPDFLink_GetAnnotRect(link, box):
            continue
        address = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(document.raw, action, address, length)
        target = address.value.decode("utf-8", "replace")
        if target.startswith(("http://", "https://")):
            found.append((box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top), target))
    return found


def _rows(words: Sequence[Word], page: int) -> Iterator[Row]:
    """Gather words of one height; a raised letter or a smaller word belongs to its line."""
    held: list[Word] = []
    for word in sorted(words, key=lambda word: (-word.bottom, word.left)):
        if held and held[0].bottom - word.bottom > 0.4 * max(held[0].size, word.size):
            yield Row(tuple(sorted(held, key=lambda word: word.left)), page)
            held = []
        held.append(word)
    if held:
        yield Row(tuple(sorted(held, key=lambda word: word.left)), page)


def _drawn(page: pypdfium2.PdfPage, area: float) -> tuple[list[tuple[float, float, float]], bool]:
    """Return the horizontal rules (height, left, right) and whether an image covers most of the page."""
    rules: list[tuple[float, float, float]] = []
    is_image = False
    for number, drawn in enumerate(page.get_objects(max_depth=3)):
        if number > _MOST_OBJECTS:
            break
        if drawn.type not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        left, bottom, right, top = drawn.get_bounds()
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            is_image = is_image or (right - left) * (top - bottom) > area * 0.5
        elif top - bottom <= 3 and right - left > 15:
            rules.append(((top + bottom) / 2, left, right))
        elif right - left > 15 and top - bottom > 8:
            rules += [(top, left, right), (bottom, left, right)]
    return rules, is_image
