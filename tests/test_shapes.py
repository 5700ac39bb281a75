"""Each constraint of the shapes is broken once, alone, and nearly broken once; the table below is the whole of it."""

# ruff: noqa: E501 (a case is one row of a table)

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

import pyshacl
import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from hanke_lod import rdf, validating
from hanke_lod.formats import N_TRIPLES
from hanke_lod.validating.terms import n_triples

ROOT = Path(__file__).parents[1]
SHAPE = Namespace("https://w3id.org/hanke/shapes#")
ANY = URIRef("any:thing")
SOME_BLANK_NODE = "_:some"
LANGUAGES = {"fi", "sv", "en"}

Finding = tuple[str, str, str]  # source shape, constraint component, focus node

PREFIXES = """
@prefix p: <http://localhost:8000/id/project/> .
@prefix b: <http://localhost:8000/id/project/tyopaja#> .
@prefix b2: <http://localhost:8000/id/project/tyopaja-2#> .
@prefix o: <http://localhost:8000/id/organisation/> .
@prefix s: <http://localhost:8000/id/sector/> .
@prefix f: <http://localhost:8000/id/funding/> .
@prefix src: <http://localhost:8000/id/source/> .
@prefix e: <http://localhost:8000/id/source/hankkeet#> .
@prefix ds: <http://localhost:8000/id/dataset/> .
@prefix d: <http://localhost:8000/id/dataset/hankkeet#> .
@prefix service: <http://localhost:8000/id/service/> .
@prefix id: <http://localhost:8000/id/> .
@prefix language: <http://publications.europa.eu/resource/authority/language/> .
@prefix licence: <http://publications.europa.eu/resource/authority/licence/> .
@prefix theme: <http://publications.europa.eu/resource/authority/data-theme/> .
@prefix right: <http://publications.europa.eu/resource/authority/access-right/> .
@prefix frequency: <http://publications.europa.eu/resource/authority/frequency/> .
@prefix file: <http://publications.europa.eu/resource/authority/file-type/> .
@prefix kind: <http://purl.org/adms/publishertype/> .
@prefix ex: <https://example.org/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix hanke: <https://w3id.org/hanke/ns#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix frapo: <http://purl.org/cerif/frapo/> .
@prefix m8g: <http://data.europa.eu/m8g/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix yso: <http://www.yso.fi/onto/yso/> .
"""


class Case(NamedTuple):
    """One constraint: an edit of conforming.ttl that breaks it and nothing else, and one that nearly does.

    An edit is "what goes >> what comes", both in Turtle with the prefixes above; "*" in what goes is any value.
    """

    shape: str
    component: str
    breaks: str
    focus: str  # the nodes at fault, in Turtle; [] is a blank node
    passes: str


# Nodes that several edits need.
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
NEW_AGENT = "o:uusi a foaf:Agent, org:Organization ; foaf:name 'Uusi'@fi ; skos:prefLabel 'Uusi'@fi"
NEW_UNIT = "o:uusi a foaf:Agent, org:OrganizationalUnit ; foaf:name 'Uusi'@fi ; skos:prefLabel 'Uusi'@fi"
NEW_FUND = (
    "f:uusi a hanke:Fund, hanke:FundingSource, skos:Concept ; skos:prefLabel 'Uusi'@fi ; skos:inScheme id:funding"
)
NEW_SCHEME = "id:uusi a skos:ConceptScheme ; dcterms:title 'Uusi'@fi"
NEW_AMOUNT = "b:budget-2 a schema:MonetaryAmount ; schema:value 1.5 ; schema:currency 'EUR'"
NEW_SUM = f"e:sum-2 a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue '{SHA}'^^xsd:hexBinary"
NEW_SOURCE = (
    "src:uusi a hanke:SourceDocument ; dcterms:title 'Uusi'@fi ; dcterms:publisher o:virasto ; dcterms:language language:FIN ;"
    " dcterms:source ex:uusi ; dcterms:issued '2023-01-01'^^xsd:date ; dcterms:format <https://www.iana.org/assignments/media-types/text/html> ; spdx:checksum e:sum-2 . "
) + NEW_SUM
NEW_DATASET = (
    "ds:uusi a dcat:Dataset ; dcterms:title 'Uusi'@fi ; dcterms:description 'Uusi'@fi ; dcterms:identifier 'uusi' ;"
    " dcterms:publisher o:virasto ; dcat:distribution d:turtle"
)
NEW_ENTRY = (
    "e:uusi a hanke:ListEntry ; hanke:originalText 'Uusi'@fi ; hanke:lineNumber 12 ; prov:wasQuotedFrom src:hankkeet"
)
NEW_SECTOR = "s:uusi a hanke:Sector, skos:Concept ; skos:prefLabel 'Uusi'@fi ; skos:inScheme id:sector ; skos:broader s:elinvoima"

NO_PERIOD = (
    "p:tyopaja-2 dcterms:temporal * . b2:period * * . p:tyopaja-2 hanke:earliestStart * . p:tyopaja-2 hanke:latestEnd *"
)
NO_BOUNDS = "b2:period dcat:startDate * . b2:period dcat:endDate * . p:tyopaja-2 hanke:earliestStart * . p:tyopaja-2 hanke:latestEnd *"
NO_END = "b2:period dcat:endDate * . p:tyopaja-2 hanke:latestEnd *"
NO_START = "b2:period dcat:startDate * . p:tyopaja-2 hanke:earliestStart *"


def role(shape: str, name: str) -> Case:
    """The six roles, the funder and the publisher of the list are checked alike."""
    return Case(
        shape, "class", f">> p:tyopaja-2 hanke:{name} o:puuttuu", "p:tyopaja-2", f">> p:tyopaja-2 hanke:{name} o:museo"
    )


