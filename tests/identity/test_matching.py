"""Is this an earlier thing under another name? Single cases, and edits of whole lists."""

from __future__ import annotations

import dataclasses
import itertools
import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hanke_lod.errors import HankeError
from hanke_lod.identity.keys import key_of, pair
from hanke_lod.identity.matching import CERTAIN, LIKELY, Traits, Verdict, decide, points
from hanke_lod.identity.snapshots import of_project, traits
from hanke_lod.interpreting import interpret
from hanke_lod.lexicon import Lexicon
from hanke_lod.reading import READERS, read

LISTS = Path(__file__).parents[1] / "lists" / "open"


def of(name: str, period: str = "2021-08-01/2022-12-31", sector: str = "tekninen", parties: str = "") -> Traits:
    """Return what a project is recognised by."""
    return Traits((name,), period, frozenset(sector.split()), frozenset(parties.split()), fingerprint=name)


OLD = of("Rantaraitin kunnostus ja valaistus")


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (of("Rantaraitin kunostus ja valaistus"), "certain"),
        (of("Kunnostus ja valaistus Rantaraitin"), "certain"),
        (of("Rantaraitin kunnostus ja valaistus", period="2021-08-01/2023-12-31", sector="kadut"), "certain"),
        (of("Rantaraitin kunostus ja valaistus", period="2021-08-01/2023-12-31"), "certain"),
        (of("Rantaraitin kunnostus, valaistus ja opasteet"), "certain"),
        (of("Rantaraitin kunnostus ja opastus"), "likely"),
        (of("Rantaraitin kunnostus ja kunnostaminen", period="2022-01-01/2022-12-31"), "likely"),
        (of("Rantaraitin kunnostus ja valaistus 2"), "likely"),
        (of("Rantaraitin kunnostus ja valaistus II", period="2023/2024"), "none"),
        (of("Rantaraitin uusi leikkipuisto"), "none"),
        (of("Torin kunnostus", period="2024/2025"), "none"),
        (of("Lukuinto"), "none"),
    ],
    ids=lambda value: value if isinstance(value, str) else "; ".join((value.names[0], value.period, *value.sectors)),
)
def test_a_corrected_entry_keeps_its_address_a_doubtful_one_asks_another_is_new(now: Traits, verdict: str) -> None:
    found = decide({"raitti": OLD}, {"uusi": now})

    assert verdict == ("certain" if found.certain else "likely" if found.likely else "none")


def test_of_two_that_may_both_be_it_neither_is_certain() -> None:
    after = {"a": of("Rantaraitin kunnostus"), "b": of("Rantaraitin valaistus")}

    found = decide({"raitti": OLD}, after)

    assert ({}, {"a": ("raitti",), "b": ("raitti",)}) == (found.certain, found.likely)
    assert ["raitti"] == list(found.proposed.values())


def test_what_is_certain_leaves_the_others_no_question() -> None:
    after = {"a": of("Rantaraitin kunnostus ja valaistuz"), "b": of("Rantaraitin kunnostus muualla")}

    assert Verdict({"a": "raitti"}) == decide({"raitti": OLD}, after)


ORG = Traits(("Kemin Satama Oy",), projects=frozenset({("partner", "silta"), ("partner", "tie")}))


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (dataclasses.replace(ORG, names=("Kemin Sattama Oy",)), "certain"),
        (dataclasses.replace(ORG, names=("Port of Kemi Ltd",)), "likely"),
        (Traits(("Port of Kemi Ltd",), projects=frozenset({("partner", "silta")})), "none"),
        (Traits(("Oulun Satama Oy",)), "none"),
    ],
    ids=["typo", "renamed-in-all-its-projects", "in-one-of-its-projects", "another"],
)
def test_a_renamed_organisation_is_recognised_by_its_projects(now: Traits, verdict: str) -> None:
    found = decide({"satama": ORG}, {"uusi": now})

    assert verdict == ("certain" if found.certain else "likely" if found.likely else "none")


def test_an_identifier_in_common_is_certain_whatever_the_name() -> None:
    one, other = (Traits((name,), marks=frozenset({"1234567-8"})) for name in ("Kemin Satama Oy", "Port of Kemi Ltd"))

    assert {"uusi": "satama"} == decide({"satama": one}, {"uusi": other}).certain


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("2021/2022", "2021/2022", "same"),
        ("2021/2022", "2021/2023-06-30", "one bound"),
        ("2021/..", "2022/..", "overlap"),
        ("2021-05-01/2022", "2022/2024", "overlap"),
        ("2021/2022", "2023/2024", "apart"),
        ("2021/2022-06-30", "2022-07-01/2023", "apart"),
    ],
)
def test_periods_count_by_how_they_stand_to_each_other(one: str, other: str, relation: str) -> None:
    worth = {"same": 3, "one bound": 2, "overlap": 0, "apart": -2}[relation]

    assert worth == points(Traits((), one), Traits((), other)) == points(Traits((), other), Traits((), one))


# ── several of one title ────────────────────────────────────────────────────────────────────────────────────

HELD = {"kerho": of("Kerho", "2020/2021"), "kerho (2)": of("Kerho", "2022/2023"), "kerho (3)": of("Kerho", "2024/2025")}


