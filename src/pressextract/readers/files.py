"""A file of any known format to its texts: by content, and by name only where content leaves it open."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pressextract.readers import Columns, Limits, ReadError, Source
from pressextract.readers.text import decode

_TEXT = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson")
SUFFIXES = (*_TEXT, *(f"{suffix}.gz" for suffix in _TEXT), ".pdf", ".docx", ".parquet", ".zip")
"""How the files are called that a folder is searched for; archives are found to be refused by name."""

_HEAD = 2_000
"""So many bytes tell the format."""


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
    size = path.stat().st_size
    if size > limits.file:
        raise ReadError(f"has {size:,} bytes, more than {limits.file:,}; split it, or raise --max-file-size")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    name = path.name.lower()
    if head.startswith(b"PAR1"):
        from pressextract.readers.rows import read_parquet

        yield from read_parquet(path, columns)
        return
    data = path.read_bytes()
    if data.startswith(b"\x1f\x8b"):
        data, name = _unpacked(data, limits.unpacked), name.removesuffix(".gz")
        head = data[:_HEAD]
    yield from _texts(data, head, name, limits, columns)


def _texts(data: bytes, head: bytes, name: str, limits: Limits, columns: Columns) -> Iterator[Source]:
    if b"%PDF-" in head[:1024]:
        from pressextract.readers.pdf import read_pdf

        yield Source(_filled(read_pdf(data)))
    elif head.startswith(b"PK\x03\x04"):
        yield Source(_filled(_zipped(data, limits)))
    elif name.endswith((".jsonl", ".ndjson")):
        from pressextract.readers.rows import read_jsonl

        yield from read_jsonl(data, columns)
    elif _looks_like_html(head) or (name.endswith((".html", ".htm", ".xhtml")) and b"<" in head):
        from pressextract.readers.html import read_html

        yield read_html(decode(data))
    else:
        yield Source(_filled(decode(data)))


def _filled(text: str) -> str:
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise ReadError("is empty; give a file with text")
    return text


def _looks_like_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().replace(b"\0", b"")
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith((b"<?xml", b"<!--")) and b"<html" in start
    )


def _unpacked(data: bytes, limit: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            content = file.read(limit + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise ReadError("is a damaged gzip file; get it anew") from None
    if len(content) > limit:
        raise ReadError(f"unpacks to more than {limit:,} bytes; split it, or raise --max-unpacked-size")
    return content


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
