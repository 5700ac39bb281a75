"""Everything as triples: each decision of the ontology that applies, on small things and on Kemi."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hanke_lod.building import Understood
from hanke_lod.describing import ORGANISATION_CLASSES, Description, bounds, canonical, describe
from hanke_lod.identity import merge, register
from hanke_lod.lexicon import ORGANISATION_KINDS
from hanke_lod.model import (
    Block,
    Document,
    Entry,
    FundingSource,
    Money,
    Organisation,
    PartialDate,
    Participation,
    Period,
    Place,
    Project,
    Role,
    Sector,
    SourceRecord,
    Status,
    Understanding,
)
from hanke_lod.namespaces import (
    DCAT,
    DCTERMS,
    FOAF,
    HANKE,
    M8G,
    ORG,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SPDX,
    XSD,
    YSO,
)
from hanke_lod.rdf import BlankNode, Literal, NamedNode, Triple, literal
from hanke_lod.texts import LANGUAGES
from hanke_lod.uris import Addresses

BASE = "https://data.example.fi/"
PROJECT = BASE + "id/project/silta"
CITY = Organisation("kemin-kaupunki", {"fi": "Kemin kaupunki", "sv": "Kemi stad"}, "municipality", place=YSO + "p94202")
ENTRY = Entry("Silta 2021–31.1.2022", Place(7), ("Tekninen toimiala",))
SILTA = Project(ENTRY, (), "fi", "Silta")


def described(*projects: Project, publisher: Organisation | None = CITY, iri: str = "", **source: Any) -> Description:
    """Return the description of one list; further facts are a SourceRecord's."""
    blocks = tuple(Block("entry", p.entry.text, p.entry.place, entry=p.entry) for p in projects)
    document = Document("hankkeet.txt", "text/plain", "00ff" * 16, "fi", blocks)
    facts = {"titles": {"fi": "Lista"}, "url": "", "captured": "", "publisher_takes_part": False, **source}
    made = register(
        {"hankkeet.txt": SourceRecord(understanding=Understanding(document, projects), **facts)}, publisher, (), {}
    ).register
    merged = {slug: merge(statements) for slug, statements in made.projects.items()}
    return describe(made, Addresses(BASE), merged, iri)


def values(triples: Iterable[Triple], subject: str, predicate: str) -> list[str]:
    """Return the values that a subject has of a property, as text, sorted."""
    return sorted(
        t.object.value
        for t in triples
        if isinstance(t.subject, NamedNode)
        and t.subject.value == subject
        and t.predicate.value == predicate
        and isinstance(t.object, NamedNode | Literal)
    )


def objects(triples: Iterable[Triple], predicate: str) -> set[object]:
    """Return all values of a property."""
    return {t.object for t in triples if t.predicate.value == predicate}


def predicates(triples: Iterable[Triple], subject: str) -> set[str]:
    """Return the properties that a subject has."""
    return {t.predicate.value for t in triples if t.subject == NamedNode(subject)}


# ── projects (decisions 2–6, 13) ────────────────────────────────────────────────────────────────────────────


def test_a_project_is_a_hanke_project_and_a_foaf_project_and_nothing_else() -> None:
    assert [FOAF.Project, HANKE.Project] == values(described(SILTA).merged, PROJECT, RDF.type)


def test_a_title_is_in_its_language_and_also_the_label() -> None:
    triples = described(SILTA).merged

    assert {literal("Silta", "fi")} == {
        t.object for t in triples if t.subject == NamedNode(PROJECT) and t.predicate.value == DCTERMS.title
    }
    assert ["Silta"] == values(triples, PROJECT, RDFS.label)


