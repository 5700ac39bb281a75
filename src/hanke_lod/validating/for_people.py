"""A review as text for people: grouped by severity and rule, each finding with its place, value, origin and mending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from hanke_lod.texts import of, say
from hanke_lod.validating.checking import SEVERITIES
from hanke_lod.validating.findings import Finding, Origin, Review
from hanke_lod.validating.terms import TEXT_LENGTH, inert, shown, term

#: SGR codes (ECMA-48, 8.3.117); whoever prints takes them out where there is no terminal.
_RED, _YELLOW, _BLUE, _GREEN, _BOLD, _SOFT = "31;1", "33;1", "34;1", "32;1", "1", "2"
_COLOURS = dict(zip(SEVERITIES, (_RED, _YELLOW, _BLUE), strict=True))


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def message_of(finding: Finding, language: str) -> str:
    """Return what the rule says, in the language, else in English, else in any; or what it is that it asks for."""
    if finding.expected:
        return say(finding.expected.text, language, **finding.expected.facts)
    messages = finding.result.messages
    for choice in (language, "en", ""):
        if choice in messages:
            return messages[choice]
    return next(iter(messages.values()), finding.result.component)


def place_of(finding: Finding) -> str:
    """Return "file:line", or what is known of it."""
    return f"{finding.file}:{finding.line}" if finding.line else finding.file


def thing_of(finding: Finding) -> str:
    """Return the thing that the finding is about: the focus node, or what holds it when it is a literal."""
    return shown(finding.holder[0] if finding.holder else term(finding.result.focus))


def value_of(finding: Finding) -> str:
    """Return the property and the value at fault; a value that is the thing itself is not said again."""
    result = finding.result
    if finding.holder:
        return f"{shown(finding.holder[1])}  {shown(term(result.focus))}"
    step = shown(term(result.path)) if result.path.startswith("<") else finding.rule.path
    value = shown(term(result.value)) if result.value != result.focus else ""
    return "  ".join(filter(None, (step, value)))


def advice_of(finding: Finding, language: str) -> str:
    """Return how to mend it, or ""."""
    return say(finding.advice.text, language, **finding.advice.facts) if finding.advice else ""


def origin_of(origin: Origin, language: str) -> str:
    """Return the place of the list that the thing came from: its name and line, and the text there."""
    name = inert(origin.file or of(origin.source, language) or origin.address)
    text = " ".join(origin.text.split())
    cut = text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - 1] + "…"
    if origin.line:
        return say("report-origin-line", language, source=name, line=origin.line, text=inert(cut))
    return say("report-origin-place", language, source=name, place=inert(origin.locator or "–"), text=inert(cut))


def full(review: Review, language: str) -> str:
    """Return every finding, then the summary in one line."""
    out: list[str] = []
    for severity, group in _by_severity(review):
        out.append(_painted(say(f"report-{severity.lower()}", language, count=len(group)), _COLOURS[severity]))
        for message, same in _by_message(group, language):
            out.append("")
            out.append("  " + _painted(inert(message), _BOLD))
            description = of(same[0].rule.descriptions, language)
            if description:
                out.append("  " + _painted(inert(description), _SOFT))
            for finding in same:
                out += _lines(finding, language)
        out.append("")
    return "\n".join([*out, _verdict(review, language)]) + "\n"


def summary(review: Review, language: str) -> str:
    """Return how often each rule was broken, the gravest first, then the summary in one line."""
    out: list[str] = []
    for severity, group in _by_severity(review):
        out.append(_painted(say(f"report-{severity.lower()}", language, count=len(group)), _COLOURS[severity]))
        counted = sorted(_by_message(group, language), key=lambda pair: (-len(pair[1]), pair[0]))
        width = max(len(str(len(same))) for _, same in counted)
        out += (f"  {len(same):>{width}} × {inert(message)}" for message, same in counted)
        out.append("")
    return "\n".join([*out, _verdict(review, language)]) + "\n"


def _by_severity(review: Review) -> Iterator[tuple[str, list[Finding]]]:
    for severity, group in groupby(review.findings, key=lambda finding: finding.result.severity):
        yield severity, list(group)


def _by_message(group: Sequence[Finding], language: str) -> Iterator[tuple[str, list[Finding]]]:
    def message(finding: Finding) -> tuple[float, str]:
        return finding.rule.order, message_of(finding, language)

    for (_, said), same in groupby(sorted(group, key=message), key=message):
        yield said, sorted(same, key=lambda f: (f.file, f.line, f.result.focus, f.result.path, f.result.value))


def _lines(finding: Finding, language: str) -> Iterator[str]:
    focus = thing_of(finding)
    name = of(finding.names, language)
    thing = f"{inert(name)}  {_painted(focus, _SOFT)}" if name else focus
    place = place_of(finding)
    yield "    " + (f"{_painted(inert(place), _BOLD)}  {thing}" if place else thing)
    value = value_of(finding)
    if value:
        yield f"      {value}"
    advice = advice_of(finding, language)
    if advice:
        yield f"      {_painted('→', _GREEN)} {inert(advice)}"
    if finding.origin:
        yield f"      {_painted(origin_of(finding.origin, language), _SOFT)}"


def _verdict(review: Review, language: str) -> str:
    counts = dict(zip(("violations", "warnings", "infos"), map(review.count, SEVERITIES), strict=True))
    text = "report-fails" if review.fails else "report-conforms"
    return _painted(say(text, language, **counts), _RED if review.fails else _GREEN)
