"""Queries over HTTP beside `oxigraph serve-read-only` and rdflib-endpoint, on the same data in one run.

    python benchmarks/sparql.py [--projects 45 10000 100000] [--seconds 0.4] [--rounds 3] [--tools DIR]
        [--connections 8] [--beside oxigraph rdflib-endpoint]

The other two are found in DIR or on PATH (pip install oxigraph rdflib-endpoint); one that is not there is left out.
Ten questions of open-data users, each over some connections: *cold*, every text asked once, and *hot*, the same few
again and again. The servers take turns within each question, and the median of the rounds counts: trust the ratios.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from sparql_load import GOOD, statements

from hanke_lod.namespaces import PREFIXES
from hanke_lod_server import sparql_tokens
from hanke_lod_server.sparql_formats import is_graph

#: Different texts of a question when it is asked hot.
TEXTS = 3
#: Beyond so many projects the server takes minutes for a question: it is left out.
MOST = {"rdflib-endpoint": 10_000}


@dataclass
class Server:
    """A server that runs: its name, port, the path of its endpoint, and what it took to start."""

    name: str
    port: int
    path: str
    process: subprocess.Popen[bytes]
    ready: float = 0.0
    refused: int = 0
    rates: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def request(self, query: str, graph: bool) -> bytes:
        """Return a GET request for a query."""
        accept = "text/turtle" if graph else "application/sparql-results+json"
        head = f"GET {self.path}?query={quote(query, safe='')} HTTP/1.1\r\nHost: localhost:{self.port}\r\n"
        return f"{head}Accept: {accept}\r\n\r\n".encode()


# ── a client that costs little ──────────────────────────────────────────────────────────────────────────────


class Connection:
    """One connection, from an address of its own (all of 127.0.0.0/8 is this machine): a client among others."""

    def __init__(self, port: int, number: int = 0) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), source_address=(f"127.0.0.{number + 1}", 0))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.refused = False
        self._data = bytearray()
        self._end = 0

    def send(self, request: bytes) -> None:
        """Send a request."""
        self._data.clear()
        self._end = 0
        self.sock.sendall(request)

    def receive(self) -> bytes | None:
        """Read what has come; return the body when the answer is complete."""
        piece = self.sock.recv(2**18)
        if not piece:
            raise ConnectionError("closed")
        self._data += piece
        if not self._end:
            self._end = self._data.find(b"\r\n\r\n") + 4
            if self._end < 4:
                self._end = 0
                return None
        head = bytes(self._data[: self._end]).lower()
        self.refused = head.startswith(b"http/1.1 503")
        if not head.startswith(b"http/1.1 200") and not self.refused:
            raise ConnectionError(bytes(self._data[:500]).decode("utf-8", "replace"))
        length = head.partition(b"content-length:")[2]
        if length:
            return self._whole(int(length.partition(b"\r\n")[0]))
        return self._chunked() if self._data.endswith(b"0\r\n\r\n") else None

    def _whole(self, size: int) -> bytes | None:
        return bytes(self._data[self._end :]) if len(self._data) >= self._end + size else None

    def _chunked(self) -> bytes:
        body, rest = b"", bytes(self._data[self._end :])
        while rest:
            size, _, rest = rest.partition(b"\r\n")
            body, rest = body + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
        return body


def rate(server: Server, requests: Iterator[bytes], seconds: float, connections: int) -> float:
    """Return how many requests a second are answered over all connections, for so long; at least one each."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for number in range(connections):
            connection = Connection(server.port, number)
            stack.callback(connection.sock.close)
            selector.register(connection.sock, selectors.EVENT_READ, connection)
            connection.send(next(requests))
        began, done, waiting = time.perf_counter(), 0, connections
        while waiting:
            for key, _ in selector.select():
                if key.data.receive() is None:
                    continue
                done += not key.data.refused
                server.refused += key.data.refused
                if time.perf_counter() - began < seconds:
                    key.data.send(next(requests))
                else:
                    waiting -= 1
        return max(done, 0.1) / (time.perf_counter() - began)


def once(port: int, request: bytes) -> bytes:
    """Return the body of one answer."""
    connection = Connection(port)
    with closing(connection.sock):
        connection.send(request)
        while (body := connection.receive()) is None:
            pass
        return body


# ── questions ───────────────────────────────────────────────────────────────────────────────────────────────


def texts(question: str, projects: int, chance: random.Random) -> Iterator[str]:
    """Yield a question filled in anew each time, with its prefixes declared, never the same text twice."""
    number = 0
    while True:
        number += 1
        text = question
        fillings = {"{n}": chance.randrange(projects), "{k}": chance.randrange(40), "{y}": chance.randint(12, 29)}
        for blank, value in fillings.items():
            text = text.replace(blank, str(value))
        yield f"{sparql_tokens.read(text, PREFIXES).prologue}{text} # {number} {chance.random()}"