def test_other_names_description_and_home_page_are_stated_when_there_are_any() -> None:
    told = replace(SILTA, other_names=("Sillat",), description="Silta on uusi.", homepage="https://silta.example.fi/")

    triples = described(told).merged

    assert ["Sillat"] == values(triples, PROJECT, SKOS.altLabel)
    assert ["Silta on uusi."] == values(triples, PROJECT, DCTERMS.description)
    assert ["https://silta.example.fi/"] == values(triples, PROJECT, FOAF.homepage)
    assert not {SKOS.altLabel, DCTERMS.description, FOAF.homepage} & predicates(described(SILTA).merged, PROJECT)


@pytest.mark.parametrize("takes_part", [False, True], ids=["silent", "takes-part"])
def test_the_publisher_lists_a_project_and_takes_part_only_where_its_settings_say_so(takes_part: bool) -> None:
    triples = described(SILTA, publisher_takes_part=takes_part).merged

    assert [BASE + "id/organisation/kemin-kaupunki"] == values(triples, PROJECT, HANKE.listedBy)
    assert takes_part is (HANKE.participant in predicates(triples, PROJECT))
    assert HANKE.implementer not in predicates(triples, PROJECT)


def test_without_a_publisher_nobody_is_said_to_list_the_project() -> None:
    triples = described(SILTA, publisher=None, publisher_takes_part=True).merged

    assert not {HANKE.listedBy, HANKE.participant} & predicates(triples, PROJECT)
    assert not objects(triples, DCTERMS.publisher)


def test_a_publisher_s_own_identifier_names_it_everywhere() -> None:
    own = "https://kemi.example.fi/id/kaupunki"

    triples = described(SILTA, iri=own, publisher_takes_part=True).merged

    assert [own] == values(triples, PROJECT, HANKE.listedBy) == values(triples, PROJECT, HANKE.participant)
    assert ["Kemi stad", "Kemin kaupunki"] == values(triples, own, FOAF.name)
    assert not [t for t in triples if t.subject == NamedNode(BASE + "id/organisation/kemin-kaupunki")]


@pytest.mark.parametrize(
    "role", ["participant", "implementer", "coImplementer", "coordinator", "administrator", "partner", "funder"]
)
def test_a_role_is_a_property_of_the_project(role: Role) -> None:
    company = Organisation("a-oy", {"fi": "A Oy"}, "company")

    triples = described(replace(SILTA, participations=(Participation(role, company),))).merged

    assert [BASE + "id/organisation/a-oy"] == values(triples, PROJECT, HANKE.iri + role)


def test_a_period_s_datatypes_are_its_precision_and_its_bounds_are_days() -> None:
    period = Period(PartialDate(2021), PartialDate(2022, 1), "2021–tammikuu 2022")

    triples = described(replace(SILTA, periods=(period,))).merged

    assert [PROJECT + "#period"] == values(triples, PROJECT, DCTERMS.temporal)
    assert [DCTERMS.PeriodOfTime] == values(triples, PROJECT + "#period", RDF.type)
    assert {literal("2021", datatype=XSD.gYear)} == objects(triples, DCAT.startDate)
    assert {literal("2022-01", datatype=XSD.gYearMonth)} == objects(triples, DCAT.endDate)
    assert {literal("2021–tammikuu 2022")} == objects(triples, HANKE.periodAsWritten)
    assert {literal("2021-01-01", datatype=XSD.date)} == objects(triples, HANKE.earliestStart)
    assert {literal("2022-01-31", datatype=XSD.date)} == objects(triples, HANKE.latestEnd)


def test_an_open_end_is_absent() -> None:
    triples = described(replace(SILTA, periods=(Period(PartialDate(2021, 5, 1), None, "1.5.2021–"),))).merged

    assert {literal("2021-05-01", datatype=XSD.date)} == objects(triples, DCAT.startDate)
    assert not objects(triples, DCAT.endDate) | objects(triples, HANKE.latestEnd)


