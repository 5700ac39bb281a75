"""What the headings above an entry say: a sector, a status, a funding source, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hanke_lod.interpreting.gazetteer import folded
from hanke_lod.interpreting.names import Names
from hanke_lod.interpreting.vocabulary import words
from hanke_lod.labels import fold_label
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import FundingSource, Sector, Status, StatusName
from hanke_lod.uris import slug

_NO_SECTOR = re.compile(
    r"(?:erityistavoite|toimintalinja|prioriteetti|tavoite|specifikt mål|insatsområde|priority|"
    r"specific objective|objective|liite|bilaga|appendix|taulukko|tabell|table)\b", re.IGNORECASE,
)  # fmt: skip
_DATED = re.compile(
    r"\d{1,2}\.\d{1,2}\.|[([](?:käynnissä|päättyneet|pågående|avslutade|ongoing|completed)[)\]]", re.IGNORECASE
)
#: A title of the list as a document: "Hankekooste vuosikertomukseen 2023", "Projektkatalog, bilaga till ...".
_CATALOGUE = re.compile(
    r"(?:hanke|projekti?|project )(?:kooste|luettelo|katalog|lista|rekisteri|register|salkku|portföl|portfolio|"
    r"sammanställning)|(?:hank|projekt|project).*\b(?:liite|bilaga|appendix|annex)\b|"
    r"\b(?:liite|bilaga|appendix|annex)\b.*(?:hank|projekt|project)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True)
class Told:
    """What the headings say together."""

    sectors: tuple[Sector, ...] = ()
    status: Status | None = None
    funding: tuple[FundingSource, ...] = ()


class Headings:
    """Reads headings; what the same ones say is worked out once."""

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, lexicon: Lexicon) -> Headings:
        """Return the reader of a lexicon, made once."""
        return cls(lexicon, Names.of(lexicon))

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self._lexicon = lexicon
        self._names = names
        self._sectors = {
            folded(name): sector for sector in lexicon.sectors for name in (*sector.names.values(), *sector.aliases)
        }
        self._places = {
            folded(w) for p in lexicon.places for w in (p.name_fi, p.genitive, p.name_sv, p.name_sv + "s") if w
        }
        self._state_words = {word for wording in lexicon.status_words for word in wording.split()}
        self._held: dict[tuple[tuple[str, ...], str, str], Told] = {}

    def read(self, headings: tuple[str, ...], language: str, title: str = "") -> Told:
        """Return what the headings, outermost first, say; `title` is the one over the whole list, if any."""
        key = (headings, language, title)
        if key not in self._held:
            self._held[key] = self._read(headings, language, title)
        return self._held[key]

    def sector(self, name: str, language: str, parent: Sector | None = None) -> Sector:
        """Return the publisher's sector of that name, else one of its own."""
        known = self._sectors.get(folded(name))
        if known:
            return known
        plain = " ".join(name.split())
        above = parent.key if parent else ""
        return Sector(f"{above}-{slug(plain)}" if above else slug(plain), {language: plain}, parent=above)

    def status(self, text: str) -> StatusName | None:
        """Return the state that a text names, in any of the known wordings; the longest wins."""
        return status_in(text, self._lexicon.status_words)

    def _read(self, headings: tuple[str, ...], language: str, title: str) -> Told:
        sectors: list[Sector] = []
        status: Status | None = None
        funding: list[FundingSource] = []
        for depth, heading in enumerate(headings):
            text = _plain(heading)
            if folded(text) in self._sectors:
                sectors.append(self._sectors[folded(text)])
                continue
            state = self._state(text)
            if state:
                status = Status(state, heading)
                continue
            found = self._funding(text)
            if found:
                funding += found
            elif self._is_sector(text, depth, is_title=depth == 0 and heading == title):
                sectors.append(self.sector(text, language, sectors[-1] if sectors else None))
        return Told(tuple(sectors), status, tuple(dict.fromkeys(funding)))

    def _state(self, text: str) -> StatusName | None:
        """Return the state that a heading is about: beside its wording stand only words that tell nothing else."""
        words = self._lexicon.status_words
        plain = fold_label(text)
        if plain in words:
            return words[plain]
        found = _wordings(plain, words)
        if len({words[wording] for wording in found}) > 1:
            return None  # "Pågående och nyligen avslutade projekt"
        for wording in found:
            if not list(self._telling(plain.replace(wording, " "))):
                return words[wording]
        return None

    def _funding(self, text: str) -> list[FundingSource]:
        mentions = list(self._names.funding.find(text))
        if not mentions:
            return []
        rest = text
        for mention in reversed(mentions):
            rest = rest[: mention.start] + " " + rest[mention.end :]
        return [m.thing for m in mentions] if not list(self._telling(rest)) else []

    def _is_sector(self, text: str, depth: int, *, is_title: bool) -> bool:
        if (
            _DATED.search(text)
            or _CATALOGUE.search(text)
            or self._is_labels(text)
            or _NO_SECTOR.match(text)
            or len(text.split()) > 9
            or re.search(r"[.!?]$", text)
        ):
            return False
        if len(text.split()) >= 4 and re.search(r"\b(?:on|ovat|joissa|jossa|joita|är|som|are|is|which|where)\b", text):
            return False
        lists = bool(_LISTED.search(text))
        telling = list(self._telling(_BODY_NAME.sub(" ", text) if lists or is_title or depth == 0 else text))
        if not telling:
            return False
        # a title over the whole list is a sector only if it sounds like one: "Elinvoimatoimiala"
        return not is_title or (not lists and bool(_SECTOR.search(text)))

    def _is_labels(self, text: str) -> bool:
        """Tell whether a text is nothing but labels: the fields of a search form over a list."""
        told = text.split()
        return len(told) > 1 and all(self._lexicon.field_of(word) for word in told)

    def _telling(self, text: str) -> Iterator[str]:
        """Yield the words that are neither generic nor a place nor a number."""
        for word in _WORD.findall(text):
            plain = folded(word)
            if (
                plain in words("heading")
                or plain in self._places
                or plain in self._state_words
                or re.fullmatch(r"[\d.-]+|[a-z]", plain)
            ):
                continue
            if re.fullmatch(r"-?(?:hankkeet|hankkeita|projekt(?:it)?|projects?)", plain):
                continue
            yield word