def measure(servers: Sequence[Server], projects: int, given: argparse.Namespace) -> None:
    """Ask every server every question, cold and hot, in turn."""
    for turn in range(given.rounds):
        for name, question in GOOD.items():
            graph = is_graph(sparql_tokens.read(question, PREFIXES).form)
            for heat in ("cold", "hot"):
                for server in servers:
                    chance = random.Random(f"{turn} {heat}")
                    asked = texts(question, projects, chance)
                    if heat == "hot":
                        few = [server.request(next(asked), graph) for _ in range(TEXTS)]
                        requests = (few[number % TEXTS] for number in range(10**9))
                    else:
                        requests = (server.request(text, graph) for text in asked)
                    server.rates.setdefault((name, heat), []).append(
                        rate(server, requests, given.seconds, given.connections)
                    )


def check(servers: Sequence[Server], projects: int) -> None:
    """Make sure that all servers give as many rows for the same questions."""
    for name, question in GOOD.items():
        if is_graph(sparql_tokens.read(question, PREFIXES).form):
            continue
        text = next(texts(question, projects, random.Random(3)))
        counts = {
            server.name: len(json.loads(once(server.port, server.request(text, False)))["results"]["bindings"])
            for server in servers
        }
        if len(set(counts.values())) > 1:
            raise SystemExit(f"{name}: {counts}")


# ── servers ─────────────────────────────────────────────────────────────────────────────────────────────────


def free_port() -> int:
    """Return a port on which nothing listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(name: str, command: list[str], port: int, path: str, stack: ExitStack) -> Server:
    """Return a server once it answers a query."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    server = Server(name, port, path, process)
    while True:
        try:
            once(port, server.request("ASK {}", False))
            server.ready = time.monotonic() - began
            return server
        except (ConnectionError, OSError) as error:
            if process.poll() is not None or time.monotonic() - began > 300:
                raise SystemExit(f"{name} does not answer: {error}") from error
            time.sleep(0.05)


def servers_of(data: Path, projects: int, given: argparse.Namespace, stack: ExitStack) -> list[Server]:
    """Start the servers that there are."""
    search = f"{given.tools}{os.pathsep}{os.environ['PATH']}" if given.tools else None
    port = free_port()
    ours = [sys.executable, "-c", "from hanke_lod.cli import main; main()", "serve", "--data", str(data)]
    found = [started("hanke-lod", [*ours, "--port", str(port)], port, "/sparql", stack)]
    oxigraph = shutil.which("oxigraph", path=search)
    if oxigraph and "oxigraph" in given.beside:
        place, port = data.with_name("oxigraph"), free_port()
        load = [oxigraph, "load", "--location", str(place), "--file", str(data)]
        subprocess.run(load, check=True, capture_output=True)
        command = [oxigraph, "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{port}"]
        found.append(started("oxigraph", command, port, "/query", stack))
    endpoint = shutil.which("rdflib-endpoint", path=search)
    if endpoint and "rdflib-endpoint" in given.beside and projects <= MOST["rdflib-endpoint"]:
        port = free_port()
        command = [endpoint, "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
        found.append(started("rdflib-endpoint", command, port, "/", stack))
    return found


def memory(server: Server) -> float:
    """Return what a server and its children hold, shared pages once, in MiB."""
    pids = [server.process.pid]
    total = 0
    for pid in pids:
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                pids += [int(child) for child in (task / "children").read_text().split()]
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it has just ended, or this is no Linux
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def tell(servers: Sequence[Server]) -> None:
    """Print rates and what they are of ours."""
    ours, *others = servers
    print(f"{'answers a second':18}" + "".join(f"{s.name + ' ' + h:>21}" for h in ("cold", "hot") for s in servers))
    for name in GOOD:
        cells = [statistics.median(s.rates[name, heat]) for heat in ("cold", "hot") for s in servers]
        print(f"{name:18}" + "".join(f"{cell:21.1f}" for cell in cells))
    for server in servers:
        print(f"{server.name}: ready in {server.ready:.1f} s, {memory(server):.0f} MiB, {server.refused} refused")
    for other in others:
        for heat in ("cold", "hot"):
            ratios = [statistics.median(ours.rates[q, heat]) / statistics.median(other.rates[q, heat]) for q in GOOD]
            mean = math.exp(statistics.mean(map(math.log, ratios)))
            print(
                f"{heat}: {mean:.2f} × {other.name} (geometric mean of the ten; {min(ratios):.2f} to {max(ratios):.1f})"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--projects", type=int, nargs="*", default=[45, 10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=0.4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tools", type=Path)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--beside", nargs="*", default=["oxigraph", "rdflib-endpoint"])
    given = parser.parse_args()
    for projects in given.projects:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            data = Path(folder) / "data.nt"
            data.write_text("".join(statements(projects)), encoding="utf-8")
            print(f"\n{projects} projects, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
            servers = servers_of(data, projects, given, stack)
            check(servers, projects)
            measure(servers, projects, given)
            tell(servers)


if __name__ == "__main__":
    main()
