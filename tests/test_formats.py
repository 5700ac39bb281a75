"""RDF_FORMATS: no suffix, media type or name belongs to two rows, and the opposites undo each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import pyoxigraph
import pytest

from hanke_lod.formats import (
    DOCUMENT_FORMATS,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TURTLE,
    RdfFormat,
)

ROWS = pytest.mark.parametrize("row", RDF_FORMATS, ids=lambda row: row.name)


@ROWS
def test_a_row_is_found_by_each_of_its_suffixes_with_and_without_the_dot(row: RdfFormat) -> None:
    suffixes = (row.suffix, *row.other_suffixes)

    assert [row] * 3 * len(suffixes) == [
        RdfFormat.from_suffix(form) for suffix in suffixes for form in (suffix, f".{suffix}", suffix.upper())
    ]


@ROWS
def test_a_row_is_found_by_each_of_its_media_types_in_any_case(row: RdfFormat) -> None:
    kinds = (row.media_type, *row.other_media_types)

    assert [row] * 2 * len(kinds) == [
        RdfFormat.from_media_type(form) for kind in kinds for form in (kind, kind.upper())
    ]


@ROWS
def test_a_row_names_a_format_of_pyoxigraph_with_the_same_media_type(row: RdfFormat) -> None:
    theirs = getattr(pyoxigraph.RdfFormat, row.parser)

    assert row.media_type == theirs.media_type


@ROWS
def test_a_row_has_the_addresses_that_dcat_wants(row: RdfFormat) -> None:
    assert f"http://publications.europa.eu/resource/authority/file-type/{row.file_type}" == row.file_type_iri
    assert f"https://www.iana.org/assignments/media-types/{row.media_type}" == row.media_type_iri
    assert f"{row.media_type}; charset=utf-8" == row.content_type


@pytest.mark.parametrize(
    "values",
    [
        lambda row: (row.name,),
        lambda row: (row.label,),
        lambda row: (row.suffix, *row.other_suffixes),
        lambda row: (row.media_type, *row.other_media_types),
        lambda row: (row.file_type,),
    ],
    ids=["name", "label", "suffix", "media-type", "file-type"],
)
def test_no_two_rows_share_a(values: Callable[[RdfFormat], tuple[str, ...]]) -> None:
    found = [value for row in RDF_FORMATS for value in values(row)]

    assert sorted(set(found)) == sorted(found)


def test_unknown_suffixes_and_media_types_are_no_format() -> None:
    assert RdfFormat.from_suffix(".docx") is None
    assert RdfFormat.from_suffix("") is None
    assert RdfFormat.from_path(PurePosixPath("hankkeet")) is None
    assert RdfFormat.from_media_type("text/html") is None


def test_a_path_is_known_by_its_last_suffix() -> None:
    assert RDF_XML == RdfFormat.from_path(PurePosixPath("a.ttl/b.nt.rdf"))


def test_documents_are_written_in_the_four_formats_that_hold_one_graph() -> None:
    assert (TURTLE, JSON_LD, RDF_XML, N_TRIPLES) == DOCUMENT_FORMATS
    assert (N_QUADS, TRIG) == tuple(row for row in RDF_FORMATS if not row.documents)
