"""What surrounds a date: is this number a year, is "i vår" a season, and which way does the sentence lean?"""

import re
from collections.abc import Callable

from pressextract.lexicon import load_lexicon

_LEXICON = load_lexicon("dates")
_CONTEXT: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _LEXICON["year_context"].items()}
_PAST = frozenset(_LEXICON["tense"]["past"])
_FUTURE = frozenset(_LEXICON["tense"]["future"])
_PAST_ENDINGS = tuple(_LEXICON["tense"]["past_endings"])
_FUTURE_ENDINGS = tuple(_LEXICON["tense"]["future_endings"])
_STATES = frozenset(_LEXICON["tense"]["states"])
_PARTICIPLE = re.compile(r"\w{3,}(?:t|a|teke|ve|dd)")
_VERBLIKE = re.compile(r"\w+(?:(?<!s)te|(?<!en)de|(?<!h)(?<!it)et|er|ar)")

WINDOW = 160
"""Characters on either side of a date that are looked at, at most."""

_WORD = re.compile(r"[^\W\d_][\w.-]*")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w-]*)[.:]?[^\S\n]*([«\"'(]*)$")
_WORD_AFTER = re.compile(r"[^\S\n]*([«\"]?)([^\W\d_][\w-]*)")
_BREAK = re.compile(r"\n|\t|[.!?]\s(?=[\W\d]*[A-ZÆØÅ])|:\s")
_PAPER = re.compile(r"\b(?:" + "|".join(sorted(_CONTEXT["papers"])) + r")\.?\s[^()\n]{0,30}\($", re.IGNORECASE)
_STARTERS = re.compile(r"[\W\d_]*(?:den|" + "|".join(_LEXICON["weekdays"]) + r")?\W*$", re.IGNORECASE)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the digits ``text[start:end]``, a number from 1800 to 2099 or a range of two, are years.

    Not when they touch letters, signs or other digits, count something, number something, or end a name.
    """
    before, after = text[max(0, start - WINDOW) : start], text[end : end + 40]
    if re.search(r"[\w§#@$€£/\\.,:+=©*–—-]$", before) or re.match(r"[\w%/\\@]|[-–—.,:]\w", after):
        return False
    if _PAPER.search(before):
        return False
    following = _WORD_AFTER.match(after)
    next_word = following[2] if following else ""
    if next_word.lower() in _CONTEXT["counted"]:
        return False
    previous = _WORD_BEFORE.search(before)
    word = previous[1].lower() if previous else ""
    if word in _CONTEXT["never"] or word in _CONTEXT["names"]:
        return False
    if word in _CONTEXT["strong"]:
        return True
    if re.search(r"\d[ \u00a0]$", before) or re.match(r"[ \u00a0]\d", after):
        return False
    reads_on = not next_word or next_word.lower() in _CONTEXT["followers"]
    if word in _CONTEXT["weak"]:
        round_number = end - start == 4 and text[end - 2 : end] in {"00", "50"}
        return reads_on or not (round_number or next_word[0].isupper())
    if previous and previous[1][0].isupper() and not _BREAK.search(before[: previous.start()][-3:] or "\n"):
        return False
    return reads_on


def is_season(text: str, end: int) -> bool:
    """Whether "i vår" that ends at ``end`` is the season, not the possessive of a noun behind it."""
    following = _WORD_AFTER.match(text, end, end + 40)
    if following is None or following[1] or following[2][0].isupper():
        return True
    word = following[2]
    known = word in _CONTEXT["followers"] or word in _PAST or word in _FUTURE
    return known or bool(_VERBLIKE.fullmatch(word))


def tense(text: str, start: int, end: int) -> int:
    """Which way the sentence around a date leans: -1 past, 1 future, 0 unknown.

    A verb right behind a date that opens its sentence tells by its ending; else the nearest known verb does.
    """
    before, after = _sentence(text, start, end)
    behind = _WORD_AFTER.match(after)
    if behind and _STARTERS.fullmatch(before) and (lean := _lean(behind[2]) or _verb_ending(behind[2])):
        return lean
    return _lean(_nearest(before, after, lambda word: _lean(word) != 0))


def is_this_day(text: str, start: int, end: int) -> bool:
    """Whether "i dag" is a day ("fikk i dag", "har i dag fått") and not nowadays ("består i dag av")."""
    before, after = _sentence(text, start, end)
    verb = _nearest(before, after, lambda word: word in _STATES or _lean(word) != 0)
    if verb not in _STATES:
        return True
    behind = _WORD_AFTER.match(after)
    return behind is not None and bool(_PARTICIPLE.fullmatch(behind[2]))


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What comes before and behind ``text[start:end]`` in its sentence, as far as the window reaches."""
    before = _BREAK.split(text[max(0, start - WINDOW) : start])[-1]
    return before, _BREAK.split(text[end : end + WINDOW], maxsplit=1)[0]


def _nearest(before: str, after: str, wanted: Callable[[str], bool]) -> str:
    """The wanted word nearest to the date between ``before`` and ``after``, in lower case; empty if there is none."""
    words = [(len(before) - word.end(), word[0].lower().rstrip(".")) for word in _WORD.finditer(before)]
    words += [(word.start(), word[0].lower().rstrip(".")) for word in _WORD.finditer(after)]
    return min(((distance, word) for distance, word in words if wanted(word)), default=(0, ""))[1]


def _lean(word: str) -> int:
    """-1 for a known past form in lower case, 1 for a known present or future one, else 0."""
    if word in _PAST or word.endswith(_PAST_ENDINGS):
        return -1
    return 1 if word in _FUTURE or word.endswith(_FUTURE_ENDINGS) else 0


def _verb_ending(word: str) -> int:
    """The tense of a word known to be a finite verb: weak pasts end in -te, -de, -et or -a, presents in -r or -s(t)."""
    if word.endswith(("te", "de", "et", "a")):
        return -1
    return 1 if word.endswith(("er", "ar", "es", "ast")) else 0
