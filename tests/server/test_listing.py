"""Lists for machines: every form, filters, pages that follow each other, and what the OpenAPI document says of them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from small_publication import BASE, PROJECTS, THINGS, TODAY, publish

from hanke_lod import publications, rdf, searching
from hanke_lod.formats import RDF_FORMATS, RdfFormat
from hanke_lod.namespaces import HYDRA
from hanke_lod.searching import ListedProject
from hanke_lod_server.app import create_app

LISTS = ("projects", "organisations", "sectors", "funding")
COUNT = 120


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a publication whose list of projects has three pages."""
    served = publish(tmp_path_factory.mktemp("many"))
    path = served.publication.path(publications.INDEX)
    path.unlink()
    searching.build(path, [ListedProject(f"p{n}", {"fi": f"Hanke {n:03d}"}) for n in range(COUNT)], ())
    return create_app(served.publication, None, served.config, lambda: TODAY).test_client()


def triples(client: FlaskClient, path: str, accept: str = "text/turtle") -> list[rdf.Triple]:
    """Return the triples of an answer."""
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    row = RdfFormat.from_media_type(answer.mimetype)
    assert row is not None
    return rdf.to_triples(rdf.parse(answer.data, row))


def members(found: list[rdf.Triple]) -> set[str]:
    """Return the slugs of a collection's members."""
    return {t.object.value.rpartition("/")[2] for t in found if t.predicate.value == HYDRA.member}


def links(answer: Any) -> dict[str, str]:
    """Return the header Link's targets by relation; of several with one relation the last."""
    parts = [part.partition(">; rel=") for part in answer.headers["Link"].split(", <")]
    return {rest.split('"')[1]: target.lstrip("<") for target, _, rest in parts}


@pytest.mark.parametrize("row", [row for row in RDF_FORMATS if row.documents], ids=lambda row: row.name)
def test_every_form_of_the_projects_has_the_same_members_and_facts(client: FlaskClient, row: RdfFormat) -> None:
    path = "/projects?sector=hyvinvointi"

    found = triples(client, path, row.media_type)

    assert {"ohjaamo", "kerho"} == members(found)
    assert {t for t in triples(client, "/doc/project/kerho") if "kerho" in t.subject.value} <= set(found)
    views = {t for t in found if row.suffix in t.subject.value or HYDRA.view == t.predicate.value}
    assert set(triples(client, path, "application/n-triples")) - set(found) <= {
        t for t in triples(client, path, "application/n-triples") if "projects.nt" in f"{t.subject}{t.object}"
    }
    assert views


