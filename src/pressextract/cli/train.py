"""``pressextract train`` and ``pressextract train-relations``."""

from pathlib import Path
from typing import Annotated

import typer

from pressextract.cli.base import app, say


@app.command(epilog="Example: pressextract train norne --encoder encoder --press corpus/train --out models/mine")
def train(
    norne: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A folder laid out as NorNE's.")],
    encoder: Annotated[Path, typer.Option(exists=True, file_okay=False, help="A Hugging Face encoder's folder.")],
    out: Annotated[Path, typer.Option(help="The model folder to write; its name becomes the model's.")],
    press: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="A gold folder of press releases to train on too.")
    ] = None,
    recipe: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The settings, as in a model's recipe.json.")
    ] = None,
) -> None:
    """Trains a NER model on NorNE, both varieties together; stopped, it goes on after its last whole epoch."""
    try:
        from pressextract.ner.distil import distil
        from pressextract.ner.export import export
        from pressextract.ner.train import Recipe
        from pressextract.ner.train import train as fine_tune
    except ModuleNotFoundError as error:
        raise typer.BadParameter(f"training needs {error.name}: pip install 'pressextract[train]'") from error

    from pressextract.evaluation.mentions import gold_sentences

    settings = Recipe.model_validate_json(recipe.read_bytes()) if recipe else Recipe()
    sentences = [s for document in gold_sentences(press) for s in document] if press else []
    model = fine_tune(norne, encoder, out, settings, sentences, say)
    if settings.share < 1:
        model = distil(model, norne, encoder, settings, sentences, say)
    export(model, encoder, out, settings)


@app.command(epilog="Example: pressextract train-relations corpus/train --out models/relations")
def train_relations(
    gold: Annotated[Path, typer.Argument(help="A folder of NAME.txt + NAME.json.")],
    out: Annotated[Path, typer.Option(help="The folder to write weights.npz to.")],
    calibrate_on: Annotated[str, typer.Option(help="The documents that confidence is calibrated on.")] = "*",
) -> None:
    """Trains the scorers that find roles and grants, and prints their scores in five folds."""
    try:
        from pressextract.learning.relations import train
    except ModuleNotFoundError as error:
        raise typer.BadParameter(f"training needs {error.name}: pip install 'pressextract[train]'") from error
    from rich.console import Console

    from pressextract.evaluation.report import scores_table

    Console().print(scores_table(train(gold, out, calibrate_on)))
