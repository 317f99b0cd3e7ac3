"""A trained tagger made narrower: the neurons and attention heads that its layers miss least (extra ``train``)."""

import copy
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import torch
from torch import nn

from pressextract.ner.model import WordTagger

STEP = 8
"""Neurons are taken out so many at a time."""

MULTIPLE = 32
"""Layers keep a multiple of so many neurons, which is what int8 kernels work on."""

RIDGE = 1e-4
"""Added to the inputs' mean power, as a share of it, so that equal neurons do no harm."""


class _Product(NamedTuple):
    """A product whose inputs can be cut: in groups of *size*, made by *sources* and scaled by *norm* behind it."""

    sources: list[nn.Linear]
    linear: nn.Linear
    norm: nn.LayerNorm
    size: int
    step: int


def _products(layer: Any) -> tuple[_Product, _Product]:
    """Those of a layer: behind its attention heads, and behind its neurons."""
    heads, out = layer.attention.self, layer.attention.output
    return (
        _Product([heads.query, heads.key, heads.value], out.dense, out.LayerNorm, heads.attention_head_size, 1),
        _Product([layer.intermediate.dense], layer.output.dense, layer.output.LayerNorm, 1, STEP),
    )


def prune(model: WordTagger, batches: Iterable[list[torch.Tensor]], share: float) -> WordTagger:
    """A copy of *model* whose layers do *share* of the multiplications; what is left is fitted to do the others' work.

    What a group of features adds to its layer's output, and the others can't make up for by least squares, is its
    worth (optimal brain surgeon); the groups of least worth for their multiplications go, wherever they are.

    Args:
        model: a trained tagger on an encoder of BERT's kind.
        batches: the network's inputs, some thousand words.
        share: of the multiplications of all linear layers, 0 to 1.
    """
    model = copy.deepcopy(model).cpu().eval()
    products = [product for layer in model.layers for product in _products(layer)]
    moments, positions = _moments(model, products, batches)
    costs = [
        n * (p.linear.out_features + sum(source.in_features for source in p.sources))
        for p, n in zip(products, positions, strict=True)
    ]
    spare = (1 - share) * sum(cost * p.linear.in_features for p, cost in zip(products, costs, strict=True))
    steps = []
    for i, (product, moment) in enumerate(zip(products, moments, strict=True)):
        price = 0.0  # that of the dearest step so far, for which those behind it wait
        for features, loss in _elimination(product, moment):
            price = max(price, positions[i] * loss / costs[i] / len(features))
            steps.append((price, i, features))
    dropped: list[list[int]] = [[] for _ in products]
    for _, i, features in sorted(steps, key=lambda step: step[0]):
        spare -= costs[i] * len(features)
        if spare < 0:
            break
        dropped[i] += features
    for product, moment, features in zip(products, moments, dropped, strict=True):
        _cut(product, moment, features)
    for layer in model.layers:
        heads: Any = layer.attention.self
        heads.all_head_size = heads.query.out_features
        heads.num_attention_heads = heads.all_head_size // heads.attention_head_size
    return model


def _moments(
    model: WordTagger, products: list[_Product], batches: Iterable[list[torch.Tensor]]
) -> tuple[list[torch.Tensor], list[float]]:
    """Second moments of each product's inputs and a constant behind them, and how many positions it works on.

    A position counts by the inverse variance of what is normalised behind the product: an error there is made so
    much smaller.
    """
    moments: list[torch.Tensor] = [
        torch.zeros(p.linear.in_features + 1, p.linear.in_features + 1, dtype=torch.double) for p in products
    ]
    positions = [0.0] * len(products)
    taken: dict[int, torch.Tensor] = {}

    def take(i: int) -> Any:
        return lambda module, args: taken.__setitem__(i, args[0])

    def add(i: int) -> Any:
        def hook(module: nn.Module, args: tuple[torch.Tensor]) -> None:
            x = taken.pop(i)[0]
            x = torch.cat([x, x.new_ones(len(x), 1)], dim=1) / args[0][0].std(-1, keepdim=True)
            moments[i] += (x.T @ x).double()
            positions[i] += len(x)

        return hook

    hooks = [p.linear.register_forward_pre_hook(take(i)) for i, p in enumerate(products)]
    hooks += [p.norm.register_forward_pre_hook(add(i)) for i, p in enumerate(products)]
    with torch.inference_mode():
        for inputs in batches:
            model(*inputs)
    for hook in hooks:
        hook.remove()
    return [moment / n for moment, n in zip(moments, positions, strict=True)], positions


def _ridged(moment: torch.Tensor) -> torch.Tensor:
    return moment + RIDGE * moment.diagonal()[:-1].mean() * torch.eye(len(moment), dtype=moment.dtype)


def _elimination(product: _Product, moment: torch.Tensor) -> Iterator[tuple[list[int], float]]:
    """The product's inputs in the order in which they go, and what each step adds to the squared error."""
    inverse = torch.linalg.inv(_ridged(moment))
    weight = (product.norm.weight[:, None] * product.linear.weight).detach().double()
    groups = torch.arange(product.linear.in_features).view(-1, product.size)
    weight = torch.cat([weight, torch.zeros(len(weight), 1, dtype=weight.dtype)], dim=1)
    while len(groups) > product.step:
        blocks = inverse[groups[:, :, None], groups[:, None, :]]
        weights = weight[:, groups].permute(1, 2, 0)
        worth = (weights * torch.linalg.solve(blocks, weights)).sum((1, 2))
        ranks = worth.argsort()
        drop = groups[ranks[: product.step]].flatten()
        groups = groups[ranks[product.step :].sort().values]
        block = inverse[drop][:, drop]
        solved = torch.linalg.solve(block, weight[:, drop].T)
        yield drop.tolist(), float((weight[:, drop].T * solved).sum())
        weight -= (inverse[:, drop] @ solved).T
        inverse -= inverse[:, drop] @ torch.linalg.solve(block, inverse[drop])


def _cut(product: _Product, moment: torch.Tensor, dropped: list[int]) -> None:
    """Takes features out of a product and its sources, and fits it anew to give what it gave with them."""
    features = product.linear.in_features
    if product.size == 1:
        dropped = dropped[: len(dropped) // MULTIPLE * MULTIPLE]
    kept = torch.ones(features, dtype=torch.bool)
    kept[dropped] = False
    known = torch.cat([kept, torch.tensor([True])])
    moment = _ridged(moment)
    target = moment[known][:, :-1] @ product.linear.weight.detach().double().T
    fitted = torch.linalg.solve(moment[known][:, known], target).T.float()
    product.linear.weight = nn.Parameter(fitted[:, :-1].contiguous())
    product.linear.bias = nn.Parameter(product.linear.bias.detach() + fitted[:, -1])
    product.linear.in_features = int(kept.sum())
    for source in product.sources:
        source.weight = nn.Parameter(source.weight.detach()[kept].clone())
        source.bias = nn.Parameter(source.bias.detach()[kept].clone())
        source.out_features = int(kept.sum())