CASES = [
    # ------------------------------------------------------------------------------------------ general.ttl
    Case("Addressed", "nodeKind", ">> [] a skos:Concept", "[]", ">> ex:x a skos:Concept"),
    Case("UnderBase", "pattern", ">> <file:///kemi#budget> a schema:MonetaryAmount ; schema:value 1.5 ; schema:currency 'EUR'", "<file:///kemi#budget>", ">> <https://kemi.example/x#budget> a schema:MonetaryAmount ; schema:value 1.5 ; schema:currency 'EUR'"),
    Case("KnownClass", "in", ">> p:uusi a hanke:Projekt", "p:uusi", ">> ex:x a dcterms:Location"),
    Case("Typed", "minCount", ">> ex:x rdfs:label 'Uusi'@fi", "ex:x", ">> ex:x rdfs:comment 'Uusi'@fi"),
    Case("OnlyProjects", "class", ">> p:uusi hanke:statusAsWritten 'käynnissä'@fi", "p:uusi", ">> p:uusi a dcterms:Location ; rdfs:label 'Uusi'@fi"),
    Case("OnlyEntries", "class", ">> ex:x hanke:originalText 'Uusi'@fi", "ex:x", f">> {NEW_ENTRY}"),
    Case("OnlyPeriods", "class", ">> ex:x hanke:periodAsWritten '2021'", "ex:x", "b:period hanke:periodAsWritten * >>"),
    Case("OnlyAmounts", "class", ">> ex:x schema:currency 'EUR'", "ex:x", f">> {NEW_AMOUNT}"),
    Case("Label", "datatype", ">> s:hyvinvointi rdfs:label 'Hyvinvointi'", "s:hyvinvointi", ">> s:hyvinvointi rdfs:label 'Hyvinvointi'@fi"),
    Case("Label", "uniqueLang", ">> src:hankkeet rdfs:label 'Luettelo'@fi", "src:hankkeet", ">> src:hankkeet rdfs:label 'Förteckning'@sv"),
    Case("AltLabel", "datatype", ">> p:tyopaja-2 skos:altLabel 'Paja'", "p:tyopaja-2", ">> p:tyopaja-2 skos:altLabel 'Paja'@fi, 'Pajat'@fi"),
    Case("AltLabel", "pattern", ">> p:tyopaja-2 skos:altLabel ' '@fi", "p:tyopaja-2", ">> p:tyopaja-2 skos:altLabel ' P '@fi"),
    Case("Description", "datatype", ">> p:tyopaja-2 dcterms:description 'Paja'", "p:tyopaja-2", ">> p:tyopaja-2 dcterms:description 'Paja'@fi"),
    Case("Description", "uniqueLang", ">> p:tyopaja dcterms:description 'Paja'@fi", "p:tyopaja", ">> p:tyopaja dcterms:description 'Paja'@sv"),
    Case("Definition", "datatype", ">> s:hyvinvointi skos:definition 'Palvelut'", "s:hyvinvointi", ">> s:hyvinvointi skos:definition 'Palvelut'@fi"),
    Case("Definition", "uniqueLang", ">> s:elinvoima skos:definition 'Muu'@fi", "s:elinvoima", ">> s:elinvoima skos:definition 'Annat'@sv"),
    Case("KnownLanguage", "or", ">> o:museo skos:altLabel 'Museo'@fin", "'Museo'@fin", ">> o:museo skos:altLabel 'Musea'@smn"),
    Case("KnownLanguage", "or", ">> o:museo skos:altLabel 'Museum'@swe", "'Museum'@swe", ">> o:museo skos:altLabel 'Museum'@sv-FI"),
    Case("Homepage", "nodeKind", ">> o:museo foaf:homepage 'https://example.fi/museo'", "o:museo", ">> o:museo foaf:homepage <http://example.fi/museo>"),
    Case("Homepage", "pattern", ">> o:museo foaf:homepage <ftp://example.fi/museo>", "o:museo", ">> o:museo foaf:homepage <https://example.fi/ftp://museo>"),
    Case("HomepageOfOne", "maxCount", ">> o:museo foaf:homepage <https://www.kemi.fi/>", "<https://www.kemi.fi/>", ">> o:museo foaf:homepage <https://www.kemi.fi/museo>"),
    Case("Spatial", "nodeKind", ">> p:tyopaja-2 dcterms:spatial 'http://www.yso.fi/onto/yso/p94202'", "p:tyopaja-2", ">> p:tyopaja-2 dcterms:spatial yso:p94202, yso:p105351"),
    Case("Spatial", "pattern", ">> p:tyopaja-2 dcterms:spatial <urn:kemi>", "p:tyopaja-2", ">> p:tyopaja-2 dcterms:spatial ex:kemi"),
    Case("Subject", "nodeKind", ">> p:tyopaja-2 dcterms:subject 'http://www.yso.fi/onto/yso/p3917'", "p:tyopaja-2", ">> p:tyopaja-2 dcterms:subject yso:p3917"),
    Case("Subject", "pattern", ">> p:tyopaja-2 dcterms:subject <urn:matkailu>", "p:tyopaja-2", ">> p:tyopaja-2 dcterms:subject ex:matkailu"),
    Case("ExactMatch", "nodeKind", ">> f:helmi skos:exactMatch 'Helmi'", "f:helmi", ">> f:helmi skos:exactMatch ex:helmi"),
    Case("CloseMatch", "nodeKind", ">> f:helmi skos:closeMatch 'Helmi'", "f:helmi", ">> f:helmi skos:closeMatch ex:helmi"),
    Case("BroadMatch", "nodeKind", ">> f:helmi skos:broadMatch 'Helmi'", "f:helmi", ">> f:helmi skos:broadMatch ex:helmi"),
    Case("Language", "nodeKind", ">> src:hankkeet dcterms:language 'http://publications.europa.eu/resource/authority/language/SWE'", "src:hankkeet", ">> src:hankkeet dcterms:language language:SWE"),
    Case("Language", "pattern", ">> src:hankkeet dcterms:language language:fi", "src:hankkeet", ">> src:hankkeet dcterms:language language:SME"),
    Case("MediaType", "nodeKind", "d:turtle dcat:mediaType * >> d:turtle dcat:mediaType 'https://www.iana.org/assignments/media-types/text/turtle'", "d:turtle", "d:turtle dcat:mediaType * >> d:turtle dcat:mediaType <https://www.iana.org/assignments/media-types/application/vnd.oasis.opendocument.text>"),
    Case("MediaType", "pattern", "d:turtle dcat:mediaType * >> d:turtle dcat:mediaType <http://www.iana.org/assignments/media-types/text/turtle>", "d:turtle", "d:turtle dcat:mediaType * >> d:turtle dcat:mediaType <https://www.iana.org/assignments/media-types/application/ld+json>"),
    Case("MediaType", "maxCount", ">> d:turtle dcat:mediaType <https://www.iana.org/assignments/media-types/text/html>", "d:turtle", "d:turtle dcat:mediaType * >>"),
    Case("LandingPage", "nodeKind", "ds:hankkeet dcat:landingPage * >> ds:hankkeet dcat:landingPage 'http://localhost:8000/'", "ds:hankkeet", "ds:hankkeet dcat:landingPage * >>"),
    Case("LandingPage", "pattern", "ds:hankkeet dcat:landingPage * >> ds:hankkeet dcat:landingPage <file:///index.html>", "ds:hankkeet", ">> service:sparql dcat:landingPage ex:sivu"),
    Case("Page", "nodeKind", ">> d:turtle foaf:page 'http://localhost:8000/'", "d:turtle", ">> d:turtle foaf:page <http://localhost:8000/>"),
    Case("Page", "pattern", ">> d:turtle foaf:page <urn:sivu>", "d:turtle", ">> d:turtle foaf:page ex:sivu"),
    Case("ConformsTo", "nodeKind", ">> ds:hankkeet dcterms:conformsTo 'hanke'", "ds:hankkeet", ">> ds:hankkeet dcterms:conformsTo ex:saannot"),
    Case("Rights", "class", ">> d:sparql dcterms:rights 'CC BY 4.0'", "d:sparql", ">> d:sparql dcterms:rights d:rights"),
    Case("Issued", "or", "id:catalog dcterms:issued * >> id:catalog dcterms:issued '2022'^^xsd:gYear", "id:catalog", "id:catalog dcterms:issued * >> id:catalog dcterms:issued '2022-03-01T00:00:00Z'^^xsd:dateTime"),
    Case("Issued", "maxCount", ">> src:hankkeet dcterms:issued '2022-02-16'^^xsd:date", "src:hankkeet", ">> d:turtle dcterms:issued '2022-02-16'^^xsd:date"),
    Case("Modified", "or", "id:catalog dcterms:modified * >> id:catalog dcterms:modified 'eilen'", "id:catalog", "id:catalog dcterms:modified * >> id:catalog dcterms:modified '2022-03-01'^^xsd:date"),
    Case("Modified", "maxCount", ">> id:catalog dcterms:modified '2022-03-02'^^xsd:date", "id:catalog", ">> d:turtle dcterms:modified '2022-03-02'^^xsd:date"),
    # ------------------------------------------------------------------------------------------ project.ttl
    Case("Project", "closed", ">> p:tyopaja dcterms:titel 'Verkstad'@sv", "p:tyopaja", ">> ex:x dcterms:titel 'Verkstad'@sv"),
    Case("ProjectType", "in", ">> p:tyopaja a foaf:Document", "p:tyopaja", ">> p:tyopaja a foaf:Project"),
    Case("ProjectTitle", "minCount", "p:tyopaja dcterms:title * . p:tyopaja rdfs:label * >>", "p:tyopaja", "p:tyopaja dcterms:title 'Verkstad för unga'@sv . p:tyopaja rdfs:label 'Verkstad för unga'@sv >>"),
    Case("ProjectTitle", "datatype", "p:tyopaja-2 dcterms:title * . p:tyopaja-2 rdfs:label * >> p:tyopaja-2 dcterms:title 'Paja' ; rdfs:label 'Paja'", "p:tyopaja-2", "p:tyopaja-2 dcterms:title * . p:tyopaja-2 rdfs:label * >> p:tyopaja-2 dcterms:title 'Paja'@se ; rdfs:label 'Paja'@se"),
    Case("ProjectTitle", "uniqueLang", ">> p:tyopaja dcterms:title 'Toinen'@fi ; rdfs:label 'Toinen'@fi", "p:tyopaja", ">> p:tyopaja dcterms:title 'Työpaja nuorille'@en ; rdfs:label 'Työpaja nuorille'@en"),
    Case("ProjectTitle", "pattern", "p:tyopaja-2 dcterms:title * . p:tyopaja-2 rdfs:label * >> p:tyopaja-2 dcterms:title ' '@fi ; rdfs:label ' '@fi", "p:tyopaja-2", "p:tyopaja-2 dcterms:title * . p:tyopaja-2 rdfs:label * >> p:tyopaja-2 dcterms:title '2'@fi ; rdfs:label '2'@fi"),
    Case("ProjectLabel", "equals", "p:tyopaja rdfs:label 'Verkstad för unga'@sv >>", "p:tyopaja", ">> p:tyopaja dcterms:title 'Workshop'@en ; rdfs:label 'Workshop'@en"),
    Case("ProjectIdentifier", "datatype", ">> p:tyopaja-2 dcterms:identifier 'A1'@fi", "p:tyopaja-2", ">> p:tyopaja-2 dcterms:identifier 'A1', 'B2'"),
    Case("ProjectIdentifier", "pattern", ">> p:tyopaja-2 dcterms:identifier ''", "p:tyopaja-2", ">> p:tyopaja-2 dcterms:identifier '0'"),
    Case("InSector", "class", ">> p:tyopaja hanke:inSector s:puuttuu", "p:tyopaja", ">> p:tyopaja hanke:inSector s:elinvoima"),
    role("ListedBy", "listedBy"),
    role("Participant", "participant"),
    role("Implementer", "implementer"),
    role("CoImplementer", "coImplementer"),
    role("Coordinator", "coordinator"),
    role("Administrator", "administrator"),
    role("Partner", "partner"),
    role("Funder", "funder"),
    Case("FinancedBy", "or", ">> p:tyopaja-2 hanke:financedBy s:elinvoima", "p:tyopaja-2", ">> p:tyopaja-2 hanke:financedBy o:virasto"),
    Case("FundedFrom", "class", ">> p:tyopaja-2 hanke:fundedFrom o:virasto", "p:tyopaja-2", ">> p:tyopaja-2 hanke:fundedFrom f:eakr, f:avustus"),
    Case("TotalBudget", "class", ">> p:tyopaja-2 hanke:totalBudget b2:budget", "p:tyopaja-2", f">> {NEW_AMOUNT} . p:tyopaja-2 hanke:totalBudget b:budget-2"),
    Case("TotalBudget", "maxCount", f">> {NEW_AMOUNT} . p:tyopaja hanke:totalBudget b:budget-2", "p:tyopaja", "p:tyopaja hanke:totalBudget * . b:budget * * >>"),
    Case("Period", "class", ">> p:tyopaja dcterms:temporal '2021'^^xsd:gYear", "p:tyopaja", ">> p:tyopaja dcterms:temporal b:period-2 . b:period-2 a dcterms:PeriodOfTime ; dcat:startDate '2025'^^xsd:gYear"),
    Case("EarliestStart", "datatype", f"{NO_END} . p:tyopaja-2 hanke:earliestStart * >> p:tyopaja-2 hanke:earliestStart '2023-08'^^xsd:gYearMonth", "p:tyopaja-2", f"{NO_END} >>"),
    Case("EarliestStart", "maxCount", ">> p:tyopaja hanke:earliestStart '2021-08-02'^^xsd:date", "p:tyopaja", "p:tyopaja hanke:earliestStart * . b:period dcat:startDate * >> p:tyopaja hanke:earliestStart '2021-08-02'^^xsd:date . b:period dcat:startDate '2021-08-02'^^xsd:date"),
    Case("EarliestStart", "lessThanOrEquals", "p:tyopaja hanke:earliestStart * . b:period dcat:startDate * >> p:tyopaja hanke:earliestStart '2023-08-01'^^xsd:date . b:period dcat:startDate '2023'^^xsd:gYear", "p:tyopaja", "p:tyopaja hanke:earliestStart * . b:period dcat:startDate * >> p:tyopaja hanke:earliestStart '2023-07-31'^^xsd:date . b:period dcat:startDate '2023-07-31'^^xsd:date"),
    Case("LatestEnd", "datatype", f"{NO_START} . p:tyopaja-2 hanke:latestEnd * >> p:tyopaja-2 hanke:latestEnd '2024'^^xsd:gYear", "p:tyopaja-2", f"{NO_START} >>"),
    Case("LatestEnd", "maxCount", ">> p:tyopaja hanke:latestEnd '2023-08-01'^^xsd:date", "p:tyopaja", "p:tyopaja hanke:latestEnd * . b:period dcat:endDate * >> p:tyopaja hanke:latestEnd '2023-08-01'^^xsd:date . b:period dcat:endDate '2023-08-01'^^xsd:date"),
    Case("EarliestStartAgrees", "or", "p:tyopaja hanke:earliestStart * >> p:tyopaja hanke:earliestStart '2021-08-02'^^xsd:date", "p:tyopaja", "p:tyopaja-2 hanke:earliestStart * >> p:tyopaja-2 hanke:earliestStart '2023-08-02'^^xsd:date"),
    Case("EarliestStartAgrees", "or", "p:tyopaja hanke:earliestStart * >> p:tyopaja hanke:earliestStart '2020-01-01'^^xsd:date ; dcterms:temporal b:period-2 . b:period-2 a dcterms:PeriodOfTime ; dcat:startDate '2020-01-02'^^xsd:date", "p:tyopaja", "p:tyopaja hanke:earliestStart * >> p:tyopaja hanke:earliestStart '2020-01-02'^^xsd:date ; dcterms:temporal b:period-2 . b:period-2 a dcterms:PeriodOfTime ; dcat:startDate '2020-01-02'^^xsd:date"),
    Case("LatestEndAgrees", "or", "p:tyopaja hanke:latestEnd * >> p:tyopaja hanke:latestEnd '2023-08-01'^^xsd:date", "p:tyopaja", "p:tyopaja-2 hanke:latestEnd * >> p:tyopaja-2 hanke:latestEnd '2024-12-30'^^xsd:date"),
    Case("Status", "in", ">> p:tyopaja-2 hanke:status hanke:Planned", "p:tyopaja-2", ">> p:tyopaja-2 hanke:status hanke:AppliedFor"),
    Case("Status", "maxCount", ">> p:tyopaja hanke:status hanke:Ended", "p:tyopaja", "p:tyopaja hanke:status * >> p:tyopaja hanke:status hanke:Ended"),
    Case("StatusAsWritten", "datatype", ">> p:tyopaja-2 hanke:statusAsWritten 'haettu'", "p:tyopaja-2", ">> p:tyopaja-2 hanke:statusAsWritten 'haettu'@fi"),
    Case("StatusAsWritten", "maxCount", ">> p:tyopaja hanke:statusAsWritten 'pågår'@sv", "p:tyopaja", "p:tyopaja hanke:statusAsWritten * >>"),
    Case("Relation", "nodeKind", ">> p:tyopaja-2 dcterms:relation 'Työpaja nuorille'@fi", "p:tyopaja-2", "p:tyopaja dcterms:relation * >>"),
    Case("RelationDescribed", "or", ">> p:tyopaja-2 dcterms:relation ex:muu-hanke", "p:tyopaja-2", ">> p:tyopaja-2 dcterms:relation p:tyopaja"),
    Case("StatedIn", "minCount", "p:tyopaja hanke:statedIn * >>", "p:tyopaja", ">> p:tyopaja hanke:statedIn e:77b0d2"),
    Case("StatedIn", "class", ">> p:tyopaja hanke:statedIn e:puuttuu", "p:tyopaja", f">> {NEW_ENTRY} . p:tyopaja hanke:statedIn e:uusi"),
    # ------------------------------------------------------------------------------------------ period.ttl
    Case("PeriodOfTime", "closed", ">> b:period dcat:startTime '2021-08-01'^^xsd:date", "b:period", ">> ex:x dcat:startTime '2021-08-01'^^xsd:date"),
    Case("PeriodType", "in", ">> b:period a skos:Concept", "b:period", "b:period hanke:periodAsWritten * >>"),
    Case("StartDate", "maxCount", ">> b:period dcat:startDate '2021'^^xsd:gYear", "b:period", "b:period dcat:startDate * >> b:period dcat:startDate '2021-08'^^xsd:gYearMonth"),
    Case("EndDate", "maxCount", ">> b:period dcat:endDate '2023'^^xsd:gYear", "b:period", "b:period dcat:endDate * >> b:period dcat:endDate '2023'^^xsd:gYear"),
    Case("DateValue", "or", "b:period dcat:startDate * >> b:period dcat:startDate '2021-08-01'", "'2021-08-01'", "d:period dcat:startDate * >> d:period dcat:startDate '2020-02-29'^^xsd:date"),
    Case("DateValue", "or", "b:period dcat:startDate * >> b:period dcat:startDate '2021-02-29'^^xsd:date", "'2021-02-29'^^xsd:date", "d:period dcat:startDate * >> d:period dcat:startDate '2021-02-28'^^xsd:date"),
    Case("DateValue", "or", "b:period dcat:startDate * >> b:period dcat:startDate '1.8.2021'^^xsd:date", "'1.8.2021'^^xsd:date", "b:period dcat:startDate * >> b:period dcat:startDate '2021-12'^^xsd:gYearMonth"),
    Case("DateValue", "or", "b:period dcat:startDate * >> b:period dcat:startDate '2021-13'^^xsd:gYearMonth", "'2021-13'^^xsd:gYearMonth", "b:period dcat:startDate * >> b:period dcat:startDate '0999'^^xsd:gYear"),
    Case("DateValue", "or", "b:period dcat:startDate * >> b:period dcat:startDate '2021-08'^^xsd:gYear", "'2021-08'^^xsd:gYear", "b:period dcat:startDate * >> b:period dcat:startDate '2021-08'^^xsd:gYearMonth"),
    Case("DateValue", "or", "b:period dcat:endDate * >> b:period dcat:endDate '2023'^^xsd:integer", "'2023'^^xsd:integer", "b:period dcat:endDate * >> b:period dcat:endDate '2023'^^xsd:gYear"),
    Case("Bounds", "minCount", f"{NO_BOUNDS} >>", "b2:period", f"{NO_START} >>"),
    Case("PeriodAsWritten", "datatype", "b:period hanke:periodAsWritten * >> b:period hanke:periodAsWritten 'kevät 2021'@fi", "b:period", "b:period hanke:periodAsWritten * >> b:period hanke:periodAsWritten 'kevät 2021'"),
    Case("PeriodAsWritten", "pattern", "b:period hanke:periodAsWritten * >> b:period hanke:periodAsWritten ''", "b:period", "b:period hanke:periodAsWritten * >> b:period hanke:periodAsWritten '–'"),
    Case("PeriodAsWritten", "maxCount", ">> b:period hanke:periodAsWritten '2021'", "b:period", "b:period hanke:periodAsWritten * >>"),
    Case("PeriodOrder", "or", "d:period dcat:endDate * >> d:period dcat:endDate '2021-07-31'^^xsd:date", "d:period", "d:period dcat:endDate * >> d:period dcat:endDate '2021-08-01'^^xsd:date"),
    Case("PeriodOrder", "or", "d:period dcat:startDate * >> d:period dcat:startDate '2025-01-01'^^xsd:date", "d:period", "d:period dcat:startDate * >> d:period dcat:startDate '2024'^^xsd:gYear"),
    Case("StartCounted", "minCount", "p:tyopaja hanke:earliestStart * >>", "b:period", f"{NO_START} >>"),
    Case("StartCounted", "minCount", ">> b:period-2 a dcterms:PeriodOfTime ; dcat:startDate '2025'^^xsd:gYear", "b:period-2", f"{NO_PERIOD} >>"),
    Case("StartCounted", "minCount", "p:tyopaja-2 hanke:earliestStart * >>", "b2:period", "p:tyopaja hanke:earliestStart * >> p:tyopaja dcterms:temporal b:period-2 . b:period-2 a dcterms:PeriodOfTime ; dcat:endDate '2020'^^xsd:gYear"),
    Case("EndCounted", "minCount", "p:tyopaja hanke:latestEnd * >>", "b:period", f"{NO_END} >>"),
    Case("EndCounted", "minCount", ">> b:period-2 a dcterms:PeriodOfTime ; dcat:endDate '2025'^^xsd:gYear", "b:period-2", "p:tyopaja hanke:latestEnd * >> p:tyopaja dcterms:temporal b:period-2 . b:period-2 a dcterms:PeriodOfTime ; dcat:startDate '2025'^^xsd:gYear"),
    # ------------------------------------------------------------------------------------------ budget.ttl
    Case("MonetaryAmount", "closed", ">> b:budget schema:amount 35200.5", "b:budget", ">> ex:x schema:amount 35200.5"),
    Case("AmountType", "in", ">> b:budget a skos:Concept", "b:budget", f">> {NEW_AMOUNT}"),
    Case("Value", "datatype", "b:budget schema:value * >> b:budget schema:value '35200.5'^^xsd:double", "b:budget", "b:budget schema:value * >> b:budget schema:value '250000'^^xsd:decimal"),
    Case("Value", "minInclusive", "b:budget schema:value * >> b:budget schema:value '-0.5'^^xsd:decimal", "b:budget", "b:budget schema:value * >> b:budget schema:value '0'^^xsd:decimal"),
    Case("Value", "pattern", "b:budget schema:value * >> b:budget schema:value '35200.50'^^xsd:decimal", "b:budget", "b:budget schema:value * >> b:budget schema:value '35200.05'^^xsd:decimal"),
    Case("Value", "minCount", "b:budget schema:value * >>", "b:budget", "b:budget schema:value * >> b:budget schema:value '1'^^xsd:decimal"),
    Case("Value", "maxCount", ">> b:budget schema:value '1'^^xsd:decimal", "b:budget", f">> {NEW_AMOUNT}"),
    Case("Currency", "datatype", "b:budget schema:currency * >> b:budget schema:currency 'EUR'@en", "b:budget", "b:budget schema:currency * >> b:budget schema:currency 'EUR'^^xsd:string"),
    Case("Currency", "pattern", "b:budget schema:currency * >> b:budget schema:currency 'euro'", "b:budget", "b:budget schema:currency * >> b:budget schema:currency 'SEK'"),
    Case("Currency", "minCount", "b:budget schema:currency * >>", "b:budget", "b:budget schema:currency * >> b:budget schema:currency 'NOK'"),
    Case("Currency", "maxCount", ">> b:budget schema:currency 'SEK'", "b:budget", f">> {NEW_AMOUNT}"),
    # ------------------------------------------------------------------------------------------ scheme.ttl
    Case("Scheme", "closed", ">> id:sector dcterms:titel 'Sektorer'@sv", "id:sector", ">> id:sector dcterms:description 'Toimialat'@fi"),
    Case("SchemeTitle", "minCount", "id:funding dcterms:title * >>", "id:funding", "id:funding dcterms:title * >> id:funding dcterms:title 'Rahoitus'@fi"),
    Case("SchemeTitle", "datatype", "id:funding dcterms:title * >> id:funding dcterms:title 'Rahoitus'", "id:funding", "id:funding dcterms:title * >> id:funding dcterms:title 'Rahoitus'@en"),
    Case("SchemeTitle", "uniqueLang", ">> id:funding dcterms:title 'Rahoitus'@fi", "id:funding", ">> id:funding dcterms:title 'Rahoitus'@se"),
    Case("SchemePublisher", "class", ">> id:funding dcterms:publisher o:puuttuu", "id:funding", ">> id:funding dcterms:publisher o:virasto"),
    Case("HasTopConcept", "class", ">> id:sector skos:hasTopConcept s:puuttuu", "id:sector", ">> ex:t a skos:ConceptScheme ; dcterms:title 'T'@en ; skos:hasTopConcept theme:GOVE"),
    Case("PrefLabel", "minCount", "s:hyvinvointi skos:prefLabel * >>", "s:hyvinvointi", "s:hyvinvointi skos:prefLabel 'Välfärdssektorn'@sv >>"),
    Case("PrefLabel", "datatype", "s:hyvinvointi skos:prefLabel * >> s:hyvinvointi skos:prefLabel 'Hyvinvointi'", "s:hyvinvointi", "s:hyvinvointi skos:prefLabel * >> s:hyvinvointi skos:prefLabel 'Hyvinvointi'@fi"),
    Case("PrefLabel", "uniqueLang", ">> f:eakr skos:prefLabel 'EAKR'@fi", "f:eakr", ">> f:helmi skos:prefLabel 'Helmi'@sv"),
    Case("PrefLabel", "pattern", "f:helmi skos:prefLabel * >> f:helmi skos:prefLabel '  '@fi", "f:helmi", "f:helmi skos:prefLabel * >> f:helmi skos:prefLabel 'H'@fi"),
    Case("InScheme", "minCount", "s:elinvoima skos:inScheme * >>", "s:elinvoima", f">> {NEW_SECTOR}"),
    Case("InScheme", "maxCount", f">> {NEW_SCHEME} . s:elinvoima skos:inScheme id:uusi", "s:elinvoima", f"f:kunta-helmi skos:inScheme * >> {NEW_SCHEME} . f:kunta-helmi skos:inScheme id:uusi"),
    Case("InScheme", "class", "f:eakr skos:inScheme * >> f:eakr skos:inScheme id:puuttuu", "f:eakr", f">> {NEW_FUND}"),
    Case("TopConceptOf", "equals", "id:sector skos:hasTopConcept s:elinvoima >>", "s:elinvoima", f">> {NEW_FUND} ; skos:topConceptOf id:funding . id:funding skos:hasTopConcept f:uusi"),
    Case("TopConceptOf", "equals", "f:eakr skos:topConceptOf * >>", "f:eakr", "f:eakr skos:topConceptOf * . id:funding skos:hasTopConcept f:eakr >>"),
    # ------------------------------------------------------------------------------------------ sector.ttl
    Case("Sector", "closed", ">> s:elinvoima skos:brodaer s:hyvinvointi", "s:elinvoima", ">> s:elinvoima skos:closeMatch yso:p3917"),
    Case("SectorType", "in", ">> s:elinvoima a foaf:Document", "s:elinvoima", f">> {NEW_SECTOR}"),
    Case("SectorType", "hasValue", f">> {NEW_SECTOR.replace(', skos:Concept', '')}", "s:uusi", f">> {NEW_SECTOR}"),
    Case("Broader", "class", "s:vapaa-aika skos:broader * >> s:vapaa-aika skos:broader s:puuttuu", "s:vapaa-aika", ">> s:vapaa-aika skos:broader s:elinvoima"),
    Case("SectorLoop", "disjoint", ">> s:hyvinvointi skos:broader s:vapaa-aika", "s:hyvinvointi s:vapaa-aika", ">> s:hyvinvointi skos:broader s:elinvoima"),
    Case("SectorLoop", "disjoint", ">> s:elinvoima skos:broader s:elinvoima", "s:elinvoima", f">> {NEW_SECTOR} . s:vapaa-aika skos:broader s:uusi"),
    Case("SectorLoop", "disjoint", f">> {NEW_SECTOR} . s:hyvinvointi skos:broader s:uusi . s:elinvoima skos:broader s:vapaa-aika", "s:elinvoima s:hyvinvointi s:uusi s:vapaa-aika", f">> {NEW_SECTOR} . s:hyvinvointi skos:broader s:uusi"),
    Case("SchemeOfOneKind", "or", "f:kunta-helmi skos:inScheme * >> f:kunta-helmi skos:inScheme id:sector", "id:sector", f"f:kunta-helmi skos:inScheme * >> {NEW_SCHEME} . f:kunta-helmi skos:inScheme id:uusi"),
    Case("SectorSameScheme", "equals", f"s:vapaa-aika skos:inScheme * >> {NEW_SCHEME} . s:vapaa-aika skos:inScheme id:uusi", "s:vapaa-aika", f">> {NEW_SECTOR}"),
    Case("SectorPlace", "minCount", "s:vapaa-aika skos:broader * >>", "s:vapaa-aika", "s:vapaa-aika skos:broader * >> s:vapaa-aika skos:topConceptOf id:sector . id:sector skos:hasTopConcept s:vapaa-aika"),
    # ------------------------------------------------------------------------------------------ funding.ttl
    Case("FundingSource", "closed", ">> f:eakr skos:exactmatch ex:erdf", "f:eakr", ">> f:eakr skos:exactMatch ex:erdf"),
    Case("FundingType", "in", ">> f:eakr a foaf:Document", "f:eakr", ">> f:helmi a frapo:FundingProgramme"),
    Case("FundingType", "hasValue", f">> {NEW_FUND.replace('hanke:FundingSource, ', '')}", "f:uusi", f">> {NEW_FUND.replace('hanke:Fund, ', '')}"),
    Case("FundingType", "hasValue", f">> {NEW_FUND.replace(', skos:Concept', '')}", "f:uusi", f">> {NEW_FUND}"),
    Case("FundingKind", "qualifiedMaxCount", ">> f:eakr a hanke:GrantType", "f:eakr", "f:eakr a hanke:Fund >> f:eakr a hanke:GrantType"),
    Case("IsPartOf", "class", ">> f:helmi dcterms:isPartOf o:virasto", "f:helmi", ">> f:kunta-helmi dcterms:isPartOf f:eakr"),
    Case("FundingLoop", "disjoint", ">> f:helmi dcterms:isPartOf f:kunta-helmi", "f:helmi f:kunta-helmi", ">> f:helmi dcterms:isPartOf f:eakr . f:kunta-helmi dcterms:isPartOf f:eakr"),
    # ------------------------------------------------------------------------------------------ organisation.ttl
    Case("Organisation", "closed", ">> o:museo foaf:nimi 'Museo'@fi", "o:museo", ">> o:museo dcterms:description 'Museo'@fi"),
    Case("OrganisationType", "in", ">> o:museo a skos:Concept", "o:museo", ">> o:museo a m8g:PublicOrganisation"),
    Case("OrganisationType", "hasValue", f">> {NEW_AGENT.replace('foaf:Agent, ', '')}", "o:uusi", f">> {NEW_AGENT.replace(', org:Organization', '')}"),
    Case("OrganisationName", "minCount", "o:museo foaf:name * . o:museo skos:prefLabel * >>", "o:museo", f">> {NEW_AGENT}"),
    Case("OrganisationName", "datatype", "o:museo foaf:name * . o:museo skos:prefLabel * >> o:museo foaf:name 'Museo' ; skos:prefLabel 'Museo'", "o:museo", "o:museo foaf:name * . o:museo skos:prefLabel * >> o:museo foaf:name 'Museo'@se ; skos:prefLabel 'Museo'@se"),
    Case("OrganisationName", "uniqueLang", ">> o:museo foaf:name 'Museo'@fi ; skos:prefLabel 'Museo'@fi", "o:museo", ">> o:museo foaf:name 'Museo'@sv ; skos:prefLabel 'Museo'@sv"),
    Case("OrganisationName", "pattern", "o:museo foaf:name * . o:museo skos:prefLabel * >> o:museo foaf:name ''@fi ; skos:prefLabel ''@fi", "o:museo", "o:museo foaf:name * . o:museo skos:prefLabel * >> o:museo foaf:name 'M'@fi ; skos:prefLabel 'M'@fi"),
    Case("OrganisationPrefLabel", "equals", "o:museo skos:prefLabel * >>", "o:museo", ">> o:museo foaf:name 'Museo'@en ; skos:prefLabel 'Museo'@en"),
    Case("Classification", "nodeKind", ">> o:museo org:classification 'museo'@fi", "o:museo", ">> o:museo org:classification ex:museo"),
    Case("ClassificationBySector", "or", "o:nuorisopalvelut org:classification * >> o:nuorisopalvelut org:classification s:puuttuu", "o:nuorisopalvelut", "o:nuorisopalvelut org:classification * >> o:nuorisopalvelut org:classification yso:p10083"),
    Case("UnitOf", "class", "o:nuorisopalvelut org:unitOf * >> o:nuorisopalvelut org:unitOf o:puuttuu", "o:nuorisopalvelut", ">> o:museo org:unitOf o:nuorisopalvelut"),
    Case("UnitOf", "maxCount", ">> o:nuorisopalvelut org:unitOf o:virasto", "o:nuorisopalvelut", "o:nuorisopalvelut org:unitOf * >> o:nuorisopalvelut org:unitOf o:virasto"),
    Case("UnitHasParent", "minCount", f">> {NEW_UNIT}", "o:uusi", f">> {NEW_UNIT} ; org:unitOf o:virasto"),
    Case("UnitLoop", "disjoint", ">> o:kemin-kaupunki org:unitOf o:nuorisopalvelut", "o:kemin-kaupunki o:nuorisopalvelut", ">> o:kemin-kaupunki org:unitOf o:kuntayhtyma"),
    Case("OrganisationIdentifier", "datatype", ">> o:museo org:identifier '7654321-0'@fi", "o:museo", ">> o:museo org:identifier '7654321-0'"),
    Case("OrganisationIdentifier", "pattern", ">> o:museo org:identifier ' '", "o:museo", ">> o:museo org:identifier '7'"),
    Case("OrganisationCode", "datatype", ">> o:museo dcterms:identifier '7654321-0'@fi", "o:museo", ">> o:museo dcterms:identifier '7654321-0'"),
    Case("OrganisationCode", "pattern", ">> o:museo dcterms:identifier ' '", "o:museo", ">> o:museo dcterms:identifier '7'"),
    Case("SameAs", "nodeKind", ">> o:museo schema:sameAs 'https://example.org/museo'", "o:museo", ">> o:museo schema:sameAs ex:museo"),
    Case("SameAs", "pattern", ">> o:museo schema:sameAs <urn:museo>", "o:museo", ">> o:museo schema:sameAs <http://example.org/urn:museo>"),
    Case("Mailbox", "nodeKind", ">> o:museo foaf:mbox 'mailto:museo@example.fi'", "o:museo", ">> o:museo foaf:mbox <mailto:museo@example.fi>"),
    Case("Mailbox", "pattern", ">> o:museo foaf:mbox <mailto:museo>", "o:museo", ">> o:museo foaf:mbox <mailto:a.b+c@example.fi>"),
    Case("AgentKind", "nodeKind", ">> o:museo dcterms:type 'http://purl.org/adms/publishertype/LocalAuthority'", "o:museo", ">> o:museo dcterms:type kind:LocalAuthority"),
    Case("AgentKind", "pattern", ">> o:museo dcterms:type yso:p10083", "o:museo", ">> o:museo dcterms:type kind:Company"),
    Case("AgentKind", "maxCount", ">> o:kemin-kaupunki dcterms:type kind:RegionalAuthority", "o:kemin-kaupunki", "o:kemin-kaupunki dcterms:type * >>"),
    # ------------------------------------------------------------------------------------------ source.ttl
    Case("SourceDocument", "closed", ">> src:hankkeet dcterms:titel 'Projekt'@sv", "src:hankkeet", ">> src:hankkeet dcterms:description 'Luettelo'@fi"),
    Case("SourceType", "in", ">> src:hankkeet a skos:Concept", "src:hankkeet", "src:hankkeet a foaf:Document . src:hankkeet a prov:Entity >>"),
    Case("SourceTitle", "minCount", "src:hankkeet dcterms:title * >>", "src:hankkeet", f">> {NEW_SOURCE}"),
    Case("SourceTitle", "datatype", "src:hankkeet dcterms:title * >> src:hankkeet dcterms:title 'Hankkeet'", "src:hankkeet", "src:hankkeet dcterms:title * >> src:hankkeet dcterms:title 'Hankkeet'@se"),
    Case("SourceTitle", "uniqueLang", ">> src:hankkeet dcterms:title 'Hankkeet'@fi", "src:hankkeet", ">> src:hankkeet dcterms:title 'Projekt'@sv"),
    Case("SourceTitle", "pattern", "src:hankkeet dcterms:title * >> src:hankkeet dcterms:title ' '@fi", "src:hankkeet", "src:hankkeet dcterms:title * >> src:hankkeet dcterms:title 'H'@fi"),
    Case("SourcePublisher", "class", "src:hankkeet dcterms:publisher * >> src:hankkeet dcterms:publisher o:puuttuu", "src:hankkeet", "src:hankkeet dcterms:publisher * >> src:hankkeet dcterms:publisher o:virasto"),
    Case("SourcePublisher", "maxCount", ">> src:hankkeet dcterms:publisher o:virasto", "src:hankkeet", f">> {NEW_SOURCE}"),
    Case("SourcePublisherTold", "minCount", "src:hankkeet dcterms:publisher * >>", "src:hankkeet", "src:hankkeet dcterms:publisher * >> src:hankkeet dcterms:publisher o:museo"),
    Case("SourceLanguage", "minCount", "src:hankkeet dcterms:language * >>", "src:hankkeet", ">> src:hankkeet dcterms:language language:SWE"),
    Case("SourceAddress", "nodeKind", "src:hankkeet dcterms:source * >> src:hankkeet dcterms:source 'https://example.fi/hankkeet'", "src:hankkeet", "src:hankkeet dcterms:source * >> src:hankkeet dcterms:source <http://example.fi/hankkeet>"),
    Case("SourceAddress", "pattern", "src:hankkeet dcterms:source * >> src:hankkeet dcterms:source <file:///hankkeet>", "src:hankkeet", "src:hankkeet dcterms:source * >> src:hankkeet dcterms:source <https://example.fi/file:///hankkeet>"),
    Case("SourceAddress", "maxCount", ">> src:hankkeet dcterms:source ex:muu", "src:hankkeet", f">> {NEW_SOURCE}"),
    Case("SourceAddressTold", "minCount", "src:hankkeet dcterms:source * >>", "src:hankkeet", "src:hankkeet dcterms:source * >> src:hankkeet dcterms:source ex:muu"),
    Case("Captured", "datatype", "src:hankkeet prov:generatedAtTime * >> src:hankkeet prov:generatedAtTime '2022-03-01'^^xsd:date", "src:hankkeet", "src:hankkeet prov:generatedAtTime * >> src:hankkeet prov:generatedAtTime '2022-03-01T23:59:59+02:00'^^xsd:dateTime"),
    Case("Captured", "maxCount", ">> src:hankkeet prov:generatedAtTime '2022-03-02T00:00:00Z'^^xsd:dateTime", "src:hankkeet", "src:hankkeet prov:generatedAtTime * >>"),
    Case("SourceDated", "minCount", "src:hankkeet prov:generatedAtTime * . src:hankkeet dcterms:issued * >>", "src:hankkeet", "src:hankkeet dcterms:issued * >>"),
    Case("SourceMediaType", "minCount", "src:hankkeet dcterms:format * >>", "src:hankkeet", f">> {NEW_SOURCE}"),
    Case("SourceMediaType", "maxCount", ">> src:hankkeet dcterms:format <https://www.iana.org/assignments/media-types/text/html>", "src:hankkeet", f">> {NEW_SOURCE}"),
    Case("SourceMediaType", "nodeKind", "src:hankkeet dcterms:format * >> src:hankkeet dcterms:format 'https://www.iana.org/assignments/media-types/text/plain'", "src:hankkeet", "src:hankkeet dcterms:format * >> src:hankkeet dcterms:format <https://www.iana.org/assignments/media-types/application/vnd.oasis.opendocument.text>"),
    Case("SourceMediaType", "pattern", "src:hankkeet dcterms:format * >> src:hankkeet dcterms:format <http://www.iana.org/assignments/media-types/text/plain>", "src:hankkeet", "src:hankkeet dcterms:format * >> src:hankkeet dcterms:format <https://www.iana.org/assignments/media-types/application/ld+json>"),
    Case("SourceChecksum", "minCount", "src:hankkeet spdx:checksum * >>", "src:hankkeet", f">> {NEW_SOURCE}"),
    Case("SourceChecksum", "maxCount", f">> {NEW_SUM} . src:hankkeet spdx:checksum e:sum-2", "src:hankkeet", f"src:hankkeet spdx:checksum * >> {NEW_SUM} . src:hankkeet spdx:checksum e:sum-2"),
    Case("SourceChecksum", "class", "e:checksum * * >>", "src:hankkeet", f">> {NEW_SUM}"),
    Case("Checksum", "closed", ">> e:checksum spdx:value 'e3'", "e:checksum", ">> ex:x spdx:value 'e3'"),
    Case("ChecksumAlgorithm", "in", "e:checksum spdx:algorithm * >> e:checksum spdx:algorithm <https://spdx.org/rdf/terms#checksumAlgorithm_sha256>", "e:checksum", f">> {NEW_SUM}"),
    Case("ChecksumAlgorithm", "minCount", "e:checksum spdx:algorithm * >>", "e:checksum", f">> {NEW_SUM}"),
    Case("ChecksumValue", "datatype", f"e:checksum spdx:checksumValue * >> e:checksum spdx:checksumValue '{SHA}'", "e:checksum", f"e:checksum spdx:checksumValue * >> e:checksum spdx:checksumValue '{SHA}'^^xsd:hexBinary"),
    Case("ChecksumValue", "pattern", f"e:checksum spdx:checksumValue * >> e:checksum spdx:checksumValue '{SHA[:40]}'^^xsd:hexBinary", "e:checksum", f"e:checksum spdx:checksumValue * >> e:checksum spdx:checksumValue '{SHA[::-1]}'^^xsd:hexBinary"),
    Case("ChecksumValue", "minCount", "e:checksum spdx:checksumValue * >>", "e:checksum", f">> {NEW_SUM}"),
    Case("ChecksumValue", "maxCount", f">> e:checksum spdx:checksumValue '{SHA}'^^xsd:hexBinary", "e:checksum", f">> {NEW_SUM}"),
    # ------------------------------------------------------------------------------------------ entry.ttl
    Case("ListEntry", "closed", ">> e:77b0d2 hanke:linenumber 3", "e:77b0d2", ">> e:77b0d2 hanke:lineNumber 3"),
    Case("EntryType", "in", ">> e:77b0d2 a skos:Concept", "e:77b0d2", "e:77b0d2 a prov:Entity >>"),
    Case("OriginalText", "minCount", "e:77b0d2 hanke:originalText * >>", "e:77b0d2", f">> {NEW_ENTRY}"),
    Case("OriginalText", "maxCount", ">> e:77b0d2 hanke:originalText 'Muu'@fi", "e:77b0d2", "e:77b0d2 hanke:originalText * >> e:77b0d2 hanke:originalText 'Muu'@fi"),
    Case("OriginalText", "datatype", "e:77b0d2 hanke:originalText * >> e:77b0d2 hanke:originalText 'Muu'", "e:77b0d2", "e:77b0d2 hanke:originalText * >> e:77b0d2 hanke:originalText 'Muu'@und"),
    Case("OriginalText", "pattern", "e:77b0d2 hanke:originalText * >> e:77b0d2 hanke:originalText ' \\t '@fi", "e:77b0d2", "e:77b0d2 hanke:originalText * >> e:77b0d2 hanke:originalText ' a\\tb\\nc '@fi"),
    Case("UnderHeading", "datatype", ">> e:77b0d2 hanke:underHeading 'Muu'", "e:77b0d2", ">> e:77b0d2 hanke:underHeading 'Muu'@fi, 'Toinen'@fi"),
    Case("UnderHeading", "pattern", ">> e:77b0d2 hanke:underHeading ''@fi", "e:77b0d2", ">> e:77b0d2 hanke:underHeading '-'@fi"),
    Case("LineNumber", "datatype", ">> e:77b0d2 hanke:lineNumber '3'^^xsd:decimal", "e:77b0d2", ">> e:77b0d2 hanke:lineNumber '3'^^xsd:integer"),
    Case("LineNumber", "minInclusive", ">> e:77b0d2 hanke:lineNumber 0", "e:77b0d2", ">> e:77b0d2 hanke:lineNumber 1"),
    Case("LineNumber", "maxCount", ">> e:77b0d2 hanke:lineNumber 3, 4", "e:77b0d2", ">> e:77b0d2 hanke:lineNumber 1000000"),
    Case("Locator", "datatype", "e:77b0d2 hanke:locator * >> e:77b0d2 hanke:locator 's. 3'@fi", "e:77b0d2", "e:77b0d2 hanke:locator * >> e:77b0d2 hanke:locator 'Hankkeet!A12'"),
    Case("Locator", "pattern", "e:77b0d2 hanke:locator * >> e:77b0d2 hanke:locator ' '", "e:77b0d2", "e:77b0d2 hanke:locator * >> e:77b0d2 hanke:locator '3'"),
    Case("Locator", "maxCount", ">> e:77b0d2 hanke:locator 's. 4'", "e:77b0d2", ">> e:3f9a1c hanke:locator 's. 4'"),
    Case("Located", "minCount", "e:77b0d2 hanke:locator * >>", "e:77b0d2", "e:77b0d2 hanke:locator * >> e:77b0d2 hanke:lineNumber 1"),
    Case("QuotedFrom", "minCount", "e:77b0d2 prov:wasQuotedFrom * >>", "e:77b0d2", f">> {NEW_ENTRY}"),
    Case("QuotedFrom", "maxCount", f">> {NEW_SOURCE} . e:77b0d2 prov:wasQuotedFrom src:uusi", "e:77b0d2", f"e:77b0d2 prov:wasQuotedFrom * >> {NEW_SOURCE} . e:77b0d2 prov:wasQuotedFrom src:uusi"),
    Case("QuotedFrom", "class", "e:77b0d2 prov:wasQuotedFrom * >> e:77b0d2 prov:wasQuotedFrom src:puuttuu", "e:77b0d2", f">> {NEW_ENTRY}"),
    # ------------------------------------------------------------------------------------------ catalogue.ttl
    Case("CatalogueTitle", "minCount", "id:catalog dcterms:title * >>", "id:catalog", f">> {NEW_DATASET}"),
    Case("CatalogueTitle", "datatype", ">> ds:hankkeet dcterms:title 'Hankkeet'", "ds:hankkeet", ">> ds:hankkeet dcterms:title 'Projekt'@sv"),
    Case("CatalogueTitle", "uniqueLang", ">> ds:hankkeet dcterms:title 'Hankkeet'@fi", "ds:hankkeet", ">> ds:hankkeet dcterms:title 'Hankkeet'@se"),
    Case("CatalogueTitle", "pattern", ">> ds:hankkeet dcterms:title ''@sv", "ds:hankkeet", ">> ds:hankkeet dcterms:title 'P'@sv"),
    Case("CatalogueDescription", "minCount", "id:catalog dcterms:description * >>", "id:catalog", ">> id:catalog dcterms:description 'Projekt'@sv"),
    Case("Licence", "nodeKind", "id:catalog dcterms:license * >> id:catalog dcterms:license 'https://creativecommons.org/licenses/by/4.0/'", "id:catalog", "id:catalog dcterms:license * >> id:catalog dcterms:license <https://creativecommons.org/licenses/by/4.0/>"),
    Case("Licence", "pattern", "id:catalog dcterms:license * >> id:catalog dcterms:license <urn:cc-by>", "id:catalog", "id:catalog dcterms:license * >>"),
    Case("Licence", "maxCount", ">> d:turtle dcterms:license licence:CC0", "d:turtle", ">> d:sparql dcterms:license licence:CC0"),
    Case("AccessRights", "nodeKind", "ds:hankkeet dcterms:accessRights * >> ds:hankkeet dcterms:accessRights 'http://publications.europa.eu/resource/authority/access-right/PUBLIC'", "ds:hankkeet", "ds:hankkeet dcterms:accessRights * >>"),
    Case("AccessRights", "pattern", "ds:hankkeet dcterms:accessRights * >> ds:hankkeet dcterms:accessRights ex:open", "ds:hankkeet", "ds:hankkeet dcterms:accessRights * >> ds:hankkeet dcterms:accessRights right:RESTRICTED"),
    Case("AccessRights", "maxCount", ">> ds:hankkeet dcterms:accessRights right:RESTRICTED", "ds:hankkeet", ">> service:sparql dcterms:accessRights right:PUBLIC"),
    Case("Contact", "class", ">> ds:hankkeet dcat:contactPoint o:virasto", "ds:hankkeet", ">> ds:hankkeet dcat:contactPoint d:contact-2 . d:contact-2 a vcard:Kind ; vcard:fn 'Arkisto'"),
    Case("CataloguePublisher", "minCount", "id:catalog dcterms:publisher * >>", "id:catalog", "id:catalog dcterms:publisher * >> id:catalog dcterms:publisher o:virasto"),
    Case("CataloguePublisher", "maxCount", ">> id:catalog dcterms:publisher o:virasto", "id:catalog", "id:catalog dcterms:publisher * >> id:catalog dcterms:publisher o:museo"),
    Case("CataloguePublisher", "class", "id:catalog dcterms:publisher * >> id:catalog dcterms:publisher o:puuttuu", "id:catalog", f"id:catalog dcterms:publisher * >> {NEW_AGENT} . id:catalog dcterms:publisher o:uusi"),
    Case("CatalogueDataset", "minCount", "id:catalog dcat:dataset * >>", "id:catalog", f"id:catalog dcat:dataset * >> {NEW_DATASET} . id:catalog dcat:dataset ds:uusi"),
    Case("CatalogueDataset", "class", ">> id:catalog dcat:dataset ds:puuttuu", "id:catalog", f">> {NEW_DATASET} . id:catalog dcat:dataset ds:uusi"),
    Case("CatalogueService", "class", ">> id:catalog dcat:service ds:hankkeet", "id:catalog", "id:catalog dcat:service * >>"),
    Case("DatasetPublisher", "minCount", "service:sparql dcterms:publisher * >>", "service:sparql", "ds:hankkeet dcterms:publisher * >> ds:hankkeet dcterms:publisher o:virasto"),
    Case("DatasetPublisher", "maxCount", ">> ds:hankkeet dcterms:publisher o:virasto", "ds:hankkeet", ">> ds:hankkeet dcterms:creator o:virasto"),
    Case("DatasetPublisher", "class", "ds:hankkeet dcterms:publisher * >> ds:hankkeet dcterms:publisher o:puuttuu", "ds:hankkeet", f"ds:hankkeet dcterms:publisher * >> {NEW_AGENT} . ds:hankkeet dcterms:publisher o:uusi"),
    Case("DatasetIdentifier", "minCount", "ds:hankkeet dcterms:identifier * >>", "ds:hankkeet", "ds:hankkeet dcterms:identifier * >> ds:hankkeet dcterms:identifier 'hankkeet'"),
    Case("DatasetIdentifier", "maxCount", ">> ds:hankkeet dcterms:identifier 'hankkeet'", "ds:hankkeet", f">> {NEW_DATASET}"),
    Case("DatasetIdentifier", "datatype", "ds:hankkeet dcterms:identifier * >> ds:hankkeet dcterms:identifier 'hankkeet'@fi", "ds:hankkeet", "ds:hankkeet dcterms:identifier * >> ds:hankkeet dcterms:identifier 'hankkeet'^^xsd:string"),
    Case("DatasetDistribution", "minCount", "ds:hankkeet dcat:distribution * >>", "ds:hankkeet", "ds:hankkeet dcat:distribution d:sparql >>"),
    Case("DatasetDistribution", "class", ">> ds:hankkeet dcat:distribution d:puuttuu", "ds:hankkeet", ">> ds:hankkeet dcat:distribution d:csv . d:csv a dcat:Distribution ; dcat:accessURL <http://localhost:8000/dataset.csv>"),
    Case("Keyword", "datatype", ">> ds:hankkeet dcat:keyword 'hanke'", "ds:hankkeet", ">> ds:hankkeet dcat:keyword 'hanke'@fi"),
    Case("Keyword", "pattern", ">> ds:hankkeet dcat:keyword 'hankkeet, projektit'@fi", "ds:hankkeet", ">> ds:hankkeet dcat:keyword 'hankkeet ja projektit'@fi"),
    Case("Theme", "nodeKind", ">> ds:hankkeet dcat:theme 'http://publications.europa.eu/resource/authority/data-theme/REGI'", "ds:hankkeet", ">> ds:hankkeet dcat:theme theme:REGI"),
    Case("Theme", "pattern", ">> ds:hankkeet dcat:theme yso:p3006", "ds:hankkeet", ">> ds:hankkeet dcat:theme theme:ECON"),
    Case("DatasetPeriod", "class", ">> ds:hankkeet dcterms:temporal d:puuttuu", "ds:hankkeet", ">> ds:hankkeet dcterms:temporal d:period-2 . d:period-2 a dcterms:PeriodOfTime ; dcat:endDate '2025'^^xsd:gYear"),
    Case("Frequency", "nodeKind", "ds:hankkeet dcterms:accrualPeriodicity * >> ds:hankkeet dcterms:accrualPeriodicity 'http://publications.europa.eu/resource/authority/frequency/IRREG'", "ds:hankkeet", "ds:hankkeet dcterms:accrualPeriodicity * >>"),
    Case("Frequency", "pattern", "ds:hankkeet dcterms:accrualPeriodicity * >> ds:hankkeet dcterms:accrualPeriodicity ex:joskus", "ds:hankkeet", "ds:hankkeet dcterms:accrualPeriodicity * >> ds:hankkeet dcterms:accrualPeriodicity frequency:ANNUAL"),
    Case("Frequency", "maxCount", ">> ds:hankkeet dcterms:accrualPeriodicity frequency:ANNUAL", "ds:hankkeet", f">> {NEW_DATASET} ; dcterms:accrualPeriodicity frequency:ANNUAL"),
    Case("AccessURL", "minCount", "d:sparql dcat:accessURL * >>", "d:sparql", ">> d:sparql dcat:accessURL ex:sparql"),
    Case("AccessURL", "nodeKind", ">> d:sparql dcat:accessURL 'http://localhost:8000/sparql'", "d:sparql", "d:sparql dcat:accessURL * >> d:sparql dcat:accessURL <https://example.org/sparql>"),
    Case("AccessURL", "pattern", ">> d:sparql dcat:accessURL <urn:sparql>", "d:sparql", ">> d:sparql dcat:accessURL <http://example.org/urn:sparql>"),
    Case("DownloadURL", "nodeKind", ">> d:turtle dcat:downloadURL 'http://localhost:8000/dataset.ttl'", "d:turtle", "d:turtle dcat:downloadURL * >>"),
    Case("DownloadURL", "pattern", ">> d:turtle dcat:downloadURL <file:///dataset.ttl>", "d:turtle", ">> d:turtle dcat:downloadURL <https://localhost:8000/dataset.ttl>"),
    Case("Format", "nodeKind", "d:turtle dcterms:format * >> d:turtle dcterms:format 'http://publications.europa.eu/resource/authority/file-type/RDF_TURTLE'", "d:turtle", "d:turtle dcterms:format * >>"),
    Case("Format", "pattern", "d:turtle dcterms:format * >> d:turtle dcterms:format <https://www.iana.org/assignments/media-types/text/turtle>", "d:turtle", "d:turtle dcterms:format * >> d:turtle dcterms:format file:RDF"),
    Case("Format", "maxCount", ">> d:turtle dcterms:format file:RDF", "d:turtle", ">> d:sparql dcterms:format file:SPARQLQ"),
    Case("ByteSize", "datatype", "d:turtle dcat:byteSize * >> d:turtle dcat:byteSize 12345", "d:turtle", "d:turtle dcat:byteSize * >> d:turtle dcat:byteSize '0'^^xsd:nonNegativeInteger"),
    Case("ByteSize", "maxCount", ">> d:turtle dcat:byteSize '1'^^xsd:nonNegativeInteger", "d:turtle", "d:turtle dcat:byteSize * >>"),
    Case("DistributionChecksum", "class", "d:turtle-checksum * * >>", "d:turtle", "d:turtle spdx:checksum * . d:turtle-checksum * * >>"),
    Case("DistributionChecksum", "maxCount", f">> {NEW_SUM} . d:turtle spdx:checksum e:sum-2", "d:turtle", f">> {NEW_SUM} . d:sparql spdx:checksum e:sum-2"),
    Case("EndpointURL", "minCount", "service:sparql dcat:endpointURL * >>", "service:sparql", ">> service:sparql dcat:endpointURL ex:sparql"),
    Case("EndpointURL", "nodeKind", ">> service:sparql dcat:endpointURL 'http://localhost:8000/sparql'", "service:sparql", ">> service:sparql dcat:endpointURL <http://localhost:8000/>"),
    Case("EndpointURL", "pattern", ">> service:sparql dcat:endpointURL <urn:sparql>", "service:sparql", ">> service:sparql dcat:endpointURL <https://localhost:8000/sparql>"),
    Case("ServesDataset", "class", ">> service:sparql dcat:servesDataset ds:puuttuu", "service:sparql", f">> {NEW_DATASET} . service:sparql dcat:servesDataset ds:uusi"),
    Case("ContactName", "minCount", "d:contact vcard:fn * >>", "d:contact", "d:contact vcard:fn 'Kemi stad'@sv >>"),
    Case("ContactName", "pattern", ">> d:contact vcard:fn ' '", "d:contact", ">> d:contact vcard:fn 'K'"),
    Case("ContactEmail", "nodeKind", ">> d:contact vcard:hasEmail 'mailto:kirjaamo@example.fi'", "d:contact", "d:contact vcard:hasEmail * >>"),
    Case("ContactEmail", "pattern", ">> d:contact vcard:hasEmail <https://example.fi/kirjaamo>", "d:contact", ">> d:contact vcard:hasEmail <mailto:arkisto@example.fi>"),
    Case("Catalog", "closed", ">> id:catalog dcterms:titel 'Luettelo'@fi", "id:catalog", ">> id:catalog dcterms:title 'Katalog'@no"),
    Case("Dataset", "closed", ">> ds:hankkeet dcterms:titel 'Hankkeet'@fi", "ds:hankkeet", ">> ds:hankkeet dcterms:title 'Prosjekter'@no"),
    Case("Distribution", "closed", ">> d:turtle dcat:mediatype ex:turtle", "d:turtle", ">> d:turtle dcterms:title 'Turtle'@fi"),
    Case("DataService", "closed", ">> service:sparql dcat:endpointUrl ex:sparql", "service:sparql", ">> service:sparql dcat:endpointURL ex:sparql"),
    Case("ContactPoint", "closed", ">> d:contact vcard:hasEmial ex:posti", "d:contact", ">> d:contact vcard:hasURL ex:posti"),
    Case("ThemeTaxonomy", "class", ">> id:catalog dcat:themeTaxonomy d:puuttuu", "id:catalog", ">> id:catalog dcat:themeTaxonomy id:sector"),
    Case("DatasetCreator", "class", ">> ds:hankkeet dcterms:creator d:puuttuu", "ds:hankkeet", ">> ds:hankkeet dcterms:creator o:virasto"),
    Case("DatasetProvenance", "class", ">> ds:hankkeet dcterms:provenance d:puuttuu", "ds:hankkeet", ">> ds:hankkeet dcterms:provenance d:muu . d:muu a dcterms:ProvenanceStatement ; rdfs:label 'Luettelosta'@fi"),
    Case("DatasetOtherIdentifier", "class", ">> ds:hankkeet adms:identifier d:puuttuu", "ds:hankkeet", ">> ds:hankkeet adms:identifier d:muu . d:muu a adms:Identifier ; skos:notation 'x'"),
    Case("DatasetConversion", "class", ">> ds:hankkeet prov:wasGeneratedBy d:puuttuu", "ds:hankkeet", ">> ds:hankkeet prov:wasGeneratedBy d:muu . d:muu a prov:Activity"),
    Case("AccessService", "class", ">> d:turtle dcat:accessService d:puuttuu", "d:turtle", ">> d:turtle dcat:accessService service:sparql"),
    Case("DatasetVersion", "maxCount", ">> ds:hankkeet dcat:version '2'", "ds:hankkeet", "ds:hankkeet dcat:version * >>"),
    Case("DatasetVersion", "datatype", "ds:hankkeet dcat:version * >> ds:hankkeet dcat:version 1", "ds:hankkeet", "ds:hankkeet dcat:version * >> ds:hankkeet dcat:version '1.0'"),
    Case("Availability", "maxCount", ">> d:turtle dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/TEMPORARY>", "d:turtle", ">> d:sparql dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/TEMPORARY>"),
    Case("Availability", "nodeKind", "d:turtle dcatap:availability * >> d:turtle dcatap:availability 'http://publications.europa.eu/resource/authority/planned-availability/STABLE'", "d:turtle", "d:turtle dcatap:availability * >>"),
    Case("Availability", "pattern", "d:turtle dcatap:availability * >> d:turtle dcatap:availability ex:STABLE", "d:turtle", "d:turtle dcatap:availability * >> d:turtle dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/TEMPORARY>"),
    Case("DistributionStatus", "maxCount", ">> d:turtle adms:status <http://publications.europa.eu/resource/authority/distribution-status/DEVELOP>", "d:turtle", ">> d:sparql adms:status <http://publications.europa.eu/resource/authority/distribution-status/DEVELOP>"),
    Case("DistributionStatus", "nodeKind", "d:turtle adms:status * >> d:turtle adms:status 'http://publications.europa.eu/resource/authority/distribution-status/COMPLETED'", "d:turtle", "d:turtle adms:status * >>"),
    Case("DistributionStatus", "pattern", "d:turtle adms:status * >> d:turtle adms:status ex:COMPLETED", "d:turtle", "d:turtle adms:status * >> d:turtle adms:status <http://publications.europa.eu/resource/authority/distribution-status/DEVELOP>"),
    Case("EndpointDescription", "nodeKind", ">> service:sparql dcat:endpointDescription 'https://example.org/'", "service:sparql", "service:sparql dcat:endpointDescription * >>"),
    Case("EndpointDescription", "pattern", ">> service:sparql dcat:endpointDescription <urn:x>", "service:sparql", ">> service:sparql dcat:endpointDescription ex:x"),
    Case("ContactURL", "nodeKind", ">> d:contact vcard:hasURL 'https://example.org/'", "d:contact", "d:contact vcard:hasURL * >>"),
    Case("ContactURL", "pattern", ">> d:contact vcard:hasURL <urn:x>", "d:contact", ">> d:contact vcard:hasURL ex:x"),
]  # fmt: skip


