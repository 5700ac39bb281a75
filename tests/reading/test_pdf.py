"""PDF: lines, tables, running heads, divided words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from hanke_lod.model import Link, Place
from hanke_lod.reading.hyphens import Words
from hanke_lod.reading.pdf import pieces
from hanke_lod.reading.pieces import Piece

#: Where a text stands: left, height, size, bold.
Drawn = tuple[float, float, float, bool, str]


def document(pages: Sequence[Iterable[Drawn]], annotation: bytes = b"") -> bytes:
    """Return a PDF with texts at places of its pages."""
    fonts = [b"Helvetica", b"Helvetica-Bold"]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects += [b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % font for font in fonts]
    kids = []
    for page in pages:
        drawn = b"".join(
            b"BT /F%d %.1f Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj ET\n"
            % (1 + strong, size, left, height, text.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)"))
            for left, height, size, strong, text in page
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        fields = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        objects.append(b"<<%s/Contents %d 0 R%s>>" % (fields, len(objects), annotation))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    made, starts = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)


def lines(*texts: str, left: float = 50, top: float = 750, size: float = 10, strong: bool = False) -> list[Drawn]:
    """Return lines one below the other; an empty one leaves a gap."""
    return [(left, top - 13 * number, size, strong, text) for number, text in enumerate(texts) if text]


def told(made: list[Piece]) -> list[str]:
    """Return what each piece is."""
    return [f"{piece.kind}{piece.level or ''} {piece.text}" for piece in made]


def test_larger_and_bold_lines_are_headings_by_their_size() -> None:
    page = [(50, 800, 16, True, "Kunnan hankkeet"), (50, 780, 12, True, "Elinvoima"), *lines("Silta rakennetaan.", "")]

    made = pieces(document([page]), "x.pdf")

    assert ["heading1 Kunnan hankkeet", "heading2 Elinvoima", "text Silta rakennetaan."] == told(made)
    assert Place(page=1) == made[0].place


def test_items_with_hanging_indents_go_on_over_pages() -> None:
    first = [*lines("1. Silta 2022", "2. Tie, EAKR, 1.1.2022–"), (65, 724, 10, False, "31.12.2023, Kemin kau-")]
    second = [(65, 750, 10, False, "punki ja Ii"), *lines("3. Tori 2023", top=737)]

    made = pieces(document([first, second]), "x.pdf")

    assert ["item Silta 2022", "item Tori 2023"] == [told(made)[0], told(made)[2]]
    assert "Tie, EAKR, 1.1.2022–31.12.2023, Kemin kaupunki ja Ii" == " ".join(made[1].text.split())


def test_running_heads_are_dropped() -> None:
    pages = [
        [
            (50, 820, 8, False, "Kunta, liite 3"),
            (480, 820, 8, False, f"sivu {number} (3)"),
            *lines(f"Silta {number} valmistuu vuonna 202{number}."),
            (290, 20, 8, False, f"- {number} -"),
        ]
        for number in (1, 2, 3)
    ]

    made = pieces(document(pages), "x.pdf")

    assert [f"Silta {number} valmistuu vuonna 202{number}." for number in (1, 2, 3)] == [
        line for piece in made for line in piece.text.split("\n")
    ]


def test_what_only_looks_alike_at_the_edges_is_kept() -> None:
    pages = [
        lines(*(f"{10 * page + n}. Hanke {10 * page + n}, 1.1.2022, EAKR" for n in range(3)), top=800)
        for page in (1, 2)
    ]

    assert 6 == len(pieces(document(pages), "x.pdf"))


ROWS = [
    ("Hanke", "Aika", "Rahoitus"),
    ("Rantaraitin kunnostus ja", "1.5.2023–31.10.2024", "EAKR"),
    ("valaistus", "", ""),
    ("Torin kivetys", "2022–2023", "Kaupunki"),
    ("ELINVOIMA", "", ""),
    ("Uusi kirjastoauto", "2023", "AVI ja Museo-"),
    ("", "", "virasto"),
]


def table(rows: Sequence[Sequence[str]]) -> list[Drawn]:
    """Return a table's texts, in columns."""
    return [
        (left, 750 - 13 * number, 10, number == 0, text)
        for number, row in enumerate(rows)
        for left, text in zip((50, 250, 400), row, strict=True)
        if text
    ]


