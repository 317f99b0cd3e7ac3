"""Floors under the quality of the records, on the gold that the project owns and on real releases where they are at hand."""

from pathlib import Path

import pytest

from pressextract import evaluation
from pressextract.pipeline import Extractor

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "gold" / "seeds"
FLOORS = {"people": 0.92, "organisations": 0.80, "roles": 0.78, "grant_slots": 0.72, "amounts": 0.93, "dates": 0.88}


def f1(nlp: Extractor, folder: Path) -> dict[str, float]:
    result = evaluation.evaluate(nlp, folder)
    return {field: result.fields[field].f1 or 0.0 for field in FLOORS}


def test_dev_stays_above_its_floors(nlp: Extractor) -> None:
    scores = f1(nlp, ROOT / "corpus" / "dev")
    assert {field: score for field, score in scores.items() if score < FLOORS[field]} == {}


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the five real releases may not be copied into the repository and are not beside it"
)
def test_real_releases_stay_near_them(nlp: Extractor) -> None:
    scores = f1(nlp, SEEDS)
    assert {field: score for field, score in scores.items() if score < FLOORS[field] - 0.05} == {}
