"""Names of organisations: base forms, lists of them, known ones in any form."""

from __future__ import annotations

import pytest

from hanke_lod.interpreting.names import Names, base_form, kind_of, organisation_named
from hanke_lod.interpreting.splitting import shared_head, split
from hanke_lod.lexicon import Lexicon


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(Lexicon.bundled())


BASES = """
Mieli ry:n = Mieli ry
Kemin Satama Oy:n = Kemin Satama Oy
Kemin Satama Oy:ltä = Kemin Satama Oy
Visit Levi Oy:lle = Visit Levi Oy
Lapin liitolta = Lapin liitto
Lapin liiton = Lapin liitto
Iin kunnan = Iin kunta
Iin kunnalta = Iin kunta
Iin kunnalle = Iin kunta
Kemin kaupungin = Kemin kaupunki
Kemin kaupungilla = Kemin kaupunki
Oulun yliopiston = Oulun yliopisto
Oulun yliopistolta = Oulun yliopisto
Oulun yliopistossa = Oulun yliopisto
Kemin kaupunginteatterin = Kemin kaupunginteatteri
Kemin taidemuseon = Kemin taidemuseo
Sallan seurakunnan = Sallan seurakunta
Sallan seurakunnalle = Sallan seurakunta
Lapin ELY-keskuksen = Lapin ELY-keskus
Lapin ELY-keskukselta = Lapin ELY-keskus
Kylien kehitysyhdistyksen = Kylien kehitysyhdistys
Rannan säätiön = Rannan säätiö
Rannan säätiöltä = Rannan säätiö
Pohjolan instituutin = Pohjolan instituutti
Kivalo-opiston = Kivalo-opisto
Kivalo-opistolla = Kivalo-opisto
Rannan ammattikorkeakoulun = Rannan ammattikorkeakoulu
Rannan ammattiopiston = Rannan ammattiopisto
Rannan kuntayhtymän = Rannan kuntayhtymä
Rannan kuntayhtymältä = Rannan kuntayhtymä
ympäristöministeriön = ympäristöministeriö
ympäristöministeriöltä = ympäristöministeriö
Rannan kirjaston = Rannan kirjasto
Rannan koulun = Rannan koulu
Rannan lukion = Rannan lukio
Rannan pelastuslaitoksen = Rannan pelastuslaitos
Rannan sairaalan = Rannan sairaala
Rannan seuran = Rannan seura
Rannan osuuskunnan = Rannan osuuskunta
Rannan osuuskaupan = Rannan osuuskauppa
Rannan pankin = Rannan pankki
Rannan satamalta = Rannan satama
Rannan hyvinvointialueen = Rannan hyvinvointialue
Rannan hyvinvointialueelta = Rannan hyvinvointialue
Rannan lautakunnan = Rannan lautakunta
Rannan viraston = Rannan virasto
Rannan toimikunnan = Rannan toimikunta
Rannan neuvoston = Rannan neuvosto
Rannan orkesterin = Rannan orkesteri
Rannan järjestön = Rannan järjestö
Rannan yrityksen = Rannan yritys
Rannan yhtiön = Rannan yhtiö
THL:n = THL
SPR:ltä = SPR
Luulajan teknillisen yliopiston = Luulajan teknillinen yliopisto
Kemin kaupunki = Kemin kaupunki
Oulun yliopisto = Oulun yliopisto
Mieli ry = Mieli ry
Hanken = Hanken
Folkhälsan = Folkhälsan
Jätehuollon = Jätehuollon
Visit Levi = Visit Levi
"""
PAIRS = [tuple(line.split(" = ")) for line in BASES.strip().splitlines()]


def test_there_are_sixty_base_forms() -> None:
    assert len(PAIRS) >= 60


@pytest.mark.parametrize(("written", "base"), PAIRS)
def test_a_name_comes_out_in_its_base_form(written: str, base: str) -> None:
    assert base == base_form(written, "fi")[0]


@pytest.mark.parametrize("written", ["Werstaan", "Oulun Vihreän", "Nivoksen"])
def test_a_form_that_is_not_known_stays_and_is_unsure(written: str) -> None:
    assert (written, False) == base_form(written, "fi", inflected=True)


