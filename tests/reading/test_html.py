"""HTML pages: what is content, and what its markup tells."""

from __future__ import annotations

import pytest

from hanke_lod.model import Place
from hanke_lod.reading.html import pieces
from hanke_lod.reading.pieces import Piece


def read(body: str) -> list[Piece]:
    """Read a page with this body."""
    return pieces(f"<!doctype html><meta charset=utf-8><body>{body}</body>".encode(), "x.html")


def told(made: list[Piece]) -> list[str]:
    """Return what each piece is: "heading2 Elinvoima", "item Silta"."""
    return [f"{piece.kind}{piece.level or ''} {piece.text}" for piece in made]


def labels(made: list[Piece]) -> list[tuple[str, str]]:
    """Return the labels with their values."""
    return [(f.label, piece.text[f.start : f.end]) for piece in made for f in piece.fields if f.label]


@pytest.mark.parametrize(
    "surrounding",
    [
        "<nav><ul><li>Etusivu</li></ul></nav>",
        "<header><p>Kunta</p></header>",
        "<footer><p>Osoite</p></footer>",
        "<aside><h2>Uutiset</h2></aside>",
        "<div id=cookie-bar><p>Evästeet</p></div>",
        "<ol class='breadcrumb main-nav'><li>Etusivu</li></ol>",
        "<ul class=valikko><li>Etusivu</li></ul>",
        "<div role=navigation>Etusivu</div>",
        "<ul><li><a href='/'>Etusivu</a></li><li><a href='/h'>Hankkeet</a></li></ul>",
        "<script>var x = 'Silta 2022'</script><style>p {}</style><noscript>Salli JavaScript</noscript>",
        "<template><p>{{nimi}}</p></template>",
        "<div hidden><p>Piilossa</p></div><p style='display: none'>Piilossa</p>",
        "<select><option>Kaikki</option></select><button>Hae</button>",
        "<span class=sr-only>Siirry sisältöön</span>",
    ],
    ids=lambda text: text[1:24],
)
def test_what_surrounds_the_content_is_left_out(surrounding: str) -> None:
    assert ["heading1 Hankkeet", "text Silta 2022"] == told(read(f"{surrounding}<h1>Hankkeet</h1><p>Silta 2022</p>"))


def test_where_a_page_has_a_main_part_the_rest_is_left_out() -> None:
    assert ["heading2 Hankkeet", "text Silta"] == told(
        read("<div>Muuta</div><main><h2>Hankkeet</h2><p>Silta</p></main><p>x</p>")
    )


def test_a_list_of_links_to_projects_is_content() -> None:
    made = read("<h1>Hankkeet</h1><ul><li><a href='/a'>Silta</a></li><li><a href='/b'>Tie</a></li></ul>")

    assert ["heading1 Hankkeet", "item Silta", "item Tie"] == told(made)


def test_nested_lists_have_depths() -> None:
    made = read("<ul><li>Elinvoima<ul><li>Silta<ul><li>2022</li></ul></li></ul></li><li>Sivistys</li></ul>")

    assert ["item Elinvoima", "item1 Silta", "item2 2022", "item Sivistys"] == told(made)


@pytest.mark.parametrize(
    "accordion",
    [
        "<h2><button aria-expanded=false aria-controls=p>Elinvoima</button></h2><div id=p hidden>{}</div>",
        "<button aria-controls=p>Elinvoima</button><div id=p hidden>{}</div>",
        "<details><summary>Elinvoima</summary>{}</details>",
        "<div class=accordion-title>Elinvoima</div><div class=accordion-content style='display:none'>{}</div>",
        "<div role=tablist><a role=tab href='#p'>Elinvoima</a></div><div id=p role=tabpanel hidden>{}</div>",
    ],
)
def test_what_opens_a_panel_is_its_heading(accordion: str) -> None:
    made = read("<h1>Hankkeet</h1>" + accordion.format("<ul><li>Silta 2022</li></ul>"))

    assert ["heading1 Hankkeet", "heading2 Elinvoima", "item Silta 2022"] == told(made)


