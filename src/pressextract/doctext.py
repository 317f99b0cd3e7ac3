"""A spaCy document's text and names, to be put together once: spaCy gathers them anew each time it is asked."""

from typing import NamedTuple

from spacy.tokens import Doc

_KEY = "pressextract_text"


def text_of(doc: Doc) -> str:
    """``doc.text``, kept in ``doc.user_data`` since the first component asked for it."""
    text: str | None = doc.user_data.get(_KEY)
    if text is None:
        text = doc.user_data[_KEY] = doc.text
    return text


class Name(NamedTuple):
    """A name that the NER model found at characters ``[start, end)``; *score* (0 to 1) where it gives one."""

    start: int
    end: int
    label: str
    score: float | None


def names_of(doc: Doc) -> list[Name]:
    """The names in ``doc.ents``, which spaCy gathers from the tokens each time it is asked."""
    return [Name(e.start_char, e.end_char, e.label_, e._.score) for e in doc.ents]
