"""Words to the word pieces that an encoder reads."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

WORD_START = "▁"
"""The piece that says only that a word begins here, where the word's first character is no piece with it."""


class Pieces(NamedTuple):
    """The pieces of a sequence of words and, for each piece, the index of its word; a word may have none."""

    ids: list[int]
    words: list[int]


class PieceEncoder:
    """A tokenizer for sequences of words.

    A lone word start before the rest of its word is left out: it is a piece of its own for each comma and quotation
    mark (one in fourteen of Norwegian text), and tells nothing that the word's other pieces do not.

    Args:
        tokenizer: a Hugging Face tokenizer; its special tokens open and close each input.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._word_start: int | None = tokenizer.token_to_id(WORD_START)
        self.start, self.stop = tokenizer.encode("").ids

    def __call__(self, sequences: Sequence[list[str]]) -> Iterator[Pieces]:
        """The pieces of each sequence of words, without special tokens."""
        for encoding in self._tokenizer.encode_batch(sequences, is_pretokenized=True, add_special_tokens=False):
            ids = encoding.ids
            words = [word for word in encoding.word_ids if word is not None]  # all: there are no special tokens
            kept = [
                i
                for i, piece in enumerate(ids)
                if piece != self._word_start or words[i : i + 1] != words[i + 1 : i + 2]
            ]
            yield Pieces([ids[i] for i in kept], [words[i] for i in kept])


class Inputs(NamedTuple):
    """A batch as the network reads it, by its input names.

    ``input_ids`` (int64) and ``attention_mask`` (int64) are of shape (batch, pieces); ``words`` (float32) of shape
    (batch, rows, pieces) averages the pieces of each row: the start mark, each word that has pieces, the end mark.
    """

    input_ids: NDArray[np.int64]
    attention_mask: NDArray[np.int64]
    words: NDArray[np.float32]


def make_inputs(batch: Sequence[Pieces], encoder: PieceEncoder) -> Inputs:
    """The inputs of a batch of sequences, padded to the longest."""
    width = max(len(pieces.ids) for pieces in batch) + 2
    rows = [_rows(pieces.words) for pieces in batch]
    ids = np.full((len(batch), width), encoder.stop, dtype=np.int64)
    mask = np.zeros((len(batch), width), dtype=np.int64)
    words = np.zeros((len(batch), max(int(r[-1]) for r in rows) + 1, width), dtype=np.float32)
    for i, (pieces, row) in enumerate(zip(batch, rows, strict=True)):
        size = len(row)
        ids[i, :size] = [encoder.start, *pieces.ids, encoder.stop]
        mask[i, :size] = 1
        words[i, row, np.arange(size)] = 1.0 / np.bincount(row)[row]
    return Inputs(ids, mask, words)


def _rows(words: list[int]) -> NDArray[np.int64]:
    """For each piece, special ones included, the row it belongs to."""
    marks = np.array([-1, *words, -2], dtype=np.int64)
    return np.cumsum(np.diff(marks, prepend=-1) != 0)
