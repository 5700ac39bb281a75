"""Addresses and slugs."""

from __future__ import annotations

import string
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.model import Kind
from hanke_lod.rdf import iri
from hanke_lod.uris import KINDS, SLUG_LENGTH, Addresses, KindRow, fragment, slug, unique_slug

ADDRESSES = Addresses("https://data.example.fi/kemi/")
SLUG_CHARACTERS = set(string.ascii_lowercase + string.digits + "-")


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Kunta Helmi 2, Kemin ranta-alueet", "kunta-helmi-2-kemin-ranta-alueet"),
        ("Työtä Kemissä! -yhteispalvelu", "tyota-kemissa-yhteispalvelu"),
        ("Åbo Akademi – Österbotten", "abo-akademi-osterbotten"),
        ("Tyo\u0308ta\u0308", "tyota"),
        ("Sámi giella, Čáhppesnjárga", "sami-giella-cahppesnjarga"),
        ("Straße Łódź Ærø Þing", "strasse-lodz-aero-thing"),
        ("Kun\u00adta Hel\u200bmi", "kunta-helmi"),
        ("ﬁksu", "fiksu"),
        ("a/b\\c?d#e%20f", "a-b-c-d-e-20f"),
        ("Проект", "nimeton"),
        ("", "nimeton"),
        ("–—…", "nimeton"),
    ],
    ids=[
        "finnish", "umlauts", "swedish", "decomposed", "sami", "other-latin", "invisible", "ligature", "reserved",
        "cyrillic", "empty", "signs-only",
    ],
)  # fmt: skip
def test_a_slug_is_the_title_in_plain_letters(title: str, made: str) -> None:
    assert made == slug(title)


def test_a_long_title_s_slug_ends_at_a_whole_word() -> None:
    assert "sana-" * 11 + "sana" == slug("sana " * 40)


def test_one_word_that_is_too_long_is_cut() -> None:
    assert "a" * SLUG_LENGTH == slug("a" * 100)


@given(st.text())
def test_a_slug_is_never_empty_never_long_and_safe_in_any_address(title: str) -> None:
    made = slug(title)

    assert set(made) <= SLUG_CHARACTERS
    assert 1 <= len(made) <= SLUG_LENGTH
    assert made.strip("-") == made
    assert made == slug(made)


@given(st.text(max_size=5), st.lists(st.sampled_from(["a", "a-2", "a-3", "b", "nimeton", "nimeton-2"])))
def test_a_unique_slug_is_none_of_those_taken(title: str, taken: list[str]) -> None:
    assert unique_slug(title, taken) not in taken


def test_the_next_of_one_name_is_numbered_from_two() -> None:
    assert "silta" == unique_slug("Silta", ())
    assert "silta-2" == unique_slug("Silta", {"silta"})
    assert "silta-4" == unique_slug("Silta", {"silta", "silta-2", "silta-3"})


def test_every_kind_has_a_row() -> None:
    assert get_args(Kind) == tuple(row.name for row in KINDS)


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.name)
def test_a_thing_and_its_document_stand_at_paths_of_one_form(row: KindRow) -> None:
    kind = row.name

    assert f"https://data.example.fi/kemi/id/{kind}/x" == ADDRESSES.thing(kind, "x")
    assert f"https://data.example.fi/kemi/doc/{kind}/x" == ADDRESSES.document(kind, "x")
    assert f"https://data.example.fi/kemi/doc/{kind}/x.ttl" == ADDRESSES.document(kind, "x", "ttl")


def test_what_is_one_of_its_kind_has_an_address_too() -> None:
    assert "https://data.example.fi/kemi/id/sector" == ADDRESSES.sectors
    assert "https://data.example.fi/kemi/id/funding" == ADDRESSES.funding
    assert "https://data.example.fi/kemi/id/catalog" == ADDRESSES.catalogue
    assert "https://data.example.fi/kemi/id/service/sparql" == ADDRESSES.sparql_service
    assert "https://data.example.fi/kemi/sparql" == ADDRESSES.path("sparql")
    assert "https://data.example.fi/kemi/dataset.csv" == ADDRESSES.dump("csv")
    assert "https://data.example.fi/kemi/dataset/hankkeet.csv" == ADDRESSES.dump("csv", "hankkeet")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_fragment_of_any_name_is_an_iri(name: str) -> None:
    assert iri(fragment("https://data.example.fi/id/project/x", name)).value.startswith(
        "https://data.example.fi/id/project/x#"
    )
