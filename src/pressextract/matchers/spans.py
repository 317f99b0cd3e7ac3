"""What the matchers find, as spaCy spans."""

from collections.abc import Iterable
from typing import Protocol

from spacy.tokens import Doc, Span


class Match(Protocol):
    """Something found at characters ``[start, end)``."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character behind its last."""


def declare_extension(extension: str) -> None:
    """Declares ``span._.EXTENSION``, unless that has been done."""
    if not Span.has_extension(extension):
        Span.set_extension(extension, default=None)


def store_spans(doc: Doc, group: str, extension: str, matches: Iterable[tuple[str, Match]]) -> Doc:
    """Sets ``doc.spans[group]`` to the matches and returns the same document.

    Args:
        doc: the document whose text was searched.
        group: the name of the span group.
        extension: ``span._.EXTENSION`` keeps the match itself: a token may be wider than it.
        matches: labels and matches, in order.
    """
    spans = []
    for label, match in matches:
        span = doc.char_span(match.start, match.end, label=label, alignment_mode="expand")
        if span is not None:
            span._.set(extension, match)
            spans.append(span)
    doc.spans[group] = spans
    return doc
