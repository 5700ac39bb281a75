"""What can go wrong, each with its exit code; the words are in `texts`.

HankeError
├── DataError           the data break a rule                        exit 1
└── RunError            the call, the environment or a file          exit 2
    ├── ConfigError     hanke.toml or another file of the folder says something we cannot use
    ├── DocumentError   a source document cannot be read
    ├── RdfError        an RDF file cannot be read
    └── PublicationError  a publication is missing, damaged or cannot be written
"""

from __future__ import annotations


class HankeError(Exception):
    """A failure that a person can mend.

    `text` is the identifier of a text in `texts.toml`, `where` the place ("hanke.toml:3"), `facts` the names and
    values that the text speaks of.
    """

    exit_code = 2

    def __init__(self, text: str, /, where: str = "", **facts: object) -> None:
        super().__init__(text, where, facts)
        self.text = text
        self.where = where
        self.facts = facts

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.where}: {self.text} ({said})" if self.where else f"{self.text} ({said})"


class DataError(HankeError):
    """The data break a rule: violations, a question that the ledger must answer, `--check`."""

    exit_code = 1


class RunError(HankeError):
    """The work could not be done: the call, the environment, or a file that cannot be read."""


class ConfigError(RunError):
    """A file of the publisher's folder says something we cannot use."""


class DocumentError(RunError):
    """A source document cannot be read."""


class RdfError(RunError):
    """An RDF file cannot be read; `where` names file, line and column when the parser tells them."""


class PublicationError(RunError):
    """A publication is missing or damaged, or cannot be written."""
