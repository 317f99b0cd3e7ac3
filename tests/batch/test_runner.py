"""Batches: what they write, what stops one document only, and what a kill leaves."""

import json
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from counting import start

from pressextract.batch.inputs import BatchError
from pressextract.batch.progress import summary_table
from pressextract.batch.runner import Progress, Summary, run_batch
from pressextract.batch.tasks import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Texts in folders, and a file of another kind."""
    source = tmp_path / "in"
    for name in ("b.txt", "a.txt", "2023/mai/a.txt", "2023/å.b.TXT", "bilde.png"):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.stem, encoding="utf-8")
    return source


def run(folder: Path, out: Path, **options: Any) -> tuple[Summary, list[str]]:
    log: list[str] = []
    return run_batch(folder, out, log.append, start=start, timeout=options.pop("timeout", 30), **options), log


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def titles(out: Path) -> dict[str, str]:
    return {r["doc_id"]: r["title"] for r in lines(out / "records.jsonl")}


def test_records_are_in_order_of_their_ids(folder: Path, tmp_path: Path) -> None:
    summary, log = run(folder, tmp_path / "new" / "out")
    assert titles(tmp_path / "new" / "out") == {"2023/mai/a": "a", "2023/å.b": "å.b", "a": "a", "b": "b"}
    assert [r["doc_id"] for r in lines(tmp_path / "new" / "out" / "records.jsonl")] == [
        "2023/mai/a",
        "2023/å.b",
        "a",
        "b",
    ]
    assert (summary.records, summary.failures, summary.found["organisations"], log) == (4, 0, 4, [])


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("krasj", "RuntimeError: midt i teksten"),
        ("heng", "took more than 1 seconds"),
        ("drep", "killed its worker (signal SIGKILL)"),
        ("", "is empty; give a file with text"),
    ],
)
def test_a_document_that_fails_stops_no_other(folder: Path, tmp_path: Path, text: str, error: str) -> None:
    (folder / "c.txt").write_text(text)
    summary, log = run(folder, tmp_path / "out", workers=2, timeout=1)
    message = f"{folder / 'c.txt'}: {error}"
    assert lines(tmp_path / "out" / "failures.jsonl") == [
        {"doc_id": "c", "path": str(folder / "c.txt"), "error": message}
    ]
    assert (log, summary.records, summary.failures) == ([message], 4, 1)


@pytest.mark.parametrize("fault", ["krasj", "heng", "drep"])
def test_a_document_that_fails_once_is_tried_again(folder: Path, tmp_path: Path, fault: str) -> None:
    (folder / "c.txt").write_text(f"{fault} once {tmp_path / 'mark'}")
    summary, log = run(folder, tmp_path / "out", timeout=1)
    assert (summary.records, summary.failures, log) == (5, 0, [])


def test_a_second_run_does_what_is_new_changed_or_failed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (folder / "c.txt").write_text("krasj")
    run(folder, out)
    before = titles(out)
    (folder / "c.txt").write_text("rettet")
    (folder / "b.txt").write_text("endret")
    (folder / "d.txt").write_text("ny")
    (folder / "a.txt").unlink()
    reports: list[Progress] = []
    summary, _ = run(folder, out, report=reports.append)
    assert reports[-1] == Progress(total=5, done=5, failed=0, kept=2)
    changed = before | {"b": "endret", "c": "rettet", "d": "ny"}
    assert titles(out) == {doc_id: title for doc_id, title in changed.items() if doc_id != "a"}
    assert (summary.failures, lines(out / "failures.jsonl")) == (0, [])


@pytest.mark.parametrize(
    "options", [{"fresh": True}, {"settings": Settings(min_confidence=0.5)}], ids=["fresh", "other settings"]
)
def test_all_is_done_again(folder: Path, tmp_path: Path, options: dict[str, Any]) -> None:
    run(folder, tmp_path / "out")
    reports: list[Progress] = []
    run(folder, tmp_path / "out", report=reports.append, **options)
    assert reports[-1] == Progress(total=4, done=4)


def test_the_rows_of_a_file_are_documents(folder: Path, tmp_path: Path) -> None:
    rows = [{"id": "x", "text": "en"}, {"id": "y", "text": "to"}, {"id": "z"}]
    (folder / "mange.jsonl").write_text("\n".join(map(json.dumps, rows)))
    summary, log = run(folder, tmp_path / "out")
    assert {k: v for k, v in titles(tmp_path / "out").items() if "mange" in k} == {"mange/x": "en", "mange/y": "to"}
    assert (summary.failures, len(log)) == (1, 1)


@pytest.mark.parametrize(("name", "problem"), [("missing", "no such folder"), ("", "no documents")])
def test_a_folder_without_documents_is_refused(tmp_path: Path, name: str, problem: str) -> None:
    with pytest.raises(BatchError, match=problem):
        run(tmp_path / name, tmp_path / "out")


def test_rows_of_one_id_are_documents_of_their_own(folder: Path, tmp_path: Path) -> None:
    rows = [{"id": "x", "text": "en"}, {"id": "x", "text": "to"}, {"id": "x~2", "text": "tre"}]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "a").mkdir()
    (folder / "a" / "x.txt").write_text("fire")
    run(folder, tmp_path / "out")
    found = {k: v for k, v in titles(tmp_path / "out").items() if k.startswith("a/")}
    assert found == {"a/x": "fire", "a/x~1": "en", "a/x~2": "to", "a/x~2~3": "tre"}


def test_a_file_with_rows_under_another_name_is_not_cut_to_its_first(folder: Path, tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"text": ["en", "to"]}), folder / "c.txt")
    summary, (line,) = run(folder, tmp_path / "out")
    assert (summary.records, summary.failures) == (4, 1)
    assert line.endswith("c.txt: holds a text in each row; give its name the ending of its format (.jsonl or .parquet)")


def test_the_output_goes_elsewhere_than_the_documents(folder: Path) -> None:
    with pytest.raises(BatchError, match="is the folder that is read; name another --out"):
        run(folder, folder)


def test_two_batches_at_once_into_one_folder(folder: Path, tmp_path: Path) -> None:
    def second(_: Progress) -> None:
        with pytest.raises(BatchError, match="another batch writes here"):
            run(folder, tmp_path / "out")

    assert run(folder, tmp_path / "out", report=second)[0].records == 4


def test_the_summary_has_a_row_for_each_part_of_a_record(folder: Path, tmp_path: Path) -> None:
    table = summary_table(run(folder, tmp_path / "out")[0])
    rows = list(zip(*(column.cells for column in table.columns), strict=True))
    assert rows[0] == ("organisations", "4", "1.0")
    assert [row[0] for row in rows] == ["organisations", "people", "roles", "grants", "amounts", "dates"]
