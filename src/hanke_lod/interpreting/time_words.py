"""The words that say something of time: what the grammar of periods knows, as data."""

from __future__ import annotations

from collections.abc import Mapping

#: The words that say something of time, by the letter of their kind (`Vocabulary` tells how they are written).
WORDS: Mapping[str, str] = {
    # that lead to the project's time and belong to it; c: what was applied for or granted is for it; y, _: weakly
    "l": "vv vuosina vuosien vuosilla vuodet vuonna vuosi ajalla aikaväli* ajanjakso* kausi kaudella lukuvuo* "
    "toimintavuo* toteutusai* toteutusaja* hankeai* hankeaja* hankekausi kesto aikataulu lv lkv v. åren år under "
    "period* läsår* skolår* verksamhetsår* tiden projekttid* in during year years school_year* academic_year* "
    "duration",
    "c": "ajalle vuosille vuodelle kaudelle lukuvuodelle lukuvuosille för_åren för_år för_tiden för_perioden "
    "for_the_period for_the_year* for_year*",
    "y": "vuoden kuluvan", "n": "noin n. arviolta ca cirka ungefär omkring about approximately approx circa",
    "_": "on oli ovat olivat är var is was will_be be the den pvm i jatkuu jatkui jatkuen pågår pågick fortsätter "
    "continues runs running käynnissä",
    # the start
    "s": "starting_from starting_on sedan alkaen_vuodesta alkaen lähtien fr.o.m fom från från_och_med from since "
    "starting* as_of vuodesta med_start onwards and_onwards och_framåt eteenpäin",
    "b": "alkoi alkaa alkanut alkava* alkane* alku alkupäivä aloitus aloituspäivä aloitet* käynnisty* käynnistet* "
    "startar startade startat start startdatum inled* påbörja* börjar började begins began begun start_date starts "
    "started launched commenced",
    "a": "alusta", "B": "beginning_of the_beginning_of the_start_of början_av ingången_av",
    # the end
    "u": "t.o.m tom till_och_med fram_till until up_to vuoteen senast no_later_than",
    "T": "till to through thru til by",
    "e": "päättyi päättyy päättyn* päättyv* päättyen päättymi* loppui loppuu loppun* loppu loppupäivä lopetet* valmis "
    "valmistui valmistuu valmistun* valmistumassa klart avslut* slutade slutar slut slutdatum slutför* färdigställ* "
    "upphör* ended ends ending end end_date completed finished concluded",
    "t": "asti saakka mennessä", "z": "loppuun", "E": "end_of the_end_of slutet_av slutet_på utgången_av",
    "f": "jatkuva löpande ongoing toistaiseksi tills_vidare until_further_notice for_the_time_being",
    "x": "jatko jatkoai* jatkoaja* jatket* pidenne* pidennys förläng* extended extension prolonged lisäai* lisäajan",
    # both
    "w": "mellan between", "v": "välisenä_aikana välisellä_ajalla välillä", "&": "ja och and sekä samt",
    "q": "aikana ajan kuluessa alussa lopussa lopulla",
    # no time of a project: other events (r: that have a time by which), calls and programmes, names, numbers, sums
    "p": "kh kv mkh viimeksi muutettu ändrad* modified revised päivite* päivitty* muokat* tarkiste* julkaistu* "
    "julkaistiin tilanne luotu tulostet* koonnut laadittu jätet* myönne* myöntä* myönsi päätetty päätettiin *päätös "
    "*päätöksen *päätökset *päätöspäivä hyväksy* käsitel* vahvistet* kokous kokouksessa* hallitus kaupunginhallitu* "
    "kunnanhallitu* maakuntahallitu* aluehallitu* *valtuusto *valtuustoon *hallitukseen *lautakuntaan vireille "
    "kirkkoneuvosto* *lautakunta *lautakunnan allekirjoitet* "
    "talousarvio* budjetti budjetin seminaari seminaarissa uppdatera* bevilj* godkän* inlämn* lämnat_in lämnats_in "
    "beslut besluta* beslöt fastställ* publicera* sammanträd* underteckna* stadsstyrelsen kommunstyrelsen fullmäktige "
    "budget budgeten läge_per update* approved granted awarded submitted decided decision published meeting signed "
    "printed prepared accessed § puh tel tfn gsm phone",
    "r": "ilmoittaut* anmäl* deadline määräaika* haettu haettiin haetaan hakee haki hakemus hakemuksen hakemusta "
    "ansökt ansökts ansöks ansökan ansökte sökt söks applied application raportointi *raportti *raportin maksatus* "
    "rapport* utbetal* report* payment tility* tilitet*",
    "P": "haettavana hakuaika hakuajan haku hakukierros hakujakso ansökningstid* ansökningsperiod* utlysning* call "
    "application_period *ohjelmakausi *ohjelmakauden *ohjelmakaudella *ohjelmakaudelle rahoituskau* budjettikau* "
    "programperiod* finansieringsperiod* programming_period programme_period funding_period",
    "g": "amif isf rrf cerv eakr* esr* jtf emkvr *rahasto *rahaston *rahastosta interreg* kolarctic karelia cbc "
    "leader erasmus* life horisontti horizon eruf esf* erdf eu aurora nord kasvua_ja_työtä osaava_suomi *ohjelma "
    "*ohjelman *ohjelmasta *program *programmet *programme maaseudun_kehittäm* *fonden",
    "G": "ohjelma* strategia* programme* program programmet strategi strategin visio* vision",
    "N": "agenda visio vision suomi finland horisontti horizon eurooppa europe tavoite tavoitetila goal kohti towards "
    "mot",
    "k": "toimintalinja* erityistavoit* nro nr no. dnro dnr diaarinumero kohta luku versio version liite sivu s. "
    "viikko viikolla vko vk week laki asetus he insatsområde åtgärd",
    "€": "€ euro* eur e milj miljoon* t€ tuhatta kr sek nok prosent* procent percent kpl",
}  # fmt: skip
