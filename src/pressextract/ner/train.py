"""Fine-tuning of a transformer encoder on NorNE: the recipe behind ``pressextract train`` (extra ``train``)."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from pydantic import BaseModel, ConfigDict
from tokenizers import Tokenizer
from torch import nn
from torch.optim.swa_utils import AveragedModel

from pressextract.ner.conllu import TAGS, Sentence, norne_file, read_conllu
from pressextract.ner.instances import joined
from pressextract.ner.model import WordTagger, load_encoder
from pressextract.ner.pieces import PieceEncoder, Pieces, make_inputs
from pressextract.ner.press import BODY, OTHER

CHECKPOINT = "checkpoint.pt"


class Recipe(BaseModel):
    """The settings of a training run; written beside the model it made.

    Lengths are in word pieces, shares between 0 and 1.

    Attributes:
        layer_decay: each layer's learning rate is that of the one above it times this.
        piece_layers: how many layers read word pieces; those above read words.
        context: the share of instances that join neighbouring sentences, up to ``context_pieces``, so that the
            model reads paragraphs as well as single sentences.
        drop_headline_mark: the share of NorNE's headline marks that are left out.
        press_copies: how many times an epoch goes through the annotated press releases.
        share: how many of the multiplications of the trained model's layers are kept; below 1 a narrower model is cut
            out of it and learns from it.
        distil_steps: how many batches the narrower one learns from.
        distil_noise: in how many of them some pieces are swapped for others.
        averaged_epochs: the model is the mean of its weights along so many last epochs, one in 50 steps.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    epochs: int = 5
    averaged_epochs: int = 3
    learning_rate: float = 2e-4
    head_learning_rate: float = 1e-3
    layer_decay: float = 0.9
    warmup_steps: int = 200
    weight_decay: float = 0.01
    dropout: float = 0.1
    batch_pieces: int = 512
    max_pieces: int = 256
    piece_layers: int = 4
    context: float = 0.5
    context_pieces: int = 160
    drop_headline_mark: float = 0.5
    press_copies: int = 2
    share: float = 0.7
    distil_steps: int = 1600
    distil_noise: float = 0.25
    distil_learning_rate: float = 4e-5
    seed: int = 1


ALLOWED = {
    **{tag: {tag} for tag in TAGS},
    **{f"{prefix}-{BODY}": {f"{prefix}-ORG", f"{prefix}-GPE_ORG"} for prefix in "BI"},
    OTHER: {tag for tag in TAGS if tag[2:] not in ("PER", "ORG")},
}
"""For each tag of the training data the model's tags that it allows."""

TARGETS = list(ALLOWED)
"""The tags of the training data in the order of their numbers."""

IGNORE = len(TARGETS)
"""The number at rows that are no words: all tags are allowed there, which costs nothing."""


