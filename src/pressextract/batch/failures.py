"""Documents without a record: a line for each in ``failures.jsonl``."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from pressextract.batch.sinks import whole_files

FAILURES = "failures.jsonl"


class Failure(NamedTuple):
    """A document without a record, the file that it is from, and why, in one line."""

    doc_id: str
    path: str
    error: str


def write_failures(out: Path, failures: Iterable[Failure], log: Callable[[str], None]) -> None:
    """Writes ``out/failures.jsonl``, as a whole or not at all, and tells *log* the reasons."""
    with whole_files(out, FAILURES) as (path,), path.open("w", encoding="utf-8", newline="\n") as file:
        for failure in failures:
            log(failure.error)
            file.write(json.dumps(failure._asdict(), ensure_ascii=False) + "\n")
