"""A folder of press releases to a file of records: in several processes, and where a batch was cut off, onwards."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, TextIO

import pressextract
from pressextract.batch.inputs import BatchError, Input, find_inputs
from pressextract.batch.journal import Entry, Journal
from pressextract.batch.workers import Outcome, Work, run_tasks
from pressextract.ner.component import model_folder
from pressextract.readers import Columns, Limits, ReadError, Source
from pressextract.readers.files import has_rows, read_file

RECORDS = "records.jsonl"
FAILURES = "failures.jsonl"
COUNTED = ("organisations", "people", "roles", "grants", "amounts", "dates")
"""The parts of a record that a summary counts."""


class Settings(NamedTuple):
    """What a batch's records depend on beside the texts."""

    model: str | None = None
    min_confidence: float = 0.0
    limits: Limits = Limits()
    columns: Columns = Columns()

    def fingerprint(self) -> str:
        """A text that differs where records may: these settings, the version, the models' weights."""
        hashed = hashlib.sha256()
        if self.model != "stanza":
            folder = model_folder(self.model)
            for file in sorted((*folder.glob("*.*"), *(model_folder().parent / "relations").glob("*.npz"))):
                hashed.update(file.read_bytes())
        return json.dumps([pressextract.__version__, hashed.hexdigest(), *self])


class Summary(NamedTuple):
    """What a batch did: documents with a record and without, what the records hold, seconds it took."""

    records: int
    failures: int
    found: dict[str, int]
    seconds: float


class Task(NamedTuple):
    """A document to do: a file of its own, or a row that was read."""

    doc_id: str
    path: Path
    source: Source | None = None


def run_batch(
    folder: Path,
    out: Path,
    log: Callable[[str], None],
    settings: Settings | None = None,
    *,
    workers: int = 1,
    timeout: float = 60.0,
    fresh: bool = False,
    start: Callable[[Settings], Work] | None = None,
    track: Callable[[Iterable[Outcome[Task]]], Iterable[Outcome[Task]]] = iter,
) -> Summary:
    """Extracts from every document of *folder* into ``out/records.jsonl`` and ``out/failures.jsonl``.

    What is done is noted in ``out/journal.sqlite``: the same command, run again, does what is new or has changed since.
    Both files get their names only when all is done, so that they are never half-written; they are in order of the
    documents' ids. A document that hangs, kills its worker or fails in a way that no reader expects is tried once more,
    alone.

    Args:
        folder: read recursively, see :func:`pressextract.batch.inputs.find_inputs`.
        out: made where it is missing.
        log: receives the line of each failure.
        settings: what the records depend on beside the texts.
        workers: processes, each with the models loaded once.
        timeout: seconds that a document may take.
        fresh: whether to do all documents again.
        start: what a worker begins with, in place of loading the models.
        track: goes through the outcomes, showing progress.

    Raises:
        BatchError: if the folder has no documents, or another batch writes to *out*.
        OSError: if *out* can't be written.
    """
    if next(find_inputs(folder), None) is None:
        raise BatchError(f"{folder}: no documents in it (.txt, .html, .pdf, .docx, .jsonl, .parquet and others)")
    settings = settings or Settings()
    begin = partial(start or start_worker, settings)
    out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with Journal(out, settings.fingerprint(), fresh) as journal:
        new = (task for task in _tasks(find_inputs(folder), settings, journal, log) if not _is_done(task, journal))
        for outcome in track(run_tasks(new, begin, workers, timeout)):
            _note(outcome, journal)
        again = (t for t in _tasks(find_inputs(folder), settings, journal, log) if journal.is_to_try_again(t.doc_id))
        for outcome in run_tasks(again, begin, 1, timeout):
            _note(outcome, journal, last=True)
        with _whole_file(out / RECORDS) as file:
            file.writelines(f"{record}\n" for record in journal.records())
        with _whole_file(out / FAILURES) as file:
            for failure in journal.failures():
                log(failure.error or "")
                kept = {"doc_id": failure.doc_id, "path": failure.path, "error": failure.error}
                file.write(json.dumps(kept, ensure_ascii=False) + "\n")
        return Summary(*journal.counts(COUNTED), time.monotonic() - started)


def start_worker(settings: Settings) -> Work:
    """Loads the models; what it returns turns a task into the hash of what was read and the record as JSON."""
    nlp = pressextract.load(settings.model, threads=1, min_confidence=settings.min_confidence)

    def work(task: Task) -> tuple[str, str]:
        content = _content(task)
        source = task.source or next(read_file(task.path, settings.limits, settings.columns))
        return content, nlp(source.text, published=source.published, doc_id=task.doc_id).model_dump_json()

    return work


def _tasks(inputs: Iterator[Input], settings: Settings, journal: Journal, log: Callable[[str], None]) -> Iterator[Task]:
    """Each document of the inputs; rows that can't be read are noted at once."""
    for doc_id, path in inputs:
        if not has_rows(path):
            yield Task(doc_id, path)
            continue
        try:
            for source in read_file(path, settings.limits, settings.columns):
                task = Task(f"{doc_id}/{source.row}", path, source)
                if source.error is None:
                    yield task
                else:
                    journal.put(Entry(task.doc_id, str(path), "", error=f"{path}: {source.error}"))
        except ReadError as error:
            journal.put(Entry(doc_id, str(path), "", error=str(error)))


def _content(task: Task) -> str:
    if task.source is not None:
        return hashlib.sha256(
            f"{task.source.published}\n{task.source.text}".encode("utf-8", "surrogatepass")
        ).hexdigest()
    with task.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_done(task: Task, journal: Journal) -> bool:
    try:
        return journal.knows(task.doc_id) and journal.is_done(task.doc_id, _content(task))
    except OSError:
        return False  # the worker will meet the same, and tell


def _note(outcome: Outcome[Task], journal: Journal, last: bool = False) -> None:
    task, result, error = outcome
    if error is None:
        content, record = result
        journal.put(Entry(task.doc_id, str(task.path), content, record=record))
        return
    named = error if error.startswith(str(task.path)) else f"{task.path}: {error}"
    journal.put(Entry(task.doc_id, str(task.path), "", error=named, again=not last and named != error))


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    """A file to write under a temporary name that becomes *path* when the block ends well."""
    partial_path = path.with_name(path.name + ".partial")
    try:
        with partial_path.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        partial_path.replace(path)
    finally:
        partial_path.unlink(missing_ok=True)
