"""What people read, in Finnish, Swedish and English: one catalogue for the command line, remarks and pages."""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter

from hanke_lod.resources import TEXTS

#: The languages that people read here.
LANGUAGES = ("fi", "sv", "en")


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every text by its identifier and language."""
    with TEXTS.open("rb") as file:
        return tomllib.load(file)


def has(identifier: str) -> bool:
    """Tell whether there is such a text."""
    return identifier in catalogue()


def say(identifier: str, language: str, /, **facts: object) -> str:
    """Return the text in a language, its facts filled in.

    Raises:
        KeyError: no such text, or a fact that it needs was not given.
    """
    return _FORMATTER.vformat(catalogue()[identifier][language], (), facts)


class _Formatter(Formatter):
    """Fills in names only: a text can reach no attribute of what it is given."""

    def get_field(self, field_name: str, _args: object, kwargs: Mapping[str, object]) -> tuple[object, str]:
        return kwargs[field_name], field_name


_FORMATTER = _Formatter()


def of(names: Mapping[str, str], language: str) -> str:
    """Return the name in the language, else in Finnish, Swedish, English, else in any; "" if there is none."""
    for choice in (language, *LANGUAGES):
        if names.get(choice):
            return names[choice]
    return next(iter(names.values()), "")


def reader_language() -> str:
    """Return the language of the person at the terminal: by their locale, else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return _supported(value)
    return _supported(locale.getlocale()[0] or "")


def _supported(tag: str) -> str:
    code = tag[:2].lower()
    return code if code in LANGUAGES else "en"
