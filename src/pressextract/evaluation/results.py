"""All that an evaluation finds, as plain data: what ``--json`` prints, and what the report and the tables show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pressextract.evaluation.bootstrap import Parts, f1_intervals
from pressextract.evaluation.calibration import reliability
from pressextract.evaluation.comparison import Comparison
from pressextract.evaluation.errors import Error, find_errors, mention_errors
from pressextract.evaluation.gold import GoldDocument
from pressextract.evaluation.ner import SCHEMES, Marked, MentionCounts, labels_of, mark, mention_counts
from pressextract.evaluation.scoring import JUDGED, DocumentResult, Evaluation, score
from pressextract.records import PressRelease

_MentionScores = dict[str, dict[str, MentionCounts]]
_ERROR_FIELDS = ("title", "published", "language", "organisations", "people", "contacts", "roles", "grants", "amounts")
"""The order that errors are shown in; dates and mentions come last."""


class Results(NamedTuple):
    """An evaluation, the mentions of its texts, and its errors.

    Attributes:
        evaluation: the comparison of each document; of none where gold has names alone.
        marked: each text with its mentions.
        errors: in the order of the documents.
        model: what the model is called.
        unit: what is resampled: "documents" or "sentences".
    """

    evaluation: Evaluation
    marked: tuple[Marked, ...]
    errors: tuple[Error, ...]
    model: str
    unit: str = "documents"


def judge(documents: Sequence[GoldDocument], records: Sequence[PressRelease]) -> Results:
    """Compares the record of each document with its gold.

    Args:
        documents: the gold.
        records: what was extracted from each, in the same order; at least one.
    """
    results = [score(d, r) for d, r in zip(documents, records, strict=True)]
    marked = tuple(mark(d, r) for d, r in zip(documents, records, strict=True))
    labels = labels_of(marked)
    errors = [
        error
        for document, record, result, names in zip(documents, records, results, marked, strict=True)
        for error in (*find_errors(document, record, result), *mention_errors(names, labels))
    ]
    return Results(Evaluation(tuple(results)), marked, tuple(errors), records[0].pipeline.model)


def judge_names(sentences: Sequence[Marked], model: str) -> Results:
    """Compares the names that a model found in sentences with gold's."""
    labels = labels_of(sentences)
    errors = tuple(error for sentence in sentences for error in mention_errors(sentence, labels))
    return Results(Evaluation(()), tuple(sentences), errors, model, "sentences")


def summary(results: Results, comparison: Comparison | None = None) -> dict[str, Any]:
    """The scores with their intervals: of all documents, of each variety, of each document; the errors by cause.

    Args:
        results: of this run.
        comparison: with the run that it is compared with.
    """
    labels = labels_of(results.marked)
    mentions = {m.doc_id: mention_counts(m, labels) for m in results.marked} if labels else {}
    languages = {m.doc_id: m.language for m in results.marked}
    data = _scores(results.evaluation.documents, list(mentions.values()), len(results.marked))
    data |= {"unit": results.unit, "model": results.model}
    data["calibration_error"] = results.evaluation.summary()["calibration_error"]
    data["reliability"] = {
        name: [b._asdict() for b in reliability(results.evaluation.confidences(*fields))]
        for name, fields in JUDGED.items()
    }
    data["varieties"] = {}
    for language in sorted(set(languages.values())):
        own = [d for d in results.evaluation.documents if languages[d.doc_id] == language]
        found = [m for doc_id, m in mentions.items() if languages[doc_id] == language]
        data["varieties"][language] = _scores(own, found, list(languages.values()).count(language))
    data["by_document"] = [_document(d, mentions.get(d.doc_id)) for d in results.evaluation.documents]
    data["errors"] = [_error(error) for error in results.errors]
    data["causes"] = causes(results.errors)
    if comparison is not None:
        data["against"] = {
            "fields": {field: d._asdict() for field, d in comparison.differences.items()},
            **{side: [c._asdict() for c in getattr(comparison, side)] for side in ("better", "worse")},
        }
    return data


def causes(errors: Sequence[Error]) -> dict[str, dict[str, int]]:
    """How many errors each field has of each cause, the most frequent first."""
    counts = Counter((e.field, e.cause) for e in errors)
    fields = [*_ERROR_FIELDS, "dates", "mentions"]
    return {
        field: {cause: n for (of, cause), n in counts.most_common() if of == field}
        for field in fields
        if any(of == field for of, _ in counts)
    }


def _scores(documents: Sequence[DocumentResult], mentions: Sequence[_MentionScores], count: int) -> dict[str, Any]:
    """The scores of some documents together."""
    evaluation = Evaluation(tuple(documents))
    scores = {k: v for k, v in evaluation.summary().items() if k in {"fields", "accuracies"}}
    parts: dict[str, list[Parts]] = {f: [d.fields[f].counts.parts for d in documents] for f in evaluation.fields}
    parts |= {a: [d.accuracies[a].parts for d in documents] for a in evaluation.accuracies}
    return {"documents": count, **scores, "intervals": f1_intervals(parts), "mentions": _mention_scores(mentions)}


def _mention_scores(mentions: Sequence[_MentionScores]) -> dict[str, Any]:
    """Of each label, by each of nervaluate's ways to count: precision, recall, F1, its interval, the counts."""
    labels = list(mentions[0]) if mentions else []
    counts = {(label, scheme): [m[label][scheme] for m in mentions] for label in labels for scheme in SCHEMES}
    intervals = f1_intervals({key: [c.parts for c in of] for key, of in counts.items()})
    return {
        label: {s: _mention_score(counts[label, s]) | {"interval": intervals[label, s]} for s in SCHEMES}
        for label in labels
    }


def _mention_score(counts: Sequence[MentionCounts]) -> dict[str, Any]:
    total = MentionCounts(*(sum(column) for column in zip(*counts, strict=True)))
    right, predicted, expected = total.parts
    return {
        "precision": right / predicted if predicted else None,
        "recall": right / expected if expected else None,
        "f1": total.f1,
        **total._asdict(),
    }


def _document(result: DocumentResult, mentions: _MentionScores | None) -> dict[str, Any]:
    fields: dict[str, Mapping[str, Any]] = {
        field: {"f1": r.counts.f1, **r.counts._asdict()} for field, r in result.fields.items()
    }
    return {
        "doc_id": result.doc_id,
        "language": result.language,
        "fields": fields,
        "accuracies": {name: accuracy.share for name, accuracy in result.accuracies.items()},
        "mentions": mentions["all"]["strict"].f1 if mentions else None,
    }


def _error(error: Error) -> dict[str, Any]:
    places = ("gold_places", "predicted_places")
    return error._asdict() | {p: [s.model_dump() for s in getattr(error, p)] for p in places}
