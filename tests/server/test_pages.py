"""Pages: in the reader's language, with what the data state and nothing else, and inert whatever the data hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from small_publication import publish

VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "line", "path", "stop"}


class Outline(HTMLParser):
    """Reads a page: whether its tags are closed, its headings, its landmarks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.labelled: set[str] = set()
        self.inputs: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if len(held) != len(attrs):
            self.wrong.append(f"attribute twice in {tag}")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self.labelled.add(held.get("for") or "")
        if tag in ("input", "textarea") and held.get("type") != "hidden":
            self.inputs.append(held.get("id") or "?")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.wrong.append(f"{tag} closed at once")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


PAGES = (
    "/", "/projects", "/projects?q=olematon", "/organisations", "/sectors", "/funding", "/timeline", "/about",
    "/catalog.html", "/ontology.html", "/shapes.html", "/doc/project/ohjaamo", "/doc/project/mikseri",
    "/doc/project/ilkea", "/doc/project/poistunut", "/doc/organisation/kemi", "/doc/organisation/ilkea",
    "/doc/sector/hyvinvointi", "/doc/funding/esr", "/doc/source/lista", "/doc/dataset/hankkeet", "/nothing",
)  # fmt: skip
BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed_and_has_its_landmarks(client: FlaskClient, path: str, language: str) -> None:
    page = client.get(path, headers={**BROWSER, "Accept-Language": language}).text
    outline = Outline(page)

    assert outline.wrong == []
    assert outline.open == []
    assert page.startswith("<!doctype html>")
    assert f'<html lang="{language}">' in page
    assert outline.headings.count(1) == 1
    assert all(next_ <= level + 1 for level, next_ in zip(outline.headings, outline.headings[1:], strict=False))
    assert set(outline.inputs) <= outline.labelled
    assert page.index('class="skip"') < page.index("<header")
    assert '<main id="main"' in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(client: FlaskClient, path: str, language: str) -> None:
    assert len(client.get(path, headers={**BROWSER, "Accept-Language": language}).data) < 200_000


def text_of(client: FlaskClient, path: str, language: str = "fi") -> str:
    page = client.get(path, headers={**BROWSER, "Accept-Language": language}).text
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(r"<main.*</main>", page, re.S)[0]).split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fi",
            [
                "15.1.2019–14.1.2022",
                "päättynyt",
                "Toteuttaja",
                "Rahoitus",
                "Näin luettelossa",
                "rivi 19",
                "35\xa0200,50\xa0€",
            ],
        ),
        ("sv", ["15.1.2019–14.1.2022", "avslutat", "Genomförare", "Finansiering", "rad 19", "Europeiska socialfonden"]),
        (
            "en",
            [
                "15 Jan 2019 – 14 Jan 2022",
                "ended",
                "Implementer",
                "Funding",
                "line 19",
                "€35,200.50",
                "European Social Fund",
            ],
        ),
    ],
)
def test_a_project_is_told_in_the_readers_language(client: FlaskClient, language: str, expected: list[str]) -> None:
    text = text_of(client, "/doc/project/ohjaamo", language).replace(" ", " ")

    for words in expected:
        assert " ".join(words.split()) in " ".join(text.split())


def test_what_the_list_does_not_say_is_no_row(client: FlaskClient) -> None:
    text = text_of(client, "/doc/project/mikseri")

    assert "aikaa ei ole kerrottu" in text
    for label in ("Toteuttaja", "Rahoitus", "Kokonaisbudjetti", "Kuvaus", "Kotisivu"):
        assert label not in text


def test_an_agent_with_a_precise_role_is_not_told_twice(client: FlaskClient) -> None:
    page = client.get("/doc/project/ohjaamo?lang=fi").text

    row = re.search(r"<dt>Mukana</dt>.*?</div>", page, re.S)[0]
    assert "Kemin kaupunki" in row
    assert "Setlementti" not in row


def test_an_entry_is_marked_and_its_remarks_are_told(client: FlaskClient) -> None:
    page = client.get("/doc/project/ohjaamo?lang=fi").text

    assert '<span class="mark mark-period">15.1.2019–14.1.2022</span>' in page
    assert '<span class="mark mark-funding">(ESR)</span>' in page
    assert 'href="/doc/source/lista?lang=fi#aaaa1111"' in page
    assert "no-such-remark" in page


def test_changes_are_told_in_words(client: FlaskClient) -> None:
    assert "1.5.2023 Aika jatkui 14.1.2022 saakka" in text_of(client, "/doc/project/ohjaamo")


def test_a_name_in_another_language_says_so(client: FlaskClient) -> None:
    page = client.get("/doc/project/mikseri?lang=en").text

    assert '<h1 lang="fi">Monikulttuurinen kohtaamispaikka Mikseri</h1>' in page
    assert "<h1>Den mångkulturella mötesplatsen Mikseri</h1>" in client.get("/doc/project/mikseri?lang=sv").text


