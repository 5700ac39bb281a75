"""The forms in which a result is given: one row each, for negotiation, `format=`, the description and the docs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hanke_lod.formats import DOCUMENT_FORMATS
from hanke_lod_server.engines import Refused
from hanke_lod_server.negotiation import best

_W3C = "http://www.w3.org/ns/formats/"
HTML = "html"


@dataclass(frozen=True)
class ResultFormat:
    """One form of a result.

    `name` is what engines know it by; `names` are values of `format=` beside it; `iri` is the W3C's name for it.
    """

    name: str
    label: str
    media_type: str
    iri: str
    names: tuple[str, ...] = ()
    other_media_types: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types under which it is given."""
        return (self.media_type, *self.other_media_types)


#: For SELECT and ASK (https://www.w3.org/ns/formats/).
RESULT_FORMATS = (
    ResultFormat("json", "SPARQL JSON", "application/sparql-results+json", _W3C + "SPARQL_Results_JSON",
                 other_media_types=("application/json",)),
    ResultFormat("xml", "SPARQL XML", "application/sparql-results+xml", _W3C + "SPARQL_Results_XML",
                 other_media_types=("application/xml", "text/xml")),
    ResultFormat("csv", "CSV", "text/csv", _W3C + "SPARQL_Results_CSV"),
    ResultFormat("tsv", "TSV", "text/tab-separated-values", _W3C + "SPARQL_Results_TSV"),
)  # fmt: skip

#: What clients call these, too: those of SPARQLWrapper are the same for tables and graphs.
_OTHER_NAMES = {"turtle": ("n3",), "json-ld": ("json",), "rdf-xml": ("xml",)}
_GRAPH_IRIS = {"turtle": "Turtle", "json-ld": "JSON-LD", "rdf-xml": "RDF_XML", "n-triples": "N-Triples"}
#: For CONSTRUCT and DESCRIBE, and for the description of the service.
GRAPH_FORMATS = tuple(
    ResultFormat(row.name, row.label, row.media_type, _W3C + _GRAPH_IRIS[row.name],
                 (row.suffix, *row.other_suffixes, *_OTHER_NAMES.get(row.name, ())), row.other_media_types)
    for row in DOCUMENT_FORMATS
)  # fmt: skip
#: A client sends the same headers again and again, and reading them takes a tenth of a millisecond.
_CHOICES_KEPT = 128
_PAGE = ResultFormat(HTML, "HTML", "text/html", "")


@dataclass(frozen=True)
class Choice:
    """The form of an answer: the engine's name for it ("html": a page) and the media type to give it under."""

    name: str
    media_type: str

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        header = "; header=present" if self.media_type == "text/csv" else ""
        return f"{self.media_type}; charset=utf-8{header}"


def is_graph(form: str) -> bool:
    """Tell whether queries of a form give triples."""
    return form in ("construct", "describe")


@lru_cache(_CHOICES_KEPT)
def choose(form: str, asked: tuple[str, ...], accept: str | None, *, with_page: bool) -> Choice:
    """Return the form of an answer to a query of a form: the first that `format=` asks for, else what is accepted.

    Raises:
        Refused: there is no such format (400), or not for such queries (406).
    """
    rows = [*(GRAPH_FORMATS if is_graph(form) else RESULT_FORMATS), *([_PAGE] if with_page else [])]
    if asked:
        return _by_name([name.strip().lower() for name in asked], rows)
    offers = [kind for row in rows for kind in row.media_types]
    found = best(accept, offers)
    if found is None:
        raise Refused("sparql-no-format", status=406, known=", ".join(offers))
    return next(Choice(row.name, found) for row in rows if found in row.media_types)


def _by_name(asked: Sequence[str], rows: Sequence[ResultFormat]) -> Choice:
    for name in asked:
        for row in rows:
            if name in (row.name, *row.names):
                return Choice(row.name, row.media_type)
            if name in row.media_types:
                return Choice(row.name, name)
    every = [*RESULT_FORMATS, *GRAPH_FORMATS, _PAGE]
    if any(asked[0] in (row.name, *row.names, *row.media_types) for row in every):
        raise Refused("sparql-no-format", status=406, known=", ".join(row.name for row in rows))
    raise Refused("sparql-unknown-format", status=400, format=asked[0][:60], known=", ".join(names()))


def names() -> Iterator[str]:
    """Yield the first name of every format."""
    yield from (row.name for row in (*RESULT_FORMATS, *GRAPH_FORMATS))
