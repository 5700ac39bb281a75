"""A review in the forms that continuous integration shows: JUnit XML, annotations of GitHub, SARIF 2.1.0."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from hanke_lod import __version__
from hanke_lod.texts import of, say
from hanke_lod.validating.checking import SEVERITIES
from hanke_lod.validating.findings import Finding, Review
from hanke_lod.validating.for_people import advice_of, message_of, origin_of, place_of, thing_of, value_of
from hanke_lod.validating.rules import Rule
from hanke_lod.validating.terms import inert

#: Severity → the level of an annotation of GitHub, and of SARIF (3.27.10).
_ANNOTATIONS = dict(zip(SEVERITIES, ("error", "warning", "notice"), strict=True))
_LEVELS = dict(zip(SEVERITIES, ("error", "warning", "note"), strict=True))
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def rule_id(finding: Finding) -> str:
    """Return the short name of the rule that a finding broke."""
    return finding.rule.name or finding.result.component


def told(finding: Finding, language: str) -> str:
    """Return a finding in full as plain text, without its file and line."""
    focus = inert(of(finding.names, language)), thing_of(finding)
    origin = origin_of(finding.origin, language) if finding.origin else ""
    rest = ("  ".join(filter(None, focus)), value_of(finding), inert(advice_of(finding, language)), origin)
    return "\n".join(filter(None, (inert(message_of(finding, language)), *rest)))


# ── GitHub ──────────────────────────────────────────────────────────────────────────────────────────────────


def github(review: Review, language: str) -> str:
    """Return workflow commands, one finding a line: GitHub shows them beside the lines of a pull request."""
    return "".join(_annotation(finding, language) + "\n" for finding in review.findings) + _counted(review, language)


def _annotation(finding: Finding, language: str) -> str:
    title = of(finding.rule.names, language) or rule_id(finding)
    facts = {"file": finding.file, "line": str(finding.line or ""), "title": title}
    said = ",".join(f"{name}={_property(value)}" for name, value in facts.items() if value)
    level = _ANNOTATIONS[finding.result.severity]
    return f"::{level} {said}::{_data(told(finding, language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _counted(review: Review, language: str) -> str:
    counts = dict(zip(("violations", "warnings", "infos"), map(review.count, SEVERITIES), strict=True))
    return say("report-fails" if review.fails else "report-conforms", language, **counts) + "\n"


# ── JUnit ───────────────────────────────────────────────────────────────────────────────────────────────────


def junit(review: Review, language: str) -> str:
    """Return JUnit XML: a test for each rule, failed if a finding of it counts as failure."""
    broken: dict[str, list[Finding]] = {}
    for finding in review.findings:
        broken.setdefault(finding.rule.iri or rule_id(finding), []).append(finding)
    held = [rule for rule in review.rules if rule.iri not in broken]
    failed = sum(any(f.result.severity in review.failing for f in found) for found in broken.values())
    tests, failures = str(len(broken) + len(held)), str(failed)
    suites = ET.Element("testsuites", name="hanke-lod validate", tests=tests, failures=failures, errors="0")
    name = ", ".join(review.inputs) or "hanke-lod"
    suite = ET.SubElement(suites, "testsuite", name=_xml(name), tests=tests, failures=failures, errors="0")
    for found in broken.values():
        _test(suite, found[0].rule, rule_id(found[0]), found, review, language)
    for rule in held:
        _test(suite, rule, rule.name, (), review, language)
    ET.indent(suites, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _test(suite: ET.Element, rule: Rule, name: str, found: Sequence[Finding], review: Review, language: str) -> None:
    group = ", ".join(rule.targets) or "hanke-lod"
    test = ET.SubElement(suite, "testcase", classname=_xml(group), name=_xml(f"{name}: {of(rule.names, language)}"))
    told_of = "\n\n".join("\n".join(filter(None, (place_of(f), told(f, language)))) for f in found)
    if any(f.result.severity in review.failing for f in found):
        first = _xml(message_of(found[0], language))
        kind = found[0].result.component
        ET.SubElement(test, "failure", type=kind, message=f"{len(found)} × {first}").text = _xml(told_of)
    elif found:
        ET.SubElement(test, "system-out").text = _xml(told_of)


def _xml(text: str) -> str:
    """Return the text without the characters that XML 1.0 cannot hold (2.2)."""
    return "".join(
        c if c >= " " or c in "\t\n" else "\N{REPLACEMENT CHARACTER}" for c in text if c not in "\ufffe\uffff"
    )


# ── SARIF ───────────────────────────────────────────────────────────────────────────────────────────────────


def sarif(review: Review, language: str) -> str:
    """Return a SARIF log: what code scanning services and editors read."""
    ids = sorted({rule_id(finding) for finding in review.findings})
    first = {rule_id(finding): finding.rule for finding in reversed(review.findings)}
    driver = {
        "name": "hanke-lod",
        "version": __version__,
        "rules": [_sarif_rule(name, first[name], language) for name in ids],
    }
    results = [_sarif_result(finding, ids, language) for finding in review.findings]
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(name)}} for name in review.inputs if name],
        "results": results,
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _sarif_rule(name: str, rule: Rule, language: str) -> dict[str, Any]:
    texts = {
        "shortDescription": of(rule.names, language),
        "fullDescription": of(rule.messages, language),
        "help": of(rule.descriptions, language),
    }
    told_of: dict[str, Any] = {key: {"text": text} for key, text in texts.items() if text}
    level = {"defaultConfiguration": {"level": _LEVELS.get(rule.severity, "error")}}
    return {"id": name, **told_of, **level, **({"helpUri": rule.iri} if rule.iri else {})}


def _sarif_result(finding: Finding, ids: Sequence[str], language: str) -> dict[str, Any]:
    result, name = finding.result, rule_id(finding)
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": result.focus, "kind": "resource"}]}
    if finding.file:
        region = {"region": {"startLine": finding.line}} if finding.line else {}
        location["physicalLocation"] = {"artifactLocation": {"uri": _uri(finding.file)}, **region}
    mark = "\n".join((name, result.component, result.focus, result.path, result.value))
    return {
        "ruleId": name,
        "ruleIndex": ids.index(name),
        "level": _LEVELS[result.severity],
        "message": {"text": told(finding, language)},
        "locations": [location],
        "partialFingerprints": {"result/v1": hashlib.sha256(mark.encode()).hexdigest()[:32]},
    }


def _uri(path: str) -> str:
    """Return a path as a relative or absolute URI reference (SARIF 3.4.3)."""
    slashed = path.replace("\\", "/")
    absolute = slashed.startswith("/") or slashed[1:3] == ":/"
    quoted = quote(slashed, safe="/:" if absolute else "/")
    return f"file:///{quoted.lstrip('/')}" if absolute else quoted
