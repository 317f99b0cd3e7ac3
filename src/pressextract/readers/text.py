"""Plain text of unknown encoding."""

import re

from charset_normalizer import from_bytes

from pressextract.readers import ReadError

_SAMPLE = 200_000  # bytes; enough to tell an encoding by
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive (Word, Excel and OpenDocument files are ZIP archives)",
    b"\xd0\xcf\x11\xe0": "an old Microsoft Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF file",
}
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r\x1a\x1b"))
_UNUSED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_NORWEGIAN = "æøåÆØÅéÉèôòóüöä«»–—“”‘’…•§°½²€ \u00a0\u00ad"


def decode(data: bytes) -> str:
    """Bytes to text: by byte order mark, else UTF-8, else Windows-1252 if that reads as Norwegian, else by a guess.

    Invalid bytes in a text that is UTF-8 for the rest become U+FFFD.

    Raises:
        ReadError: if the bytes are no text.
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    mostly_utf8 = data.decode("utf-8", errors="replace")
    foreign = sum(byte > 127 for byte in data[:_SAMPLE])
    if 4 * data[:_SAMPLE].decode("utf-8", errors="replace").count("\ufffd") < foreign:
        return mostly_utf8
    if not _UNUSED_IN_CP1252.search(data):
        western = data.decode("cp1252")
        letters = [character for character in western[:_SAMPLE] if ord(character) > 127]
        if 10 * sum(character in _NORWEGIAN for character in letters) >= 9 * len(letters):
            return western
    guess = from_bytes(data[:_SAMPLE], steps=5, chunk_size=2048).best()
    return data.decode(guess.encoding if guess else "latin-1", errors="replace")


def _refuse_binary(data: bytes) -> None:
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise ReadError(
                f"is {what}, not plain text; convert it to text, or rename it so that its own reader is used"
            )
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in sample or 10 * controls > len(sample):
        raise ReadError("is a binary file, not text; convert it to text first")
