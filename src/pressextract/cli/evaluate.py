"""``pressextract evaluate``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pressextract.cli.base import MinConfidence, Model, app


@app.command(epilog="Example: pressextract evaluate corpus/dev --json")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder of NAME.txt + NAME.json.")],
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Scores the records of a gold folder's texts against its gold."""
    from rich.console import Console

    import pressextract
    from pressextract import evaluation
    from pressextract.evaluation.report import reliability_table, scores_table

    result = evaluation.evaluate(pressextract.load(model, min_confidence=min_confidence), gold)
    if as_json:
        typer.echo(json.dumps(result.summary(), indent=2))
    else:
        Console().print(scores_table(result))
        Console().print(reliability_table(result))
