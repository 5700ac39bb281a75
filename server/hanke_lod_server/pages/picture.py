"""The vocabulary as a picture: a box for each class, below it what leads from it to others.

Nothing is scaled: boxes are as wide as there is room, texts as large as the page's. So the picture is legible on a
phone, where everything hangs below one another; a wide page has two columns.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hanke_lod.namespaces import DCTERMS, HANKE, OWL, PROV, RDFS, SKOS, Vocabulary
from hanke_lod_server.graph import Graph
from hanke_lod_server.pages.frame import Page
from hanke_lod_server.pages.resource import prefixed

_RDFS = Vocabulary(RDFS.iri, "domain range subClassOf")
_OWL = Vocabulary(OWL.iri, "ObjectProperty DatatypeProperty")
#: What leads from class to class with a property of another vocabulary, of which ours states no domain or range.
_BORROWED = (
    (HANKE.Project, DCTERMS.temporal, DCTERMS.PeriodOfTime),
    (HANKE.ListEntry, PROV.wasQuotedFrom, HANKE.SourceDocument),
)
# In pixels: how far a box stands to the right of the one it hangs from, the space around and the height of a line.
_STEP, _GAP, _LINE, _PAD = 32, 16, 22, 12


@dataclass(frozen=True)
class Layout:
    """How many columns a picture has, and how many characters are sure to fit into a line of one."""

    name: str
    columns: int
    characters: int


_LAYOUTS = (Layout("narrow", 1, 33), Layout("wide", 2, 44))


@dataclass(frozen=True)
class Written:
    """A line of text: where, and whether it is a name, a term as it is written in RDF, or a word on an arrow."""

    x: int
    y: int
    text: str
    kind: str


@dataclass(frozen=True)
class Box:
    """A class: its place, how many boxes it hangs below, and whether it is the first, one of ours or another's."""

    x: int
    y: int
    height: int
    depth: int
    kind: str


@dataclass(frozen=True)
class Arrow:
    """A line down from a box and to the right, to another."""

    x: int
    top: int
    bottom: int
    end: int


@dataclass(frozen=True)
class Link:
    """What the picture says, in words: from which class which properties lead to which."""

    source: str
    anchor: str
    properties: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Column:
    """Boxes below one another, the arrows to them and the texts: where the column begins, and how wide it is."""

    x: str
    width: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    texts: tuple[Written, ...]


@dataclass(frozen=True)
class Drawing:
    """The picture in one layout; the first column holds only the box from which the others hang."""

    layout: str
    height: int
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Picture:
    """The picture in each layout, and the same in words."""

    drawings: tuple[Drawing, ...]
    links: tuple[Link, ...]


def picture(page: Page, graph: Graph) -> Picture:
    """Return the picture of the ontology, with everything that can be reached from a project."""
    model = _Model(page, graph)
    return Picture(tuple(_drawn(model, layout) for layout in _LAYOUTS), tuple(model.links(HANKE.Project)))


class _Model:
    """What there is to be drawn, in the reader's words."""

    def __init__(self, page: Page, graph: Graph) -> None:
        self._page, self._graph = page, graph
        self.leads = _leads(graph)

    def label(self, iri: str) -> str:
        return self._page.name(self._graph.names(iri, (RDFS.label,))).text or prefixed(iri)

    def links(self, iri: str) -> Iterator[Link]:
        for target, properties in self.leads.get(iri, {}).items():
            names = tuple(self.label(term) for term in properties)
            yield Link(self.label(iri), iri.removeprefix(HANKE.iri), names, self.label(target))
            yield from self.links(target)

    def inside(self, iri: str) -> Iterator[tuple[str, str]]:
        """Yield the texts in a box: name, term, what kinds there are, what values it has."""
        label, term = self.label(iri), prefixed(iri)
        if label != term:
            yield label, "name"
        yield term, "code-of"
        subjects = self._graph.subjects
        own = iri.startswith(HANKE.iri)
        for text, found in (
            ("page-model-kinds", [one for one in subjects if own and iri in self._graph.nodes(one, _RDFS.subClassOf)]),
            ("page-model-concepts", [one for one in subjects if iri == SKOS.Concept and self._graph.is_a(one, iri)]),
            ("page-model-values", [
                one for one in subjects
                if self._graph.is_a(one, _OWL.DatatypeProperty) and iri in self._graph.nodes(one, _RDFS.domain)
            ]),
        ):  # fmt: skip
            if found:
                yield self._page.say(text, names=_listed(map(self.label, found))), "word"


