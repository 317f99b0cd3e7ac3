"""How sure scores are: 95 % intervals by resampling documents.

The percentile bootstrap (Efron 1979): the documents are drawn with replacement a thousand times, F1 is computed from
the summed counts of each draw, and the interval is what the middle 95 % of them span. Two runs over the same
documents are compared on the same draws (the paired bootstrap, Koehn 2004), so that a document that is hard for both
does not blur their difference.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
_SEED = 20_210_311  # fixed, so that the same scores have the same intervals
_AT_A_TIME = 100  # draws held in memory together

Parts = tuple[float, float, float]
"""Of one document: how many items are right, were predicted, were expected."""


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def f1_interval(documents: Sequence[Parts]) -> Interval | None:
    """The interval of the F1 (0 to 1) of a field; null where neither side has anything.

    Args:
        documents: each document's counts; at least one.
    """
    return _interval(_resampled_f1(documents))


def difference_interval(before: Sequence[Parts], after: Sequence[Parts]) -> Interval | None:
    """The interval of how much F1 rose (-1 to 1) from one run to another over the same documents.

    Args:
        before: each document's counts in the run compared with.
        after: the same documents' counts in this run.
    """
    return _interval(_resampled_f1(after) - _resampled_f1(before))


def _resampled_f1(documents: Sequence[Parts]) -> NDArray[np.float64]:
    """The F1 of each draw; not a number where a draw has nothing."""
    counts = np.asarray(documents, dtype=np.float64).reshape(-1, 3)
    random = np.random.default_rng(_SEED)
    shares = np.full(len(counts), 1 / len(counts))
    sums = np.concatenate(
        [random.multinomial(len(counts), shares, size=_AT_A_TIME) @ counts for _ in range(RESAMPLES // _AT_A_TIME)]
    )
    with np.errstate(invalid="ignore"):
        scores: NDArray[np.float64] = 2 * sums[:, 0] / (sums[:, 1] + sums[:, 2])
    return scores


def _interval(scores: NDArray[np.float64]) -> Interval | None:
    known = scores[~np.isnan(scores)]
    return Interval(*map(float, np.percentile(known, (2.5, 97.5)))) if len(known) else None
