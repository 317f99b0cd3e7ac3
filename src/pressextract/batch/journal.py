"""What a batch has done so far, in a SQLite file that survives a kill at any instant."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from pressextract.batch.inputs import BatchError

JOURNAL = "journal.sqlite"
COMMIT_EVERY = 50
"""Documents that one transaction holds: what a kill may cost to do again."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    doc_id TEXT PRIMARY KEY, path TEXT NOT NULL, content TEXT NOT NULL, record TEXT, text TEXT, error TEXT, retry TEXT
);
CREATE INDEX IF NOT EXISTS retries ON documents (doc_id) WHERE retry IS NOT NULL;
CREATE TABLE IF NOT EXISTS claims (doc_id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Entry(NamedTuple):
    """A document done: with its record as JSON, or why it has none."""

    doc_id: str
    path: str
    content: str
    """The SHA-256 of what was read."""
    record: str | None = None
    text: str | None = None
    """What the record's offsets count in, where it is kept."""
    error: str | None = None
    retry: str | None = None
    """What to try once more, alone, as the runner wrote it; None where that is no use."""


class Journal:
    """The documents of an output folder that are done; open in one process at a time.

    Args:
        folder: the output folder.
        settings: all that records depend on beside the texts; what was done under others is forgotten.
        fresh: whether to forget everything.

    Raises:
        BatchError: if another batch writes to the folder, or the file is damaged.
    """

    def __init__(self, folder: Path, settings: str, fresh: bool = False) -> None:
        self._path = folder / JOURNAL
        self._waiting = 0
        try:
            self._database = sqlite3.connect(self._path, timeout=0, isolation_level=None)
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("BEGIN EXCLUSIVE")
            for statement in _SCHEMA.split(";"):
                self._database.execute(statement)
            if fresh or self._database.execute("SELECT value FROM settings").fetchall() != [(settings,)]:
                self._database.execute("DELETE FROM settings")
                self._database.execute("DELETE FROM documents")
                self._database.execute("INSERT INTO settings VALUES (?)", (settings,))
            self._database.execute("DELETE FROM claims")
            self._database.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise BatchError(f"{folder}: another batch writes here; wait for it, or name another --out") from None
            raise OSError(None, str(error), str(self._path)) from None
        except sqlite3.DatabaseError:
            raise BatchError(f"{self._path}: is damaged; remove it and run the same command again") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.commit()
        finally:
            self._database.close()

    def claim(self, doc_id: str) -> bool:
        """Makes a document one of this run's; false where the run has one of this id already."""
        return bool(self._execute("INSERT OR IGNORE INTO claims VALUES (?)", (doc_id,)).rowcount)

    def content_of(self, doc_id: str) -> str | None:
        """The hash of what a document's record was made from; None where it has no record."""
        found = self._execute("SELECT content FROM documents WHERE doc_id = ? AND error IS NULL", (doc_id,)).fetchone()
        return None if found is None else str(found[0])

    def put(self, entry: Entry) -> None:
        """Notes a document as done."""
        self._execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", entry)
        if self._waiting >= COMMIT_EVERY:
            self.commit()

    def retries(self) -> Iterator[Entry]:
        """The failures of this run that may come right, by id; they may be put anew meanwhile."""
        last = ""
        while found := self._execute(
            "SELECT d.* FROM documents d JOIN claims USING (doc_id) "
            "WHERE d.retry IS NOT NULL AND d.doc_id > ? ORDER BY d.doc_id LIMIT 1",
            (last,),
        ).fetchone():
            entry = Entry(*found)
            last = entry.doc_id
            yield entry

    def commit(self) -> None:
        """Makes sure of all that was noted."""
        if self._database.in_transaction:
            self._guarded("COMMIT")
        self._waiting = 0

    def records(self) -> Iterator[tuple[str, str, str | None]]:
        """The ids, the records as JSON and the texts kept with them of this run's documents, by id."""
        yield from self._rows("d.doc_id, d.record, d.text", "d.error IS NULL")

    def failures(self) -> Iterator[Entry]:
        """The documents of this run without a record, by id."""
        return (Entry(*row) for row in self._rows("d.*", "d.error IS NOT NULL"))

    def counts(self, parts: Sequence[str]) -> tuple[int, int, dict[str, int]]:
        """How many records and failures this run has, and how many of each of *parts* the records hold."""
        sums = ", ".join(f"coalesce(sum(json_array_length(d.record, '$.{part}')), 0)" for part in parts)
        ((records, failures, *found),) = self._rows(f"count(d.record), count(d.error), {sums}", "true")
        return records, failures, dict(zip(parts, found, strict=True))

    def _rows(self, columns: str, condition: str) -> Iterator[tuple[Any, ...]]:
        self.commit()
        return self._guarded(
            f"SELECT {columns} FROM claims JOIN documents d USING (doc_id) WHERE {condition} ORDER BY doc_id"
        )

    def _execute(self, statement: str, values: Sequence[object]) -> sqlite3.Cursor:
        if not self._database.in_transaction:
            self._guarded("BEGIN")
        self._waiting += 1
        return self._guarded(statement, values)

    def _guarded(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._database.execute(statement, values)
        except sqlite3.OperationalError as error:  # the disk is full, or gone
            raise OSError(None, f"{error}; make room and run the same command again", str(self._path)) from None
