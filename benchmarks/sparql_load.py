"""What the keeper costs and what it withstands: the hop, the deadline's lateness, good queries beside hostile ones.

    python benchmarks/sparql_load.py [--projects 10000] [--seconds 8] [--hostile 0 8 32] [--shared]

Everything runs on this machine, over a Unix socket; each part is bounded in time and stops by itself. Figures depend on
the machine and on what else runs on it: trust the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

from hanke_lod.namespaces import PREFIXES
from hanke_lod_server import sparql_tokens
from hanke_lod_server.engines import QueryFailure, QueryRequest
from hanke_lod_server.engines.embedded import KeeperEngine, start_keeper, stop_keeper
from hanke_lod_server.engines.limits import Limits
from hanke_lod_server.sparql_formats import is_graph

BASE = "https://data.example.fi/id/"
TITLES = ("nuorten työpaja", "rannan kunnostus", "sote-keskus", "osaamisen polku", "kulttuuriketju", "kierrätyshalli")

#: Ten questions of open-data users; `{n}` is filled in anew each time.
GOOD = {
    "one project": "SELECT ?p ?o { <https://data.example.fi/id/project/p{n}> ?p ?o }",
    "sector's list": "SELECT ?s ?t { ?s hanke:inSector <https://data.example.fi/id/sector/s{k}> ; dcterms:title ?t }"
    " ORDER BY ?t LIMIT 25 OFFSET 25",
    "count by funder": "SELECT ?f (COUNT(?s) AS ?n) { ?s a hanke:Project ; hanke:fundedFrom ?f } GROUP BY ?f",
    "date overlap": "SELECT ?s { ?s hanke:earliestStart ?a ; hanke:latestEnd ?e"
    " FILTER(?a <= '20{y}-06-30'^^xsd:date && ?e >= '20{y}-01-01'^^xsd:date) } LIMIT 50",
    "text": "SELECT ?s ?t { ?s dcterms:title ?t FILTER(CONTAINS(LCASE(?t), 'sote-keskus {n}')) } LIMIT 20",
    "path": "SELECT DISTINCT ?b { <https://data.example.fi/id/project/p{n}> hanke:inSector/skos:broader* ?b }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT ?s {"
    " ?s hanke:inSector <https://data.example.fi/id/sector/s{k}> } LIMIT 10 } ?s ?p ?o }",
    "describe": "DESCRIBE <https://data.example.fi/id/project/p{n}>",
    "by year": "SELECT ?s { ?s hanke:earliestStart '20{y}-03-01'^^xsd:date }",
    "table": "SELECT ?s ?t ?a ?e ?f { ?s hanke:inSector <https://data.example.fi/id/sector/s{k}> ; dcterms:title ?t"
    " OPTIONAL { ?s hanke:earliestStart ?a } OPTIONAL { ?s hanke:latestEnd ?e } OPTIONAL { ?s hanke:fundedFrom ?f } }"
    " LIMIT 50",
}
HOSTILE = (
    "SELECT (COUNT(*) AS ?c) { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?x . ?d ?e ?f } ORDER BY ?x ?f",
    "SELECT (GROUP_CONCAT(?x) AS ?c) { ?a ?b ?x . ?d ?e ?f }",
    "SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), '(a*)*(b*)*(c*)*(d*)*$z') }",
    "SELECT (COUNT(*) AS ?c) { ?a (!<http://x/>|^<http://y/>)* ?b }",
)


def statements(projects: int) -> Iterator[str]:
    """Yield N-Triples of synthetic projects."""
    chance = random.Random(1)
    ns, dct = PREFIXES["hanke"], PREFIXES["dcterms"]
    date = "^^<http://www.w3.org/2001/XMLSchema#date>"
    for number in range(40):
        yield f"<{BASE}sector/s{number}> <{PREFIXES['skos']}broader> <{BASE}sector/s{number // 3}> .\n"
    for number in range(projects):
        subject, year = f"<{BASE}project/p{number}>", chance.randint(10, 29)
        title = f"{chance.choice(TITLES)} {number}"
        yield f"{subject} <{PREFIXES['rdf']}type> <{ns}Project> .\n"
        yield f'{subject} <{dct}title> "{title}"@fi .\n{subject} <{PREFIXES["rdfs"]}label> "{title}"@fi .\n'
        yield f"{subject} <{ns}inSector> <{BASE}sector/s{chance.randrange(40)}> .\n"
        yield f"{subject} <{ns}fundedFrom> <{BASE}funding/f{chance.randrange(30)}> .\n"
        yield f"{subject} <{ns}implementer> <{BASE}organisation/o{chance.randrange(500)}> .\n"
        yield f'{subject} <{ns}earliestStart> "20{year}-03-01"{date} .\n'
        yield f'{subject} <{ns}latestEnd> "20{year + 2}-12-31"{date} .\n'
        for part in range(10):
            yield f'{subject} <{dct}description> "{title}, osa {part}"@fi .\n'


def filled(text: str, chance: random.Random, projects: int, client: str = "") -> QueryRequest:
    """Return a query with its blanks filled in, checked as the endpoint checks it."""
    values = {"{n}": chance.randrange(projects), "{k}": chance.randrange(40), "{y}": chance.randint(12, 29)}
    for blank, value in values.items():
        text = text.replace(blank, str(value))
    query = sparql_tokens.read(text, PREFIXES)
    form = "turtle" if is_graph(query.form) else "json"
    return QueryRequest(query.text, form, prologue=query.prologue, client=client)


def quantile(times: Sequence[float], share: float) -> float:
    """Return a quantile in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def measured(act: Callable[[], object], rounds: int) -> float:
    """Return the median time of an act in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def hop(store: Store, engine: KeeperEngine, projects: int) -> None:
    """Print what each of the ten takes in this process and through the keeper."""
    print(f"{'':16} {'in process':>11} {'keeper':>8}   ms, median")
    chance = random.Random(2)
    for name, text in {"ask": "ASK {}", **GOOD}.items():
        request = filled(text, chance, projects)
        rounds = 30 if name in ("count by funder", "text", "date overlap") else 300

        def here(request: QueryRequest = request) -> None:
            result = store.query(request.prologue + request.text)
            if isinstance(result, QuerySolutions):
                result.serialize(format=QueryResultsFormat.JSON)

        def there(request: QueryRequest = request) -> None:
            engine.answer(request).body.close()

        there()
        print(f"{name:16} {measured(here, rounds):11.3f} {measured(there, rounds):8.3f}")


def lateness(path: Path, deadline: float, rounds: int) -> None:
    """Print how late the deadline's answer comes."""
    engine = KeeperEngine(path, deadline)
    late = []
    for number in range(rounds):
        began = time.monotonic()
        try:
            engine.answer(QueryRequest(HOSTILE[number % 3], "json", seconds=deadline)).body.close()
        except QueryFailure:
            late.append(time.monotonic() - began - deadline)
    engine.close()
    print(f"deadline of {deadline:g} s: median {quantile(late, 0.5):.1f} ms late, worst {max(late) * 1000:.1f} ms")


