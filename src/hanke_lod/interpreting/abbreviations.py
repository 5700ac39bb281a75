"""Abbreviations that a document defines itself: "Rannikon ammattikorkeakoulu (RAMK)" makes RAMK that school."""

from __future__ import annotations

import re
from dataclasses import replace

from hanke_lod.interpreting.names import Names, organisation_named
from hanke_lod.interpreting.splitting import name_at_end
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Document, Organisation

_DEFINED = re.compile(r"(?P<name>[^().,;:\n\t]{4,80}?)\s?\((?P<short>[A-ZÅÄÖ]{3,8}|[A-ZÅÄÖ][a-zåäö]{2,7})\)")


def with_abbreviations(lexicon: Lexicon, document: Document) -> Lexicon:
    """Return the lexicon in which the abbreviations that the document defines mean what it says; often the same one.

    A definition is the name of an organisation with its letters in brackets behind it; names of funds are none.
    """
    names = Names.of(lexicon)
    own: dict[str, Organisation] = {}
    for block in document.blocks:
        for match in _DEFINED.finditer(block.text) if "(" in block.text else ():
            if not match["short"].isupper() and block.kind != "heading":
                continue  # "Björknäsgymnasiet (Ruotsi)"
            found = _organisation(block.text, match, document.language, names)
            if found is not None:
                own[found.key] = found
    if not own:
        return lexicon
    shorts = {short for organisation in own.values() for short in organisation.aliases}
    others = {
        key: replace(o, aliases=tuple(a for a in o.aliases if a not in shorts)) if shorts & {*o.aliases} else o
        for key, o in lexicon.organisations.items() if key not in own
    }  # fmt: skip
    return replace(lexicon, organisations=own | others)


def _organisation(text: str, match: re.Match[str], language: str, names: Names) -> Organisation | None:
    """Return the organisation that is defined with a new abbreviation, or None."""
    short = match["short"]
    start = name_at_end(text, match.start("name"), match.end("name"), names)
    name = " ".join(text[start : match.end("name")].split())
    if names.funding.exactly(short) or not _are_letters_of(short, name) or not names.looks_like_organisation(name):
        return None
    organisation, _ = organisation_named(name, language, names)
    known = names.organisations.exactly(short)
    if known is not None and known.key == organisation.key:
        return None
    return replace(organisation, aliases=(*organisation.aliases, short))


def _are_letters_of(short: str, name: str) -> bool:
    """Tell whether an abbreviation's letters stand in the name in their order, the first one first."""
    letters = iter(name.lower())
    return name[:1].lower() == short[:1].lower() and all(letter in letters for letter in short.lower())
