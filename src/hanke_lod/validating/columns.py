"""An rdflib store that keeps the triples by property: what validation asks for, a tenth of the time to fill."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from rdflib import Graph
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

Column = Mapping[Node, Collection[Node]]
Pattern = tuple[Node | None, Node | None, Node | None]

#: From so many values on a dict (which keeps the order, too) finds a value faster than a list.
_FEW = 16


class Columns(SimpleMemory):
    """Property → subject → values; from value to subject the column is turned round when first asked for.

    Its namespaces are those of rdflib's own store.
    """

    # pyshacl asks for both, though it reads one graph only
    context_aware = True
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self.forward: dict[Node, dict[Node, Collection[Node]]] = {}
        self._backward: dict[Node, Column] = {}
        self._size = 0
        self._graphs = (Graph(self, bind_namespaces="none"),)

    def put(self, subject: Node, predicate: Node, value: Node) -> None:
        """Add a triple."""
        self._size += _append(self.forward.setdefault(predicate, {}), subject, value)
        if self._backward:
            self._backward.clear()

    def backward(self, predicate: Node) -> Column:
        """Return the subjects by value."""
        if predicate not in self._backward:
            column: dict[Node, list[Node]] = {}
            for subject, values in self.forward.get(predicate, {}).items():
                for value in values:
                    column.setdefault(value, []).append(subject)
            self._backward[predicate] = column
        return self._backward[predicate]

    def add(self, triple: tuple[Node, Node, Node], *_: object, **__: object) -> None:
        """Add a triple (rdflib's interface, as are the next three)."""
        self.put(*triple)

    def remove(self, triple: Pattern, *_: object, **__: object) -> None:  # type: ignore[override]  # two names in rdflib
        """Take the triples of a pattern away."""
        for subject, predicate, value in list(self._matching(*triple)):
            column = self.forward[predicate]
            column[subject] = [other for other in column[subject] if other != value]
            if not column[subject]:
                del column[subject]
            self._size -= 1
        self._backward.clear()

    def triples(
        self, triple_pattern: Pattern, *_: object, **__: object
    ) -> Iterator[tuple[tuple[Node, Node, Node], Iterator[Graph | None]]]:
        """Yield the triples of a pattern, each with the one graph that there is."""
        for found in self._matching(*triple_pattern):
            yield found, iter(self._graphs)

    def _matching(self, s: Node | None, p: Node | None, o: Node | None) -> Iterable[tuple[Node, Node, Node]]:
        for predicate in (p,) if p is not None else list(self.forward):
            column = self.forward.get(predicate, {})
            if s is not None:
                for value in column.get(s, ()):
                    if o is None or o == value:
                        yield s, predicate, value
            elif o is not None:
                for subject in self.backward(predicate).get(o, ()):
                    yield subject, predicate, o
            else:
                yield from ((subject, predicate, value) for subject in column for value in column[subject])

    def __len__(self, *_: object, **__: object) -> int:
        return self._size


def _append(column: dict[Node, Collection[Node]], key: Node, value: Node) -> bool:
    """Return whether the value is new."""
    values = column.get(key)
    if values is None:
        column[key] = [value]
    elif value in values:
        return False
    elif isinstance(values, dict):
        values[value] = None
    elif isinstance(values, list) and len(values) < _FEW:
        values.append(value)
    else:
        column[key] = dict.fromkeys([*values, value])
    return True
