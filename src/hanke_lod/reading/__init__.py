"""Source document → entries; READERS has one row per kind of document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hanke_lod.errors import DocumentError
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Block, Document, Remark
from hanke_lod.reading import limited, text
from hanke_lod.reading.beginnings import is_empty, refuse_others
from hanke_lod.reading.languages import detect
from hanke_lod.reading.pieces import Piece, Told
from hanke_lod.reading.structure import blocks

__all__ = ["READERS", "Reader", "read"]


@dataclass(frozen=True)
class Reader:
    """How one kind of document is read: its suffixes, media type, and the function from bytes to pieces and remarks."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    media_type: str
    pieces: Callable[[bytes, str], Sequence[Told]]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_SHEET = f"{_OFFICE}.spreadsheetml.sheet"
_ODF = "application/vnd.oasis.opendocument"
#: A page or a text smaller than this cannot keep its parser busy for long.
_SMALL = 200_000

READERS: tuple[Reader, ...] = (
    Reader("text", "Plain text", ("txt", "text"), "text/plain", text.pieces),
    Reader("markdown", "Markdown", ("md", "markdown"), "text/markdown", limited.reader("markdown", "Markdown", _SMALL)),
    Reader("html", "HTML", ("html", "htm", "xhtml"), "text/html", limited.reader("html", "HTML", _SMALL)),
    Reader("csv", "CSV", ("csv",), "text/csv", limited.reader("delimited", "CSV", _SMALL)),
    Reader("tsv", "TSV", ("tsv", "tab"), "text/tab-separated-values", limited.reader("delimited", "TSV", _SMALL)),
    Reader("xlsx", "Excel", ("xlsx", "xlsm"), _SHEET, limited.reader("spreadsheets", "Excel")),
    Reader("ods", "ODS", ("ods",), f"{_ODF}.spreadsheet", limited.reader("ods", "ODS")),
    Reader("docx", "Word", ("docx", "docm"), f"{_OFFICE}.wordprocessingml.document", limited.reader("docx", "Word")),
    Reader("pdf", "PDF", ("pdf",), "application/pdf", limited.reader("pdf", "PDF")),
)  # fmt: skip


def read(path: Path, name: str = "", language: str = "", lexicon: Lexicon | None = None) -> Document:
    """Read a document; `name` is what it is called in places and remarks, `language` is detected if not given.

    `lexicon` knows the labels of lists; the bundled one if it is not given.

    Raises:
        DocumentError: the file is missing, empty, of an unknown kind, or cannot be read as what it claims to be.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError("document-missing", where=str(path)) from error
    except OSError as error:
        raise DocumentError("file-unreadable", where=str(path), reason=error.strerror or str(error)) from error
    suffix = path.suffix.lower().lstrip(".")
    reader = next((row for row in READERS if suffix in row.suffixes), None)
    if reader is None:
        known = ", ".join(f".{row.suffixes[0]}" for row in READERS)
        raise DocumentError("document-unknown", where=str(path), suffix=path.suffix or "–", known=known)
    if is_empty(data):
        raise DocumentError("document-empty", where=str(path))
    is_text = reader.media_type.startswith("text/")
    refuse_others(data, reader.label, suffix, is_text=is_text, where=str(path))
    told = reader.pieces(data, str(path))
    found = blocks([one for one in told if isinstance(one, Piece)], lexicon or Lexicon.bundled())
    if not found:
        raise DocumentError("document-without-projects", where=str(path))
    spoken = language or detect(" ".join(block.text for block in found))
    digest = hashlib.sha256(data).hexdigest()
    name = name or path.name
    remarks = [*(one for one in told if isinstance(one, Remark)), *_unreadable(found)]
    of_document = tuple(replace(remark, document=name) for remark in remarks)
    return Document(name, reader.media_type, digest, spoken, tuple(found), of_document)


def _unreadable(found: Sequence[Block]) -> Iterator[Remark]:
    """Yield a remark for each block with letters that the document's encoding does not tell."""
    for block in found:
        if "\ufffd" in block.text:
            yield Remark("text-unreadable", block.place, facts=(("written", " ".join(block.text.split())),))
