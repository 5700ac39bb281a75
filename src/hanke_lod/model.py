"""The values that pass from room to room."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

# ── the document and its entries (reading) ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a document, counted from 1: a line of text, or a page, or a cell of a sheet."""

    line: int | None = None
    page: int | None = None
    cell: str = ""

    @property
    def locator(self) -> str:
        """The place in a document without lines: "page 3", "Hankkeet!A7"; "" where the line says it."""
        return f"page {self.page}" if self.page is not None else self.cell


@dataclass(frozen=True)
class Field:
    """A labelled part of an entry (a table's cell, a line "Label: value"): its label and where its value stands."""

    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Link:
    """A hyperlink over a part of an entry."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Entry:
    """One entry of a list as it was written.

    `text` is the decoded text without its bullet, not normalised, lines joined by "\\n" and cells by "\\t";
    `headings` are those above it, outermost first; offsets in `fields` and `links` count code points of `text`.
    """

    text: str
    place: Place
    headings: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    links: tuple[Link, ...] = ()


BlockKind = Literal["heading", "entry", "text"]


@dataclass(frozen=True)
class Block:
    """A piece of a document in reading order: a heading, an entry, or text that surrounds them."""

    kind: BlockKind
    text: str
    place: Place
    level: int = 0
    entry: Entry | None = None


@dataclass(frozen=True)
class Document:
    """A source document as it was read.

    `sha256` is of the file's bytes; `language` is "fi", "sv" or "en"; `blocks` are all its text in reading order.
    """

    name: str
    media_type: str
    sha256: str
    language: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, in reading order."""
        return tuple(block.entry for block in self.blocks if block.entry is not None)


# ── what an entry says (interpreting) ───────────────────────────────────────────────────────────────────────

SPAN_KINDS = (
    "title", "description", "period", "role", "organisation", "funding", "money", "sector", "status", "label",
    "link", "separator", "other",
)  # fmt: skip
SpanKind = Literal[
    "title", "description", "period", "role", "organisation", "funding", "money", "sector", "status", "label",
    "link", "separator", "other",
]  # fmt: skip


@dataclass(frozen=True, order=True)
class Span:
    """A part of an entry's text, in code points, and what it was understood to be."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True)
class PartialDate:
    """A date at the precision that the text has: a year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    @property
    def datatype(self) -> Literal["gYear", "gYearMonth", "date"]:
        """The name of the XSD datatype that carries this precision."""
        if self.month is None:
            return "gYear"
        return "gYearMonth" if self.day is None else "date"

    @property
    def first_day(self) -> date:
        """The earliest day this can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day this can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True)
class Period:
    """A period as the text has it; an absent bound is open or unknown. `written` are the text's own words."""

    start: PartialDate | None
    end: PartialDate | None
    written: str


@dataclass(frozen=True)
class Money:
    """A sum: a canonical decimal and an ISO 4217 code."""

    amount: Decimal
    currency: str
    written: str


#: The roles an agent can have, each the local name of a property of the ontology.
Role = Literal["participant", "implementer", "coImplementer", "coordinator", "administrator", "partner", "funder"]
StatusName = Literal["AppliedFor", "Underway", "Ended"]


@dataclass(frozen=True)
class Organisation:
    """An agent. `key` is what it is known by in this publication: a row's key, or its name folded.

    `kind` is a value of the column `kind` in organisations.csv; `names` are by language.
    """

    key: str
    names: dict[str, str]
    kind: str = ""
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    classification: str = ""
    part_of: str = ""
    place: str = ""
    homepage: str = ""
    identifier: str = ""

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True)
class FundingSource:
    """A fund, a programme or a type of grant."""

    key: str
    names: dict[str, str]
    kind: Literal["fund", "programme", "grant"] = "programme"
    aliases: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()
    close_match: tuple[str, ...] = ()
    broad_match: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True)
class Sector:
    """A division of a public body's activities; `parent` is the key of the one above it."""

    key: str
    names: dict[str, str]
    aliases: tuple[str, ...] = ()
    parent: str = ""

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True)
class Participation:
    """An organisation and the role in which the text names it."""

    role: Role
    organisation: Organisation


@dataclass(frozen=True)
class Status:
    """A state that the list itself states, and the words with which it does."""

    name: StatusName
    written: str


@dataclass(frozen=True)
class Remark:
    """Something unclear or not understood: where, the text, and a text's identifier with its facts.

    `text` identifies a text in `texts.toml`; `facts` say what was assumed and what else it could be.
    """

    text: str
    place: Place = field(default_factory=Place)
    document: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Project:
    """What one entry says about a project. The joined spans give the entry's text back."""

    entry: Entry
    spans: tuple[Span, ...]
    language: str
    title: str
    other_names: tuple[str, ...] = ()
    description: str = ""
    periods: tuple[Period, ...] = ()
    sectors: tuple[Sector, ...] = ()
    participations: tuple[Participation, ...] = ()
    funding: tuple[FundingSource, ...] = ()
    budget: Money | None = None
    status: Status | None = None
    homepage: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """All that was understood of one document."""

    document: Document
    projects: tuple[Project, ...]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The document's remarks and its projects', in reading order."""
        of_projects = tuple(remark for project in self.projects for remark in project.remarks)
        return self.document.remarks + of_projects


# ── things with addresses (identity, describing) ────────────────────────────────────────────────────────────

#: The kinds of things that have an address of their own: /id/<kind>/<slug>.
Kind = Literal["project", "organisation", "sector", "funding", "source", "dataset"]

#: A project's properties that name other things, with the kind of these; so the record of changes calls them.
RELATIONS: Mapping[str, Kind] = {
    "sector": "sector",
    "funding": "funding",
    **dict.fromkeys(get_args(Role), "organisation"),
}


@dataclass(frozen=True)
class Thing:
    """Something to be given an address: its kind, the key it stands for, its title."""

    kind: Kind
    key: str
    title: str


@dataclass(frozen=True)
class Statement:
    """What one entry of one source says about a project: slugs of project and source, and the entry's anchor."""

    slug: str
    source: str
    anchor: str
    project: Project


@dataclass(frozen=True)
class SourceRecord:
    """A source document with what is known of its publishing; `titles` by language, `captured` an ISO date or ""."""

    titles: Mapping[str, str]
    url: str
    captured: str
    publisher_takes_part: bool
    understanding: Understanding


#: The key of the dataset in the ledger.
DATASET = "hankkeet"


@dataclass(frozen=True)
class Register:
    """Everything that is published, by slug: each project with the statements about it, in the order of trust.

    `publisher` is the slug of the organisation that publishes the lists, or "" where it is not known.
    """

    projects: Mapping[str, tuple[Statement, ...]]
    organisations: Mapping[str, Organisation]
    funding: Mapping[str, FundingSource]
    sectors: Mapping[str, Sector]
    sources: Mapping[str, SourceRecord]
    slugs: Mapping[tuple[Kind, str], str]
    publisher: str

    def slug(self, kind: Kind, key: str) -> str:
        """Return the slug of the thing of this kind that the key stands for."""
        return self.slugs[kind, key]

    @property
    def dataset(self) -> str:
        """The slug of the dataset: all that is published together."""
        return self.slugs["dataset", DATASET]


def short_hash(text: str, length: int = 8) -> str:
    """Return the first hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
