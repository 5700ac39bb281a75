"""Namespaces are closed: only terms that exist can be written."""

from __future__ import annotations

import pytest
from rdflib import Graph
from rdflib.namespace import OWL, RDF, SKOS

from hanke_lod import namespaces
from hanke_lod.namespaces import HANKE, ONTOLOGY, PREFIXES, Vocabulary
from hanke_lod.resources import ontology_file

VOCABULARIES = {name: value for name, value in vars(namespaces).items() if isinstance(value, Vocabulary)}
EVERY = pytest.mark.parametrize("vocabulary", VOCABULARIES.values(), ids=VOCABULARIES)


def test_a_misspelled_term_fails_where_it_is_written() -> None:
    with pytest.raises(AttributeError, match="titel"):
        namespaces.DCTERMS.titel  # noqa: B018  # reading the attribute is what is tested


@EVERY
def test_a_vocabulary_holds_the_iris_of_its_terms_and_no_others(vocabulary: Vocabulary) -> None:
    assert all(getattr(vocabulary, term) in vocabulary for term in vocabulary.terms)
    assert vocabulary.iri + "nothing-of-the-kind" not in vocabulary
    assert "https://example.org/title" not in vocabulary


@EVERY
def test_a_vocabulary_has_a_prefix(vocabulary: Vocabulary) -> None:
    assert vocabulary.iri in PREFIXES.values()


def test_no_namespace_has_two_prefixes() -> None:
    assert len(PREFIXES) == len(set(PREFIXES.values()))


def test_schema_org_is_named_with_https() -> None:
    assert "https://schema.org/" == PREFIXES["schema"]


def test_our_terms_are_those_that_the_ontology_defines() -> None:
    graph = Graph().parse(ontology_file(), format="turtle")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept, SKOS.ConceptScheme)
    defined = {
        str(term) for kind in kinds for term in graph.subjects(RDF.type, kind) if str(term).startswith(HANKE.iri)
    }

    assert sorted(defined) == sorted(getattr(HANKE, term) for term in HANKE.terms)


def test_the_ontology_is_declared_under_the_iri_that_names_its_graph() -> None:
    graph = Graph().parse(ontology_file(), format="turtle")

    assert [ONTOLOGY] == [str(subject) for subject in graph.subjects(RDF.type, OWL.Ontology)]
