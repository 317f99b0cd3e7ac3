"""A folder of press releases to a file of records, in one process."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO

from pydantic import BaseModel, ConfigDict

from pressextract.readers import ReadError
from pressextract.readers.text import read_text
from pressextract.records import PressRelease

RECORDS = "records.jsonl"
FAILURES = "failures.jsonl"
COUNTED = ("organisations", "people", "roles", "grants", "amounts", "dates")
"""The parts of a record that a summary counts."""


class BatchError(ValueError):
    """A folder that can't be used; the message names it in one line."""


class Failure(BaseModel):
    """A document without a record, and why in one line."""

    model_config = ConfigDict(frozen=True)

    doc_id: str
    path: str
    error: str


class Summary(NamedTuple):
    """What a batch did: documents with a record and without, what the records hold, seconds it took."""

    records: int
    failures: int
    found: Counter[str]
    seconds: float


def find_texts(folder: Path) -> list[Path]:
    """Everything named ``*.txt`` in *folder* and the folders in it, sorted.

    Raises:
        BatchError: if there is none, or no such folder.
    """
    if not folder.is_dir():
        raise BatchError(f"{folder}: no such folder")
    texts = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".txt")
    if not texts:
        raise BatchError(f"{folder}: no .txt files in it")
    return texts


def extract_document(
    nlp: Callable[..., PressRelease],
    path: Path,
    doc_id: str,
    published: date | None = None,
    read: Callable[[Path], str] = read_text,
) -> PressRelease | Failure:
    """The record of one document. Never raises: whatever goes wrong is in the failure.

    Args:
        nlp: a loaded pipeline; called as ``nlp(text, published=..., doc_id=...)``.
        path: the document's file.
        doc_id: the record's id.
        published: what relative dates resolve against, where known.
        read: how the text is got from *path*.
    """
    try:
        return nlp(read(path), published=published, doc_id=doc_id)
    except ReadError as error:
        message = str(error)
    except Exception as error:  # one bad document must not stop the others
        message = f"{path}: {type(error).__name__}: {error}"
    return Failure(doc_id=doc_id, path=str(path), error=" ".join(message.split()))


def run_batch(
    nlp: Callable[..., PressRelease],
    folder: Path,
    out: Path,
    log: Callable[[str], None],
    track: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> Summary:
    """Extracts from every text of *folder* into ``out/records.jsonl`` and ``out/failures.jsonl``.

    A document's id is its path relative to *folder* without suffix. Both files get their names only when all is
    done, so that they are never half-written.

    Args:
        nlp: a loaded pipeline; called as ``nlp(text, published=..., doc_id=...)``.
        folder: read recursively.
        out: made where it is missing.
        log: receives the line of each failure.
        track: goes through the texts, showing progress.

    Raises:
        BatchError: if the folder has no texts.
        OSError: if *out* can't be written.
    """
    texts = find_texts(folder)
    out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    found: Counter[str] = Counter()
    done = failed = 0
    with _whole_file(out / RECORDS) as records, _whole_file(out / FAILURES) as failures:
        for path in track(texts):
            result = extract_document(nlp, path, path.relative_to(folder).with_suffix("").as_posix())
            if isinstance(result, Failure):
                failed += 1
                log(result.error)
                failures.write(result.model_dump_json() + "\n")
            else:
                done += 1
                found.update({part: len(getattr(result, part)) for part in COUNTED})
                records.write(result.model_dump_json() + "\n")
    return Summary(done, failed, found, time.monotonic() - started)


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    """A file to write under a temporary name that becomes *path* when the block ends well."""
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
