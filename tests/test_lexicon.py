"""The names that are known beforehand: the bundled files are sound, and a mistake in a publisher's file is told."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from hanke_lod import config, rdf, texts
from hanke_lod.config import Config
from hanke_lod.errors import ConfigError
from hanke_lod.lexicon import (
    FUNDING,
    LABELS,
    ORGANISATIONS,
    PLACES,
    ROLES,
    STATUSES,
    Lexicon,
    Table,
    is_role,
)
from hanke_lod.model import Role, StatusName
from hanke_lod.resources import data_folder
from hanke_lod.texts import LANGUAGES
from hanke_lod.uris import slug
from tests.conftest import HANKE_TOML, Folder

BUNDLED = {table.file: table for table in (ORGANISATIONS, FUNDING, PLACES, ROLES, LABELS, STATUSES)}
ORGANISATION_ROW = "key,kind,name_fi,name_sv,name_en,aliases,same_as,classification,part_of,place,homepage,identifier\n"


def of(folder: Path) -> Lexicon:
    """Return the lexicon of a publisher's folder."""
    return Lexicon.of_folder(config.load(folder))


def refusal(folder: Path) -> ConfigError:
    """Return the error that the folder's files are refused with; it can be said in every language."""
    with pytest.raises(ConfigError) as caught:
        of(folder)
    assert all(texts.say(caught.value.text, language, **caught.value.facts) for language in LANGUAGES)
    return caught.value


# ── bundled ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", BUNDLED.values(), ids=BUNDLED)
def test_a_bundled_file_has_just_the_columns_of_its_table(table: Table) -> None:
    with (data_folder("finland") / table.file).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)

    assert set(table.required) <= set(reader.fieldnames or ()) <= {*table.required, *table.optional}
    assert rows
    assert not [row for row in rows if None in row or None in row.values()]


@pytest.mark.parametrize("file", ["organisations.csv", "funding.csv"])
def test_a_bundled_key_stands_once_and_is_a_slug(file: str) -> None:
    with (data_folder("finland") / file).open(encoding="utf-8", newline="") as rows:
        keys = [row["key"] for row in csv.DictReader(rows)]

    assert [] == [key for key, count in Counter(keys).items() if count > 1]
    assert [] == [key for key in keys if slug(key) != key]


def test_the_bundled_files_load(lexicon: Lexicon) -> None:
    assert len(lexicon.organisations) > 500
    assert len(lexicon.funding) > 100
    assert len(lexicon.places) > 308
    assert not list(lexicon.sectors)
    assert lexicon.publisher is None


def test_bundled_wordings_are_of_roles_languages_and_statuses_that_there_are(lexicon: Lexicon) -> None:
    assert {*get_args(Role), "applicant"} >= {word.role for word in lexicon.roles}
    assert set(get_args(StatusName)) >= {status for status, _, _ in lexicon.statuses}
    assert set(LANGUAGES) >= {word.language for word in lexicon.roles} | {row[1] for row in lexicon.labels}
    assert {"label", "noun", "verb"} >= {word.kind for word in lexicon.roles}


def test_every_bundled_address_is_an_iri(lexicon: Lexicon) -> None:
    addresses = [
        address
        for o in lexicon.organisations.values()
        for address in (*o.same_as, o.place, o.homepage, o.classification)
        if address
    ] + [a for f in lexicon.funding.values() for a in (*f.exact_match, *f.close_match, *f.broad_match)]

    assert all(rdf.iri(address).value.startswith(("http://", "https://")) for address in addresses)


def test_every_bundled_part_belongs_to_something_bundled(lexicon: Lexicon) -> None:
    assert [] == [o.key for o in lexicon.organisations.values() if o.part_of and o.part_of not in lexicon.organisations]
    assert [] == [f.key for f in lexicon.funding.values() if not set(f.part_of) <= set(lexicon.funding)]


