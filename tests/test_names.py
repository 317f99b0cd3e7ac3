"""Names as strings."""

import pytest

from pressextract.names import abbreviates, genitive_base, initials, is_name_of_body, kind_of, without_legal_form


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Norges forskningsråd", "agency"),
        ("Forskingsrådet", "agency"),
        ("Direktoratet for vilt og vann", "agency"),
        ("Statsforvaltaren i Vestland", "agency"),
        ("Nærings- og fiskeridepartementet", "ministry"),
        ("regjeringen", "government"),
        ("Sametinget", "government"),
        ("Lindås kommune", "municipality"),
        ("Vestland fylkeskommune", "county"),
        ("Helse Fjell HF", "health"),
        ("Nordvik sjukehus", "health"),
        ("Universitetet i Nordvik", "school"),
        ("Nordvik videregående skole", "school"),
        ("Havforskingsinstituttet", "research"),
        ("Sparebanken Nordvik", "bank"),
        ("Sparebankstiftelsen Nordvik", "foundation"),
        ("Nordvik kulturfond", "foundation"),
        ("Nordvik Idrettslag", "association"),
        ("Nordvik Sjakklubb", "association"),
        ("Ocean Valley Cluster", "network"),
        ("Nordvik Næringshage", "network"),
        ("Senterpartiet", "party"),
        ("Nordvik Fisk AS", "company"),
        ("Nordvik Avis", "media"),
        ("Trollheim", "other"),
    ],
)
def test_the_kind_of_a_body_shows_in_its_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("NVE", "Norges vassdrags- og energidirektorat"),
        ("KMD", "Kommunal- og moderniseringsdepartementet"),
        ("OVC", "Ocean Valley Cluster"),
        ("UiN", "Universitetet i Nordvik"),
    ],
)
def test_initials_abbreviate(short: str, name: str) -> None:
    assert abbreviates(short, name)


@pytest.mark.parametrize(
    ("short", "name"), [("NTB", "Norges vassdrags- og energidirektorat"), ("N", "Nordvik"), ("vann", "Vann")]
)
def test_other_words_do_not_abbreviate(short: str, name: str) -> None:
    assert not abbreviates(short, name)


def test_initials_leave_out_small_words() -> None:
    assert initials("Foreningen for fjell og fjord") == "FFF"


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("Sivas", "Siva"),
        ("Hansens", "Hansen"),
        ("NTNU's", "NTNU"),
        ("Aas'", "Aas"),
        ("Moss", None),
        ("Felix", None),
        ("Siva", None),
        ("AS", None),
    ],
)
def test_genitives(form: str, base: str | None) -> None:
    assert genitive_base(form) == base


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Nordvik Fisk AS", "Nordvik Fisk"), ("Helse Fjell HF", "Helse Fjell"), ("Nordvik", "Nordvik"), ("AS", "AS")],
)
def test_legal_forms_come_off(name: str, bare: str) -> None:
    assert without_legal_form(name) == bare


@pytest.mark.parametrize(
    "name", ["Fjellprogrammet", "Brageprisen", "Opplæringsloven", "MNOK", "FAKTA", "2024", "kommunen"]
)
def test_programmes_prizes_laws_and_rubrics_are_no_bodies(name: str) -> None:
    assert not is_name_of_body(name)


@pytest.mark.parametrize("name", ["regjeringen", "Nordvik Fisk AS", "NTNU"])
def test_bodies_are_bodies(name: str) -> None:
    assert is_name_of_body(name)
