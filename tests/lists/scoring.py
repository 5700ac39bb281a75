"""How well lists are read: what was understood, held against a careful reading (NAME.expected.json)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from hanke_lod.interpreting import interpret
from hanke_lod.lexicon import Lexicon
from hanke_lod.model import Project, Understanding
from hanke_lod.reading import READERS, read

FOLDER = Path(__file__).parent
MONEY = ("funding", "funders")
AGENTS = ("implementers", "coImplementers", "coordinators", "administrators", "partners")
_ROLE = {
    "implementers": "implementer",
    "coImplementers": "coImplementer",
    "coordinators": "coordinator",
    "administrators": "administrator",
    "partners": "partner",
    "participants": "participant",
    "funders": "funder",
}


@dataclass
class Score:
    """Right, wrong and missed, by measure; and what went wrong, in words."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    def f1(self, measure: str) -> float:
        right, wrong, missed = self.right[measure], self.wrong[measure], self.missed[measure]
        return 1.0 if not right + wrong + missed else 2 * right / (2 * right + wrong + missed)

    def row(self) -> str:
        measures = ("entries", "period", "title", "sector", "money", "agents", "status", "budget")
        return "  ".join(f"{m} {self.f1(m):.3f}" for m in measures)


def fold(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"[\u00ad\u200b-\u200d\ufeff\"”“’'»«]", "", text)
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    return re.sub(r"\s*-\s*", "-", " ".join(text.split())).strip(" .,:;")


def fold_name(name: str) -> str:
    """Fold a name; with or without the form of a company it is the same."""
    return re.sub(r"\s(?:oy|ab|oyj|abp|ltd|osk)$", "", fold(name))


def lists(part: str) -> Iterator[Path]:
    """Yield the lists of a part ("open" or "aside") for which there is a reader."""
    known = {suffix for row in READERS for suffix in row.suffixes}
    for expected in sorted((FOLDER / part).glob("*.expected.json")):
        stem = expected.name.removesuffix(".expected.json")
        found = [p for p in expected.parent.glob(f"{stem}.*") if not p.name.endswith(".json")]
        for path in found:
            if path.suffix.lstrip(".") in known:
                yield path


@cache
def understood(path: Path) -> Understanding:
    """Return what a list says."""
    return interpret(read(path), Lexicon.bundled())


def score(path: Path) -> Score:
    """Return how one list was read."""
    stem = path.name[: -len(path.suffix)]
    expected = json.loads((path.parent / f"{stem}.expected.json").read_text(encoding="utf-8"))["entries"]
    projects = understood(path).projects
    made = Score()
    for want, got in _pairs(expected, projects):
        if got is None:
            made.missed["entries"] += 1
            made.notes.append(f"MISSED   {want['title']}")
            for measure, count in (("title", 1), ("sector", 1), ("period", len(want["periods"]))):
                made.missed[measure] += count
            made.missed["money"] += sum(len(want.get(k) or ()) for k in MONEY)
            made.missed["agents"] += sum(len(want.get(k) or ()) for k in AGENTS)
        elif want is None:
            made.wrong["entries"] += 1
            made.notes.append(f"SPURIOUS {got.entry.place} {got.title[:90]!r}")
        else:
            made.right["entries"] += 1
            _compare(made, want, got)
    return made


def _pairs(
    expected: Sequence[Mapping[str, Any]], projects: Sequence[Project]
) -> Iterator[tuple[Mapping[str, Any] | None, Project | None]]:
    """Pair each expected entry with the project of the likest text; what is left over has no partner."""
    free = list(projects)
    for want in expected:
        best, value = None, 0.0
        titles = [fold(want["title"]), *map(fold, want.get("title_also_fine") or ())]
        for project in free:
            text, title = fold(project.entry.text), fold(project.title)
            likeness = max(
                (1.0 if t == title else 0.9 if t in text else SequenceMatcher(None, t, title).ratio() * 0.8)
                for t in titles
            )
            if likeness > value:
                best, value = project, likeness
        if best is not None and value > 0.55:
            free.remove(best)
            yield want, best
        else:
            yield want, None
    for project in free:
        yield None, project


def _compare(made: Score, want: Mapping[str, Any], got: Project) -> None:
    def note(measure: str, seen: object, wish: object) -> None:
        made.notes.append(f"{measure:9}{want['title'][:40]!r}: got {seen!r}, want {wish!r}")

    titles = {fold(t) for t in (want["title"], *(want.get("title_also_fine") or ()))}
    _one(made, "title", fold(got.title) in titles)
    if fold(got.title) not in titles:
        note("title", got.title, want["title"])
    _periods(made, want, got, note)
    _sector(made, want, got, note)
    _names(made, want, got, note)
    for measure, value in (
        ("status", got.status.name if got.status else None),
        ("budget", f"{got.budget.amount.normalize():f} {got.budget.currency}" if got.budget else None),
    ):
        wishes = [want.get(measure), *_list(want.get(f"{measure}_also_fine"))]
        if measure == "budget":
            wishes = [re.sub(r"\.(\d*?)0+(?=\s)", lambda m: f".{m[1]}" if m[1] else "", w) if w else w for w in wishes]
        if value in wishes:
            made.right[measure] += 1
        else:
            note(measure, value, want.get(measure))
            made.wrong[measure] += value is not None
            made.missed[measure] += want.get(measure) is not None
    if want.get("remarks_expected") and not got.remarks:
        note("remark", None, True)
        made.missed["remark"] += 1


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _one(made: Score, measure: str, right: bool) -> None:
    made.right[measure] += right
    made.wrong[measure] += not right
    made.missed[measure] += not right


