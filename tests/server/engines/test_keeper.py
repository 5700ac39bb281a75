"""The keeper end to end: limits that hold, workers that die and are replaced, a keeper that is replaced."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hanke_lod.errors import RunError
from hanke_lod_server.engines import (
    Answer,
    Busy,
    OutOfMemory,
    QueryFailure,
    QueryRequest,
    Refused,
    Syntax,
    Timeout,
    TooBig,
    Unavailable,
)
from hanke_lod_server.engines import keeper as keeper_process
from hanke_lod_server.engines.embedded import KeeperEngine, is_supported, start_keeper, stop_keeper
from hanke_lod_server.engines.limits import INLINE, Limits
from hanke_lod_server.engines.spawned import SpawnedEngine

pytestmark = pytest.mark.skipif(not is_supported(), reason="a keeper needs Linux")

MIB = 2**20
LIMITS = Limits(deadline=0.5, memory=96 * MIB, quick_memory=48 * MIB, rows=3000, bytes=MIB, workers=2, slow=1, queue=20)
COUNT = "SELECT (COUNT(*) AS ?c) { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i }"
HUNGRY = "SELECT * { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i } ORDER BY ?x ?f ?i"
PATH = "SELECT (COUNT(*) AS ?c) { ?a (!<http://x/>|^<http://y/>)* ?b . ?c (!<http://x/>|^<http://y/>)* ?d }"
CRASH = "ASK { FILTER(" + "!" * 200_000 + "1) }"
EVERY = "SELECT ?s ?p ?o { ?s ?p ?o }"


def statements(count: int) -> bytes:
    return b"".join(b'<http://e/s%d> <http://e/p> "v%d" .\n' % (number, number % 7) for number in range(count))


class Kept:
    """A keeper and an engine to ask it."""

    def __init__(self, folder: Path, limits: Limits = LIMITS, count: int = 2500, publication: str = "0001-a") -> None:
        self.folder = folder
        self.limits = limits
        self.data = folder / "data.nq"
        self.data.write_bytes(statements(count) + b"<http://e/a> <http://e/p> <http://e/b> <http://e/g> .\n")
        self.socket = folder / "s"
        self.process = start_keeper(self.socket, [self.data], limits, publication=publication, patience=20)
        self.engine = KeeperEngine(self.socket, limits.deadline)

    def ask(self, text: str, form: str = "json", **more: object) -> tuple[Answer, bytes]:
        answer = self.engine.answer(QueryRequest(text, form, **more))  # type: ignore[arg-type]  # a test's shorthand
        with answer.body as body:
            return answer, b"".join(iter(lambda: body.read(65536), b""))

    def fails(self, text: str, **more: object) -> tuple[QueryFailure, float]:
        began = time.monotonic()
        with pytest.raises(QueryFailure) as caught:
            self.ask(text, **more)
        return caught.value, time.monotonic() - began

    def state(self, name: str) -> float:
        return self.engine.holdings(0).state[name]

    def until(self, holds: Callable[[], bool], patience: float = 10.0) -> None:
        last = time.monotonic() + patience
        while not holds():
            assert time.monotonic() < last, dict(self.engine.holdings(0).state)
            time.sleep(0.005)

    def children(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(pid) for pid in found.split()]

    def files(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def settled(self) -> tuple[int, int]:
        """Return the numbers of processes and descriptors when nothing runs."""
        self.until(lambda: self.state("dying") == 0 and self.state("idle") == self.limits.workers)
        return len(self.children()), self.files()

    def end(self) -> None:
        self.engine.close()
        if self.process.poll() is None:
            stop_keeper(self.process)
        elif self.process.stdin:
            self.process.stdin.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    found = Kept(tmp_path_factory.mktemp("keeper"))
    yield found
    found.end()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Callable[..., Kept]]:
    """Make keepers of a test's own."""
    made: list[Kept] = []

    def make(limits: Limits = LIMITS, **more: object) -> Kept:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Kept(folder, limits, **more))  # type: ignore[arg-type]  # a test's shorthand
        return made[-1]

    yield make
    for keeper in made:
        keeper.end()


# ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_tells_what_it_holds(kept: Kept) -> None:
    holdings = kept.engine.holdings(0)

    assert (holdings.publication, holdings.default, holdings.named) == ("0001-a", 2500, {"http://e/g": 1})
    assert holdings.state["workers"] == 2


