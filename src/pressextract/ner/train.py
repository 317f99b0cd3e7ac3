"""Fine-tuning of a transformer encoder on NorNE: the recipe behind ``pressextract train`` (extra ``train``)."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from pydantic import BaseModel, ConfigDict
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel, PreTrainedModel

from pressextract.ner.conllu import TAGS, Sentence, norne_file, read_conllu

IGNORE = -100
CHECKPOINT = "checkpoint.pt"


class Recipe(BaseModel):
    """The settings of a training run; written beside the model it made.

    Lengths are in word pieces. ``context`` is the share of training instances that join neighbouring
    sentences (up to ``context_pieces``), so that the model reads paragraphs as well as single sentences.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    epochs: int = 4
    learning_rate: float = 1.5e-4
    head_learning_rate: float = 1e-3
    warmup_steps: int = 200
    weight_decay: float = 0.01
    dropout: float = 0.1
    batch_pieces: int = 1024
    max_pieces: int = 256
    context: float = 0.5
    context_pieces: int = 160
    drop_headline_mark: float = 0.5
    seed: int = 1


class WordTagger(nn.Module):
    """An encoder with a linear head over its word pieces: logits of shape (batch, pieces, tags)."""

    def __init__(self, encoder: PreTrainedModel, hidden_size: int, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(hidden_size, len(TAGS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """The logits of a batch; both arguments are of shape (batch, pieces)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits: torch.Tensor = self.head(self.dropout(hidden))
        return logits


def load_encoder(folder: Path, dropout: float) -> WordTagger:
    """A tagger with a fresh head on the encoder in *folder* (Hugging Face format)."""
    encoder = AutoModel.from_pretrained(
        folder,
        local_files_only=True,
        dtype=torch.float32,
        add_pooling_layer=False,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    return WordTagger(encoder, encoder.config.hidden_size, dropout)


def instances(sentences: list[Sentence], sizes: list[int], recipe: Recipe, rng: random.Random) -> Iterator[Sentence]:
    """One epoch's training instances: sentences alone or joined with those that follow them."""
    i = 0
    while i < len(sentences):
        budget = rng.randint(32, recipe.context_pieces) if rng.random() < recipe.context else 0
        words: list[str] = []
        tags: list[str] = []
        used = 0
        while i < len(sentences) and (not words or used + sizes[i] <= budget):
            sentence, used = sentences[i], used + sizes[i]
            end = len(sentence.words)
            if sentence.words[-1] == "|" and end > 1 and rng.random() < recipe.drop_headline_mark:
                end -= 1
            words += sentence.words[:end]
            tags += sentence.tags[:end]
            i += 1
        yield Sentence(words, tags)


def encode(tokenizer: Tokenizer, batch: list[Sentence], pad_id: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Input ids, attention mask and tag ids, each (sentences, pieces); a tag stands at its word's first piece."""
    index = {tag: i for i, tag in enumerate(TAGS)}
    encodings = tokenizer.encode_batch([s.words for s in batch], is_pretokenized=True)
    width = max(len(e.ids) for e in encodings)
    ids = torch.full((len(batch), width), pad_id)
    mask = torch.zeros((len(batch), width), dtype=torch.long)
    target = torch.full((len(batch), width), IGNORE)
    for row, (encoding, sentence) in enumerate(zip(encodings, batch, strict=True)):
        ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
        mask[row, : len(encoding.ids)] = 1
        previous = None
        for column, word in enumerate(encoding.word_ids):
            if word is not None and word != previous:
                target[row, column] = index[sentence.tags[word]]
            previous = word
    return ids, mask, target


def batches(encoded_sizes: list[int], budget: int, rng: random.Random) -> list[list[int]]:
    """Indices of instances of like length, each batch at most *budget* pieces with its padding, in random order."""
    order = sorted(range(len(encoded_sizes)), key=lambda i: encoded_sizes[i] + rng.random())
    result: list[list[int]] = [[]]
    for i in order:
        if result[-1] and (len(result[-1]) + 1) * encoded_sizes[i] > budget:
            result.append([])
        result[-1].append(i)
    rng.shuffle(result)
    return result


def train(
    norne: Path,
    encoder: Path,
    out: Path,
    recipe: Recipe,
    log: Callable[[str], None] = print,
) -> WordTagger:
    """Fine-tunes *encoder* on NorNE's Bokmål and Nynorsk training files together.

    After each epoch the state is saved to ``out/checkpoint.pt``; a run that finds one there goes on from it. Exporting
    the model to the same folder takes the checkpoint away.

    Args:
        norne: a folder laid out as NorNE's (``ud/nob``, ``ud/nno``).
        encoder: a folder in Hugging Face format with ``tokenizer.json``.
        out: the folder for the checkpoint.
        recipe: the settings.
        log: receives progress lines.

    Returns:
        The trained tagger, in evaluation mode.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.enable_truncation(recipe.max_pieces)
    model = load_encoder(encoder, recipe.dropout).to(device)
    pad_id = int(model.encoder.config.pad_token_id)
    sentences = [s for variety in ("nb", "nn") for s in read_conllu(norne_file(norne, variety, "train"))]
    sizes = [len(e.ids) for e in tokenizer.encode_batch([s.words for s in sentences], is_pretokenized=True)]

    epochs = []
    for epoch in range(recipe.epochs):
        rng = random.Random(recipe.seed + epoch)
        made = list(instances(sentences, sizes, recipe, rng))
        lengths = [len(e.ids) for e in tokenizer.encode_batch([s.words for s in made], is_pretokenized=True)]
        epochs.append([[made[i] for i in batch] for batch in batches(lengths, recipe.batch_pieces, rng)])
    total = sum(map(len, epochs))

    head = list(model.head.parameters())
    optimizer = torch.optim.AdamW(
        [
            {"params": list(model.encoder.parameters()), "lr": recipe.learning_rate},
            {"params": head, "lr": recipe.head_learning_rate},
        ],
        weight_decay=recipe.weight_decay,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(
            (step + 1) / recipe.warmup_steps, max(0.0, (total - step) / max(1, total - recipe.warmup_steps))
        ),
    )
    checkpoint = out / CHECKPOINT
    first = 0
    if checkpoint.exists():
        saved: dict[str, Any] = torch.load(checkpoint, map_location=device)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"]
        log(f"resuming after epoch {first}")
    loss_of = nn.CrossEntropyLoss(ignore_index=IGNORE)
    step = sum(map(len, epochs[:first]))
    started = time.monotonic()
    for epoch in range(first, recipe.epochs):
        model.train()
        for batch in epochs[epoch]:
            ids, mask, target = (t.to(device) for t in encode(tokenizer, batch, pad_id))
            loss = loss_of(model(ids, mask).flatten(0, 1), target.flatten())
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            if step % 50 == 0:
                log(f"step {step}/{total}  loss {loss.item():.4f}  {time.monotonic() - started:.0f} s")
        state = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch + 1,
        }
        partial = checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(checkpoint)
    return model.eval()
