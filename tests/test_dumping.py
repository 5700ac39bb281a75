"""The dumps: every format holds the same triples, and the table opens safely in a spreadsheet."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hanke_lod.building import Understood
from hanke_lod.dumping import compress, dump_csv, dump_rdf, zstd
from hanke_lod.formats import CODINGS, DOCUMENT_FORMATS, DUMP_FORMATS, DumpFormat, RdfFormat
from hanke_lod.model import Entry, PartialDate, Period, Place, Project, Statement
from hanke_lod.publications import open_current
from hanke_lod.rdf import parse, sort_triples, to_triples
from tests.conftest import Folder, build


@pytest.fixture(scope="module")
def dumps(kemi: Understood, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all dumps of Kemi."""
    folder = tmp_path_factory.mktemp("dumps")
    dump_rdf(folder, kemi.description.merged)
    dump_csv(folder, kemi.register, kemi.merged, kemi.addresses)
    return folder


@pytest.mark.parametrize("row", DUMP_FORMATS, ids=lambda row: row.name)
def test_a_compressed_copy_is_smaller_and_the_same(dumps: Path, row: DumpFormat) -> None:
    path = dumps / f"dataset.{row.suffix}"
    compress(dumps)
    copies = {coding.suffix: path.with_name(f"{path.name}.{coding.suffix}").read_bytes() for coding in CODINGS}

    assert path.read_bytes() == gzip.decompress(copies["gz"]) == zstd.decompress(copies["zst"])
    assert all(len(copy) < path.stat().st_size / 2 for copy in copies.values())


def rows(folder: Path) -> list[dict[str, str]]:
    """Return the rows of dataset.csv."""
    text = (folder / "dataset.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("row", DOCUMENT_FORMATS, ids=lambda row: row.name)
def test_a_dump_holds_just_the_merged_triples(dumps: Path, kemi: Understood, row: RdfFormat) -> None:
    found = to_triples(parse((dumps / f"dataset.{row.suffix}").read_bytes(), row))

    assert sort_triples(kemi.description.merged) == sort_triples(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("row", DUMP_FORMATS, ids=lambda row: row.name)
def test_every_dump_format_has_its_file(dumps: Path, row: DumpFormat) -> None:
    assert (dumps / f"dataset.{row.suffix}").stat().st_size > 1000


def test_no_two_dumps_share_a_suffix_or_a_media_type() -> None:
    assert (
        len(DUMP_FORMATS) == len({row.suffix for row in DUMP_FORMATS}) == len({row.media_type for row in DUMP_FORMATS})
    )


def test_the_json_ld_dump_keeps_a_thing_and_its_parts_together(dumps: Path) -> None:
    names = [node["id"] for node in json.loads((dumps / "dataset.jsonld").read_bytes())["@graph"]]
    things = [name.partition("#")[0] for name in names]

    assert len(names) == len(set(names))
    assert len(set(things)) == len([1 for before, now in zip(["", *things], things, strict=False) if before != now])


def test_the_table_begins_with_a_byte_order_mark_for_spreadsheets(dumps: Path) -> None:
    assert b"\xef\xbb\xbfuri,title," == (dumps / "dataset.csv").read_bytes()[:13]


def test_the_table_has_a_row_for_each_project_in_the_order_of_its_address(dumps: Path, kemi: Understood) -> None:
    addresses = [row["uri"] for row in rows(dumps)]

    assert [f"http://localhost:8000/id/project/{slug}" for slug in sorted(kemi.register.projects)] == addresses


def test_a_row_says_what_the_list_says(dumps: Path) -> None:
    row = next(row for row in rows(dumps) if row["title"] == "Maahanmuuttaja Ohjaamo Kemi")

    assert ("2019-01-15", "2022-01-14", "fi", "Elinvoimatoimiala") == (
        row["start"],
        row["end"],
        row["language"],
        row["sector"],
    )
    assert "Toivola-Luotolan Setlementti ry" == row["implementers"]
    assert "Euroopan sosiaalirahasto" == row["funding"]
    assert ("hankkeet.txt", "19") == (row["source"], row["place_in_source"])


def test_every_line_of_the_table_ends_as_the_standard_says(dumps: Path) -> None:
    data = (dumps / "dataset.csv").read_bytes()

    assert data.count(b"\r\n") == data.count(b"\n")


def test_no_cell_of_the_table_is_a_formula(tmp_path: Path, kemi: Understood) -> None:
    slug = next(iter(kemi.register.projects))
    evil = replace(kemi.merged[slug], title='=HYPERLINK("http://evil")', description="@x", other_names=("-1",))
    dump_csv(tmp_path, kemi.register, {slug: evil}, kemi.addresses)

    (row,) = rows(tmp_path)

    assert ('\'=HYPERLINK("http://evil")', "'@x", "'-1") == (row["title"], row["description"], row["other_names"])


def test_several_periods_keep_their_bounds_paired(tmp_path: Path, kemi: Understood) -> None:
    slug = next(iter(kemi.register.projects))
    periods = (Period(None, PartialDate(2020), "–2020"), Period(PartialDate(2021), PartialDate(2022), "2021–2022"))
    dump_csv(tmp_path, kemi.register, {slug: replace(kemi.merged[slug], periods=periods)}, kemi.addresses)

    (row,) = rows(tmp_path)

    assert len(row["start"].split("|")) == len(row["end"].split("|"))


def test_a_place_without_lines_is_told_by_its_locator(tmp_path: Path, kemi: Understood) -> None:
    slug = next(iter(kemi.register.projects))
    (statement,) = kemi.register.projects[slug]
    project: Project = replace(statement.project, entry=Entry("x", Place(cell="Hankkeet!A7")))
    held = {slug: (Statement(slug, statement.source, "x", project),)}
    dump_csv(tmp_path, replace(kemi.register, projects=held), {slug: project}, kemi.addresses)

    assert ["Hankkeet!A7"] == [row["place_in_source"] for row in rows(tmp_path)]


def test_no_triples_are_an_empty_dump_in_every_format(tmp_path: Path) -> None:
    dump_rdf(tmp_path, [])

    for row in DOCUMENT_FORMATS:
        assert [] == list(parse((tmp_path / f"dataset.{row.suffix}").read_bytes(), row))


def test_a_control_character_in_the_list_leaves_the_rdf_xml_dump_readable(folder: Folder) -> None:
    place = folder({"hankkeet.txt": "Tekninen\n\n • Silta\x02ja tie 2021–2022\n • Tori 2022–2023\n" + "x" * 400})

    build(place)

    assert "RDF" in ElementTree.parse(open_current(place).path("dataset.rdf")).getroot().tag


def test_the_table_s_columns_are_named_once(dumps: Path) -> None:
    columns = list(rows(dumps)[0])

    assert len(columns) == len(set(columns))
