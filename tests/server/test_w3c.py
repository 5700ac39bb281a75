"""What counts as an equal result in the W3C's tests: the measure must be able to fail."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from w3c import Table, is_equal

A, B = NamedNode("http://e/a"), NamedNode("http://e/b")
X, Y, Z = BlankNode("x"), BlankNode("y"), BlankNode("z")
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def rows(*held: tuple[object, ...]) -> Table:
    return Table("solutions", tuple("abc"[: len(held[0])] if held else ""), held)


EQUAL = {
    "same": (rows((A,), (B,)), rows((B,), (A,))),
    "blank-nodes-by-another-name": (rows((X, A), (X, B), (Y, A)), rows((Z, A), (X, A), (Z, B))),
    "blank-nodes-in-triples": (rows((Triple(X, A, B), X)), rows((Triple(Y, A, B), Y))),
    "spelling-of-numbers": (rows((Literal("01", datatype=INTEGER),)), rows((Literal("1", datatype=INTEGER),))),
    "unbound": (rows((A, None)), rows((A, None))),
    "order-of-columns": (Table("solutions", ("a", "b"), ((A, B),)), Table("solutions", ("b", "a"), ((B, A),))),
}  # fmt: skip
UNEQUAL = {
    "another-term": (rows((A,)), rows((B,))),
    "once-more": (rows((A,), (A,)), rows((A,))),
    "bags": (rows((A,), (A,), (B,)), rows((A,), (B,), (B,))),
    "two-blank-nodes-for-one": (rows((X, X)), rows((X, Y))),
    "one-blank-node-for-two": (rows((X, Y)), rows((X, X))),
    "blank-nodes-crossed": (rows((X, A), (X, B), (Y, A)), rows((X, A), (Y, B), (Y, B))),
    "blank-node-for-an-iri": (rows((X,)), rows((A,))),
    "blank-nodes-in-triples": (rows((Triple(X, A, B), X)), rows((Triple(X, A, B), Y))),
    "datatype": (rows((Literal("1", datatype=INTEGER),)), rows((Literal("1", datatype=DECIMAL),))),
    "language": (rows((Literal("a", language="fi"),)), rows((Literal("a", language="sv"),))),
    "string-that-looks-like-a-number": (rows((Literal("01"),)), rows((Literal("1"),))),
    "unbound": (rows((A, None)), rows((A, A))),
    "columns": (Table("solutions", ("a",), ((A,),)), Table("solutions", ("b",), ((A,),))),
    "boolean": (Table("boolean", boolean=True), Table("boolean", boolean=False)),
    "kind": (rows(), Table("boolean")),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), EQUAL.values(), ids=EQUAL)
def test_equal_results_are_equal(one: Table, other: Table) -> None:
    assert is_equal(one, other)
    assert is_equal(other, one)


@pytest.mark.parametrize(("one", "other"), UNEQUAL.values(), ids=UNEQUAL)
def test_unequal_results_are_not(one: Table, other: Table) -> None:
    assert not is_equal(one, other)
    assert not is_equal(other, one)


def test_in_order_the_order_counts() -> None:
    assert is_equal(rows((X,), (A,)), rows((Y,), (A,)), in_order=True)
    assert not is_equal(rows((A,), (B,)), rows((B,), (A,)), in_order=True)


def test_where_reduced_may_leave_rows_out_each_must_be_there_once() -> None:
    assert is_equal(rows((A,), (A,), (B,)), rows((A,), (B,)), lax=True)
    assert not is_equal(
        rows((A,), (A,), (B,)),
        rows(
            (A,),
        ),
        lax=True,
    )
    assert not is_equal(rows((A,), (B,)), rows((A,), (A,), (B,)), lax=True)
