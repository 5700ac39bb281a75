"""Lists: facets, search, order and pages, with true counts and addresses that can be kept."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient


def rows(client: FlaskClient, query: str) -> list[str]:
    page = client.get(f"/projects?lang=fi&{query}")
    assert page.status_code == 200
    return re.findall(r'class="row-title"><a href="/doc/project/([a-z]+)', page.text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"ohjaamo", "kerho", "mikseri", "avoin", "ilkea"}),
        ("sector=keskusvirasto", {"mikseri", "avoin", "ilkea"}),
        ("sector=hyvinvointi", {"ohjaamo", "kerho"}),
        ("funding=esr", {"ohjaamo"}),
        ("organisation=mieli", {"kerho"}),
        ("status=Ended", {"ohjaamo"}),
        ("year=2020", {"ohjaamo"}),
        ("year=2024", {"kerho", "avoin"}),
        ("running=now", {"kerho", "avoin"}),
        ("q=tyollisyys", set()),
        ("q=KEHITTAMINEN", {"kerho"}),
        ("q=kehitt%C3%A4m", {"kerho"}),
        ("q=setlementti", {"ohjaamo"}),
        ("q=%25", set()),
        ("sector=keskusvirasto&running=now", {"avoin"}),
        ("sector=nothing", set()),
        ("q=++", {"ohjaamo", "kerho", "mikseri", "avoin", "ilkea"}),
    ],
)
def test_filters_select(client: FlaskClient, query: str, expected: set[str]) -> None:
    assert expected == set(rows(client, query))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("title", ["avoin", "kerho", "ohjaamo", "mikseri"]),
        ("start", ["avoin", "kerho", "ohjaamo", "mikseri"]),
        ("end", ["avoin", "kerho", "ohjaamo"]),
        ("changed", ["ohjaamo", "kerho"]),
    ],
)
def test_the_order_can_be_chosen(client: FlaskClient, sort: str, order: list[str]) -> None:
    assert order == [slug for slug in rows(client, f"sort={sort}") if slug in order]


def test_each_facet_value_has_as_many_projects_as_it_says(client: FlaskClient) -> None:
    page = client.get("/projects?lang=fi").text
    values = re.findall(
        r'<a href="([^"]+)" rel="nofollow"[^>]*><span><bdi[^>]*>[^<]*</bdi></span> <span class="figures soft">(\d+)',
        page,
    )

    assert len(values) > 8
    for href, count in values:
        assert int(count) == len(rows(client, html.unescape(href).partition("?")[2])), href


def test_a_chosen_filter_can_be_taken_out(client: FlaskClient) -> None:
    page = client.get("/projects?sector=keskusvirasto&q=mikseri&sort=end").text

    chosen = re.search(r'<ul class="chosen".*?</ul>', page, re.S)[0]
    assert 'href="/projects?q=mikseri&amp;sort=end"' in chosen
    assert 'href="/projects?sector=keskusvirasto&amp;sort=end"' in chosen


def test_the_search_box_keeps_the_filters_and_the_language(client: FlaskClient) -> None:
    page = client.get("/projects?sector=keskusvirasto&q=mikseri&sort=end&lang=sv").text

    form = re.search(r'<form class="search".*?</form>', page, re.S)[0]
    for name, value in (("sector", "keskusvirasto"), ("sort", "end"), ("lang", "sv")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form
    assert 'value="mikseri"' in form


def test_nothing_found_says_what_was_searched_and_the_way_back(client: FlaskClient) -> None:
    page = client.get("/projects?q=<b>olematon</b>&lang=fi").text

    assert "&lt;b&gt;olematon&lt;/b&gt;" in page
    assert "<b>" not in page
    assert 'href="/projects?lang=fi">Kaikki 5 hanketta' in page


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=1.5", "page=99999999", "sort=size", "sort=p.sort;--", "year=20", "year=abcd",
     "year=%D9%A2%D9%A0%D9%A2%D9%A2", "running=yes", "q=" + "a" * 201],
)  # fmt: skip
def test_what_cannot_be_understood_is_400_in_words(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/projects?{query}", headers={"Accept": "text/html", "Accept-Language": "en"})

    assert answer.status_code == 400
    assert "<h1>" in answer.text


@pytest.mark.parametrize("path", ["/projects?page=2", "/organisations?page=2", "/projects?q=olematon&page=2"])
def test_a_page_beyond_the_last_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "inside", "outside"),
    [
        ("/organisations?q=mieli", "Mieli ry", "Setlementti"),
        ("/organisations?q=stad", "Kemin kaupunki", "Mieli"),
        ("/organisations", "Setlementti", "Keskusvirasto"),
        ("/sectors", "Keskusvirasto", "Mieli ry"),
        ("/funding", "Euroopan sosiaalirahasto", "Keskusvirasto"),
    ],
)
def test_things_are_listed_and_found(client: FlaskClient, path: str, inside: str, outside: str) -> None:
    page = re.search(r"<main.*</main>", client.get(path, headers={"Accept-Language": "fi"}).text, re.S)[0]

    assert inside in page
    assert outside not in page


def test_the_timeline_has_every_project_with_its_period_in_words(client: FlaskClient) -> None:
    page = client.get("/timeline?lang=fi").text

    for slug in ("ohjaamo", "kerho", "mikseri", "avoin", "ilkea"):
        assert f'href="/doc/project/{slug}?lang=fi"' in page
    assert "15.1.2019–14.1.2022" in page
    assert "aikaa ei ole kerrottu" in page
