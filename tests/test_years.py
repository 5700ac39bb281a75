"""Two hundred edits of a list, drawn at random: every address that was ever published still answers rightly."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hanke_lod import building, config, identity, publications
from hanke_lod.identity import history, ledger
from hanke_lod.lexicon import Lexicon
from hanke_lod_server.app import create_app
from tests.conftest import HANKE_TOML, build

EDITS = 200
#: Dice, and whether in their years something that was gone comes back under a former title of it.
SEEDS = {1: False, 5: True}
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
    former: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # the titles under which it was last in the list

    @property
    def line(self) -> str:
        return f" • {self.title} 1.1.{self.start}-31.12.{self.end}"

    def was_titled(self, title: str) -> bool:
        return title in (self.title, *self.former)

    def is_like(self, other: Project) -> bool:
        """Tell whether one would take the two for one: they begin or end together and have nearly one title."""
        near = SequenceMatcher(None, self.title, other.title, autojunk=False).ratio() > 0.85
        return near and (self.start == other.start or self.end == other.end)


@dataclass
class Publisher:
    """Edits the list, answers the questions of `build` truthfully, and remembers what each address stands for."""

    lexicon: Lexicon
    folder: Path
    dice: random.Random
    projects: dict[int, Project] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    ledger: identity.Ledger = field(default_factory=dict)
    record: list[identity.Change] = field(default_factory=list)
    day: date = date(2024, 1, 1)
    done: dict[str, int] = field(default_factory=dict)
    asked: int = 0
    back: int = 0

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
        number = max(self.projects, default=0) + 1
        same = self.pick()
        if self.dice.random() < 0.2 and same:  # another of the same name as one that is listed
            title = same.title
        else:
            title = f"{self.dice.choice(WHERE)} {self.dice.choice(WHAT)} ja {self.dice.choice(WHAT)}"
        start = self.dice.randint(2015, 2025)
        taken = {(p.title, p.start) for p in self.projects.values()}
        if (title, start) in taken or self.is_of_another(title, {p.number for p in self.titled(title) if p.listed}):
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
        title = title[:1].upper() + title[1:]
        if self.titled(title) or self.is_of_another(title, {project.number}):
            return False
        project.former.append(project.title)
        project.title = title
        return True

    def titled(self, title: str) -> list[Project]:
        return [p for p in self.projects.values() if p.title == title]

    def is_of_another(self, title: str, besides: set[int]) -> bool:
        """Tell whether by the ledger a title is that of a project which is listed (under another) or merged.

        What is listed under it is told of that project, as the line in the ledger says: the publisher chooses another
        title. If its project is gone, that one comes back (`bring_back`).
        """
        held = [p for p in self.projects.values() if p.number not in besides and p.was_titled(title)]
        return any(p.listed or p.merged for p in held)

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
        told: set[int] = set()
        for slug, numbers in stated.items():
            for number in numbers:
                entry = self.projects[number]
                gone = [p for p in self.projects.values() if p.slug == slug != entry.slug and not p.listed]
                if gone and not gone[0].merged and not entry.merged:
                    entry = self.bring_back(gone[0], entry)
                told.add(entry.number)
                project = self.projects[entry.merged or entry.number]
                project.slug = project.slug or slug
                assert slug == project.slug, (project, stated)
        assert {p.number for p in self.projects.values() if p.listed} == told
        for project in self.projects.values():
            merged = [p.title for p in self.projects.values() if p.listed and p.merged == project.number]
            project.told = ([project.title] if project.listed else merged) or project.told
        slugs = [p.slug for p in self.projects.values() if p.slug]
        assert len(slugs) == len(set(slugs))

    def bring_back(self, gone: Project, entry: Project) -> Project:
        """An entry under a former title of a project that is gone is that project again, whatever was meant.

        So is a new entry that is hardly to be told from it.
        """
        assert gone.was_titled(entry.title) or (not entry.slug and entry.is_like(gone)), (gone, entry)
        self.back += 1
        gone.former.append(gone.title)
        gone.title, gone.start, gone.end, gone.sector = entry.title, entry.start, entry.end, entry.sector
        gone.listed = True
        if entry.slug:  # it was renamed so, and is gone now under the title it had
            assert entry.former, (gone, entry)
            entry.listed, entry.title = False, entry.former.pop()
        else:
            del self.projects[entry.number]
            self.order.remove(entry.number)
        return gone


@pytest.fixture(scope="module", params=SEEDS)
def publisher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    """A publisher after two hundred edits, each of which was published."""
    folder = tmp_path_factory.mktemp("years")
    (folder / "hanke.toml").write_text(HANKE_TOML, encoding="utf-8")
    held = Publisher(Lexicon.of_folder(config.load(folder)), folder, random.Random(request.param))
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
def test_every_kind_of_edit_was_made_and_questions_were_asked(
    publisher: Publisher, request: pytest.FixtureRequest
) -> None:
    assert 9 == len(publisher.done)
    assert EDITS == sum(publisher.done.values())
    assert publisher.asked > 0
    assert publisher.back or not SEEDS[request.node.callspec.params["publisher"]]


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
        assert any(title.split()[0] in last.text for title in final.told), final


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
