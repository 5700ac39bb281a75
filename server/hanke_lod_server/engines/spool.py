"""The bounded place where a worker writes an answer: memory first, then a file; cut at the row limit."""

from __future__ import annotations

import os
import re

from hanke_lod_server.engines import TooBig, Unwritable
from hanke_lod_server.engines.limits import INLINE
from hanke_lod_server.engines.rows import RowFormat

#: What XML 1.0 cannot carry, not even escaped (https://www.w3.org/TR/xml/#charsets), as UTF-8.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class Enough(Exception):  # noqa: N818  # no error: it ends the writing
    """The row limit is reached."""


class Spool:
    """A file object to write an answer to.

    `file` is a descriptor open for writing, used from INLINE bytes on; `most` is the byte limit.
    """

    def __init__(
        self, file: int, most: int, rows: int = 0, form: RowFormat | None = None, *, xml: bool = False
    ) -> None:
        self._file = file
        self._most = most
        self._rows = rows
        self._form = form
        self._xml = xml
        self._held: list[bytes] = []
        self._tail = b""
        self._signs = 1  # the first row may have none
        self._look_at = 0
        self._is_cut = False
        self.size = 0
        self.spooled = False

    def write(self, data: bytes) -> int:
        """Take a piece of the answer.

        Raises:
            Enough: the answer holds all the rows that it may.
            TooBig: it has more bytes than it may.
            Unwritable: it has characters that XML cannot carry.
        """
        if self._xml and _NOT_XML.search(self._tail[-2:] + data):
            raise Unwritable("sparql-not-xml")
        if self._is_cut:
            raise Enough  # pyoxigraph's writer empties its buffer even after an error
        self._append(data)
        if self._form and self._may_be_enough(data, self._form) and self.cut():
            raise Enough
        if self.size > self._most:
            raise TooBig("sparql-too-big", limit=self._most)
        return len(data)

    def flush(self) -> None:
        """Do nothing: every write goes where it belongs."""

    def cut(self) -> bool:
        """Cut the answer if it holds more rows than it may, and tell whether it did."""
        form = self._form
        if form is None or self._signs <= self._rows or self._is_cut:
            return self._is_cut
        data = self.read()
        place = form.cut(data, self._rows)
        self._look_at = self.size + self.size // 4  # looking is linear in all that was written: seldom enough
        if place is None:
            return False
        self._replace(data[:place] + form.closing)
        self._is_cut = True
        return True

    def read(self) -> bytes:
        """Return all that was written."""
        if not self.spooled:
            return b"".join(self._held)
        parts, at = [], 0
        while at < self.size:
            part = os.pread(self._file, self.size - at, at)
            if not part:
                raise OSError("the spool is shorter than what was written to it")
            parts.append(part)
            at += len(part)
        return b"".join(parts)

    def _may_be_enough(self, data: bytes, form: RowFormat) -> bool:
        keep = max(len(form.sign) - 1, 2)
        seen = self._tail[len(self._tail) - len(form.sign) + 1 :] if len(form.sign) > 1 else b""
        self._signs += (seen + data).count(form.sign)
        self._tail = (self._tail + data)[-keep:] if len(data) < keep else data[-keep:]
        return self._signs > self._rows and self.size >= self._look_at

    def _append(self, data: bytes) -> None:
        self.size += len(data)
        if self.spooled:
            self._put(data)
            return
        self._held.append(data)
        if self.size > INLINE:
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            self.spooled = True
            for piece in self._held:
                self._put(piece)
            self._held.clear()

    def _replace(self, data: bytes) -> None:
        self.size, self.spooled, self._held = 0, False, []
        self._append(data)

    def _put(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._file, view) :]
