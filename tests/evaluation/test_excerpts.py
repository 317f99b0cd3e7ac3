"""The lines around places, in marked pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.evaluation.excerpts import AROUND, excerpts
from pressextract.records import Span

TEXT = "Siva gir støtte.\nHavbanken gir 5 kroner til Fjordlab.\n\nKontakt: Kari Nordmann"


def span(quote: str, text: str = TEXT) -> Span:
    start = text.index(quote)
    return Span(start=start, end=start + len(quote))


def shown(text: str, gold: list[str], predicted: list[str]) -> list[str]:
    """Each excerpt with gold in [], prediction in <>, both in {}."""
    brackets = {"": ("", ""), "gold": ("[", "]"), "predicted": ("<", ">"), "both": ("{", "}")}
    found = excerpts(text, [span(q, text) for q in gold], [span(q, text) for q in predicted])
    return ["".join(f"{brackets[p.mark][0]}{p.text}{brackets[p.mark][1]}" for p in pieces) for pieces in found]


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        pytest.param([], [], [], id="no place"),
        pytest.param(["Siva"], [], ["[Siva] gir støtte."], id="its line"),
        pytest.param(["5 kroner"], ["5 kroner"], ["Havbanken gir {5 kroner} til Fjordlab."], id="both"),
        pytest.param(["gir 5 kroner"], ["5 kroner til"], ["Havbanken [gir ]{5 kroner}< til> Fjordlab."], id="overlap"),
        pytest.param(
            ["Siva", "Kari Nordmann"], [], ["[Siva] gir støtte.", "Kontakt: [Kari Nordmann]"], id="two far apart"
        ),
        pytest.param(
            ["Siva"], ["Havbanken"], ["[Siva] gir støtte.\n<Havbanken> gir 5 kroner til Fjordlab."], id="lines that meet"
        ),
        pytest.param(["støtte.\nHavbanken"], [], ["Siva gir [støtte.\nHavbanken] gir 5 kroner til Fjordlab."], id="over a line end"),
    ],
)  # fmt: skip
def test_excerpts_are_the_lines_of_the_places(gold: list[str], predicted: list[str], expected: list[str]) -> None:
    assert shown(TEXT, gold, predicted) == expected


def test_of_a_long_line_only_what_is_near_is_shown() -> None:
    text = "ord " * 1000 + "Siva" + " ord" * 1000
    ((before, place, after),) = excerpts(text, [span("Siva", text)], [])
    assert place.text == "Siva"
    assert before.text.startswith("ord ") and after.text.endswith(" ord")
    assert AROUND - 5 < len(before.text) <= AROUND and AROUND - 5 < len(after.text) <= AROUND


PLACES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(start=p[0], end=p[0] + p[1])), max_size=4
)


@given(st.text("ab \n", min_size=80, max_size=300), PLACES, PLACES)
def test_every_place_is_in_an_excerpt_whole_and_marked(text: str, gold: list[Span], predicted: list[Span]) -> None:
    found = excerpts(text, gold, predicted)
    for places, marks in ((gold, {"gold", "both"}), (predicted, {"predicted", "both"})):
        joined = "\0".join("".join(p.text if p.mark in marks else "\0" for p in pieces) for pieces in found)
        assert all(text[s.start : s.end] in joined for s in places)
    assert all("".join(p.text for p in pieces) in text for pieces in found)
