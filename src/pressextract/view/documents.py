"""Documents with their records, on one page."""

from collections.abc import Iterable, Iterator
from typing import Any

from pressextract.records import PressRelease
from pressextract.view.document import page_document, summary
from pressextract.view.page import render

KINDS = {
    "grants": "evidence",
    "roles": "title",
    "people": "person",
    "organisations": "organisation",
    "amounts": "amount",
    "dates": "date",
}
"""The groups of cards, in the order they stand, and the kind of mark in the text that each belongs to."""


def documents_page(documents: Iterable[tuple[str, PressRelease]]) -> Iterator[str]:
    """The page of these texts and records, piece by piece; one document is in memory at a time.

    Raises:
        ValueError: if a record points outside its text.
    """
    index: list[dict[str, Any]] = []

    def noted() -> Iterator[dict[str, Any]]:
        for text, record in documents:
            document = page_document(record, text)
            index.append(summary(document))
            yield document

    return render(
        "view/view.html.j2", ("view/view.css", "view/view.js"), documents=noted(), index=index, kinds=KINDS
    )
