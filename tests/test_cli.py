"""The command line: every command does its work, and every mistake is one line and the right exit code."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from hanke_lod import __version__, config, texts, validating
from hanke_lod.cli import main
from hanke_lod.config import SETTINGS
from hanke_lod.formats import DOCUMENT_FORMATS, RdfFormat
from hanke_lod.publications import current_name, open_current
from hanke_lod.rdf import parse, parse_file, to_triples
from hanke_lod.texts import LANGUAGES
from hanke_lod.validating import REPORT_FORMATS
from tests.conftest import HANKE_TOML, LIST, Folder, Run

SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> .
[] a sh:NodeShape ; sh:targetClass :Thing ;
  sh:property [ sh:path :name ; sh:minCount 1 ; sh:message "nimi puuttuu"@fi, "namn saknas"@sv, "no name"@en ] .
"""
WORD_LIST = Path(__file__).parent / "lists" / "open" / "savonlinna.docx"
STEPS = {
    texts.say(step, language) for step in ("step-understand", "step-validate", "step-write") for language in LANGUAGES
}
BINARY = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory of an English reader, with a home of its own."""
    work = tmp_path / "työ"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251200")
    monkeypatch.setattr("hanke_lod.publications.bundled.user_data_path", lambda name: tmp_path / "home" / name)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    return work


def hanke(*arguments: str | Path) -> Result:
    """Run a command in this process; an exception that the command does not handle is raised."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def error_lines(result: Result) -> list[str]:
    """Return what was said on stderr beside the steps of a build."""
    return [line for line in result.stderr.splitlines() if line not in STEPS]


# ── convert ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_convert_writes_turtle_to_the_terminal_and_nothing_else(place: Path) -> None:
    (place / "lista.txt").write_text(LIST, encoding="utf-8")

    done = hanke("convert", "lista.txt")

    assert (0, "") == (done.exit_code, done.stderr)
    assert done.stdout.startswith("@prefix ")
    assert 'dcterms:title "Torin valaistus"@fi' in done.stdout


@pytest.mark.parametrize("row", DOCUMENT_FORMATS, ids=lambda row: row.name)
def test_convert_writes_the_format_that_the_suffix_names(place: Path, row: RdfFormat) -> None:
    (place / "lista.txt").write_text(LIST, encoding="utf-8")

    done = hanke("convert", "lista.txt", "-o", f"lista.{row.suffix}")

    assert (0, "", "") == (done.exit_code, done.stdout, done.stderr)
    assert set(to_triples(parse_file(place / f"lista.{row.suffix}"))) == set(
        to_triples(parse(hanke("convert", "lista.txt").stdout_bytes, DOCUMENT_FORMATS[0]))
    )


def test_convert_takes_several_lists_and_a_base(place: Path) -> None:
    (place / "a.txt").write_text(" • Silta 2021\n • Tie 2022\n", encoding="utf-8")
    (place / "b.txt").write_text(" • Koulu 2021\n • Kirjasto 2022\n", encoding="utf-8")

    done = hanke("convert", "a.txt", "b.txt", "--base-uri", "https://kemi.example.fi")

    assert 0 == done.exit_code
    assert all(
        f"<https://kemi.example.fi/id/project/{slug}>" in done.stdout for slug in ("silta", "tie", "koulu", "kirjasto")
    )


def test_convert_uses_the_hanke_toml_beside_the_list(folder: Folder) -> None:
    assert "<https://data.example.fi/id/project/lukuinto>" in hanke("convert", folder() / "hankkeet.txt").stdout


def test_convert_uses_the_file_that_config_names(place: Path) -> None:
    (place / "lista.txt").write_text(LIST, encoding="utf-8")
    (place / "muu.toml").write_text(HANKE_TOML.replace("data.example.fi", "muu.example.fi"), encoding="utf-8")

    done = hanke("convert", "lista.txt", "--config", "muu.toml")

    assert (0, "") == (done.exit_code, done.stderr)
    assert "<https://muu.example.fi/id/project/lukuinto>" in done.stdout


def test_remarks_are_told_with_file_and_line_and_do_not_change_the_exit_code(place: Path) -> None:
    (place / "lista.txt").write_text("Tekninen\n\n • Silta 2021–2022\n • Tie 31.2.2022–31.12.2023\n", encoding="utf-8")

    done = hanke("convert", "lista.txt")

    assert 0 == done.exit_code
    assert "Remarks: 1" == done.stderr.splitlines()[0]
    assert done.stderr.splitlines()[1].startswith("  lista.txt:4: “31.2.2022")


