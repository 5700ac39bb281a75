"""What is an entry here, and what surrounds it? Pieces → blocks.

The pieces are first hung into a tree: headings by their level, items by their depth, labelled lines below what they
stand under. Then, from the leaves up: a node whose children are its details (labelled lines, bare dates, sums) is an
entry; a node whose children are entries is a heading; a leaf of a list is an entry; a text beside all that surrounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hanke_lod.lexicon import Lexicon, fold_label
from hanke_lod.model import Block, Entry, Field, Link, Place
from hanke_lod.reading.pieces import Piece

_HEADING_LENGTH = 100
_TEXT, _ITEM, _DETAIL = 50, 51, 90

_DATE = r"\d{1,2}\.\s?\d{1,2}\.|\b(?:19|20)\d\d\b|\b\d{1,2}/(?:20)?\d\d\b"
_MARK = r"\d\s?(?:€|euro|eur\b|e\b)|\b[A-ZÅÄÖ]{3,}\b"
_WORD = (
    r"toteutt|hallinno|koordin|kumppan|rahoit|yhteistyö|hakija|finans|genomför|partner|samarbet|samordn|administr|"
    r"fund|implement|lead|kesto|aika"
)
_EVIDENCE = re.compile(rf"{_DATE}|{_MARK}|(?i:{_WORD})")
_BARE = re.compile(rf"\W*(?:(?:{_DATE})[\d\s.\-–—/]*|[\d\s.,]+\s?(?:€|euroa|eur)|https?://\S+)\W*", re.IGNORECASE)
_SENTENCE_VERB = re.compile(
    r"\b(?:on|ovat|oli|olivat|osallistui|osallistuu|käytettiin|koottu|löydät|löytyy|sisältää|toteuttaa|haluaa|olemme|"
    r"är|har|deltar|finns|omfattar|hittar|presenteras|is|are|has|have|lists|contains|includes|participates)\b", re.IGNORECASE,
)  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?…]$")
_SURROUNDING = re.compile(
    r"(?:yhteensä|summa|sammanlagt|totalt|total\b|lähde:|källa:|source:|päivitetty|uppdaterad|updated|©|sivu \d|"
    r"lisätietoja|lisätiedot|mer information|more information|ytterligare information|yhteystiedot|kontakt\b|contact\b|"
    r"huom[.:!]|obs[.:!]|note:|\*|(?:puh|tel|tfn|gsm|p)\.?[ :]*[+\d]|\S+(?:@|\(at\))\S+)", re.IGNORECASE,
)  # fmt: skip


#: Headings of what stands beside a list on a page.
_APART = re.compile(
    r"(?:yhteystiedot|yhteyshenkilö|yhteydenotot|lisätieto|lisätietoa|ota yhteyttä|katso myös|lue lisää|lue myös|aiheesta muualla|"
    r"linkit|linkkejä|liitteet|tiedostot|uutiset|uutisia|tiedotteet|ajankohtaista|tapahtumat|palaute|jaa sivu|"
    r"kontakt|mer information|läs mer|läs också|se också|länkar|bilagor|nyheter|evenemang|"
    r"contact|more information|further information|read more|see also|related|links|attachments|news|events)\b", re.IGNORECASE,
)  # fmt: skip


@dataclass(eq=False)
class Node:
    """A piece and what stands below it; `rank` grows downwards."""

    piece: Piece
    rank: int
    children: list[Node] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The label of a labelled line, or ""."""
        labels = {field_.label for field_ in self.piece.fields}
        return labels.pop() if len(labels) == 1 and self.piece.kind != "row" else ""


def blocks(pieces: Sequence[Piece], lexicon: Lexicon) -> list[Block]:
    """Return the document's blocks in reading order."""
    ready = _guess_headings(_labelled_lists(pieces, lexicon), lexicon)
    tree = _tree(ready, lexicon)
    return _without_silent_sections(list(_Outline(lexicon, tree).blocks(tree, ())))


