"""The page of the vocabulary: what it is, a picture, and every term with examples from the data that are served."""

from __future__ import annotations

from dataclasses import dataclass

from hanke_lod.namespaces import DCTERMS, FOAF, HANKE, ONTOLOGY, OWL, PREFIXES, RDFS, SKOS, YSO, Vocabulary
from hanke_lod.rdf import Literal
from hanke_lod.words import date_words
from hanke_lod_server.graph import Graph, Name
from hanke_lod_server.pages.frame import Page, Shown
from hanke_lod_server.pages.picture import Picture, picture
from hanke_lod_server.pages.project import Fact
from hanke_lod_server.pages.resource import prefixed, reference

_RDFS = Vocabulary(RDFS.iri, "domain range subClassOf subPropertyOf seeAlso")
_OWL = Vocabulary(OWL.iri, "Class ObjectProperty DatatypeProperty disjointWith versionIRI versionInfo")
_SKOS = Vocabulary(SKOS.iri, "scopeNote example editorialNote historyNote")
_DCTERMS = Vocabulary(DCTERMS.iri, "license issued modified creator bibliographicCitation")
_STATUS = "http://purl.org/ontology/bibo/status"

#: The groups of terms: the text of the heading, and the types that belong to it.
_GROUPS = (
    ("page-terms-classes", (_OWL.Class,)),
    ("page-terms-properties", (_OWL.ObjectProperty, _OWL.DatatypeProperty)),
    ("page-terms-concepts", (SKOS.ConceptScheme, SKOS.Concept)),
)
#: What is told of a term: the text of the label, the property, and whether the term is its value.
_RELATIONS = (
    ("page-terms-kind-of", _RDFS.subClassOf, False),
    ("page-terms-kinds", _RDFS.subClassOf, True),
    ("page-terms-narrower-than", _RDFS.subPropertyOf, False),
    ("page-terms-narrower", _RDFS.subPropertyOf, True),
    ("page-terms-domain", _RDFS.domain, False),
    ("page-terms-range", _RDFS.range, False),
    ("page-terms-described-by", _RDFS.domain, True),
    ("page-terms-value-of", _RDFS.range, True),
    ("page-terms-not-also", _OWL.disjointWith, None),
    ("page-terms-in-scheme", SKOS.inScheme, False),
    ("page-terms-members", SKOS.inScheme, True),
)

#: Prefixes of vocabularies that only the alignments name.
_ALIGNED = {
    **PREFIXES,
    "eurio": "http://data.europa.eu/s66#",
    "kohesio": "https://linkedopendata.eu/entity/",
    "kohesio-p": "https://linkedopendata.eu/prop/direct/",
    "vivo": "http://vivoweb.org/ontology/core#",
    "yso": YSO,
}


@dataclass(frozen=True)
class Statement:
    """What the data say with a term: of what, and what; a class has no value."""

    subject: Shown
    value: Shown | None


@dataclass(frozen=True)
class TermShown:
    """A term: its prefixed name and place on the page, labels, definition, notes, examples and relations."""

    term: str
    anchor: str
    label: Name
    others: tuple[Name, ...]
    definition: Name
    notes: tuple[Name, ...]
    examples: tuple[Name, ...]
    statement: Statement | None
    relations: tuple[Fact, ...]
    remarks: tuple[Name, ...]


@dataclass(frozen=True)
class TermsShown:
    """Terms under a heading."""

    heading: str
    terms: tuple[TermShown, ...]


@dataclass(frozen=True)
class OntologyShown:
    """All that the ontology's page shows."""

    iri: str
    title: Name
    description: Name
    facts: tuple[Fact, ...]
    picture: Picture
    groups: tuple[TermsShown, ...]


@dataclass(frozen=True)
class _Graphs:
    """The vocabulary, its alignments with others, and examples of its use."""

    ontology: Graph
    alignments: Graph
    examples: Graph


def ontology_shown(page: Page, ontology: Graph, alignments: Graph, examples: Graph) -> OntologyShown:
    """Return what the page about the ontology shows; `examples` may be empty."""
    graphs = _Graphs(ontology, alignments, examples)
    own = [subject for subject in ontology.subjects if subject.startswith(HANKE.iri)]
    return OntologyShown(
        iri=ONTOLOGY,
        title=page.name(ontology.names(ONTOLOGY, (DCTERMS.title,))),
        description=page.name(ontology.names(ONTOLOGY, (DCTERMS.description,))),
        facts=tuple(_header(page, ontology)),
        picture=picture(page, ontology),
        groups=tuple(
            TermsShown(
                page.say(heading),
                tuple(_term(page, graphs, subject) for subject in own if any(ontology.is_a(subject, k) for k in kinds)),
            )
            for heading, kinds in _GROUPS
        ),
    )


