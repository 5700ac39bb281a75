"""REPORT_FORMATS: one row per form that a validation report can take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hanke_lod import jsonld, rdf
from hanke_lod.formats import N_TRIPLES, TURTLE
from hanke_lod.validating import for_ci, for_people
from hanke_lod.validating.findings import Review


@dataclass(frozen=True)
class ReportFormat:
    """One form of a report; `write` takes the review and the reader's language."""

    name: str
    label: str
    write: Callable[[Review, str], str]


def _triples(review: Review) -> list[rdf.Triple]:
    nt = review.report.graph.serialize(format="nt", encoding="utf-8")
    quads = rdf.parse(nt, N_TRIPLES, where="report")
    return rdf.sort_triples(rdf.to_triples(quads))


def _turtle(review: Review, _language: str) -> str:
    return rdf.serialise(_triples(review), TURTLE).decode()


def _json_ld(review: Review, _language: str) -> str:
    return jsonld.document(_triples(review)).decode()


REPORT_FORMATS: tuple[ReportFormat, ...] = (
    ReportFormat("text", "Text for people", for_people.full),
    ReportFormat("summary", "How often each rule was broken", for_people.summary),
    ReportFormat("turtle", "SHACL report as Turtle", _turtle),
    ReportFormat("json-ld", "SHACL report as JSON-LD", _json_ld),
    ReportFormat("junit", "JUnit XML", for_ci.junit),
    ReportFormat("github", "Annotations of GitHub", for_ci.github),
    ReportFormat("sarif", "SARIF 2.1.0", for_ci.sarif),
)


def format_named(name: str, formats: Iterable[ReportFormat] = REPORT_FORMATS) -> ReportFormat:
    """Return the row of a name."""
    return next(row for row in formats if row.name == name)
