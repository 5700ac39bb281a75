"""The query page: a form, questions to begin with, and the result as people read it."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from flask import Response

from hanke_lod.config import QueryLimits
from hanke_lod.namespaces import PREFIXES
from hanke_lod.texts import LANGUAGES
from hanke_lod_server.answers import Alternative
from hanke_lod_server.pages.frame import Page, Sheet, Shown, reader_among, reader_of, render
from hanke_lod_server.pages.resource import prefixed
from hanke_lod_server.pages.words import quantity
from hanke_lod_server.service_description import UNITS
from hanke_lod_server.site import Site
from hanke_lod_server.sparql import QueryPage
from hanke_lod_server.sparql import Shown as Result
from hanke_lod_server.sparql_errors import Told
from hanke_lod_server.sparql_formats import GRAPH_FORMATS, RESULT_FORMATS

_QUERIES = Path(__file__).parent.parent / "templates" / "queries"
_YEARS_ASKED = 30
#: The query to begin with where nothing is known of the data.
FIRST = "SELECT * {\n  ?subject ?property ?value\n}\nLIMIT 25"
_NUMBERS = frozenset(PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True)
class Example:
    """A question in words, and the query that answers it."""

    question: str
    query: str


@dataclass(frozen=True)
class Cell:
    """A value in the table of results."""

    value: Shown
    is_number: bool = False


@dataclass(frozen=True)
class Recipe:
    """How to ask the same from elsewhere."""

    name: str
    text: str


@dataclass(frozen=True)
class Frame:
    """What a query page stands in: who reads it, the endpoint's address, questions, the query to begin with."""

    page: Sheet
    address: str
    examples: Sequence[Example]
    first: str


def query_page(site: Site) -> QueryPage:
    """Return what makes the page of a query to a publication, with its result or with what is wrong with it."""

    def frame() -> Frame:
        page = Page(site, reader_of(site), active="sparql")
        examples = _examples(page)
        return Frame(page, site.addresses.path("sparql"), examples, examples[0].query)

    return partial(_made, frame)


def bare_query_page(address: str) -> QueryPage:
    """Return what makes the page of a query to any data."""
    return partial(_made, lambda: Frame(Sheet(reader_among(LANGUAGES)), address, (), FIRST))


def _made(
    frame: Callable[[], Frame], query: str, result: Result | None, told: Told | None, limits: QueryLimits
) -> Response:
    held = frame()
    page = held.page
    text = render(
        "query.html",
        page,
        query=query or held.first,
        examples=held.examples,
        result=result,
        rows=_rows(page, result.rows) if result else (),
        told=told,
        forms=_forms(page, query, result),
        recipes=_recipes(held.address, query) if query and not told else (),
        limits=_limits(page, limits),
    )
    response = Response(text, content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = page.language
    return response


@lru_cache
def example_texts() -> Mapping[str, str]:
    """Return the example queries by name, in the order in which they are shown."""
    return {path.stem.partition("-")[2]: path.read_text(encoding="utf-8") for path in sorted(_QUERIES.glob("*.rq"))}


def _examples(page: Page) -> list[Example]:
    first, last = page.site.years or (page.site.today().year, page.site.today().year)
    day = min(page.site.today().isoformat(), f"{last:04d}-06-15")  # a day on which something runs
    filled = {
        "LANGUAGE": page.language,
        "TODAY": day,
        "YEARS": " ".join(str(year) for year in range(max(first, last - _YEARS_ASKED), last + 1)),
    }
    return [
        Example(page.say(f"page-question-{name}"), _filled(text.rstrip("\n"), filled))
        for name, text in example_texts().items()
    ]


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text


# ── results ─────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(page: Sheet, rows: Sequence[Sequence[Mapping[str, str] | None]]) -> list[list[Cell]]:
    return [[_cell(page, term) if term else Cell(Shown("")) for term in row] for row in rows]


def _cell(page: Sheet, term: Mapping[str, str]) -> Cell:
    value = term["value"]
    if term["type"] == "uri":
        href, elsewhere = page.href(value)
        label = page.label(value)
        return Cell(Shown(label.text or prefixed(value), label.language, href, elsewhere, note=value))
    language = term.get("xml:lang", "").partition("-")[0]
    return Cell(Shown(value, language), is_number=term.get("datatype", "") in _NUMBERS)


def _forms(page: Sheet, query: str, result: Result | None) -> list[Alternative]:
    """Return the same result in every form that machines read."""
    if result is None:
        return []
    rows = GRAPH_FORMATS if result.kind == "graph" else RESULT_FORMATS
    return [Alternative(row.label, row.media_type, page.plain("sparql", query=query, format=row.name)) for row in rows]


def _limits(page: Sheet, limits: QueryLimits) -> list[tuple[str, str]]:
    """Return what holds for a query, in words: name and value."""
    return [
        (page.say(f"sparql-limit-{field.name}"), quantity(getattr(limits, field.name), UNITS[field.name]))
        for field in dataclasses.fields(limits)
    ]


def _recipes(address: str, query: str) -> list[Recipe]:
    python = (
        "import pandas\nimport urllib.parse\n\n"
        f"query = {query!r}\n"
        f'pandas.read_csv("{address}?format=csv&query=" + urllib.parse.quote(query))'
    )
    r = (
        f"query <- {_r_string(query)}\n"
        f'read.csv(paste0("{address}?format=csv&query=", URLencode(query, reserved = TRUE)))'
    )
    curl = f"curl {address} -H 'Accept: text/csv' --data-urlencode query={shlex.quote(query)}"
    return [Recipe("curl", curl), Recipe("Python", python), Recipe("R", r)]


def _r_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
