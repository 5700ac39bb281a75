"""Every address that we mint or serve."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote

from hanke_lod.model import Kind

#: The longest slug we mint, in characters; it ends at a whole word where it can.
SLUG_LENGTH = 60


@dataclass(frozen=True)
class KindRow:
    """A kind of thing: its name in addresses, and the path that lists all of its kind."""

    name: Kind
    listing: str


#: One row per kind of thing that has an address.
KINDS: tuple[KindRow, ...] = (
    KindRow("project", "projects"),
    KindRow("organisation", "organisations"),
    KindRow("sector", "sectors"),
    KindRow("funding", "funding"),
    KindRow("source", "about"),
    KindRow("dataset", "catalog"),
)
assert {row.name for row in KINDS} == set(get_args(Kind))


@dataclass(frozen=True)
class Addresses:
    """The addresses below a base IRI, which ends in "/"."""

    base: str

    def thing(self, kind: Kind, slug: str) -> str:
        """Return the IRI of a thing."""
        return f"{self.base}id/{kind}/{slug}"

    def document(self, kind: Kind, slug: str, suffix: str = "") -> str:
        """Return the address of a thing's description."""
        return f"{self.base}doc/{kind}/{slug}" + (f".{suffix}" if suffix else "")

    def dump(self, suffix: str, slug: str = "") -> str:
        """Return the address of a dump of the whole dataset, or of one of several."""
        return f"{self.base}dataset{'/' + slug if slug else ''}.{suffix}"

    def path(self, path: str) -> str:
        """Return the address of a page such as "sparql" or "catalog"."""
        return self.base + path

    @property
    def sectors(self) -> str:
        """The IRI of the scheme of sectors."""
        return self.base + "id/sector"

    @property
    def funding(self) -> str:
        """The IRI of the scheme of funding sources."""
        return self.base + "id/funding"

    @property
    def catalogue(self) -> str:
        """The IRI of the catalogue, which also names its graph."""
        return self.base + "id/catalog"

    @property
    def sparql_service(self) -> str:
        """The IRI of the SPARQL endpoint as a data service."""
        return self.base + "id/service/sparql"


def fragment(iri: str, name: str) -> str:
    """Return the IRI of a part of a thing: "…/id/project/x#period"."""
    return f"{iri}#{quote(name)}"


_TRANSLITERATED = str.maketrans(
    {
        "ä": "a",
        "ö": "o",
        "å": "a",
        "ø": "o",
        "æ": "ae",
        "ß": "ss",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ŋ": "n",
    }
)


def slug(title: str) -> str:
    """Return an ASCII slug: lower case letters and digits joined by hyphens, at most SLUG_LENGTH long.

    >>> slug("Työtä Kemissä! -työllisyyden yhteispalvelun kehittäminen")
    'tyota-kemissa-tyollisyyden-yhteispalvelun-kehittaminen'
    """
    text = unicodedata.normalize("NFC", title).lower().translate(_TRANSLITERATED)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "\u00ad\u200b\u200c\u200d\ufeff")
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in text).split()
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:SLUG_LENGTH]
        if len(longer) > SLUG_LENGTH:
            break
        made = longer
    return made or "nimeton"


def unique_slug(title: str, taken: Container[str]) -> str:
    """Return the title's slug, with "-2", "-3" … if it is taken."""
    first = slug(title)
    if first not in taken:
        return first
    number = 2
    while f"{first}-{number}" in taken:
        number += 1
    return f"{first}-{number}"
