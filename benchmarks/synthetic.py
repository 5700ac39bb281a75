"""Data of any size: the bundled list of Kemi, its projects and entries repeated under addresses of their own.

    python benchmarks/synthetic.py 20000 > projects.nt

Organisations, sectors, funding and the source stay single, as in a real list; texts and line numbers differ from copy
to copy. What conforms with 45 projects conforms with any number.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from hanke_lod import building, rdf
from hanke_lod.resources import data_folder

Term = rdf.NamedNode | rdf.Literal


def projects(count: int) -> Iterator[rdf.Triple]:
    """Yield the triples of at least so many projects (whole lists of 45)."""
    understood = building.convert([data_folder("kemi") / "hankkeet.txt"], None, None)
    triples = understood.description.merged
    folder = understood.addresses.thing("project", "")
    # a project with its parts, and its entry in the list
    own = {t.subject for t in triples if t.subject.value.startswith(folder) or t.object.value.endswith("#ListEntry")}
    repeated = [triple for triple in triples if triple.subject in own]
    yield from triples
    for number in range(1, -(-count // len(understood.merged))):
        names = {node: _named(node, number) for node in own}
        for s, p, o in repeated:
            yield rdf.Triple(names[s], p, names[o] if o in names else _varied(o, number))


def _named(node: rdf.NamedNode, number: int) -> rdf.NamedNode:
    thing, mark, part = node.value.partition("#")
    if "/source/" in thing:
        return rdf.NamedNode(f"{thing}#{part}-{number}")
    return rdf.NamedNode(f"{thing}-{number}{mark}{part}")


def _varied(term: Term, number: int) -> Term:
    if isinstance(term, rdf.NamedNode):
        return term
    if term.language:
        return rdf.literal(f"{term.value} {number}", language=term.language)
    if term.datatype.value.endswith("nteger"):
        return rdf.literal(str(int(term.value) + 100 * number), datatype=term.datatype.value)
    return term


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("projects", type=int)
    for triple in projects(parser.parse_args().projects):
        sys.stdout.write(f"{triple} .\n")
