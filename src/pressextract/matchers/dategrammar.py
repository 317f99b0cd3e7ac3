"""The grammar of Norwegian dates: one pattern and one reading per way to write a single date."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain

from pressextract.lexicon import load_lexicon
from pressextract.matchers.datereadings import (
    MONTHS,
    RELATIVE,
    Atom,
    read_announced,
    read_day,
    read_distance,
    read_division,
    read_iso,
    read_month,
    read_numeric,
    read_quarter,
    read_relative,
    read_season,
    read_seasons,
    read_week,
    read_years,
)
from pressextract.normalise import lowered

Reading = Callable[[re.Match[str], date | None], Atom | None]

_LEXICON = load_lexicon("dates")


def find_atoms(text: str, published: date | None) -> list[Atom]:
    """Every single date in ``text``, the longest where several start together, in order and not overlapping."""
    words = ((_RULES[word[0]], word.start()) for word in _WORD.finditer(lowered(text)) if word[0] in _RULES)
    numbers = (
        (_RULES[figures], run.start()) for run in _DIGITS.finditer(text) if (figures := "0" * len(run[0])) in _RULES
    )
    found = (
        atom
        for rules, start in chain(words, numbers)
        for pattern, read in rules
        if (match := _compiled(pattern).match(text, start)) and (atom := read(match, published))
    )
    atoms: list[Atom] = []
    for atom in sorted(found, key=lambda atom: (atom.start, -atom.end)):
        if not atoms or atom.start >= atoms[-1].end:
            atoms.append(atom)
    # Only now, so that nothing is left of a 30 February.
    return [atom for atom in atoms if all(point is None or point.exists() for point in (atom.first, atom.last))]


# Patterns. Every repetition is bounded, and a pattern is tried only where its first word stands, so time is linear.

_WORD = re.compile(r"[a-zæøå]++")  # the letters of what begins a date, a cheaper class than that of all letters
_DIGITS = re.compile(r"\d+")
_DAY, _YEAR_FIGURES = ("0", "00"), ("0000",)
"""The first words of what begins with a number of one or two figures, or of four."""


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, with any blanks between their parts."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", _BLANK) for word in ordered) + ")"


_BLANK = r"[^\S\n]{1,3}"
_MONTH = rf"(?P<month>{_any(_LEXICON['months'])}\b|{_any(_LEXICON['month_abbreviations'])}(?:\.|\b))"
_YEAR = (
    r"(?:1\d|20)\d\d(?!\d|[.,]\d"
    rf"|{_BLANK}{_any(_LEXICON['year_context']['counted'])}\b)"
)
_SHIFT = _any(_LEXICON["relative"]["year"])
_OF_YEAR = rf"(?:(?:{_BLANK}|(?<=[a-z]\.))(?:(?P<year>{_YEAR})|(?P<shift>{_SHIFT})\b))?"
_WEEKDAY = _any(_LEXICON["weekdays"])
_DASH = r"[^\S\n]?[–—-][^\S\n]?"
CONNECTOR = rf"(?:{_DASH}|{_BLANK}{_any(_LEXICON['connectors'])}{_BLANK})(?:{_WEEKDAY}{_BLANK})?"
"""Between the two ends of a period."""

AND = rf"{_BLANK}og{_BLANK}(?:{_WEEKDAY}{_BLANK})?"
"""Between two days or months that make a period if they are neighbours or stand behind "mellom"."""

_TO = rf"(?:(?P<to>{CONNECTOR})|{AND})"

# "17. mai-komiteen" and "høst- og vintertilbud" are names; "mai-juni" and "3. mai-5. juni" are periods.
_APART = rf"(?!\w|-(?!\d|{_any(_LEXICON['months'])}\b)\w|-{_BLANK}(?:og|eller)\b)"


def _rules() -> Iterator[tuple[str, Reading, Iterable[str]]]:
    """Patterns with their readings and what they begin with; where two start together the longer wins."""
    season = _any(_LEXICON["seasons"])
    phrases = [*_LEXICON["season_phrases"], *_LEXICON["relative"]["year"], "neste"]
    prepositions = _LEXICON["season_prepositions"]
    ordinal = _any(_LEXICON["ordinals"])
    distance = _LEXICON["distance"]
    two, four = r"\d{1,2}", r"(?:1\d|20)\d\d"
    # Web copies glue dates to the word before them; digits and decimals before one mean another number.
    number = r"(?<!\d[.,:/])"
    dot = r"(?:\.[^\S\n]?|/|-)"
    short_year = r"(?<=[./])\d\d|(?<=/\d-)\d\d|(?<=/\d\d-)\d\d"

    # Not within an address or the name of a file.
    yield r"(?<![\d_/-])((?:1[89]|20)\d\d)-(\d\d)-(\d\d)(?!\d|-\d|\.(?-i:[a-z]))", read_iso, _YEAR_FIGURES
    yield (
        rf"{number}(?:(?P<day1>{two})\.(?:(?P<month1>{two})\.?)?{CONNECTOR})?"
        rf"(?P<day>{two}){dot}(?P<month>{two}){dot}(?P<year>{four}|{short_year})(?!\d|[.,/]\d)",
        read_numeric,
        _DAY,
    )
    yield (
        # "torsdag 12.10" is mostly a time.
        rf"\b(?:{_WEEKDAY}{_BLANK}(?:den{_BLANK})?(?=\d\d?/)|{_any(_LEXICON['announcers'])}:?{_BLANK})"
        rf"(?P<day>{two})[./](?P<month>{two})(?![\d/]|[.,-]\d)",
        read_announced,
        [*_LEXICON["weekdays"], *_LEXICON["announcers"]],
    )
    yield (
        rf"(?:{number}(?<!§)(?:(?P<first>{two})\.?{_TO})?(?P<last>{two})(?:\.[^\S\n]{{0,2}}|{_BLANK})"
        rf"|\b(?P<name>{_any(_LEXICON['day_names'])}){_BLANK}){_MONTH}{_OF_YEAR}{_APART}",
        read_day,
        [*_DAY, *_LEXICON["day_names"]],
    )
    yield rf"\b(?:i{_BLANK})?{_MONTH}{_OF_YEAR}{_APART}", read_month, ["i", *MONTHS]
    yield (
        rf"\b(?:(?:(?P<phrase>{_any(phrases)})|(?P<preposition>{_any(prepositions)})){_BLANK})?"
        rf"(?P<season>{season})\b{_OF_YEAR}(?:(?<=\d)[/–-]\d\d(?!\d))?{_APART}",  # "vinteren 2023/24" is of 2023
        read_season,
        [*phrases, *prepositions, *_LEXICON["seasons"]],
    )
    yield (
        rf"\b(?P<first>{season})(?:/|{_TO})(?P<last>{season}){_BLANK}(?P<year>{_YEAR}){_APART}",
        read_seasons,
        _LEXICON["seasons"],
    )
    yield (
        rf"\b(?:(?P<first>{ordinal}){_TO})?(?P<last>{ordinal})[^\S\n]{{0,2}}"
        rf"(?P<unit>{_any(_LEXICON['divisions'])}){_OF_YEAR}{_APART}",
        read_division,
        [*_DAY, *_LEXICON["ordinals"]],
    )
    yield rf"\bQ(?P<last>[1-4]){_BLANK}(?P<year>{four}){_APART}", read_quarter, ["q"]
    yield (
        rf"\b{_any(_LEXICON['weeks'])}{_BLANK}(?P<first>{two})(?:{_TO}(?P<last>{two}))?"
        rf"(?!\w|[.,:/]\d){_OF_YEAR}{_APART}",
        read_week,
        _LEXICON["weeks"],
    )
    # The other end is only looked at: if the two make no period it may be a year by itself.
    yield (
        rf"(?P<year>{four})(?!\d)(?=(?:(?:(?P<slash>/)|{CONNECTOR})(?P<to>{four}|(?<=\d[/–-])\d\d)(?!\d))?)",
        read_years,
        _YEAR_FIGURES,
    )
    yield rf"\b(?<!den dag )(?:i{_BLANK})?(?P<phrase>{_any(RELATIVE)}){_APART}", read_relative, ["i", *RELATIVE]
    yield (
        rf"\b(?:for|(?P<ahead>om)){_BLANK}(?:(?P<digits>{two})|(?P<number>{_any(distance['numbers'])})){_BLANK}"
        rf"(?P<unit>{_any(distance['units'])})(?(ahead)|{_BLANK}(?:siden|sidan))\b",
        read_distance,
        ["for", "om"],
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern, made when a text first has what it begins with."""
    return re.compile(pattern, re.IGNORECASE)


def _by_opener() -> dict[str, list[tuple[str, Reading]]]:
    """The rules by the first word, in lower case, of what they read."""
    rules: dict[str, list[tuple[str, Reading]]] = {}
    for pattern, read, phrases in _rules():
        for first in {word[0] if (word := _WORD.match(phrase)) else phrase for phrase in phrases}:
            rules.setdefault(first, []).append((pattern, read))
    return rules


_RULES = _by_opener()
