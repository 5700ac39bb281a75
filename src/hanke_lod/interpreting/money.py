"""Sums of money in text: every usual writing, to a decimal and a currency; and what the words around say a sum is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from hanke_lod.model import Money

# ── how sums are written ────────────────────────────────────────────────────────────────────────────────────────

_GAP = "[ \u00a0\u2007\u2009\u202f]"  # between groups of digits
_SPACE = "[ \u00a0\u2007\u2009\u202f\n]{0,3}"  # between a number and its unit
_NUMBER = (  # the last group may stand in the next line, before its unit: "150 / 000 euroa"
    rf"(?:\d{{1,3}}(?:{_GAP}\d{{3}}){{0,2}}\n\d{{3}}(?={_GAP}(?:€|euro|EUR))|\d{{1,3}}(?:{_GAP}\d{{3}}){{1,4}}|\d{{1,3}}(?:\.\d{{3}}){{1,4}}|\d{{1,3}}(?:,\d{{3}}){{1,4}}|"
    rf"\d{{1,3}}(?:['’]\d{{3}}){{1,4}}|\d{{1,12}})(?!\d|{_GAP}\d{{3}}(?!\d))(?:[.,]\d{{1,2}}(?!\d))?"
)
#: Words for powers of ten; a lone letter counts only with a currency: "1,2 M€", "120 t€", "€1.2m".
_SCALES: Mapping[int, str] = {
    10**9: r"miljar\w{0,6}(?!\w)|mrd\.|mrd(?!\w)|billion(?!\w)|bn(?!\w)",
    10**6: r"miljoon\w{0,6}(?!\w)|miljone?r?(?!\w)|milj\.|milj(?!\w)|millions?(?!\w)|mn\.|mn(?!\w)",
    10**3: r"tuhat\w{0,4}(?!\w)|tuhan\w{0,4}(?!\w)|tusen(?!\w)|thousand(?!\w)",
}
_LETTERS = {"m": 10**6, "t": 10**3, "k": 10**3}
#: How currencies are written, before or after the number; and only after it.
_CURRENCIES: Mapping[str, tuple[str, str]] = {
    "EUR": (r"€|EUR(?!\w)", r"euro(?:a|n|s|t|ja|jen|lla|lle|sta|ssa|on)?(?!\w)|(?-i:e)(?![\w-])"),
    "SEK": (r"SEK(?!\w)", r"kronor(?!\w)|kr(?!\w)|(?:Ruotsin )?kruunu\w{0,6}"),
    "NOK": (r"NOK(?!\w)", r"norska kronor|Norjan kruunu\w{0,6}"),
    "DKK": (r"DKK(?!\w)", r"danska kronor|Tanskan kruunu\w{0,6}"),
    "USD": (r"\$|USD(?!\w)", r"dollar\w{0,6}"),
    "GBP": (r"£|GBP(?!\w)", r"pund(?!\w)"),
}
_ABOUT = (
    r"(?:(?:noin|arviolta|suunnilleen|lähes|yli|alle|enintään|korkeintaan|vähintään|ca|cirka|ungefär|omkring|högst|"
    r"minst|drygt|about|approx|approximately|around|circa|up to|nearly|max)(?!\w)\.?|(?<!\w)n\.|[~≈])"
)


@cache
def _sums() -> re.Pattern[str]:
    before = "|".join(f"(?P<before_{code}>{either})" for code, (either, _) in _CURRENCIES.items())
    after = "|".join(f"(?P<after_{code}>{either}|{last})" for code, (either, last) in _CURRENCIES.items())
    anything = "|".join(f"{either}|{last}" for either, last in _CURRENCIES.values())
    words = "|".join(f"(?P<scale_{power}>{words})" for power, words in _SCALES.items())
    letter = rf"(?P<letter>[mtk])(?:(?={_SPACE}(?:{anything}))|(?!\w))"
    return re.compile(
        rf"(?<![\w.,])(?P<about>{_ABOUT}{_SPACE})?(?:(?:{before}){_SPACE})?"
        rf"(?:(?P<low>{_NUMBER})(?P<unit>{_SPACE}(?:milj\.|[mtk]?€|{anything}))?{_SPACE}[-‐‑–—]{_SPACE})?"
        rf"(?P<number>{_NUMBER})(?:{_SPACE}(?:{words}|{letter}))?(?:{_SPACE}(?:{after}))?(?P<dash>[,:][-–—])?"
        rf"(?!{_SPACE}%|[.,]?\d)",
        re.IGNORECASE,
    )


# ── sums ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Found:
    """A sum at [start, end) of the text; `approximate`: the text itself says "about"."""

    start: int
    end: int
    money: Money
    approximate: bool = False

    @property
    def assumed(self) -> str:
        """The identifier of a remark on what was assumed, or ""."""
        return "money-about" if self.approximate else ""


@dataclass(frozen=True)
class Doubt:
    """What tells of money at [start, end) of the text and is no one sum; `problem` identifies a remark."""

    start: int
    end: int
    problem: str


def find(text: str, start: int = 0, end: int | None = None, *, labelled: bool = False) -> Iterator[Found]:
    """Yield the sums in a part of the text.

    `labelled`: the part is known to be about money; if nothing in it has a currency, its numbers are sums of euros.
    """
    return (one for one in _scan(text, start, end, labelled=labelled) if isinstance(one, Found))


def doubts(text: str, start: int = 0, end: int | None = None, *, labelled: bool = False) -> Iterator[Doubt]:
    """Yield what tells of money and is no one sum: "0,5–0,7 milj. €"."""
    return (one for one in _scan(text, start, end, labelled=labelled) if isinstance(one, Doubt))


@lru_cache(maxsize=64)
def _scan(text: str, start: int, end: int | None, *, labelled: bool) -> Sequence[Found | Doubt]:
    """Return what tells of money in a part; both `find` and `doubts` ask."""
    if not labelled and not _priced().search(text, start, len(text) if end is None else end):
        return ()
    return tuple(_scanned(text, start, end, labelled=labelled))


@cache
def _priced() -> re.Pattern[str]:
    """Return the pattern of all that makes a number a sum: asked first, as few texts tell of money.

    A word for a currency follows no other letter than "m", "t" or "k" ("120 tEUR").
    """
    words = "|".join(f"{either}|{last}" for either, last in _CURRENCIES.values())
    return re.compile(rf"[€$£]|(?<=\d)[,:][-–—]|(?:(?<![^\W\d])|(?<=[\W\d][mtk]))(?:{words})", re.IGNORECASE)


def _scanned(text: str, start: int, end: int | None, *, labelled: bool) -> Iterator[Found | Doubt]:
    matches = list(_sums().finditer(text, start, len(text) if end is None else end))
    priced = [match for match in matches if _currency(match)]
    for match in priced or (matches if labelled else ()):
        if _is_range(match):
            yield Doubt(match.start(), match.end(), "money-range")
            continue
        begins = match.start("number") if match["low"] else match.start()
        written = text[max(begins, match.end("about")) : match.end()].strip()
        amount = _amount(match["number"], scaled=_scale(match) > 1) * _scale(match)
        money = Money(amount.normalize() + 0, _currency(match) or "EUR", written)
        yield Found(begins, match.end(), money, approximate=begins < match.end("about"))


def _currency(match: re.Match[str]) -> str:
    named = (code for code in _CURRENCIES if match[f"before_{code}"] or match[f"after_{code}"])
    return next(named, "EUR" if match["dash"] else "")


def _scale(match: re.Match[str]) -> int:
    if match["letter"]:
        return _LETTERS[match["letter"].lower()] if _currency(match) or match["letter"] == "M" else 1
    return next((power for power in _SCALES if match[f"scale_{power}"]), 1)


def _is_range(match: re.Match[str]) -> bool:
    """Tell whether two numbers are the bounds of a sum, and not a year or a phase before one."""
    if not match["low"]:
        return False
    low, high = _amount(match["low"]), _amount(match["number"])
    return bool(match["unit"]) or (low < high <= 10 * low and not re.fullmatch(r"(?:19|20)\d\d", match["low"]))


def _amount(number: str, *, scaled: bool = False) -> Decimal:
    """Read the digits: a separator before exactly three digits groups, before one or two it is the decimal mark.

    Before a word for a power of ten a lone mark is the decimal one: "1,235 milj. €".
    """
    plain = re.sub(rf"{_GAP}|\n|['’]", "", number)
    fraction = r"[.,](\d+)" if scaled and len(re.findall("[.,]", plain)) == 1 else r"[.,](\d{1,2})"
    match = re.fullmatch(rf"(.*?)(?:{fraction})?", plain)
    assert match is not None  # it fits any number
    return Decimal(re.sub("[.,]", "", match[1]) + ("." + match[2] if match[2] else ""))


# ── what a sum is ───────────────────────────────────────────────────────────────────────────────────────────────

Role = Literal["total", "part", "unknown"]

#: Words that say what a sum is: "*" stands for any letters, "#" for a year. Where they disagree the nearest wins;
#: "whole" counts only where no other says anything ("haettu avustus yhteensä 50 000 €").
_CUES: Mapping[str, str] = {
    "part": "*osuus *osuuden *osuudella *osuutena *osuudesta omarahoit* omavastu* *itserahoit* kuntaraha* oma_rahoitus "
    "omaa_rahoitusta oman_rahoituksen kaupungin_rahoitus* kunnan_rahoitus* kuntien_rahoitus* eu-rahoitus* "
    "eu:n_rahoitus* valtion_rahoitus* julkinen_rahoitus* yksityinen_rahoitus* *avustus *avustusta *avustuksen "
    "*avustuksella *avustukset *tuki *tukea *tuen *tuella *määräraha* haettu haetaan haettiin haettava hakee haki "
    "myönnet* myönsi myöntä* saatu rahoituspäätö* laina* talkoo* ostopalvelu* palkka* josta joista vuodessa vuosittai* "
    "vuotta_kohti kuukaudessa vuosi vuonna_# vuodelle_# vuoden_# kokonaisbudjetista kokonaiskustannuksista "
    "kokonaisrahoituksesta budjetista kustannuksista "
    "*andel *andelen egen* eget egna självfinans* *bidrag *bidraget *understöd *stöd *stödet ansök* sökt söks bevilj* "
    "*anslag varav lån* per_år årlig* år_# för_# under_# "
    "own share shares grant grants contribut* co-financ* cofinanc* match_funding self-financ* applied requested "
    "awarded granted subsid* support annual* yearly per_year a_year each_year per_annum in_# for_# of_which eu_funding",
    "total": "kokonaisbudjet* kokonaiskustannu* kokonaisrahoit* kokonaissumma* kokonaisarvo* kokonaislaajuu* *budjetti "
    "*budjetin *budjetilla *kustannusarvio* kustannukset kustannus kustannuksiltaan kustansi kustantaa maksaa maksoi "
    "hinta totalbudget* totalkost* totalfinans* *budget *budgeten *kostnad* kostar kostade *kalkyl* "
    "budgets budgeted total_cost* total_funding cost costs costing worth",
    "whole": "yhteensä kaikkiaan arviolta arvioitu arvio arvo arvoltaan laajuus totalt sammanlagt värde "
    "total overall altogether estimated value",
}
#: Where the words before or after a sum stop speaking of it: other sums, ends of sentences, commas, brackets.
_OTHER_SUM = r"[€$£%]|\b(?:euro[ans]?|EUR|SEK|NOK|prosent\w*)\b"
_BEFORE_STOP = re.compile(rf"(?i:{_OTHER_SUM})|[;()\t]|,(?!\d)|[.!?](?=\s+[A-ZÅÄÖ])|\n\s*\n")
_AFTER_STOP = re.compile(rf"(?P<mark>[,;:)(\t\n]|[.!?](?=\s|$))|\d[\d .,]{{0,20}}\s?(?i:{_OTHER_SUM})|[€$£]")
#: What follows a sum of which parts are told, or that is a project's: "1,2 M€, josta …", "200 000 euron hanke".
_OF_WHICH = re.compile(
    r",?\s*\(?(?:josta|joista|mistä|siitä|varav|of which)\b|\s+[\w-]{0,30}(?:hanke|projekti?|investointi|project)\b|"
    rf"\s?\([^()]{{0,60}}?\d[\d .,]{{0,20}}\s?(?:{_OTHER_SUM})", re.IGNORECASE,
)  # fmt: skip


@cache
def _cues() -> Sequence[tuple[str, re.Pattern[str]]]:
    spaces = {"*": r"[\w-]{0,30}", "_": r"\s{1,20}", "#": r"(?:19|20)\d\d"}
    rows = []
    for kind, words in _CUES.items():
        forms = ("".join(spaces.get(letter, re.escape(letter)) for letter in word) for word in words.split())
        rows.append((kind, re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)))
    return rows


def role(text: str, found: Found) -> Role:
    """Return what the words around a sum say it is: the whole, a part or a year of it, or nothing.

    >>> text = "budjetti 1,2 M€, josta kunnan osuus 50 000 €"
    >>> [role(text, found) for found in find(text)]
    ['total', 'part']
    """
    before, after = _words_before(text, found), _words_after(text, found)
    said = [(0, "whole")] if _OF_WHICH.match(text, found.end, found.end + 100) else []
    for kind, pattern in _cues():
        said += [(len(before) - match.end(), kind) for match in pattern.finditer(before)]
        said += [(match.start(), kind) for match in pattern.finditer(after)]
    nearest = min((cue for cue in said if cue[1] != "whole"), default=None)
    if nearest is None:
        return "total" if said else "unknown"
    return "total" if nearest[1] == "total" else "part"


def _words_before(text: str, found: Found) -> str:
    """Return the words that speak of a sum from before it, among them those that say "about"."""
    digits = text.index(found.money.written, found.start)
    window = re.sub(r"\([^()]*\)", " ", text[max(0, digits - 100) : digits])
    stops = [match.end() for match in _BEFORE_STOP.finditer(window)]
    return window[stops[-1] if stops else 0 :]


def _words_after(text: str, found: Found) -> str:
    window = text[found.end : found.end + 60]
    bracketed = re.match(r"\s?\(([^()]*)\)", window)
    window = bracketed[1] if bracketed else window
    stop = _AFTER_STOP.search(window)
    if stop is None:
        return window
    return window[: stop.start()] if stop["mark"] else ""  # else what follows speaks of another sum
