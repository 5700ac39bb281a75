"""What is an entry here, and what surrounds it? Pieces → blocks.

The pieces are first hung into a tree (`tree`, `headings`). Then, from the leaves up: a node whose children are its
details (labelled lines, bare dates, sums) is an entry; a node whose children are entries is a heading; a leaf of a list
is an entry; a text beside all that surrounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise

from hanke_lod.labels import fold_label
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Block, Entry, Field, Link
from hanke_lod.reading.headings import guess_headings
from hanke_lod.reading.pieces import Piece
from hanke_lod.reading.signs import APART, BARE, DATE, EVIDENCE, SENTENCE_END, SENTENCE_VERB, SPEAKS, SURROUNDING, TEXT
from hanke_lod.reading.tree import Node, everything, flat, hang, is_deep, is_flat, labelled_lists


def blocks(pieces: Sequence[Piece], lexicon: Lexicon) -> list[Block]:
    """Return the document's blocks in reading order."""
    ready = guess_headings(labelled_lists(pieces, lexicon), lexicon)
    tree = hang(ready, lexicon)
    return _without_silent_sections(list(_Outline(lexicon, tree).blocks(tree, ())))


def tells(text: str) -> bool:
    """Tell whether a text says something that is said of projects: a date, or two words or sums of that kind."""
    return bool(re.search(DATE, text)) or len(EVIDENCE.findall(text)) >= 2


def _without_silent_sections(blocks: list[Block]) -> list[Block]:
    """Make texts of the entries of a section that tells of no project, where the others do: a list in the intro."""
    entries = [block for block in blocks if block.entry]
    telling = {id(block) for block in entries if tells(block.text)}
    if len(telling) < 3 or len(telling) < len(entries) * 0.6:
        return blocks
    sections: dict[tuple[str, ...], list[Block]] = {}
    for block in entries:
        sections.setdefault(block.entry.headings if block.entry else (), []).append(block)
    silent = {
        id(block)
        for section in sections.values()
        if _is_silent(section, sum(id(block) in telling for block in section))
        for block in section
    }
    return [replace(block, kind="text", entry=None) if id(block) in silent else block for block in blocks]


def _is_silent(section: Sequence[Block], telling: int) -> bool:
    """Tell whether a section tells of no project: no dates, and few words of that kind (a list of terms)."""
    if any(re.search(DATE, block.text) for block in section):
        return False
    return telling == 0 or (len(section) >= 3 and telling * 2 <= len(section))


