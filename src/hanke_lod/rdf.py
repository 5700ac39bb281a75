"""The doorway to pyoxigraph: terms, parsing, sorting, writing and querying in this process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

import pyoxigraph as ox
from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from hanke_lod.errors import RdfError
from hanke_lod.formats import JSON_LD, N_QUADS, RDF_FORMATS, RDF_XML, TRIG, TURTLE, RdfFormat
from hanke_lod.namespaces import PREFIXES, RDF

__all__ = [
    "PREFIXES",
    "BlankNode",
    "Dataset",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "Store",
    "Triple",
    "Writer",
    "iri",
    "line_numbers",
    "lines",
    "literal",
    "named_graph",
    "parse",
    "parse_file",
    "serialise",
    "sniff",
    "sort_triples",
    "term",
    "to_triples",
]

_PARSERS: dict[RdfFormat, ox.RdfFormat] = {row: getattr(ox.RdfFormat, row.parser) for row in RDF_FORMATS}
_TYPE = RDF.type


@lru_cache(maxsize=4096)
def iri(text: str) -> NamedNode:
    """Return the IRI as a term.

    Raises:
        ValueError: the text is no IRI (RFC 3987).
    """
    return NamedNode(text)


def literal(text: str, language: str = "", datatype: str = "") -> Literal:
    """Return a literal: tagged with a language, typed by a datatype's IRI, or a plain string."""
    if language:
        return Literal(text, language=language)
    return Literal(text, datatype=iri(datatype)) if datatype else Literal(text)


def term(text: str) -> NamedNode | BlankNode | Literal:
    """Return the term that an N-Triples text stands for.

    Raises:
        SyntaxError: the text is no such term.
    """
    (quad,) = ox.parse(f"<x:x> <x:x> {text} .", format=ox.RdfFormat.N_TRIPLES)
    found: NamedNode | BlankNode | Literal = quad.object
    return found


Term = NamedNode | Literal


class Writer:
    """Collects the triples of one subject."""

    def __init__(self, subject: str) -> None:
        self.subject = iri(subject)
        self.triples: list[Triple] = []

    def add(self, predicate: str, value: Term | str) -> None:
        """State one value: a term, or the text of an IRI."""
        self.triples.append(Triple(self.subject, iri(predicate), iri(value) if isinstance(value, str) else value))

    def each(self, predicate: str, values: Iterable[Term | str]) -> None:
        """State several values of one property."""
        for value in values:
            self.add(predicate, value)

    def types(self, *classes: str) -> None:
        """State the subject's classes."""
        self.each(RDF.type, classes)

    def named(self, predicate: str, names: Mapping[str, str]) -> None:
        """State a text in several languages."""
        self.each(predicate, (literal(name, language) for language, name in names.items()))


