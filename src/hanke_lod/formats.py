"""RDF_FORMATS, DUMP_FORMATS, CODINGS: the forms of data, used by files, negotiation, the catalogue and the docs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Self

from hanke_lod.namespaces import EU, IANA


@dataclass(frozen=True)
class RdfFormat:
    """One RDF format.

    `parser` is the name of pyoxigraph's `RdfFormat` member; `file_type` the code in the EU's file-type table, or ""
    when that table has none; `documents` tells whether a single graph can be written in it, `dumps` whether
    the whole dataset is offered in it.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    parser: str
    file_type: str
    other_suffixes: tuple[str, ...] = ()
    other_media_types: tuple[str, ...] = ()
    documents: bool = True
    text: bool = True

    @property
    def file_type_iri(self) -> str:
        """The format's IRI in the EU's file-type authority table."""
        return f"{EU}file-type/{self.file_type}"

    @property
    def media_type_iri(self) -> str:
        """The format's IRI at IANA, as DCAT-AP wants it."""
        return IANA + self.media_type

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8"

    @classmethod
    def from_suffix(cls, suffix: str) -> Self | None:
        """Return the row for ".ttl" (with or without the dot), or None."""
        return _BY_SUFFIX.get(suffix.lower().lstrip("."))  # type: ignore[return-value]  # rows are of this class

    @classmethod
    def from_path(cls, path: PurePath) -> Self | None:
        """Return the row that the file's suffix names, or None."""
        return cls.from_suffix(path.suffix)

    @classmethod
    def from_media_type(cls, media_type: str) -> Self | None:
        """Return the row for a media type without parameters, or None."""
        return _BY_MEDIA_TYPE.get(media_type.lower())  # type: ignore[return-value]  # rows are of this class


RDF_FORMATS: tuple[RdfFormat, ...] = (
    RdfFormat("turtle", "Turtle", "ttl", "text/turtle", "TURTLE", "RDF_TURTLE",
              other_media_types=("application/x-turtle",)),
    RdfFormat("json-ld", "JSON-LD", "jsonld", "application/ld+json", "JSON_LD", "JSON_LD",
              other_suffixes=("json",), other_media_types=("application/json",)),
    RdfFormat("rdf-xml", "RDF/XML", "rdf", "application/rdf+xml", "RDF_XML", "RDF_XML",
              other_suffixes=("xml", "owl"), other_media_types=("application/xml", "text/xml")),
    RdfFormat("n-triples", "N-Triples", "nt", "application/n-triples", "N_TRIPLES", "RDF_N_TRIPLES",
              other_media_types=("text/plain",)),
    RdfFormat("n-quads", "N-Quads", "nq", "application/n-quads", "N_QUADS", "RDF_N_QUADS", documents=False),
    RdfFormat("trig", "TriG", "trig", "application/trig", "TRIG", "RDF_TRIG", documents=False),
)  # fmt: skip

DOCUMENT_FORMATS: tuple[RdfFormat, ...] = tuple(row for row in RDF_FORMATS if row.documents)
TURTLE, JSON_LD, RDF_XML, N_TRIPLES, N_QUADS, TRIG = RDF_FORMATS

_BY_SUFFIX = {suffix: row for row in RDF_FORMATS for suffix in (row.suffix, *row.other_suffixes)}
_BY_MEDIA_TYPE = {kind: row for row in RDF_FORMATS for kind in (row.media_type, *row.other_media_types)}


@dataclass(frozen=True)
class DumpFormat:
    """A form in which the whole dataset is offered; `file_type_iri` of the EU, `media_type_iri` of IANA."""

    name: str
    label: str
    suffix: str
    media_type: str
    file_type_iri: str
    media_type_iri: str


CSV = DumpFormat("csv", "CSV", "csv", "text/csv", EU + "file-type/CSV", IANA + "text/csv")
#: One row per dump, in the order in which they are listed.
DUMP_FORMATS: tuple[DumpFormat, ...] = (
    *(
        DumpFormat(row.name, row.label, row.suffix, row.media_type, row.file_type_iri, row.media_type_iri)
        for row in DOCUMENT_FORMATS
    ),
    CSV,
)


@dataclass(frozen=True)
class Coding:
    """A content coding (RFC 9110 § 8.4.1) in which dumps lie ready: its token, and the suffix of the copy."""

    name: str
    suffix: str


#: The codings of dumps, the one that is sent to who takes both first.
CODINGS: tuple[Coding, ...] = (Coding("zstd", "zst"), Coding("gzip", "gz"))
