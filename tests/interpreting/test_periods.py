"""Periods: every way in which lists write them, and what looks like one and is none."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work import is_linear

from hanke_lod import texts
from hanke_lod.interpreting import periods
from hanke_lod.interpreting.periods import Found

# Each row: an id, the text, and the periods in it: "start/end", ".." for an open or unstated bound; or a problem.
# What stands after "L:" is known to be about the project's time.
DASHES = [
    ("hyphen", "1.1.2022-31.12.2023", "2022-01-01/2023-12-31"),
    ("en-dash", "Matkailun kasvu 1.1.2022–31.12.2023, EAKR", "2022-01-01/2023-12-31"),
    ("em-dash-spaced", "1.1.2022 — 31.12.2023", "2022-01-01/2023-12-31"),
    ("minus-sign", "1.1.2022 − 31.12.2023", "2022-01-01/2023-12-31"),
    ("no-break-hyphen", "1.1.2022‑31.12.2023", "2022-01-01/2023-12-31"),
    ("double-hyphen", "2022-01-01 -- 2023-12-31", "2022-01-01/2023-12-31"),
    ("space-before-only", "1.1.2022 –31.12.2023", "2022-01-01/2023-12-31"),
    ("space-after-only", "1.1.2022– 31.12.2023", "2022-01-01/2023-12-31"),
    ("no-break-and-thin-spaces", "1.1.2022\u00a0–\u200931.12.2023", "2022-01-01/2023-12-31"),
    ("line-break-after-dash", "1.5.2022–\n    30.4.2024.", "2022-05-01/2024-04-30"),
    ("line-breaks-around-dash", "1.1.2022\n–\n31.12.2023", "2022-01-01/2023-12-31"),
    ("dots", "1.1.2022...31.12.2023", "2022-01-01/2023-12-31"),
    ("arrow", "1.1.2022 → 31.12.2023", "2022-01-01/2023-12-31"),
    ("nothing-but-space", "Kemin kaupunki 1.1.2022 31.12.2022", "2022-01-01/2022-12-31"),
    ("brackets", "Reitit (1.6.2021 - 31.12.2022)", "2021-06-01/2022-12-31"),
    ("square-brackets", "Reitit [2021–2023]", "2021/2023"),
    ("glued-to-a-word", "Hanke1.1.2022–31.12.2023", "2022-01-01/2023-12-31"),
]
DAYS = [
    ("zeros", "01.01.2022-31.12.2023", "2022-01-01/2023-12-31"),
    ("spaces-in-dates", "1. 1. 2022 – 31. 12. 2023", "2022-01-01/2023-12-31"),
    ("year-of-the-start-missing", "1.3.-31.8.2022", "2022-03-01/2022-08-31"),
    ("year-missing-spaced", "Yritysneuvonta 1.2. – 31.12.2022 (AKKE)", "2022-02-01/2022-12-31"),
    ("no-full-stop-after-month", "Musikens hus 1.1–31.12.2022", "2022-01-01/2022-12-31"),
    ("two-digit-year", "Pelit 1.1.–31.12.22", "2022-01-01/2022-12-31"),
    ("two-digit-years", "1.3.22–28.2.23", "2022-03-01/2023-02-28"),
    ("day-only", "1.–30.6.2022", "2022-06-01/2022-06-30"),
    ("day-only-no-full-stop", "1-30.6.2022", "2022-06-01/2022-06-30"),
    ("one-day", "Avajaiset 15.6.2022", "2022-06-15/2022-06-15"),
    ("one-day-and-a-time", "1.2.2022 klo 9–15", "2022-02-01/2022-02-01"),
    ("leap-day", "1.3.2022–29.2.2024", "2022-03-01/2024-02-29"),
    ("start-a-year", "2021-31.12.2022", "2021/2022-12-31"),
    ("end-a-year", "1.6.2021–2023", "2021-06-01/2023"),
    ("slashes-are-day-first", "1/2/2022 – 31/12/2022", "2022-02-01/2022-12-31"),
    ("slashes-month-first-where-nothing-else-fits", "1/1/2022–12/31/2022", "2022-01-01/2022-12-31"),
    ("hyphens-in-dates", "1-1-2022 – 31-12-2022", "2022-01-01/2022-12-31"),
    ("iso", "2022-08-01 – 2023-07-31", "2022-08-01/2023-07-31"),
    ("iso-unspaced", "2023-01-01–2025-12-31", "2023-01-01/2025-12-31"),
    ("iso-interval", "2022-08-15/2024-08-14", "2022-08-15/2024-08-14"),
    ("iso-with-time", "L:2022-08-01 00:00:00", "2022-08-01/2022-08-01"),
    ("a-number-of-the-name-before", "kerhot pyörivät 4 2.8.2021-31.12.2022", "2021-08-02/2022-12-31"),
    ("a-number-and-a-dash-before", "Kerhot 4-2.8.2021", "2021-08-02/2021-08-02"),
]  # fmt: skip
MONTHS = [
    ("slash", "1/2021–12/2023", "2021-01/2023-12"),
    ("slash-zero", "L:01/2021", "2021-01/2021-01"),
    ("slash-spaced", "05 / 2022 – 10 / 2023", "2022-05/2023-10"),
    ("full-stop", "8.2021–7.2023", "2021-08/2023-07"),
    ("months-of-one-year", "1-6/2022", "2022-01/2022-06"),
    ("months-of-one-year-en-dash", "Kesäkausi 5–8/2022", "2022-05/2022-08"),
    ("short", "1/22–12/23", "2022-01/2023-12"),
    ("iso", "2022-01 – 2022-12", "2022-01/2022-12"),
    ("year-first", "2022/05–2023/04", "2022-05/2023-04"),
    ("hyphens", "08-2022 – 12-2023", "2022-08/2023-12"),
    ("fi", "syyskuu 2021 - toukokuu 2022", "2021-09/2022-05"),
    ("fi-capital-and-line-break", "JTF. Lokakuu 2022–syyskuu\n2025.", "2022-10/2025-09"),
    ("fi-one-year", "syys–joulukuu 2021", "2021-09/2021-12"),
    ("fi-one-year-whole-words", "elokuu–joulukuu 2022", "2022-08/2022-12"),
    ("fi-stems", "tammi-joulu 2022", "2022-01/2022-12"),
    ("fi-inflected", "uusittiin kesä–elokuussa 2021", "2021-06/2021-08"),
    ("fi-from-to", "tammikuusta 2021 joulukuuhun 2022", "2021-01/2022-12"),
    ("fi-from-to-one-year", "syyskuusta joulukuuhun 2021", "2021-09/2021-12"),
    ("fi-from-to-the-end-of", "tammikuusta 2021 marraskuun 2022 loppuun", "2021-01/2022-11-30"),
    ("fi-from", "elokuusta 2022", "2022-08/.."),
    ("fi-in", "toukokuussa 2022", "2022-05/2022-05"),
    ("fi-day-partitive", "1. tammikuuta 2022", "2022-01-01/2022-01-01"),
    ("fi-day-partitives", "1. maaliskuuta – 31. elokuuta 2022", "2022-03-01/2022-08-31"),
    ("fi-days-of-a-month", "1.–15. tammikuuta 2022", "2022-01-01/2022-01-15"),
    ("fi-day-genitive", "tammikuun 1. päivä 2022", "2022-01-01/2022-01-01"),
    ("sv", "maj 2022 - oktober 2023", "2022-05/2023-10"),
    ("sv-one-year", "augusti–december 2021", "2021-08/2021-12"),
    ("sv-short", "1 jan–30 juni 2022", "2022-01-01/2022-06-30"),
    ("sv-days", "den 1 januari 2022 – den 31 december 2022", "2022-01-01/2022-12-31"),
    ("sv-mars", "april 2022 – mars 2024", "2022-04/2024-03"),
    ("en", "March 2022 – February 2023", "2022-03/2023-02"),
    ("en-short", "Jan. 2022 – Dec. 2023", "2022-01/2023-12"),
    ("en-one-year", "Jan–Dec 2022", "2022-01/2022-12"),
    ("en-days", "1 Feb 2022 – 31 Dec 2023", "2022-02-01/2023-12-31"),
    ("en-day-after-month", "Feb 1, 2022", "2022-02-01/2022-02-01"),
    ("en-ordinal", "1st of January 2022", "2022-01-01/2022-01-01"),
    ("en-days-of-a-month", "1–15 January 2022", "2022-01-01/2022-01-15"),
]
YEARS = [
    ("range", "Digikunta 2020–2022", "2020/2022"),
    ("short", "2022-23", "2022/2023"),
    ("slash", "Kerhotoiminta 2021/2022", "2021/2022"),
    ("slash-short", "2021/22", "2021/2022"),
    ("last", "Liikunnallisen elämäntavan kehittäminen 2022", "2022/2022"),
    ("after-comma", "Tornion linja-autoasema, 2022", "2022/2022"),
    ("after-comma-unspaced", "Hanke,2022", "2022/2022"),
    ("before-comma", "COVID-19-toipuminen 2022, sosiaali- ja terveysministeriö", "2022/2022"),
    ("before-bracket", "Nordiskt kulturkliv 2023 (Nordisk kulturfond)", "2023/2023"),
    ("in-brackets", "Hautausmaan muuri (v. 2022)", "2022/2022"),
    ("a-sentence", "Kuljetusliike Ketola Oy. 2022.", "2022/2022"),
    ("before-line-break", "Messuhallin aurinkopaneelit 2023\nBusiness Finland", "2023/2023"),
    ("vuonna", "rakennetaan vuonna 2022 rantaan", "2022/2022"),
    ("vuosina", "Hanke toteutetaan vuosina 2022–2024", "2022/2024"),
    ("vuosien-aikana", "vuosien 2022–2024 aikana", "2022/2024"),
    ("vuoden-aikana", "vuoden 2022 aikana", "2022/2022"),
    ("v", "v.2022", "2022/2022"),
    ("list", "2022 ja 2023", "2022/2022 2023/2023"),
    ("list-vuosina", "vuosina 2022 ja 2023 toteutettu", "2022/2022 2023/2023"),
    ("list-of-three", "vuosina 2021, 2022 ja 2023", "2021/2021 2022/2022 2023/2023"),
    ("åren", "under åren 2021–2024", "2021/2024"),
    ("mellan", "mellan 2021 och 2023", "2021/2023"),
    ("år", "år 2022", "2022/2022"),
    ("in", "built in 2022 by the city", "2022/2022"),
    ("label", "L:2022", "2022/2022"),
    ("label-word", "L:vuosi 2022", "2022/2022"),
    ("label-programme-like", "L:2021–2027", "2021/2027"),
    ("exact-programme-years-of-a-project", "Hanke vuosina 2021–2027, EAKR", "2021/2027"),
]
SEASONS = [
    ("fi", "syksy 2022 – kevät 2023", "2022/2023"),
    ("fi-year-first", "L:2022 kevät – 2023 syksy", "2022/2023"),
    ("fi-in", "keväällä 2022", "2022/2022"),
    ("fi-one-year", "kevät–syksy 2022", "2022/2022"),
    ("fi-over-new-year", "syksy–kevät 2023", "2022/2023 period-year-assumed"),
    ("fi-from-to", "syksystä 2021 kevääseen 2023", "2021/2023"),
    ("fi-winter", "talvi 2022–2023", "2022/2023"),
    ("fi-terms", "syyslukukausi 2021 – kevätlukukausi 2023", "2021/2023"),
    ("fi-early-late", "loppuvuodesta 2022 alkuvuoteen 2024", "2022/2024"),
    ("fi-month-and-no-season", "kesä-syyskuu 2022", "2022-06/2022-09"),
    ("sv", "hösten 2022 – 2025", "2022/2025"),
    ("sv-term", "Tidskapslar, höstterminen 2022, Österbottens museum", "2022/2022"),
    ("en", "spring 2022 – autumn 2023", "2022/2023"),
    ("quarters", "Q1/2022 – Q3/2023", "2022/2023"),
    ("lv", "Suunnitelman päivitys lv. 2022–2023", "2022/2023"),
    ("lukuvuosi", "Lukuvuosi 2020–21.", "2020/2021"),
    ("lukuvuodet", "lukuvuodet 2022-2024", "2022/2024"),
    ("läsåret", "läsåret 2022/2023", "2022/2023"),
    ("school-years", "school years 2021–2022 and 2022–2023", "2021/2022 2022/2023"),
    ("academic-year", "academic year 2022-23", "2022/2023"),
]
OPEN = [
    ("alkaen-before", "alkaen 1.1.2023", "2023-01-01/.."),
    ("alkaen-after", "Senioripiste Lato, 1.1.2022 alkaen", "2022-01-01/.."),
    ("alkaen-toistaiseksi", "L:1.1.2022 alkaen toistaiseksi", "2022-01-01/.."),
    ("toistaiseksi-alkaen", "L:toistaiseksi, alkaen elokuu 2022", "2022-08/.."),
    ("lähtien", "matalan kynnyksen piste 2/2022 lähtien", "2022-02/.."),
    ("vuodesta-alkaen", "vuodesta 2022 alkaen", "2022/.."),
    ("vuoden-alusta", "vuoden 2023 alusta", "2023-01-01/.."),
    ("dash-last", "2024–", "2024/.."),
    ("dash-spaced-last", "L:1.6.2021 -", "2021-06-01/.."),
    ("dash-before-comma", "Borgåsen grundvatten, 2021–, i samarbete med", "2021/.."),
    ("dash-before-word", "Tervetuloa kylään 1.5.2022– Leader", "2022-05-01/.."),
    ("dash-toistaiseksi", "1.8.2022 – toistaiseksi", "2022-08-01/.."),
    ("dash-jatkuva", "1.1.2022-jatkuva", "2022-01-01/.."),
    ("arrow-last", "1.1.2022 →", "2022-01-01/.."),
    ("käynnistyi", "Hanke käynnistyi 1.3.2023.", "2023-03-01/.."),
    ("käynnistynyt", "1.3.2023 käynnistynyt kokeilu", "2023-03-01/.."),
    ("from-om", "Projekttid: fr.o.m. 1.9.2022", "2022-09-01/.."),
    ("fom", "fom 1.1.2022", "2022-01-01/.."),
    ("startade", "Projektet startade hösten 2022.", "2022/.."),
    ("tills-vidare", "1.1.2022 tills vidare", "2022-01-01/.."),
    ("since", "since March 2022", "2022-03/.."),
    ("from", "from 1 October 2021", "2021-10-01/.."),
    ("started", "started in March 2022", "2022-03/.."),
    ("onwards", "2022 onwards", "2022/.."),
    ("dash-first", "–2025", "../2025"),
    ("saakka", "Jatkuu 31.12.2025 saakka", "../2025-12-31"),
    ("asti", "jatkuu 31.12.2025 asti, Suomen Lähetysseuran kanssa", "../2025-12-31"),
    ("mennessä", "30.6.2021 mennessä", "../2021-06-30"),
    ("loppuun", "Hanke jatkuu vuoden 2022 loppuun.", "../2022-12-31"),
    ("loppuun-asti", "vuoden 2023 loppuun asti", "../2023-12-31"),
    ("loppuun-month", "marraskuun 2022 loppuun", "../2022-11-30"),
    ("päättynyt", "päättynyt 2021", "../2021"),
    ("päättynyt-after", "vuonna 2021 päättynyt hanke", "../2021"),
    ("loppunut", "Palveluseteli digiloikkaan, loppunut 30.6.2021", "../2021-06-30"),
    ("valmistunut", "valmistunut 31.5.2022", "../2022-05-31"),
    ("valmistuu", "valmistuu kesällä 2022", "../2022"),
    ("tom", "t.o.m. 31.12.2023", "../2023-12-31"),
    ("utgången-av", "t.o.m. utgången av 2023", "../2023-12-31"),
    ("avslutades", "avslutades i juni 2022", "../2022-06"),
    ("until", "CE marking clinic (until 30 June 2023)", "../2023-06-30"),
    ("end-of", "until the end of 2023", "../2023-12-31"),
    ("ended", "ended in June 2022", "../2022-06"),
]
WORDS = [
    ("till", "1.1.2022 till 31.12.2023", "2022-01-01/2023-12-31"),
    ("från-till-och-med", "från och med den 1 januari 2022 till och med den 31 december 2023", "2022-01-01/2023-12-31"),
    ("fom-tom", "fom 1.1.2022 tom 31.12.2023", "2022-01-01/2023-12-31"),
    ("from-to", "from 2022 to 2024", "2022/2024"),
    ("iso-to", "(2021-09-01 to 2023-08-31)", "2021-09-01/2023-08-31"),
    ("to", "January to June 2022", "2022-01/2022-06"),
    ("between", "between January 2022 and June 2023", "2022-01/2023-06"),
    ("from-beginning-to-end", "from the beginning of 2022 until the end of 2023", "2022-01-01/2023-12-31"),
    ("vuodesta-vuoteen", "vuodesta 2022 vuoteen 2024", "2022/2024"),
    ("alusta-loppuun", "vuoden 2022 alusta vuoden 2023 loppuun", "2022-01-01/2023-12-31"),
    ("alkaen-asti", "alkaen 1.1.2022 31.12.2023 asti", "2022-01-01/2023-12-31"),
    ("alkaen-saakka", "1.1.2022 alkaen 31.12.2023 saakka", "2022-01-01/2023-12-31"),
    ("alkaen-päättyen", "1.1.2022 alkaen ja päättyen 31.12.2023", "2022-01-01/2023-12-31"),
    ("ajalla", "ajalla 1.9.2021–31.12.2022", "2021-09-01/2022-12-31"),
    ("välisenä-aikana", "1.1.2022 ja 31.12.2023 välisenä aikana", "2022-01-01/2023-12-31"),
    ("toteutusaika-on", "sen toteutusaika on 1.5.2021–30.4.2024.", "2021-05-01/2024-04-30"),
    ("alkoi-ja-päättyy", "Hanke alkoi 1.10.2021 ja\npäättyy 30.9.2023.", "2021-10-01/2023-09-30"),
    ("alkoi-ja-se-päättyy", "Hanke alkoi 1.10.2021 ja se päättyy 30.9.2023.", "2021-10-01/2023-09-30 continues"),
    ("alkoi-syksyllä", "Hanke alkoi syksyllä 2020 ja päättyi keväällä\n2021.", "2020/2021"),
    ("startade-och-avslutades", "Projektet startade 1.3.2020 och avslutades 28.2.2023.", "2020-03-01/2023-02-28"),
    ("alku-loppu", "Alku 1.1.2022, loppu 31.12.2023", "2022-01-01/2023-12-31"),
    ("start-date-end-date", "Start date: 2022-01-01, end date: 2023-12-31", "2022-01-01/2023-12-31"),
    ("haettu-ajalle", "Haettu\najalle 1.9.2023–31.8.2025.", "2023-09-01/2025-08-31"),
    ("för-tiden", "har beviljats stöd för tiden 1.10.2022–30.9.2026", "2022-10-01/2026-09-30"),
    ("noin", "L:noin 2022–2024", "2022/2024 period-about"),
    ("end-without-year", "1.3.2022–31.8.", "2022-03-01/2022-08-31 period-end-year-assumed"),
    ("start-in-the-year-before", "1.10.–31.3.2023", "2022-10-01/2023-03-31 period-year-assumed"),
]
SEVERAL = [
    ("two", "1.4.2019–31.10.2019 ja 1.4.2020–31.10.2020", "2019-04-01/2019-10-31 2020-04-01/2020-10-31"),
    ("two-of-one-year", "1.1.–30.6. ja 1.9.–31.12.2022", "2022-01-01/2022-06-30 2022-09-01/2022-12-31"),
    ("the-last-open", "2022–2023 ja 2024–", "2022/2023 2024/.."),
    ("extended-asti", "1.1.2021–31.12.2022, jatkettu 30.6.2023 asti", "2021-01-01/2023-06-30"),
    ("extended-until", "1 May 2020 – 30 April 2022, extended until 31 October 2022", "2020-05-01/2022-10-31"),
    ("extended-till", "1.1.2022–31.12.2023, förlängt till 30.6.2024", "2022-01-01/2024-06-30"),
    ("extended-granted", "1.6.2022–30.11.2023, jatkoaikaa myönnetty 31.5.2024 saakka", "2022-06-01/2024-05-31"),
    ("extended-by-a-range", "1.1.2022–31.12.2023, jatkoaika 1.1.–30.6.2024", "2022-01-01/2024-06-30"),
    ("extended-to-the-end-of", "2022–2023, pidennetty vuoden 2024 loppuun", "2022/2024-12-31"),
    ("extended-in-brackets", "1.1.2022–31.12.2023 (jatkoaika 30.6.2024 saakka)", "2022-01-01/2024-06-30 continues"),
    ("extended-alone", "jatkoaika 30.6.2024 saakka", "../2024-06-30"),
    ("extension-applied-for", "1.1.2022–31.12.2023, jatkoaikaa haettu 15.1.2023", "2022-01-01/2023-12-31"),
    ("extended-jatko", "L:1.5.2022-30.4.2024; jatko 31.12.2024", "2022-05-01/2024-12-31 continues"),
    ("the-end-told-better", "vuosina 2022–2023. Hanke päättyy 30.6.2023.", "2022/2023-06-30 continues"),
    ("a-day-beside-the-period", "1.1.2022–31.12.2023. Seminaari oli 12.5.2022.", "2022-01-01/2023-12-31"),
    ("a-decision-beside-it", "1.1.2021–30.6.2023. Päätös 14.12.2020.", "2021-01-01/2023-06-30"),
    ("a-call-beside-it", "Hakuaika päättyi 30.9.2021, hanke alkaa 1.1.2022.", "2022-01-01/.."),
    ("a-programme-beside-it", "Osaava Suomi 2021–2027 -ohjelma, 1.8.2022–31.7.2024", "2022-08-01/2024-07-31"),
    ("a-number-beside-it", "EURA 2014/9876/09 02 01 01/2020/PSL, 1.9.2020–31.8.2022", "2020-09-01/2022-08-31"),
    ("a-vision-beside-it", "master plan Kemi 2030 (EAKR) 1.10.2021-30.4.2023", "2021-10-01/2023-04-30"),
    ("a-vision-before-a-dash", "master plan Kemi 2030 – 1.10.2021-30.4.2023", "2021-10-01/2023-04-30"),
    ("a-name-beside-it", "opetussuunnitelma 2024 1.8.2022–31.7.2024", "2022-08-01/2024-07-31"),
]  # fmt: skip
NONE = [
    ("vision", "Kemi 2030"),
    ("vision-of-three-words", "Hiilineutraali Joensuu 2025"),
    ("vision-word", "Visio 2035"),
    ("agenda", "Agenda 2030"),
    ("suomi-100", "Suomi 100 -puisto"),
    ("year-in-compound", "Kaukametsä 2025 -hanke"),
    ("year-glued", "Taitaja2021-tapahtuma"),
    ("year-in-a-sentence", "Jukola 2024 Juvalla?"),
    ("year-far-away", "Rippikoulu 2030, yhteistyössä Pälkäneen seurakunnan kanssa"),
    ("target-year", "Hiilineutraali kunta vuoteen 2030 mennessä"),
    ("road-to", "Road to 2030"),
    ("version", "Vammaisten lasten perhehoito 2.0"),
    ("disease", "COVID-19"),
    ("club", "4H-kerhot kouluille"),
    ("programme-compound", "2021–2027 -ohjelma"),
    ("programme-period", "EU:n ohjelmakausi 2021–2027"),
    ("programme-fund", "EAKR 2014–2020"),
    ("programme-interreg", "Interreg Aurora 2021–2027"),
    ("programme-name", "Kestävää kasvua ja työtä 2014–2020"),
    ("programme-any", "Koulu 2022–2025 -ohjelma"),
    ("programmperiod", "programperioden 2021–2027"),
    ("updated-fi", "Sivu päivitetty viimeksi: 3.5.2023"),
    ("updated-sv", "Senast uppdaterad 17.4.2023"),
    ("updated-en", "updated 2 May 2023"),
    ("decided", "Kunnanhallitus hyväksyi\nhankesuunnitelman 22.11.2021."),
    ("decided-section", "Kirkkoneuvosto 15.2.2023 § 21"),
    ("decision-expected", "Päätös odotettavissa syksyllä 2023"),
    ("granted-year", "avustus myönnetty 2022"),
    ("applied-fi", "hakemus jätetty 30.1.2023"),
    ("applied-by", "hakemus jätettävä 31.3.2023 mennessä"),
    ("applied-sv", "Ansökan om LEADER-stöd har lämnats in till Leader Åland r.f. 15.9.2022."),
    ("call", "Hakuaika 1.2.–31.3.2023"),
    ("report", "Väliraportti 30.6.2023 mennessä"),
    ("situation", "Hankkeet 1.1.2022 tilanne"),
    ("budget-year", "Talousarvio 2022"),
    ("section", "§ 45/2022"),
    ("diary-number", "dnro 12/2022"),
    ("long-diary-number", "Dnro 123/2022"),
    ("law", "asetus (EU) 2021/1060"),
    ("standard", "ISO 9001:2015"),
    ("code", "A-12/2022"),
    ("phone", "puh. 040 2022 123"),
    ("postcode", "00100 Helsinki"),
    ("money", "35 200,50 €"),
    ("money-like-a-year", "2022 €"),
    ("percentage", "50–60 %"),
    ("age-fi", "15–29-vuotiaat"),
    ("age-sv", "barn 7-12 år"),
    ("hours", "klo 9–15"),
    ("hours-and-minutes", "12.30–14.00"),
    ("pages", "s. 12–15"),
    ("around-the-clock", "apua 24/7"),
    ("objective", "erityistavoite 4.1"),
    ("objective-before-year", "erityistavoite 4.1. 2022"),
    ("action-line", "toimintalinja 3"),
    ("old-years", "vuosina 1950–1960 syntyneet"),
    ("duration-fi", "Kesto 18 kk"),
    ("duration-years", "L:3 vuotta"),
    ("duration-en", "L:18 months"),
    ("unknown", "L:ei vielä tiedossa"),
    ("a-month-name-is-a-word", "This may help"),
    ("days-without-year", "toimenpide 1.2. ja 1.3."),
    ("applied-extension", "Jatkoaikaa haettu 15.1.2023"),
]
PROBLEMS = [
    ("31-february", "1.1.2022–31.2.2023", "period-impossible"),
    ("month-13", "15.13.2022 alkaen", "period-impossible"),
    ("month-13-of-months", "13/2022–2/2023", "period-impossible"),
    ("no-leap-year", "29.2.2023–31.12.2023", "period-impossible"),
    ("no-leap-year-told-by-the-end", "29.2.–31.12.2023", "period-impossible"),
    ("day-0", "0.1.2022–31.12.2022", "period-impossible"),
    ("day-32", "32.1.2022", "period-impossible"),
    ("five-digit-year", "1.1.2022–31.12.20233", "period-impossible"),
    ("year-far-off", "1.1.2022–31.12.2203", "period-impossible"),
    ("reversed-days", "1.9.2023–31.8.2022", "period-reversed"),
    ("reversed-months", "12/2023–1/2022", "period-reversed"),
    ("reversed-years", "2024–2022", "period-reversed"),
    ("no-year", "Kylät verkossa 1.1.–31.12.", "period-year-missing"),
    ("no-year-labelled", "L:elokuu–toukokuu", "period-year-missing"),
    ("doubted", "Suoltijoki-hanke 2023?–2024", "period-doubtful"),
]  # fmt: skip
GROUPS = {
    "dashes": DASHES, "days": DAYS, "months": MONTHS, "years": YEARS, "seasons": SEASONS, "open": OPEN, "words": WORDS,
    "several": SEVERAL, "none": [(name, text, "") for name, text in NONE], "problems": PROBLEMS,
}  # fmt: skip
ROWS = [pytest.param(text, said, id=f"{group}:{name}") for group, rows in GROUPS.items() for name, text, said in rows]


def read(text: str) -> list[Found]:
    """Return what is found in a text, after "L:" as the value of a label."""
    return periods.find(text.removeprefix("L:"), labelled=text.startswith("L:"))


def said(found: Found) -> str:
    """Return what was found as the tables write it."""
    if found.period is None:
        return found.problem or "continues"
    bounds = "/".join(str(bound) if bound else ".." for bound in (found.period.start, found.period.end))
    return f"{bounds} {found.assumed}".strip()


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_a_notation_is_read_as_a_careful_reader_reads_it(text: str, expected: str) -> None:
    assert expected == " ".join(map(said, read(text)))


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(ROWS) >= 170
    assert len({row.id for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "taken", "written"),
    [
        ("Polku vuosina 2020–2022 metsään", "vuosina 2020–2022", "2020–2022"),
        ("ajalla 1.1.–30.6.2022.", "ajalla 1.1.–30.6.2022", "1.1.–30.6.2022"),
        ("Toteutusaika: 2022–2023, EAKR", "Toteutusaika: 2022–2023", "2022–2023"),
        ("jatkuu vuoden 2022 loppuun asti.", "jatkuu vuoden 2022 loppuun asti", "jatkuu vuoden 2022 loppuun asti"),
        ("Piste 1.1.2023 alkaen (STEA)", "1.1.2023 alkaen", "1.1.2023 alkaen"),
        ("Koulu 2021-31.12.2022", "2021-31.12.2022", "2021-31.12.2022"),
    ],
)
def test_leading_and_trailing_words_belong_to_what_is_taken(text: str, taken: str, written: str) -> None:
    (found,) = read(text)

    assert taken == text[found.start : found.end]
    assert found.period is not None
    assert written == found.period.written


def test_a_list_is_taken_with_the_words_between() -> None:
    text = "vuosina 2022 ja 2023"

    assert ["vuosina 2022 ja", "2023"] == [text[found.start : found.end] for found in read(text)]


def test_an_extension_that_stands_apart_is_taken_and_tells_of_the_period_before() -> None:
    first, second = read("1.1.2022–31.12.2023. Hankkeelle saatiin jatkoaikaa 30.6.2024 saakka.")

    assert ("2022-01-01/2024-06-30", "continues") == (said(first), said(second))
    assert first.period is not None
    assert "1.1.2022–31.12.2023 … jatkoaikaa 30.6.2024 saakka" == first.period.written


@pytest.mark.parametrize(
    ("text", "lone"), [("Avajaiset 15.6.2022", True), ("vuonna 2022", True), ("2022–", False), ("1.–15.6.2022", False)]
)
def test_a_single_date_says_that_it_is_lone(text: str, lone: bool) -> None:
    assert [lone] == [found.lone for found in read(text)]


def test_only_the_given_part_is_read() -> None:
    text = "1.1.2020–31.12.2020\t2021\t1.1.2022–31.12.2022"

    (found,) = periods.find(text, 20, 24, labelled=True)

    assert (20, 24, "2021/2021") == (found.start, found.end, said(found))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1.1.2022", "31.12.2023", "2022-01-01/2023-12-31"),
        ("1.3.", "31.8.2022", "2022-03-01/2022-08-31"),
        ("2022", "2024", "2022/2024"),
        ("6/2022", "10/2022", "2022-06/2022-10"),
        ("mars 2022", "februari 2023", "2022-03/2023-02"),
        ("2022-08-01 00:00:00", "2023-12-31 00:00:00", "2022-08-01/2023-12-31"),
        ("1.6.2021 ", "", "2021-06-01/.."),
        ("2023", "–", "2023/.."),
        ("1.1.2022 alkaen", "", "2022-01-01/.."),
        ("1.6.2021", "toistaiseksi", "2021-06-01/.."),
        ("", "31.5.2023", "../2023-05-31"),
        ("2022–2024", "", "2022/2024"),
        ("31.2.2022", "31.12.2022", "period-impossible"),
        ("1.1.2024", "31.12.2022", "period-reversed"),
    ],
)
def test_two_cells_are_one_period(start: str, end: str, expected: str) -> None:
    found = periods.combine(start, end)

    assert found is not None
    assert expected == said(found)


@pytest.mark.parametrize(("start", "end"), [("", ""), ("-", "–"), ("kesken", "")])
def test_two_cells_without_a_date_are_none(start: str, end: str) -> None:
    assert periods.combine(start, end) is None


def test_every_remark_has_its_text() -> None:
    named = {word for row in ROWS for word in str(row.values[1]).split() if word.startswith("period-")}

    assert [] == sorted(name for name in named if not texts.has(name))
    assert len(named) >= 6


PIECES = st.sampled_from(
    ["1.1.2022", "31.12.2023", "1.3.", "31.2.2022", "2022", "2024", "23", "1/2022", "–", "-", "vuosina", "ja", "alkaen",
     "asti", "loppuun", "vuoden", "till och med", "from", "until", "jatkettu", "päättyi", "käynnistyi", "haettu",
     "kevät", "syyskuu", "2021-22", ",", ".", "(", ")", "?", ":", ";", "\n", "\t", "€", "EAKR", "ohjelma", "Kemi"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES).map("".join)))
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    for labelled in (False, True):
        position = 0
        for found in periods.find(text, labelled=labelled):
            assert position <= found.start < found.end <= len(text)
            assert (found.period is None) == bool(found.problem or found.continues)
            position = found.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_cells_give_a_period_or_none(start: str, end: str) -> None:
    found = periods.combine(start, end)

    assert found is None or found.period or found.problem or found.continues


@pytest.mark.parametrize(
    ("piece", "length"),
    [("1.1.2022–", 100_000), ("-", 100_000), ("–", 100_000), ("1", 100_000), ("2022–", 30_000), ("1.", 30_000),
     ("2022", 30_000), ("1-", 30_000), ("1.1.", 30_000), ("vuosina ", 30_000), ("alkaen ja ", 30_000), (" ", 100_000),
     ("\n", 100_000), ("2022, ", 30_000), ("jatkettu 1.1.2022, ", 30_000), ("tammi-", 30_000), ("(", 30_000),
     ("?", 30_000), ("1/1/", 30_000), ("1 tammikuu", 30_000), ("till och ", 30_000)],
)  # fmt: skip
def test_long_texts_are_work_in_proportion(piece: str, length: int) -> None:
    assert is_linear(lambda text: periods.find(text, labelled=True), piece, length // 10)


def test_nothing_is_compiled_at_import() -> None:
    code = (
        "from hanke_lod.interpreting import dates, money, periods;"
        "print(*(made.cache_info().currsize for made in (dates._writings, periods._grammar, money._sums, money._cues)))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "0 0 0 0" == made.strip()