def test_several_periods_are_numbered_and_their_bounds_are_those_of_all() -> None:
    periods = (
        Period(PartialDate(2021), PartialDate(2021), "2021"),
        Period(PartialDate(2019), PartialDate(2020), "2019–2020"),
    )

    triples = described(replace(SILTA, periods=periods)).merged

    assert [PROJECT + "#period", PROJECT + "#period-2"] == values(triples, PROJECT, DCTERMS.temporal)
    assert ["2019-01-01"] == values(triples, PROJECT, HANKE.earliestStart)
    assert ["2021-12-31"] == values(triples, PROJECT, HANKE.latestEnd)


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ((), (None, None)),
        (((2021, 2022),), (date(2021, 1, 1), date(2022, 12, 31))),
        (((2021, None),), (date(2021, 1, 1), None)),
        (((None, 2022),), (None, date(2022, 12, 31))),
        (((2021, 2022), (2023, None)), (date(2021, 1, 1), None)),
        (((2021, 2022), (None, 2023)), (None, date(2023, 12, 31))),
    ],
    ids=["none", "closed", "open-end", "open-start", "one-of-two-open-at-the-end", "one-of-two-open-at-the-start"],
)
def test_a_bound_is_open_where_one_of_the_periods_is(
    periods: tuple[tuple[int | None, int | None], ...], expected: tuple[date | None, date | None]
) -> None:
    made = tuple(Period(s and PartialDate(s), e and PartialDate(e), "") for s, e in periods)  # type: ignore[arg-type]

    assert expected == bounds(replace(SILTA, periods=made))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("250000", "250000"),
        ("250000.00", "250000"),
        ("35200.50", "35200.5"),
        ("1E+6", "1000000"),
        ("0.10", "0.1"),
        ("100", "100"),
    ],
)
def test_a_sum_is_in_canonical_form(amount: str, text: str) -> None:
    assert text == canonical(Decimal(amount))


def test_a_budget_is_a_part_of_the_project() -> None:
    triples = described(replace(SILTA, budget=Money(Decimal("35200.50"), "EUR", "35 200,50 €"))).merged

    assert [PROJECT + "#budget"] == values(triples, PROJECT, HANKE.totalBudget)
    assert {literal("35200.5", datatype=XSD.decimal)} == objects(triples, SCHEMA.value)
    assert ["EUR"] == values(triples, PROJECT + "#budget", SCHEMA.currency)


def test_a_status_that_the_list_states_is_a_concept_and_its_words() -> None:
    triples = described(replace(SILTA, status=Status("Underway", "käynnissä"))).merged

    assert [HANKE.Underway] == values(triples, PROJECT, HANKE.status)
    assert {literal("käynnissä", "fi")} == objects(triples, HANKE.statusAsWritten)
    assert HANKE.status not in predicates(described(SILTA).merged, PROJECT)


# ── organisations, funds, sectors ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_every_kind_of_organisation_has_its_classes(kind: str) -> None:
    assert kind in ORGANISATION_CLASSES

    company = Organisation("x", {"fi": "X"}, kind)
    triples = described(replace(SILTA, participations=(Participation("partner", company),))).merged

    assert {FOAF.Agent, ORG.Organization} <= set(values(triples, BASE + "id/organisation/x", RDF.type))


@pytest.mark.parametrize(
    ("organisation", "classes", "classification"),
    [
        (CITY, {M8G.PublicOrganisation, ORG.FormalOrganization}, [YSO + "p10083"]),
        (
            Organisation("x", {"fi": "X"}, "joint-authority"),
            {M8G.PublicOrganisation, ORG.FormalOrganization},
            [YSO + "p719"],
        ),
        (Organisation("x", {"fi": "X"}, "company"), {ORG.FormalOrganization}, []),
        (Organisation("x", {"fi": "X"}, "other"), set(), []),
        (Organisation("x", {"fi": "X"}, "unit"), {ORG.OrganizationalUnit}, []),
    ],
    ids=["municipality", "joint-authority", "company", "other", "unit"],
)
def test_an_organisation_is_what_its_kind_says_and_no_more(
    organisation: Organisation, classes: set[str], classification: list[str]
) -> None:
    triples = described(replace(SILTA, participations=(Participation("partner", organisation),))).merged
    name = f"{BASE}id/organisation/{organisation.key}"

    assert {FOAF.Agent, ORG.Organization, *classes} == set(values(triples, name, RDF.type))
    assert classification == values(triples, name, ORG.classification)


