"""The report: scores, what confidence is worth, what changed, and each error in its text, on one page."""

from collections.abc import Iterator
from typing import Any

from pressextract.evaluation.errors import Error
from pressextract.evaluation.excerpts import excerpts
from pressextract.evaluation.results import Results
from pressextract.view.page import render

TEXTS = "evaluation/page/messages.json"


def report_page(data: dict[str, Any], results: Results, name: str) -> Iterator[str]:
    """The page, piece by piece.

    Args:
        data: as :func:`pressextract.evaluation.results.summary` makes it of *results*.
        results: the errors, and the texts to show them in.
        name: what the gold is called.
    """
    texts = {m.doc_id: m.text for m in results.marked}
    return render(
        "evaluation/page/report.html.j2",
        ("evaluation/page/report.css", "evaluation/page/report.js"),
        (TEXTS,),
        name=name,
        model=results.model,
        scores={key: value for key, value in data.items() if key != "errors"},
        errors=[_shown(error, texts[error.doc_id]) for error in results.errors],
    )


def _shown(error: Error, text: str) -> dict[str, Any]:
    """An error as the page has it: its excerpts in place of offsets."""
    return {
        "document": error.doc_id,
        "field": error.field,
        "cause": error.cause,
        "gold": error.gold,
        "predicted": error.predicted,
        "confidence": error.confidence,
        "excerpts": excerpts(text, error.gold_places, error.predicted_places),
    }
