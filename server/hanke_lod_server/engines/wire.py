"""Frames between web process, keeper and workers: a letter, two lengths, a JSON header and a body."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_HEAD = struct.Struct("!cII")
#: No frame is larger: a query's text and its header, or an answer that travels inline.
LARGEST = 2**30

# The letters. A client sends JOB and ASK; a worker is sent JOB. The others are answers.
JOB = b"J"
ASK = b"?"
ANSWER = b"A"
SPOOLED = b"S"  # the answer's bytes are in the file that comes along
FAILURE = b"F"
MOVED = b"M"  # this keeper is leaving: connect again
HOLDINGS = b"H"


class Frame(NamedTuple):
    """One message; `raw` is the whole of it as bytes."""

    letter: bytes
    raw: bytes
    body_at: int

    @property
    def header(self) -> dict[str, Any]:  # Any: JSON
        """The header, parsed."""
        found: dict[str, Any] = json.loads(self.raw[_HEAD.size : self.body_at])
        return found

    @property
    def body(self) -> bytes:
        """The bytes after the header."""
        return self.raw[self.body_at :]


class Broken(ConnectionError):  # noqa: N818  # says what the connection is
    """The other side has gone, or speaks something else."""


def pack(letter: bytes, header: Mapping[str, object] | None = None, body: bytes = b"") -> bytes:
    """Return a frame as bytes."""
    text = json.dumps(header, separators=(",", ":")).encode() if header else b"{}"
    return b"".join((_HEAD.pack(letter, len(text), len(body)), text, body))


def _measure(data: bytes | bytearray) -> tuple[bytes, int, int]:
    """Return letter, where the body starts, and where the frame ends.

    Raises:
        Broken: no frame starts here.
    """
    letter, header, body = _HEAD.unpack_from(data)
    if header + body > LARGEST:
        raise Broken(f"a frame of {header + body} bytes")
    return letter, _HEAD.size + header, _HEAD.size + header + body


class Reader:
    """Puts frames together from what arrives in pieces."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Yield the frames that are complete with this piece.

        Raises:
            Broken: no frame starts where one should.
        """
        self._held += data
        while len(self._held) >= _HEAD.size:
            letter, body_at, end = _measure(self._held)
            if len(self._held) < end:
                return
            raw = bytes(self._held[:end])
            del self._held[:end]
            yield Frame(letter, raw, body_at)


def receive(sock: socket.socket, files: int = 0) -> tuple[Frame, list[int]]:
    """Return the next frame of a blocking socket, and the descriptors that came with it, at most `files`.

    Raises:
        Broken: the other side has closed the connection.
        TimeoutError: nothing came within the socket's own time limit.
    """
    found: list[int] = []
    if files:
        data, found, _, _ = socket.recv_fds(sock, 65536, files)
    else:
        data = sock.recv(65536)
    if not data:
        raise Broken("closed")
    parts, size, end, head = [data], len(data), 0, (b"", 0)
    while True:
        if not end and size >= _HEAD.size:
            joined = b"".join(parts)
            letter, body_at, end = _measure(joined)
            parts, head = [joined], (letter, body_at)
        if end and size >= end:
            return Frame(head[0], b"".join(parts), head[1]), found
        more = sock.recv(min(max(end - size, 4096), 2**20))
        if not more:
            raise Broken("closed within a frame")
        parts.append(more)
        size += len(more)
