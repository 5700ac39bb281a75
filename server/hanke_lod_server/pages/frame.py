"""What every page has: the reader's language, links that keep it, names with their language, and the frame around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from flask import render_template, request, url_for
from markupsafe import Markup, escape

from hanke_lod.model import Kind
from hanke_lod.namespaces import HANKE, ONTOLOGY, RDFS
from hanke_lod.publications import Record
from hanke_lod.rdf import Literal
from hanke_lod.texts import LANGUAGES, catalogue, has, say
from hanke_lod_server.answers import Alternative
from hanke_lod_server.graph import Graph, Name, Term, name_in, node_id
from hanke_lod_server.negotiation import best_language
from hanke_lod_server.pages.words import count_words
from hanke_lod_server.site import KIND_NAMES, Site
from hanke_lod_server.variants import DATA_FORMS
from hanke_lod_server.vocabulary import ontology_graph

#: The four words of navigation: the endpoint, and the text.
NAVIGATION = (
    ("projects", "page-nav-projects"),
    ("timeline", "page-nav-timeline"),
    ("catalog", "page-nav-data"),
    ("sparql", "page-nav-query"),
)


#: Licences by the last part of their address.
_LICENCES = {"CC_BY_4_0": "CC BY 4.0", "CC0": "CC0", "CC_BYSA_4_0": "CC BY-SA 4.0"}


@dataclass(frozen=True)
class Reader:
    """The language that a reader gets; `chosen` when the address itself asks for it, so that links keep it."""

    language: str
    chosen: bool = False


def reader_of(site: Site) -> Reader:
    """Return the reader of the present request to a site."""
    return reader_among(site.config.languages)


def reader_among(languages: Sequence[str]) -> Reader:
    """Return the reader of the present request where there are these languages: `?lang=` before Accept-Language."""
    asked = request.args.get("lang", "")
    if asked in languages:
        return Reader(asked, chosen=True)
    return Reader(best_language(request.headers.get("Accept-Language"), languages))


@dataclass(frozen=True)
class Shown:
    """A value on a page: its text and language, where it leads ("" nowhere), and whether that is another site."""

    text: str
    language: str = ""
    href: str = ""
    elsewhere: bool = False
    note: str = ""


@dataclass(frozen=True)
class About:
    """What a page is about: a document of the publication, and its triples for reading."""

    record: Record
    kind: Kind
    slug: str
    iri: str
    graph: Graph

    @property
    def names(self) -> Mapping[str, str]:
        """The thing's names by language."""
        return self.graph.names(self.iri) or self.record.extras.get("names", {})


class Sheet:
    """What templates use that know of no publication: texts in one reader's language, links that keep it."""

    #: The template that the page is set in.
    layout = "bare.html"

    def __init__(self, reader: Reader, languages: Sequence[str] = LANGUAGES) -> None:
        self.language = reader.language
        self.languages = languages
        self.kept = {"lang": reader.language} if reader.chosen else {}

    # ── words ──

    def say(self, identifier: str, /, **facts: object) -> str:
        """Return a text in the reader's language."""
        return say(identifier, self.language, **facts)

    def knows(self, identifier: str) -> bool:
        """Tell whether there is such a text."""
        return has(identifier)

    def rich(self, identifier: str, /, **facts: object) -> Markup:
        """Return a text whose facts may be markup, such as links; text and other facts are escaped."""
        return Markup(escape(catalogue()[identifier][self.language])).format(**facts)

    def count(self, identifier: str, count: int) -> str:
        """Return a text about how many there are."""
        return count_words(identifier, count, self.language)

    def name(self, names: Mapping[str, str]) -> Name:
        """Return the name that the reader gets, with the language it is in."""
        return name_in(names, self.language)

    def foreign(self, language: str) -> str:
        """Return the language if it is one and not the page's own: what a `lang` attribute is for."""
        return "" if language == self.language else language

    def in_own_words(self, language: str) -> str:
        """Return a language's name in itself."""
        return say("page-language", language)

    def label(self, iri: str) -> Name:  # noqa: ARG002  # whoever knows names says them
        """Return the name of what an IRI stands for, "" if it is not known."""
        return Name("", "")

    # ── links ──

    def plain(self, path: str, **values: str) -> str:
        """Return a path below the prefix that is no endpoint of ours by name."""
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in {**self.kept, **values}.items())
        return f"{request.script_root}/{path}{'?' + query if query else ''}"

    @staticmethod
    def data_path(path: str) -> str:
        """Return the path, below the prefix, of a file whose address is known from the data."""
        return quote(f"{request.script_root}/{path}", safe="/")

    def switch(self, language: str) -> str:
        """Return the present address in another language."""
        arguments = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
        query = "&".join(
            f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in [*arguments, ("lang", language)]
        )
        return f"{quote(request.script_root + request.path, safe='/')}?{query}"

    def href(self, iri: str) -> tuple[str, bool]:
        """Return where an IRI leads and whether that is another site; "" for what no browser should follow."""
        if urlsplit_scheme(iri) in ("http", "https"):
            return iri, True
        return (iri, False) if urlsplit_scheme(iri) == "mailto" else ("", False)