@pytest.mark.parametrize(
    ("listed", "keys"),
    [
        (["2020/2021", "2022/2023", "2024/2025"], ["kerho", "kerho (2)", "kerho (3)"]),
        (["2024/2025", "2020/2021", "2022/2023"], ["kerho (3)", "kerho", "kerho (2)"]),
        (["2022/2023"], ["kerho (2)"]),
        (["2024/2026", "2020/2021"], ["kerho (3)", "kerho"]),
        (["2022/2023", "2022/2023", "2022/2023", "2022/2023"], ["kerho (2)", "kerho", "kerho (3)", ""]),
    ],
    ids=["as-before", "reordered", "two-removed", "one-prolonged", "all-alike"],
)
def test_of_several_of_one_title_each_keeps_the_key_of_what_it_is(listed: list[str], keys: list[str]) -> None:
    now = [dataclasses.replace(of("Kerho", period), fingerprint=period) for period in listed]
    held = {key: dataclasses.replace(known, fingerprint=known.period) for key, known in HELD.items()}

    assert keys == pair(now, held)


def test_an_edited_entry_does_not_become_one_of_its_title_that_is_gone() -> None:
    moved = of("Kerho", "2022/2023", sector="kadut")
    held = {
        "kerho": dataclasses.replace(of("Kerho", "2020/2021"), fingerprint="a"),
        "kerho (2)": dataclasses.replace(of("Kerho", "2022/2023"), fingerprint="b"),
    }

    assert ["kerho (2)"] == pair([moved], held)
    assert ["kerho"] == pair([moved], held, {"kerho (2)": 1})
    assert ["kerho (2)"] == pair(
        [dataclasses.replace(moved, fingerprint="x")],
        {**held, "kerho (2)": dataclasses.replace(moved, fingerprint="x")},
        {"kerho (2)": 1},
    )


def test_what_things_of_one_title_are_called_now_tells_nothing() -> None:
    held = {"kerho": of("Nuorten leiri", "2020/2021"), "kerho (2)": of("Kerho", "2024/2025")}

    assert ["kerho"] == pair([dataclasses.replace(of("Kerho", "2020/2022"), fingerprint="new")], held)


# ── by the hundred ──────────────────────────────────────────────────────────────────────────────────────────

Projects = Mapping[str, Traits]


@pytest.fixture(scope="module")
def lists(lexicon: Lexicon) -> list[Projects]:
    """What the projects of each list that the tests read are recognised by, by their titles."""
    found = []
    suffixes = {f".{suffix}" for row in READERS for suffix in row.suffixes}
    for path in sorted(path for path in LISTS.iterdir() if path.suffix in suffixes and path.name != "README.md"):
        try:
            projects = interpret(read(path, path.name, None, lexicon), lexicon).projects
        except HankeError:
            continue  # lists that cannot be read have tests of their own
        found.append({key_of(p.title): traits(of_project(p, lambda _, key: key)) for p in projects if p.title})
    return [projects for projects in found if projects]


def test_two_projects_of_one_list_are_never_certainly_and_hardly_ever_likely_one(lists: list[Projects]) -> None:
    pairs = [points(a, b) for held in lists for a, b in itertools.combinations(held.values(), 2)]

    assert len(pairs) > 1500
    assert [] == [score for score in pairs if score >= CERTAIN]
    assert len([score for score in pairs if score >= LIKELY]) <= len(pairs) / 500


def typo(title: str, dice: random.Random) -> str:
    """Leave out, double or change a letter."""
    place = dice.choice([number for number, c in enumerate(title) if c.isalpha()])
    return title[:place] + dice.choice(["", title[place] * 2, dice.choice("aeikt")]) + title[place + 1 :]


def word_added(title: str, _dice: random.Random) -> str:
    """Add a word."""
    return f"{title} kehittäminen"


def shuffled(title: str, dice: random.Random) -> str:
    """Bring the words into another order."""
    return " ".join(dice.sample(title.split(), len(title.split())))


def prolonged(known: Traits) -> Traits:
    """Let a period end a year later."""
    end = re.search(r"\d{4}(?=[^/]*$)", known.period)
    if not end or " " in known.period:
        return known
    return dataclasses.replace(
        known, period=known.period[: end.start()] + str(int(end[0]) + 1) + known.period[end.end() :]
    )


def moved(known: Traits) -> Traits:
    """Move to another sector."""
    return dataclasses.replace(known, sectors=frozenset({"muu"})) if known.sectors else known


@pytest.mark.parametrize(
    ("rename", "also", "kept", "lost"),
    [
        (typo, lambda known: known, 0.95, 0.0),
        (typo, prolonged, 0.95, 0.0),
        (typo, moved, 0.80, 0.02),
        (shuffled, lambda known: known, 0.90, 0.0),
        (word_added, lambda known: known, 0.75, 0.06),
    ],
    ids=["typo", "typo-and-prolonged", "typo-and-moved", "words-reordered", "word-added"],
)
def test_edited_entries_mostly_keep_their_address_else_ask_and_never_take_another_s(
    lists: list[Projects],
    rename: Callable[[str, random.Random], str],
    also: Callable[[Traits], Traits],
    kept: float,
    lost: float,
) -> None:
    dice = random.Random(5)
    counts = dict.fromkeys(("kept", "asked", "lost", "wrong"), 0)
    for held in lists:
        edited = {}
        for key in dice.sample(sorted(held), max(1, len(held) // 3)):
            title = rename(held[key].names[0], dice)
            if key_of(title) not in held and key_of(title) not in edited:
                edited[key_of(title)] = (key, dataclasses.replace(also(held[key]), names=(title,)))
        verdict = decide({key: held[key] for key, _ in edited.values()}, {new: t for new, (_, t) in edited.items()})
        for new, (key, _) in edited.items():
            answer = verdict.certain.get(new)
            asked = key in verdict.likely.get(new, ())
            counts["kept" if answer == key else "wrong" if answer else "asked" if asked else "lost"] += 1
    total = sum(counts.values())

    assert total > 80
    assert 0 == counts["wrong"]
    assert counts["kept"] >= kept * total, counts
    assert counts["lost"] <= lost * total, counts
