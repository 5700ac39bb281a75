"""The forms in which a description is offered: one row per suffix, for negotiation, links and the docs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hanke_lod import formats, jsonld
from hanke_lod.formats import DOCUMENT_FORMATS, JSON_LD, N_TRIPLES, RdfFormat
from hanke_lod.rdf import Triple, parse, serialise, sort_triples, to_triples


@dataclass(frozen=True)
class Variant:
    """One form of a description: `format` is None for the page that people read."""

    suffix: str
    media_type: str
    label: str
    format: RdfFormat | None = None

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8"


HTML = Variant("html", "text/html", "HTML")
#: Every form, in the order in which the server prefers them where the page comes first.
VARIANTS: tuple[Variant, ...] = (
    HTML,
    *(Variant(row.suffix, row.media_type, row.label, row) for row in DOCUMENT_FORMATS),
    Variant("json", "application/json", "JSON", JSON_LD),
)
#: Without the page: what is offered where data come first, and the page after them.
DATA_FIRST: tuple[Variant, ...] = (*VARIANTS[1:], HTML)
#: Rows for spreadsheets, of lists only.
CSV = Variant(formats.CSV.suffix, formats.CSV.media_type, formats.CSV.label)
BY_SUFFIX = {row.suffix: row for row in (*VARIANTS, CSV)}
#: The data forms that pages link to; JSON is the same as JSON-LD.
DATA_FORMS = tuple(row for row in VARIANTS if row.format is not None and row.suffix == row.format.suffix)


def transcribe(data: bytes, root: str, variant: Variant) -> bytes:
    """Return an N-Triples document of a publication in a data form; N-Triples are served as they are held.

    `root` is what the document is about: its JSON-LD is a tree that hangs from it.
    """
    return data if variant.format is N_TRIPLES else encode(triples_of(data), variant, root)


def triples_of(data: bytes) -> list[Triple]:
    """Return the triples of an N-Triples document as a publication holds it."""
    return to_triples(parse(data, N_TRIPLES))


def encode(triples: Iterable[Triple], variant: Variant, root: str = "") -> bytes:
    """Return the triples in a data form; the same triples give the same bytes."""
    assert variant.format is not None  # the page is not made from this function
    ordered = sort_triples(triples)
    return jsonld.document(ordered, root) if variant.format is JSON_LD else serialise(ordered, variant.format)
