from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.matchers.numbers import digits_value, read_quantity, tokenize


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("7", "7"),
        ("12 500", "12500"),
        ("12.500", "12500"),
        ("12\u00a0500\u00a0000", "12500000"),
        ("12\u2009500", "12500"),
        ("1 234,50", "1234.5"),
        ("2,75", "2.75"),
        ("2.5", "2.5"),
        ("1½", "1.5"),
        ("¼", "0.25"),
        ("1234567890123456", None),
    ],
)
def test_digits_value(digits: str, value: str | None) -> None:
    assert digits_value(digits) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "value", "unit", "read"),
    [
        ("fire hus", "4", 1, "fire"),
        ("tjuefem hus", "25", 1, "tjuefem"),
        ("femogtyve øre", "25", 1, "femogtyve"),
        ("hundre og femti", "150", 1, "hundre og femti"),
        ("femten hundre", "1500", 1, "femten hundre"),
        ("tusen", "1000", 1000, "tusen"),
        ("250 tusen", "250000", 1000, "250 tusen"),
        ("500k", "500000", 1000, "500k"),
        ("to hundre og femti tusen", "250000", 1000, "to hundre og femti tusen"),
        ("tohundreogfemtitusen", "250000", 1000, "tohundreogfemtitusen"),
        ("to tusen fem hundre", "2500", 1, "to tusen fem hundre"),
        ("en million to hundre tusen", "1200000", 1000, "en million to hundre tusen"),
        ("3 412,6 mill. i år", "3412600000", 1_000_000, "3 412,6 mill."),
        ("éin million", "1000000", 1_000_000, "éin million"),
        ("en drøy million", "1000000", 1_000_000, "en drøy million"),
        ("en halv million", "500000", 1_000_000, "en halv million"),
        ("ei halv million", "500000", 1_000_000, "ei halv million"),
        ("sju og en halv million", "7500000", 1_000_000, "sju og en halv million"),
        ("ein og ein halv million", "1500000", 1_000_000, "ein og ein halv million"),
        ("halvannen million", "1500000", 1_000_000, "halvannen million"),
        ("halvannan milliard", "1500000000", 1_000_000_000, "halvannan milliard"),
        ("en kvart milliard", "250000000", 1_000_000_000, "en kvart milliard"),
        ("tre kvart million", "750000", 1_000_000, "tre kvart million"),
        ("seks nye millioner", "6000000", 1_000_000, "seks nye millioner"),
        ("to nye hus", "2", 1, "to"),
        # "og" between two numerals is not part of one
        ("fire og fem millioner", "4", 1, "fire"),
        ("hundre og to hundre tusen", "100", 1, "hundre"),
        ("fem tusen og ti tusen", "5000", 1000, "fem tusen"),
        ("to millioner og tre hus", "2000000", 1_000_000, "to millioner"),
    ],
)
def test_reads_the_longest_numeral(text: str, value: str, unit: int, read: str) -> None:
    tokens = tokenize(text)
    quantity = read_quantity(tokens, 0)
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)
    assert text[: tokens[quantity.last - 1].end] == read


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1.250.000,50 kr", "number word"),
        ("2–4 mill. kr", "number mark number word mark word"),
        ("1.250.000,50-2.500.000,-", "number mark number mark mark"),
        # three numbers or more tied together are no quantities
        ("12.10.2023", "code"),
        ("1234.56.78901", "code"),
        ("1-2-3", "code"),
        # nor are the numbers of long lines without a word
        ("12 1300 450 " * 6, "code"),
        ("ord " + "12 1300 450 " * 2, "word number number number number number number"),
        ("Pris ........ 50", "word mark number"),
        ("a\n\nb", "word newline word"),
    ],
)
def test_kinds_of_tokens(text: str, kinds: str) -> None:
    assert " ".join(token.kind for token in tokenize(text)) == kinds


@pytest.mark.parametrize("text", ["entre", "togene", "og fem", "million", "halv", "hus", "halvannen kopp"])
def test_no_numeral(text: str) -> None:
    assert read_quantity(tokenize(text), 0) is None


def test_after_mellom_og_parts_two_numerals() -> None:
    quantity = read_quantity(tokenize("hundre og femti kroner"), 0, conjoin=False)
    assert quantity is not None
    assert quantity.value == 100


@given(st.text(alphabet="1 .,½og\nentohundremillion-kr"))
def test_tokens_are_ordered_and_numerals_advance(text: str) -> None:
    tokens = tokenize(text)
    assert all(left.end <= right.start for left, right in pairwise(tokens))
    for first in range(len(tokens)):
        quantity = read_quantity(tokens, first)
        assert quantity is None or (first < quantity.last <= len(tokens) and quantity.value >= 0)
