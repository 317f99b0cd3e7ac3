"""Label Studio: what is imported and exported again is gold, and an export of one's own labels too."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from pressextract.evaluation.formats import read_gold_source
from pressextract.evaluation.formats.label_studio import CONFIG, tasks_of
from pressextract.evaluation.formats.regions import meaning
from pressextract.evaluation.formats.writing import annotated_of
from pressextract.evaluation.gold import GoldError, load_gold
from pressextract.evaluation.scoring import ACCURACIES, FIELDS, score
from pressextract.pipeline import Extractor

CORPUS = Path(__file__).parent.parent.parent.parent / "corpus"
Task = dict[str, Any]


def exported(tasks: list[Task]) -> list[Task]:
    """Tasks as Label Studio exports them when each prediction was submitted as it is."""
    return [
        {
            "id": number,
            "data": task["data"],
            "annotations": [{"id": number, "was_cancelled": False, "result": task["predictions"][0]["result"]}],
            "predictions": [],
        }
        for number, task in enumerate(tasks, 1)
    ]


def write(folder: Path, tasks: Any) -> Path:
    path = folder / "export.json"
    path.write_text(tasks if isinstance(tasks, str) else json.dumps(tasks), encoding="utf-8")
    return path


def test_records_there_and_back_are_right_in_everything(nlp: Extractor, tmp_path: Path) -> None:
    texts = {d.doc_id: d.text for d in load_gold(CORPUS / "dev")[::3]}
    records = [nlp(text, doc_id=doc_id) for doc_id, text in texts.items()]
    tasks = tasks_of([annotated_of(r, texts[r.doc_id]) for r in records], "a model")
    documents = read_gold_source(write(tmp_path, exported(tasks)))
    assert [d.doc_id for d in documents] == list(texts)
    assert documents[0].fields == {*FIELDS, *ACCURACIES}
    for document, record in zip(documents, records, strict=True):
        result = score(document, record)
        assert {f: (r.missed, r.spurious) for f, r in result.fields.items() if r.missed or r.spurious} == {}
        assert {name for name, a in result.accuracies.items() if a.correct < a.total} == set()


def test_what_is_imported_uses_the_labels_and_controls_of_the_configuration(nlp: Extractor, release: str) -> None:
    config = ET.fromstring(CONFIG.read_text(encoding="utf-8"))
    names = {node.get("name") for node in config.iter() if node.get("name")}
    labels = {node.get("value") for node in config.iter("Label")}
    relations = {node.get("value") for node in config.iter("Relation")}
    (task,) = tasks_of([annotated_of(nlp(release, doc_id="a"), release)], "a model")
    result = task["predictions"][0]["result"]
    for item in result:
        if item["type"] == "relation":
            assert set(item["labels"]) <= relations
        else:
            assert item["from_name"] in names and item["to_name"] in names
        if item["type"] == "labels":
            assert set(item["value"]["labels"]) <= labels
            assert release[item["value"]["start"] : item["value"]["end"]] == item["value"]["text"]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", item["id"]) for item in result if "id" in item)
    assert all(meaning("regions", label or "") for label in labels)


def region(ident: str, label: str, start: int, end: int, text: str | None = None) -> Task:
    value: Task = {"start": start, "end": end, "labels": [label]} | ({"text": text} if text else {})
    return {"id": ident, "from_name": "ner", "to_name": "doc", "type": "labels", "value": value}


def relation(source: str, target: str, *labels: str) -> Task:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": list(labels)}


def task(text: str, *result: Task, **more: Any) -> Task:
    return {"id": 7, "data": {"text": text}, "annotations": [{"result": list(result)}]} | more


def test_an_export_with_labels_of_its_own(tmp_path: Path) -> None:
    text = "Ola Berg leder Nordlab"
    result = [region("x", "Person", 0, 8), region("y", "Company", 15, 22), relation("x", "y", "employed_by")]
    (document,) = read_gold_source(write(tmp_path, [task(text, *result)]))
    assert document.doc_id == "7"
    assert [(r.person, r.title, r.organisation) for r in document.gold.roles] == [("Ola Berg", None, "Nordlab")]
    assert document.fields == {"roles"}


def test_an_emoji_moves_no_offsets(tmp_path: Path) -> None:
    text = "🎉🎉 Nordlab"
    (document,) = read_gold_source(write(tmp_path, [task(text, region("x", "ORG", 5, 12, "Nordlab"))]))
    assert document.mentions is not None
    assert [text[m.start : m.end] for m in document.mentions] == ["Nordlab"]


def test_a_note_is_a_norm(tmp_path: Path) -> None:
    noted = region("x", "Amount", 0, 6) | {"meta": {"text": ["5 NOK max"]}}
    (document,) = read_gold_source(write(tmp_path, [task("5 kron og mer", noted)]))
    assert [(a.value, a.modifier) for a in document.gold.amounts] == [(5, "max")]


def test_of_several_annotations_the_ground_truth_counts_and_none_that_was_skipped(tmp_path: Path) -> None:
    def annotation(start: int, **more: Any) -> Task:
        return {"result": [region("x", "ORG", start, start + 4)]} | more

    annotations = [annotation(0, ground_truth=True), annotation(5), annotation(10, was_cancelled=True)]
    path = write(tmp_path, [task("Siva NTNU SINT", annotations=annotations)])
    (document,) = read_gold_source(path)
    assert [m.start for m in document.mentions or ()] == [0]
    annotations[0]["ground_truth"] = False
    (document,) = read_gold_source(write(tmp_path, [task("Siva NTNU SINT", annotations=annotations)]))
    assert [m.start for m in document.mentions or ()] == [5]


def test_two_tasks_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="7: 2 texts of the gold are called so"):
        read_gold_source(write(tmp_path, [task("Siva"), task("NTNU")]))


@pytest.mark.parametrize(
    ("tasks", "problem"),
    [
        ("{", "no gold"),
        ("[]", "not exported by Label Studio"),
        ('{"a": 1}', "not exported by Label Studio"),
        ([{"id": 1, "text": "JSON-MIN"}], "not exported by Label Studio"),
        ([{"id": 1, "data": {"text": "a"}, "predictions": []}], "task 1 has no annotation; submit it"),
        ([{"id": 1, "data": {"image": "a"}, "annotations": [{"result": []}]}], "task 1 has no text"),
        ([task("Siva", {"type": "relation"})], "not exported by Label Studio"),
        ([task("Siva", region("x", "ORG", 0, 4, "NTNU"))], "its text is not what was annotated at 0: 'NTNU'"),
    ],
)
def test_what_can_t_be_used_is_one_line(tmp_path: Path, tasks: Any, problem: str) -> None:
    path = write(tmp_path, tasks)
    with pytest.raises(GoldError) as error:
        read_gold_source(path)
    assert str(error.value).startswith(f"{path}: ")
    assert problem in str(error.value)
    assert "\n" not in str(error.value)