def _header(page: Page, graph: Graph) -> list[Fact]:
    status = graph.text(ONTOLOGY, _STATUS).rpartition("/")[2]
    version = Shown(
        graph.text(ONTOLOGY, _OWL.versionInfo) + (f" ({page.say('page-draft')})" if status == "draft" else "")
    )
    licence = graph.text(ONTOLOGY, _DCTERMS.license)
    creator = page.name(graph.names(graph.text(ONTOLOGY, _DCTERMS.creator), (FOAF.name,)))
    cited = Shown(graph.text(ONTOLOGY, _DCTERMS.bibliographicCitation), "en")
    issued = date_words(graph.text(ONTOLOGY, _DCTERMS.modified), page.language)
    return [
        Fact(page.say("page-vocabulary-address"), (Shown(ONTOLOGY),)),
        Fact(page.say("page-vocabulary-version"), (version, Shown(graph.text(ONTOLOGY, _OWL.versionIRI)))),
        Fact(page.say("page-vocabulary-dated"), (Shown(issued),)),
        Fact(page.say("page-vocabulary-by"), (Shown(creator.text, creator.language),)),
        Fact(page.say("page-vocabulary-licence"), (Shown("CC BY 4.0", "", licence, elsewhere=True),)),
        Fact(page.say("page-vocabulary-cite"), (cited,)),
    ]


def _term(page: Page, graphs: _Graphs, iri: str) -> TermShown:
    graph = graphs.ontology
    names = graph.names(iri, (RDFS.label, SKOS.prefLabel))
    label = page.name(names)
    return TermShown(
        term=prefixed(iri),
        anchor=iri.partition("#")[2],
        label=label,
        others=tuple(Name(text, tag) for tag, text in names.items() if tag != label.language),
        definition=page.name(graph.names(iri, (SKOS.definition,))),
        notes=_in_language(page, graph, iri, _SKOS.scopeNote),
        examples=_in_language(page, graph, iri, _SKOS.example),
        statement=_statement(page, graphs.examples, iri),
        relations=tuple(_relations(page, graphs, iri)),
        remarks=_in_language(page, graphs.alignments, iri, _SKOS.editorialNote),
    )


def _relations(page: Page, graphs: _Graphs, iri: str) -> list[Fact]:
    graph = graphs.ontology
    found = []
    for text, predicate, backwards in _RELATIONS:
        forth = [] if backwards else graph.nodes(iri, predicate)
        back = [] if backwards is False else [s for s in graph.subjects if iri in graph.nodes(s, predicate)]
        if forth or back:
            found.append(Fact(page.say(text), tuple(reference(page, node) for node in (*forth, *back))))
    narrower = [n for p in (_RDFS.subClassOf, _RDFS.subPropertyOf) for n in graphs.alignments.nodes(iri, p)]
    for text, nodes in (
        ("page-terms-narrower-elsewhere", narrower),
        ("page-terms-alike", graphs.alignments.nodes(iri, _RDFS.seeAlso)),
    ):
        if nodes:
            found.append(Fact(page.say(text), tuple(reference(page, node, _ALIGNED) for node in nodes)))
    return found


def _statement(page: Page, examples: Graph, iri: str) -> Statement | None:
    """Return what the data say with the term, or None: a publication may not use it."""
    for subject in examples.subjects:
        for term in examples.values(subject, iri):
            return Statement(_thing(page, examples, subject), page.shown(examples, term))
        if any(iri in examples.nodes(subject, predicate) for predicate in examples.properties(subject)):
            return Statement(_thing(page, examples, subject), None)
    return None


def _thing(page: Page, examples: Graph, iri: str) -> Shown:
    """Return a thing by its name, a part of a thing by that of the whole."""
    whole = iri.partition("#")[0]
    name = page.name(examples.names(iri) or examples.names(whole))
    href, elsewhere = page.href(iri)
    return Shown(name.text or iri, name.language, href, elsewhere)


def _in_language(page: Page, graph: Graph, iri: str, predicate: str) -> tuple[Name, ...]:
    """Return all of a property's literals in the reader's language, else in the first language that has any."""
    by_language: dict[str, list[Name]] = {}
    for term in graph.values(iri, predicate):
        if isinstance(term, Literal):
            by_language.setdefault(term.language or "", []).append(Name(term.value, term.language or ""))
    return tuple(by_language.get(page.language) or next(iter(by_language.values()), []))
