"""Cells of CSV files that people open in a spreadsheet: no text of a list may run as a formula there."""

from __future__ import annotations

import re

#: What makes a spreadsheet take a cell for a formula, also after spaces and in full width (OWASP, CSV Injection).
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_MADE_HARMLESS = re.compile(rf"'+(?:{_FORMULA.pattern})")


def harmless(cell: str) -> str:
    """Return the text as a cell that no spreadsheet takes for a formula; `as_written` gives it back.

    >>> harmless("=1+1"), harmless("1-2"), harmless("'=1")
    ("'=1+1", '1-2', "''=1")
    """
    return "'" + cell if _FORMULA.match(cell) or _MADE_HARMLESS.match(cell) else cell


def as_written(cell: str) -> str:
    """Return the text that `harmless` made a cell of.

    >>> as_written("'=1+1"), as_written("'90-luku")
    ('=1+1', "'90-luku")
    """
    return cell[1:] if _MADE_HARMLESS.match(cell) else cell
