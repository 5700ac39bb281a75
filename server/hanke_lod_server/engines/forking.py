"""A query worker as a process: forked with nothing in its hands, ended, and read afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from hanke_lod_server.engines import limits as confining
from hanke_lod_server.engines.channel import Channel

_STDERR_READ = 2000
#: What a worker does: answer what comes over the socket, writing large answers to the file.
Live = Callable[[socket.socket, int], None]


@dataclass(eq=False)
class Worker:
    """A process that evaluates one query at a time.

    `spool` and `stderr` are files without a name; `pidfd` becomes readable when the process ends, -1 where
    there is none.
    """

    pid: int
    channel: Channel
    spool: int
    stderr: int
    pidfd: int
    demoted: bool = False

    def cpu(self) -> float:
        """Return the CPU seconds that it has used; 0 when it is gone or the system does not tell."""
        if sys.platform != "linux":
            return 0.0
        try:
            return time.clock_gettime((~self.pid << 3) | 2)  # another process's CPU clock, as in clock_getcpuclockid(3)
        except OSError:
            return 0.0

    def demote(self) -> None:
        """Give it the lowest priority. Only root could undo it: such a worker is never used again."""
        self.demoted = True
        with contextlib.suppress(OSError):  # it has just died, or the system has no such folder
            for thread in os.listdir(f"/proc/{self.pid}/task"):  # noqa: PTH208  # only the numbers are wanted
                os.setpriority(os.PRIO_PROCESS, int(thread), 19)  # on Linux each thread has a priority of its own

    def kill(self) -> None:
        """End it at once; it may take seconds until the system has torn down its memory."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


@dataclass(frozen=True)
class Death:
    """How a worker ended: the signal (0: none), and the beginning of what it wrote to stderr."""

    signal: int
    said: str


def fork(live: Live, on_stuck: Callable[[Channel, bool], None]) -> Worker:
    """Start a worker.

    Raises:
        OSError: the system has no room for another process, or descriptors are short.
    """
    with contextlib.ExitStack() as undone:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        undone.callback(ours.close)
        undone.callback(theirs.close)
        spool = _memory_file("spool", undone)
        stderr = _memory_file("stderr", undone)
        keeper = os.getpid()
        pid = os.fork()
        if pid == 0:
            _become_worker(live, theirs, spool, stderr, keeper)
        undone.pop_all()
    theirs.close()
    return Worker(pid, Channel(ours, on_stuck), spool, stderr, _pidfd(pid))


def bury(worker: Worker) -> Death | None:
    """Take a dead worker's leavings away and return how it died; None if it is not dead yet."""
    try:
        pid, status = os.waitpid(worker.pid, os.WNOHANG)
    except ChildProcessError:
        pid, status = worker.pid, 0
    if pid == 0:
        return None
    said = os.pread(worker.stderr, _STDERR_READ, 0).decode("utf-8", "replace")
    for file in (worker.spool, worker.stderr, worker.pidfd):
        if file >= 0:
            os.close(file)
    return Death(max(0, -os.waitstatus_to_exitcode(status)), said)


def _memory_file(name: str, undone: contextlib.ExitStack) -> int:
    """Return the descriptor of a file that has no name in any folder."""
    if sys.platform == "linux":
        file = os.memfd_create(name)
    else:
        file, path = tempfile.mkstemp(name)
        os.unlink(path)  # noqa: PTH108  # it was never more than a string
    undone.callback(os.close, file)
    return file


def _pidfd(pid: int) -> int:
    if sys.platform != "linux":
        return -1
    try:
        return os.pidfd_open(pid)
    except OSError:
        return -1  # an old kernel, or a container's seccomp profile


def _become_worker(live: Live, sock: socket.socket, spool: int, stderr: int, keeper: int) -> None:
    """Be a worker until the end; runs in the child, and never returns into the keeper's code."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.dup2(stderr, 2)
        _close_all_but({0, 1, 2, sock.fileno(), spool})
        confining.die_with_parent(keeper)
        confining.offer_to_oom_killer()
        sock.setblocking(True)
        live(sock, spool)
        code = 0
    except BaseException:  # nobody above us could tell: the keeper reads it at the burial
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _close_all_but(kept: set[int]) -> None:
    """Close every descriptor but these: an end of a socket held here would keep its other end from ever seeing EOF."""
    try:
        held = [int(name) for name in os.listdir("/proc/self/fd")]  # noqa: PTH208  # only the numbers are wanted
    except OSError:
        held = list(range(min(os.sysconf("SC_OPEN_MAX"), 65_536)))
    for file in held:
        if file not in kept:
            with contextlib.suppress(OSError):
                os.close(file)
