"""How sure scores are: 95 % intervals by resampling documents.

The percentile bootstrap (Efron 1979): the documents are drawn with replacement a thousand times, F1 is computed from
the summed counts of each draw, and the interval is what the middle 95 % of them span. Two runs over the same
documents are compared on the same draws (the paired bootstrap, Koehn 2004), so that a document that is hard for both
does not blur their difference.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

_SEED = 20_210_311  # fixed, so that the same scores have the same intervals
_AT_A_TIME, _TIMES = 100, 10  # draws held in memory together, and how often: a thousand in all

Parts = tuple[float, float, float]
"""Of one document: how many items are right, were predicted, were expected."""

Key = TypeVar("Key", bound=Hashable)


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def f1_intervals(scores: Mapping[Key, Sequence[Parts]]) -> dict[Key, Interval | None]:
    """The intervals of some F1s (0 to 1), by name; null for one where neither side has anything.

    Args:
        scores: of each, the counts of every document, in the same order; at least one document.
    """
    return {key: _interval(f1) for key, f1 in _resampled(scores).items()}


def difference_intervals(
    before: Mapping[Key, Sequence[Parts]], after: Mapping[Key, Sequence[Parts]]
) -> dict[Key, Interval | None]:
    """The intervals of how much some F1s rose (-1 to 1) from one run to another over the same documents.

    Args:
        before: of each, the counts of every document in the run compared with.
        after: the same in this run.
    """
    earlier = _resampled(before)
    return {key: _interval(f1 - earlier[key]) for key, f1 in _resampled(after).items()}


def _resampled(scores: Mapping[Key, Sequence[Parts]]) -> dict[Key, NDArray[np.float64]]:
    """Each F1 of each draw; not a number where a draw has nothing."""
    if not scores:
        return {}
    counts = np.asarray(list(scores.values()), dtype=np.float64)  # scores, documents, parts
    number = counts.shape[1]
    random = np.random.default_rng(_SEED)
    draws = (random.multinomial(number, np.full(number, 1 / number), size=_AT_A_TIME) for _ in range(_TIMES))
    sums = np.concatenate([np.einsum("dn,snp->sdp", drawn, counts, optimize=True) for drawn in draws], axis=1)
    with np.errstate(invalid="ignore"):
        f1 = 2 * sums[..., 0] / (sums[..., 1] + sums[..., 2])
    return dict(zip(scores, f1, strict=True))


def _interval(f1: NDArray[np.float64]) -> Interval | None:
    known = f1[~np.isnan(f1)]
    return Interval(*map(float, np.percentile(known, (2.5, 97.5)))) if len(known) else None