class _Pen:
    """Draws boxes below one another."""

    def __init__(self, model: _Model, characters: int) -> None:
        self._model, self._characters = model, characters
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.texts: list[Written] = []

    def box(self, iri: str, depth: int, top: int) -> int:
        """Draw the box of a class at a height; return where it ends."""
        x, y = depth * _STEP, top + _PAD
        for text, kind in self._model.inside(iri):
            y = self._write(text, kind, x + _PAD, y, self._characters - 4 * depth)
        y += _PAD - 4
        kind = "main" if not depth else "own" if iri.startswith(HANKE.iri) else "other"
        self.boxes.append(Box(x, top, y - top, depth, kind))
        return y

    def below(self, iri: str, targets: Iterable[str], depth: int, top: int) -> int:
        """Draw what hangs from a class whose box ends at a height; return where that ends."""
        x, end = depth * _STEP, top
        for target in targets:
            names = [self._model.label(term) for term in self._model.leads[iri][target]]
            y = self._write(_listed(names), "word", x + _STEP, end + _GAP, self._characters - 4 * depth) + 4
            self.arrows.append(Arrow(x + _PAD, top, y + 22, x + _STEP))
            bottom = self.box(target, depth + 1, y)
            end = self.below(target, self._model.leads.get(target, {}), depth + 1, bottom)
        return end

    def _write(self, text: str, kind: str, x: int, y: int, characters: int) -> int:
        for line in textwrap.wrap(text, characters, break_long_words=False, break_on_hyphens=False):
            self.texts.append(Written(x, y + 16, line, kind))
            y += _LINE
        return y

    def column(self, x: str = "0", width: str = "100%") -> Column:
        """Return what was drawn."""
        return Column(x, width, tuple(self.boxes), tuple(self.arrows), tuple(self.texts))


def _drawn(model: _Model, layout: Layout) -> Drawing:
    head = _Pen(model, layout.characters * layout.columns)
    top = head.box(HANKE.Project, 0, 0)
    share = 100 / layout.columns
    columns, height = [head.column()], top
    for number, targets in enumerate(_shared_out(model, layout, list(model.leads[HANKE.Project]))):
        pen = _Pen(model, layout.characters)
        height = max(height, pen.below(HANKE.Project, targets, 0, top))
        gap = 4 if layout.columns > 1 else 0
        columns.append(pen.column(f"{number * (share + gap / 2):g}%", f"{share - gap / 2:g}%"))
    return Drawing(layout.name, height, tuple(columns))


def _shared_out(model: _Model, layout: Layout, targets: list[str]) -> list[list[str]]:
    """Return the targets in so many columns, cut where the higher of two is lowest."""
    if layout.columns == 1:
        return [targets]

    def height(cut: int) -> int:
        parts = (targets[:cut], targets[cut:])
        return max(_Pen(model, layout.characters).below(HANKE.Project, part, 0, 0) for part in parts)

    cut = min(range(1, len(targets)), key=height)
    return [targets[:cut], targets[cut:]]


def _leads(graph: Graph) -> Mapping[str, Mapping[str, list[str]]]:
    """Return class → class → the properties that lead there, in the order of the ontology."""
    found: dict[str, dict[str, list[str]]] = {}
    own = (
        (source, term, target)
        for term in graph.subjects
        if graph.is_a(term, _OWL.ObjectProperty)
        for source in graph.nodes(term, _RDFS.domain)
        for target in graph.nodes(term, _RDFS.range)
    )
    for source, term, target in (*_BORROWED, *own):
        found.setdefault(source, {}).setdefault(target, []).append(term)
    return found


def _listed(names: Iterable[str]) -> str:
    """Return names with dots between them, to be broken into lines after a dot only."""
    return "\u00a0· ".join(name.replace(" ", "\u00a0") for name in names)
