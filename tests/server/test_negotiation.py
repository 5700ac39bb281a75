"""Which representation a client gets, from the header alone: RFC 9110 § 12.5."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import lines_run

from hanke_lod_server.negotiation import accepts_coding, best, best_language

HTML, TTL, LD, XML, NT, JSON = (
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
    "application/json",
)
PAGE_FIRST = [HTML, TTL, LD, XML, NT, JSON]
DATA_FIRST = [TTL, LD, XML, NT, JSON, HTML]
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"
RDFLIB = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, */*;q=0.1"
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"

# header, what page-first addresses give, what data-first addresses give
ACCEPT = [
    (None, HTML, TTL),
    ("", HTML, TTL),
    ("   ", HTML, TTL),
    ("*/*", HTML, TTL),
    ("*/*;q=0.1", HTML, TTL),
    ("*", HTML, TTL),
    ("text/*", HTML, TTL),
    ("application/*", LD, LD),
    # one type
    ("text/html", HTML, HTML),
    ("text/turtle", TTL, TTL),
    ("application/ld+json", LD, LD),
    ("application/rdf+xml", XML, XML),
    ("application/n-triples", NT, NT),
    ("application/json", JSON, JSON),
    ("TEXT/Turtle", TTL, TTL),
    ("text/turtle ; q=1", TTL, TTL),
    # what real clients send
    (CHROME, HTML, HTML),
    (RDFLIB, TTL, TTL),
    (JENA, TTL, TTL),
    ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", HTML, HTML),
    ("application/ld+json, application/json;q=0.5", LD, LD),
    # weights
    ("text/html;q=0.5, text/turtle", TTL, TTL),
    ("text/html;q=0.8, text/turtle;q=0.9", TTL, TTL),
    ("text/turtle;q=0.001, text/html;q=0.002", HTML, HTML),
    ("text/turtle;q=0", None, None),
    ("text/html;q=0, */*", TTL, TTL),
    ("text/*;q=0, */*", LD, LD),
    ("*/*;q=0", None, None),
    ("text/html;q=1.000", HTML, HTML),
    ("text/turtle;Q=0.5, text/html;Q=0.4", TTL, TTL),
    ("text/turtle;q=.5, text/html;q=.4", TTL, TTL),
    # equal weights: the server's order decides
    ("text/turtle, text/html", HTML, TTL),
    ("text/html, text/turtle", HTML, TTL),
    ("application/n-triples, application/rdf+xml", XML, XML),
    ("application/json, application/ld+json", LD, LD),
    # the most specific range decides, wherever it stands
    ("*/*;q=0.5, text/turtle;q=0.1", HTML, LD),
    ("text/*;q=0.3, text/html;q=0.7, */*;q=0.5", HTML, HTML),
    ("text/*, text/html;q=0.2, */*;q=0.1", TTL, TTL),
    ("application/*;q=0.9, application/ld+json;q=0.1, text/html;q=0.5", XML, XML),
    ("text/html;q=0.1, */*;q=0.2", TTL, TTL),
    ("text/html;q=0.2, text/html;q=0.9, text/turtle;q=0.5", HTML, HTML),
    # parameters
    ("text/html;charset=utf-8", HTML, HTML),
    ("text/turtle;charset=UTF-8;q=0.4, text/html;q=0.3", TTL, TTL),
    ("text/turtle; charset=iso-8859-1", TTL, TTL),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', LD, LD),
    ('application/ld+json;profile="a,b;c";q=0.9, text/html;q=0.5', LD, LD),
    ("text/html;level=1, text/html;q=0.4, text/turtle;q=0.6", TTL, TTL),
    ("text/html;level=1;q=0, */*", HTML, TTL),
    ("text/turtle;q=0.5;extension=1, text/html;q=0.4", TTL, TTL),
    ('application/ld+json;profile="\\",text/html"', LD, LD),
    # nothing that we have
    ("image/png", None, None),
    ("image/*", None, None),
    ("application/xhtml+xml", None, None),
    ("text/csv, application/pdf;q=0.9", None, None),
    # what is broken is passed over; where nothing is left, nothing was asked
    ("garbage", HTML, TTL),
    (",,,", HTML, TTL),
    (";q=1", HTML, TTL),
    ("text/", HTML, TTL),
    ("/turtle", HTML, TTL),
    ("*/turtle", HTML, TTL),
    ("text/tur tle", HTML, TTL),
    ("garbage, text/turtle", TTL, TTL),
    ("text/turtle;q=high, text/html", HTML, HTML),
    ("text/turtle;q=-1, text/html;q=0.1", HTML, HTML),
    ("text/turtle;q=nan, text/html;q=0.1", HTML, HTML),
    ("text/turtle;q=9, text/html", HTML, TTL),
    ("text/turtle;q=", HTML, TTL),
    ("text/html;;;q=0.5,text/turtle", TTL, TTL),
    ('"text/turtle', HTML, TTL),
    ("text/turtle,\ttext/html;q=0.5", TTL, TTL),
]


@pytest.mark.parametrize(("accept", "page_first", "data_first"), ACCEPT)
def test_the_best_offer_is_chosen(accept: str | None, page_first: str | None, data_first: str | None) -> None:
    assert page_first == best(accept, PAGE_FIRST)
    assert data_first == best(accept, DATA_FIRST)


def test_nothing_offered_is_nothing_chosen() -> None:
    assert best("*/*", []) is None
    assert best(None, []) is None


def test_an_offer_with_a_parameter_is_chosen_by_a_range_with_it() -> None:
    offers = ["text/html", "text/html;level=1"]

    assert best("text/html;level=1", offers) == "text/html;level=1"
    assert best("text/html;q=0.4, text/html;level=1;q=0.8", offers) == "text/html;level=1"


ENDLESS: dict[str, Callable[[int], str]] = {
    "ranges": lambda n: "text/turtle," * n,
    "semicolons": lambda n: ";" * n,
    "quotes": lambda n: '"' * n,
    "backslashes": lambda n: "\\" * n,
    "open quote": lambda n: 'a/b;c="' + "\\x" * n,
    "parameters": lambda n: "text/html;" + "a=b;" * n,
    "digits": lambda n: "*/*;q=0." + "1" * n,
}


@pytest.mark.parametrize("header", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_header_takes_work_in_proportion_to_its_length(header: Callable[[int], str]) -> None:
    once, twice = (lines_run(lambda n=n: best(header(n), PAGE_FIRST)) for n in (1000, 2000))  # type: ignore[misc]

    assert twice <= 2 * once + 100


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "fi"),
        ("", "fi"),
        ("*", "fi"),
        ("sv", "sv"),
        ("sv-FI", "sv"),
        ("SV-fi", "sv"),
        ("en-GB,en;q=0.9,fi;q=0.1", "en"),
        ("de", "fi"),
        ("de, en;q=0.1", "en"),
        ("fi;q=0, *", "sv"),
        ("fi;q=0.2, sv;q=0.3", "sv"),
        ("sv;q=0.5, en;q=0.5", "sv"),
        ("en;q=nonsense, sv;q=0.1", "sv"),
        ("fi;q=0, sv;q=0, en;q=0", "fi"),
        ("en--, ;;, sv", "sv"),
        ("sv-FI;q=0.3, sv;q=0.9, en;q=0.5", "sv"),
    ],
)
def test_the_best_language_is_chosen_and_there_is_always_one(header: str | None, language: str) -> None:
    assert language == best_language(header, ["fi", "sv", "en"])


@pytest.mark.parametrize(
    ("header", "taken"),
    [(None, False), ("", False), ("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("*", True),
     ("identity", False), ("*;q=0, gzip", True)],
)  # fmt: skip
def test_a_coding_is_used_when_the_client_takes_it(header: str | None, taken: bool) -> None:
    assert taken == accepts_coding(header, "gzip")