class _Outline:
    """Turns the tree into blocks."""

    def __init__(self, lexicon: Lexicon, tree: Sequence[Node]) -> None:
        self._lexicon = lexicon
        self._has_rows = any(node.piece.kind == "row" for node in everything(tree))
        everywhere = list(everything(tree))
        self._everywhere = self._alike([node for node in everywhere if node.piece.kind == "item"])
        items = [node for node in everywhere if node.piece.kind == "item"]
        self._has_list = len(items) >= 3 and sum(map(self._tells, items)) * 2 >= len(items)
        self._everywhere |= self._alike([node for node in everywhere if node.piece.kind == "heading" and is_deep(node)])
        texts = [n for n in everywhere if n.piece.kind == "text" and n.rank == TEXT and not n.children]
        self._first = next(iter(texts), None)
        named = sum(map(self._names_project, texts))
        told = sum(map(self._tells, texts))
        #: a document of texts, nearly all of which are projects
        self._of_texts = (
            not self._has_rows and not self._everywhere and named >= 3 and told >= 5 and told >= len(texts) * 0.6
        )

    def blocks(self, nodes: Sequence[Node], headings: tuple[str, ...]) -> Iterator[Block]:
        """Yield the blocks of sibling nodes."""
        nodes = self._gathered(nodes)
        has_list = (
            self._has_rows
            or (self._has_list and not self._of_texts)
            or any(node.piece.kind == "item" for node in nodes)
        )
        texts = [node for node in nodes if node.piece.kind == "text" and not node.children and node.rank == TEXT]
        told = self._told(texts)
        kin = any(node.children and node.piece.kind == "text" and not node.label for node in nodes)
        least = 1 if (self._of_texts and headings) or kin else 2
        texts_are_entries = not has_list and len(told) >= least and len(told) >= len(texts) / 2
        between = _lines(texts) if self._of_texts or len(told) >= len(texts) * 0.6 else set()
        alike = self._alike(nodes)
        for group in self._records(nodes):
            node = group[0]
            if len(group) > 1:
                yield self._entry(group, headings)
            elif node.children and node.piece.kind == "heading" and APART.match(node.piece.text):
                yield from (Block("text", n.piece.text, n.piece.place) for n in everything([node]))
            elif node.children and (node.rank in alike or self._is_entry(node) or self._is_like_others(node)):
                yield self._entry([node], headings)
            elif node.children and node.piece.kind == "text" and SENTENCE_END.search(node.piece.text):
                yield Block("text", node.piece.text, node.piece.place)
                yield from self.blocks(node.children, headings)
            elif node.children:
                yield from self._section(node, headings)
            else:
                yield self._leaf(
                    node, headings, texts_are_entries and (node in told or id(node) in between or self._is_headed(node))
                )

    def _gathered(self, nodes: Sequence[Node]) -> list[Node]:
        """Hang items that say things of the item above them below it: "• Kumppani: X" after "• Kylätalo kuntoon"."""
        made: list[Node] = []
        for node in nodes:
            above = made[-1] if made else None
            if (
                above is not None
                and above.piece.kind == node.piece.kind == "item"
                and not above.label
                and self._says_of_other(node)
            ):
                above.children.append(node)
            else:
                made.append(node)
        return made

    def _says_of_other(self, node: Node) -> bool:
        if node.children or not node.label:
            return bool(not node.children and SPEAKS.match(node.piece.text))
        return self._lexicon.field_of(node.label) not in ("", "title", "contact", "updated")

    def _leaf(self, node: Node, headings: tuple[str, ...], texts_are_entries: bool) -> Block:
        piece = node.piece
        if piece.kind == "heading":
            return Block("heading", piece.text, piece.place, max(1, piece.level))
        surrounding = self._surrounds(node) or self._lexicon.field_of(node.label) == "contact"
        if piece.kind in ("item", "row") and not surrounding:
            return self._entry([node], headings)
        if texts_are_entries and node.rank == TEXT and not surrounding:
            return self._entry([node], headings)
        return Block("text", piece.text, piece.place)

    def _surrounds(self, node: Node) -> bool:
        """Tell whether a text is about the list, not a project: whom to ask, when it was updated."""
        return bool(SURROUNDING.match(node.piece.text)) or self._lexicon.field_of(node.label) == "updated"

    def _section(self, node: Node, headings: tuple[str, ...]) -> Iterator[Block]:
        text = node.piece.text.strip().rstrip(":").strip()
        yield Block("heading", node.piece.text, node.piece.place, max(1, len(headings) + 1))
        yield from self.blocks(node.children, (*headings, " ".join(text.split())))

    def _tells(self, node: Node) -> bool:
        return tells(node.piece.text)

    def _told(self, texts: Sequence[Node]) -> list[Node]:
        """Return the texts that are projects: from the first that begins with a name, all that tell something."""
        of_texts = self._of_texts and self._first not in texts
        long = sum(len(node.piece.text) > 90 for node in texts)
        if self._of_texts and not of_texts and long * 2 >= len(texts):  # lines of a title: "Toimintakertomus 2023"
            texts = list(dropwhile(lambda node: len(node.piece.text) < 60 and not node.piece.gap, texts))
        named = (number for number, node in enumerate(texts) if self._names_project(node))
        first = 0 if of_texts else next(named, len(texts) if self._of_texts else 0)
        return [node for node in texts[first:] if self._tells(node)]

    def _names_project(self, node: Node) -> bool:
        """Tell whether a text beside other texts is a project: it begins with a name, not with a sentence."""
        first = re.split(r"(?<=[^\W\d])[.!?:](?:\s|$)", node.piece.text, maxsplit=1)[0]
        return self._tells(node) and (first[:1] in '"”“„»' or not SENTENCE_VERB.search(first))

    def _is_headed(self, node: Node) -> bool:
        """Tell whether a text among texts that are projects begins with a name and goes on about it."""
        first, *rest = re.split(r"(?<=[^\W\d])[.](?=\s)", node.piece.text, maxsplit=1)
        name = len(first.split()) <= 10 and not SENTENCE_VERB.search(first)
        return self._of_texts and name and bool(rest) and bool(EVIDENCE.search(rest[0]))

    def _is_detail(self, node: Node) -> bool:
        if node.children:
            return False
        field_ = self._lexicon.field_of(node.label) if node.label else ""
        if node.piece.kind == "item" and not field_:
            return bool(BARE.fullmatch(node.piece.text))  # "Kunta Helmi: laidunkosteikko" may be a name
        return (bool(node.label) and field_ != "title") or bool(BARE.fullmatch(node.piece.text))

    def _is_fact(self, node: Node) -> bool:
        """Tell whether a line says something of what stands above it instead of naming a project."""
        text = node.piece.text
        first = " ".join(re.findall(r"[^\W\d_][\w-]*", text)[:1])
        if self._is_detail(node) or text[:1].islower() or re.match(rf"\W*(?:{DATE})", text):
            return True
        return bool(self._lexicon.field_of(first)) or (bool(SENTENCE_END.search(text)) and not re.search(DATE, text))

    def _is_entry(self, node: Node) -> bool:
        """Tell whether the node is a project and its children say things of it."""
        if not all(map(is_flat, node.children)):
            return False
        texts = [child for child in node.children if child.rank == TEXT]
        if node.piece.kind == "heading" and sum(bool(child.children) and self._tells(child) for child in texts) >= 2:
            return False  # a section of projects, each with its details
        children = [n for child in node.children for n in (child, *child.children)]
        children = [child for child in children if not self._surrounds(child)]
        details = sum(self._is_detail(child) for child in children)
        if details and details * 2 >= len(children):
            return not any(self._lexicon.field_of(child.label) == "title" for child in children)
        if node.piece.kind == "item":
            own, below = self._tells(node), sum(self._tells(child) for child in children)
            facts = sum(child.piece.text[:1].islower() or self._is_detail(child) for child in children)
            return (own and below <= len(children) / 2) or facts * 2 >= len(children)
        return bool(details) and all(child.rank >= TEXT for child in children) and node.piece.kind == "text"

    def _alike(self, nodes: Sequence[Node]) -> set[int]:
        """Return the ranks at which every node that has only leaves below it names one project.

        Siblings are of one kind: where most are told by their details, the others are projects, too. Headings with a
        text or two below each are projects, not sections.
        """
        found = set()
        for rank in {node.rank for node in nodes}:
            above = [n for n in nodes if n.rank == rank and n.children]
            flat = [n for n in above if all(map(is_flat, n.children))]
            if len(flat) < len(above) or len(flat) < 2:
                continue
            if sum(map(self._is_entry, flat)) * 2 >= len(flat) or self._told_by_texts(flat):
                found.add(rank)
        return found

    def _is_like_others(self, node: Node) -> bool:
        """Tell whether the likes of an item or heading in the whole document are projects with details."""
        if node.rank not in self._everywhere or node.piece.kind == "text" or not all(map(is_flat, node.children)):
            return False
        dated = re.search(DATE, node.piece.text) is not None
        return (
            node.piece.kind == "item"
            or dated
            or any(self._tells(n) or self._is_detail(n) for n in everything(node.children))
        )

    def _told_by_texts(self, nodes: Sequence[Node]) -> bool:
        children = [child for node in nodes for child in node.children]
        if nodes[0].piece.kind != "heading":
            return False
        if any(child.piece.kind != "text" for child in children):
            return sum(map(self._is_fact, children)) >= len(children) * 0.7 and len(children) <= len(nodes) * 7
        told = sum(self._tells(child) and not self._is_fact(child) for child in children)
        return any(map(self._tells, children)) and told <= len(nodes) * 1.4 and len(children) <= len(nodes) * 4

    def _records(self, nodes: Sequence[Node]) -> Iterator[list[Node]]:
        """Group labelled lines that follow each other without a name above: one record begins where a label repeats."""
        group: list[Node] = []
        seen: set[str] = set()
        for node in nodes:
            is_line = bool(node.label) and not node.children and node.piece.kind == "text"
            label = fold_label(node.label)
            if (
                is_line
                and self._lexicon.field_of(node.label) in ("contact", "updated")
                and (not group or node.piece.gap)
            ):
                is_line = False
            if group and (
                not is_line or label in seen or (node.piece.gap and self._lexicon.field_of(node.label) == "title")
            ):
                yield group
                group, seen = [], set()
            if is_line:
                group.append(node)
                seen.add(label)
            else:
                yield [node]
        if group:
            yield group

    def _entry(self, nodes: Sequence[Node], headings: tuple[str, ...]) -> Block:
        """Join a node and what stands below it into one entry."""
        parts: list[str] = []
        fields: list[Field] = []
        links: list[Link] = []
        position = 0
        for piece in (p for node in nodes for p in flat(node)):
            own = piece.fields or (Field("", 0, len(piece.text)),)
            fields += [Field(f.label, f.start + position, f.end + position) for f in own]
            links += [Link(k.start + position, k.end + position, k.target) for k in piece.links]
            parts.append(piece.text)
            position += len(piece.text) + 1
        text = "\n".join(parts)
        plain = len(fields) == 1 and not fields[0].label
        entry = Entry(text, nodes[0].piece.place, headings, () if plain else tuple(fields), tuple(links))
        return Block("entry", text, entry.place, entry=entry)


def _lines(texts: Sequence[Node]) -> set[int]:
    """Return the texts that are lines of a list: short, no sentences, with no blank line before."""
    return {
        id(node) for above, node in pairwise(texts)
        if not SURROUNDING.match(above.piece.text) and not node.piece.gap
        and len(node.piece.text) <= 160 and not SENTENCE_END.search(node.piece.text)
    }  # fmt: skip
