"""Titles: what counts as one, and its canonical form. The examples stand in ``corpus/matchers/titles.toml``."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.evaluation.examples import Example, read_examples
from pressextract.lexicon import load_lexicon
from pressextract.matchers.titles import find_titles

EXAMPLES = read_examples(Path(__file__).parents[2] / "corpus" / "matchers" / "titles.toml")


def titles(text: str) -> list[str]:
    return [m.title for m in find_titles(text)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.group}: {example.text}")
def test_corpus(example: Example) -> None:
    found = find_titles(example.text)
    assert [f"{example.text[m.start : m.end]} = {m.title}" for m in found] == example.finds


def test_corpus_is_large_and_a_third_of_it_negative() -> None:
    assert len({example.text for example in EXAMPLES}) == len(EXAMPLES) >= 900
    assert sum(not example.finds for example in EXAMPLES) * 3 >= len(EXAMPLES)


def titles_of_the_lexicon() -> list[str]:
    words = load_lexicon("titles")["words"]
    alone = [word for kind in ("productive", "closed", "institutions") for word in words[kind]]
    return [word for word in alone if word not in words["not_titles"] + words["after_name"]]


@pytest.mark.parametrize(
    "sentence", ["{} Kari Nordmann møtte pressen.", "– Ja, sier {} Kari Lie.", "Ola Lie, {} i Bø, la fram saken."]
)
def test_every_title_of_the_lexicon(sentence: str) -> None:
    expected = {sentence.format(word): [word] for word in titles_of_the_lexicon()}
    assert {text: titles(text[0].upper() + text[1:]) for text in expected} == expected


def test_component() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_titles")
    doc = nlp("Det sier daglig leder Kari Nordmann og HR-sjef Per Lie.")
    assert [(span.text, span._.title.title) for span in doc.spans["titles"]] == [
        ("daglig leder", "daglig leder"),
        ("HR-sjef", "hr-sjef"),
    ]


PIECES = [
    "leder",
    "leiaren",
    "adm. dir.",
    "1. ",
    "vara",
    "Kari",
    "helse- ",
    "og ",
    "-",
    "\n",
    ", ",
    "İ",
    "head of",
    "avd. ",
    "Årets ",
    "Rørlegger",
    " AS",
    "som ",
    "II",
    " ",
]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text(text: str) -> None:
    end = 0
    for match in find_titles(text):
        assert end <= match.start < match.end <= len(text)
        assert match.title == match.title.lower() != ""
        end = match.end
