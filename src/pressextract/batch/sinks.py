"""Where a batch's records go: JSON Lines, Parquet tables (extra ``parquet``) or a DuckDB database (extra ``duckdb``).

Files get their names when all of them are whole. ``docs/batch.md`` shows a question answered on each.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pressextract.batch.inputs import BatchError
from pressextract.records import PressRelease

if TYPE_CHECKING:
    import pyarrow

RECORDS = "records.jsonl"
TEXTS = "texts.jsonl"
DATABASE = "records.duckdb"

CHUNK = 200
"""Records that are in memory as such at once."""

ROW_GROUP_BYTES = 32_000_000
"""Rows of Parquet are written when so many bytes of them are together."""

Rows = Iterable[tuple[str, str, str | None]]
"""Document ids in order, the records as JSON, and the texts that their offsets count in, or None."""

Sink = Callable[[Path, Rows], Path]
"""Writes records into a folder; what it returns is what to name to the user."""


@contextmanager
def whole_files(folder: Path, *names: str) -> Iterator[list[Path]]:
    """Paths to write to that become *names* in *folder* when the block ends well, and are removed when not."""
    partial = [folder / f"{name}.partial" for name in names]
    try:
        for path in partial:
            path.unlink(missing_ok=True)
        yield partial
        for path, name in zip(partial, names, strict=True):
            put_in_place(path, folder / name)
    finally:
        for path in partial:
            path.unlink(missing_ok=True)


def put_in_place(partial: Path, path: Path) -> None:
    """Gives a file or folder that is whole its name, in place of one that was there."""
    if path.is_dir():
        shutil.rmtree(path)
    elif partial.is_dir():
        path.unlink(missing_ok=True)
    partial.replace(path)


def write_jsonl(folder: Path, rows: Rows) -> Path:
    """A record a line in ``records.jsonl``; beside it ``texts.jsonl``, whose lines have the ids and texts kept."""
    with whole_files(folder, RECORDS, TEXTS) as paths, _text(paths[0]) as records, _text(paths[1]) as texts:
        for doc_id, record, text in rows:
            records.write(record + "\n")
            if text is not None:
                texts.write(json.dumps({"doc_id": doc_id, "text": text}, ensure_ascii=False) + "\n")
    return folder / RECORDS


def write_parquet(folder: Path, rows: Rows) -> Path:
    """A file for each table of :mod:`pressextract.tables`: ``documents.parquet``, ``grants.parquet`` …"""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    from pressextract.tables import SCHEMAS

    with whole_files(folder, *(f"{table}.parquet" for table in SCHEMAS)) as paths:
        writers = {
            table: ParquetWriter(path, schema, compression="zstd")
            for path, (table, schema) in zip(paths, SCHEMAS.items(), strict=True)
        }
        waiting: dict[str, list[pyarrow.Table]] = {table: [] for table in SCHEMAS}
        try:
            for tables in _chunks(rows):
                for table, part in tables.items():
                    waiting[table].append(part)
                    if sum(w.nbytes for w in waiting[table]) > ROW_GROUP_BYTES:
                        writers[table].write_table(pyarrow.concat_tables(waiting[table]))
                        waiting[table].clear()
            for table, parts in waiting.items():
                if parts:
                    writers[table].write_table(pyarrow.concat_tables(parts))
        finally:
            for writer in writers.values():
                writer.close()
    return folder / "grants.parquet"


def write_duckdb(folder: Path, rows: Rows) -> Path:
    """The tables of :mod:`pressextract.tables` in ``records.duckdb``, with views that name what ids stand for."""
    import duckdb

    from pressextract.tables import SCHEMAS

    with whole_files(folder, DATABASE) as (path,), _os_errors(path), duckdb.connect(str(path)) as database:
        for table, schema in SCHEMAS.items():
            database.register("rows", schema.empty_table())
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM rows")
        for tables in _chunks(rows):
            for table, part in tables.items():
                database.register("rows", part)
                database.execute(f"INSERT INTO {table} SELECT * FROM rows")
        database.execute(files("pressextract.batch").joinpath("views.sql").read_text(encoding="utf-8"))
    return folder / DATABASE


@contextmanager
def _os_errors(path: Path) -> Iterator[None]:
    """DuckDB's troubles with the disk as the system's."""
    import duckdb

    try:
        yield
    except duckdb.IOException as error:
        raise OSError(None, str(error).splitlines()[0], str(path)) from None


SINKS: dict[str, Sink] = {"jsonl": write_jsonl, "parquet": write_parquet, "duckdb": write_duckdb}
"""The sinks by their names on the command line."""

_NEEDS = {"parquet": ("pyarrow",), "duckdb": ("duckdb", "pyarrow")}


def sink(name: str) -> Sink:
    """The sink of that name.

    Raises:
        BatchError: if the library that it needs is not installed.
    """
    for module in _NEEDS.get(name, ()):
        if find_spec(module) is None:
            raise BatchError(f"--format {name} needs {module}: pip install 'pressextract[{name}]'")
    return SINKS[name]


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")


def _chunks(rows: Rows) -> Iterator[dict[str, "pyarrow.Table"]]:
    """The rows of all tables, some records at a time."""
    from pressextract.tables import split, to_nested

    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield split(to_nested((PressRelease.model_validate_json(record), text) for _, record, text in chunk))
