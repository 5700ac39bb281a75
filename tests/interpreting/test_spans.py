"""Every character of an entry is accounted for, whatever it says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from snippets import understood

from hanke_lod.interpreting.spans import Taken
from hanke_lod.model import Field, Span

PIECES = (
    "Kemin kaupunki", "toteuttaja", "toteuttajana", "koordinoi", "ja", "sekä", "och", "and", ",", ";", ":",
    ".", "(", ")", " – ", "/", "\n", "\t", "EAKR", "ESR-hanke", "1.1.2022–31.12.2023", "2022", "Rahoitus:",
    "Kumppanit:", "kanssa", "yhteinen", "hanke", "Hanke:", "n. 12 000 €", "80 %", "Mieli ry:n",
    "Leader Ravakka ry", "rahoittama", "www.kemi.fi", "käynnissä", "A80112", "lead partner", "i samarbete med",
    "funded by", "p. 040 123 4567", "Lisätietoja: Anna Virtanen", "\u00ad", "\u200b", "a\u0308", "\u00a0",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
LABELS = st.sampled_from(
    ("", "Nimi", "Toteuttaja", "Rahoitus", "Kesto", "Alku", "Loppu", "Budjetti", "Tila", "Kumppanit", "Muu", "Toimiala")
)


def joined(text: str, spans: tuple[Span, ...]) -> str:
    return "".join(text[span.start : span.end] for span in spans)


@given(TEXTS, st.sampled_from(("fi", "sv", "en")))
def test_the_spans_of_any_text_give_it_back(text: str, language: str) -> None:
    spans = understood(text.replace("\n", " "), language).spans

    assert text.replace("\n", " ") == joined(text.replace("\n", " "), spans)
    assert all(one.end == other.start for one, other in pairwise(spans))


@given(st.lists(st.tuples(LABELS, TEXTS), min_size=1, max_size=6))
def test_the_spans_of_any_labelled_parts_give_the_entry_back(parts: list[tuple[str, str]]) -> None:
    text, fields = "", []
    for label, value in parts:
        text += f"{label}: " if label else ""
        fields.append(Field(label, len(text), len(text) + len(value)))
        text += value + "\n"

    assert text == joined(text, understood(text, fields=fields).spans)


def test_a_part_is_taken_once() -> None:
    taken = Taken("Kemin kaupunki 2022")

    assert taken.take(0, 14, "organisation")
    assert not taken.take(6, 19, "title")
    assert [(14, 19)] == list(taken.free())


def test_what_is_left_is_taken_around_what_is_known() -> None:
    taken = Taken("toteuttaja Kemi ry")
    taken.take(11, 18, "organisation")
    taken.take_around(0, 18, "role")

    assert (Span(0, 11, "role"), Span(11, 18, "organisation")) == taken.complete()


def test_neighbouring_separators_are_one_and_words_are_other() -> None:
    taken = Taken("a, b")
    taken.take(0, 1, "title")

    assert (Span(0, 1, "title"), Span(1, 4, "other")) == taken.complete()
