"""Documents that cannot be read get one line that says what to do; hostile ones end within their limits."""

from __future__ import annotations

import contextlib
import gzip
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.reading.test_pdf import document, lines

from hanke_lod.errors import DocumentError
from hanke_lod.model import Field, Link, Place
from hanke_lod.reading import READERS, limited, read
from hanke_lod.reading.pieces import Piece
from hanke_lod.texts import LANGUAGES, say

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def docx(body: str, before: str = "") -> bytes:
    """Return a Word document with this body."""
    return packed({"word/document.xml": f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"})


def xlsx(*rows: list[object], merged: str = "", far: bool = False) -> bytes:
    """Return a workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if far:
        book.active["XFD1048576"] = "x"
    held = io.BytesIO()
    book.save(held)
    if not merged:
        return held.getvalue()
    old = zipfile.ZipFile(held)
    cells = f'</sheetData><mergeCells><mergeCell ref="{merged}"/></mergeCells>'.encode()
    return packed({name: old.read(name).replace(b"</sheetData>", cells) for name in old.namelist()})


def refused(folder: Path, name: str, data: bytes) -> DocumentError:
    """Read a document that must be refused, and return why."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as error:
        read(path)
    for language in LANGUAGES:
        assert "\n" not in say(error.value.text, language, **error.value.facts)
    return error.value


def locked_pdf() -> bytes:
    """Return a PDF that opens with a password only."""
    catalogue = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj "
    secret = b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>endobj " % (b"0a" * 32, b"0b" * 32)
    trailer = b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<%s><%s>]>>\n%%%%EOF" % (b"00" * 16, b"00" * 16)
    return b"%PDF-1.4\n" + catalogue + secret + trailer


LOCK = '<manifest:manifest xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>'
TEXT = "<w:p><w:r><w:t>Silta 2022</w:t></w:r></w:p>"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("empty.csv", b" \n", "document-empty"),
        ("empty.docx", b"", "document-empty"),
        ("empty.xlsx", xlsx(), "document-without-projects"),
        ("binary.md", bytes(range(256)), "document-binary"),
        ("binary.html", bytes(range(256)), "document-binary"),
        ("cut.docx", docx(TEXT)[:-40], "document-damaged"),
        ("cut.xlsx", xlsx(["Hanke"])[:2000], "document-damaged"),
        ("cut.ods", b"PK\x03\x04", "document-damaged"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj", "document-damaged"),
        ("header.xlsx", xlsx(["Hanke", "Aika"]), "document-without-projects"),
        ("header.csv", b"Hanke;Aika\n", "document-without-projects"),
        ("delimiters.csv", b";;\n;;\n", "document-without-projects"),
        ("blank.docx", docx("<w:p/>"), "document-without-projects"),
        ("menu.html", b"<body><nav>Etusivu</nav></body>", "document-without-projects"),
        ("locked.pdf", locked_pdf(), "document-password"),
        ("locked.ods", packed({"content.xml": "x", "META-INF/manifest.xml": LOCK}), "document-password"),
        ("numbers.xlsx", xlsx([1, 2022], [2, 2023]), "document-no-header"),
        ("numbers.tsv", b"1\t2022\n2\t2023\n", "document-no-header"),
        ("other.xlsx", packed({"a.txt": "x"}), "document-damaged"),
        ("pdf.docx", b"%PDF-1.4\n%x", "document-wrong-suffix"),
        ("excel.docx", xlsx(["Hanke"]), "document-wrong-suffix"),
        ("word.ods", docx(TEXT), "document-wrong-suffix"),
        ("page.xlsx", b"<html><table><tr><td>Hanke</table>", "document-wrong-suffix"),
        ("page.txt", b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>", "document-wrong-suffix"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "document-password"),
        ("old.docx", OLE, "document-old-office"),
        ("old.xlsx", OLE, "document-old-office"),
        ("entities.docx", docx("<w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p>", ENTITIES), "document-damaged"),
        ("deep.docx", docx("<w:sdt><w:sdtContent>" * 400 + TEXT + "</w:sdtContent></w:sdt>" * 400), "document-damaged"),
        ("bomb.docx", packed({"word/document.xml": bytes(250_000_000)}), "document-too-large"),
        ("far.xlsx", xlsx(["Hanke"], far=True), "document-too-large"),
        ("numbers.csv", b"1;2022\n2;2023\n", "document-no-header"),
        ("quote.csv", b'Hanke;Aika\n"Silta;2022\n', "document-open-quote"),
        ("list.odt", b"x", "document-unknown"),
        ("list", b"x", "document-unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_bad_document_is_refused_with_what_to_do(tmp_path: Path, name: str, data: bytes, text: str) -> None:
    error = refused(tmp_path, name, data)

    assert text == error.text
    assert error.where.startswith(str(tmp_path / name))


#: One small list in each kind of document; what is none of the kind may not be read as it.
LISTS: dict[str, bytes] = {
    "txt": "Hankkeet\n\n• Silta 2022\n• Tie 2023\n".encode(),
    "md": b"# Hankkeet\n\n- Silta 2022\n- Tie 2023\n",
    "html": b"<!doctype html><h1>Hankkeet</h1><ul><li>Silta 2022<li>Tie 2023</ul>",
    "csv": b"Hanke;Aika\nSilta;2022\nTie;2023\n",
    "tsv": b"Hanke\tAika\nSilta\t2022\nTie\t2023\n",
    "xlsx": xlsx(["Hanke", "Aika"], ["Silta", "2022"], ["Tie", "2023"]),
    "docx": docx(TEXT),
    "pdf": document([lines("Hankkeet", "", "- Silta 2022", "- Tie 2023")]),
}
TEXTS = ("txt", "md", "csv", "tsv")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@pytest.mark.parametrize("suffix", [*LISTS, "ods"])
@pytest.mark.parametrize("other", LISTS)
def test_a_document_under_another_s_suffix_is_named(tmp_path: Path, suffix: str, other: str) -> None:
    if suffix == other or (suffix in (*TEXTS, "html") and other in TEXTS):
        return  # texts are read as what their name says

    error = refused(tmp_path, f"lista.{suffix}", LISTS[other])

    assert ("document-is-text" if other in TEXTS else "document-wrong-suffix") == error.text
    assert error.facts.get("suffix", other) == other


@pytest.mark.parametrize("suffix", [*LISTS, "ods"])
@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"", {"document-empty"}),
        (b"\xef\xbb\xbf\r\n\t", {"document-empty"}),
        (PICTURE, {"document-binary", "document-damaged"}),
        (gzip.compress(PICTURE), {"document-binary", "document-damaged"}),
        (OLE, {"document-old-office"}),
        (OLE + "EncryptedPackage".encode("utf-16-le"), {"document-password"}),
        (b"{\\rtf1\\ansi Silta 2022}", {"document-wrong-suffix"}),
    ],
    ids=["empty", "blank", "picture", "compressed", "old office", "encrypted", "rtf"],
)
def test_what_is_no_list_is_refused_under_every_suffix(
    tmp_path: Path, suffix: str, data: bytes, texts: set[str]
) -> None:
    assert refused(tmp_path, f"lista.{suffix}", data).text in texts


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "pdf"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_document_is_damaged(tmp_path: Path, suffix: str, share: float) -> None:
    data = LISTS[suffix]

    assert "document-damaged" == refused(tmp_path, f"lista.{suffix}", data[: int(len(data) * share)]).text


def test_a_scan_is_refused_by_its_page(tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    parts = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page)
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, start=1))

    error = refused(tmp_path, "scan.pdf", b"%PDF-1.4\n" + body + b"trailer<</Size 4/Root 1 0 R>>\n%%EOF")

    assert ("document-scanned", f"{tmp_path / 'scan.pdf'}, page 1") == (error.text, error.where)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("merged.xlsx", lambda: xlsx(["Hanke", "Aika"], merged="A2:XFD1048576")),
        ("lists.html", lambda: b"<ul><li>" * 60_000),
        ("bullets.md", lambda: b"- \n" * 1_000_000),
    ],
)
def test_a_hostile_document_ends_in_time(
    tmp_path: Path, name: str, make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited, "SECONDS", 3)
    before = time.monotonic()
    error = refused(tmp_path, name, make())

    assert "document-too-large" == error.text
    assert time.monotonic() - before < limited.SECONDS + 3


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("comments.html", b"<p>Silta 2022</p>" + b"<!--" * 50_000 + b"<" * 90_000),
        ("scripts.html", b"<p>Silta 2022</p>" + b"<script>" * 20_000),
        (
            "spans.html",
            b"<table><tr><th>Hanke<th>Aika<tr><td colspan=1000 rowspan=65000>x<td>y" + b"<tr><td>a<td>b" * 500,
        ),
        ("brackets.md", b"[" * 50_000),
        ("stars.md", b"*a " * 30_000),
        ("digits.csv", b"Hanke;Aika\n" + b"1.1.2022-" * 20_000 + b";2022\n"),
        ("columns.csv", b";" * 190_000),
    ],
)
def test_an_odd_document_is_read_or_refused_at_once(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    reader = next(row for row in READERS if name.endswith(row.suffixes))

    before = time.monotonic()
    with contextlib.suppress(DocumentError):
        reader.pieces(data, name)
    assert time.monotonic() - before < 5


# ── the child process ───────────────────────────────────────────────────────────────────────────────────────

ALL = Piece(
    "row",
    "Silta\ud800 ä\t2022",
    Place(3, 4, "x!A1"),
    2,
    True,
    (Link(0, 5, "https://a.fi"),),
    (Field("Hanke", 0, 5),),
    True,
)


@pytest.mark.parametrize("forks", [True, False], ids=["a copy", "a new Python"])
def test_a_document_reads_the_same_in_a_child(forks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "_may_fork", lambda: forks)
    reader = next(row for row in READERS if row.name == "docx")

    made = reader.pieces(docx(TEXT), "x.docx")

    assert [Piece("text", "Silta 2022", Place(cell="¶1"), gap=True)] == made


@pytest.mark.parametrize("forks", [True, False], ids=["a copy", "a new Python"])
def test_an_error_in_a_child_is_the_same_error(forks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "_may_fork", lambda: forks)
    reader = next(row for row in READERS if row.name == "xlsx")

    with pytest.raises(DocumentError) as error:
        reader.pieces(docx(TEXT), "x.xlsx")

    assert ("document-wrong-suffix", "x.xlsx", "docx") == (
        error.value.text,
        error.value.where,
        error.value.facts["suffix"],
    )


def test_pieces_come_out_of_a_child_as_they_were() -> None:
    said = limited.answer(lambda data, where: [ALL], b"", "x")

    assert [ALL] == limited.received(said, "Word", "x")


def test_whatever_a_library_says_is_a_damaged_document() -> None:
    def fails(data: bytes, where: str) -> list[Piece]:
        raise AttributeError("chart")

    with pytest.raises(DocumentError) as error:
        limited.received(limited.answer(fails, b"", "x"), "Excel", "x")

    assert "document-damaged" == error.value.text


@pytest.mark.parametrize("failure", [MemoryError, RecursionError])
def test_a_child_without_room_says_nothing(failure: type[Exception]) -> None:
    def fails(data: bytes, where: str) -> list[Piece]:
        raise failure

    assert b"" == limited.answer(fails, b"", "x")
