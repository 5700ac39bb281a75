"""Who runs next and who gives way, by a clock that the test holds."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from hanke_lod_server.engines.lanes import HALF_LIFE, Habits, Job, Lanes, Order
from hanke_lod_server.engines.limits import Limits

LIMITS = Limits(deadline=10.0, workers=2, slow=1, queue=3, demote=0.1, slow_after=0.5)


class Machine:
    """A clock, and workers that use CPU as the test says."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.lanes = Lanes(limits)
        self.now = 100.0
        self.used: dict[Hashable, float] = {}

    def arrive(self, client: str = "a", seconds: float = 10.0) -> Job:
        job = Job(client, self.now, self.now + seconds, asker=object())
        assert self.lanes.arrive(job)
        return job

    def start(self, worker: str, client: str = "a", seconds: float = 10.0) -> Job:
        self.arrive(client, seconds)
        job = self.lanes.next(self.now)
        assert job is not None
        self.lanes.start(job, worker, self.now, self.used.setdefault(worker, 0.0))
        return job

    def after(self, seconds: float, **cpu: float) -> list[Order]:
        self.now += seconds
        for worker, used in cpu.items():
            self.used[worker] = self.used.get(worker, 0.0) + used
        return self.lanes.due(self.now, lambda worker: self.used.get(worker, 0.0))


@pytest.fixture
def machine() -> Machine:
    return Machine()


def acts(orders: list[Order]) -> list[tuple[str, str]]:
    """Return what is to be done to whom."""
    return [(order.act, str(order.run.worker) if order.run else "") for order in orders]


def test_nothing_is_due_of_a_quick_query(machine: Machine) -> None:
    machine.start("w1")

    assert machine.after(0.05, w1=0.05) == []


def test_a_query_is_demoted_by_its_cpu_not_by_the_clock(machine: Machine) -> None:
    machine.start("w1")

    assert machine.after(0.11, w1=0.04) == []
    assert machine.after(0.07, w1=0.05) == []
    assert acts(machine.after(0.05, w1=0.03)) == [("demote", "w1")]
    assert machine.after(0.05, w1=0.05) == []


def test_cpu_of_earlier_queries_does_not_count(machine: Machine) -> None:
    machine.used["w1"] = 5.0
    machine.start("w1")

    assert machine.after(0.11, w1=0.05) == []


def test_after_its_time_a_query_moves_to_the_slow_lane(machine: Machine) -> None:
    machine.start("w1")
    machine.after(0.2, w1=0.2)

    assert acts(machine.after(0.31, w1=0.3)) == [("promote", "w1")]
    assert (machine.lanes.slow_count, machine.lanes.quick_is_free, machine.lanes.slow_is_free) == (1, True, False)


def test_with_the_slow_lane_full_it_stays_while_nobody_waits(machine: Machine) -> None:
    machine.start("w1")
    machine.start("w2")
    machine.after(0.6, w1=0.6, w2=0.6)

    assert machine.after(5.0, w1=5.0, w2=5.0) == []
    assert len(machine.lanes.runs) == 2


def test_when_somebody_waits_the_demoted_one_with_most_cpu_gives_way(machine: Machine) -> None:
    limits = Limits(workers=3, slow=1, queue=9)
    machine = Machine(limits)
    for worker in ("w1", "w2", "w3"):
        machine.start(worker)
    machine.after(0.15, w1=0.15, w2=0.05, w3=0.12)
    machine.arrive("b")

    assert acts(machine.after(0.0)) == [("promote", "w1")]
    assert machine.lanes.next(machine.now) is not None


def test_it_ends_when_the_slow_lane_is_full(machine: Machine) -> None:
    for worker in ("w1", "w2"):
        machine.start(worker)
    machine.after(0.6, w1=0.6, w2=0.3)  # one of them moves, the other stays
    machine.start("w3")
    machine.arrive("b")
    orders = machine.after(0.0)

    assert acts(orders) == [("end", "w2")]
    assert (orders[0].reason, len(machine.lanes.runs)) == ("gave-way", 2)


def test_nobody_gives_way_to_more_than_wait(machine: Machine) -> None:
    machine = Machine(Limits(workers=3, slow=1, queue=9))
    for worker in ("w1", "w2", "w3"):
        machine.start(worker)
    machine.after(0.15, w1=0.15, w2=0.15, w3=0.15)
    machine.arrive("b")
    machine.arrive("c")

    assert [order.act for order in machine.after(0.0)] == ["promote", "end"]


def test_a_quick_query_never_gives_way(machine: Machine) -> None:
    machine.start("w1")
    machine.start("w2")
    machine.arrive("b")

    assert machine.after(0.05, w1=0.05, w2=0.05) == []


def test_one_starved_of_cpu_gives_way_once_its_time_is_over(machine: Machine) -> None:
    machine.start("w1")
    machine.start("w2")
    machine.arrive("b")
    machine.after(0.51, w1=0.01, w2=0.01)
    machine.start("w3")
    machine.arrive("c")

    assert [order.act for order in machine.after(0.0)] == ["end"]


def test_the_deadline_ends_a_run_in_either_lane(machine: Machine) -> None:
    machine.start("w1", seconds=1.0)
    machine.after(0.6, w1=0.6)
    orders = machine.after(0.4)

    assert (acts(orders), orders[0].reason) == ([("end", "w1")], "deadline")
    assert machine.lanes.runs == {}


