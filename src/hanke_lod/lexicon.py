"""What is known before a list is read: names of organisations, funds, sectors, places, roles and labels.

What holds for all Finland is bundled in data/finland/; a publisher's own files overrule it, row by row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast, get_args

from hanke_lod.config import Config, Publisher
from hanke_lod.errors import ConfigError
from hanke_lod.labels import Labels, fold_label
from hanke_lod.model import FundingSource, Organisation, Role, Sector, StatusName
from hanke_lod.namespaces import EU
from hanke_lod.rdf import iri
from hanke_lod.resources import data_folder
from hanke_lod.texts import LANGUAGES
from hanke_lod.uris import slug

ORGANISATION_KINDS = (
    "municipality", "joint-authority", "wellbeing-county", "region", "ministry", "agency", "university",
    "applied-university", "foundation", "association", "company", "church", "school", "unit", "other", "",
)  # fmt: skip
_NAMES = tuple(f"name_{language}" for language in LANGUAGES)


@dataclass(frozen=True)
class Table:
    """A CSV file of names: the columns it must have, and those it may have."""

    file: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


ORGANISATIONS = Table(
    "organisations.csv",
    ("key", *_NAMES),
    ("kind", "aliases", "same_as", "classification", "part_of", "place", "homepage", "identifier"),
)
FUNDING = Table(
    "funding.csv",
    ("key", "kind", *_NAMES),
    ("aliases", "exact_match", "close_match", "broad_match", "part_of"),
)
SECTORS = Table("sectors.csv", ("key", *_NAMES), ("aliases", "parent"))
PLACES = Table("places.csv", ("name_fi", "genitive", "name_sv", "kind"))
EU_PLACES = Table("eu_places.csv", ("code", *_NAMES))
ROLES = Table("roles.csv", ("role", "lang", "form", "kind"))
LABELS = Table("labels.csv", ("field", "lang", "label"))
STATUSES = Table("statuses.csv", ("status", "lang", "form"))


@dataclass(frozen=True)
class Place:
    """A municipality, region or area: its names and Finnish genitive."""

    name_fi: str
    genitive: str
    name_sv: str
    kind: str


@dataclass(frozen=True)
class RoleWord:
    """A wording of a role: kind is "label", "noun" or "verb"; role may also be "applicant", which is no role."""

    role: str
    language: str
    form: str
    kind: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All names, by key, and wordings."""

    organisations: Mapping[str, Organisation]
    funding: Mapping[str, FundingSource]
    sector_rows: Mapping[str, Sector]
    places: Sequence[Place]
    roles: Sequence[RoleWord]
    labels: Sequence[tuple[str, str, str]]
    statuses: Sequence[tuple[StatusName, str, str]]
    publisher: Organisation | None = None

    @property
    def sectors(self) -> Iterable[Sector]:
        """The publisher's own sectors."""
        return self.sector_rows.values()

    @cached_property
    def _labels(self) -> Labels:
        found = {fold_label(label): name for name, _, label in self.labels}
        found |= {fold_label(word.form): f"role:{word.role}" for word in self.roles if word.kind in ("label", "noun")}
        return Labels(found)

    def field_of(self, label: str) -> str:
        """Return what a label or column header is about (see `labels.Labels.kind`), or "" if not known."""
        return self._labels.kind(label)

    @cached_property
    def plain_labels(self) -> frozenset[str]:
        """Labels of time and money, folded: in running text they may stand without a colon ("kostnadskalkyl 1 M€")."""
        kinds = ("period", "start", "end", "money", "money-other", "funding", "funder", "status")
        return frozenset(fold_label(label) for name, _, label in self.labels if name in kinds)

    @cached_property
    def status_words(self) -> Mapping[str, StatusName]:
        """The wordings of states, folded."""
        return {fold_label(form): status for status, _, form in self.statuses}

    @classmethod
    @lru_cache(maxsize=1)
    def bundled(cls) -> Lexicon:
        """Return what holds for all Finland."""
        folder = data_folder("finland")
        return cls(
            organisations={o.key: o for o in _organisations(folder)},
            funding={f.key: f for f in _funding(folder)},
            sector_rows={},
            places=[Place(r["name_fi"], r["genitive"], r["name_sv"], r["kind"]) for _, r in _rows(folder, PLACES)],
            roles=[RoleWord(r["role"], r["lang"], r["form"], r["kind"]) for _, r in _rows(folder, ROLES)],
            labels=[(r["field"], r["lang"], r["label"]) for _, r in _rows(folder, LABELS)],
            statuses=[(cast(StatusName, r["status"]), r["lang"], r["form"]) for _, r in _rows(folder, STATUSES)],
        )

    @classmethod
    def of_folder(cls, config: Config) -> Lexicon:
        """Return what holds for all, overruled by the publisher's own files.

        Raises:
            ConfigError: a file lacks a column or a row is wrong; `where` names the line.
        """
        base = cls.bundled()
        # the publisher's own rows come first: where two rows share a name, theirs is meant
        own = {o.key: o for o in _organisations(config.folder)}
        publisher = _publisher(
            config.publisher, {**own, **{k: o for k, o in base.organisations.items() if k not in own}}
        )
        own |= {publisher.key: publisher}
        own_funding = {f.key: f for f in _funding(config.folder)}
        return replace(
            base,
            organisations=own | {key: o for key, o in base.organisations.items() if key not in own},
            funding=own_funding | {key: f for key, f in base.funding.items() if key not in own_funding},
            sector_rows={s.key: s for s in _sectors(config.folder)},
            publisher=publisher,
        )


