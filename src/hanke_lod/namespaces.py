"""Prefixes and closed vocabularies: a misspelled term raises AttributeError where it is written."""

from __future__ import annotations

ONTOLOGY = "https://w3id.org/hanke/ns"
#: Where the bundled shapes have their addresses.
SHAPES = "https://w3id.org/hanke/shapes#"


class Vocabulary:
    """A namespace that knows its terms: `DCTERMS.title` is the IRI as a string, `DCTERMS.titel` an AttributeError."""

    def __init__(self, iri: str, terms: str) -> None:
        self.iri = iri
        self.terms = frozenset(terms.split())

    def __getattr__(self, term: str) -> str:
        if term in self.terms:
            return self.iri + term
        raise AttributeError(f"{self.iri} has no term {term!r}")

    def __contains__(self, iri: str) -> bool:
        return iri.startswith(self.iri) and iri[len(self.iri) :] in self.terms


HANKE = Vocabulary(
    ONTOLOGY + "#",
    """Project Sector FundingSource Fund FundingProgramme GrantType SourceDocument ListEntry
    participant implementer coImplementer coordinator administrator partner financedBy funder fundedFrom
    inSector listedBy statedIn earliestStart latestEnd periodAsWritten status statusAsWritten totalBudget
    locator lineNumber originalText underHeading statuses AppliedFor Underway Ended""",
)
RDF = Vocabulary("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type langString")
RDFS = Vocabulary("http://www.w3.org/2000/01/rdf-schema#", "label comment seeAlso isDefinedBy subPropertyOf")
XSD = Vocabulary(
    "http://www.w3.org/2001/XMLSchema#",
    """string integer decimal boolean date dateTime gYear gYearMonth anyURI hexBinary nonNegativeInteger""",
)
OWL = Vocabulary("http://www.w3.org/2002/07/owl#", "Ontology versionIRI versionInfo deprecated")
SKOS = Vocabulary(
    "http://www.w3.org/2004/02/skos/core#",
    """Concept ConceptScheme prefLabel altLabel definition inScheme broader narrower topConceptOf hasTopConcept
    exactMatch closeMatch broadMatch notation""",
)
DCTERMS = Vocabulary(
    "http://purl.org/dc/terms/",
    """title description identifier temporal PeriodOfTime spatial Location subject publisher source isPartOf
    relation issued modified language LinguisticSystem license LicenseDocument rights RightsStatement
    accessRights accrualPeriodicity Frequency provenance ProvenanceStatement conformsTo Standard format
    MediaType MediaTypeOrExtent type isReferencedBy creator valid""",
)
FOAF = Vocabulary("http://xmlns.com/foaf/0.1/", "Project Agent Document homepage name page mbox primaryTopic")
ORG = Vocabulary(
    "http://www.w3.org/ns/org#",
    "Organization FormalOrganization OrganizationalUnit unitOf classification identifier",
)
M8G = Vocabulary("http://data.europa.eu/m8g/", "PublicOrganisation")
DCAT = Vocabulary(
    "http://www.w3.org/ns/dcat#",
    """Catalog Dataset Distribution DataService dataset service distribution contactPoint keyword theme
    themeTaxonomy landingPage accessURL downloadURL mediaType byteSize accessService endpointURL
    endpointDescription servesDataset startDate endDate version""",
)
DCATAP = Vocabulary("http://data.europa.eu/r5r/", "availability applicableLegislation")
PROV = Vocabulary(
    "http://www.w3.org/ns/prov#",
    "Entity Activity wasQuotedFrom wasDerivedFrom wasGeneratedBy generatedAtTime used",
)
SCHEMA = Vocabulary("https://schema.org/", "MonetaryAmount value currency sameAs funder")
SPDX = Vocabulary(
    "http://spdx.org/rdf/terms#",
    "Checksum ChecksumAlgorithm checksum algorithm checksumValue checksumAlgorithm_sha256",
)
ADMS = Vocabulary("http://www.w3.org/ns/adms#", "Identifier identifier status")
VCARD = Vocabulary("http://www.w3.org/2006/vcard/ns#", "Kind Organization fn hasEmail hasURL")
VOID = Vocabulary(
    "http://rdfs.org/ns/void#",
    """Dataset DatasetDescription sparqlEndpoint dataDump triples uriSpace vocabulary exampleResource distinctSubjects
    distinctObjects classes properties classPartition class entities propertyPartition property""",
)
HYDRA = Vocabulary(
    "http://www.w3.org/ns/hydra/core#",
    "Collection PartialCollectionView totalItems member view first previous next last",
)

#: Prefix → namespace, as written in Turtle and RDF/XML and filled in for SPARQL queries.
PREFIXES: dict[str, str] = {
    "adms": ADMS.iri,
    "dcat": DCAT.iri,
    "dcatap": DCATAP.iri,
    "dcterms": DCTERMS.iri,
    "foaf": FOAF.iri,
    "frapo": "http://purl.org/cerif/frapo/",
    "hanke": HANKE.iri,
    "hydra": HYDRA.iri,
    "m8g": M8G.iri,
    "org": ORG.iri,
    "owl": OWL.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": SKOS.iri,
    "spdx": SPDX.iri,
    "vann": "http://purl.org/vocab/vann/",
    "vcard": VCARD.iri,
    "void": VOID.iri,
    "xsd": XSD.iri,
}

#: The EU's authority tables, and IANA's media types, as DCAT-AP names them.
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
YSO = "http://www.yso.fi/onto/yso/"
#: ISO 639-1 → the EU's language table.
LANGUAGE_IRIS = {"fi": EU + "language/FIN", "sv": EU + "language/SWE", "en": EU + "language/ENG"}
