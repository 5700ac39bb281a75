"""Dates, periods, sums and changes, as people write them."""

from __future__ import annotations

import doctest

import pytest

from hanke_lod import words
from hanke_lod.model import Kind
from hanke_lod.texts import LANGUAGES
from hanke_lod.words import change_words

SPACE = "\N{NO-BREAK SPACE}"
NAMES = {("sector", "kadut"): "Kadut", ("organisation", "a-oy"): "A Oy"}


def name_of(kind: Kind, slug: str) -> str:
    """Return the name of one of two things."""
    return NAMES.get((kind, slug), "")


def test_examples_in_docstrings_are_true() -> None:
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    ("start", "end", "fi", "sv", "en"),
    [
        ("2022-02-01", "2023-12-31", "1.2.2022–31.12.2023", "1.2.2022–31.12.2023", "1 Feb 2022 – 31 Dec 2023"),
        ("2019-12", "2021-11", "joulukuu 2019 – marraskuu 2021", "december 2019 – november 2021",
         "December 2019 – November 2021"),
        ("2020", "2022", "2020–2022", "2020–2022", "2020–2022"),
        ("2021", "2022-12-31", "2021–31.12.2022", "2021–31.12.2022", "2021 – 31 Dec 2022"),
        ("2022", "2022", "2022", "2022", "2022"),
        ("2022-03-01", "", "alku 1.3.2022", "från 1.3.2022", "from 1 Mar 2022"),
        ("", "2022-03-01", "loppu 1.3.2022", "till 1.3.2022", "until 1 Mar 2022"),
        ("", "", "aikaa ei ole kerrottu", "tiden har inte angetts", "no dates given"),
    ],
)  # fmt: skip
def test_periods_in_words(start: str, end: str, fi: str, sv: str, en: str) -> None:
    assert [fi, sv, en] == [words.period_words(start, end, language) for language in LANGUAGES]


@pytest.mark.parametrize("value", ["", "x", "2022-13", "2022-00-01", "-", "99999999", "2022-02-01T00:00:00Z", "<b>"])
def test_what_is_no_date_stays_as_it_is(value: str) -> None:
    assert value == words.date_words(value, "fi")


@pytest.mark.parametrize(
    ("amount", "currency", "fi", "en"),
    [
        ("35200.5", "EUR", f"35{SPACE}200,50{SPACE}€", "€35,200.50"),
        ("250000", "EUR", f"250{SPACE}000{SPACE}€", "€250,000"),
        ("1000", "SEK", f"1{SPACE}000{SPACE}SEK", "1,000 SEK"),
        ("0.05", "EUR", f"0,05{SPACE}€", "€0.05"),
        ("12", "", "12", "12"),
        ("lots", "EUR", "lots EUR", "lots EUR"),
        ("NaN", "EUR", "NaN EUR", "NaN EUR"),
        ("1e999999", "EUR", "1e999999 EUR", "1e999999 EUR"),
    ],
)
def test_sums_in_words(amount: str, currency: str, fi: str, en: str) -> None:
    assert [fi, en] == [words.sum_words(amount, currency, language).strip() for language in ("fi", "en")]


@pytest.mark.parametrize(
    ("name", "before", "after", "fi", "sv", "en"),
    [
        ("period", "2021/2022-12-31", "2021/2023-12-31", "aika jatkui 31.12.2023 saakka",
         "tiden förlängdes till 31.12.2023", "period prolonged to 31 Dec 2023"),
        ("period", "2021/2023", "2021/2022", "aika 2021–2023 → 2021–2022", "tid 2021–2023 → 2021–2022",
         "period 2021–2023 → 2021–2022"),
        ("period", "2021/2022", "2021/2022-06-30", "aika 2021–2022 → 2021–30.6.2022", "tid 2021–2022 → 2021–30.6.2022",
         "period 2021–2022 → 2021 – 30 Jun 2022"),
        ("period", "2021/..", "2021/2022", "aika alku 2021 → 2021–2022", "tid från 2021 → 2021–2022",
         "period from 2021 → 2021–2022"),
        ("period", "", "2021/2022", "aika: 2021–2022 (uusi)", "tid: 2021–2022 (ny uppgift)", "period: 2021–2022 (new)"),
        ("title sv", "Bro", "Bron", "nimi (sv) Bro → Bron", "namn (sv) Bro → Bron", "title (sv) Bro → Bron"),
        ("sector", "kadut", "puistot", "toimiala Kadut → puistot", "sektor Kadut → puistot", "sector Kadut → puistot"),
        ("partner", "a-oy", "", "kumppani: A Oy (poistui)", "partner: A Oy (borttaget)", "partner: A Oy (removed)"),
        ("budget", "", "1000 EUR", f"budjetti: 1{SPACE}000{SPACE}€ (uusi)", f"budget: 1{SPACE}000{SPACE}€ (ny uppgift)",
         "budget: €1,000 (new)"),
        ("close_match", "", "x", "close_match: x (uusi)", "close_match: x (ny uppgift)", "close_match: x (new)"),
    ],
)  # fmt: skip
def test_a_change_is_told_as_a_phrase(name: str, before: str, after: str, fi: str, sv: str, en: str) -> None:
    assert [fi, sv, en] == [change_words(name, before, after, language, name_of) for language in LANGUAGES]
