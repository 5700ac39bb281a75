"""The query workers: forked in advance, replaced when used up, buried when the system says that they are dead."""

from __future__ import annotations

import selectors
import sys
import time
from collections.abc import Callable
from functools import partial

from hanke_lod_server.engines import wire
from hanke_lod_server.engines.channel import Channel
from hanke_lod_server.engines.forking import Death, Live, Worker, bury, fork

_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
#: After a worker that failed by itself no other is started for so many seconds.
_REST = 0.5


class Pool:
    """The workers that are idle, the new ones first, and those that are dying; who has a job, the keeper knows.

    A worker copies the pages that it reads, so one that has answered is the quicker for it.

    `on_frame` is called with what a worker says, `on_burial` with a worker and how it died.
    """

    def __init__(
        self,
        live: Live,
        selector: selectors.BaseSelector,
        on_frame: Callable[[Worker, wire.Frame], None],
        on_burial: Callable[[Worker, Death], None],
    ) -> None:
        self._live = live
        self._selector = selector
        self._on_frame = on_frame
        self._on_burial = on_burial
        self.idle: list[Worker] = []
        self.dying: list[Worker] = []
        self.forked = 0
        self._rests_until = 0.0

    def replenish(self, count: int, most_dying: int) -> None:
        """Fork so many idle workers; fewer while too many others are still dying, or the system has no room."""
        for _ in range(count):
            if len(self.dying) >= most_dying or time.monotonic() < self._rests_until:
                return
            try:
                worker = fork(self._live, self.on_stuck)
            except OSError:
                return  # no process or descriptor to be had now: the next turn tries again
            self.forked += 1
            self._selector.register(worker.channel, _READ, partial(self._on_event, worker))
            if worker.pidfd >= 0:
                self._selector.register(worker.pidfd, _READ, lambda _mask, worker=worker: self.look(worker))
            self.idle.insert(0, worker)

    def retire(self, worker: Worker) -> None:
        """End a worker; what it leaves is taken away when it is dead."""
        worker.kill()
        self._leave(worker)

    def look(self, worker: Worker) -> None:
        """Bury a worker if it is dead."""
        if worker.pidfd >= 0:
            self._selector.unregister(worker.pidfd)
        death = bury(worker)
        if death is None:
            if worker.pidfd >= 0:
                self._selector.register(worker.pidfd, _READ, lambda _mask: self.look(worker))
            return
        self._leave(worker)
        self.dying.remove(worker)
        if death.said and not death.signal:  # it could not even begin: whatever is wrong will be wrong again at once
            print(death.said, file=sys.stderr, flush=True)
            self._rests_until = time.monotonic() + _REST
        self._on_burial(worker, death)

    def look_at_all(self) -> None:
        """Bury the dead, where the system does not tell of a death by itself."""
        for worker in [worker for worker in self.dying if worker.pidfd < 0]:
            self.look(worker)

    @property
    def must_look(self) -> bool:
        """Whether somebody is dying of whose death the system will not tell."""
        return any(worker.pidfd < 0 for worker in self.dying)

    def on_stuck(self, channel: Channel, stuck: bool) -> None:
        """Watch a channel for when it can take more, too; or no longer."""
        key = self._selector.get_key(channel)
        self._selector.modify(channel, _READ | _WRITE if stuck else _READ, key.data)

    def _leave(self, worker: Worker) -> None:
        """Count a worker among the dying. Why it died is known only at the burial; its run is answered then."""
        if worker in self.dying:
            return
        if worker in self.idle:
            self.idle.remove(worker)
        self.dying.append(worker)
        self._selector.unregister(worker.channel)
        worker.channel.close()

    def _on_event(self, worker: Worker, mask: int) -> None:
        try:
            if mask & _WRITE:
                worker.channel.send_more()
            for frame in worker.channel.read() if mask & _READ else ():
                self._on_frame(worker, frame)
        except wire.Broken:
            self._leave(worker)
