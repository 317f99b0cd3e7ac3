"""``pressextract extract``."""

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressextract.cli.base import MinConfidence, Model, app, say

if TYPE_CHECKING:
    from pressextract.pipeline import Extractor
    from pressextract.records import PressRelease


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
                say(result)
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