def sort_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples once each, by subject, then rdf:type first, then predicate and object, in code points.

    A fragment (`…/x#period`) comes straight after the thing it belongs to.
    """

    subjects: dict[object, tuple[str, str]] = {}
    predicates: dict[object, tuple[bool, str]] = {}

    def key(triple: Triple) -> tuple[tuple[str, str], tuple[bool, str], str]:
        subject, predicate = triple.subject, triple.predicate
        if subject not in subjects:
            thing, _, part = str(subject).strip("<>").partition("#")
            subjects[subject] = (thing, part)
        if predicate not in predicates:
            predicates[predicate] = (predicate.value != _TYPE, str(predicate))
        return subjects[subject], predicates[predicate], str(triple.object)

    return sorted(set(triples), key=key)


def to_triples(quads: Iterable[Quad | Triple]) -> list[Triple]:
    """Return what is stated, without the graphs it is stated in."""
    return [quad.triple if isinstance(quad, Quad) else quad for quad in quads]


def named_graph(triples: Iterable[Triple], graph: str) -> list[Quad]:
    """Return the triples as quads of a named graph; "" is the default graph."""
    name = iri(graph) if graph else DefaultGraph()
    return [Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples]


def lines(statements: Iterable[Triple | Quad]) -> bytes:
    """Return canonical N-Triples or N-Quads, one statement a line, sorted in code points, each once."""
    return b"".join(sorted({f"{statement} .\n".encode() for statement in statements}))


def serialise(triples: Iterable[Triple], format: RdfFormat) -> bytes:
    """Return the triples in a format, in the order given, with just the prefixes that are used.

    Literals are written exactly as they are. The same triples in the same order give the same bytes.
    """
    held = list(triples)
    if format in (TURTLE, TRIG, RDF_XML):
        used = _used_prefixes(held)
        data = ox.serialize(held, format=_PARSERS[format], prefixes=used)
        assert data is not None  # without `output` pyoxigraph returns bytes
        return _settle(data, format)
    data = ox.serialize(held, format=_PARSERS[format])
    assert data is not None
    return data


def _used_prefixes(triples: Iterable[Triple]) -> dict[str, str]:
    found: set[str] = set()
    for triple in triples:
        found.add(triple.predicate.value)
        if triple.predicate.value == _TYPE:
            found.add(triple.object.value)  # type: ignore[union-attr]  # a type is an IRI
        elif isinstance(triple.object, Literal):
            found.add(triple.object.datatype.value)
    # xsd:string and rdf:langString are never written out
    found -= {"http://www.w3.org/2001/XMLSchema#string", _TYPE, RDF.langString}
    return {name: ns for name, ns in PREFIXES.items() if any(term.startswith(ns) for term in found)}


def _settle(data: bytes, format: RdfFormat) -> bytes:
    """Put the prefixes, which pyoxigraph writes in any order, in the order of the alphabet."""
    if format is RDF_XML:
        head, root, rest = data.partition(b"<rdf:RDF ")
        attributes, end, body = rest.partition(b">")
        names = sorted(a for a in attributes.split(b" ") if not a.startswith(b"xmlns:its="))
        # a raw carriage return would reach the reader as a line feed (XML 1.0, 2.11)
        return head + root + b" ".join(names) + end + body.replace(b"\r", b"&#13;")
    rows = data.split(b"\n")
    count = next((n for n, row in enumerate(rows) if not row.startswith(b"@prefix ")), len(rows))
    body_rows = rows[count:]
    text = b"\n".join([*sorted(rows[:count]), *([b""] if count else []), *body_rows])
    # a blank line between subjects: a statement's last line ends " ." and literals never hold a raw line break
    return re.sub(rb" \.\n(?=[^\n@])", b" .\n\n", text) if format is TURTLE else text


#: What a file without a telling suffix may begin with, in the order in which it is tried.
_BEGINNINGS: tuple[tuple[re.Pattern[bytes], RdfFormat], ...] = (
    (re.compile(rb'\{\s*["}]|\[\s*[{\]]'), JSON_LD),
    (re.compile(rb"<\?xml|<rdf:RDF"), RDF_XML),
    (
        re.compile(rb"(?:<[^>\n]*>|_:\S+)[ \t]+<[^>\n]*>[ \t]+[^\n]+[ \t](?:<[^>\n]*>|_:\S+)[ \t]*\.[ \t]*(?:\n|$)"),
        N_QUADS,
    ),
    (re.compile(rb"[^{\"']*\{"), TRIG),
    (re.compile(rb"@prefix|@base|PREFIX|BASE|#|<(?![!/]|html)|_:|\[|[A-Za-z]*:", re.IGNORECASE), TURTLE),
)


def sniff(path: Path, head: bytes) -> RdfFormat | None:
    """Return the RDF format of a file by its suffix, else by its first bytes."""
    named = RdfFormat.from_path(path)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return named or next((format for beginning, format in _BEGINNINGS if beginning.match(start)), None)


def parse(
    data: bytes,
    format: RdfFormat,
    *,
    base: str | None = None,
    where: str = "",
) -> Iterator[Quad]:
    """Yield the quads of a serialisation.

    Raises:
        RdfError: a syntax error, with line and column where the parser tells them. Remote JSON-LD contexts are
            never fetched: they are an error, too.
    """
    try:
        yield from ox.parse(data, format=_PARSERS[format], base_iri=base)
    except SyntaxError as error:
        text = "rdf-remote-context" if "LoadDocumentCallback" in error.msg else "rdf-syntax"
        place = ":".join([where, *map(str, _position(error, data, format))])
        raise RdfError(text, where=place, format=format.label, reason=_reason(error.msg)) from error
    except (ValueError, OSError) as error:
        raise RdfError("rdf-syntax", where=where, format=format.label, reason=str(error)) from error


def _position(error: SyntaxError, data: bytes, format: RdfFormat) -> tuple[int, ...]:
    """Return line and column of a syntax error as far as they are known; of XML the parser does not tell them."""
    if error.lineno:
        return (error.lineno, error.offset or 1)
    if format is not RDF_XML:
        return ()
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as found:
        return (found.lineno, found.offset + 1)
    given = _LineByLine(data)  # well-formed XML that is no RDF: the parser stopped on the line it was given last
    try:
        for _ in ox.parse(given, format=_PARSERS[format], base_iri="x:x"):
            pass
    except SyntaxError:
        return (given.count,)
    return ()


def _reason(said: str) -> str:
    """Return what the parser says without the place, which is told apart."""
    return re.sub(r"^Parser error [^:]*line \d+[^:]*: ", "", said)


def parse_file(path: Path) -> list[Quad]:
    """Return the quads of an RDF file in any format; relative IRIs are resolved against the file's own IRI.

    Raises:
        RdfError: the file is missing, in no RDF format that we know, or broken.
    """
    data, format = _read(path)
    return list(parse(data, format, base=path.resolve().as_uri(), where=str(path)))


def line_numbers(path: Path) -> Iterator[int]:
    """Yield the line of each statement of a file that `parse_file` has read, in the same order; 0 if it is not known.

    The parser is given the file line by line: the line it was given last is the line that a statement ended on. In
    JSON-LD only the lines of nodes are told, by where their identifiers stand.
    """
    data, format = _read(path)
    if format is JSON_LD:
        named = _lines_of_nodes(data)
        for quad in parse(data, format, base=path.resolve().as_uri()):
            yield named.get(getattr(quad.subject, "value", ""), 0)
        return
    given = _LineByLine(data)
    for _ in ox.parse(given, format=_PARSERS[format], base_iri=path.resolve().as_uri()):
        yield given.count


class _LineByLine(BytesIO):
    """A file that gives at most one line at a time, and counts them."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._at_start = True
        self.count = 0

    def read(self, size: int | None = -1) -> bytes:
        """Return the next line or, when it is longer than `size`, a part of it."""
        part = self.readline(size)
        self.count += self._at_start and part != b""
        self._at_start = part.endswith(b"\n")
        return part


def _lines_of_nodes(data: bytes) -> dict[str, int]:
    """Return the first line on which each node of a JSON-LD document is identified, rather where more follows."""
    found: dict[str, int] = {}
    for wanted in (rb'"@?id"\s*:\s*"([^"\\]+)"\s*,', rb'"@?id"\s*:\s*"([^"\\]+)"'):
        for number, line in enumerate(data.splitlines(), start=1):
            for name in re.findall(wanted, line):
                found.setdefault(name.decode(errors="replace"), number)
    return found


def _read(path: Path) -> tuple[bytes, RdfFormat]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RdfError("file-unreadable", where=str(path), reason=error.strerror or str(error)) from error
    format = sniff(path, data[:4096])
    if format is None:
        known = ", ".join(f".{row.suffix}" for row in RDF_FORMATS)
        raise RdfError("rdf-unknown", where=str(path), known=known)
    return data, format
