"""A small learned model that scores candidates by their features: one hidden layer, plain weights, numpy only."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice, repeat

import numpy as np
from numpy.typing import NDArray

BATCH = 256
"""So many candidates are described and scored at a time: a long text has tens of thousands."""

Features = list[str]
"""What is true of a candidate, in words: ``["side=L", "gap=, T"]``."""


class Scorer:
    """Scores candidates: ``relu(sum of the features' rows + bias) · output``.

    Args:
        vocabulary: the row of each known feature; others count for nothing.
        rows: shape (features, hidden).
        bias: shape (hidden,).
        output: shape (hidden,), or (hidden, decisions) for several decisions on the same candidates.
    """

    def __init__(
        self,
        vocabulary: dict[str, int],
        rows: NDArray[np.float32],
        bias: NDArray[np.float32],
        output: NDArray[np.float32],
    ) -> None:
        self.vocabulary = vocabulary
        self.bias = bias
        self.output = output
        self._table = np.vstack([rows, np.zeros_like(bias)])  # the last row is what unknown features add

    @property
    def rows(self) -> NDArray[np.float32]:
        """The features' rows, of shape (features, hidden)."""
        return self._table[:-1]

    def __call__(self, candidates: Sequence[Features]) -> NDArray[np.float32]:
        """The candidates' scores (log odds), of shape (candidates,) or (candidates, decisions)."""
        counts = [len(features) for features in candidates]
        known = map(self.vocabulary.get, chain.from_iterable(candidates), repeat(len(self._table) - 1))
        table = self._table.take(np.fromiter(known, np.intp, sum(counts)), axis=0)
        ones = np.ones(max(counts, default=0), np.float32)
        hidden = np.empty((len(counts), len(self.bias)), np.float32)
        start = 0
        for i, count in enumerate(counts):
            np.dot(ones[:count], table[start : start + count], out=hidden[i])
            start += count
        hidden += self.bias
        scores: NDArray[np.float32] = np.maximum(hidden, 0.0, out=hidden) @ self.output
        return scores

    def yes(self, candidates: Iterable[Features]) -> NDArray[np.float32]:
        """The probability of each candidate by itself, of shape (candidates,)."""
        stream = iter(candidates)
        scores = [np.empty(0, np.float32)]
        while batch := list(islice(stream, BATCH)):
            scores.append(self(batch))
        return (1.0 / (1.0 + np.exp(-np.concatenate(scores)))).astype(np.float32)

    def one_of(self, candidates: Sequence[Features]) -> NDArray[np.float32]:
        """The probability of each candidate where exactly one is right, of the scores' shape."""
        scores = self(candidates)
        odds = np.exp(scores - scores.max(0))
        result: NDArray[np.float32] = odds / odds.sum(0)
        return result


def side_by_side(one: Scorer, other: Scorer) -> Scorer:
    """One scorer for two decisions on the same candidates, whose features are then looked up once."""
    vocabulary = {feature: i for i, feature in enumerate(dict.fromkeys((*one.vocabulary, *other.vocabulary)))}
    widths = len(one.bias), len(other.bias)
    rows = np.zeros((len(vocabulary), sum(widths)), np.float32)
    rows[[vocabulary[f] for f in one.vocabulary], : widths[0]] = one.rows
    rows[[vocabulary[f] for f in other.vocabulary], widths[0] :] = other.rows
    output = np.zeros((sum(widths), 2), np.float32)
    output[: widths[0], 0] = one.output
    output[widths[0] :, 1] = other.output
    return Scorer(vocabulary, rows, np.concatenate([one.bias, other.bias]), output)
