"""The keeper's loop: one thread that takes queries, hands them to workers, watches the clock and answers."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from hanke_lod_server.engines import Busy, OutOfMemory, QueryFailure, Timeout, failures, wire
from hanke_lod_server.engines.channel import Channel
from hanke_lod_server.engines.forking import Death, Live, Worker
from hanke_lod_server.engines.lanes import Job, Lanes, Order, Run
from hanke_lod_server.engines.limits import Limits, memory_of, unbind_memory
from hanke_lod_server.engines.pool import Pool

_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
#: How often the dying are looked after where the system does not tell of a death, in seconds.
_LOOK = 0.005
#: A worker whose address space has grown by so much has kept a query's memory, and is replaced.
_GROWN = 128 * 2**20


@dataclass
class Figures:
    """What has happened since the start, for monitoring."""

    answered: int = 0
    failed: int = 0
    deadlines: int = 0
    gave_way: int = 0
    refused: int = 0
    ran_again: int = 0


class Dispatcher:
    """The loop and all that it holds; `holdings` is what clients are told that ask for it."""

    def __init__(
        self,
        live: Live,
        limits: Limits,
        holdings: dict[str, Any],  # Any: JSON
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits
        self.lanes = Lanes(limits)
        self.figures = Figures()
        self.clients: set[Channel] = set()
        self.draining = False
        self.emptied_at = clock()
        self._selector = selectors.DefaultSelector()
        self.pool = Pool(live, self._selector, self._done, self._buried)
        self._holdings = holdings
        self._clock = clock
        self._space = memory_of()[0]

    # ── the loop ────────────────────────────────────────────────────────────────────────────────────────

    def watch(self, file: Any, callback: Callable[[], None]) -> None:  # Any: whatever has a descriptor
        """Call back when a descriptor is readable."""
        self._selector.register(file, _READ, lambda _mask: callback())

    def forget(self, file: Any) -> None:  # Any: whatever has a descriptor
        """Watch a descriptor no longer."""
        self._selector.unregister(file)

    def turn(self, patience: float) -> None:
        """Do once what there is to do; wait for it at most so many seconds."""
        due = self.lanes.wake(self._clock())
        wait = min(patience, patience if due is None else due, _LOOK if self.pool.must_look else patience)
        for key, mask in self._selector.select(wait):
            if key.fd in self._selector.get_map():  # not if an earlier one of these events has ended it
                key.data(mask)
        now = self._clock()
        for order in self.lanes.due(now, _cpu):
            self._carry_out(order)
        self.pool.look_at_all()
        self._dispatch(now)
        self.replenish()

    def replenish(self) -> None:
        """Have an idle worker for each free quick place."""
        self.pool.replenish(self._missing(), 2 * self.limits.workers + self.limits.slow)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return not self.lanes.runs and not self.lanes.waiting

    def end(self) -> None:
        """Kill the workers that are left."""
        for worker in [*self.pool.idle, *map(_worker, self.lanes.runs)]:
            self.pool.retire(worker)

    def _missing(self) -> int:
        quick = len(self.lanes.runs) - self.lanes.slow_count
        return self.limits.workers - quick - len(self.pool.idle)

    def _dispatch(self, now: float) -> None:
        while self.lanes.waiting:
            if not self.pool.idle:
                self.replenish()
            job = self.lanes.next(now) if self.pool.idle else None
            if job is None:
                return
            # a heavy client's worker is used up afterwards: it gets a new one
            self._hand_over(job, self.pool.idle.pop(0 if self.lanes.is_heavy(job, now) else -1), now)

    def _hand_over(self, job: Job, worker: Worker, now: float) -> None:
        run = self.lanes.start(job, worker, now, worker.cpu())
        if run.slow:
            unbind_memory(worker.pid)
        if run.demoted:
            worker.demote()
        try:
            worker.channel.send(job.frame)
        except wire.Broken:  # it died while idle: somebody killed it, or the system was short of memory
            self.lanes.finish(worker, 0.0, now)
            self.pool.retire(worker)
            self.lanes.waiting.insert(0, job)

    def _carry_out(self, order: Order) -> None:
        if order.job is not None:
            self.figures.refused += 1
            self._fail(order.job.asker, Busy("sparql-waited", limit=self.limits.deadline))
        if order.run is None:
            return
        worker = _worker(order.run.worker)
        if order.act == "demote":
            worker.demote()
        elif order.act == "promote":
            unbind_memory(worker.pid)
        else:  # answered now: the burial may take seconds
            worker.kill()
            self._fail(order.run.job.asker, self._reason(order))
            self.pool.retire(worker)

    def _reason(self, order: Order) -> QueryFailure:
        if order.reason == "deadline":
            self.figures.deadlines += 1
            return Timeout("sparql-deadline", limit=self.limits.deadline)
        self.figures.gave_way += 1
        return Busy("sparql-slow-lane", limit=self.limits.slow, seconds=self.limits.slow_after)

    # ── clients ─────────────────────────────────────────────────────────────────────────────────────────

    def accept(self, listener: socket.socket) -> None:
        """Take a new client."""
        try:
            sock, _ = listener.accept()
        except OSError:
            return  # it has gone again, or descriptors are short: it will try once more
        client = Channel(sock, self.pool.on_stuck)
        self.clients.add(client)
        self._selector.register(client, _READ, partial(self._on_client, client))

    def _on_client(self, client: Channel, mask: int) -> None:
        try:
            if mask & _WRITE:
                client.send_more()
            for frame in client.read() if mask & _READ else ():
                self._take(client, frame)
        except (wire.Broken, ValueError, KeyError):
            self._lose(client)

    def _take(self, client: Channel, frame: wire.Frame) -> None:
        if frame.letter == wire.ASK:
            client.send(wire.pack(wire.HOLDINGS, self._told()))
            return
        if self.draining:
            client.send(wire.pack(wire.MOVED))
            return
        header, now = frame.header, self._clock()
        seconds = min(float(header.get("seconds") or self.limits.deadline), self.limits.deadline)
        if not self.lanes.arrive(Job(str(header["client"]), now, now + seconds, frame.raw, client)):
            self.figures.refused += 1
            self._fail(client, Busy("sparql-queue-full", limit=self.limits.queue))

    def _lose(self, client: Channel) -> None:
        if client not in self.clients:
            return
        self.clients.discard(client)
        self._selector.unregister(client)
        client.close()
        run = self.lanes.leave(client)
        if run is not None:
            self.lanes.finish(run.worker, _cpu(run.worker), self._clock())
            self.pool.retire(_worker(run.worker))
        if not self.clients:
            self.emptied_at = self._clock()

    def _send(self, asker: object, data: bytes, file: int = -1) -> None:
        client = cast(Channel, asker)
        if client not in self.clients:
            return
        try:
            if file >= 0:
                client.send_with_file(data, file)
            else:
                client.send(data)
        except wire.Broken:
            self._lose(client)

    def _fail(self, asker: object, failure: QueryFailure) -> None:
        self.figures.failed += 1
        self._send(asker, wire.pack(wire.FAILURE, failures.to_wire(failure)))

    def _told(self) -> dict[str, Any]:  # Any: JSON
        state = {
            "workers": self.limits.workers,
            "slow": self.limits.slow,
            "idle": len(self.pool.idle),
            "running": len(self.lanes.runs),
            "running_slow": self.lanes.slow_count,
            "waiting": len(self.lanes.waiting),
            "dying": len(self.pool.dying),
            "clients": len(self.clients),
            "forked": self.pool.forked,
            **vars(self.figures),
        }
        return {**self._holdings, "state": state}

    # ── workers ─────────────────────────────────────────────────────────────────────────────────────────

    def _done(self, worker: Worker, frame: wire.Frame) -> None:
        run = self.lanes.finish(worker, worker.cpu(), self._clock())
        if run is None:
            return  # it was told to end a moment ago, and its client was answered
        failed, spooled = frame.letter == wire.FAILURE, frame.letter == wire.SPOOLED
        out_of_memory = failed and frame.header["class"] == OutOfMemory.__name__
        if not self._runs_again(run, out_of_memory):
            self._send(run.job.asker, frame.raw, worker.spool if spooled else -1)
            self.figures.failed += failed
            self.figures.answered += not failed
        if spooled or out_of_memory or run.slow or self._is_used_up(worker, run):
            self.pool.retire(worker)
        else:
            self.pool.idle.append(worker)

    def _is_used_up(self, worker: Worker, run: Run) -> bool:
        """Tell whether a worker had better be replaced: it has lost its priority, kept memory, or is one too many."""
        grown = run.cpu > self.limits.demote / 2 and memory_of(worker.pid)[0] > self._space + _GROWN
        return worker.demoted or grown or self._missing() <= 0

    def _runs_again(self, run: Run, for_memory: bool) -> bool:
        """Put a query back that the quick lane had too little memory for; tell whether it was."""
        if not for_memory or run.slow or self.limits.quick_memory >= self.limits.memory:
            return False
        run.job.again = True
        self.figures.ran_again += 1
        self.lanes.waiting.append(run.job)
        return True

    def _buried(self, worker: Worker, death: Death) -> None:
        run = self.lanes.finish(worker, 0.0, self._clock())
        if run is None:
            return
        failure = failures.of_death(death.signal, death.said, self.limits)
        if not self._runs_again(run, failure.text == "sparql-memory"):
            self._fail(run.job.asker, failure)


def _worker(handle: Hashable) -> Worker:
    return cast(Worker, handle)


def _cpu(handle: Hashable) -> float:
    return _worker(handle).cpu()
