"""A failed query in words: what, where, the line itself and a caret."""

from __future__ import annotations

from dataclasses import dataclass

from hanke_lod.texts import say
from hanke_lod_server.engines import QueryFailure, Syntax
from hanke_lod_server.sparql_tokens import place

#: So much of a long line is shown before and after the place.
_AROUND = 60


@dataclass(frozen=True)
class Told:
    """A failure as it is told: `excerpt` is the line with a caret below it, "" where no place is known."""

    code: str
    status: int
    message: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    retry_after: int = 0

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "".join(f"{part}\n" for part in (self.message, self.excerpt) if part)


def tell(failure: QueryFailure, language: str, query: str = "", missing: dict[str, int] | None = None) -> Told:
    """Return a failure in a language; `missing` are prefixes declared nowhere, with where they are first used."""
    line, column = (int(str(failure.facts.get(name, 0))) for name in ("line", "column"))
    code, facts = failure.text, dict(failure.facts)
    if isinstance(failure, Syntax):
        code, line, column, facts = _cause(failure, query, missing or {})
    message = say(code, language, **facts)
    if code == "sparql-syntax" and failure.facts.get("expected"):
        message += " " + say("sparql-expected", language, expected=failure.facts["expected"])
    excerpt = _excerpt(query.removeprefix("\ufeff"), line, column) if line else ""
    return Told(code, failure.status, message.strip(), line, column, excerpt, failure.retry_after)


def _cause(failure: Syntax, query: str, missing: dict[str, int]) -> tuple[str, int, int, dict[str, object]]:
    """Return the likelier cause of a syntax error: a prefix that nobody declared stands where the parser stopped."""
    reason, where = failure.facts.get("reason"), (failure.line, failure.column)
    for name, at in sorted(missing.items(), key=lambda item: item[1]):
        found = place(query.removeprefix("\ufeff"), at)
        if (found["line"], found["column"]) <= where and (reason == "prefix" or found["line"] == failure.line):
            return "sparql-no-prefix", found["line"], found["column"], {"prefix": name, **found}
    code = "sparql-bad-iri" if reason == "iri" else "sparql-syntax"
    return code, failure.line, failure.column, {"line": failure.line, "column": failure.column}


def _excerpt(query: str, line: int, column: int) -> str:
    lines = query.split("\n")
    if not 1 <= line <= len(lines):
        return ""
    shown = "".join(character if character.isprintable() else " " for character in lines[line - 1])
    at = min(max(column - 1, 0), len(shown))
    start, end = max(0, at - _AROUND), at + _AROUND
    before, after = ("…" if start else ""), ("…" if end < len(shown) else "")
    return f"{before}{shown[start:end].rstrip()}{after}\n{' ' * (at - start + len(before))}^"
