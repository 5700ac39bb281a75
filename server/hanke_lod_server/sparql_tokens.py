"""What a SPARQL query is seen to be before any engine reads it: its terminals, not its grammar.

Tells form, prefixes, FROM clauses and volatile functions, fills in well-known prefixes, and refuses what no
engine is to see: SERVICE, updates, graphs that do not exist, brackets nested by the hundred. It judges no
syntax: that is the engine's. The work is linear in the length of the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from hanke_lod_server.engines import Refused
from hanke_lod_server.sparql_service import service_at
from hanke_lod_server.sparql_terminals import (
    BLANK,
    CHARACTERS,
    COMMENT,
    IRI,
    LANGUAGE,
    LETTERS,
    LOCAL,
    LONG_STRING,
    NUMBER,
    SHORT_STRING,
    SPACE,
    VARIABLE,
)

#: How deep brackets may be nested.
NESTING = 500
FORMS = ("select", "ask", "construct", "describe")

_UPDATES = frozenset(("insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"))
_VOLATILE = frozenset(("now", "rand", "uuid", "struuid", "bnode"))

# A string without an end is taken to the end: the engine will refuse it.
_STRING = rf"{LONG_STRING}(?:'''|\"\"\")?|{SHORT_STRING}"
#: Letters, digits and dots up to something else; a colon makes it a prefixed name.
_NAME = rf"(?P<word>[{LETTERS}][{CHARACTERS}.]*+)(?P<local>:{LOCAL})?|(?P<empty>:{LOCAL})"
_GAP = rf"(?:{SPACE}|{COMMENT})*+"
_TOKEN = re.compile(
    rf"(?:{SPACE}++|{COMMENT}|{IRI}|{_STRING}|{NUMBER}|{LANGUAGE})++"
    rf"|[?$](?P<variable>{VARIABLE})|(?P<blank>{BLANK})|{_NAME}|(?P<open>[(\[{{])|(?P<close>[)\]}}])|.",
    re.DOTALL,
)
_PREFIX = re.compile(rf"{_GAP}(?P<name>[{LETTERS}][{CHARACTERS}.]*+)?:{_GAP}(?P<iri>{IRI})")
_BASE_IRI = re.compile(rf"{_GAP}(?P<iri>{IRI})")
_STAR = re.compile(rf"{_GAP}(?:(?:DISTINCT|REDUCED){_GAP})?(?P<star>\*)", re.IGNORECASE)
_FROM = re.compile(
    rf"(?:{_GAP}NAMED(?![{CHARACTERS}:]))?{_GAP}(?:(?P<iri>{IRI})|(?P<name>[{LETTERS}][{CHARACTERS}.]*+)?:(?P<local>{LOCAL}))",
    re.IGNORECASE,
)
_CALL = re.compile(rf"{_GAP}\(")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LOCAL_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Query:
    """What a query was seen to be.

    `form` is one of FORMS, or "" when the text begins with none; `star` is where the `*` of the outermost
    `SELECT *` stands; `missing` are prefixes used, declared nowhere and not well known, each with where it is
    first used. `is_volatile`: two answers may differ though the data are the same.
    """

    text: str
    prologue: str = ""
    form: str = ""
    is_volatile: bool = False
    star: int | None = None
    variables: tuple[str, ...] = ()
    missing: Mapping[str, int] = field(default_factory=dict)


def read(text: str, known: Mapping[str, str], base: str = "", graphs: Collection[str] | None = None) -> Query:
    """Return what the query is seen to be; `known` are the well-known prefixes, `graphs` those that FROM may name.

    Raises:
        Refused: it holds SERVICE, an update, a FROM of a graph that does not exist, or brackets nested too deeply.
    """
    text = text.removeprefix("\ufeff")
    refused = service_at(text)
    if refused is not None:
        raise Refused("sparql-service", **place(text, refused))
    return _Scan(text, known, base, graphs).query()


def place(text: str, offset: int) -> dict[str, int]:
    """Return line and column of an offset, counted from 1; a line ends with a line feed."""
    return {"line": text.count("\n", 0, offset) + 1, "column": offset - text.rfind("\n", 0, offset)}


class _Scan:
    """One walk over the terminals."""

    def __init__(self, text: str, known: Mapping[str, str], base: str, graphs: Collection[str] | None) -> None:
        self.text = text
        self.known = known
        self.base = base
        self.graphs = graphs
        self.declared: dict[str, str] = {}
        self.used: dict[str, int] = {}
        self.variables: dict[str, None] = {}
        self.form = ""
        self.star: int | None = None
        self.depth = 0
        self.has_blank = False
        self.has_call = False

    def query(self) -> Query:
        at = 0
        while at < len(self.text):
            found = _TOKEN.match(self.text, at)
            assert found is not None  # the last alternative takes any character
            at = found.end()
            if found.lastgroup:
                at = self._handlers[found.lastgroup](self, found)
        wanted = {name: at for name, at in self.used.items() if name not in self.declared}
        filled = [f"PREFIX {name}: <{self.known[name]}> " for name in wanted if name in self.known]
        return Query(
            text=self.text,
            prologue="".join(filled),
            form=self.form,
            is_volatile=self.has_call or (self.form == "construct" and self.has_blank),
            star=self.star,
            variables=tuple(self.variables) if self.star is not None else (),
            missing={name: at for name, at in wanted.items() if name not in self.known},
        )

    def _open(self, found: re.Match[str]) -> int:
        self.depth += 1
        self.has_blank |= found[0] == "["
        if self.depth > NESTING:
            raise Refused("sparql-too-deep", status=400, limit=NESTING, **place(self.text, found.start()))
        return found.end()

    def _close(self, found: re.Match[str]) -> int:
        self.depth -= 1
        return found.end()

    def _blank(self, found: re.Match[str]) -> int:
        self.has_blank = True
        return found.end()

    def _variable(self, found: re.Match[str]) -> int:
        if self.star is not None:
            self.variables.setdefault(found["variable"])
        return found.end()

    def _name(self, found: re.Match[str]) -> int:
        name = found["word"] or ""
        if name not in self.known and name.rpartition(".")[2] in self.known:  # "true.foaf:x" is read in two ways
            name = name.rpartition(".")[2]
        self.used.setdefault(name, found.start())
        return found.end()

    def _word(self, found: re.Match[str]) -> int:
        word = found["word"].lower().rpartition(".")[2]  # "true.OPTIONAL" is two
        if word in _VOLATILE:
            self.has_call |= _CALL.match(self.text, found.end()) is not None
        elif self.form:
            return self._from(found) if word == "from" and self.depth == 0 else found.end()
        elif word in ("prefix", "base"):
            return self._declaration(word, found.end())
        elif word in FORMS:
            return self._form(word, found.end())
        elif word in _UPDATES:
            raise Refused("sparql-update", status=400, word=word.upper(), **place(self.text, found.start()))
        return found.end()

    def _declaration(self, word: str, at: int) -> int:
        found = (_PREFIX if word == "prefix" else _BASE_IRI).match(self.text, at)
        if found is None:
            return at
        iri = self._resolved(found["iri"])
        if word == "prefix":
            self.declared[found["name"] or ""] = iri
        else:
            self.base = iri
        return found.end()

    def _form(self, word: str, at: int) -> int:
        self.form = word
        star = _STAR.match(self.text, at) if word == "select" else None
        if star:
            self.star = star.start("star")
            return star.end()
        return at

    def _from(self, word: re.Match[str]) -> int:
        found = _FROM.match(self.text, word.end())
        if found is None or self.graphs is None:
            return word.end()
        if found["iri"]:
            graph = self._resolved(found["iri"])
        else:
            prefix, local = found["name"] or "", _LOCAL_ESCAPE.sub(r"\1", found["local"])
            self.used.setdefault(prefix, found.start("local"))
            namespace = self.declared.get(prefix, self.known.get(prefix))
            if namespace is None:
                return found.end()
            graph = namespace + local
        if graph not in self.graphs:
            raise Refused("sparql-unknown-from", status=400, graph=graph, **place(self.text, word.start()))
        return found.end()

    def _resolved(self, iri: str) -> str:
        plain = _ESCAPE.sub(lambda found: _character(found[1] or found[2]), iri[1:-1])
        try:
            return urljoin(self.base, plain) if self.base else plain
        except ValueError:
            return plain  # no IRI: the engine will say so

    _handlers: Mapping[str, Callable[[_Scan, re.Match[str]], int]] = {
        "open": _open,
        "close": _close,
        "blank": _blank,
        "variable": _variable,
        "local": _name,
        "empty": _name,
        "word": _word,
    }


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code < 0x110000 else "\ufffd"


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the terminals and what is between them, as `read` sees them."""
    yield from _TOKEN.finditer(text)