def test_what_a_document_hides_is_remarked_by_convert_and_explain(place: Path) -> None:
    book = Workbook()
    for row in (["Hanke", "Aika"], ["Silta", 2022], ["Tie", 2023]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(place / "lista.xlsx")

    done = hanke("convert", "lista.xlsx")
    told = json.loads(hanke("explain", "lista.xlsx", "--format", "json").stdout)
    shown = hanke("explain", "lista.xlsx").stdout

    assert done.stderr.splitlines()[1].startswith("  lista.xlsx, Sheet!A3: hidden rows or columns were not read")
    assert ["cells-hidden"] == [remark["text"] for remark in told[0]["remarks"]]
    assert shown.startswith("! Sheet!A3: hidden rows or columns were not read")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lista.txt", BINARY),
        ("lista.csv", b"1;2022\n2;2023\n"),
        ("lista.docx", LIST.encode()),
        ("lista.pdf", b"%PDF-1.4\n1 0 obj"),
        ("lista.xlsx", b"PK\x03\x04"),
        ("lista.xyz", b"x"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_document_is_one_line_and_leaves_what_was_written_before(
    place: Path, name: str, data: bytes, language: str
) -> None:
    (place / name).write_bytes(data)
    (place / "vanha.ttl").write_text("# vanha\n", encoding="utf-8")

    done = hanke("--lang", language, "convert", name, "-o", "vanha.ttl")
    new = hanke("--lang", language, "convert", name, "-o", "uusi.ttl")

    assert (2, 2, "", done.stderr) == (done.exit_code, new.exit_code, done.stdout, new.stderr)
    assert done.stderr.startswith(f"{name}: ")
    assert 1 == len(done.stderr.splitlines())
    assert "# vanha\n" == (place / "vanha.ttl").read_text(encoding="utf-8")
    assert {name, "vanha.ttl"} == {path.name for path in place.iterdir()}


def test_an_output_that_cannot_be_written_whole_is_not_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "lista.txt").write_text(LIST, encoding="utf-8")
    (place / "lista.ttl").write_text("# vanha\n", encoding="utf-8")

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = hanke("convert", "lista.txt", "-o", "lista.ttl")

    assert (2, "lista.ttl: cannot write (No space left on device)") == (done.exit_code, done.stderr.partition(". ")[0])
    assert "# vanha\n" == (place / "lista.ttl").read_text(encoding="utf-8")
    assert {"lista.txt", "lista.ttl"} == {path.name for path in place.iterdir()}


def test_a_list_in_which_nothing_was_found_is_not_passed_over_in_silence(place: Path) -> None:
    (place / "lista.txt").write_text("Täällä ei ole mitään.\n", encoding="utf-8")

    assert "" != hanke("convert", "lista.txt").stderr


# ── validate ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "code"), [(":a a :Thing ; :name 'x' .", 0), (":a a :Thing .", 1)], ids=["conforms", "violates"]
)
def test_validate_exits_with_0_or_1(place: Path, data: str, code: int) -> None:
    (place / "data.ttl").write_text(f"@prefix : <https://example.org/> . {data}", encoding="utf-8")
    (place / "omat.ttl").write_text(SHAPES, encoding="utf-8")

    done = hanke("validate", "data.ttl", "--shapes", "omat.ttl")

    assert (code, "") == (done.exit_code, done.stderr)
    assert ("no name" in done.stdout) is bool(code)


@pytest.mark.parametrize("form", [row.name for row in REPORT_FORMATS])
def test_validate_writes_every_report_format(place: Path, form: str) -> None:
    (place / "data.ttl").write_text("@prefix : <https://example.org/> . :a a :Thing .", encoding="utf-8")
    (place / "omat.ttl").write_text(SHAPES, encoding="utf-8")

    done = hanke("validate", "data.ttl", "--shapes", "omat.ttl", "--format", form)

    assert (1, "") == (done.exit_code, done.stderr)
    assert ("example.org/a" in done.stdout) is (form != "summary")


def test_validate_without_shapes_takes_the_bundled_ones(place: Path, built_kemi: Path) -> None:
    hanke("convert", built_kemi / "hankkeet.txt", "-o", "hankkeet.ttl")

    done = hanke("validate", "hankkeet.ttl")

    assert 0 == done.exit_code
    assert "The data conform. Violations: 0, warnings: 0, notes: 2." in done.stdout


