"""What confidences are worth: records by their confidence, and how many of them are right."""

from collections.abc import Sequence
from typing import NamedTuple

BINS = 10

Judged = tuple[float, bool]
"""The confidence of a record (0 to 1) and whether it is right."""


class Bin(NamedTuple):
    """Records of like confidence: how many, their mean confidence, the share of them that is right."""

    records: int
    confidence: float
    right: float


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """Records in ten bins of equal width by their confidence, the lowest first; empty ones are left out."""
    bins: dict[int, list[Judged]] = {}
    for confidence, right in judged:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    return [
        Bin(len(records), sum(c for c, _ in records) / len(records), sum(r for _, r in records) / len(records))
        for _, records in sorted(bins.items())
    ]


def calibration_error(judged: Sequence[Judged]) -> float | None:
    """The expected calibration error, 0 to 1: how far confidence is from the share that is right, on average.

    That is the bins' mean difference, weighted by their counts (Naeini et al. 2015); null where there are no records.
    """
    return sum(b.records * abs(b.confidence - b.right) for b in reliability(judged)) / len(judged) if judged else None
