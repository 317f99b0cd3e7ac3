"""How the relation model learns."""

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from pressextract.evaluation.gold import Gold
from pressextract.learning.examples import Example, read_examples
from pressextract.relations.model import load_model

TEXT = "Stor dag\n\nSiva gir Nordvik Havn 6 millioner kroner. Det sier direktør Kari Nordmann i Siva til Ola Berg."
GOLD = {
    "language": "nb",
    "title": "Stor dag",
    "organisations": [{"name": "Siva", "aliases": []}, {"name": "Nordvik Havn", "aliases": []}],
    "people": [{"name": "Kari Nordmann", "aliases": []}, {"name": "Ola Berg", "aliases": []}],
    "roles": [{"person": "Kari Nordmann", "title": "direktør", "organisation": "Siva"}],
    "grants": [
        {
            "funders": ["Siva"],
            "recipients": ["Nordvik Havn"],
            "amount": {"value": 6000000, "upper": None, "currency": "NOK", "modifier": None},
            "status": "awarded",
            "duration": None,
            "quote": "Siva gir Nordvik Havn 6 millioner kroner",
        }
    ],
    "amounts": [],
    "dates": [],
}


@pytest.fixture
def examples(annotate: Callable[..., Doc]) -> dict[str, list[Example]]:
    doc = annotate(TEXT, people=("Kari Nordmann", "Ola Berg"), organisations=("Siva", "Nordvik Havn"))
    return read_examples(doc, Gold.model_validate(GOLD))


def test_a_title_is_right_with_its_holder_only(examples: dict[str, list[Example]]) -> None:
    assert [e.right for e in examples["binding"]] == [[True], [False]]
    assert all(e.yes_or_no for e in examples["binding"])


@pytest.mark.parametrize("decision", ["employer", "funder", "recipient", "status"])
def test_of_a_choice_one_candidate_is_right(examples: dict[str, list[Example]], decision: str) -> None:
    (example,) = examples[decision]
    assert sum(example.right) == 1
    assert len(example.candidates) == len(example.right) > 1


def test_a_sum_in_the_gold_is_a_grant(examples: dict[str, list[Example]]) -> None:
    assert [e.right for e in examples["grant"]] == [[True]]


class TestTraining:
    """What needs the extra ``train``."""

    @pytest.fixture(autouse=True)
    def _torch(self) -> None:
        pytest.importorskip("torch", reason="needs the extra: pip install 'pressextract[train]'")

    def test_a_scorer_learns_what_its_examples_say(self) -> None:
        from pressextract.learning.relations import fit

        choices = [Example([["red"], ["blue"]], [True, False]), Example([["blue"], ["red"]], [False, True])] * 5
        scorer = fit(choices)
        assert scorer.one_of([["blue"], ["red"]]).argmax() == 1

    def test_a_yes_or_no_question_is_learnt_too(self) -> None:
        from pressextract.learning.relations import fit

        yes, no = Example([["red"]], [True], yes_or_no=True), Example([["blue"]], [False], yes_or_no=True)
        red, blue = fit([yes, no] * 10).yes([["red"], ["blue"]])
        assert red > 0.5 > blue

    def test_a_calibration_learns_how_often_records_are_right(self) -> None:
        from pressextract.learning.relations import calibrate

        boastful = [(0.99, i % 2 == 0) for i in range(200)]
        assert calibrate(boastful)(0.99) == pytest.approx(0.5, abs=0.05)

    def test_training_writes_a_model_and_returns_its_scores(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from pressextract.learning import relations

        monkeypatch.setattr(relations, "NETS", 1)
        monkeypatch.setattr(relations, "STEPS", 20)
        corpus = tmp_path / "gold"
        corpus.mkdir()
        for path in sorted((Path(__file__).parents[2] / "corpus" / "train").glob("ta*.*")):
            (corpus / path.name).write_bytes(path.read_bytes())
        validated = relations.train(corpus, tmp_path / "model")
        assert len(validated.documents) == 14
        assert validated.fields["grants_exact"].true_positives > 0
        assert load_model(tmp_path / "model").grant.vocabulary
