"""A word tagger in ONNX: sequences of words in, labelled word spans out. Needs no torch."""

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pressextract.ner.conllu import WordSpan, spans_of

WINDOW_PIECES = 128
"""Neighbouring sequences are read together up to so many word pieces: context for the model, little padding, and short
enough for attention to stay cheap. Of 64 to 160, this scored best on NorNE dev (Bokmål 0.880, Nynorsk 0.848)."""

BATCH_PIECES = (128, 512)
"""Word pieces in one run of the network, padding counted: an eighth of all, but at least and at most so many. Runs go
side by side, one a thread; a short document's must be short to end together."""

PADDING = 1.2
"""The longest window of a run is at most so many times as long as the shortest."""


SENTENCE_ENDS = (".", "!", "?", ":", "…", '"', "»")
"""A sequence that ends in none of these is a heading or a list's line: its neighbours are no context for it."""


class ModelError(ValueError):
    """A model that can't be loaded; the message says what to do."""


class _Segment(NamedTuple):
    """Part of a sequence: its pieces, the indices of the words that have any, and the place of each one's first."""

    sequence: int
    ids: list[int]
    words: NDArray[np.int64]
    firsts: NDArray[np.int64]
    running: bool


class OnnxTagger:
    """The tagger of a model folder written by :func:`pressextract.ner.export.export`.

    Args:
        folder: has ``model.onnx``, ``tokenizer.json`` and ``config.json``.
        threads: how many runs of the network go side by side; 0 for one a core.

    Raises:
        ModelError: if the folder lacks one of its files.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        missing = [n for n in ("model.onnx", "tokenizer.json", "config.json") if not (folder / n).is_file()]
        if missing:
            raise ModelError(
                f"{folder}: not a model folder (no {', '.join(missing)}); make one with `pressextract train`"
            )
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.name: str = config["name"]
        self.tags: list[str] = config["tags"]
        self._longest: int = config["max_pieces"] - 2
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._start, self._stop = self._tokenizer.encode("").ids
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._threads = threads or os.cpu_count() or 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator is slower than its parts
        )

    def tag(self, sequences: Sequence[list[str]]) -> list[list[WordSpan]]:
        """The entities of each sequence of words, in order.

        Neighbours are read together as each other's context; a sequence longer than the model reads is cut.

        Returns:
            for each sequence its spans, whose ``start`` and ``end`` count words; none crosses into another sequence.
        """
        tags = [["O"] * len(words) for words in sequences]
        scores = [[1.0] * len(words) for words in sequences]
        batches = list(_batches(sorted(_windows(self._segments(sequences)), key=_size, reverse=True)))
        if len(batches) > 1 and self._threads > 1:
            with ThreadPoolExecutor(self._threads) as pool:
                for batch, logits in zip(batches, pool.map(self._run, batches), strict=True):
                    self._read(batch, logits, tags, scores)
        else:
            for batch in batches:
                self._read(batch, self._run(batch), tags, scores)
        return [spans_of(*tagged) for tagged in zip(tags, scores, strict=True)]

    def _segments(self, sequences: Sequence[list[str]]) -> Iterator[_Segment]:
        encodings = self._tokenizer.encode_batch(sequences, is_pretokenized=True, add_special_tokens=False)
        for number, encoding in enumerate(encodings):
            word_ids = np.array(encoding.word_ids, dtype=np.int64)
            firsts = np.flatnonzero(np.diff(word_ids, prepend=-1))
            ids = encoding.ids
            running = sequences[number][-1:] != [] and sequences[number][-1].endswith(SENTENCE_ENDS)
            start = 0
            while start < len(ids):
                # cut before a word, unless one word alone is longer than the model reads
                end = len(ids) if len(ids) - start <= self._longest else start + self._longest
                fitting = firsts[(firsts > start) & (firsts <= end)]
                if end < len(ids) and len(fitting):
                    end = int(fitting[-1])
                inside = firsts[(firsts >= start) & (firsts < end)]
                yield _Segment(number, ids[start:end], word_ids[inside], inside - start, running)
                start = end

    def _run(self, batch: list[list[_Segment]]) -> NDArray[np.float32]:
        """The logits of a batch of windows, of shape (windows, pieces, tags)."""
        width = _size(batch[0]) + 2
        ids: NDArray[np.int64] = np.full((len(batch), width), self._stop, dtype=np.int64)
        mask: NDArray[np.int64] = np.zeros((len(batch), width), dtype=np.int64)
        for row, window in enumerate(batch):
            pieces = [self._start, *(i for segment in window for i in segment.ids), self._stop]
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        logits: NDArray[np.float32] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return logits

    def _read(
        self, batch: list[list[_Segment]], logits: NDArray[np.float32], tags: list[list[str]], scores: list[list[float]]
    ) -> None:
        """Sets the tag and score of each word of a batch."""
        for row, window in enumerate(batch):
            offset = 1
            for segment in window:
                at_words = logits[row, offset + segment.firsts]
                best = at_words.argmax(axis=-1)
                sure = 1.0 / np.exp(at_words - at_words.max(axis=-1, keepdims=True)).sum(axis=-1)
                for word, tag, score in zip(segment.words.tolist(), best.tolist(), sure.tolist(), strict=True):
                    tags[segment.sequence][word] = self.tags[tag]
                    scores[segment.sequence][word] = score
                offset += len(segment.ids)


def _batches(windows: list[list[_Segment]]) -> Iterator[list[list[_Segment]]]:
    """Windows of like size together, up to the batch's; *windows* come longest first, so that threads end together."""
    fewest, most = BATCH_PIECES
    budget = max(fewest, min(most, sum(map(_size, windows)) // 8))
    batch: list[list[_Segment]] = []
    for window in windows:
        longest = _size(batch[0]) if batch else 0
        if batch and ((len(batch) + 1) * longest > budget or longest > PADDING * _size(window)):
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _windows(segments: Iterator[_Segment]) -> Iterator[list[_Segment]]:
    """Neighbouring segments of running text together, up to the window's size; others by themselves."""
    window: list[_Segment] = []
    for segment in segments:
        joined = window and segment.running and window[-1].running
        if window and not (joined and _size(window) + len(segment.ids) <= WINDOW_PIECES):
            yield window
            window = []
        window.append(segment)
    if window:
        yield window


def _size(window: list[_Segment]) -> int:
    return sum(len(segment.ids) for segment in window)
