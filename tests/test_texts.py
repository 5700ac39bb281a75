"""What people read is there in three languages, with the same facts, and every text is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from hanke_lod import texts
from hanke_lod.config import SETTINGS
from hanke_lod.formats import DUMP_FORMATS
from hanke_lod.texts import LANGUAGES, catalogue, say
from hanke_lod.validating.checking import SEVERITIES

ROOT = Path(__file__).parents[1]
SOURCES = [*(ROOT / "src").rglob("*.py"), *(ROOT / "server" / "hanke_lod_server").rglob("*.py")]
TEMPLATES = [*(ROOT / "server" / "hanke_lod_server" / "templates").rglob("*.html")]

#: Texts whose identifiers are put together: how they begin, and what follows (None: the server's own many words).
COMPOSED: dict[str, set[str] | None] = {
    "setting-": {row.text.removeprefix("setting-") for row in SETTINGS},
    "dump-": {row.suffix for row in DUMP_FORMATS},
    "report-": {severity.lower() for severity in SEVERITIES},
    "expected-": {
        "class", "closed", "datatype", "disjoint", "equals", "has-value", "in", "language-in", "less-than",
        "less-than-or-equals", "max-count", "max-exclusive", "max-inclusive", "max-length", "min-count",
        "min-exclusive", "min-inclusive", "min-length", "node-kind", "pattern", "unique-lang",
    },
    "scheme-": {"sectors", "funding"},
    "change-": {"added", "changed", "removed", "restored", "merged"},
    "page-": None,
    "openapi-": None,
    "sparql-": None,
}  # fmt: skip
#: Functions whose first argument names a text, and the facts that they add to those in the call.
NAMING = {"say", "_say", "_said", "remark", "Remark", "_WrongValueError"}
ADDED = {"_WrongValueError": {"key", "example"}, "remark": {"written"}}


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def placeholders(text: str) -> set[str]:
    """Return the names of the facts that a text speaks of."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def calls() -> Iterator[tuple[str, str, ast.Call, str]]:
    """Yield every call that names a text outright: the place, the text, the call, the function's name."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name not in NAMING and not re.fullmatch(r"(Hanke|Data|Run|Config|Document|Rdf|Publication)Error", name):
                continue
            choices = (
                [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
            )
            for choice in choices:
                if isinstance(choice, ast.Constant) and isinstance(choice.value, str):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", choice.value, node, name


def in_templates() -> Iterator[tuple[str, str]]:
    """Yield every text that a template names outright, with its place."""
    for path in TEMPLATES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for found in re.finditer(r"say\('([a-z0-9-]+)'\s*[,)]", line):
                yield f"{path.relative_to(ROOT)}:{number}", found[1]


def test_every_text_has_all_three_languages_and_no_others() -> None:
    wanting = [
        identifier
        for identifier, said in catalogue().items()
        if set(LANGUAGES) != set(said) or not all(text.strip() for text in said.values())
    ]

    assert [] == wanting


def test_every_text_speaks_of_the_same_facts_in_every_language() -> None:
    facts = {
        identifier: [placeholders(said[language]) for language in LANGUAGES] for identifier, said in catalogue().items()
    }

    assert [] == [identifier for identifier, found in facts.items() if found != [found[0]] * 3]


def test_every_text_can_be_said_in_every_language_with_its_facts() -> None:
    wanting = []
    for identifier, said in catalogue().items():
        facts = {name: number for number, name in enumerate(sorted(placeholders(said["fi"])), start=101)}
        for language in LANGUAGES:
            text = say(identifier, language, **facts)
            wanting += [f"{identifier} {language} {name}" for name, fact in facts.items() if str(fact) not in text]

    assert [] == wanting


def test_every_text_that_the_code_names_exists() -> None:
    named = [*((place, text) for place, text, _, _ in calls()), *in_templates()]

    assert [] == [f"{place}: {text}" for place, text in named if not texts.has(text)]
    assert len(named) > 60


def test_every_call_gives_the_facts_that_its_text_speaks_of() -> None:
    wanting = []
    for place, text, call, name in calls():
        given = {keyword.arg for keyword in call.keywords}
        if None in given or not texts.has(text) or name in ("Remark", "_said"):
            continue  # what ** and a Remark's facts hold is seen where they are said
        lacking = placeholders(catalogue()[text]["fi"]) - given - ADDED.get(name, set())
        if lacking:
            wanting.append(f"{place}: {text} lacks {sorted(lacking)}")

    assert [] == wanting


@pytest.mark.parametrize("prefix", [prefix for prefix, ends in COMPOSED.items() if ends is not None])
def test_every_text_that_is_put_together_exists(prefix: str) -> None:
    ends = COMPOSED[prefix] or set()

    assert [] == sorted(prefix + end for end in ends if not texts.has(prefix + end))


def test_no_text_is_unused() -> None:
    written = {
        node.value
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    written |= {word for path in TEMPLATES for word in re.findall(r"'([a-z0-9-]+)'", path.read_text(encoding="utf-8"))}
    composed = {
        text
        for text in catalogue()
        for prefix, ends in COMPOSED.items()
        if text.startswith(prefix) and (ends is None or text.removeprefix(prefix) in ends)
    }

    assert [] == sorted(set(catalogue()) - written - composed)


def test_a_text_can_reach_no_attribute_of_a_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "catalogue", lambda: {"prying": {"en": "{key.__class__}"}})

    with pytest.raises(KeyError):
        say("prying", "en", key="x")


def test_braces_in_a_fact_are_left_as_they_are() -> None:
    assert "{key}: true or false" in say("wants-boolean", "en", key="{key}", value="x").replace(" = x", "")


def test_a_missing_fact_is_our_mistake_and_raises() -> None:
    with pytest.raises(KeyError):
        say("wants-boolean", "en")


@pytest.mark.parametrize(
    ("names", "language", "name"),
    [
        ({"fi": "Kemi", "sv": "Kemi stad"}, "sv", "Kemi stad"),
        ({"fi": "Kemin kaupunki", "en": "City of Kemi"}, "sv", "Kemin kaupunki"),
        ({"sv": "Vasa", "en": "Vaasa"}, "fi", "Vasa"),
        ({"fi": "", "en": "Kemi"}, "fi", "Kemi"),
        ({"se": "Kiepma"}, "fi", "Kiepma"),
        ({}, "fi", ""),
    ],
    ids=["own", "finnish-first", "then-swedish", "empty-is-none", "any", "none"],
)
def test_a_name_is_given_in_the_language_asked_else_in_the_next(
    names: dict[str, str], language: str, name: str
) -> None:
    assert name == texts.of(names, language)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LANG": "sv_FI"}, "sv"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "fi_FI.UTF-8"}, "en"),
        ({"LC_MESSAGES": "sv_SE.UTF-8", "LANG": "fi_FI.UTF-8"}, "sv"),
        ({"LC_ALL": "", "LANG": "fi_FI.UTF-8"}, "fi"),
    ],
    ids=[
        "finnish",
        "swedish-of-finland",
        "english",
        "other-is-english",
        "lc-all-first",
        "lc-messages",
        "empty-is-unset",
    ],
)
def test_the_reader_s_language_is_that_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert language == texts.reader_language()
