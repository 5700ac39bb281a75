"""Finnish, Swedish and English word forms of names: which base form a name stands in, and in which case.

A name's last word carries the case. Its common heads ("yliopisto", "kunta", "Oy", "ry", "THL") are data; a word
whose head is not known stays as it is written: another name would be worse than an inflected one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hanke_lod.resources import data_folder


@dataclass(frozen=True)
class Form:
    """What an ending tells: the base form of the word and its case ("" when it is the base form)."""

    base: str
    case: str


#: Endings after a colon: "Oy:n", "THL:lle", "ry:ltä".
_COLON = re.compile(
    r"^(?P<base>[^\W_][\w&.+-]*):(?P<ending>n|in|en|ia|iä|ta|tä|a|ä|na|nä|ksi|ssa|ssä|sta|stä|hon|hun|hin|hyn|iin|seen|lla|llä|lta|ltä|lle|lta|ille|"
    r"iden|ien|jen|s)$",
    re.IGNORECASE,
)
_CASES = {
    "n": "genitive", "in": "genitive", "en": "genitive", "s": "genitive", "iden": "genitive", "ien": "genitive",
    "jen": "genitive",
    "na": "essive", "nä": "essive", "lle": "allative", "ille": "allative",
    "lta": "ablative", "ltä": "ablative", "lla": "adessive", "llä": "adessive",
    "ssa": "inessive", "ssä": "inessive", "sta": "elative", "stä": "elative", "ksi": "translative",
}  # fmt: skip
_WEAK = {
    "n": "genitive", "lle": "allative", "lta": "ablative", "ltä": "ablative", "lla": "adessive", "llä": "adessive",
    "ssa": "inessive", "ssä": "inessive", "sta": "elative", "stä": "elative", "ksi": "translative",
}  # fmt: skip


@lru_cache(maxsize=1)
def head_forms() -> Mapping[str, Form]:
    """Return every inflected form of the heads in data/finland/heads.csv."""
    found: dict[str, Form] = {}
    with (data_folder("finland") / "heads.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            head = row["head"]
            for ending, case in _WEAK.items():
                found.setdefault(row["weak"] + ending, Form(head, case))
            for ending in ("na", "nä"):
                found.setdefault(row["strong"] + ending, Form(head, "essive"))
            found.setdefault(row["partitive"], Form(head, "partitive"))
            found.setdefault(row["illative"], Form(head, "illative"))
    for head in {form.base for form in found.values()}:
        found[head] = Form(head, "")
    return found


@lru_cache(maxsize=65536)
def last_word(word: str, language: str = "fi") -> Form | None:
    """Return the base form of a name's last word, or None where its head is not known.

    >>> last_word("kaupunginteatterin")
    Form(base='kaupunginteatteri', case='genitive')
    >>> last_word("Oy:n")
    Form(base='Oy', case='genitive')
    """
    colon = _COLON.match(word)
    if colon:
        return Form(colon["base"], _CASES.get(colon["ending"].lower(), "other"))
    if language == "sv" and re.search(r"[a-zåäö]s$", word) and not word.endswith(("ss", "hus", "us", "ås")):
        return Form(word[:-1], "genitive?")
    lower, forms = word.lower(), head_forms()
    # the longest ending that is a known form; a head may be the end of a compound
    for start in range(len(lower)):
        form = forms.get(lower[start:])
        if form is not None and (start == 0 or start >= 2):
            base = word[:start] + form.base if start or word[0].islower() else form.base.capitalize()
            return Form(word if word.lower() == base.lower() else base, form.case)
    return None