def test_validate_finds_what_breaks_the_bundled_shapes(place: Path) -> None:
    (place / "data.ttl").write_text(
        "<https://data.example.fi/id/project/x> a <https://w3id.org/hanke/ns#Project> .", encoding="utf-8"
    )

    assert 1 == hanke("validate", "data.ttl").exit_code


# ── init, build ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_init_makes_a_folder_that_builds_once_its_list_is_there(place: Path, language: str) -> None:
    done = hanke("--lang", language, "init", "uusi/kansio")
    (place / "uusi/kansio/hankkeet.txt").write_text(LIST, encoding="utf-8")
    built = hanke("build", "uusi/kansio")

    assert (0, "", 1) == (done.exit_code, done.stderr, len(done.stdout.splitlines()))
    assert 0 == built.exit_code
    assert all(
        texts.say(row.text, language) in (place / "uusi/kansio/hanke.toml").read_text(encoding="utf-8")
        for row in SETTINGS
    )


def test_build_tells_its_steps_its_advice_and_what_it_came_to(folder: Folder) -> None:
    kansio = folder()

    done = hanke("build", kansio)

    assert 0 == done.exit_code
    assert ["Reading the lists …", "Validating the data …", "Writing the publication …"] == done.stderr.splitlines()[:3]
    assert [f"Publication {current_name(kansio)}: 3 projects."] == done.stdout.splitlines()
    assert "the licence is not confirmed" in done.stderr
    assert "is no public address" not in done.stderr


def test_build_says_that_a_local_base_is_no_public_address(folder: Folder) -> None:
    kansio = folder(toml=HANKE_TOML.replace("https://data.example.fi/", "http://localhost:8000/"))

    assert "base_uri http://localhost:8000/ is no public address" in hanke("build", kansio).stderr


def test_build_again_says_that_nothing_changed(folder: Folder) -> None:
    kansio = folder()
    hanke("build", kansio)

    assert f"Nothing changed: publication {current_name(kansio)} stays (3 projects).\n" == hanke("build", kansio).stdout


def test_build_takes_the_working_directory(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder())

    assert 0 == hanke("build").exit_code


def test_check_is_content_after_a_build_and_not_before(folder: Folder) -> None:
    kansio = folder()
    before = hanke("build", kansio, "--check")
    hanke("build", kansio)
    after = hanke("build", kansio, "--check")

    assert (1, 0) == (before.exit_code, after.exit_code)
    assert "All is well: 3 projects, nothing would change.\n" == after.stdout


RENAMED = LIST.replace("Rantaraitin kunnostus", "Rantaraitin uudistus")


def test_build_asks_where_only_a_person_can_tell_and_takes_the_line_that_it_gives_for_an_answer(folder: Folder) -> None:
    kansio = folder()
    hanke("build", kansio)
    (kansio / "hankkeet.txt").write_text(RENAMED, encoding="utf-8")
    before = current_name(kansio)

    asked = hanke("build", kansio)
    said, answer, error = asked.stderr.splitlines()[-3:]

    assert (1, before) == (asked.exit_code, current_name(kansio))
    assert said.startswith("Project “Rantaraitin uudistus” is new; no longer listed: Rantaraitin kunnostus")
    assert error.startswith(f"{kansio}/identifiers.csv: ")
    with (kansio / "identifiers.csv").open("a", encoding="utf-8") as file:
        file.write(answer.strip() + "\n")
    done = hanke("build", kansio)
    assert 0 == done.exit_code
    assert "  ~ Project Rantaraitin uudistus: title (fi) Rantaraitin kunnostus → Rantaraitin uudistus" in done.stderr
    assert open_current(kansio).record("project/rantaraitin-kunnostus").state == "current"
    assert open_current(kansio).record("project/rantaraitin-uudistus") is None
    assert 0 == hanke("build", kansio, "--check").exit_code


@pytest.mark.parametrize("accept", [True, False], ids=["accepted", "answered-that-it-is-new"])
def test_a_proposal_can_be_accepted_or_denied(folder: Folder, accept: bool) -> None:
    kansio = folder()
    hanke("build", kansio)
    (kansio / "hankkeet.txt").write_text(RENAMED, encoding="utf-8")
    if not accept:
        answer = hanke("build", kansio).stderr.splitlines()[-2].strip()
        with (kansio / "identifiers.csv").open("a", encoding="utf-8") as file:
            file.write(answer.replace("merged rantaraitin-kunnostus", "current") + "\n")

    assert 0 == hanke("build", kansio, *(["--accept-matches"] if accept else [])).exit_code

    assert open_current(kansio).record("project/rantaraitin-kunnostus").state == ("current" if accept else "gone")
    assert (open_current(kansio).record("project/rantaraitin-uudistus") is None) is accept


