"""Web pages (extra ``readers``): the main text, with the page's headline, and when it was published."""

from datetime import date
from typing import Any

from pressextract.readers import ReadError, Source

NEAR = 400
"""A headline that stands so many characters into the text is not put before it again."""


def read_html(page: str) -> Source:
    """The main text of a page by trafilatura, its headline first, and the day of publication that its metadata give.

    Raises:
        ReadError: if trafilatura is not installed, or the page has no text.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise ReadError("is a web page; install the reader with: pip install 'pressextract[readers]'") from None
    found: Any = bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True
    )
    text = (found.text or "") if found else ""
    if not found or not text.strip():
        raise ReadError("has no text between its tags; save the page as text, or give the page that it loads")
    if found.title and found.title not in text[:NEAR]:
        text = f"{found.title}\n\n{text}"
    return Source(text, _day(found.date))


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat(stated) if stated else None
    except ValueError:
        return None
