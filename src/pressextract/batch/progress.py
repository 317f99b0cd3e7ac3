"""How far a batch has come: a bar on a terminal, plain lines elsewhere; both on stderr."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pressextract.batch.runner import COUNTED, Summary
from pressextract.batch.workers import Outcome

SECONDS = 10.0
"""A line is logged so often where there is no terminal."""

Task = TypeVar("Task")


def tracker(total: int) -> Callable[[Iterable[Outcome[Task]]], Iterator[Outcome[Task]]]:
    """What goes through outcomes and shows how many of *total* files are done, how fast, and how many failed."""

    def track(outcomes: Iterable[Outcome[Task]]) -> Iterator[Outcome[Task]]:
        console = Console(stderr=True)
        yield from (_bar(outcomes, total, console) if console.is_terminal else _lines(outcomes, total))

    return track


def _bar(outcomes: Iterable[Outcome[Task]], total: int, console: Console) -> Iterator[Outcome[Task]]:
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=total)
        for text, outcome in _counted(outcomes, time.monotonic()):
            progress.update(bar, advance=1, description=text)
            yield outcome


def _lines(outcomes: Iterable[Outcome[Task]], total: int) -> Iterator[Outcome[Task]]:
    shown = time.monotonic()
    line = ""
    for done, (text, outcome) in enumerate(_counted(outcomes, shown), 1):
        yield outcome
        line = f"{done} of {total} documents, {text}"
        if time.monotonic() - shown >= SECONDS:
            shown = time.monotonic()
            print(line, file=sys.stderr, flush=True)
    if line:
        print(line, file=sys.stderr, flush=True)


def _counted(outcomes: Iterable[Outcome[Task]], started: float) -> Iterator[tuple[str, Outcome[Task]]]:
    failed = 0
    for done, outcome in enumerate(outcomes, 1):
        failed += outcome.error is not None
        rate = done / max(time.monotonic() - started, 1e-9)
        yield f"{rate:.1f} a second, {failed} failed", outcome


def summary_table(summary: Summary) -> Table:
    """What a batch found, one row for each part of the records: how many in all, and a document."""
    table = Table("found", "in all", "a document")
    for column in table.columns[1:]:
        column.justify = "right"
    for part in COUNTED:
        total = summary.found[part]
        table.add_row(part, str(total), f"{total / summary.records:.1f}" if summary.records else "–")
    return table
