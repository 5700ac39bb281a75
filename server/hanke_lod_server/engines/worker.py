"""A worker's life: take a query, answer it, wait for the next."""

from __future__ import annotations

import math
import os
import signal
import socket
import sys
import threading
from dataclasses import fields

from pyoxigraph import Store

from hanke_lod_server.engines import OutOfMemory, QueryFailure, QueryRequest, failures, wire
from hanke_lod_server.engines.evaluating import Outcome, evaluate
from hanke_lod_server.engines.limits import STACK, Limits, confine
from hanke_lod_server.engines.spool import Spool

_FIELDS = frozenset(field.name for field in fields(QueryRequest)) - {"text", "prologue", "client"}
#: A worker that nobody has killed ends itself so many seconds after its query's deadline.
_GRACE = 2
#: Names of columns longer than this in all stay out of the header; they stand in the answer itself.
_COLUMNS = 16_384


def job_frame(request: QueryRequest) -> bytes:
    """Return a request as the frame that keeper and worker take."""
    header = {name: getattr(request, name) for name in _FIELDS if getattr(request, name)}
    if request.star is not None:
        header["star"] = request.star
    prologue = request.prologue.encode()
    header |= {"client": request.client, "prologue": len(prologue)}
    return wire.pack(wire.JOB, header, prologue + request.text.encode())


def request_of(frame: wire.Frame) -> QueryRequest:
    """Return the request in a job's frame."""
    header = frame.header
    body, split = frame.body, header.pop("prologue")
    for name in ("default_graphs", "named_graphs", "variables"):
        header[name] = tuple(header.get(name, ()))
    return QueryRequest(text=body[split:].decode(), prologue=body[:split].decode(), **header)


def answer_frame(outcome: Outcome, spool: Spool, publication: str, *, inline: bool = False) -> bytes:
    """Return an outcome as a frame, with the answer's bytes if they are few, or if they have no other way."""
    columns = outcome.columns if sum(map(len, outcome.columns)) < _COLUMNS else ()
    header = {
        "kind": outcome.kind,
        "columns": columns,
        "truncated": outcome.truncated,
        "rows": outcome.rows,
        "size": spool.size,
        "publication": publication,
    }
    if spool.spooled and not inline:
        return wire.pack(wire.SPOOLED, header)
    return wire.pack(wire.ANSWER, header, spool.read())


def live(sock: socket.socket, spool: int, store: Store, limits: Limits, publication: str) -> None:
    """Answer queries until the keeper hangs up.

    The work is done in a thread of its own: pyoxigraph's random numbers are kept by thread, and a forked main
    thread would go on with the same ones as every other worker.
    """
    threading.stack_size(STACK)
    thread = threading.Thread(target=_work, args=(sock, spool, store, limits, publication))
    confine(limits)
    thread.start()
    thread.join()


def _work(sock: socket.socket, spool: int, store: Store, limits: Limits, publication: str) -> None:
    while True:
        try:
            frame, _ = wire.receive(sock)
        except ConnectionError:
            return
        reply, last = reply_to(frame, spool, store, limits, publication)
        try:
            sock.sendall(reply)
        except OSError:
            return
        if last:
            return


def reply_to(
    frame: wire.Frame, spool: int, store: Store, limits: Limits, publication: str, *, inline: bool = False
) -> tuple[bytes, bool]:
    """Return the frame that answers a job, and whether this process had better end now."""
    try:
        request = request_of(frame)
        _set_alarm(min(request.seconds or limits.deadline, limits.deadline) + _GRACE)
        reply = answer_frame(*evaluate(store, request, limits, spool), publication, inline=inline)
    except MemoryError:
        return wire.pack(wire.FAILURE, failures.to_wire(OutOfMemory("sparql-memory", limit=limits.memory))), True
    except QueryFailure as failure:
        reply = wire.pack(wire.FAILURE, failures.to_wire(failure))
    finally:
        _set_alarm(0)
    return reply, False


def _set_alarm(seconds: float) -> None:
    if sys.platform != "win32":
        signal.alarm(math.ceil(seconds))


def warm_up(store: Store, limits: Limits) -> None:
    """Have every format written once, so that whatever is loaded late is loaded before a worker may open no file."""
    spool = os.open(os.devnull, os.O_RDWR)
    try:
        every = "SELECT * { ?s ?p ?o } LIMIT 1"
        for name in ("json", "xml", "csv", "tsv"):
            evaluate(store, QueryRequest(every, name, star=7, variables=("s", "p", "o")), limits, spool)
        for name in ("turtle", "n-triples", "rdf-xml", "json-ld"):
            evaluate(store, QueryRequest("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", name), limits, spool)
        for broken in ("SELECT", "SELECT * { ?s ?p <x y> }"):
            frame = wire.pack(wire.JOB, {"format": "json", "prologue": 0}, broken.encode())
            reply_to(next(wire.Reader().feed(frame)), spool, store, limits, "")
    finally:
        os.close(spool)
