"""Failures are told in words, in the form that the client reads; no request knocks the server over."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from small_publication import Served, publish

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("*/*", "text/plain; charset=utf-8"),
        ("application/json", "application/json; charset=utf-8"),
        ("application/problem+json", "application/problem+json; charset=utf-8"),
        ("text/turtle", "text/plain; charset=utf-8"),
    ],
)
@pytest.mark.parametrize(
    ("path", "status"), [("/nix", 404), ("/projects?" + "x" * 9000, 414), ("/doc/project/ohjaamo", 405)]
)
def test_failures_are_told_in_the_form_that_the_client_reads(
    client: FlaskClient, path: str, status: int, accept: str, content_type: str
) -> None:
    answer = client.open(path, method="POST" if status == 405 else "GET", headers={"Accept": accept})

    assert (status, content_type) == (answer.status_code, answer.content_type)
    if "json" in content_type:
        assert answer.get_json(force=True)["status"] == status


def test_our_own_mistakes_are_500_without_a_trace(served: Served) -> None:
    client = served.client()
    client.application.add_url_rule("/broken", "broken", lambda: 1 / 0)

    answer = client.get("/broken", headers=BROWSER)

    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert str(served.folder) not in answer.text


def test_a_damaged_publication_is_503_and_names_no_file(tmp_path: Path) -> None:
    damaged = publish(tmp_path / "damaged")
    for name in ("documents.tsv", "documents.nt", "dataset.ttl"):
        damaged.publication.path(name).unlink()

    for path in ("/doc/project/ohjaamo", "/dataset.ttl"):
        answer = damaged.client().get(path)
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text


NASTY = (
    "//evil.example/",
    "//evil.example/%2f..",
    "/doc//project/ohjaamo",
    "/doc/project/ohjaamo%00",
    "/%00",
    "/%0d%0aX: y",
    "/doc/project/%0d%0aLocation:%20http://evil.example",
    "/doc/project/../../etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/doc/project/%c0%ae%c0%ae/",
    "/%ff%fe",
    "/%zz",
    "/doc/project/%",
    "/\\evil.example",
    "/doc\\project\\ohjaamo",
    "/id/project/" + "a" * 5000,
    "/" + "a/" * 3000,
    "/doc/project/ohjaamo?" + "a=1&" * 1500,
    "/projects?q=" + "a" * 500,
    "/projects?q=%00",
    "/projects?q=%ff",
    "/projects?q='; DROP TABLE project; --",
    "/projects?q=%25_%5C%22",
    "/projects?q=" + "a%20" * 100,
    "/projects?sector=%00&funding=%f0%9f%92%a9",
    "/projects?year=0000",
    "/projects?year=9999",
    "/projects?year=-1",
    "/projects?page=0",
    "/projects?page=99999999999",
    "/projects?page=2",
    "/projects?sort=__class__",
    "/projects?lang=%00",
    "/projects?lang=../..",
    "/projects?lang=sv&lang=en",
    "/organisations?q=%28%5B",
    "/organisations?page=9",
    "/projects?status=<script>",
    "/projects?running=yes",
    "/dataset.",
    "/dataset.exe",
    "/dataset/../dataset.ttl",
    "/dataset/hankkeet.ttl",
    "/catalog.xml",
    "/sectors.csv",
    "/.well-known/void",
    "/static/",
    "/static/x",
    "/.hanke/current",
    "/manifest.json",
    "/id/service/sparql/x",
    "/id//project/x",
    "/doc/project/ohjaamo.ttl/",
    "/ID/project/ohjaamo",
    "/projects?" + "q" * 9000,
    "/doc/project/%F0%9F%92%A9",
    "/id/project/ohjaamo?lang=%0d%0aSet-Cookie:x",
)
NASTY_HEADERS = (
    {},
    {"Accept": "text/html," * 2000},
    {"Accept": "\x00\x7f\xff"},
    {"Accept-Language": ";q=,," * 500},
    {"Host": "evil.example"},
    {"Host": "evil.example:99999999"},
    {"Host": "ev il<script>"},
    {"Host": ""},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "javascript", "X-Forwarded-Prefix": "//evil.example"},
    {"Range": "bytes=" + ",".join(f"{n}-{n + 1}" for n in range(500))},
    {"If-None-Match": '"' * 500, "If-Modified-Since": "yesterday", "If-Range": "\x01"},
    {"Cookie": "a=b; " * 500},
    {"Content-Type": "application/x-www-form-urlencoded; charset=none", "Content-Length": "-5"},
)


@pytest.mark.parametrize("headers", NASTY_HEADERS, ids=lambda headers: str(headers)[:40])
@pytest.mark.parametrize("path", NASTY, ids=lambda path: path[:40])
def test_no_request_knocks_it_over_or_leads_elsewhere(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers={**headers, "Accept": headers.get("Accept", "text/html")})

    assert answer.status_code < 500
    assert "evil.example" not in answer.headers.get("Location", "").partition("?")[0].removeprefix("/projects")
    assert not answer.headers.get("Location", "/").startswith(("//", "http"))
    assert "Set-Cookie" not in answer.headers
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("headers", NASTY_HEADERS, ids=lambda headers: str(headers)[:40])
@pytest.mark.parametrize("path", ["/", "/doc/project/ohjaamo", "/dataset.ttl", "/projects", "/catalog"])
def test_good_addresses_answer_whatever_headers_say(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers)

    assert answer.status_code == 200
    assert b"evil.example" not in answer.data
