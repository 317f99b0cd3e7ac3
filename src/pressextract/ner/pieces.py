"""Words to the word pieces that an encoder reads."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

WORD_START = "▁"
"""The piece that says only that a word begins here, where the word's first character is no piece with it."""


BATCH = 128
"""So many sequences are cut into pieces at a time: what the tokenizer tells of them takes far more room than they."""


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
        for start in range(0, len(sequences), BATCH):
            batch = sequences[start : start + BATCH]
            for encoding in self._tokenizer.encode_batch(batch, is_pretokenized=True, add_special_tokens=False):
                ids = encoding.ids
                words = [word for word in encoding.word_ids if word is not None]  # all: there are no special tokens
                kept = [
                    i
                    for i, piece in enumerate(ids)
                    if piece != self._word_start or words[i : i + 1] != words[i + 1 : i + 2]
                ]
                yield Pieces([ids[i] for i in kept], [words[i] for i in kept])


class Inputs(NamedTuple):
    """A pack as the network reads it, by its input names: windows one behind another, each read by itself.

    ``pieces``, ``positions`` and ``windows`` (int64), of shape (pieces,), have each piece's number in the vocabulary,
    its place in its window and its window's number. ``words`` (float32), of shape (rows, pieces), averages the pieces
    of each row: of each window the start mark, each word that has pieces, and the end mark.
    """

    pieces: NDArray[np.int64]
    positions: NDArray[np.int64]
    windows: NDArray[np.int64]
    words: NDArray[np.float32]


def make_inputs(pack: Sequence[Pieces], encoder: PieceEncoder) -> Inputs:
    """The inputs of a pack of windows."""
    ids = [piece for window in pack for piece in (encoder.start, *window.ids, encoder.stop)]
    sizes = [len(window.ids) + 2 for window in pack]
    rows = _rows([mark for window in pack for mark in (-1, *window.words, -2)])
    words = np.zeros((int(rows[-1]) + 1, len(ids)), dtype=np.float32)
    words[rows, np.arange(len(ids))] = 1.0 / np.bincount(rows)[rows]
    return Inputs(
        np.array(ids, dtype=np.int64),
        np.concatenate([np.arange(size, dtype=np.int64) for size in sizes]),
        np.repeat(np.arange(len(pack), dtype=np.int64), sizes),
        words,
    )


def _rows(words: list[int]) -> NDArray[np.int64]:
    """For each piece of a pack the row it belongs to; *words* has the marks as words of their own."""
    return np.cumsum(np.diff(np.array(words, dtype=np.int64), prepend=words[:1]) != 0)
