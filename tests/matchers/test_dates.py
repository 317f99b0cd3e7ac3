from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.matchers.dates import DateMatch, find_dates

AUTUMN = date(2024, 10, 7)  # a Monday


def quotes(text: str, published: date | None = AUTUMN) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.edtf) for m in find_dates(text, published)]


ABSOLUTE = [
    # numeric, day first
    ("Publisert 11.10.2021", "11.10.2021", "2021-10-11"),
    ("Oslo, 1.3.24", "1.3.24", "2024-03-01"),
    ("Bergen 01/02/2023: Ny avtale", "01/02/2023", "2023-02-01"),
    ("Oslo, 3/6-2020", "3/6-2020", "2020-06-03"),
    ("Vedtaksdato: 14-03-2024", "14-03-2024", "2024-03-14"),
    ("Publisert 2021-10-11 09:30", "2021-10-11", "2021-10-11"),
    ("<time>2024-03-14T10:00</time>", "2024-03-14", "2024-03-14"),
    ("Sist endra: 08.06.20", "08.06.20", "2020-06-08"),
    ("Født 12.5.68 i Vadsø", "12.5.68", "1968-05-12"),
    ("støtte til prosjekt14.3.2024 10:00:00 CET", "14.3.2024", "2024-03-14"),
    ("(31.12.1999)", "31.12.1999", "1999-12-31"),
    ("Møte 3.–5.6.2024 på Hamar", "3.–5.6.2024", "2024-06-03/2024-06-05"),
    ("Frist 12.05.–14.05.2024", "12.05.–14.05.2024", "2024-05-12/2024-05-14"),
    # days in words
    ("Vedtaket er datert 11. oktober 2021.", "11. oktober 2021", "2021-10-11"),
    ("Det skjedde den 3. mai 2022", "3. mai 2022", "2022-05-03"),
    ("torsdag 4. mai 2023 kl. 10.00", "4. mai 2023", "2023-05-04"),
    ("tysdag 28. mai 2024, kl. 08:12", "28. mai 2024", "2024-05-28"),
    ("Publisert 5. des. 2024", "5. des. 2024", "2024-12-05"),
    ("Publisert 7 jan 2023", "7 jan 2023", "2023-01-07"),
    ("Sist endra 22. nov. 2022.", "22. nov. 2022", "2022-11-22"),
    ("2. febr. 2021", "2. febr. 2021", "2021-02-02"),
    ("1.mars 2024", "1.mars 2024", "2024-03-01"),
    ("29. februar 2024", "29. februar 2024", "2024-02-29"),
    ("18. Oktober 2021", "18. Oktober 2021", "2021-10-18"),
    # months and years
    ("Lanseres i løpet av oktober 2021.", "oktober 2021", "2021-10"),
    ("Neste årsmøte blir på Otta i april 2020.", "april 2020", "2020-04"),
    ("MARS 2024", "MARS 2024", "2024-03"),
    ("des. 2023", "des. 2023", "2023-12"),
    ("Innen utgangen av 2022 er alt klart", "2022", "2022"),
    ("Innan utgangen av 2026", "2026", "2026"),
    ("Selskapet ble stiftet i 1998.", "1998", "1998"),
    ("Huset frå 1872 står enno", "1872", "1872"),
    ("Regnskapet for 2018 ble godkjent", "2018", "2018"),
    ("For 2022 ventar styret overskot", "2022", "2022"),
    ("I 2024 kommer det flere", "2024", "2024"),
    ("forsker på laget inntil 2022.", "2022", "2022"),
    ("3. søknadsrunde 2024", "2024", "2024"),
    ("Statsbudsjettet 2025: Mer til havet", "2025", "2025"),
    ("Medlem siden 1974", "1974", "1974"),
    ("For hele 2023 endte omsetningen på 4 millioner", "2023", "2023"),
    ("Avtalen er forlenget ut 2027", "2027", "2027"),
    ("Per Hansen (f. 1974)", "1974", "1974"),
    # seasons
    ("Vinteren 2019 kom svaret", "Vinteren 2019", "2019-24"),
    ("Åpner våren 2026", "våren 2026", "2026-21"),
    ("Klar hausten 2020.", "hausten 2020", "2020-23"),
    ("ferdig sommaren 2025", "sommaren 2025", "2025-22"),
    ("Høst 2024", "Høst 2024", "2024-23"),
    # quarters, thirds, halves
    ("i 2. kvartal 2024", "2. kvartal 2024", "2024-34"),
    ("Overlevering i tredje kvartal 2024", "tredje kvartal 2024", "2024-35"),
    ("\t4. kv. 2023\t", "4. kv. 2023", "2023-36"),
    ("Resultat Q3 2022", "Q3 2022", "2022-35"),
    ("første halvår 2024", "første halvår 2024", "2024-40"),
    ("fyrste halvår 2023", "fyrste halvår 2023", "2023-40"),
    ("2. tertial 2023", "2. tertial 2023", "2023-38"),
    # periods
    ("1.–3. juni 2022", "1.–3. juni 2022", "2022-06-01/2022-06-03"),
    ("10. til 14. mars 2025", "10. til 14. mars 2025", "2025-03-10/2025-03-14"),
    ("4. og 5. april 2019", "4. og 5. april 2019", "2019-04-04/2019-04-05"),
    ("fredag 3. til søndag 5. mai 2024", "3. til søndag 5. mai 2024", "2024-05-03/2024-05-05"),
    ("fra 1. mars 2024 til 28. februar 2030", "1. mars 2024 til 28. februar 2030", "2024-03-01/2030-02-28"),
    ("Varighet: 1. mars 2022–31. desember 2025", "1. mars 2022–31. desember 2025", "2022-03-01/2025-12-31"),
    ("28. desember – 2. januar 2024", "28. desember – 2. januar 2024", "2023-12-28/2024-01-02"),
    ("fra 2024 til 2027", "2024 til 2027", "2024/2027"),
    ("perioden 2024–2028", "2024–2028", "2024/2028"),
    ("perioden 2021–24", "2021–24", "2021/2024"),
    ("i åra 2019-2021", "2019-2021", "2019/2021"),
    ("skoleåret 2022/23", "2022/23", "2022/2023"),
    ("skuleåret 2022/2023", "2022/2023", "2022/2023"),
    ("mellom 2019 og 2021", "2019 og 2021", "2019/2021"),
    ("Alt var klart til jul 2023.", "2023", "2023"),
    ("Styret 2024–2028", "2024–2028", "2024/2028"),
    ("mai–juni 2024", "mai–juni 2024", "2024-05/2024-06"),
    ("i mars og april 2024", "mars og april 2024", "2024-03/2024-04"),
    ("august 2024 til juli 2028", "august 2024 til juli 2028", "2024-08/2028-07"),
    ("høsten 2023–våren 2024", "høsten 2023–våren 2024", "2023-23/2024-21"),
]