def test_parts_of_a_thing_have_their_place_on_its_page(client: FlaskClient) -> None:
    assert 'id="period"' in client.get("/doc/project/ohjaamo.html").text
    assert 'id="budget"' in client.get("/doc/project/ohjaamo.html").text
    assert 'id="aaaa1111"' in client.get("/doc/source/lista.html").text
    assert 'id="ttl"' in client.get("/doc/dataset/hankkeet.html").text
    assert 'id="Project"' in client.get("/ontology.html").text
    assert 'id="ProjectTitle"' in client.get("/shapes.html").text


def test_an_organisation_shows_its_projects_by_role(client: FlaskClient) -> None:
    text = text_of(client, "/doc/organisation/setlementti")

    assert "1 hanke Toteuttaja Maahanmuuttaja Ohjaamo Kemi" in text


def test_the_publisher_says_that_it_publishes_the_list(client: FlaskClient) -> None:
    assert "Julkaisee luettelon" in text_of(client, "/doc/organisation/kemi")


def test_a_sector_shows_what_it_is_divided_into_and_all_projects_below(client: FlaskClient) -> None:
    page = client.get("/doc/sector/hyvinvointi?lang=fi").text

    assert 'href="/doc/sector/lapset?lang=fi"' in page
    assert "2 hanketta" in page


def test_ontology_and_shapes_are_told_in_the_readers_language(client: FlaskClient) -> None:
    assert "Määräaikainen kokonaisuus" in text_of(client, "/ontology.html", "fi")
    assert "En tidsbegränsad insats" in text_of(client, "/ontology.html", "sv")
    assert "A temporary undertaking" in text_of(client, "/ontology.html", "en")
    assert "A project has a title with a language tag" in text_of(client, "/shapes.html", "en")
    assert "dcterms:title" in text_of(client, "/shapes.html", "en")


# ── the language ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_language_in_the_address_overrules_the_header_and_stays_in_links(client: FlaskClient) -> None:
    page = client.get("/doc/project/ohjaamo?lang=sv", headers={"Accept-Language": "en"}).text

    assert '<html lang="sv">' in page
    local = [
        href for href in re.findall(r'href="(/[^"]*)"', page) if not re.search(r"\.(css|svg|ttl|jsonld|rdf|nt)", href)
    ]
    assert all("lang=" in href for href in local), [href for href in local if "lang=" not in href]


def test_without_one_in_the_address_links_stay_plain(client: FlaskClient) -> None:
    page = client.get("/doc/project/ohjaamo", headers={"Accept-Language": "sv"}).text

    assert 'href="/doc/funding/esr"' in page


@pytest.mark.parametrize("lang", ["de", "", "FI", "../", "<script>"])
def test_a_language_that_there_is_not_is_as_if_none_was_asked_for(client: FlaskClient, lang: str) -> None:
    assert '<html lang="sv">' in client.get(f"/?lang={lang}", headers={"Accept-Language": "sv"}).text


def test_only_the_publishers_languages_are_offered(tmp_path: Path) -> None:
    client = publish(tmp_path / "two", extra='languages = ["sv", "fi"]').client()

    page = client.get("/", headers={"Accept-Language": "en"}).text
    assert '<html lang="sv">' in page
    assert 'hreflang="en"' not in page


# ── the licence ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/", "/about", "/catalog.html"])
def test_a_licence_that_nobody_confirmed_is_not_claimed(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers={"Accept-Language": "en"}).text

    assert "to be confirmed by the publisher" in page
    assert "CC BY" not in page
    assert 'rel="license' not in page


def test_a_confirmed_licence_is_named_and_linked(tmp_path: Path) -> None:
    client = publish(tmp_path / "licensed", extra="licence_confirmed = true").client()

    for path in ("/", "/about", "/catalog.html"):
        page = client.get(path, headers={"Accept-Language": "en"}).text
        assert re.search(r'rel="license[^>]*href="http://publications.europa.eu/[^"]+">CC BY 4.0</a>', page)
        assert "to be confirmed" not in page


# ── content that attacks ────────────────────────────────────────────────────────────────────────────────────

EVERYWHERE = (
    "/", "/projects", "/projects?sort=changed", "/timeline", "/organisations", "/doc/project/ilkea",
    "/doc/organisation/ilkea", "/doc/sector/keskusvirasto", "/projects?organisation=ilkea",
    "/projects?q=%3Cscript%3Ealert(1)%3C/script%3E", "/%3Cscript%3E", "/projects?sector=%22%3E%3Cscript%3E",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
def test_content_that_attacks_is_inert(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers=BROWSER).text
    page = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", page)  # data; it must hold no "<"

    assert "<script" not in page
    assert "<svg onload" not in page
    assert "<img" not in page
    assert not re.search(r'(href|src|action)\s*=\s*"\s*(javascript|data|vbscript):', page, re.I)
    assert "49" not in re.sub(r"<[^>]+>", "", page)  # {{7*7}} was not reckoned
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", page)


def test_an_iri_that_no_browser_should_follow_is_shown_as_text(client: FlaskClient) -> None:
    page = client.get("/doc/project/ilkea?lang=fi").text

    assert "javascript:alert(3)" in page
    assert "data:text/html,%3Cscript%3E" in page


def test_a_name_that_turns_text_around_is_isolated(client: FlaskClient) -> None:
    page = client.get("/projects?lang=fi").text

    assert re.search("<bdi>[^<]*\u202e[^<]*</bdi>", page)
