"""How long a search takes among many projects, beside a plain LIKE scan and trigrams alone: all in one run.

python benchmarks/search.py [PROJECTS]     (100,000 unless told)

Each search is its first page of 50 projects by title, and how many there are. The three take turns, so that whatever
else the machine does hits them alike; the figure is the median of the rounds, the worst is the slowest of them.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from hanke_lod.lemmatising import bases
from hanke_lod.searching import Index, ListedProject, Selection, build, fold, sort_key

ROUNDS = 5
SEARCHES = ("hanke", "työllisyys", "tyollisyys", "kehittämishankkeiden", "4h", "eu", "matkailu lapissa", "kunta",
            "nuorten koulutus", "kirjastojen", "ohjelmoi", "tuhka", "zzz")  # fmt: skip
_HEADS = (
    "kehittämis", "koordinaatio", "matkailu", "työllisyys", "koulutus", "nuoriso", "liikunta", "kulttuuri", "energia",
    "ilmasto", "metsä", "vesi", "tie", "satama", "digi", "kirjasto", "terveys", "hyvinvointi", "maahanmuutto",
    "elinkeino", "tutkimus", "opetus", "perhe", "asunto", "ympäristö", "ruoka", "teollisuus", "turvallisuus",
    "saavutettavuus", "yhteistyö", "palvelu", "talous", "kunta", "maaseutu", "tuulivoima", "bio",
)  # fmt: skip
_TAILS = (
    "hanke", "hankkeen", "hankkeet", "hankkeessa", "palvelu", "palvelut", "palveluiden", "toiminta", "toiminnan",
    "ohjelma", "ohjelman", "verkosto", "verkoston", "suunnitelma", "suunnitelman", "kunta", "kunnan", "kuntien",
    "keskus", "keskuksen", "malli", "mallin", "työ", "työn", "selvitys", "selvityksen", "kokeilu", "kokeilun",
    "polku", "polun",
)  # fmt: skip
_WORDS = (
    "nuorten", "lasten", "kuntien", "kaupungin", "Lapissa", "Lapin", "työllisyyden", "kehittäminen", "kehittämisen",
    "edistäminen", "ja", "sekä", "tulevaisuuden", "uudet", "uusi", "vahva", "kestävä", "ikäihmisten",
    "maahanmuuttajien", "perheiden", "yritysten", "yritykset", "osaamisen", "osaaminen", "hyvinvoinnin", "yhteinen",
    "alueellinen", "matkailun", "kirjastojen", "koulun", "koulujen", "koulutuksen", "hanke", "hankkeen", "4H", "EU",
    "EAKR", "ESR", "liikunnan", "digitaalinen", "ilmaston", "energian", "vihreä", "siirtymä", "rahoitus",
    "rakentaminen", "kunnostus",
)  # fmt: skip
_SYLLABLES = [consonant + vowel for consonant in "klmnprstv" for vowel in "aeio"]


def projects(count: int) -> Iterator[ListedProject]:
    """Yield made-up projects: titles of 3 to 8 words, a description of 30, an organisation with a name of its own."""
    chance = random.Random(7)
    names = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5))).capitalize() for _ in range(20_000)]

    def word() -> str:
        kind = chance.random()
        if kind < 0.25:
            return chance.choice(_HEADS) + chance.choice(_TAILS)
        return chance.choice(names) + chance.choice(("", "n", "ssa")) if kind < 0.4 else chance.choice(_WORDS)

    for number in range(count):
        title = " ".join(word() for _ in range(chance.randint(3, 8)))
        text = " ".join(word() for _ in range(30)) + f" {chance.choice(names)} Oy"
        yield ListedProject(f"p{number}", {"fi": title}, texts={"fi": text})


def plain(path: Path, count: int) -> None:
    """Write what the two others search: folded text in the order of titles, as a table and as trigrams."""
    rows = sorted((sort_key(p.names["fi"]), fold(f"{p.names['fi']} {p.texts['fi']}")) for p in projects(count))
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE TABLE project (id INTEGER PRIMARY KEY, sort TEXT, folded TEXT)")
        base.executemany("INSERT INTO project (sort, folded) VALUES (?,?)", rows)
        base.execute("CREATE VIRTUAL TABLE piece USING fts5 (folded, content='', tokenize='trigram')")
        base.execute("INSERT INTO piece (rowid, folded) SELECT id, folded FROM project")


def like(base: sqlite3.Connection, text: str) -> int:
    """Search by a scan, and return how many there are."""
    words = fold(text).split()
    where, values = " AND ".join(["folded LIKE ?"] * len(words)), [f"%{word}%" for word in words]
    base.execute(f"SELECT id, sort FROM project WHERE {where} ORDER BY id LIMIT 50", values).fetchall()
    return int(base.execute(f"SELECT count(*) FROM project WHERE {where}", values).fetchone()[0])


def trigrams(base: sqlite3.Connection, text: str) -> int:
    """Search by trigrams alone, and return how many there are."""
    sought = " AND ".join(f'"{word}"' for word in fold(text).split())
    where = "id IN (SELECT rowid FROM piece WHERE piece MATCH ?)"
    base.execute(f"SELECT id, sort FROM project WHERE {where} ORDER BY id LIMIT 50", [sought]).fetchall()
    return int(base.execute("SELECT count(*) FROM piece WHERE piece MATCH ?", [sought]).fetchone()[0])


def ours(index: Index, text: str) -> int:
    """Search by the index, and return how many there are."""
    selection = Selection(words=text)
    index.projects(selection)
    return index.count(selection)


def main() -> None:
    """Build, search and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("projects", nargs="?", type=int, default=100_000)
    count = asked.parse_args().projects
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "index.sqlite", Path(folder) / "plain.sqlite"
        begun = time.perf_counter()
        build(path, projects(count), (), bases)
        print(
            f"{count} projects: index of {path.stat().st_size / 2**20:.0f} MiB in {time.perf_counter() - begun:.1f} s"
        )
        plain(other, count)
        index = Index(path)
        with closing(sqlite3.connect(other)) as base:
            ways: dict[str, Callable[[str], int]] = {
                "ours": lambda text: ours(index, text),
                "LIKE": lambda text: like(base, text),
                "trigrams": lambda text: trigrams(base, text),
            }
            _compare(ways)


def _compare(ways: dict[str, Callable[[str], int]]) -> None:
    print(f"{'search':22}" + "".join(f"{way + ' ms':>13}{'found':>8}" for way in ways) + "   worst   LIKE/ours")
    for text in SEARCHES:
        taken: dict[str, list[float]] = {way: [] for way in ways}
        found: dict[str, int] = {}
        for _ in range(ROUNDS):
            for way, search in ways.items():
                begun = time.perf_counter()
                found[way] = search(text)
                taken[way].append((time.perf_counter() - begun) * 1000)
        told = "".join(f"{median(taken[way]):13.1f}{found[way]:8}" for way in ways)
        print(f"{text:22}{told}{max(taken['ours']):8.1f}{median(taken['LIKE']) / median(taken['ours']):10.1f} x")


if __name__ == "__main__":
    main()
