"""A document is read by its kind; what cannot be read is told in one line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hanke_lod import texts
from hanke_lod.errors import DocumentError
from hanke_lod.reading import READERS, Reader, read
from hanke_lod.reading.languages import detect
from hanke_lod.texts import LANGUAGES

LIST = "Tekninen toimiala\n\n • Siltahanke 2021–2022\n"


def refusal(path: Path) -> DocumentError:
    """Return the error that a document is refused with; it can be said in every language."""
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert all(texts.say(caught.value.text, language, **caught.value.facts) for language in LANGUAGES)
    return caught.value


@pytest.mark.parametrize("suffix", [suffix for row in READERS for suffix in row.suffixes if row.name == "text"])
def test_a_plain_text_is_read_by_its_suffix_in_any_case(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"lista.{suffix.upper()}"
    path.write_text(LIST, encoding="utf-8")

    document = read(path)

    assert ["Siltahanke 2021–2022"] == [entry.text for entry in document.entries]
    assert "text/plain" == document.media_type


@pytest.mark.parametrize("row", READERS, ids=lambda row: row.name)
def test_a_reader_s_suffixes_are_its_own(row: Reader) -> None:
    others = {suffix for other in READERS if other is not row for suffix in other.suffixes}

    assert not others & set(row.suffixes)
    assert all(suffix == suffix.lower().lstrip(".") for suffix in row.suffixes)


def test_a_document_has_the_checksum_of_its_bytes_and_a_name(tmp_path: Path) -> None:
    path = tmp_path / "lista.txt"
    path.write_bytes(LIST.encode("cp1252"))

    assert hashlib.sha256(path.read_bytes()).hexdigest() == read(path).sha256
    assert ("lista.txt", "muu") == (read(path).name, read(path, "muu").name)


def test_the_language_is_that_given_else_that_detected(tmp_path: Path) -> None:
    path = tmp_path / "lista.txt"
    path.write_text(LIST, encoding="utf-8")

    assert ("fi", "sv") == (read(path).language, read(path, language="sv").language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hankkeen toteuttaja on kaupunki ja rahoittaja Lapin liitto", "fi"),
        ("Projektet genomförs av kommunen och finansieras till år 2025", "sv"),
        ("The project is funded by the city and its partners", "en"),
        ("Åtgärder på Åland", "sv"),
        ("Koulutushankkeiden kehittäminen Kemissä", "fi"),
        ("123 456", "fi"),
        ("", "fi"),
    ],
    ids=["finnish", "swedish", "english", "letters", "endings", "numbers", "nothing"],
)
def test_a_language_is_told_by_words_letters_and_endings(text: str, language: str) -> None:
    assert language == detect(text)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("puuttuu.txt", None, "document-missing"),
        ("tyhja.txt", b"", "document-empty"),
        ("valkoinen.txt", b" \r\n\t\n", "document-empty"),
        ("vain-merkki.txt", b"\xef\xbb\xbf", "document-empty"),
        ("vain-utf-16-merkki.txt", b"\xff\xfe", "document-empty"),
        ("kuva.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "document-binary"),
        ("lista.xyz", LIST.encode(), "document-unknown"),
        ("lista", LIST.encode(), "document-unknown"),
        ("tyhja.xyz", b"", "document-unknown"),
    ],
    ids=[
        "missing",
        "empty",
        "blank",
        "mark-only",
        "utf-16-mark-only",
        "binary",
        "unknown",
        "no-suffix",
        "unknown-and-empty",
    ],
)
def test_what_cannot_be_read_is_told_with_its_name(tmp_path: Path, name: str, content: bytes | None, text: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    error = refusal(path)

    assert (text, str(path), 2) == (error.text, error.where, error.exit_code)


def test_a_folder_is_told_to_be_none(tmp_path: Path) -> None:
    assert "file-unreadable" == refusal(tmp_path).text


def test_an_unknown_kind_names_those_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "lista.xyz"
    path.write_text(LIST, encoding="utf-8")

    known = str(refusal(path).facts["known"])

    assert all(f".{row.suffixes[0]}" in known for row in READERS)
