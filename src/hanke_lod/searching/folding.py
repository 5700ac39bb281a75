"""Text as search compares it and as lists are ordered by."""

from __future__ import annotations

import unicodedata

#: In Finnish and Swedish å, ä and ö are letters of their own, after z.
_LETTERS = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c"})


def fold(text: str) -> str:
    """Return the text as search compares it: lower case, without diacritics."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Return the runs of letters and digits.

    >>> words("4H-kerho, EU:n 100 %")
    ['4H', 'kerho', 'EU', 'n', '100']
    """
    return "".join(c if c.isalnum() else " " for c in text).split()


def sort_key(text: str) -> str:
    """Return what a list is ordered by: the words and numbers in lower case, å, ä and ö after z.

    >>> sort_key("Äänekoski") > sort_key("Zorro")
    True
    """
    letters = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return " ".join("".join(c if c.isalnum() or c == "{" else " " for c in fold(letters)).split())