@functools.cache
def shapes() -> Graph:
    graph = Graph()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(file)
    return graph


@functools.cache
def conforming() -> Graph:
    return Graph().parse(ROOT / "tests" / "shapes" / "conforming.ttl")


def turtle(text: str) -> Graph:
    return Graph().parse(data=f"{PREFIXES}{text} .", format="turtle") if text else Graph()


def edited(edit: str) -> Graph:
    goes, comes = (side.strip() for side in edit.split(">>"))
    graph = Graph()
    for triple in conforming():
        graph.add(triple)
    for pattern in turtle(goes.replace(" *", " <any:thing>")):
        before = len(graph)
        graph.remove(tuple(None if term == ANY else term for term in pattern))
        assert len(graph) < before, f"nothing to take away: {goes}"
    for triple in turtle(comes):
        graph.add(triple)
    return graph


def findings(graph: Graph) -> set[Finding]:
    """Return what a person is told of: the shape, the kind of constraint and the node at fault."""
    data = validating.to_graph(rdf.parse(graph.serialize(format="nt", encoding="utf-8"), N_TRIPLES))
    return {
        (result.shape, result.component, SOME_BLANK_NODE if result.focus.startswith("_:") else result.focus)
        for result in validating.check(data, shapes()).results
    }


def expected(case: Case) -> set[Finding]:
    component = f"{case.component[0].upper()}{case.component[1:]}ConstraintComponent"
    nodes = turtle(f"ex:focus ex:is {', '.join(case.focus.split())}").objects()
    return {
        (str(SHAPE[case.shape]), component, SOME_BLANK_NODE if isinstance(node, BNode) else n_triples(node))
        for node in nodes
    }


