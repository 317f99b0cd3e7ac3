"""The learned part of relation extraction: a scorer for each decision, and what their confidence is worth."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pressextract.ner.component import model_folder
from pressextract.relations.scorer import Scorer, side_by_side

FOLDER = "relations"
WEIGHTS = "weights.npz"


class Calibration(NamedTuple):
    """Confidence as the share of records that are right: ``sigmoid(slope · log odds + offset)`` (Platt scaling)."""

    slope: float
    offset: float

    def __call__(self, probability: float) -> float:
        """The confidence, 0 to 1, of a record that the scorers think right with *probability*."""
        p = min(max(probability, 1e-4), 1 - 1e-4)
        return float(1 / (1 + np.exp(-(self.slope * np.log(p / (1 - p)) + self.offset))))


class RelationModel(NamedTuple):
    """A scorer for each decision, a calibration for each kind of record."""

    binding: Scorer
    """Whether a title is a person's."""
    employer: Scorer
    """At which organisation, or none."""
    affiliation: Scorer
    """Whether a person belongs to an organisation without a title."""
    grant: Scorer
    """Whether a sum is a grant."""
    funder: Scorer
    """Who gives it, or nobody named."""
    recipient: Scorer
    """Who gets it, or nobody named."""
    status: Scorer
    duration: Scorer
    roles: Calibration
    grants: Calibration

    @property
    def parties(self) -> Scorer:
        """Funder and recipient at once: two decisions on the same candidates."""
        return _parties(self.funder, self.recipient)


@lru_cache(maxsize=1)
def _parties(funder: Scorer, recipient: Scorer) -> Scorer:
    return side_by_side(funder, recipient)


SCORERS = tuple(name for name, kind in RelationModel.__annotations__.items() if kind is Scorer)
CALIBRATIONS = tuple(name for name, kind in RelationModel.__annotations__.items() if kind is Calibration)


def save_model(model: RelationModel, folder: Path) -> None:
    """Writes ``weights.npz`` to *folder*: half-precision weights, the vocabulary as lines of UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {}
    for name in SCORERS:
        scorer: Scorer = getattr(model, name)
        arrays[f"{name}/vocabulary"] = np.frombuffer("\n".join(scorer.vocabulary).encode(), np.uint8)
        for part in ("rows", "bias", "output"):
            arrays[f"{name}/{part}"] = getattr(scorer, part).astype(np.float16)
    for name in CALIBRATIONS:
        arrays[name] = np.array(getattr(model, name), np.float32)
    np.savez_compressed(folder / WEIGHTS, **arrays)  # type: ignore[arg-type]


@cache
def load_model(folder: Path | None = None) -> RelationModel:
    """The model in *folder*; without one the shipped model. Loaded once a process."""
    if folder is None:
        folder = model_folder().parent / FOLDER
    with np.load(folder / WEIGHTS) as arrays:
        scorers = {
            name: Scorer(
                {f: i for i, f in enumerate(arrays[f"{name}/vocabulary"].tobytes().decode().split("\n"))},
                *(arrays[f"{name}/{part}"].astype(np.float32) for part in ("rows", "bias", "output")),
            )
            for name in SCORERS
        }
        calibrations = {name: Calibration(*map(float, arrays[name])) for name in CALIBRATIONS}
    return RelationModel(**scorers, **calibrations)  # type: ignore[arg-type]
