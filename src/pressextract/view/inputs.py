"""The records that a batch wrote, with the texts that it kept beside them."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from pressextract.batch.sinks import TEXTS
from pressextract.records import PressRelease, text_hash


def is_records_file(path: Path) -> bool:
    """Whether a file holds records, by its name and its first line; other .jsonl files hold texts."""
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    try:
        row = json.loads(first)
    except ValueError:
        return False
    return isinstance(row, dict) and "schema_version" in row and "text_sha256" in row


def read_records(path: Path, min_confidence: float = 0.0) -> Iterator[tuple[str, PressRelease] | str]:
    """The text and the record of each line of a file of records, or one line of why it can't be shown.

    One text is in memory at a time.

    Args:
        path: the file.
        min_confidence: roles and grants below it (0 to 1) are left out of the records.

    Raises:
        ValueError: if there is no file of texts beside it.
    """
    beside = path.with_name(TEXTS)
    if not beside.is_file():
        raise ValueError(f"{path}: {TEXTS} is not beside it; run pressextract batch again, which writes both")
    with path.open("rb") as records, beside.open("rb") as texts:
        places = {}
        place = 0
        for line in texts:
            if line.strip():
                places[_row(line, beside)[0]] = place
            place += len(line)
        for number, line in enumerate(records, 1):
            if not line.strip():
                continue
            try:
                record = PressRelease.model_validate_json(line)
            except ValidationError as error:
                why = f"{error.errors()[0]['msg']} at {'.'.join(map(str, error.errors()[0]['loc'])) or 'its start'}"
                yield f"{path}: line {number} is no record ({why}); run pressextract batch again"
                continue
            if record.doc_id not in places:
                yield f"{path}: {TEXTS} lacks the text of {record.doc_id!r}; run pressextract batch again"
                continue
            texts.seek(places[record.doc_id])
            _, text = _row(texts.readline(), beside)
            if text_hash(text) != record.text_sha256:
                yield f"{path}: {TEXTS} has another text of {record.doc_id!r}; run pressextract batch again"
                continue
            sure = {
                part: tuple(r for r in getattr(record, part) if r.confidence >= min_confidence)
                for part in ("roles", "grants")
            }
            yield text, record.model_copy(update=sure)


def _row(line: bytes, path: Path) -> tuple[str, str]:
    """A line of a file of texts: the document's id and its text."""
    try:
        row = json.loads(line.decode("utf-8", "surrogatepass"))
        doc_id, text = row["doc_id"], row["text"]
        if not (isinstance(doc_id, str) and isinstance(text, str)):
            raise TypeError
        return doc_id, text
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{path}: has a line that is no text of a document; run pressextract batch again") from None
