"""Counts and states in words; entries cut at their spans; the names of things in the reader's language."""

from __future__ import annotations

import doctest
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hanke_lod
import hanke_lod_server
from hanke_lod.texts import LANGUAGES, catalogue
from hanke_lod_server import negotiation
from hanke_lod_server.graph import Graph, Name, name_in
from hanke_lod_server.pages import words
from hanke_lod_server.pages.marks import legend, pieces, remark_words
from hanke_lod_server.variants import triples_of

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize("module", [words, negotiation], ids=lambda module: module.__name__)
def test_examples_in_docstrings_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("2024-01-01", "2024-12-31", "under way"),
        ("2024-06-15", "2024-06-15", "under way"),
        ("2020-01-01", "2024-06-14", "ended"),
        ("", "2024-06-14", "ended"),
        ("2024-06-16", "2025-01-01", "not yet begun"),
        ("2024-06-16", "", "not yet begun"),
        ("2020-01-01", "", ""),
        ("", "2030-01-01", ""),
        ("", "", ""),
    ],
)
def test_a_state_is_told_only_where_the_dates_say_it(earliest: str, latest: str, expected: str) -> None:
    assert expected == words.state_words(earliest, latest, date(2024, 6, 15), "en")


def test_one_is_not_many() -> None:
    assert words.count_words("page-projects-count", 1, "fi") == "1 hanke"
    assert words.count_words("page-projects-count", 10_000, "fi") == f"10{SPACE}000 hanketta"


@given(text=st.text(max_size=40), cuts=st.lists(st.integers(0, 45), max_size=8))
def test_the_pieces_of_an_entry_are_the_entry(text: str, cuts: list[int]) -> None:
    spans = [[first, last, "period"] for first, last in pairwise(cuts)]

    assert text == "".join(piece.text for piece in pieces(text, spans))


def test_the_legend_names_the_kinds_that_occur_in_its_own_order() -> None:
    cut = pieces("abc", [[0, 1, "money"], [1, 2, "title"], [2, 3, "period"]])

    assert legend([cut]) == ["period", "money"]


def test_a_remark_that_no_text_knows_is_told_by_its_identifier() -> None:
    assert remark_words({"text": "no-such-text"}, "fi") == "no-such-text"
    assert remark_words({"text": "page-line"}, "fi") == "page-line"
    assert remark_words({"text": "page-line", "facts": {"line": "3"}}, "en") == "line 3"


@pytest.mark.parametrize(
    ("names", "language", "expected"),
    [
        ({"fi": "Hanke", "sv": "Projekt"}, "sv", Name("Projekt", "sv")),
        ({"fi": "Hanke"}, "en", Name("Hanke", "fi")),
        ({"sv": "Projekt"}, "fi", Name("Projekt", "sv")),
        ({"se": "Prošeakta"}, "fi", Name("Prošeakta", "se")),
        ({"": "Nimi"}, "fi", Name("Nimi", "")),
        ({"fi": "Sama", "en": "Sama"}, "en", Name("Sama", "en")),
        ({}, "fi", Name("", "")),
    ],
)
def test_a_name_says_which_language_it_is_in(names: dict[str, str], language: str, expected: Name) -> None:
    assert expected == name_in(names, language)


def test_a_graph_gives_values_by_property() -> None:
    graph = Graph(triples_of(b'<x:a> <x:p> "1" .\n<x:a> <x:p> <x:b> .\n_:c <x:p> "ei"@fi-FI .\n'))

    assert graph.text("x:a", "x:p") == "1"
    assert graph.nodes("x:a", "x:p") == ["x:b"]
    assert graph.subjects[0] == "x:a"
    assert graph.names(graph.subjects[1], ["x:p"]) == {"fi": "ei"}


# ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────

_FOLDER = Path(hanke_lod_server.__file__).parent
_MADE = re.compile(
    r"page-(role|kind|mark|property|change|filter|sort|figure|listing|search|severity|use|error|example|question)-.*"
)


def _named() -> set[str]:
    publisher = Path(hanke_lod.__file__).parent  # has remarks on pages of PDF, and words in common with the terminal
    files = [*_FOLDER.rglob("*.py"), *_FOLDER.rglob("*.html"), *publisher.rglob("*.py")]
    return {found for path in files for found in re.findall(r"[\"'](page-[A-Za-z0-9-]+)[\"']", path.read_text("utf-8"))}


def test_every_text_that_pages_name_exists_in_all_languages() -> None:
    missing = {name for name in _named() if not name.endswith("-") and name not in catalogue()}

    assert missing == set()
    assert all(set(LANGUAGES) <= set(catalogue()[name]) for name in _named() if not name.endswith("-"))


def test_no_page_text_is_left_over() -> None:
    named = _named()
    unused = {
        name for name in catalogue()
        if name.startswith("page-") and name not in named and name.removesuffix("-one") not in named
        and not _MADE.fullmatch(name)
    }  # fmt: skip

    assert unused == set()
