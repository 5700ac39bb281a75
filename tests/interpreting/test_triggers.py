"""Role words in their forms."""

from __future__ import annotations

import pytest

from hanke_lod.interpreting.triggers import Triggers
from hanke_lod.lexicon import Lexicon


@pytest.fixture(scope="module")
def triggers() -> Triggers:
    return Triggers(Lexicon.bundled())


@pytest.mark.parametrize(
    ("text", "roles", "form"),
    [
        ("toteuttaja", ("implementer",), ""),
        ("toteuttajat", ("implementer",), ""),
        ("toteuttajana", ("implementer",), "essive"),
        ("toteuttajina", ("implementer",), "essive"),
        ("toteuttajaksi", ("implementer",), "essive"),
        ("toteuttajan", ("implementer",), "genitive"),
        ("osatoteuttajina", ("coImplementer",), "essive"),
        ("kumppaneina", ("partner",), "essive"),
        ("kumppanit", ("partner",), ""),
        ("hankekumppanina", ("partner",), "essive"),
        ("koordinoi", ("coordinator",), ""),
        ("koordinoima", ("coordinator",), "participle"),
        ("koordinoimassa", ("coordinator",), "participle"),
        ("rahoittama", ("funder",), "participle"),
        ("myöntämällä", ("funder",), "participle"),
        ("koordinoi ja hallinnoi", ("coordinator", "administrator"), ""),
        ("yhteistyössä", ("partner",), "with"),
        ("saa rahoitusta", ("funder",), "from"),
        ("finansieras av", ("funder",), "by"),
        ("i samarbete med", ("partner",), "by"),
        ("samarbetsparter", ("partner",), ""),
        ("delgenomförare", ("coImplementer",), ""),
        ("funded by", ("funder",), "by"),
        ("lead partner", ("coordinator",), ""),
        ("partners", ("partner",), ""),
        ("participates as a partner", ("partner",), ""),
        ("vetäjänä", ("coordinator",), "essive"),
        ("hakijana", ("applicant",), "essive"),
    ],
)
def test_a_form_tells_its_roles_and_use(text: str, roles: tuple[str, ...], form: str, triggers: Triggers) -> None:
    (found,) = triggers.find(text)

    assert (0, len(text), roles, form) == (found.start, found.end, found.roles, found.form)


@pytest.mark.parametrize("text", ["", "kaupunki", "toteutus", "partikkeli", "Party"])
def test_other_words_tell_none(text: str, triggers: Triggers) -> None:
    assert () == triggers.roles(text)


@pytest.mark.parametrize(
    ("text", "plural"), [("osatoteuttajat", True), ("partners", True), ("hakija", False), ("lead partner", False)]
)
def test_a_plural_is_told(text: str, plural: bool, triggers: Triggers) -> None:
    alone = triggers.alone(text, 0, len(text))

    assert alone is not None
    assert plural == alone.plural


@pytest.mark.parametrize("text", ["päätoteuttaja LUT", "funded by the EU", "Luke", ""])
def test_role_words_with_names_are_not_alone(text: str, triggers: Triggers) -> None:
    assert triggers.alone(text, 0, len(text)) is None
