"""The project's name: from its first words to the first fact, or to a sentence that says something of the project."""

from __future__ import annotations

import re

from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.splitting import trim
from hanke_lod.interpreting.vocabulary import whole

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"”»]?[A-ZÅÄÖÉŠŽ0-9])")
ABBREVIATION = re.compile(
    r"(?:\b(?:esim|mm|ns|ml|yms|jne|ym|n|ks|vrt|nro|s|milj|r\.y|r\.f|kl|bl\.a|t\.ex|m\.m|osv|nr|e\.g|i\.e|etc|St)|"
    r"\b[A-ZÅÄÖ]|(?<![\d.,])\d{1,2})\.$"
)
_AROUND = " \t\n\u00a0,;:–—"
#: A sentence whose subject is the project's name.
_SUBJECT = re.compile(
    r"([A-ZÅÄÖ0-9][^.,;:()\n]{2,70}?)(?:\s+-?(?:hanke|hankkeessa|hankkeen|projekti|projektissa|projektet|project))?\s+"
    r"(?:on|oli|ovat|är|är ett|is|aims|tarjoaa|kehittää|edistää|parantaa|tukee|vahvistaa|selvittää|utvecklar|främjar|"
    r"develops|supports|promotes|improves|jatkuu|pågår)\s+(?=[a-zåäö])",
)
#: A name in quotation marks at the beginning of a sentence that goes on.
_QUOTED = re.compile(r"[\"”“„«»]([^\"”“„«»\n]{3,120})[\"”“«»]\s+(?=\w)")
#: What leads to the name and is no part of it: "toteutettava Etähoiva-hanke", "projektet Hör du".
_LEADING = re.compile(
    r"(?:(?:toteutettiin|toteutetaan|käynnistettiin|toteutettava|toteutettavat|rahoitettu|rahoitettava|yhteinen|"
    r"gemensamma projektet|hanke:|projektet)\s+)+(?=[\"”A-ZÅÄÖ0-9])"
)
#: What joins the name to a fact that has been taken: "Osaava-hanke on [X:n koordinoima]", "Clean Baltic is a".
_ENDING = re.compile(
    r"[\s,]+(?:on|ovat|oli|saa|jota|jonka|jossa|is|is an?|was|was an?|är|är ett|är en|ja|och|and|som|an?|ett|en|"
    r"planerad|planeras|suunnitteilla|planned|sedan|since|jatkuva|löpande|toistaiseksi|byggs|rakennetaan|"
    r"vuodeksi|vuosiksi|vuonna|vuosina|aikana|under|during)$"
)
#: "Digiloikka-hankkeeseen [osallistuu]": the name stands before the hyphen.
_INFLECTED = re.compile(r"\s?-(?:hankkee(?:seen|ssa|lla|lle|n)|hanketta|projekti(?:in|ssa|n|a|lle))$")
#: Where the text turns from the name to the project: ": hankkeen budjetti", " -hankkeessa kehitetään".
_ASIDE = re.compile(
    r"(?:[:,–]\s+(?=(?:hankkeen|hankkeessa|hanketta|projektin|projektissa|projektets|i projektet|the project)\s)|"
    r"\s+-?(?=(?:hankkeessa|projektissa)\s+\w+(?:aan|ään|etään)\b))", re.IGNORECASE,
)  # fmt: skip
#: A sentence that is not the name but speaks of the project: it begins with these.
_SPEAKS = re.compile(
    r"(?:hanke(?:tta|lle|en|essa|eseen)?|hankkee\w+|hankkeen|projekti(?:a|n|ssa|lle)?|projektet|the project|"
    r"toteuttajana|rahoittajana)\s+(?=[a-zåäö])",
    re.IGNORECASE,
)
#: Finite verbs by their ending, for longer sentences that hold no known one.
_VERB = re.compile(r"(?<=\s)[a-zåäö]{2,}(?:vat|vät|oo|ee)(?=\s)")


#: A later sentence that names the project as one, or tells what was done: "Museon ensimmäinen EU-hanke [alkoi]".
_SPOKEN = re.compile(
    r"\b(?:hanke|hankkeen|projekti|projektin|projekt|project)\b|"
    r"(?<=\s)(?!(?:uusi|vesi|lapsi|kuusi|viisi|käsi|tosi|mesi|susi)\b)[a-zåäö]{3,}(?:(?<!k)si|tiin|ttiin|taan|tään)(?=\s)",
    re.IGNORECASE,
)


def take_title(facts: Facts, start: int, end: int) -> None:
    """Take the name, which begins at `start`."""
    text = facts.taken.text
    free = next((b for a, b in facts.taken.free(start, end) if a <= start < b), end)
    leading = _LEADING.match(text, start, free)
    begin = leading.end() if leading else start
    quoted = _QUOTED.match(text, _quote_before(text, begin), free)
    a, b = quoted.span(1) if quoted else _bounds(text, begin, _title_end(text, begin, free))
    facts.titles.append(" ".join(text[a:b].split()))
    facts.taken.take(a, b, "title")
    if a > start:
        facts.taken.take_around(start, a, "other")


def speaks_of_project(text: str, start: int, end: int) -> bool:
    """Tell whether a segment is no name: it speaks of the project, or has only words that join facts."""
    if _SPEAKS.match(text, start, end):
        return True
    return not re.search(r"\w", whole("filler").sub("", text[start:end]))


def _quote_before(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] in '"”“„«»' else start


def _title_end(text: str, start: int, end: int) -> int:
    """Return where the name ends: before the first sentence, after the first, that says something of the project.

    A first sentence that says something itself begins with the name: "Kyläkoulu 2.0 on kaksivuotinen hanke".
    """
    aside = _ASIDE.search(text, start + 3, end) if end > start + 3 else None
    end = aside.start() if aside else end
    position = start
    subject = _SUBJECT.match(text, start, end)
    if subject and len(text[start:end].split()) > len(subject[1].split()) + 3:
        return subject.end(1)
    cuts = [m.start() for m in SENTENCE.finditer(text, start, end) if not is_abbreviated(text, start, m.start())]
    for number, cut in enumerate([*cuts, end]):
        last = text[position:cut]
        fragment = cut == end and end < len(text) and len(last.split()) <= 2 and re.search(r"[^\W\d_]{2}", last)
        if number and (fragment or says(last) or _SPOKEN.search(last)):
            return position
        position = cut
    return end


def is_abbreviated(text: str, start: int, end: int) -> bool:
    """Tell whether the full stop that ends before `end` is an abbreviation's or an ordinal's."""
    return ABBREVIATION.search(text[max(start, end - 12) : end]) is not None


def says(sentence: str) -> bool:
    """Tell whether a sentence says something of a project, as a name does not."""
    return whole("says").search(sentence) is not None or (
        len(sentence.split()) >= 5 and _VERB.search(sentence) is not None
    )


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    opened = text.rfind("(", start, end)
    if opened > start and ")" not in text[opened:end]:
        end = opened
    a, b = trim(text, start, end, _AROUND)
    inflected = _INFLECTED.search(text, a, b)
    b = inflected.start() if inflected else b
    ending = _ENDING.search(text, max(a, b - 30), b)
    if ending and ending.start() > a:
        b = ending.start()
    while b > a and text[b - 1] in "-.(":
        if text[b - 1] == "." and is_abbreviated(text, a, b) and not text[b - 2].isdigit():
            break
        a, b = trim(text, a, b - 1, _AROUND)
    return a, b