def test_an_answer_is_complete_and_measured(kept: Kept) -> None:
    answer, data = kept.ask("SELECT ?s { ?s ?p 'v1' } LIMIT 2")

    assert (answer.kind, answer.columns, answer.truncated, answer.publication) == ("solutions", ("s",), False, "0001-a")
    assert answer.size == len(data)
    assert len(json.loads(data)["results"]["bindings"]) == 2


def test_a_boolean_and_a_graph_are_answered(kept: Kept) -> None:
    assert (kept.ask("ASK {}")[0].kind, kept.ask("ASK {}")[1]) == ("boolean", b'{"head":{},"boolean":true}')
    answer, data = kept.ask("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3", "n-triples")
    assert (answer.kind, data.count(b"\n")) == ("graph", 3)


def test_an_answer_larger_than_a_frame_comes_as_a_file(kept: Kept) -> None:
    answer, data = kept.ask(EVERY)

    assert INLINE < answer.size == len(data)
    assert len(json.loads(data)["results"]["bindings"]) == 2500


def test_a_query_of_almost_a_mebibyte_is_taken(kept: Kept) -> None:
    assert kept.ask("ASK {} #" + "x" * (MIB - 8))[0].kind == "boolean"


def test_no_two_random_values_are_the_same(kept: Kept) -> None:
    found = []

    def ask() -> None:
        engine = KeeperEngine(kept.socket)
        for _ in range(10):
            with engine.answer(QueryRequest("SELECT (UUID() AS ?u) {}", "json")).body as body:
                found.append(body.read())
        engine.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 40


# ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [COUNT, PATH], ids=["aggregate", "path"])
def test_the_deadline_holds(kept: Kept, text: str) -> None:
    failure, took = kept.fails(text)

    assert isinstance(failure, Timeout)
    assert (failure.text, failure.status, failure.facts["limit"]) == ("sparql-deadline", 503, 0.5)
    assert failure.retry_after
    assert took >= 0.5


def test_a_request_can_ask_for_less_time_but_not_for_more(kept: Kept, own: Callable[..., Kept]) -> None:
    patient = own(Limits(deadline=600.0, workers=1, slow=1))

    assert isinstance(patient.fails(COUNT, seconds=0.1)[0], Timeout)  # else this test would not end
    assert isinstance(kept.fails(COUNT, seconds=600.0)[0], Timeout)


def test_memory_is_limited(own: Callable[..., Kept]) -> None:
    kept = own(Limits(deadline=20.0, memory=24 * MIB, quick_memory=12 * MIB, workers=2, slow=1))
    failure, _ = kept.fails(HUNGRY)

    assert isinstance(failure, OutOfMemory)
    assert (failure.status, failure.facts["limit"]) == (503, 24 * MIB)
    assert kept.ask("ASK {}")[0].kind == "boolean"


def test_the_row_limit_cuts_and_tells(own: Callable[..., Kept]) -> None:
    kept = own(Limits(rows=100))
    answer, data = kept.ask(EVERY)

    assert (answer.truncated, answer.rows, len(json.loads(data)["results"]["bindings"])) == (True, 100, 100)


def test_the_byte_limit_refuses(own: Callable[..., Kept]) -> None:
    kept = own(Limits(bytes=100_000))
    failure, _ = kept.fails(EVERY)

    assert isinstance(failure, TooBig)
    assert failure.facts["limit"] == 100_000
    assert len(json.loads(kept.ask(EVERY + " LIMIT 100")[1])["results"]["bindings"]) == 100


def test_a_query_that_breaks_the_parser_is_refused_in_words_and_its_worker_replaced(kept: Kept) -> None:
    before = kept.settled()
    failure, _ = kept.fails(CRASH)

    assert isinstance(failure, Refused)
    assert (failure.text, failure.status) == ("sparql-crashed", 400)
    assert before == kept.settled()


