"""Files of every format, well made and not, to texts."""

import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import docx
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.readers import Columns, Limits, ReadError, Source
from pressextract.readers.files import has_rows, is_readable, read_file, stem

TEXT = "Støtte til Nordvik Havn\nSiva gir 6 millioner kroner over tre år."
PAGE = """<!doctype html><html lang="nb"><head><title>Støtte til Nordvik Havn | Siva</title>
<meta property="article:published_time" content="2023-05-04T10:00:00+02:00"></head><body><nav>Hjem | Om oss</nav>
<article><h1>Støtte til Nordvik Havn</h1><p>Siva gir 6 millioner kroner til Nordvik Havn AS over tre år. Pengene skal
brukes til et testsenter i Florø.</p><p>– Dette er bra, sier daglig leder Kari Nordmann.</p></article>
<footer>Personvern</footer></body></html>"""


def pdf(text: str, encrypted: bool = False) -> bytes:
    """A PDF of one page, written by hand; an encrypted one opens with no password that anybody knows."""
    shown = b" ".join(b"(" + line.encode("cp1252") + b") Tj T*" for line in text.split("\n"))
    content = b"BT /F1 12 Tf 20 350 Td 14 TL " + shown + b" ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    trailer = b"/Size 7 /Root 1 0 R"
    if encrypted:
        keys = b"/O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">"
        parts.append(b"<< /Filter /Standard /V 1 /R 2 " + keys + b" /P -4 >>")
        trailer += b" /Encrypt 6 0 R /ID [<00><00>]"
    file = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table
    return file + table + b"trailer << " + trailer + b" >>\nstartxref\n%d\n%%%%EOF" % len(file)


def word(*paragraphs: tuple[str, str | None]) -> bytes:
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Nordvik", "50 000"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def archive(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return file.getvalue()


