"""Organisations' names that need no model: their own words give them away, or they are widely known."""

import re
from collections.abc import Iterable
from functools import cache

import regex

from pressextract.cut_names import CAPITALISED
from pressextract.doctext import Name
from pressextract.lexicon import load_lexicon
from pressextract.names import alternatives, body_forms
from pressextract.occurrences import overlapping

_LINK = r"(?:og|i|for|av|på|&|de|van|von|der)"


@cache
def _marked() -> regex.Pattern[str]:
    """Names that their own words give away: legal form, generic opening or ending, government."""
    no_start = alternatives("no_start")
    further = rf"(?: (?:{_LINK} )?{CAPITALISED})"
    return regex.compile(
        rf"(?<![\w@./-])(?:"
        rf"(?P<closed>(?!(?:{no_start}) ){CAPITALISED}{further}{{0,5}}? (?:{alternatives('legal_forms', 'tails')}))"
        rf"|(?P<opened>(?:{alternatives('heads')}) (?:(?:i|for) )?{CAPITALISED}"
        rf"(?: (?:og (?!(?:{alternatives('heads')}) ))?{CAPITALISED}){{0,4}}+)"
        rf"|(?P<ministry>\p{{Lu}}\p{{Ll}}+(?:-,? (?:\p{{Ll}}+-,? )?og \p{{Ll}}+)?departementet)"
        rf"|(?P<body>\p{{Lu}}\p{{Ll}}{{2,}}(?:{alternatives('definite_bodies')}))"
        rf"|(?P<government>(?i:{alternatives('government')}))"
        rf")(?=s?(?![\w-]|\.\w))"
    )


@cache
def _gazetteer() -> re.Pattern[str]:
    """Exact forms of widely known bodies; ``re`` makes so long a pattern in a third of the time of ``regex``."""
    forms = "|".join(map(re.escape, sorted(body_forms(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w@./-])({forms})(?=s?(?![\w@-]|\.\w))")


def _first_letters(forms: Iterable[str]) -> regex.Pattern[str]:
    """Where a capitalised word or one of *forms* begins: the patterns above are tried there only."""
    letters = "".join(sorted({regex.escape(form[0]) for form in forms if not form[0].isupper()}))
    return regex.compile(rf"(?<![\w@./-])[\p{{Lu}}{letters}]")


@cache
def _searches() -> tuple[tuple[re.Pattern[str] | regex.Pattern[str], regex.Pattern[str]], ...]:
    """Each pattern of names, and where it is tried."""
    government = load_lexicon("organisations")["government"]
    return (_marked(), _first_letters(government)), (_gazetteer(), _first_letters(body_forms()))


def self_evident(text: str, names: list[Name]) -> list[tuple[int, int]]:
    """Spans of organisations' names that need no model, unless one cuts through a person's name or adds words to it."""
    people = [(name.start, name.end) for name in names if name.label == "PER"]
    starts = {start for start, _ in people}
    found = []
    for pattern, first_letters in _searches():
        position = 0
        for place in first_letters.finditer(text):
            if place.start() < position or not (match := pattern.match(text, place.start())):
                continue
            start, end = match.span()
            held = overlapping(people, start, end)
            fine = pattern is not _gazetteer() or _GOES_ON.match(text, end) is None or end + 1 in starts
            fine = fine and all(start <= s and e < end and not _LINKED.search(text, e, end) for s, e in held)
            if fine:
                found.append((start, end))
            position = max(start + 1, held[0][1]) if held and not fine else end
    return found


_LINKED = regex.compile(rf" {_LINK} ")
_GOES_ON = regex.compile(r" \p{Lu}\p{Ll}")
"""A known body's name with another capitalised word behind it is the name of something else."""
