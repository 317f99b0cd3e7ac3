"""``pressextract annotate``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pressextract.cli.base import MinConfidence, Model, app, load, say


@app.command(epilog="Example: pressextract annotate releases --out gold")
def annotate(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A folder, read recursively, or a file.")],
    out: Annotated[Path, typer.Option(help="The folder for NAME.txt, NAME.json and label_studio/.")],
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write over gold that is there, corrections and all.")
    ] = False,
) -> None:
    """Writes what is extracted as gold to correct: the start of an evaluation set of your own.

    Beside each text stands its gold; label_studio/ has the same to be imported into Label Studio.
    """
    from pressextract.evaluation.annotate import gold_of
    from pressextract.evaluation.formats.label_studio import CONFIG, tasks_of
    from pressextract.evaluation.formats.writing import annotated_of

    texts, failed = _texts(source, out)
    if not overwrite and (there := next(filter(None, (_in_the_way(out, *item) for item in texts.items())), None)):
        raise ValueError(f"{there}: is there already, maybe corrected; give another --out, or --overwrite")
    nlp = load(model, min_confidence)
    (out / "label_studio").mkdir(parents=True, exist_ok=True)
    annotated, model_name = [], ""
    for name, text in texts.items():
        try:
            content = text.encode()
            record = nlp(text, doc_id=name)
        except ValueError as error:
            say(f"{name}: {error}")
            failed = True
            continue
        (out / f"{name}.txt").write_bytes(content)
        gold = json.dumps(gold_of(record, text), ensure_ascii=False, indent=1)
        (out / f"{name}.json").write_text(gold + "\n", encoding="utf-8")
        annotated.append(annotated_of(record, text))
        model_name = record.pipeline.model
    tasks = json.dumps(tasks_of(annotated, model_name), ensure_ascii=False, indent=1)
    (out / "label_studio" / "import.json").write_text(tasks + "\n", encoding="utf-8")
    (out / "label_studio" / "labels.xml").write_text(CONFIG.read_text(encoding="utf-8"), encoding="utf-8")
    typer.echo(f"{len(annotated)} documents to correct: {out}")
    raise typer.Exit(1 if failed else 0)


def _in_the_way(out: Path, name: str, text: str) -> Path | None:
    """The gold, or another text, that writing a document would destroy."""
    gold, beside = out / f"{name}.json", out / f"{name}.txt"
    if gold.exists():
        return gold
    return beside if beside.exists() and beside.read_bytes() != text.encode("utf-8", "replace") else None


def _texts(source: Path, out: Path) -> tuple[dict[str, str], bool]:
    """The text of each readable document by the name of its gold, and whether any could not be read.

    A name is a document's path below the folder, with "_" between its parts.
    """
    from pressextract.batch.inputs import BatchError, Input, find_inputs
    from pressextract.readers import ReadError
    from pressextract.readers.files import read_file

    texts: dict[str, str] = {}
    failed = False
    for doc_id, path, unreadable in [Input(source.stem, source)] if source.is_file() else find_inputs(source, out):
        try:
            if unreadable is not None:
                raise ReadError(f"{path}: {unreadable}")
            for row in read_file(path):
                if row.error is not None:
                    raise ReadError(f"{path}: {row.error}")
                name = (doc_id if row.row is None else f"{doc_id}/{row.row}").replace("/", "_")
                if name in texts:
                    raise ReadError(f"{path}: would be called {name}, as another document is; rename it")
                texts[name] = row.text
        except ReadError as error:
            say(str(error))
            failed = True
    if not texts and not failed:
        raise BatchError(f"{source}: no documents in it (.txt, .html, .pdf, .docx, .jsonl, .parquet and others)")
    return texts, failed
