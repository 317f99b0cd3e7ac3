"""The network that is trained: a transformer encoder that reads word pieces, then words (extra ``train``)."""

from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoConfig, AutoModel, PreTrainedModel

from pressextract.ner.conllu import TAGS
from pressextract.ner.tagger import ModelError

POSITIONS_FROM = {"bert": 0, "roberta": 2, "xlm-roberta": 2}
"""The encoder types that can be trained, and the number of a window's first position."""

MASKED = -1e4


class WordTagger(nn.Module):
    """An encoder with a linear head over words.

    The first layers read word pieces. Behind them the pieces of a word are averaged, and the other layers read words:
    a third fewer positions to compute, and each word's tag is decided among words.

    Args:
        encoder: one of Hugging Face's whose type is in :data:`POSITIONS_FROM`.
        dropout: the share of features dropped before the head.
        piece_layers: how many layers read pieces; at most all of them.
    """

    def __init__(self, encoder: PreTrainedModel, dropout: float, piece_layers: int) -> None:
        super().__init__()
        self.encoder: Any = encoder
        self.piece_layers = piece_layers
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, len(TAGS))

    @property
    def layers(self) -> list[Any]:
        """The encoder's layers from the bottom."""
        return list(self.encoder.encoder.layer)

    def forward(
        self, pieces: torch.Tensor, positions: torch.Tensor, windows: torch.Tensor, words: torch.Tensor
    ) -> torch.Tensor:
        """The logits of a pack, of shape (rows, tags); it is given as :class:`~pressextract.ner.pieces.Inputs`."""
        positions = positions + POSITIONS_FROM[self.encoder.config.model_type]
        hidden = self.encoder.embeddings(input_ids=pieces[None], position_ids=positions[None])
        hidden = _through(self.layers[: self.piece_layers], hidden, windows)
        hidden = _through(self.layers[self.piece_layers :], words @ hidden, windows[words.argmax(-1)])
        logits: torch.Tensor = self.head(self.dropout(hidden[0]))
        return logits


def _through(layers: list[nn.Module], hidden: torch.Tensor, windows: torch.Tensor) -> torch.Tensor:
    """*hidden* (1, positions, features) behind *layers*, in which each position reads those of its own window."""
    mask = (windows[:, None] != windows).to(hidden.dtype) * MASKED
    for layer in layers:
        output = layer(hidden, attention_mask=mask[None, None])
        hidden = output[0] if isinstance(output, tuple) else output
    return hidden


def load_encoder(folder: Path, dropout: float, piece_layers: int) -> WordTagger:
    """A tagger with a fresh head on the encoder in *folder* (Hugging Face format).

    Raises:
        ModelError: if it is of a type that can't be trained.
    """
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    if config.model_type not in POSITIONS_FROM:
        known = ", ".join(POSITIONS_FROM)
        raise ModelError(f"{folder}: an encoder of type {config.model_type}; those that can be trained: {known}")
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = dropout
    encoder = AutoModel.from_pretrained(folder, config=config, local_files_only=True, dtype=torch.float32)
    encoder.pooler = None  # a sentence vector's, which no word's tag needs
    return WordTagger(encoder, dropout, piece_layers)
