"""A folder of Parquet files to tables of records on a Ray cluster, whose machines all see both folders (extra ``ray``).

The files are read a group at a time; what a group gave is a folder in ``DIR/parts``, which gets its name when it is
whole. So a run that was cut off goes on with the groups that are missing, and a changed file's group is done again.
"""

import hashlib
import json
import logging
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.compute as compute
import pyarrow.parquet
import ray

from pressextract.batch.failures import Failure, write_failures
from pressextract.batch.inputs import BatchError, Input, find_inputs
from pressextract.batch.journal import Journal
from pressextract.batch.runner import COUNTED, Summary
from pressextract.batch.sinks import put_in_place
from pressextract.batch.tasks import Settings, printable
from pressextract.ray import extract_dataset
from pressextract.readers import Columns
from pressextract.tables import NESTED, SCHEMAS, split

GROUP_BYTES = 2**30
"""Files are done together up to so many bytes: enough to keep a cluster busy, few enough to do again."""

BLOCK_ROWS = 256
"""Texts that one worker gets at a time, and does again where a machine is lost."""


def run_on_ray(
    folder: Path,
    out: Path,
    log: Callable[[str], None],
    settings: Settings | None = None,
    *,
    address: str | None = None,
    timeout: float = 60.0,
    fresh: bool = False,
    workers: int | None = None,
    group_bytes: int = GROUP_BYTES,
) -> Summary:
    """Extracts from the Parquet files of *folder* into ``out/TABLE.parquet`` (folders of files) and ``failures.jsonl``.

    Documents are called as :func:`pressextract.batch.runner.run_batch` calls them; each row needs an id of its own.

    Args:
        folder: read recursively.
        out: made where it is missing.
        log: receives the line of each failure.
        settings: what the records depend on beside the texts.
        address: the cluster's, as ``ray.init`` takes it; None starts Ray on this machine.
        timeout: seconds that a text may take.
        fresh: whether to do all files again.
        workers: as in :func:`pressextract.ray.extract_dataset`.
        group_bytes: how many bytes of files are done together.

    Raises:
        BatchError: if the folder has no documents, or another batch writes to *out*.
        OSError: if *out* can't be written.
    """
    if next(find_inputs(folder, out), None) is None:
        raise BatchError(f"{folder}: no documents in it; give a folder of Parquet files")
    settings = settings or Settings()
    started = time.monotonic()
    parts = out / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    failures: list[Failure] = []
    fingerprint = settings.fingerprint()
    with Journal(out, fingerprint, fresh):  # held so that no other batch writes here
        inputs = _readable(find_inputs(folder, out), settings.columns, failures)
        groups = {_name(group, fingerprint): group for group in _groups(inputs, group_bytes)}
        for path in parts.iterdir():
            if fresh or path.name not in groups:
                shutil.rmtree(path)
        _start_ray(address)
        for name, group in groups.items():
            if not (parts / name).is_dir():
                _extract(group, parts / name, settings, timeout, workers)
        files = sorted(path for name in groups for path in (parts / name).iterdir())
        found = _write_tables(files, out, failures)
        write_failures(out, failures, log)
    counts = {part: found[part] for part in COUNTED}
    return Summary(found["documents"], len(failures), counts, time.monotonic() - started, out / "grants.parquet")


def _start_ray(address: str | None) -> None:
    if not ray.is_initialized():
        # on one machine a core more than it has: one is for reading and writing, which take little
        local: dict[str, Any] = {} if address else {"num_cpus": (os.cpu_count() or 1) + 1, "include_dashboard": False}
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **local)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = sys.stderr.isatty()
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context.execution_options.preserve_order = True