@pytest.mark.parametrize(
    ("word", "known"), [("partner", True), ("coImplementer", True), ("applicant", False), ("", False)]
)
def test_a_role_is_one_of_the_ontology_s(word: str, known: bool) -> None:
    assert known is is_role(word)


# ── a publisher's own files ─────────────────────────────────────────────────────────────────────────────────


def test_a_publisher_s_row_overrules_the_bundled_one_of_its_key(folder: Folder) -> None:
    rows = "key,kind,name_fi,name_sv,name_en,aliases\nlapin-yliopisto,university,Lapin yliopisto oma,,,LaY | LY|\n"

    held = of(folder({"organisations.csv": rows})).organisations

    assert {"fi": "Lapin yliopisto oma"} == held["lapin-yliopisto"].names
    assert ("LaY", "LY") == held["lapin-yliopisto"].aliases
    assert "lapin-yliopisto" == next(iter(held))
    assert len(held) > 500


def test_sectors_are_the_publisher_s_own(folder: Folder) -> None:
    rows = "key,name_fi,name_sv,name_en,parent\na,Tekninen,,,\nb,Kadut,,,a\n"

    sectors = list(of(folder({"sectors.csv": rows})).sectors)

    assert [("a", ""), ("b", "a")] == [(sector.key, sector.parent) for sector in sectors]


def test_the_publisher_is_the_row_that_has_its_name(folder: Folder) -> None:
    toml = HANKE_TOML.replace("Esimerkkilän kaupunki", "Kemin kaupunki")

    publisher = of(folder(toml=toml)).publisher

    assert publisher is not None
    assert ("kemin-kaupunki", "municipality") == (publisher.key, publisher.kind)
    assert "Exempelstad" == publisher.names["sv"]


def test_a_publisher_that_no_row_names_is_made_of_hanke_toml(folder: Folder) -> None:
    toml = HANKE_TOML.replace(
        "[publisher]", '[publisher]\nidentifier = "1234567-8"\nhomepage = "https://www.example.fi/"'
    )

    publisher = of(folder(toml=toml)).publisher

    assert publisher is not None
    assert "esimerkkilan-kaupunki" == publisher.key
    assert ("1234567-8", "https://www.example.fi/") == (publisher.identifier, publisher.homepage)


def test_a_folder_without_csv_files_has_what_is_bundled(folder: Folder, lexicon: Lexicon) -> None:
    assert lexicon.funding == of(folder()).funding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_file_is_read_with_or_without_a_byte_order_mark(folder: Folder, encoding: str) -> None:
    rows = (ORGANISATION_ROW + "sahko,company,Sähkö Oy,,,,,,,,,\n").encode(encoding)

    assert {"fi": "Sähkö Oy"} == of(folder({"organisations.csv": rows})).organisations["sahko"].names


def test_an_empty_row_is_no_row_and_spaces_around_a_cell_are_no_part_of_it(folder: Folder) -> None:
    rows = "key,name_fi,name_sv,name_en\n , ,,\n a , Tekninen ,,\n,,,\n"

    assert [("a", {"fi": "Tekninen"})] == [(s.key, s.names) for s in of(folder({"sectors.csv": rows})).sectors]


