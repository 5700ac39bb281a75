"""Failures as they travel between processes, and what a worker's death means."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from typing import Any

from hanke_lod_server.engines import (
    Busy,
    OutOfMemory,
    QueryFailure,
    Refused,
    Syntax,
    Timeout,
    TooBig,
    Unavailable,
    Unwritable,
)
from hanke_lod_server.engines.limits import Limits

_CLASSES: dict[str, type[QueryFailure]] = {
    row.__name__: row for row in (Syntax, Refused, Unwritable, Timeout, OutOfMemory, TooBig, Busy, Unavailable)
}


def to_wire(failure: QueryFailure) -> dict[str, object]:
    """Return a failure as JSON values."""
    return {
        "class": type(failure).__name__,
        "text": failure.text,
        "status": failure.status,
        "retry_after": failure.retry_after,
        "facts": failure.facts,
    }


def from_wire(said: Mapping[str, Any]) -> QueryFailure:  # Any: JSON
    """Return the failure that `to_wire` wrote."""
    kind = _CLASSES.get(said["class"], Unavailable)
    return kind(said["text"], retry_after=said["retry_after"], status=said["status"], **said["facts"])


def of_death(number: int, said: str, limits: Limits) -> QueryFailure:
    """Return why a query failed whose worker ended by a signal (0: by itself) after writing something to stderr."""
    if number == signal.SIGABRT and "memory allocation of" in said:
        return OutOfMemory("sparql-memory", limit=limits.memory)
    if number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL):
        # the parser's stack: brackets, UNIONs or operators by the thousand
        return Refused("sparql-crashed", status=400)
    if number == signal.SIGKILL:
        return OutOfMemory("sparql-machine-memory")
    if number == signal.SIGALRM:
        return Timeout("sparql-deadline", limit=limits.deadline)
    return Unavailable("sparql-engine-failed", reason="")
