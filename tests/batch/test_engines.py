"""Records depend on the texts alone: not on order, workers, files or sinks. (``tests/test_ray.py``: nor on the engine.)"""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_sinks import read_back

from pressextract.batch.runner import run_batch
from pressextract.batch.sinks import SINKS
from pressextract.pipeline import Extractor
from pressextract.records import PressRelease

CORPUS = Path(__file__).parents[2] / "corpus"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("dev/d[ab]0[1-3].txt"))]


@pytest.fixture(scope="module")
def expected(nlp: Extractor) -> dict[str, PressRelease]:
    """The record of each text by itself."""
    return {text: nlp(text) for text in TEXTS}


@given(
    order=st.permutations(TEXTS),
    in_rows=st.integers(0, len(TEXTS)),
    workers=st.integers(1, 3),
    name=st.sampled_from(list(SINKS)),
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_records_are_those_of_each_text_alone(
    tmp_path_factory: pytest.TempPathFactory,
    expected: dict[str, PressRelease],
    order: list[str],
    in_rows: int,
    workers: int,
    name: str,
) -> None:
    folder, out = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    rows = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(order[:in_rows])]
    (folder / "rader.jsonl").write_text("\n".join(rows), encoding="utf-8")
    for number, text in enumerate(order[in_rows:]):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    run_batch(folder, out, print, workers=workers, format=name)
    found = list(read_back(out, name))
    assert sorted(text or "" for _, text in found) == sorted(TEXTS)
    for record, text in found:
        assert record == expected[text or ""].model_copy(update={"doc_id": record.doc_id})