def targeted_shapes() -> set[Node]:
    """The shapes that find their own nodes; the rest are parts that these refer to."""
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    return {shape for target in targets for shape in shapes().subjects(target)}


def ids(cases: list[Case]) -> list[str]:
    return [f"{case.shape}-{case.component}-{number}" for number, case in enumerate(cases)]


def test_the_example_conforms() -> None:
    assert set() == findings(edited(">>"))


def test_the_vocabulary_beside_the_data_conforms() -> None:
    """A publication holds its vocabulary too."""
    assert set() == findings(edited(">>").parse(ROOT / "ontology" / "hanke.ttl"))


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_a_broken_constraint_is_found_alone_and_at_the_right_node(case: Case) -> None:
    assert expected(case) == findings(edited(case.breaks))


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_a_near_miss_passes(case: Case) -> None:
    assert set() == findings(edited(case.passes))


def test_every_constraint_has_its_case() -> None:
    not_constraints = {
        RDF.type, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.path,
        SH.name, SH.description, SH.message, SH.severity, SH.order,
        SH.ignoredProperties,  # of sh:closed
        SH.qualifiedValueShape,  # of sh:qualifiedMaxCount
    }  # fmt: skip
    constraints = {
        (shape, parameter)
        for shape in targeted_shapes()
        for parameter in shapes().predicates(shape)
        if parameter not in not_constraints
    }

    assert constraints == {(SHAPE[case.shape], SH[case.component]) for case in CASES}