def _publisher(publisher: Publisher, organisations: Mapping[str, Organisation]) -> Organisation:
    """Return the row that has the publisher's name, else a row of its own; hanke.toml's facts go before."""
    names = set(publisher.name.values())
    known = next((o for o in organisations.values() if names & set(o.names.values())), None)
    made = known or Organisation(slug(next(iter(publisher.name.values()))), dict(publisher.name))
    return replace(
        made,
        names=made.names | publisher.name,
        homepage=publisher.homepage or made.homepage,
        identifier=publisher.identifier or made.identifier,
    )


def _rows(folder: Path, table: Table) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row with its place ("organisations.csv:3"); a missing file has no rows."""
    path = folder / table.file
    if not path.exists():
        return
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in table.required if name not in (reader.fieldnames or ())]
            if missing and ";" in "".join(reader.fieldnames or ()):
                raise ConfigError("csv-semicolon", where=f"{path}:1")
            if missing:
                raise ConfigError("csv-columns", where=f"{path}:1", missing=", ".join(missing))
            seen: set[str] = set()
            line = 2
            for row in reader:
                key = (row.get("key") or "").strip()
                if key and key in seen:
                    raise ConfigError("csv-key-twice", where=f"{path}:{reader.line_num}", key=key)
                seen.add(key)
                line = reader.line_num + 1
                values = {name: (row.get(name) or "").strip() for name in (*table.required, *table.optional)}
                if any(values.values()):
                    yield f"{path}:{reader.line_num}", values
    except UnicodeDecodeError as error:
        raise ConfigError("csv-not-utf8", where=str(path)) from error
    except csv.Error as error:
        raise ConfigError("csv-broken", where=f"{path}:{line}", reason=str(error)) from error
    except OSError as error:
        raise ConfigError("file-unreadable", where=str(path), reason=error.strerror or str(error)) from error


def _names(row: Mapping[str, str], where: str) -> dict[str, str]:
    names = {language: row[f"name_{language}"] for language in LANGUAGES if row[f"name_{language}"]}
    if not names or not row["key"]:
        raise ConfigError("csv-no-name", where=where)
    return names


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _iris(row: Mapping[str, str], column: str, where: str) -> tuple[str, ...]:
    values = _many(row[column])
    for value in values:
        try:
            usable = iri(value).value.startswith(("http://", "https://", "urn:"))
        except ValueError:
            usable = False
        if not usable:
            raise ConfigError("csv-address", where=where, column=column, value=value)
    return values


def _classification(row: Mapping[str, str], where: str) -> str:
    """Return the class of an organisation: "sector:<key>", or an address."""
    if row["classification"].startswith("sector:"):
        return row["classification"]
    return next(iter(_iris(row, "classification", where)), "")


def _choice(value: str, known: Sequence[str], column: str, where: str) -> str:
    if value not in known:
        raise ConfigError("csv-choice", where=where, column=column, value=value, known=", ".join(filter(None, known)))
    return value


def _organisations(folder: Path) -> Iterator[Organisation]:
    for where, row in _rows(folder, ORGANISATIONS):
        yield Organisation(
            key=row["key"],
            names=_names(row, where),
            kind=_choice(row["kind"], ORGANISATION_KINDS, "kind", where),
            aliases=_many(row["aliases"]),
            same_as=_iris(row, "same_as", where),
            classification=_classification(row, where),
            part_of=row["part_of"],
            place=next(iter(_iris(row, "place", where)), ""),
            homepage=next(iter(_iris(row, "homepage", where)), ""),
            identifier=row["identifier"],
        )


def _funding(folder: Path) -> Iterator[FundingSource]:
    for where, row in _rows(folder, FUNDING):
        kind = _choice(row["kind"], ("fund", "programme", "grant"), "kind", where)
        yield FundingSource(
            key=row["key"],
            names=_names(row, where),
            kind=kind,  # type: ignore[arg-type]  # checked in the line above
            aliases=_many(row["aliases"]),
            exact_match=_iris(row, "exact_match", where),
            close_match=_iris(row, "close_match", where),
            broad_match=_iris(row, "broad_match", where),
            part_of=_many(row["part_of"]),
        )


def _sectors(folder: Path) -> Iterator[Sector]:
    rows = list(_rows(folder, SECTORS))
    keys = {row["key"] for _, row in rows}
    for where, row in rows:
        if row["parent"] and (row["parent"] not in keys or row["parent"] == row["key"]):
            raise ConfigError("csv-parent", where=where, parent=row["parent"])
        yield Sector(row["key"], _names(row, where), _many(row["aliases"]), row["parent"])


def eu_place_names(address: str) -> dict[str, str]:
    """Return the names of a place of the EU's authority table by language; none for any other address."""
    code = address.removeprefix(EU + "place/")
    for _, row in _rows(data_folder("finland"), EU_PLACES):
        if row["code"] == code:
            return {language: row[f"name_{language}"] for language in LANGUAGES if row[f"name_{language}"]}
    return {}


def is_role(word: str) -> bool:
    """Tell whether the word names one of the ontology's roles."""
    return word in get_args(Role)
