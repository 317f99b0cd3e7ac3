"""How far a batch has come: a bar on a terminal, plain lines elsewhere; both on stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import progress
from rich.console import Console
from rich.table import Table

from pressextract.batch.runner import COUNTED, Progress, Summary

SECONDS = 10.0
"""A line is logged so often where there is no terminal."""

Report = Callable[[Progress], None]


@contextmanager
def shown_progress() -> Iterator[Report]:
    """What takes a batch's progress and shows it: documents done, how many a second, failures, and the time left."""
    console = Console(stderr=True)
    started = time.monotonic()

    def described(now: Progress) -> str:
        rate = (now.done - now.kept) / max(time.monotonic() - started, 1e-9)
        kept = f", {now.kept} from before" if now.kept else ""
        return f"{rate:.1f} a second, {now.failed} failed{kept}"

    with _bar(console, described) if console.is_terminal else _lines(described) as report:
        yield report


@contextmanager
def _bar(console: Console, described: Callable[[Progress], str]) -> Iterator[Report]:
    columns = (
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.description}"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def report(now: Progress) -> None:
            bar.update(task, total=now.total, completed=now.done, description=described(now))

        yield report


@contextmanager
def _lines(described: Callable[[Progress], str]) -> Iterator[Report]:
    shown = time.monotonic()
    line = ""

    def report(now: Progress) -> None:
        nonlocal shown, line
        line = f"{now.done} of {now.total} documents, {described(now)}"
        if time.monotonic() - shown >= SECONDS:
            shown = time.monotonic()
            print(line, file=sys.stderr, flush=True)

    yield report
    if line:
        print(line, file=sys.stderr, flush=True)


def summary_table(summary: Summary) -> Table:
    """What a batch found, one row for each part of the records: how many in all, and a document."""
    table = Table("found", "in all", "a document")
    for column in table.columns[1:]:
        column.justify = "right"
    for part in COUNTED:
        total = summary.found[part]
        table.add_row(part, str(total), f"{total / summary.records:.1f}" if summary.records else "–")
    return table