def test_brackets_by_the_thousand_do_no_harm(kept: Kept) -> None:
    before = kept.settled()
    for text in ("ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "ASK " + "{" * 50_000 + "}" * 50_000):
        with contextlib.suppress(Refused):  # in words; or it is answered, where the stack is deep enough
            kept.ask(text)

    assert before == kept.settled()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_even_past_the_tokens_no_query_reaches_the_network(kept: Kept, scheme: str) -> None:
    failure, took = kept.fails(f"SELECT * {{ SERVICE <{scheme}://127.0.0.1:8099/> {{ ?s ?p ?o }} }}")

    assert isinstance(failure, Unavailable)
    assert took < 0.5


def test_a_worker_can_open_no_file_and_make_no_child_of_the_core(kept: Kept) -> None:
    limits = Path(f"/proc/{kept.children()[0]}/limits").read_text(encoding="ascii")

    assert next(line for line in limits.splitlines() if line.startswith("Max open files")).split()[3:5] == ["0", "0"]
    assert next(line for line in limits.splitlines() if line.startswith("Max core")).split()[4:6] == ["0", "0"]


def test_a_syntax_error_leaves_the_worker_as_it_is(kept: Kept) -> None:
    forked = kept.state("forked")
    failure, _ = kept.fails("SELECT * {\n ?s ?p FILTER }")

    assert isinstance(failure, Syntax)
    assert (2, forked) == (failure.line, kept.state("forked"))


# ── lanes ───────────────────────────────────────────────────────────────────────────────────────────────────


def in_background(kept: Kept, text: str, count: int, failures: Counter[str]) -> list[threading.Thread]:
    def ask(number: int) -> None:
        engine = KeeperEngine(kept.socket)
        try:
            engine.answer(QueryRequest(text, "json", client=f"greedy {number}")).body.close()
        except QueryFailure as failure:
            failures[type(failure).__name__] += 1
        finally:
            engine.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_a_quick_query_is_answered_beside_slow_ones(own: Callable[..., Kept]) -> None:
    kept = own(Limits(deadline=1.5, workers=2, slow=1, demote=0.02, slow_after=0.1))
    failures: Counter[str] = Counter()
    threads = in_background(kept, COUNT, 3, failures)
    kept.until(lambda: kept.state("running") == 3)
    answer, _ = kept.ask("ASK {}", client="modest")
    failed_before = failures.total()
    for thread in threads:
        thread.join()

    assert answer.kind == "boolean"
    assert failed_before <= 1  # the one that gave way; the other two were still running
    assert failures == {"Timeout": 2, "Busy": 1}


def test_a_demoted_worker_has_no_thread_with_priority_left(own: Callable[..., Kept]) -> None:
    kept = own(Limits(deadline=5.0, workers=1, slow=1, demote=0.02))
    kept.until(lambda: kept.state("idle") == 1)
    (worker,) = kept.children()
    threads = in_background(kept, COUNT, 1, Counter())

    def priorities() -> set[int]:
        stats = [file.read_text(encoding="ascii") for file in Path(f"/proc/{worker}/task").glob("*/stat")]
        return {int(stat.rpartition(")")[2].split()[16]) for stat in stats}

    kept.until(lambda: priorities() == {19})
    os.kill(worker, signal.SIGKILL)
    for thread in threads:
        thread.join()


def test_a_full_queue_says_so_at_once(own: Callable[..., Kept]) -> None:
    kept = own(Limits(deadline=0.6, workers=1, slow=1, queue=1, demote=5.0, slow_after=5.0))
    failures: Counter[str] = Counter()
    threads = in_background(kept, COUNT, 1, failures)
    kept.until(lambda: kept.state("running") == 1)
    threads += in_background(kept, COUNT, 1, failures)
    kept.until(lambda: kept.state("waiting") == 1)
    failure, took = kept.fails("ASK {}")
    for thread in threads:
        thread.join()

    assert isinstance(failure, Busy)
    assert (failure.text, failure.status) == ("sparql-queue-full", 503)
    assert failure.retry_after
    assert took < 0.3


def test_what_the_quick_lane_has_no_memory_for_runs_again_in_the_slow_one(own: Callable[..., Kept]) -> None:
    kept = own(Limits(deadline=20.0, memory=1024 * MIB, quick_memory=4 * MIB, workers=2, slow=1), count=110)
    answer, _ = kept.ask(
        "SELECT (COUNT(*) AS ?c) { SELECT DISTINCT ?a ?d ?g { ?a ?b ?x . ?d ?e ?f . ?g <http://e/p> 'v1' } }"
    )

    assert answer.kind == "solutions"
    assert (kept.state("ran_again"), kept.state("failed")) == (1, 0)


# ── accidents ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_killed_worker_costs_one_query_and_is_replaced(kept: Kept) -> None:
    kept.settled()
    failures: Counter[str] = Counter()
    threads = in_background(kept, COUNT, 1, failures)
    kept.until(lambda: kept.state("running") == 1)
    for pid in kept.children():
        os.kill(pid, signal.SIGKILL)
    for thread in threads:
        thread.join()

    assert failures == {"OutOfMemory": 1}  # the system's own killer is the one that does so
    assert kept.ask("ASK {}")[0].kind == "boolean"
    assert kept.settled()[0] == 2


def test_a_client_that_hangs_up_ends_its_query(own: Callable[..., Kept]) -> None:
    kept = own(Limits(deadline=20.0, workers=2, slow=1))
    from hanke_lod_server.engines.worker import job_frame  # a client by hand

    sock, _ = KeeperEngine(kept.socket)._connection()
    sock.sendall(job_frame(QueryRequest(COUNT, "json")))
    kept.until(lambda: kept.state("running") == 1)
    sock.close()

    kept.until(lambda: kept.state("running") == 0)


def test_rubbish_on_the_socket_is_hung_up_on(kept: Kept) -> None:
    sock, _ = KeeperEngine(kept.socket)._connection()
    sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    sock.settimeout(5)

    assert sock.recv(100) == b""
    sock.close()


def test_when_the_keeper_is_killed_its_workers_end_and_the_client_is_told(own: Callable[..., Kept]) -> None:
    kept = own(Limits(deadline=20.0, workers=2, slow=1))
    failures: Counter[str] = Counter()
    threads = in_background(kept, COUNT, 1, failures)
    kept.until(lambda: kept.state("running") == 1)
    workers = kept.children()
    kept.process.kill()
    kept.process.wait()
    for thread in threads:
        thread.join(5)
    last = time.monotonic() + 5
    while any(is_running(pid) for pid in workers):
        assert time.monotonic() < last
        time.sleep(0.01)

    assert failures == {"Unavailable": 1}
    assert isinstance(kept.fails("ASK {}")[0], Unavailable)


def is_running(pid: int) -> bool:
    """Tell whether a process runs; one that is dead and not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_new_keeper_takes_over_and_the_old_one_finishes_its_work(own: Callable[..., Kept]) -> None:
    old = own(Limits(deadline=1.0, workers=2, slow=1))
    assert old.ask("ASK {}")[0].publication == "0001-a"
    failures: Counter[str] = Counter()
    threads = in_background(old, COUNT, 1, failures)
    old.until(lambda: old.state("running") == 1)
    new = start_keeper(old.socket, [old.data], old.limits, publication="0002-b", patience=20)
    old.process.terminate()
    published = [old.ask("ASK {}")[0].publication for _ in range(5)]  # over the connection that is open to the old one
    for thread in threads:
        thread.join()
    code = old.process.wait(5)
    still_there = old.socket.exists()
    stop_keeper(new)

    assert published[-1] == "0002-b"
    assert (code, failures, still_there) == (0, {"Timeout": 1}, True)
    assert not old.socket.exists()


def test_it_leaves_when_its_starter_ends(own: Callable[..., Kept]) -> None:
    kept = own()
    assert kept.process.stdin is not None
    kept.process.stdin.close()

    assert kept.process.wait(5) == 0


def test_it_leaves_when_nobody_has_asked_for_a_while(tmp_path: Path) -> None:
    process = start_keeper(tmp_path / "s", [], Limits(workers=1), linger=0.2, lifeline=False, patience=20)

    assert process.wait(10) == 0


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [("a.nq", "<x", "rdf-syntax"), ("a.nq", None, "file-unreadable")],
    ids=["broken", "missing"],
)
def test_why_it_cannot_start_is_told(tmp_path: Path, name: str, content: str | None, text: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(RunError) as caught:
        start_keeper(tmp_path / "s", [tmp_path / name], LIMITS, patience=20)

    assert text == caught.value.text


def test_a_socket_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        start_keeper(tmp_path / ("x" * 120), [], LIMITS, patience=20)

    assert caught.value.text == "sparql-socket"


def test_the_socket_is_for_its_owner_only(kept: Kept) -> None:
    assert kept.socket.stat().st_mode & 0o777 == 0o600


HOSTILE = (
    COUNT, HUNGRY, PATH, CRASH, "SELECT", "SELECT * { ?s ?p", "ASK {", "\0",
    "SELECT * { SERVICE <http://127.0.0.1:9/> {} }",
    "SELECT * { SERVICE SILENT <https://127.0.0.1:9/> {} }",
    EVERY, "ASK { FILTER REGEX('" + "a" * 5000 + "', '(a*)*(a*)*(a*)*b') }",
    "SELECT (GROUP_CONCAT(?x) AS ?c) { ?a ?b ?x . ?d ?e ?f }", "CONSTRUCT { ?a ?b ?c } { ?a ?b ?x . ?d ?e ?c }",
    "ASK " + "{" * 20_000, "DESCRIBE ?s { ?s ?p ?o }",
)  # fmt: skip


def test_hostile_queries_leave_nothing_behind(own: Callable[..., Kept]) -> None:
    kept = own(Limits(deadline=0.05, memory=64 * MIB, quick_memory=32 * MIB, bytes=MIB, workers=2, slow=1, queue=30))
    before = kept.settled()
    failed: Counter[str] = Counter()

    def ask(share: int) -> None:
        engine = KeeperEngine(kept.socket, 0.05)
        for number in range(50):
            try:
                engine.answer(
                    QueryRequest(HOSTILE[(share + number) % len(HOSTILE)], "json", client=str(share))
                ).body.close()
            except QueryFailure as failure:
                failed[type(failure).__name__] += 1
        engine.close()

    threads = [threading.Thread(target=ask, args=(share,)) for share in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert before == kept.settled()
    assert kept.ask("ASK {}", seconds=0.05)[0].kind == "boolean"
    assert sum(failed.values()) > 100


# ── without fork ────────────────────────────────────────────────────────────────────────────────────────────


def test_where_there_is_no_fork_spawned_workers_answer(tmp_path: Path) -> None:
    data = tmp_path / "a.nq"
    data.write_bytes(statements(2500) + b"<http://e/a> <http://e/p> <http://e/b> <http://e/g> .\n")
    engine = SpawnedEngine([data], Limits(deadline=5.0, rows=3000), publication="0001-a", workers=1)
    holdings = engine.holdings()
    with engine.answer(QueryRequest(EVERY, "json")).body as body:
        rows = len(json.loads(body.read())["results"]["bindings"])
    with pytest.raises(Syntax):
        engine.answer(QueryRequest("SELECT", "json"))
    with pytest.raises(Timeout):
        engine.answer(QueryRequest(COUNT, "json", seconds=0.2))
    with engine.answer(QueryRequest("ASK {}", "json")).body as body:
        said = body.read()
    engine.close()

    assert said == b'{"head":{},"boolean":true}'
    assert (holdings.default, holdings.named, rows) == (2500, {"http://e/g": 1}, 2500)


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="only root can become another user")
def test_all_of_this_holds_for_an_ordinary_user(tmp_path: Path) -> None:
    """Files are handed over by rules that root does not know of (ETOOMANYREFS): so it is tried as somebody else."""
    tmp_path.chmod(0o777)
    for folder in tmp_path.parents[:3]:
        folder.chmod(folder.stat().st_mode | 0o755)
    data = tmp_path / "data.nq"
    data.write_bytes(statements(2500))
    pid = os.fork()
    if pid == 0:
        as_nobody(
            lambda: sys.exit(
                keeper_process.main(["--socket", str(tmp_path / "s"), "--limits", LIMITS.to_json(), str(data)])
            )
        )
    asking = os.fork()
    if asking == 0:
        as_nobody(lambda: ask_for_large_answers(tmp_path / "s"))
    code = os.waitstatus_to_exitcode(os.waitpid(asking, 0)[1])
    os.kill(pid, signal.SIGTERM)

    assert (code, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])) == (0, 0)


def as_nobody(act: Callable[[], object]) -> None:
    """Do something as another user, in a child that ends with it."""
    code = 1
    try:
        os.setgid(65534)
        os.setuid(65534)
        act()
        code = 0
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        os._exit(code)


def ask_for_large_answers(path: Path) -> None:
    """Ask from four threads for answers that come as files."""
    last = time.monotonic() + 10
    while not path.exists():
        assert time.monotonic() < last
        time.sleep(0.01)
    sizes = []

    def ask() -> None:
        engine = KeeperEngine(path, LIMITS.deadline)
        for _ in range(5):
            with engine.answer(QueryRequest(EVERY, "json", client=str(threading.get_ident()))).body as body:
                sizes.append(len(b"".join(iter(lambda: body.read(65536), b""))))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sizes) == 20
    assert min(sizes) > INLINE
    assert len(set(sizes)) == 1