@pytest.mark.parametrize(("text", "quote", "edtf"), ABSOLUTE)
@pytest.mark.parametrize("published", [None, AUTUMN])
def test_absolute_dates_need_no_publication_date(text: str, quote: str, edtf: str, published: date | None) -> None:
    assert quotes(text, published) == [(quote, edtf)]


RELATIVE = [
    ("Potten øker i år.", "i år", "2024"),
    ("Fra inneværende år gis det mer.", "inneværende år", "2024"),
    ("I fjor omsatte laget for 61 millioner.", "I fjor", "2023"),
    ("Bedre enn fjoråret.", "fjoråret", "2023"),
    ("Neste år aukar potten.", "Neste år", "2025"),
    ("Pengene kommer i løpet av neste år.", "neste år", "2025"),
    ("Styret vedtok det i går.", "i går", "2024-10-06"),
    ("Avtalen ble signert i går ettermiddag.", "i går", "2024-10-06"),
    ("Svaret kjem i morgon.", "i morgon", "2024-10-08"),
    ("Svaret kommer i overmorgen.", "i overmorgen", "2024-10-09"),
    ("Ni bedrifter har i dag fått vite det.", "i dag", "2024-10-07"),
    ("Rådet la i dag fram planen.", "i dag", "2024-10-07"),
    ("Det vart kjent førre veke.", "førre veke", "2024-09-30/2024-10-06"),
    ("Neste uke åpner utstillingen.", "Neste uke", "2024-10-14/2024-10-20"),
    ("I førre månad vart ho vald.", "I førre månad", "2024-09"),
    ("Tidligere i måneden kom tilsagnet.", "Tidligere i måneden", "2024-10"),
    ("For to år siden var det stille.", "For to år siden", "2022"),
    ("Ho starta for tre månader sidan.", "for tre månader sidan", "2024-07"),
    ("Hun begynte for 11 måneder siden.", "for 11 måneder siden", "2023-11"),
    ("I mai i fjor kom svaret.", "I mai i fjor", "2023-05"),
    ("Utstyret er klart i mars neste år.", "i mars neste år", "2025-03"),
    ("fredag 17. oktober neste år", "17. oktober neste år", "2025-10-17"),
    ("tredje kvartal neste år", "tredje kvartal neste år", "2025-35"),
    ("Vi åpner neste høst.", "neste høst", "2025-23"),
    ("våren neste år", "våren neste år", "2025-21"),
    ("Han døydde i fjor vinter.", "i fjor vinter", "2023-24"),
    ("Det skjedde i fjor haust.", "i fjor haust", "2023-23"),
    ("I sommer ble de til én.", "I sommer", "2024-22"),
    ("Bygget blir ferdig til sommeren.", "til sommeren", "2025-22"),
    ("Det vert opna til våren.", "til våren", "2025-21"),
    ("Vi fikk mye skryt sist vinter.", "sist vinter", "2024-24"),
    ("Planen kommer i løpet av høsten.", "høsten", "2024-23"),
]


