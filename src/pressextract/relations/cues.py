"""Words that tell of money given: verbs, nouns, status and duration, found once a sentence.

All texts here are in lower case (:func:`pressextract.normalise.lowered`): patterns that heed case take a third of the
time of those that do not.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pressextract.lexicon import load_lexicon
from pressextract.records import Status


class Cue(NamedTuple):
    """A word or phrase of the grants lexicon at characters ``[start, end)``.

    ``kind`` is give, get, ask (verbs, by who their subject is), passive (a give verb whose subject receives),
    support, applied (nouns) or against (what is no grant).
    """

    start: int
    end: int
    kind: str


def _any(phrases: Iterable[str]) -> str:
    """A pattern for lexicon phrases: "*" at either end takes any letters, those before it without matching them."""
    whole: list[str] = []
    inner: list[str] = []
    for phrase in sorted(set(phrases), key=len, reverse=True):
        core = re.escape(phrase.strip("*").lower()) + (r"\w*" if phrase.endswith("*") else "")
        (inner if phrase.startswith("*") else whole).append(core)
    alternatives = [rf"(?<!\w)(?:{'|'.join(whole)})"] if whole else []
    alternatives += [rf"(?:{'|'.join(inner)})"] if inner else []
    return rf"(?:{'|'.join(alternatives)})(?!\w)"


@cache
def phrases(*path: str) -> re.Pattern[str]:
    """The compiled pattern of the phrases at *path* in the grants lexicon."""
    entry = load_lexicon("grants")
    for key in path:
        entry = entry[key]
    return re.compile(_any(entry))


_KINDS = (
    ("give", ("verbs", "give")),
    ("get", ("verbs", "get")),
    ("ask", ("verbs", "ask")),
    ("support", ("nouns", "support")),
    ("applied", ("nouns", "applied")),
    ("against", ("nouns", "against")),
)
_PASSIVE_BEFORE = re.compile(r"\b(?:blir|ble|vart|vert|bli|blitt|vorte|er|var|blei|nå|no)(?: \w+){0,2} $")
_PARTICIPLE = re.compile(r"(?:t|d|a|gitt|gjeve)$")


def find_cues(text: str, start: int, end: int) -> list[Cue]:
    """The cues in ``text[start:end]``, in order; of two kinds at one place the first in the lexicon's order."""
    found: dict[int, Cue] = {}
    for kind, path in _KINDS:
        for match in phrases(*path).finditer(text, start, end):
            if not any(c.start < match.end() and match.start() < c.end for c in found.values()):
                found[match.start()] = Cue(match.start(), match.end(), _voice(text, start, match, kind))
    return sorted(found.values())


def _voice(text: str, start: int, match: re.Match[str], kind: str) -> str:
    if kind == "give":
        word = match.group()
        if word.endswith("es") or word.endswith("ast"):
            return "passive"
        if _PARTICIPLE.search(word) and _PASSIVE_BEFORE.search(text[max(start, match.start() - 40) : match.start()]):
            return "passive"
    return kind


@cache
def _intended() -> re.Pattern[str]:
    lexicon = load_lexicon("grants")["status"]["intended"]
    return re.compile(
        rf"\b(?:{'|'.join(lexicon['auxiliaries'])}) (?:\S+ ){{0,5}}?(?:{'|'.join(lexicon['infinitives'])})\b"
    )


def status_of(text: str, start: int, end: int) -> Status:
    """Whether ``text[start:end]`` tells of money awarded, proposed or applied for.

    A decision ("sa ja til", "innvilget") outweighs the words of asking around it; a refusal leaves what was asked for.
    """
    if phrases("status", "requested").search(text, start, end):
        return "proposed"
    if phrases("status", "refused").search(text, start, end):
        return "applied"
    if phrases("status", "decided").search(text, start, end):
        return "awarded"
    if phrases("status", "applied").search(text, start, end):
        return "applied"
    if phrases("status", "proposed").search(text, start, end) or _intended().search(text, start, end):
        return "proposed"
    return "awarded"


@cache
def _duration_pattern() -> re.Pattern[str]:
    lexicon = load_lexicon("grants")["duration"]
    numbers = "|".join(sorted(lexicon["numbers"], key=len, reverse=True))
    units = "|".join(sorted(lexicon["units"], key=len, reverse=True))
    before = "|".join(sorted(lexicon["before"], key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?:{before}) (?:en |ein )?(?P<n>\d{{1,2}}|{numbers}) (?P<u>{units})"
        r"(?:periode|perioden)?(?!\w| siden| sidan| gammel)"
        rf"|(?P<n2>\d{{1,2}}|{numbers})(?:[- ]?(?P<u2>års|måneders)(?:periode|perioden|avtale|prosjekt)?|-?årig\w*)\b)"
    )


class Duration(NamedTuple):
    """An ISO 8601 duration ("over tre år" is "P3Y") at characters ``[start, end)``."""

    start: int
    end: int
    value: str


def find_durations(text: str, start: int, end: int) -> list[Duration]:
    """The durations stated in ``text[start:end]``, in order."""
    lexicon = load_lexicon("grants")["duration"]
    found = []
    for match in _duration_pattern().finditer(text, start, end):
        number = match["n"] or match["n2"]
        unit = lexicon["units"].get(match["u"] or match["u2"] or "år", "Y")
        value = int(number) if number.isdigit() else lexicon["numbers"][number]
        if value:
            found.append(Duration(match.start(), match.end(), f"P{value}{unit}"))
    return found


def duration_of(text: str, start: int, end: int) -> str | None:
    """The first duration stated in ``text[start:end]``, or None."""
    return next((d.value for d in find_durations(text, start, end)), None)