def test_a_job_that_has_waited_to_its_deadline_is_dropped(machine: Machine) -> None:
    machine.start("w1", seconds=30.0)
    machine.start("w2", seconds=30.0)
    job = machine.arrive("b", seconds=0.05)
    orders = machine.after(0.05)

    assert [job] == [order.job for order in orders if order.act == "drop"]


def test_a_full_queue_takes_no_more(machine: Machine) -> None:
    for _ in range(3):
        machine.arrive()

    assert not machine.lanes.arrive(Job("a", 0.0, 1.0))


def test_who_asks_for_little_comes_before_who_asks_for_much(machine: Machine) -> None:
    machine.lanes.habits.note("greedy", 1.0, machine.now)
    machine.arrive("greedy")
    machine.now += 0.1
    modest = machine.arrive("modest")
    machine.now += 0.01

    assert modest is machine.lanes.next(machine.now)


def test_who_asks_for_much_is_not_passed_over_for_ever(machine: Machine) -> None:
    machine.lanes.habits.note("greedy", 0.09, machine.now)
    machine.lanes.habits.note("modest", 0.009, machine.now)
    greedy = machine.arrive("greedy")
    machine.now += 2.0
    machine.arrive("modest")
    machine.now += 0.1

    assert greedy is machine.lanes.next(machine.now)


def test_what_a_heavy_client_asks_is_demoted_from_the_start(machine: Machine) -> None:
    machine.lanes.habits.note("greedy", 1.0, machine.now)
    machine.start("w1", "greedy")

    assert machine.lanes.runs["w1"].demoted


def test_heavy_clients_leave_half_of_the_places_to_others() -> None:
    machine = Machine(Limits(workers=4, slow=1))
    machine.lanes.habits.note("greedy", 1.0, machine.now)
    machine.start("w1", "greedy")
    machine.start("w2", "greedy")
    machine.arrive("greedy")

    assert machine.lanes.next(machine.now) is None
    machine.start("w3", "modest")


def test_a_query_that_was_ended_counts_as_a_heavy_one(machine: Machine) -> None:
    machine.start("w1", "greedy", seconds=0.05)
    machine.after(0.05, w1=0.01)

    assert machine.lanes.is_heavy(Job("greedy", machine.now, machine.now + 1), machine.now)


def test_to_a_heavy_client_only_a_query_gives_way_that_has_had_its_time() -> None:
    machine = Machine(Limits(workers=2, slow=1, slow_after=0.5))
    machine.lanes.habits.note("greedy", 1.0, machine.now)
    machine.start("w1", "greedy")
    machine.after(0.6, w1=0.5)  # it moves to the slow lane
    machine.start("w2", "greedy")
    machine.arrive("greedy")

    assert machine.after(0.3, w2=0.3) == []
    assert acts(machine.after(0.3, w2=0.3)) == [("end", "w2")]


def test_equals_come_in_order_of_arrival(machine: Machine) -> None:
    first = machine.arrive("a")
    machine.now += 0.01
    machine.arrive("b")

    assert first is machine.lanes.next(machine.now)


def test_nothing_is_taken_from_the_queue_without_a_place(machine: Machine) -> None:
    machine.start("w1")
    machine.start("w2")
    machine.arrive("b")

    assert machine.lanes.next(machine.now) is None


def test_a_job_that_runs_again_waits_for_the_slow_lane(machine: Machine) -> None:
    job = machine.arrive()
    job.again = True
    taken = machine.lanes.next(machine.now)
    assert taken is job
    run = machine.lanes.start(job, "w1", machine.now, 0.0)
    other = machine.arrive("b")
    other.again = True

    assert run.slow
    assert machine.lanes.next(machine.now) is None


def test_a_client_that_leaves_leaves_nothing_behind(machine: Machine) -> None:
    running = machine.start("w1")
    waiting = machine.arrive("b")

    assert machine.lanes.leave(waiting.asker) is None
    assert machine.lanes.waiting == []
    assert machine.lanes.runs["w1"] is machine.lanes.leave(running.asker)


def test_what_is_known_of_a_client_fades() -> None:
    habits = Habits()
    habits.note("a", 2.0, 0.0)

    assert pytest.approx(0.5) == habits.of("a", HALF_LIFE)
    assert habits.of("b", HALF_LIFE) == 0.0


def test_a_later_query_counts_for_more_than_an_earlier_one() -> None:
    habits = Habits()
    for cost in (1.0, 0.0, 0.0):
        habits.note("a", cost, 0.0)

    assert pytest.approx(0.125) == habits.of("a", 0.0)


def test_clients_are_forgotten_in_the_end() -> None:
    habits = Habits()
    for number in range(10_001):
        habits.note(str(number), float(number), 0.0)

    assert habits.of("0", 0.0) == 0.0
    assert pytest.approx(5_000.0) == habits.of("10000", 0.0)


def test_it_wakes_for_what_is_due_next(machine: Machine) -> None:
    assert machine.lanes.wake(machine.now) is None
    machine.start("w1", seconds=10.0)
    assert pytest.approx(0.1) == machine.lanes.wake(machine.now)
    machine.after(0.2, w1=0.2)
    assert pytest.approx(0.3) == machine.lanes.wake(machine.now)
    machine.after(0.31, w1=0.3)
    assert pytest.approx(9.49) == machine.lanes.wake(machine.now)
