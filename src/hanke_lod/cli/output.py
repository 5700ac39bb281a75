"""The file that `convert` writes: its format, and that it is whole or not there."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path

from hanke_lod.errors import RunError
from hanke_lod.formats import RDF_FORMATS, TURTLE, RdfFormat


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Do without the collector of cycles: what a list becomes only grows, and going through it again costs a tenth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def write(output: Path, data: bytes) -> None:
    """Write a file whole or not at all; a pipe or a device takes it as it comes."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        if output.is_symlink() or (output.exists() and not output.is_file()):
            output.write_bytes(data)
            return
        beside.write_bytes(data)
        beside.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise RunError("output-unwritable", where=str(output), reason=error.strerror or str(error)) from error


def format_of(output: Path | None) -> RdfFormat:
    if output is None:
        return TURTLE
    row = RdfFormat.from_path(output)
    if row is None:
        known = ", ".join(f".{row.suffix}" for row in RDF_FORMATS)
        raise RunError("output-unknown", where=str(output), suffix=output.suffix or "–", known=known)
    return row
