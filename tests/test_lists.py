"""Lists as publishers write them, held against a careful reading of each: how well are they understood?

`lists/open`, `second` and `third` are in view; the latter two were written by others and measured before they were.
The bounds are what has been reached, rounded down: they may rise, never fall. docs/understanding.md has the figures.
"""

from __future__ import annotations

import pytest

from hanke_lod.interpreting import interpret
from hanke_lod.lexicon import Lexicon
from hanke_lod.reading import read
from tests.lists.scoring import Score, lists, score

BOUNDS = {
    "open": {"entries": 0.99, "period": 0.99, "title": 0.99, "sector": 0.99, "money": 0.98, "agents": 0.98},
    "second": {"entries": 0.99, "period": 0.99, "title": 0.98, "sector": 0.99, "money": 0.98, "agents": 0.98},
    "third": {"entries": 0.99, "period": 0.98, "title": 0.98, "sector": 0.99, "money": 0.95, "agents": 0.96},
}


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    """The score of all lists of each part."""
    lexicon = Lexicon.bundled()
    made = {part: Score() for part in BOUNDS}
    for part, total in made.items():
        for path in lists(part):
            total.add(score(path, lexicon))
    return made


@pytest.mark.parametrize(("part", "measure"), [(part, measure) for part, row in BOUNDS.items() for measure in row])
def test_lists_are_understood_as_well_as_ever(scores: dict[str, Score], part: str, measure: str) -> None:
    assert scores[part].f1(measure) >= BOUNDS[part][measure]


@pytest.mark.parametrize("path", [p for part in BOUNDS for p in lists(part)], ids=lambda path: path.name)
def test_joined_spans_equal_each_entry(path: object) -> None:
    understanding = interpret(read(path), Lexicon.bundled())  # type: ignore[arg-type]

    for project in understanding.projects:
        parts = [project.entry.text[span.start : span.end] for span in project.spans]
        assert project.entry.text == "".join(parts)


def test_every_list_has_a_reader() -> None:
    for part in BOUNDS:
        expected = {p.name.removesuffix(".expected.json") for p in (lists_folder(part)).glob("*.expected.json")}

        assert expected == {path.stem for path in lists(part)}


def lists_folder(part: str):  # type: ignore[no-untyped-def]
    from tests.lists.scoring import FOLDER

    return FOLDER / part
