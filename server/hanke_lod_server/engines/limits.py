"""What a query may use, what the machine can give, and how a worker is confined to it."""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from hanke_lod.config import QueryLimits

if sys.platform != "win32":
    import resource  # here, and not where it is used: a worker can open no file any more

#: Answers up to this size travel through the keeper; larger ones are handed over as a file.
INLINE = 64 * 1024
#: The stack of the thread that evaluates: deep enough for any query within NESTING, and then some.
STACK = 32 * 2**20
#: The share of the machine's memory that queries may plan to use.
_SHARE = 0.8
#: A worker's own needs beside the store and a query's budget: the stack, and what Python and the engine hold anyway.
_SLACK = STACK + 16 * 2**20


@dataclass(frozen=True)
class Limits:
    """The limits of one keeper.

    `deadline` in seconds; `memory`, `quick_memory`, `bytes` and `length` in bytes; `workers` quick and `slow`
    slow queries at once, `queue` waiting. A query that has used `demote` seconds of CPU gets the lowest
    priority; at `slow_after` seconds it needs a place in the slow lane.
    """

    deadline: float = 10.0
    memory: int = 2**30
    rows: int = 100_000
    bytes: int = 64 * 2**20
    length: int = 2**20
    workers: int = 8
    slow: int = 2
    queue: int = 64
    quick_memory: int = 256 * 2**20
    demote: float = 0.1
    slow_after: float = 0.5

    @classmethod
    def of(cls, query: QueryLimits) -> Limits:
        """Return the limits that hanke.toml sets."""
        return cls(
            **{field.name: getattr(query, field.name) for field in dataclasses.fields(query)},
            quick_memory=max(min(query.memory, 64 * 2**20), query.memory // 4),
        )

    @classmethod
    def from_json(cls, text: str) -> Limits:
        """Return the limits that `to_json` wrote."""
        return cls(**json.loads(text))

    def to_json(self) -> str:
        """Return the limits as JSON."""
        return json.dumps(dataclasses.asdict(self))

    def within(self, machine: int, store: int) -> Limits:
        """Return the limits with as many places as the machine's memory bears; at least one quick and one slow.

        A worker comes to own the pages that it reads, so each counts the store's bytes beside its budget.
        """
        left = machine * _SHARE - store
        slow = max(1, min(self.slow, int(left / 2 // (store + self.memory))))
        left -= slow * (store + self.memory)
        workers = max(1, min(self.workers, int(left // (store + self.quick_memory))))
        return dataclasses.replace(self, workers=workers, slow=slow)


def machine_memory() -> int:
    """Return the memory that may be counted on, in bytes: the container's limit, or the machine's free memory."""
    found = []
    for path, unit in (("/sys/fs/cgroup/memory.max", 1), ("/sys/fs/cgroup/memory/memory.limit_in_bytes", 1)):
        try:
            found.append(int(Path(path).read_text().strip()) * unit)
        except (OSError, ValueError):
            continue  # no such group, or "max"
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        found += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
    except (OSError, ValueError, IndexError):
        pass  # no Linux
    return min(found, default=8 * 2**30)


def memory_of(pid: int | str = "self") -> tuple[int, int]:
    """Return a process's address space and resident memory in bytes; (0, 0) where the system does not tell."""
    try:
        size, resident = Path(f"/proc/{pid}/statm").read_text().split()[:2]
    except (OSError, ValueError):
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(size) * page, int(resident) * page


def confine(limits: Limits) -> None:
    """Bind this process for good: no core, no new descriptors, files as large as an answer, memory as the quick lane's.

    The keeper can raise the soft limit of memory up to the hard one (`unbind_memory`). Where the system has no
    such limit, the next best is done: nothing.
    """
    if sys.platform == "win32":
        return
    space, _ = memory_of()
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_FSIZE, limits.bytes + INLINE, limits.bytes + INLINE)
    if space:
        _limit(resource.RLIMIT_AS, space + limits.quick_memory + _SLACK, space + limits.memory + _SLACK)
    _limit(resource.RLIMIT_NOFILE, 0, 0)


def _limit(which: int, soft: int, hard: int) -> None:
    if sys.platform == "win32":
        return
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))


def unbind_memory(pid: int) -> None:
    """Give a worker that moves to the slow lane the whole budget of memory."""
    if sys.platform != "linux":
        return
    _, hard = resource.prlimit(pid, resource.RLIMIT_AS)
    resource.prlimit(pid, resource.RLIMIT_AS, (hard, hard))


def die_with_parent(parent: int) -> None:
    """Have the system end this process when its parent ends; ends it now if the parent is gone already."""
    if sys.platform == "linux":
        _prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL
    if os.getppid() != parent:
        os._exit(0)


def offer_to_oom_killer() -> None:
    """Let the system's out-of-memory killer take this process before any other."""
    with contextlib.suppress(OSError):  # no Linux, or /proc is read-only: the limits above hold all the same
        Path("/proc/self/oom_score_adj").write_text("1000")


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
