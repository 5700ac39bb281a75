"""Writes the spreadsheets, Word files and PDFs of this folder: the same bytes each time (needs XlsxWriter and reportlab)."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

HERE = Path(__file__).parent
DAY = datetime.date
Cell = str | float | int | datetime.date | None


# --- XLSX -------------------------------------------------------------------------------------------------------------


def workbook(name: str) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(str(HERE / name))
    book.set_properties({"created": datetime.datetime(2023, 3, 1)})
    return book


def write_row(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, cells: Sequence[Cell], date: object, money: object
) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, datetime.date):
            sheet.write_datetime(row, column, datetime.datetime(cell.year, cell.month, cell.day), date)
        elif isinstance(cell, float):
            sheet.write_number(row, column, cell, money)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell)
        elif cell is not None:
            sheet.write_string(row, column, cell)


def kuopio() -> None:
    book = workbook("kuopio.xlsx")
    bold = book.add_format({"bold": True})
    group = book.add_format({"bold": True, "bg_color": "#DDDDDD", "align": "center"})
    date = book.add_format({"num_format": "d.m.yyyy"})
    money = book.add_format({"num_format": "# ##0.00 €"})
    header = [
        "Hanke",
        "Hankkeen toteuttaja",
        "Osatoteuttajat",
        "Alkamispäivä",
        "Päättymispäivä",
        "Rahoituslähde",
        "Kokonaisbudjetti",
    ]
    running = book.add_worksheet("Käynnissä")
    running.set_column(0, 6, 24)
    running.merge_range("A1:G1", "Kuopion kaupunki – ulkopuolisella rahoituksella toteutettavat hankkeet", bold)
    running.write("A2", "Tilanne 28.2.2023")
    running.write_row("A4", header, bold)
    rows: list[Sequence[Cell] | str] = [
        "Kasvun ja oppimisen palvelualue",
        [
            "Koulupolku kuntoon",
            "Kuopion kaupunki",
            None,
            DAY(2022, 8, 1),
            DAY(2023, 12, 31),
            "Opetushallitus",
            145000.0,
        ],
        [
            "Savo-karjalainen eräopas 2.0",
            "Savon koulutuskuntayhtymä",
            "Kuopion kaupunki; Snellman-kesäyliopisto",
            DAY(2022, 1, 1),
            DAY(2023, 6, 30),
            "ESR",
            98000.5,
        ],
        "Kaupunkiympäristön palvelualue",
        [
            "Savilahden älykäs energia",
            "Kuopion Energia Oy",
            "Kuopion kaupunki, Savonia-ammattikorkeakoulu Oy",
            DAY(2021, 3, 1),
            DAY(2024, 2, 29),
            "EAKR, Pohjois-Savon liitto",
            1250000.0,
        ],
        ["Väinölänniemen puistosuunnitelma", "Kuopion kaupunki", None, DAY(2022, 5, 15), None, "Oma rahoitus", 60000.0],
        [
            "Kallaveden veneväylät",
            "Kuopion kaupunki",
            "Järvi-Suomen Väylät ry",
            DAY(2023, 6, 1),
            DAY(2023, 10, 31),
            "Väylävirasto",
            87300.0,
        ],
        "Elinvoima- ja konsernipalvelu",
        [
            "Kuopio Health 2030",
            "Kuopio Health osk",
            "Itä-Suomen yliopisto, Pohjois-Savon hyvinvointialue",
            DAY(2022, 9, 1),
            DAY(2024, 8, 31),
            "Business Finland",
            410000.0,
        ],
        ["Kallasatama elää", "Kuopion kaupunki", None, DAY(2023, 1, 1), DAY(2023, 12, 31), None, None],
    ]
    at = 4
    for row in rows:
        if isinstance(row, str):
            running.merge_range(at, 0, at, 6, row, group)
        else:
            write_row(running, at, row, date, money)
        at += 1
    running.write(at, 0, "Yhteensä", bold)
    running.write_formula(at, 6, f"=SUM(G5:G{at})", money, 2050300.5)
    ended = book.add_worksheet("Päättyneet")
    ended.set_column(0, 6, 24)
    ended.write_row("A1", header, bold)
    write_row(
        ended,
        1,
        [
            "Taitaja2021-tapahtuma",
            "Savon koulutuskuntayhtymä",
            None,
            DAY(2019, 8, 1),
            DAY(2021, 12, 31),
            "Opetushallitus",
            320000.0,
        ],
        date,
        money,
    )
    write_row(
        ended,
        2,
        ["Puijon mäkialueen valaistus", "Kuopion kaupunki", None, DAY(2020, 4, 1), DAY(2020, 11, 30), "OKM", 45900.0],
        date,
        money,
    )
    write_row(
        ended,
        3,
        [
            "Toimiva kotihoito Kuopioon",
            "Kuopion kaupunki",
            "Savonia-ammattikorkeakoulu Oy",
            DAY(2018, 9, 1),
            DAY(2020, 12, 31),
            "ESR",
            275400.0,
        ],
        date,
        money,
    )
    notes = book.add_worksheet("Ohjeet")
    notes.write("A1", "Täyttöohje", bold)
    notes.write("A2", "Lisää uusi hanke oikean palvelualueen alle. Päättynyt hanke siirretään omalle välilehdelleen.")
    notes.write("A3", "Kysymykset: hanketuki@kuopio.example")
    lists = book.add_worksheet("Valikot")
    lists.write_column("A1", ["EAKR", "ESR", "Opetushallitus", "OKM", "Business Finland", "Oma rahoitus"])
    lists.hide()
    book.close()


def espoo() -> None:
    book = workbook("espoo-projects.xlsx")
    bold = book.add_format({"bold": True})
    month = book.add_format({"num_format": "mmm yyyy"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    euro = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet("Projects")
    header = [
        "ID",
        "Project name",
        "Sector",
        "Funding programme",
        "Coordinator",
        "From",
        "To",
        "Total budget (€)",
        "Share of the city (€)",
        "Status",
    ]
    sheet.write_row("A1", header, bold)
    rows: list[tuple[list[Cell], object]] = [
        (
            [
                101,
                "Green Blue Streets",
                "Urban environment",
                "Horizon Europe",
                "Gemeente Eindhoven",
                2021,
                2024,
                3120000.0,
                260000.0,
                "Ongoing",
            ],
            day,
        ),
        (
            [
                102,
                "Smart Otaniemi Lighting",
                "Urban environment",
                "ERDF",
                "City of Espoo",
                DAY(2021, 9, 1),
                DAY(2023, 8, 1),
                845000.0,
                211250.0,
                "Ongoing",
            ],
            month,
        ),
        (
            [
                103,
                "Talent Landing",
                "Economy",
                "European Social Fund Plus",
                "Omnia, the Joint Authority of Education in Espoo",
                DAY(2023, 4, 1),
                DAY(2025, 3, 31),
                398500.5,
                79700.1,
                "Ongoing",
            ],
            day,
        ),
        (
            [
                104,
                "Youth Council Exchange",
                "Education",
                "Erasmus+",
                "City of Espoo",
                2022,
                2022,
                24000.0,
                None,
                "Ended",
            ],
            day,
        ),
        (
            [
                105,
                "Library Makerspace 3.0",
                "Education",
                "Nordplus",
                "Aarhus Kommune",
                DAY(2020, 1, 15),
                DAY(2021, 12, 31),
                61000.0,
                15000.0,
                "Ended",
            ],
            day,
        ),
        (
            [
                106,
                "Seaside Path Repair",
                "Urban environment",
                "LIFE",
                "Helsinki Region Environmental Services Authority HSY",
                DAY(2024, 1, 1),
                None,
                1900000.0,
                300000.0,
                "Applied for",
            ],
            day,
        ),
        ([107, "Matinkylä Cool Roofs", "Urban environment", None, None, 2023, None, None, None, "Ongoing"], day),
    ]
    for at, (row, shown) in enumerate(rows, start=1):
        write_row(sheet, at, row, shown, euro)
    sheet.write_string(9, 1, "7 projects, updated 2 May 2023")
    sheet.autofilter(0, 0, 7, 9)
    sheet.freeze_panes(1, 2)
    book.close()


def karleby() -> None:
    book = workbook("karleby.xlsx")
    bold = book.add_format({"bold": True})
    middle = book.add_format({"valign": "vcenter", "text_wrap": True})
    header = ["Projekt", "Tidtabell", "Finansiering", "Genomförare", "Partner", "Budget"]
    content: dict[str, list[list[str]]] = {
        "Bildning": [
            ["Modersmålets månad", "1.2.2022–31.1.2023", "Utbildningsstyrelsen", "Karleby stad", "", "32 500 €"],
            [
                "Läsglädje i Nedervetil",
                "1.8.2022–31.5.2023",
                "Svenska kulturfonden",
                "Karleby stadsbibliotek",
                "Kronoby kommun",
                "9 800 €",
            ],
            [
                "Tankar fyr som lägerskola",
                "sommaren 2022",
                "",
                "Karleby stad",
                "Forststyrelsen, Gamlakarleby Segelförening r.f.",
                "12 000 €",
            ],
        ],
        "Stadsmiljö": [
            ["Sunti strand", "1.5.2021–31.10.2023", "ERUF", "Karleby stad", "", "1,4 milj. €"],
            [
                "Elbatterier i kollektivtrafiken",
                "1.1.2022–",
                "Transport- och kommunikationsverket Traficom",
                "Kokkolanseudun Kehitys Oy",
                "Centria-ammattikorkeakoulu Oy; Ingves Bussar Ab",
                "248 000 €",
            ],
        ],
    }
    for title, rows in content.items():
        sheet = book.add_worksheet(title)
        sheet.set_column(0, 5, 26)
        sheet.write("A1", f"Karleby stads projekt – {title.lower()}", bold)
        sheet.write_row("A2", header, bold)
        for at, row in enumerate(rows, start=2):
            sheet.write_row(at, 0, row)
        if title == "Bildning":
            sheet.merge_range("C4:C5", "Svenska kulturfonden", middle)
        sheet.write(len(rows) + 3, 0, "Summa" if title == "Bildning" else "Totalt")
        sheet.write(len(rows) + 3, 5, "54 300 €" if title == "Bildning" else "1 648 000 €")
    notes = book.add_worksheet("Allmänt")
    notes.write("A1", "Tabellen upprätthålls av stadskansliet. Senast uppdaterad 11.4.2023.")
    book.close()


def lohja() -> None:
    book = workbook("lohja.xlsx")
    bold = book.add_format({"bold": True, "align": "center"})
    date = book.add_format({"num_format": "dd.mm.yyyy"})
    money = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet("Hankkeet 2023")
    sheet.set_column(1, 1, 40)
    sheet.merge_range("A1:J1", "Lohjan kaupunki / talouspalvelut", bold)
    sheet.merge_range("A2:J2", "Projektien rahoitus ja käyttö, tulostettu 17.4.2023", bold)
    sheet.merge_range("A4:A5", "Projektinro", bold)
    sheet.merge_range("B4:B5", "Projekti", bold)
    sheet.merge_range("C4:D4", "Toteutusaika", bold)
    sheet.write_row("C5", ["alku", "loppu"], bold)
    sheet.merge_range("E4:E5", "Rahoittaja", bold)
    sheet.merge_range("F4:F5", "Projektin kokonaisbudjetti", bold)
    sheet.merge_range("G4:G5", "Kaupungin osuus", bold)
    sheet.merge_range("H4:J4", "Käyttö €", bold)
    for column, year in enumerate((2021, 2022, 2023), start=7):
        sheet.write_number(4, column, year, bold)
    groups: list[tuple[str, list[list[Cell]]]] = [
        (
            "Elinvoima",
            [
                [
                    50112,
                    "Lohjanjärvi kutsuu",
                    DAY(2021, 4, 1),
                    DAY(2023, 3, 31),
                    "EAKR",
                    216400.0,
                    43280.0,
                    52000.0,
                    98000.0,
                    30100.0,
                ],
                [
                    50118,
                    "Apuomenapuu – kausityön uudet polut",
                    DAY(2022, 9, 1),
                    DAY(2024, 8, 31),
                    "Uudenmaan ELY-keskus / ESR",
                    154000.0,
                    15400.0,
                    None,
                    12900.0,
                    21800.0,
                ],
                [
                    50125,
                    "Kaivosmuseon digiopas",
                    DAY(2023, 1, 1),
                    None,
                    "Tytyri Experience Oy",
                    38000.0,
                    8000.0,
                    None,
                    None,
                    2400.0,
                ],
            ],
        ),
        (
            "Kasvatus",
            [
                [
                    50301,
                    "Kieppi – kielten ja kulttuurien pilotti",
                    DAY(2022, 8, 1),
                    DAY(2023, 7, 31),
                    "Opetushallitus",
                    72500.0,
                    14500.0,
                    None,
                    30200.0,
                    25500.0,
                ],
                [
                    50307,
                    "Harrastamisen Suomen malli 2022–2023",
                    DAY(2022, 8, 1),
                    DAY(2023, 5, 31),
                    "Etelä-Suomen aluehallintovirasto",
                    118000.0,
                    0.0,
                    None,
                    41000.0,
                    39900.0,
                ],
            ],
        ),
        (
            "Ympäristö",
            [
                [
                    50415,
                    "Hormajärven hoitokalastus",
                    DAY(2021, 5, 3),
                    DAY(2023, 9, 30),
                    "ELY-keskus",
                    44500.0,
                    22250.0,
                    9700.0,
                    11800.0,
                    0.0,
                ],
            ],
        ),
    ]
    at = 5
    for name, rows in groups:
        sheet.write_string(at, 0, name, bold)
        at += 1
        first = at + 1
        for row in rows:
            write_row(sheet, at, row, date, money)
            at += 1
        sheet.write_string(at, 1, f"{name} yhteensä")
        total = sum(row[5] for row in rows if isinstance(row[5], float))
        sheet.write_formula(at, 5, f"=SUM(F{first}:F{at})", money, total)
        at += 1
    sheet.write_string(at, 1, "Kaikki yhteensä", bold)
    sheet.write_number(at, 5, 643400.0, money)
    book.close()


# --- files made of XML in a ZIP -----------------------------------------------------------------------------------------


def write_zip(name: str, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(HERE / name, "w") as archive:
        for path, text in parts.items():
            entry = zipfile.ZipInfo(path, (2023, 3, 1, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())


# --- ODS ----------------------------------------------------------------------------------------------------------------

ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def ods_cell(cell: Cell, comment: str = "", span: int = 1) -> str:
    spanned = f' table:number-columns-spanned="{span}" table:number-rows-spanned="1"' if span > 1 else ""
    note = f"<office:annotation><dc:date>2023-02-01T09:00:00</dc:date><text:p>{escape(comment)}</text:p></office:annotation>"
    inside = note if comment else ""
    if isinstance(cell, datetime.date):
        shown = f"{cell.day}.{cell.month}.{cell.year}"
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}">{inside}'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )
    if isinstance(cell, float):
        shown = f"{cell:,.2f}".replace(",", "\u00a0").replace(".", ",") + " €"
        return (
            f'<table:table-cell office:value-type="currency" office:currency="EUR" office:value="{cell}">{inside}'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )
    if isinstance(cell, int):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    if cell is None:
        return "<table:table-cell/>"
    paragraphs = "".join(f"<text:p>{escape(part)}</text:p>" for part in cell.split("\n"))
    covered = f'<table:covered-table-cell table:number-columns-repeated="{span - 1}"/>' if span > 1 else ""
    return f'<table:table-cell office:value-type="string"{spanned}>{inside}{paragraphs}</table:table-cell>{covered}'


def ods_row(cells: Sequence[Cell], comment: str = "") -> str:
    first = ods_cell(cells[0], comment) if cells else ""
    rest = "".join(ods_cell(cell) for cell in cells[1:])
    return f'<table:table-row>{first}{rest}<table:table-cell table:number-columns-repeated="1016"/></table:table-row>'


def ods_table(name: str, rows: str) -> str:
    empty = '<table:table-row table:number-rows-repeated="1048540"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    return f'<table:table table:name="{escape(name)}"><table:table-column table:number-columns-repeated="1024"/>{rows}{empty}</table:table>'


def lapinjarvi() -> None:
    header: list[Cell] = ["Hanke", "Alkaa", "Päättyy", "Rahoitus", "Kumppanit", "Kustannukset yhteensä"]
    running = (
        ods_row(["Lapinjärven kunta – hankkeet 2023"])
        + ods_row([])
        + ods_row(header)
        + f"<table:table-row>{ods_cell('Elinvoima', span=6)}</table:table-row>"
        + ods_row(
            [
                "Ihmislähtöinen kunta 2.0",
                DAY(2022, 1, 1),
                DAY(2023, 12, 31),
                "valtiovarainministeriö",
                "Kuntaliitto",
                88000.0,
            ]
        )
        + ods_row(
            ["Husula elää", DAY(2021, 9, 1), DAY(2023, 8, 31), "EAKR, Uudenmaan liitto", None, 304250.5],
            "Jatkoaikaa haettu 15.1.2023",
        )
        + ods_row(["Kylien valokuitu", "2022–2024", None, "Traficom", "Lapinjärven Kyläverkot osk", 410000.0])
        + f"<table:table-row>{ods_cell('Hyvinvointi', span=6)}</table:table-row>"
        + ods_row(
            [
                "Kaksikielinen kerhokevät\nTvåspråkig klubbvår",
                DAY(2023, 1, 9),
                DAY(2023, 5, 31),
                "Svenska kulturfonden",
                "Hem och Skola r.f.; Lapinjärven Martat ry",
                6500.0,
            ]
        )
        + ods_row(["Muistikahvila", DAY(2022, 3, 1), None, "STEA", "Loviisan seudun Muisti ry", None])
        + ods_row(["Yhteensä", None, None, None, None, 808750.5])
    )
    ended = (
        ods_row(["Hanke", "Vuosi", "Rahoitus"])
        + ods_row(["Kunnantalon aurinkovoimala", 2020, "Business Finland"])
        + ods_row(["Polku Malminkylään", 2021, "Leader SILMU"])
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{ods_table('Käynnissä olevat', running)}{ods_table('Päättyneet', ended)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    write_zip("lapinjarvi.ods", {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


# --- DOCX ---------------------------------------------------------------------------------------------------------------

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WHO = 'w:id="{}" w:author="Hankesihteeri" w:date="2023-03-01T12:00:00Z"'


def run(text: str, bold: bool = False) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    parts = []
    for piece in (
        text.replace("\n", "\x00\n\x00").replace("\u2011", "\x00\u2011\x00").replace("\t", "\x00\t\x00").split("\x00")
    ):
        special = {"\n": "<w:br/>", "\u2011": "<w:noBreakHyphen/>", "\t": "<w:tab/>"}.get(piece)
        parts.append(special or (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""))
    return f"<w:r>{properties}{''.join(parts)}</w:r>"


def inserted(inner: str, number: int) -> str:
    return f"<w:ins {WHO.format(number)}>{inner}</w:ins>"


def deleted(text: str, number: int) -> str:
    return f'<w:del {WHO.format(number)}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def paragraph(inner: str, style: str = "", bullet: bool = False, mark: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if bullet else ""
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{styled}{numbered}{marked}</w:pPr>{inner}</w:p>"


def link(text: str, relation: str) -> str:
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def cell(text: str, span: int = 1, merge: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = {"start": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}.get(merge, "")
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{spanned}{merged}</w:tcPr>{paragraph(run(text) if text else "")}</w:tc>'


def row(*cells: str, gone: bool = False) -> str:
    properties = f"<w:trPr><w:del {WHO.format(900)}/></w:trPr>" if gone else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def write_docx(name: str, body: str, links: dict[str, str] | None = None, head: str = "", foot: str = "") -> None:
    styles = "".join(
        f'<w:style w:type="paragraph"{default} w:styleId="{ident}"><w:name w:val="{title}"/>{based}'
        f"<w:pPr>{level}</w:pPr></w:style>"
        for ident, title, based, level, default in (
            ("Normaali", "Normal", "", "", ' w:default="1"'),
            ("Otsikko", "Title", '<w:basedOn w:val="Normaali"/>', "", ""),
            ("Otsikko1", "heading 1", '<w:basedOn w:val="Normaali"/>', '<w:outlineLvl w:val="0"/>', ""),
            ("Otsikko2", "heading 2", '<w:basedOn w:val="Normaali"/>', '<w:outlineLvl w:val="1"/>', ""),
            ("Hankeotsikko", "Hankeotsikko", '<w:basedOn w:val="Otsikko2"/>', "", ""),
            ("Luettelokappale", "List Paragraph", '<w:basedOn w:val="Normaali"/>', "", ""),
        )
    )
    relations = [
        ("rId1", f"{OFFICE}/styles", "styles.xml", ""),
        ("rId2", f"{OFFICE}/numbering", "numbering.xml", ""),
        ("rId3", f"{OFFICE}/header", "header1.xml", ""),
        ("rId4", f"{OFFICE}/footer", "footer1.xml", ""),
    ]
    relations += [
        (ident, f"{OFFICE}/hyperlink", target, ' TargetMode="External"') for ident, target in (links or {}).items()
    ]
    package = "http://schemas.openxmlformats.org/package/2006"
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{MAIN}.{kind}+xml"/>'
        for part, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("header1", "header"),
            ("footer1", "footer"),
        )
    )
    page = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/></w:sectPr>'
    write_zip(
        name,
        {
            "[Content_Types].xml": f'{start}<Types xmlns="{package}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": f'{start}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'{start}<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="{ident}" Type="{kind}" Target="{escape(target)}"{mode}/>'
                for ident, kind, target, mode in relations
            )
            + "</Relationships>",
            "word/document.xml": f"{start}<w:document {WORD}><w:body>{body}{section}</w:body></w:document>",
            "word/styles.xml": f"{start}<w:styles {WORD}>{styles}</w:styles>",
            "word/numbering.xml": f'{start}<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
            "word/header1.xml": f"{start}<w:hdr {WORD}>{paragraph(run(head) if head else '')}</w:hdr>",
            "word/footer1.xml": f"{start}<w:ftr {WORD}>{paragraph((run(foot) if foot else '') + page)}</w:ftr>",
        },
    )


def savonlinna() -> None:
    gone = f"<w:del {WHO.format(7)}/>"
    new = f"<w:ins {WHO.format(8)}/>"

    def item(inner: str, mark: str = "") -> str:
        return paragraph(inner, "Luettelokappale", bullet=True, mark=mark)

    body = (
        paragraph(run("Savonlinnan kaupungin hankkeet"), "Otsikko")
        + paragraph(run("Kaupunginhallitus 13.3.2023 § 88, liite 1"))
        + paragraph(run("Elinvoimatoimiala"), "Otsikko1")
        + item(
            run(
                "Olavinlinnan ympäristön kehittäminen, EAKR, 1.1.2022–31.12.2023, toteuttajina Savonlinnan kaupunki ja Museovirasto"
            )
        )
        + item(run("Saimaan norppa näkyy! (Leader) 1.5.–30.9.2022"))
        + item(
            run("Puurakentamisen osaamiskeskittymä 1.9.2021–")
            + deleted("31.8.2023", 1)
            + inserted(run("29.2.2024"), 2)
            + run(", hankkeen hallinnoija Savonlinnan Hankekehitys Oy")
        )
        + item(inserted(run("Lentoasemareitin kehittäminen, Etelä-Savon maakuntaliitto, 1.4.2023–31.3.2024"), 3), new)
        + item(deleted("Kylpylähotellin esiselvitys 2019–2020", 4), gone)
        + item(
            run(
                "Jää- ja lumiliikenteen turvallisuus, toteuttaa Suomen Uimaopetus- ja Hengenpelastusliitto ry, talvi 2022–2023"
            )
        )
        + paragraph(run("Sivistystoimiala"), "Otsikko1")
        + paragraph(run("Perusopetus"), "Otsikko2")
        + item(run("Talvisalon koulu kansainvälistyy (Erasmus+) 2021-2023"))
        + item(
            run(
                "Tuntijaon uudistaminen ja paikallinen opetussuunnitelma 2024 1.8.2022–31.7.2024, Opetushallituksen valtionavustus"
            )
        )
        + item(run("Koulukuljetusten sähköinen seuranta 1.1.2023 alkaen"))
        + paragraph(run("Vapaa-aika"), "Otsikko2")
        + item(
            run(
                "Oopperajuhlat lapsille – yhteistyössä Savonlinnan Oopperajuhlien kannatusyhdistys ry:n kanssa 1.3.–31.8.2023"
            )
        )
        + item(
            run("Riihisaaren museon perusnäyttely. Näyttely kertoo Saimaan höyrylaivoista. ")
            + run("1.10.2021–31.5.2023")
        )
        + item(run("Lähiliikuntapaikat kuntoon vuoden 2023 loppuun mennessä"))
        + paragraph(run("Lisätietoja antaa hankepäällikkö Kaisa Tiainen, 044 417 0000."))
    )
    write_docx(
        "savonlinna.docx",
        body,
        head="Savonlinnan kaupunki – Hankeluettelo 2023",
        foot="Olavinkatu 27, 57130 Savonlinna – sivu ",
    )


def nykarleby() -> None:
    def table(*rows: str) -> str:
        grid = '<w:gridCol w:w="1800"/>' * 5
        return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"

    body = (
        paragraph(run("Nykarleby stad: projekt och utvecklingsarbete", bold=True))
        + paragraph(run("Tabellen visar projekten sektorvis."))
        + table(
            row(*(cell(name) for name in ("Sektor", "Projekt", "Projekttid", "Finansiering", "Medverkande"))),
            row(cell("PÅGÅENDE PROJEKT", span=5)),
            row(
                cell("Bildning", merge="start"),
                cell("Topelius på ny stig"),
                cell("1.1.2022–31.12.2023"),
                cell("Svenska kulturfonden"),
                cell("Zacharias Topelius-sällskapet i Nykarleby r.f."),
            ),
            row(
                cell("", merge="continue"),
                cell("Språkduschen"),
                cell("1.8.2022–31.7.2023"),
                cell("Utbildningsstyrelsen"),
                cell(""),
            ),
            row(
                cell("", merge="continue"),
                cell("Skolmat nära dig"),
                cell("2019–2020"),
                cell("Leader"),
                cell(""),
                gone=True,
            ),
            row(
                cell("", merge="continue"),
                cell("Ungdomsgården Gnistan"),
                cell("fr.o.m. 1.9.2022"),
                cell("Regionförvaltningsverket"),
                cell("Nykarleby svenska församling"),
            ),
            row(
                cell("Teknik", merge="start"),
                cell("Juthbacka park 2030"),
                cell("1.5.2022–30.4.2025"),
                cell("ERUF / Österbottens förbund"),
                cell("Nykarleby Affärsverk, Yrkeshögskolan Novia"),
            ),
            row(
                cell("", merge="continue"),
                cell("Andra sjön – restaurering"),
                cell("2021–2023"),
                cell("NTM-centralen i Södra Österbotten, staden"),
                cell("Andra sjöns delägarlag"),
            ),
            row(cell("AVSLUTADE PROJEKT", span=5)),
            row(
                cell("Teknik"),
                cell("Gång- och cykelbron i Jeppo"),
                cell("maj 2020 – november 2021"),
                cell("Traficom"),
                cell(""),
            ),
            row(cell("Förvaltning"), cell("Nykarleby 400 år"), cell("2020"), cell("stadens egna medel"), cell("")),
        )
        + paragraph(run("Uppdaterad 24.2.2023/kansliet"))
    )
    write_docx("nykarleby.docx", body, head="Nykarleby stad")


def pieksamaki() -> None:
    def facts(*pairs: tuple[str, str], tail: str = "") -> str:
        return paragraph(
            "".join(
                run(label + ":", bold=True) + run(" " + value + ("\n" if at < len(pairs) - 1 or tail else ""))
                for at, (label, value) in enumerate(pairs)
            )
            + tail
        )

    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="Hanke"/></w:sdtPr><w:sdtContent>'
        + paragraph(run("Veturitallit kulttuurikäyttöön"), "Hankeotsikko")
        + facts(
            ("Toteutusaika", "1.3.2022–31.12.2023"),
            ("Rahoitus", "Etelä-Savon maakuntaliitto (AKKE) ja Pieksämäen kaupunki"),
            ("Päätoteuttaja", "Pieksämäen kaupunki"),
            ("Osatoteuttaja", "Diakonia-ammattikorkeakoulu Oy"),
        )
        + "</w:sdtContent></w:sdt>"
    )
    body = (
        paragraph(run("Hankkeet"), "Otsikko")
        + paragraph(run("Tähän on koottu Pieksämäen kaupungin hankkeet. Luettelo ei ole kattava."))
        + paragraph(run("Käynnissä olevat hankkeet"), "Otsikko1")
        + control
        + paragraph(run("Pieksämäki\u2011Joroinen-pyöräreitti"), "Hankeotsikko")
        + facts(
            ("Toteutusaika", "5/2022–10/2024"),
            ("Rahoitus", "Liikenne- ja viestintävirasto Traficom"),
            ("Budjetti", "1 100 000 euroa"),
            ("Kumppanit", "Joroisten kunta, Väylävirasto"),
        )
        + paragraph(run("Reitistä rakennetaan osuus kerrallaan alkaen Naarajärveltä."))
        + paragraph(run("Osallisuuspaja kaikille"), "Hankeotsikko")
        + facts(
            ("Toteutusaika", "1.1.2021–31.12.2022, jatkettu 30.6.2023 asti"),
            ("Rahoitus", "Euroopan sosiaalirahasto"),
            ("Hallinnoija", "Seurakuntaopisto"),
            ("Hankesivu", ""),
            tail=link("osallisuuspaja.example", "rId20"),
        )
        + paragraph(run("Maaseudun palvelulinja"), "Hankeotsikko")
        + facts(("Toteutusaika", "toistaiseksi, alkaen elokuu 2022"), ("Rahoitus", "kaupunki"))
        + paragraph(run("Haetut hankkeet"), "Otsikko1")
        + paragraph(run("Vihreä siirtymä teollisuusalueille"), "Hankeotsikko")
        + facts(
            ("Rahoitus", "Oikeudenmukaisen siirtymän rahasto JTF"),
            ("Haettu avustus", "240 000 €"),
            ("Kokonaiskustannukset", "300 000 €"),
            ("Hakija", "Pieksämäen Kehitys Oy"),
        )
        + paragraph(run("Päättyneet hankkeet"), "Otsikko1")
        + paragraph(run("Kaiku – kirjastot kertovat"), "Hankeotsikko")
        + facts(
            ("Toteutusaika", "2020"),
            ("Rahoitus", "Itä-Suomen aluehallintovirasto"),
            ("Toteuttajat", "Pieksämäen, Mikkelin ja Juvan kirjastot"),
        )
        + paragraph(run("Kirjasto2020"), "Hankeotsikko")
        + facts(("Toteutusaika", "1.4.2019 - 31.3.2021"), ("Rahoitus", "OKM"))
    )
    write_docx("pieksamaki.docx", body, {"rId20": "https://osallisuuspaja.example/"}, foot="Pieksämäki ")


def kotka() -> None:
    def line(text: str) -> str:
        return paragraph(run(text))

    body = (
        paragraph(run("City of Kotka – international projects", bold=True))
        + line("Prepared for the visit of the delegation from Greifswald, 8 June 2023")
        + line("")
        + paragraph(run("Port and logistics", bold=True))
        + line(
            "•\tClean Quay, Interreg Baltic Sea Region, January 2023 – December 2025, lead partner Port of HaminaKotka Ltd"
        )
        + line("•\tRail Corridor Talks (CEF), 2021–2023")
        + line(
            "•\tShip-to-Shore Power Lab, total budget 2.1 million euros, 1.10.2022–30.9.2025, with Cursor Oy, Wärtsilä Finland Oy "
            "and South-Eastern Finland University of Applied Sciences"
        )
        + line("")
        + paragraph(run("Parks and tourism", bold=True))
        + line("•\tSapokka Water Garden 30 years, 2020")
        + line(
            "•\tEagles of the Sea National Park, co-implementer Metsähallitus, European Agricultural Fund for Rural Development, "
            "1 May 2022 – 30 September 2023"
        )
        + line(
            "•\tSea Fortress Route, financed by the Regional Council of Kymenlaakso (ERDF). The route links eleven fortresses "
            "into one boat tour. 1.3.2022–29.2.2024"
        )
        + line("")
        + paragraph(run("Education", bold=True))
        + line("•\tTeachers Abroad, Erasmus+, school years 2021–2022 and 2022–2023")
        + line("•\tClassroom without Walls, Nordplus, coordinator Tartu linn, 1.8.2023–")
        + line("")
        + line("Contact: international.affairs@kotka.example")
    )
    write_docx("kotka-projects.docx", body)


# --- PDF ----------------------------------------------------------------------------------------------------------------


def write_pages(name: str, pages: Sequence[Sequence[str]], head: str, foot: str) -> None:
    canvas = Canvas(str(HERE / name), pagesize=A4, invariant=1)
    for number, lines in enumerate(pages, start=1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(57, 805, head)
        canvas.drawRightString(538, 805, f"{foot} {number} ({len(pages)})")
        height = 770
        for text in lines:
            bold = text.startswith("**")
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 12 if bold else 10)
            indent = len(text) - len(text.lstrip(" "))
            canvas.drawString(57 + 5 * indent, height, text.strip().removeprefix("**"))
            height -= 15
        canvas.showPage()
    canvas.save()


def kaustinen() -> None:
    first = [
        "**Kaustisen seutukunnan hankkeet vuonna 2023",
        "",
        "Seutukunta hallinnoi alla olevia hankkeita tai on niissä mukana osarahoittajana.",
        "",
        "**Elinkeinot",
        "",
        "1.  Kansanmusiikkimatkailu kasvuun, EAKR, 1.1.2022–31.12.2023. Toteuttajina",
        "    Kansanmusiikki-instituutti ry ja Kaustisen seutukunta.",
        "2.  Turkistilojen uudet elinkeinot – valmennus ja neuvonta, Keski-Pohjanmaan liitto,",
        "    1.6.2022–31.5.2024. Kokonaiskustannukset 167 800 €, josta kuntien osuus 25 170 €.",
        "3.  Litiumlaakso, yritysten alihankintaketjut 1.9.2021–31.8.2023, JTF, päätoteuttaja",
        "    Kokkolanseudun Kehitys Oy KOSEK, osatoteuttajat Kaustisen seutukunta ja Keski-",
        "    Pohjanmaan koulutusyhtymä.",
        "4.  Puutuoteyritysten kansainvälistyminen 1.3.–31.12.2023 (Business Finland).",
        "",
        "**Hyvinvointi",
        "",
        "5.  Perhonjokilaakson nuorten työpaja-",
        "    toiminta, 2022–2023, Länsi- ja Sisä-Suomen aluehallintovirasto.",
        "6.  Yhteisöllinen kylä. Hankkeessa kootaan kylien ikäihmiset viikoittain yhteen",
        "    ruokailemaan, ulkoilemaan ja oppimaan uutta. Leader Pirityiset ry, 1.5.2022–",
    ]
    second = [
        "    30.4.2024. Yhteistyökumppanina Vetelin seurakunta.",
        "7.  Etälääkäripalvelu syrjäkylille 2/2023–1/2025, Keski-Pohjanmaan hyvinvointialue",
        "    Soite hankkeen hallinnoijana.",
        "",
        "**Haettavana olevat",
        "",
        "8.  Halsua–Lestijärvi-tuulivoiman vaikutukset aluetalouteen, haettu Keski-Pohjanmaan",
        "    liitolta 45 000 €.",
        "9.  Nuori, jää seudulle! ESR+, 1.1.2024–31.12.2025.",
        "",
        "Merkitään tiedoksi.",
    ]
    write_pages("kaustinen.pdf", [first, second], "Kaustisen seutukunta, seutuhallitus 24.4.2023", "Liite 3, sivu")


def korsholm() -> None:
    first = [
        "**Projektportfölj 2023",
        "",
        "Pågående projekt",
        "",
        "**Replot bro – besökscentrum",
        "Projektägare: Korsholms kommun",
        "Projekttid: 1.4.2022–31.3.2024",
        "Finansiering: ERUF (Österbottens förbund)",
        "Totala kostnader: 512 400 €",
        "Samarbetspartner: Forststyrelsen, Vasaregionens Utveckling Ab VASEK, Replot-",
        "Björkö byaråd r.f.",
        "",
        "**Närmat till Norrvalla och skolorna",
        "Projektägare: Folkhälsan Utbildning Ab",
        "Projekttid: 1.9.2022 – 31.8.2023",
        "Finansiering: Leader Aktion Österbotten",
        "Totala kostnader: 36 900 €",
        "",
        "**Integration i vardagen 2.0",
        "Projektägare: Korsholms kommun",
        "Projekttid: 1.1.2023–",
        "Finansiering: Arbets- och näringsministeriet",
        "Beskrivning: Vänfamiljer, språkcaféer och föreningskvällar för",
        "nyinflyttade i Smedsby och Kvevlax.",
        "",
        "**Klimatneutrala Korsholm 2035",
        "Projektägare: Korsholms kommun",
    ]
    second = [
        "Projekttid: 2021–2024",
        "Finansiering: Miljöministeriet, kommunens självfinansiering 20 %",
        "Totala kostnader: 0,2 milj. euro",
        "",
        "Avslutade projekt",
        "",
        "**Världsarvsporten",
        "Projektägare: Forststyrelsen",
        "Projekttid: maj 2018 – december 2020",
        "Finansiering: Interreg Botnia-Atlantica",
        "Partner: Korsholms kommun, Örnsköldsviks kommun",
        "",
        "**Tvåspråkig skolteater",
        "Projektägare: Korsholms kommun",
        "Projekttid: läsåret 2021–2022",
        "Finansiering: Svenska kulturfonden",
        "",
        "Kontaktperson: utvecklingschef Mikael Bergroth",
    ]
    write_pages("korsholm.pdf", [first, second], "KORSHOLMS KOMMUN", "Sida")


def joensuu() -> None:
    small = ParagraphStyle("small", fontName="Helvetica", fontSize=8, leading=10)
    header = ["Hanke", "Toteuttaja", "Kumppanit", "Kesto", "Rahoitus", "Budjetti €"]
    rows = [
        [
            "Pohjois-Karjalan metsäbiotalouden osaamisverkosto",
            "Karelia-ammattikorkeakoulu Oy",
            "Luonnonvarakeskus, Itä-Suomen yliopisto",
            "1.1.2022–31.12.2023",
            "EAKR",
            "384 000",
        ],
        [
            "Fotoniikka kouluihin",
            "Joensuun kaupunki",
            "Itä-Suomen yliopisto",
            "1.8.2022–31.7.2023",
            "Opetushallitus",
            "42 000",
        ],
        [
            "Ilosaaren tapahtuma-alue",
            "Joensuun kaupunki",
            "Joensuun Popmuusikot ry",
            "2022–2024",
            "Pohjois-Karjalan maakuntaliitto",
            "690 000",
        ],
        [
            "Työkykyä ja työtä",
            "Siun sote",
            "Joensuun kaupunki, Honkalampi-säätiö sr",
            "1.3.2021–28.2.2023",
            "ESR",
            "275 500",
        ],
        [
            "Hiilineutraali Joensuu 2025",
            "Joensuun kaupunki",
            "",
            "1.9.2021–31.8.2024",
            "LIFE, ympäristöministeriö",
            "1 430 000",
        ],
        ["Linnunlahden lavan katto", "Joensuun kaupunki", "", "5/2022–8/2022", "oma rahoitus", "118 000"],
        [
            "Venäläisten opiskelijoiden tukeminen rajan sulkeuduttua",
            "Riveria",
            "Joensuun seurakuntayhtymä",
            "15.3.2022–31.12.2022",
            "OKM",
            "25 000",
        ],
        [
            "Rantakylän palvelutori",
            "Joensuun Kodit Oy",
            "Siun sote, Rantakylän Yhteisötupa ry",
            "1.10.2022 alkaen",
            "ARA",
            "2 250 000",
        ],
        [
            "Kulttuurihyvinvointipassi",
            "Joensuun kaupunki",
            "Siun sote, Pohjois-Karjalan museo",
            "1.1.2023–31.12.2023",
            "AVI",
            "19 500",
        ],
        [
            "Pielisjoen siltojen valaistus",
            "Joensuun kaupunki",
            "Savon Voima Oyj",
            "kevät 2023",
            "oma rahoitus",
            "87 250,50",
        ],
        [
            "Itä-Suomen vetyselvitys",
            "Business Joensuu Oy",
            "Navitas Kehitys Oy, Business Kuopio Oy",
            "1.2.2023–30.11.2023",
            "AKKE",
            "95 000",
        ],
        ["Elävä Reijola", "Reijolan kyläyhdistys ry", "", "1.5.2022–30.4.2023", "Leader Joensuun Seutu", "14 800"],
    ]
    data = [header] + [[Paragraph(text, small) for text in cells] for cells in rows]
    table = Table(data, colWidths=[180, 130, 170, 100, 110, 70], repeatRows=1, rowHeights=[24] + [44] * len(rows))
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("ALIGN", (5, 1), (5, -1), "RIGHT"),
            ]
        )
    )

    def frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, 570, "Joensuun kaupunki | Talousarvio 2023 | Liite 12: Hankkeet")
        canvas.drawRightString(800, 20, f"{document.page}")

    document = SimpleDocTemplate(
        str(HERE / "joensuu.pdf"), pagesize=landscape(A4), invariant=1, topMargin=50, bottomMargin=40, title="Hankkeet"
    )
    document.build([table], onFirstPage=frame, onLaterPages=frame)


MAKERS: Sequence[Callable[[], None]] = (
    kuopio,
    espoo,
    karleby,
    lohja,
    lapinjarvi,
    savonlinna,
    nykarleby,
    pieksamaki,
    kotka,
    kaustinen,
    korsholm,
    joensuu,
)

if __name__ == "__main__":
    for make in MAKERS:
        make()
