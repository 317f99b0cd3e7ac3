"""What the commands that take files share: a file's texts with their records."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressextract.pipeline import Extractor
    from pressextract.records import PressRelease


def extracted(
    nlp: "Extractor", path: Path, published: date | None = None
) -> Iterator["tuple[str, PressRelease] | str"]:
    """Each text in a file with its record, or one line of why there is none; "-" is standard input."""
    from pressextract.readers import Source
    from pressextract.readers.files import read_file

    stdin = path == Path("-")
    try:
        for source in [Source(_read_stdin(path))] if stdin else read_file(path):
            doc_id = "-" if stdin else path.stem if source.row is None else f"{path.stem}/{source.row}"
            if source.error is None:
                yield source.text, nlp(source.text, published=published or source.published, doc_id=doc_id)
            else:
                yield f"{path}: {source.error}"
    except Exception as error:  # one bad document must not stop the others
        kind = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "
        message = " ".join(f"{kind}{error}".split())
        yield message if message.startswith(f"{path}: ") else f"{path}: {message}"


def _read_stdin(path: Path) -> str:
    """The text on standard input; *path* is what errors call it."""
    from pressextract.readers import ReadError
    from pressextract.readers.text import decode

    try:
        text = decode(sys.stdin.buffer.read())
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from None
    if not text.strip():
        raise ReadError(f"{path}: is empty")
    return text
