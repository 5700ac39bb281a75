"""SETTINGS: every key that hanke.toml may hold, how its value is read, its default, and an example."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from hanke_lod.rdf import iri
from hanke_lod.texts import LANGUAGES, say

CC_BY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"


class WrongValueError(ValueError):
    """A value that a setting cannot have: the text that says why, and its facts."""

    def __init__(self, text: str, **facts: object) -> None:
        super().__init__(text)
        self.text = text
        self.facts = facts


@dataclass(frozen=True)
class Setting:
    """One key of hanke.toml: its path, how its value is read, its default, an example for `init` and the docs.

    The words that explain it are the text `setting-<path with hyphens>`.
    """

    path: str
    read: Callable[[Any], Any]  # Any: what TOML holds is known only once it is read
    default: Any = None
    required: bool = False
    example: str = ""

    @property
    def text(self) -> str:
        """The identifier of the text that explains the setting."""
        return "setting-" + re.sub(r"[._]+", "-", self.path.replace("[]", ""))


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValueError("wants-string", value=value)
    return value


def _web_address(value: object) -> str:
    text = _string(value)
    if not re.match(r"https?://", text, re.IGNORECASE):
        raise WrongValueError("no-scheme", value=text, better=f"https://{text.removeprefix('//').rstrip('/')}/")
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and parts.port != 0 and iri(text).value == text
    except ValueError:
        usable = False
    if not usable or re.search(r'[\s<>"{}|\\^`]', text):
        raise WrongValueError("no-address", value=text)
    return text


def _base_uri(value: object) -> str:
    text = _web_address(value)
    if "?" in text or "#" in text:
        raise WrongValueError("base-with-query", value=text)
    return text if text.endswith("/") else text + "/"


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError("wants-boolean", value=value)
    return value


def _positive(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise WrongValueError("wants-positive", value=value)
    return value


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < math.inf:
        raise WrongValueError("wants-positive", value=value)
    return float(value)


def _email(value: object) -> str:
    text = _string(value)
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+", text):
        raise WrongValueError("no-email", value=text)
    return text


_UNITS = {"": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


def _bytes(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    match = re.fullmatch(r"([0-9]{1,9})\s*(KiB|MiB|GiB)", value) if isinstance(value, str) else None
    if not match or not int(match[1]):
        raise WrongValueError("wants-size", value=value)
    return int(match[1]) * _UNITS[match[2]]


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise WrongValueError("wants-date", value=value)
    return value if type(value) is date else value.date()  # type: ignore[attr-defined]  # a datetime is a date, too


def _language(value: object) -> str:
    text = _string(value)
    if text not in LANGUAGES:
        raise WrongValueError("wants-language", value=text, known=", ".join(LANGUAGES))
    return text


def _languages(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
        raise WrongValueError("wants-languages", value=value, known=", ".join(LANGUAGES))
    return tuple(_language(item) for item in value)


def _names(value: object) -> dict[str, str]:
    """Read a text in several languages: { fi = "…", sv = "…" }; a plain string counts for every language."""
    if isinstance(value, str) and value.strip():
        return dict.fromkeys(LANGUAGES, value)
    if not isinstance(value, dict) or not value:
        raise WrongValueError("wants-names", value=value)
    for key, name in value.items():
        if key not in LANGUAGES or not isinstance(name, str) or not name.strip():
            raise WrongValueError("wants-names", value=value)
    return {language: value[language] for language in LANGUAGES if language in value}


#: Every key of hanke.toml. "source[].file" is a key of each [[source]] table.
SETTINGS: tuple[Setting, ...] = (
    Setting("base_uri", _base_uri, required=True, example='"https://data.example.fi/"'),
    Setting("title", _names, required=True,
            example='{ fi = "Esimerkkilän hankkeet", sv = "Exempelstads projekt", en = "Projects of Exampleton" }'),
    Setting("publisher.name", _names, required=True,
            example='{ fi = "Esimerkkilän kaupunki", sv = "Exempelstad", en = "City of Exampleton" }'),
    Setting("description", _names, default={}, example='{ fi = "…", sv = "…", en = "…" }'),
    Setting("languages", _languages, default=LANGUAGES, example='["fi", "sv", "en"]'),
    Setting("licence", _web_address, default=CC_BY, example=f'"{CC_BY}"'),
    Setting("licence_confirmed", _boolean, default=False, example="false"),
    Setting("publisher.uri", _web_address, default="", example='"https://example.fi/id/kaupunki"'),
    Setting("publisher.identifier", _string, default="", example='"1234567-8"'),
    Setting("publisher.homepage", _web_address, default="", example='"https://www.example.fi/"'),
    Setting("publisher.email", _email, default="", example='"avoindata@example.fi"'),
    Setting("publisher.place", _web_address, default="",
            example='"http://publications.europa.eu/resource/authority/place/FIN_KEM"'),
    Setting("publisher.type", _web_address, default="http://purl.org/adms/publishertype/LocalAuthority",
            example='"http://purl.org/adms/publishertype/LocalAuthority"'),
    Setting("source[].file", _string, required=True, example='"hankkeet.txt"'),
    Setting("source[].title", _names, default={}, example='{ fi = "Hankeluettelo" }'),
    Setting("source[].language", _language, default="", example='"fi"'),
    Setting("source[].url", _web_address, default="", example='"https://www.example.fi/hankkeet"'),
    Setting("source[].captured", _date, default=None, example="2024-03-01"),
    Setting("source[].publisher_takes_part", _boolean, default=False, example="false"),
    Setting("publication.keep", _positive, default=10, example="10"),
    Setting("query.deadline", _seconds, default=10.0, example="10"),
    Setting("query.memory", _bytes, default=2**30, example='"1GiB"'),
    Setting("query.rows", _positive, default=100_000, example="100000"),
    Setting("query.bytes", _bytes, default=64 * 2**20, example='"64MiB"'),
    Setting("query.length", _bytes, default=2**20, example='"1MiB"'),
    Setting("query.workers", _positive, default=8, example="8"),
    Setting("query.slow", _positive, default=2, example="2"),
    Setting("query.queue", _positive, default=64, example="64"),
)  # fmt: skip


def web_base(value: object) -> str:
    """Return a base address that ends in "/".

    Raises:
        WrongValueError: it is no web address, or has a query or fragment.
    """
    return _base_uri(value)


def template(language: str) -> str:
    """Return the text of a new hanke.toml: every setting with what it means, in one language."""
    out = [f"# {say('init-head', language)}", ""]
    sections = dict.fromkeys(row.path.rpartition(".")[0] for row in SETTINGS)
    for section in sections:
        if section:
            out += [f"[[{section.removesuffix('[]')}]]" if section.endswith("[]") else f"[{section}]"]
        for row in SETTINGS:
            head, _, name = row.path.rpartition(".")
            if head == section:
                out += [f"# {say(row.text, language)}", f"{'' if row.required else '# '}{name} = {row.example}", ""]
    return "\n".join(out)
