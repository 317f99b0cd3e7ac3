"""Two runs over the same documents."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pressextract.evaluation.comparison import Comparison, compare, read_records
from pressextract.evaluation.gold import Gold, GoldDocument, GoldError
from pressextract.evaluation.scoring import Evaluation, score
from pressextract.records import PressRelease

Make = Callable[..., PressRelease]
TEXT = "Havbanken og Fjordlab"


def document(doc_id: str = "a", text: str = TEXT) -> GoldDocument:
    lists: dict[str, Any] = {name: [] for name in ("people", "roles", "grants", "amounts", "dates")}
    organisations = [{"name": name, "aliases": []} for name in ("Havbanken", "Fjordlab")]
    return GoldDocument(
        doc_id=doc_id, text=text, gold=Gold(language="nb", title=None, organisations=organisations, **lists)
    )


@pytest.fixture
def run(make_record: Make) -> Callable[..., Evaluation]:
    """An evaluation of one document with these organisations in its record."""

    def evaluation(*names: str) -> Evaluation:
        organisations = [{"id": f"o{i}", "name": name} for i, name in enumerate(names)]
        return Evaluation((score(document(), make_record(organisations=organisations)),))

    return evaluation


def changes(comparison: Comparison) -> tuple[list[str], list[str]]:
    better, worse = (
        [f"{c.kind} {c.field} {' '.join(c.item)}" for c in side] for side in (comparison.better, comparison.worse)
    )
    return better, worse


@pytest.mark.parametrize(
    ("before", "after", "better", "worse"),
    [
        pytest.param(["Havbanken"], ["Havbanken"], [], [], id="no change"),
        pytest.param(["Havbanken"], ["Havbanken", "Fjordlab"], ["found organisations Fjordlab"], [], id="one more found"),
        pytest.param(["Havbanken", "Fjordlab"], ["Fjordlab"], [], ["lost organisations Havbanken"], id="one lost"),
        pytest.param(["Nordlab"], [], ["dropped organisations Nordlab"], [], id="a wrong one gone"),
        pytest.param([], ["Nordlab"], [], ["added organisations Nordlab"], id="a wrong one added"),
        pytest.param(["Nordlab", "Havbanken"], ["Havbanken", "Nordlab"], [], [], id="ids make no difference"),
    ],
)  # fmt: skip
def test_what_got_better_and_worse(
    run: Callable[..., Evaluation], before: list[str], after: list[str], better: list[str], worse: list[str]
) -> None:
    assert changes(compare(run(*before), run(*after))) == (better, worse)


def test_differences_of_scores(run: Callable[..., Evaluation]) -> None:
    difference = compare(run("Havbanken"), run("Havbanken", "Fjordlab")).differences["organisations"]
    assert (difference.before, difference.after) == (pytest.approx(2 / 3), 1.0)
    assert difference.interval == pytest.approx((1 / 3, 1 / 3))


def record_of(make_record: Make, doc_id: str, text: str = TEXT) -> PressRelease:
    return make_record(doc_id=doc_id, text_sha256=hashlib.sha256(text.encode()).hexdigest())


@pytest.mark.parametrize("doc_ids", [("a", "b"), ("b", "a"), ("dev/a", "dev/b"), ("dev/a", "a", "b")])
def test_records_belong_to_documents_by_their_ids(tmp_path: Path, make_record: Make, doc_ids: tuple[str, ...]) -> None:
    path = tmp_path / "records.jsonl"
    records = [record_of(make_record, doc_id) for doc_id in doc_ids]
    path.write_text("".join(f"{r.model_dump_json()}\n" for r in records), encoding="utf-8")
    found = read_records(path, [document("a"), document("b")])
    assert [r.doc_id.rpartition("/")[2] for r in found] == ["a", "b"]
    assert found[0].doc_id == ("a" if "a" in doc_ids else "dev/a")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "no record of a; run batch"),
        ("{}", "line 1 is no record"),
        ("other text", "the record of a is of another text"),
    ],
)
def test_records_that_do_not_fit_are_one_line(tmp_path: Path, make_record: Make, line: str, problem: str) -> None:
    path = tmp_path / "records.jsonl"
    line = record_of(make_record, "a", line).model_dump_json() if line == "other text" else line
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(GoldError) as error:
        read_records(path, [document()])
    assert str(error.value).startswith(f"{path}: ")
    assert problem in str(error.value)
