"""Two runs over the same documents: how much the scores differ, and what got better and what worse."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from pressextract.evaluation.bootstrap import Interval, difference_intervals
from pressextract.evaluation.errors.base import plain
from pressextract.evaluation.gold import GoldDocument, GoldError
from pressextract.evaluation.items import Item
from pressextract.evaluation.scoring import FIELDS, Evaluation, FieldResult
from pressextract.records import PressRelease, text_hash

LISTED = tuple(field for field in FIELDS if field != "grant_slots")
"""The fields whose items are listed; those of ``grant_slots`` are parts of the grants."""


class Difference(NamedTuple):
    """The F1 of a field in the run compared with and in this one, 0 to 1, and the interval of the difference."""

    before: float | None
    after: float | None
    interval: Interval | None


class Change(NamedTuple):
    """An item that one run has right and the other does not.

    ``kind`` is "found" or "lost" for one of gold's, "dropped" or "added" for one that gold lacks.
    """

    doc_id: str
    field: str
    kind: str
    item: Item


class Comparison(NamedTuple):
    """The differences of the fields and what changed, document by document."""

    differences: dict[str, Difference]
    better: tuple[Change, ...]
    worse: tuple[Change, ...]


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """What changed from one run to another over the same documents, in the same order."""
    earlier, later = before.fields, after.fields
    intervals = difference_intervals(
        *({f: [d.fields[f].counts.parts for d in run.documents] for f in later} for run in (before, after))
    )
    differences = {f: Difference(earlier[f].f1, counts.f1, intervals[f]) for f, counts in later.items()}
    better: list[Change] = []
    worse: list[Change] = []
    for old, new in zip(before.documents, after.documents, strict=True):
        for field in LISTED:
            if field in new.fields:
                gained, lost = _changes(new.doc_id, field, old.fields[field], new.fields[field])
                better += gained
                worse += lost
    return Comparison(differences, tuple(better), tuple(worse))


def read_records(path: Path, documents: Sequence[GoldDocument]) -> list[PressRelease]:
    """The records of gold documents, in their order, from a file as ``pressextract batch`` writes it.

    A record belongs to the document of its ``doc_id``, whole or behind the last "/".

    Args:
        path: one record a line.
        documents: the gold.

    Raises:
        GoldError: if a document has no record, or one of another text; or the file is none of records.
    """
    records: dict[str, PressRelease] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                record = PressRelease.model_validate_json(line)
            except ValidationError:
                raise GoldError(f"{path}: line {number} is no record; give a records.jsonl that batch wrote") from None
            records[record.doc_id] = record
            records.setdefault(record.doc_id.rpartition("/")[2], record)
    for document in documents:
        if document.doc_id not in records:
            raise GoldError(f"{path}: no record of {document.doc_id}; run batch over the texts of the gold folder")
        sha256 = text_hash(document.text)
        if records[document.doc_id].text_sha256 != sha256:
            raise GoldError(
                f"{path}: the record of {document.doc_id} is of another text than the gold's; run batch anew"
            )
    return [records[document.doc_id] for document in documents]


def _changes(doc_id: str, field: str, old: FieldResult, new: FieldResult) -> tuple[list[Change], list[Change]]:
    """What of one field of one document got better, and what worse."""

    def changes(kind: str, these: Counter[Item], those: Counter[Item]) -> list[Change]:
        return [Change(doc_id, field, kind, item) for item in (these - those).elements()]

    right = [Counter(map(_plain, r.right)) for r in (old, new)]
    spurious = [Counter(map(_plain, r.spurious)) for r in (old, new)]
    return (
        changes("found", right[1], right[0]) + changes("dropped", spurious[0], spurious[1]),
        changes("lost", right[0], right[1]) + changes("added", spurious[1], spurious[0]),
    )


def _plain(item: Item) -> Item:
    return tuple(map(plain, item))
