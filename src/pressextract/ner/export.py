"""A trained tagger to a model folder: int8 ONNX, tokenizer, config and recipe (extra ``train``)."""

import json
import shutil
import tempfile
from pathlib import Path

import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from pressextract.ner.conllu import TAGS
from pressextract.ner.model import WordTagger
from pressextract.ner.pieces import Inputs
from pressextract.ner.train import CHECKPOINT, Recipe


class RowScaled(nn.Module):
    """A linear layer whose input rows are brought to one range before the product and back after it.

    Dynamic quantisation has one scale for a whole batch. Behind an activation function a few pieces have values many
    times the others', which would leave those few steps of the scale; scaled by row, nothing is lost (on NorNE dev
    this gives back the point of F1 that plain quantisation costs).
    """

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.product = nn.Linear(linear.in_features, linear.out_features, bias=False)
        self.product.weight = linear.weight
        self.bias = linear.bias

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The layer's output for rows *x*, of shape (batch, pieces, features)."""
        scale = x.amax(-1, keepdim=True).clamp(min=0.2)  # activations are above -0.2, so the largest tells the range
        result: torch.Tensor = self.product(x * scale.reciprocal()) * scale + self.bias
        return result


def optimise(model: Path, out: Path) -> None:
    """Writes a graph in the form in which onnxruntime runs it, which then need not be worked out at each start.

    Args:
        model: the quantised graph.
        out: the file to write; it runs on any processor.
    """
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(out)
    onnxruntime.InferenceSession(
        str(model),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator is slower than its parts
    )


def export(model: WordTagger, encoder: Path, out: Path, recipe: Recipe) -> None:
    """Writes ``model.onnx``, ``tokenizer.json``, ``config.json`` and ``recipe.json`` to *out*.

    The weights of matrix products and embeddings are quantised to int8, the activations when it runs. Changes *model*.

    Args:
        model: a trained :class:`~pressextract.ner.model.WordTagger`.
        encoder: the folder of the encoder it started from, for its tokenizer.
        out: the model folder; its name becomes the model's.
        recipe: the settings it was trained with.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = model.cpu().eval()
    for layer in model.layers:
        layer.output.dense = RowScaled(layer.output.dense)
    model.encoder.set_attn_implementation("eager")  # plainer graph: faster in onnxruntime than the fused attention's
    numbers = torch.arange(8)
    inputs = (numbers, numbers % 4, numbers // 4, torch.eye(8)[:7])  # two windows of four pieces
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            model,
            inputs,
            str(full),
            input_names=list(Inputs._fields),
            output_names=["logits"],
            dynamic_axes={
                "pieces": {0: "pieces"},
                "positions": {0: "pieces"},
                "windows": {0: "pieces"},
                "words": {0: "rows", 1: "pieces"},
                "logits": {0: "rows"},
            },
            opset_version=17,
            dynamo=False,
        )
        quantised = Path(scratch) / "int8.onnx"
        quantize_dynamic(full, quantised, weight_type=QuantType.QInt8, per_channel=True)
        optimise(quantised, out / "model.onnx")
    shutil.copy(encoder / "tokenizer.json", out / "tokenizer.json")
    config = {"name": out.name, "tags": TAGS, "max_pieces": recipe.max_pieces}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (out / CHECKPOINT).unlink(missing_ok=True)
    (out / "recipe.json").write_text(json.dumps(recipe.model_dump(), indent=2) + "\n", encoding="utf-8")