@pytest.mark.parametrize(("text", "quote", "edtf"), RELATIVE)
def test_relative_dates_count_from_publication(text: str, quote: str, edtf: str) -> None:
    assert quotes(text) == [(quote, edtf)]


@pytest.mark.parametrize(("text", "quote", "edtf"), RELATIVE)
def test_relative_dates_stay_open_without_publication_date(text: str, quote: str, edtf: str) -> None:
    assert quotes(text, None) == [(quote, None)]


@pytest.mark.parametrize(
    ("published", "text", "quote", "edtf"),
    [
        # the nearest one
        ("2024-09-03", "Hun starter i jobben 1. november.", "1. november", "2024-11-01"),
        ("2022-11-21", "Kommunestyret tar stilling 14. desember.", "14. desember", "2022-12-14"),
        ("2024-02-09", "Forgjengeren gikk av 31. desember.", "31. desember", "2023-12-31"),
        ("2019-12-04", "Fristen er 1. mars.", "1. mars", "2020-03-01"),
        ("2024-10-07", "Stortinget ga i juni penger til bygget.", "i juni", "2024-06"),
        ("2024-11-27", "Saken skal opp på nytt i januar.", "i januar", "2025-01"),
        ("2025-01-22", "Midlane vart løyvde i desember.", "i desember", "2024-12"),
        ("2024-08-29", "Kontrakten er på plass i løpet av oktober.", "oktober", "2024-10"),
        ("2024-03-10", "Vi ses 8.-10. august.", "8.-10. august", "2024-08-08/2024-08-10"),
        ("2024-12-20", "Kontoret er stengt 23. desember–2. januar.", "23. desember–2. januar", "2024-12-23/2025-01-02"),
        ("2024-02-13", "Inntektene økte i fjerde kvartal.", "fjerde kvartal", "2023-36"),
        # the verb decides where the distance can't
        ("2024-09-02", "Bevilgningen ble vedtatt i februar.", "i februar", "2024-02"),
        ("2024-09-02", "Neste kull starter i februar.", "i februar", "2025-02"),
        ("2024-03-14", "Neste sjanse er i september.", "i september", "2024-09"),
        ("2025-01-22", "13.–14. september skipar laget stemne.", "13.–14. september", "2025-09-13/2025-09-14"),
        ("2022-11-21", "Han fungerer i vervet fram til 31. juli.", "31. juli", "2023-07-31"),
        # seasons
        ("2024-06-14", "Dørene kan åpnes alt i høst.", "i høst", "2024-23"),
        ("2022-02-22", "Rømminga i haust kosta fire millionar.", "i haust", "2021-23"),
        ("2025-01-22", "Frå i vår er ho trenar.", "i vår", "2025-21"),
        ("2024-12-05", "I vår lovte banken pengar.", "I vår", "2024-21"),
        ("2024-09-18", "Vi feiret dagen 8. mars.", "8. mars", "2024-03-08"),
        ("2024-09-18", "Festivalen, som opnar 10. mars, er utseld.", "10. mars", "2025-03-10"),
        # leap days
        ("2023-03-01", "Vi ses 29. februar.", "29. februar", "2024-02-29"),
    ],
)
def test_a_yearless_date_takes_the_year_that_the_text_implies(published: str, text: str, quote: str, edtf: str) -> None:
    assert quotes(text, date.fromisoformat(published)) == [(quote, edtf)]
    assert quotes(text, None) == [(quote, None)]


