"""From log-probabilities to tags, on three tags that a reader can follow."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.ner.conllu import TAGS
from pressextract.ner.decoding import Decoder, agree, log_softmax

SHORT = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def log_probs(*words: dict[str, float]) -> np.ndarray:
    """The named tags' probabilities, the others sharing what is left."""
    rows = []
    for word in words:
        rest = (1 - sum(word.values())) / (len(SHORT) - len(word))
        rows.append([np.log(word.get(tag, rest)) for tag in SHORT])
    return np.array(rows, dtype=np.float32)


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ([{"B-PER": 0.9}, {"I-PER": 0.9}, {"O": 0.9}], "B-PER I-PER O"),
        # the first word's label is the surer one, so the second follows it
        ([{"B-PER": 0.9}, {"I-ORG": 0.5, "I-PER": 0.4}], "B-PER I-PER"),
        # and the other way round
        ([{"B-PER": 0.5, "B-ORG": 0.4}, {"I-ORG": 0.9}], "B-ORG I-ORG"),
        # an I- tag never begins a name
        ([{"O": 0.9}, {"I-ORG": 0.6, "B-ORG": 0.3}], "O B-ORG"),
        ([{"I-PER": 0.7, "B-PER": 0.2}], "B-PER"),
    ],
)
def test_tags_are_the_likeliest_that_fit_together(words: list[dict[str, float]], tags: str) -> None:
    assert [SHORT[i] for i in Decoder(SHORT)(log_probs(*words))] == tags.split()


@given(st.lists(st.lists(st.floats(-9, 0), min_size=5, max_size=5), max_size=4))
def test_no_well_formed_sequence_is_likelier(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype=np.float64).reshape(-1, 5)

    def well_formed(path: tuple[int, ...]) -> bool:
        return all(
            SHORT[tag][0] != "I" or SHORT[before][2:] == SHORT[tag][2:]
            for before, tag in zip((0, *path), path, strict=False)
        )

    paths = filter(well_formed, itertools.product(range(5), repeat=len(rows)))
    best = max(sum(scores[i, tag] for i, tag in enumerate(path)) for path in paths)
    found = Decoder(SHORT)(scores.astype(np.float32))
    assert well_formed(tuple(found))
    assert sum(scores[i, tag] for i, tag in enumerate(found)) == pytest.approx(best, abs=1e-4)


def test_a_name_read_differently_once_is_read_as_in_its_other_places() -> None:
    sure, unsure = {"B-ORG": 0.98}, {"B-PER": 0.55, "B-ORG": 0.4}
    words = ["GHB", "GHB", "GHB"]
    rows = log_probs(sure, unsure, sure)
    agree(words, rows)
    assert [SHORT[i] for i in rows.argmax(axis=-1)] == ["B-ORG"] * 3


def test_words_in_lower_case_keep_what_the_sentence_says() -> None:
    rows = log_probs({"O": 0.98}, {"B-ORG": 0.55, "O": 0.4})
    before = rows.copy()
    agree(["bane", "bane"], rows)
    assert np.array_equal(rows, before)


def test_a_name_that_stands_once_keeps_its_probabilities() -> None:
    rows = log_probs({"B-ORG": 0.98}, {"B-PER": 0.55, "B-ORG": 0.4})
    before = rows.copy()
    agree(["Siva", "Enova"], rows)
    assert np.array_equal(rows, before)


def test_probabilities_sum_to_one() -> None:
    assert np.exp(log_softmax(np.array([[1000.0, 999.0], [-3.0, 5.0]], dtype=np.float32))).sum(-1) == pytest.approx(1.0)


def test_the_model_tags_open_with_no_name() -> None:
    assert TAGS[0] == "O"
