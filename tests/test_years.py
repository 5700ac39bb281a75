"""Two hundred edits of a list, drawn at random: every address that was ever published still answers rightly."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hanke_lod import building, config, identity, publications
from hanke_lod.identity import history, ledger
from hanke_lod.lexicon import Lexicon
from hanke_lod_server.app import create_app
from tests.conftest import HANKE_TOML, build

EDITS = 200
SECTORS = ("Tekninen toimiala", "Sivistystoimiala", "Hyvinvointitoimiala", "Elinvoimatoimiala")
WHAT = ("kunnostus", "valaistus", "kehittäminen", "digitalisointi", "laajennus", "saavutettavuus", "selvitys")
WHERE = ("Rantaraitin", "Keskustorin", "Lukion", "Nuorisotyön", "Uimahallin", "Kirjaston", "Sataman", "Matkailun",
         "Varhaiskasvatuksen", "Museon", "Joukkoliikenteen", "Ikäihmisten palvelujen")  # fmt: skip


@dataclass
class Project:
    """A project as the publisher knows it: whatever is edited, it is this one."""

    number: int
    title: str
    start: int
    end: int
    sector: str
    listed: bool = True
    merged: int = 0
    slug: str = ""

    @property
    def line(self) -> str:
        return f" • {self.title} 1.1.{self.start}-31.12.{self.end}"


@dataclass
class Publisher:
    """Edits the list, answers the questions of `build` truthfully, and remembers what each address stands for."""

    lexicon: Lexicon
    folder: Path
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    projects: dict[int, Project] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    ledger: identity.Ledger = field(default_factory=dict)
    record: list[identity.Change] = field(default_factory=list)
    day: date = date(2024, 1, 1)
    done: dict[str, int] = field(default_factory=dict)
    asked: int = 0

    # ── edits ───────────────────────────────────────────────────────────────────────────────────────────────

    def edit(self) -> None:
        """Make one edit that can be made now."""
        edits = (
            self.rename,
            self.move,
            self.remove,
            self.restore,
            self.merge,
            self.split,
            self.reorder,
            self.prolong,
            self.add,
        )
        while True:
            made = self.dice.choice(edits)
            if made():
                self.done[made.__name__] = self.done.get(made.__name__, 0) + 1
                return

    def pick(self, *, listed: bool = True) -> Project | None:
        found = [p for p in self.projects.values() if p.listed == listed and not p.merged]
        return self.dice.choice(found) if found else None

    def add(self) -> bool:
        number = len(self.projects) + 1
        same = self.pick()
        if self.dice.random() < 0.2 and same:  # another of the same name as one that is listed
            title = same.title
        else:
            title = f"{self.dice.choice(WHERE)} {self.dice.choice(WHAT)} ja {self.dice.choice(WHAT)}"
        start = self.dice.randint(2015, 2025)
        taken = {(p.title, p.start) for p in self.projects.values()}
        past = {row.title for row in self.ledger.values() if not row.is_current}  # a title that comes back is restored
        if (title, start) in taken or title in past:
            return False
        sector = self.dice.choice(SECTORS)
        self.projects[number] = Project(number, title, start, start + self.dice.randint(0, 3), sector)
        self.order.append(number)
        return True

    def rename(self) -> bool:
        project = self.pick()
        if not project:
            return False
        first, *middle, last = project.title.split()
        place = self.dice.choice([n for n, c in enumerate(project.title) if c.isalpha()])
        title = project.title[:place] + self.dice.choice(["", "a", "nn"]) + project.title[place + 1 :]
        if self.dice.random() < 0.25:
            title = " ".join((first, *middle, "uudistaminen" if last != "uudistaminen" else "vahvistaminen"))
        if title in {p.title for p in self.projects.values()}:
            return False
        project.title = title[:1].upper() + title[1:]
        return True

    def move(self) -> bool:
        if project := self.pick():
            project.sector = self.dice.choice(SECTORS)
        return project is not None

    def prolong(self) -> bool:
        if project := self.pick():
            project.end += 1
        return project is not None

    def remove(self) -> bool:
        project = self.pick()
        if not project or sum(p.listed for p in self.projects.values()) < 6:
            return False
        project.listed = False
        return True

    def restore(self) -> bool:
        if project := self.pick(listed=False):
            project.listed = True
        return project is not None

    def reorder(self) -> bool:
        self.dice.shuffle(self.order)
        return True

    def merge(self) -> bool:
        """Say in the ledger that two are one; the entry is taken from the list, or stays there."""
        one, other = self.pick(), self.pick()
        if not one or not other or one is other or any(p.merged == one.number for p in self.projects.values()):
            return False
        self.write(one, f"merged {other.slug}")
        one.merged, one.listed = other.number, self.dice.random() < 0.5
        return True

    def split(self) -> bool:
        """Say in the ledger that two are two after all."""
        merged = [p for p in self.projects.values() if p.merged]
        if not merged:
            return False
        project = self.dice.choice(merged)
        self.write(project, "current")
        project.merged, project.listed = 0, True
        return True

    def write(self, project: Project, state: str) -> None:
        place = ("project", project.slug)
        self.ledger = {**self.ledger, place: replace(self.ledger[place], state=state)}  # type: ignore[dict-item,index]

    # ── building ────────────────────────────────────────────────────────────────────────────────────────────

    def lines(self) -> Iterator[tuple[str, int]]:
        """Yield the lines of the list, each with the number of its project."""
        for sector in SECTORS:
            own = [
                self.projects[n] for n in self.order if self.projects[n].sector == sector and self.projects[n].listed
            ]
            if own:
                yield from ((sector, 0), ("", 0), *((p.line, p.number) for p in own), ("", 0))

    def publish(self) -> None:
        """Understand the list, answer what is asked, bring ledger and record up to date; check every address."""
        self.day += timedelta(days=1)
        written = list(self.lines())
        (self.folder / "hankkeet.txt").write_text("\n".join(text for text, _ in written), encoding="utf-8")
        settings = config.load(self.folder)
        for _ in range(3):
            understood = building.understand(
                {self.folder / "hankkeet.txt": settings.sources[0]}, settings.base_uri, self.lexicon, self.ledger,
                known=identity.history.replay(self.record),
            )  # fmt: skip
            stated = {
                slug: [written[s.project.entry.place.line - 1][1] for s in statements if s.project.entry.place.line]
                for slug, statements in understood.register.projects.items()
            }
            if not understood.questions:
                break
            self.answer(understood, stated)
        assert () == tuple(understood.questions)
        self.check(stated)
        now = identity.settle_register(understood.register, understood.ledger, self.record, settings.title, self.day)
        self.ledger = ledger.parse(ledger.write(now.ledger), "identifiers.csv")
        self.record = list(now.changes)

    def answer(self, understood: building.Understood, stated: dict[str, list[int]]) -> None:
        """Add to the ledger the line that `build` gives, with the truth as its last cell."""
        text = ledger.write(self.ledger)
        for question in understood.questions:
            self.asked += 1
            row = identity.ask(understood.ledger, question).answer
            (number,) = stated[understood.register.slug(question.kind, question.key)]
            slug = self.projects[number].slug
            text += f"{row.rpartition(',')[0]},{f'merged {slug}' if slug else 'current'}\n"
        self.ledger = ledger.parse(text, "identifiers.csv")

    def check(self, stated: dict[str, list[int]]) -> None:
        """Each entry is at its project's address, and nothing else is there."""
        for slug, numbers in stated.items():
            for number in numbers:
                project = self.projects[self.projects[number].merged or number]
                project.slug = project.slug or slug
                assert slug == project.slug, (project, stated)
        assert {p.number for p in self.projects.values() if p.listed} == {n for own in stated.values() for n in own}
        slugs = [p.slug for p in self.projects.values() if p.slug]
        assert len(slugs) == len(set(slugs))


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    """A publisher after two hundred edits, each of which was published."""
    folder = tmp_path_factory.mktemp("years")
    (folder / "hanke.toml").write_text(HANKE_TOML, encoding="utf-8")
    held = Publisher(Lexicon.of_folder(config.load(folder)), folder)
    for _ in range(12):
        held.add()
    held.publish()
    for _ in range(EDITS):
        held.edit()
        held.publish()
    return held


