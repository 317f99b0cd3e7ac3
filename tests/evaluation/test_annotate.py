"""Records as gold to correct: they are right in everything when scored against it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pressextract.evaluation.annotate import gold_of
from pressextract.evaluation.gold import Gold, GoldDocument, load_gold
from pressextract.evaluation.scoring import score
from pressextract.pipeline import Extractor
from pressextract.records import PressRelease, Span

CORPUS = Path(__file__).parent.parent.parent / "corpus"
Make = Callable[..., PressRelease]


def assert_all_right(text: str, record: PressRelease) -> None:
    document = GoldDocument(doc_id="a", text=text, gold=Gold.model_validate(gold_of(record, text)))
    result = score(document, record)
    assert {f: (r.spurious, r.missed) for f, r in result.fields.items() if r.spurious or r.missed} == {}
    assert {name: a for name, a in result.accuracies.items() if a.correct < a.total} == {}


def test_keys_and_their_order_are_those_of_the_guidelines(nlp: Extractor, release: str) -> None:
    gold = gold_of(nlp(release), release)
    assert list(gold) == ["language", "title", "published", "organisations", "people", "roles", "grants", "amounts", "dates"]  # fmt: skip
    assert gold["organisations"] == [{"name": "Fjordlab AS", "aliases": ["Fjordlab"]}, {"name": "Havbanken", "aliases": []}]  # fmt: skip
    assert gold["people"] == [
        {"name": "Kari Nordmann", "aliases": [], "emails": ["kari@fjordlab.example"], "phones": ["22 00 00 01"]}
    ]
    assert gold["roles"] == [{"person": "Kari Nordmann", "title": "daglig leder", "organisation": "Fjordlab AS"}]
    assert gold["grants"] == [
        {
            "funders": ["Havbanken"],
            "recipients": ["Fjordlab AS"],
            "amount": {"value": 6_000_000, "currency": "NOK", "modifier": None},
            "status": "awarded",
            "duration": "P3Y",
            "quote": "Havbanken gir 6 millioner kroner til Fjordlab AS over tre år.",
        }
    ]
    assert gold["amounts"] == [
        {"text": "6 millioner kroner", "value": 6_000_000, "upper": None, "currency": "NOK", "modifier": None, "count": 1}
    ]  # fmt: skip
    assert gold["dates"] == [{"text": "04.05.2023", "edtf": "2023-05-04", "count": 1}]


def test_what_was_read_from_the_corpus_is_right_against_its_own_gold(nlp: Extractor) -> None:
    for document in load_gold(CORPUS / "dev"):
        assert_all_right(document.text, nlp(document.text))


PIECES = (
    "Havbanken gir 6 millioner kroner til Fjordlab\u00ad AS over tre år.", "Daglig leder Kari  Nordmann i Fjordlab",
    "Siva — Selskapet for industrivekst", "Kontakt:\r\nOla Berg, tlf. 22\u00a000\u00a000\u00a001", "Havbanken", "2,5 mill. kr i 2024",
    "2–3 millionar kroner", "Styret i Nordlab består av Ola Berg, leiar", "e\u0301n", "&amp;", "\U0001f600", "i fjor", "rektor ved NTNU",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8), st.lists(st.sampled_from((" ", "\n", "\r\n\r\n", "\t")), min_size=8)
)
def test_so_is_what_was_read_from_any_text(nlp: Extractor, pieces: list[str], between: list[str]) -> None:
    text = "".join(piece + gap for piece, gap in zip(pieces, between, strict=False))
    assert_all_right(text, nlp(text))


def test_names_are_quoted_as_the_text_has_them(make_record: Make) -> None:
    text = "Fjord\u00adlab  AS gir støtte"
    record = make_record(
        organisations=[{"id": "o1", "name": "Fjordlab AS", "mentions": [Span(start=0, end=13)]}],
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    assert gold_of(record, text)["organisations"] == [{"name": "Fjord\u00adlab  AS", "aliases": []}]


def test_of_two_entities_with_one_name_the_second_goes_by_another(make_record: Make) -> None:
    organisations: list[dict[str, Any]] = [
        {"id": "o1", "name": "Siva", "aliases": ["Siva SF"]},
        {"id": "o2", "name": "Siva", "aliases": ["Siva AS"]},
        {"id": "o3", "name": "Siva"},
    ]
    gold = gold_of(make_record(organisations=organisations), "Siva, Siva SF og Siva AS")
    assert [o["name"] for o in gold["organisations"]] == ["Siva", "Siva AS"]
