"""Bytes → text: every encoding that a Finnish office saves in, and what is no text at all."""

from __future__ import annotations

import codecs
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.reading.encodings import decode

LIST = "Hankkeet\n • Työtä Kemissä! 1.1.2020–31.12.2022\n • Åbo–Österbotten ”projekt”\n"
LETTERS = st.text(alphabet="abcåäöÅÄÖéüšž 0123456789.,-–’”•\n", min_size=4)


@pytest.mark.parametrize(
    "data",
    [
        LIST.encode(),
        codecs.BOM_UTF8 + LIST.encode(),
        codecs.BOM_UTF16_LE + LIST.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LIST.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + LIST.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + LIST.encode("utf-32-be"),
        LIST.encode("utf-16-le"),
        LIST.encode("utf-16-be"),
        LIST.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le-bom", "utf-16-be-bom", "utf-32-le-bom", "utf-32-be-bom",
         "utf-16-le", "utf-16-be", "cp1252"],
)  # fmt: skip
def test_a_list_is_read_in(data: bytes) -> None:
    assert LIST == decode(data)


def test_iso_8859_1_is_read_as_its_superset() -> None:
    assert "Työtä Kemissä" == decode("Työtä Kemissä".encode("iso-8859-1"))


def test_the_holes_of_windows_1252_are_read_as_iso_8859_1() -> None:
    assert "Silta – 2021 € \x81\x8d\x8f\x90\x9d" + "x" * 600 == decode(
        "Silta – 2021 € ".encode("cp1252") + b"\x81\x8d\x8f\x90\x9d" + b"x" * 600
    )


def test_utf_8_is_taken_strictly_so_that_one_wrong_byte_makes_it_windows_1252() -> None:
    assert "ä Ã¤ x" == decode(b"\xe4 \xc3\xa4 x")


@given(LETTERS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_is_read_back_from_utf_8_and_from_what_has_a_mark(text: str, encoding: str) -> None:
    assert text == decode(text.encode(encoding))


@given(st.text(alphabet="abcåäö 0123456789.,-\n", min_size=20), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_any_latin_text_is_read_back_from_utf_16_without_a_mark(text: str, encoding: str) -> None:
    assert text == decode(text.encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + zlib.compress(LIST.encode() * 50),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + zlib.compress(LIST.encode() * 50, 0)[:40] + bytes(range(256)) * 8,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
        bytes(range(256)) * 16,
        b"\x00" * 64,
        codecs.BOM_UTF16_LE + b"\x00",
        codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00",
        codecs.BOM_UTF8 + b"\xff",
        b"\x01\x02\x03\x04",
        codecs.BOM_UTF16_LE + "".join(map(chr, range(1, 32))).encode("utf-16-le") * 8,
    ],
    ids=[
        "png", "zip", "pdf", "ole", "every-byte", "zeros", "half-a-character", "lone-surrogate", "mark-before-no-utf-8",
        "controls", "mark-before-controls",
    ],
)  # fmt: skip
def test_what_is_no_text_is_none(data: bytes) -> None:
    assert decode(data) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_none(data: bytes) -> None:
    text = decode(data)

    assert text is None or isinstance(text.encode(), bytes)


def test_no_bytes_are_an_empty_text() -> None:
    assert "" == decode(b"")


def test_a_rare_control_character_does_not_make_a_list_binary() -> None:
    assert decode(LIST.encode() * 10 + b"\x02") is not None
