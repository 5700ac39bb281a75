"""What tells machines where things are: typed links, VoID, sitemap, robots.txt, llms.txt, schema.org in pages."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from small_publication import BASE, publish

from hanke_lod_server import finding

CC_BY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
PAGE = {"Accept": "text/html", "Accept-Language": "fi"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES = (
    "/", "/about", "/projects", "/organisations", "/sectors", "/funding", "/timeline", "/catalog", "/ontology",
    "/shapes", "/doc/project/ohjaamo", "/doc/project/ilkea", "/doc/organisation/ilkea", "/doc/organisation/mieli",
    "/doc/sector/lapset", "/doc/funding/esr", "/doc/source/lista", "/doc/dataset/hankkeet",
)  # fmt: skip


@pytest.fixture(scope="module")
def licensed(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a publication whose licence is confirmed."""
    return publish(tmp_path_factory.mktemp("licensed"), extra="licence_confirmed = true").client()


def typed(client: FlaskClient, path: str, **headers: str) -> dict[str, list[str]]:
    """Return the targets of the header Link by relation."""
    answer = client.get(path, headers={**PAGE, **headers})
    found: dict[str, list[str]] = {}
    for target, relation in re.findall(r'<([^>]*)>; rel="([^"]+)"', answer.headers["Link"]):
        found.setdefault(relation, []).append(target)
    return found


class Scripts(HTMLParser):
    """Collects the structured data of a page, and every other script."""

    def __init__(self) -> None:
        super().__init__()
        self.data: list[Any] = []
        self.others = 0
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script's beginning."""
        self._inside = tag == "script" and ("type", "application/ld+json") in attrs
        self.others += tag == "script" and not self._inside

    def handle_data(self, data: str) -> None:
        """Take a script's content."""
        if self._inside:
            self.data.append(json.loads(data))
            self._inside = False


def structured(client: FlaskClient, path: str, language: str = "fi") -> Any:
    """Return the structured data of a page."""
    parser = Scripts()
    parser.feed(client.get(path, headers={**PAGE, "Accept-Language": language}).text)
    assert parser.others == 0
    (node,) = parser.data
    return node


# ── signposting ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_has_all_links_of_level_two(licensed: FlaskClient) -> None:
    found = typed(licensed, "/doc/project/ohjaamo")

    assert [f"{BASE}id/project/ohjaamo"] == found["cite-as"]
    assert ["https://schema.org/AboutPage", "https://schema.org/Project"] == found["type"]
    assert [f"/doc/project/ohjaamo.{suffix}" for suffix in ("ttl", "jsonld", "rdf", "nt")] == found["describedby"]
    assert [CC_BY] == found["license"]
    assert ["/"] == found["collection"]
    assert ["/linkset/project/ohjaamo"] == found["linkset"]
    assert [f"{BASE}id/organisation/kemi"] == found["author"]


def test_the_home_page_has_the_dataset_s_files_as_its_items(client: FlaskClient) -> None:
    found = typed(client, "/")

    assert [f"{BASE}id/dataset/hankkeet"] == found["cite-as"]
    assert {f"/dataset.{suffix}" for suffix in ("ttl", "jsonld", "rdf", "nt", "csv")} == set(found["item"])
    assert {f"/catalog.{suffix}" for suffix in ("ttl", "jsonld", "rdf", "nt")} == set(found["describedby"])


@pytest.mark.parametrize("start", ["/", "/doc/project/ohjaamo", "/doc/organisation/mieli", "/doc/source/lista"])
def test_what_is_linked_to_links_back(client: FlaskClient, start: str) -> None:
    found = typed(client, start)

    for target in found["describedby"]:
        assert [start] == typed(client, target)["describes"]
    for target in found.get("item", ()):
        assert [start] == typed(client, target)["collection"]


@pytest.mark.parametrize(
    "path", ["/doc/project/ohjaamo", "/doc/project/ohjaamo.ttl", "/dataset.csv", "/", "/catalog.ttl"]
)
def test_the_link_set_has_the_links_of_the_headers_absolute(licensed: FlaskClient, path: str) -> None:
    found = typed(licensed, path)
    answer = licensed.get(found["linkset"][0])
    row = next(row for row in answer.get_json()["linkset"] if row["anchor"] == BASE.rstrip("/") + path)
    told = {relation: [link["href"] for link in links] for relation, links in row.items() if relation != "anchor"}

    assert answer.mimetype == "application/linkset+json"
    assert told == {
        relation: [target if ":" in target else BASE.rstrip("/") + target for target in targets]
        for relation, targets in found.items()
        if relation not in ("alternate",)
    }


