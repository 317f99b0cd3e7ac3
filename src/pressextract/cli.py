"""The command line. Records and scores go to stdout, all else to stderr.

Exit codes: 0 all done; 1 some documents failed; 2 unusable arguments. An error is one line, never a traceback.
The commands import what they need when they run, so that ``--help`` answers at once.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from pressextract.pipeline import Extractor
    from pressextract.records import PressRelease

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

    nlp = pressextract.load(model, min_confidence=min_confidence)
    failed = False
    for path in files:
        for result in _records_of(nlp, path, published.date() if published else None):
            if isinstance(result, str):
                _say(result)
                failed = True
            else:
                typer.echo(result.model_dump_json().encode())  # bytes: UTF-8 whatever the terminal's encoding
    raise typer.Exit(1 if failed else 0)


def _records_of(nlp: "Extractor", path: Path, published: date | None) -> Iterator["PressRelease | str"]:
    """The record of each text in a file, or one line of why there is none."""
    from pressextract.readers import Source
    from pressextract.readers.files import read_file

    stdin = path == Path("-")
    try:
        for source in [Source(_read_stdin(path))] if stdin else read_file(path):
            doc_id = "-" if stdin else path.stem if source.row is None else f"{path.stem}/{source.row}"
            if source.error is None:
                yield nlp(source.text, published=published or source.published, doc_id=doc_id)
            else:
                yield f"{path}: {source.error}"
    except Exception as error:  # one bad document must not stop the others
        kind = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "
        message = " ".join(f"{kind}{error}".split())
        yield message if message.startswith(f"{path}: ") else f"{path}: {message}"


@app.command(epilog="Example: pressextract batch releases --out out/releases --workers 4")
def batch(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A folder, read recursively.")],
    out: Annotated[Path, typer.Option(help="The folder for records.jsonl and failures.jsonl.")],
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 0,
    timeout: Annotated[float, typer.Option(min=1.0, help="Seconds that a document may take.")] = 60.0,
    fresh: Annotated[
        bool, typer.Option("--fresh/--resume", help="Do all documents again, or only what is new or changed.")
    ] = False,
    max_file_size: Annotated[int, typer.Option(min=1, help="The largest file read, in bytes.")] = 50_000_000,
    max_unpacked_size: Annotated[
        int, typer.Option(min=1, help="The most that a compressed file may unpack to, in bytes.")
    ] = 200_000_000,
    id_column: Annotated[str, typer.Option(help="The column of ids, of files with a text in each row.")] = "id",
    text_column: Annotated[str, typer.Option(help="Their column of texts.")] = "text",
    published_column: Annotated[str, typer.Option(help="Their column of dates of publication.")] = "published",
) -> None:
    """Extracts from a folder of documents into a file of records; run again, it goes on where it was cut off."""
    import os
    import signal

    from rich.console import Console

    from pressextract.batch.inputs import find_inputs
    from pressextract.batch.progress import summary_table, tracker
    from pressextract.batch.runner import RECORDS, Settings, run_batch
    from pressextract.readers import Columns, Limits

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    limits, columns = Limits(max_file_size, max_unpacked_size), Columns(id_column, text_column, published_column)
    settings = Settings(model, min_confidence, limits, columns)
    try:
        summary = run_batch(
            source, out, _say, settings, workers=workers or os.cpu_count() or 1, timeout=timeout, fresh=fresh,
            track=tracker(sum(1 for _ in find_inputs(source))),
        )  # fmt: skip
    except KeyboardInterrupt:
        _say(f"interrupted; the same command goes on where this one stopped ({out})")
        raise typer.Exit(130) from None
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
