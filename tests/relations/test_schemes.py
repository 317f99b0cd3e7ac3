"""Programmes that money comes from and projects that it goes to."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pressextract.relations.schemes import find_schemes

NAMES = ("Nordvik Idrettslag", "Enova", "Siva", "Havbanken")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a noun leads to the name, and its other mentions are found too
        ("Midlene går til prosjektet «Trygg strand» i år.", [("project", "Trygg strand")]),
        ('Pengane går til forprosjektet "Trygg strand".', [("project", "Trygg strand")]),
        ("Tilskuddsordningen Kystløft lyses ut.", [("programme", "Kystløft")]),
        ("Programmet Nye Veier 2030 varer lenge.", [("programme", "Nye Veier 2030")]),
        ("Ordninga Skog og Fjell er ny. I Skog og Fjell er alt nytt.", [("programme", "Skog og Fjell")] * 2),
        ("EU støtter prosjektet ICEBALL med 6,4 millioner euro.", [("project", "ICEBALL")]),
        # it hangs on the name
        ("Kystløft-programmet og Arena Pro-midlene er fordelt.", [("programme", "Kystløft"), ("programme", "Arena Pro")]),
        # widely known
        ("Støtten kommer fra Grønn plattform og Klimasats.", [("programme", "Grønn plattform"), ("programme", "Klimasats")]),
        # none
        ("Prosjektet koster to millioner.", []),
        ("Ordningen Enova forvalter, er ny.", []),
        ("Programmet er langt. Siva leder det.", []),
        ("Grønn strøm er en plattform.", []),
    ],
)  # fmt: skip
def test_names_of_programmes_and_projects(
    annotate: Callable[..., Doc], text: str, expected: list[tuple[str, str]]
) -> None:
    doc = annotate(text, organisations=NAMES)
    found = find_schemes(doc)
    assert [(s.kind, s.name) for s in found] == expected
    assert all(doc.text[s.start : s.end] == s.name for s in found)


@pytest.mark.parametrize(
    ("text", "programme", "project"),
    [
        ("Enova gir Nordvik Idrettslag 2 millioner kroner gjennom programmet Kystløft.", "Kystløft", None),
        ("Siva gir 2 millioner kroner til prosjektet «Trygg strand» ved Nordvik Idrettslag.", None, "Trygg strand"),
        # of a list: in the line above it
        ("Tilskudd fra ordningen Kystløft:\n\n- Nordvik Idrettslag: 50 000 kroner\n", "Kystløft", None),
        # of a paragraph: named before, unless another body pays
        ("Prosjektet Trygg Strand er nytt. Siva gir Nordvik Idrettslag 60 000 kroner.", None, "Trygg Strand"),
        ("Programmet Kystløft er nytt. Nordvik Idrettslag får 60 000 kroner av det.", "Kystløft", None),
        ("Enova har ordningen Kystløft. Siva gir Nordvik Idrettslag 60 000 kroner.", None, None),
    ],
)
def test_the_programme_and_project_of_a_grant(
    annotate: Callable[..., Doc], text: str, programme: str | None, project: str | None
) -> None:
    (grant,) = annotate("Stor dag i fjorden\n\n" + text, organisations=NAMES)._.grants
    assert (grant.programme and grant.programme.name, grant.project and grant.project.name) == (programme, project)
    for scheme in (grant.programme, grant.project):
        assert scheme is None or any(start <= scheme.start and scheme.end <= end for start, end in grant.places)


@given(
    st.lists(
        st.sampled_from(["programmet ", "prosjektet ", "«", "»", '"', "Å", "-ordningen ", "Klimasats", "\n", "i "])
    )
)
def test_any_text_is_read_and_names_quote_it(annotate: Callable[..., Doc], pieces: list[str]) -> None:
    doc = annotate("".join(pieces))
    assert all(doc.text[s.start : s.end] == s.name for s in find_schemes(doc))
