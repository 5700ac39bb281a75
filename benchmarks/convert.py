"""How fast a list becomes RDF: entries a second from text, CSV and HTML, beside Morph-KGC on the same CSV.

    python benchmarks/convert.py [--entries 5000] [--runs 3] [--rival path/to/python/with/morph-kgc]

Every run is a process of its own, start and writing of N-Triples included; runs of the rivals alternate. Morph-KGC maps
columns that are already taken apart (a start, an end, an amount) by a mapping of the same facts: less work than reading
them out of cells as people write them. It is not a dependency: install it (`pip install morph-kgc`) into an
environment of its own. Figures depend on the machine and on what else runs on it: trust the ratios.
"""

from __future__ import annotations

import argparse
import csv
import html
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

NAMES = (
    "Silta",
    "Tie",
    "Koulu",
    "Satama",
    "Osaaja",
    "Verkosto",
    "Polku",
    "Hyvinvointi",
    "Digiloikka",
    "Vihreä siirtymä",
)
SECTORS = ("Elinvoima", "Sivistys", "Hyvinvointi", "Tekninen toimiala")
AGENTS = ("Kemin kaupunki", "Lapin ammattikorkeakoulu", "Lapin yliopisto", "Tornion kaupunki", "Kemin Satama Oy")
FUNDS = ("EAKR", "ESR", "Lapin liitto", "Opetushallitus", "Business Finland", "JTF")


class Row(NamedTuple):
    """A project as both are told of it."""

    number: int
    title: str
    sector: str
    start: str
    end: str
    agent: str
    fund: str
    amount: int

    @property
    def period(self) -> str:
        """The period as people write it."""
        first, last = (
            ".".join(part.lstrip("0") for part in reversed(day.split("-"))) for day in (self.start, self.end)
        )
        return (f"{first}–{last}", f"{self.start[:4]}–{self.end[:4]}", f"{first} - {last}")[self.number % 3]


