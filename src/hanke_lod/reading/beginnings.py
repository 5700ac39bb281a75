"""What a file is by how it begins, whatever its name says."""

from __future__ import annotations

import re

from hanke_lod.errors import DocumentError
from hanke_lod.reading.encodings import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAMPLE = 4096
#: How it begins, what that is, and the suffixes it may have. What an archive holds, stands in it by name.
_KINDS = (
    (re.compile(rb"%PDF-"), "PDF", ("pdf",)),
    (re.compile(rb"\{\\rtf"), "RTF", ("rtf",)),
    (re.compile(rb"(?:<\?xml[^<>]*>\s*)?<(?:!doctype\s+)?html\b", re.IGNORECASE), "HTML", ("html", "htm", "xhtml")),
)
_ARCHIVE = b"PK\x03\x04"
_ARCHIVES = (
    (b"word/document.xml", "Word", "docx"),
    (b"xl/workbook.xml", "Excel", "xlsx"),
    (b"opendocument.spreadsheet", "ODS", "ods"),
    (b"opendocument.text", "ODT", "odt"),
)
#: Byte order marks and white space.
_NOTHING = b"\xef\xbb\xbf\xff\xfe \t\r\n\f\v"


def is_empty(data: bytes) -> bool:
    """Tell whether a file holds nothing but white space."""
    return not data.strip(_NOTHING)


def refuse_others(data: bytes, kind: str, suffix: str, *, is_text: bool, where: str) -> None:
    """Refuse what is plainly of another kind than its suffix says; `is_text` tells whether that one is text.

    What an archive holds is asked only of those that should be none: Office files are opened with care elsewhere.

    Raises:
        DocumentError: a file of another kind, one protected by a password, or text where there should be none.
    """
    if data.startswith(_OLE):
        raise DocumentError("document-password" if _ENCRYPTED in data else "document-old-office", where=where)
    start = data[:_SAMPLE].lstrip(_NOTHING)
    for beginning, found, suffixes in _KINDS:
        if beginning.match(start):
            if suffix not in suffixes:
                raise _wrong(where, kind, found, suffixes[0])
            return
    if data.startswith(_ARCHIVE):
        for name, found, right in _ARCHIVES if is_text or suffix == "pdf" else ():
            if name in data:
                raise _wrong(where, kind, found, right)
    elif not is_text and b"%PDF-" not in data[:1024] and decode(data[:_SAMPLE]) is not None:
        raise DocumentError("document-is-text", where=where, kind=kind)


def _wrong(where: str, kind: str, found: str, suffix: str) -> DocumentError:
    return DocumentError("document-wrong-suffix", where=where, kind=kind, found=found, suffix=suffix)