def _without_silent_sections(blocks: list[Block]) -> list[Block]:
    """Make texts of the entries of a section that says nothing of projects, where the others do: a list in the intro."""
    entries = [block for block in blocks if block.entry]
    telling = {id(block) for block in entries if _EVIDENCE.search(block.text)}
    if len(telling) < 3 or len(telling) < len(entries) * 0.6:
        return blocks
    headings = {block.entry.headings for block in entries if block.entry and id(block) in telling}
    return [
        block if not block.entry or block.entry.headings in headings else replace(block, kind="text", entry=None)
        for block in blocks
    ]


def _labelled_lists(pieces: Sequence[Piece], lexicon: Lexicon) -> list[Piece]:
    """Join a label that stands alone with the items below it, each a value of it: "Osatoteuttajat:" and two bullets."""
    made: list[Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if last is not None and piece.kind == "item" and not piece.gap and _is_open_label(last, lexicon):
            label = last.fields[0].label if last.fields else last.text.rstrip(": ")
            start = len(last.text) + 1
            field_ = Field(label, start, start + len(piece.text))
            made[-1] = replace(last, text=f"{last.text}\n{piece.text}", fields=(*last.fields, field_))
        else:
            made.append(piece)
    return made


def _is_open_label(piece: Piece, lexicon: Lexicon) -> bool:
    """Tell whether a text is a label whose values are the items that follow."""
    if piece.kind != "text":
        return False
    if piece.fields:  # has taken items before
        head = piece.text[: piece.fields[0].start].strip()
        below = piece.text[piece.fields[0].start - 1] == "\n"
        return below and head.endswith(":") and piece.fields[0].label == head.rstrip(": ")
    if not piece.text.endswith(":"):
        return False
    kind = lexicon.field_of(piece.text.rstrip(": "))
    return bool(kind) and kind not in ("title", "sector", "status", "contact", "updated", "programme")


# ── the tree ────────────────────────────────────────────────────────────────────────────────────────────────


def _tree(pieces: Sequence[Piece], lexicon: Lexicon) -> list[Node]:
    root = Node(Piece("text", "", Place()), -1)
    stack = [root]
    for piece in pieces:
        node = Node(piece, _rank(piece))
        while stack[-1].rank >= node.rank or not _adopts(stack[-1], node, lexicon):
            stack.pop()
        stack[-1].children.append(node)
        stack.append(node)
    return root.children


def _rank(piece: Piece) -> int:
    if piece.kind == "heading":
        return piece.level
    if piece.kind == "item":
        return _ITEM + piece.level
    if piece.kind == "row":
        return _ITEM
    labels = {field_.label for field_ in piece.fields}
    return _DETAIL if len(labels) == 1 and labels != {""} else _TEXT


def _adopts(above: Node, node: Node, lexicon: Lexicon) -> bool:
    """Tell whether a node may stand below another: a text carries what follows only without a blank line between."""
    if above.rank < _TEXT:
        return True
    if "row" in (above.piece.kind, node.piece.kind):
        return False
    if above.piece.kind == "text" and above.rank == _TEXT:
        if node.piece.kind == "item":
            return not node.piece.gap and len(above.piece.text) <= _HEADING_LENGTH or bool(above.children)
        name = len(above.piece.text) <= _HEADING_LENGTH and not _SENTENCE_END.search(above.piece.text)
        return not node.piece.gap or (name and not _is_closing(node, lexicon))
    return not (node.rank == _DETAIL and node.piece.gap and _is_closing(node, lexicon))


def _is_closing(node: Node, lexicon: Lexicon) -> bool:
    """Tell whether a labelled line after a gap closes a list or begins a record instead of telling of what is above."""
    return lexicon.field_of(node.label) in ("contact", "updated", "title", "")


# ── headings that only their place and look tell ────────────────────────────────────────────────────────────


def _guess_headings(pieces: list[Piece], lexicon: Lexicon) -> list[Piece]:
    """Make headings of the short texts that stand above lists, labelled lines or other texts as headings do.

    Their level goes by their look: a look that first appears below another stands deeper.
    """
    marked = [False] * len(pieces)
    for number in range(len(pieces) - 1, -1, -1):
        marked[number] = _is_heading(pieces, number, marked, lexicon)
    real = max((p.level for p in pieces if p.kind == "heading"), default=0)
    looks: list[str] = []
    made: list[Piece] = []
    for number, (piece, is_heading) in enumerate(zip(pieces, marked, strict=True)):
        if piece.kind == "heading":
            looks = []
            made.append(piece)
        elif is_heading:
            over = number + 1 < len(pieces) and (marked[number + 1] or pieces[number + 1].kind == "heading")
            is_title = number == 0 and (over or pieces[1].kind == "text" or bool(_LISTED.search(piece.text)))
            look = "title" if is_title else _look(piece, lexicon) + ("^" if over else "")
            if look in looks:
                del looks[looks.index(look) + 1 :]
            else:
                looks.append(look)
            made.append(replace(piece, kind="heading", level=min(real + len(looks), _TEXT - 1), fields=()))
        else:
            made.append(piece)
    return made


def _look(piece: Piece, lexicon: Lexicon) -> str:
    """Return how a heading looks, beside others: capitals, a number, a colon; a status is a look of its own."""
    text = piece.text
    if fold_label(text) in lexicon.status_words:
        return "status"
    capitals = text.upper() == text
    numbered = bool(re.match(r"\d+(?:\.\d+)*\.?\s", text))
    return f"{'A' if capitals else 'a'}{'1' if numbered else ''}{':' if text.endswith(':') else ''}{'b' if piece.strong else ''}{piece.kind[0]}"


def _is_heading(pieces: Sequence[Piece], number: int, marked: Sequence[bool], lexicon: Lexicon) -> bool:
    """Tell whether a piece is a heading; what follows it has been judged before."""
    piece = pieces[number]
    following = next(iter(pieces[number + 1 :]), None)
    text = piece.text.strip()
    if piece.kind != "text" or following is None or re.search(r"[\n\t]", text) or len(text) > _HEADING_LENGTH:
        return False
    if piece.fields and piece.fields[0].label and not text.endswith(":"):
        return False
    if _SENTENCE_END.search(text) or _SURROUNDING.match(text) or re.match(r"[^:]{2,60}:\s+\S", text):
        return False
    if number == 0 and len(pieces) > 3 and _LISTED.search(text):
        return True
    if marked[number + 1] and following.gap and piece.gap and not re.search(_DATE, text):
        return True
    if text.endswith(":") or (text.upper() == text and re.search(r"[^\W\d_]{3}", text)):
        return following.kind != "text" or not _BARE.fullmatch(text)
    if following.kind in ("item", "row", "heading"):
        return True
    if following.kind != "text" or re.search(_DATE, text):
        return False
    if _names_entry(pieces, number + 1, lexicon):
        return following.gap and not _names_entry(pieces, number, lexicon)
    own = bool(_EVIDENCE.search(text))
    return not own and bool(_EVIDENCE.search(following.text)) and (piece.gap or _sounds_like_section(text, lexicon))


def _names_entry(pieces: Sequence[Piece], number: int, lexicon: Lexicon) -> bool:
    """Tell whether a text is a project's first line: a label for names, or what labelled or further lines follow at once."""
    piece = pieces[number]
    if piece.fields and piece.fields[0].label:
        return lexicon.field_of(piece.fields[0].label) == "title"
    if len(piece.fields) > 1:
        return True
    following = next(iter(pieces[number + 1 :]), None)
    if following is None or following.gap or following.kind != "text":
        return False
    return bool(following.fields and following.fields[0].label)


#: Words of a title over a whole list.
_LISTED = re.compile(r"hankk?e|projekt|project|luettelo|förteckning", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:toimi|toimiala|palvelut|palvelualue|osasto|keskus|virasto|lautakunta|hankkeet|projektit|kehittäminen|elinvoima|"
    r"hyvinvointi|sivistys|tekninen|hallinto|ympäristö|projekt|sektorn|väsendet|tjänster|services|projects|department)$",
    re.IGNORECASE,
)


def _sounds_like_section(text: str, lexicon: Lexicon) -> bool:
    return bool(_SECTION.search(text.rstrip(": "))) or fold_label(text) in lexicon.status_words


# ── from the leaves up ──────────────────────────────────────────────────────────────────────────────────────


class _Outline:
    """Turns the tree into blocks."""

    def __init__(self, lexicon: Lexicon, tree: Sequence[Node]) -> None:
        self._lexicon = lexicon
        self._has_rows = any(node.piece.kind == "row" for node in _all(tree))
        everywhere = list(_all(tree))
        self._everywhere = self._alike([node for node in everywhere if node.piece.kind == "item"])
        self._everywhere |= self._alike(
            [node for node in everywhere if node.piece.kind == "heading" and _is_deep(node)]
        )

    def blocks(self, nodes: Sequence[Node], headings: tuple[str, ...]) -> Iterator[Block]:
        """Yield the blocks of sibling nodes."""
        has_list = self._has_rows or any(node.piece.kind == "item" for node in nodes)
        texts = [node for node in nodes if node.piece.kind == "text" and not node.children and node.rank == _TEXT]
        told = self._told(texts)
        texts_are_entries = not has_list and len(told) >= 2 and len(told) >= len(texts) / 2
        between = _lines(texts) if len(told) >= len(texts) * 0.6 else set()
        alike = self._alike(nodes)
        for group in self._records(nodes):
            node = group[0]
            if len(group) > 1:
                yield self._entry(group, headings)
            elif node.children and node.piece.kind == "heading" and _APART.match(node.piece.text):
                yield from (Block("text", n.piece.text, n.piece.place) for n in _all([node]))
            elif node.children and (node.rank in alike or self._is_entry(node) or self._is_like_others(node)):
                yield self._entry([node], headings)
            elif node.children and node.piece.kind == "text" and _SENTENCE_END.search(node.piece.text):
                yield Block("text", node.piece.text, node.piece.place)
                yield from self.blocks(node.children, headings)
            elif node.children:
                yield from self._section(node, headings)
            else:
                yield self._leaf(node, headings, texts_are_entries and (node in told or id(node) in between))

    def _leaf(self, node: Node, headings: tuple[str, ...], texts_are_entries: bool) -> Block:
        piece = node.piece
        if piece.kind == "heading":
            return Block("heading", piece.text, piece.place, max(1, piece.level))
        surrounding = bool(_SURROUNDING.match(piece.text)) or self._lexicon.field_of(node.label) in (
            "contact",
            "updated",
        )
        if piece.kind in ("item", "row") and not surrounding:
            return self._entry([node], headings)
        if texts_are_entries and node.rank == _TEXT and not surrounding:
            return self._entry([node], headings)
        return Block("text", piece.text, piece.place)

    def _section(self, node: Node, headings: tuple[str, ...]) -> Iterator[Block]:
        text = node.piece.text.strip().rstrip(":").strip()
        yield Block("heading", node.piece.text, node.piece.place, max(1, len(headings) + 1))
        yield from self.blocks(node.children, (*headings, " ".join(text.split())))

    def _tells(self, node: Node) -> bool:
        text = node.piece.text
        return bool(re.search(_DATE, text)) or len(_EVIDENCE.findall(text)) >= 2

    def _told(self, texts: Sequence[Node]) -> list[Node]:
        """Return the texts that are projects: those that begin with a name, and after the first also other telling ones."""
        first = next((number for number, node in enumerate(texts) if self._names_project(node)), 0)
        return [node for node in texts[first:] if self._tells(node)]

    def _names_project(self, node: Node) -> bool:
        """Tell whether a text beside other texts is a project: it begins with a name, not with a sentence."""
        first = re.split(r"(?<=[^\W\d])[.!?:](?:\s|$)", node.piece.text, maxsplit=1)[0]
        return self._tells(node) and (first[:1] in '"”“„»' or not _SENTENCE_VERB.search(first))

    def _is_detail(self, node: Node) -> bool:
        if node.children:
            return False
        field_ = self._lexicon.field_of(node.label) if node.label else ""
        return bool(node.label) and field_ != "title" or bool(_BARE.fullmatch(node.piece.text))

    def _is_fact(self, node: Node) -> bool:
        """Tell whether a line says something of what stands above it instead of naming a project."""
        text = node.piece.text
        first = " ".join(re.findall(r"[^\W\d_][\w-]*", text)[:1])
        if self._is_detail(node) or text[:1].islower() or re.match(rf"\W*(?:{_DATE})", text):
            return True
        return bool(self._lexicon.field_of(first)) or (bool(_SENTENCE_END.search(text)) and not re.search(_DATE, text))

    def _is_entry(self, node: Node) -> bool:
        """Tell whether the node is a project and its children say things of it."""
        if not all(map(_is_flat, node.children)):
            return False
        children = [n for child in node.children for n in (child, *child.children)]
        details = sum(self._is_detail(child) for child in children)
        if details and details * 2 >= len(children):
            return not any(self._lexicon.field_of(child.label) == "title" for child in children)
        if node.piece.kind == "item":
            own, below = self._tells(node), sum(self._tells(child) for child in children)
            facts = sum(child.piece.text[:1].islower() or self._is_detail(child) for child in children)
            return (own and below <= len(children) / 2) or facts * 2 >= len(children)
        return bool(details) and all(child.rank >= _TEXT for child in children) and node.piece.kind == "text"

    def _alike(self, nodes: Sequence[Node]) -> set[int]:
        """Return the ranks at which every node that has only leaves below it names one project.

        Siblings are of one kind: where most are told by their details, the others are projects, too. Headings with a
        text or two below each are projects, not sections.
        """
        found = set()
        for rank in {node.rank for node in nodes}:
            above = [n for n in nodes if n.rank == rank and n.children]
            flat = [n for n in above if all(map(_is_flat, n.children))]
            if len(flat) < len(above) or len(flat) < 2:
                continue
            if sum(map(self._is_entry, flat)) * 2 >= len(flat) or self._told_by_texts(flat):
                found.add(rank)
        return found

    def _is_like_others(self, node: Node) -> bool:
        """Tell whether the likes of an item or heading in the whole document are projects with details."""
        if node.rank not in self._everywhere or node.piece.kind == "text" or not all(map(_is_flat, node.children)):
            return False
        return node.piece.kind == "item" or any(self._tells(n) or self._is_detail(n) for n in _all(node.children))

    def _told_by_texts(self, nodes: Sequence[Node]) -> bool:
        children = [child for node in nodes for child in node.children]
        if nodes[0].piece.kind != "heading":
            return False
        if any(child.piece.kind != "text" for child in children):
            return sum(map(self._is_fact, children)) >= len(children) * 0.7 and len(children) <= len(nodes) * 7
        told = sum(self._tells(child) for child in children)
        return told <= len(nodes) * 1.4 and len(children) <= len(nodes) * 4

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
        for piece in (p for node in nodes for p in _flat(node)):
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
        id(node) for node in texts[1:]
        if len(node.piece.text) <= 160 and not node.piece.gap and not _SENTENCE_END.search(node.piece.text)
    }  # fmt: skip


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _is_deep(node: Node) -> bool:
    """Tell whether no heading stands below a heading."""
    return not any(child.piece.kind == "heading" for child in node.children)


def _is_flat(node: Node) -> bool:
    """Tell whether a node is a leaf, or a text with nothing but labelled lines below it."""
    if node.piece.kind in ("row", "heading"):
        return False
    return not node.children or (
        node.piece.kind == "text" and all(child.label and not child.children for child in node.children)
    )


def _flat(node: Node) -> Iterator[Piece]:
    yield node.piece
    for child in node.children:
        yield from _flat(child)
