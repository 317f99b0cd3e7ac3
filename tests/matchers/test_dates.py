"""Dates: what counts as one, and its EDTF form. The examples stand in ``corpus/matchers/dates.toml``."""

from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.evaluation.examples import Example, read_examples
from pressextract.matchers.dates import DateMatch, find_dates

EXAMPLES = read_examples(Path(__file__).parents[2] / "corpus" / "matchers" / "dates.toml")


def finds(text: str, published: date | None) -> list[str]:
    return [f"{text[m.start : m.end]} = {m.edtf or 'open'}" for m in find_dates(text, published)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.group}: {example.text}")
def test_corpus(example: Example) -> None:
    assert finds(example.text, example.published) == example.finds


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.group}: {example.text}")
def test_without_publication_a_date_is_the_same_or_open(example: Example) -> None:
    unpublished = finds(example.text, None)
    assert len(unpublished) == len(example.finds)
    for without, find in zip(unpublished, example.finds, strict=True):
        assert without in {find, f"{find.rpartition(' = ')[0]} = open"}


@pytest.mark.parametrize(
    "example",
    [example for example in EXAMPLES if not example.published and not any("= open" in find for find in example.finds)],
    ids=lambda example: f"{example.group}: {example.text}",
)
def test_absolute_dates_are_the_same_whenever_published(example: Example) -> None:
    assert finds(example.text, date(1999, 12, 31)) == example.finds


def test_corpus_is_large_and_a_third_of_it_negative() -> None:
    assert len({(example.text, example.published) for example in EXAMPLES}) == len(EXAMPLES) >= 450
    assert sum(not example.finds for example in EXAMPLES) * 3 >= len(EXAMPLES)


WORDS = "0.|13.|1. |31.12.|2024|1999-|53 |mai |feb.|i |fjor|vår|høsten |og |til |kvartal |siste |uke |om |for |to |år |siden"
PIECES = st.sampled_from([*"0123456789.-–/ \n,§(«»", *WORDS.split("|")])
"""Digits, marks and words that dates are made of."""


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_matches_lie_inside_the_text_in_order(text: str, published: date | None) -> None:
    bounds = [edge for match in find_dates(text, published) for edge in (match.start, match.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= edge <= len(text) for edge in bounds)
    assert all(match.start < match.end for match in find_dates(text, published))


def test_component_stores_spans_with_exact_offsets() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_dates")
    doc = nlp.make_doc("Støtte til prosjekt14.3.2024 ble varslet i fjor.")
    doc._.published = date(2024, 3, 14)
    spans = list(nlp(doc).spans["dates"])
    assert [span._.date for span in spans] == [DateMatch(19, 28, "2024-03-14"), DateMatch(41, 47, "2023")]
    assert all(span.label_ == "date" for span in spans)
