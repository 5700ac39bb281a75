"""The query endpoint about itself: SPARQL 1.1 Service Description with its graphs, sizes, limits and prefixes."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator

from hanke_lod.config import QueryLimits
from hanke_lod.namespaces import DCTERMS, PREFIXES, RDF, RDFS, SCHEMA, VOID, XSD, Vocabulary
from hanke_lod.rdf import Triple, iri, literal
from hanke_lod.texts import LANGUAGES, say
from hanke_lod_server.engines import Holdings
from hanke_lod_server.sparql_formats import GRAPH_FORMATS, RESULT_FORMATS

# https://www.w3.org/TR/sparql11-service-description/
SD = Vocabulary(
    "http://www.w3.org/ns/sparql-service-description#",
    """Service Dataset Graph NamedGraph GraphCollection Feature endpoint supportedLanguage resultFormat feature
    defaultDataset availableGraphs defaultGraph namedGraph name graph SPARQL11Query defaultEntailmentRegime""",
)
_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
_PROPERTY_VALUE = SCHEMA.iri + "PropertyValue"
_HAS_LIMIT = SCHEMA.iri + "additionalProperty"
_UNIT = SCHEMA.iri + "unitCode"
_SH = "http://www.w3.org/ns/shacl#"
_FEATURES = ("prefixes", "columns", "graphs", "read-only")
#: Limits by name, with the UN/CEFACT code of their unit: seconds, bytes, pieces.
UNITS = {"deadline": "SEC", "memory": "AD", "rows": "C62", "bytes": "AD", "length": "AD", "workers": "C62",
          "slow": "C62", "queue": "C62"}  # fmt: skip


def describe(service: str, endpoint: str, holdings: Holdings, limits: QueryLimits) -> list[Triple]:
    """Return the description of the service with an IRI, reached at an endpoint; there are no blank nodes in it."""
    return [*_service(service, endpoint), *_dataset(service, holdings), *_limits(service, limits), *_prefixes(service)]


def in_force(limits: QueryLimits, holdings: Holdings) -> QueryLimits:
    """Return the limits that hold: an engine takes fewer workers where memory is short."""
    state = holdings.state
    return dataclasses.replace(
        limits, workers=int(state.get("workers", limits.workers)), slow=int(state.get("slow", limits.slow))
    )


def _service(service: str, endpoint: str) -> Iterator[Triple]:
    yield _link(service, RDF.type, SD.Service)
    yield _link(service, SD.endpoint, endpoint)
    yield _link(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield _link(service, SD.defaultEntailmentRegime, _SIMPLE)
    yield from _named(service, DCTERMS.title, "sparql-title")
    yield from _named(service, DCTERMS.description, "sparql-description")
    for row in (*RESULT_FORMATS, *GRAPH_FORMATS):
        yield _link(service, SD.resultFormat, row.iri)
    for name in _FEATURES:
        feature = f"{service}#feature-{name}"
        yield _link(service, SD.feature, feature)
        yield _link(feature, RDF.type, SD.Feature)
        yield from _named(feature, RDFS.comment, f"sparql-feature-{name}")


def _dataset(service: str, holdings: Holdings) -> Iterator[Triple]:
    dataset, graphs, default = (f"{service}#{name}" for name in ("dataset", "graphs", "default-graph"))
    yield _link(service, SD.defaultDataset, dataset)
    yield _link(service, SD.availableGraphs, graphs)
    yield _link(dataset, RDF.type, SD.Dataset)
    yield _link(graphs, RDF.type, SD.GraphCollection)
    yield _link(dataset, SD.defaultGraph, default)
    yield from _graph(default, holdings.default)
    for name, count in holdings.named.items():
        if name.startswith("_:"):
            continue  # a blank node names nothing that a query could name
        named = f"{service}#graph-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
        yield _link(dataset, SD.namedGraph, named)
        yield _link(graphs, SD.namedGraph, named)
        yield _link(named, RDF.type, SD.NamedGraph)
        yield _link(named, SD.name, name)
        yield _link(named, SD.graph, f"{named}-statements")
        yield from _graph(f"{named}-statements", count)


def _graph(graph: str, count: int) -> Iterator[Triple]:
    yield _link(graph, RDF.type, SD.Graph)
    yield _value(graph, VOID.triples, str(count), XSD.integer)


def _limits(service: str, limits: QueryLimits) -> Iterator[Triple]:
    for field in dataclasses.fields(limits):
        limit, value = f"{service}#limit-{field.name}", getattr(limits, field.name)
        yield _link(service, _HAS_LIMIT, limit)
        yield _link(limit, RDF.type, _PROPERTY_VALUE)
        yield from _named(limit, SCHEMA.iri + "name", f"sparql-limit-{field.name}")
        yield _value(limit, SCHEMA.value, f"{value:g}" if isinstance(value, float) else str(value), _type(value))
        yield Triple(iri(limit), iri(_UNIT), literal(UNITS[field.name]))


def _type(value: float) -> str:
    return XSD.decimal if isinstance(value, float) and value != int(value) else XSD.integer


def _prefixes(service: str) -> Iterator[Triple]:
    for prefix, namespace in PREFIXES.items():
        declaration = f"{service}#prefix-{prefix}"
        yield _link(service, _SH + "declare", declaration)
        yield _link(declaration, RDF.type, _SH + "PrefixDeclaration")
        yield Triple(iri(declaration), iri(_SH + "prefix"), literal(prefix))
        yield _value(declaration, _SH + "namespace", namespace, XSD.anyURI)


def _link(subject: str, predicate: str, target: str) -> Triple:
    return Triple(iri(subject), iri(predicate), iri(target))


def _value(subject: str, predicate: str, value: str, datatype: str) -> Triple:
    return Triple(iri(subject), iri(predicate), literal(value, datatype=datatype))


def _named(subject: str, predicate: str, text: str) -> Iterator[Triple]:
    for language in LANGUAGES:
        yield Triple(iri(subject), iri(predicate), literal(say(text, language), language))
