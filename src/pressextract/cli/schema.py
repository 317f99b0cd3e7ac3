"""``pressextract schema``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pressextract.cli.base import app


@app.command(epilog="Example: pressextract schema --out schemas")
def schema(out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("schemas")) -> None:
    """Writes the JSON Schema of each record, and prints the files' names."""
    from pressextract.records import json_schemas

    out.mkdir(parents=True, exist_ok=True)
    for name, content in json_schemas().items():
        path = out / f"{name}.json"
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        typer.echo(path)
