"""The narrow door to an engine: a checked query goes in, a complete answer or a named failure comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Protocol

from hanke_lod.errors import RunError

__all__ = [
    "Answer",
    "Busy",
    "Engine",
    "Holdings",
    "Kind",
    "OutOfMemory",
    "QueryFailure",
    "QueryRequest",
    "Refused",
    "Syntax",
    "Timeout",
    "TooBig",
    "Unavailable",
    "Unwritable",
]

Kind = Literal["solutions", "boolean", "graph"]


@dataclass(frozen=True)
class QueryRequest:
    """A query that has passed the checks of `sparql_tokens`.

    `prologue` holds the well-known prefixes that the text uses and does not declare; it stands before the text on the
    same line. `format` names a row of RESULT_FORMATS or of RDF_FORMATS. With `default_graphs` or `named_graphs` given
    they are the whole dataset, whatever the text says. `star` is where the `*` of a `SELECT *` stands in the text, and
    `variables` are those of the text in order of appearance. `rows` and `seconds` can only narrow the engine's limits.
    """

    text: str
    format: str
    prologue: str = ""
    base: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    star: int | None = None
    variables: tuple[str, ...] = ()
    rows: int | None = None
    seconds: float | None = None
    client: str = ""


@dataclass(frozen=True)
class Answer:
    """A complete answer: `body` stands at its start and holds `size` bytes; the one who takes it closes it.

    `columns` are a SELECT's variables in the order of the answer; `truncated` tells that it was cut at `rows` rows;
    `publication` is the identifier of the publication that answered.
    """

    kind: Kind
    body: BinaryIO
    size: int
    columns: tuple[str, ...] = ()
    truncated: bool = False
    rows: int = 0
    publication: str = ""


@dataclass(frozen=True)
class Holdings:
    """What an engine holds: the publication, statements in the default graph and in each named graph, its state.

    `state` are figures for monitoring (workers, queries waiting …): name → number.
    """

    publication: str
    default: int
    named: Mapping[str, int]
    state: Mapping[str, float] = field(default_factory=dict)


class Engine(Protocol):
    """What answers queries; safe to be called from many threads at once."""

    def answer(self, request: QueryRequest) -> Answer:
        """Return the complete answer.

        Raises:
            QueryFailure: one of its children says why there is none.
        """

    def holdings(self, max_age: float = 1.0) -> Holdings:
        """Return what the engine holds, as it was at most `max_age` seconds ago.

        Raises:
            Unavailable: the engine does not answer.
        """


class QueryFailure(RunError):  # noqa: N818  # the query has failed; nothing is wrong with us
    """Why a query has no answer; `text` and `facts` say it in words, `status` is HTTP's, `retry_after` in seconds.

    QueryFailure
    ├── Syntax        the query cannot be read                     400
    ├── Refused       it asks for what is not given here           403 or 400
    ├── Unwritable    its result cannot be written in that format  406
    ├── Timeout       the deadline has passed                      503
    ├── OutOfMemory   it needs more memory than a query may have   503
    ├── TooBig        its result is larger than an answer may be   503
    ├── Busy          too much to do just now                      503
    └── Unavailable   the engine does not answer, or failed        503
    """

    status = 503
    retry_after = 0

    def __init__(self, text: str, /, retry_after: int = 0, status: int = 0, **facts: object) -> None:
        super().__init__(text, "", **facts)
        self.retry_after = retry_after or type(self).retry_after
        self.status = status or type(self).status


class Syntax(QueryFailure):
    """The query cannot be read from `line` and `column` on, counted from 1 in what the client sent."""

    status = 400

    def __init__(
        self, text: str, /, retry_after: int = 0, status: int = 0, *, line: int, column: int, **facts: object
    ) -> None:
        super().__init__(text, retry_after, status, line=line, column=column, **facts)
        self.line = line
        self.column = column


class Refused(QueryFailure):
    """The query asks for something that this endpoint does not do."""

    status = 403


class Unwritable(QueryFailure):
    """The result has something in it that the format asked for cannot carry."""

    status = 406


class Timeout(QueryFailure):
    """The deadline has passed."""

    retry_after = 30


class OutOfMemory(QueryFailure):
    """The query needs more memory than a query may have."""

    retry_after = 30


class TooBig(QueryFailure):
    """The result is larger than an answer may be."""

    retry_after = 30


class Busy(QueryFailure):
    """There is too much to do just now."""

    retry_after = 2


class Unavailable(QueryFailure):
    """The engine does not answer, or it failed at this query."""

    retry_after = 1
