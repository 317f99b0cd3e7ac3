"""The documents of a folder, one after the other, however many there are."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pressextract.readers.files import is_readable, stem


class BatchError(ValueError):
    """A folder that can't be used; the message names it in one line."""


class Input(NamedTuple):
    """A file, and the id of its document: its path below the folder without suffix, "/" between the parts."""

    doc_id: str
    path: Path


def find_inputs(folder: Path) -> Iterator[Input]:
    """The readable files of a folder and of the folders in it, by name; only one folder's names are in memory.

    Of files that differ in their suffix only, all but the first keep it in their ids.

    Raises:
        BatchError: if there is no such folder.
    """
    if not folder.is_dir():
        raise BatchError(f"{folder}: no such folder")
    return _below(folder, "")


def _below(folder: Path, prefix: str) -> Iterator[Input]:
    with os.scandir(folder) as entries:
        names = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries)
    seen: Counter[str] = Counter()
    for name, is_folder in names:
        path = folder / name
        if is_folder and not is_readable(path):
            yield from _below(path, f"{prefix}{name}/")
        elif is_readable(path):
            plain = stem(path)
            seen[plain] += 1
            yield Input(prefix + (plain if seen[plain] == 1 else name), path)
