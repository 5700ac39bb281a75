"""How a request's fields are read: as forms spell them, in memory that the sender cannot blow up."""

from __future__ import annotations

import tracemalloc
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from hanke_lod_server.engines import Refused
from hanke_lod_server.sparql_request import Asked, read


def asked(body: bytes, length: int = 2**20) -> Asked:
    environ = EnvironBuilder("/sparql", method="POST", data=body, content_type="application/x-www-form-urlencoded")
    return read(Request(environ.get_environ()), length)  # type: ignore[arg-type]  # Flask's is a child of it


SPELLINGS = {
    "plus": (b"query=a+b", "a b"),
    "escaped-plus": (b"query=a%2Bb", "a+b"),
    "escaped-slash": (b"query=a%2fb%2Fc", "a/b/c"),
    "escaped-percent": (b"query=a%252Fb", "a%2Fb"),
    "utf-8": (b"query=%C3%A4%F0%9F%98%80", "ä\U0001f600"),
    "raw-utf-8": ("query=ä\U0001f600".encode(), "ä\U0001f600"),
    "equals-within": (b"query=a=b", "a=b"),
    "escaped-ampersand": (b"query=a%26b", "a&b"),
    "no-escape": (b"query=%zz%4", "%zz%4"),
    "escaped-name": (b"q%75ery=a", "a"),
    "empty-parts": (b"&&query=a&&", "a"),
    "line-ends": (b"query=a%0D%0Ab", "a\r\nb"),
}


@pytest.mark.parametrize(("body", "query"), SPELLINGS.values(), ids=SPELLINGS)
def test_a_query_is_read_as_forms_spell_it(body: bytes, query: str) -> None:
    assert query == asked(body).query


@given(
    st.text(st.characters(codec="ascii", exclude_characters="&"), max_size=60)
    | st.text(st.sampled_from("%=+ 0aA3DdfF\r\n\t_.~z"), max_size=60)
)
def test_it_is_read_as_the_standard_library_reads_it(text: str) -> None:
    try:
        expected = dict(parse_qsl(f"query={text}", keep_blank_values=True, errors="strict"))["query"]
    except UnicodeDecodeError:
        with pytest.raises(Refused, match="sparql-not-utf8"):
            asked(f"query={text}".encode())
        return

    assert expected == asked(f"query={text}".encode()).query


@pytest.mark.parametrize("body", [b"query=%E4", b"query=\xe4", b"query=%ED%A0%80", b"query=%C0%80", b"\xff=a&query=a"])
def test_what_is_no_utf_8_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as caught:
        asked(body)

    assert "sparql-not-utf8" == caught.value.text


@pytest.mark.parametrize(
    "body",
    [
        b"query=" + b"%21" * 200_000,
        b"query=" + b"%21a" * 150_000,
        b"query=" + b"+" * 600_000,
        b"query=" + b"%=" * 300_000,
    ],
)
def test_a_query_takes_little_more_memory_than_it_has_bytes(body: bytes) -> None:
    tracemalloc.start()
    try:
        asked(body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 16 * len(body)
