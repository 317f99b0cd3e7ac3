"""The corpus of money expressions: each row is a text and the sums in it, which also documents the grammar.

A sum is written as in the records: "its text" = value[..upper] [currency] [modifier]; kroner go unsaid.
"""

from decimal import Decimal

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.matchers.money import MoneyMatch, find_money

Row = tuple[str, list[str]]

DIGITS: list[Row] = [
    ("Laget fikk 45 000 kroner.", ["45 000 kroner = 45000"]),
    ("Laget fikk 45.000 kroner.", ["45.000 kroner = 45000"]),
    ("Laget fikk 45\u00a0000\u00a0kroner.", ["45\u00a0000\u00a0kroner = 45000"]),
    ("Laget fekk 1\u2009250\u2009000 kr i gåve.", ["1\u2009250\u2009000 kr = 1250000"]),
    ("Regninga kom på 1 234,50 kroner.", ["1 234,50 kroner = 1234.5"]),
    ("Taket ble kr 1.250.000,00.", ["kr 1.250.000,00 = 1250000"]),
    ("Kr. 500.000,- ble bevilget.", ["Kr. 500.000,- = 500000"]),
    ("Prisen er 1.190,- per dag.", ["1.190,- = 1190"]),
    ("Vi trenger 10 000,-.", ["10 000,- = 10000"]),
    ("Kr 2.000,– per lag.", ["Kr 2.000,– = 2000"]),
    ("kr 300,-/mnd", ["kr 300,- = 300"]),
    ("Inngangen er 100kr.", ["100kr = 100"]),
    ("kr500", ["kr500 = 500"]),
    ("NOK 75 000 er betalt.", ["NOK 75 000 = 75000"]),
    ("kroner 25 000", ["kroner 25 000 = 25000"]),
    ("I 2019 500 000 kroner", ["500 000 kroner = 500000"]),
    ("Strømmen koster 1,25 kr/kWh.", ["1,25 kr = 1.25"]),
    ("65 øre per kWh", ["65 øre = 0.65"]),
    ("12 kroner og 50 øre", ["12 kroner og 50 øre = 12.5"]),
    ("null kroner", ["null kroner = 0"]),
]
SCALES: list[Row] = [
    ("Fylket gir 14,5 millioner kroner.", ["14,5 millioner kroner = 14500000"]),
    ("Fylket gir 14,5 millionar kroner.", ["14,5 millionar kroner = 14500000"]),
    ("De 65 millionene er brukt.", ["65 millionene = 65000000"]),
    ("Dei 20 millionane skal til skular.", ["20 millionane = 20000000"]),
    ("8 mill. kr til bad", ["8 mill. kr = 8000000"]),
    ("8 mill kroner til bad", ["8 mill kroner = 8000000"]),
    ("5 mill.kr", ["5 mill.kr = 5000000"]),
    ("10mill kr", ["10mill kr = 10000000"]),
    ("2,5 mrd. kr", ["2,5 mrd. kr = 2500000000"]),
    ("Omsetningen endte på 1,1 mrd.", ["1,1 mrd. = 1100000000"]),
    ("MNOK 41,5", ["MNOK 41,5 = 41500000"]),
    ("48 MNOK", ["48 MNOK = 48000000"]),
    ("3 mkr", ["3 mkr = 3000000"]),
    ("250 tusen kroner", ["250 tusen kroner = 250000"]),
    ("500k kr", ["500k kr = 500000"]),
    ("NOK 3 412,6 millioner", ["NOK 3 412,6 millioner = 3412600000"]),
    ("NOK 2.5 mill", ["NOK 2.5 mill = 2500000"]),
    ("1 MILLION KRONER TIL IDRETTEN", ["1 MILLION KRONER = 1000000"]),
    ("Banken gav fem millionar friske kroner.", ["fem millionar friske kroner = 5000000"]),
]
WORDS: list[Row] = [
    ("To hundre og femti tusen kroner.", ["To hundre og femti tusen kroner = 250000"]),
    ("femhundretusen kroner", ["femhundretusen kroner = 500000"]),
    ("Sju og en halv million kroner.", ["Sju og en halv million kroner = 7500000"]),
    ("Ein og ein halv million kroner.", ["Ein og ein halv million kroner = 1500000"]),
    ("Halvannen milliard kroner til veg.", ["Halvannen milliard kroner = 1500000000"]),
    ("halvannan million kroner", ["halvannan million kroner = 1500000"]),
    ("en halv million til koret", ["en halv million = 500000"]),
    ("ei halv million kroner", ["ei halv million kroner = 500000"]),
    ("en kvart milliard kroner", ["en kvart milliard kroner = 250000000"]),
    ("tre kvart million kroner", ["tre kvart million kroner = 750000"]),
    ("éin million til kvar", ["éin million = 1000000"]),
    ("fem millioner fire hundre tusen kroner", ["fem millioner fire hundre tusen kroner = 5400000"]),
    ("Hundre tusen kroner til koret", ["Hundre tusen kroner = 100000"]),
    ("tolv hundre kroner", ["tolv hundre kroner = 1200"]),
    ("Den minste gaven var på ti kroner.", ["ti kroner = 10"]),
    ("to kroner og femti øre", ["to kroner og femti øre = 2.5"]),
]
CURRENCIES: list[Row] = [
    ("2,3 millioner euro", ["2,3 millioner euro = 2300000 EUR"]),
    ("€ 362.500", ["€ 362.500 = 362500 EUR"]),
    ("EUR 6,2 mill.", ["EUR 6,2 mill. = 6200000 EUR"]),
    ("MEUR 3,5", ["MEUR 3,5 = 3500000 EUR"]),
    ("40 mill. dollar", ["40 mill. dollar = 40000000 USD"]),
    ("$2.5 million", ["$2.5 million = 2500000 USD"]),
    ("USD 11,8 mill.", ["USD 11,8 mill. = 11800000 USD"]),
    ("50 000 amerikanske dollar", ["50 000 amerikanske dollar = 50000 USD"]),
    ("30 000 svenske kroner", ["30 000 svenske kroner = 30000 SEK"]),
    ("SEK 84 millioner", ["SEK 84 millioner = 84000000 SEK"]),
    ("to milliarder danske kroner", ["to milliarder danske kroner = 2000000000 DKK"]),
    ("300 000 DKK", ["300 000 DKK = 300000 DKK"]),
    ("£10 000", ["£10 000 = 10000 GBP"]),
    ("1 million britiske pund", ["1 million britiske pund = 1000000 GBP"]),
    ("10 millioner norske kroner", ["10 millioner norske kroner = 10000000"]),
    (
        "45 millioner dollar (420 millioner kroner)",
        ["45 millioner dollar = 45000000 USD", "420 millioner kroner = 420000000"],
    ),
]
RANGES: list[Row] = [
    ("Mellom 2 og 4 millioner kroner settes av.", ["2 og 4 millioner kroner = 2000000..4000000"]),
    ("mellom fire og fem millioner i året", ["fire og fem millioner = 4000000..5000000"]),
    ("mellom hundre og to hundre millioner kroner", ["hundre og to hundre millioner kroner = 100000000..200000000"]),
    ("mellom kr 160,- og kr 180,-", ["kr 160,- og kr 180,- = 160..180"]),
    ("mellom 800 000 og én million kroner", ["800 000 og én million kroner = 800000..1000000"]),
    ("Det er satt av 2–4 mill. kr.", ["2–4 mill. kr = 2000000..4000000"]),
    ("12-15 millioner kroner årlig", ["12-15 millioner kroner = 12000000..15000000"]),
    ("50 - 60 mill. kroner", ["50 - 60 mill. kroner = 50000000..60000000"]),
    ("62–66 kroner per kilo", ["62–66 kroner = 62..66"]),
    ("6-7 000 kroner", ["6-7 000 kroner = 6000..7000"]),
    ("110 og 125 MNOK er to summer", ["110 = 110000000", "125 MNOK = 125000000"]),
    ("Avsetningen var på MNOK 2–4.", ["MNOK 2–4 = 2000000..4000000"]),
    ("USD 3-4 millioner", ["USD 3-4 millioner = 3000000..4000000 USD"]),
    ("fem-seks millioner kroner", ["fem-seks millioner kroner = 5000000..6000000"]),
    ("to til tre millioner kroner", ["to til tre millioner kroner = 2000000..3000000"]),
    ("Støtten er fra 200.000 til 500.000 kroner.", ["200.000 til 500.000 kroner = 200000..500000"]),
    ("Kontingenten heves fra 4.500 til 5.200 kroner.", ["4.500 = 4500", "5.200 kroner = 5200"]),
    ("Prisen auka frå 90 til 110 kroner.", ["90 = 90", "110 kroner = 110"]),
]
LISTS: list[Row] = [
    ("Lagene fikk 10, 20 og 30 millioner.", ["10 = 10000000", "20 = 20000000", "30 millioner = 30000000"]),
    ("De får henholdsvis 2 og 3 millioner kroner.", ["2 = 2000000", "3 millioner kroner = 3000000"]),
    ("Dei får 90 000 og 45 000 kroner.", ["90 000 = 90000", "45 000 kroner = 45000"]),
    ("De får 780 000 og 415 000 euro.", ["780 000 = 780000 EUR", "415 000 euro = 415000 EUR"]),
    (
        "Av 60 millioner går 38 millioner til museet, 17,5 til koret og de siste 4,5 til teatret.",
        ["60 millioner = 60000000", "38 millioner = 38000000", "17,5 = 17500000", "4,5 = 4500000"],
    ),
    ("Inntektene steg til NOK 843 millioner (797,6).", ["NOK 843 millioner = 843000000", "797,6 = 797600000"]),
    ("I 2020 og 2021 fikk de 4 millioner kroner.", ["4 millioner kroner = 4000000"]),
]
BARE: list[Row] = [
    ("Til sammen var det søkt om 11,2 millioner.", ["11,2 millioner = 11200000"]),
    ("En tiendedel av de 14,5 millionene gjenstår.", ["14,5 millionene = 14500000"]),
    ("Gaven på 85 000 går til klubben.", ["85 000 = 85000"]),
    ("Sanitetslaget stod for 85 000 av gåva.", ["85 000 = 85000"]),
    ("Leiaren får 110 000 kroner, nestleiaren 70 000.", ["110 000 kroner = 110000", "70 000 = 70000"]),
    ("Klubben fikk 500 000 i støtte, og 300 000 året etter.", ["500 000 = 500000", "300 000 = 300000"]),
    ("Lønna er 900 000 kroner, 110 000 mer enn i fjor.", ["900 000 kroner = 900000", "110 000 = 110000"]),
    ("Regjeringa gir 300 millionar ekstra.", ["300 millionar = 300000000"]),
    ("Bedriften lager 250 000 tonn og omsetter for 2 milliarder.", ["2 milliarder = 2000000000"]),
    ("Slik brukes gaven:\n- 600 000: nye senger\n- resten: kaffe", ["600 000 = 600000"]),
    (
        "Støtte i år:\n• Rimfjord IL: 40 000\n• Fjellkoret: 25.000 kroner\n• Speiderne, 15 000",
        ["40 000 = 40000", "25.000 kroner = 25000", "15 000 = 15000"],
    ),
]
TABLES: list[Row] = [
    ("Fordeling (tall i kroner)\nKoret\t25 000\nSum\t36 500", ["25 000 = 25000", "36 500 = 36500"]),
    ("Tilskudd (tall i hele tusen)\nHallen\t2 500\nBanen\t340", ["2 500 = 2500000", "340 = 340000"]),
    ("Fordeling (i 1000 kr)\nKoret 250\nKorpset 1 200", ["250 = 250000", "1 200 = 1200000"]),
    (
        "Plan (mill. kr)\n• Lån: 90,0\n• Tilskot: 6,5\nSum: 96,5",
        ["90,0 = 90000000", "6,5 = 6500000", "96,5 = 96500000"],
    ),
    ("NØKKELTALL (MNOK)\n\t2023\t2022\nInntekter\t843,2\t797", ["843,2 = 843200000", "797 = 797000000"]),
    ("Søker | Antall | Tildelt (kr)\nKoret | 12 | 250 000\nLaget | 30 | avslag", ["250 000 = 250000"]),
    ("Mottakar\tBeløp\nKoret\t85 000\nLaget\t9 000", ["85 000 = 85000", "9 000 = 9000"]),
    ("Mottakar\tSum\nKoret\t85 000\n\nAlle beløp i hele kroner.", ["85 000 = 85000"]),
    ("År\tBesøkende\n2021\t12 000\n2022\t14 500", []),
    ("Fangst\t2023\nTorsk\t12 000\nSei\t14 500", []),
]
MODIFIERS: list[Row] = [
    *[
        (f"Det gis {word} 2 millioner kroner.", ["2 millioner kroner = 2000000 approx"])
        for word in [
            "ca.",
            "rundt",
            "omtrent",
            "nesten",
            "om lag",
            "drøyt",
            "vel",
            "nærmere",
            "anslagsvis",
            "godt og vel",
        ]
    ],
    *[
        (f"Det gis {word} 2 millioner kroner.", ["2 millioner kroner = 2000000 min"])
        for word in ["over", "mer enn", "meir enn", "minst", "i overkant av", "godt over", "over hele"]
    ],
    *[
        (f"Det gis {word} 2 millioner kroner.", ["2 millioner kroner = 2000000 max"])
        for word in [
            "under",
            "inntil",
            "opptil",
            "opp til",
            "mindre enn",
            "maks",
            "maksimalt",
            "i underkant av",
            "knapt",
        ]
    ],
    ("Lånet er på inntil kr 4 000 000,-.", ["kr 4 000 000,- = 4000000 max"]),
    ("drygt 310 000 kroner", ["310 000 kroner = 310000 approx"]),
    ("en drøy million kroner", ["en drøy million kroner = 1000000 approx"]),
    ("ei snau halv million kroner", ["ei snau halv million kroner = 500000 max"]),
    ("knappe 3 millionar kroner", ["3 millionar kroner = 3000000 max"]),
    ("ca. 2–4 millioner kroner", ["2–4 millioner kroner = 2000000..4000000 approx"]),
    ("100 000 kroner eller meir", ["100 000 kroner = 100000 min"]),
    ("Billetter fra 250 kroner.", ["250 kroner = 250 min"]),
    ("Støtta auka frå 2 millionar i fjor til 3 i år.", ["2 millionar = 2000000"]),
]
NOT_MONEY: list[Row] = [
    (text, [])
    for text in [
        "Norge har 5,4 millioner innbyggere, mot 5,2 millioner i 2015.",
        "Anlegget tar imot 3 millioner tonn i året.",
        "Dei leverte 40 millionar liter mjølk.",
        "Byen har en befolkning på 14 millioner.",
        "Klubben har 85 000 medlemmer.",
        "Rundt 9.000 timer musikk ligger på lager.",
        "Hallen er på 11 400 kvm og bruker 25 000 kWh.",
        "Prosjektet dekker 25 prosent, eller 12,5 %.",
        "Ring 957 00 450 eller 22 00 01 73.",
        "Ring servicetorget på 750 67 000.",
        "Org.nr. 999 000 111, konto 1234 56 78901",
        "Mobil: +47 527 00 418",
        "Publisert 15.11.2024 kl. 18.00–20.15",
        "I 2022 og 2023 ble det levert varer.",
        "Skipet ble bygd i 1872 og fikk støtte.",
        "Se side 14 i rapporten fra 2023.",
        "Vi har ikke en krone å gi.",
        "flere hundre tusen kroner",
        "Fleire millionar kroner er brukt.",
        "tusen takk for hundrevis av kroner",
        "en 50-kroners seddel",
        "Det er nok 5 personer.",
        "Krav om CO2 og H2020",
        "Versjon 1.2.3 av 10-12-14",
    ]
]


