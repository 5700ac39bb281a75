"""Who runs next, who gives way, who has had enough: the rules alone, without processes or a clock.

A query that has used some CPU is *demoted* (lowest priority). One that has run for a while needs a place in the
*slow lane*; while nobody waits it may stay where it is all the same. When somebody waits and no place is free,
the demoted query with the most CPU gives way: to the slow lane if there is room, else it ends. The queue is
ordered by what each client has used lately: that orders, it never refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Literal

from hanke_lod_server.engines.limits import Limits

#: A client's use counts half after so many seconds.
HALF_LIFE = 10.0
#: How often a query's CPU is looked at between its start and its demotion, at most, in seconds.
_LOOK_AGAIN = 0.02
_CLIENTS_KEPT = 10_000

Reason = Literal["deadline", "gave-way"]


class Usage:
    """CPU seconds that each client has used, fading."""

    def __init__(self) -> None:
        self._used: dict[str, tuple[float, float]] = {}

    def of(self, client: str, now: float) -> float:
        """Return what is left of a client's use."""
        used, at = self._used.get(client, (0.0, now))
        return float(used * 0.5 ** ((now - at) / HALF_LIFE))

    def charge(self, client: str, seconds: float, now: float) -> None:
        """Add to a client's use."""
        self._used[client] = (self.of(client, now) + seconds, now)
        if len(self._used) > _CLIENTS_KEPT:
            least = sorted(self._used, key=lambda name: self.of(name, now))
            for name in least[: _CLIENTS_KEPT // 2]:
                del self._used[name]


@dataclass(eq=False)
class Job:
    """A query that waits or runs. `frame` is what the worker is sent, `asker` whom to answer."""

    client: str
    arrived: float
    ends: float
    frame: bytes = b""
    asker: object = None
    again: bool = False  # it ran out of the quick lane's memory and runs once more, in the slow lane


@dataclass(eq=False)
class Run:
    """A job in a worker."""

    job: Job
    worker: Hashable
    began: float
    cpu_before: float
    look_at: float
    slow: bool = False
    demoted: bool = False
    cpu: float = 0.0


@dataclass(frozen=True)
class Order:
    """What the keeper is to do: "demote" or "promote" a run (to the slow lane), "end" it, or "drop" a waiting job."""

    act: Literal["demote", "promote", "end", "drop"]
    run: Run | None = None
    job: Job | None = None
    reason: Reason = "deadline"


@dataclass
class Lanes:
    """What waits and what runs."""

    limits: Limits
    waiting: list[Job] = field(default_factory=list)
    runs: dict[Hashable, Run] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)

    # ── coming and going ────────────────────────────────────────────────────────────────────────────────

    def arrive(self, job: Job) -> bool:
        """Take a job into the queue; False when the queue is full."""
        if len(self.waiting) >= self.limits.queue:
            return False
        self.waiting.append(job)
        return True

    def leave(self, asker: object) -> Run | None:
        """Forget what a client asked that has gone; return its run, if it has one."""
        self.waiting = [job for job in self.waiting if job.asker is not asker]
        return next((run for run in self.runs.values() if run.job.asker is asker), None)

    def next(self, now: float) -> Job | None:
        """Take the job out of the queue whose turn it is, if a place is free for it."""
        fit = [job for job in self.waiting if (self.slow_is_free if job.again else self.quick_is_free)]
        if not fit:
            return None
        chosen = min(fit, key=lambda job: (self.usage.of(job.client, now), job.arrived))
        self.waiting.remove(chosen)
        return chosen

    def start(self, job: Job, worker: Hashable, now: float, cpu: float) -> Run:
        """Note that a worker, which has used so much CPU so far, has begun with a job."""
        run = Run(job, worker, now, cpu, now + self.limits.demote, slow=job.again)
        self.runs[worker] = run
        return run

    def finish(self, worker: Hashable, cpu: float, now: float) -> Run | None:
        """Note that a worker is done with its job, or gone."""
        run = self.runs.pop(worker, None)
        if run is not None:
            self._charge(run, cpu, now)
        return run

    # ── places ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def slow_count(self) -> int:
        """How many run in the slow lane."""
        return sum(run.slow for run in self.runs.values())

    @property
    def slow_is_free(self) -> bool:
        """Whether the slow lane has room."""
        return self.slow_count < self.limits.slow

    @property
    def quick_is_free(self) -> bool:
        """Whether the quick lane has room."""
        return len(self.runs) - self.slow_count < self.limits.workers

    # ── what is due ─────────────────────────────────────────────────────────────────────────────────────

    def due(self, now: float, cpu_of: Callable[[Hashable], float]) -> list[Order]:
        """Return what is to be done now; orders that end a run take it out of the lanes."""
        orders = [Order("drop", job=job) for job in self.waiting if job.ends <= now]
        self.waiting = [job for job in self.waiting if job.ends > now]
        for run in list(self.runs.values()):
            if run.job.ends <= now:
                orders.append(self._end(run, "deadline", now, cpu_of))
                continue
            if not run.demoted and run.look_at <= now:
                orders += self._look(run, now, cpu_of)
            if self._has_stayed(run, now) and self.slow_is_free:
                orders.append(self._promote(run))
        return orders + self._make_room(now, cpu_of)

    def wake(self, now: float) -> float | None:
        """Return in how many seconds something is due next, or None."""
        times = [job.ends for job in self.waiting]
        for run in self.runs.values():
            times.append(run.job.ends)
            if not run.demoted:
                times.append(run.look_at)
            if not run.slow and run.began + self.limits.slow_after > now:
                times.append(run.began + self.limits.slow_after)
        return max(0.0, min(times) - now) if times else None

    def _look(self, run: Run, now: float, cpu_of: Callable[[Hashable], float]) -> list[Order]:
        self._charge(run, cpu_of(run.worker), now)
        left = self.limits.demote - run.cpu
        if left > 0:
            run.look_at = now + max(left, _LOOK_AGAIN)
            return []
        run.demoted = True
        return [Order("demote", run=run)]

    def _has_stayed(self, run: Run, now: float) -> bool:
        """Tell whether a run has had its time in the quick lane."""
        return not run.slow and run.began + self.limits.slow_after <= now

    def _make_room(self, now: float, cpu_of: Callable[[Hashable], float]) -> list[Order]:
        orders: list[Order] = []
        wanted = sum(not job.again for job in self.waiting)
        free = self.limits.workers - (len(self.runs) - self.slow_count)
        while wanted > free:
            run = self._that_gives_way(now, cpu_of)
            if run is None:
                break
            orders.append(self._promote(run) if self.slow_is_free else self._end(run, "gave-way", now, cpu_of))
            free += 1
        return orders

    def _that_gives_way(self, now: float, cpu_of: Callable[[Hashable], float]) -> Run | None:
        """Return the demoted run with the most CPU, else one that has stayed too long."""
        quick = [run for run in self.runs.values() if not run.slow]
        found = [run for run in quick if run.demoted] or [run for run in quick if self._has_stayed(run, now)]
        for run in found:
            self._charge(run, cpu_of(run.worker), now)
        return max(found, key=lambda run: run.cpu, default=None)

    def _promote(self, run: Run) -> Order:
        run.slow = True
        return Order("promote", run=run)

    def _end(self, run: Run, reason: Reason, now: float, cpu_of: Callable[[Hashable], float]) -> Order:
        self.finish(run.worker, cpu_of(run.worker), now)
        return Order("end", run=run, reason=reason)

    def _charge(self, run: Run, cpu: float, now: float) -> None:
        """Charge the client with what its run has used since it was charged last."""
        used = max(0.0, cpu - run.cpu_before)
        self.usage.charge(run.job.client, max(0.0, used - run.cpu), now)
        run.cpu = max(run.cpu, used)
