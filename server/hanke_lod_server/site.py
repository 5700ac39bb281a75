"""What the server needs at hand to answer: a publication, its settings, and facts that are looked up once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

from hanke_lod.config import Config
from hanke_lod.model import Kind
from hanke_lod.publications import INDEX, Publication, Record
from hanke_lod.searching import Index, ListedThing, Selection
from hanke_lod.uris import Addresses
from hanke_lod_server.variants import Variant, transcribe

if TYPE_CHECKING:
    from hanke_lod_server.engines import Engine

KIND_NAMES: frozenset[str] = frozenset(get_args(Kind))
_NAMES_KEPT = 8192
_COUNTS_KEPT = 4096
_LISTS_KEPT = 48
_DOCUMENTS_KEPT = 32


class Site:
    """A publication being served. Nothing in it changes; another publication is another site."""

    def __init__(
        self,
        publication: Publication,
        engine: Engine | None,
        config: Config,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.publication = publication
        self.engine = engine
        self.config = config
        self.today = today
        self.addresses = Addresses(publication.base_uri)
        self.index = Index(publication.path(INDEX))
        self.names = lru_cache(_NAMES_KEPT)(self._names)
        self.count = lru_cache(_COUNTS_KEPT)(self.index.count)
        self.collective = lru_cache(_DOCUMENTS_KEPT)(self._collective)
        self.things = lru_cache(_LISTS_KEPT)(self._things)

    @property
    def prefix(self) -> str:
        """The path below which everything is served, without its last slash: that of the base IRI."""
        return urlsplit(self.publication.base_uri).path.rstrip("/")

    def record(self, key: str) -> Record | None:
        """Return a document of the publication by its key ("project/x"), or None."""
        return self.publication.record(key)

    def _names(self, key: str) -> Mapping[str, str]:
        record = self.record(key)
        names: Mapping[str, str] = record.extras.get("names", {}) if record else {}
        return names

    def _collective(self, key: str, variant: Variant) -> bytes:
        """Return one of the few documents about many things ("catalog", "sectors") in a data form, b"" if none."""
        record = self.record(key)
        return transcribe(record.triples, self._root(key), variant) if record else b""

    def _root(self, key: str) -> str:
        roots = {
            "catalog": self.addresses.catalogue,
            "sectors": self.addresses.sectors,
            "funding": self.addresses.funding,
        }
        return roots.get(key, "")

    def _things(self, kind: str, selection: Selection | None = None) -> tuple[ListedThing, ...]:
        return tuple(self.index.things(kind, selection))

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The first and last year in which a project runs, or None when no project has a period."""
        return self.index.years()

    @cached_property
    def project_count(self) -> int:
        """How many projects there are."""
        return self.count(Selection())

    @cached_property
    def thing_counts(self) -> Mapping[str, int]:
        """How many sectors, funding sources and organisations there are, by kind."""
        return {kind: len(self.things(kind)) for kind in ("sector", "funding", "organisation")}

    @cached_property
    def dataset(self) -> str:
        """The slug of the dataset, of several the first."""
        keys = self.publication.keys("dataset")
        return next((key.partition("/")[2] for key, state, _ in keys if state == "current"), "")

    @cached_property
    def publisher(self) -> str:
        """The slug of the organisation that publishes the lists, or "" when it is not among those listed."""
        named = self.config.publisher.name
        return next((thing.slug for thing in self.things("organisation") if thing.names == named), "")

    def iri_of(self, kind: Kind, slug: str) -> str:
        """Return the IRI of a thing: ours, but the publisher's own where it has one."""
        if (kind, slug) == ("organisation", self.publisher) and self.config.publisher.uri:
            return self.config.publisher.uri
        return self.addresses.thing(kind, slug)

    @cached_property
    def year_counts(self) -> Mapping[str, Mapping[int, int]]:
        """How many projects of each sector run in each of the last hundred years, for strips of very many projects."""
        counts: dict[str, dict[int, int]] = {}
        first, last = self.years or (0, -1)
        for year in range(max(first, last - 99), last + 1):
            for thing in self.things("sector", Selection(year=f"{year:04d}")):
                if thing.count:
                    counts.setdefault(thing.slug, {})[year] = thing.count
        return counts
