"""The documents of a folder, one after the other, however many there are."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pressextract.readers.files import is_readable, stem


class BatchError(ValueError):
    """A folder that can't be used; the message names it in one line."""


class Input(NamedTuple):
    """A file, and the id of its document: its path below the folder without suffix, "/" between the parts."""

    doc_id: str
    path: Path
    error: str | None = None
    """Why there is nothing to read, of a folder that can't be listed."""


def find_inputs(folder: Path, without: Path | None = None) -> Iterator[Input]:
    """The readable files of a folder and of the folders in it, by name.

    Of files that differ in their suffix only, all but the first keep it in their ids. Links to folders are not
    followed. A folder that can't be listed is an input too, with an error. Names wait on disk, not in memory.

    Args:
        folder: where to look.
        without: a folder in it to leave out, that of the output.

    Raises:
        BatchError: if there is no such folder.
    """
    if not folder.is_dir():
        raise BatchError(f"{folder}: no such folder")
    return _below(folder, "", without and without.resolve())


def _below(folder: Path, prefix: str, without: Path | None) -> Iterator[Input]:
    previous = None
    with closing(sqlite3.connect("", isolation_level=None)) as names:  # a file of its own, gone when closed
        names.execute("CREATE TABLE names (stem BLOB, name BLOB, is_folder INTEGER, PRIMARY KEY (stem, name))")
        try:
            with os.scandir(folder) as entries:
                names.executemany("INSERT INTO names VALUES (?, ?, ?)", map(_row, entries))
        except sqlite3.OperationalError as error:
            raise OSError(None, f"no room for the names of its files ({error}); make some", str(folder)) from None
        except OSError as error:
            why = f"cannot be listed ({error.strerror or error}); check its permissions"
            yield Input(prefix.rstrip("/") or ".", folder, why)
            return
        for raw_stem, raw_name, is_folder in names.execute("SELECT * FROM names ORDER BY stem, name"):
            path = folder / os.fsdecode(raw_name)
            if is_folder and path.resolve() == without:
                continue
            if is_folder:
                yield from _below(path, f"{prefix}{_printable(raw_name)}/", without)
            elif is_readable(path):
                yield Input(prefix + _printable(raw_name if raw_stem == previous else raw_stem), path)
                previous = raw_stem


def _row(entry: os.DirEntry[str]) -> tuple[bytes, bytes, bool]:
    path, is_folder = Path(entry.name), entry.is_dir(follow_symlinks=False)
    plain = stem(path) if is_readable(path) and not is_folder else entry.name
    return os.fsencode(plain), os.fsencode(entry.name), is_folder


def _printable(name: bytes) -> str:
    r"""A name as an id; bytes that are no UTF-8 are written as "\xe5"."""
    return name.decode("utf-8", "backslashreplace")
