"""How to mend what a rule found: one short piece of advice by the kind of constraint."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rdflib import Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.collection import Collection
from rdflib.namespace import RDF as R
from rdflib.namespace import SH
from rdflib.term import Node

from hanke_lod import rdf
from hanke_lod.namespaces import RDF, XSD
from hanke_lod.texts import LANGUAGES, has
from hanke_lod.validating.checking import Result
from hanke_lod.validating.rules import node_of
from hanke_lod.validating.terms import Term, n_triples, path, prefixed, shown, term

#: Datatypes of which rdflib takes more texts than XML Schema does.
_TEXT_OF = {XSD.date: r"^\d{4}-\d\d-\d\d$", XSD.dateTime: r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"}
#: How alike two names must be for one to be offered for the other.
_ALIKE = 0.75
#: As many choices as can be listed on a line.
_FEW = 12


@dataclass(frozen=True)
class Advice:
    """What is told of a finding: a text of `texts.toml` and the facts that it speaks of."""

    text: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """A result, and the data and shapes it came of."""

    result: Result
    data: rdf.Dataset
    shapes: Graph

    @property
    def value(self) -> Term | None:
        """The value at fault."""
        return term(self.result.value)

    @property
    def path(self) -> str:
        """The rule's property path, or that of the result."""
        step = term(self.result.path)
        if isinstance(step, rdf.NamedNode):
            return prefixed(step.value)
        return path(self.shapes, self.shapes.value(node_of(self.result.shape), SH.path))

    def asked(self, parameter: URIRef) -> list[Node]:
        """Return what the shape says of a parameter of constraints; a list as its members."""
        found: list[Node] = []
        for node in self.shapes.objects(node_of(self.result.shape), parameter):
            is_list = (node, R.first, None) in self.shapes
            found += Collection(self.shapes, node) if is_list else [node]
        return found

    def held(self) -> list[Term]:
        """Return the values that the focus node has of the result's property."""
        focus, step = term(self.result.focus), term(self.result.path)
        if isinstance(focus, rdf.Literal) or not isinstance(step, rdf.NamedNode) or focus is None:
            return []
        values = {q.object for q in self.data.quads_for_subject(focus) if q.predicate == step}
        return sorted((value for value in values if not isinstance(value, rdf.Triple)), key=str)


def expected(case: Case) -> Advice | None:
    """Return what a shape without a message of its own asks for; None for kinds of constraints that take more words."""
    kind = case.result.component.removesuffix("ConstraintComponent")
    text = "expected" + re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", kind)
    if not has(text):
        return None
    asked = case.asked(SH[kind[:1].lower() + kind[1:]])
    wanted = sorted(str(node) if isinstance(node, RdflibLiteral) else prefixed(str(node)) for node in asked)
    return Advice(text, {"path": case.path or "sh:this", "wanted": ", ".join(wanted)})


def mend(case: Case) -> Advice | None:
    """Return advice on how to mend what was found, or None when the rule's own message says it all."""
    advise = _ADVICE.get(case.result.component.removesuffix("ConstraintComponent"))
    return advise(case) if advise else None


@lru_cache(maxsize=1024)
def near(name: str, known: frozenset[str]) -> str:
    """Return the known name that is most like the name, or ""."""
    lower = {choice.lower(): choice for choice in sorted(known, reverse=True)}
    found = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=_ALIKE)
    return lower[found[0]] if found else ""


def _closed(case: Case) -> Advice:
    known = {prefixed(str(node)) for node in case.asked(SH.ignoredProperties)}
    known |= {
        prefixed(str(step))
        for shape in case.asked(SH.property)
        for step in case.shapes.objects(shape, SH.path)
        if isinstance(step, URIRef)
    }
    offered = near(case.path, frozenset(known))
    if offered:
        return Advice("mend-near", {"offered": offered})
    return Advice("mend-closed", {"path": case.path})


def _in(case: Case) -> Advice | None:
    known = {_bare(value): shown(value) for value in map(term, map(n_triples, case.asked(SH["in"])))}
    offered = near(_bare(case.value), frozenset(known))
    if offered:
        return Advice("mend-near", {"offered": known[offered]})
    return Advice("mend-one-of", {"known": ", ".join(sorted(known.values()))}) if len(known) <= _FEW else None


def _bare(value: Term | None) -> str:
    return value.value if isinstance(value, rdf.Literal) else shown(value)