def test_a_table_in_columns_is_a_table() -> None:
    made = pieces(document([table(ROWS)]), "x.pdf")

    assert [
        "row Rantaraitin kunnostus ja\nvalaistus\t1.5.2023–31.10.2024\tEAKR",
        "row Torin kivetys\t2022–2023\tKaupunki",
        "heading1 ELINVOIMA",
        "row Uusi kirjastoauto\t2023\tAVI ja Museovirasto",
    ] == told(made)
    assert ["Hanke", "Aika", "Rahoitus"] == [field.label for field in made[0].fields]


@pytest.mark.parametrize("again", [True, False], ids=["header said again", "header said once"])
def test_a_table_goes_on_over_pages(again: bool) -> None:
    rest = [("Silta", "2024", "ESR"), ("Laituri", "2025", "OKM")]

    made = pieces(document([table(ROWS), table([ROWS[0], *rest] if again else rest)]), "x.pdf")

    assert ["row Silta\t2024\tESR", "row Laituri\t2025\tOKM"] == told(made)[-2:]
    assert ["Hanke", "Aika", "Rahoitus"] == [field.label for field in made[-1].fields]
    assert Place(page=2) == made[-1].place


def test_running_text_in_two_columns_is_read_one_after_the_other() -> None:
    left = [f"vasemman palstan rivi {number} jossa on tekstiä" for number in range(8)]
    right = [f"oikean palstan rivi {number} jossa on tekstiä" for number in range(8)]

    made = pieces(document([[*lines(*left), *lines(*right, left=320)]]), "x.pdf")

    assert " ".join([*left, *right]) == " ".join(" ".join(piece.text.split()) for piece in made)


def test_labels_in_a_column_of_their_own_are_labels() -> None:
    names, values = ("Hanke:", "Kesto:", "Rahoitus:"), ("Silta", "2022–2023", "EAKR")

    made = pieces(document([[*lines(*names), *lines(*values, left=150)]]), "x.pdf")

    assert list(zip(["Hanke", "Kesto", "Rahoitus"], values, strict=True)) == [
        (f.label, piece.text[f.start : f.end]) for piece in made for f in piece.fields
    ]


def test_links_lie_over_their_words() -> None:
    action = b"/A<</S/URI/URI(https://silta.example/)>>"
    annotation = b"/Annots[<</Type/Annot/Subtype/Link/Rect[50 745 73 765]%s>>]" % action

    made = pieces(document([lines("Silta ja tie ovat valmiit.")], annotation), "x.pdf")

    assert (Link(0, 5, "https://silta.example/"),) == made[0].links


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("liikkumi-", "sen", "liikkumisen"),
        ("Pohjois-", "Suomi", "Pohjois-Suomi"),
        ("COVID-", "19", "COVID-19"),
        ("EAKR-", "hanke", "EAKR-hanke"),
        ("linja-", "auto", "linja-auto"),
        ("Länsi-", "ja", None),
        ("1.1.2022–", "31.12.2023", "1.1.2022–31.12.2023"),
        ("mat\u00ad", "kailu", "mat\u00adkailu"),
        ("Silta –", "uusi", None),
        ("opetus-", "ja", None),
    ],
)
def test_divided_words_are_made_whole(left: str, right: str, joined: str | None) -> None:
    assert joined == Words.of(()).joined(left, right)


def test_the_rest_of_the_document_knows_best() -> None:
    words = Words.of(["niin kulttuuri-ilta on", "ja toisaalta yöpaja kuten"])

    assert "kulttuuri-ilta" == words.joined("kulttuuri-", "ilta")
    assert "yöpaja" == words.joined("yö-", "paja")
