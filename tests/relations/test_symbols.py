"""A text as a row of symbols, and its shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.relations.symbols import Symbols, bucket, shape

TEXT = "Siva gir 6 millioner kroner til Nordvik Havn."
MARKED = [((0, 4), "O"), ((9, 27), "M"), ((32, 44), "O")]


def test_marked_places_are_one_symbol_each() -> None:
    assert Symbols(TEXT, MARKED).between(0, len(TEXT)) == ["O", "gir", "M", "til", "O", "."]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Kari\tSiva", ["kari", "|", "siva"]),
        ("Kari | Siva", ["kari", "|", "siva"]),
        ("Kari / Siva", ["kari", "|", "siva"]),
        ("og/eller", ["og", "/", "eller"]),
        ("én\n\nto", ["én", "¶", "to"]),
        ("tlf. 22 00 00 01", ["tlf", "#"]),
    ],
)
def test_words_cells_lines_and_numbers(text: str, symbols: list[str]) -> None:
    assert Symbols(text, []).between(0, len(text)) == symbols


def test_neighbours_of_a_place() -> None:
    symbols = Symbols(TEXT, MARKED)
    assert symbols.before(9, 3) == ["gir", "O", "^"]
    assert symbols.after(27, 4) == ["til", "O", ".", "$"]


@pytest.mark.parametrize(
    ("symbols", "expected"),
    [
        (["gir", "store", "penger", "til", "O"], "gir w til O"),
        ([",", "mangeårig", "T", "i", "O"], ", w T i O"),
        ([], ""),
    ],
)
def test_the_shape_keeps_grammatical_words(symbols: list[str], expected: str) -> None:
    assert shape(symbols) == expected


@pytest.mark.parametrize(("number", "name"), [(0, "0"), (3, "3"), (4, "5"), (9, "9"), (10, "19"), (50, "50+")])
def test_counts_fall_into_steps(number: int, name: str) -> None:
    assert bucket(number) == name


@given(st.text(max_size=200))
def test_every_stretch_of_any_text_has_symbols(text: str) -> None:
    symbols = Symbols(text, [])
    whole = symbols.between(0, len(text))
    half = len(text) // 2
    assert len(symbols.between(0, half)) + len(symbols.between(half, len(text))) <= len(whole)
