"""The text of a spaCy document, put together once: ``doc.text`` joins all its tokens anew each time."""

from spacy.tokens import Doc

_KEY = "pressextract_text"


def text_of(doc: Doc) -> str:
    """``doc.text``, kept in ``doc.user_data`` since the first component asked for it."""
    text: str | None = doc.user_data.get(_KEY)
    if text is None:
        text = doc.user_data[_KEY] = doc.text
    return text