def attack(path: str, clients: int, until: float, shared: bool) -> None:
    """Ask hostile queries without a pause from so many connections; runs in a process of its own."""

    def ask(number: int) -> None:
        engine = KeeperEngine(Path(path))
        turn = number
        while time.monotonic() < until:
            with contextlib.suppress(QueryFailure):  # refused, too late, too large: the next one
                client = "everybody" if shared else f"hostile {number}"
                engine.answer(QueryRequest(HOSTILE[turn % len(HOSTILE)], "json", client=client)).body.close()
            turn += 1
        engine.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def beside(path: Path, projects: int, hostile: int, seconds: float, shared: bool) -> None:
    """Print what two good clients, asking the ten in turn, see beside so many hostile ones."""
    until = time.monotonic() + seconds
    attacker = multiprocessing.get_context("spawn").Process(target=attack, args=(str(path), hostile, until + 1, shared))
    if hostile:
        attacker.start()
        time.sleep(1.0)  # they are all at it
    times: dict[str, list[float]] = {name: [] for name in GOOD}
    refused: Counter[str] = Counter()

    def ask(number: int) -> None:
        engine, chance = KeeperEngine(path), random.Random(number)
        client = "everybody" if shared else f"good {number}"
        while time.monotonic() < until:
            for name, text in GOOD.items():
                request = filled(text, chance, projects, client)
                began = time.perf_counter()
                try:
                    engine.answer(request).body.close()
                    times[name].append(time.perf_counter() - began)
                except QueryFailure as failure:
                    refused[failure.text] += 1
        engine.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if hostile:
        attacker.join()
    every = [taken for found in times.values() for taken in found]
    light = [taken for name, found in times.items() for taken in found if name != "count by funder"]
    print(
        f"{hostile:3} hostile: p50 {quantile(every, 0.5):7.1f}  p99 {quantile(every, 0.99):7.1f}"
        f"  (without count by funder {quantile(light, 0.99):7.1f}) ms, {len(every)} answers, refused {dict(refused)}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--hostile", type=int, nargs="*", default=[0, 8, 32])
    parser.add_argument("--shared", action="store_true", help="all clients look the same, as behind a proxy")
    given = parser.parse_args()
    limits = Limits(memory=2**29, quick_memory=2**27)
    with tempfile.TemporaryDirectory() as folder:
        data, path = Path(folder) / "data.nt", Path(folder) / "s"
        data.write_text("".join(statements(given.projects)), encoding="utf-8")
        began = time.monotonic()
        keeper = start_keeper(path, [data], limits, publication="benchmark")
        print(f"{given.projects} projects, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", end="; ")
        print(f"keeper ready in {time.monotonic() - began:.2f} s")
        try:
            store = Store()
            store.bulk_load(path=str(data))
            hop(store, KeeperEngine(path), given.projects)
            lateness(path, 0.5, 20)
            for hostile in given.hostile:
                beside(path, given.projects, hostile, given.seconds, given.shared)
            print("keeper:", dict(KeeperEngine(path).holdings(0).state))
        finally:
            stop_keeper(keeper)


if __name__ == "__main__":
    main()