def _readable(inputs: Iterator[Input], columns: Columns, failures: list[Failure]) -> Iterator[Input]:
    """The Parquet files that have what is needed; why others can't be read goes to *failures*."""
    for found in inputs:
        error = found.error
        try:
            missing = (
                {columns.id, columns.text} - set(pyarrow.parquet.read_schema(found.path).names) if not error else {}
            )
            if missing:
                error = f"has no column {sorted(missing)[0]!r}; name it with --id-column or --text-column"
        except (OSError, pyarrow.ArrowException):
            error = "is no Parquet file, or a damaged one; write it anew, or leave out --engine ray"
        if error is None:
            yield found
        else:
            failures.append(Failure(found.doc_id, printable(found.path), f"{printable(found.path)}: {error}"))


def _groups(inputs: Iterator[Input], group_bytes: int) -> Iterator[list[Input]]:
    group: list[Input] = []
    size = 0
    for found in inputs:
        length = found.path.stat().st_size
        if group and size + length > group_bytes:
            yield group
            group, size = [], 0
        group.append(found)
        size += length
    if group:
        yield group


def _name(group: list[Input], fingerprint: str) -> str:
    """A name that differs where a group's records may."""
    stats = [(i.doc_id, i.path.stat().st_size, i.path.stat().st_mtime_ns) for i in group]
    return hashlib.sha256(json.dumps([fingerprint, stats]).encode()).hexdigest()[:32]


def _extract(group: list[Input], path: Path, settings: Settings, timeout: float, workers: int | None) -> None:
    """Writes whole records of a group into a folder, which gets its name when it is whole."""
    ids = {str(i.path.resolve()): i.doc_id for i in group}
    texts = ray.data.read_parquet([str(i.path.resolve()) for i in group], include_paths=True)
    naming: Any = partial(_named, ids=ids, column=settings.columns.id)
    named = texts.map_batches(naming, batch_format="pyarrow")
    spread = named.repartition(target_num_rows_per_block=BLOCK_ROWS)
    records = extract_dataset(spread, settings, timeout=timeout, workers=workers)
    unfinished = path.with_name(path.name + ".partial")
    shutil.rmtree(unfinished, ignore_errors=True)
    records.write_parquet(str(unfinished))
    put_in_place(unfinished, path)


def _named(batch: pyarrow.Table, ids: dict[str, str], column: str) -> pyarrow.Table:
    """The rows with their documents' ids: "path/id"."""
    prefixes = pyarrow.array([ids[path] for path in batch["path"].to_pylist()], pyarrow.string())
    named = compute.binary_join_element_wise(prefixes, batch[column].cast(pyarrow.string()), "/")
    return batch.set_column(batch.column_names.index(column), column, named)


def _write_tables(files: list[Path], out: Path, failures: list[Failure]) -> Counter[str]:
    """Splits whole records into tables and failures; returns how many rows each table has."""
    rows: Counter[str] = Counter()
    folders = {table: out / f"{table}.parquet.partial" for table in SCHEMAS}
    for folder in folders.values():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    split_file = ray.remote(_split_file)
    for counted, failed in ray.get([split_file.remote(file, folders) for file in files]):
        rows.update(counted)
        failures.extend(Failure(doc_id, doc_id.rpartition("/")[0], f"{doc_id}: {error}") for doc_id, error in failed)
    for table, folder in folders.items():
        if not files:
            pyarrow.parquet.write_table(SCHEMAS[table].empty_table(), folder / "empty.parquet")
        put_in_place(folder, out / f"{table}.parquet")
    return rows


def _split_file(file: Path, folders: dict[str, Path]) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Splits one file of whole records into one of each table, under its own name."""
    nested = pyarrow.parquet.read_table(file, schema=NESTED)
    tables = split(nested)
    for table, rows in tables.items():
        pyarrow.parquet.write_table(rows, folders[table] / file.name, compression="zstd")
    failed = nested.filter(nested["error"].is_valid()).select(["doc_id", "error"]).to_pylist()
    return {table: len(rows) for table, rows in tables.items()}, [(row["doc_id"], row["error"]) for row in failed]