# ── publications, rollback ──────────────────────────────────────────────────────────────────────────────────


def test_publications_are_listed_and_compared_and_the_way_back_is_open(folder: Folder) -> None:
    kansio = folder()
    build_thrice(kansio)
    listed = hanke("publications", kansio).stdout.splitlines()
    told = [hanke("--lang", tag, "publications", kansio, "--diff", "1", "3").stdout for tag in LANGUAGES]
    same = hanke("publications", kansio, "--diff", "2", "2").stdout
    back = hanke("rollback", kansio)

    assert ["  0001", "  0002", "* 0003"] == [line[:6] for line in listed]
    assert [
        "~ Hanke Torin valaistus: aika jatkui 2025 saakka\n",
        "~ Projekt Torin valaistus: tiden förlängdes till 2025\n",
        "~ Project Torin valaistus: period prolonged to 2025\n",
    ] == told
    assert "Nothing changed between publications 2 and 2.\n" == same
    assert (0, "0002") == (back.exit_code, current_name(kansio)[:4])


@pytest.mark.parametrize(
    "call", [("publications",), ("rollback",), ("publications", "--diff", "1", "9"), ("rollback", "--to", "9")]
)
def test_what_there_is_not_is_one_line(folder: Folder, call: tuple[str, ...]) -> None:
    done = hanke(call[0], folder(), *call[1:])

    assert (2, 1) == (done.exit_code, len(done.stderr.splitlines()))