@pytest.mark.parametrize(
    "text",
    [
        # the possessive, and generic seasons
        "Dette er viktig i vår kommune.",
        "Det skjer i vår region.",
        "I vår nye strategi står mennesket først.",
        "Det er kaldt om vinteren.",
        "Høsten er fin.",
        "Vårens konserter og årets gave.",
        # names of months that are other names
        "August Strindberg skrev stykket.",
        "Ferden til Mars.",
        "Jan kom også.",
        "17. mai-komiteen i Førde",
        # weekdays, clock times, durations, decades
        "Møtet er på fredag.",
        "Dørene åpner kl. 18.00–20.15.",
        "Prosjektet går over tre år.",
        "De siste fire årene har vi vokst.",
        "Byggene er fra 1990-tallet.",
        "Det kostar to millionar i året.",
        # nowadays
        "Ordningen har i dag 46 medlemmer.",
        "Miljøene som driver med dette i dag, er fire.",
        "Den dag i dag",
        # names, papers, compounds
        "Les også: Prop. 1 S (2024–2025)",
        "Meld. St. 14 (2019–2020)",
        "Støttet av Horisont 2020.",
        "FNs Agenda 2030.",
        "NOU 2020: 15",
        "Møt oss på Nor-Shipping 2025!",
        "OL 2030",
        "Prøv 2024-modellen.",
        "Hos KI2024.no",
        # sums and counts
        "Prisen er 2000 kroner.",
        "Det ble 2 024 mill. til sammen.",
        "Laget fikk kr 1950 til kaker.",
        "De har 2000 elever.",
        "Det kom over 1900 til kampen.",
        "Et bygg på 1850 kvadratmeter.",
        "Pengar til 2000 elevar.",
        "En økning på 2024,5 poeng.",
        # numbers of things
        "Telefon 2203 1974",
        "tlf. 1987",
        "0104 Oslo",
        "Storgata 1, 2000 Lillestrøm",
        "Sak 35/24 og møte 6/2024",
        "Nr. 61-22",
        "Se § 3.1.24 i loven.",
        "Versjon 1.3.24 er ute.",
        "side 1987",
        "IP 10.1.2.2024.1",
        "2.350.000 kr",
        "Etappen gikk på 1.12.40.",
        # not in the calendar
        "31.02.2024",
        "30. februar",
        "45. mars-løpet",
        "5. halvår",
    ],
)
def test_not_a_date(text: str) -> None:
    assert quotes(text) == []


def test_several_dates_in_one_sentence() -> None:
    assert quotes(
        "Pengene utbetales i 2023 og 2024, sist i mai, og fristen er 1. mai og 15. juni.", date(2023, 1, 2)
    ) == [
        ("2023", "2023"),
        ("2024", "2024"),
        ("i mai", "2023-05"),
        ("1. mai", "2023-05-01"),
        ("15. juni", "2023-06-15"),
    ]


def test_a_period_that_the_calendar_lacks_stays_open() -> None:
    assert quotes("29. februar–3. mars 2023") == [("29. februar–3. mars 2023", None)]


def test_no_break_spaces_are_blanks() -> None:
    assert quotes("Oslo, 11.\u00a0oktober\u00a02021") == [("11.\u00a0oktober\u00a02021", "2021-10-11")]


ALPHABET = st.sampled_from(
    [*"0123456789.-–/ \n,§", "mai", "i ", "fjor", "høsten ", "2024", "1. ", "og", "til ", "kvartal", "vår"]
)


@given(st.one_of(st.text(), st.lists(ALPHABET).map("".join)), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_matches_lie_inside_the_text_in_order(text: str, published: date | None) -> None:
    bounds = [edge for match in find_dates(text, published) for edge in (match.start, match.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= edge <= len(text) for edge in bounds)
    assert all(match.start < match.end for match in find_dates(text, published))


def test_component_stores_spans_with_exact_offsets() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_dates")
    doc = nlp.make_doc("Støtte til prosjekt14.3.2024 ble varslet i fjor.")
    doc._.published = date(2024, 3, 14)
    spans = list(nlp(doc).spans["dates"])
    assert [span._.date for span in spans] == [DateMatch(19, 28, "2024-03-14"), DateMatch(41, 47, "2023")]
    assert all(span.label_ == "date" for span in spans)
