"""A small publication with something of everything, made without the builder, and a client for its app."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from hanke_lod import config, jsonld, publications, rdf, searching
from hanke_lod.formats import DOCUMENT_FORMATS, JSON_LD, N_TRIPLES, TURTLE
from hanke_lod.namespaces import DCTERMS, FOAF, RDF, RDFS, SKOS
from hanke_lod.publications import Document, Publication
from hanke_lod.searching import ListedLink, ListedProject, ListedThing
from hanke_lod_server.app import create_app
from hanke_lod_server.vocabulary import ontology_triples

BASE = "https://data.example.fi/"
TODAY = date(2024, 6, 15)
TOML = """\
base_uri = "{base}"
title = {{ fi = "Kemin kaupungin hankkeet", sv = "Kemi stads projekt", en = "Projects of the City of Kemi" }}
{extra}
[publisher]
name = {{ fi = "Kemin kaupunki", sv = "Kemi stad", en = "City of Kemi" }}
[[source]]
file = "lista.txt"
"""
ENTRY = "Maahanmuuttaja Ohjaamo Kemi (ESR) 15.1.2019–14.1.2022, hankkeen toteuttajana Toivola-Luotolan Setlementti ry"
SPANS = [[0, 27, "title"], [27, 28, "separator"], [28, 33, "funding"], [33, 34, "separator"], [34, 53, "period"],
         [53, 55, "separator"], [55, 76, "role"], [76, 77, "separator"], [77, 108, "organisation"]]  # fmt: skip
_LABELS = (RDF.type, SKOS.prefLabel, DCTERMS.title, FOAF.name)


def triples_of(base: str = BASE) -> list[rdf.Triple]:
    """Return the whole dataset."""
    text = Path(__file__).with_name("publication.ttl").read_text(encoding="utf-8").replace("<BASE", f"<{base}")
    return rdf.to_triples(rdf.parse(text.encode(), TURTLE))


def _own(triples: list[rdf.Triple], subject: str) -> list[rdf.Triple]:
    return [t for t in triples if t.subject.value == subject or t.subject.value.startswith(subject + "#")]


def _with_labels(triples: list[rdf.Triple], own: list[rdf.Triple]) -> bytes:
    subjects = {t.subject.value for t in own}
    linked = {t.object.value for t in own if isinstance(t.object, rdf.NamedNode)} - subjects
    return rdf.lines([*own, *(t for t in triples if t.subject.value in linked and t.predicate.value in _LABELS)])


def _documents(base: str) -> Iterator[Document]:
    triples = triples_of(base)
    entry = {"source": "lista", "line": 19, "locator": "", "anchor": "aaaa1111", "headings": ["Lasten palvelut"],
             "text": ENTRY, "spans": SPANS, "remarks": [{"text": "no-such-remark", "facts": {}}]}  # fmt: skip
    change = {"date": "2023-05-01", "change": "changed", "property": "period",
              "before": "2019-01-15/2021-12-31", "after": "2019-01-15/2022-01-14"}  # fmt: skip
    extras: dict[str, dict[str, Any]] = {
        "project/ohjaamo": {"entries": [entry], "history": [change]},
        "source/lista": {"blocks": [
            {"kind": "text", "text": "Alla hankkeet.", "level": 0, "line": 1, "locator": ""},
            {"kind": "heading", "text": "Lasten palvelut", "level": 1, "line": 3, "locator": ""},
            {"kind": "entry", "level": 0, "project": "ohjaamo", **entry},
        ]},
    }  # fmt: skip
    names = {
        subject: {t.object.language: t.object.value for t in triples
                  if t.subject.value == subject and t.predicate.value in (SKOS.prefLabel, DCTERMS.title)}
        for subject in {t.subject.value for t in triples}
    }  # fmt: skip
    for subject in sorted({t.subject.value.partition("#")[0] for t in triples}):
        key = subject.removeprefix(base + "id/")
        if "/" in key:
            own = _with_labels(triples, _own(triples, subject))
            yield Document(key, own, {"names": names[subject], **extras.get(key, {})}, changed="2022-03-01")
    for key, kind in (("sectors", "sector"), ("funding", "funding")):
        own = [t for t in triples if t.subject.value.startswith(f"{base}id/{kind}")]
        yield Document(key, rdf.lines(own), {"names": {}})
    example = _own(triples, f"{base}id/project/ohjaamo")
    yield Document("ontology", _with_labels(triples, example), {"names": {}})
    dataset = _own(triples, f"{base}id/dataset/hankkeet") + _own(triples, f"{base}id/catalog")
    yield Document("catalog", _with_labels(triples, dataset), {"names": {}})
    own = _own(triples, f"{base}id/dataset/hankkeet")[:1]
    yield Document("void", rdf.lines(own), {"names": {}})
    gone = {"names": {"fi": "Poistunut hanke"}, "first": "2022-03-01", "last": "2023-01-15"}
    told = f'<{base}id/project/poistunut> <{RDFS.label}> "Poistunut hanke"@fi .\n'.encode()
    yield Document("project/poistunut", told, gone, state="gone", changed="2023-02-01")
    yield Document("project/vanha", b"", {"names": {"fi": "Vanha"}}, state="merged", target="kerho")


PROJECTS = (
    ListedProject(
        "ohjaamo", {"fi": "Maahanmuuttaja Ohjaamo Kemi"}, "2019-01-15", "2022-01-14", "2019-01-15", "2022-01-14",
        "Ended", "2023-05-01", {"fi": "ohjausta Toivola-Luotolan Setlementti ry"},
        (ListedLink("inSector", "sector", "lapset"), ListedLink("fundedFrom", "funding", "esr"),
         ListedLink("implementer", "organisation", "setlementti")),
    ),
    ListedProject(
        "kerho", {"fi": "Koulun kerhotoiminnan kehittäminen"}, "2021", "2025-12", "2021-01-01", "2025-12-31",
        "", "2022-03-01", {},
        (ListedLink("inSector", "sector", "lapset"), ListedLink("partner", "organisation", "mieli")),
    ),
    ListedProject(
        "mikseri", {"fi": "Monikulttuurinen kohtaamispaikka Mikseri", "sv": "Den mångkulturella mötesplatsen Mikseri"},
        changed="2022-03-01", links=(ListedLink("inSector", "sector", "keskusvirasto"),),
    ),
    ListedProject(
        "avoin", {"fi": "Avoin loppu"}, "2023-03-01", "", "2023-03-01", "", "", "2022-03-01", {},
        (ListedLink("inSector", "sector", "keskusvirasto"), ListedLink("fundedFrom", "funding", "helmi")),
    ),
    ListedProject(
        "ilkea", {"fi": "<script>alert(1)</script> \u202e{{7*7}}"}, changed="2022-03-01",
        links=(ListedLink("inSector", "sector", "keskusvirasto"), ListedLink("partner", "organisation", "ilkea")),
    ),
)  # fmt: skip
THINGS = (
    ListedThing("sector", "hyvinvointi", {"fi": "Hyvinvointitoimiala", "sv": "Välfärdssektorn"}),
    ListedThing("sector", "lapset", {"fi": "Hyvinvointitoimialan lasten ja nuorten palvelut"}, "hyvinvointi"),
    ListedThing("sector", "keskusvirasto", {"fi": "Keskusvirasto"}),
    ListedThing("funding", "esr", {"fi": "Euroopan sosiaalirahasto", "en": "European Social Fund"}),
    ListedThing("funding", "helmi", {"fi": "Kunta Helmi"}),
    ListedThing("organisation", "kemi", {"fi": "Kemin kaupunki", "sv": "Kemi stad", "en": "City of Kemi"}),
    ListedThing("organisation", "setlementti", {"fi": "Toivola-Luotolan Setlementti ry"}),
    ListedThing("organisation", "mieli", {"fi": "Mieli ry"}),
    ListedThing("organisation", "ilkea", {"fi": '"><svg onload=alert(4)>'}),
    ListedThing("source", "lista", {"fi": "Kemin hankeluettelo"}),
)


class Client(FlaskClient):
    """A client that takes every answer whole, so that files are closed."""

    def open(self, *args: Any, **kwargs: Any) -> Any:  # Any: what the client takes
        """Return the answer to a request."""
        return super().open(*args, **{"buffered": True, **kwargs})


@dataclass(frozen=True)
class Served:
    """A publication, its folder and settings."""

    folder: Path
    publication: Publication
    config: config.Config

    def client(self) -> FlaskClient:
        """Return a client of an app of its own."""
        app = create_app(self.publication, None, self.config, lambda: TODAY)
        app.test_client_class = Client
        return app.test_client()


def publish(folder: Path, base: str = BASE, extra: str = "", mark: str = "", more: Mapping[str, bytes] = {}) -> Served:
    """Publish the dataset in a folder; `mark` makes the publication another one than before."""
    folder.mkdir(exist_ok=True)
    settings, text = folder / "hanke.toml", TOML.format(base=base, extra=extra)
    if not settings.exists() or settings.read_text(encoding="utf-8") != text:  # a server may be reading it
        settings.write_text(text, encoding="utf-8")
    triples = [t for t in triples_of(base) if "/catalog" not in t.subject.value]
    with publications.drafting(folder) as draft:
        for row in DOCUMENT_FORMATS:
            content = jsonld.document(triples) if row is JSON_LD else rdf.serialise(triples, row)
            (draft / f"dataset.{row.suffix}").write_bytes(rdf.lines(triples) if row is N_TRIPLES else content)
        (draft / "dataset.csv").write_bytes(b"\xef\xbb\xbfuri,title\r\n" + mark.encode())
        catalogue = rdf.to_triples(
            rdf.parse(next(d.triples for d in _documents(base) if d.key == "catalog"), N_TRIPLES)
        )
        quads = [
            *rdf.named_graph([*triples, *ontology_triples()], ""),
            *rdf.named_graph(catalogue, f"{base}id/catalog"),
        ]
        (draft / publications.DATA).write_bytes(rdf.lines(quads))
        (draft / "dataset.nt.zst").write_bytes(b"zstd of " + mark.encode())
        (draft / "dataset.nt.gz").write_bytes(gzip.compress((draft / "dataset.nt").read_bytes(), mtime=0))
        for name, content in more.items():
            (draft / name).write_bytes(content)
        publications.write_documents(draft, _documents(base))
        searching.build(draft / publications.INDEX, PROJECTS, THINGS)
        digest = publications.write_manifest(draft, {"base_uri": base, "figures": {"projects": len(PROJECTS)}})
        publications.publish(folder, draft, digest, 1)
    return Served(folder, publications.open_current(folder), config.load(folder))
