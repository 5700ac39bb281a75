"""The store answers as rdflib's own does, whatever is added, taken away and asked for."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from hanke_lod.validating.columns import Columns

NODES: list[Node] = [URIRef("urn:x:a"), URIRef("urn:x:b"), BNode("c")]
PROPERTIES: list[Node] = [URIRef("urn:x:p"), URIRef("urn:x:q")]
VALUES: list[Node] = [*NODES, *(Literal(number) for number in range(20)), Literal("a"), Literal("a", lang="fi")]

triples = st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(VALUES))
patterns = st.tuples(*(st.none() | st.sampled_from(terms) for terms in (NODES, PROPERTIES, VALUES)))


@settings(max_examples=60)
@given(st.lists(triples, max_size=90), st.lists(patterns, max_size=2), st.lists(triples, max_size=5))
def test_the_store_answers_as_rdflib_s_own(
    added: list[tuple[Node, Node, Node]],
    removed: list[tuple[Node | None, Node | None, Node | None]],
    added_again: list[tuple[Node, Node, Node]],
) -> None:
    ours, theirs = Graph(Columns()), Graph()
    for graph in (ours, theirs):
        for triple in added:
            graph.add(triple)
        list(graph.subjects(PROPERTIES[0], VALUES[0]))
        for pattern in removed:
            graph.remove(pattern)
        for triple in added_again:
            graph.add(triple)

    assert len(theirs) == len(ours)
    for pattern in product([*NODES, None], [*PROPERTIES, None], [*VALUES, None]):
        assert sorted(theirs.triples(pattern)) == sorted(ours.triples(pattern))