@pytest.mark.parametrize("shape", sorted(targeted_shapes()), ids=lambda shape: shape.rpartition("#")[2])
def test_a_shape_reads_as_documentation(shape: URIRef) -> None:
    def languages(what: URIRef) -> list[str]:
        return sorted(text.language for text in shapes().objects(shape, what))

    assert sorted(LANGUAGES) == languages(SH.message) == languages(SH.name) == languages(SH.description)
    for message in shapes().objects(shape, SH.message):
        assert message.endswith(".")
        assert ". " not in message.replace("s. 3", "").replace("p. 3", ""), "a message is one sentence"
    (_severity,) = shapes().objects(shape, SH.severity)
    (_order,) = shapes().objects(shape, SH.order)


def test_the_order_of_reading_is_told_once_for_each_place() -> None:
    orders = [order.value for order in shapes().objects(None, SH.order)]

    assert len(orders) == len(set(orders))


def test_a_finding_speaks_three_languages() -> None:
    _, report, _ = pyshacl.validate(edited(">> p:tyopaja dcterms:titel 'Verkstad'@sv"), shacl_graph=shapes())

    assert {message.language for message in report.objects(None, SH.resultMessage)} == LANGUAGES


def test_the_shapes_are_well_formed_core_shapes_with_addresses() -> None:
    kinds = {SH.NodeShape, SH.PropertyShape}

    assert not [shape for kind in kinds for shape in shapes().subjects(RDF.type, kind) if isinstance(shape, BNode)]
    assert not list(shapes().subjects(SH.property))
    assert not list(shapes().subjects(SH.sparql))
    pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)


