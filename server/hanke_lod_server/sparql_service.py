"""Whether a query calls another endpoint: SERVICE as a keyword, under any reading that an engine may make of the text.

A parser without a lexer, such as Oxigraph's, reads `SERVICE:x{` as SERVICE and the name `:x`, and sees a
SERVICE in `1SERVICE<…>{`. And whether a `<` begins an IRI or compares two values, only the grammar tells: after
`?a<?b&&'>'` a string may begin or have ended. So the text is walked over in every way that it may be read, and
a call is refused if one of them leaves it outside strings, IRIs and comments. The work is linear in the length
of the text.
"""

from __future__ import annotations

import re

from hanke_lod_server.sparql_terminals import (
    BLANK,
    COMMENT,
    IRI,
    LANGUAGE,
    LOCAL,
    LONG_STRING,
    SHORT_STRING,
    SPACE,
    VARIABLE,
)

_GAP = rf"(?:{SPACE}|{COMMENT})*+"
_RUN = r"[^\s#<>\"'{}()\[\]|^`\\;,/*+!=&?$@:%~]"  # more than any word has in it
# The terminals that hide what is in them, and the runs that may hold the word.
_STEP = re.compile(
    rf"{SPACE}++|{COMMENT}|(?P<iri>{IRI})|(?P<long>{LONG_STRING}(?:'''|\"\"\"))|(?P<short>{SHORT_STRING})"
    rf"|[?$]{VARIABLE}|{LANGUAGE}|{BLANK}|:{LOCAL}|(?P<run>{_RUN}++)(?::{LOCAL})?|.",
    re.DOTALL,
)
_WORD = re.compile("service", re.IGNORECASE)
_SILENT = re.compile(rf"{_GAP}silent", re.IGNORECASE)
# What must follow the word for it to be a call: https://www.w3.org/TR/sparql11-federated-query/#grammar
_TARGET = re.compile(rf"{_GAP}(?:{IRI}|[?$]{VARIABLE}|{_RUN}*+:{LOCAL}){_GAP}\{{")
# "FROM service:graph {" names a graph. Only blanks between, no line end: the word before may not be a comment's last.
_NAMES_GRAPH = re.compile(r"(?:^|[\s{}().])(?:graph|from|named|describe)[ \t]++\Z", re.IGNORECASE)
_LONGEST_NAME = 24
#: What the walk may cost, as a multiple of the text's length. A query that costs more is taken for one that calls.
_MOST = 30


def service_at(text: str) -> int | None:
    """Return where the text calls another endpoint, or where that cannot be ruled out; None if it calls none."""
    words = [found.start() for found in _WORD.finditer(text)]
    if not words:
        return None
    found: list[int] = []
    budget = _MOST * len(text)
    waiting, seen = [0], set()
    while waiting:
        at = waiting.pop()
        while at <= words[-1] and at not in seen:
            seen.add(at)
            step = _STEP.match(text, at)
            assert step is not None  # the last alternative takes any character
            kind, end = step.lastgroup, step.end()
            budget -= end - at
            if kind == "short" and text.startswith(("'''", '"""'), at):
                budget -= len(text) - at  # a long string was looked for, to the end
            if budget < 0:
                return words[0]
            if kind == "iri":
                waiting.append(at + 1)  # or else a "less than"
            elif kind == "run":
                found += _calls_in(text, at, step.end("run"))
            at = end
    return min(found, default=None)


def _calls_in(text: str, start: int, end: int) -> list[int]:
    """Return where in a run of name characters a call begins."""
    if text.startswith(":", end) and _NAMES_GRAPH.search(text, max(0, start - _LONGEST_NAME), start):
        return []
    # Of several, only the last two can: "servicesilentservice" needs a target after the first, and has none.
    last = [found.start() for found in _WORD.finditer(text, start, end)][-2:]
    return [at for at in last if _is_call(text, at + len("service"))]


def _is_call(text: str, at: int) -> bool:
    silent = _SILENT.match(text, at)
    return bool(_TARGET.match(text, at) or (silent and _TARGET.match(text, silent.end())))
