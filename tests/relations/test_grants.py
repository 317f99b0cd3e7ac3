"""Who gave whom how much."""

from collections.abc import Callable
from typing import Any

import pytest
from spacy.tokens import Doc

LAG, KOR, HAVN = "Nordvik Idrettslag", "Fjell Mannskor", "Nordvik Havn AS"
SIVA, ENOVA, DAM = "Siva", "Enova", "Stiftelsen Dam"
HEADLINE = "Stor dag i fjorden\n\n"


def grants(annotate: Callable[..., Doc], text: str) -> list[dict[str, Any]]:
    doc = annotate(HEADLINE + text, people=("Kari Nordmann",), organisations=(LAG, KOR, HAVN, SIVA, ENOVA, DAM))
    return [
        {
            "funders": {e.name for e in g.funders},
            "recipients": {e.name for e in g.recipients},
            "value": g.amount and int(g.amount.value),
            "status": g.status,
            "duration": g.duration,
        }
        for g in doc._.grants
    ]


@pytest.mark.parametrize(
    ("text", "funders", "recipients", "value"),
    [
        # active, inverted, passive
        ("Siva gir Nordvik Idrettslag 50 000 kroner.", {SIVA}, {LAG}, 50_000),
        ("Nå bevilger Siva 6 millioner kroner til Nordvik Idrettslag.", {SIVA}, {LAG}, 6_000_000),
        ("I fjor ga Siva Nordvik Idrettslag 50 000 kroner.", {SIVA}, {LAG}, 50_000),
        ("Nordvik Idrettslag får 2 millioner kroner fra Stiftelsen Dam.", {DAM}, {LAG}, 2_000_000),
        ("Nordvik Idrettslag fekk to millionar kroner av Stiftelsen Dam.", {DAM}, {LAG}, 2_000_000),
        ("Nordvik Idrettslag er tildelt 2 millioner kroner fra Enova.", {ENOVA}, {LAG}, 2_000_000),
        ("Enova støtter Nordvik Havn AS med 14,5 millioner kroner.", {ENOVA}, {HAVN}, 14_500_000),
        # nominal
        ("Enovas tilskudd på 3 millioner kroner til Nordvik Havn AS er klart.", {ENOVA}, {HAVN}, 3_000_000),
        ("Fra Enova kommer et tilskudd på 3 millioner kroner til Nordvik Havn AS.", {ENOVA}, {HAVN}, 3_000_000),
        ("En gave på 10 000 kroner fra Siva til Fjell Mannskor er overrakt.", {SIVA}, {KOR}, 10_000),
        # several
        ("Siva og Enova gir Nordvik Havn AS 3 millioner kroner.", {SIVA, ENOVA}, {HAVN}, 3_000_000),
        ("Nordvik Idrettslag og Fjell Mannskor får 30 000 kroner fra Stiftelsen Dam.", {DAM}, {LAG, KOR}, 30_000),
        # people
        ("Kari Nordmann får et stipend på 50 000 kroner fra Stiftelsen Dam.", {DAM}, {"Kari Nordmann"}, 50_000),
    ],
)  # fmt: skip
def test_the_parties_of_a_sum(
    annotate: Callable[..., Doc], text: str, funders: set[str], recipients: set[str], value: int
) -> None:
    (grant,) = grants(annotate, text)
    assert (grant["funders"], grant["recipients"], grant["value"]) == (funders, recipients, value)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Enova gir Nordvik Havn AS 3 millioner kroner.", "awarded"),
        ("Nordvik Havn AS har søkt Enova om 3 millioner kroner.", "applied"),
        ("Nordvik Havn AS søkjer Enova om 3 millionar kroner i støtte.", "applied"),
        ("Regjeringen foreslår å gi Nordvik Havn AS 3 millioner kroner.", "proposed"),
        ("Regjeringa føreslår å løyve 3 millionar kroner til Nordvik Havn AS.", "proposed"),
    ],
)
def test_status(annotate: Callable[..., Doc], text: str, status: str) -> None:
    (grant,) = grants(annotate, text)
    assert grant["status"] == status


