"""The entry of WSGI servers: a new publication is seen, a damaged one is not, and what has begun finishes."""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path

import pytest
from small_publication import publish
from werkzeug.test import Client

from hanke_lod import publications
from hanke_lod.errors import ConfigError, PublicationError, RunError
from hanke_lod_server import wsgi


class Clock:
    """A clock that goes when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return publish(tmp_path / "folder", mark="first").folder


def csv(client: Client) -> bytes:
    return client.get("/dataset.csv", buffered=True).data


def test_a_new_publication_is_served_within_a_second(folder: Path) -> None:
    clock = Clock()
    client = Client(wsgi.Current(folder, None, clock))
    assert b"first" in csv(client)

    publish(folder, mark="second")

    assert b"first" in csv(client)
    clock.now += wsgi.INTERVAL
    assert b"second" in csv(client)


def test_a_request_that_has_begun_finishes_on_the_publication_it_began_on(folder: Path) -> None:
    clock = Clock()
    app = wsgi.Current(folder, None, clock)
    begun = Client(app).get("/dataset.csv")

    publish(folder, mark="second")
    clock.now += wsgi.INTERVAL

    assert b"second" in csv(Client(app))
    assert b"first" in begun.data
    begun.close()


def test_no_request_fails_or_is_mixed_while_publications_follow_each_other_and_old_ones_are_removed(
    folder: Path,
) -> None:
    clock = Clock()
    app = wsgi.Current(folder, None, clock)
    stop = threading.Event()
    answers: list[tuple[int, bool]] = []

    def ask() -> None:
        client = Client(app)
        while not stop.is_set():
            clock.now += wsgi.INTERVAL
            for path in ("/dataset.csv", "/doc/project/kerho.ttl", "/projects", "/doc/project/poistunut"):
                answer = client.get(path, buffered=True)
                etag = f'"{hashlib.sha256(answer.data).hexdigest()}"'
                answers.append((answer.status_code, path != "/dataset.csv" or etag == answer.headers["ETag"]))

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for number in range(12):
        served = publications.current_name(folder)
        publish(folder, mark=f"number {number}")
        publications.prune(folder, 1, served)
    stop.set()
    for asker in askers:
        asker.join()

    assert {(200, True), (410, True)} == set(answers)
    assert b"number 11" in csv(Client(app))


def test_a_damaged_publication_leaves_the_old_one_served(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    client = Client(wsgi.Current(folder, None, clock))
    damaged = publish(folder, mark="second").publication.path("documents.nt")
    damaged.write_bytes(b"")

    clock.now += wsgi.INTERVAL

    assert b"first" in csv(client)
    assert "damaged" in caplog.text
    publish(folder, mark="third")
    clock.now += wsgi.INTERVAL
    assert b"third" in csv(client)


def test_settings_that_were_broken_meanwhile_leave_the_old_ones(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    client = Client(wsgi.Current(folder, None, clock))
    publish(folder, mark="second")
    settings = folder / "hanke.toml"
    whole = settings.read_text(encoding="utf-8")
    settings.write_text("base_uri =", encoding="utf-8")

    clock.now += wsgi.INTERVAL
    assert b"first" in csv(client)
    clock.now += wsgi.INTERVAL

    assert b"first" in csv(client)
    assert 1 == caplog.text.count("toml-syntax")
    settings.write_text(whole, encoding="utf-8")
    clock.now += wsgi.INTERVAL
    assert b"second" in csv(client)


def test_the_factory_serves_the_folder_that_the_environment_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(wsgi.FOLDER, str(folder))
    monkeypatch.setenv(wsgi.SOCKET, str(tmp_path / "no-keeper"))

    health = Client(wsgi.create()).get("/health")

    assert health.status_code == 200
    assert health.json == {
        "status": "degraded",
        "publication": publications.current_name(folder),
        "engine": "unavailable",
    }


def test_without_a_folder_or_a_publication_nothing_is_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(wsgi.FOLDER, raising=False)
    with pytest.raises(RunError):
        wsgi.create()
    monkeypatch.setenv(wsgi.FOLDER, str(tmp_path))
    with pytest.raises(ConfigError):
        wsgi.create()
    publish(tmp_path / "empty")
    (tmp_path / "empty" / ".hanke" / "current").unlink()
    monkeypatch.setenv(wsgi.FOLDER, str(tmp_path / "empty"))
    with pytest.raises(PublicationError):
        wsgi.create()


def test_where_there_is_no_keeper_queries_are_answered_by_spawned_workers(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(wsgi.FOLDER, str(folder))
    monkeypatch.setenv(wsgi.SOCKET, "unused")
    monkeypatch.setattr(wsgi, "is_supported", lambda: False)
    clock = Clock()
    app = wsgi.create()
    assert isinstance(app, wsgi.Current)
    monkeypatch.setattr(app, "_clock", clock)

    asked = Client(app).get("/sparql?query=ASK{?s%20a%20hanke:Project}&format=json")
    name = publish(folder, mark="second").publication.name
    clock.now += wsgi.INTERVAL + time.monotonic()
    health = Client(app).get("/health")
    app.close()

    assert {"head": {}, "boolean": True} == asked.json
    assert {"status": "ok", "publication": name, "engine": "ok"} == health.json
