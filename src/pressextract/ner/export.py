"""A trained tagger to a model folder: int8 ONNX, tokenizer, config and recipe (extra ``train``)."""

import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from pressextract.ner.conllu import TAGS
from pressextract.ner.train import CHECKPOINT, Recipe


def export(model: nn.Module, encoder: Path, out: Path, recipe: Recipe) -> None:
    """Writes ``model.onnx``, ``tokenizer.json``, ``config.json`` and ``recipe.json`` to *out*.

    The weights of matrix products and embeddings are quantised to int8, the activations when it runs.

    Args:
        model: a trained :class:`~pressextract.ner.train.WordTagger`.
        encoder: the folder of the encoder it started from, for its tokenizer.
        out: the model folder; its name becomes the model's.
        recipe: the settings it was trained with.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = model.cpu().eval()
    sample = torch.ones((2, 8), dtype=torch.long)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            model,
            (sample, sample),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_axes={name: {0: "batch", 1: "pieces"} for name in ("input_ids", "attention_mask", "logits")},
            dynamo=False,
        )
        quantize_dynamic(full, out / "model.onnx", weight_type=QuantType.QInt8)
    shutil.copy(encoder / "tokenizer.json", out / "tokenizer.json")
    config = {"name": out.name, "tags": TAGS, "max_pieces": recipe.max_pieces}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (out / CHECKPOINT).unlink(missing_ok=True)
    (out / "recipe.json").write_text(json.dumps(recipe.model_dump(), indent=2) + "\n", encoding="utf-8")