def _datatype(case: Case) -> Advice | None:
    value, wanted = case.value, next((str(node) for node in case.asked(SH.datatype)), "")
    if not isinstance(value, rdf.Literal):
        return Advice("mend-literal", {"path": case.path})
    if wanted == RDF.langString:
        return Advice("mend-tag", {"example": shown(rdf.literal(value.value, "fi"))})
    if RdflibLiteral(value.value, datatype=URIRef(wanted)).ill_typed:
        return Advice("mend-ill-typed", {"value": shown(rdf.literal(value.value)), "datatype": prefixed(wanted)})
    plain = wanted == XSD.string
    return Advice("mend-write", {"example": shown(rdf.literal(value.value, "", "" if plain else wanted))})


def _node_kind(case: Case) -> Advice | None:
    value = case.value
    if isinstance(value, rdf.Literal):
        if value.value.startswith(("http://", "https://", "mailto:")) and " " not in value.value:
            return Advice("mend-write", {"example": f"<{value.value}>"})
        return _link_to(case, value.value) or Advice("mend-link", {"path": case.path})
    return Advice("mend-blank", {}) if isinstance(value, rdf.BlankNode) else None


def _class(case: Case) -> Advice | None:
    value, wanted = case.value, ", ".join(prefixed(str(node)) for node in case.asked(SH["class"]))
    if isinstance(value, rdf.Literal):
        return _link_to(case, value.value) or Advice("mend-link", {"path": case.path})
    if value is None:
        return None
    kinds = sorted(shown(q.object) for q in case.data.quads_for_subject(value)  # type: ignore[arg-type]  # a type is an IRI
                   if q.predicate.value == RDF.type)  # fmt: skip
    if kinds:
        return Advice("mend-class", {"value": shown(value), "kinds": ", ".join(kinds), "wanted": wanted})
    return Advice("mend-undescribed", {"value": shown(value), "wanted": wanted})


def _link_to(case: Case, name: str) -> Advice | None:
    """Offer the thing that has the name, when a name stands where a link should."""
    for language in ("", *LANGUAGES):
        for quad in case.data.quads_for_object(rdf.literal(name.strip(), language)):
            if isinstance(quad.subject, rdf.NamedNode) and str(quad.subject) != case.result.focus:
                return Advice("mend-write", {"example": shown(quad.subject)})
    return None


def _min_count(case: Case) -> Advice:
    return Advice("mend-add", {"path": case.path.replace("|", " / ")})  # either will do


def _too_many(case: Case) -> Advice | None:
    values = ", ".join(shown(value) for value in case.held())
    return Advice("mend-keep-one", {"values": values}) if values else None


def _unique_language(case: Case) -> Advice | None:
    texts = [value for value in case.held() if isinstance(value, rdf.Literal) and value.language]
    tags = [text.language for text in texts]
    doubled = ", ".join(shown(text) for text in texts if tags.count(text.language) > 1)
    return Advice("mend-keep-one", {"values": doubled}) if doubled else None


def _other_property(case: Case) -> Advice | None:
    other = next((node for p in (SH.equals, SH.lessThanOrEquals, SH.lessThan) for node in case.asked(p)), None)
    return Advice("mend-compare", {"path": case.path, "other": prefixed(str(other))}) if other is not None else None


def _or(case: Case) -> Advice | None:
    """Offer the datatype that a literal's text fits, where there is a choice of datatypes."""
    value = case.value if case.result.value else term(case.result.focus)
    if not isinstance(value, rdf.Literal):
        return None
    for shape in case.asked(SH["or"]):
        kind, pattern = case.shapes.value(shape, SH.datatype), case.shapes.value(shape, SH.pattern)
        text = str(pattern or _TEXT_OF.get(str(kind), "$^"))
        if re.search(text, value.value) and not RdflibLiteral(value.value, datatype=URIRef(str(kind))).ill_typed:
            return Advice("mend-write", {"example": shown(rdf.literal(value.value, "", str(kind)))})
    return None


def _has_value(case: Case) -> Advice | None:
    held = {str(value) for value in case.held()}
    lacking = sorted(shown(term(n)) for n in map(n_triples, case.asked(SH.hasValue)) if n not in held)
    return Advice("mend-add", {"path": f"{case.path} {', '.join(lacking)}"}) if lacking else None


#: Kind of constraint → who advises on it; a kind that is not here is told by its message alone.
_ADVICE: Mapping[str, Callable[[Case], Advice | None]] = {
    "Class": _class,
    "Closed": _closed,
    "Datatype": _datatype,
    "Equals": _other_property,
    "HasValue": _has_value,
    "In": _in,
    "LessThan": _other_property,
    "LessThanOrEquals": _other_property,
    "MaxCount": _too_many,
    "MinCount": _min_count,
    "NodeKind": _node_kind,
    "Or": _or,
    "UniqueLang": _unique_language,
}
