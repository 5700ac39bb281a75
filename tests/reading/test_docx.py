"""Word documents: styles, lists, tracked changes, tables, links."""

from __future__ import annotations

import io
import zipfile

from hanke_lod.model import Place
from hanke_lod.reading.docx import pieces
from hanke_lod.reading.pieces import Piece

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normaali"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Otsikko1"><w:name w:val="heading 1"/><w:basedOn w:val="Normaali"/></w:style>
<w:style w:type="paragraph" w:styleId="Hanke"><w:name w:val="Hankkeen nimi"/><w:basedOn w:val="Otsikko1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Lista"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Sis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Vahva"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def read(body: str, **parts: str) -> list[Piece]:
    """Read a document with this body and other parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {SPACES}>{STYLES}</w:styles>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml" if name != "rels" else "word/_rels/document.xml.rels", text)
    return [one for one in pieces(held.getvalue(), "x.docx") if isinstance(one, Piece)]


def p(inner: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, level: int = 0) -> str:
    """Return a list's paragraph."""
    return p(r(text), "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def told(made: list[Piece]) -> list[str]:
    """Return what each piece is."""
    return [f"{piece.kind}{piece.level or ''} {piece.text}" for piece in made]


def test_headings_are_told_by_name_base_and_outline() -> None:
    made = read(p(r("Elinvoima"), "Otsikko1") + p(r("Silta"), "Hanke") + p(r("X"), "", '<w:outlineLvl w:val="2"/>'))

    assert ["heading1 Elinvoima", "heading2 Silta", "heading3 X"] == told(made)


def test_lists_have_depths_also_by_style() -> None:
    assert ["item Silta", "item1 2022", "item Tie"] == told(
        read(item("Silta") + item("2022", 1) + p(r("Tie"), "Lista"))
    )


def test_typed_bullets_are_items() -> None:
    tab = "<w:r><w:t>•</w:t><w:tab/><w:t>Silta 2022</w:t></w:r>"

    assert ["item Silta 2022", "item Tie 2023"] == told(read(p(tab) + p(r("- Tie 2023"))))


def test_bold_lines_are_strong() -> None:
    made = read(
        p(r("Elinvoima", "<w:b/>")) + p(r("Sivistys", '<w:rStyle w:val="Vahva"/>')) + p(r("x", '<w:b w:val="0"/>'))
    )

    assert [True, True, False] == [piece.strong for piece in made]


def test_tracked_changes_are_taken_as_accepted() -> None:
    made = read(
        p(r("Silta ") + f"<w:del>{r('2021')}</w:del><w:ins>{r('2022')}</w:ins>")
        + p(f"<w:moveFrom>{r('Pois')}</w:moveFrom><w:moveTo>{r('Tänne')}</w:moveTo>")
        + p(r("Alku "), "", "<w:rPr><w:del/></w:rPr>")
        + p(r("ja loppu"))
    )

    assert ["text Silta 2022", "text Tänne", "text Alku ja loppu"] == told(made)


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p(r('Laatikossa'))}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
    drawn = f"<w:r><mc:AlternateContent>{choice}"

    made = read(p(r("Ennen") + f"{drawn}</mc:Fallback></mc:AlternateContent></w:r>") + p(r("Jälkeen")))

    assert ["text Ennen", "text Laatikossa", "text Jälkeen"] == told(made)


def test_content_controls_fields_and_special_signs_are_read() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://silta.example" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("sivu") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    signs = "<w:r><w:t>Ylä</w:t><w:noBreakHyphen/><w:t>Savo</w:t><w:softHyphen/><w:t>n</w:t></w:r>"

    made = read(f"<w:sdt><w:sdtContent>{p(r('Silta: ') + field)}</w:sdtContent></w:sdt>" + p(signs))

    assert ["text Silta: sivu", "text Ylä\u2011Savo\u00adn"] == told(made)
    assert [("sivu", "https://silta.example")] == [(made[0].text[k.start : k.end], k.target) for k in made[0].links]


def test_hyperlinks_lead_where_their_relation_tells() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Target="https://silta.example/"/><Relationship Id="b" Target="mailto:x@y.fi"/>'
        "</Relationships>"
    )

    made = read(
        p(f'<w:hyperlink r:id="a">{r("Silta")}</w:hyperlink><w:hyperlink r:id="b">{r(" posti")}</w:hyperlink>'),
        rels=rels,
    )

    assert [("Silta", "https://silta.example/")] == [(made[0].text[k.start : k.end], k.target) for k in made[0].links]


def test_bold_labels_in_lines_are_fields() -> None:
    made = read(p(r("Kesto:", "<w:b/>") + r(" 2022") + "<w:r><w:br/></w:r>" + r("Rahoitus:", "<w:b/>") + r(" EAKR")))

    assert [("Kesto", "2022"), ("Rahoitus", "EAKR")] == [
        (f.label, m.text[f.start : f.end]) for m in made for f in m.fields
    ]


def test_a_label_alone_has_its_value_in_the_next_line_or_paragraph() -> None:
    made = read(p(r("Kesto:") + "<w:r><w:br/></w:r>" + r("2022")) + p(r("Rahoitus", "<w:b/>")) + p(r("EAKR")))

    assert [("Kesto", "2022"), ("Rahoitus", "EAKR")] == [
        (f.label, m.text[f.start : f.end]) for m in made for f in m.fields
    ]


def test_hidden_text_and_tables_of_contents_are_left_out() -> None:
    assert ["text Silta"] == told(read(p(r("Silta....3"), "Sis1") + p(r("Silta") + r(" salaa", "<w:vanish/>"))))


def test_tables_have_spans_and_no_deleted_rows() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text) if text else '')}</w:tc>"

    rows = [
        cell("Toimiala") + cell("Hanke") + cell("Aika"),
        cell("Käynnissä olevat", '<w:gridSpan w:val="3"/>'),
        cell("Elinvoima", '<w:vMerge w:val="restart"/>') + cell("Silta") + cell("2022"),
        cell("", "<w:vMerge/>") + cell("Tie") + cell("2023"),
    ]
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('') + cell('Pois') + cell('2020')}</w:tr>"
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)

    made = read(p(r("Hankkeet"), "Otsikko1") + f"<w:tbl>{table}{gone}</w:tbl>")

    assert ["heading2 Käynnissä olevat", "row Elinvoima\tSilta\t2022", "row Elinvoima\tTie\t2023"] == told(made)[1:]


def test_a_table_around_the_text_is_no_table() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p(r('Elinvoima'), 'Otsikko1')}{item('Silta')}</w:tc></w:tr></w:tbl>"

    assert ["heading1 Elinvoima", "item Silta"] == told(read(table))


def test_footnotes_are_texts_at_the_end() -> None:
    line = f'<w:footnote w:type="separator">{p(r("x"))}</w:footnote>'
    notes = f"<w:footnotes {SPACES}>{line}<w:footnote>{p(r('Huom'))}</w:footnote></w:footnotes>"

    assert ["text Silta", "text Huom"] == told(read(p(r("Silta")), footnotes=notes))


def test_a_place_is_the_paragraphs_number() -> None:
    assert [Place(cell="¶1"), Place(cell="¶3")] == [piece.place for piece in read(p(r("A")) + p("") + p(r("B")))]
