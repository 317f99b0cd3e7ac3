"""Pruning, on a network of random weights whose neurons and heads are made to be of use or not."""

import pytest

pytest.importorskip("torch", reason="needs the extra: pip install 'pressextract[train]'")
pytest.importorskip("transformers", reason="needs the extra: pip install 'pressextract[train]'")

import torch
from transformers import BertConfig, BertModel

from pressextract.ner import pruning
from pressextract.ner.model import WordTagger
from pressextract.ner.pruning import prune

NEURONS, HEADS, WIDTH = 64, 4, 16


@pytest.fixture
def model() -> WordTagger:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=50, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=HEADS, intermediate_size=NEURONS,
        max_position_embeddings=16, initializer_range=0.5,
    )  # fmt: skip
    return WordTagger(BertModel(config, add_pooling_layer=False), dropout=0.0, piece_layers=1).eval()


@pytest.fixture
def packs() -> list[list[torch.Tensor]]:
    """Forty packs of two windows of eight pieces, each piece a word."""
    torch.manual_seed(2)
    numbers = torch.arange(16)
    return [[torch.randint(50, (16,)), numbers % 8, numbers // 8, torch.eye(16)] for _ in range(40)]


def widths(model: WordTagger) -> list[tuple[int, int]]:
    """Each layer's heads and neurons."""
    return [(layer.attention.self.num_attention_heads, layer.output.dense.in_features) for layer in model.layers]


def deviation(model: WordTagger, other: WordTagger, packs: list[list[torch.Tensor]]) -> float:
    with torch.no_grad():
        return max(float((model(*pack) - other(*pack)).abs().max()) for pack in packs)


def test_all_of_it_is_the_model_itself(model: WordTagger, packs: list[list[torch.Tensor]]) -> None:
    whole = prune(model, packs, 1.0)
    assert widths(whole) == widths(model) == [(HEADS, NEURONS)] * 2
    assert deviation(model, whole, packs) < 1e-3


def test_neurons_that_say_what_others_say_go_and_nothing_is_lost(
    model: WordTagger, packs: list[list[torch.Tensor]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "STEP", 1)  # of two equal neurons each can go, but not both at once
    for layer in model.layers:
        for parameter in (layer.intermediate.dense.weight, layer.intermediate.dense.bias):
            parameter.data[NEURONS // 2 :] = parameter.data[: NEURONS // 2]
    # a layer has four heads of 4 * 4 * 16 weights and 64 neurons of 2 * 16: half of the neurons are a third of all
    half = prune(model, packs, 0.6)
    assert widths(half) == [(HEADS, NEURONS // 2)] * 2
    assert deviation(model, half, packs) < 0.02


def test_heads_that_give_nothing_go(model: WordTagger, packs: list[list[torch.Tensor]]) -> None:
    for layer in model.layers:
        layer.attention.self.value.weight.data[: WIDTH // 2] = 0.0
    # two heads of a layer, a sixth of all
    half = prune(model, packs, 0.83)
    assert widths(half) == [(HEADS // 2, NEURONS)] * 2
    assert deviation(model, half, packs) < 1e-3


@pytest.mark.parametrize("share", [0.9, 0.6, 0.3])
def test_so_much_is_left_as_was_asked_for_neurons_by_32(
    model: WordTagger, packs: list[list[torch.Tensor]], share: float
) -> None:
    layers = widths(prune(model, packs, share))
    assert all(heads >= 1 and neurons in (32, 64) for heads, neurons in layers)
    left = sum(heads * 4 * 4 * WIDTH + neurons * 2 * WIDTH for heads, neurons in layers) / 6144
    assert share - 0.05 < left < share + 0.34