def partial_loss(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The mean negative log-probability that each word's tag is among those its annotation allows.

    Where annotation is complete this is cross-entropy; partly annotated words (Jie et al. 2019, marginal likelihood)
    teach what they rule out.

    Args:
        logits: shape (rows, tags).
        target: shape (rows,), numbers of :data:`TARGETS`; :data:`IGNORE` for none.
    """
    meanings = [[tag in tags for tag in TAGS] for tags in (*ALLOWED.values(), TAGS)]
    allowed = torch.tensor(meanings, device=logits.device)[target]
    loss = logits.logsumexp(-1) - logits.masked_fill(~allowed, -torch.inf).logsumexp(-1)
    return loss.sum() / (target != IGNORE).sum()


def batches(sizes: Sequence[int], budget: int, rng: random.Random) -> list[list[int]]:
    """Indices of instances in random order, each batch at most *budget* pieces."""
    order = list(range(len(sizes)))
    rng.shuffle(order)
    result: list[list[int]] = [[]]
    used = 0
    for i in order:
        if result[-1] and used + sizes[i] > budget:
            result.append([])
            used = 0
        result[-1].append(i)
        used += sizes[i]
    return result


def training_sentences(norne: Path, press: Sequence[Sentence], recipe: Recipe) -> list[Sentence]:
    """What an epoch goes through: NorNE's training files, Bokmål and Nynorsk, and copies of the press releases."""
    sentences = [s for variety in ("nb", "nn") for s in read_conllu(norne_file(norne, variety, "train"))]
    return [*sentences, *list(press) * recipe.press_copies]


class Epochs:
    """The training data, as batches of tensors; each epoch cuts and joins it anew.

    Attributes:
        frequencies: how often each word piece stands in the sentences, by its number.
    """

    def __init__(self, sentences: list[Sentence], encoder: Path, recipe: Recipe) -> None:
        self.recipe = recipe
        self.sentences = sentences
        self.pieces = PieceEncoder(Tokenizer.from_file(str(encoder / "tokenizer.json")))
        read = [p.ids for p in self.pieces([s.words for s in sentences])]
        self.sizes = [len(ids) for ids in read]
        self.frequencies = torch.bincount(torch.tensor([i for ids in read for i in ids])).float()

    def batches(self, epoch: int) -> Iterator[list[tuple[Pieces, Sentence]]]:
        """The batches of one epoch, always the same for its number."""
        recipe, rng = self.recipe, random.Random(self.recipe.seed + epoch)
        instances = list(
            joined(self.sentences, self.sizes, recipe.context, recipe.context_pieces, recipe.drop_headline_mark, rng)
        )
        longest = recipe.max_pieces - 2
        pieces = [Pieces(p.ids[:longest], p.words[:longest]) for p in self.pieces([s.words for s in instances])]
        for batch in batches([len(p.ids) + 2 for p in pieces], recipe.batch_pieces, rng):
            yield [(pieces[i], instances[i]) for i in batch]

    def tensors(self, batch: list[tuple[Pieces, Sentence]]) -> tuple[list[torch.Tensor], torch.Tensor]:
        """The network's inputs and the target, of shape (rows,), of one batch."""
        inputs = [torch.from_numpy(array) for array in make_inputs([pieces for pieces, _ in batch], self.pieces)]
        numbers = {tag: number for number, tag in enumerate(TARGETS)}
        target: list[int] = []
        for pieces, sentence in batch:
            target += [IGNORE, *(numbers[sentence.tags[word]] for word in dict.fromkeys(pieces.words)), IGNORE]
        return inputs, torch.tensor(target)


def _parameter_groups(model: WordTagger, recipe: Recipe) -> list[dict[str, Any]]:
    """The parameters with their learning rates: the head's, then layer by layer downwards."""
    groups: list[dict[str, Any]] = [{"params": list(model.head.parameters()), "lr": recipe.head_learning_rate}]
    rate = recipe.learning_rate
    for layer in reversed(model.layers):
        groups.append({"params": list(layer.parameters()), "lr": rate})
        rate *= recipe.layer_decay
    taken = {id(p) for group in groups for p in group["params"]}
    groups.append({"params": [p for p in model.parameters() if id(p) not in taken], "lr": rate})
    return groups


def train(
    norne: Path,
    encoder: Path,
    out: Path,
    recipe: Recipe,
    press: Sequence[Sentence] = (),
    log: Callable[[str], None] = print,
) -> WordTagger:
    """Fine-tunes *encoder* on NorNE's Bokmål and Nynorsk training files together, on a GPU where there is one.

    After each epoch the state is saved to ``out/checkpoint.pt``; a run that finds one there goes on from it. Exporting
    the model to the same folder takes the checkpoint away.

    Args:
        norne: a folder laid out as NorNE's (``ud/nob``, ``ud/nno``).
        encoder: a folder in Hugging Face format with ``tokenizer.json``.
        out: the folder for the checkpoint.
        recipe: the settings.
        press: annotated press releases, from :func:`pressextract.ner.press.press_sentences`.
        log: receives progress lines.

    Returns:
        The trained tagger, in evaluation mode.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = load_encoder(encoder, recipe.dropout, recipe.piece_layers).to(device)
    epochs = Epochs(training_sentences(norne, press, recipe), encoder, recipe)
    lengths = [sum(1 for _ in epochs.batches(epoch)) for epoch in range(recipe.epochs)]
    total = sum(lengths)

    optimizer = torch.optim.AdamW(_parameter_groups(model, recipe), weight_decay=recipe.weight_decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(
            (step + 1) / recipe.warmup_steps, max(0.0, (total - step) / max(1, total - recipe.warmup_steps))
        ),
    )
    averaged = AveragedModel(model)
    checkpoint = out / CHECKPOINT
    first = 0
    if checkpoint.exists():
        saved: dict[str, Any] = torch.load(checkpoint, map_location=device)
        model.load_state_dict(saved["model"])
        averaged.load_state_dict(saved["averaged"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"]
        log(f"resuming after epoch {first}")
    step = sum(lengths[:first])
    started = time.monotonic()
    for epoch in range(first, recipe.epochs):
        model.train()
        averages = epoch >= recipe.epochs - recipe.averaged_epochs
        for batch in epochs.batches(epoch):
            inputs, target = epochs.tensors(batch)
            loss = partial_loss(model(*(array.to(device) for array in inputs)), target.to(device))
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            if step % 50 == 0:
                log(f"step {step}/{total}  loss {loss.item():.4f}  {time.monotonic() - started:.0f} s")
            if averages and (step % 50 == 0 or step == total):
                averaged.update_parameters(model)
        state = {
            "model": model.state_dict(),
            "averaged": averaged.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch + 1,
        }
        partial = checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(checkpoint)
    model.load_state_dict(averaged.module.state_dict())
    return model.eval()