@pytest.fixture(scope="module")
def client(publisher: Publisher) -> FlaskClient:
    """A client of what is served after the last edit, built from the committed files alone."""
    folder = publisher.folder
    (folder / ledger.FILE_NAME).write_text(ledger.write(publisher.ledger), encoding="utf-8")
    (folder / history.FILE_NAME).write_text(history.write(publisher.record), encoding="utf-8")
    outcome = build(folder, publisher.day)
    assert [] == [row.slug for _, row in outcome.changes]
    settings = config.load(folder)
    return create_app(publications.open_current(folder), None, settings).test_client()


@pytest.mark.slow
def test_every_kind_of_edit_was_made_and_questions_were_asked(publisher: Publisher) -> None:
    assert 9 == len(publisher.done)
    assert EDITS == sum(publisher.done.values())
    assert publisher.asked > 0


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["", ".html", ".ttl", ".jsonld", ".rdf", ".nt"])
def test_every_address_that_was_ever_published_answers_rightly(
    publisher: Publisher, client: FlaskClient, suffix: str
) -> None:
    for project in publisher.projects.values():
        if not project.slug:
            continue  # merged before it was ever listed
        final = publisher.projects[project.merged or project.number]
        status = (
            200
            if final.listed or any(p.listed and p.merged == final.number for p in publisher.projects.values())
            else 410
        )
        first = client.get(f"/id/project/{project.slug}")
        second = client.get(f"/doc/project/{project.slug}{suffix}")
        last = client.get(second.headers["Location"]) if project.merged else second

        assert (303, f"/doc/project/{project.slug}") == (first.status_code, first.headers["Location"])
        assert not project.merged or (301, f"/doc/project/{final.slug}{suffix}") == (
            second.status_code, second.headers["Location"],
        )  # fmt: skip
        assert status == last.status_code, project
        assert final.title.split()[0] in last.text


@pytest.mark.slow
def test_every_other_thing_that_was_ever_published_answers_too(publisher: Publisher, client: FlaskClient) -> None:
    for (kind, slug), row in publisher.ledger.items():
        expected = 303 if row.first else 404

        assert expected == client.get(f"/id/{kind}/{slug}").status_code
        assert not row.first or client.get(f"/doc/{kind}/{slug}.ttl").status_code in (200, 301, 410)


@pytest.mark.slow
def test_the_record_of_all_those_years_tells_what_is_said_now(publisher: Publisher, client: FlaskClient) -> None:
    assert list(publisher.record) == history.load(publisher.folder / history.FILE_NAME)
    known = history.replay(publisher.record)
    for project in publisher.projects.values():
        if project.slug and project.listed and not project.merged:
            assert project.title == known["project", project.slug]["title fi"]
