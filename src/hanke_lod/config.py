"""Config from hanke.toml; SETTINGS is the table of every key there is."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hanke_lod.errors import ConfigError
from hanke_lod.texts import LANGUAGES, say

FILE_NAME = "hanke.toml"
_CC_BY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"


class _WrongValueError(ValueError):
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
        raise _WrongValueError("wants-string", value=value)
    return value


def _web_address(value: object) -> str:
    text = _string(value)
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https"):
        raise _WrongValueError("no-scheme", value=text, better=f"https://{text.removeprefix('//').rstrip('/')}/")
    if not parts.netloc or re.search(r'[\s<>"{}|\\^`]', text):
        raise _WrongValueError("no-address", value=text)
    return text


def _base_uri(value: object) -> str:
    text = _web_address(value)
    if "?" in text or "#" in text:
        raise _WrongValueError("base-with-query", value=text)
    return text if text.endswith("/") else text + "/"


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise _WrongValueError("wants-boolean", value=value)
    return value


def _positive(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _WrongValueError("wants-positive", value=value)
    return value


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
        raise _WrongValueError("wants-positive", value=value)
    return float(value)


_UNITS = {"": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


def _bytes(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    match = re.fullmatch(r"(\d+)\s*(KiB|MiB|GiB)", value) if isinstance(value, str) else None
    if not match or not int(match[1]):
        raise _WrongValueError("wants-size", value=value)
    return int(match[1]) * _UNITS[match[2]]


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise _WrongValueError("wants-date", value=value)
    return value if type(value) is date else value.date()  # type: ignore[attr-defined]  # a datetime is a date, too


def _language(value: object) -> str:
    text = _string(value)
    if text not in LANGUAGES:
        raise _WrongValueError("wants-language", value=text, known=", ".join(LANGUAGES))
    return text


def _languages(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
        raise _WrongValueError("wants-languages", value=value, known=", ".join(LANGUAGES))
    return tuple(_language(item) for item in value)


def _names(value: object) -> dict[str, str]:
    """Read a text in several languages: { fi = "…", sv = "…" }; a plain string counts for every language."""
    if isinstance(value, str) and value.strip():
        return dict.fromkeys(LANGUAGES, value)
    if not isinstance(value, dict) or not value:
        raise _WrongValueError("wants-names", value=value)
    for key, name in value.items():
        if key not in LANGUAGES or not isinstance(name, str) or not name.strip():
            raise _WrongValueError("wants-names", value=value)
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
    Setting("licence", _web_address, default=_CC_BY, example=f'"{_CC_BY}"'),
    Setting("licence_confirmed", _boolean, default=False, example="false"),
    Setting("publisher.uri", _web_address, default="", example='"https://example.fi/id/kaupunki"'),
    Setting("publisher.identifier", _string, default="", example='"1234567-8"'),
    Setting("publisher.homepage", _web_address, default="", example='"https://www.example.fi/"'),
    Setting("publisher.email", _string, default="", example='"avoindata@example.fi"'),
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


@dataclass(frozen=True)
class Publisher:
    """The public body that publishes the lists."""

    name: dict[str, str]
    uri: str
    identifier: str
    homepage: str
    email: str
    place: str
    type: str


@dataclass(frozen=True)
class Source:
    """One list: its file beside hanke.toml, and what is known of its publishing."""

    file: str
    title: dict[str, str]
    language: str
    url: str
    captured: date | None
    publisher_takes_part: bool


@dataclass(frozen=True)
class QueryLimits:
    """What a query may use: seconds, bytes, rows, and how many may run and wait."""

    deadline: float
    memory: int
    rows: int
    bytes: int
    length: int
    workers: int
    slow: int
    queue: int


@dataclass(frozen=True)
class Config:
    """A publisher's folder and what its hanke.toml says."""

    folder: Path
    base_uri: str
    title: dict[str, str]
    description: dict[str, str]
    languages: tuple[str, ...]
    licence: str
    licence_confirmed: bool
    publisher: Publisher
    sources: tuple[Source, ...]
    keep: int
    query: QueryLimits

    def path(self, name: str) -> Path:
        """Return the path of a file of the folder."""
        return self.folder / name


