"""A word tagger in ONNX: sequences of words in, labelled word spans out. Needs no torch."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from pressextract.ner.conllu import WordSpan, spans_of


class ModelError(ValueError):
    """A model that can't be loaded; the message says what to do."""


class OnnxTagger:
    """The tagger of a model folder written by :func:`pressextract.ner.export.export`.

    Args:
        folder: has ``model.onnx``, ``tokenizer.json`` and ``config.json``.
        threads: how many threads one call uses; 0 for all cores.
        batch_pieces: word pieces at most in one run of the network, padding counted.

    Raises:
        ModelError: if the folder lacks one of its files.
    """

    def __init__(self, folder: Path, threads: int = 0, batch_pieces: int = 4096) -> None:
        missing = [n for n in ("model.onnx", "tokenizer.json", "config.json") if not (folder / n).is_file()]
        if missing:
            raise ModelError(
                f"{folder}: not a model folder (no {', '.join(missing)}); make one with `pressextract train`"
            )
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.name: str = config["name"]
        self.tags: list[str] = config["tags"]
        self.max_pieces: int = config["max_pieces"]
        self.batch_pieces = batch_pieces
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def tag(self, sequences: Sequence[list[str]]) -> list[list[WordSpan]]:
        """The entities of each sequence of words, in order.

        Sequences are read in batches of like length. One longer than the model reads is halved.

        Returns:
            for each sequence its spans, whose ``start`` and ``end`` count words.
        """
        encodings = self._tokenizer.encode_batch(sequences, is_pretokenized=True)
        result: list[list[WordSpan]] = [[] for _ in sequences]
        fitting = []
        for i, encoding in enumerate(encodings):
            if len(encoding.ids) <= self.max_pieces:
                fitting.append(i)
            elif len(sequences[i]) > 1:
                result[i] = self._halved(sequences[i])
        fitting.sort(key=lambda i: len(encodings[i].ids))
        batch: list[int] = []
        for i in fitting:
            if batch and (len(batch) + 1) * len(encodings[i].ids) > self.batch_pieces:
                self._run(batch, encodings, result)
                batch = []
            batch.append(i)
        if batch:
            self._run(batch, encodings, result)
        return result

    def _halved(self, words: list[str]) -> list[WordSpan]:
        middle = len(words) // 2
        left, right = self.tag([words[:middle], words[middle:]])
        return left + [s._replace(start=s.start + middle, end=s.end + middle) for s in right]

    def _run(self, batch: list[int], encodings: list[Encoding], result: list[list[WordSpan]]) -> None:
        width = max(len(encodings[i].ids) for i in batch)
        ids: NDArray[np.int64] = np.ones((len(batch), width), dtype=np.int64)
        mask: NDArray[np.int64] = np.zeros((len(batch), width), dtype=np.int64)
        for row, i in enumerate(batch):
            size = len(encodings[i].ids)
            ids[row, :size] = encodings[i].ids
            mask[row, :size] = 1
        logits = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        best = logits.argmax(axis=-1)
        scores = 1.0 / np.exp(logits - logits.max(axis=-1, keepdims=True)).sum(axis=-1)
        for row, i in enumerate(batch):
            first = _first_pieces(encodings[i].word_ids)
            tags = ["O"] * (max(first) + 1 if first else 0)
            probabilities = [1.0] * len(tags)
            for word, column in first.items():
                tags[word] = self.tags[best[row, column]]
                probabilities[word] = float(scores[row, column])
            result[i] = spans_of(tags, probabilities)


def _first_pieces(word_ids: Sequence[int | None]) -> dict[int, int]:
    """Word index to the index of its first piece; words without pieces are absent."""
    first: dict[int, int] = {}
    for column, word in enumerate(word_ids):
        if word is not None:
            first.setdefault(word, column)
    return first
