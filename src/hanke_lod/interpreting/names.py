"""Names of organisations and funding sources: known ones found in any form, unknown ones in their base form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from hanke_lod.interpreting.gazetteer import Gazetteer, Mention, folded
from hanke_lod.interpreting.inflection import head_forms, last_word
from hanke_lod.interpreting.vocabulary import any_of, words
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import FundingSource, Organisation
from hanke_lod.uris import slug


@dataclass(frozen=True, eq=False)
class Names:
    """The gazetteers made of a lexicon."""

    organisations: Gazetteer[Organisation]
    funding: Gazetteer[FundingSource]
    genitives: Mapping[str, str]
    _looks: dict[str, bool] = field(default_factory=dict)

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, lexicon: Lexicon) -> Names:
        """Build the gazetteers of a lexicon, once."""
        genitives = {folded(place.genitive): place.name_fi for place in lexicon.places}
        genitives |= {folded(place.name_sv + "s"): place.name_sv for place in lexicon.places if place.name_sv}
        return cls(
            Gazetteer((o, (*o.names.values(), *o.aliases)) for o in lexicon.organisations.values()),
            Gazetteer((f, (*f.names.values(), *f.aliases)) for f in lexicon.funding.values()),
            genitives,
        )

    def sources(
        self, text: str, start: int, end: int
    ) -> tuple[list[Mention[FundingSource]], list[Mention[Organisation]]]:
        """Return the funds and the organisations named in a part of the text; of overlapping ones the longer."""
        funds = list(self.funding.find(text, start, end))
        agents = list(self.organisations.find(text, start, end))
        if not funds or not agents:
            return funds, agents
        kept = [
            a for a in agents if not any(_overlap(a, f) and f.end - f.start >= a.end - a.start for f in funds)
        ]  # fmt: skip
        return [f for f in funds if not any(_overlap(a, f) for a in kept)], kept

    def looks_like_organisation(self, name: str) -> bool:
        """Tell whether a text is an organisation's name: a known one, or by its head or its legal form."""
        if name not in self._looks:
            self._looks[name] = self._judge(name)
        return self._looks[name]

    def _judge(self, name: str) -> bool:
        words = name.split()
        if not words or len(words) > 9 or not re.search(r"[^\W\d_]{2}", name):
            return False
        last = words[-1]
        if len(words) > 1 and re.fullmatch(rf"{any_of('legal')}(?::\w+)?", last, re.IGNORECASE):
            return any(word[0].isupper() for word in words[:-1])
        form = last_word(last)
        if form is not None and _is_head(form.base):
            return last[0].isupper() or words[0][0].isupper() or len(words) > 1
        if len(words) > 1 and words[0][0].isupper() and _is_foreign(words):
            return True
        return self.organisations.exactly(name) is not None


def _overlap(one: Mention[Organisation], other: Mention[FundingSource]) -> bool:
    return one.start < other.end and other.start < one.end


def _is_foreign(words: Sequence[str]) -> bool:
    """Tell whether a name's first or last word is an organisation's in Swedish, English, Norwegian or Estonian."""
    first = re.fullmatch(any_of("first"), words[0], re.IGNORECASE) and re.fullmatch("of|for|i|för|[A-ZÅÄÖ].*", words[1])
    head = re.fullmatch(rf"(?:[^\W\d_][\w-]*)?(?:{any_of('head')})s?", words[-1], re.IGNORECASE)
    inner = any(re.fullmatch("of|for|i|för", word) for word in words[1:-1])
    return bool(first or head or (inner and any(re.fullmatch(any_of("head"), word, re.IGNORECASE) for word in words)))


@lru_cache(maxsize=4096)
def _is_head(base: str) -> bool:
    lower = base.lower()
    return any(lower.endswith(form.base) for form in head_forms().values() if form.base not in words("no-head"))


#: A genitive whose base form needs no other consonants: "Pirkanmaan", "Energian".
_PLAIN_GENITIVE = re.compile(r"[A-ZÅÄÖ]\w*(?:maa|ia)n$")


def base_form(name: str, language: str, *, inflected: bool = False) -> tuple[str, bool]:
    """Return an organisation's name in its base form, and whether it is sure.

    `inflected` tells that its place in the sentence asks for a case ("X:n kanssa"): then an unknown head is unsure.
    """
    words = name.split()
    if not words:
        return name, True
    form = last_word(words[-1], language)
    if form is None:
        if inflected and language == "fi" and _PLAIN_GENITIVE.search(words[-1]):
            return name[:-1], True
        return name, not inflected
    if not form.case or (form.case == "genitive?" and not inflected):
        return name, True
    return " ".join((*_agreeing(words[:-1], form.case), form.base)), True


def _agreeing(words: Sequence[str], case: str) -> Iterator[str]:
    """Put adjectives that agree with the head in the base form: "teknillisen yliopiston"."""
    for word in words:
        agrees = case == "genitive" and word.endswith("sen") and word[-4] in "iy" and not word[:1].isupper()
        yield word[:-3] + "nen" if agrees and len(word) > 5 else word


def organisation_named(name: str, language: str, names: Names, *, inflected: bool = False) -> tuple[Organisation, bool]:
    """Return the organisation of a name in any form: a known one, else one of its own; and whether it is sure."""
    name = re.sub(r"^(?:the|den|det)\s+(?=[A-ZÅÄÖ])", "", " ".join(name.split()), flags=re.IGNORECASE)
    mentions = list(names.organisations.find(name))
    covered = sum(m.end - m.start for m in mentions) + len(mentions) - 1
    if mentions and len({m.thing.key for m in mentions}) == 1 and covered == len(name):
        return mentions[0].thing, True
    base, sure = base_form(name, language, inflected=inflected)
    known = names.organisations.exactly(base)
    return (known, True) if known else (Organisation(slug(base), {language: base}, kind_of(base)), sure)


#: The end of a name → the kind of organisation that it tells.
_KINDS = (
    (r"(?:säätiö|säätiö sr|stiftelse|stiftelsen|fond|fonden|foundation|rahasto)$", "foundation"),
    (r"\b(?:oy|oyj|ab|abp|ltd|osk|osakeyhtiö)$", "company"),
    (r"\b(?:ry|rf|r\.y\.|r\.f\.)$", "association"),
    (r"kuntayhtymä$|samkommun(?:en)?$", "joint-authority"),
    (r"^\S+(?:n|s) (?:kaupunki|kunta|stad|kommun)$", "municipality"),
    (r"ammattikorkeakoulu$|yrkeshögskola(?:n)?$|university of applied sciences$", "applied-university"),
    (r"yliopisto$|universitet(?:et)?$|^university of ", "university"),
    (r"seurakunta$|seurakuntayhtymä$|församling(?:en)?$", "church"),
)  # fmt: skip


def kind_of(name: str) -> str:
    """Return the kind of organisation that the name itself tells, or ""."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, name, re.IGNORECASE)), "")
