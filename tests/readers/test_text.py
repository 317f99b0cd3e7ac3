"""Reading plain text: encodings met in Norway, and files that are no text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.readers import ReadError
from pressextract.readers.files import read_file
from pressextract.readers.text import decode

TEXT = "Fylkesrådet gir 2 millioner kroner til Sørøya Næringshage – «ein stor dag», seier ordføraren på Ås.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "melding.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert [source.text for source in read_file(path)] == [TEXT]


@pytest.mark.parametrize("text", ["Blåbærøya får støtte", "Kjære alle på Øvre Årdal", "Ikke noe særskilt her"])
def test_latin_1_is_read_as_norwegian(text: str) -> None:
    assert decode(text.encode("latin-1")) == text


def test_other_encodings_are_guessed() -> None:
    text = "Čáppa beaivi Kárášjogas. Sámediggi juolluda ruđa oahpahussii ja girjjiide. " * 20
    assert decode(text.encode("utf-8")) == text
    assert decode(text.encode("iso8859-10")) != ""


def test_a_broken_byte_does_not_spoil_a_utf_8_text() -> None:
    broken = TEXT.encode() + b"\xe5\xff" + TEXT.encode()
    text = decode(broken)
    assert text.startswith(TEXT) and text.endswith(TEXT)
    assert "\ufffd" in text


def test_one_very_long_line() -> None:
    text = TEXT.rstrip() * 50_000
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xd8\xff\xe0", "is a JPEG picture"),
        (b"{\\rtf1 tekst}", "is an RTF file"),
        (b"\x89PNG\r\n", "is a PNG picture"),
        (b"tekst\x00med nuller", "is a binary file"),
        (bytes(range(1, 9)) * 10, "is a binary file"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "fil.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        list(read_file(path))
    message = str(caught.value)
    assert message.startswith(f"{path}: {reason}")
    assert "\n" not in message


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        list(read_file(tmp_path / "ingen.txt"))
    with pytest.raises(ReadError, match="is a folder"):
        list(read_file(tmp_path))


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ReadError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(text, str)
