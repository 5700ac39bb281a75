"""The words that stand between a role word and its names, and phrases that tell a role without one."""

from __future__ import annotations

import re

PROJECT = (
    r"(?:hankkeen|projektin|hankkeessa|projektissa|hanketta|projektia|hanke|projekti|sen|sitä|se|siihen|jonka|jota|"
    r"hankkeelle|projektille|projektets|projektet|the\s+project(?:['’]s)?|project)"
)
IS = (
    r"(?:on|ovat|oli|olivat|toimii|toimivat|toimi|valittiin|valitaan|valikoitui|"
    r"är|var|fungerar|valdes|is|are|was|were|acts|serves)"
)
MUCH = (
    r"(?:muun\s+muassa|mm\.|bl\.a\.|bland\s+annat|among\s+others|including|include|"
    r"esimerkiksi|myös|också|även|also|som|as)"
)
IN = rf"(?:hankkeessa|projektissa|i\s+projektet|in\s+the\s+project)(?=\s*:|\s+(?:{IS}|{MUCH})\b)"
FOLLOW = re.compile(rf"(?:\s+(?:{IS}|{IN}|{MUCH})(?!\w))*\s*[:–-]?\s+(?:the\s+(?=[A-Z]))?", re.IGNORECASE)
AHEAD = re.compile(
    rf"\b(?:(?:kunnan|kaupungin|stadens|kommunens|muut|muita|muina|övriga|other|{PROJECT})\s+){{1,3}}$", re.IGNORECASE
)
BEFORE = re.compile(
    rf"(?:\s+{IS})?(?:\s+(?:som|as|mukana|itse))?(?:\s+{PROJECT})?(?:\s+{IS})?\s+(?:an?\s+|en\s+|the\s+)?$",
    re.IGNORECASE,
)
OBJECT = re.compile(
    r"\s+(?:hankkeen|hanketta|hankkeeseen|hankkeessa|projektiin|projektia|projektin|projektissa|projektet|i\s+projektet|"
    r"(?:in|of)\s+(?:the|a)\s+project|the\s+project)\b", re.IGNORECASE,
)  # fmt: skip
HANKE = re.compile(
    r"\s+(?:[a-zåäö][\w-]*|[A-ZÅÄÖ]{2,6}\+?-)?(?:hanke|hankkeen|hankkeessa|projekti|projektin|avustus|avustuksella|avustusta|rahoitus|"
    r"rahoituksella|rahoitusta|tuki|tuella)\b"
)
STOP = re.compile(
    r"\s+kanssa\b|\s+[–—]\s+|,?\s+(?:hankkeen|hanketta|projektin|projektet|joka|jotka|jossa|jonka|som|which|who|sekä\s+mukana|"
    r"with|kunnan\s+toimiessa|kaupungin\s+toimiessa)\b", re.IGNORECASE,
)  # fmt: skip
WITH = re.compile(r"\s+kanssa\b", re.IGNORECASE)
#: Phrases that tell a role without a role word: their pattern, the role, and whether the rest of the clause is theirs.
PHRASES = (
    (
        re.compile(
            r"\s+(?:yhteinen|yhteishanke|yhteisprojekti|yhteistyöhanke|yhteistyöprojekti|yhteistyönä|yhteishankkeena|yhteinen\s+hanke)\b",
            re.IGNORECASE,
        ),
        "joint",
        True,
    ),
    (re.compile(r"\s+gemensam(?:t|ma)(?:\s+projekt)?\b", re.IGNORECASE), "joint", True),
    (re.compile(r"\s+kanssa\b", re.IGNORECASE), "partner", False),
)
TOGETHER = re.compile(r"\b(?:yhteistyöhanke|yhteishanke|yhteisprojekti|yhteistyö|kumppanuudessa)\s+", re.IGNORECASE)
#: What parts those who have the role from the others.
OTHERS = re.compile(r"(?:muut|muita|muina|övriga|others?)\s", re.IGNORECASE)
#: Words that begin another fact, not a name.
MARKS = re.compile(
    r"(?:rahoitus|rahoitt|kesto|budjetti|kokonais|kustannus|finansier|budget|total|funding|"
    r"hanke|projekt|haettu)", re.IGNORECASE
)  # fmt: skip


def clause_end(text: str, position: int, end: int) -> int:
    """Return where a joint project's phrase ends: before a capitalised name, else with the clause."""
    comma = text.find(",", position, end)
    end = comma if comma >= 0 else end
    rest = re.compile(r"(?:\s+(?:[a-zåäö][\w-]*|[A-ZÅÄÖ]{2,6}\+?-\w+|on))*\s*[:–-]?\s*").match(text, position, end)
    return rest.end() if rest and rest.end() < end and text[rest.end()].isupper() else end


def is_bracketed(text: str, start: int, position: int) -> bool:
    """Tell whether a place stands within brackets that opened after `start`."""
    return text.count("(", start, position) > text.count(")", start, position)


def is_genitive(name: str) -> bool:
    """Tell whether a name may stand in the genitive; a Swedish one has more than the Finnish "-us", "-es"."""
    return (
        bool(re.search(r"(?:n|(?<![iueyoö])s)$", name))
        and len(name.split()) <= 7
        and bool(re.search(r"[^\W\d_]{2}", name))
    )
