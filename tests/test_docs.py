"""The docs name every command, option, setting, format and address that there is, and none that there is not."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from hanke_lod.cli import main
from hanke_lod.config import SETTINGS, Setting
from hanke_lod.errors import DataError, RunError
from hanke_lod.formats import DUMP_FORMATS, RDF_FORMATS, DumpFormat, RdfFormat
from hanke_lod.reading import READERS, Reader
from hanke_lod.uris import KINDS, KindRow
from hanke_lod.validating import REPORT_FORMATS, ReportFormat
from hanke_lod_server.app import ROUTES
from tests.shapes import make_table

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = "\n".join(PAGES.values())
COMMANDS = {name: command for name, command in main.commands.items() if isinstance(command, click.Command)}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_a_page_of_its_own(name: str) -> None:
    assert f"hanke-lod {name}" in PAGES[f"{name}.md"]


@pytest.mark.parametrize(
    ("name", "option"),
    [
        (name, max(parameter.opts, key=len))
        for name, command in COMMANDS.items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
    ],
)
def test_an_option_is_on_its_command_s_page(name: str, option: str) -> None:
    assert option in PAGES[f"{name}.md"]


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.path)
def test_a_setting_is_on_the_page_of_hanke_toml(row: Setting) -> None:
    page = PAGES["hanke-toml.md"]

    assert re.search(rf"`(?:{re.escape(row.path)}|{re.escape(row.path.rpartition('.')[2])})`", page)


def test_the_page_of_hanke_toml_names_no_key_that_there_is_not() -> None:
    known = {row.path for row in SETTINGS} | {row.path.replace("[]", "") for row in SETTINGS}
    known |= {row.path.rpartition(".")[2] for row in SETTINGS}
    rows = re.findall(r"^\| `([a-z_.\[\]]+)` \|", PAGES["hanke-toml.md"], re.MULTILINE)

    assert [] == [key for key in rows if key not in known]


@pytest.mark.parametrize("row", RDF_FORMATS, ids=lambda row: row.name)
def test_an_rdf_format_is_in_the_docs_with_its_suffix_and_media_type(row: RdfFormat) -> None:
    assert row.label in DOCS
    assert f"`.{row.suffix}`" in DOCS
    assert f"`{row.media_type}`" in DOCS


@pytest.mark.parametrize("row", DUMP_FORMATS, ids=lambda row: row.name)
def test_a_dump_is_in_the_docs(row: DumpFormat) -> None:
    assert f".{row.suffix}" in DOCS


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
def test_a_report_format_is_on_the_page_of_validate(row: ReportFormat) -> None:
    assert f"`{row.name}`" in PAGES["validate.md"]


@pytest.mark.parametrize(("row", "suffix"), [(row, suffix) for row in READERS for suffix in row.suffixes])
def test_a_kind_of_document_is_in_the_docs_with_its_suffixes(row: Reader, suffix: str) -> None:
    assert row.label in DOCS
    assert f"`.{suffix}`" in DOCS


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.name)
def test_a_kind_of_thing_is_in_the_docs(row: KindRow) -> None:
    assert f"/id/{row.name}" in DOCS or ("/id/<kind>" in DOCS and f"`{row.name}`" in DOCS)


def plain(rule: str) -> str:
    """Return a rule of the server as the docs write it: "/doc/<kind>/<slug>"."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule)


#: Addresses that pages alone use: of style sheets and scripts.
INTERNAL = {"/static/<digest>/<name>"}


@pytest.mark.parametrize("rule", sorted({plain(route[0]) for route in ROUTES} - INTERNAL | {"/sparql"}))
def test_an_address_is_in_the_docs(rule: str) -> None:
    beginning = rule.partition(".<suffix>")[0]

    assert f"`{rule}`" in DOCS or f"`{beginning}" in DOCS or f" {beginning}" in DOCS


@pytest.mark.parametrize("code", [0, DataError.exit_code, RunError.exit_code])
def test_every_exit_code_is_in_the_docs(code: int) -> None:
    assert re.search(rf"(?:^|\W)`?{code}`?\W", DOCS)


def calls() -> list[tuple[str, str]]:
    """Return every call of hanke-lod in a block of the docs, with its page."""
    found = []
    for name, text in {**PAGES, "README.md": README}.items():
        for block in re.findall(r"```(?:sh|bash|console|shell)?\n(.*?)```", text, re.DOTALL):
            found += [(name, line) for line in re.findall(r"^(?:\$ )?(hanke-lod [^\n]*)", block, re.MULTILINE)]
    return [(page, call) for page, call in found if "[" not in call]  # a synopsis is no call


@pytest.mark.parametrize(("page", "call"), calls(), ids=lambda value: value)
def test_a_call_in_the_docs_is_one_that_the_command_takes(page: str, call: str) -> None:
    words = shlex.split(re.split(r"\s+(?:>|\||&&|#|;)\s*", call)[0])[1:]
    while words and words[0].startswith("--lang"):
        words = words[2:]
    if not words or words[0].startswith("-"):
        return
    command = main.commands[words[0]]

    assert isinstance(command.make_context(words[0], words[1:], resilient_parsing="--help" in words), click.Context)


@pytest.mark.parametrize("page", [*PAGES, "README.md"])
def test_a_link_in_the_docs_leads_somewhere(page: str) -> None:
    place = ROOT if page == "README.md" else ROOT / "docs"
    text = README if page == "README.md" else PAGES[page]
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))

    assert [] == [link for link in links if not (place / link).exists()]


def test_every_page_is_reached_from_the_index() -> None:
    assert [] == [page for page in PAGES if page != "index.md" and f"({page}" not in PAGES["index.md"]]


def test_the_readme_gives_the_two_commands() -> None:
    assert "make serve" in README
    assert "make test" in README


def test_the_table_of_rules_is_what_the_shapes_say() -> None:
    assert make_table.page() == PAGES["rules.md"], "run: python -m tests.shapes.make_table"
