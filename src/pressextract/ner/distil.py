"""A trained tagger to one that does half the work: pruned, then taught by the one it came from (extra ``train``)."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from pressextract.ner.conllu import Sentence
from pressextract.ner.model import WordTagger
from pressextract.ner.pruning import prune
from pressextract.ner.train import Epochs, Recipe, training_sentences

MEASURED = 120
"""So many batches, about 40,000 words, tell what each neuron and head is worth."""

SWAPPED = 0.1
"""So many of the pieces of a noisy batch are swapped for others."""

AVERAGED = 0.4
"""The student is the mean of its weights along so many of its last steps …"""

EVERY = 25
"""… one in so many."""


def distil(
    teacher: WordTagger,
    norne: Path,
    encoder: Path,
    recipe: Recipe,
    press: Sequence[Sentence] = (),
    log: Callable[[str], None] = print,
) -> WordTagger:
    """A narrower copy of *teacher* that has learnt, on the texts of its training, to think as it does.

    What it learns are the teacher's tag probabilities and what each of the teacher's layers gives; annotation plays no
    part. The teacher knows the texts by heart; noise in some of the batches shows what it does with others. On a GPU,
    or a processor with AVX-512, it computes in bfloat16, which takes half the time.

    Args:
        teacher: a trained tagger.
        norne: a folder laid out as NorNE's.
        encoder: the folder of the encoder it started from, for its tokenizer.
        recipe: the settings.
        press: the annotated press releases that it was trained on.
        log: receives progress lines.

    Returns:
        The student, in evaluation mode.
    """
    torch.manual_seed(recipe.seed)
    device = next(teacher.parameters()).device
    epochs = Epochs(training_sentences(norne, press, recipe), encoder, recipe)
    marks = torch.tensor([epochs.pieces.start, epochs.pieces.stop])

    def batches() -> Iterator[list[torch.Tensor]]:
        for epoch in itertools.count(recipe.epochs):  # other ones than those of the teacher's training
            for batch in epochs.batches(epoch):
                yield epochs.tensors(batch)[0]

    teacher.eval()
    student = prune(teacher, itertools.islice(batches(), MEASURED), recipe.share).to(device)
    student.encoder.embeddings.requires_grad_(False)
    learns = [p for p in student.parameters() if p.requires_grad]
    steps = recipe.distil_steps
    optimizer = torch.optim.AdamW(learns, lr=recipe.distil_learning_rate, weight_decay=recipe.weight_decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / recipe.warmup_steps, 1 - step / steps)
    )
    averaged = AveragedModel(student)
    short_floats = device.type == "cuda" or torch.backends.cpu.get_cpu_capability().startswith("AVX512")
    started = time.monotonic()
    for step, inputs in enumerate(itertools.islice(batches(), steps), 1):
        if torch.rand(()) < recipe.distil_noise:
            swapped = (torch.rand(len(inputs[0])) < SWAPPED) & ~torch.isin(inputs[0], marks)
            others = torch.multinomial(epochs.frequencies, len(swapped), replacement=True)
            inputs[0] = torch.where(swapped, others, inputs[0])
        inputs = [array.to(device) for array in inputs]
        with torch.autocast(device.type, torch.bfloat16, enabled=short_floats):
            with torch.no_grad():
                wanted, lessons = _all_layers(teacher, inputs)
            given, answers = _all_layers(student, inputs)
        loss = functional.kl_div(given.log_softmax(-1), wanted.log_softmax(-1), log_target=True, reduction="batchmean")
        for answer, lesson in zip(answers, lessons, strict=True):
            loss = loss + (answer - lesson).square().mean() / lesson.var() / len(lessons)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(learns, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step >= (1 - AVERAGED) * steps and (step % EVERY == 0 or step == steps):
            averaged.update_parameters(student)
        if step % 50 == 0:
            log(f"distilling, step {step}/{steps}  loss {loss.item():.4f}  {time.monotonic() - started:.0f} s")
    student.load_state_dict(averaged.module.state_dict())
    return student


def _all_layers(model: WordTagger, inputs: list[torch.Tensor]) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """The logits and what each layer gives, in fp32."""
    outputs: list[torch.Tensor] = []

    def keep(module: nn.Module, args: Any, output: Any) -> None:
        outputs.append((output[0] if isinstance(output, tuple) else output).float())

    hooks = [layer.register_forward_hook(keep) for layer in model.layers]
    logits = model(*inputs).float()
    for hook in hooks:
        hook.remove()
    return logits, outputs
