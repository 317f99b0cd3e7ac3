"""What stands in a text, by place."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.relations.places import InOrder


class Thing(NamedTuple):
    start: int
    end: int


THINGS = [Thing(2, 5), Thing(5, 6), Thing(9, 12)]


@pytest.mark.parametrize(
    ("position", "index"), [(0, None), (2, 0), (4, 0), (5, 1), (6, None), (9, 2), (11, 2), (12, None)]
)
def test_the_thing_that_holds_a_character(position: int, index: int | None) -> None:
    assert InOrder(THINGS).index_at(position) == index


@given(st.lists(st.integers(0, 30)).map(sorted), st.integers(0, 35), st.integers(0, 35))
def test_those_within_are_those_that_start_there(starts: list[int], start: int, end: int) -> None:
    things = [Thing(at, at + 1) for at in starts]
    assert InOrder(things).within(start, end) == [thing for thing in things if start <= thing.start < end]
