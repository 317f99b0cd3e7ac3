"""Trains the relation model on gold documents (extra ``train``)."""

import re
from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from pressextract.evaluation import Evaluation, GoldDocument, load_gold, score
from pressextract.learning.examples import Example, read_examples
from pressextract.pipeline import Extractor
from pressextract.records import PressRelease
from pressextract.relations.model import SCORERS, Calibration, RelationModel, save_model
from pressextract.relations.scorer import Scorer

HIDDEN = 8
"""Hidden units of one net. More did not help in five folds of corpus/train; without any the scorer is linear."""
NETS = 4
"""Nets from different seeds that make up one scorer: their units side by side, their scores averaged."""
STEPS = 60
LEARNING_RATE = 0.02
WEIGHT_DECAY = 0.02
DROPPED_FEATURES = 0.5
DROPPED_UNITS = 0.2
FOLDS = 5
RARE = 2
"""A feature seen fewer times is left out."""


class Batch(NamedTuple):
    """All examples of a decision as flat tensors."""

    features: torch.Tensor
    """The rows of all candidates' features, one after the other."""
    starts: torch.Tensor
    """Where each candidate's begin; shape (candidates,)."""
    example: torch.Tensor
    """The number of each candidate's example; shape (candidates,)."""
    right: torch.Tensor
    """Whether each candidate is right; shape (candidates,)."""
    yes_or_no: torch.Tensor
    """Whether each example may have no right candidate; shape (examples,)."""


def fit(examples: Sequence[Example]) -> Scorer:
    """A scorer for one decision."""
    counts = Counter(f for e in examples for f in {f for row in e.candidates for f in row})
    vocabulary = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
    batch = _batch(examples, vocabulary)
    nets = [_net(batch, len(vocabulary), seed) for seed in range(NETS)]
    rows, bias, output = (torch.cat(parts, -1).numpy() for parts in zip(*nets, strict=True))
    return Scorer(vocabulary, rows, bias, (output / NETS).astype(np.float32))


def _batch(examples: Sequence[Example], vocabulary: dict[str, int]) -> Batch:
    features: list[int] = []
    starts, numbers, right = [], [], []
    for number, example in enumerate(examples):
        for row, mark in zip(example.candidates, example.right, strict=True):
            starts.append(len(features))
            features += [vocabulary[f] for f in row if f in vocabulary]
            numbers.append(number)
            right.append(mark)
    yes_or_no = [e.yes_or_no for e in examples]
    rows, begins, of = (torch.tensor(x, dtype=torch.long) for x in (features, starts, numbers))
    return Batch(rows, begins, of, torch.tensor(right), torch.tensor(yes_or_no))


