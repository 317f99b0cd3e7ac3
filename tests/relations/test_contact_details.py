"""Contact details of people."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

KARI, OLA = "Kari Nordmann", "Ola Berg"


@pytest.mark.parametrize(
    ("text", "emails", "phones"),
    [
        ("Kari Nordmann, kari@siva.no, telefon 908 20 918", {KARI: ["kari@siva.no"]}, {KARI: ["908 20 918"]}),
        (
            "Kontakt:\nKari Nordmann, tlf. 22 00 00 01\nOla Berg, tlf. 22 00 00 02",
            {},
            {KARI: ["22 00 00 01"], OLA: ["22 00 00 02"]},
        ),
        ("Kontakt:\nKari Nordmann\nDagleg leiar\nTlf. 22 00 00 01", {}, {KARI: ["22 00 00 01"]}),
        (
            "Kontakt:\nKari Nordmann eller Ola Berg, kari.nordmann@x.no, ob@x.no",
            {KARI: ["kari.nordmann@x.no"], OLA: ["ob@x.no"]},
            {},
        ),
        ("Kontakt: Kari Nordmann. Redaksjonen: post@siva.no", {}, {}),
    ],
)
def test_details_belong_to_the_person_they_spell_or_follow(
    annotate: Callable[..., Doc], text: str, emails: dict[str, list[str]], phones: dict[str, list[str]]
) -> None:
    people = annotate(f"Stor dag i fjorden\n\n{text}", people=(KARI, OLA))._.entities
    assert {e.name: e.emails for e in people if e.emails} == emails
    assert {e.name: e.phones for e in people if e.phones} == phones
