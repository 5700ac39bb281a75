"""A publication as graphs: what was built from a list is what the endpoint holds, describes and answers from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from hanke_lod import config, publications, rdf
from hanke_lod.formats import TURTLE
from hanke_lod.namespaces import ONTOLOGY
from hanke_lod_server.app import create_app
from hanke_lod_server.engines.embedded import KeeperEngine, is_supported, start_keeper, stop_keeper

pytestmark = pytest.mark.skipif(not is_supported(), reason="a keeper needs Linux")

SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture(scope="module")
def publication(built_kemi: Path) -> publications.Publication:
    return publications.open_current(built_kemi)


@pytest.fixture(scope="module")
def client(
    built_kemi: Path, publication: publications.Publication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FlaskClient]:
    settings, path = config.load(built_kemi), tmp_path_factory.mktemp("graphs") / "keeper"
    keeper = start_keeper(path, [publication.path(publications.DATA)], settings.query, publication=publication.name)
    engine = KeeperEngine(path)
    yield create_app(publication, engine, settings).test_client()
    engine.close()
    stop_keeper(keeper)


def count(client: FlaskClient, pattern: str, **parameters: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    answer = client.get("/sparql?" + urlencode({"query": query, "format": "json", **parameters}))
    return int(json.loads(answer.data)["results"]["bindings"][0]["n"]["value"])


def described(client: FlaskClient) -> dict[str, int]:
    """Return the sizes of the graphs by name, as the service description tells them; "default" for the default one."""
    triples = rdf.to_triples(rdf.parse(client.get("/sparql", headers={"Accept": "text/turtle"}).data, TURTLE))
    facts = {(t.subject.value, t.predicate.value): getattr(t.object, "value", "") for t in triples}
    sizes = {s: int(o) for (s, p), o in facts.items() if p.endswith("void#triples")}
    named = {o: sizes[facts[s, SD + "graph"]] for (s, p), o in facts.items() if p == SD + "name"}
    return {"default": sizes[next(o for (_, p), o in facts.items() if p == SD + "defaultGraph")], **named}


def test_every_graph_is_described_with_the_size_that_was_built(
    client: FlaskClient, publication: publications.Publication
) -> None:
    assert publication.manifest["graphs"] == described(client)


def test_the_graphs_are_the_ontology_the_catalogue_and_each_source_document(
    client: FlaskClient, publication: publications.Publication
) -> None:
    base = publication.base_uri
    names = set(described(client)) - {"default", ONTOLOGY, f"{base}id/catalog"}

    assert names
    assert {f"{base}id/source/"} == {name.rpartition("/")[0] + "/" for name in names}


def test_each_graph_can_be_asked_alone(client: FlaskClient) -> None:
    for name, size in described(client).items():
        if name != "default":
            assert size == count(client, "?s ?p ?o", **{"default-graph-uri": name})
            assert size == count(client, f"GRAPH <{name}> {{ ?s ?p ?o }}")


def test_the_default_graph_has_the_data_and_the_ontology_but_no_alignments(client: FlaskClient) -> None:
    assert count(client, "?s a hanke:Project")
    assert count(client, "hanke:Project a owl:Class")
    assert count(client, f"GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ ?s ?p ?o }}")  # the alignments
