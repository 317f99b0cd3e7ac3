"""The command line. Records and scores go to stdout, all else to stderr.

Exit codes: 0 all done; 1 some documents failed; 2 unusable arguments. An error is one line, never a traceback.
The commands import what they need when they run, so that ``--help`` answers at once.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

Model = Annotated[
    str | None, typer.Option(help="A shipped model's name, a model folder or stanza.", show_default="shipped")
]

MinConfidence = Annotated[
    float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out roles and grants less sure than this.")
]


class _Commands(TyperGroup):
    """Commands that report an error in one line and exit."""

    def main(self, *args: Any, **settings: Any) -> Any:
        try:
            code = super().main(*args, **settings | {"standalone_mode": False})
        except typer.TyperException as error:
            _say(error.format_message())
            code = error.exit_code
        except OSError as error:
            _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            code = 2
        except ValueError as error:
            _say(str(error))
            code = 2
        sys.exit(code)


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def about() -> None:
    """Norwegian press releases to records: organisations, people, roles, grants, amounts and dates."""


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
    import pressextract
    from pressextract.batch.runner import Failure, extract_document
    from pressextract.readers.text import read_text

    nlp = pressextract.load(model, min_confidence=min_confidence)
    failed = False
    for path in files:
        stdin = path == Path("-")
        result = extract_document(
            nlp,
            path,
            "-" if stdin else path.stem,
            published.date() if published else None,
            _read_stdin if stdin else read_text,
        )
        if isinstance(result, Failure):
            _say(result.error)
            failed = True
        else:
            typer.echo(result.model_dump_json().encode())  # bytes: UTF-8 whatever the terminal's encoding
    raise typer.Exit(1 if failed else 0)


@app.command(epilog="Example: pressextract batch releases --out out/releases")
def batch(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A folder, read recursively for .txt files.")],
    out: Annotated[Path, typer.Option(help="The folder for records.jsonl and failures.jsonl.")],
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Extracts from a folder of texts into a file of records."""
    from rich.console import Console

    import pressextract
    from pressextract.batch.progress import summary_table, track
    from pressextract.batch.runner import RECORDS, find_texts, run_batch

    find_texts(source)  # an unusable folder is told before the model is loaded
    summary = run_batch(pressextract.load(model, min_confidence=min_confidence), source, out, _say, track)
    Console().print(summary_table(summary))
    typer.echo(f"{summary.records} records, {summary.failures} failed, {summary.seconds:.1f} s: {out / RECORDS}")
    raise typer.Exit(1 if summary.failures else 0)


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


@app.command(epilog="Example: pressextract schema --out schemas")
def schema(out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("schemas")) -> None:
    """Writes the JSON Schema of each record, and prints the files' names."""
    from pressextract.records import json_schemas

    out.mkdir(parents=True, exist_ok=True)
    for name, content in json_schemas().items():
        path = out / f"{name}.json"
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        typer.echo(path)


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
        from pressextract.ner.export import export
        from pressextract.ner.train import Recipe
        from pressextract.ner.train import train as fine_tune
    except ModuleNotFoundError as error:
        raise typer.BadParameter(f"training needs {error.name}: pip install 'pressextract[train]'") from error

    from pressextract.evaluation.mentions import gold_sentences

    settings = Recipe.model_validate_json(recipe.read_bytes()) if recipe else Recipe()
    sentences = [s for document in gold_sentences(press) for s in document] if press else []
    export(fine_tune(norne, encoder, out, settings, sentences, _say), encoder, out, settings)


def _read_stdin(path: Path) -> str:
    """The text on standard input; *path* is what errors call it."""
    from pressextract.readers import ReadError
    from pressextract.readers.text import decode

    try:
        text = decode(sys.stdin.buffer.read())
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from None
    if not text.strip():
        raise ReadError(f"{path}: is empty")
    return text


def _say(message: str) -> None:
    """One line on stderr."""
    typer.echo(" ".join(message.split()), err=True)


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
