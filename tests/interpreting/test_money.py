"""Sums of money: every way in which lists write them, and what the words around say a sum is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work import is_linear

from hanke_lod import texts
from hanke_lod.interpreting import money
from hanke_lod.interpreting.money import Found

# Each row: an id, the text, and the sums in it; "~" before a sum that is approximate. After "L:" stands the value of a
# label that is known to be about money.
SUMS = [
    ("spaces", "250 000 €", "250000 EUR"),
    ("no-break-spaces", "250\u00a0000\u00a0€", "250000 EUR"),
    ("thin-spaces", "1\u202f200\u2009000 €", "1200000 EUR"),
    ("full-stops", "256.506 euroa", "256506 EUR"),
    ("full-stops-and-cents", "1.234.567,89 €", "1234567.89 EUR"),
    ("commas", "7,250,000 EUR", "7250000 EUR"),
    ("commas-and-cents", "EUR 318,750.00", "318750 EUR"),
    ("apostrophes", "1’200’000 €", "1200000 EUR"),
    ("nothing", "640000 €", "640000 EUR"),
    ("cents", "35 200,50 €", "35200.5 EUR"),
    ("cents-full-stop", "89000.50 €", "89000.5 EUR"),
    ("zero-cents", "68 500,00 euro", "68500 EUR"),
    ("currency-first", "EUR 498,188", "498188 EUR"),
    ("sign-first", "€286,400", "286400 EUR"),
    ("sign-first-spaced", "€ 420 000", "420000 EUR"),
    ("sign-unspaced", "30 000€", "30000 EUR"),
    ("euro-sv", "245 000 euro", "245000 EUR"),
    ("euro-genitive", "200 000 euron hanke", "200000 EUR"),
    ("euro-on-next-line", "250 000\neuroa", "250000 EUR"),
    ("e", "50 000,00 e", "50000 EUR"),
    ("comma-dash", "50 000,-", "50000 EUR"),
    ("colon-dash", "50 000:-", "50000 EUR"),
    ("comma-dash-sign", "50 000,- €", "50000 EUR"),
    ("milj", "1,2 milj. euroa", "1200000 EUR"),
    ("milj-sign", "2,4 milj. €", "2400000 EUR"),
    ("milj-unspaced", "2 milj.euroa", "2000000 EUR"),
    ("miljoonaa", "1,5 miljoonaa euroa", "1500000 EUR"),
    ("miljoonan", "1,2 miljoonan euron investointi", "1200000 EUR"),
    ("mn", "1,35 mn €", "1350000 EUR"),
    ("miljoner", "3 miljoner euro", "3000000 EUR"),
    ("M€", "1,2 M€", "1200000 EUR"),
    ("M€-full-stop", "1.84 M€", "1840000 EUR"),
    ("M€-below-one", "0,85 M€", "850000 EUR"),
    ("MEUR", "2,5 MEUR", "2500000 EUR"),
    ("m-after", "€1.2m", "1200000 EUR"),
    ("million-after", "€1.6 million", "1600000 EUR"),
    ("million-euros", "2.1 million euros", "2100000 EUR"),
    ("EUR-million", "EUR 0.35 million", "350000 EUR"),
    ("three-decimals-of-a-million", "1,235 milj. €", "1235000 EUR"),
    ("miljard", "1 mrd. €", "1000000000 EUR"),
    ("t€", "120 t€", "120000 EUR"),
    ("k€", "45,5 k€", "45500 EUR"),
    ("k-after", "€250k", "250000 EUR"),
    ("tuhatta", "450 tuhatta euroa", "450000 EUR"),
    ("tusen", "20 tusen euro", "20000 EUR"),
    ("SEK", "12 400 000 SEK", "12400000 SEK"),
    ("kr", "5 000 kr", "5000 SEK"),
    ("kronor", "3 miljoner kronor", "3000000 SEK"),
    ("NOK", "2,5 MNOK", "2500000 NOK"),
    ("USD", "USD 1,000.50", "1000.5 USD"),
    ("n", "n. 2 milj. €", "~2000000 EUR"),
    ("noin", "Biohiili, noin 95 000 €", "~95000 EUR"),
    ("arviolta", "arviolta 150 000 euroa", "~150000 EUR"),
    ("ca", "ca 40 000 euro", "~40000 EUR"),
    ("about", "about EUR 40,000", "~40000 EUR"),
    ("up-to", "up to €40,000", "~40000 EUR"),
    ("two", "100 000 €, josta 20 000 €", "100000 EUR 20000 EUR"),
    ("year-before", "2022 250 000 €", "250000 EUR"),
    ("period-before", "1.1.2022–31.12.2023 85 000 €", "85000 EUR"),
    ("period-and-dash-before", "2022–2023 – 85 000 €", "85000 EUR"),
    ("phase-before", "vaihe 2 – 300 000 €", "300000 EUR"),
    ("label-plain", "L:384 000", "384000 EUR"),
    ("label-decimal", "L:34,5", "34.5 EUR"),
    ("label-cents", "L:87 250,50", "87250.5 EUR"),
    ("label-english", "L:2,450,000", "2450000 EUR"),
    ("label-about", "L:noin 270 000", "~270000 EUR"),
    ("label-years-beside", "L:2022: 50 000 €, 2023: 40 000 €", "50000 EUR 40000 EUR"),
]
NONE = [
    ("percentage", "omarahoitus 20 %"),
    ("percentage-of-label", "L:20 %"),
    ("year", "2022"),
    ("years", "2021–2023"),
    ("date", "31.12.2022"),
    ("count", "15 kpl"),
    ("people", "350 000 asukasta"),
    ("europe", "10 Euroopan maata"),
    ("e-book", "2 e-kirjaa"),
    ("metres", "5 m"),
    ("phone", "040 123 4567"),
    ("code", "A80112"),
    ("words", "L:ei vielä vahvistettu"),
    ("dash", "L:–"),
    ("no-number", "milj. euroa"),
]
RANGES = [
    ("millions", "0,5–0,7 milj. €"),
    ("whole", "100 000–150 000 €"),
    ("spaced", "100 000 – 150 000 euroa"),
    ("thousands", "100–150 t€"),
    ("two-units", "500 t€ – 1,2 milj. €"),
]
ROLES = [
    ("budjetti", "budjetti 290 000 €", "total"),
    ("kokonaisbudjetti", "ESR, kokonaisbudjetti 12 400 000 SEK", "total"),
    ("kokonaisbudjetti-about", "kokonaisbudjetti: n. 2 milj. €", "total"),
    ("kustannusarvio", "kustannusarvio 480 000 €, 2023–2024", "total"),
    ("kokonaiskustannusarvio", "Kokonaiskustannusarvio 389.900 euroa.", "total"),
    ("kokonaiskustannukset-olivat", "Hankkeen\nkokonaiskustannukset olivat 143 250 euroa, ja", "total"),
    ("kustannusarvio-share-after", "Kustannusarvio 640.000 euroa, kunnan osuus 50 %", "total"),
    ("josta", "Kokonaiskustannukset 167 800 €, josta kuntien osuus 25 170 €.", "total part"),
    ("josta-alone", "1,2 milj. euroa, josta kaupungin osuus 240 000 €", "total part"),
    ("bracketed-share", "398 750 euroa (kaupungin kuntaraha 15 000 euroa)", "total part"),
    ("budget-after", "100 000 € kokonaisbudjetti", "total"),
    ("granted-and-total", "myönnetty tuki 50 000 €, kokonaiskustannukset 100 000 €", "part total"),
    ("approved-costs", "hyväksytty kustannusarvio 100 000 €, EU-rahoitus 80 %", "total"),
    ("arviolta", "Kelloselän palvelut 2022–2024, arviolta 150 000 euroa", "total"),
    ("euron-hanke", "200 000 euron hanke", "total"),
    ("yhteensä", "yhteensä 50 000 €", "total"),
    ("omarahoitus-after", "250 000 € (omarahoitus)", "part"),
    ("kunnan-osuus", "josta kunnan osuus 50 000 €", "part"),
    ("of-the-total", "kokonaisbudjetista 20 000 € on omarahoitusta", "part"),
    ("haettu", "haettu avustus 80 000 €", "part"),
    ("haettu-far", "haettu Keski-Pohjanmaan\nliitolta 45 000 €", "part"),
    ("avustusta-yhteensä", "avustusta myönnettiin yhteensä 50 000 euroa", "part"),
    ("vuodessa", "12 000 € vuodessa kuntayhtymältä", "part"),
    ("vuodessa-after-costs", "kustannukset 50 000 euroa vuodessa", "part"),
    ("vuonna", "budjetti vuonna 2022 50 000 €", "part"),
    ("kaupungin-rahoitus", "kaupungin rahoitus 25 000 €", "part"),
    ("noin", "Biohiili, AKKE (Lapin liitto), noin 95 000 €", "unknown"),
    ("tuki-after-comma", "investointi 210 000 €, 2023, tuki Business Finlandilta", "unknown"),
    ("nothing", "Tietoturva kuntoon, 85 000 €", "unknown"),
    ("sv-budget", "budget 1,2 M€, varav stadens andel 20 %", "total"),
    ("sv-budget-på", "med en budget på 55 000 € finansieras", "total"),
    ("sv-budgeten-är", "Den totala budgeten är 1 486 000 euro.", "total"),
    ("sv-totalkostnad", "totalkostnad 136 250 €", "total"),
    ("sv-kostnadsförslag", "kostnadsförslag 30 000 euro, egen andel 10 000 euro", "total part"),
    ("sv-beviljat", "Ålands landskapsregering, 400 000 euro beviljat\ntotalkostnad 1 250 000 euro", "part total"),
    ("sv-sökt", "sökt finansiering 120 000 euro", "part"),
    ("sv-per-år", "5 000 € per år", "part"),
    ("en-total", "total EUR 0.35 million", "total"),
    ("en-budget-of", "with a budget of €200,000", "total"),
    ("en-of-which", "total cost €286,400 of which the municipality pays €28,640", "total part"),
    ("en-grant", "total EU grant 2,175,000 EUR", "part"),
    ("en-own", "own contribution EUR 5,000", "part"),
    ("en-applied", "applied sum €400,000", "part"),
    ("en-annual", "annual cost EUR 5,000 per year", "part"),
]


def read(text: str) -> list[Found]:
    """Return the sums in a text, after "L:" as the value of a label."""
    return list(money.find(text.removeprefix("L:"), labelled=text.startswith("L:")))


def said(found: Found) -> str:
    """Return a sum as the table writes it."""
    return f"{'~' * found.approximate}{found.money.amount:f} {found.money.currency}"


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, sums, id=name) for name, text, sums in SUMS])
def test_a_sum_is_read_as_a_careful_reader_reads_it(text: str, expected: str) -> None:
    assert expected == " ".join(map(said, read(text)))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NONE])
def test_what_is_no_sum_is_left(text: str) -> None:
    assert [] == read(text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in RANGES])
def test_a_range_is_a_doubt_and_no_sum(text: str) -> None:
    (doubt,) = money.doubts(text)

    assert [] == read(text)
    assert (0, len(text), "money-range") == (doubt.start, doubt.end, doubt.problem)
    assert texts.has(doubt.problem)


def test_one_sum_is_no_doubt() -> None:
    assert [] == list(money.doubts("vaihe 2 – 300 000 €, budjetti 0,5 milj. €"))


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, roles, id=name) for name, text, roles in ROLES])
def test_the_nearest_words_tell_what_a_sum_is(text: str, expected: str) -> None:
    assert expected == " ".join(money.role(text, found) for found in read(text))


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(SUMS) + len(NONE) + len(RANGES) >= 50
    assert len(ROLES) >= 30


def test_the_word_about_is_taken_and_not_part_of_the_sum() -> None:
    text = "budjetti n. 2 milj. €, ESR"

    (found,) = read(text)

    assert ("n. 2 milj. €", "2 milj. €") == (text[found.start : found.end], found.money.written)
    assert texts.has(found.assumed)


def test_an_exact_sum_assumes_nothing() -> None:
    assert [""] == [found.assumed for found in read("budjetti 2 milj. €")]


def test_only_the_given_part_is_read() -> None:
    text = "10 000 €\t20 000 €\t30 000 €"

    (found,) = money.find(text, 9, 17)

    assert (9, 17, "20000 EUR") == (found.start, found.end, said(found))


PIECES = st.sampled_from(
    ["1", "12", "250", "000", "1,2", "1.5", "2022", "€", "EUR", "euroa", "e", "kr", "milj.", "M", "t", "m", "k", "noin",
     "n.", "–", "-", ",", ".", ":-", "%", "(", ")", "budjetti", "josta", "osuus", "haettu"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES).map("".join)))
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    for labelled in (False, True):
        position = 0
        spans = [(one.start, one.end) for one in money.find(text, labelled=labelled)]
        spans += [(one.start, one.end) for one in money.doubts(text, labelled=labelled)]
        for start, end in sorted(spans):
            assert position <= start < end <= len(text)
            position = end
        for found in money.find(text, labelled=labelled):
            assert found.money.amount >= 0
            assert money.role(text, found) in ("total", "part", "unknown")


@pytest.mark.parametrize("piece", ["1", "111 ", "1.1", "1,", "-", "1–", "noin ", "111 111–", "€", "1 € ", "milj. "])
def test_long_texts_are_work_in_proportion(piece: str) -> None:
    assert is_linear(lambda text: list(money.find(text, labelled=True)), piece, 5000)
