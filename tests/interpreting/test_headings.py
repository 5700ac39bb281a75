"""What headings say: a sector, a status, a source of money, or nothing."""

from __future__ import annotations

import pytest

from hanke_lod.interpreting.headings import Headings
from hanke_lod.lexicon import Lexicon

CASES = """
Elinvoimatoimiala = sector
Hyvinvointitoimialan vapaa-aikapalvelut = sector
Sivistyspalvelut = sector
Tekninen toimi = sector
Ympäristöpalvelut = sector
Kirjasto = sector
Kulttuuri ja vapaa-aika = sector
Varhaiskasvatus = sector
Matkailu = sector
Työllisyys = sector
Bildning = sector
Tekniska sektorn = sector
Kultur och fritid = sector
Social- och hälsovård = sector
Education = sector
Technical services = sector
Culture and leisure = sector
Maaseutu = sector
Liikunta = sector
Nuorisopalvelut = sector
Käynnissä olevat hankkeet = status
Päättyneet hankkeet = status
Haettavat hankkeet = status
Hakuvaiheessa = status
Pågående projekt = status
Avslutade projekt = status
Ansökta projekt = status
Ongoing projects = status
Completed projects = status
Päättyneet = status
Käynnissä = status
EAKR = funding
ESR-hankkeet = funding
Euroopan aluekehitysrahasto = funding
Interreg Aurora = funding
Erasmus+ = funding
Leader-hankkeet = funding
LIFE = funding
EAKR-hankkeet = funding
Hankkeet = nothing
Hankeluettelo 2023 = nothing
Kemin kaupungin hankkeet = nothing
Projekt = nothing
Projects = nothing
Kunnan hankkeet = nothing
2022 = nothing
Pågående och nyligen avslutade projekt = nothing
Erityistavoite 2.1 = nothing
Liite 1 = nothing
Our projects = nothing
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_a_heading_says_one_thing(line: str) -> None:
    heading, kind = line.split(" = ")

    told = Headings.of(Lexicon.bundled()).read((heading,), "fi")

    said = [("sector", told.sectors), ("status", told.status), ("funding", told.funding)]
    assert [kind] == ([name for name, value in said if value] or ["nothing"])


def test_a_title_over_all_is_no_sector_unless_it_sounds_like_one() -> None:
    headings = Headings.of(Lexicon.bundled())

    assert () == headings.read(("Rannikon kehitys",), "fi", "Rannikon kehitys").sectors
    assert headings.read(("Elinvoimatoimiala",), "fi", "Elinvoimatoimiala").sectors