@pytest.mark.parametrize("query", ["", "?q=kerho", "?sector=keskusvirasto&running=now", "?year=2020&status=Ended"])
def test_csv_has_the_rows_of_the_page_in_its_order(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/projects.csv{query}")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    as_json = client.get(f"/projects.json{query}").get_json()

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert members(triples(client, f"/projects{query}")) == {row["uri"].rpartition("/")[2] for row in rows}
    assert len([n for n in as_json["@graph"] if "hydra/core#Collection" in str(n.get("type"))]) == 1


def test_csv_names_what_a_project_is_linked_to_and_holds_no_formula(tmp_path: Path) -> None:
    served = publish(tmp_path / "x")
    path = served.publication.path(publications.INDEX)
    path.unlink()
    searching.build(path, [*PROJECTS, ListedProject("kaava", {"fi": "=1+1"})], ())

    text = served.client().get("/projects.csv").data.decode("utf-8-sig")
    rows = {row["uri"].rpartition("/")[2]: row for row in csv.DictReader(io.StringIO(text))}

    assert "Euroopan sosiaalirahasto" == rows["ohjaamo"]["funding"]
    assert "Toivola-Luotolan Setlementti ry" == rows["ohjaamo"]["implementers"]
    assert "2019-01-15" == rows["ohjaamo"]["start"]
    assert "'=1+1" == rows["kaava"]["title"]


@pytest.mark.parametrize("suffix", ["", ".csv", ".ttl", ".json"])
def test_pages_are_followed_by_rel_next_to_the_end_without_gap_or_overlap(many: FlaskClient, suffix: str) -> None:
    path, seen = f"/projects{suffix}?sort=title", []
    while path:
        answer = many.get(path, headers={"Accept": "text/csv"})
        text = many.get(re.sub(r"projects(?:\.\w+)?", "projects.csv", path)).data.decode("utf-8-sig")
        seen.append([row["title"] for row in csv.DictReader(io.StringIO(text))])
        path = links(answer).get("next", "")
        assert not path or suffix in path

    assert [50, 50, 20] == [len(page) for page in seen]
    assert [f"Hanke {n:03d}" for n in range(COUNT)] == [title for page in seen for title in page]


def test_a_collection_names_its_pages_in_its_own_form_and_how_many_there_are(many: FlaskClient) -> None:
    found = {(t.predicate.value, t.object.value) for t in triples(many, "/projects?page=2&q=hanke")}

    assert (HYDRA.totalItems, str(COUNT)) in found
    assert (HYDRA.next, f"{BASE}projects.ttl?q=hanke&page=3") in found
    assert (HYDRA.previous, f"{BASE}projects.ttl?q=hanke") in found
    assert (HYDRA.last, f"{BASE}projects.ttl?q=hanke&page=3") in found


@pytest.mark.parametrize(
    "path", ["/projects.ttl?page=4", "/projects.csv?page=4", "/projects.xlsx", "/organisations.ttl?page=9"]
)
def test_there_is_no_page_beyond_the_last_and_no_other_form(many: FlaskClient, path: str) -> None:
    assert many.get(path).status_code == 404


def test_organisations_are_data_too(client: FlaskClient) -> None:
    found = triples(client, "/organisations?q=kemi")

    assert {"kemi"} == members(found)
    assert "City of Kemi" in {t.object.value for t in found}
    assert b"Kemi stad" in client.get("/organisations.csv?q=kemi").data


@pytest.mark.parametrize("path", ["/sectors", "/funding"])
def test_a_scheme_stays_whole_as_rdf_and_is_rows_as_csv(client: FlaskClient, path: str) -> None:
    assert client.get(f"{path}.ttl").data == client.get(f"{path}.ttl?q=nothing").data
    assert client.get(f"{path}.csv").text.count("\n") > 2
    assert client.get(f"{path}.csv?q=nothing").text.count("\n") == 1


def test_the_address_of_a_form_keeps_the_filters(client: FlaskClient) -> None:
    answer = client.get("/projects?sector=keskusvirasto&q=mikseri", headers={"Accept": "text/turtle"})
    page = client.get("/projects?sector=keskusvirasto", headers={"Accept": "text/html", "Accept-Language": "sv"})

    assert "/projects.ttl?sector=keskusvirasto&q=mikseri" == answer.headers["Content-Location"]
    assert "/projects.html?sector=keskusvirasto&lang=sv" == page.headers["Content-Location"]
    assert '</projects.csv?sector=keskusvirasto>; rel="alternate"; type="text/csv"' in page.headers["Link"]


def test_below_a_prefix_links_lead_below_it(tmp_path: Path) -> None:
    served = publish(tmp_path / "x", base="https://www.example.fi/data/")

    answer = served.client().get("/data/projects.ttl")

    assert "/data/projects.ttl" == links(answer)["first"]
    assert "<https://www.example.fi/data/projects>" in answer.text


# ── OpenAPI ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_document_has_every_list_in_every_form(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()

    assert {f"/{name}{suffix}" for name in LISTS for suffix in ("", ".{suffix}")} == set(document["paths"])
    for path in document["paths"].values():
        assert {"text/html", "text/turtle", "application/ld+json", "text/csv", "application/json"} <= set(
            path["get"]["responses"]["200"]["content"]
        )


def test_lists_lead_to_the_document(client: FlaskClient) -> None:
    assert "/openapi.json" == links(client.get("/projects"))["service-desc"]


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a publication without the title that no XML can hold: as RDF/XML a list with it is 406."""
    served = publish(tmp_path_factory.mktemp("writable"))
    path = served.publication.path(publications.INDEX)
    path.unlink()
    searching.build(path, [project for project in PROJECTS if project.slug != "ilkea"], THINGS)
    return served.client()


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("form", ["*/*", "text/turtle", "application/json", "text/csv"])
def test_schemathesis_finds_no_fault(writable: FlaskClient, mode: GenerationMode, form: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/openapi.json", writable.application)
    for found in schema.get_all_operations():

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=found.ok().as_strategy(generation_mode=mode))
        def check(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"Accept": form, "Accept-Encoding": "identity"})

        check()