def load(folder: Path) -> Config:
    """Read a publisher's folder's hanke.toml.

    Raises:
        ConfigError: no such file, broken TOML, or the first key that is unknown, missing or has a wrong value;
            `where` names the line.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError("no-config", where=str(path), folder=str(folder)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("config-not-utf8", where=str(path)) from error
    except OSError as error:
        raise ConfigError("file-unreadable", where=str(path), reason=error.strerror or str(error)) from error
    return parse(text, folder)


def parse(text: str, folder: Path) -> Config:
    """Return the Config that the text of a hanke.toml states, for a folder; errors as in `load`."""
    path = folder / FILE_NAME
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        where = f"{path}:{place[1]}:{place[2]}" if place else str(path)
        raise ConfigError("toml-syntax", where=where, reason=str(error).split(" (at ")[0]) from error
    reader = _Reader(text, path)
    sources = tree.pop("source", [])
    if not isinstance(sources, list) or not all(isinstance(row, dict) for row in sources):
        raise ConfigError("wants-tables", where=reader.where("source"), key="source")
    if not sources:
        raise ConfigError("no-source", where=str(path))
    top = reader.values(tree, "")
    lists = [reader.values(row, "source[].", number) for number, row in enumerate(sources)]
    return Config(
        folder=folder,
        **{key: top[key] for key in ("base_uri", "title", "description", "languages", "licence")},
        licence_confirmed=top["licence_confirmed"],
        publisher=Publisher(**_below(top, "publisher.")),
        sources=tuple(Source(**_below(row, "source[].")) for row in lists),
        keep=top["publication.keep"],
        query=QueryLimits(**_below(top, "query.")),
    )


def _below(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {key[len(prefix) :]: value for key, value in values.items() if key.startswith(prefix)}


class _Reader:
    """Reads tables of one hanke.toml by SETTINGS, and knows the line of each key."""

    def __init__(self, text: str, path: Path) -> None:
        self.lines = text.splitlines()
        self.path = path

    def where(self, key: str, number: int = 0) -> str:
        """Return "hanke.toml:3" for a key's path; of the key in the number-th [[source]], counted from 0."""
        table, _, name = key.rpartition(".")
        table = table.removesuffix("[]")
        current, seen = "", -1
        for count, line in enumerate(self.lines, start=1):
            head = re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?", line)
            if head:
                current, seen = head[1], seen + line.lstrip().startswith("[[")
                if current == key:
                    return f"{self.path}:{count}"
            elif (
                current == table
                and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[.=]", line)
                and (not key.startswith("source[].") or seen == number)
            ):
                return f"{self.path}:{count}"
        return str(self.path)

    def values(self, tree: Mapping[str, Any], prefix: str, number: int = 0) -> dict[str, Any]:
        """Return the values of the settings under the prefix, checked, with defaults; keys are full paths."""
        known = {row.path: row for row in SETTINGS if row.path.startswith("source[].") == bool(prefix)}
        given = dict(self._flat(tree, prefix, known))
        for key in given:
            if key not in known:
                self._refuse_unknown(key, known, number)
        return {path: self._value(row, given, number) for path, row in known.items()}

    def _flat(self, tree: Mapping[str, Any], prefix: str, known: Mapping[str, Setting]) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = []
        for key, value in tree.items():
            path = prefix + key
            if isinstance(value, dict) and path not in known:
                found += self._flat(value, path + ".", known) or [(path, value)]
            else:
                found.append((path, value))
        return found

    def _refuse_unknown(self, key: str, known: Mapping[str, Setting], number: int) -> None:
        name = key.rpartition(".")[2]
        close = difflib.get_close_matches(key, known, n=1, cutoff=0.6) or [
            path for path in known if path.rpartition(".")[2] == name
        ]
        where = self.where(key, number)
        plain = key.removeprefix("source[].")
        if close:
            raise ConfigError("unknown-key-near", where=where, key=plain, near=close[0].removeprefix("source[]."))
        raise ConfigError("unknown-key", where=where, key=plain)

    def _value(self, row: Setting, given: Mapping[str, Any], number: int) -> Any:  # Any: each row has its own type
        plain = row.path.removeprefix("source[].")
        if row.path not in given:
            if row.required:
                where = self.where("source", number) if row.path.startswith("source[].") else str(self.path)
                raise ConfigError("missing-key", where=where, key=plain, example=row.example)
            return row.default
        try:
            return row.read(given[row.path])
        except _WrongValueError as wrong:
            raise ConfigError(
                wrong.text, where=self.where(row.path, number), key=plain, example=row.example, **wrong.facts
            ) from wrong


def is_local(base_uri: str) -> bool:
    """Tell whether an address works on this machine only."""
    host = urlsplit(base_uri).hostname or ""
    return host == "localhost" or host.startswith("127.") or host.endswith((".localhost", ".local")) or host == "::1"


def plain(folder: Path, files: Sequence[str], base_uri: str) -> Config:
    """Return the Config of lists that have no hanke.toml: defaults, no publisher.

    Raises:
        ConfigError: `base_uri` is no web address.
    """
    defaults = {row.path: row.default for row in SETTINGS}
    try:
        base = _base_uri(base_uri)
    except _WrongValueError as wrong:
        raise ConfigError(
            wrong.text, where="--base-uri", key="base_uri", example='"https://data.example.fi/"', **wrong.facts
        ) from wrong
    source = {key: value for key, value in _below(defaults, "source[].").items() if key != "file"}
    return Config(
        folder=folder,
        base_uri=base,
        title={},
        description={},
        languages=LANGUAGES,
        licence=_CC_BY,
        licence_confirmed=False,
        publisher=Publisher(**{**_below(defaults, "publisher."), "name": {}}),
        sources=tuple(Source(file=file, **source) for file in files),
        keep=defaults["publication.keep"],
        query=QueryLimits(**_below(defaults, "query.")),
    )


def template(language: str) -> str:
    """Return the text of a new hanke.toml: every setting with what it means, in one language."""
    out = [f"# {say('init-head', language)}", ""]
    table = ""
    for row in SETTINGS:
        section, _, name = row.path.rpartition(".")
        if section != table:
            head = f"[[{section.removesuffix('[]')}]]" if section.endswith("[]") else f"[{section}]"
            out += ["", head]
            table = section
        out += [f"# {say(row.text, language)}", f"{'' if row.required else '# '}{name} = {row.example}", ""]
    return "\n".join(out)