def test_an_organisation_is_identified_without_owl_same_as() -> None:
    told = Organisation("x", {"fi": "X"}, "university", same_as=("https://ror.org/05jzt8766",), identifier="1234567-8")

    triples = described(replace(SILTA, participations=(Participation("partner", told),))).merged

    assert ["https://ror.org/05jzt8766"] == values(triples, BASE + "id/organisation/x", SCHEMA.sameAs)
    assert ["1234567-8"] == values(triples, BASE + "id/organisation/x", ORG.identifier)
    assert not [t for t in triples if t.predicate.value.endswith("owl#sameAs")]


def test_a_place_is_used_directly() -> None:
    assert [YSO + "p94202"] == values(described(SILTA).merged, BASE + "id/organisation/kemin-kaupunki", DCTERMS.spatial)


def test_a_unit_belongs_to_its_body_and_is_classified_by_its_sector() -> None:
    sector = Sector("tekninen", {"fi": "Tekninen"})
    unit = Organisation(
        "yksikko", {"fi": "Yksikkö"}, "unit", classification="sector:tekninen", part_of="kemin-kaupunki"
    )

    triples = described(replace(SILTA, sectors=(sector,), participations=(Participation("participant", unit),))).merged

    assert [BASE + "id/organisation/kemin-kaupunki"] == values(triples, BASE + "id/organisation/yksikko", ORG.unitOf)
    assert [BASE + "id/sector/tekninen"] == values(triples, BASE + "id/organisation/yksikko", ORG.classification)


def test_a_unit_of_a_sector_under_which_no_project_stands_is_described_all_the_same() -> None:
    unit = Organisation("yksikko", {"fi": "Yksikkö"}, "unit", classification="sector:tekninen")

    triples = described(replace(SILTA, participations=(Participation("participant", unit),))).merged

    assert ["Yksikkö"] == values(triples, BASE + "id/organisation/yksikko", FOAF.name)


@pytest.mark.parametrize(
    ("kind", "class_"), [("fund", HANKE.Fund), ("programme", HANKE.FundingProgramme), ("grant", HANKE.GrantType)]
)
def test_a_funding_source_is_a_concept_of_the_scheme_and_no_agent(kind: Any, class_: str) -> None:
    fund = FundingSource("x", {"fi": "X"}, kind, exact_match=("https://example.org/x",))

    triples = described(replace(SILTA, funding=(fund,))).merged
    name = BASE + "id/funding/x"

    assert {HANKE.FundingSource, class_, SKOS.Concept} == set(values(triples, name, RDF.type))
    assert [name] == values(triples, PROJECT, HANKE.fundedFrom)
    assert HANKE.funder not in predicates(triples, PROJECT)
    assert [BASE + "id/funding"] == values(triples, name, SKOS.inScheme)
    assert ["https://example.org/x"] == values(triples, name, SKOS.exactMatch)


def test_a_sector_stands_below_its_parent_and_the_topmost_are_the_scheme_s() -> None:
    above, below = Sector("a", {"fi": "A"}), Sector("b", {"fi": "B"}, parent="a")

    triples = described(replace(SILTA, sectors=(below,)), replace(SILTA, title="Tie", sectors=(above,))).merged

    assert [BASE + "id/sector/a"] == values(triples, BASE + "id/sector/b", SKOS.broader)
    assert [BASE + "id/sector/a"] == values(triples, BASE + "id/sector", SKOS.hasTopConcept)
    assert [BASE + "id/sector"] == values(triples, BASE + "id/sector/a", SKOS.topConceptOf)
    assert SKOS.topConceptOf not in predicates(triples, BASE + "id/sector/b")


