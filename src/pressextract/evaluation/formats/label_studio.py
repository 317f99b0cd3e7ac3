"""Label Studio's JSON: tasks with annotations as it exports them, tasks with predictions as it imports them.

The labelling configuration (:data:`CONFIG`) and both directions belong together: what is imported with it and exported
again is gold. A region's norm is in the text box "norm" for each region, or in its note.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pressextract.evaluation.formats.regions import Annotated, annotated_text
from pressextract.evaluation.gold import GoldError

CONFIG = files("pressextract.evaluation.formats") / "label_studio.xml"
"""The labelling configuration, to be pasted into a project's settings."""

_SHOWN = {
    "ORG": "Organisation",
    "PER": "Person",
    "TITLE": "Title",
    "GRANT": "Grant",
    "MONEY": "Amount",
    "DATE": "Date",
    "PUBLISHED": "Published",
    "EMAIL": "E-mail",
    "PHONE": "Phone",
    "HEADLINE": "Headline",
}
"""What the configuration calls the labels."""


def read_label_studio(path: Path) -> list[Annotated]:
    """The annotated texts of a file exported as JSON.

    Of several annotations of a task the one marked as ground truth counts, else the last that was not skipped.

    Raises:
        GoldError: if the file is none of Label Studio's, or a task has no annotation or no text.
    """
    try:
        tasks = json.loads(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from None
    except ValueError:
        raise GoldError(f"{path}: no gold (a folder, or a file that Label Studio exported as JSON)") from None
    if not isinstance(tasks, list) or not tasks or not all(isinstance(t, dict) and "data" in t for t in tasks):
        raise GoldError(f"{path}: not exported by Label Studio as JSON (its JSON-MIN leaves out the links)")
    try:
        return [_read(task, f"{path}: task {task.get('id', number)}") for number, task in enumerate(tasks, 1)]
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise GoldError(f"{path}: not exported by Label Studio as JSON ({type(error).__name__}: {error})") from None


def _read(task: Mapping[str, Any], place: str) -> Annotated:
    annotations = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
    if not annotations:
        raise GoldError(f"{place} has no annotation; submit it in Label Studio, then export anew")
    result = next((a for a in annotations if a.get("ground_truth")), annotations[-1])["result"]
    data = task["data"]
    text = data.get("text")
    if not isinstance(text, str):
        raise GoldError(f'{place} has no text in its "text"')
    spans: dict[str, tuple[str, int, int]] = {}
    attributes: dict[str, dict[str, str]] = {}
    links = []
    language = None
    for item in result:
        value = item.get("value", {})
        if item["type"] == "relation":
            links += [(item["from_id"], item["to_id"], label) for label in item.get("labels") or [""]]
        elif "labels" in value:
            start, end = _offsets(text, value, place)
            spans[item["id"]] = (value["labels"][0], start, end)
            if note := " ".join(item.get("meta", {}).get("text", ())):
                attributes.setdefault(item["id"], {}).setdefault("norm", note)
        elif item["type"] in {"textarea", "choices"}:
            said = value.get("text") or value.get("choices") or []
            words = said if isinstance(said, str) else " ".join(said)
            if "start" in value:
                attributes.setdefault(item["id"], {})[item["from_name"]] = words
            elif item["type"] == "choices":
                language = words if words in {"nb", "nn"} else language
    doc_id = str(data.get("doc_id") or data.get("id") or task.get("id") or place)
    return annotated_text(doc_id, text, spans, links, attributes, language)


def _offsets(text: str, value: Mapping[str, Any], place: str) -> tuple[int, int]:
    """A region's start and end in code points; a browser counts UTF-16 units, of which an emoji has two."""
    start, end, quote = value["start"], value["end"], value.get("text")
    if quote is None or text[start:end] == quote:
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    start, end = (len(units[: 2 * n].decode("utf-16-le", "ignore")) for n in (start, end))
    if text[start:end] != quote:
        raise GoldError(f"{place}: its text is not what was annotated at {value['start']}: {quote!r}")
    return start, end


def tasks_of(annotated: Iterable[Annotated], model: str) -> list[dict[str, Any]]:
    """Tasks to import: each text with its regions and links as a prediction.

    Args:
        annotated: the texts.
        model: what the predictions' model is called.
    """
    return [
        {
            "data": {"doc_id": a.doc_id, "text": a.text},
            "predictions": [{"model_version": model, "result": list(_result(a))}],
        }
        for a in annotated
    ]


def _result(annotated: Annotated) -> Iterator[dict[str, Any]]:
    for region, (label, start, end, norm) in annotated.regions.items():
        place = {"id": region, "to_name": "text"}
        extent = {"start": start, "end": end}
        quote = annotated.text[start:end]
        yield {
            **place,
            "from_name": "label",
            "type": "labels",
            "value": {**extent, "text": quote, "labels": [_SHOWN[label]]},
        }
        if norm:
            yield {**place, "from_name": "norm", "type": "textarea", "value": {**extent, "text": [norm]}}
    for source, target, label in annotated.links:
        yield {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [label]}
    if annotated.language:
        choice = {"choices": [annotated.language]}
        yield {"id": "language", "from_name": "language", "to_name": "text", "type": "choices", "value": choice}
