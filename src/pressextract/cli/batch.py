"""``pressextract batch``."""

from pathlib import Path
from typing import Annotated

import typer

from pressextract.cli.base import MinConfidence, Model, app, say


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
            source, out, say, settings, workers=workers or os.cpu_count() or 1, timeout=timeout, fresh=fresh,
            track=tracker(sum(1 for _ in find_inputs(source))),
        )  # fmt: skip
    except KeyboardInterrupt:
        say(f"interrupted; the same command goes on where this one stopped ({out})")
        raise typer.Exit(130) from None
    Console().print(summary_table(summary))
    typer.echo(f"{summary.records} records, {summary.failures} failed, {summary.seconds:.1f} s: {out / RECORDS}")
    raise typer.Exit(1 if summary.failures else 0)
