"""A text as a row of symbols: words, and one mark for each name, title and sum."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

from pressextract.lexicon import word_set
from pressextract.relations.places import Place

PERSON, ORGANISATION, ANAPHOR, TITLE, SUM, NUMBER, LINE, CELL, OTHER = "P", "O", "A", "T", "M", "#", "¶", "|", "w"

_WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'’.-]*+|\d[\d.,: ]*+|\n+|\t| [|/·](?= )|[^\w\s]")
_MARKS = {"\n": LINE, "\t": CELL, " ": CELL}


@lru_cache(maxsize=50_000)
def _symbol(word: str) -> str:
    """The symbol of a word, number or mark: the same string each time, which keeps long texts small."""
    return NUMBER if word[0].isdigit() else _MARKS.get(word[0]) or word.lower().rstrip(".") or "."


class Symbols:
    """The symbols of a text in order.

    A name, title or sum is one symbol (``P``, ``O``, ``A`` for a noun that refers back, ``T``, ``M``), so is a number
    (``#``), a line's end (``¶``) and what parts the cells of a table (``|``); the rest are lower-case words and
    punctuation marks.

    Args:
        text: the document's text.
        marked: places with their symbols; of two that overlap the first given counts.
    """

    def __init__(self, text: str, marked: Iterable[tuple[Place, str]]) -> None:
        self._starts = array("l")
        self._ends = array("l")
        self._symbols: list[str] = []
        done = 0
        for (start, end), symbol in sorted(marked, key=lambda m: m[0][0]):
            if start >= done:
                self._read(text, done, start)
                self._add(start, end, symbol)
                done = end
        self._read(text, done, len(text))

    def _read(self, text: str, start: int, end: int) -> None:
        for match in _WORD.finditer(text, start, end):
            self._add(match.start(), match.end(), _symbol(match.group()))

    def _add(self, start: int, end: int, symbol: str) -> None:
        self._starts.append(start)
        self._ends.append(end)
        self._symbols.append(symbol)

    def between(self, start: int, end: int) -> Sequence[str]:
        """The symbols that lie in characters ``[start, end)``."""
        return self._symbols[bisect_left(self._starts, start) : bisect_right(self._ends, end)]

    def before(self, position: int, count: int) -> list[str]:
        """The *count* symbols that end at or before *position*, the last one first, "^" beyond the text."""
        end = bisect_right(self._ends, position)
        return [self._symbols[end - 1 - i] if end > i else "^" for i in range(count)]

    def after(self, position: int, count: int) -> list[str]:
        """The *count* symbols that start at or after *position*, "$" beyond the text."""
        start = bisect_left(self._starts, position)
        return [*self._symbols[start : start + count], *["$"] * count][:count]


def shape(symbols: Sequence[str]) -> str:
    """Symbols with all words but grammatical ones as ``w``, repeats of it as one: ", w i O og w"."""
    grammatical = word_set("relations", "grammatical")
    kept: list[str] = []
    for symbol in symbols:
        plain = symbol if not symbol[0].islower() or symbol in grammatical else OTHER
        if plain != OTHER or not kept or kept[-1] != OTHER:
            kept.append(plain)
    return " ".join(kept)


def bucket(number: int) -> str:
    """A count in steps that widen: 0, 1, 2, 3, 4-5, 6-9, 10-19, 20-49, 50 and more."""
    return next((name for limit, name in _BUCKETS if number <= limit), "50+")


_BUCKETS = ((0, "0"), (1, "1"), (2, "2"), (3, "3"), (5, "5"), (9, "9"), (19, "19"), (49, "49"))
