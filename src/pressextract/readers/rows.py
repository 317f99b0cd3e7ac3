"""Files with a text in each row: JSON Lines, and Parquet (extra ``parquet``)."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pressextract.readers import Columns, ReadError, Source
from pressextract.readers.text import BYTE_ORDER_MARKS, decode

BATCH = 100
"""Rows of Parquet that are in memory at once."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_jsonl(file: BinaryIO, columns: Columns, longest: int) -> Iterator[Source]:
    """The texts of JSON Lines, a line at a time; a bad line is a source with an error.

    Args:
        file: the open file, unpacked where it is compressed.
        columns: what the fields are called.
        longest: the longest line taken, in bytes, or characters of a file in UTF-16.

    Raises:
        ReadError: if a line is longer.
    """
    for number, line in enumerate(_lines(file, longest), 1):
        if len(line) > longest:
            raise ReadError(
                f"line {number} is longer than {longest:,}; give each text a line, or raise --max-file-size"
            )
        try:
            text = decode(line) if isinstance(line, bytes) else line
            if text.strip("\ufeff \t\r\n"):
                yield read_row(json.loads(text), number, columns)
        except (ValueError, RecursionError) as error:
            why = f"line {number} is no JSON ({error}); mend or remove it"
            yield Source("", row=str(number), error=why, line=number)


def _lines(file: BinaryIO, longest: int) -> Iterator[bytes | str]:
    start = file.read(2)
    file.seek(0)
    if encoding := BYTE_ORDER_MARKS.get(start):
        wide = io.TextIOWrapper(file, encoding, errors="replace", newline="\n")
        return iter(lambda: wide.readline(longest + 1), "")
    return iter(lambda: file.readline(longest + 1), b"")


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
                yield read_row(row, number, columns)
    except pyarrow.ArrowException as error:
        raise ReadError(f"is a damaged Parquet file ({str(error).splitlines()[0]}); write it anew") from None


def read_row(row: Any, number: int | None, columns: Columns) -> Source:
    """The text of a row, or why it has none; its name is its id, or its number where it has none.

    Args:
        row: the row's values by its columns' names.
        number: its place in its file, from 1; None where that is not known.
        columns: what the columns are called.
    """
    fields = row if isinstance(row, dict) else {}
    identifier, text, stated = (fields.get(column) for column in columns)
    name = str(number or "") if identifier is None or identifier == "" else _SURROGATE.sub("\ufffd", str(identifier))
    error = None
    published = None
    try:
        published = _day(stated)
    except ValueError:
        error = f"has no date (YYYY-MM-DD) in {columns.published!r}: {stated!r}; mend it"
    if not isinstance(text, str):
        error = f"has no text in {columns.text!r}; name the text's column with --text-column"
    elif not text.strip():
        error = "is empty; give it a text"
    elif not name:
        error = f"has no id in {columns.id!r}; give it one"
    if error is not None:
        return Source("", row=name, error=error if number is None else f"line {number} {error}", line=number)
    return Source(_SURROGATE.sub("\ufffd", str(text)), published, name, line=number)  # UTF-8 has no half characters


def _day(stated: Any) -> date | None:
    if stated is None or stated == "":
        return None
    if isinstance(stated, datetime):
        return stated.date()
    return stated if isinstance(stated, date) else datetime.fromisoformat(str(stated)).date()
