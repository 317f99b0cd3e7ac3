"""``pressextract view``."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pressextract.cli.base import MinConfidence, Model, app, load, say
from pressextract.cli.documents import extracted

if TYPE_CHECKING:
    from pressextract.records import PressRelease


@app.command(epilog="Example: pressextract view out/releases/records.jsonl --out releases.html")
def view(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|records.jsonl", help="Documents, or a batch's records beside its texts."),
    ],
    out: Annotated[Path, typer.Option(help="The page to write.")] = Path("page.html"),
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Writes a web page of texts beside their records, and prints its name; the page needs no network."""
    from pressextract.view.document import page_document
    from pressextract.view.documents import documents_page

    if any(file.resolve() == out.resolve() for file in files):
        raise ValueError(f"{out}: is to be read, so it can't be written; name another --out")
    failures: list[str] = []

    def documents() -> Iterator[dict[str, Any]]:
        for result in chain.from_iterable(_read(files, model, min_confidence)):
            try:
                if isinstance(result, str):
                    raise ValueError(result)
                text, record = result
                yield page_document(record, text)
            except ValueError as error:
                say(str(error))
                failures.append(str(error))

    shown = documents()
    first = next(shown, None)
    if first is not None:
        with out.open("w", encoding="utf-8", newline="\n") as page:
            page.writelines(documents_page(chain([first], shown)))
        typer.echo(out)
    elif not failures:
        raise ValueError(f"{', '.join(map(str, files))}: no documents in it; give a file that has some")
    raise typer.Exit(1 if failures else 0)


def _read(files: list[Path], model: str | None, least: float) -> Iterator[Iterator["tuple[str, PressRelease] | str"]]:
    """What each file has to show; the model is loaded when a file without records comes."""
    from pressextract.view.inputs import is_records_file, read_records

    nlp = None
    for path in files:
        if is_records_file(path):
            yield read_records(path, least)
        else:
            nlp = nlp or load(model, least)
            yield extracted(nlp, path)