@pytest.mark.parametrize(
    "block",
    [
        "<p><strong>Kesto:</strong> 2022<br><strong>Rahoitus:</strong> EAKR, ESR</p>",
        "<p><b>Kesto</b> 2022</p><p><b>Rahoitus</b> EAKR, ESR</p>",
        "<p>Kesto: 2022<br>Rahoitus: EAKR, ESR</p>",
        "<div><i>Kesto</i> <span>2022</span></div><div><span class=label>Rahoitus</span> <em>EAKR, ESR</em></div>",
        "<div><div>Kesto</div><div>2022</div></div><div><div>Rahoitus:</div><div>EAKR, ESR</div></div>",
        "<dl><dt>Kesto</dt><dd>2022</dd><dt>Rahoitus</dt><dd>EAKR, ESR</dd></dl>",
        "<table><tr><th>Kesto</th><td>2022</td></tr><tr><th>Rahoitus</th><td>EAKR, ESR</td></tr></table>",
        "<h3>Kesto</h3><p>2022</p><h3>Rahoitus</h3><p>EAKR, ESR</p>",
    ],
    ids=lambda text: text[:20],
)
def test_labels_are_told_in_every_markup(block: str) -> None:
    made = read(f"<h1>Hankkeet</h1><h2>Silta</h2>{block}")

    assert [("Kesto", "2022"), ("Rahoitus", "EAKR, ESR")] == labels(made)
    assert ["text", "text"] == [piece.kind for piece in made[2:]]


def test_several_values_of_a_label_are_its_lines() -> None:
    made = read("<dl><dt>Kesto</dt><dd>2022</dd><dt>Rahoittaja</dt><dd>OKM</dd><dd>AVI</dd></dl>")

    assert [("Kesto", "2022"), ("Rahoittaja", "OKM\nAVI")] == labels(made)


def test_names_of_a_definition_list_are_items_with_what_is_said_of_them_below() -> None:
    made = read("<dl><dt>Silta</dt><dd>Kesto: 2022</dd><dd>Rahoitus: EAKR</dd><dt>Tie</dt><dd>Kesto: 2023</dd></dl>")

    assert ["item Silta", "item1 Kesto: 2022", "item1 Rahoitus: EAKR", "item Tie", "item1 Kesto: 2023"] == told(made)


def test_lines_that_each_tell_a_year_are_pieces_of_their_own() -> None:
    assert ["text Silta 2022", "text Tie 2023", "text Tori 2021"] == told(
        read("<p>Silta 2022<br>Tie 2023<br>Tori 2021</p>")
    )


def test_lines_of_one_thing_are_its_parts() -> None:
    piece = read("<p>Silta<br>EAKR, 2022<br>kumppani THL</p>")[0]

    assert "Silta\nEAKR, 2022\nkumppani THL" == piece.text
    assert ["Silta", "EAKR, 2022", "kumppani THL"] == [piece.text[f.start : f.end] for f in piece.fields]


def test_blank_lines_of_breaks_part_paragraphs() -> None:
    made = read("<div>Silta<br>EAKR<br><br>Tie<br>ESR</div>")

    assert [("Silta\nEAKR", True), ("Tie\nESR", True)] == [(piece.text, piece.gap) for piece in made]


def test_typed_bullets_are_items() -> None:
    assert ["item Silta 2022", "item Tie 2023"] == told(read("<p>• Silta 2022<br>• Tie 2023</p>"))


def test_paragraphs_of_an_item_are_one() -> None:
    assert ["item Silta\nEAKR, 2022"] == told(read("<ul><li><p><b>Silta</b></p><p>EAKR, 2022</p></li></ul>"))


def test_an_item_with_a_heading_is_a_section() -> None:
    made = read("<h2>A</h2><ul><li><h3>Silta</h3><p>Kuvaus.</p></li></ul>")

    assert ["heading2 A", "heading3 Silta", "text Kuvaus."] == told(made)


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    made = read("<table><tr><td>Valikko</td><td><h1>Hankkeet</h1><ul><li>Silta 2022</li></ul></td></tr></table>")

    assert ["text Valikko", "heading1 Hankkeet", "item Silta 2022"] == told(made)


