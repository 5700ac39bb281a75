"""Every error has an exit code, a text and a place."""

from __future__ import annotations

import inspect

import pytest

from hanke_lod import errors
from hanke_lod.errors import ConfigError, DataError, DocumentError, HankeError, PublicationError, RdfError, RunError

CLASSES = [value for _, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, HankeError)]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DataError, 1),
        (RunError, 2),
        (ConfigError, 2),
        (DocumentError, 2),
        (RdfError, 2),
        (PublicationError, 2),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_data_that_break_a_rule_exit_with_1_and_what_could_not_run_with_2(error: type[HankeError], code: int) -> None:
    assert code == error("file-unreadable", reason="x").exit_code


@pytest.mark.parametrize("error", CLASSES, ids=lambda c: c.__name__)
def test_every_class_stands_in_the_tree_of_the_docstring(error: type[HankeError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


def test_an_error_keeps_its_text_place_and_facts() -> None:
    error = ConfigError("wants-date", where="hanke.toml:3", key="captured", value="eilen")

    assert ("wants-date", "hanke.toml:3", {"key": "captured", "value": "eilen"}) == (
        error.text,
        error.where,
        error.facts,
    )


def test_an_error_printed_by_python_names_place_and_facts() -> None:
    assert "hanke.toml:3: wants-date (key=captured)" == str(
        ConfigError("wants-date", where="hanke.toml:3", key="captured")
    )
    assert "document-empty ()" == str(DocumentError("document-empty"))
