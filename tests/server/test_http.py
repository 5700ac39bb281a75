"""What holds at every address: HEAD, OPTIONS, origins, caching, guards, prefixes, and nothing that knocks it over."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from small_publication import publish

from hanke_lod_server.app import ROUTES
from hanke_lod_server.assets import asset_url

PATHS = (
    "/", "/about", "/health", "/robots.txt", "/projects", "/projects?q=kerho&sort=end&page=1", "/organisations",
    "/projects.ttl?q=kerho", "/projects.csv", "/organisations.json", "/openapi.json",
    "/sitemap.xml", "/llms.txt", "/linkset", "/linkset/project/ohjaamo", "/.well-known/void",
    "/.well-known/void.jsonld",
    "/sectors", "/sectors.ttl", "/funding", "/funding.jsonld", "/timeline",
    "/id/project/ohjaamo", "/id/sector", "/id/funding", "/id/catalog", "/id/service/sparql",
    "/doc/project/ohjaamo", "/doc/project/ohjaamo.ttl", "/doc/project/ohjaamo.html", "/doc/project/poistunut",
    "/doc/project/vanha", "/doc/organisation/mieli", "/doc/sector/hyvinvointi", "/doc/funding/helmi",
    "/doc/source/lista", "/doc/dataset/hankkeet",
    "/catalog", "/catalog.html", "/catalog.rdf", "/ontology", "/ontology.html", "/shapes", "/shapes.html",
    "/alignments", "/context.jsonld", "/frame.jsonld", "/dataset.ttl", "/dataset.csv", "/dataset.json", "/nothing-here",
)  # fmt: skip
PAGES = (
    "/", "/about", "/projects", "/projects?q=nothing", "/organisations", "/timeline", "/doc/project/ohjaamo",
    "/doc/project/ilkea", "/doc/project/poistunut", "/doc/organisation/mieli", "/doc/source/lista", "/catalog.html",
    "/ontology.html", "/shapes.html", "/nothing-here",
)  # fmt: skip
BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def test_every_rule_is_among_the_paths_tested(client: FlaskClient) -> None:
    adapter = client.application.url_map.bind("localhost")
    tested = {adapter.match(path.partition("?")[0])[0] for path in PATHS if path != "/nothing-here"}

    assert {endpoint for _, endpoint, _ in ROUTES} - {"asset"} == tested


@pytest.mark.parametrize("accept", ["*/*", "text/html", "text/turtle", "image/png"])
@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_the_content(client: FlaskClient, path: str, accept: str) -> None:
    got = client.get(path, headers={"Accept": accept})

    head = client.head(path, headers={"Accept": accept})

    assert got.status_code == head.status_code
    assert {**got.headers, "Date": ""} == {**head.headers, "Date": ""}
    assert head.data == b""
    assert int(got.headers["Content-Length"]) == len(got.data)


@pytest.mark.parametrize("path", PATHS)
def test_every_address_is_open_to_all_origins_and_guesses_nothing(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers
    assert "Server" not in headers


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/nothing-here"])
def test_options_tells_the_methods(client: FlaskClient, path: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}

    answer = client.options(path, headers=asked)

    assert answer.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.headers["Allow"].split(", "))
    assert answer.headers["Access-Control-Allow-Methods"] == answer.headers["Allow"]
    assert "Accept" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/doc/project/ohjaamo", "/dataset.ttl", "/projects"])
def test_other_methods_are_405_with_those_that_are_allowed(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)

    assert answer.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("path", PATHS)
def test_text_says_its_charset(client: FlaskClient, path: str) -> None:
    assert "charset=utf-8" in client.get(path).headers["Content-Type"]


@pytest.mark.parametrize("accept", ["*/*", "text/html", "text/turtle"])
@pytest.mark.parametrize("path", PATHS)
def test_what_was_not_changed_is_304_with_the_headers_that_caches_need(
    client: FlaskClient, path: str, accept: str
) -> None:
    first = client.get(path, headers={"Accept": accept})
    if first.status_code != 200:
        assert "ETag" not in first.headers
        return

    again = client.get(path, headers={"Accept": accept, "If-None-Match": f'"x", {first.headers["ETag"]}'})

    assert again.status_code == 304
    assert again.data == b""
    for name in ("ETag", "Vary", "Cache-Control", "Content-Location"):
        assert first.headers.get(name) == again.headers.get(name)


@pytest.mark.parametrize("value", ["*", "W/{etag}", "{etag}"])
def test_every_way_to_name_the_etag_is_understood(client: FlaskClient, value: str) -> None:
    etag = client.get("/doc/project/ohjaamo.ttl").headers["ETag"]

    asked = {"If-None-Match": value.replace("{etag}", etag)}

    assert client.get("/doc/project/ohjaamo.ttl", headers=asked).status_code == 304


@pytest.mark.parametrize("value", ["garbage", '"other"', '"', ",,,", "W/", '"' * 999])
def test_other_etags_are_no_hindrance(client: FlaskClient, value: str) -> None:
    assert client.get("/doc/project/ohjaamo.ttl", headers={"If-None-Match": value}).status_code == 200


def test_a_strong_etag_belongs_to_one_representation_only(client: FlaskClient) -> None:
    asked = [
        {"Accept": "text/html", "Accept-Language": "fi"}, {"Accept": "text/html", "Accept-Language": "sv"},
        {"Accept": "text/turtle"}, {"Accept": "application/ld+json"}, {"Accept": "application/json"},
        {"Accept": "application/rdf+xml"}, {"Accept": "application/n-triples"},
    ]  # fmt: skip

    etags = [client.get("/doc/project/ohjaamo", headers=headers).headers["ETag"] for headers in asked]

    assert len(set(etags)) == len(asked)
    assert all(etag.startswith('"') for etag in etags)


@pytest.mark.parametrize(
    "path", ["/", "/doc/project/ohjaamo.ttl", "/catalog.jsonld", "/doc/project/poistunut", "/ontology"]
)
def test_an_answer_is_compressed_for_who_takes_it(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    asked = {"Accept-Encoding": "br, gzip"}

    packed = client.get(path, headers=asked)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.content_length == len(packed.data) < len(plain.data)
    assert client.head(path, headers=asked).content_length == packed.content_length
    if plain.status_code == 200:
        etag = packed.headers["ETag"]
        assert etag != plain.headers["ETag"]
        again = client.get(path, headers={**asked, "If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("asked", [None, "", "identity", "gzip;q=0", "br", "*;q=0"])
def test_an_answer_is_plain_for_others(client: FlaskClient, asked: str | None) -> None:
    answer = client.get("/", headers={} if asked is None else {"Accept-Encoding": asked})

    assert "Content-Encoding" not in answer.headers


def test_a_condition_that_fails_is_412(client: FlaskClient) -> None:
    assert client.get("/doc/project/ohjaamo.ttl", headers={"If-Match": '"other"'}).status_code == 412


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_guarded(client: FlaskClient, path: str) -> None:
    headers = client.get(path, headers=BROWSER).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "Referrer-Policy" in headers
    assert "Permissions-Policy" in headers


@pytest.mark.parametrize("path", PAGES)
def test_pages_need_nothing_that_their_policy_forbids(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers=BROWSER).text

    # a script element of another type than a script's is data: nothing runs it, so no policy is asked
    assert not re.search(r"<(script(?! type=\"application/ld\+json\">)|style|iframe|object|embed)\b", page)
    assert not re.search(r"<[^>]+\s(style|on\w+)\s*=", page)
    assert not re.search(r'<(link|img)[^>]+(href|src)="(https?:)?//', page)


def test_the_style_sheet_is_kept_for_ever_under_its_hash(client: FlaskClient) -> None:
    path = re.search(r'rel="stylesheet" href="([^"]+)"', client.get("/").text)[1]

    answer = client.get(path)

    assert answer.content_type == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "immutable" not in client.get(re.sub("[0-9a-f]{12}", "0" * 12, path)).headers["Cache-Control"]
    with client.application.test_request_context("/"):
        assert asset_url("site.css") == path


@pytest.mark.parametrize("name", ["..%2Fapp.py", "app.py", "%2e%2e/app.py", "site.css/..", "nothing.css"])
def test_only_the_sites_own_files_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/0123456789ab/{name}").status_code == 404


# ── below a path ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return publish(tmp_path_factory.mktemp("below"), base="https://www.example.fi/avoin/data/").client()


def test_everything_stands_below_the_path_of_the_base_iri(below: FlaskClient) -> None:
    page = below.get("/avoin/data/doc/project/ohjaamo", headers=BROWSER)

    assert page.status_code == 200
    local = re.findall(r'(?:href|action)="(/[^"]*)"', page.text)
    assert local
    assert all(href.startswith("/avoin/data/") for href in local)
    assert below.get("/doc/project/ohjaamo").status_code == 404
    assert below.get("/avoin/datax").status_code == 404


@pytest.mark.parametrize("path", ["/avoin/data", "/avoin/data/"])
def test_the_home_page_answers_with_and_without_its_slash(below: FlaskClient, path: str) -> None:
    assert below.get(path).status_code == 200


def test_redirects_keep_the_path(below: FlaskClient) -> None:
    assert below.get("/avoin/data/id/project/ohjaamo").headers["Location"] == "/avoin/data/doc/project/ohjaamo"
    assert below.get("/avoin/data/id/service/sparql").headers["Location"] == "/avoin/data/sparql"
    assert below.get("/avoin/data/projects/").headers["Location"] == "/avoin/data/projects"


def test_a_server_in_front_may_take_the_path_off(below: FlaskClient) -> None:
    answer = below.get("/id/project/ohjaamo", environ_overrides={"SCRIPT_NAME": "/avoin/data"})

    assert answer.headers["Location"] == "/avoin/data/doc/project/ohjaamo"


@pytest.mark.parametrize("path", PATHS)
def test_every_link_on_a_page_leads_somewhere(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers=BROWSER)
    if page.mimetype != "text/html" or page.status_code == 404:
        return

    for href in set(re.findall(r'(?:href|action)="(/[^"#]*)', page.text)):
        address = href.replace("&amp;", "&")
        if not address.startswith("/sparql"):
            assert client.get(address, headers=BROWSER).status_code in (200, 410), address


@pytest.mark.parametrize("path", PATHS)
def test_every_place_on_a_page_that_is_linked_is_there_once(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers=BROWSER)
    if page.mimetype != "text/html":
        return
    places = re.findall(r'\sid="([^"]+)"', page.text)

    assert len(set(places)) == len(places)
    assert set(re.findall(r'href="#([^"]+)"', page.text)) <= set(places)
