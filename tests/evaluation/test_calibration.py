"""What confidences are worth."""

import pytest

from pressextract.evaluation.calibration import Bin, calibration_error, reliability


def test_records_fall_into_ten_bins_by_their_confidence() -> None:
    judged = [(0.05, False), (0.92, True), (0.98, False), (1.0, True)]
    low, high = reliability(judged)
    assert low == Bin(1, 0.05, 0.0)
    assert high == pytest.approx((3, 2.9 / 3, 2 / 3))


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        ([(1.0, True), (0.0, False)], 0.0),
        ([(1.0, False)], 1.0),
        ([(0.5, True), (0.5, False)], 0.0),
        ([(0.8, True), (0.8, True), (0.2, False), (0.2, False)], 0.2),
        ([], None),
    ],
)
def test_the_expected_calibration_error(judged: list[tuple[float, bool]], error: float | None) -> None:
    assert calibration_error(judged) == (None if error is None else pytest.approx(error))
