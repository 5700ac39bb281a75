"""The vocabulary is complete, self-contained and free of contradictions."""

from __future__ import annotations

import functools
import itertools
import json
from pathlib import Path

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, SH, VANN, XSD

from hanke_lod import publications

ROOT = Path(__file__).parents[1]
HANKE = Namespace("https://w3id.org/hanke/ns#")
ONTOLOGY = URIRef("https://w3id.org/hanke/ns")
REASONER = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")
LANGUAGES = ["en", "fi", "sv"]

CLASSES = {
    HANKE[name]
    for name in (
        *("Project", "Sector", "FundingSource", "Fund", "FundingProgramme", "GrantType"),
        *("SourceDocument", "ListEntry"),
    )
}
RELATIONS = {
    HANKE[name]
    for name in (
        *("participant", "implementer", "coImplementer", "coordinator", "administrator", "partner"),
        *("financedBy", "funder", "fundedFrom", "inSector", "listedBy", "statedIn", "status", "totalBudget"),
    )
}
VALUES = {
    HANKE[name]
    for name in (
        *("earliestStart", "latestEnd", "periodAsWritten", "statusAsWritten"),
        *("locator", "lineNumber", "originalText", "underHeading"),
    )
}
STATUSES = {HANKE.AppliedFor, HANKE.Underway, HANKE.Ended}
TERMS = CLASSES | RELATIONS | VALUES | STATUSES
OTHERS = {HANKE.statuses, HANKE.developers}

# Every vocabulary from which data, shapes or context take terms, but for the languages in which these are written
VOCABULARIES = (
    *(str(HANKE), "http://www.w3.org/ns/adms#", "http://www.w3.org/ns/dcat#", "http://data.europa.eu/r5r/"),
    *("http://purl.org/dc/terms/", "http://data.europa.eu/eli/ontology#", "http://xmlns.com/foaf/0.1/"),
    *("http://purl.org/cerif/frapo/", "http://www.opengis.net/ont/geosparql#", "http://data.europa.eu/m8g/"),
    *("http://www.w3.org/ns/org#", "http://www.w3.org/ns/prov#", "https://schema.org/"),
    *("http://www.w3.org/2004/02/skos/core#", "http://spdx.org/rdf/terms#", "http://www.w3.org/2006/vcard/ns#"),
)


def of_a_vocabulary(term: object) -> bool:
    return isinstance(term, URIRef) and str(term).startswith(VOCABULARIES) and str(term) not in VOCABULARIES


@functools.cache
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "hanke.ttl")


@functools.cache
def alignments() -> Graph:
    return Graph().parse(ROOT / "ontology" / "alignments.ttl")


@functools.cache
def shapes() -> Graph:
    graph = Graph()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(file)
    return graph


def context_terms() -> set[URIRef]:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    found = set()
    for definition in context.values():
        parts = [definition.get("@id"), definition.get("@type")] if isinstance(definition, dict) else [definition]
        for part in parts:
            prefix, _, name = str(part).partition(":")
            if prefix in context and name:
                found.add(URIRef(context[prefix] + name))
    return found


def terms_in(graph: Graph) -> set[URIRef]:
    return {term for triple in graph for term in triple if of_a_vocabulary(term)}


def languages(term: URIRef, what: URIRef) -> list[str]:
    return sorted(text.language for text in ontology().objects(term, what))


def name_of(term: URIRef) -> str:
    return term.rpartition("#")[2]


def test_it_can_be_published_without_blank_nodes() -> None:
    for graph in (ontology(), alignments()):
        assert not [triple for triple in graph if any(isinstance(term, BNode) for term in triple)]
        assert (None, RDF.first, None) not in graph


