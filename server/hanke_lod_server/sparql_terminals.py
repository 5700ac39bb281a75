"""The terminals of SPARQL as regular expressions: https://www.w3.org/TR/sparql11-query/#sparqlGrammar.

Each takes exactly what the grammar gives the terminal, no more: what hides in one is no keyword (`sparql_service`).
None of them goes back over what it has taken, so all are linear.
"""

from __future__ import annotations

LETTERS = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
CHARACTERS = LETTERS + r"_0-9\u00B7\u0300-\u036F\u203F\u2040\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

SPACE = r"[ \t\r\n]"
COMMENT = r"#[^\r\n]*+"
IRI = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"
#: A long string but for its closing quotes.
LONG_STRING = r"(?:'''(?:[^'\\]|\\.|''?(?!'))*+|\"\"\"(?:[^\"\\]|\\.|\"\"?(?!\"))*+)"
#: A short string; one without an end is taken to the end of its line.
SHORT_STRING = r"(?:'(?:[^'\\\r\n]|\\.)*+'?|\"(?:[^\"\\\r\n]|\\.)*+\"?)"
NUMBER = r"(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+\-]?[0-9]++)?"
LANGUAGE = r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?"
#: A variable after its sign.
VARIABLE = rf"[{LETTERS}_0-9](?:[{LETTERS}_0-9\u00B7\u0300-\u036F\u203F\u2040])*+"
BLANK = rf"_:[{LETTERS}_0-9](?:[{CHARACTERS}]|\.++(?=[{CHARACTERS}]))*+"
#: A prefixed name after its colon, perhaps nothing; it does not end with a dot.
LOCAL = rf"(?:(?:[{LETTERS}_0-9:]|{_ESCAPED})(?:[{CHARACTERS}:]|{_ESCAPED}|\.++(?=[{CHARACTERS}:%\\]))*+)?"
