"""Files to texts, one module a format."""

from datetime import date
from typing import NamedTuple


class ReadError(ValueError):
    """A document that cannot be read; the message is one line that says what to do."""


class Source(NamedTuple):
    """A text as it was read."""

    text: str
    published: date | None = None
    """What the file itself says of when it was published."""
    row: str | None = None
    """The id of a row, where the file holds many texts."""
    error: str | None = None
    """Why a row has no text; the other rows go on."""
    line: int | None = None
    """The row's number in its file, from 1."""


class Limits(NamedTuple):
    """How much is read of one document, in bytes."""

    file: int = 50_000_000
    """A file; of one with a text in each row, which may be of any size, a row."""
    unpacked: int = 200_000_000
    """What a compressed file may unpack to."""


class Columns(NamedTuple):
    """What the columns of files with many texts are called."""

    id: str = "id"
    text: str = "text"
    published: str = "published"
