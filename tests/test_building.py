"""The whole way: the same bytes everywhere, all or nothing, and every source's word kept."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import graph_diff, to_isomorphic

from hanke_lod import building, config, publications, validating
from hanke_lod.building import Understood, convert, today_for, write_rdf
from hanke_lod.errors import ConfigError, DataError, DocumentError, HankeError, PublicationError
from hanke_lod.formats import DOCUMENT_FORMATS, N_QUADS, N_TRIPLES, TURTLE, RdfFormat
from hanke_lod.identity import history, ledger
from hanke_lod.identity.keys import key_of
from hanke_lod.namespaces import DCAT, DCTERMS, HANKE, ONTOLOGY
from hanke_lod.publications import Publication, open_current
from hanke_lod.rdf import BlankNode, DefaultGraph, Quad, parse, sort_triples, to_triples
from hanke_lod.resources import data_folder
from tests.conftest import DAY, HANKE_TOML, LIST, Folder, Run, build, silent

GOLDEN = Path(__file__).parent / "golden"
BASE = "https://data.example.fi/"
SOURCES = """\
[[source]]
file = "a.txt"
language = "fi"
[[source]]
file = "b.txt"
language = "fi"
"""


def contents(publication: Publication) -> Mapping[str, bytes]:
    """Return the bytes of every file that the manifest names, and the manifest."""
    names = [publications.MANIFEST, *publication.manifest["files"]]
    return {name: publication.path(name).read_bytes() for name in names}


def memory(folder: Path) -> tuple[bytes, bytes]:
    """Return the bytes of ledger and record."""
    return (folder / ledger.FILE_NAME).read_bytes(), (folder / history.FILE_NAME).read_bytes()


def files_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder, with its bytes and time of change."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def quads(folder: Path) -> list[Quad]:
    """Return the dataset that is served."""
    return list(parse(open_current(folder).path(publications.DATA).read_bytes(), N_QUADS))


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder that was built on 1.1.2024; only to be copied."""
    place = tmp_path_factory.mktemp("once")
    for name, content in (("hanke.toml", HANKE_TOML), ("hankkeet.txt", LIST)):
        (place / name).write_text(content, encoding="utf-8")
    build(place, date(2024, 1, 1))
    return place


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A small folder that was built on 1.1.2024."""
    return shutil.copytree(built_once, tmp_path / "built", symlinks=True)


# ── golden ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.iterdir() if path.is_dir()))
def test_a_list_as_people_keep_it_becomes_the_rdf_that_is_expected(name: str) -> None:
    expected = to_isomorphic(rdflib.Graph().parse(GOLDEN / name / "expected.ttl", format="turtle"))
    understood = convert([GOLDEN / name / "hankkeet.txt"], None, None)
    made = to_isomorphic(rdflib.Graph().parse(data=write_rdf(understood.description.merged, N_TRIPLES), format="nt"))

    _, lacking, extra = graph_diff(expected, made)

    assert ([], []) == (sorted(lacking), sorted(extra))


# ── the same everywhere ─────────────────────────────────────────────────────────────────────────────────────

PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from hanke_lod import building, config
folder = Path(sys.argv[1])
print(building.build(config.load(folder), lambda step: None, date(2024, 3, 1)).publication)
"""


