"""Who is what where."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

KARI, OLA = "Kari Nordmann", "Ola Berg"
FISK, HAVN, SIVA = "Nordvik Fisk AS", "Nordvik Havn", "Siva"
HEADLINE = "Stor dag i fjorden\n\n"


def roles(annotate: Callable[..., Doc], text: str, *more: str) -> set[tuple[str, str | None, str | None]]:
    doc = annotate(HEADLINE + text, people=(KARI, OLA, "Nordmann"), organisations=(FISK, HAVN, SIVA, *more))
    return {(r.person.name, r.title, r.organisation and r.organisation.name) for r in doc._.roles}


@pytest.mark.parametrize(
    ("text", "title", "organisation"),
    [
        # the title before the name
        ("Det sier direktør Kari Nordmann i Siva.", "direktør", SIVA),
        ("Det seier dagleg leiar Kari Nordmann ved Nordvik Havn.", "dagleg leiar", HAVN),
        ("Administrerende direktør i Siva, Kari Nordmann, er glad.", "administrerende direktør", SIVA),
        ("Områdedirektør for industri i Siva Kari Nordmann er glad.", "områdedirektør", SIVA),
        ("Sivas direktør Kari Nordmann er glad.", "direktør", SIVA),
        ("Det sier daglig leder Nordvik Havn, Kari Nordmann.", "daglig leder", HAVN),
        # the title after the name
        ("Kari Nordmann, styreleder i Nordvik Havn, er glad.", "styreleder", HAVN),
        ("Kari Nordmann (47), styreleiar i Nordvik Havn, er glad.", "styreleiar", HAVN),
        ("Kari Nordmann er daglig leder i Nordvik Fisk AS.", "daglig leder", FISK),
        ("Kari Nordmann, som er havnefogd ved Nordvik Havn, er glad.", "havnefogd", HAVN),
        ("Kari Nordmann blir ny direktør i Siva.", "direktør", SIVA),
        ("Kari Nordmann tiltrer som direktør i Siva.", "direktør", SIVA),
        ("Kari Nordmann (rådgiver i Siva) svarer.", "rådgiver", SIVA),
        # no organisation: ministers and artists have none
        ("Det sier næringsminister Kari Nordmann. Siva er enig.", "næringsminister", None),
        ("Cellisten Kari Nordmann spilte for Siva.", "cellist", None),
    ],
)
def test_a_title_beside_a_name(annotate: Callable[..., Doc], text: str, title: str, organisation: str | None) -> None:
    assert roles(annotate, text) == {(KARI, title, organisation)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kari Nordmann er gründer og daglig leder i Nordvik Fisk AS.", {(KARI, "gründer", FISK), (KARI, "daglig leder", FISK)}),
        ("Direktør Kari Nordmann og styreleder Ola Berg i Siva er enige.", {(KARI, "direktør", SIVA), (OLA, "styreleder", SIVA)}),
        ("Kari Nordmann er direktør i Siva. Hun er også styreleder i Nordvik Havn.", {(KARI, "direktør", SIVA), (KARI, "styreleder", HAVN)}),
        ("Siva vokser.\n\n– Bra, sier direktør Kari Nordmann.", {(KARI, "direktør", SIVA)}),
        ("Det sier direktør Kari Nordmann i Siva.\n\nNordvik Havn venter. Direktør Kari Nordmann smiler.", {(KARI, "direktør", SIVA)}),
        ("Det sier ordfører Kari Nordmann i Lindås kommune.", {(KARI, "ordfører", "Lindås kommune")}),
        ("Lindås kommune bygger.\n\nSiva er med, sier ordfører Kari Nordmann (Sp).", {(KARI, "ordfører", "Lindås kommune")}),
        ("Jukselappen er levert av Ola Berg fra Nordvik Havn.", {(OLA, None, HAVN)}),
        ("Kari Nordmann møtte Ola Berg.", set()),
        ("Foto: Kari Nordmann / Siva", set()),
        ("Siva søker ny direktør. Kari Nordmann svarer på spørsmål.", set()),
    ],
)  # fmt: skip
def test_roles_of_a_text(
    annotate: Callable[..., Doc], text: str, expected: set[tuple[str, str | None, str | None]]
) -> None:
    assert roles(annotate, text) == expected


def test_a_board_s_list(annotate: Callable[..., Doc]) -> None:
    text = "Styret i Siva består av:\n\nKari Nordmann, Nordvik Havn, styreleder\nOla Berg, Nordvik Fisk AS\nEva Lie, nestleder"
    doc = annotate(HEADLINE + text, people=(KARI, OLA, "Eva Lie"), organisations=(FISK, HAVN, SIVA))
    assert {(r.person.name, r.title, r.organisation.name) for r in doc._.roles} == {
        (KARI, "styreleder", SIVA),
        (KARI, None, HAVN),
        (OLA, "styremedlem", SIVA),
        (OLA, None, FISK),
        ("Eva Lie", "nestleder", SIVA),
    }


def test_a_board_in_a_sentence(annotate: Callable[..., Doc]) -> None:
    text = "Møtet er over. Styret i Siva består av Kari Nordmann (leder), Ola Berg og Eva Lie."
    doc = annotate(HEADLINE + text, people=(KARI, OLA, "Eva Lie"), organisations=(SIVA,))
    assert {(r.person.name, r.title, r.organisation.name) for r in doc._.roles} == {
        (KARI, "styreleder", SIVA),
        (OLA, "styremedlem", SIVA),
        ("Eva Lie", "styremedlem", SIVA),
    }


def test_a_contact_under_a_body_is_at_it(annotate: Callable[..., Doc]) -> None:
    text = "Kontakter\n\nI Siva: Kari Nordmann, kari@siva.no, telefon 908 20 918\nI Nordvik Havn: Ola Berg, telefon 901 25 773"
    assert roles(annotate, text) == {(KARI, None, SIVA), (OLA, None, HAVN)}


def test_the_evidence_holds_name_and_title(annotate: Callable[..., Doc]) -> None:
    doc = annotate("Det sier direktør Kari Nordmann i Siva.", people=(KARI,), organisations=(SIVA,))
    (role,) = doc._.roles
    assert doc.text[role.start : role.end] == "direktør Kari Nordmann"
    assert 0 <= role.confidence <= 1
