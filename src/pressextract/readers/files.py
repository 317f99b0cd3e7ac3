"""A file of any known format to its texts: by content, and by name only where content leaves it open."""

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from pressextract.readers import Columns, Limits, ReadError, Source
from pressextract.readers.text import decode

_TEXT = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson")
SUFFIXES = (*_TEXT, *(f"{suffix}.gz" for suffix in _TEXT), ".pdf", ".docx", ".parquet", ".zip")
"""How the files are called that a folder is searched for; archives are found to be refused by name."""

_HEAD = 2_000
"""So many bytes tell the format."""

_CHUNK = 1_000_000
_GZIP = b"\x1f\x8b"


def is_readable(path: Path) -> bool:
    """Whether a file's name is one of a format that is read."""
    return path.name.lower().endswith(SUFFIXES)


def stem(path: Path) -> str:
    """The name of a readable file without its suffix, or suffixes: "a" for "a.txt.gz"."""
    longest = max((s for s in SUFFIXES if path.name.lower().endswith(s)), key=len)
    return path.name[: -len(longest)] or path.name


def read_file(path: Path, limits: Limits | None = None, columns: Columns | None = None) -> Iterator[Source]:
    """The texts of a file: one, or one a row.

    Args:
        path: the file.
        limits: how much may be read of it.
        columns: what its columns are called where it has rows.

    Raises:
        ReadError: if it cannot be read; the message names the file and says what to do.
    """
    limits, columns = limits or Limits(), columns or Columns()
    try:
        yield from _sources(path, limits, columns)
    except ReadError as error:
        raise ReadError(str(error) if str(error).startswith(str(path)) else f"{path}: {error}") from None
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file; check the path") from None
    except IsADirectoryError:
        raise ReadError(f"{path}: is a folder; give a file, or use the batch command for folders") from None
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from None


def _sources(path: Path, limits: Limits, columns: Columns) -> Iterator[Source]:
    if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
        raise ReadError("is no regular file; give a file, or - for standard input")
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0)
        if head.startswith(b"PAR1"):
            from pressextract.readers.rows import read_parquet

            yield from read_parquet(path, columns)
            return
        try:
            yield from _texts(_unpacked(file, head), path, limits, columns)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise ReadError("is a damaged gzip file; get it anew") from None


def _unpacked(file: BinaryIO, head: bytes) -> BinaryIO:
    """A file's content: what it unpacks to where it is gzipped."""
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if head.startswith(_GZIP) else file


def _texts(file: BinaryIO, path: Path, limits: Limits, columns: Columns) -> Iterator[Source]:
    """The texts of a file that is no Parquet."""
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson")) and not _is_document(file):
        from pressextract.readers.rows import read_jsonl

        yield from read_jsonl(file, columns, limits.file)
        return
    data = _read(file, path, limits)
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        from pressextract.readers.pdf import read_pdf

        yield Source(_filled(read_pdf(data)))
    elif head.startswith(b"PK\x03\x04"):
        yield Source(_filled(_zipped(data, limits)))
    elif _looks_like_html(head) or (name.endswith((".html", ".htm", ".xhtml")) and b"<" in head):
        from pressextract.readers.html import read_html

        yield read_html(decode(data))
    else:
        yield Source(_filled(decode(data)))


def _is_document(file: BinaryIO) -> bool:
    """Whether a file with a name for rows is a document of another kind."""
    head = file.read(_HEAD)
    file.seek(0)
    return head.startswith((b"%PDF-", b"PK\x03\x04")) or _looks_like_html(head)


def _read(file: BinaryIO, path: Path, limits: Limits) -> bytes:
    """A whole file, if it is not too large."""
    size = path.stat().st_size
    if size > limits.file:
        raise ReadError(f"has {size:,} bytes, more than {limits.file:,}; split it, or raise --max-file-size")
    data = file.read(limits.unpacked + 1 if isinstance(file, gzip.GzipFile) else -1)
    if isinstance(file, gzip.GzipFile) and len(data) > limits.unpacked:
        raise ReadError(f"unpacks to more than {limits.unpacked:,} bytes; split it, or raise --max-unpacked-size")
    return data


def _filled(text: str) -> str:
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise ReadError("is empty; give a file with text")
    return text


def _looks_like_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().replace(b"\0", b"")
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith((b"<?xml", b"<!--")) and b"<html" in start
    )


def _zipped(data: bytes, limits: Limits) -> str:
    """The text of a Word document; other archives are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {member.filename for member in archive.infolist()}
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise ReadError("is a damaged ZIP or Word file; get it anew") from None
    if "word/document.xml" not in names:
        raise ReadError("is a ZIP archive, not a document; unpack it and give the folder")
    if size > limits.unpacked:
        raise ReadError(
            f"unpacks to more than {limits.unpacked:,} bytes; check that it is no bomb, or raise --max-unpacked-size"
        )
    from pressextract.readers.docx import read_docx

    return read_docx(data)


def has_rows(path: Path) -> bool:
    """Whether a file holds a text in each row, by its name."""
    return path.name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson", ".parquet"))


def count_documents(path: Path) -> int:
    """How many texts a file holds, told without reading them as such: for progress, not exact where lines are blank."""
    if not has_rows(path):
        return 1
    try:
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(0)
            if head == b"PAR1":
                import pyarrow.parquet

                return int(pyarrow.parquet.read_metadata(path).num_rows)
            plain = _unpacked(file, head)
            return sum(chunk.count(b"\n") for chunk in iter(lambda: plain.read(_CHUNK), b"")) or 1
    except (OSError, EOFError, zlib.error, ImportError, ValueError):
        return 1  # what is wrong with it is told when it is read