def rows(count: int) -> Iterator[Row]:
    """Yield made-up projects, always the same."""
    chance = random.Random(1)
    for number in range(count):
        year = chance.randrange(2014, 2025)
        title = f"{chance.choice(NAMES)} {chance.choice(NAMES).lower()} {number}-hanke"
        dates = f"{year}-{chance.randrange(1, 13):02d}-01", f"{year + 2}-12-31"
        sector = SECTORS[number * len(SECTORS) // count]
        amount = chance.randrange(20, 900) * 1000
        yield Row(number, title, sector, *dates, chance.choice(AGENTS), chance.choice(FUNDS), amount)


def write_lists(folder: Path, held: Sequence[Row]) -> dict[str, Path]:
    """Write the lists as a municipality would, in three kinds, and the columns for the rival."""
    paths = {kind: folder / f"list.{kind}" for kind in ("txt", "csv", "html")} | {"rival": folder / "rival.csv"}
    text, page, sector = [], ["<!doctype html><html lang=fi><main><h1>Hankkeet</h1><ul>"], ""
    for row in held:
        if row.sector != sector:
            sector = row.sector
            text.append(f"\n{sector}\n")
            page.append(f"</ul><h2>{sector}</h2><ul>")
        said = f"{row.title} {row.period}, {row.fund}, toteuttaja {row.agent}"
        text.append(f" • {said}")
        page.append(f"<li>{html.escape(said)}</li>")
    paths["txt"].write_text("\n".join(text) + "\n", encoding="utf-8")
    paths["html"].write_text("\n".join(page) + "</ul></main></html>", encoding="utf-8")
    with paths["csv"].open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(("Toimiala", "Hanke", "Toteutusaika", "Toteuttaja", "Rahoitus", "Kokonaisbudjetti"))
        table.writerows(
            (r.sector, r.title, r.period, r.agent, r.fund, f"{r.amount:,} €".replace(",", " ")) for r in held
        )
    with paths["rival"].open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow((*Row._fields, "text"))
        table.writerows((*row, f"{row.sector}\t{row.title}\t{row.period}\t{row.agent}\t{row.fund}") for row in held)
    return paths


_HEAD = """\
@prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix hanke: <https://w3id.org/hanke/ns#> .
@prefix schema: <https://schema.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
"""
_BASE = "https://data.example.fi/id"
#: Subject, its class, and its properties: what each is made of, and its language or type ("" is an IRI's template).
_MAPS: Sequence[tuple[str, str, Sequence[tuple[str, str, str]]]] = (
    ("project/p{number}", "hanke:Project", (
        ("dcterms:title", "title", "@fi"), ("dcterms:identifier", "number", "xsd:string"),
        ("dcterms:temporal", "project/p{number}#period", ""), ("hanke:earliestStart", "start", "xsd:date"),
        ("hanke:latestEnd", "end", "xsd:date"), ("hanke:inSector", "sector/{sector}", ""),
        ("hanke:fundedFrom", "funding/{fund}", ""), ("hanke:implementer", "organisation/{agent}", ""),
        ("hanke:budget", "project/p{number}#budget", ""), ("prov:wasDerivedFrom", "source/list#{number}", ""),
    )),
    ("project/p{number}#period", "dcterms:PeriodOfTime", (
        ("dcat:startDate", "start", "xsd:date"), ("dcat:endDate", "end", "xsd:date"),
    )),
    ("project/p{number}#budget", "schema:MonetaryAmount", (("schema:value", "amount", "xsd:decimal"),)),
    ("source/list#{number}", "hanke:Entry", (
        ("hanke:originalText", "text", "xsd:string"), ("hanke:lineNumber", "number", "xsd:integer"),
        ("dcterms:isPartOf", "source/list", ""), ("foaf:primaryTopic", "project/p{number}", ""),
    )),
    ("organisation/{agent}", "foaf:Organization", (("foaf:name", "agent", "@fi"),)),
    ("funding/{fund}", "hanke:FundingSource", (("skos:prefLabel", "fund", "@fi"),)),
    ("sector/{sector}", "skos:Concept", (("skos:prefLabel", "sector", "@fi"),)),
)  # fmt: skip


def write_mapping(folder: Path, data: Path) -> Path:
    """Write the rival's mapping (RML) and configuration; return the configuration."""
    made = [_HEAD]
    for number, (subject, kind, properties) in enumerate(_MAPS):
        made.append(
            f'<#m{number}> rml:logicalSource [ rml:source "{data}" ; rml:referenceFormulation ql:CSV ] ;\n'
            f'  rr:subjectMap [ rr:template "{_BASE}/{subject}" ; rr:class {kind} ]'
        )
        for name, value, as_ in properties:
            if not as_:
                told = f'rr:template "{_BASE}/{value}"' if "{" in value else f"rr:constant <{_BASE}/{value}>"
            else:
                told = f'rml:reference "{value}" ; ' + (
                    f'rr:language "{as_[1:]}"' if as_.startswith("@") else f"rr:datatype {as_}"
                )
            made.append(f" ;\n  rr:predicateObjectMap [ rr:predicate {name} ; rr:objectMap [ {told} ] ]")
        made.append(" .\n")
    (folder / "mapping.ttl").write_text("".join(made), encoding="utf-8")
    config = folder / "morph.ini"
    config.write_text(
        f"[CONFIGURATION]\noutput_file: {folder / 'rival.nt'}\nnumber_of_processes: 1\nlogging_level: ERROR\n"
        f"[data]\nmappings: {folder / 'mapping.ttl'}\n",
        encoding="utf-8",
    )
    return config


def seconds(command: Sequence[str]) -> float:
    """Return the processor seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def has_rival(python: str) -> bool:
    """Tell whether Morph-KGC is there."""
    asked = subprocess.run([python, "-c", "import morph_kgc"], capture_output=True, check=False)
    return asked.returncode == 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rival", default=sys.executable, help="a Python that has morph-kgc")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_lists(folder, list(rows(asked.entries)))
        ours = [sys.executable, "-c", "from hanke_lod.cli import main; main()", "convert"]
        commands = {
            kind: [*ours, str(paths[kind]), "-o", str(folder / f"{kind}.nt")] for kind in ("txt", "csv", "html")
        }
        outputs = {kind: folder / f"{kind}.nt" for kind in commands}
        if has_rival(asked.rival):
            commands["Morph-KGC"] = [asked.rival, "-m", "morph_kgc", str(write_mapping(folder, paths["rival"]))]
            outputs["Morph-KGC"] = folder / "rival.nt"
        else:
            print("Morph-KGC is not installed: name a Python that has it with --rival.")
        taken: dict[str, list[float]] = {kind: [] for kind in commands}
        for _ in range(asked.runs):
            for kind, command in commands.items():
                taken[kind].append(seconds(command))
        speed = {}
        for kind, figures in taken.items():
            middle = statistics.median(figures)
            triples = outputs[kind].read_bytes().count(b"\n")
            speed[kind] = triples / middle
            print(
                f"{kind:10} {middle:6.2f} s  {asked.entries / middle:7.0f} entries/s  {triples / asked.entries:5.1f} "
                f"triples an entry  {triples / middle:8.0f} triples/s  ({min(figures):.2f}–{max(figures):.2f} s)"
            )
        if "Morph-KGC" in taken:
            ratios = [b / a for a, b in zip(taken["csv"], taken["Morph-KGC"], strict=True)]
            print(f"CSV against Morph-KGC: {statistics.median(ratios):.2f} × its entries/s, "
                  f"{speed['csv'] / speed['Morph-KGC']:.2f} × its triples/s")  # fmt: skip


if __name__ == "__main__":
    main()
