"""Plain text → entries: bullets, wrapped lines, headings, line numbers, and no character lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Document
from hanke_lod.reading import read

Read = Callable[[str], Document]


@pytest.fixture
def listed(tmp_path: Path, lexicon: Lexicon) -> Read:
    """Read a text as a plain-text list."""

    def of(text: str) -> Document:
        path = tmp_path / "lista.txt"
        path.write_bytes(text.encode())
        return read(path, lexicon=lexicon)

    return of


def entries(document: Document) -> list[tuple[str, int | None]]:
    """Return text and line of each entry."""
    return [(entry.text, entry.place.line) for entry in document.entries]


@pytest.mark.parametrize("bullet", ["•", "◦", "·", "●", "○", "■", "▪", "➢", "►", "*", "-", "–", "—"])
@pytest.mark.parametrize("space", [" ", "\t", "\u00a0"], ids=["space", "tab", "no-break-space"])
def test_a_bullet_and_the_space_after_it_are_no_part_of_the_entry(listed: Read, bullet: str, space: str) -> None:
    text = f"Tekninen\n {bullet}{space}Silta 2021–2022\n {bullet}{space}Tie 2022–2023\n"

    assert [("Silta 2021–2022", 2), ("Tie 2022–2023", 3)] == entries(listed(text))


@pytest.mark.parametrize("numbers", [("1.", "2."), ("1)", "2)"), ("a)", "b)")], ids=" ".join)
def test_a_number_before_an_entry_is_no_part_of_it(listed: Read, numbers: tuple[str, str]) -> None:
    text = f"Tekninen\n\n{numbers[0]} Silta 2021–2022\n{numbers[1]} Tie 2022–2023\n"

    assert ["Silta 2021–2022", "Tie 2022–2023"] == [entry.text for entry in listed(text).entries]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"], ids=ascii)
def test_lines_are_counted_from_one_blank_ones_too_however_they_end(listed: Read, end: str) -> None:
    text = end.join(["Johdanto.", "", "Tekninen", "", " • Silta 2021", " • Tie 2022", ""])

    assert [("Silta 2021", 5), ("Tie 2022", 6)] == entries(listed(text))


def test_a_wrapped_line_belongs_to_its_entry(listed: Read) -> None:
    text = "Tekninen\n\n • Sillan ja tien\n   kunnostus 2021–2022\n • Tori 2023\n"

    assert [("Sillan ja tien\nkunnostus 2021–2022", 3), ("Tori 2023", 5)] == entries(listed(text))


def test_spaces_within_an_entry_are_left_as_they_are(listed: Read) -> None:
    assert [("Silta\u00a0 ja  tie 2021", 2)] == entries(listed("Tekninen\n • Silta\u00a0 ja  tie 2021  \n"))


def test_an_entry_stands_under_its_heading(listed: Read) -> None:
    text = "Hankkeita toimialoittain.\n\nTekninen toimiala\n\n • Silta 2021\n • Tie 2022\n\nSivistys\n\n • Koulu 2023\n"

    assert [("Tekninen toimiala",), ("Tekninen toimiala",), ("Sivistys",)] == [e.headings for e in listed(text).entries]


def test_an_entry_without_a_heading_has_none(listed: Read) -> None:
    assert [(), ()] == [entry.headings for entry in listed("• Silta 2021\n• Tie 2022\n").entries]


def test_headings_that_look_alike_stand_beside_each_other_from_the_first_line_on(listed: Read) -> None:
    text = "Tekninen toimiala\n\n • Silta 2021\n • Tie 2022\n\nSivistystoimiala\n\n • Koulu 2023\n"

    assert [
        ("Tekninen toimiala",),
        ("Tekninen toimiala",),
        ("Sivistystoimiala",),
    ] == [entry.headings for entry in listed(text).entries]


def test_a_colon_after_a_heading_is_no_part_of_it(listed: Read) -> None:
    assert [
        ("Tekninen",),
        ("Tekninen",),
    ] == [e.headings for e in listed("Tekninen:\n • Silta 2021\n • Tie 2022\n").entries]


@pytest.mark.parametrize("gap", ["", "\n"], ids=["right-above", "with-a-blank-line"])
def test_a_sentence_before_the_list_is_no_heading(listed: Read, gap: str) -> None:
    text = f"Tähän on koottu hankkeita.\n{gap} • Silta 2021\n • Tie 2022\n"

    assert [(), ()] == [entry.headings for entry in listed(text).entries]


def test_a_byte_order_mark_is_no_part_of_the_first_entry(listed: Read) -> None:
    assert [("Silta 2021", 1), ("Tie 2022", 2)] == entries(listed("\ufeff• Silta 2021\n• Tie 2022\n"))


def test_what_surrounds_the_list_is_kept_as_text(listed: Read) -> None:
    text = "Johdanto on tässä.\n\nTekninen\n\n • Silta 2021\n • Tie 2022\n\nLisää tietoa saa kaupungilta.\n"

    assert ["text", "heading", "entry", "entry", "text"] == [block.kind for block in listed(text).blocks]


LINE = st.text(alphabet="abcå 12.-–()€,\u00a0", max_size=24)


@given(st.lists(st.tuples(st.sampled_from(["", " • ", "   ", "\t", "- ", "1. "]), LINE), max_size=10))
def test_every_letter_and_digit_of_a_document_is_in_its_blocks_in_order(
    listed: Read, rows: list[tuple[str, str]]
) -> None:
    text = "Silta 2021\n" + "\n".join(start + line for start, line in rows)
    kept = "".join(block.text for block in listed(text).blocks)

    assert [c for c in text if c in "abcå"] == [c for c in kept if c in "abcå"]


@given(st.lists(st.tuples(st.sampled_from(["", " • ", "   ", "- "]), LINE), max_size=10))
def test_an_entry_begins_on_the_line_that_it_says(listed: Read, rows: list[tuple[str, str]]) -> None:
    text = "Silta 2021\n" + "\n".join(start + line for start, line in rows)
    lines = text.splitlines()

    for entry in listed(text).entries:
        assert entry.place.line is not None
        assert entry.text.split("\n")[0].split()[0] in lines[entry.place.line - 1]


def test_a_month_in_english_is_no_number_of_an_item(listed: Read) -> None:
    text = "Projects\n\n1. GreenQuay\n   1 January 2023 – 31 December 2025\n2. Teach2Reach\n   2022–2024\n"

    assert ["GreenQuay\n1 January 2023 – 31 December 2025", "Teach2Reach\n2022–2024"] == [
        entry.text for entry in listed(text).entries
    ]


def test_lines_that_each_begin_anew_are_not_joined_however_long(listed: Read) -> None:
    lines = [f"Hanke numero {n} jonka nimi on pitkä kuin linja-auto talvella 1.1.202{n}–31.12.202{n}" for n in range(6)]

    assert lines == [entry.text for entry in listed("Käynnissä olevat hankkeet:\n\n" + "\n".join(lines)).entries]


def test_lines_below_an_open_label_are_its_values(listed: Read) -> None:
    text = "Osaajia\nKesto: 2022\nOsatoteuttajat:\nKemin kaupunki\nOulun yliopisto\nBudjetti: 5 000 €\n"
    (entry,) = listed(text + "\nSilta\nKesto: 2023\n").entries[:1]

    named = [entry.text[field.start : field.end] for field in entry.fields if field.label == "Osatoteuttajat"]
    assert ["Kemin kaupunki", "Oulun yliopisto"] == [name.strip() for name in named]


def test_items_that_say_things_of_the_one_above_belong_to_it(listed: Read) -> None:
    text = "Hankkeet\n\n• Arctic Food 2023–2025\n• Kumppani: Oulun yliopisto\n• Sápmi 2022\n• Hanketta koordinoi SAKK\n"

    assert ["Arctic Food 2023–2025", "Sápmi 2022"] == [e.text.split("\n")[0] for e in listed(text).entries]


def test_a_list_of_terms_or_of_advice_is_no_list_of_projects(listed: Read) -> None:
    projects = "".join(f"- Silta {n}, EAKR, 202{n}–202{n + 1}, toteuttaja Kemin kaupunki\n" for n in range(6))
    advice = "1. Kuvaa ajatus yhdelle sivulle\n2. Ota yhteyttä ajoissa\n3. Lautakunta päättää omasta osuudesta\n"

    assert 6 == len(listed(f"Hankkeet:\n\n{projects}\nNäin ehdotat:\n\n{advice}").entries)


def test_the_place_and_date_below_a_list_are_no_project(listed: Read) -> None:
    prose = "".join(
        f"Silta {n}. Kaupunki korjaa sillan vuosina 202{n}–203{n} yhdessä kylän kanssa.\n\n" for n in range(6)
    )

    assert 6 == len(listed(f"HANKKEET\n\n{prose}Kemissä 27.3.2024\nKaupunginjohtaja\n").entries)
