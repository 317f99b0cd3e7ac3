"""Exact-span scores."""

from pressextract.ner.conllu import Sentence, WordSpan
from pressextract.ner.scoring import FOUR_TYPES, score_spans


def test_a_span_counts_where_place_and_label_agree() -> None:
    gold = [Sentence(["a", "b", "c", "d"], ["B-PER", "I-PER", "O", "B-ORG"]), Sentence(["e"], ["B-LOC"])]
    found = [[WordSpan(0, 2, "PER"), WordSpan(3, 4, "LOC")], []]
    scores = score_spans(gold, found)
    assert scores["PER"] == (1, 0, 0)
    assert scores["ORG"] == (0, 0, 1)
    assert scores["LOC"] == (0, 1, 1)
    assert scores["micro"] == (1, 1, 2)
    assert scores["micro"].f1 == 2 / 5


def test_nothing_found_where_nothing_is_scores_zero() -> None:
    assert score_spans([Sentence(["a"], ["O"])], [[]])["micro"].f1 == 0.0


def test_four_types_take_places_together_and_the_rest() -> None:
    gold = [Sentence(["Oslo", "Ap-lista"], ["B-GPE_ORG", "B-DRV"])]
    scores = score_spans(gold, [[WordSpan(0, 1, "GPE_LOC"), WordSpan(1, 2, "PROD")]], FOUR_TYPES)
    assert scores == {"LOC": (1, 0, 0), "MISC": (1, 0, 0), "micro": (2, 0, 0)}
