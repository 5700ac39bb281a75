"""Bytes → text: which encoding a document of unknown origin is in."""

from __future__ import annotations

import codecs

from hanke_lod.errors import DocumentError

#: UTF-32 before UTF-16: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


#: Control characters that no text has and no XML can hold → the replacement character.
_CONTROLS = dict.fromkeys((*range(0x09), *range(0x0E, 0x1C), 0x1F, 0x7F, 0xFFFE, 0xFFFF), "\ufffd")


def decode(data: bytes) -> str | None:
    """Return the text, or None for what is no text.

    Tried in this order: a byte order mark; NUL bytes on one side (UTF-16 without a mark); strict UTF-8; Windows-1252,
    with ISO-8859-1 for its five holes.
    """
    text = _decoded(data)
    return None if text is None or _is_binary(text) else text.translate(_CONTROLS)


def text_of(data: bytes, where: str) -> str:
    """Return the text of a document.

    Raises:
        DocumentError: the bytes are no text.
    """
    text = decode(data)
    if text is None:
        raise DocumentError("document-binary", where=where)
    return text


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    sample = data[:4096]
    if b"\x00" in sample:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > len(sample) / 4 and even < odd / 8:
            return _strictly(data, "utf-16-le")
        if even > len(sample) / 4 and odd < even / 8:
            return _strictly(data, "utf-16-be")
        return None
    text = _strictly(data, "utf-8")
    if text is None:
        text = (
            "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)
            if _has_hole(data)
            else data.decode("cp1252")
        )
    return text


_HOLES = frozenset(b"\x81\x8d\x8f\x90\x9d")


def _has_hole(data: bytes) -> bool:
    return not _HOLES.isdisjoint(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_binary(text: str) -> bool:
    """Tell whether control characters that no text has stand in it."""
    sample = text[:65536]
    odd = sum((c < " " and c not in "\t\n\r\f\x0b\x1f\x1e") or ("\x7f" <= c < "\xa0" and c != "\x85") for c in sample)
    return odd > len(sample) / 100
