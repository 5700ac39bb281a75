"""What stands in an entry beside the project itself: links, codes, contacts and words for its state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from hanke_lod.interpreting.facts import Facts
from hanke_lod.interpreting.splitting import trim
from hanke_lod.interpreting.vocabulary import any_of
from hanke_lod.labels import fold_label
from hanke_lod.model import Status, StatusName

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'()]{1,500}[^\s<>\"'.,;:()]", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\(at\)|\[at\])[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(
    r"(?<!\w)(?:(?:p|puh|gsm|tel|tfn|mob|phone)\.?\s*:?\s*\+?\d[\d \-()]{4,20}\d|"
    r"\+358[\d \-()]{5,16}\d|0\d{1,3}[ -]\d{3}[ -]?\d{2,5}(?:[ -]?\d{2,4})?(?!\d))",
    re.IGNORECASE,
)
#: EURA codes of structural funds, Erasmus and Horizon numbers: "A80112", "EURA 2014/9876/09 02 01 01/2020/PSL".
_NUMBERED = re.compile(
    r"(?<![\w/])(?:(?:EURA|Eura)\s+)?\d{4}/\d{2,6}/\d{2}(?: \d{2}){2,3}/\d{4}/[A-ZÅÄÖ]{2,10}(?!\w)|"
    r"(?<![\w/])[ASJRT][2-8]\d{4}(?![\w/])|(?<![\w/])\d{4}-\d-[A-Z]{2}\d{2}-KA\d{3}-[\w-]{3,20}"
)
_LEAD = r"(?:(?<=[.,;:(\[\n\t–-])\s*|(?<=[.,;:–-] )\s*|^)"


@cache
def _coded() -> re.Pattern[str]:
    number = r"(?=[\w/.\-]*\d)[\w/.\-]{2,40}(?<![.,])(?: \d\d){0,3}(?:/\d{4}/\w+)?"
    return re.compile(rf"(?<!\w){any_of('code')}\s*(?:nro|nr|no\.?|no|n:o)?\s*[:.]?\s*{number}", re.IGNORECASE)


@cache
def _person() -> re.Pattern[str]:
    """Return the pattern of a contact: "projektipäällikkö Anna Virtanen", "Lisätietoja: Anna Virtanen"."""
    name = r"[A-ZÅÄÖÉ][\w'’-]+(?:\s+(?:von|af|de)?\s?[A-ZÅÄÖÉ][\w'’-]+){0,3}"
    return re.compile(
        rf"{_LEAD}(?i:(?:hankkeen|projektin)?\s?{any_of('person')})(?:\s*:\s*|\s+)(?:(?i:{any_of('person')})\s+)?"
        rf"{name}(?:\s*,\s*(?:{name}(?=\s*(?:,|$))|(?i:{any_of('person')}|[\w-]*(?:päällikkö|johtaja|chef))(?:\s+{name})?))?"
    )


def take_links(facts: Facts, start: int, end: int) -> None:
    """Take the web addresses; the first is the project's home page where no other is known."""
    text = facts.taken.text
    if "www." not in text and "://" not in text:
        return
    for match in URL.finditer(text, start, end):
        if facts.taken.take(match.start(), match.end(), "link") and not facts.homepage and not facts.entry.links:
            address = match.group()
            facts.homepage = address if "://" in address else f"https://{address}"


def take_asides(facts: Facts, start: int, end: int) -> None:
    """Take links, codes and contacts of a part."""
    text = facts.taken.text
    take_links(facts, start, end)
    if re.search(r"\d", text):
        for pattern in (_coded(), _NUMBERED):
            for match in pattern.finditer(text, start, end):
                facts.taken.take(*_with_brackets(text, match.start(), match.end(), start, end), "other")
        for match in _PHONE.finditer(text, start, end):
            facts.taken.take(match.start(), match.end(), "other")
    if "@" in text or "at)" in text or "at]" in text:
        for match in _EMAIL.finditer(text, start, end):
            facts.taken.take(match.start(), match.end(), "other")
    for match in _person().finditer(text, start, end):
        begin = match.start() + len(match.group()) - len(match.group().lstrip())
        facts.taken.take(begin, match.end(), "other")


def _with_brackets(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    if start > first and end < last and text[start - 1] == "(" and text[end] == ")":
        return start - 1, end + 1
    return start, end


def take_states(facts: Facts, words: Mapping[str, StatusName], start: int, end: int) -> None:
    """Take the words that say alone, between separators, how far the project is: ", käynnissä", "(päättynyt)"."""
    text = facts.taken.text
    for match in _STATE.finditer(text, start, end):
        a, b = trim(text, *match.span(1))
        state = words.get(fold_label(text[a:b]))
        if state and a > start and facts.taken.take(a, b, "status") and (facts.status is None or not _is_said(facts)):
            facts.status = Status(state, text[a:b])


def _is_said(facts: Facts) -> bool:
    """Tell whether the entry itself, and not a heading, has told the state."""
    return facts.status is not None and facts.status.written in facts.taken.text


_STATE = re.compile(
    r"(?:[,;(.\n\t]|\s[–—-])\s*([^\W\d_][^\W\d_ ]{2,20}(?: [^\W\d_]{2,20}){0,3})(?=\s*(?:[,;).\n\t]|\s[–—-]\s|$))"
)
