"""The command line: `main` and its commands."""

from hanke_lod.cli.commands import main

__all__ = ["main"]
