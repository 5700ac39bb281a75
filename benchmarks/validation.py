"""How long validation takes beside plain pyshacl on the same graph and shapes, and what each step towards that brought.

    python benchmarks/validation.py [--projects 20000] [--rounds 3] [--broken 100] [--no-plain]

The shapes are the bundled ones, the data Kemi's list made as long as is asked for (synthetic.py); of one project in so
many as `--broken` says the title is taken away. Each way is measured in a process of its own, one after the other, in
so many rounds; the medians of the CPU seconds are told (no way uses more than one core). Trust the ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyshacl
from rdflib import Graph
from synthetic import projects

from hanke_lod import rdf, validating
from hanke_lod.resources import shape_files

OPTIONS = {"inference": "none", "advanced": False, "inplace": True}
TITLE = "http://purl.org/dc/terms/title"


class Clock:
    """CPU seconds by the name of a step: other work on the machine does not count."""

    def __init__(self) -> None:
        self.told: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done within."""
        start = time.process_time()
        yield
        self.told[name] = time.process_time() - start


def pyshacl_alone(data: Path, clock: Clock) -> Graph:
    """As the pyshacl command does it: rdflib reads, pyshacl looks at everything."""
    with clock.step("read"):
        graph = Graph().parse(data)
        shapes = Graph()
        for path in shape_files():
            shapes.parse(path)
    with clock.step("validate"):
        return pyshacl.validate(graph, shacl_graph=shapes, **OPTIONS)[1]


def pyshacl_on_columns(data: Path, clock: Clock) -> Graph:
    """Our graph, without the pre-check."""
    with clock.step("read"):
        graph, loaded = validating.to_graph(rdf.parse_file(data)), validating.load_shapes()
        shapes = Graph(bind_namespaces="none")
        for triple in loaded:
            shapes.add(triple)
    with clock.step("validate"):
        return pyshacl.validate(graph, shacl_graph=shapes, **OPTIONS)[1]


def hanke_lod(data: Path, clock: Clock) -> Graph:
    """What `hanke-lod validate` does."""
    with clock.step("read"):
        graph, shapes = validating.to_graph(rdf.parse_file(data)), validating.load_shapes()
    with clock.step("validate"):
        return validating.check(graph, shapes).graph


WAYS: dict[str, Callable[[Path, Clock], Graph]] = {
    "plain": pyshacl_alone,
    "columns": pyshacl_on_columns,
    "ours": hanke_lod,
}


def measure(way: str, data: Path) -> None:
    """Go one way in this process and tell the figures as JSON."""
    clock = Clock()
    report = WAYS[way](data, clock)
    results = len(list(report.objects(None, validating.checking.SH.result)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**clock.told, "results": results, "MiB": memory}))


def write(path: Path, count: int, broken: int) -> int:
    """Write so many projects as N-Triples; of each n-th the titles are left out. Return how many triples there are."""
    titles = 0
    lines = []
    for triple in projects(count):
        if broken and triple.predicate.value == TITLE and "/project/" in triple.subject.value:
            titles += 1
            if titles % broken == 0:
                continue
        lines.append(f"{triple} .\n")
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def compare(data: Path, ways: list[str], rounds: int) -> None:
    """Go all ways in turn and print the medians beside those of the first."""
    told: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            ran = subprocess.run(
                [sys.executable, __file__, "--way", way, "--data", str(data)],
                check=True,
                capture_output=True,
                text=True,
            )
            told[way].append(json.loads(ran.stdout))
    medians = {way: {key: statistics.median(one[key] for one in told[way]) for key in told[way][0]} for way in ways}
    first = medians[ways[0]]
    for way, figures in medians.items():
        whole = figures["read"] + figures["validate"]
        print(
            f"  {way:8} read {figures['read']:7.2f} s  validate {figures['validate']:7.2f} s"
            f" ({first['validate'] / figures['validate']:5.1f} x)  both {whole:7.2f} s"
            f" ({(first['read'] + first['validate']) / whole:5.1f} x)  {figures['MiB']:5.0f} MiB"
            f"  {figures['results']:.0f} results"
        )


def main() -> None:
    """Make the data and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, nargs="+", default=[20000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--broken", type=int, nargs="+", default=[0, 100])
    parser.add_argument("--no-plain", action="store_true", help="only our own way, for sizes that are long for pyshacl")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        measure(options.way, options.data)
        return
    with tempfile.TemporaryDirectory() as folder:
        for count in options.projects:
            for broken in options.broken:
                data = Path(folder) / "projects.nt"
                triples = write(data, count, broken)
                which = f"one in {broken} without a title" if broken else "conforming"
                print(f"{count} projects, {triples} triples, {which}", flush=True)
                compare(data, ["ours"] if options.no_plain else list(WAYS), options.rounds)


if __name__ == "__main__":
    main()