@pytest.mark.parametrize("scheme", ["sector", "funding"])
def test_a_scheme_has_its_title_in_every_language(scheme: str) -> None:
    name = NamedNode(f"{BASE}id/{scheme}")
    titles = [t.object for t in described(SILTA).merged if t.subject == name and t.predicate.value == DCTERMS.title]

    assert set(LANGUAGES) == {title.language for title in titles if isinstance(title, Literal)}


# ── provenance (decision 7) ─────────────────────────────────────────────────────────────────────────────────


def test_a_project_is_stated_in_an_entry_that_is_quoted_from_the_document() -> None:
    triples = described(SILTA).merged
    (entry,) = values(triples, PROJECT, HANKE.statedIn)

    assert entry.startswith(BASE + "id/source/lista#")
    assert {HANKE.ListEntry, PROV.Entity} == set(values(triples, entry, RDF.type))
    assert [BASE + "id/source/lista"] == values(triples, entry, PROV.wasQuotedFrom)
    assert ["Silta 2021–31.1.2022"] == values(triples, entry, HANKE.originalText)
    assert ["Tekninen toimiala"] == values(triples, entry, HANKE.underHeading)
    assert ["7"] == values(triples, entry, HANKE.lineNumber)


def test_an_entry_without_lines_has_a_locator() -> None:
    triples = described(replace(SILTA, entry=replace(ENTRY, place=Place(page=3)))).merged

    assert {literal("page 3")} == objects(triples, HANKE.locator)
    assert not objects(triples, HANKE.lineNumber)


def test_a_line_number_stands_in_the_document_of_the_source_only() -> None:
    made = described(SILTA)

    assert not objects(made.document("project", "silta"), HANKE.lineNumber)
    assert objects(made.document("source", "lista"), HANKE.lineNumber)


def test_a_source_has_its_checksum_language_address_and_day() -> None:
    triples = described(SILTA, url="https://www.example.fi/lista", captured="2022-03-01").merged
    name = BASE + "id/source/lista"

    assert {HANKE.SourceDocument, PROV.Entity, FOAF.Document} == set(values(triples, name, RDF.type))
    assert ["https://www.example.fi/lista"] == values(triples, name, DCTERMS.source)
    assert {literal("2022-03-01T00:00:00Z", datatype=XSD.dateTime)} == objects(triples, PROV.generatedAtTime)
    assert {literal("00ff" * 16, datatype=XSD.hexBinary)} == objects(triples, SPDX.checksumValue)
    assert [name + "#checksum"] == values(triples, name, SPDX.checksum)


def test_what_is_not_known_of_a_source_is_not_stated() -> None:
    assert not {DCTERMS.source, PROV.generatedAtTime} & predicates(described(SILTA).merged, BASE + "id/source/lista")


# ── documents and graphs (decision 12) ──────────────────────────────────────────────────────────────────────


def test_a_document_repeats_the_labels_of_what_it_links_to() -> None:
    company = Organisation("a-oy", {"fi": "A Oy"}, "company", identifier="1234567-8")

    triples = described(replace(SILTA, participations=(Participation("partner", company),))).document(
        "project", "silta"
    )

    assert ["A Oy"] == values(triples, BASE + "id/organisation/a-oy", FOAF.name)
    assert not values(triples, BASE + "id/organisation/a-oy", ORG.identifier)


