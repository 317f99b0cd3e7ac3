"""Intervals by resampling documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.evaluation.bootstrap import Interval, Parts, difference_intervals, f1_intervals

COUNTS = st.integers(0, 20)
DOCUMENTS = st.lists(
    st.tuples(COUNTS, COUNTS, COUNTS).map(lambda c: (c[0], c[0] + c[1], c[0] + c[2])), min_size=1, max_size=12
)
"""Each document's right, predicted and expected items."""


def f1_interval(documents: list[Parts]) -> Interval | None:
    return f1_intervals({"a": documents})["a"]


def difference_interval(before: list[Parts], after: list[Parts]) -> Interval | None:
    return difference_intervals({"a": before}, {"a": after})["a"]


def f1(documents: list[Parts]) -> float:
    right, predicted, expected = map(sum, zip(*documents, strict=True))
    return 2 * right / (predicted + expected)


@pytest.mark.parametrize(
    ("documents", "interval"),
    [
        pytest.param([(5, 5, 5)] * 10, Interval(1, 1), id="all right"),
        pytest.param([(0, 5, 5)] * 10, Interval(0, 0), id="all wrong"),
        pytest.param([(3, 4, 4)] * 10, Interval(0.75, 0.75), id="all documents alike"),
        pytest.param([(0, 0, 0)], None, id="nothing to find, nothing found"),
    ],
)
def test_documents_that_are_alike_leave_no_doubt(documents: list[Parts], interval: Interval | None) -> None:
    assert f1_interval(documents) == interval


def test_one_document_in_ten_that_is_all_wrong_widens_the_interval() -> None:
    low, high = f1_interval([(5, 5, 5)] * 9 + [(0, 5, 5)])  # type: ignore[misc]
    # of ten draws three or more are that document in seven of a hundred cases, four or more in one
    assert low == pytest.approx(0.7)
    assert high == 1


def test_more_documents_narrow_the_interval() -> None:
    def width(times: int) -> float:
        low, high = f1_interval([(5, 5, 5), (2, 5, 5)] * times)  # type: ignore[misc]
        return high - low

    assert width(50) < width(5) / 2


@given(DOCUMENTS)
def test_an_interval_is_within_0_and_1_and_the_same_each_time(documents: list[Parts]) -> None:
    interval = f1_interval(documents)
    assert interval == f1_interval(documents)
    if interval is not None:
        assert 0 <= interval.low <= interval.high <= 1


@given(DOCUMENTS)
def test_a_run_does_not_differ_from_itself(documents: list[Parts]) -> None:
    assert difference_interval(documents, documents) in (None, Interval(0, 0))


def test_scores_are_resampled_together_and_each_by_itself() -> None:
    one, other = [(5, 5, 5), (2, 5, 5)] * 3, [(1, 5, 5), (4, 5, 5)] * 3
    assert f1_intervals({"one": one, "other": other}) == {"one": f1_interval(one), "other": f1_interval(other)}
    assert f1_intervals({}) == {}


def test_runs_are_compared_document_by_document() -> None:
    hard, easy = (1, 10, 10), (10, 10, 10)
    before = [hard, easy] * 10
    after = [(right + (right < 10), predicted, expected) for right, predicted, expected in before]
    difference = difference_interval(before, after)
    assert difference is not None
    # the texts vary much, but every hard one got better: no draw of them says otherwise
    assert 0 < difference.low < f1(after) - f1(before) < difference.high < 0.1  # type: ignore[arg-type]
    assert difference.high - difference.low < f1_interval(before).high - f1_interval(before).low  # type: ignore[union-attr]