@pytest.mark.parametrize(("written", "base"), [("Karelian", "Karelia"), ("Mhy Pirkanmaan", "Mhy Pirkanmaa")])
def test_a_genitive_that_needs_no_other_letters_loses_its_n(written: str, base: str) -> None:
    assert (base, True) == base_form(written, "fi", inflected=True)
    assert (written, True) == base_form(written, "fi")


LISTS = """
Kemin kaupunki, Tornion kaupunki = Kemin kaupunki | Tornion kaupunki
Kemin kaupunki ja Tornion kaupunki = Kemin kaupunki | Tornion kaupunki
Kemin kaupunki sekä Tornion kaupunki = Kemin kaupunki | Tornion kaupunki
Kemin kaupunki, Tornion kaupunki ja Simon kunta = Kemin kaupunki | Tornion kaupunki | Simon kunta
Kemin kaupunki; Tornion kaupunki = Kemin kaupunki | Tornion kaupunki
Kivalo-opisto/Pohjantähtiopisto = Kivalo-opisto | Pohjantähtiopisto
Lapin liitto / EAKR = Lapin liitto | EAKR
Opetus- ja kulttuuriministeriö = Opetus- ja kulttuuriministeriö
Opetus- ja kulttuuriministeriö ja Kemin kaupunki = Opetus- ja kulttuuriministeriö | Kemin kaupunki
Jenny ja Antti Wihurin rahasto = Jenny ja Antti Wihurin rahasto
Taike ja Jenny ja Antti Wihurin rahasto = Taike | Jenny ja Antti Wihurin rahasto
Sosiaali- ja terveysjärjestöjen avustuskeskus, STM = Sosiaali- ja terveysjärjestöjen avustuskeskus | STM
Närings-, trafik- och miljöcentralen = Närings-, trafik- och miljöcentralen
Vasa stad och Umeå kommun = Vasa stad | Umeå kommun
Vasa stad samt Umeå kommun = Vasa stad | Umeå kommun
City of Kotka and Cursor Oy = City of Kotka | Cursor Oy
City of Kotka, the University of Oulu and the Port of Oulu = City of Kotka | University of Oulu | Port of Oulu
Ministry of Education and Culture = Ministry of Education and Culture
Kemi & Tornio = Kemi | Tornio
Me & MyCity = Me & MyCity
Elävien vesien ja metsien yhdistys = Elävien vesien ja metsien yhdistys
Vaarojen ja vesien Leader ry, Luke = Vaarojen ja vesien Leader ry | Luke
Centret för lärande och sysselsättning, UKM = Centret för lärande och sysselsättning | UKM
Kemin kaupunki ja kyläyhdistys = Kemin kaupunki | kyläyhdistys
Kemin kaupunki ja paikalliset yritykset = Kemin kaupunki | paikalliset yritykset
Suomen Punainen Risti, Hämeen piiri = Suomen Punainen Risti, Hämeen piiri
Kemi, ja Tornio = Kemi | Tornio
Nordic Steel, Ltd, Kemi = Nordic Steel, Ltd | Kemi
VTT (Espoo, Oulu), Luke = VTT (Espoo, Oulu) | Luke
EAKR 70 %, kunnat 20 % = EAKR | kunnat
80 % EAKR, 20 % Oulun kaupunki = EAKR | Oulun kaupunki
mm. Sitra, Kuntaliitto = Sitra | Kuntaliitto
Mikkelin kaupungin lisäksi Juva = Mikkelin kaupungin | Juva
Alueiden kestävän kasvun ja elinvoiman tukeminen = Alueiden kestävän kasvun ja elinvoiman tukeminen
"""


