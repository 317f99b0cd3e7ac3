"""What a batch does with one document, in whatever process or on whatever machine."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import pressextract
from pressextract.batch.workers import Work
from pressextract.ner.component import model_folder
from pressextract.readers import Columns, Limits, ReadError, Source
from pressextract.readers.files import read_file


class Settings(NamedTuple):
    """What a batch's records depend on beside the texts."""

    model: str | None = None
    min_confidence: float = 0.0
    limits: Limits = Limits()
    columns: Columns = Columns()
    texts: bool = True
    """Whether the texts that the records' offsets count in are kept with them."""

    def fingerprint(self) -> str:
        """A text that differs where records may: these settings, the version, the models' weights."""
        hashed = hashlib.sha256()
        if self.model != "stanza":
            folder = model_folder(self.model)
            for file in sorted((*folder.glob("*.*"), *(model_folder().parent / "relations").glob("*.npz"))):
                hashed.update(file.read_bytes())
        return json.dumps([pressextract.__version__, hashed.hexdigest(), *self])


class Task(NamedTuple):
    """A document to do: a file of its own, or a row that was read."""

    doc_id: str
    path: Path
    source: Source | None = None


class Extracted(NamedTuple):
    """What a worker makes of a task."""

    content: str
    """The SHA-256 of what was read."""
    record: str
    """The record as JSON."""
    text: str | None
    """What the record's offsets count in, if it is to be kept."""


def start_worker(settings: Settings) -> Work:
    """Loads the models; what it returns turns a task into what was extracted."""
    nlp = pressextract.load(settings.model, threads=1, min_confidence=settings.min_confidence)

    def work(task: Task) -> Extracted:
        content = content_hash(task)
        source = source_of(task, settings)
        record = nlp(source.text, published=source.published, doc_id=task.doc_id)
        return Extracted(content, record.model_dump_json(), source.text if settings.texts else None)

    return work


def content_hash(task: Task) -> str:
    """The SHA-256 of what a task holds now."""
    if task.source is not None:
        return hashlib.sha256(f"{task.source.published}\n{task.source.text}".encode()).hexdigest()
    with task.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def printable(name: object) -> str:
    r"""A path as UTF-8 can hold it; bytes of it that are none are written as "\xe5"."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def source_of(task: Task, settings: Settings) -> Source:
    """The text of a task.

    Raises:
        ReadError: if its file can't be read, or holds many texts though its name says one.
    """
    if task.source is not None:
        return task.source
    source = next(read_file(task.path, settings.limits, settings.columns))
    if source.row is not None:
        why = "holds a text in each row; give its name the ending of its format (.jsonl or .parquet)"
        raise ReadError(f"{task.path}: {why}")
    return source
