"""Documents with their records, on one page."""

from collections.abc import Iterable, Iterator
from typing import Any

from pressextract.view.document import KINDS, summary
from pressextract.view.page import render


def documents_page(documents: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The page of these documents, piece by piece; one is in memory at a time.

    Args:
        documents: as :func:`pressextract.view.document.page_document` makes them; at least one.
    """
    index: list[dict[str, Any]] = []

    def noted() -> Iterator[dict[str, Any]]:
        for document in documents:
            index.append(summary(document))
            yield document

    assets = ("view/view.css", "view/text.js", "view/cards.js", "view/view.js")
    return render("view/view.html.j2", assets, documents=noted(), index=index, kinds=KINDS)
