"""Signs by which lines, headings and surroundings are told apart, whatever the format."""

from __future__ import annotations

import re

HEADING_LENGTH = 100
TEXT, ITEM, DETAIL = 50, 51, 90

DATE = r"\d{1,2}\.\s?\d{1,2}\.|\b(?:19|20)\d\d\b|\b\d{1,2}/(?:20)?\d\d\b"
_MARK = r"\d\s?(?:€|euro|eur\b|e\b)|\b[A-ZÅÄÖ]{3,}\b"
_WORD = (
    r"toteutt|hallinno|koordin|kumppan|rahoit|yhteistyö|hakija|finans|genomför|partner|samarbet|samordn|administr|"
    r"fund|implement|lead|kesto|aika"
)
EVIDENCE = re.compile(rf"{DATE}|{_MARK}|(?i:{_WORD})")
BARE = re.compile(rf"\W*(?:(?:{DATE})[\d\s.\-–—/]*|[\d\s.,]+\s?(?:€|euroa|eur)|https?://\S+)\W*", re.IGNORECASE)
SENTENCE_VERB = re.compile(
    r"\b(?:on|ovat|oli|olivat|osallistui|osallistuu|käytettiin|koottu|löydät|löytyy|sisältää|toteuttaa|haluaa|olemme|"
    r"är|har|deltar|finns|omfattar|hittar|presenteras|is|are|has|have|lists|contains|includes|participates)\b",
    re.IGNORECASE,
)  # fmt: skip
#: A sentence about a project that has been named before.
SPEAKS = re.compile(
    r"(?:hanketta|hankkeen|hankkeessa|hankkeelle|hankkeella|projektia|projektin|projektissa|"
    r"projektet|the project)\s+(?=[a-zåäö])",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…]$")
SURROUNDING = re.compile(
    r"(?:yhteensä|summa|sammanlagt|totalt|total\b|lähde:|källa:|source:|päivitetty|uppdaterad|updated|©|sivu \d|"
    r"lisätietoja|lisätiedot|mer information|(?:more|further) information|ytterligare information|"
    r"yhteystiedot|kontakt\b|contact\b|"
    r"[A-ZÅÄÖ]\w+,? (?:den )?\d{1,2}(?:\. ?| )(?:\d{1,2}\.|\w{3,12}) ?\d{4}$|tätä sivua|"
    r"sivua (?:on )?(?:muokattu|päivitetty)|tilanne \d|läget \d|"
    r"huom[.:!]|obs[.:!]|note:|\*|(?:puh|tel|tfn|gsm|p)\.?[ :]*[+\d]|\S+(?:@|\(at\))\S+)", re.IGNORECASE,
)  # fmt: skip


#: Headings of what stands beside a list on a page.
APART = re.compile(
    r"(?:yhteystiedot|yhteyshenkilö|yhteydenotot|lisätieto|lisätietoa|ota yhteyttä|katso myös|lue lisää|lue myös|"
    r"aiheesta muualla|"
    r"linkit|linkkejä|liitteet|tiedostot|uutiset|uutisia|tiedotteet|ajankohtaista|tapahtumat|palaute|jaa sivu|"
    r"kontakt|mer information|läs mer|läs också|se också|länkar|bilagor|nyheter|evenemang|"
    r"contact|more information|further information|read more|see also|related|links|attachments|news|events)\b",
    re.IGNORECASE,
)  # fmt: skip
