"""REPORT_FORMATS: one row per form that a validation report can take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from hanke_lod import jsonld, rdf
from hanke_lod.formats import N_TRIPLES, TURTLE
from hanke_lod.texts import say
from hanke_lod.validating.checking import SEVERITIES, Report, Result


@dataclass(frozen=True)
class ReportFormat:
    """One form of a report; `write` takes the report and the reader's language."""

    name: str
    label: str
    write: Callable[[Report, str], str]


def message_of(result: Result, language: str) -> str:
    """Return the result's message in the language, else in English, else in any."""
    for choice in (language, "en", ""):
        if choice in result.messages:
            return result.messages[choice]
    return next(iter(result.messages.values()), result.component)


def _text(report: Report, language: str) -> str:
    out: list[str] = []
    for severity, results in groupby(report.results, key=lambda r: r.severity):
        found = list(results)
        out.append(say(f"report-{severity.lower()}", language, count=len(found)))
        by_message = sorted(found, key=lambda r: (message_of(r, language), r.focus))
        for message, same in groupby(by_message, key=lambda r: message_of(r, language)):
            out.append(f"  {message}")
            out += (f"    {_where(result)}" for result in same)
    counts = {severity: report.count(severity) for severity in SEVERITIES}
    summary = "report-fails" if counts["Violation"] else "report-conforms"
    out.append(
        say(
            summary,
            language,
            violations=counts["Violation"],
            warnings=counts["Warning"],
            infos=counts["Info"],
        )
    )
    return "\n".join(out) + "\n"


def _where(result: Result) -> str:
    return " ".join(filter(None, (result.focus, result.path, f"= {result.value}" if result.value else "")))


def _triples(report: Report) -> list[rdf.Triple]:
    nt = report.graph.serialize(format="nt", encoding="utf-8")
    quads = rdf.parse(nt, N_TRIPLES, where="report")
    return rdf.sort_triples(rdf.to_triples(quads))


def _turtle(report: Report, _language: str) -> str:
    return rdf.serialise(_triples(report), TURTLE).decode()


def _json_ld(report: Report, _language: str) -> str:
    return jsonld.document(_triples(report)).decode()


REPORT_FORMATS: tuple[ReportFormat, ...] = (
    ReportFormat("text", "Text for people", _text),
    ReportFormat("turtle", "SHACL report as Turtle", _turtle),
    ReportFormat("json-ld", "SHACL report as JSON-LD", _json_ld),
)


def format_named(name: str, formats: Iterable[ReportFormat] = REPORT_FORMATS) -> ReportFormat:
    """Return the row of a name."""
    return next(row for row in formats if row.name == name)