def test_a_table_in_an_old_page_with_spans_and_blocks_in_cells() -> None:
    rows = (
        "<tr><td><p><b>Toimiala</b></p></td><td><p><b>Hanke</b></p></td><td><b>Aika</b></td></tr>"
        "<tr><td rowspan=2>Elinvoima</td><td><p>Silta</p><p>ja tie</p></td><td>2022</td></tr>"
        "<tr><td>Tori</td><td>2023</td></tr>"
    )

    made = read(f"<form><table>{rows}</table></form>")

    assert ["row Elinvoima\tSilta\nja tie\t2022", "row Elinvoima\tTori\t2023"] == told(made)
    assert [("Toimiala", "Elinvoima"), ("Hanke", "Tori"), ("Aika", "2023")] == labels(made)[3:]


def test_links_are_kept_where_they_lead_to_the_web() -> None:
    made = read(
        "<ul><li><a href='https://silta.example/'>Silta</a>, <a href='/x'>lue</a>, <a href='javascript:x()'>y</a>,"
        " <a href='mailto:a@b.fi'>posti</a></li></ul>"
    )

    assert [("Silta", "https://silta.example/")] == [(made[0].text[k.start : k.end], k.target) for k in made[0].links]


def test_relative_links_are_kept_where_the_page_tells_its_base() -> None:
    made = read("<base href='https://kunta.example/h/'><p><a href='silta'>Silta</a> 2022</p>")

    assert "https://kunta.example/h/silta" == made[0].links[0].target


def test_a_link_around_a_heading_is_the_headings() -> None:
    made = read("<a href='https://silta.example'><h3>Silta</h3></a>")

    assert [("Silta", "https://silta.example")] == [(made[0].text[k.start : k.end], k.target) for k in made[0].links]


def test_places_are_the_lines_of_the_source() -> None:
    source = "<h1>Hankkeet</h1>\n<nav>Silta</nav>\n<!-- Silta -->\n<ul>\n<li>S&auml;ilt&ouml;\n 2022</li>\n"
    source += "<li>Silta</li></ul>"

    made = pieces(source.encode(), "x.html")

    assert [("Hankkeet", Place(1)), ("Säiltö 2022", Place(5)), ("Silta", Place(7))] == [(p.text, p.place) for p in made]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<meta charset=iso-8859-1><p>Säätiö 5 €</p>".encode("cp1252"), "Säätiö 5 €"),
        ("<meta http-equiv=Content-Type content='text/html; charset=utf-8'><p>Säätiö</p>".encode(), "Säätiö"),
        ("<p>Säätiö</p>".encode("cp1252"), "Säätiö"),
        ("<meta charset=nonsense><p>Säätiö</p>".encode(), "Säätiö"),
        ("<meta charset=iso-8859-1><p>Säätiö</p>".encode("utf-16"), "Säätiö"),
    ],
)
def test_the_encoding_is_the_pages_own_or_found_out(data: bytes, text: str) -> None:
    assert text == pieces(data, "x.html")[0].text


def test_entities_and_inline_markup_leave_the_text_as_it_is_read() -> None:
    made = read("<p><em>Sano&nbsp;se</em> selko&shy;kielell&auml;\n &ndash; <b>2022</b></p>")

    assert "Sano\u00a0se selko\u00adkielellä – 2022" == made[0].text


def test_deep_nesting_is_read_without_a_crash() -> None:
    assert ["text x"] == told(read("<div>" * 2000 + "x"))


def test_labels_of_fields_are_no_text_but_those_that_unfold_are() -> None:
    page = """<h1>Hankkeet</h1>
    <form><label for="ala">Osaamisala</label> <select id="ala"><option>Kaikki</option></select></form>
    <input type="checkbox" id="a" hidden><label for="a">Silta</label><div><p>Kesto: 2022</p></div>
    <input type="checkbox" id="b" hidden><label for="b">Tie</label><div><p>Kesto: 2023</p></div>"""

    text = "\n".join(piece.text for piece in read(page))

    assert "Osaamisala" not in text
    assert "Silta" in text
