"""Words to pieces and rows, with a tokenizer of eight pieces made here."""

import numpy as np
import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

from pressextract.ner.pieces import PieceEncoder, make_inputs

VOCABULARY = ["<s>", "</s>", "<unk>", "▁", "▁Siva", "▁Hal", "ti", ","]


@pytest.fixture
def encoder() -> PieceEncoder:
    tokenizer = Tokenizer(models.Unigram([(piece, 0.0) for piece in VOCABULARY], unk_id=2))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 1)]
    )
    return PieceEncoder(tokenizer)


def test_a_lone_word_start_is_left_out(encoder: PieceEncoder) -> None:
    (pieces,) = encoder([["Siva", ",", "Halti"]])
    assert [VOCABULARY[i] for i in pieces.ids] == ["▁Siva", ",", "▁Hal", "ti"]
    assert pieces.words == [0, 1, 2, 2]


def test_windows_lie_one_behind_another_each_row_the_mean_of_its_words_pieces(encoder: PieceEncoder) -> None:
    inputs = make_inputs(list(encoder([["Halti", ","], [","]])), encoder)
    assert inputs.pieces.tolist() == [0, 5, 6, 7, 1, 0, 7, 1]
    assert inputs.positions.tolist() == [0, 1, 2, 3, 4, 0, 1, 2]
    assert inputs.windows.tolist() == [0, 0, 0, 0, 0, 1, 1, 1]
    assert inputs.words.tolist() == [
        [1, 0, 0, 0, 0, 0, 0, 0],
        [0, 0.5, 0.5, 0, 0, 0, 0, 0],
        [0, 0, 0, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 0],
        [0, 0, 0, 0, 0, 0, 0, 1],
    ]


def test_no_words_are_two_marks(encoder: PieceEncoder) -> None:
    inputs = make_inputs(list(encoder([[]])), encoder)
    assert np.array_equal(inputs.words, [[1, 0], [0, 1]])
