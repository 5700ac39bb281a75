"""The whole server under load: hostile queries leave nothing behind, a switch of publication fails nobody."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from live import Live, serving
from small_publication import publish

from hanke_lod_server.engines.embedded import is_supported

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not is_supported(), reason="a keeper needs Linux"),
]

LIMITS = '[query]\ndeadline = 0.3\nmemory = "64MiB"\nbytes = "1MiB"\nworkers = 4\nslow = 1\nqueue = 20\n'
CLIENTS = 8
HOSTILE = (
    "SELECT (COUNT(*) AS ?c) { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i } ORDER BY ?x ?f ?i",
    "SELECT (GROUP_CONCAT(?x) AS ?c) { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?c) { ?a (!<http://x/>|^<http://y/>)* ?b . ?c (!<http://x/>|^<http://y/>)* ?d }",
    "SELECT * { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i }",
    "CONSTRUCT { ?a ?b ?c } { ?a ?b ?x . ?d ?e ?c }",
    "ASK { FILTER REGEX('" + "a" * 5000 + "', '(a*)*(a*)*(a*)*b') }",
    "ASK { FILTER(" + "!" * 200_000 + "1) }",
    "ASK " + "{" * 400,
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p",
    "\0",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A publisher's folder with a publication and narrow limits."""
    publish(tmp_path / "published", extra="")
    settings = tmp_path / "published" / "hanke.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + LIMITS, encoding="utf-8")
    return tmp_path / "published"


@pytest.fixture
def live(folder: Path, tmp_path: Path) -> Iterator[Live]:
    with serving(folder, log=tmp_path / "log") as found:
        yield found


def post(live: Live, query: str) -> int:
    """Ask a query and return the status."""
    return live.ask("POST", "/sparql", urlencode({"query": query}).encode(), FORM).status


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def at_once(live: Live, act: Callable[[Live, int], None], count: int = CLIENTS) -> None:
    """Act in so many threads, each with a connection of its own; the first failure is the test's."""
    failures: list[BaseException] = []

    def run(number: int) -> None:
        own = Live(live.port, live.process)
        try:
            act(own, number)
        except BaseException as failure:  # told by the thread that waits
            failures.append(failure)
        finally:
            own.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def processes(root: int) -> list[int]:
    """Return a process and all that came of it."""
    found = [root]
    for pid in found:
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
        except OSError:
            continue  # it has just ended
    return found


def held(root: int) -> tuple[int, int, int]:
    """Return how many processes there are, the descriptors they hold, and their memory in bytes, shared pages once."""
    pids = processes(root)
    files = sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids)
    rolls = [Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii") for pid in pids]
    memory = sum(int(line.split()[1]) * 1024 for roll in rolls for line in roll.splitlines() if line.startswith("Pss:"))
    return len(pids), files, memory


def settled(live: Live, patience: float = 30.0) -> tuple[int, int, int]:
    """Return what is held when it has been the same for a second."""
    last = time.monotonic() + patience
    before: tuple[int, int, int] | None = None
    while time.monotonic() < last:
        try:
            now = held(live.process.pid)
        except OSError:
            now = None  # one has just ended
        if now and before and now[:2] == before[:2]:
            return now
        before = now
        time.sleep(1.0)
    raise AssertionError(f"never settled: {before}")


def test_a_thousand_hostile_queries_leave_nothing_behind(live: Live) -> None:
    def ask(own: Live, number: int) -> None:
        for turn in range(125):
            statuses[post(own, HOSTILE[(number + turn) % len(HOSTILE)])] += 1

    def warm(own: Live, _number: int) -> None:
        for turn in range(3 * len(HOSTILE)):
            post(own, HOSTILE[turn % len(HOSTILE)])

    statuses: Counter[int] = Counter()
    at_once(live, warm)  # whatever is loaded late is loaded, every thread has its connection
    before = settled(live)
    at_once(live, ask)
    after = settled(live)

    assert 1000 == statuses.total()
    assert {400, 403, 503} <= set(statuses) <= {200, 400, 403, 503}
    assert statuses[503] > 200
    assert before[0] == after[0]
    assert after[1] <= before[1] + CLIENTS
    assert after[2] <= before[2] + 16 * 2**20
    assert 200 == post(live, "ASK {}")


def test_a_publication_switched_under_load_fails_no_request(live: Live, folder: Path) -> None:
    over = threading.Event()
    statuses: Counter[int] = Counter()

    def ask(own: Live, number: int) -> None:
        while not over.is_set():
            if number == 0:
                target = "/doc/project/ohjaamo"
            else:
                target = "/sparql?" + urlencode({"query": "SELECT * { ?s a hanke:Project } ORDER BY ?s"})
            reply = own.ask("GET", target)
            statuses[reply.status] += 1
            assert number == 0 or 5 == len(json.loads(reply.body)["results"]["bindings"])

    def switch() -> None:
        try:
            for number in range(4):
                name = publish_again(folder, f"mark {number}")
                until(lambda name=name: health(live) == {"status": "ok", "publication": name, "engine": "ok"})  # type: ignore[misc]
        finally:
            over.set()

    switcher = threading.Thread(target=switch)
    switcher.start()
    at_once(live, ask, 4)
    switcher.join()

    assert {200} == set(statuses)
    assert "mark 3" in live.ask("GET", "/dataset.csv").text


def publish_again(folder: Path, mark: str) -> str:
    """Publish anew, as another process would, and return the publication's name."""
    settings = (folder / "hanke.toml").read_text(encoding="utf-8")
    name = publish(folder, mark=mark).publication.name
    (folder / "hanke.toml").write_text(settings, encoding="utf-8")
    return name


def health(live: Live) -> object:
    """Return what the server says of itself."""
    return json.loads(live.ask("GET", "/health").body)


def until(holds: Callable[[], bool], patience: float = 60.0) -> None:
    """Wait until something holds."""
    last = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.05)