def _described(text: str, match: MoneyMatch) -> str:
    value = f"{match.value}" if match.upper is None else f"{match.value}..{match.upper}"
    currency = [match.currency] if match.currency != "NOK" else []
    return " ".join(
        [text[match.start : match.end], "=", value, *currency, *([match.modifier] if match.modifier else [])]
    )


@pytest.mark.parametrize(
    ("text", "sums"),
    [*DIGITS, *SCALES, *WORDS, *CURRENCIES, *RANGES, *LISTS, *BARE, *TABLES, *MODIFIERS, *NOT_MONEY],
)
def test_finds_the_sums(text: str, sums: list[str]) -> None:
    assert [_described(text, match) for match in find_money(text)] == sums


def test_values_are_exact() -> None:
    (match,) = find_money("0,1 millioner kroner")
    assert match.value == Decimal(100_000)
    assert str(match.value) == "100000"


def test_component_sets_spans_with_exact_offsets() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_money")
    doc = nlp("Siva gir mellom 2 og 4 millioner kroner.")
    (span,) = doc.spans["money"]
    assert span.text == "2 og 4 millioner kroner"
    assert span._.money == MoneyMatch(16, 39, Decimal(2_000_000), Decimal(4_000_000), "NOK", None)


PIECES = [
    "1",
    "12",
    "500",
    "000",
    " ",
    ".",
    ",",
    "-",
    "–",
    "\n",
    "\t",
    "|",
    "kr",
    "(kr)",
    "mill.",
    "million",
    "og",
    "til",
]
PIECES += [
    "fra",
    "mellom",
    "en",
    "halv",
    "tusen",
    "hundre",
    "ca.",
    "%",
    "tall i",
    "Beløp",
    "•",
    "½",
    "€",
    "øre",
    "MNOK",
]


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(PIECES)).map("".join), st.lists(st.sampled_from(PIECES)).map(" ".join)
    )
)
def test_any_text_gives_ordered_matches_inside_it(text: str) -> None:
    matches = find_money(text)
    position = 0
    for match in matches:
        assert position <= match.start < match.end <= len(text)
        assert match.value >= 0
        assert match.upper is None or match.upper > match.value
        position = match.end
