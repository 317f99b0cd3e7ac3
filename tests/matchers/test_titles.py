"""Titles: what counts as one, how far its span goes, and its canonical form."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.matchers.titles import find_titles


def spans(text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_titles(text)]


def titles(text: str) -> list[str]:
    return [m.title for m in find_titles(text)]


# text, the title as written, its canonical form (the same, lower case, where not given)
ONE_TITLE = [
    # business
    ("Administrerende direktør Kari Nordmann gleder seg.", "Administrerende direktør", "administrerende direktør"),
    ("– Dette er stort, sier adm. dir. Ola Nordmann.", "adm. dir.", "administrerende direktør"),
    ("Adm.dir. Ola Nordmann", "Adm.dir.", "administrerende direktør"),
    ("adm dir Ola Nordmann", "adm dir", "administrerende direktør"),
    ("adm. direktør i Fjordkraftlaget", "adm. direktør", "administrerende direktør"),
    ("adm. banksjef Per Lie", "adm. banksjef", "administrerende banksjef"),
    ("Ola Nordmann, daglig leder i Fjordlaks", "daglig leder", "daglig leder"),
    ("bedriftens daglige leder, Ola Nordmann", "daglige leder", "daglig leder"),
    ("dagl. leder Ola Nordmann", "dagl. leder", "daglig leder"),
    ("Styreleder Kari Nordmann", "Styreleder", "styreleder"),
    ("styrelederen åpnet møtet", "styrelederen", "styreleder"),
    ("styrets leder Kari Nordmann", "styrets leder", "styreleder"),
    ("Hun er valgt til leder av styret.", "leder av styret", "styreleder"),
    ("arbeidende styreleder Kari Nordmann", "styreleder", "styreleder"),
    ("styreformann Per Lie", "styreformann", "styreformann"),
    ("Gründeren bak selskapet", "Gründeren", "gründer"),
    ("medgründer Kari Nordmann", "medgründer", "medgründer"),
    ("konserndirektør for hav og land", "konserndirektør", "konserndirektør"),
    ("konst. konsernsjef Per Lie", "konsernsjef", "konsernsjef"),
    ("teknisk sjef Per Lie", "teknisk sjef", "teknisk sjef"),
    ("viseadm. dir. Per Lie", "viseadm. dir.", "viseadministrerende direktør"),
    ("komm.sjef Per Lie", "komm.sjef", "kommunikasjonssjef"),
    ("avd. leder Per Lie", "avd. leder", "avdelingsleder"),
    ("Per Lie er partner i Lie & Co.", "partner", "partner"),
    ("fabrikksjefen ved anlegget", "fabrikksjefen", "fabrikksjef"),
    ("forretningsutvikler Kari Nordmann", "forretningsutvikler", "forretningsutvikler"),
    ("sjefsøkonom Kari Nordmann", "sjefsøkonom", "sjefsøkonom"),
    ("kundeansvarlig Kari Nordmann", "kundeansvarlig", "kundeansvarlig"),
    ("HR-direktør Kari Nordmann", "HR-direktør", "hr-direktør"),
    ("IT-sjefen sluttet", "IT-sjefen", "it-sjef"),
    # English
    ("Per Lie, CEO", "CEO", "ceo"),
    ("Per Lie, Head of Investor Relations, tlf.", "Head of Investor Relations", "head of investor relations"),
    ("Per Lie, Head of IR", "Head of IR", "head of ir"),
    ("Head of Sales Per Lie", "Head of Sales", "head of sales"),
    ("Chief Sustainability Officer Kari Nordmann", "Chief Sustainability Officer", "chief sustainability officer"),
    ("Per Lie, Sales and Marketing Manager", "Sales and Marketing Manager", "sales and marketing manager"),
    ("Per Lie, SVP Communications", "SVP Communications", "svp communications"),
    ("Per Lie, managing partner", "managing partner", "managing partner"),
    # government
    ("sier næringsminister Kari Nordmann (Ap)", "næringsminister", "næringsminister"),
    ("kommunal- og distriktsminister Per Lie", "kommunal- og distriktsminister", "kommunal- og distriktsminister"),
    ("Nærings- og fiskeriministeren", "Nærings- og fiskeriministeren", "nærings- og fiskeriminister"),
    ("barne-, ungdoms- og familiedirektør Per Lie", *["barne-, ungdoms- og familiedirektør"] * 2),
    ("forsknings- og høyere utdanningsminister Per Lie", *["forsknings- og høyere utdanningsminister"] * 2),
    ("statssekretær Per Lie", "statssekretær", "statssekretær"),
    ("Statsråden var nøgd.", "Statsråden", "statsråd"),
    ("påtroppende statsminister Kari Nordmann", "statsminister", "statsminister"),
    ("eks-statsminister Kari Nordmann", "statsminister", "statsminister"),
    ("Norges første digitaliseringsminister", "digitaliseringsminister", "digitaliseringsminister"),
    ("politisk rådgiver Per Lie", "politisk rådgiver", "politisk rådgiver"),
    ("gjennom sin politiske rådgiver, Per Lie", "politiske rådgiver", "politisk rådgiver"),
    ("ordfører Per Lie (H)", "ordfører", "ordfører"),
    ("Bø-ordføreren smiler", "ordføreren", "ordfører"),
    ("fylkesråd Kari Nordmann", "fylkesråd", "fylkesråd"),
    ("statsforvalter Kari Nordmann", "statsforvalter", "statsforvalter"),
    ("kommunedirektøren i Bø", "kommunedirektøren", "kommunedirektør"),
    ("stortingsrepresentant Per Lie", "stortingsrepresentant", "stortingsrepresentant"),
    ("parlamentarisk leder Per Lie", "parlamentarisk leder", "parlamentarisk leder"),
    ("saksbehandler: Per Lie", "saksbehandler", "saksbehandler"),
    # boards
    ("1. nestleder: Per Lie", "1. nestleder", "1. nestleder"),
    ("første nestleder Per Lie", "første nestleder", "første nestleder"),
    ("Styremedlemmer: Kari Nordmann, Per Lie", "Styremedlemmer", "styremedlem"),
    ("Styremedlemmer\nKari Nordmann", "Styremedlemmer", "styremedlem"),
    ("styremedlemmene Kari Nordmann og Per Lie", "styremedlemmene", "styremedlem"),
    ("Vara: Per Lie", "Vara", "varamedlem"),
    ("1. vara: Per Lie", "vara", "varamedlem"),
    ("Per Lie (vara)", "vara", "varamedlem"),
    ("Per Lie, vara", "vara", "varamedlem"),
    ("Vara for dem begge er Per Lie.", "Vara", "varamedlem"),
    ("Kari Nordmann (medlem)", "medlem", "medlem"),
    ("ansattes representant: Per Lie", "ansattes representant", "styremedlem"),
    ("Ny leder: Kari Nordmann", "leder", "leder"),
    ("Kari Nordmann, leder", "leder", "leder"),
    ("den hovedtillitsvalgte på sykehuset", "hovedtillitsvalgte", "hovedtillitsvalgt"),
    # academia
    ("professor II ved UiX", "professor II", "professor ii"),
    ("professor emerita Kari Nordmann", "professor emerita", "professor emerita"),
    ("prof. Kari Nordmann", "prof.", "professor"),
    ("1. amanuensis Kari Nordmann", "1. amanuensis", "førsteamanuensis"),
    ("seniorforsker Kari Nordmann", "seniorforsker", "seniorforsker"),
    ("senior forsker Kari Nordmann", "senior forsker", "senior forsker"),
    ("NTNU-rektoren er uenig", "rektoren", "rektor"),
    ("prorektor for forskning", "prorektor", "prorektor"),
    ("ph.d.-stipendiat Per Lie", "ph.d.-stipendiat", "ph.d.-stipendiat"),
    ("forskerne Kari Nordmann og Per Lie", "forskerne", "forsker"),
    ("marinbiolog Per Lie", "marinbiolog", "marinbiolog"),
    # health, church, police, military
    ("avdelingsoverlege Kari Nordmann", "avdelingsoverlege", "avdelingsoverlege"),
    ("helsesykepleieren på skolen", "helsesykepleieren", "helsesykepleier"),
    ("jordmora Kari Nordmann", "jordmora", "jordmor"),
    ("legen Per Lie", "legen", "lege"),
    ("domprosten i Bø", "domprosten", "domprost"),
    ("konstituert biskop Per Lie", "biskop", "biskop"),
    ("visepolitimester Per Lie", "visepolitimester", "visepolitimester"),
    ("politimesteren i Bø", "politimesteren", "politimester"),
    ("generalmajor Kari Nordmann", "generalmajor", "generalmajor"),
    ("førstestatsadvokat Per Lie", "førstestatsadvokat", "førstestatsadvokat"),
    ("Per Lie, adv.flm.", "adv.flm.", "advokatfullmektig"),
    # culture, sport, trades
    ("forfatteren Kari Nordmann", "forfatteren", "forfatter"),
    ("kunstnerisk leder Kari Nordmann", "kunstnerisk leder", "kunstnerisk leder"),
    ("ansvarlig redaktør Kari Nordmann", "ansvarlig redaktør", "ansvarlig redaktør"),
    ("duojár Kari Nordmann", "duojár", "duojár"),
    ("landslagstrener Per Lie", "landslagstrener", "landslagstrener"),
    ("Fisker Per Lie er på havet.", "Fisker", "fisker"),
    ("melkebonden Per Lie", "melkebonden", "melkebonde"),
    ("lærerinnen Kari Nordmann", "lærerinnen", "lærerinne"),
    ("forkvinne Kari Nordmann", "forkvinne", "forkvinne"),
    # Nynorsk
    ("– Godt, seier dagleg leiar Ola Nordmann.", "dagleg leiar", "dagleg leiar"),
    ("Styreleiaren er ikkje nøgd.", "Styreleiaren", "styreleiar"),
    ("administrerande direktør Ola Nordmann", "administrerande direktør", "administrerande direktør"),
    ("Eg veit ikkje, seier adm. dir. Ola Nordmann.", "adm. dir.", "administrerande direktør"),
    ("viseadministrerande direktør Ola Nordmann", *["viseadministrerande direktør"] * 2),
    ("kommunikasjonsrådgjevar Kari Nordmann", "kommunikasjonsrådgjevar", "kommunikasjonsrådgjevar"),
    ("fylkesordførar Kari Nordmann", "fylkesordførar", "fylkesordførar"),
    ("avdelingssjukepleiar Kari Nordmann", "avdelingssjukepleiar", "avdelingssjukepleiar"),
    ("bonden Ola Nordmann", "bonden", "bonde"),
    ("forskaren Kari Nordmann", "forskaren", "forskar"),
    ("Varamedlemer\n1) Ola Nordmann", "Varamedlemer", "varamedlem"),
    ("skodespelaren Kari Nordmann", "skodespelaren", "skodespelar"),
    ("økonomiansvarleg Kari Nordmann", "økonomiansvarleg", "økonomiansvarleg"),
    ("medan leiaren i laget ventar", "leiaren", "leiar"),
    ("spelemannen Ola Nordmann", "spelemannen", "spelemann"),
    ("barnehagestyrar Ola Nordmann", "barnehagestyrar", "barnehagestyrar"),
]


@pytest.mark.parametrize(("text", "written", "title"), ONE_TITLE)
def test_one_title(text: str, written: str, title: str) -> None:
    assert (spans(text), titles(text)) == ([written], [title])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("konserndirektør og nestleder Per Lie", ["konserndirektør", "nestleder"]),
        ("gründer og daglig leder Kari Nordmann", ["gründer", "daglig leder"]),
        ("Kari Nordmann, daglig leder/CEO", ["daglig leder", "ceo"]),
        ("Duojár, konservator og kurator Kari Nordmann", ["duojár", "konservator", "kurator"]),
        ("Dyrlege og førsteamanuensis Kari Nordmann", ["dyrlege", "førsteamanuensis"]),
        ("gründer og eier Kari Nordmann", ["gründer", "eier"]),
        ("spelemannen og dansepedagogen Kari Nordmann", ["spelemann", "dansepedagog"]),
    ],
)
def test_several_titles(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # verbs
        "Hun leder an i arbeidet.",
        "Kari Nordmann leder prosjektet.",
        "Bedriften som leder prosjektet, er ny.",
        "Ho leiar arbeidet.",
        "Vi forsker mye.",
        "Kari forsker på torsk.",
        "Elevene lærer norsk.",
        "Staten eier selskapet.",
        "Fondet, som eier 12 prosent",
        "Han fisker hele året.",
        # plurals of nobody in particular
        "Rådgivere, forskere og direktører møttes.",
        "Forskarar og leiarar møttest.",
        "Lederne i kommunene møttes.",
        "Styremedlemmene var enige.",
        # words that only end so
        "leverandør, sektor, traktor, motor og dialog",
        "kjærlege, daglege og offentlege kollegaer",
        "sykdommer, eiendommer og ungdommer",
        "et semester i et ensemble",
        "hver forbruker og brukar",
        "Porsanger og Stavanger",
        "uansvarlig og medansvarlig",
        # institutions, firms and names
        "Statsforvalteren i Agder",
        "Riksantikvaren har avslått",
        "fylkesrådet og byrådet",
        "hos Advokatene Lie & Bull",
        "Kari Bonde smilte.",
        "Norges Sykepleierforbund",
        # other words
        "Saken ble behandlet i statsråd.",
        "ansvarlig for driften",
        "Det skal vara lenge.",
        "Hun er medlem av partiet.",
        "direktørens innstilling",
        "Per Lie (Ap)",
        "dr. Kari Nordmann",
        "Kontaktperson: Per Lie",
        "",
    ],
)
def test_no_title(text: str) -> None:
    assert titles(text) == []


def test_component() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_titles")
    doc = nlp("Det sier daglig leder Kari Nordmann og HR-sjef Per Lie.")
    assert [(span.text, span._.title.title) for span in doc.spans["titles"]] == [
        ("daglig leder", "daglig leder"),
        ("HR-sjef", "hr-sjef"),
    ]


PIECES = [
    "leder",
    "leiaren",
    "adm. dir.",
    "1. ",
    "vara",
    "Kari",
    "helse- ",
    "og ",
    "-",
    "\n",
    ", ",
    "İ",
    "head of",
    "II",
    " ",
]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text(text: str) -> None:
    end = 0
    for match in find_titles(text):
        assert end <= match.start < match.end <= len(text)
        assert match.title == match.title.lower() != ""
        end = match.end