@pytest.mark.parametrize("path", ["/linkset/project/poistunut", "/linkset/project/vanha", "/linkset/project/none"])
def test_there_is_no_link_set_of_what_is_not_listed(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/doc/project/ohjaamo", "/doc/project/ohjaamo.nt", "/dataset.ttl", "/linkset"])
def test_no_licence_is_stated_that_is_not_confirmed(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=PAGE)

    assert "license" not in answer.headers.get("Link", "")
    assert CC_BY not in answer.text


def test_below_a_prefix_links_stay_below_it(tmp_path: Path) -> None:
    client = publish(tmp_path / "x", base="https://www.example.fi/data/").client()

    found = typed(client, "/data/doc/project/ohjaamo")

    assert ["/data/"] == found["collection"]
    assert "/data/doc/project/ohjaamo.ttl" in found["describedby"]
    assert ["/data/linkset/project/ohjaamo"] == found["linkset"]


# ── sitemap, robots, llms ───────────────────────────────────────────────────────────────────────────────────


def locations(client: FlaskClient, path: str) -> dict[str, str]:
    """Return the addresses of a sitemap with their days."""
    root = ElementTree.fromstring(client.get(path).data)
    return {row.findtext(f"{SITEMAP}loc", ""): row.findtext(f"{SITEMAP}lastmod", "") for row in root}


def test_the_sitemap_has_what_is_listed_with_its_day(client: FlaskClient) -> None:
    found = locations(client, "/sitemap.xml")

    assert "2022-03-01" == found[f"{BASE}doc/project/ohjaamo"]
    assert not {f"{BASE}doc/project/poistunut", f"{BASE}doc/project/vanha"} & set(found)
    assert {BASE, f"{BASE}projects"} <= set(found)


def test_every_address_of_the_sitemap_is_there(client: FlaskClient) -> None:
    paths = [address.removeprefix(BASE.rstrip("/")) for address in locations(client, "/sitemap.xml")]

    assert [] == [path for path in paths if client.get(path).status_code != 200]


def test_a_large_sitemap_is_split(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = locations(client, "/sitemap.xml")
    monkeypatch.setattr(finding, "SITEMAP_ADDRESSES", 7)

    parts = locations(client, "/sitemap.xml")

    assert [f"{BASE}sitemap-{n}.xml" for n in range(1, len(parts) + 1)] == list(parts)
    assert {"2022-03-01"} == set(parts.values())
    found = [locations(client, part.removeprefix(BASE.rstrip("/"))) for part in parts]
    assert whole == {address: day for part in found for address, day in part.items()}
    assert all(len(part) <= 7 for part in found)
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


def test_robots_lead_to_the_sitemap(client: FlaskClient) -> None:
    assert f"Sitemap: {BASE}sitemap.xml" in client.get("/robots.txt").text


def test_llms_txt_leads_to_addresses_that_are_there(client: FlaskClient) -> None:
    text = client.get("/llms.txt").text
    links = re.findall(r"\]\(([^)]+)\)", text)

    assert text.startswith("# Projects of the City of Kemi\n\n> ")
    assert len(links) > 8
    for link in links:
        if not link.endswith("/sparql"):
            assert client.get(link.removeprefix(BASE.rstrip("/"))).status_code == 200, link


def test_void_is_data_only(client: FlaskClient) -> None:
    assert "text/turtle" == client.get("/.well-known/void").mimetype
    assert 406 == client.get("/.well-known/void", headers={"Accept": "text/html"}).status_code


# ── schema.org ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_page_tells_its_subject_and_nothing_in_it_ends_the_script(
    client: FlaskClient, path: str, language: str
) -> None:
    node = structured(client, path, language)

    assert "https://schema.org" == node["@context"]
    assert node["@type"]
    assert node["name"]
    assert node["url"].startswith(BASE)


def test_content_that_attacks_stays_what_it_is(client: FlaskClient) -> None:
    node = structured(client, "/doc/project/ilkea")

    assert node["description"] == "</title></script><img src=x onerror=alert(2)>"
    assert "sameAs" not in node


def test_the_dataset_has_what_search_engines_want(licensed: FlaskClient) -> None:
    node = structured(licensed, "/", "en")

    assert "Dataset" == node["@type"]
    assert {"name", "description", "url", "identifier", "license", "publisher", "creator", "distribution",
            "includedInDataCatalog", "isAccessibleForFree"} <= set(node)  # fmt: skip
    assert CC_BY == node["license"]
    for download in node["distribution"]:
        assert licensed.get(download["contentUrl"].removeprefix(BASE.rstrip("/"))).status_code == 200
        assert download["encodingFormat"]


def test_a_project_is_told_as_its_data_have_it(client: FlaskClient) -> None:
    node = structured(client, "/doc/project/ohjaamo")

    assert "Project" == node["@type"]
    assert ("2019-01-15", "2022-01-14") == (node["foundingDate"], node["dissolutionDate"])
    assert "Toivola-Luotolan Setlementti ry" in {member["name"] for member in node["member"]}
    assert [{"@type": "Grant", "name": "Euroopan sosiaalirahasto", "url": f"{BASE}id/funding/esr"}] == node["funding"]
    assert "dissolutionDate" not in structured(client, "/doc/project/avoin")