def test_two_builds_elsewhere_with_another_hash_seed_time_zone_and_locale_give_the_same_bytes(
    tmp_path: Path, run: Run
) -> None:
    made = []
    for name, variables in (
        ("a", {"PYTHONHASHSEED": "1", "TZ": "Europe/Helsinki", "LANG": "C"}),
        ("toinen paikka", {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LANG": "fi_FI.UTF-8"}),
    ):
        folder = tmp_path / name
        shutil.copytree(data_folder("kemi"), folder, ignore=shutil.ignore_patterns(".hanke"))
        done = run("-c", PROGRAM, folder, **variables)
        assert ("", 0) == (done.stderr, done.returncode)
        made.append((done.stdout, contents(open_current(folder)), memory(folder)))

    assert made[0] == made[1]


def test_a_fresh_clone_builds_the_same_publication(built_kemi: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(built_kemi, clone, ignore=shutil.ignore_patterns(".hanke"))

    build(clone, date(2031, 1, 1))

    assert contents(open_current(built_kemi)) == contents(open_current(clone))
    assert open_current(built_kemi).name == open_current(clone).name
    assert memory(built_kemi) == memory(clone)


def test_inputs_that_change_nothing_make_no_new_publication_and_leave_every_file_as_it_is(folder: Folder) -> None:
    place = folder()
    first = build(place)
    before = files_of(place)

    again = build(place, date(2031, 1, 1))

    assert (first.publication, True, False) == (again.publication, first.is_new, again.is_new)
    assert before == files_of(place)


def test_a_line_inserted_above_changes_no_project_and_no_date(built: Path) -> None:
    before = ledger.load(built / ledger.FILE_NAME)
    (built / "hankkeet.txt").write_text("Hankkeet on koottu tähän.\n\n" + LIST, encoding="utf-8")

    outcome = build(built, date(2025, 1, 1))

    assert [] == [row.slug for _, row in outcome.changes if row.kind == "project"]
    assert {p: r for p, r in before.items() if p[0] == "project"} == {
        p: r for p, r in ledger.load(built / ledger.FILE_NAME).items() if p[0] == "project"
    }


def test_no_path_of_this_machine_is_in_a_publication(built: Path) -> None:
    assert [] == [name for name, data in contents(open_current(built)).items() if str(built).encode() in data]


# ── what is published ───────────────────────────────────────────────────────────────────────────────────────


def test_the_steps_are_told_in_their_order(folder: Folder) -> None:
    steps: list[str] = []

    building.build(config.load(folder()), steps.append, DAY)

    assert ["step-understand", "step-validate", "step-write"] == steps


def test_the_dataset_is_sorted_and_has_the_merged_data_the_ontology_the_catalogue_and_each_source(
    built_kemi: Path, kemi: Understood
) -> None:
    lines = open_current(built_kemi).path(publications.DATA).read_bytes().splitlines(keepends=True)
    graphs = {quad.graph_name for quad in quads(built_kemi)}
    default = {quad.triple for quad in quads(built_kemi) if quad.graph_name == DefaultGraph()}

    assert sorted(set(lines)) == lines
    assert {
        "",
        ONTOLOGY,
        "http://localhost:8000/id/catalog",
        "http://localhost:8000/id/source/kemin-kaupungin-hankeluettelo",
    } == {"" if isinstance(graph, DefaultGraph) else graph.value for graph in graphs}
    assert set(kemi.description.merged) <= default


def test_published_data_have_no_blank_node_but_those_of_the_ontology_s_own_file(built_kemi: Path) -> None:
    with_blank = [q for q in quads(built_kemi) if BlankNode in (type(q.subject), type(q.object))]

    assert not [
        q for q in with_blank if not (q.graph_name == DefaultGraph() or getattr(q.graph_name, "value", "") == ONTOLOGY)
    ]
    assert not [q for q in with_blank if isinstance(q.subject, BlankNode) is False and "localhost" in q.subject.value]


def test_the_manifest_tells_what_is_inside(built_kemi: Path, kemi: Understood) -> None:
    facts = open_current(built_kemi).manifest

    assert "http://localhost:8000/" == facts["base_uri"]
    assert {
        "projects": 45,
        "organisations": len(kemi.register.organisations),
        "sectors": 6,
        "funding": 4,
        "triples": len(set(kemi.description.merged)),
    } == facts["figures"]
    assert sum(facts["graphs"].values()) == len(quads(built_kemi))


def test_every_thing_has_its_document_and_the_lists_have_theirs(built_kemi: Path) -> None:
    publication = open_current(built_kemi)
    keys = {row[0] for row in publication.keys()}  # noqa: SIM118  # a publication is no dict

    assert {"sectors", "funding", "catalog", "dataset/hankkeet"} <= keys
    assert {f"{kind}/{slug}" for kind, slug in ledger.load(built_kemi / ledger.FILE_NAME)} <= keys
    assert 45 == len(list(publication.keys("project")))


def test_a_project_s_document_has_its_spans_and_names_beside_its_triples(built_kemi: Path) -> None:
    record = open_current(built_kemi).record("project/maahanmuuttaja-ohjaamo-kemi")

    assert record is not None
    (entry,) = record.extras["entries"]
    assert {"fi": "Maahanmuuttaja Ohjaamo Kemi"} == record.extras["names"]
    assert (19, ["Elinvoimatoimiala"]) == (entry["line"], entry["headings"])
    assert entry["text"] == "".join(entry["text"][start:end] for start, end, _ in entry["spans"])


def test_a_source_s_document_is_the_whole_list_marked_up(built_kemi: Path) -> None:
    record = open_current(built_kemi).record("source/kemin-kaupungin-hankeluettelo")

    assert record is not None
    blocks = record.extras["blocks"]
    assert 45 == len([block for block in blocks if block["project"]])
    assert 5 == len([block for block in blocks if block["kind"] == "heading"])


def test_an_unconfirmed_licence_is_in_no_data_but_the_ontology_s_own(built_kemi: Path) -> None:
    licence = config.load(built_kemi).licence
    licensed = {str(q.subject) for q in quads(built_kemi) if q.predicate.value == DCTERMS.license}

    assert [] == [subject for subject in licensed if not subject.startswith("<https://w3id.org/hanke/")]
    assert [] == [
        name
        for name, data in contents(open_current(built_kemi)).items()
        if name != publications.DATA and licence.encode() in data
    ]


def test_a_confirmed_licence_is_in_the_catalogue(folder: Folder) -> None:
    place = folder(toml="licence_confirmed = true\n" + HANKE_TOML)
    build(place)

    assert {"https://data.example.fi/id/catalog"} <= {
        q.subject.value
        for q in quads(place)
        if q.predicate.value == DCTERMS.license and not isinstance(q.subject, BlankNode)
    }


def test_a_base_with_a_path_is_kept_in_every_address(folder: Folder) -> None:
    place = folder(toml=HANKE_TOML.replace(BASE, "https://example.fi/avoin/data/"))
    build(place)
    ours = {q.subject.value for q in quads(place) if not isinstance(q.subject, BlankNode) and "/id/" in q.subject.value}

    assert all(name.startswith("https://example.fi/avoin/data/id/") for name in ours)
    assert "https://example.fi/avoin/data/id/project/torin-valaistus" in ours


# ── from one build to the next ──────────────────────────────────────────────────────────────────────────────


def test_what_is_added_changed_and_removed_is_dated_and_recorded(built: Path) -> None:
    text = LIST.replace("Torin valaistus 2022-2023", "Torin valaistus 2022-2024").replace(
        " • Lukuinto 1.8.2023-31.7.2025", " • Kirjasto 2025-2026"
    )
    (built / "hankkeet.txt").write_text(text, encoding="utf-8")

    outcome = build(built, date(2024, 6, 1))

    assert {("changed", "torin-valaistus"), ("removed", "lukuinto"), ("added", "kirjasto")} == {
        (event, row.slug) for event, row in outcome.changes if row.kind == "project"
    }
    recorded = [
        c for c in history.load(built / history.FILE_NAME) if c.publication == 2 and c.slug == "torin-valaistus"
    ]
    assert [("2024-06-01", "period", "2022/2023", "2022/2024")] == [
        (c.date, c.property, c.before, c.after) for c in recorded
    ]
    assert "0002" == outcome.publication.partition("-")[0]


def test_a_project_gone_from_the_list_keeps_answering_and_comes_back_to_the_same_address(built: Path) -> None:
    (built / "hankkeet.txt").write_text(
        LIST.replace(" • Lukuinto 1.8.2023-31.7.2025\n", " • Muu 2024-2025\n"), encoding="utf-8"
    )
    build(built, date(2024, 2, 1))
    gone = open_current(built).record("project/lukuinto")
    (built / "hankkeet.txt").write_text(LIST, encoding="utf-8")
    build(built, date(2024, 3, 1))
    back = open_current(built).record("project/lukuinto")

    assert gone is not None
    assert ("gone", "2024-02-01", "Lukuinto") == (gone.state, gone.changed, gone.extras["names"]["fi"])
    assert back is not None
    assert "current" == back.state
    assert "current" == ledger.load(built / ledger.FILE_NAME)["project", "lukuinto"].state


def test_a_corrected_title_keeps_its_address_when_the_ledger_is_told_so(built: Path) -> None:
    text = (built / ledger.FILE_NAME).read_text(encoding="utf-8")
    (built / ledger.FILE_NAME).write_text(
        text.replace("," + key_of("Torin valaistus") + ",", "," + key_of("Torin uusi valaistus") + ","),
        encoding="utf-8",
    )
    (built / "hankkeet.txt").write_text(LIST.replace("Torin valaistus", "Torin uusi valaistus"), encoding="utf-8")

    outcome = build(built, date(2024, 6, 1))

    assert [("changed", "torin-valaistus")] == [(e, row.slug) for e, row in outcome.changes if row.kind == "project"]


def test_a_merged_project_redirects(built: Path) -> None:
    text = (built / ledger.FILE_NAME).read_text(encoding="utf-8").splitlines(keepends=True)
    merged = [
        line.replace(",current", ",merged rantaraitin-kunnostus")
        if line.startswith("project,torin-valaistus,")
        else line
        for line in text
    ]
    (built / ledger.FILE_NAME).write_text("".join(merged), encoding="utf-8")
    (built / "hankkeet.txt").write_text(LIST.replace(" • Torin valaistus 2022-2023\n", ""), encoding="utf-8")
    build(built, date(2024, 6, 1))

    record = open_current(built).record("project/torin-valaistus")

    assert record is not None
    assert ("merged", "rantaraitin-kunnostus") == (record.state, record.target)


def test_a_row_written_by_hand_before_its_project_is_listed_waits_for_it(folder: Folder) -> None:
    place = folder()
    (place / ledger.FILE_NAME).write_text(
        "kind,slug,key,title,first,changed,fingerprint,state\nproject,silta,uusi silta,Uusi silta,,,,current\n",
        encoding="utf-8",
    )

    build(place)

    assert open_current(place).record("project/silta") is None
    assert "" == ledger.load(place / ledger.FILE_NAME)["project", "silta"].first


def test_no_more_publications_are_kept_than_the_settings_say_and_the_one_that_was_served_until_now(
    folder: Folder,
) -> None:
    place = folder(toml=HANKE_TOML + "[publication]\nkeep = 1\n")
    made = []
    for end in ("2023", "2024", "2025"):
        (place / "hankkeet.txt").write_text(LIST.replace("2022-2023", f"2022-{end}"), encoding="utf-8")
        made.append(build(place).publication)

    assert made[1:] == publications.names(place)


# ── --check ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_check_writes_nothing_and_is_content_where_nothing_would_change(built: Path) -> None:
    before = files_of(built)

    outcome = build(built, date(2031, 1, 1), check=True)

    assert ("", False, 3) == (outcome.publication, outcome.is_new, outcome.projects)
    assert before == files_of(built)


@pytest.mark.parametrize("is_built", [False, True], ids=["never-built", "list-changed"])
def test_a_check_fails_where_the_ledger_would_change_and_writes_nothing(folder: Folder, is_built: bool) -> None:
    place = folder()
    if is_built:
        build(place)
        (place / "hankkeet.txt").write_text(LIST.replace("2022-2023", "2022-2024"), encoding="utf-8")
    before = files_of(place)

    with pytest.raises(DataError) as caught:
        build(place, check=True)

    assert "ledger-would-change" == caught.value.text
    assert before == files_of(place)


# ── all or nothing ──────────────────────────────────────────────────────────────────────────────────────────


def emptied(folder: Path) -> None:
    (folder / "hankkeet.txt").write_bytes(b"")


def removed(folder: Path) -> None:
    (folder / "hankkeet.txt").unlink()


def binary(folder: Path) -> None:
    (folder / "hankkeet.txt").write_bytes(bytes(range(256)) * 8)


def without_projects(folder: Path) -> None:
    (folder / "hankkeet.txt").write_text("Täällä ei ole mitään.\n", encoding="utf-8")


def broken_settings(folder: Path) -> None:
    (folder / "hanke.toml").write_text("base_uri = ", encoding="utf-8")


def conflict(folder: Path) -> None:
    path = folder / ledger.FILE_NAME
    path.write_text(path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")


def broken_names(folder: Path) -> None:
    (folder / "organisations.csv").write_text("key\nx\n", encoding="utf-8")


def broken_record(folder: Path) -> None:
    (folder / history.FILE_NAME).write_text("x\n", encoding="utf-8")


FAILURES: list[tuple[object, type[HankeError]]] = [
    (emptied, DocumentError), (removed, DocumentError), (binary, DocumentError), (without_projects, DataError),
    (broken_settings, ConfigError), (conflict, ConfigError), (broken_names, ConfigError), (broken_record, ConfigError),
]  # fmt: skip


def test_a_build_that_fails_leaves_what_was_served(built: Path, tmp_path: Path) -> None:
    for number, (spoil, error) in enumerate(FAILURES):
        spoiled = tmp_path / str(number)
        shutil.copytree(built, spoiled, symlinks=True)
        spoil(spoiled)  # type: ignore[operator]  # one of the functions above
        held = files_of(spoiled)
        with pytest.raises(error):
            build(spoiled)
        assert held == files_of(spoiled), spoil


@pytest.mark.parametrize(
    ("target", "path", "count"), [(HANKE.Project, HANKE.totalBudget, 3), (DCAT.Catalog, DCTERMS.license, 1)]
)
@pytest.mark.parametrize("check", [False, True])
def test_data_that_do_not_conform_are_not_published_and_the_report_is_told(
    target: str, path: str, count: int, check: bool, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(built)
    shapes = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . "
        f"[] a sh:NodeShape ; sh:targetClass <{target}> ; sh:property [ sh:path <{path}> ; sh:minCount 1 ] ."
    )
    strict = validating.to_graph(parse(shapes.encode(), TURTLE))
    monkeypatch.setattr(validating, "load_shapes", lambda base_uri: strict)

    with pytest.raises(DataError) as caught:
        build(built, check=check)

    assert ("violations", count, 1) == (caught.value.text, caught.value.facts["count"], caught.value.exit_code)
    assert isinstance(caught.value.facts["report"], validating.Review)
    assert before == files_of(built)


@pytest.mark.parametrize(
    "place_of_failure",
    ["dumping.dump_rdf", "catalogue.describe", "searching.build", "publications.write_manifest",
     "publications.replace_file",
     "publications.publish", "publications.switching._switch"],
)  # fmt: skip
def test_a_build_killed_at_any_moment_leaves_the_old_one_served_and_the_next_build_makes_it_good(
    place_of_failure: str, built: Path, built_changed: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_current(built).name
    (built / "hankkeet.txt").write_text(LIST.replace("2022-2023", "2022-2024"), encoding="utf-8")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"hanke_lod.{place_of_failure}", killed)
        with pytest.raises(KeyboardInterrupt):
            build(built, date(2024, 6, 1))

    assert first == open_current(built).name

    build(built, date(2024, 6, 1))

    assert built_changed == contents(open_current(built))


@pytest.fixture(scope="module")
def built_changed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The contents of the second of two builds that nothing disturbed."""
    place = tmp_path_factory.mktemp("undisturbed")
    (place / "hanke.toml").write_text(HANKE_TOML, encoding="utf-8")
    for text, day in ((LIST, date(2024, 1, 1)), (LIST.replace("2022-2023", "2022-2024"), date(2024, 6, 1))):
        (place / "hankkeet.txt").write_text(text, encoding="utf-8")
        build(place, day)
    return contents(open_current(place))


def test_a_folder_that_cannot_be_written_to_is_one_error(folder: Folder) -> None:
    place = folder({".hanke": ""})

    with pytest.raises(PublicationError) as caught:
        build(place)

    assert "unwritable" == caught.value.text
    assert not (place / ledger.FILE_NAME).exists()


# ── several sources ─────────────────────────────────────────────────────────────────────────────────────────


def two_lists(folder: Folder) -> Path:
    """Return a folder of two lists that disagree on a period."""
    return folder(
        {
            "a.txt": "Tekninen\n\n • Torin valaistus 2022-2023\n • Silta 2021-2022\n",
            "b.txt": "Tekninen\n\n • Torin valaistus (EAKR) 2022-2025\n • Uimahalli 2024-2026\n",
        },
        toml=HANKE_TOML.partition("[[source]]")[0] + SOURCES,
    )


def test_lists_of_several_sources_are_one_dataset(folder: Folder) -> None:
    place = two_lists(folder)

    outcome = build(place)
    graphs = {q.graph_name.value for q in quads(place) if not isinstance(q.graph_name, DefaultGraph)}

    assert 3 == outcome.projects
    assert {BASE + "id/source/a", BASE + "id/source/b"} <= graphs


def test_where_sources_disagree_the_first_is_believed_both_stay_and_a_remark_tells_where(folder: Folder) -> None:
    place = two_lists(folder)

    outcome = build(place)
    ends = {
        (getattr(q.graph_name, "value", ""), q.object.value)
        for q in quads(place)
        if str(q.subject) == f"<{BASE}id/project/torin-valaistus#period>" and q.predicate.value.endswith("endDate")
    }

    assert {("", "2023"), (BASE + "id/source/a", "2023"), (BASE + "id/source/b", "2025")} == ends
    assert [("sources-disagree", "b.txt", 3)] == [(r.text, r.document, r.place.line) for r in outcome.remarks]


def test_a_source_that_stands_twice_is_an_error(folder: Folder) -> None:
    place = folder(toml=HANKE_TOML + '[[source]]\nfile = "hankkeet.txt"\n')

    with pytest.raises(ConfigError) as caught:
        build(place)

    assert f"{place / 'hanke.toml'}:11" == caught.value.where


# ── days ────────────────────────────────────────────────────────────────────────────────────────────────────


def settings_with(captured: str) -> config.Config:
    """Return settings of a source that was captured on a day, or on none."""
    return config.parse(HANKE_TOML + captured, Path("kansio"))


def test_the_day_is_that_of_the_last_capture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    text = "captured = 2022-03-01\n[[source]]\nfile = 'b.txt'\ncaptured = 2022-05-01\n"

    assert date(2022, 5, 1) == today_for(settings_with(text))


def test_else_it_is_that_of_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251199")

    assert date(2024, 2, 29) == today_for(settings_with(""))


@pytest.mark.parametrize("value", ["", "tomorrow", "-1", "²", "99999999999999999999"])
def test_else_it_is_today(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    assert date(2024, 1, 1) < today_for(settings_with(""))


# ── converting ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_list_in_a_publisher_s_folder_converts_to_just_what_the_folder_publishes(built_kemi: Path) -> None:
    understood = convert([built_kemi / "hankkeet.txt"], None, None)
    dump = to_triples(parse(open_current(built_kemi).path("dataset.nt").read_bytes(), N_TRIPLES))

    assert sort_triples(dump) == sort_triples(understood.description.merged)


def test_a_list_converts_to_the_same_from_any_working_directory(
    built_kemi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = convert([built_kemi / "hankkeet.txt"], None, None).description.merged
    monkeypatch.chdir(built_kemi)

    assert sort_triples(whole) == sort_triples(convert([Path("hankkeet.txt")], None, None).description.merged)


def test_a_list_without_a_folder_converts_with_what_is_bundled(tmp_path: Path) -> None:
    (tmp_path / "lista.txt").write_text(LIST, encoding="utf-8")

    understood = convert([tmp_path / "lista.txt"], None, "https://kemi.example.fi")

    assert {"rantaraitin-kunnostus", "torin-valaistus", "lukuinto"} == set(understood.register.projects)
    assert "https://kemi.example.fi/id/project/lukuinto" == understood.addresses.thing("project", "lukuinto")
    assert "" == understood.register.publisher
    assert ["lista"] == list(understood.register.sources)


def test_a_base_uri_goes_before_that_of_the_folder(folder: Folder) -> None:
    understood = convert([folder() / "hankkeet.txt"], None, "https://muu.example.fi/")

    assert "https://muu.example.fi/" == understood.addresses.base


@pytest.mark.parametrize("row", DOCUMENT_FORMATS, ids=lambda row: row.name)
def test_a_list_is_written_in_every_format_with_the_same_triples(kemi: Understood, row: RdfFormat) -> None:
    triples = kemi.description.merged

    assert sort_triples(triples) == sort_triples(to_triples(parse(write_rdf(triples, row), row)))


def test_remarks_are_told_with_their_document(folder: Folder) -> None:
    place = folder({"hankkeet.txt": "Tekninen\n\n • Silta 31.2.2022–31.12.2023\n • Tie 2024–2021\n"})

    remarks = convert([place / "hankkeet.txt"], None, None).remarks

    assert len(remarks) >= 2
    assert {"hankkeet.txt"} == {Path(remark.document).name for remark in remarks}
    assert {3, 4} == {remark.place.line for remark in remarks}


def test_every_build_is_silent_by_itself(folder: Folder, capfd: pytest.CaptureFixture[str]) -> None:
    building.build(config.load(folder()), silent, DAY)

    assert ("", "") == tuple(capfd.readouterr())
