"""Shapes → what is wrong with the shapes themselves, so that a misspelling does not pass for "all is well"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from importlib.resources import files
from keyword import kwlist
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH

from hanke_lod import rdf
from hanke_lod.errors import RdfError
from hanke_lod.namespaces import SHAPES
from hanke_lod.resources import shape_files
from hanke_lod.validating.checking import check, to_graph
from hanke_lod.validating.findings import Finding, Input, review
from hanke_lod.validating.for_people import message_of, place_of, value_of
from hanke_lod.validating.mending import near
from hanke_lod.validating.rules import TARGETS
from hanke_lod.validating.terms import prefixed, shown, term

#: The rule whose pattern names the base.
_UNDER_BASE = URIRef(SHAPES + "UnderBase")
_ACTIVE = (*TARGETS, SH.property, SH.path)


def load_shapes(paths: Iterable[Path] = (), base_uri: str = "") -> Graph:
    """Return the shapes of the files, vetted, or the bundled ones.

    With `base_uri` the bundled rule on addresses asks for just that base.

    Raises:
        RdfError: a file is missing or broken, or the shapes are wrong.
    """
    given = list(paths)
    if given:
        return vet([Input(str(path), rdf.parse_file(path), partial(rdf.line_numbers, path)) for path in given])
    bundled = to_graph(quad for path in shape_files() for quad in rdf.parse_file(path))
    if base_uri:
        bundled.set((_UNDER_BASE, SH.pattern, Literal("^" + re.escape(base_uri))))
    return bundled


def vet(inputs: Sequence[Input]) -> Graph:
    """Return the shapes of the files as one graph.

    Raises:
        RdfError: the files hold no shapes, a term that SHACL does not know, or a shape that breaks SHACL's own syntax
            rules (SHACL, appendix A and C).
    """
    shapes = to_graph(s for data in inputs for s in data.statements)
    where = ", ".join(data.name for data in inputs)
    if not any((None, active, None) in shapes for active in _ACTIVE):
        raise RdfError("shapes-none", where=where)
    for iri, name, line in _unknown_terms(inputs):
        offered = near(prefixed(iri), _known_terms())
        text = "shapes-term-near" if offered else "shapes-term"
        raise RdfError(text, where=f"{name}:{line}" if line else name, term=prefixed(iri), offered=offered)
    rules_of_shapes = _shacl_shacl()
    told = review(check(shapes, rules_of_shapes), rules_of_shapes, inputs)
    for finding in told.findings:
        if finding.result.severity == "Violation":
            raise RdfError("shapes-broken", where=place_of(finding) or where, reason=_reason(finding))
    return shapes


def _reason(finding: Finding) -> str:
    said = (shown(term(finding.result.focus)), value_of(finding))
    named = "  ".join(part for part in said if part and not part.startswith("_:"))
    return f"{named}: {message_of(finding, 'en')}"


def _unknown_terms(inputs: Sequence[Input]) -> Iterator[tuple[str, str, int]]:
    """Yield the terms of SHACL's namespace that SHACL does not have, each with its file and line."""
    known = _known_terms()
    for data in inputs:
        numbers = data.lines() if data.lines else (0 for _ in data.statements)
        for s, line in zip(data.statements, numbers, strict=True):
            for node in (s.predicate, s.object):
                if (
                    isinstance(node, rdf.NamedNode)
                    and node.value.startswith(str(SH))
                    and prefixed(node.value) not in known
                ):
                    yield node.value, data.name, line


@lru_cache(maxsize=1)
def _known_terms() -> frozenset[str]:
    words = {str(SH[word]) for word in kwlist if word in SH}  # sh:in, sh:or …: no attributes in Python
    return frozenset(prefixed(iri) for iri in {str(name) for name in dir(SH)} | words if iri.startswith(str(SH)))


@lru_cache(maxsize=1)
def _shacl_shacl() -> Graph:
    """Return the shapes that shapes must conform to (SHACL, appendix C), which come with pyshacl."""
    return Graph().parse(
        data=(files("pyshacl") / "assets" / "shacl-shacl.ttl").read_text(encoding="utf-8"), format="turtle"
    )
