"""A word tagger in ONNX: sequences of words in, labelled word spans out. Needs no torch."""

import json
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pressextract.ner.conllu import WordSpan, spans_of
from pressextract.ner.decoding import Decoder, agree, log_softmax
from pressextract.ner.pieces import PieceEncoder, Pieces, make_inputs
from pressextract.ner.sequences import SENTENCE_ENDS

WINDOW_PIECES = 128
"""Neighbouring sequences are read together up to so many word pieces: context for the model, little padding, and short
enough for attention to stay cheap. Of 64 to 160, this scored best on NorNE dev (Bokmål 0.880, Nynorsk 0.848)."""

PACK_PIECES = 128
"""One run of the network reads windows of about so many word pieces together. Runs go side by side, one a thread; of 96
to 256, this was the fastest: short runs waste time, and attention's work grows by the square."""

PART_PIECES = 8192
"""A long text is read in parts of about so many word pieces, so that its pieces need not all be held at a time."""

UNREAD = -20.0
"""The log-probability of each entity tag of a word that has no pieces."""


class ModelError(ValueError):
    """A model that can't be loaded; the message says what to do."""


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
        self._decode = Decoder(self.tags)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # done at export
        self._threads = threads or os.cpu_count() or 1
        with ThreadPoolExecutor(1) as pool:  # reads the network while the tokenizer is read
            session = pool.submit(
                onnxruntime.InferenceSession, str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._pieces = PieceEncoder(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self._session = session.result()

    def tag(self, sequences: Sequence[list[str]]) -> list[list[WordSpan]]:
        """The entities of each sequence of words of one document, in order.

        Neighbours are read together as each other's context, and what recurs is judged together; a sequence longer
        than the model reads is cut.

        Returns:
            for each sequence its spans, whose ``start`` and ``end`` count words; none crosses into another sequence.
        """
        words = [word for sequence in sequences for word in sequence]
        log_probs = self._log_probs(sequences, len(words))
        agree(words, log_probs)
        spans = []
        start = 0
        for sequence in sequences:
            rows = log_probs[start : start + len(sequence)]
            tags = self._decode(rows)
            scores = np.exp(log_softmax(rows)[np.arange(len(tags)), tags])
            spans.append(spans_of([self.tags[tag] for tag in tags], scores.tolist()))
            start += len(sequence)
        return spans

    def _log_probs(self, sequences: Sequence[list[str]], words: int) -> NDArray[np.float32]:
        """The log-probabilities of the tags of all words of a document, of shape (words, tags)."""
        result: NDArray[np.float32] = np.full((words, len(self.tags)), UNREAD, dtype=np.float32)
        result[:, 0] = 0.0
        with ThreadPoolExecutor(self._threads) as pool:
            for windows in _parts(_windows(self._segments(sequences))):
                packed = packs(windows)
                for pack, logits in zip(packed, pool.map(self._run, packed), strict=True):
                    rows = log_softmax(logits)
                    first = 1  # row 0 is the start mark's
                    for window in pack:
                        read = list(dict.fromkeys(window.words))
                        result[read] = rows[first : first + len(read)]
                        first += len(read) + 2
        return result

    def _segments(self, sequences: Sequence[list[str]]) -> Iterator[tuple[Pieces, bool]]:
        """Sequences, cut to what the model reads, their words numbered through the document; True for running text."""
        offset = 0
        for sequence, pieces in zip(sequences, self._pieces(sequences), strict=True):
            running = sequence[-1:] != [] and sequence[-1].endswith(SENTENCE_ENDS)
            words = [offset + word for word in pieces.words]
            offset += len(sequence)
            start = 0
            while start < len(words):
                end = start + self._longest
                if end < len(words):
                    # cut before a word, unless one word alone is longer than the model reads
                    end = next((i for i in range(end, start, -1) if words[i] != words[i - 1]), end)
                yield Pieces(pieces.ids[start:end], words[start:end]), running
                start = end

    def _run(self, pack: list[Pieces]) -> NDArray[np.float32]:
        """The logits of a pack of windows, of shape (rows, tags)."""
        logits: NDArray[np.float32] = self._session.run(None, make_inputs(pack, self._pieces)._asdict())[0]
        return logits


def packs(windows: Sequence[Pieces]) -> list[list[Pieces]]:
    """Windows in packs of about :data:`PACK_PIECES`, none empty, of like size so that threads end together."""
    count = min(len(windows), math.ceil(sum(map(_size, windows)) / PACK_PIECES))
    result: list[list[Pieces]] = [[] for _ in range(count)]
    sizes = [0] * count
    for window in sorted(windows, key=_size, reverse=True):
        emptiest = sizes.index(min(sizes))
        result[emptiest].append(window)
        sizes[emptiest] += _size(window)
    return result


def _windows(segments: Iterable[tuple[Pieces, bool]]) -> Iterator[Pieces]:
    """Neighbouring segments of running text together, up to the window's size; others by themselves."""
    window = Pieces([], [])
    joins = False
    for segment, running in segments:
        if joins and running and _size(window) + _size(segment) <= WINDOW_PIECES:
            window = Pieces(window.ids + segment.ids, window.words + segment.words)
            continue
        if window.ids:
            yield window
        window, joins = segment, running
    if window.ids:
        yield window


def _parts(windows: Iterable[Pieces]) -> Iterator[list[Pieces]]:
    """Windows in parts of about :data:`PART_PIECES`."""
    part: list[Pieces] = []
    size = 0
    for window in windows:
        part.append(window)
        size += _size(window)
        if size >= PART_PIECES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _size(window: Pieces) -> int:
    return len(window.ids)