@pytest.mark.parametrize("line", LISTS.strip().splitlines())
def test_a_list_is_split_and_a_name_is_not(line: str, names: Names) -> None:
    text, parts = line.split(" = ")

    assert parts.split(" | ") == [text[a:b] for a, b in split(text, 0, len(text), names)]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        (
            "Tornion, Kemin ja Keminmaan seurakuntien",
            ["Tornion seurakunta", "Kemin seurakunta", "Keminmaan seurakunta"],
        ),
        ("Kemin ja Tornion kaupungit sekä Simon kunta", ["Kemin kaupunki", "Tornion kaupunki", None]),
        ("Pieksämäen ja Juvan kirjastot", ["Pieksämäen kirjasto", "Juvan kirjasto"]),
        ("Lapin ja Kainuun ELY-keskukset", ["Lapin ELY-keskus", "Kainuun ELY-keskus"]),
        ("Kymenlaakson kuntien", [""]),
        ("Oulun yliopisto ja Kemin kaupunki", [None, None]),
    ],
)
def test_a_plural_head_is_shared(text: str, full: list[str | None], names: Names) -> None:
    assert full == shared_head(text, split(text, 0, len(text), names))


KNOWN = """
Lapin yliopiston = lapin-yliopisto
Lapin yliopistolle = lapin-yliopisto
University of Lapland = lapin-yliopisto
Lapplands universitet = lapin-yliopisto
Oulun yliopistolta = oulun-yliopisto
University of Oulu = oulun-yliopisto
the University of Oulu = oulun-yliopisto
Aalto-yliopiston = aalto-yliopisto
Aalto University = aalto-yliopisto
Åbo Akademi = abo-akademi
Åbo Akademis = abo-akademi
Savonian = savonia
Savonia-ammattikorkeakoulun = savonia
Karelian = karelia-amk
Karelia-ammattikorkeakoulun = karelia-amk
Luken = luke
Luonnonvarakeskuksen = luke
Luonnonvarakeskukselta = luke
THL:n = thl
Traficomin = traficom
Traficomilta = traficom
Liikenne- ja viestintäviraston = traficom
Sitran = sitra
Sitralta = sitra
Business Finlandin = business-finland
Business Finlandilta = business-finland
STEA:n = stea
STEAlta = stea
Museoviraston = museovirasto
Museovirastolta = museovirasto
Museiverket = museovirasto
Opetushallituksen = opetushallitus
OPH:lta = opetushallitus
Utbildningsstyrelsen = opetushallitus
Lapin ELY-keskuksen = lapin-ely-keskus
Lapin ELY-keskukselta = lapin-ely-keskus
Lapin ELY = lapin-ely-keskus
Metsähallituksen = metsahallitus
Forststyrelsen = metsahallitus
Kemin kaupungin = kemin-kaupunki
City of Kemi = kemin-kaupunki
Kemi stad = kemin-kaupunki
Akaan kaupungilta = akaan-kaupunki
Taiken = taike
Kirkkohallituksen = kirkkohallitus
"""


@pytest.mark.parametrize("line", KNOWN.strip().splitlines())
def test_a_known_name_is_found_in_any_form(line: str, names: Names) -> None:
    text, key = line.split(" = ")

    assert key == organisation_named(text, "fi", names)[0].key


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Rannan säätiö", "foundation"), ("Visit Levi Oy", "company"), ("Mieli ry", "association"),
        ("Rannan kuntayhtymä", "joint-authority"), ("Iin kunta", "municipality"), ("Vasa universitet", "university"),
        ("Sallan seurakunta", "church"), ("Rannan ammattikorkeakoulu", "applied-university"), ("Sintef", ""),
    ],
)  # fmt: skip
def test_a_name_tells_its_kind(name: str, kind: str) -> None:
    assert kind == kind_of(name)


@pytest.mark.parametrize(
    "name",
    [
        "Kemi Hamn Ab",
        "Trondheim Havn IKS",
        "Tartu Ülikool",
        "Region of Gotland",
        "Umeå kommun",
        "Arthur Hellmans fond",
        "Baltic Sea Foundation",
        "Suur-Savon Osuuskauppa",
    ],
)
def test_an_unknown_organisation_is_known_by_its_look(name: str, names: Names) -> None:
    assert names.looks_like_organisation(name)


@pytest.mark.parametrize(
    "name", ["Kestävä matkailu", "Vihreä kasvu", "Uusi ohjelma", "", "12 000", "ry", "Rantojen kunnostus"]
)
def test_a_project_s_name_does_not_look_like_an_organisation(name: str, names: Names) -> None:
    assert not names.looks_like_organisation(name)
