"""Which files of a folder are documents, and what they are called."""

import os
from pathlib import Path
from typing import Any

import pytest

from pressextract.batch.inputs import BatchError, find_inputs


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        (["b.txt", "a.txt", "2023/mai/å.TXT", "bilde.png", "uten"], ["2023/mai/å", "a", "b"]),
        # files that differ in their suffix only: all but the first keep it, whatever sorts between them
        (["a.txt", "a.html", "a.b.txt", "a.jsonl.gz"], ["a", "a.jsonl.gz", "a.txt", "a.b"]),
        # a folder may be called as files are
        (["notat.txt/a.txt", "notat.txt.gz"], ["notat", "notat.txt/a"]),
    ],
)
def test_documents_and_their_ids(tmp_path: Path, files: list[str], ids: list[str]) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = list(find_inputs(tmp_path))
    assert [i.doc_id for i in found] == ids
    assert all(i.path.is_file() for i in found)


def test_names_that_are_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"st\xf8tte.txt")).touch()
    (found,) = find_inputs(tmp_path)
    assert found.doc_id == "st\\xf8tte"
    assert found.path.is_file()


def test_the_output_is_no_input(tmp_path: Path) -> None:
    for name in ("a.txt", "ut/records.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [i.doc_id for i in find_inputs(tmp_path, without=tmp_path / "x" / ".." / "ut")] == ["a"]


def test_a_folder_that_can_not_be_listed_is_an_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "låst").mkdir()
    (tmp_path / "z.txt").touch()
    scandir = os.scandir

    def refusing(path: Path) -> Any:
        if Path(path).name == "låst":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    locked, other = find_inputs(tmp_path)
    assert (locked.doc_id, locked.error) == ("låst", "cannot be listed (Permission denied); check its permissions")
    assert (other.doc_id, other.error) == ("z", None)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no such folder"):
        find_inputs(tmp_path / "ingen")
