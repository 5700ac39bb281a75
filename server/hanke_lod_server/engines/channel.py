"""A socket of the keeper's loop: frames in, bytes out, never waiting for the other side."""

from __future__ import annotations

import socket
from collections.abc import Callable

from hanke_lod_server.engines.wire import Broken, Frame, Reader

_PIECE = 256 * 1024


class Channel:
    """A non-blocking socket with what has been read of the next frame and what is still to be sent.

    `on_stuck` is called with True when something is left to be sent, and with False when all is.
    """

    def __init__(self, sock: socket.socket, on_stuck: Callable[[Channel, bool], None]) -> None:
        sock.setblocking(False)
        self.sock = sock
        self._reader = Reader()
        self._left = bytearray()
        self._on_stuck = on_stuck

    def fileno(self) -> int:
        """Return the descriptor, -1 when closed."""
        return self.sock.fileno()

    def read(self) -> list[Frame]:
        """Return the frames that are complete now.

        Raises:
            Broken: the other side has gone.
        """
        try:
            data = self.sock.recv(_PIECE)
        except BlockingIOError:
            return []
        except OSError as error:
            raise Broken(str(error)) from error
        if not data:
            raise Broken("closed")
        return list(self._reader.feed(data))

    def send(self, data: bytes) -> None:
        """Send now what can be sent, and keep the rest.

        Raises:
            Broken: the other side has gone.
        """
        if self._left:
            self._left += data
            return
        try:
            sent = self.sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            raise Broken(str(error)) from error
        if sent < len(data):
            self._left += data[sent:]
            self._on_stuck(self, True)

    def send_more(self) -> None:
        """Send of the rest what can be sent.

        Raises:
            Broken: the other side has gone.
        """
        try:
            sent = self.sock.send(self._left)
        except BlockingIOError:
            return
        except OSError as error:
            raise Broken(str(error)) from error
        del self._left[:sent]
        if not self._left:
            self._on_stuck(self, False)

    def send_with_file(self, data: bytes, file: int) -> None:
        """Send a short frame with a descriptor; nothing may be waiting to be sent.

        Raises:
            Broken: the other side has gone or does not read.
        """
        try:
            sent = socket.send_fds(self.sock, [data], [file])
        except OSError as error:
            raise Broken(str(error)) from error
        if sent < len(data):
            raise Broken("a short frame did not fit")

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()
