"""Cells for spreadsheets: no text runs as a formula, and every text can be read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod.cells import as_written, harmless

FORMULAS = [
    "=1+1",
    "+358",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    " =1+1",
    "\u00a0=1",
    "＝1+1",
    "－1",
    "\ufeff=1",
    "'=1",
    "''@x",
]


@pytest.mark.parametrize("cell", FORMULAS, ids=ascii)
def test_a_cell_that_a_spreadsheet_takes_for_a_formula_is_made_a_text(cell: str) -> None:
    assert "'" + cell == harmless(cell)


@pytest.mark.parametrize("cell", ["", "Silta", "2021 = 2022", "1-2", "'x", "–2020", " x"], ids=ascii)
def test_another_cell_is_left_as_it_is(cell: str) -> None:
    assert cell == harmless(cell) == as_written(cell)


@given(st.text(alphabet="=+-@'\t\r\n ax＝", max_size=6))
def test_every_text_is_read_back_as_it_was_written(cell: str) -> None:
    assert cell == as_written(harmless(cell))


@given(st.text(alphabet="=+-@'\t\r\n ax＝", max_size=6))
def test_no_cell_begins_as_a_formula_does(cell: str) -> None:
    assert not harmless(cell).lstrip(" \u00a0\ufeff").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