def read(tmp_path: Path, name: str, data: bytes, limits: Limits | None = None) -> list[Source]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_file(path, limits))


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", TEXT.encode(), TEXT),
        ("a.txt", TEXT.encode("utf-16"), TEXT),
        ("a.md", TEXT.encode("cp1252"), TEXT),
        ("a.txt.gz", gzip.compress(TEXT.encode()), TEXT),
        ("a.pdf", pdf(TEXT), TEXT),
        ("a.docx", word((TEXT, None), ("Nordvik", "List Bullet")), f"{TEXT}\n\n• Nordvik\n\nNordvik\t50 000"),
        # the content decides where the name is wrong
        ("a.txt", pdf(TEXT), TEXT),
        ("a.pdf", TEXT.encode(), TEXT),
        ("a.html", TEXT.encode(), TEXT),
        ("a.txt", gzip.compress(TEXT.encode()), TEXT),
    ],
)
def test_a_file_is_one_text(tmp_path: Path, name: str, data: bytes, text: str) -> None:
    assert read(tmp_path, name, data) == [Source(text)]


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.html.gz"])
def test_of_a_page_the_main_text_and_its_date(tmp_path: Path, name: str) -> None:
    (source,) = read(tmp_path, name, gzip.compress(PAGE.encode()) if name.endswith("gz") else PAGE.encode())
    assert source.published == date(2023, 5, 4)
    assert source.text.startswith("Støtte til Nordvik Havn")
    assert source.text.count("Støtte til Nordvik Havn") == 1
    assert "daglig leder Kari Nordmann" in source.text
    assert not {"Hjem", "Personvern", "<p>"} & set(source.text.split())


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b" \n", "is empty; give a file with text"),
        ("a.pdf", b"%PDF-1.4\nrubbish", "is a damaged PDF; get it anew"),
        ("a.pdf", pdf(TEXT, encrypted=True), "is a PDF that needs a password; save it without one"),
        ("a.pdf", pdf(""), "is a PDF without text, pictures of pages perhaps; run OCR on it first"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "has no text between its tags; save the page as text, or give the page that it loads"),
        ("a.docx", b"PK\x03\x04xxxx", "is a damaged ZIP or Word file; get it anew"),
        ("a.docx", archive("word/document.xml", b"<w:x"), "is a damaged Word document (KeyError); save it anew"),
        ("a.docx", archive("word/document.xml", b"a" * 3_000), "unpacks to more than 2,000 bytes; check that it is no bomb, or raise --max-unpacked-size"),
        ("a.zip", archive("a.txt", b"x"), "is a ZIP archive, not a document; unpack it and give the folder"),
        ("a.txt.gz", gzip.compress(b"a" * 3_000), "unpacks to more than 2,000 bytes; split it, or raise --max-unpacked-size"),
        ("a.txt.gz", b"\x1f\x8bxxxx", "is a damaged gzip file; get it anew"),
        ("a.html", b"<html>" + b"x" * 20_000, "has 20,006 bytes, more than 20,000; split it, or raise --max-file-size"),
        ("a.txt", b"\x89PNG\r\n", "is a PNG picture, not plain text; convert it to text, or rename it so that its own reader is used"),
        ("a.parquet", b"PAR1xxxx", "is a damaged Parquet file (Parquet magic bytes not found in footer. Either the file is corrupted or this is not a parquet file.); write it anew"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_one_clear_line(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    limit = 2_000 if "unpacks" in reason else 200_000
    with pytest.raises(ReadError) as error:
        read(tmp_path, name, data, Limits(file=20_000 if "20,000" in reason else 50_000, unpacked=limit))
    assert str(error.value) == f"{tmp_path / name}: {reason}"


def test_rows_of_json_lines(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": "En", "published": "2023-05-04"}, {"text": "To"}, {"id": 3, "tekst": "?"}]
    data = "\n".join([*map(json.dumps, rows), "{", json.dumps({"id": 5, "text": "Fem", "published": "i går"})])
    sources = read(tmp_path, "a.jsonl", data.encode())
    assert sources[:2] == [Source("En", date(2023, 5, 4), "x", line=1), Source("To", None, "2", line=2)]
    assert [s.row for s in sources[2:]] == ["3", "4", "5"]
    assert [(s.error or "").partition("; ")[2] for s in sources[2:]] == [
        "name the text's column with --text-column", "mend or remove it", "mend it",
    ]  # fmt: skip


def test_rows_of_utf_16_and_packed_rows_are_read_line_by_line(tmp_path: Path) -> None:
    rows = [{"id": "å", "text": "Én\nto"}, {"id": "", "text": "\ud800"}]
    lines = "\n".join(map(json.dumps, rows)) + "\n"
    expected = [Source("Én\nto", None, "å", line=1), Source("\ufffd", None, "2", line=2)]
    assert read(tmp_path, "a.jsonl", lines.encode("utf-16")) == expected
    assert read(tmp_path, "a.jsonl.gz", gzip.compress(lines.encode())) == expected
    many = json.dumps({"text": "x" * 1_000}) + "\n"
    assert (
        len(read(tmp_path, "a.jsonl", many.encode() * 100, Limits(file=2_000))) == 100
    )  # a row's limit, not the file's
    with pytest.raises(ReadError, match="line 1 is longer than 500"):
        read(tmp_path, "a.jsonl", many.encode(), Limits(file=500))


def test_rows_cut_short_by_a_damaged_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = b"".join(json.dumps({"text": str(n)}).encode() + b"\n" for n in range(20_000))
    path.write_bytes(gzip.compress(lines)[:-20_000])
    sources = read_file(path)
    assert next(sources).text == "0"
    with pytest.raises(ReadError, match=r"a\.jsonl\.gz: is a damaged gzip file; get it anew"):
        list(sources)


def test_rows_of_parquet_under_other_names(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = {"nr": [1, 2], "tekst": ["En", "To"], "dato": [date(2023, 5, 4), None]}
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    columns = Columns(id="nr", text="tekst", published="dato")
    rows = [Source("En", date(2023, 5, 4), "1", line=1), Source("To", None, "2", line=2)]
    assert list(read_file(path, columns=columns)) == rows
    with pytest.raises(ReadError, match="has no column 'text'; name the text's column with --text-column"):
        list(read_file(path))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", ("a", False)), ("a.b.TXT", ("a.b", False)), ("a.html.gz", ("a", False)), ("a.jsonl.gz", ("a", True)),
        ("a.parquet", ("a", True)), ("a.zip", ("a", False)), ("a.png", None), ("a.json", None), ("txt", None),
    ],
)  # fmt: skip
def test_names_of_files(name: str, kind: tuple[str, bool] | None) -> None:
    path = Path(name)
    assert ((stem(path), has_rows(path)) if is_readable(path) else None) == kind


@given(st.binary(max_size=300), st.sampled_from(["txt", "html", "pdf", "docx", "jsonl", "parquet", "txt.gz"]))
def test_any_bytes_are_a_text_or_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"a.{suffix}"
    for start in (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"<html>"):
        path.write_bytes(start + data)
        try:
            list(read_file(path))
        except ReadError as error:
            assert str(error).startswith(f"{path}: ") and "\n" not in str(error)
