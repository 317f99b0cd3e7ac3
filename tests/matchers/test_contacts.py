"""Contact details: what counts as one, and its normal form. The examples stand in ``corpus/matchers/contacts.toml``."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.evaluation.examples import Example, read_examples
from pressextract.matchers.contacts import find_contacts

EXAMPLES = read_examples(Path(__file__).parents[2] / "corpus" / "matchers" / "contacts.toml")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.group}: {example.text}")
def test_corpus(example: Example) -> None:
    found = find_contacts(example.text)
    assert [f"{example.text[m.start : m.end]} = {m.kind} {m.value}" for m in found] == example.finds


def test_corpus_is_large_and_a_third_of_it_negative() -> None:
    assert len({example.text for example in EXAMPLES}) == len(EXAMPLES) >= 220
    assert sum(not example.finds for example in EXAMPLES) * 3 >= len(EXAMPLES)


def test_component() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_contacts")
    doc = nlp("Kari Nordmann, tlf. 22 00 25 00, kari@firma.no")
    assert [(span.label_, span._.contact.value) for span in doc.spans["contacts"]] == [
        ("phone", "+4722002500"),
        ("email", "kari@firma.no"),
    ]


PIECES = [
    "tlf. ",
    "22",
    " ",
    "+47",
    "(",
    ")",
    "@",
    "(at)",
    "a",
    ".",
    "no",
    "\n",
    "org.nr. ",
    "923 609 016",
    "٣",
    "krøllalfa",
    "0047 ",
    "nås på ",
    "www.",
    "kr",
    "T:",
]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text(text: str) -> None:
    end = 0
    for match in find_contacts(text):
        assert end <= match.start < match.end <= len(text)
        assert match.value
        end = match.end
