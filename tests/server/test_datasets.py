"""The dataset as a whole: dumps as files with ranges, the catalogue, the ontology, the shapes, the context."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from small_publication import Served

from hanke_lod.resources import ontology_file, shape_files

DUMPS = (
    ("ttl", "text/turtle; charset=utf-8"),
    ("jsonld", "application/ld+json; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("rdf", "application/rdf+xml; charset=utf-8"),
    ("nt", "application/n-triples; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
)


@pytest.mark.parametrize(("suffix", "content_type"), DUMPS)
def test_a_dump_is_the_file_of_the_publication(
    client: FlaskClient, served: Served, suffix: str, content_type: str
) -> None:
    name = "dataset.jsonld" if suffix == "json" else f"dataset.{suffix}"
    facts = served.publication.manifest["files"][name]

    answer = client.get(f"/dataset.{suffix}")

    assert answer.content_type == content_type
    assert answer.data == served.publication.path(name).read_bytes()
    assert answer.headers["ETag"] == f'"{facts["sha256"]}"'
    assert answer.content_length == facts["bytes"]
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Last-Modified" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip", "gzip"), ("zstd", "zstd"), ("gzip, br, zstd", "zstd"), ("*", "zstd"), ("zstd;q=0, gzip", "gzip"),
     ("br", None), ("", None), ("identity", None)],
)  # fmt: skip
def test_a_dump_that_lies_compressed_is_sent_so_to_who_takes_it(
    client: FlaskClient, served: Served, accepted: str, coding: str | None
) -> None:
    facts = served.publication.manifest["files"]["dataset.nt"]

    answer = client.get("/dataset.nt", headers={"Accept-Encoding": accepted})

    stored = {"gzip": "dataset.nt.gz", "zstd": "dataset.nt.zst", None: "dataset.nt"}[coding]
    assert answer.data == served.publication.path(stored).read_bytes()
    assert (coding, len(answer.data)) == (answer.headers.get("Content-Encoding"), answer.content_length)
    assert answer.headers["ETag"] == f'"{facts["sha256"]}{f"-{coding}" if coding else ""}"'
    assert answer.headers["Vary"] == "Accept-Encoding"
    again = {"Accept-Encoding": accepted, "If-None-Match": answer.headers["ETag"]}
    assert client.get("/dataset.nt", headers=again).status_code == 304


def test_a_part_is_one_of_the_file_itself_also_for_who_takes_it_compressed(client: FlaskClient) -> None:
    answer = client.get("/dataset.nt", headers={"Accept-Encoding": "zstd, gzip", "Range": "bytes=0-9"})

    assert (206, None) == (answer.status_code, answer.headers.get("Content-Encoding"))
    assert answer.data == client.get("/dataset.nt").data[:10]


def test_a_dump_without_a_copy_is_sent_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/dataset.ttl", headers={"Accept-Encoding": "zstd, gzip"}).headers


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=100-", 100, None), ("bytes=-20", -20, None), ("bytes=10-99999999", 10, None)],
)
def test_a_part_of_a_dump_is_206(client: FlaskClient, asked: str, first: int, last: int | None) -> None:
    whole = client.get("/dataset.nt").data
    expected = whole[first : None if last is None else last + 1]

    answer = client.get("/dataset.nt", headers={"Range": asked})

    assert answer.status_code == 206
    assert answer.data == expected
    start = first if first >= 0 else len(whole) + first
    assert answer.headers["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-1,3-4",
        "bytes=" + ",".join(f"{n}-{n}" for n in range(999)),
        "lines=0-1",
        "bytes=a-b",
        "bytes",
        "bytes=5-2",
    ],
)
def test_ranges_that_we_do_not_cut_give_the_whole(client: FlaskClient, asked: str) -> None:
    assert client.get("/dataset.nt", headers={"Range": asked}).status_code == 200


def test_a_part_beyond_the_end_is_416_with_the_length(client: FlaskClient) -> None:
    whole = client.get("/dataset.nt").data

    answer = client.get("/dataset.nt", headers={"Range": "bytes=99999999-"})

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"


def test_a_part_is_cut_only_from_the_file_that_the_client_knows(client: FlaskClient) -> None:
    etag = client.get("/dataset.nt").headers["ETag"]

    assert client.get("/dataset.nt", headers={"Range": "bytes=0-9", "If-Range": etag}).status_code == 206
    assert client.get("/dataset.nt", headers={"Range": "bytes=0-9", "If-Range": '"other"'}).status_code == 200


def test_head_takes_no_range(client: FlaskClient) -> None:
    assert client.head("/dataset.nt", headers={"Range": "bytes=0-9"}).status_code == 200


@pytest.mark.parametrize("path", ["/dataset.xlsx", "/dataset.exe", "/dataset", "/dataset/hankkeet.ttl", "/dataset.tsv"])
def test_a_dump_that_there_is_not_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "accept", "content_type"),
    [
        ("/catalog", None, "text/turtle"),
        ("/catalog", "*/*", "text/turtle"),
        ("/catalog", "text/html", "text/html"),
        ("/catalog", "text/html,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("/catalog", "application/rdf+xml", "application/rdf+xml"),
        ("/ontology", None, "text/turtle"),
        ("/ontology", "application/ld+json", "application/ld+json"),
        ("/ontology", "text/html", "text/html"),
        ("/shapes", "*/*", "text/turtle"),
        ("/shapes", "text/html", "text/html"),
        ("/", None, "text/html"),
        ("/", "*/*", "text/html"),
        ("/", "text/turtle", "text/turtle"),
        ("/", "application/ld+json", "application/ld+json"),
        ("/sectors", "*/*", "text/html"),
        ("/sectors", "text/turtle", "text/turtle"),
        ("/funding", "application/n-triples", "application/n-triples"),
    ],
)
def test_defaults_of_negotiation(client: FlaskClient, path: str, accept: str | None, content_type: str) -> None:
    answer = client.get(path, headers={"Accept": accept} if accept else {})

    assert answer.status_code == 200
    assert content_type == answer.mimetype
    assert answer.headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"


def test_the_home_page_for_machines_is_the_catalogue(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept": "text/turtle"})

    assert answer.headers["Content-Location"] == "/catalog.ttl"
    assert answer.data == client.get("/catalog.ttl").data


@pytest.mark.parametrize("path", ["/timeline", "/about"])
def test_lists_without_a_data_form_say_where_the_data_are(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/turtle"})

    assert answer.status_code == 406
    assert "text/turtle: /dataset.ttl" in answer.text
    assert '</dataset.csv>; rel="alternate"; type="text/csv"' in answer.headers["Link"]


def test_the_ontology_and_the_shapes_are_served_as_they_are_written(client: FlaskClient) -> None:
    assert client.get("/ontology").data == ontology_file().read_bytes()
    assert client.get("/shapes.ttl").data == b"\n".join(path.read_bytes() for path in shape_files())


def test_the_context_is_served_for_reuse(client: FlaskClient) -> None:
    answer = client.get("/context.jsonld")

    assert answer.content_type == "application/ld+json; charset=utf-8"
    assert answer.data == ontology_file("context.jsonld").read_bytes()
    assert "@context" in json.loads(answer.data)


def test_health_names_the_publication(client: FlaskClient, served: Served) -> None:
    answer = client.get("/health")

    assert answer.json == {"status": "ok", "publication": served.publication.name, "engine": "none"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_robots_keep_away_from_queries(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text.startswith("User-agent: *\nDisallow: /sparql?\n")