CLOSED = sorted(shapes().subjects(SH.closed, Literal(True)))


@pytest.mark.parametrize("shape", CLOSED, ids=lambda shape: shape.rpartition("#")[2])
def test_a_misspelt_property_is_found_on_every_class(shape: URIRef) -> None:
    for target in shapes().objects(shape, SH.targetClass):
        node = conforming().value(None, RDF.type, target)
        assert node is not None, f"no example of {target}"
        graph = edited(">>")
        graph.add((node, URIRef(f"{DCTERMS}titel"), Literal("Verkstad", lang="sv")))

        assert (str(shape), "ClosedConstraintComponent", n_triples(node)) in findings(graph)


@pytest.mark.parametrize("shape", CLOSED, ids=lambda shape: shape.rpartition("#")[2])
def test_a_class_may_carry_exactly_what_has_a_rule(shape: URIRef) -> None:
    classes = set(shapes().objects(shape, SH.targetClass))
    allowed = set(Collection(shapes(), shapes().value(shape, SH.ignoredProperties)))
    ruled = {
        (path, bool(classes & set(shapes().objects(rule, SH.targetClass))))
        for rule, path in shapes().subject_objects(SH.path)
        if isinstance(path, URIRef)
    }

    assert allowed >= {path for path, of_this_class in ruled if of_this_class}
    notes = {RDFS.isDefinedBy, SKOS.editorialNote}  # of the scheme of statuses, in the vocabulary itself
    assert allowed <= {path for path, _ in ruled} | set(shapes().objects(None, SH.equals)) | notes
