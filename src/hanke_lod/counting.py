"""The VoID description: what the default graph holds, counted as SPARQL counts it (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from hanke_lod.config import Config
from hanke_lod.formats import DOCUMENT_FORMATS
from hanke_lod.model import short_hash
from hanke_lod.namespaces import DCTERMS, FOAF, ONTOLOGY, RDF, VOID, XSD
from hanke_lod.rdf import NamedNode, Triple, Writer, literal
from hanke_lod.uris import Addresses, fragment

_CLASS = VOID.iri + "class"  # a word of Python's own


def describe(config: Config, addresses: Addresses, slug: str, triples: Iterable[Triple]) -> list[Triple]:
    """Return the description of the dataset with this slug; `triples` are those of the default graph."""
    held = set(triples)
    dataset = addresses.thing("dataset", slug)
    document = Writer(addresses.path(".well-known/void"))
    document.types(VOID.DatasetDescription)
    document.add(FOAF.primaryTopic, dataset)
    w = Writer(dataset)
    w.types(VOID.Dataset)
    w.named(DCTERMS.title, config.title)
    w.add(FOAF.homepage, addresses.base)
    w.add(VOID.sparqlEndpoint, addresses.path("sparql"))
    w.add(VOID.uriSpace, literal(addresses.base + "id/"))
    w.add(VOID.vocabulary, ONTOLOGY)
    w.add(VOID.exampleResource, addresses.sectors)
    for row in DOCUMENT_FORMATS:
        w.add(VOID.dataDump, addresses.dump(row.suffix))
    if config.licence_confirmed:
        w.add(DCTERMS.license, config.licence)
    classes, properties = _classes(held), Counter(triple.predicate.value for triple in held)
    counts = {
        VOID.triples: len(held),
        VOID.distinctSubjects: len({triple.subject for triple in held}),
        VOID.distinctObjects: len({triple.object for triple in held}),
        VOID.classes: len(classes),
        VOID.properties: len(properties),
    }
    for predicate, count in counts.items():
        w.add(predicate, literal(str(count), datatype=XSD.integer))
    parts = [
        *_partitions(w, "class", classes, (VOID.classPartition, _CLASS, VOID.entities)),
        *_partitions(w, "property", properties, (VOID.propertyPartition, VOID.property, VOID.triples)),
    ]
    return [*document.triples, *w.triples, *parts]


def _classes(triples: Iterable[Triple]) -> Mapping[str, int]:
    """Return how many things there are of each class that has a name; each is stated once."""
    typed = (triple.object for triple in triples if triple.predicate.value == RDF.type)
    return Counter(kind.value for kind in typed if isinstance(kind, NamedNode))


def _partitions(dataset: Writer, kind: str, counts: Mapping[str, int], terms: tuple[str, str, str]) -> Iterable[Triple]:
    """Yield the parts of the dataset by class or property, each with how much there is."""
    partition, of, count = terms
    for term, number in sorted(counts.items()):
        w = Writer(fragment(dataset.subject.value, f"{kind}-{short_hash(term)}"))
        dataset.add(partition, w.subject)
        w.add(of, term)
        w.add(count, literal(str(number), datatype=XSD.integer))
        yield from w.triples