def test_violations_are_listed_above_the_error(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    kansio = folder()
    shape = SHAPES.replace(":Thing", "<https://w3id.org/hanke/ns#Project>")
    (kansio / "omat.ttl").write_text(shape, encoding="utf-8")
    strict = validating.load_shapes([kansio / "omat.ttl"])
    monkeypatch.setattr(validating, "load_shapes", lambda base_uri: strict)

    done = hanke("build", kansio)

    assert 1 == done.exit_code
    assert "no name" in done.output
    assert "the data break the rules; violations: 3." in done.stderr.splitlines()[-1]
    assert "" == current_name(kansio)


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────────────

FILES = {
    "lista.txt": LIST.encode(), "tyhja.txt": b"", "kuva.txt": BINARY, "lista.xyz": LIST.encode(), "tiedosto": b"",
    "rikki.ttl": b"<http://a> <http://b>\n  .\n",
    "data.ttl": b"<https://example.org/a> a <https://example.org/Thing> .",
    "vaara.ttl": SHAPES.replace("minCount 1", "minCout 1").encode(), "tyhja.ttl": b"# ei mit\xc3\xa4\xc3\xa4n\n",
    "rikki.rdf": b"<x>\n</y>", "rikki.jsonld": b'{\n 1: 2}',
    "muualla.jsonld": b'{"@context": "https://schema.org/", "@id": "http://a", "name": "x"}',
    "kuva.png": BINARY, "muodot.ttl": SHAPES.replace("minCount 1", "minCount 'x'").encode(),
    "rikkinainen/hanke.toml": b"base_uri = \n", "rikkinainen/hankkeet.txt": LIST.encode(),
    "tuntematon/hanke.toml": HANKE_TOML.replace("title", "titel").encode(), "tuntematon/hankkeet.txt": LIST.encode(),
    "tyhja/hanke.toml": HANKE_TOML.encode(), "tyhja/hankkeet.txt": b"\n",
    "kuva/hanke.toml": HANKE_TOML.encode(), "kuva/hankkeet.txt": BINARY,
    "puuttuu/hanke.toml": HANKE_TOML.encode(),
    "vailla/hanke.toml": HANKE_TOML.encode(), "vailla/hankkeet.txt": "Ei mitään täällä.\n".encode(),
    "lukittu/hanke.toml": HANKE_TOML.encode(), "lukittu/hankkeet.txt": LIST.encode(), "lukittu/.hanke": b"",
    "nimet/hanke.toml": HANKE_TOML.encode(), "nimet/hankkeet.txt": LIST.encode(), "nimet/sectors.csv": b"key\n",
    "osoite/hanke.toml": HANKE_TOML.encode(), "osoite/hankkeet.txt": LIST.encode(),
    "osoite/organisations.csv": b"key,name_fi,name_sv,name_en,homepage\nx,Esimerkkil\xc3\xa4n kaupunki,,,www.x.fi\n",
    "posti/hanke.toml": HANKE_TOML.replace("[publisher]", '[publisher]\nemail = "a b@c.fi"').encode(),
    "posti/hankkeet.txt": LIST.encode(),
}  # fmt: skip
#: Call → exit code, the place that its one line begins with, and words in it.
MISTAKES: dict[str, tuple[int, str, str]] = {
    "convert ei-ole.txt": (2, "ei-ole.txt: ", "there is no such file"),
    "convert tyhja.txt": (2, "tyhja.txt: ", "the file is empty"),
    "convert kuva.txt": (2, "kuva.txt: ", "this is no text"),
    "convert lista.xyz": (2, "lista.xyz: ", ".xyz"),
    "convert .": (2, ".: ", "cannot be read"),
    "convert lista.txt ei-ole.txt": (2, "ei-ole.txt: ", "there is no such file"),
    "convert lista.txt -o lista.docx": (2, "lista.docx: ", "the suffix .docx is not known"),
    "convert lista.txt -o tiedosto/lista.ttl": (2, "tiedosto/lista.ttl: ", "cannot write"),
    "convert lista.txt --base-uri kemi.fi": (2, "--base-uri: ", 'base_uri "kemi.fi" has no scheme. Write it as "https://kemi.fi/".'),
    "convert lista.txt --base-uri http://[": (2, "--base-uri: ", "base_uri"),
    "convert lista.txt --config ei-ole.toml": (2, "ei-ole.toml: ", ""),
    "convert rikkinainen/hankkeet.txt": (2, "rikkinainen/hanke.toml:1:12: ", "the TOML is broken"),
    "build ei-ole": (2, "ei-ole/hanke.toml: ", "there is no hanke.toml"),
    "build rikkinainen": (2, "rikkinainen/hanke.toml:1:12: ", "the TOML is broken"),
    "build tuntematon": (2, "tuntematon/hanke.toml:2: ", "Did you mean title?"),
    "build tyhja": (2, "tyhja/hankkeet.txt: ", "the file is empty"),
    "build kuva": (2, "kuva/hankkeet.txt: ", "this is no text"),
    "build puuttuu": (2, "puuttuu/hankkeet.txt: ", "there is no such file"),
    "build vailla": (1, "vailla: ", "no project was found"),
    "build lukittu": (2, "lukittu/.hanke: ", "cannot write"),
    "build nimet": (2, "nimet/sectors.csv:1: ", "columns are missing"),
    "build osoite": (2, "osoite/organisations.csv:2: ", "www.x.fi"),
    "build posti": (2, "posti/hanke.toml:5: ", "a b@c.fi"),
    "init rikkinainen": (2, "rikkinainen/hanke.toml: ", "already has a hanke.toml"),
    "init tiedosto": (2, "tiedosto: ", "cannot write"),
    "validate ei-ole.ttl": (2, "ei-ole.ttl: ", "cannot be read"),
    "validate rikki.ttl": (2, "rikki.ttl:2:3: ", "the Turtle is broken"),
    "validate kuva.png": (2, "kuva.png: ", "the RDF format was not recognised"),
    "validate data.ttl --shapes data.ttl": (2, "data.ttl: ", "there are no SHACL rules"),
    "validate data.ttl --shapes vaara.ttl": (2, "vaara.ttl:3: ", "Did you mean sh:minCount?"),
    "validate tyhja.ttl": (2, "tyhja.ttl: ", "holds no RDF statements"),
    "validate rikki.rdf": (2, "rikki.rdf:2:3: ", "the RDF/XML is broken"),
    "validate rikki.jsonld": (2, "rikki.jsonld:2:2: ", "the JSON-LD is broken"),
    "validate muualla.jsonld": (2, "muualla.jsonld: ", "nothing is fetched from the network"),
    "validate data.ttl --format pdf": (2, "", "the report format pdf is not known"),
    "validate data.ttl --shapes ei-ole.ttl": (2, "ei-ole.ttl: ", "cannot be read"),
    "validate data.ttl --shapes muodot.ttl": (2, "muodot.ttl:3: ", "the shapes themselves are wrong"),
    "serve ei-ole": (2, "ei-ole/hanke.toml: ", "there is no hanke.toml"),
    "serve rikkinainen": (2, "rikkinainen/hanke.toml:1:12: ", "the TOML is broken"),
    "serve tyhja": (2, "tyhja/hankkeet.txt: ", "the file is empty"),
    "serve lukittu": (2, "lukittu/.hanke: ", "cannot write"),
    "serve --host 192.0.2.1": (2, "", "192.0.2.1"),
    "serve tyhja lukittu": (2, "", "--data"),
    "serve --data": (2, "", "--data"),
    "serve --data ei-ole.ttl": (2, "ei-ole.ttl: ", "cannot be read"),
    "serve --data rikki.ttl": (2, "rikki.ttl:2:3: ", "the Turtle is broken"),
    "serve --data kuva.png": (2, "kuva.png: ", "the RDF format was not recognised"),
}  # fmt: skip


@pytest.fixture
def files(place: Path) -> None:
    """The files of which the mistakes are made."""
    for name, content in FILES.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(content)


@pytest.fixture(scope="module")
def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("call", "expected"), MISTAKES.items(), ids=MISTAKES)
def test_a_mistake_is_one_line_and_its_exit_code(call: str, expected: tuple[int, str, str], free_port: int) -> None:
    code, start, words = expected
    port = ["--port", str(free_port)] if call.startswith("serve") else []

    done = hanke(*shlex.split(call), *port)

    assert (code, 1, "") == (done.exit_code, len(error_lines(done)), done.stdout)
    assert error_lines(done)[0].startswith(start)
    assert words in error_lines(done)[0]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("call", [call for call in MISTAKES if not call.startswith("serve")][::4])
