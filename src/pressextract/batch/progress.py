"""How far a batch has come: a bar on a terminal, plain lines elsewhere; both on stderr."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pressextract.batch.runner import COUNTED, Summary

LINES = 10
"""About how many progress lines a batch logs where there is no terminal."""


def track(texts: Sequence[Path]) -> Iterator[Path]:
    """Goes through *texts* and shows how many are done."""
    console = Console(stderr=True)
    if console.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as progress:
            yield from progress.track(texts, description="documents")
        return
    step = max(1, len(texts) // LINES)
    for done, path in enumerate(texts, start=1):
        yield path
        if done % step == 0 or done == len(texts):
            print(f"{done} of {len(texts)} documents", file=sys.stderr, flush=True)


def summary_table(summary: Summary) -> Table:
    """What a batch found, one row for each part of the records: how many in all, and a document."""
    table = Table("found", "in all", "a document")
    for column in table.columns[1:]:
        column.justify = "right"
    for part in COUNTED:
        total = summary.found[part]
        table.add_row(part, str(total), f"{total / summary.records:.1f}" if summary.records else "–")
    return table
