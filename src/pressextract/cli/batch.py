"""``pressextract batch``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pressextract.cli.base import MinConfidence, Model, app, say

if TYPE_CHECKING:
    from pressextract.batch.runner import Summary

Format = Literal["jsonl", "parquet", "duckdb"]
Engine = Literal["local", "ray"]


@app.command(epilog="Example: pressextract batch releases --out out/releases --workers 4")
def batch(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A folder, read recursively.")],
    out: Annotated[Path, typer.Option(help="The folder for the records, failures.jsonl and the journal.")],
    format: Annotated[
        Format, typer.Option(help="records.jsonl, tables as Parquet files, or a DuckDB database.")
    ] = "jsonl",
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
    workers: Annotated[int, typer.Option(min=0, help="Processes, or Ray actors; 0 for one a core.")] = 0,
    engine: Annotated[Engine, typer.Option(help="This machine's processes, or Ray: Parquet to Parquet.")] = "local",
    address: Annotated[str | None, typer.Option(help="The Ray cluster's address; without, Ray runs here.")] = None,
    timeout: Annotated[float, typer.Option(min=1.0, help="Seconds that a document may take.")] = 60.0,
    fresh: Annotated[
        bool, typer.Option("--fresh/--resume", help="Do all documents again, or only what is new or changed.")
    ] = False,
    texts: Annotated[
        bool, typer.Option(help="Keep the texts that the records' offsets count in; view needs them.")
    ] = True,
    max_file_size: Annotated[int, typer.Option(min=1, help="The largest document read, in bytes.")] = 50_000_000,
    max_unpacked_size: Annotated[
        int, typer.Option(min=1, help="The most that a compressed file may unpack to, in bytes.")
    ] = 200_000_000,
    id_column: Annotated[str, typer.Option(help="The column of ids, of files with a text in each row.")] = "id",
    text_column: Annotated[str, typer.Option(help="Their column of texts.")] = "text",
    published_column: Annotated[str, typer.Option(help="Their column of dates of publication.")] = "published",
) -> None:
    """Extracts from a folder of documents into a file of records; run again, it goes on where it was cut off."""
    import signal

    from rich.console import Console

    from pressextract.batch.progress import shown_progress, summary_table
    from pressextract.batch.runner import run_batch
    from pressextract.batch.tasks import Settings
    from pressextract.readers import Columns, Limits

    if engine == "ray" and format != "parquet":
        raise typer.BadParameter("--engine ray writes Parquet: add --format parquet")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    limits, columns = Limits(max_file_size, max_unpacked_size), Columns(id_column, text_column, published_column)
    settings = Settings(model, min_confidence, limits, columns, texts)
    options: dict[str, Any] = {"workers": workers or None, "timeout": timeout, "fresh": fresh}
    try:
        if engine == "ray":
            summary = _run_on_ray(source, out, say, settings, address=address, **options)
        else:
            with shown_progress() as report:
                summary = run_batch(source, out, say, settings, format=format, report=report, **options)
    except KeyboardInterrupt:
        say(f"interrupted; the same command goes on where this one stopped ({out})")
        raise typer.Exit(130) from None
    Console().print(summary_table(summary))
    typer.echo(f"{summary.records} records, {summary.failures} failed, {summary.seconds:.1f} s: {summary.path}")
    raise typer.Exit(1 if summary.failures else 0)


def _run_on_ray(*arguments: Any, **options: Any) -> "Summary":
    try:
        from ray.exceptions import RayError

        from pressextract.batch.cluster import run_on_ray
    except ModuleNotFoundError as error:
        raise typer.BadParameter(f"--engine ray needs {error.name}: pip install 'pressextract[ray]'") from error
    try:
        return run_on_ray(*arguments, **options)
    except RayError as error:
        raise ValueError(
            f"Ray: {str(error).splitlines()[-1]}; the same command goes on where this one stopped"
        ) from None
