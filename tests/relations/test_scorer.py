"""The scorer's arithmetic, and the weights on disk."""

from pathlib import Path

import numpy as np
import pytest

from pressextract.relations.model import SCORERS, Calibration, RelationModel, load_model, save_model
from pressextract.relations.scorer import Scorer, side_by_side

SCORER = Scorer(
    {"a": 0, "b": 1},
    np.array([[1, 0], [0, 2]], np.float32),
    np.array([0, -1], np.float32),
    np.array([2, 1], np.float32),
)


@pytest.mark.parametrize(
    ("features", "score"),
    [
        (["a"], 2.0),  # relu(1, -1) · (2, 1)
        (["b"], 1.0),  # relu(0, 1)
        (["a", "b"], 3.0),
        (["a", "never seen"], 2.0),
        ([], 0.0),
    ],
)
def test_a_score_is_the_network_s_output(features: list[str], score: float) -> None:
    assert SCORER([features]) == pytest.approx([score])


def test_probabilities() -> None:
    assert SCORER.yes([[], ["a"]]) == pytest.approx([0.5, 1 / (1 + np.exp(-2))])
    assert SCORER.one_of([["a"], ["a"], ["a"], ["a"]]) == pytest.approx([0.25] * 4)
    assert SCORER.one_of([["a"], ["b"]]).sum() == pytest.approx(1.0)
    assert len(SCORER.yes([])) == 0


def test_two_decisions_side_by_side_are_what_each_is_alone() -> None:
    other = Scorer(
        {"b": 0, "c": 1}, np.array([[3], [-1]], np.float32), np.array([1], np.float32), np.array([1], np.float32)
    )
    candidates = [["a"], ["b", "c"], ["a", "c", "never seen"], []]
    both = side_by_side(SCORER, other).one_of(candidates)
    assert both[:, 0] == pytest.approx(SCORER.one_of(candidates))
    assert both[:, 1] == pytest.approx(other.one_of(candidates))


@pytest.mark.parametrize(
    ("probability", "confidence"), [(0.5, 0.5), (0.9, 81 / 82), (0.1, 1 / 82), (0.0, 1e-8), (1.0, 1 - 1e-8)]
)
def test_a_calibration_stretches_the_log_odds(probability: float, confidence: float) -> None:
    assert Calibration(2.0, 0.0)(probability) == pytest.approx(confidence, rel=1e-3)


def test_a_model_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    model = RelationModel(*[SCORER] * len(SCORERS), roles=Calibration(0.5, -0.25), grants=Calibration(2.0, 1.0))
    save_model(model, tmp_path)
    loaded = load_model(tmp_path)
    assert (loaded.roles, loaded.grants) == (model.roles, model.grants)
    for name in SCORERS:
        again: Scorer = getattr(loaded, name)
        assert again.vocabulary == SCORER.vocabulary
        assert again([["a", "b"]]) == pytest.approx([3.0])