@pytest.mark.parametrize(
    "what",
    [
        *(DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator, DCTERMS.publisher),
        *(DCTERMS.contributor, DCTERMS.modified, FOAF.logo, RDFS.seeAlso, SKOS.historyNote),
        *(DCTERMS.created, DCTERMS.issued, DCTERMS.bibliographicCitation, DCTERMS.source, OWL.versionIRI),
        *(OWL.versionInfo, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
        URIRef("http://purl.org/ontology/bibo/status"),
    ],
    ids=str,
)
def test_its_header_says_what_checkers_ask_for(what: URIRef) -> None:
    assert (ONTOLOGY, what, None) in ontology()


def test_its_header_is_true() -> None:
    header = {what: ontology().value(ONTOLOGY, what) for what in ontology().predicates(ONTOLOGY)}

    assert header[OWL.versionIRI] == URIRef(f"{ONTOLOGY}/{header[OWL.versionInfo]}")
    assert str(HANKE) == str(header[VANN.preferredNamespaceUri])
    assert header[DCTERMS.license] == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert header[DCTERMS.created] == Literal("2026-11-24", datatype=XSD.date)
    assert languages(ONTOLOGY, DCTERMS.title) == languages(ONTOLOGY, DCTERMS.description) == LANGUAGES


def test_it_has_exactly_the_terms_agreed_upon() -> None:
    own = {term for term in ontology().subjects() if str(term).startswith(str(HANKE))}

    assert own == TERMS | OTHERS
    assert set(ontology().subjects(RDF.type, OWL.Class)) & own == CLASSES
    assert set(ontology().subjects(RDF.type, OWL.ObjectProperty)) & own == RELATIONS
    assert set(ontology().subjects(RDF.type, OWL.DatatypeProperty)) & own == VALUES
    assert set(ontology().objects(HANKE.statuses, SKOS.hasTopConcept)) == STATUSES


@pytest.mark.parametrize("term", sorted(TERMS | OTHERS), ids=name_of)
def test_a_term_has_a_label_and_a_definition_in_each_language(term: URIRef) -> None:
    assert languages(term, RDFS.label) == LANGUAGES
    assert languages(term, SKOS.definition) == LANGUAGES
    assert ontology().value(term, RDFS.isDefinedBy) == ONTOLOGY


@pytest.mark.parametrize("term", sorted(TERMS), ids=name_of)
def test_a_term_is_explained_by_examples_of_what_it_is_and_is_not(term: URIRef) -> None:
    negative = ("Not: ", "Ei: ", "Inte: ")
    examples = list(ontology().objects(term, SKOS.example))

    assert languages(term, SKOS.scopeNote) == LANGUAGES
    assert sorted(text.language for text in examples if str(text).startswith(negative)) == LANGUAGES
    assert sorted(text.language for text in examples if not str(text).startswith(negative)) == LANGUAGES


@pytest.mark.parametrize("term", sorted(RELATIONS | VALUES), ids=name_of)
def test_a_property_has_one_domain_and_one_range(term: URIRef) -> None:
    domains = list(ontology().objects(term, RDFS.domain))
    ranges = list(ontology().objects(term, RDFS.range))

    assert len(domains) == 1
    assert len(ranges) == (0 if term == HANKE.financedBy else 1)


@pytest.mark.parametrize(
    "kinds",
    [
        {HANKE.Project, HANKE.Sector, HANKE.FundingSource, HANKE.SourceDocument, HANKE.ListEntry, FOAF.Agent},
        {HANKE.Fund, HANKE.FundingProgramme, HANKE.GrantType},
    ],
    ids=["all", "funding"],
)
def test_kinds_exclude_one_another(kinds: set[URIRef]) -> None:
    for one, other in itertools.combinations(kinds, 2):
        assert (one, OWL.disjointWith, other) in ontology() or (other, OWL.disjointWith, one) in ontology()


def test_borrowed_terms_are_declared_and_not_redefined() -> None:
    for term in ontology().subjects(unique=True):
        if not str(term).startswith(str(ONTOLOGY)):
            assert set(ontology().predicates(term)) == {RDF.type}, term


def test_no_term_is_used_that_is_not_declared() -> None:
    declared = set(ontology().subjects(RDF.type))
    example = Graph().parse(ROOT / "tests" / "shapes" / "conforming.ttl")

    for place, terms in {
        "shapes": terms_in(shapes()),
        "context": {term for term in context_terms() if of_a_vocabulary(term)},
        "example": terms_in(example),
        "ontology": terms_in(ontology()),
    }.items():
        assert not terms - declared, place


def test_each_term_is_used_or_says_why_not(published: Graph) -> None:
    golden = Graph().parse(ROOT / "tests" / "golden" / "esimerkkila" / "expected.ttl")
    used = terms_in(published) | terms_in(golden) | context_terms()

    unused = (TERMS | OTHERS) - used

    assert not [term for term in unused if not ontology().value(term, SKOS.editorialNote)]


def test_each_term_that_is_only_declared_is_a_parent_or_describes_the_file() -> None:
    used = terms_in(shapes()) | context_terms()
    here = {term for subject, *terms in ontology() if str(subject).startswith(str(ONTOLOGY)) for term in terms}
    declared = {term for term in ontology().subjects(RDF.type) if of_a_vocabulary(term)}

    assert declared - used - here <= {HANKE.developers}


def test_alignments_entail_only_what_is_true_without_reserve() -> None:
    frapo = Namespace("http://purl.org/cerif/frapo/")
    entailing = (RDFS.subClassOf, RDFS.subPropertyOf)

    assert {triple for triple in alignments() if triple[1] in entailing} == {
        (HANKE.FundingProgramme, RDFS.subClassOf, frapo.FundingProgramme),
        (HANKE.funder, RDFS.subPropertyOf, frapo.isFundedBy),
    }
    for term in alignments().subjects(unique=True):
        if term != URIRef("https://w3id.org/hanke/alignments"):
            assert term in TERMS
            assert set(alignments().predicates(term)) <= {*entailing, RDFS.seeAlso, SKOS.editorialNote}
            assert (term, SKOS.editorialNote, None) in alignments()


def closure(*more: tuple[URIRef, URIRef, URIRef], data: Graph | None = None) -> Graph:
    graph = Graph()
    for file in ("ontology/hanke.ttl", "ontology/alignments.ttl", "tests/shapes/neighbours.ttl"):
        graph.parse(ROOT / file)
    graph += data if data is not None else Graph().parse(ROOT / "tests" / "shapes" / "conforming.ttl")
    for triple in more:
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def contradictions(graph: Graph) -> list[str]:
    return [str(message) for message in graph.objects(None, REASONER.error)]


@pytest.fixture(scope="module")
def published(built_kemi: Path) -> Graph:
    """All that Kemi publishes: the data and the catalogue."""
    publication = publications.open_current(built_kemi)
    catalogue = publication.record("catalog")
    assert catalogue is not None
    data = Graph().parse(publication.path("dataset.nt"))
    return data.parse(data=catalogue.triples, format="nt")


@pytest.fixture(scope="module")
def reasoned_kemi(published: Graph) -> Graph:
    return closure(data=published)


def test_no_term_is_published_that_is_not_declared(published: Graph) -> None:
    declared = set(ontology().subjects(RDF.type))

    assert not terms_in(published) - declared


def test_a_reasoner_finds_no_contradiction_in_what_kemi_publishes(reasoned_kemi: Graph) -> None:
    assert contradictions(reasoned_kemi) == []


def test_a_reasoner_adds_no_class_of_others_to_kemi_s_own_things(reasoned_kemi: Graph) -> None:
    own = {
        HANKE.Project: {FOAF.Project},
        HANKE.Sector: {SKOS.Concept},
        HANKE.ListEntry: {URIRef("http://www.w3.org/ns/prov#Entity")},
        HANKE.SourceDocument: {FOAF.Document, URIRef("http://www.w3.org/ns/prov#Entity")},  # no dcat:Distribution
        HANKE.Fund: {HANKE.FundingSource, SKOS.Concept},
    }

    for kind, parents in own.items():
        things = set(reasoned_kemi.subjects(RDF.type, kind))
        assert things
        for thing in things:
            assert set(reasoned_kemi.objects(thing, RDF.type)) == {kind, *parents, OWL.Thing}


def test_a_reasoner_finds_a_mistake_in_what_kemi_publishes(published: Graph) -> None:
    project = next(iter(published.subjects(RDF.type, HANKE.Project)))

    assert contradictions(closure((project, HANKE.inSector, project), data=published))


PROJECT = URIRef("http://localhost:8000/id/project/tyopaja")


def test_a_reasoner_finds_no_contradiction() -> None:
    assert contradictions(closure()) == []


def test_a_reasoner_takes_a_project_for_a_project_and_nothing_else() -> None:
    reasoned = closure()

    assert set(reasoned.objects(PROJECT, RDF.type)) == {HANKE.Project, FOAF.Project, OWL.Thing}
    assert HANKE.ListEntry not in set(reasoned.objects(URIRef("http://localhost:8000/id/source/hankkeet"), RDF.type))
    assert (PROJECT, HANKE.participant, URIRef("http://localhost:8000/id/organisation/lapin-yliopisto")) in reasoned
    assert (PROJECT, HANKE.financedBy, URIRef("http://localhost:8000/id/funding/eakr")) in reasoned


@pytest.mark.parametrize(
    "mistake",
    [
        (PROJECT, RDF.type, FOAF.Agent),
        (URIRef("http://localhost:8000/id/funding/eakr"), RDF.type, HANKE.GrantType),
        (PROJECT, HANKE.funder, URIRef("http://localhost:8000/id/funding/eakr")),
    ],
    ids=["a project that acts", "a fund that is a grant type", "a fund that funds"],
)
def test_a_reasoner_finds_a_contradiction_where_there_is_one(mistake: tuple[URIRef, URIRef, URIRef]) -> None:
    assert contradictions(closure(mistake))


def test_why_frapo_stands_apart_from_the_vocabulary() -> None:
    """FRAPO 1.1.1 says that whatever has a foaf:name is a person; so no organisation could have one."""
    information = URIRef("http://purl.org/cerif/frapo/hasPersonalInformation")

    reasoned = closure((FOAF.name, RDFS.subPropertyOf, information), (information, RDFS.domain, FOAF.Person))

    assert contradictions(reasoned)
    assert (None, OWL.imports, None) not in ontology()
    assert not [triple for triple in ontology() if "frapo" in str(triple[2]) and isinstance(triple[2], URIRef)]


def test_shapes_and_alignments_name_the_same_vocabulary() -> None:
    for graph, header in ((shapes(), "shapes"), (alignments(), "alignments")):
        iri = URIRef(f"https://w3id.org/hanke/{header}")
        assert graph.value(iri, OWL.versionInfo) == ontology().value(ONTOLOGY, OWL.versionInfo)
        assert graph.value(iri, DCTERMS.license) == ontology().value(ONTOLOGY, DCTERMS.license)
        assert (None, OWL.imports, None) not in graph
    assert set(shapes().objects(None, SH.targetClass)) & CLASSES == CLASSES
