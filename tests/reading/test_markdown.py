"""Markdown as people write it."""

from __future__ import annotations

import pytest

from hanke_lod.model import Place
from hanke_lod.reading.markdown import pieces
from hanke_lod.reading.pieces import Piece


def read(text: str) -> list[Piece]:
    """Read a Markdown text."""
    return pieces(text.encode(), "x.md")


def told(made: list[Piece]) -> list[tuple[str, int, str]]:
    """Return kind, level and text of each piece."""
    return [(piece.kind, piece.level, piece.text) for piece in made]


def test_headings_and_nested_lists_have_levels_and_lines() -> None:
    made = read("# Hankkeet\n\nElinvoima\n---------\n\n- Silta\n    - 2022\n- Tie\n")

    assert [("heading", 1, "Hankkeet"), ("heading", 2, "Elinvoima")] == told(made)[:2]
    assert [("item", 0, "Silta"), ("item", 1, "2022"), ("item", 0, "Tie")] == told(made)[2:]
    assert [1, 3, 6, 7, 8] == [piece.place.line for piece in made]


@pytest.mark.parametrize("sign", ["•", "–", "·", "*", "-", "+", "1.", "1)", "a)"])
def test_all_bullets_are_bullets(sign: str) -> None:
    made = read(f"Hankkeet:\n\n{sign} Silta 2022\n{sign} Tie 2023\n")

    assert [("item", 0, "Silta 2022"), ("item", 0, "Tie 2023")] == told(made)[1:]


def test_a_year_before_a_full_stop_is_no_list() -> None:
    assert [("text", 0, "2021. Hankkeet")] == told(read("2021. Hankkeet\n"))


def test_a_rule_below_a_sentence_makes_no_heading() -> None:
    assert "text" == read("Tässä ovat hankkeet.\n---\n\n- Silta\n")[0].kind


def test_an_indent_is_no_code() -> None:
    assert [("text", 0, "Silta 2022")] == told(read("    Silta 2022\n"))


def test_labels_are_fields() -> None:
    made = read("### Silta\n\n**Kesto:** 2022\n**Rahoitus:** EAKR\n\n- **Hakija:** Kunta\n")

    assert [("Kesto", "2022"), ("Rahoitus", "EAKR"), ("Hakija", "Kunta")] == [
        (field.label, piece.text[field.start : field.end]) for piece in made for field in piece.fields
    ]


def test_tables_and_links_are_read() -> None:
    made = read("| Hanke | Aika |\n|---|---|\n| [Silta](https://silta.example) | 2022 |\n")

    assert [("row", "Silta\t2022", Place(3))] == [(row.kind, row.text, row.place) for row in made]
    assert ["https://silta.example"] == [link.target for link in made[0].links]


def test_markdown_between_html_is_read() -> None:
    made = read("# H\n\n## A\n\n<details>\n<summary>Haetut</summary>\n\n- Silta\n\n</details>\n")

    assert ("heading", "Haetut", 6) == (made[2].kind, made[2].text, made[2].place.line)
    assert ("item", 0, "Silta") == told(made)[3]


def test_front_matter_is_no_content() -> None:
    assert [("heading", 1, "Hankkeet")] == told(read("---\ntitle: x\n---\n# Hankkeet\n"))
