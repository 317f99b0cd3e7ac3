"""What ``pressextract view`` reads: records with their texts, or documents."""

import json
from pathlib import Path
from typing import Any

import pytest
from releases import make_release

from pressextract.records import PressRelease
from pressextract.view.inputs import is_records_file, read_records

TEXTS = {"a": "Siva 🎉 gir.", "b/c": "Halvt emoji: \ud83d", "d": "Kari"}


def records() -> list[PressRelease]:
    role = {"person": "p1", "title": "leder", "evidence": "Kari", "confidence": 0.5}
    people = [{"id": "p1", "name": "Kari"}]
    parts: dict[str, dict[str, Any]] = {"a": {}, "b/c": {}, "d": {"roles": [role], "people": people}}
    return [make_release(text, doc_id=doc_id, **parts[doc_id])[1] for doc_id, text in TEXTS.items()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A batch's output: records, and texts in another order."""
    texts = [json.dumps({"doc_id": doc_id, "text": text}) for doc_id, text in reversed(TEXTS.items())]
    (tmp_path / "texts.jsonl").write_text("\n".join(texts) + "\n", encoding="utf-8")
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{record.model_dump_json()}\n" for record in records()), encoding="utf-8")
    return path


def change(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_records_come_with_their_texts(path: Path) -> None:
    assert list(read_records(path)) == list(zip(TEXTS.values(), records(), strict=True))


def test_roles_and_grants_that_are_less_sure_are_left_out(path: Path) -> None:
    sure = [len(read[1].roles) for read in read_records(path, 0.51) if isinstance(read, tuple)]
    assert sure == [0, 0, 0]
    assert len(list(read_records(path, 0.5))[2][1].roles) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("texts.jsonl", '"d"', '"e"', "texts.jsonl lacks the text of 'd'"),
        ("texts.jsonl", "Kari", "Karl", "texts.jsonl has another text of 'd'"),
        ("records.jsonl", '"confidence":0.5', '"confidence":5', "line 3 is no record (Input should be less than"),
        ("records.jsonl", '"doc_id":"d"', "", "line 3 is no record (Invalid JSON"),
    ],
)
def test_a_record_that_cannot_be_shown_is_one_line_and_the_others_go_on(
    path: Path, file: str, old: str, new: str, problem: str
) -> None:
    change(path.with_name(file), old, new)
    *shown, why = read_records(path)
    assert len(shown) == 2
    assert isinstance(why, str)
    assert why.startswith(f"{path}: {problem}")
    assert why.endswith("run pressextract batch again")
    assert "\n" not in why


def test_records_without_a_file_of_texts_are_refused(path: Path) -> None:
    path.with_name("texts.jsonl").unlink()
    with pytest.raises(ValueError, match=r"texts\.jsonl is not beside it; run pressextract batch again"):
        next(read_records(path))


@pytest.mark.parametrize("line", ["", "no JSON", "[]", '{"doc_id": "a"}', '{"text": "x", "doc_id": 1}'])
def test_a_damaged_file_of_texts_is_named(path: Path, line: str) -> None:
    texts = path.with_name("texts.jsonl")
    texts.write_text(texts.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    if line:
        with pytest.raises(ValueError, match=r"texts\.jsonl: has a line that is no text"):
            next(read_records(path))
    else:
        assert len(list(read_records(path))) == 3


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("records.jsonl", '{"schema_version":"1","doc_id":"a","text_sha256":"0"}\n', True),
        ("any.jsonl", '\n\n{"schema_version":"1","text_sha256":"0"}', True),
        ("texts.jsonl", '{"id":"a","text":"schema_version text_sha256"}\n', False),
        ("list.jsonl", '["schema_version","text_sha256"]\n', False),
        ("broken.jsonl", '{"schema_version', False),
        ("empty.jsonl", "", False),
        ("release.txt", '{"schema_version":"1","text_sha256":"0"}', False),
    ],
)
def test_records_are_told_from_rows_of_texts(tmp_path: Path, name: str, content: str, expected: bool) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert is_records_file(tmp_path / name) is expected


def test_what_is_no_file_holds_no_records(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    assert not is_records_file(tmp_path / "folder.jsonl")
    assert not is_records_file(tmp_path / "missing.jsonl")
