"""The address of a list → what it is narrowed to, in which order, which page; and back to addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from werkzeug.exceptions import BadRequest

from hanke_lod.searching import ORDERS, Selection

#: How many rows a page of a list has.
PAGE_ROWS = 50
#: The longest search text, in characters: what is longer is no search by a person.
LONGEST_SEARCH = 200
LAST_PAGE = 1_000_000
#: The filters that an address can carry: the name of the parameter and the field of Selection.
FILTERS = {"sector": "sector", "funding": "funding", "organisation": "organisation", "status": "status",
           "year": "year", "running": "running", "q": "words"}  # fmt: skip
#: What a list itself can say of a project's state.
STATUSES = ("AppliedFor", "Underway", "Ended")


class WrongParameter(BadRequest):
    """A parameter of the address that cannot be understood; `text` says why, `parameter` names it."""

    def __init__(self, text: str, parameter: str) -> None:
        super().__init__()
        self.text = text
        self.parameter = parameter


@dataclass(frozen=True)
class Choice:
    """What a reader has chosen of a list: `given` are the filters as they stand in the address."""

    selection: Selection
    given: Mapping[str, str]
    order: str = "title"
    page: int = 1

    @property
    def offset(self) -> int:
        """How many rows come before the page."""
        return (self.page - 1) * PAGE_ROWS

    def parameters(self, **changes: str) -> dict[str, str]:
        """Return the address's parameters with some changed ("" takes one out), back on the first page."""
        order = {"sort": self.order} if self.order != "title" else {}
        merged = {**self.given, **order, **changes}
        return {name: value for name, value in merged.items() if value}

    @property
    def hidden(self) -> dict[str, str]:
        """Return what a search form carries along: everything but the search itself."""
        return self.parameters(q="")

    def without(self, name: str) -> Selection:
        """Return the selection without one filter: what the counts beside that filter's values are of."""
        return replace(self.selection, **{FILTERS[name]: ""})


def choice(arguments: Mapping[str, str], today: date) -> Choice:
    """Return what an address asks for.

    Raises:
        WrongParameter: a parameter has a value that it cannot have.
    """
    given = {name: arguments[name] for name in FILTERS if arguments.get(name)}
    values = {FILTERS[name]: value for name, value in given.items()}
    if "year" in given and not re.fullmatch(r"[0-9]{4}", given["year"]):
        raise WrongParameter("page-wrong-year", "year")
    if given.get("status", STATUSES[0]) not in STATUSES:
        raise WrongParameter("page-wrong-status", "status")
    if "running" in given:
        if given["running"] != "now":
            raise WrongParameter("page-wrong-running", "running")
        values["running"] = today.isoformat()
    words = search_words(arguments)
    given = {**given, "q": words} if words else {k: v for k, v in given.items() if k != "q"}
    values["words"] = words
    order = arguments.get("sort") or "title"
    if order not in ORDERS:
        raise WrongParameter("page-wrong-sort", "sort")
    return Choice(Selection(**values), given, order, page_number(arguments))


def page_number(arguments: Mapping[str, str]) -> int:
    """Return the number of the page that an address asks for, counted from 1."""
    page = arguments.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,6}", page) or int(page) > LAST_PAGE:
        raise WrongParameter("page-wrong-page", "page")
    return int(page)


def search_words(arguments: Mapping[str, str]) -> str:
    """Return what an address searches for."""
    words = arguments.get("q", "")
    if len(words) > LONGEST_SEARCH:
        raise WrongParameter("page-wrong-search", "q")
    return words.strip()