def _periods(made: Score, want: Mapping[str, Any], got: Project, note: Any) -> None:
    seen = [[str(p.start) if p.start else None, str(p.end) if p.end else None] for p in got.periods]
    choices = [want["periods"], *(want.get("periods_also_fine") or ())]
    best = max(choices, key=lambda c: (sum(p in c for p in seen) * 2 + 1) / (len(c) + len(seen) + 1))
    right = sum(p in best for p in seen)
    made.right["period"] += right
    made.wrong["period"] += len(seen) - right
    made.missed["period"] += len(best) - right
    if seen != best and sorted(map(str, seen)) != sorted(map(str, best)):
        note("period", seen, want["periods"])


def _sector(made: Score, want: Mapping[str, Any], got: Project, note: Any) -> None:
    seen = [fold(next(iter(s.names.values()))) for s in got.sectors]
    wish = [{fold(s) for s in name.split("|")} for name in want.get("sector") or ()]
    fine = {fold(s) for name in _flat(want.get("sector_also_fine")) for s in name.split("|")}
    right = set(seen) <= {*fine, *(s for names in wish for s in names)} and (
        not wish or bool({*wish[-1], *fine} & set(seen))
    )
    _one(made, "sector", right)
    if not right:
        note("sector", seen, want.get("sector"))


def _flat(value: Any) -> Iterator[str]:
    for item in _list(value):
        yield from _flat(item) if isinstance(item, list) else (item,)


def _seen(got: Project) -> Iterator[tuple[str, str, set[str]]]:
    for source in got.funding:
        yield (
            "funding",
            source.names.get("fi") or next(iter(source.names.values())),
            _all(source.names, source.aliases, source.key),
        )
    for part in got.participations:
        place = next(k for k, v in _ROLE.items() if v == part.role)
        organisation = part.organisation
        names = _all(organisation.names, organisation.aliases, organisation.key)
        yield place, next(iter(organisation.names.values())), names


def _all(names: Mapping[str, str], aliases: Iterable[str], key: str) -> set[str]:
    return {fold_name(name) for name in (*names.values(), *aliases, key)}


def _names(made: Score, want: Mapping[str, Any], got: Project, note: Any) -> None:
    seen = list(_seen(got))
    used: set[int] = set()
    loose = [
        (set(map(fold_name, a["agent"].split("|"))), a["of"])
        if isinstance(a, dict)
        else (set(map(fold_name, a.split("|"))), None)
        for a in want.get("any_role") or ()
    ]
    loose += [(set(map(fold_name, a.split("|"))), list(MONEY)) for a in want.get("financed_any") or ()]
    for place in (*MONEY, *AGENTS):
        measure = "money" if place in MONEY else "agents"
        for wish in want.get(place) or ():
            names = set(map(fold_name, wish.split("|")))
            hit = next((i for i, (p, _, n) in enumerate(seen) if i not in used and p == place and n & names), None)
            if hit is None:
                made.missed[measure] += 1
                note(measure, [(p, n) for p, n, _ in seen], f"{place}: {wish}")
            else:
                used.add(hit)
                made.right[measure] += 1
    for names, places in loose:
        hit = next((i for i, (p, _, n) in enumerate(seen) if n & names and (places is None or p in places)), None)
        if hit is None:
            made.missed["agents"] += 1
            note("agents", [(p, n) for p, n, _ in seen], f"any role: {sorted(names)[0]}")
        else:
            used.add(hit)
    for i, (place, name, names) in enumerate(seen):
        if i in used or place == "participants" or _is_fine(want, place, names):
            continue
        measure = "money" if place in MONEY else "agents"
        made.wrong[measure] += 1
        note(measure, f"{place}: {name}", "not there")


def _is_fine(want: Mapping[str, Any], place: str, names: set[str]) -> bool:
    fine: list[str] = []
    for key in (f"{place}_also_fine", f"{place}_optional"):
        fine += _list(want.get(key))
    fine += _list(want.get(place))
    if place == "funding":
        fine += _list(want.get("programme"))
    for a in want.get("any_role") or ():
        if isinstance(a, dict) and place in a["of"]:
            fine.append(a["agent"])
        elif isinstance(a, str):
            fine.append(a)
    if place in MONEY:
        fine += _list(want.get("financed_any"))
    return any(names & set(map(fold_name, f.split("|"))) for f in fine)


def main(part: str = "open", only: str = "", quiet: str = "") -> None:
    total = Score()
    for path in lists(part):
        if only and only not in path.name:
            continue
        made = score(path)
        total.add(made)
        print(f"{path.name:42}{made.row()}")
        if not quiet:
            print("".join(f"    {line}\n" for line in made.notes), end="")
    print(f"{'TOTAL':42}{total.row()}")


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])
