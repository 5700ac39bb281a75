"""Ledger and record, brought up to what is listed now; and what has changed, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hanke_lod.identity import history
from hanke_lod.identity.history import Change, Snapshot, fingerprint
from hanke_lod.identity.ledger import CURRENT, Ledger, Row, line, settle
from hanke_lod.identity.matching import Question
from hanke_lod.identity.snapshots import names_in, snapshots
from hanke_lod.model import Kind, Register
from hanke_lod.texts import LANGUAGES, of, say
from hanke_lod.words import change_words


@dataclass(frozen=True)
class Settled:
    """Ledger and record as they are now, and what happened to which row of the ledger."""

    ledger: Ledger
    changes: Sequence[Change]
    events: Sequence[tuple[str, Row]]


def settle_register(
    register: Register, ledger: Ledger, past: Sequence[Change], titles: Mapping[str, str], today: date, least: int = 1
) -> Settled:
    """Bring ledger and record up to date; `titles` are the dataset's, which changes whenever anything in it does.

    A publication that brings changes is numbered by the record, and not below `least`.
    """
    told = snapshots(register)
    prints = {place: fingerprint(snapshot) for place, snapshot in told.items()}
    whole = {f"{kind}/{name}": mark for (kind, name), mark in prints.items()}
    whole |= {f"title {language}": title for language, title in titles.items()}
    listed = {place: (_first(names_in(snapshot)), prints[place]) for place, snapshot in told.items()}
    listed["dataset", register.dataset] = (_first(titles), fingerprint(whole))
    now, events = settle(ledger, listed, today)
    return Settled(now, history.record(past, now, told, least), events)


def _first(names: Mapping[str, str]) -> str:
    """Return the name in Finnish, else Swedish, else English, else the first there is."""
    return next((names[language] for language in LANGUAGES if language in names), next(iter(names.values()), ""))


@dataclass(frozen=True)
class Asked:
    """A question as a person reads it: what is new, the titles it may have had, and the answer as a line.

    The line says that it is the first of them; with "current" in place of its last cell it says that it is new.
    """

    kind: Kind
    title: str
    earlier: tuple[str, ...]
    answer: str


def ask(ledger: Ledger, question: Question) -> Asked:
    """Return a question in words; `ledger` is the one that has a row for what is asked about."""
    row = next(row for row in ledger.values() if (row.kind, row.key) == (question.kind, question.key))
    titles = tuple(f"{ledger[row.kind, slug].title} ({slug})" for slug in question.candidates)
    state = f"merged {question.proposed}" if question.proposed else CURRENT
    return Asked(row.kind, question.title, titles, line(replace(row, title=question.title, state=state)))


def tell(made: Sequence[Change], known: Mapping[tuple[Kind, str], Snapshot], language: str) -> Iterator[str]:
    """Yield changes as lines for people, one for each thing; names are the last that the record knows."""

    def name_of(kind: Kind, slug: str) -> str:
        return of(names_in(known.get((kind, slug), {})), language)

    places: dict[tuple[Kind, str], list[Change]] = {}
    for change in made:
        if change.kind != "dataset":
            places.setdefault((change.kind, change.slug), []).append(change)
    for (kind, slug), own in places.items():
        what = own[0].change
        said = [change_words(c.property, c.before, c.after, language, name_of) for c in own if c.property]
        facts = {
            "kind": say(f"page-kind-{kind}", language),
            "name": name_of(kind, slug) or slug,
            "slug": slug,
            "target": name_of(kind, own[0].after) or own[0].after,
            "changes": "; ".join(said),
        }
        yield say(f"change-{what}", language, **facts)
