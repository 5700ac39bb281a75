"""Searching in Finnish, Swedish and English: folded, inflected, within compounds, short."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from hanke_lod.lemmatising import bases
from hanke_lod.searching import Index, ListedProject, Selection, build
from hanke_lod.searching import index as reading
from hanke_lod.searching.guessing import guesses

TITLES = {
    "hanke": {"fi": "Liikennehankkeen suunnittelu"},
    "kehittaminen": {"fi": "Kirjaston kehittämishanke"},
    "tyo": {"fi": "Työllisyyden edistäminen"},
    "nuori": {"fi": "Nuorten 4H-kerhot"},
    "eu": {"fi": "EU:n kylät"},
    "eura": {"fi": "Eurajoen ranta"},
    "koulutus": {"fi": "Koulutus kuntoon"},
    "kerho": {"fi": "Koulukerhotoiminta"},
    "sv": {"sv": "Utvecklingsprojektet i skärgården"},
    "en": {"en": "Services for young people"},
    "nimi": {"fi": "Kolpeneen Vahvaxin päivä"},
}
TEXTS = {
    "tyo": {"fi": "Toteutetaan yhdessä kaupungin kanssa", "sv": "Kemi stad"},
    "nimi": {"fi": "Lapin ammattikorkeakoulu Oy"},
}


def build_index(path: Path, analysed: bool = True) -> Index:
    """Return the index of the projects above."""
    rows = [ListedProject(slug, names, texts=TEXTS.get(slug, {})) for slug, names in TITLES.items()]
    build(path, rows, (), bases) if analysed else build(path, rows, ())
    return Index(path)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the projects above."""
    return build_index(tmp_path_factory.mktemp("words") / "index.sqlite")


def found(index: Index, words: str) -> set[str]:
    """Return the slugs of what a search finds."""
    return {project.slug for project in index.projects(Selection(words=words))}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("tyollisyys", {"tyo"}),
        ("TYÖLLISYYTTÄ", {"tyo"}),
        ("hanke", {"hanke", "kehittaminen"}),
        ("hankkeiden", {"hanke", "kehittaminen"}),
        ("kehittämishankkeissa", {"kehittaminen"}),
        ("kehittäminen", {"kehittaminen"}),
        ("kaupunki", {"tyo"}),
        ("kaupungeissa", {"tyo"}),
        ("koulu", {"kerho", "nimi"}),
        ("kerho", {"kerho", "nuori"}),
        ("toiminta", {"kerho"}),
        ("koulutuksia", {"koulutus"}),
        ("4h", {"nuori"}),
        ("4H-kerhon", {"nuori"}),
        ("eu", {"eu"}),
        ("nuori", {"nuori"}),
        ("nuorisolle", set()),
        ("projekt", {"sv"}),
        ("utveckling", {"sv"}),
        ("skargard", {"sv"}),
        ("service", {"en"}),
        ("stad", {"tyo"}),
        ("ammattikorkeakoulun", {"nimi"}),
        ("vahvax", {"nimi"}),
        ("kolpene", {"nimi"}),
        ("kehittä", {"kehittaminen"}),
        ("rajoe", {"eura"}),
        ("lapin työllisyys", set()),
        ("työllisyys kaupunki", {"tyo"}),
        ('"työllisyys" OR hanke NOT *', set()),
        ("%", set()),
        ("ab", set()),
    ],
)
def test_a_search_finds(index: Index, words: str, slugs: set[str]) -> None:
    assert slugs == found(index, words)
    assert len(slugs) == index.count(Selection(words=words))


def test_without_a_dictionary_words_are_found_as_written_and_by_their_beginning(tmp_path: Path) -> None:
    plain = build_index(tmp_path / "index.sqlite", analysed=False)

    assert {"tyo"} == found(plain, "tyollisyyden")
    assert {"koulutus"} == found(plain, "koulutus")
    assert {"kehittaminen"} == found(plain, "kehittämis")


def test_a_form_may_have_a_base_form_in_each_language(tmp_path: Path) -> None:
    def analysed(language: str, words: Iterable[str]) -> Mapping[str, Sequence[str]]:
        return {word: {"fi": ("kuusi",), "sv": ("kust",)}[language] if word == "kusten" else (word,) for word in words}

    rows = [ListedProject("fi", {"fi": "kuusi"}), ListedProject("sv", {"sv": "kust"}),
            ListedProject("both", {"fi": "kusten", "sv": "kusten"})]  # fmt: skip
    build(tmp_path / "index.sqlite", rows, (), analysed)

    assert {"fi", "sv", "both"} == found(Index(tmp_path / "index.sqlite"), "kusten")


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("hankkeiden", "hanke"),
        ("nuorten", "nuori"),
        ("kaupungeissa", "kaupunki"),
        ("tyollisyyden", "tyollisyys"),
        ("kehittamisen", "kehittaminen"),
        ("koulutuksia", "koulutus"),
        ("asukkaiden", "asukas"),
        ("terveyden", "terveys"),
        ("kunnan", "kunta"),
        ("metsien", "metsa"),
        ("rannan", "ranta"),
        ("ungdomarnas", "ungdom"),
        ("kommunens", "kommun"),
        ("services", "service"),
    ],
)
def test_a_base_form_is_among_the_guesses(word: str, base: str) -> None:
    assert base in guesses(word)


@pytest.mark.parametrize("order", reading.ORDERS)
@pytest.mark.parametrize("words", ["hanke", "kehittä", "nuori kerho"])
def test_a_search_never_scans_the_projects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str, words: str
) -> None:
    build_index(tmp_path / "index.sqlite", analysed=False)
    asked: list[str] = []
    connect = sqlite3.connect

    def traced(*values: object, **named: object) -> sqlite3.Connection:
        base: sqlite3.Connection = connect(*values, **named)  # type: ignore[call-overload]
        base.set_trace_callback(asked.append)
        return base

    monkeypatch.setattr(reading.sqlite3, "connect", traced)
    index = Index(tmp_path / "index.sqlite")
    index.projects(Selection(words=words), order=order)
    index.count(Selection(words=words, status="Ended"))
    base = connect(tmp_path / "index.sqlite")
    queries = [query for query in asked if not query.startswith("--")]  # those are FTS5's own
    plans = [row[3] for query in queries for row in base.execute(f"EXPLAIN QUERY PLAN {query}")]
    base.close()

    assert plans
    assert [] == [plan for plan in plans if re.match(r"SCAN (?:[a-z]|project|place|link|term|form)\b", plan)]
