"""A report and the data it is about → findings: where each stands, where it came from, how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rdflib import Graph

from hanke_lod import rdf
from hanke_lod.namespaces import DCTERMS, HANKE, PROV
from hanke_lod.validating.checking import SEVERITIES, Report, Result
from hanke_lod.validating.mending import Advice, Case, expected, mend
from hanke_lod.validating.rules import Rule, rule_of, rules
from hanke_lod.validating.terms import Term, names, term

#: How many links back a thing's place in a list is sought.
_STEPS_BACK = 3
#: Links that say nothing about where a thing was read.
_NO_TRACE = {HANKE.listedBy, DCTERMS.publisher, PROV.wasQuotedFrom}


@dataclass(frozen=True)
class Input:
    """Data that were checked: the file's name ("" for none), its statements, and a way to ask for their lines."""

    name: str
    statements: Sequence[rdf.Quad | rdf.Triple]
    lines: Callable[[], Iterable[int]] | None = None


@dataclass(frozen=True)
class Origin:
    """The place of a list that a thing came from: the list, the line (0: none told) or other place, its text."""

    source: Mapping[str, str]
    address: str
    line: int
    locator: str
    text: str
    file: str = ""


@dataclass(frozen=True)
class Finding:
    """A result with all that a reader needs; `line` is 0 and `file` "" where they are not known.

    `expected` is what the rule asks for when it has no message of its own. `holder` is the thing, and its property,
    whose value is at fault when the focus node is a literal.
    """

    result: Result
    rule: Rule
    names: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    origin: Origin | None = None
    expected: Advice | None = None
    advice: Advice | None = None
    holder: tuple[Term, Term] | None = None


@dataclass(frozen=True)
class Review:
    """A report with its findings, gravest first; the rules that were applied; the severities that count as failure."""

    report: Report
    findings: Sequence[Finding]
    rules: Sequence[Rule]
    inputs: Sequence[str] = ()
    failing: Sequence[str] = SEVERITIES[:1]

    def count(self, severity: str) -> int:
        """Return how many findings are of a severity."""
        return self.report.count(severity)

    @property
    def fails(self) -> bool:
        """Whether there is a finding that counts as failure."""
        return any(self.count(severity) for severity in self.failing)


def review(
    report: Report,
    shapes: Graph,
    inputs: Sequence[Input],
    fail_on: str = "Violation",
    sources: Mapping[str, str] | None = None,
) -> Review:
    """Return the report with the place, the origin and the mending of each result.

    `fail_on` is the least severity that counts as failure; `sources` names the files of lists by their IRIs, where it
    is known: the data themselves name only the lists' titles.
    """
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    files = [data.name for data in inputs]
    known = {shape: rule_of(shapes, shape) for shape in {result.shape for result in report.results}}
    if not report.results:
        return Review(report, [], rules(shapes), files, failing)
    data = rdf.Dataset(_quads(inputs))
    places = _Places(report.results, inputs)
    origins = {focus: _origin(data, term(focus), sources or {}) for focus in {r.focus for r in report.results}}
    findings = [
        _finding(Case(result, data, shapes), known[result.shape], places.of(result), origins[result.focus])
        for result in report.results
    ]
    return Review(report, findings, rules(shapes), files, failing)


def _finding(case: Case, rule: Rule, place: tuple[str, int], origin: Origin | None) -> Finding:
    focus = term(case.result.focus)
    holder = _holder(case.data, focus) if isinstance(focus, rdf.Literal) else None
    thing = holder[0] if holder else focus
    called = names(case.data, thing) if thing is not None and not isinstance(thing, rdf.Literal) else {}
    asked = None if rule.messages else expected(case)
    return Finding(case.result, rule, called, *place, origin, asked, mend(case), holder)


def _quads(inputs: Iterable[Input]) -> Iterable[rdf.Quad]:
    for data in inputs:
        for s in data.statements:
            yield rdf.Quad(s.subject, s.predicate, s.object)


class _Places:
    """Where the statements stand that results are about: file and line by subject, property and value."""

    def __init__(self, results: Iterable[Result], inputs: Iterable[Input]) -> None:
        wanted = {result.focus for result in results}
        subjects = {term(focus) for focus in wanted if not focus.startswith('"')}
        values = {term(focus) for focus in wanted if focus.startswith('"')}
        self._found: dict[tuple[str, ...], tuple[str, int]] = {}
        for data in inputs:
            numbers = data.lines() if data.lines else (0 for _ in data.statements)
            for s, line in zip(data.statements, numbers, strict=True):
                if s.subject in subjects or s.object in values:
                    self._note(s, (data.name, line))

    def _note(self, s: rdf.Quad | rdf.Triple, place: tuple[str, int]) -> None:
        subject, predicate, value = str(s.subject), str(s.predicate), str(s.object)
        for key in ((subject, predicate, value), (subject, predicate), (subject,), (value,)):
            self._found.setdefault(key, place)

    def of(self, result: Result) -> tuple[str, int]:
        """Return the file and line of the statement at fault, else of its property, else of the thing."""
        keys = ((result.focus, result.path, result.value), (result.focus, result.path), (result.focus,))
        return next((self._found[key] for key in keys if key in self._found), ("", 0))


def _holder(data: rdf.Dataset, value: rdf.Literal) -> tuple[Term, Term] | None:
    """Return the first thing, in code points, that has the literal as a value, and the property."""
    held = sorted(
        (str(quad.subject), str(quad.predicate)) for quad in data.quads_for_object(value) if quad.object == value
    )
    return (rdf.term(held[0][0]), rdf.term(held[0][1])) if held else None


def _origin(data: rdf.Dataset, focus: Term | None, files: Mapping[str, str]) -> Origin | None:
    """Return the place of a list from which a node came: its own, that of the project it is part of or linked from."""
    ring: set[Term] = {focus} if focus is not None else set()
    for _ in range(_STEPS_BACK + 1):
        entries = [place for node in ring for place in _entries(data, node)]
        if entries:
            first = min(entries, key=lambda origin: (origin.address, origin.line, origin.locator))
            return replace(first, file=files.get(first.address, ""))
        ring = {link for node in ring for link in _linking(data, node)}
    return None


def _linking(data: rdf.Dataset, node: Term) -> Iterable[rdf.NamedNode | rdf.BlankNode]:
    for quad in data.quads_for_object(node):
        if quad.predicate.value not in _NO_TRACE and not isinstance(quad.subject, rdf.Triple):
            yield quad.subject
    whole, mark, _ = node.value.partition("#") if isinstance(node, rdf.NamedNode) else ("", "", "")
    if mark:
        yield rdf.iri(whole)


def _entries(data: rdf.Dataset, node: Term) -> Iterable[Origin]:
    if isinstance(node, rdf.Literal):
        return
    held = _values(data, node)
    for entry in (node, *held.get(HANKE.statedIn, ())):
        facts = held if entry is node else _values(data, entry)
        document = next(iter(facts.get(PROV.wasQuotedFrom, ())), None)
        if isinstance(document, rdf.NamedNode):
            text, line, locator = (
                next((value.value for value in facts.get(p, ())), "")
                for p in (HANKE.originalText, HANKE.lineNumber, HANKE.locator)
            )
            number = int(line) if line.isascii() and line.isdigit() else 0
            yield Origin(names(data, document), document.value, number, locator, text)


def _values(data: rdf.Dataset, node: Term) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    if not isinstance(node, rdf.Literal):
        for quad in data.quads_for_subject(node):
            if not isinstance(quad.object, rdf.Triple):
                found.setdefault(quad.predicate.value, []).append(quad.object)
    return found