def _net(batch: Batch, size: int, seed: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """One net's rows, bias and output."""
    torch.manual_seed(seed)
    rows = nn.Parameter(torch.randn(size, HIDDEN) * 0.1)
    output = nn.Parameter(torch.randn(HIDDEN) * 0.3)
    bias = nn.Parameter(torch.zeros(HIDDEN))
    groups = [{"params": [rows, output], "weight_decay": WEIGHT_DECAY}, {"params": [bias], "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 1 / STEPS, STEPS)
    for _ in range(STEPS):
        weights = (torch.rand(len(batch.features)) > DROPPED_FEATURES).float() / (1 - DROPPED_FEATURES)
        hidden = nn.functional.embedding_bag(batch.features, rows, batch.starts, mode="sum", per_sample_weights=weights)
        scores = nn.functional.dropout(torch.relu(hidden + bias), DROPPED_UNITS) @ output
        loss = _loss(scores, batch)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return rows.detach(), bias.detach(), output.detach()


def _loss(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    """The mean negative log-probability of the right candidates together; none has score 0 in a yes-or-no example."""
    count = len(batch.yes_or_no)
    floor = torch.where(batch.yes_or_no, 0.0, -torch.inf)
    top = floor.scatter_reduce(0, batch.example, scores.detach(), "amax")
    odds = torch.exp(scores - top[batch.example])
    none = torch.exp(floor - top)
    everything = none.scatter_add(0, batch.example, odds)
    right = torch.zeros(count).scatter_add(0, batch.example, odds * batch.right)
    anything = torch.zeros(count).scatter_add(0, batch.example, batch.right.float()) > 0
    return (everything.log() - torch.where(anything, right, none).log()).mean()


def calibrate(judged: Sequence[tuple[float, bool]]) -> Calibration:
    """The calibration that makes it most probable which records were right, of what the scorers thought of each."""
    confidences, right = zip(*judged, strict=True)
    p = torch.tensor(confidences, dtype=torch.float64).clamp(1e-4, 1 - 1e-4)
    log_odds, labels = torch.log(p / (1 - p)), torch.tensor(right, dtype=torch.float64)
    parameters = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([parameters], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(parameters[0] * log_odds + parameters[1], labels)
        loss.backward()
        return loss

    optimiser.step(closure)
    return Calibration(*map(float, parameters.detach()))


class Trainer:
    """Trains and cross-validates relation models on gold documents.

    Args:
        nlp: an extractor, whose other components find what the relations are between.
        documents: the gold.
    """

    def __init__(self, nlp: Extractor, documents: Sequence[GoldDocument]) -> None:
        self._nlp = nlp
        self._documents = documents
        self._annotated = [nlp.annotate(d.text, until=RELATIONS[0]) for d in documents]
        pairs = zip(self._annotated, documents, strict=True)
        self._examples = [read_examples(doc, d.gold) for (doc, _), d in pairs]

    def fit(self, leave_out: int | None = None, without: str = "") -> RelationModel:
        """A model of all documents, or of all but those of one fold, not calibrated.

        Args:
            leave_out: the number of the fold, from 0.
            without: a pattern (regular expression) of features to leave out, to measure what they are worth; "" for
                none.
        """
        chosen = [e for i, e in enumerate(self._examples) if i % FOLDS != leave_out]
        scorers = {name: fit([_less(x, without) for e in chosen for x in e[name]]) for name in SCORERS}
        plain = Calibration(1.0, 0.0)
        return RelationModel(**scorers, roles=plain, grants=plain)

    def cross_validate(self, without: str = "") -> Evaluation:
        """Each document scored by a model of the folds it is not in; its confidences are not calibrated."""
        results = {}
        for fold in range(FOLDS):
            model = self.fit(fold, without)
            for i in range(fold, len(self._documents), FOLDS):
                results[i] = score(self._documents[i], self._record(i, model))
        return Evaluation(tuple(results[i] for i in sorted(results)))

    def _record(self, index: int, model: RelationModel) -> PressRelease:
        doc, source = self._annotated[index]
        for name in RELATIONS:
            component: Any = self._nlp.nlp.get_pipe(name)
            component.model = model
            doc = component(doc)
        return self._nlp.record(doc, source)


RELATIONS = ("pressextract_roles", "pressextract_grants")


def _less(example: Example, without: str) -> Example:
    if not without:
        return example
    pattern = re.compile(without)
    return example._replace(candidates=[[f for f in row if not pattern.match(f)] for row in example.candidates])


def train(corpus: Path, out: Path, calibrate_on: str = "*") -> Evaluation:
    """Trains a relation model on a gold folder, calibrates it by five folds of the same, and writes it to *out*.

    Args:
        corpus: the gold folder.
        out: the folder for ``weights.npz``.
        calibrate_on: a pattern for the names of the documents whose records tell what confidence is worth ("t[a-d]*"):
            documents written to be hard would make it too low for others.

    Returns:
        the scores of the five folds.

    Raises:
        GoldError: if the folder has no gold or a bad file.
    """
    trainer = Trainer(Extractor(), load_gold(corpus))
    validated = trainer.cross_validate()
    typical = Evaluation(tuple(d for d in validated.documents if fnmatch(d.doc_id, calibrate_on)))
    roles, grants = (calibrate(typical.confidences(field)) for field in ("roles", "grants_exact"))
    save_model(trainer.fit()._replace(roles=roles, grants=grants), out)
    return validated
