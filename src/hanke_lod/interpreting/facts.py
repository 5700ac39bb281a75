"""What an entry has been found to say so far: collected while its text is read, then made a project."""

from __future__ import annotations

from dataclasses import dataclass, field

from hanke_lod.interpreting.plain import Plain
from hanke_lod.interpreting.spans import Taken
from hanke_lod.interpreting.vocabulary import words
from hanke_lod.model import (
    Entry,
    FundingSource,
    Money,
    Organisation,
    Participation,
    Period,
    Project,
    Remark,
    Role,
    Sector,
    Span,
    Status,
)


def _is_generic(one: Organisation, other: Organisation) -> bool:
    """Tell whether an organisation is named only by its kind, and another of that kind by its name: "kunta"."""
    name = next(iter(one.names.values())).lower()
    return name in words("body") and next(iter(other.names.values())).lower().endswith(" " + name)


@dataclass
class Facts:
    """The facts of one entry, each once and in the order found."""

    entry: Entry
    language: str
    plain: Plain
    taken: Taken
    titles: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    sectors: list[Sector] = field(default_factory=list)
    participations: dict[Participation, None] = field(default_factory=dict)
    funding: dict[FundingSource, None] = field(default_factory=dict)
    budget: Money | None = None
    status: Status | None = None
    homepage: str = ""
    remarks: list[Remark] = field(default_factory=list)
    #: A labelled part holds the period: then years in the name are the name's own.
    dated: bool = False

    def takes_part(self, role: Role, organisation: Organisation) -> None:
        """Note an organisation's role; a stated role replaces an unstated one."""
        for part in list(self.participations):
            if part.role == role and part.organisation != organisation:
                if _is_generic(organisation, part.organisation):
                    return
                if _is_generic(part.organisation, organisation):
                    del self.participations[part]
        unstated = Participation("participant", organisation)
        if role == "participant" and any(p.organisation.key == organisation.key for p in self.participations):
            return
        if role != "participant":
            self.participations.pop(unstated, None)
        self.participations[Participation(role, organisation)] = None

    def remark(self, text: str, written: str, **more: str) -> None:
        """Note something unclear."""
        self.remarks.append(Remark(text, self.entry.place, facts=(("written", written), *more.items())))

    def _all(self) -> tuple[Span, ...]:
        """Return the span of a text of which nothing is seen."""
        return (Span(0, len(self.entry.text), "separator"),) if self.entry.text else ()

    def project(self, title: str) -> Project:
        """Return the project that the facts make."""
        return Project(
            entry=self.entry,
            spans=tuple(Span(*self.plain.back(s.start, s.end), s.kind) for s in self.taken.complete()) or self._all(),
            language=self.language,
            title=title,
            description=" ".join(self.descriptions),
            periods=tuple(self.periods),
            sectors=tuple(self.sectors),
            participations=tuple(self.participations),
            funding=tuple(self.funding),
            budget=self.budget,
            status=self.status,
            homepage=self.homepage,
            remarks=tuple(self.remarks),
        )
