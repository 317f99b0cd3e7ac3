"""Where given strings stand in a text as whole words: one pass over its words, however many strings there are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

import regex

_RUN = regex.compile(r"\w+|[^\w\s]")


def find_occurrences(
    text: str, forms: Iterable[str], opening: regex.Pattern[str], closing: regex.Pattern[str]
) -> Iterator[tuple[int, str]]:
    """Where some strings stand in a text, in order and apart; of those that begin at one place the longest.

    Args:
        text: the text.
        forms: the strings, none of which begins or ends with a blank.
        opening: what has to match before a string, without taking characters.
        closing: what has to match behind it: it may take a genitive's ending, and must stop where a word ends.
    """
    starting: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        if first := _RUN.match(form):
            starting.setdefault(first.group(), []).append(form)
    free = 0
    for run in _RUN.finditer(text):
        start, word = run.start(), run.group()
        if start < free:
            continue
        genitive_of = starting.get(word[:-1], ())  # "Siva" in "Sivas"
        for form in (*starting.get(word, ()), *genitive_of):
            if not text.startswith(form, start) or not opening.match(text, start):
                continue
            if behind := closing.match(text, start + len(form)):
                yield start, form
                free = behind.end()
                break


def stands_alone(text: str, string: str) -> bool:
    """Whether a string stands in a text with no letter, digit or hyphen on to it."""
    at = text.find(string)
    while at >= 0:
        if _APART_BEFORE.match(text, at) and _APART_BEHIND.match(text, at + len(string)):
            return True
        at = text.find(string, at + 1)
    return False


_APART_BEFORE = regex.compile(r"(?<![\w-])")
_APART_BEHIND = regex.compile(r"(?![\w-])")


def overlapping(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Those of sorted, disjoint *spans* that share a character with ``[start, end)``."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return spans[first : bisect_left(spans, end, key=lambda span: span[0])]
