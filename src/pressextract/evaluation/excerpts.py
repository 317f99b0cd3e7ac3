"""The lines around some places of a text, in pieces that are marked or not."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pressextract.records import Span

AROUND = 160
"""So many characters before and after a place are shown of a long line."""

MOST = 1_200
"""A place longer than this is cut: an excerpt is to be read at a glance."""


class Piece(NamedTuple):
    """A stretch of text; ``mark`` is "gold", "predicted", "both" or ""."""

    text: str
    mark: str


def excerpts(text: str, gold: Sequence[Span], predicted: Sequence[Span]) -> list[list[Piece]]:
    """The windows around all places, in the order of the text; windows that meet are one.

    Args:
        text: the whole text.
        gold: the places of the gold item.
        predicted: the places of the predicted one.
    """
    windows: list[tuple[int, int]] = []
    for start, end in sorted(_window(text, place) for place in {*gold, *predicted}):
        if windows and start <= windows[-1][1] + 1:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return [_pieces(text, start, end, gold, predicted) for start, end in windows]


def _window(text: str, place: Span) -> tuple[int, int]:
    """The lines that a place is in, or what of them is near it, cut at blanks."""
    end = min(place.end, place.start + MOST)
    line_start = text.rfind("\n", 0, place.start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    near_start, near_end = max(line_start, place.start - AROUND), min(line_end, end + AROUND)
    if near_start > line_start:
        near_start = _after(text, near_start, place.start)
    if near_end < line_end:
        near_end = max(text.rfind(" ", end, near_end), end)
    return near_start, near_end


def _after(text: str, start: int, limit: int) -> int:
    blank = text.find(" ", start, limit)
    return limit if blank < 0 else blank + 1


def _pieces(text: str, start: int, end: int, gold: Iterable[Span], predicted: Iterable[Span]) -> list[Piece]:
    marks: dict[str, list[tuple[int, int]]] = {
        name: [(max(s.start, start), min(s.end, end)) for s in spans if s.start < end and start < s.end]
        for name, spans in (("gold", gold), ("predicted", predicted))
    }
    cuts = sorted({start, end, *(cut for spans in marks.values() for span in spans for cut in span)})
    pieces: list[Piece] = []
    for left, right in pairwise(cuts):
        within = [name for name, spans in marks.items() if any(s <= left and right <= e for s, e in spans)]
        mark = "both" if len(within) == 2 else within[0] if within else ""
        if pieces and pieces[-1].mark == mark:
            pieces[-1] = Piece(pieces[-1].text + text[left:right], mark)
        else:
            pieces.append(Piece(text[left:right], mark))
    return pieces
