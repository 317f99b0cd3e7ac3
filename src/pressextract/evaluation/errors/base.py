"""An error, and what the modules that look for causes share."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pressextract.evaluation.gold import GoldDocument
from pressextract.evaluation.items import folded
from pressextract.evaluation.scoring import DocumentResult
from pressextract.records import PressRelease, Span

_ID = re.compile(r" \[\w+\]$")

MOST_PLACES = 3
"""So many places show an item that the text has often."""


class Error(NamedTuple):
    """One thing that gold and prediction do not agree on.

    Attributes:
        doc_id: the document.
        field: "organisations", "roles", "grants" …: a part of the records.
        cause: what went wrong, such as "wrong_organisation"; every field has its own.
        gold: the parts of the gold item by name, such as {"person": "Kari Nordmann", …}; null where it has none.
        predicted: those of the predicted item; null where it has none.
        gold_places: where the text has the gold item.
        predicted_places: where the prediction was read.
        confidence: that of the prediction, 0 to 1, where it has one.
    """

    doc_id: str
    field: str
    cause: str
    gold: dict[str, str] | None
    predicted: dict[str, str] | None
    gold_places: tuple[Span, ...] = ()
    predicted_places: tuple[Span, ...] = ()
    confidence: float | None = None


class Case(NamedTuple):
    """A document, its record and their comparison.

    Attributes:
        names: the gold name of each predicted entity by its id, as
            :func:`pressextract.evaluation.items.match_entities` has it.
        strangers: those of ``names`` that are no gold entity's.
    """

    document: GoldDocument
    record: PressRelease
    result: DocumentResult
    names: Mapping[str, str]
    strangers: frozenset[str]

    def speaks_of(self, field: str) -> bool:
        """Whether gold says anything of a field."""
        return field in self.result.fields

    def error(
        self,
        field: str,
        cause: str,
        gold: dict[str, str] | None = None,
        predicted: dict[str, str] | None = None,
        gold_places: Iterable[Span] = (),
        predicted_places: Iterable[Span] = (),
        confidence: float | None = None,
    ) -> Error:
        """An error of this document."""
        shown = tuple(list(places)[:MOST_PLACES] for places in (gold_places, predicted_places))
        return Error(self.document.doc_id, field, cause, gold, predicted, tuple(shown[0]), tuple(shown[1]), confidence)


def plain(name: str) -> str:
    """An item's name without the id that tells strangers apart: "Siva" for "Siva [o3]"."""
    return _ID.sub("", name)


def occurrences(text: str, quotes: Iterable[str]) -> Iterator[Span]:
    """Where a text has any of some quotes, those of the first quote first."""
    for quote in quotes:
        start = text.find(quote) if quote else -1
        while start >= 0:
            yield Span(start=start, end=start + len(quote))
            start = text.find(quote, start + len(quote))


def contains(one: str, other: str) -> bool:
    """Whether one of two texts is part of the other, whatever their case."""
    return folded(one) in folded(other) or folded(other) in folded(one)


def overlap(ones: Iterable[Span], others: Iterable[Span]) -> bool:
    """Whether any of some spans shares a character with any of others."""
    listed = list(others)
    return any(a.start < b.end and b.start < a.end for a in ones for b in listed)
