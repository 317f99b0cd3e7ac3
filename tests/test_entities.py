"""Mentions to entities."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pressextract.entities import Entity


def entities(doc: Doc, group: str) -> dict[str, list[str]]:
    """Names to aliases."""
    return {e.name: e.aliases for e in doc._.entities if e.group == group}


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Direktoratet for fjellvann (DFV) svarer. DFVs direktør er glad.",
            ("Direktoratet for fjellvann", "DFV"),
            {"Direktoratet for fjellvann": ["DFV"]},
        ),
        (
            "Nordvik Fisk AS vokser. Nordvik Fisk ansetter.",
            ("Nordvik Fisk AS", "Nordvik Fisk"),
            {"Nordvik Fisk AS": ["Nordvik Fisk"]},
        ),
        (
            "Trollheim Skogindustri AS («Trollheim») selger.",
            ("Trollheim Skogindustri AS",),
            {"Trollheim Skogindustri AS": ["Trollheim"]},
        ),
        ("Ocean Valley Cluster møttes. OVC er ny.", ("Ocean Valley Cluster", "OVC"), {"Ocean Valley Cluster": ["OVC"]}),
        (
            "NORDVIK FISK AS\n\nNordvik Fisk AS vokser.",
            ("NORDVIK FISK AS", "Nordvik Fisk AS"),
            {"Nordvik Fisk AS": ["NORDVIK FISK AS"]},
        ),
        ("Forskningsrådet, altså Norges forskningsråd, gir.", (), {"Norges forskningsråd": ["Forskningsrådet"]}),
        ("Sivas direktør takket Siva.", ("Sivas", "Siva"), {"Siva": []}),
        (
            "Siva – Selskapet for vekst gir. Siva er glad.",
            ("Siva – Selskapet for vekst", "Siva"),
            {"Siva – Selskapet for vekst": ["Siva"]},
        ),
        ("Stiftelsen Trygg Havn bygger. Trygg Havn er ny.", ("Stiftelsen Trygg Havn", "Trygg Havn"), {"Stiftelsen Trygg Havn": ["Trygg Havn"]}),
        ("Idrettslaget Viljen vant. IL Viljen er glad.", ("Idrettslaget Viljen", "IL Viljen"), {"Idrettslaget Viljen": ["IL Viljen"]}),
        ("Nordvik FK tapte. Nordvik Fotballklubb er lei.", ("Nordvik FK", "Nordvik Fotballklubb"), {"Nordvik Fotballklubb": ["Nordvik FK"]}),
        ("Universitetet i Bergen og Bergen kommune er med.", ("Universitetet i Bergen", "Bergen kommune"), {"Universitetet i Bergen": [], "Bergen kommune": []}),
        ("SINTEF og SINTEF TTO samarbeider.", ("SINTEF", "SINTEF TTO"), {"SINTEF": [], "SINTEF TTO": []}),
        (
            "Lindås kommune og Alver kommune er med.",
            ("Lindås kommune", "Alver kommune"),
            {"Lindås kommune": [], "Alver kommune": []},
        ),
    ],
)  # fmt: skip
def test_forms_of_one_organisation_are_one(
    annotate: Callable[..., Doc], text: str, names: tuple[str, ...], expected: dict[str, list[str]]
) -> None:
    assert entities(annotate(text, organisations=names), "organisation") == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Støtten kommer fra Lindås kommune i dag.", "Lindås kommune"),
        ("Det leverer Nordvik AS.", "Nordvik AS"),
        ("Søknaden gikk til Nærings- og fiskeridepartementet.", "Nærings- og fiskeridepartementet"),
        ("Søknaden gikk til Universitetet i Nordvik.", "Universitetet i Nordvik"),
        ("Det vedtok Stortinget i går.", "Stortinget"),
        ("Det sier regjeringa.", "regjeringa"),
        ("Svaret kom fra Vilttilsynet.", "Vilttilsynet"),
    ],
)
def test_names_that_give_themselves_away_need_no_model(annotate: Callable[..., Doc], text: str, name: str) -> None:
    assert name in entities(annotate(text), "organisation")


@pytest.mark.parametrize(
    "text",
    [
        "Ordfører Kari Nordmann (Sp) er glad.",
        "Inntekten var på 3 MNOK.",
        "Det kommer fra Fjellprogrammet.",
        "Han er CEO.",
        "Fire Fjordlab-partnere er med.",
        "Korpset øver. Kommunen betaler.",
    ],
)
def test_party_letters_units_programmes_titles_and_common_nouns_are_no_organisations(
    annotate: Callable[..., Doc], text: str
) -> None:
    doc = annotate(text, organisations=("Sp", "MNOK", "Fjellprogrammet", "CEO", "Fire", "Korpset", "Kommunen"))
    assert entities(doc, "organisation") == {}


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Fordi Rederiet Fjordvik ASA vokser, bygger de.", ("Rederiet Fjordvik ASA",), ["Rederiet Fjordvik ASA"]),
        ("Rederiet Fjordvik vokser.", ("Fjordvik",), ["Fjordvik"]),
        ("Foreningen Blå Fjord vokser.", ("Blå Fjord",), ["Foreningen Blå Fjord"]),  # but not its opening word
        ("Friluftsleder i Øvre Nordvik kommune: Kari", ("i Øvre Nordvik kommune",), ["Øvre Nordvik kommune"]),
        ("Rådgiver i Øvre Nordvik kommune: Kari", ("Rådgiver i Øvre Nordvik kommune",), ["Øvre Nordvik kommune"]),
        ("Styret i Fjordvik Fisk AS møttes.", ("Fjordvik Fisk AS",), ["Fjordvik Fisk AS"]),
        ("Nordvik Blikk og Vik Maskin DA bygger.", ("Nordvik Blikk", "Vik Maskin DA"), ["Nordvik Blikk", "Vik Maskin DA"]),
    ],
)  # fmt: skip
def test_the_model_knows_better_where_a_name_begins(
    annotate: Callable[..., Doc], text: str, names: tuple[str, ...], expected: list[str]
) -> None:
    assert list(entities(annotate(text, organisations=names), "organisation")) == expected


@pytest.mark.parametrize(
    "glued", ["Fjord Norge Fjordlab, Fjord NorgeFjord Norge", "Fjord Norge, Fjordlab. Se Fjordlab.no"]
)
def test_what_a_web_copy_sticks_together_is_no_further_name(annotate: Callable[..., Doc], glued: str) -> None:
    names = ("Fjord Norge", "Fjordlab", "Fjord NorgeFjord Norge", "Fjordlab.no")
    doc = annotate(glued, organisations=tuple(name for name in names if name in glued))
    assert list(entities(doc, "organisation")) == ["Fjord Norge", "Fjordlab"]


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("Kari Nordmann takker. Nordmann er glad.", ("Kari Nordmann", "Nordmann"), {"Kari Nordmann": ["Nordmann"]}),
        ("Kari Nordmann takker. Kari er glad.", ("Kari Nordmann", "Kari"), {"Kari Nordmann": ["Kari"]}),
        ("Kari Lie Nordmann takker. Lie Nordmann er glad.", ("Kari Lie Nordmann", "Lie Nordmann"), {"Kari Lie Nordmann": ["Lie Nordmann"]}),
        ("Kari Lie Nordmann takker. Kari L. Nordmann er glad.", ("Kari Lie Nordmann", "Kari L. Nordmann"), {"Kari Lie Nordmann": ["Kari L. Nordmann"]}),
        ("Kari Nordmann og Ola Nordmann bor her. Nordmann er glad.", ("Kari Nordmann", "Ola Nordmann", "Nordmann"), {"Kari Nordmann": [], "Ola Nordmann": []}),
        ("Kari Nordmanns forslag vant. Kari Nordmann er glad.", ("Kari Nordmanns", "Kari Nordmann"), {"Kari Nordmann": []}),
        ("Det sier Kari Lie Vik fra Bodø.", ("Kari Lie",), {"Kari Lie Vik": []}),
        ("Kontakt: Kari Lie Vik, tlf. 22 00 00 01", ("Lie Vik",), {"Kari Lie Vik": []}),
        ('Kari "Kaja" Nordmann takker.', ("Kari", "Nordmann"), {'Kari "Kaja" Nordmann': []}),
        ("Siri Berg-Aas takker.", ("Siri Berg-Aas",), {"Siri Berg-Aas": []}),
        ("Siri Berg-Aas takker. Berg-Aas er glad.", ("Siri Berg-Aas", "Berg-Aas"), {"Siri Berg-Aas": ["Berg-Aas"]}),
        ("Per Berg-Aas og Ola Berg takker. Berg er glad.", ("Per Berg-Aas", "Ola Berg", "Berg"), {"Per Berg-Aas": [], "Ola Berg": ["Berg"]}),
        ("Anne-Lise Vik takker. Anne-Lise er glad.", ("Anne-Lise Vik", "Anne-Lise"), {"Anne-Lise Vik": ["Anne-Lise"]}),
    ],
)  # fmt: skip
def test_forms_of_one_person_are_one(
    annotate: Callable[..., Doc], text: str, people: tuple[str, ...], expected: dict[str, list[str]]
) -> None:
    assert entities(annotate(text, people=people), "person") == expected


def test_every_occurrence_is_a_mention(annotate: Callable[..., Doc]) -> None:
    text = "Siva gir. Sivas midler er brukt, sier Siva-sjefen. sivaing."
    (siva,) = annotate(text, organisations=("Siva",))._.entities
    assert isinstance(siva, Entity)
    assert [text[m.start : m.end] for m in siva.mentions] == ["Siva", "Siva"]
    assert [m.start for m in siva.mentions] == [0, 10]
