import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pressextract.batch.progress import summary_table, track
from pressextract.batch.runner import BatchError, Failure, extract_document, find_texts, run_batch
from pressextract.records import PressRelease

Nlp = Callable[..., PressRelease]


@pytest.fixture
def nlp(make_record: Nlp) -> Nlp:
    """One organisation a document; a text with "krasj" makes it fail."""

    def extract(text: str, published: Any = None, doc_id: str | None = None) -> PressRelease:
        if "krasj" in text:
            raise RuntimeError("midt i\nteksten")
        return make_record(doc_id=doc_id, title=text, organisations=[{"id": "o1", "name": "Fjordlab"}])

    return extract


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five texts in folders and one file of another kind."""
    source = tmp_path / "in"
    for name in ("b.txt", "a.txt", "2023/mai/a.txt", "2023/å.b.TXT", "krasj.txt", "notat.docx"):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.stem, encoding="utf-8")
    return source


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_find_texts_is_recursive_and_sorted(folder: Path) -> None:
    assert [path.relative_to(folder).as_posix() for path in find_texts(folder)] == [
        "2023/mai/a.txt",
        "2023/å.b.TXT",
        "a.txt",
        "b.txt",
        "krasj.txt",
    ]


@pytest.mark.parametrize(("name", "problem"), [("missing", "no such folder"), ("", "no .txt files")])
def test_a_folder_without_texts_is_refused(tmp_path: Path, name: str, problem: str) -> None:
    with pytest.raises(BatchError, match=problem):
        find_texts(tmp_path / name)


def test_a_batch_writes_records_and_failures_and_says_what_it_found(nlp: Nlp, folder: Path, tmp_path: Path) -> None:
    log: list[str] = []
    summary = run_batch(nlp, folder, tmp_path / "new" / "out", log.append)

    records = lines(tmp_path / "new" / "out" / "records.jsonl")
    assert [(r["doc_id"], r["title"]) for r in records] == [
        ("2023/mai/a", "a"),
        ("2023/å.b", "å.b"),
        ("a", "a"),
        ("b", "b"),
    ]
    error = f"{folder / 'krasj.txt'}: RuntimeError: midt i teksten"
    assert lines(tmp_path / "new" / "out" / "failures.jsonl") == [
        {"doc_id": "krasj", "path": str(folder / "krasj.txt"), "error": error}
    ]
    assert log == [error]
    assert (summary.records, summary.failures, summary.found["organisations"]) == (4, 1, 4)


def test_a_second_run_replaces_the_failures_of_the_first(nlp: Nlp, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(nlp, folder, out, str)
    (folder / "krasj.txt").write_text("rettet", encoding="utf-8")
    assert run_batch(nlp, folder, out, str).failures == 0
    assert lines(out / "failures.jsonl") == []
    assert len(lines(out / "records.jsonl")) == 5


def test_an_interrupted_run_leaves_what_was_there(nlp: Nlp, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(nlp, folder, out, str)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def interrupted(text: str, **_: Any) -> PressRelease:
        if text == "b":
            raise KeyboardInterrupt
        return nlp(text, **_)

    with pytest.raises(KeyboardInterrupt):
        run_batch(interrupted, folder, out, str)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize("kind", ["missing", "folder", "dangling link"])
def test_a_document_that_can_not_be_read_is_a_failure_that_names_it(nlp: Nlp, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.txt"
    if kind == "folder":
        path.mkdir()
    elif kind == "dangling link":
        path.symlink_to(tmp_path / "gone")
    failure = extract_document(nlp, path, "x")
    assert isinstance(failure, Failure)
    assert (failure.doc_id, failure.path) == ("x", str(path))
    assert str(path) in failure.error


def test_progress_is_plain_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    texts = [Path(f"{i}.txt") for i in range(25)]
    assert list(track(texts)) == texts
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines()[0] == "2 of 25 documents"
    assert shown.err.splitlines()[-1] == "25 of 25 documents"


def test_the_summary_has_a_row_for_each_part_of_a_record(nlp: Nlp, folder: Path, tmp_path: Path) -> None:
    table = summary_table(run_batch(nlp, folder, tmp_path / "out", str))
    rows = list(zip(*(column.cells for column in table.columns), strict=True))
    assert rows[0] == ("organisations", "4", "1.0")
    assert [row[0] for row in rows] == ["organisations", "people", "roles", "grants", "amounts", "dates"]
