"""One query, in this process: the only place that hands SPARQL to pyoxigraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from hanke_lod.errors import RdfError
from hanke_lod.formats import DOCUMENT_FORMATS, RDF_FORMATS, RDF_XML
from hanke_lod.rdf import sniff
from hanke_lod_server.engines import Kind, QueryFailure, QueryRequest, Refused, Syntax, Unavailable
from hanke_lod_server.engines.graphs import written
from hanke_lod_server.engines.limits import Limits
from hanke_lod_server.engines.rows import ROW_FORMATS
from hanke_lod_server.engines.spool import Enough, Spool

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {row.name: row for row in DOCUMENT_FORMATS}
_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_NO_FUNCTION = re.compile(r"The custom (?:aggregate )?function <([^>]*)> is not supported")
#: An empty store tells a query's columns without evaluating it over the data.
_NOTHING = Store()


@dataclass(frozen=True)
class Outcome:
    """What stands in the spool."""

    kind: Kind
    columns: tuple[str, ...] = ()
    truncated: bool = False
    rows: int = 0


def evaluate(store: Store, request: QueryRequest, limits: Limits, spool_file: int) -> tuple[Outcome, Spool]:
    """Evaluate a query and write its result to a spool.

    Raises:
        QueryFailure: the query cannot be read or evaluated, or its result cannot be written.
        MemoryError: it needs more memory than this process may have.
    """
    rows = min(request.rows or limits.rows, limits.rows)
    text = _with_columns(request) if request.star is not None else request.text
    result = _asked(store, request, text)
    if isinstance(result, QueryTriples):
        return _write_graph(result, request, limits, spool_file, rows)
    if request.format not in _RESULTS:
        raise Refused("sparql-format-of-graphs", status=406, format=request.format)
    form = ROW_FORMATS[request.format]
    spool = Spool(spool_file, limits.bytes, rows, form, xml=request.format == "xml")
    if isinstance(result, QueryBoolean):
        result.serialize(cast(BinaryIO, spool), format=_RESULTS[request.format])
        return Outcome("boolean"), spool
    return _write_solutions(result, request, spool, rows), spool


def _write_solutions(result: QuerySolutions, request: QueryRequest, spool: Spool, rows: int) -> Outcome:
    columns = tuple(variable.value for variable in result.variables)
    try:
        result.serialize(cast(BinaryIO, spool), format=_RESULTS[request.format])
        truncated = spool.cut()
    except Enough:
        truncated = True
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from error
    return Outcome("solutions", columns, truncated, rows)


def _write_graph(
    result: QueryTriples, request: QueryRequest, limits: Limits, spool_file: int, rows: int
) -> tuple[Outcome, Spool]:
    row = _GRAPHS.get(request.format)
    if row is None:
        raise Refused("sparql-format-of-tables", status=406, format=request.format)
    try:
        triples = list(islice(result, rows + 1))
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from error
    spool = Spool(spool_file, limits.bytes, xml=row is RDF_XML)
    spool.write(written(triples[:rows], row))
    return Outcome("graph", truncated=len(triples) > rows, rows=rows), spool


def _asked(store: Store, request: QueryRequest, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Return the engine's result; aggregates and sorting are done when it returns."""
    own = bool(request.default_graphs or request.named_graphs)
    try:
        return store.query(
            request.prologue + text,
            base_iri=request.base or None,
            default_graph=_graphs(request.default_graphs) if own else None,
            named_graphs=[NamedNode(name) for name in request.named_graphs] if own else None,
        )
    except SyntaxError as error:
        raise _misread(error, request) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from error


def _graphs(names: Iterable[str]) -> list[NamedNode | BlankNode | DefaultGraph]:
    return [NamedNode(name) if name else DefaultGraph() for name in names]


def _with_columns(request: QueryRequest) -> str:
    """Return the query with `*` replaced by its variables in order of appearance; pyoxigraph sorts them by name."""
    result = _asked(_NOTHING, request, request.text)
    if not isinstance(result, QuerySolutions) or request.star is None:
        return request.text
    columns = {variable.value for variable in result.variables}
    ordered = [name for name in request.variables if name in columns]
    if not ordered or len(ordered) != len(columns):
        return request.text
    names = " ".join(f"?{name}" for name in ordered)
    return f"{request.text[: request.star]} {names} {request.text[request.star + 1 :]}"


def _misread(error: SyntaxError, request: QueryRequest) -> QueryFailure:
    found = _PLACE.match(str(error.msg))
    if not found:
        return Syntax("sparql-syntax", line=1, column=1, expected="", reason=str(error.msg)[:200])
    line, column = int(found[1]), int(found[2])
    if line == 1:
        column = max(1, column - len(request.prologue))
    return Syntax("sparql-syntax", line=line, column=column, expected=_expected(found[3]), reason=_reason(found[3]))


def _expected(said: str) -> str:
    """Return the words and signs that the parser would have taken, without its character classes."""
    names = [part.strip() for part in said.removeprefix("one of ").split(", ")]
    plain = [part.strip('"') for part in names if re.fullmatch(r'[A-Z][A-Z_]+|"[^"\s]{1,8}"', part)]
    return " ".join(sorted(set(plain)))[:200]


def _reason(said: str) -> str:
    if "Prefix not found" in said:
        return "prefix"
    return "iri" if "IRI parsing failed" in said else ""


def _failed(error: Exception) -> QueryFailure:
    if isinstance(error, QueryFailure):
        return error
    function = _NO_FUNCTION.search(str(error))
    if function:
        return Refused("sparql-no-function", status=400, function=function[1])
    return Unavailable("sparql-engine-failed", reason=str(error).split("\n")[0][:200])


# ── loading ─────────────────────────────────────────────────────────────────────────────────────────────────


def load(files: Iterable[Path]) -> Store:
    """Return a store with the files' statements: triples in the default graph, quads in their graphs.

    Raises:
        RdfError: a file is missing, in no RDF format that we know, or broken.
    """
    store = Store()
    for path in files:
        _load_file(store, path)
    return store


def _load_file(store: Store, path: Path) -> None:
    try:
        with path.open("rb") as file:
            row = sniff(path, file.read(512))
        if row is None:
            known = ", ".join(f".{row.suffix}" for row in RDF_FORMATS)
            raise RdfError("rdf-unknown", where=str(path), known=known)
        form = getattr(RdfFormat, row.parser)
        store.bulk_load(path=str(path), format=form, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        place = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        raise RdfError("rdf-syntax", where=place, format=row.label if row else "", reason=error.msg) from error
    except (OSError, ValueError) as error:
        raise RdfError("file-unreadable", where=str(path), reason=str(error)) from error


def sizes(store: Store) -> tuple[int, dict[str, int]]:
    """Return the number of statements in the default graph, and in each named graph."""
    rows = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert isinstance(rows, QuerySolutions)  # a SELECT
    named = {row["g"].value: int(row["n"].value) for row in rows}
    return len(store) - sum(named.values()), dict(sorted(named.items()))
