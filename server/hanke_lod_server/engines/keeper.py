"""The keeper: a process of one thread that loads a publication, forks query workers and is reached by a Unix socket.

    python -m hanke_lod_server.engines.keeper --socket S --limits JSON [--publication NAME] FILE…

It writes one line of JSON to stdout when it is ready, or why it cannot be. It leaves when told to by SIGTERM,
or when the pipe on its stdin closes: what runs is finished, what comes then is told to connect again.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from hanke_lod.errors import HankeError
from hanke_lod_server.engines import evaluating, worker
from hanke_lod_server.engines.dispatching import Dispatcher
from hanke_lod_server.engines.limits import Limits, machine_memory, memory_of

#: How long the loop sleeps at most, in seconds.
_PATIENCE = 5.0
#: Beyond the deadline, the most that a leaving keeper stays.
_GRACE = 3.0
_BACKLOG = 512


@dataclass(frozen=True)
class Call:
    """What the keeper is called with; see `main`."""

    socket: Path
    limits: Limits
    publication: str
    files: tuple[Path, ...]
    linger: float
    lifeline: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a keeper until it is told to leave; return the exit code."""
    call = _read_call(arguments)
    try:
        store = evaluating.load(call.files)
        default, named = evaluating.sizes(store)
        limits = call.limits.within(machine_memory(), memory_of()[1])
        worker.warm_up(store, limits)
        listener, mark = _listen(call.socket)
    except HankeError as error:
        _report({"error": error.text, "where": error.where, "facts": {k: str(v) for k, v in error.facts.items()}})
        return error.exit_code
    except OSError as error:
        reason = error.strerror or str(error)
        _report({"error": "sparql-socket", "where": str(call.socket), "facts": {"reason": reason}})
        return 2
    gc.collect()
    gc.freeze()
    holdings = {"publication": call.publication, "default": default, "named": named, "limits": asdict(limits)}
    live = partial(worker.live, store=store, limits=limits, publication=call.publication)
    _serve(Dispatcher(live, limits, holdings), listener, mark, call)
    return 0


def _read_call(arguments: Sequence[str] | None) -> Call:
    parser = argparse.ArgumentParser(prog="keeper", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="RDF to load, in any format that we know")
    parser.add_argument("--socket", required=True, type=Path, help="the Unix socket to be reached by")
    parser.add_argument("--limits", default="{}", help="limits as JSON; see limits.py")
    parser.add_argument("--publication", default="", help="the name that answers carry")
    parser.add_argument("--linger", default=0.0, type=float, help="leave after so many seconds without a client")
    parser.add_argument("--lifeline", action="store_true", help="leave when stdin closes")
    given = parser.parse_args(arguments)
    limits = Limits.from_json(given.limits)
    return Call(given.socket, limits, given.publication, tuple(given.files), given.linger, given.lifeline)


def _report(said: dict[str, object]) -> None:
    print(json.dumps(said), flush=True)


def _listen(path: Path) -> tuple[socket.socket, tuple[int, int]]:
    """Bind under a temporary name and rename it over the path, so that a keeper before us is replaced at one stroke.

    Returns the socket and what the file is known by.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    mask = os.umask(0o177)  # nobody else may connect
    try:
        listener.bind(str(beside))
    finally:
        os.umask(mask)
    listener.listen(_BACKLOG)
    listener.setblocking(False)
    beside.replace(path)
    return listener, _mark(path)


def _mark(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def _serve(dispatcher: Dispatcher, listener: socket.socket, mark: tuple[int, int], call: Call) -> None:
    told_to_leave = False

    def leave() -> None:
        nonlocal told_to_leave
        told_to_leave = True

    waker = _wake_on_signal(leave)
    dispatcher.watch(waker, lambda: _drain(waker))
    dispatcher.watch(listener, lambda: dispatcher.accept(listener))
    if call.lifeline:
        dispatcher.watch(0, lambda: _read_lifeline(dispatcher, leave))
    dispatcher.replenish()
    limits = dispatcher.limits
    _report({"ready": os.getpid(), "workers": limits.workers, "slow": limits.slow})
    os.close(1)
    os.open(os.devnull, os.O_WRONLY)  # takes the place of stdout: nobody listens there any more
    while not told_to_leave:
        dispatcher.turn(min(_PATIENCE, call.linger or _PATIENCE))
        if call.linger and not dispatcher.clients and time.monotonic() - dispatcher.emptied_at >= call.linger:
            break
    _leave(dispatcher, listener, mark, call)


def _leave(dispatcher: Dispatcher, listener: socket.socket, mark: tuple[int, int], call: Call) -> None:
    """Take no new clients, finish what runs, and end the workers."""
    dispatcher.draining = True
    dispatcher.forget(listener)
    listener.close()
    if _mark(call.socket) == mark:
        call.socket.unlink(missing_ok=True)
    last = time.monotonic() + dispatcher.limits.deadline + _GRACE
    while not dispatcher.is_idle and time.monotonic() < last:
        dispatcher.turn(_PATIENCE)
    dispatcher.end()


def _wake_on_signal(leave: Callable[[], None]) -> socket.socket:
    """Have SIGTERM call `leave` and wake the loop; return the socket that wakes it."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.detach())
    signal.signal(signal.SIGTERM, lambda _number, _frame: leave())
    signal.signal(signal.SIGINT, lambda _number, _frame: leave())
    return ours


def _drain(waker: socket.socket) -> None:
    try:
        waker.recv(64)
    except BlockingIOError:
        return


def _read_lifeline(dispatcher: Dispatcher, leave: Callable[[], None]) -> None:
    if not os.read(0, 64):
        dispatcher.forget(0)
        leave()


if __name__ == "__main__":
    sys.exit(main())