@pytest.mark.parametrize(
    ("file", "content", "line", "text"),
    [
        ("organisations.csv", "key,name_fi\na,b\n", 1, "csv-columns"),
        ("organisations.csv", "key;name_fi;name_sv;name_en\na;b;;\n", 1, "csv-semicolon"),
        ("organisations.csv", ORGANISATION_ROW + "a,company,A Oy,,,,,,,,,\nb,company,,,,,,,,,,\n", 3, "csv-no-name"),
        ("organisations.csv", ORGANISATION_ROW + ",company,A Oy,,,,,,,,,\n", 2, "csv-no-name"),
        ("organisations.csv", ORGANISATION_ROW + 'a,company,"A\nOy",,,,,,,,,\nb,kunta,B,,,,,,,,,\n', 4, "csv-choice"),
        ("funding.csv", "key,kind,name_fi,name_sv,name_en\na,rahasto,A,,\n", 2, "csv-choice"),
        ("funding.csv", "key,kind,name_fi,name_sv,name_en\na,,A,,\n", 2, "csv-choice"),
        ("sectors.csv", "", 1, "csv-columns"),
        ("sectors.csv", "key,name_fi,name_sv,name_en\na,,,\n", 2, "csv-no-name"),
    ],
    ids=[
        "columns",
        "semicolons",
        "no-name",
        "no-key",
        "kind-after-a-broken-line",
        "fund-kind",
        "no-kind",
        "empty",
        "sector",
    ],
)
def test_a_mistake_in_a_csv_file_is_told_with_its_line(
    folder: Folder, file: str, content: str, line: int, text: str
) -> None:
    place = folder({file: content})

    error = refusal(place)

    assert (text, f"{place / file}:{line}") == (error.text, error.where)


@pytest.mark.parametrize(
    "content",
    [ORGANISATION_ROW + 'a,company,"A Oy,,,,,,,,,\n', ORGANISATION_ROW + "a,company," + "x" * 140_000 + ",,,,,,,,,\n"],
    ids=["open-quote", "huge-cell"],
)
def test_a_broken_csv_file_is_told_with_its_line(folder: Folder, content: str) -> None:
    place = folder({"organisations.csv": content})

    assert f"{place / 'organisations.csv'}:2" == refusal(place).where


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_csv_file_in_another_encoding_is_told_so(folder: Folder, encoding: str) -> None:
    place = folder({"organisations.csv": (ORGANISATION_ROW + "sahko,company,Sähkö Oy,,,,,,,,,\n").encode(encoding)})

    error = refusal(place)

    assert ("csv-not-utf8", str(place / "organisations.csv")) == (error.text, error.where)


def organisations(**cells: str) -> str:
    """Return an organisations.csv with one row."""
    columns = ORGANISATION_ROW.strip().split(",")
    row = {"key": "a", "kind": "company", "name_fi": "A Oy", **cells}
    return ORGANISATION_ROW + ",".join(row.get(column, "") for column in columns) + "\n"


def funds(**cells: str) -> str:
    """Return a funding.csv with one row."""
    row = {"key": "a", "kind": "fund", "name_fi": "A", **cells}
    columns = ["key", "kind", "name_fi", "name_sv", "name_en", "exact_match", "close_match", "broad_match"]
    return ",".join(columns) + "\n" + ",".join(row.get(column, "") for column in columns) + "\n"


@pytest.mark.parametrize(
    ("file", "write", "column"),
    [("organisations.csv", organisations, column) for column in ("same_as", "homepage", "classification", "place")]
    + [("funding.csv", funds, column) for column in ("exact_match", "close_match", "broad_match")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_cell_that_should_hold_an_address_and_does_not_is_told_with_its_line(
    folder: Folder, file: str, write: Callable[..., str], column: str
) -> None:
    place = folder({file: write(**{column: "www.example.fi/a b"})})

    assert f"{place / file}:2" == refusal(place).where


def test_a_key_that_stands_twice_is_told_with_its_line(folder: Folder) -> None:
    place = folder({"sectors.csv": "key,name_fi,name_sv,name_en\na,Tekninen,,\na,Sivistys,,\n"})

    assert f"{place / 'sectors.csv'}:3" == refusal(place).where


def test_a_parent_that_no_row_has_is_told_with_its_line(folder: Folder) -> None:
    place = folder({"sectors.csv": "key,name_fi,name_sv,name_en,parent\na,Tekninen,,,kaupunki\n"})

    assert f"{place / 'sectors.csv'}:2" == refusal(place).where


def test_kemi_s_own_files_load() -> None:
    settings: Config = config.load(data_folder("kemi"))

    held = Lexicon.of_folder(settings)

    assert 6 == len(list(held.sectors))
    assert held.publisher is not None
    assert "kemin-kaupunki" == held.publisher.key
