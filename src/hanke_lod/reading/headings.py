"""Headings that only their place and look tell: short texts above lists, labelled lines and other texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hanke_lod.labels import fold_label
from hanke_lod.lexicon import Lexicon
from hanke_lod.reading.pieces import Piece
from hanke_lod.reading.signs import BARE, DATE, EVIDENCE, HEADING_LENGTH, SENTENCE_END, SURROUNDING, TEXT


def guess_headings(pieces: list[Piece], lexicon: Lexicon) -> list[Piece]:
    """Make headings of the short texts that stand above lists, labelled lines or other texts as headings do.

    Their level goes by their look: a look that first appears below another stands deeper.
    """
    marked = [False] * len(pieces)
    for number in range(len(pieces) - 1, -1, -1):
        marked[number] = _is_heading(pieces, number, marked, lexicon)
    real = max((p.level for p in pieces if p.kind == "heading"), default=0)
    statuses = sum(
        is_heading and fold_label(piece.text) in lexicon.status_words
        for piece, is_heading in zip(pieces, marked, strict=True)
    )
    begins = next((n for n, piece in enumerate(pieces) if piece.kind == "heading"), -1)
    looks: list[str] = []
    made: list[Piece] = []
    for number, (piece, is_heading) in enumerate(zip(pieces, marked, strict=True)):
        if piece.kind == "heading":
            looks = []
            made.append(piece)
        elif is_heading:
            over = number + 1 < len(pieces) and (marked[number + 1] or pieces[number + 1].kind == "heading")
            is_title = number == 0 and (over or pieces[1].kind == "text" or bool(_LISTED.search(piece.text)))
            if statuses == 1 and fold_label(piece.text) in lexicon.status_words:
                del looks[1 if "title" in looks else 0 :]  # one among sectors stands beside them
            look = "title" if is_title else _look(piece, lexicon) + ("^" if over else "")
            if look in looks:
                del looks[looks.index(look) + 1 :]
            else:
                looks.append(look)
            level = min(real + len(looks), TEXT - 1)
            if number < begins and pieces[begins].level > 1:  # a title over the document's own headings
                level = pieces[begins].level - 1
            made.append(replace(piece, kind="heading", level=level, fields=()))
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
    signs = (
        "A" if capitals else "a",
        "1" if numbered else "",
        ":" if text.endswith(":") else "",
        "b" if piece.strong else "",
    )
    return "".join(signs) + piece.kind[0]


def _is_heading(pieces: Sequence[Piece], number: int, marked: Sequence[bool], lexicon: Lexicon) -> bool:
    """Tell whether a piece is a heading; what follows it has been judged before."""
    piece = pieces[number]
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    text = piece.text.strip()
    if piece.kind != "text" or following is None or re.search(r"[\n\t]", text) or len(text) > HEADING_LENGTH:
        return False
    if piece.fields and piece.fields[0].label and not text.endswith(":"):
        return False
    if SENTENCE_END.search(text) or SURROUNDING.match(text) or re.match(r"[^:]{2,60}:\s+\S", text):
        return False
    if number == 0 and len(pieces) > 3 and _LISTED.search(text):
        return True
    if number == 1 and pieces[0].kind == "text" and not piece.gap and following.gap and _LISTED.search(text):
        return True
    if marked[number + 1] and following.gap and piece.gap and (not re.search(DATE, text) or _CATALOGUE.search(text)):
        return True
    if text.endswith(":") or (text.upper() == text and re.search(r"[^\W\d_]{3}", text)):
        return following.kind != "text" or not BARE.fullmatch(text)
    if following.kind in ("item", "row", "heading"):
        below = number > 0 and pieces[number - 1].kind == "heading" and re.search(DATE, text) is not None
        below = below or _is_link(piece)
        return following.kind != "heading" or not below
    if following.kind != "text" or re.search(DATE, text):
        return False
    if _names_entry(pieces, number + 1, lexicon):
        return following.gap and not _names_entry(pieces, number, lexicon)
    label = following.fields[0].label if following.fields else ""
    if piece.gap and not following.gap and label and lexicon.field_of(label) not in ("", "title"):
        return lexicon.field_of(text) == ""
    own = bool(EVIDENCE.search(text))
    return not own and bool(EVIDENCE.search(following.text)) and (piece.gap or _sounds_like_section(text, lexicon))


def _is_link(piece: Piece) -> bool:
    """Tell whether a text is nothing but a link: "Hankkeen verkkosivut"."""
    return any(link.end - link.start >= len(piece.text.strip()) for link in piece.links)


def _names_entry(pieces: Sequence[Piece], number: int, lexicon: Lexicon) -> bool:
    """Tell whether a text is a project's first line: a label for names, or followed at once by lines about it."""
    piece = pieces[number]
    if piece.fields and piece.fields[0].label:
        return lexicon.field_of(piece.fields[0].label) == "title"
    if len(piece.fields) > 1:
        return True
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    if following is None or following.gap or following.kind != "text":
        return False
    return bool(following.fields and following.fields[0].label)


#: Words of a title over a whole list.
_LISTED = re.compile(r"hankk?e|projekt|project|luettelo|förteckning", re.IGNORECASE)
_CATALOGUE = re.compile(r"luettelo|förteckning|katalog|kooste|rekisteri|register|portfolio", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:toimi|toimiala|palvelut|palvelualue|osasto|keskus|virasto|lautakunta|hankkeet|projektit|kehittäminen|elinvoima|"
    r"hyvinvointi|sivistys|tekninen|hallinto|ympäristö|projekt|sektorn|väsendet|tjänster|services|projects|department)$",
    re.IGNORECASE,
)


def _sounds_like_section(text: str, lexicon: Lexicon) -> bool:
    return bool(_SECTION.search(text.rstrip(": "))) or fold_label(text) in lexicon.status_words
