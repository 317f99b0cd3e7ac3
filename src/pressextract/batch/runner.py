"""A folder of press releases to records: in several processes, and where a batch was cut off, onwards."""

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pressextract.batch.failures import Failure, write_failures
from pressextract.batch.inputs import BatchError, Input, find_inputs
from pressextract.batch.journal import Entry, Journal
from pressextract.batch.sinks import sink
from pressextract.batch.tasks import Settings, Task, content_hash, printable, start_worker
from pressextract.batch.workers import Crew, Outcome, Work
from pressextract.readers import ReadError, Source
from pressextract.readers.files import count_documents, has_rows, read_file

COUNTED = ("organisations", "people", "roles", "grants", "amounts", "dates")
"""The parts of a record that a summary counts."""


class Summary(NamedTuple):
    """What a batch did: documents with a record and without, what the records hold, seconds it took, where it wrote."""

    records: int
    failures: int
    found: dict[str, int]
    seconds: float
    path: Path


class Progress(NamedTuple):
    """How far a batch is: documents in all, as far as that is told beforehand, done (failed ones too), failed, kept.

    Those that were kept from an earlier run are among the done.
    """

    total: int
    done: int = 0
    failed: int = 0
    kept: int = 0


def run_batch(
    folder: Path,
    out: Path,
    log: Callable[[str], None],
    settings: Settings | None = None,
    *,
    format: str = "jsonl",
    workers: int | None = None,
    timeout: float = 60.0,
    fresh: bool = False,
    start: Callable[[Settings], Work] | None = None,
    report: Callable[[Progress], None] | None = None,
) -> Summary:
    """Extracts from every document of *folder* into records in *out* and ``out/failures.jsonl``.

    What is done is noted in ``out/journal.sqlite``: the same command, run again, does what is new or has changed since.
    Files get their names only when all is done, so that they are never half-written; they are in order of the
    documents' ids. A document that hangs, kills its worker or fails in a way that no reader expects is tried once more,
    alone.

    Args:
        folder: read recursively, see :func:`pressextract.batch.inputs.find_inputs`.
        out: made where it is missing.
        log: receives the line of each failure.
        settings: what the records depend on beside the texts.
        format: what the records are written as, a name of :data:`pressextract.batch.sinks.SINKS`.
        workers: processes, each with the models loaded once; one for each core by default.
        timeout: seconds that a document may take.
        fresh: whether to do all documents again.
        start: what a worker begins with, in place of loading the models.
        report: receives how far the batch is, after each document; documents are counted first only where it is given.

    Raises:
        BatchError: if the folder has no documents or is *out*, another batch writes there, or a library is missing.
        OSError: if *out* can't be written.
    """
    if out.resolve() == folder.resolve():
        raise BatchError(f"{out}: is the folder that is read; name another --out")
    if next(find_inputs(folder, out), None) is None:
        raise BatchError(f"{folder}: no documents in it (.txt, .html, .pdf, .docx, .jsonl, .parquet and others)")
    write = sink(format)
    settings = settings or Settings()
    begin = partial(start or start_worker, settings)
    out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with Journal(out, settings.fingerprint(), fresh) as journal:
        run = _Run(
            journal, settings, report, sum(count_documents(i.path) for i in find_inputs(folder, out)) if report else 0
        )
        with Crew(begin, workers or os.cpu_count() or 1, timeout) as crew:
            for outcome in crew.run(run.tasks(find_inputs(folder, out))):
                run.note(outcome)
        with Crew(begin, 1, timeout) as crew:
            for outcome in crew.run(_task(entry) for entry in journal.retries()):
                run.note(outcome, last=True)
        path = write(out, journal.records())
        write_failures(out, (Failure(f.doc_id, f.path, f.error or "") for f in journal.failures()), log)
        return Summary(*journal.counts(COUNTED), time.monotonic() - started, path)


class _Run:
    """One run of a batch: what there is to do, and what became of it."""

    def __init__(
        self, journal: Journal, settings: Settings, report: Callable[[Progress], None] | None, total: int
    ) -> None:
        self._journal = journal
        self._settings = settings
        self._report = report
        self._progress = Progress(total)

    def tasks(self, inputs: Iterator[Input]) -> Iterator[Task]:
        """The documents that have no record of what they hold now; rows that can't be read are noted at once."""
        for task in self._documents(inputs):
            known = self._journal.content_of(task.doc_id)
            if known is not None and known == _current(task):
                self._advance(done=1, kept=1)
            else:
                yield task

    def note(self, outcome: Outcome[Task], last: bool = False) -> None:
        """Notes what became of a task; *last* if it is not to be tried again."""
        task, result, error = outcome
        path = printable(task.path)
        if error is None:
            self._journal.put(Entry(task.doc_id, path, *result))
        else:
            expected = error.startswith(str(task.path))  # a reader's own words
            named = printable(error) if expected else f"{path}: {error}"
            retry = None if expected or last else _noted(task)
            self._journal.put(Entry(task.doc_id, path, "", error=named, retry=retry))
        if not last:
            self._advance(done=1, failed=error is not None)
        elif error is None:
            self._advance(failed=-1)

    def _documents(self, inputs: Iterator[Input]) -> Iterator[Task]:
        """Each document, under an id that no other has."""
        for doc_id, path, unreadable in inputs:
            if unreadable is not None:
                self.note(Outcome(Task(self._claimed(doc_id, path.name), path), error=f"{path}: {unreadable}"))
                continue
            if not has_rows(path):
                yield Task(self._claimed(doc_id, path.name), path)
                continue
            try:
                for source in read_file(path, self._settings.limits, self._settings.columns):
                    if source.row is None:
                        yield Task(self._claimed(doc_id, path.name), path, source)
                        continue
                    row_id = self._claimed(f"{doc_id}/{source.row}", str(source.line))
                    if source.error is None:
                        yield Task(row_id, path, source)
                    else:
                        self.note(Outcome(Task(row_id, path), error=f"{path}: {source.error}"))
            except ReadError as error:
                self.note(Outcome(Task(self._claimed(doc_id, path.name), path), error=str(error)))

    def _claimed(self, doc_id: str, addition: str) -> str:
        """The id, or where another document of this run has it, the id with an addition."""
        while not self._journal.claim(doc_id):
            doc_id = f"{doc_id}~{addition}"
        return doc_id

    def _advance(self, done: int = 0, failed: int = 0, kept: int = 0) -> None:
        before = self._progress
        done += before.done
        self._progress = Progress(max(before.total, done), done, before.failed + failed, before.kept + kept)
        if self._report:
            self._report(self._progress)


def _noted(task: Task) -> str:
    """A task as the journal keeps it for a second try."""
    source = task.source and (task.source.text, task.source.published and task.source.published.isoformat())
    return json.dumps((str(task.path), source))


def _task(entry: Entry) -> Task:
    """What a second try is to do."""
    path, source = json.loads(entry.retry or "")
    return Task(entry.doc_id, Path(path), source and Source(source[0], source[1] and date.fromisoformat(source[1])))


def _current(task: Task) -> str | None:
    try:
        return content_hash(task)
    except OSError:
        return None  # the worker will meet the same, and tell
