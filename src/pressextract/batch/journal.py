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
    doc_id TEXT PRIMARY KEY, path TEXT NOT NULL, content TEXT NOT NULL, run INTEGER NOT NULL, record TEXT, error TEXT,
    again INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""


class Entry(NamedTuple):
    """A document done: with its record as JSON, or why it has none."""

    doc_id: str
    path: str
    content: str
    """The SHA-256 of what was read."""
    record: str | None = None
    error: str | None = None
    again: bool = False
    """Whether it may come right when tried once more, alone."""


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
            (last,) = self._database.execute("SELECT coalesce(max(run), 0) FROM documents").fetchone()
            self._run: int = last + 1
            self._database.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise BatchError(f"{folder}: another batch writes here; wait for it, or name another --out") from None
            raise OSError(None, str(error), str(self._path)) from None
        except sqlite3.DatabaseError:
            raise BatchError(f"{self._path}: is damaged; start over with --fresh after removing it") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.commit()
        finally:
            self._database.close()

    def is_done(self, doc_id: str, content: str) -> bool:
        """Whether a document with this content is done; if so, it belongs to this run's output."""
        changed = self._execute(
            "UPDATE documents SET run = ? WHERE doc_id = ? AND content = ? AND error IS NULL",
            (self._run, doc_id, content),
        )
        return bool(changed.rowcount)

    def knows(self, doc_id: str) -> bool:
        """Whether a document with this id was done, whatever its content."""
        return self._execute("SELECT 1 FROM documents WHERE doc_id = ?", (doc_id,)).fetchone() is not None

    def is_to_try_again(self, doc_id: str) -> bool:
        """Whether a document failed in this run in a way that may come right."""
        found = self._execute(
            "SELECT again FROM documents WHERE doc_id = ? AND run = ?", (doc_id, self._run)
        ).fetchone()
        return bool(found and found[0])

    def put(self, entry: Entry) -> None:
        """Notes a document as done."""
        doc_id, path, content, record, error, again = entry
        values = (doc_id, path, content, self._run, record, error, again)
        self._execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        if self._waiting >= COMMIT_EVERY:
            self.commit()

    def commit(self) -> None:
        """Makes sure of all that was noted."""
        if self._database.in_transaction:
            self._database.execute("COMMIT")
        self._waiting = 0

    def records(self) -> Iterator[str]:
        """The records of this run as JSON, by document id."""
        return (record for (record,) in self._rows("record", "record IS NOT NULL"))

    def failures(self) -> Iterator[Entry]:
        """The documents of this run without a record, by id."""
        return (Entry(*row) for row in self._rows("doc_id, path, content, record, error, again", "error IS NOT NULL"))

    def counts(self, parts: Sequence[str]) -> tuple[int, int, dict[str, int]]:
        """How many records and failures this run has, and how many of each of *parts* the records hold."""
        sums = ", ".join(f"coalesce(sum(json_array_length(record, '$.{part}')), 0)" for part in parts)
        self.commit()
        records, failures, *found = self._database.execute(
            f"SELECT count(record), count(error), {sums} FROM documents WHERE run = ?", (self._run,)
        ).fetchone()
        return records, failures, dict(zip(parts, found, strict=True))

    def _rows(self, columns: str, condition: str) -> Iterator[tuple[Any, ...]]:
        self.commit()
        return self._database.execute(
            f"SELECT {columns} FROM documents WHERE run = ? AND {condition} ORDER BY doc_id", (self._run,)
        )

    def _execute(self, statement: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        try:
            if not self._database.in_transaction:
                self._database.execute("BEGIN")
            self._waiting += 1
            return self._database.execute(statement, values)
        except sqlite3.OperationalError as error:  # the disk is full, or gone
            raise OSError(None, f"{error}; make room and run the same command again", str(self._path)) from None
