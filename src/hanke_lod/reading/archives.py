"""Office files are ZIP archives of XML: opened with care."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from hanke_lod.errors import DocumentError

#: All parts together may not be larger than this, and no part more than this many times its packed size.
LARGEST = 200 * 1024 * 1024
#: What an archive is, by a part that only it has.
_PARTS = (("word/document.xml", "Word", "docx"), ("xl/workbook.xml", "Excel", "xlsx"))
_ODF = {
    "application/vnd.oasis.opendocument.spreadsheet": ("ODS", "ods"),
    "application/vnd.oasis.opendocument.text": ("ODT", "odt"),
}


class Archive:
    """A ZIP archive whose parts are XML."""

    def __init__(self, packed: zipfile.ZipFile, kind: str, where: str) -> None:
        self._packed = packed
        self._kind = kind
        self._where = where
        self._left = LARGEST

    def __contains__(self, name: str) -> bool:
        return name in self._packed.NameToInfo

    def names(self, folder: str) -> list[str]:
        """Return the names of the XML parts right in a folder."""
        return [name for name in self._packed.NameToInfo if re.fullmatch(rf"{re.escape(folder)}[^/]+\.xml", name)]

    def read(self, name: str) -> bytes:
        """Return a part, or b"" where there is none.

        Raises:
            DocumentError: the part is damaged, unpacks to more than all may, or declares a document type.
        """
        if name not in self:
            return b""
        try:
            with self._packed.open(name) as part:
                data = part.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise DocumentError("document-damaged", where=self._where, kind=self._kind) from error
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError("document-too-large", where=self._where)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return a part's root element, or None where there is no such part.

        Raises:
            DocumentError: the part is damaged, too large, or declares a document type, which no Office program does.
        """
        data = self.read(name)
        if not data:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise DocumentError("document-damaged", where=self._where, kind=self._kind) from error
        if root.getroottree().docinfo.doctype:
            raise DocumentError("document-damaged", where=self._where, kind=self._kind)
        return root


def open_archive(data: bytes, kind: str, suffix: str, where: str) -> Archive:
    """Return the archive that a file is expected to be.

    Raises:
        DocumentError: it is something else, protected by a password, cut off, or would unpack to far too much.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DocumentError("document-damaged", where=where, kind=kind) from error
    if sum(part.file_size for part in packed.infolist()) > LARGEST:
        raise DocumentError("document-too-large", where=where)
    if any(part.flag_bits & 1 for part in packed.infolist()):
        raise DocumentError("document-password", where=where)
    archive = Archive(packed, kind, where)
    found, right = _what(archive)
    if right and right != suffix:
        raise DocumentError("document-wrong-suffix", where=where, kind=kind, found=found, suffix=right)
    if not right:
        raise DocumentError("document-damaged", where=where, kind=kind)
    if right == "ods" and b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
        raise DocumentError("document-password", where=where)
    return archive


def _what(archive: Archive) -> tuple[str, str]:
    for part, name, suffix in _PARTS:
        if part in archive:
            return name, suffix
    told = archive.read("mimetype")[:100].decode("ascii", "replace").strip() if "mimetype" in archive else ""
    if told in _ODF:
        return _ODF[told]
    return ("ODS", "ods") if "content.xml" in archive else ("", "")
