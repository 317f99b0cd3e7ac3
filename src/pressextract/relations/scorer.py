"""A small learned model that scores candidates by their features: one hidden layer, plain weights, numpy only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Features = list[str]
"""What is true of a candidate, in words: ``["side=L", "gap=, T"]``."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores candidates: ``relu(sum of the features' rows + bias) · output``.

    Attributes:
        vocabulary: the row of each known feature; others count for nothing.
        rows: shape (features, hidden).
        bias: shape (hidden,).
        output: shape (hidden,).
    """

    vocabulary: dict[str, int]
    rows: NDArray[np.float32]
    bias: NDArray[np.float32]
    output: NDArray[np.float32]

    def __call__(self, candidates: Sequence[Features]) -> NDArray[np.float32]:
        """The candidates' scores (log odds), of shape (candidates,)."""
        hidden = np.tile(self.bias, (len(candidates), 1))
        for i, features in enumerate(candidates):
            known = [row for f in features if (row := self.vocabulary.get(f)) is not None]
            hidden[i] += self.rows[known].sum(0)
        scores: NDArray[np.float32] = np.maximum(hidden, 0.0, out=hidden) @ self.output
        return scores

    def yes(self, candidates: Sequence[Features]) -> NDArray[np.float32]:
        """The probability of each candidate by itself, of shape (candidates,)."""
        return (1.0 / (1.0 + np.exp(-self(candidates)))).astype(np.float32)

    def one_of(self, candidates: Sequence[Features]) -> NDArray[np.float32]:
        """The probability of each candidate where exactly one is right, of shape (candidates,)."""
        scores = self(candidates)
        odds = np.exp(scores - scores.max())
        result: NDArray[np.float32] = odds / odds.sum()
        return result