def test_what_each_source_states_is_in_its_own_graph_and_the_first_is_believed() -> None:
    documents = []
    for name, year in (("a.txt", 2021), ("b.txt", 2022)):
        project = replace(SILTA, periods=(Period(PartialDate(year), None, f"{year}–"),))
        blocks = (Block("entry", project.entry.text, project.entry.place, entry=project.entry),)
        document = Document(name, "text/plain", "00", "fi", blocks)
        documents.append((name, SourceRecord({"fi": name}, "", "", False, Understanding(document, (project,)))))
    made = register(dict(documents), CITY, (), {}).register

    description = describe(made, Addresses(BASE), {slug: merge(s) for slug, s in made.projects.items()})

    assert ["2021"] == values(description.sources["a-txt"], PROJECT + "#period", DCAT.startDate)
    assert ["2022"] == values(description.sources["b-txt"], PROJECT + "#period", DCAT.startDate)
    assert ["2021"] == values(description.merged, PROJECT + "#period", DCAT.startDate)
    assert 2 == len(values(description.merged, PROJECT, HANKE.statedIn))


# ── Kemi ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_examples_say_one_thing_with_each_term_that_is_used(kemi: Understood) -> None:
    description = kemi.description
    merged = {(t.subject, t.predicate, t.object) for t in description.merged}
    used = {t.predicate.value for t in description.merged} | {t.object.value for t in description.merged}

    examples = description.examples

    assert {term for term in used if term in HANKE} == {
        term for t in examples for term in (t.predicate.value, t.object.value) if term in HANKE
    }
    assert {(t.subject, t.predicate, t.object) for t in examples} <= merged
    projects = {t.subject.value for t in examples if t.predicate.value in (HANKE.fundedFrom, HANKE.earliestStart)}
    assert 1 == len(projects)


def test_without_projects_there_are_no_examples() -> None:
    assert [] == Description({}, {}, {}, {}).examples


def test_kemi_has_no_blank_node(kemi: Understood) -> None:
    graphs = [kemi.description.merged, *kemi.description.sources.values()]

    assert not [t for graph in graphs for t in graph if BlankNode in (type(t.subject), type(t.object))]


def test_kemi_s_literals_are_in_the_form_that_engines_give_back(kemi: Understood) -> None:
    datatypes = {t.object.datatype.value for t in kemi.description.merged if isinstance(t.object, Literal)}

    assert datatypes <= {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", XSD.string, XSD.integer, XSD.decimal, XSD.date,
        XSD.dateTime, XSD.gYear, XSD.gYearMonth, XSD.hexBinary,
    }  # fmt: skip


def test_kemi_s_texts_for_people_have_a_language(kemi: Understood) -> None:
    spoken = {
        DCTERMS.title,
        DCTERMS.description,
        RDFS.label,
        SKOS.prefLabel,
        SKOS.altLabel,
        FOAF.name,
        HANKE.originalText,
        HANKE.underHeading,
        HANKE.statusAsWritten,
    }

    assert all(
        isinstance(t.object, Literal) and t.object.language
        for t in kemi.description.merged
        if t.predicate.value in spoken
    )


def test_kemi_takes_part_in_every_project_and_implements_none(kemi: Understood) -> None:
    city = "http://localhost:8000/id/organisation/kemin-kaupunki"
    triples = kemi.description.merged

    for slug in kemi.register.projects:
        assert city in values(triples, f"http://localhost:8000/id/project/{slug}", HANKE.participant)
    assert not [t for t in triples if t.object == NamedNode(city) and t.predicate.value == HANKE.implementer]


def test_kemi_s_state_grants_have_no_funder(kemi: Understood) -> None:
    assert not [t for t in kemi.description.merged if t.predicate.value == HANKE.funder]


def test_kemi_s_projects_have_no_status_for_the_list_states_none(kemi: Understood) -> None:
    assert not objects(kemi.description.merged, HANKE.status)


def test_every_thing_that_kemi_s_data_link_to_at_home_is_described(kemi: Understood) -> None:
    triples = kemi.description.merged
    subjects = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
    linked = {t.object.value for t in triples if isinstance(t.object, NamedNode)}

    assert set() == {iri for iri in linked if iri.startswith("http://localhost:8000/")} - subjects
