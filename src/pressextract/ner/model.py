"""The network that is trained: a transformer encoder that reads word pieces, then words (extra ``train``)."""

from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoConfig, AutoModel, PreTrainedModel

from pressextract.ner.conllu import TAGS

LAYERED = frozenset({"bert", "roberta", "xlm-roberta"})
"""Encoder types whose layers can be run one by one; others are pooled behind their last layer."""

MASKED = -1e4


class WordTagger(nn.Module):
    """An encoder with a linear head over words.

    The first layers read word pieces. Behind them the pieces of a word are averaged, and the other layers read words:
    a third fewer positions to compute, and each word's tag is decided among words.

    Args:
        encoder: any encoder of Hugging Face's.
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
    def layers(self) -> list[nn.Module]:
        """The encoder's layers from the bottom; none where they can't be run one by one."""
        return list(self.encoder.encoder.layer) if self.encoder.config.model_type in LAYERED else []

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """The logits of a batch, of shape (batch, rows, tags).

        Args:
            input_ids: shape (batch, pieces).
            attention_mask: shape (batch, pieces), 1 for a piece and 0 for padding.
            words: shape (batch, rows, pieces), the weight of each piece in each row's mean.
        """
        if self.piece_layers < len(self.layers):
            hidden = self.encoder.embeddings(input_ids=input_ids)
            hidden = _through(self.layers[: self.piece_layers], hidden, attention_mask.to(hidden.dtype))
            hidden = _through(self.layers[self.piece_layers :], words @ hidden, words.sum(-1))
        else:
            hidden = words @ self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits: torch.Tensor = self.head(self.dropout(hidden))
        return logits


def _through(layers: list[nn.Module], hidden: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
    """*hidden* (batch, positions, features) behind *layers*; *present* (batch, positions) is 1, or 0 for padding."""
    mask = (1.0 - present)[:, None, None, :] * MASKED
    for layer in layers:
        output = layer(hidden, attention_mask=mask)
        hidden = output[0] if isinstance(output, tuple) else output
    return hidden


def load_encoder(folder: Path, dropout: float, piece_layers: int) -> WordTagger:
    """A tagger with a fresh head on the encoder in *folder* (Hugging Face format)."""
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    for name in ("hidden_dropout_prob", "attention_probs_dropout_prob"):
        if hasattr(config, name):
            setattr(config, name, dropout)
    encoder = AutoModel.from_pretrained(folder, config=config, local_files_only=True, dtype=torch.float32)
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None  # a sentence vector's, which no word's tag needs
    return WordTagger(encoder, dropout, piece_layers)
