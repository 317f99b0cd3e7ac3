"""All that an evaluation finds, as plain data."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from pressextract.evaluation.comparison import compare
from pressextract.evaluation.gold import Gold, GoldDocument
from pressextract.evaluation.report import tables
from pressextract.evaluation.results import Results, judge, summary
from pressextract.records import PressRelease

Make = Callable[..., PressRelease]


def document(doc_id: str, language: str = "nb", **more: Any) -> GoldDocument:
    lists: dict[str, Any] = {name: [] for name in ("people", "roles", "grants", "amounts", "dates")}
    organisations = [{"name": name, "aliases": []} for name in ("Siva", "NTNU")]
    return GoldDocument(
        doc_id=doc_id,
        text="Siva og NTNU",
        gold=Gold(language=language, title=None, organisations=organisations, **lists),
        **more,
    )


@pytest.fixture
def results(make_record: Make) -> Results:
    """Two texts in Bokmål, of whose organisations all and half are found, and one in Nynorsk: none."""

    def record(doc_id: str, language: str, *names: str) -> PressRelease:
        organisations = [
            {"id": f"o{i}", "name": name, "mentions": [{"start": start, "end": start + 4}]}
            for i, (name, start) in enumerate(zip(names, (0, 8), strict=False))
        ]
        return make_record(doc_id=doc_id, language=language, organisations=organisations)

    documents = [document("a"), document("b"), document("c", "nn")]
    return judge(documents, [record("a", "nb", "Siva", "NTNU"), record("b", "nb", "Siva"), record("c", "nn")])


def test_scores_of_all_of_each_variety_and_of_each_document(results: Results) -> None:
    data = summary(results)
    assert (data["documents"], data["unit"], data["model"]) == (3, "documents", "none")
    assert data["fields"]["organisations"]["f1"] == pytest.approx(2 / 3)
    assert {v: of["fields"]["organisations"]["f1"] for v, of in data["varieties"].items()} == {"nb": pytest.approx(6 / 7), "nn": 0}  # fmt: skip
    assert {v: of["documents"] for v, of in data["varieties"].items()} == {"nb": 2, "nn": 1}
    assert [(d["doc_id"], d["fields"]["organisations"]["f1"], d["mentions"]) for d in data["by_document"]] == [
        ("a", 1, 1),
        ("b", pytest.approx(2 / 3), pytest.approx(2 / 3)),
        ("c", 0, 0),
    ]


def test_each_score_has_its_interval(results: Results) -> None:
    data = summary(results)
    low, high = data["intervals"]["organisations"]
    assert low < data["fields"]["organisations"]["f1"] < high
    assert data["intervals"]["language"] == (1, 1)
    assert data["intervals"]["roles"] is None
    low, high = data["mentions"]["ORG"]["strict"]["interval"]
    assert low < data["mentions"]["ORG"]["strict"]["f1"] < high


def test_errors_are_counted_by_field_and_cause(results: Results) -> None:
    data = summary(results)
    assert data["causes"] == {"organisations": {"missed": 3}, "mentions": {"missed": 3}}
    assert [(e["doc_id"], e["field"], e["gold"]) for e in data["errors"] if e["field"] == "organisations"] == [
        ("b", "organisations", {"name": "NTNU"}),
        ("c", "organisations", {"name": "Siva"}),
        ("c", "organisations", {"name": "NTNU"}),
    ]
    assert data["errors"][0]["gold_places"] == [{"start": 8, "end": 12}]


def test_gold_that_says_less_is_scored_in_that(make_record: Make) -> None:
    results = judge([document("a", fields=frozenset({"organisations", "title"}))], [make_record()])
    data = summary(results)
    assert (set(data["fields"]), set(data["accuracies"])) == ({"organisations"}, {"title"})
    assert set(data["intervals"]) == {"organisations", "title"}


def test_it_is_json_and_goes_into_tables(results: Results, make_record: Make) -> None:
    empty = judge([document("a"), document("b"), document("c", "nn")], [make_record()] * 3)
    data = summary(results, compare(empty.evaluation, results.evaluation))
    assert json.loads(json.dumps(data))["against"]["fields"]["organisations"]["before"] == 0
    console = Console(width=80)
    with console.capture() as capture:
        for table in tables(data):
            console.print(table)
    shown = capture.get()
    for line in (
        "3 documents F1 95 % precision recall nb (2) nn (1)",
        "organisations 0.667",
        "missed 3",
        "0.000 0.667 +0.667",
    ):
        assert line in " ".join(shown.split())
    assert "…" not in shown  # nothing is cut at 80 columns