class Page(Sheet):
    """What templates use: texts, names and links for one reader of a publication."""

    layout = "layout.html"

    def __init__(self, site: Site, reader: Reader, active: str = "") -> None:
        super().__init__(reader, site.config.languages)
        self.site = site
        self.config = site.config
        self.active = active
        self.navigation = [entry for entry in NAVIGATION if site.engine or entry[0] != "sparql"]

    @property
    def licence_name(self) -> str:
        """The licence as people call it: known ones by name, others by address."""
        code = self.config.licence.rstrip("/").rpartition("/")[2]
        return _LICENCES.get(code, self.config.licence)

    def use_of(self, form: str) -> str:
        """Return what a form of the data is good for, or ""."""
        text = f"page-use-{form.lower().replace('/', '-')}"
        return self.say(text) if self.knows(text) else ""

    # ── links ──

    def is_here(self, endpoint: str) -> bool:
        """Tell whether an endpoint is the present page itself."""
        return request.endpoint == endpoint

    def link(self, endpoint: str, /, **values: Any) -> str:  # Any: what url_for takes
        """Return the path of a page, below the prefix; it keeps the language that the reader chose."""
        if endpoint == "sparql":
            return self.plain("sparql", **values)
        return url_for(endpoint, **{**self.kept, **values})

    def data(self, endpoint: str, /, **values: Any) -> str:  # Any: what url_for takes
        """Return the path of data, which have no language."""
        return url_for(endpoint, **values)

    def forms(self, endpoint: str, /, **values: Any) -> list[Alternative]:  # Any: what url_for takes
        """Return the data forms of what is described at an endpoint."""
        return [
            Alternative(row.label, row.media_type, url_for(endpoint, **values, suffix=row.suffix)) for row in DATA_FORMS
        ]

    def page_of(self, iri: str) -> str:
        """Return the path of the page about a thing of ours, or ""; a part of a thing has its place on its page."""
        whole, _, part = iri.partition("#")
        anchor: dict[str, Any] = {"_anchor": part} if part else {}  # Any: what url_for takes
        addresses = self.site.addresses
        if whole == ONTOLOGY or iri.startswith(HANKE.iri):
            return self.link("ontology", **anchor)
        listings = {addresses.sectors: "sectors", addresses.funding: "funding", addresses.catalogue: "catalog"}
        if whole in listings:
            return self.link(listings[whole], **anchor)
        if whole == addresses.sparql_service:
            return self.link("sparql")
        if whole == self.config.publisher.uri and self.site.publisher:
            return self.link("document", kind="organisation", slug=self.site.publisher, **anchor)
        kind, _, slug = whole.removeprefix(addresses.base + "id/").partition("/")
        if not whole.startswith(addresses.base + "id/") or kind not in KIND_NAMES or not slug or "/" in slug:
            return ""
        return self.link("document", kind=kind, slug=slug, **anchor)

    def href(self, iri: str) -> tuple[str, bool]:
        """Return where an IRI leads and whether that is another site; "" for what no browser should follow."""
        ours = self.page_of(iri)
        return (ours, False) if ours else super().href(iri)

    def label(self, iri: str) -> Name:
        """Return the name of a thing of ours or of a term of the ontology; "" for anything else."""
        if iri.startswith(HANKE.iri):
            return self.name(ontology_graph().names(iri, (RDFS.label,)))
        key = iri.removeprefix(self.site.addresses.base + "id/")
        if key == iri or "#" in key or key.partition("/")[0] not in KIND_NAMES:
            return super().label(iri)
        return self.name(self.site.names(key))

    def shown(self, graph: Graph, term: Term) -> Shown:
        """Return a value of a property: a literal as it is, a thing by its name with a link."""
        if isinstance(term, Literal):
            return Shown(term.value, term.language or "")
        iri = node_id(term)
        href, elsewhere = self.href(iri) if not iri.startswith("_:") else ("", False)
        name = self.name(graph.names(iri) or ontology_graph().names(iri))
        return Shown(name.text or iri.removeprefix("mailto:"), name.language, href, elsewhere)


def urlsplit_scheme(iri: str) -> str:
    """Return an IRI's scheme in lower case, or "" for what cannot be split."""
    try:
        return urlsplit(iri).scheme.lower()
    except ValueError:
        return ""


def render(template: str, page: Sheet, /, **values: object) -> str:
    """Return a page in the reader's language."""
    return render_template(template, page=page, **values)
