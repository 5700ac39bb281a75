"""Config from hanke.toml: what a publisher's folder says of itself; `settings` has the table of every key."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hanke_lod.errors import ConfigError
from hanke_lod.settings import CC_BY, SETTINGS, Setting, WrongValueError, template, web_base
from hanke_lod.texts import LANGUAGES

__all__ = [
    "FILE_NAME",
    "SETTINGS",
    "Config",
    "Publisher",
    "QueryLimits",
    "Setting",
    "Source",
    "default_limits",
    "is_local",
    "load",
    "parse",
    "plain",
    "template",
]

FILE_NAME = "hanke.toml"


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


def load(folder: Path, file: Path | None = None) -> Config:
    """Read a publisher's folder's hanke.toml, or another file in its stead.

    Raises:
        ConfigError: no such file, broken TOML, or the first key that is unknown, missing or has a wrong value;
            `where` names the line.
    """
    path = file or folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError("no-config", where=str(path), folder=str(folder)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("config-not-utf8", where=str(path)) from error
    except OSError as error:
        raise ConfigError("file-unreadable", where=str(path), reason=error.strerror or str(error)) from error
    return parse(text, folder, path)


def parse(text: str, folder: Path, path: Path | None = None) -> Config:
    """Return the Config that the text of a hanke.toml states, for a folder; errors as in `load`."""
    path = path or folder / FILE_NAME
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError; a number can be too long for one
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        end = len(text.split("\n"))
        where = f"{path}:{place[1]}:{place[2]}" if place else f"{path}:{end}"
        raise ConfigError("toml-syntax", where=where, reason=str(error).split(" (at ")[0]) from error
    reader = _Reader(text, path)
    sources = tree.pop("source", [])
    if not isinstance(sources, list) or not all(isinstance(row, dict) for row in sources):
        raise ConfigError("wants-tables", where=reader.where("source"), key="source")
    if not sources:
        raise ConfigError("no-source", where=str(path))
    top = reader.values(tree, "")
    files = [row.get("file") for row in sources]
    for number, file in enumerate(files):
        if isinstance(file, str) and file in files[:number]:
            raise ConfigError("source-twice", where=reader.where("source[].file", number), file=file)
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


def default_limits() -> QueryLimits:
    """Return what a query may use where no hanke.toml says otherwise."""
    return QueryLimits(**_below({row.path: row.default for row in SETTINGS}, "query."))


def _below(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {key[len(prefix) :]: value for key, value in values.items() if key.startswith(prefix)}


class _Reader:
    """Reads tables of one hanke.toml by SETTINGS, and knows the line of each key."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self.keys = list(_key_lines(text))

    def where(self, key: str, number: int = 0) -> str:
        """Return "hanke.toml:3" for a key's path; of the key in the number-th [[source]], counted from 0.

        A key within an inline table is told by the line of the table.
        """
        wanted = key.replace("[]", "").split(".")
        for length in range(len(wanted), 0, -1):
            for line, path, entry in self.keys:
                if path == wanted[:length] and (wanted[0] != "source" or entry == number):
                    return f"{self.path}:{line}"
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
                empty_table = not value and any(row.startswith(path + ".") for row in known)
                found += self._flat(value, path + ".", known) or ([] if empty_table else [(path, value)])
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
        except WrongValueError as wrong:
            raise ConfigError(
                wrong.text, where=self.where(row.path, number), key=plain, example=row.example, **wrong.facts
            ) from wrong


def _key_lines(text: str) -> Iterator[tuple[int, list[str], int]]:
    """Yield (line, path, number) of each key and table head; the number counts tables of one name, from 0."""
    table: list[str] = []
    seen: Counter[str] = Counter()
    for line, written in enumerate(text.split("\n"), start=1):
        head = re.match(rf"\s*\[\[?\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*\]", written)
        key = re.match(rf"\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*=", written)
        if head:
            table = _parts(head[1])
            seen[head[1]] += 1
            yield line, table, seen[head[1]] - 1
        elif key:
            yield line, [*table, *_parts(key[1])], max(0, seen[".".join(table)] - 1)


_KEY = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_KEY, dotted)]


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
        base = web_base(base_uri)
    except WrongValueError as wrong:
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
        licence=CC_BY,
        licence_confirmed=False,
        publisher=Publisher(**{**_below(defaults, "publisher."), "name": {}}),
        sources=tuple(Source(file=file, **source) for file in files),
        keep=defaults["publication.keep"],
        query=QueryLimits(**_below(defaults, "query.")),
    )