def test_a_mistake_is_told_in_the_reader_s_language(language: str, call: str) -> None:
    lines = {spoken: error_lines(hanke("--lang", spoken, *shlex.split(call))) for spoken in LANGUAGES}

    assert [1] * 3 == [len(lines[spoken]) for spoken in LANGUAGES]
    assert not [spoken for spoken in LANGUAGES if spoken != language and lines[spoken] == lines[language]]


def test_a_busy_port_is_told_with_another(folder: Folder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        kansio = folder()
        done = hanke("serve", kansio, "--port", port)

    assert (2, 1) == (done.exit_code, len(done.stderr.splitlines()))
    assert f"port {port} is already in use. Choose another: hanke-lod serve --port {port + 1}" in done.stderr
    assert not (kansio / ".hanke").exists()


@pytest.mark.usefixtures("files")
def test_the_old_publication_is_served_when_a_build_fails(
    folder: Folder, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kansio = folder()
    hanke("build", kansio)
    (kansio / "hankkeet.txt").write_bytes(b"")
    served: list[Path] = []

    def serve(place: Path, host: str, port: int) -> int:
        served.append(place)
        return 0

    monkeypatch.setattr("hanke_lod_server.serving.serve", serve)

    done = hanke("serve", kansio, "--port", free_port)

    assert (0, [kansio]) == (done.exit_code, served)
    assert "the file is empty" in done.stderr
    assert "Serving the earlier publication." in done.stderr
    assert f"http://localhost:{free_port}/" in done.stdout


def test_serve_without_a_folder_builds_a_copy_of_kemi_in_the_user_s_folder(
    tmp_path: Path, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Path] = []
    monkeypatch.setattr("hanke_lod_server.serving.serve", lambda place, host, port: served.append(place) or 0)

    done = hanke("serve", "--port", free_port)

    assert 0 == done.exit_code
    assert served[0].is_relative_to(tmp_path / "home" / "hanke-lod")
    assert current_name(served[0])
    assert "Kemin kaupungin hankkeet" in done.stdout


# ── help ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["", *main.commands])
def test_help_has_an_example(name: str) -> None:
    done = hanke(*filter(None, [name]), "--help")

    assert 0 == done.exit_code
    assert f"hanke-lod {name}".rstrip() in done.stdout.partition("Options:")[0].partition("\n")[2]


def build_thrice(folder: Path) -> None:
    """Build a folder three times, of which each brings a change."""
    for end in ("2023", "2024", "2025"):
        (folder / "hankkeet.txt").write_text(LIST.replace("2022-2023", f"2022-{end}"), encoding="utf-8")
        assert 0 == hanke("build", str(folder)).exit_code


def examples() -> Iterator[str]:
    """Yield the examples in the help of each command."""
    for command in main.commands.values():
        yield from re.findall(r"^ *(hanke-lod .*)$", command.help or "", re.MULTILINE)


@pytest.mark.parametrize("example", [example for example in examples() if "hanke-lod serve" not in example])
def test_an_example_of_the_help_runs(example: str, place: Path, folder: Folder) -> None:
    (place / "hankkeet.txt").write_text(LIST, encoding="utf-8")
    (place / "omat.ttl").write_text(SHAPES, encoding="utf-8")
    shutil.copyfile(WORD_LIST, place / "hankkeet.docx")
    hanke("convert", "hankkeet.txt", "-o", "hankkeet.ttl")
    if "init" not in example:
        folder().rename(place / "esimerkkila")
    if "--check" in example:
        hanke("build", "esimerkkila")
    if "publications" in example or "rollback" in example:
        build_thrice(place / "esimerkkila")
        hanke("rollback", "esimerkkila", "--to", "2")

    assert 0 == hanke(*shlex.split(example.partition(" > ")[0])[1:]).exit_code


@pytest.mark.parametrize("example", [example for example in examples() if "hanke-lod serve" in example])
def test_an_example_of_serve_is_a_call_that_it_takes(example: str) -> None:
    command = main.commands["serve"]

    assert isinstance(command.make_context("serve", shlex.split(example)[2:]), click.Context)


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert"],
        ["nonsense"],
        ["build", "--nonsense"],
        ["serve", "--port", "0"],
        ["serve", "--port", "x"],
        ["--lang", "de", "init", "a"],
    ],
    ids=" ".join,
)
def test_a_call_that_there_is_not_exits_with_2(arguments: list[str]) -> None:
    assert 2 == hanke(*arguments).exit_code