@pytest.mark.parametrize(
    ("words", "duration"),
    [
        ("over tre år", "P3Y"),
        ("fordelt på fire år", "P4Y"),
        ("i ein periode på to år", "P2Y"),
        ("over 18 måneder", "P18M"),
        ("over en treårsperiode", "P3Y"),
        ("for tre år siden", None),
    ],
)
def test_duration(annotate: Callable[..., Doc], words: str, duration: str | None) -> None:
    (grant,) = grants(annotate, f"Enova gir Nordvik Havn AS 3 millioner kroner {words}.")
    assert grant["duration"] == duration


@pytest.mark.parametrize(
    "text",
    [
        "Nordvik Havn AS omsatte for 30 millioner kroner.",
        "Driftsresultatet til Nordvik Havn AS endte på 3 millioner kroner.",
        "Nordvik Havn AS investerer 30 millioner kroner i ny kai.",
        "Nybygget koster 30 millioner kroner.",
        "Nordvik Havn AS kjøpte tomta for 3 millioner kroner.",
        "Kontrakten har en verdi på 30 millioner kroner.",
    ],
)
def test_business_is_no_grant(annotate: Callable[..., Doc], text: str) -> None:
    assert grants(annotate, text) == []


def test_a_list_of_awards_takes_the_funder_from_its_intro(annotate: Callable[..., Doc]) -> None:
    text = (
        "Disse får støtte fra Stiftelsen Dam:\n\n• Nordvik Idrettslag: 50 000 kroner\n• Fjell Mannskor: 20 000 kroner"
    )
    assert [(g["funders"], g["recipients"], g["value"]) for g in grants(annotate, text)] == [
        ({DAM}, {LAG}, 50_000),
        ({DAM}, {KOR}, 20_000),
    ]


def test_an_award_told_twice_is_one(annotate: Callable[..., Doc]) -> None:
    text = "Siva gir Nordvik Idrettslag 50 000 kroner.\n\nNordvik Idrettslag får 50 000 kroner fra Siva."
    doc = annotate(HEADLINE + text, organisations=(LAG, SIVA))
    (grant,) = doc._.grants
    assert [doc.text[a:b] for a, b in grant.evidence] == text.split("\n\n")


def test_a_headline_and_a_text_that_name_different_funders_tell_one_award(annotate: Callable[..., Doc]) -> None:
    text = "Nordvik Havn AS får 6 millioner kroner fra Siva.\n\nNå er det klart: Nordvik Havn AS får 6 millioner kroner fra Enova."
    (grant,) = grants(annotate, text)
    assert (grant["funders"], grant["recipients"]) == ({SIVA, ENOVA}, {HAVN})


def test_respective_sums_go_to_their_own(annotate: Callable[..., Doc]) -> None:
    text = "Også Nordvik Idrettslag og Fjell Mannskor får støtte av Stiftelsen Dam, med henholdsvis 45 000 og 27 000 kroner."
    found = [(g["recipients"], g["value"]) for g in grants(annotate, text)]
    assert found == [({LAG}, 45_000), ({KOR}, 27_000)]


def test_a_sum_each_is_one_grant_for_each(annotate: Callable[..., Doc]) -> None:
    text = "Siva gir Nordvik Idrettslag og Fjell Mannskor 10 000 kroner hver."
    assert [g["recipients"] for g in grants(annotate, text)] == [{LAG}, {KOR}]


def test_support_without_a_sum_needs_both_parties(annotate: Callable[..., Doc]) -> None:
    (grant,) = grants(annotate, "Sivas støtte til Nordvik Idrettslag fortsetter.")
    assert (grant["funders"], grant["recipients"], grant["value"]) == ({SIVA}, {LAG}, None)
    assert grants(annotate, "Siva gir støtte.") == []
