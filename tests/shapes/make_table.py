"""Writes docs/rules.md, the table of every rule, out of the bundled shapes: python -m tests.shapes.make_table."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from hanke_lod import rdf, validating
from hanke_lod.resources import shape_files
from hanke_lod.texts import LANGUAGES, say
from hanke_lod.validating import Rule

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
HEAD = """\
# Rules

Every rule that [`validate`](validate.md) and [`build`](build.md) apply, by the file of `shapes/` that it stands in.
This page is written by `python -m tests.shapes.make_table`; a test fails when it is not what the shapes say. A server
shows the same at `/shapes`, with what each rule is good for, in the reader's language.

Severity: a **violation** breaks things for those who use the data, and is not published; a **warning** means data that
are poorer than they could be; a **note** that something could be added if it is known. Targets: a class, `^property`
for the values of a property, `property` for the things that have it.
"""


def page() -> str:
    """Return the page as it should be."""
    rules = {rule.iri: rule for rule in validating.rules(validating.load_shapes())}
    parts = [HEAD]
    for file in shape_files():
        here = [rules[iri] for iri in sorted({quad.subject.value for quad in rdf.parse_file(file)} & set(rules))]
        here.sort(key=lambda rule: rule.order)
        parts.append(f"## {file.stem}.ttl\n")
        for targets, group in groupby(here, key=lambda rule: rule.targets):
            parts.append(f"Of {', '.join(f'`{target}`' for target in targets)}:\n")
            parts.append("| rule | property | severity | what it says: fi, sv, en |\n|---|---|---|---|")
            parts.append("\n".join(_row(rule) for rule in group) + "\n")
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    step = f"`{_cell(rule.path)}`" if rule.path else "–"
    said = "<br>".join(_cell(rule.messages[language]) for language in LANGUAGES)
    severity = say(f"page-severity-{rule.severity.lower()}", "en")
    return f'| <a id="{rule.name}"></a>`{rule.name}` | {step} | {severity} | {said} |'


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
