"""How much work something is, counted and not timed: the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls(run: Callable[[str], object], text: str) -> int:
    """Return how many functions are called, Python's own included, while a text is read."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run(text)
    finally:
        sys.setprofile(before)
    return count


def is_linear(run: Callable[[str], object], piece: str, length: int) -> bool:
    """Tell whether a text twice as long is at most a little more than twice the work."""
    once, twice = ((piece * length * times)[: length * times] for times in (1, 2))
    run(once[:-1])  # what is made once and kept does not count
    return calls(run, twice) <= 2.2 * calls(run, once) + 200
