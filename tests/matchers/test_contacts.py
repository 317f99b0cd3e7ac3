"""Contact details: what counts as one, and its normal form."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.matchers.contacts import find_contacts

# text, the contact detail as written, its kind, its normal form
ONE_CONTACT = [
    # e-mail
    ("Kontakt: kari@firma.no", "kari@firma.no", "email", "kari@firma.no"),
    ("Kari.Nordmann@Firma.NO.", "Kari.Nordmann@Firma.NO", "email", "kari.nordmann@firma.no"),
    ("e-post: ola-n_1@stud.skole.no,", "ola-n_1@stud.skole.no", "email", "ola-n_1@stud.skole.no"),
    ("<ola@firma.no>", "ola@firma.no", "email", "ola@firma.no"),
    ("mailto:ola@firma.no", "ola@firma.no", "email", "ola@firma.no"),
    ("ola@bø-skule.no", "ola@bø-skule.no", "email", "ola@bø-skule.no"),
    ("kari(at)firma.no", "kari(at)firma.no", "email", "kari@firma.no"),
    ("kari [at] firma.no", "kari [at] firma.no", "email", "kari@firma.no"),
    ("kari(krøllalfa)firma(dot)no", "kari(krøllalfa)firma(dot)no", "email", "kari@firma.no"),
    ("kari [krøllalfa] firma.no", "kari [krøllalfa] firma.no", "email", "kari@firma.no"),
    ("Skriv til kari@\nfirma.no i dag", "kari@\nfirma.no", "email", "kari@firma.no"),
    ("Skriv til kari@post.firma.\nno i dag", "kari@post.firma.\nno", "email", "kari@post.firma.no"),
    ("Skriv til kari@firma.no.\nDet haster.", "kari@firma.no", "email", "kari@firma.no"),
    ("Skriv til kari@firma.no.\nNo hastar det.", "kari@firma.no", "email", "kari@firma.no"),
    # telephone
    ("tlf. 908 20 918", "908 20 918", "phone", "+4790820918"),
    ("Tlf: 22 00 25 00", "22 00 25 00", "phone", "+4722002500"),
    ("mobil 90820918", "90820918", "phone", "+4790820918"),
    ("Mob.: 908.20.918", "908.20.918", "phone", "+4790820918"),
    ("telefon\t22-00-25-00", "22-00-25-00", "phone", "+4722002500"),
    ("T: 22 00 25 00", "22 00 25 00", "phone", "+4722002500"),
    ("M: 908 20 918", "908 20 918", "phone", "+4790820918"),
    ("tlf. nr. 22 00 25 00", "22 00 25 00", "phone", "+4722002500"),
    ("tlf. 9082 0918", "9082 0918", "phone", "+4790820918"),
    ("Ring 02123", "02123", "phone", "+4702123"),
    ("telefon 02123", "02123", "phone", "+4702123"),
    ("Kari Nordmann, 908 20 918", "908 20 918", "phone", "+4790820918"),
    ("Kari Nordmann (22 00 25 00)", "22 00 25 00", "phone", "+4722002500"),
    ("tlf. 789 60 014", "789 60 014", "phone", "+4778960014"),
    ("Ring oss på 815 00 000.", "815 00 000", "phone", "+4781500000"),
    ("+47 908 20 918", "+47 908 20 918", "phone", "+4790820918"),
    ("(+47) 90 82 09 18", "(+47) 90 82 09 18", "phone", "+4790820918"),
    ("0047 22 00 25 00", "0047 22 00 25 00", "phone", "+4722002500"),
    ("+46 560 000 18", "+46 560 000 18", "phone", "+4656000018"),
    ("Tel. +45 33 12 34 56", "+45 33 12 34 56", "phone", "+4533123456"),
    ("+1 (212) 555-0123", "+1 (212) 555-0123", "phone", "+12125550123"),
    ("Ring Ola på mobil 400 00 112 etter kl. 16.", "400 00 112", "phone", "+4740000112"),
    # web address
    (
        "Les mer: https://www.firma.no/sak?id=3.",
        "https://www.firma.no/sak?id=3",
        "url",
        "https://www.firma.no/sak?id=3",
    ),
    ("Sjå www.firma.no, der", "www.firma.no", "url", "www.firma.no"),
    # organisation number
    ("Org.nr. 923 609 016", "923 609 016", "organisation_number", "923609016"),
    ("organisasjonsnummer: 923609016", "923609016", "organisation_number", "923609016"),
    ("NO 923 609 016 MVA", "923 609 016", "organisation_number", "923609016"),
    ("Foretaksnr. 923 609 016", "923 609 016", "organisation_number", "923609016"),
]


@pytest.mark.parametrize(("text", "written", "kind", "value"), ONE_CONTACT)
def test_one_contact(text: str, written: str, kind: str, value: str) -> None:
    assert [(text[m.start : m.end], m.kind, m.value) for m in find_contacts(text)] == [(written, kind, value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tlf: 22 00 25 00 / Mob: 908 20 918", ["+4722002500", "+4790820918"]),
        ("tlf. 62 00 41 07/+46 560 000 18", ["+4762004107", "+4656000018"]),
        ("telefon 908 20 918, 901 25 773", ["+4790820918", "+4790125773"]),
        ("kari@firma.no | 22 00 25 00 | www.firma.no", ["kari@firma.no", "+4722002500", "www.firma.no"]),
        ("22 00 25 00http://www.firma.no", ["+4722002500", "http://www.firma.no"]),
    ],
)
def test_several_contacts(text: str, values: list[str]) -> None:
    assert [m.value for m in find_contacts(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "98 000 000 kroner",
        "kr 90 82 09 18",
        "22 00 25 00 kroner",
        "NOK 22002500",
        "12.06.2024",
        "31.10.2024 kl. 10.00",
        "14.3.2024 10:00:00",
        "2021–2024 og 2025-2028",
        "Kontonummer: 1234.56.78901",
        "konto 1234 56 78901",
        "Org.nr. 923 609 017",
        "923 609 016",
        "02123",
        "12 345 678",
        "22 33 44 55 66",
        "saken har id 11140314_10152774588357007_2273",
        "ISBN 978-82-02-12345-6",
        "kari@firma",
        "@kari på Instagram",
        "Mobil dekning i 2025",
        "",
    ],
)
def test_no_contact(text: str) -> None:
    assert find_contacts(text) == []


def test_component() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_contacts")
    doc = nlp("Kari Nordmann, tlf. 22 00 25 00, kari@firma.no")
    assert [(span.label_, span._.contact.value) for span in doc.spans["contacts"]] == [
        ("phone", "+4722002500"),
        ("email", "kari@firma.no"),
    ]


PIECES = [
    "tlf. ",
    "22",
    " ",
    "+47",
    "(",
    ")",
    "@",
    "(at)",
    "a",
    ".",
    "no",
    "\n",
    "org.nr. ",
    "923 609 016",
    "٣",
    "www.",
    "kr",
    "T:",
]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text(text: str) -> None:
    end = 0
    for match in find_contacts(text):
        assert end <= match.start < match.end <= len(text)
        assert match.value
        end = match.end
