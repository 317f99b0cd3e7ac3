"""Sums of money: what counts as one, and its value. The examples stand in ``corpus/matchers/money.toml``."""

from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pressextract.evaluation.examples import Example, read_examples
from pressextract.matchers.money import MoneyMatch, find_money

EXAMPLES = read_examples(Path(__file__).parents[2] / "corpus" / "matchers" / "money.toml")


def _described(text: str, match: MoneyMatch) -> str:
    value = f"{match.value}" if match.upper is None else f"{match.value}..{match.upper}"
    currency = [match.currency] if match.currency != "NOK" else []
    modifier = [match.modifier] if match.modifier else []
    return " ".join([text[match.start : match.end], "=", value, *currency, *modifier])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.group}: {example.text}")
def test_corpus(example: Example) -> None:
    assert [_described(example.text, match) for match in find_money(example.text)] == example.finds


def test_corpus_is_large_and_a_third_of_it_negative() -> None:
    assert len({example.text for example in EXAMPLES}) == len(EXAMPLES) >= 450
    assert sum(not example.finds for example in EXAMPLES) * 100 >= 36 * len(EXAMPLES)


def test_values_are_exact() -> None:
    (match,) = find_money("0,1 millioner kroner")
    assert match.value == Decimal(100_000)
    assert str(match.value) == "100000"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12,345 øre per kWh", ["0.12345"]),
        ("0,001 kroner", ["0.001"]),
        ("0,0001 kroner", []),
        ("1,2345678 kroner", []),
        ("99 999 999 999 999 millioner kroner", ["99999999999999000000"]),
        ("999 999 999 999 999 millioner kroner", []),
    ],
)
def test_sums_that_records_can_not_hold_are_none(text: str, values: list[str]) -> None:
    assert [str(match.value) for match in find_money(text)] == values


def test_component_sets_spans_with_exact_offsets() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_money")
    doc = nlp("Siva gir mellom 2 og 4 millioner kroner.")
    (span,) = doc.spans["money"]
    assert span.text == "2 og 4 millioner kroner"
    assert span._.money == MoneyMatch(16, 39, Decimal(2_000_000), Decimal(4_000_000), "NOK", None)


@pytest.mark.parametrize("sentence", ["Siva gir 2 millioner kroner.", "Siva gir 2–4 mill. kr, resten seinere."])
def test_figures_before_and_after_change_nothing(sentence: str) -> None:
    """Long rows of figures and marks are data: they hold no sums, and don't hide those around them."""
    data = "12 - 13. 1,5 45.000 " * 50
    text = f"{data}\n{sentence}\n{data}"
    assert [text[match.start : match.end] for match in find_money(text)] == [
        sentence[match.start : match.end] for match in find_money(sentence)
    ]


PIECES = [" ", "\n", "\t", "tall i", "bedt om"]
for _pieces in (
    "1 12 500 000 2024 ½ . , - – / | ( ) % • € US$ ........ kr (kr) øre MNOK skattekroner 2024-kroner",
    "og til fra mellom en halv nye hundre tusen mill. million ca. støtte Beløp resten antall",
):
    PIECES += _pieces.split()


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(PIECES)).map("".join), st.lists(st.sampled_from(PIECES)).map(" ".join)
    )
)
def test_any_text_gives_ordered_matches_inside_it(text: str) -> None:
    matches = find_money(text)
    position = 0
    for match in matches:
        assert position <= match.start < match.end <= len(text)
        assert match.value >= 0
        assert match.upper is None or match.upper > match.value
        position = match.end
