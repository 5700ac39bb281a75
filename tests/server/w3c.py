"""The W3C's SPARQL tests: their manifests, their data as one dataset, their expected results, and what is equal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

FOLDER = Path(__file__).parents[2].parent / "shared" / "w3c-rdf-tests"
#: The tests' own address, against which relative IRIs in them are resolved.
BASE = "https://w3c.github.io/rdf-tests/sparql/"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATA = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML, ".nq": RdfFormat.N_QUADS,
         ".trig": RdfFormat.TRIG}  # fmt: skip
_RESULTS = {".srx": QueryResultsFormat.XML, ".srj": QueryResultsFormat.JSON, ".tsv": QueryResultsFormat.TSV}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_NUMBERS = frozenset(("integer", "decimal", "float", "double"))

#: A row of a table or a triple; None where nothing is bound.
Row = tuple[Any, ...]  # Any: a term as pyoxigraph has it


@dataclass(frozen=True)
class Case:
    """One test: its kind as the manifest has it, its query, its dataset by files, its expected result or None."""

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    result: Path | None = None
    lax: bool = False

    @property
    def base(self) -> str:
        """The query's own address."""
        return address(self.query)


@dataclass(frozen=True)
class Table:
    """A result: `kind` is "boolean", "solutions" or "graph"; rows are in the order of the answer."""

    kind: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool = False
    in_order: bool = False


def address(path: Path) -> str:
    """Return a file's address among the tests."""
    return BASE + path.relative_to(FOLDER).as_posix()


def _path(term: object) -> Path:
    assert isinstance(term, NamedNode)
    return FOLDER / term.value.removeprefix(BASE)


# ── manifests ───────────────────────────────────────────────────────────────────────────────────────────────


def cases() -> list[Case]:
    """Return every test, in the order of names."""
    found = {case.name: case for path in FOLDER.rglob("manifest.ttl") for case in _of_manifest(path)}
    return [found[name] for name in sorted(found)]


def _of_manifest(path: Path) -> Iterator[Case]:
    graph = Dataset(parse(path.read_bytes(), RdfFormat.TURTLE, base_iri=address(path)))

    def values(subject: Any, predicate: str) -> list[Any]:
        return [q.object for q in graph.quads_for_subject(subject) if q.predicate.value == predicate]

    def members(node: Any) -> Iterator[Any]:
        while node != NamedNode(_RDF + "nil"):
            yield from values(node, _RDF + "first")
            node = values(node, _RDF + "rest")[0]

    entries = [
        value for quad in graph.quads_for_predicate(NamedNode(_MF + "entries")) for value in members(quad.object)
    ]
    for test in entries:
        action = values(test, _MF + "action")[0]
        kinds = [kind.value.removeprefix(_MF) for kind in values(test, _RDF + "type")]
        queries = values(action, _QT + "query") or [action]
        if "Update" in kinds[0] or not isinstance(queries[0], NamedNode):
            continue
        graphs = [
            graph for held in values(action, _QT + "graphData") for graph in values(held, _QT + "graph") or [held]
        ]
        yield Case(
            name=f"{path.parent.relative_to(FOLDER).as_posix()}/{test.value.rpartition('#')[2].rpartition('/')[2]}",
            kind=kinds[0],
            query=_path(queries[0]),
            data=tuple(sorted(map(_path, values(action, _QT + "data")))),
            graphs=tuple(sorted(map(_path, graphs))),
            result=next(map(_path, values(test, _MF + "result")), None),
            lax=bool(values(test, _MF + "resultCardinality")),
        )


# ── data ────────────────────────────────────────────────────────────────────────────────────────────────────


def triples(path: Path) -> list[Quad]:
    """Return what a file of data holds, with blank nodes of its own."""
    held = parse(path.read_bytes(), _DATA[path.suffix], base_iri=address(path), rename_blank_nodes=True)
    return list(held)


def dataset(tests: Sequence[Case]) -> tuple[bytes, dict[Path, dict[str, str]]]:
    """Return all the data of the tests as N-Quads, and the graphs that came of each file: own name → name here.

    A file's default graph is named by the file's address; a file that holds nothing makes no graph.
    """
    files = {path for test in tests for path in (*test.data, *test.graphs)}
    files |= set(FOLDER.rglob("data-g*.ttl"))  # a query names these itself, with FROM
    quads, graphs = [], {}
    for path in sorted(files):
        graphs[path] = {}
        for quad in triples(path):
            own = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            name = graphs[path].setdefault(own, own or address(path))
            quads.append(Quad(quad.subject, quad.predicate, quad.object, NamedNode(name)))
    return serialize(quads, format=RdfFormat.N_QUADS), graphs


# ── results ─────────────────────────────────────────────────────────────────────────────────────────────────


def expected(test: Case) -> Table:
    """Return the result that a test wants."""
    assert test.result is not None
    if test.result.suffix in _RESULTS:
        return table(test.result.read_bytes(), _RESULTS[test.result.suffix])
    if test.result.suffix == ".csv":
        return plain_table(test.result.read_bytes())
    found = triples(test.result)
    sets = [quad.subject for quad in found if quad.predicate.value == _RDF + "type" and _is(quad.object, "ResultSet")]
    return _result_set(found, sets[0]) if sets else graph_of(found)


def graph_of(quads: Sequence[Quad | Triple]) -> Table:
    """Return triples as rows."""
    return Table("graph", rows=tuple({(q.subject, q.predicate, q.object) for q in quads}))


