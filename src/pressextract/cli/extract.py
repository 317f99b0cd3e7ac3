"""``pressextract extract``."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pressextract.cli.base import MinConfidence, Model, app, load, say
from pressextract.cli.documents import extracted


@app.command(epilog="Example: pressextract extract release.txt --published 2023-05-04 > record.jsonl")
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE|-", help="Text files; - is standard input.")],
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of publication, which relative dates resolve against."),
    ] = None,
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Prints the record of each file as JSON, one a line."""
    nlp = load(model, min_confidence)
    failed = False
    for path in files:
        for result in extracted(nlp, path, published.date() if published else None):
            if isinstance(result, str):
                say(result)
                failed = True
            else:
                typer.echo(result[1].model_dump_json().encode())  # bytes: UTF-8 whatever the terminal's encoding
    raise typer.Exit(1 if failed else 0)
