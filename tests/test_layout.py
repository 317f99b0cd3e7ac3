"""Layout: which stretch of a release is headline, paragraph, list, contact block or noise; its title and date."""

from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.layout import Block, find_blocks, find_published, find_title

RELEASE = """\
Sørøya kommune
Meny | Søk | Kontakt oss

Ny ferje til Sørøya

Publisert: 3. mai 2024 kl. 09.00 | Sist oppdatert: 7. mai 2024
Tekst: Kari Lofthus

Kommunen får 12 millioner kroner av fylket til ei ny ferje, som skal gå i rute fra neste sommer.

– Dette har vi ventet på lenge, sier ordfører Ola Bratli.

Slik fordeles pengene:

• Sørøya Rederi AS: 8 millioner kroner
• Havnefondet: 4 millioner kroner

Nytt kaianlegg
Kaia skal være ferdig i 2026. Arbeidet koster mer enn det kommunen hadde regnet med, men staten hjelper til.

Kontaktpersoner:
Ola Bratli, ordfører, tlf. 900 00 001
Kari Lofthus, kari.lofthus@example.no

Om Sørøya kommune
Sørøya er en øykommune med 900 innbyggere og to fiskemottak.

Foto: Anne Bratli
Del på Facebook
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in find_blocks(text)]


def test_a_whole_release() -> None:
    assert [kind for kind, _ in kinds(RELEASE)] == [
        *("sender", "menu", "headline", "dateline", "byline", "paragraph", "paragraph", "intro", "item", "item"),
        *("heading", "paragraph", "intro", "contact", "contact", "heading", "boilerplate", "credit", "menu"),
    ]
    assert find_published(RELEASE, find_blocks(RELEASE)) == date(2024, 5, 3)


def test_items_know_their_intro_label_and_section() -> None:
    text = "Tittel på saken\n\nEn kort tekst.\n\nTildelinger\n\nDette er mottakerne:\n1) Lag A: 5 kr\n2) Lag B: 6 kr\n"
    blocks = find_blocks(text)
    item = blocks[-1]
    assert text[item.start : item.end] == "Lag B: 6 kr"
    assert item.intro is not None and blocks[item.intro].kind == "intro"
    assert item.section is not None and text[blocks[item.section].start : blocks[item.section].end] == "Tildelinger"
    assert item.label_end is not None and text[item.start : item.label_end] == "Lag B"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bilde: Ordføreren på kaia.", "credit"),
        ("Ill.: Norsk Tegnestue", "credit"),
        ("Av Siri Halland, kommunikasjonsrådgjevar", "byline"),
        ("Byggherre: Sørøya kommune", "field"),
        ("Kontakt: Ola Bratli, tlf. 900 00 001", "contact"),
        ("Spørsmål rettast til Ola Bratli, ola@example.no", "contact"),
        ("Heim / Aktuelt / Nyhende", "menu"),
        ("Meld deg på nyhetsbrevet vårt", "boilerplate"),
        ("Her står det noe, og så er det slutt.", "paragraph"),
    ],
)
def test_single_lines_below_the_running_text(text: str, kind: str) -> None:
    body = "Overskrift på denne saken\n\nFørst kommer et avsnitt med vanlig tekst. Det er to setninger.\n\n"
    assert kinds(body + text + "\n")[-1] == (kind, text)


@pytest.mark.parametrize(
    "dashes",
    [
        "– Vi er glade for støtten, sier styreleder Nina Vik.",
        "– Har dere bedt om mer?\n\n– Ja, det har vi, svarer Vik.",
        "- Eg er stolt, seier ho.\n- Det er eg òg, legg han til.",
    ],
)
def test_quotations_are_paragraphs(dashes: str) -> None:
    found = kinds(f"Støtte til korpset\n\nKorpset får penger av kommunen i år også.\n\n{dashes}\n")[2:]
    assert found == [("paragraph", line) for line in dashes.split("\n") if line]


def test_dash_lists_are_items() -> None:
    text = "Støtte til lag\n\nDisse får penger:\n– Korpset: 5000 kroner\n– Skilaget: 3000 kroner\n"
    assert kinds(text)[-2:] == [("item", "Korpset: 5000 kroner"), ("item", "Skilaget: 3000 kroner")]


def test_lists_without_bullets() -> None:
    text = (
        "Nytt styre i laget\n\nStyret består av:\n\nKari Vik, Firma AS, leder\n\nOla Nes, nestleder\n\nDet var alt.\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["headline", "intro", "item", "item", "paragraph"]


def test_table_rows_have_their_header_as_intro() -> None:
    text = "Tildelinger i år\n\nMottaker\tSum\nLag A\t5 000\nLag B\t6 000\n"
    blocks = find_blocks(text)
    assert [block.kind for block in blocks] == ["headline", "intro", "item", "item"]
    assert [block.intro for block in blocks[2:]] == [1, 1]
    assert [text[block.start : block.label_end] for block in blocks[2:]] == ["Lag A", "Lag B"]


def test_hard_wrapped_paragraphs_are_joined() -> None:
    text = (
        "Ny kai på Sørøya\n\n"
        "Kommunen skal bygge en ny kai, og arbeidet begynner så snart telen har\n"
        "gått. Kaia blir dobbelt så lang som den gamle, forteller havnesjef Ola\n"
        "Bratli, som har ventet lenge på dette.\n\n"
        "Pengene kommer fra fylket, som har satt av ti millioner kroner til\n"
        "formålet i år.\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["headline", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("PRESSEMELDING\nSørøya kommune\n\nNy ferje til øya\n\nKommunen har kjøpt ei ferje i dag.", "Ny ferje til øya"),
        ("Pressemelding frå Vik kommune\n\n– No er vi i mål\n\nVi er ferdige.", "– No er vi i mål"),
        ("Foto: Ola Nes\n\nFår penger til kai\n\nKaia er viktig.", "Får penger til kai"),
        ("NY FERJE TIL ØYA KJØPT I GÅR\nOslo, 3. mai 2024\n\nFerja er ny.", "NY FERJE TIL ØYA KJØPT I GÅR"),
        ("Kommunen har i dag vedtatt å kjøpe ei ny ferje, som skal gå i rute fra neste år av.\n\nDen er stor.", None),
        ("", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    block = find_title(text, find_blocks(text))
    assert (text[block.start : block.end] if block else None) == title


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Publisert 11.10.2021", date(2021, 10, 11)),
        ("Publisert: tysdag 28. mai 2024\tOppdatert: 29. mai 2024", date(2024, 5, 28)),
        ("Pressemelding | Nr: 12-24 | Dato: 07.10.2024", date(2024, 10, 7)),
        ("07.10.2024 | Pressemelding", date(2024, 10, 7)),
        ("Lagt ut 3.2.2025", date(2025, 2, 3)),
        ("Publisert 2025-03-14 09:30", date(2025, 3, 14)),
        ("Oslo, 3/6-2020", date(2020, 6, 3)),
        ("Vik, 22.02.22", date(2022, 2, 22)),
        ("BODØ, 12. juni 2023: Kommunen gir penger til laget.", date(2023, 6, 12)),
        ("Vik/Voss, 14.6.2024 – Heradet gir pengar til laget.", date(2024, 6, 14)),
        ("3. mai 2024 – Kommunen gir penger til laget.", date(2024, 5, 3)),
        ("3. mai 2024. Kommunen gir penger til laget.", date(2024, 5, 3)),
        ("Vik, 3. mai 2024 kl. 08.00: Kommunen gir penger til laget.", date(2024, 5, 3)),
        ("(Bodø, 3. mai 2024) Kommunen gir penger til laget.", date(2024, 5, 3)),
        ("Av Kari Nes, 3. mai 2024", date(2024, 5, 3)),
        ("Publisert av Kari Nes torsdag 2. mai, 2024", date(2024, 5, 2)),
        ("3. mai 2024 – 5. mai 2024 er det fest.", None),
        ("Publisert 5. des. 2024", date(2024, 12, 5)),
        ("Sist oppdatert 11.10.2021", None),
        ("Søknadsfrist: 11.10.2021", None),
        ("Vedtaket ble gjort 11.10.2021.", None),
        ("Publisert 31.2.2024", None),
    ],
)
def test_published(line: str, published: date | None) -> None:
    text = f"Kommunen gir penger til laget\n\n{line}\n\nLaget får penger i år også, og det er bra.\n"
    assert find_published(text, find_blocks(text)) == published


def test_dates_of_other_releases_do_not_count() -> None:
    text = "Ny ferje til øya\n\nFerja er ny.\n\nSiste pressemeldinger\n\nNy kai\n14.3.2024 | Pressemelding\n"
    assert find_published(text, find_blocks(text)) is None


def test_component_keeps_a_given_date() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_layout")
    doc = nlp("Ny klynge i nord\n\nOslo, 3. mai 2023: Siva har fått en ny klynge.")
    assert doc._.title == "Ny klynge i nord"
    assert doc._.published == date(2023, 5, 3)
    assert [block.kind for block in doc._.blocks] == ["headline", "dateline", "paragraph"]
    given_date = nlp.make_doc("Oslo, 3. mai 2023: Siva har fått en ny klynge.")
    given_date._.published = date(2020, 1, 1)
    assert nlp(given_date)._.published == date(2020, 1, 1)


_LINES = st.sampled_from(
    [
        "",
        " ",
        "***",
        "– Ja",
        "- a: b",
        "1. Sak",
        "• ",
        "A\tB",
        "Kontakt:",
        "Om X",
        "x@y.no",
        "Slik blir det:",
        "3.5.2024",
    ]
)


@given(st.lists(_LINES | st.text(max_size=30), max_size=20).map("\n".join) | st.text())
def test_any_text_has_orderly_blocks(text: str) -> None:
    blocks = find_blocks(text)
    end = 0
    for i, block in enumerate(blocks):
        assert end <= block.start < block.end <= len(text)
        assert block.intro is None or block.intro < i
        assert block.section is None or blocks[block.section].kind == "heading"
        assert block.label_end is None or block.start < block.label_end <= block.end
        end = block.end
    find_published(text, blocks)
    title = find_title(text, blocks)
    assert title is None or isinstance(title, Block)
