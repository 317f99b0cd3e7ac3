"""Gold names found in the text of their document."""

import pytest
import spacy

from pressextract.ner.conllu import WordSpan
from pressextract.ner.press import mentions, press_sentences


def shown(text: str, people: list[tuple[str, ...]], organisations: list[tuple[str, ...]]) -> list[str]:
    """The sentences with the tags of named words behind them."""
    return [
        " ".join(w if t == "other" else f"{w}/{t}" for w, t in zip(s.words, s.tags, strict=True))
        for s in press_sentences(spacy.blank("nb").make_doc(text), people, organisations)
    ]


@pytest.mark.parametrize(
    ("text", "people", "organisations", "expected"),
    [
        (
            "Kari Nordmann leder Siva.\nNordmann er glad.",
            [("Kari Nordmann", "Nordmann")],
            [("Siva",)],
            ["Kari/B-PER Nordmann/I-PER leder Siva/B-BODY .", "Nordmann/B-PER er glad ."],
        ),
        ("Sivas nye sjef", [], [("Siva",)], ["Sivas/B-BODY nye sjef |"]),
        # the longest form wins, and a form within a word is none
        ("Sparebank 1 SMN er en sparebank", [], [("Sparebank 1 SMN", "SMN")], ["Sparebank/B-BODY 1/I-BODY SMN/I-BODY er en sparebank |"]),
        ("Innovasjon i Sivakollen.", [], [("Siva",)], ["Innovasjon i Sivakollen ."]),
        # the short form of a municipality is its place
        ("Hamar kommune ligger i Hamar.", [], [("Hamar kommune", "Hamar")], ["Hamar/B-BODY kommune/I-BODY ligger i Hamar ."]),
        # a body named in lower case is no name
        ("Da regjeringen gikk.", [], [("regjeringen",)], ["Da regjeringen gikk ."]),
    ],
)  # fmt: skip
def test_names_of_the_gold_are_tagged_in_the_text(
    text: str, people: list[tuple[str, ...]], organisations: list[tuple[str, ...]], expected: list[str]
) -> None:
    assert shown(text, people, organisations) == expected


def test_people_and_organisations_are_scored_and_lone_places_are_not() -> None:
    spans = [WordSpan(0, 1, "GPE_ORG"), WordSpan(2, 4, "GPE_ORG"), WordSpan(5, 6, "ORG"), WordSpan(7, 8, "PER"), WordSpan(8, 9, "LOC")]  # fmt: skip
    assert sorted(mentions(spans)) == [WordSpan(2, 4, "BODY"), WordSpan(5, 6, "BODY"), WordSpan(7, 8, "PER")]