_LISTED = re.compile(r"hankkee|hankke|hankelu|hankeli|hankesa|hankese|hanketoi|projekt|projects?\b", re.IGNORECASE)
_SECTOR = re.compile(
    r"toimi(?:\b|ala|en)|palvelu|osasto|virasto|sektor|tjänst|förvaltning|väsende|department|"
    r"division|services|sector", re.IGNORECASE
)  # fmt: skip
#: The body whose projects are listed, by its whole name: "Vaalijalan kuntayhtymän", "City of Lappeenranta".
_BODY_NAME = re.compile(
    r"(?:[^\W\d_][\w-]*\s+){1,3}\w*(?:kunnan|kunta|kaupungin|kaupunki|yhtymän|yhtymä|liiton|liitto|hyvinvointialueen|"
    r"hyvinvointialue|yliopiston|korkeakoulun|opiston|instituutin|säätiön|(?:oy|ab|ry|rf):n|oy|ab|stads?|kommuns?|"
    r"samkommuns?|förbunds?|församlings?|instituts?|universitets?)\b|\b(?:City|Municipality|Town|University|Port|Region)\s+of\s+\w+",
    re.IGNORECASE,
)


def _plain(heading: str) -> str:
    text = re.sub(r"^\W+|[\s:–—-]+$", "", " ".join(heading.split()))
    text = re.sub(r"^(?:\d+(?:\.\d+)*\.?|[A-ZÅÄÖ]\.|[IVX]+\.)\s+", "", text)
    return re.sub(r"\s*\(\d+(?:\s*(?:kpl|st|hanketta|projekt))?\)$", "", text)


def status_in(text: str, words: Mapping[str, StatusName]) -> StatusName | None:
    """Return the state named by a wording that the text is or that stands in it as whole words."""
    plain = fold_label(text)
    if plain in words:
        return words[plain]
    found = _wordings(plain, words)
    return words[found[0]] if found else None


def _wordings(plain: str, words: Mapping[str, StatusName]) -> list[str]:
    """Return the wordings that stand in a folded text as whole words, the longest first, none within another."""
    found: list[str] = []
    for wording in sorted((w for w in words if len(w) >= 5 and w in plain), key=len, reverse=True):
        alone = re.search(rf"(?<!\w){re.escape(wording)}(?!\w)", plain)
        if alone and not any(wording in longer for longer in found):
            found.append(wording)
    return found