def table(data: bytes, format: QueryResultsFormat) -> Table:
    """Return a result that is written in a format."""
    found = parse_query_results(data, format)
    if isinstance(found, QueryBoolean):
        return Table("boolean", boolean=bool(found))
    assert isinstance(found, QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    return Table("solutions", names, tuple(tuple(solution[name] for name in names) for solution in found))


def plain_table(data: bytes) -> Table:
    """Return a CSV result: its fields are text, but for blank nodes."""
    head, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    return Table("solutions", tuple(head), tuple(tuple(map(_field, row)) for row in rows))


def _field(text: str) -> BlankNode | Literal | None:
    if text.startswith("_:"):
        return BlankNode(text[2:])
    return Literal(text) if text else None


def _is(term: object, name: str) -> bool:
    return isinstance(term, NamedNode) and term.value == _RS + name


def _result_set(quads: Sequence[Quad], subject: Any) -> Table:
    """Return a result that is written in the result-set vocabulary."""
    held: dict[Any, list[tuple[str, Any]]] = {}
    for quad in quads:
        held.setdefault(quad.subject, []).append((quad.predicate.value.removeprefix(_RS), quad.object))

    def values(node: Any, name: str) -> list[Any]:
        return [value for key, value in held.get(node, []) if key == name]

    booleans = values(subject, "boolean")
    if booleans:
        return Table("boolean", boolean=booleans[0].value == "true")
    columns = tuple(sorted(name.value for name in values(subject, "resultVariable")))
    rows = []
    for solution in values(subject, "solution"):
        bound = {
            values(node, "variable")[0].value: values(node, "value")[0]
            for node in [value for key, value in held.get(solution, []) if key == "binding"]
        }
        number = [int(value.value) for value in values(solution, "index")]
        rows.append((number, tuple(bound.get(name) for name in columns)))
    rows.sort(key=lambda row: row[0])
    return Table("solutions", columns, tuple(row for _, row in rows), in_order=bool(rows) and bool(rows[0][0]))


# ── what is equal ───────────────────────────────────────────────────────────────────────────────────────────


def is_equal(wanted: Table, found: Table, *, in_order: bool = False, lax: bool = False) -> bool:
    """Tell whether two results are equal: as bags of rows, or row by row, up to the names of blank nodes.

    `lax`: rows may come less often than they are wanted, but at least once (REDUCED). The columns may come in
    another order; numbers and booleans are equal when their datatypes and
    values are.
    """
    if (wanted.kind, wanted.boolean) != (found.kind, found.boolean) or sorted(wanted.columns) != sorted(found.columns):
        return False
    order = [found.columns.index(name) for name in wanted.columns]
    rows = [tuple(row[at] for at in order) for row in found.rows] if order else list(found.rows)
    wants = list(wanted.rows)
    if lax and len(rows) <= len(wants):
        wants, rows = list(dict.fromkeys(wants)), list(dict.fromkeys(rows))
    if len(wants) != len(rows):
        return False
    if in_order:
        return _matched(
            [(row, [other] * (_shape(row) == _shape(other))) for row, other in zip(wants, rows, strict=True)]
        )
    by_shape: dict[Row, list[Row]] = {}
    for row in rows:
        by_shape.setdefault(_shape(row), []).append(row)
    return _matched(sorted(((row, by_shape.get(_shape(row), [])) for row in wants), key=lambda pair: len(pair[1])))


def _shape(term: Any) -> Any:
    """Return what is left of a row or term when blank nodes have no names and numbers no spelling."""
    if isinstance(term, tuple):
        return tuple(map(_shape, term))
    if isinstance(term, BlankNode):
        return "_:"
    if isinstance(term, Triple):
        return tuple(map(_shape, (term.subject, term.predicate, term.object)))
    if isinstance(term, Literal):
        return _literal(term)
    return term


def _literal(term: Literal) -> Any:
    kind = term.datatype.value.removeprefix(_XSD)
    if kind in _NUMBERS:
        try:
            return kind, float(term.value) if kind in ("float", "double") else Decimal(term.value)
        except ArithmeticError:
            return term  # no number after all
        except ValueError:
            return term
    if kind == "boolean" and term.value in _BOOLEANS:
        return kind, _BOOLEANS[term.value]
    return term.value, term.datatype.value, (term.language or "").lower(), term.direction


def _matched(pairs: Sequence[tuple[Row, list[Row]]]) -> bool:
    """Tell whether each row can be paired with one of its candidates, all blank nodes one to one."""

    def match(at: int, there: dict[Any, Any], back: dict[Any, Any], used: frozenset[int]) -> bool:
        if at == len(pairs):
            return True
        row, candidates = pairs[at]
        for candidate in candidates:
            if id(candidate) in used:
                continue
            names, others = dict(there), dict(back)
            if all(
                names.setdefault(one, other) == other and others.setdefault(other, one) == one
                for one, other in zip(_blanks(row), _blanks(candidate), strict=True)
            ) and match(at + 1, names, others, used | {id(candidate)}):
                return True
            if not _blanks(row):
                return False  # every other candidate is just like this one
        return False

    return match(0, {}, {}, frozenset())


def _blanks(term: Any) -> list[BlankNode]:
    if isinstance(term, Triple):
        term = (term.subject, term.predicate, term.object)
    if isinstance(term, tuple):
        return [blank for part in term for blank in _blanks(part)]
    return [term] if isinstance(term, BlankNode) else []
