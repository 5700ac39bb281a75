"""Who runs next, who gives way, who has had enough: the rules alone, without processes or a clock.

A query that has used some CPU is *demoted*: lowest priority. One that has run for a while needs a place in the *slow
lane*; while nobody waits it may stay where it is all the same. A client is *heavy* while its latest queries took half
as much CPU as demotes one, or had to be ended: what it asks is demoted from the start, waits longer, and leaves half of
the places to the others. That orders, it never refuses. When a light client waits and no place is free, the demoted
query with the most CPU gives way: to the slow lane if there is room, else it ends. To a heavy client only a query gives
way that has had its time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Literal

from hanke_lod_server.engines.limits import Limits

#: What is known of a client fades by half in so many seconds, and by half with each of its queries.
HALF_LIFE = 30.0
#: How often a query's CPU is looked at between its start and its demotion, at most, in seconds.
_LOOK_AGAIN = 0.02
#: The least that a query is expected to take when turns are reckoned, in CPU seconds.
_LEAST = 0.001
_CLIENTS_KEPT = 10_000

Reason = Literal["deadline", "gave-way"]


class Habits:
    """What a client's queries have been costing lately, in CPU seconds each."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, float]] = {}

    def of(self, client: str, now: float) -> float:
        """Return what a query of the client is expected to cost; 0 for one that is not known."""
        cost, at = self._known.get(client, (0.0, now))
        return float(cost * 0.5 ** ((now - at) / HALF_LIFE))

    def note(self, client: str, cost: float, now: float) -> None:
        """Take what one more query has cost."""
        self._known[client] = ((self.of(client, now) + cost) / 2, now)
        if len(self._known) > _CLIENTS_KEPT:
            for name in sorted(self._known, key=lambda name: self.of(name, now))[: _CLIENTS_KEPT // 2]:
                del self._known[name]


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
    """A job in a worker. `heavy` tells that it came from a heavy client."""

    job: Job
    worker: Hashable
    began: float
    cpu_before: float
    look_at: float
    slow: bool = False
    heavy: bool = False
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
    habits: Habits = field(default_factory=Habits)

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
        """Take the job out of the queue whose turn it is, if a place is free for it.

        The turn is that of the highest response ratio: the longer one waits for how little, the sooner.
        """
        if not self.waiting:
            return None
        fit = [job for job in self.waiting if self._has_place(job, now)]
        if not fit:
            return None

        def turn(job: Job) -> tuple[float, float]:
            return -(now - job.arrived) / max(self.habits.of(job.client, now), _LEAST), job.arrived

        chosen = min(fit, key=turn)
        self.waiting.remove(chosen)
        return chosen

    def start(self, job: Job, worker: Hashable, now: float, cpu: float) -> Run:
        """Note that a worker, which has used so much CPU so far, has begun with a job."""
        heavy = self.is_heavy(job, now)
        run = Run(job, worker, now, cpu, now + self.limits.demote, slow=job.again, heavy=heavy, demoted=heavy)
        self.runs[worker] = run
        return run

    def finish(self, worker: Hashable, cpu: float, now: float, least: float = 0.0) -> Run | None:
        """Note that a worker is done with its job, or gone; count at least so much CPU for it."""
        run = self.runs.pop(worker, None)
        if run is not None:
            _measure(run, cpu)
            self.habits.note(run.job.client, max(run.cpu, least), now)
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

    def _has_place(self, job: Job, now: float) -> bool:
        if job.again:
            return self.slow_is_free
        if not self.quick_is_free:
            return False
        return not self.is_heavy(job, now) or self._heavy_count < self._most_heavy

    @property
    def _most_heavy(self) -> int:
        return max(1, self.limits.workers // 2)

    @property
    def _heavy_count(self) -> int:
        return sum(run.heavy and not run.slow for run in self.runs.values())

    def is_heavy(self, job: Job, now: float) -> bool:
        """Tell whether a job comes from a heavy client."""
        return self.habits.of(job.client, now) >= self.limits.demote / 2

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
        _measure(run, cpu_of(run.worker))
        left = self.limits.demote - run.cpu
        if left > 0:
            run.look_at = now + max(left, _LOOK_AGAIN)
            return []
        run.demoted = True
        self.habits.note(run.job.client, run.cpu, now)  # not only when it ends: its client may ask more meanwhile
        return [Order("demote", run=run)]

    def _has_stayed(self, run: Run, now: float) -> bool:
        """Tell whether a run has had its time in the quick lane."""
        return not run.slow and run.began + self.limits.slow_after <= now

    def _make_room(self, now: float, cpu_of: Callable[[Hashable], float]) -> list[Order]:
        waiting = [job for job in self.waiting if not job.again]
        heavy = sum(self.is_heavy(job, now) for job in waiting)
        quick = [run for run in self.runs.values() if not run.slow]
        free = self.limits.workers - len(quick)
        for_heavy = min(free, self._most_heavy - self._heavy_count)
        demoted = [run for run in quick if run.demoted]
        stayed = [run for run in quick if self._has_stayed(run, now)]
        chosen = self._that_give_way(demoted or stayed, len(waiting) - heavy - free, cpu_of)
        others = [run for run in stayed if run.heavy and run not in chosen]
        chosen += self._that_give_way(others, heavy - for_heavy, cpu_of)
        return [self._promote(run) if self.slow_is_free else self._end(run, "gave-way", now, cpu_of) for run in chosen]

    def _that_give_way(self, runs: list[Run], count: int, cpu_of: Callable[[Hashable], float]) -> list[Run]:
        """Return so many of the runs, those with the most CPU."""
        if count <= 0:
            return []
        for run in runs:
            _measure(run, cpu_of(run.worker))
        return sorted(runs, key=lambda run: run.cpu, reverse=True)[:count]

    def _promote(self, run: Run) -> Order:
        run.slow = True
        return Order("promote", run=run)

    def _end(self, run: Run, reason: Reason, now: float, cpu_of: Callable[[Hashable], float]) -> Order:
        self.finish(run.worker, cpu_of(run.worker), now, least=2 * self.limits.demote)  # it would have cost more
        return Order("end", run=run, reason=reason)


def _measure(run: Run, cpu: float) -> None:
    """Take the CPU that a run's worker has used; a dead one's counts no more than it did."""
    run.cpu = max(run.cpu, cpu - run.cpu_before)
