"""What a reader leaves out or only guesses is remarked, with its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.reading.test_bad_documents import WORD, packed
from tests.reading.test_pdf import document, lines

from hanke_lod.errors import DocumentError
from hanke_lod.model import Place, Remark
from hanke_lod.reading import delimited, docx, limited, ods, pdf, read, spreadsheets
from hanke_lod.reading.hyphens import Words
from hanke_lod.reading.pdf_pages import refuse_scans
from hanke_lod.reading.pdf_text import Row, Sheet, Word
from hanke_lod.reading.pieces import Told
from hanke_lod.texts import LANGUAGES, say

Fill = Callable[[Workbook, Any], None]


def told(made: Sequence[Told]) -> list[tuple[str, str, dict[str, str]]]:
    """Return what each remark says and where; it can be said in every language."""
    remarks = [one for one in made if isinstance(one, Remark)]
    for remark in remarks:
        assert all(say(remark.text, language, **dict(remark.facts)) for language in LANGUAGES)
    return [(remark.text, remark.place.locator, dict(remark.facts)) for remark in remarks]


def workbook(fill: Fill) -> bytes:
    """Return a workbook of one project, changed by a function."""
    book = Workbook()
    for row in (["Hanke", "Alku", "Loppu"], ["Silta", 2022, 2023], ["Tie", 2023, 2024]):
        book.active.append(row)
    fill(book, book.active)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def formulas(book: Workbook, sheet: Any) -> None:
    """Compute the ends of both projects."""
    sheet["C2"], sheet["C3"] = "=B2+1", "=B3+1"


def error(book: Workbook, sheet: Any) -> None:
    """Leave an error in a cell."""
    sheet["C2"] = "#REF!"


def dated(value: object) -> Fill:
    """Write a value into a cell that is formatted as a date."""

    def fill(book: Workbook, sheet: Any) -> None:
        sheet["B2"] = value
        sheet["B2"].number_format = "d.m.yyyy"

    return fill


def hidden(book: Workbook, sheet: Any) -> None:
    """Hide a row and a column, and one without anything in it."""
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["F"].hidden = True


def hidden_sheets(book: Workbook, sheet: Any) -> None:
    """Hide a sheet with content and one without."""
    for name in ("Vanhat", "Tyhjä"):
        book.create_sheet(name).sheet_state = "hidden"
    book["Vanhat"].append(["Kaivo", 1999])


@pytest.mark.parametrize(
    ("fill", "remark", "texts"),
    [
        (formulas, ("cells-uncomputed", "Sheet!C2", {"written": "=B2+1", "count": "2"}), ["Silta\t2022", "Tie\t2023"]),
        (error, ("cell-error", "Sheet!C2", {"written": "#REF!"}), ["Silta\t2022", "Tie\t2023\t2024"]),
        (dated(99_999_999), ("cell-no-date", "Sheet!B2", {"written": "########"}), ["Silta\t2023", "Tie\t2023\t2024"]),
        (dated(2022), ("cell-no-date", "Sheet!B2", {"written": "14.7.1905"}), ["Silta\t2023", "Tie\t2023\t2024"]),
        (dated(0), ("cell-no-date", "Sheet!B2", {"written": "00:00:00"}), ["Silta\t2023", "Tie\t2023\t2024"]),
        (dated(-400), ("cell-no-date", "Sheet!B2", {"written": "25.11.1898"}), ["Silta\t2023", "Tie\t2023\t2024"]),
        (hidden, ("cells-hidden", "Sheet!C1", {"count": "5"}), ["Silta\t2022"]),
        (hidden_sheets, ("sheet-hidden", "Vanhat", {"written": "Vanhat"}), ["Silta\t2022\t2023", "Tie\t2023\t2024"]),
    ],
    ids=["formulas", "error", "no date", "a year as a date", "nothing as a date", "before 1900", "hidden", "sheets"],
)
def test_what_a_workbook_hides_or_lacks_is_remarked(
    fill: Fill, remark: tuple[str, str, dict[str, str]], texts: list[str]
) -> None:
    made = spreadsheets.pieces(workbook(fill), "x.xlsx")

    assert [remark] == told(made)
    assert texts == [one.text for one in made if not isinstance(one, Remark)]


@pytest.mark.parametrize(
    "fill",
    [dated(datetime(2022, 3, 5)), dated(datetime(1901, 3, 5)), lambda book, sheet: sheet.append(["Kello", time(9)])],
)
def test_an_ordinary_workbook_has_no_remarks(fill: Fill) -> None:
    assert [] == told(spreadsheets.pieces(workbook(fill), "x.xlsx"))


def test_a_formula_that_comes_to_an_empty_text_has_a_value() -> None:
    data = workbook(formulas)
    empty = packed(
        {
            name: part.replace(b'<c r="C2">', b'<c r="C2" t="str">').replace(b'<c r="C3">', b'<c r="C3" t="str">')
            for name, part in unpacked(data).items()
        }
    )

    assert [] == told(spreadsheets.pieces(empty, "x.xlsx"))


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return an archive's parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_of_nothing_but_formulas_is_refused_with_what_to_do() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        sheet.delete_rows(1, 3)
        sheet["A1"] = "=Lähde!A1"

    with pytest.raises(DocumentError) as caught:
        spreadsheets.pieces(workbook(fill), "x.xlsx")

    assert ("cells-uncomputed", "x.xlsx, Sheet!A1") == (caught.value.text, caught.value.where)


NS = "urn:oasis:names:tc:opendocument:xmlns:"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
SPACES = (
    f'xmlns:office="{NS}office:1.0" xmlns:table="{NS}table:1.0" xmlns:text="{NS}text:1.0" xmlns:style="{NS}style:1.0" '
    f'xmlns:calcext="{CALC}"'
)


@pytest.mark.parametrize(
    ("attributes", "group", "remark"),
    [
        ("", "", []),
        ('calcext:value-type="error"', "", [("cell-error", "Taulu!B2", {"written": "x"})]),
        (
            'office:value-type="date" office:date-value="1899-12-30"',
            "",
            [("cell-no-date", "Taulu!B2", {"written": "30.12.1899"})],
        ),
        ("", 'table:display="false"', [("cells-hidden", "Taulu!A3", {"count": "2"})]),
    ],
    ids=["nothing", "error", "before 1900", "folded away"],
)
def test_what_an_ods_workbook_hides_or_lacks_is_remarked(
    attributes: str, group: str, remark: list[tuple[str, str, dict[str, str]]]
) -> None:
    def row(name: str, last: str, more: str = "") -> str:
        cells = f"<table:table-cell><text:p>{name}</text:p></table:table-cell>"
        cells += f"<table:table-cell {more}><text:p>{last}</text:p></table:table-cell>"
        return f"<table:table-row>{cells}</table:table-row>"

    folded = f"<table:table-row-group {group}>{row('Tie', '2023')}</table:table-row-group>"
    rows = row("Hanke", "Alku") + row("Silta", "30.12.1899" if "date" in attributes else "x", attributes) + folded
    table = f'<table:table table:name="Taulu">{rows}{row("Koulu", "2024")}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content {SPACES}>{body}</office:document-content>"

    made = ods.pieces(packed({"content.xml": content}), "x.ods")

    assert remark == told(made)
    assert ("Koulu\t2024", "Taulu!A4") == (made[-1].text, made[-1].place.locator)


def test_tracked_changes_and_hidden_text_are_remarked() -> None:
    changed = "<w:del><w:r><w:delText>2021</w:delText></w:r></w:del><w:ins><w:r><w:t>2022</w:t></w:r></w:ins>"
    secret = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>salaa</w:t></w:r>"
    body = f"<w:p><w:r><w:t>Silta </w:t></w:r>{changed}{secret}</w:p>"
    data = packed({"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"})

    made = docx.pieces(data, "x.docx")

    assert [("changes-accepted", "", {"count": "2"}), ("text-hidden", "", {"written": "salaa"})] == told(made)


@pytest.mark.parametrize(
    ("within", "left", "right", "unsure"),
    [
        (["the long-term plan", "a longterm plan"], "long-", "term", True),
        (["how long term is", "a long term plan"], "long-", "term", True),
        (["the long-term plan"], "long-", "term", False),
        (["how long term is", "the longterm plan"], "long-", "term", False),
        (["nothing of it"], "liikkumi-", "sen", False),
        (["on Pohjois Suomi niin"], "Pohjois-", "Suomi", False),
    ],
    ids=["both ways", "each half a word", "known with it", "known without", "unknown", "before a capital"],
)
def test_a_hyphen_that_may_be_the_word_s_own_is_remarked(
    within: list[str], left: str, right: str, unsure: bool
) -> None:
    found = Words.of([f"x {line} x" for line in within]).doubts(left, right, Place(page=1))

    facts = {"written": "long-term", "assumed": "longterm"}
    assert ([("hyphen-unsure", "page 1", facts)] if unsure else []) == told(found)


def test_a_divided_word_of_a_pdf_is_remarked_where_it_stands() -> None:
    made = pdf.pieces(document([lines("This long term is a bridge of the long-", "term plan that we have.")]), "x.pdf")

    assert [("hyphen-unsure", "page 1", {"written": "long-term", "assumed": "longterm"})] == told(made)


def test_a_cover_that_is_an_image_is_remarked() -> None:
    word = Word("Siltahanke", 0, 50, 100, 10, False)
    sheets = [Sheet(1, 842, [], [], True), Sheet(2, 842, [Row((word,), 2)], []), Sheet(3, 842, [Row((word,), 3)], [])]

    assert [("page-without-text", "page 1", {})] == told(refuse_scans(sheets, "x.pdf"))


def test_columns_beyond_the_widest_are_remarked() -> None:
    made = delimited.pieces(("Hanke;Aika" + "\nSilta;2022" + ";" * 299 + "x;y").encode(), "x.csv")

    assert [("cells-cut-off", "", {"count": "2"})] == told(made)


def test_letters_that_the_encoding_does_not_tell_are_remarked_in_their_document(tmp_path: Path) -> None:
    (tmp_path / "lista.txt").write_text("• Silta \ufffd 2022\n• Tie 2023\n", encoding="utf-8")

    remarks = read(tmp_path / "lista.txt", "muu.txt").remarks

    assert (Remark("text-unreadable", Place(1), "muu.txt", (("written", "Silta \ufffd 2022"),)),) == remarks


def test_a_remark_comes_out_of_a_child_as_it_was() -> None:
    remark = Remark("cell-error", Place(3, 4, "x!A1"), facts=(("written", "#REF!"),))

    said = limited.answer(lambda data, where: [remark], b"", "x")

    assert [remark] == limited.received(said, "Excel", "x")
