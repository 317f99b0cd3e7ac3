"""Files with a text in each row: JSON Lines, and Parquet (extra ``parquet``)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pressextract.readers import Columns, ReadError, Source
from pressextract.readers.text import decode

BATCH = 1_000
"""Rows of Parquet that are in memory at once."""


def read_jsonl(data: bytes, columns: Columns) -> Iterator[Source]:
    """The texts of JSON Lines; a bad line is a source with an error."""
    for number, line in enumerate(decode(data).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                yield Source("", row=str(number), error=f"line {number} is no JSON ({error}); mend or remove it")
                continue
            yield _source(row, number, columns)


def read_parquet(path: Path, columns: Columns) -> Iterator[Source]:
    """The texts of a Parquet file, read in batches.

    Raises:
        ReadError: if pyarrow is not installed, the file is damaged, or lacks the text's column.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ReadError("is a Parquet file; install the reader with: pip install 'pressextract[parquet]'") from None
    try:
        file = pyarrow.parquet.ParquetFile(path)
        if columns.text not in file.schema_arrow.names:
            raise ReadError(f"has no column {columns.text!r}; name the text's column with --text-column")
        wanted = [name for name in columns if name in file.schema_arrow.names]
        number = 0
        for batch in file.iter_batches(BATCH, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _source(row, number, columns)
    except pyarrow.ArrowException as error:
        raise ReadError(f"is a damaged Parquet file ({str(error).splitlines()[0]}); write it anew") from None


def _source(row: Any, number: int, columns: Columns) -> Source:
    if not isinstance(row, dict) or not isinstance(row.get(columns.text), str):
        why = f"line {number} has no text in {columns.text!r}; name the text's column with --text-column"
        return Source("", row=str(number), error=why)
    identifier = row.get(columns.id)
    stated = row.get(columns.published)
    try:
        published = _day(stated)
    except ValueError:
        why = f"line {number}: {columns.published!r} is no date (YYYY-MM-DD): {stated!r}; mend it"
        return Source("", row=str(number if identifier is None else identifier), error=why)
    return Source(row[columns.text], published, str(number if identifier is None else identifier))


def _day(stated: Any) -> date | None:
    if stated is None or stated == "":
        return None
    if isinstance(stated, datetime):
        return stated.date()
    return stated if isinstance(stated, date) else datetime.fromisoformat(str(stated)).date()