def test_the_version_is_the_package_s() -> None:
    assert f"hanke-lod, version {__version__}\n" == hanke("--version").stdout


def test_the_language_is_that_of_the_locale_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "sv_FI.UTF-8")

    assert texts.say("document-missing", "sv") in hanke("convert", "ei-ole.txt").stderr


# ── as a process ────────────────────────────────────────────────────────────────────────────────────────────

START = "from hanke_lod.cli import main; main()"


def test_a_mistake_in_a_process_has_no_traceback(run: Run) -> None:
    done = run("-c", START, "--lang", "fi", "convert", "ei-ole.txt")

    assert (2, "", "ei-ole.txt: tiedostoa ei ole. Tarkista nimi ja polku.\n") == (
        done.returncode,
        done.stdout,
        done.stderr,
    )


def test_data_that_break_a_datatype_are_validated_in_a_process_without_a_traceback(run: Run, tmp_path: Path) -> None:
    data = '<https://x.fi/a> <http://purl.org/dc/terms/issued> "31.2.2022"^^<http://www.w3.org/2001/XMLSchema#date> .'
    (tmp_path / "data.ttl").write_text(data, encoding="utf-8")

    done = run("-c", START, "validate", "data.ttl")

    assert "" == done.stderr
    assert "Traceback" not in done.stdout


def test_a_list_is_converted_where_the_terminal_knows_no_unicode(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lista.txt").write_text("Tekninen\n\n • Työ 2021\n • Tie 31.2.2022–31.12.2023\n", encoding="utf-8")

    done = run("-c", START, "convert", "lista.txt", PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")

    assert 0 == done.returncode
    assert "Traceback" not in done.stderr


def test_convert_starts_without_the_server_and_the_web(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lista.txt").write_text(LIST, encoding="utf-8")
    program = (
        "import sys\nfrom hanke_lod.cli import main\n"
        "main(['convert', 'lista.txt', '-o', 'lista.ttl'], standalone_mode=False)\n"
        "print([name for name in ('hanke_lod_server', 'flask', 'granian', 'pyshacl') if name in sys.modules])"
    )

    done = run("-c", program)

    assert ("[]\n", "", 0) == (done.stdout, done.stderr, done.returncode)


def test_a_list_is_named_in_messages_as_it_was_called(place: Path) -> None:
    (place / "alla").mkdir()
    (place / "alla" / "lista.txt").write_bytes(b"")

    assert hanke("convert", Path("alla", "lista.txt")).stderr.startswith(f"alla{os.sep}lista.txt: ")


def test_hanke_toml_is_named_in_one_place() -> None:
    assert config.FILE_NAME == "hanke.toml"
