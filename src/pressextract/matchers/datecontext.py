"""What surrounds a date: is this number a year, is "i vår" a season, and which way does the sentence lean?"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pressextract.lexicon import load_lexicon
from pressextract.normalise import lowered

_LEXICON = load_lexicon("dates")
_CONTEXT: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _LEXICON["year_context"].items()}
_ANNUAL = tuple(_CONTEXT["annual"])
_PAST = frozenset(_LEXICON["tense"]["past"])
_FUTURE = frozenset(_LEXICON["tense"]["future"])
_SUBJECTS = frozenset(_LEXICON["tense"]["subjects"])
_PAST_ENDINGS = tuple(_LEXICON["tense"]["past_endings"])
_FUTURE_ENDINGS = tuple(_LEXICON["tense"]["future_endings"])
_STATES = frozenset(_LEXICON["tense"]["states"])
_ON_THE_DAY = frozenset(_LEXICON["tense"]["on_the_day"])
_LENGTH_WORDS = frozenset(_LEXICON["distance"]["lengths"]["words"])
_LENGTH_NOUNS = tuple(_LEXICON["distance"]["lengths"]["nouns"])
_PARTICIPLE = re.compile(r"\w{3,}(?:t|a|teke|ve|dd)")
_VERBLIKE = re.compile(r"\w+(?:(?<!s)te|(?<!en)de|(?<!h)(?<!it)et|er|ar)")

WINDOW = 100
"""Characters on either side of a date that are looked at, at most."""

_WORD = re.compile(r"[^\W\d_][\w-]*")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w-]*)[.:]?[^\S\n]*([«\"'(]*)$")
_WORD_AFTER = re.compile(r"[^\S\n]*([«\"]?)([^\W\d_][\w-]*)")
_BREAK = re.compile(r"\n|\t|[.!?]\s(?=[\W\d]*[A-ZÆØÅ])|:\s")
_OPENS = re.compile(r"(?:\A|[\n\t.!?:|])[^\w\n]{0,5}\Z")
_TOUCHING = re.compile(r"[\w§#@$€£/\\.,:+=©*–—-]")
_RUNS_ON = re.compile(r"[\w%/\\@]|[-–—.,:]\w|,[-–—]|-\s(?:og|eller|til)\b")
_PART_OF = re.compile(r"\d\s(?:av|[–—-])\s$")
_DIGIT_BEFORE, _DIGIT_AFTER = re.compile(r"\d[ \u00a0]"), re.compile(r"[ \u00a0]\d")
_COORDINATED = re.compile(r"\A\s(?:og|til|eller|[–-])\s\d{4}\b")
# "frå 1890 i 2022 til 2015 i 2023", "1987 året før": a number with a year of its own is none.
_IN_ITS_TIME = re.compile(r"\s(?:i\s(?:fjor\b|år\b|(?:1[89]|20)\d\d)|året\s(?:før|etter))", re.IGNORECASE)
_QUOTES = tuple("«»\"“”'’")
_PAPER = re.compile(r"\b(?:" + "|".join(sorted(_CONTEXT["papers"])) + r")\.?\s[^()\n]{0,30}\($", re.IGNORECASE)
_DEADLINE = re.compile(r"\b(?:" + "|".join(_LEXICON["tense"]["deadlines"]) + r")\s(?:utgangen\sav\s)?\Z", re.IGNORECASE)
_STARTERS = re.compile(r"[\W\d_]*(?:den|" + "|".join(_LEXICON["weekdays"]) + r")?\W*$", re.IGNORECASE)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the digits ``text[start:end]``, a number from 1000 to 2099 or a range of two, are years.

    Not when they touch letters, signs or other digits, count something, number something, or end a name.
    """
    before, after = text[max(0, start - 48) : start], text[end : end + 40]
    if _TOUCHING.match(before[-1:]) or _RUNS_ON.match(after) or _PART_OF.search(before[-5:]):
        return False
    if (before.endswith("(") and _PAPER.search(before)) or (before[-1:] in _QUOTES and after[:1] in _QUOTES):
        return False
    if _IN_ITS_TIME.match(after):
        return False
    after = _COORDINATED.sub("", after)  # what counts the second of two numbers counts the first
    following = _WORD_AFTER.match(after)
    next_word = following[2] if following else ""
    if next_word.lower() in _CONTEXT["counted"]:
        return False
    previous = _WORD_BEFORE.search(before, max(0, before.rstrip().rfind(" ")))
    word = previous[1].lower() if previous else ""
    if word in _CONTEXT["never"] or word in _CONTEXT["names"]:
        return False
    reads_on = not next_word or next_word.lower() in _CONTEXT["followers"]
    round_number = end - start == 4 and text[end - 2 : end] in {"00", "50"}
    if text[start : start + 2] < "18":
        told = word in _CONTEXT["early"] and (reads_on or not round_number)
        return told or (before.endswith("(") and end - start > 4)  # "(1685–1750)" is a life
    if word in _CONTEXT["strong"] or word.endswith(_ANNUAL):
        return True
    if _DIGIT_BEFORE.match(before[-2:]) or _DIGIT_AFTER.match(after) or _IN_ITS_TIME.match(after):
        return False
    if word in _CONTEXT["weak"]:
        return reads_on or not (round_number or next_word[0].isupper())
    # A capital inside a sentence makes a name: "Nor-Shipping 2025", but not "Kari Nordmann (1954–2021)".
    named = previous is not None and previous[1][0].isupper() and not _OPENS.search(before[: previous.start()])
    named = named and not before.endswith("(")
    return reads_on and not named and not (round_number and word)


def is_numbering(text: str, start: int) -> bool:
    """Whether what starts at ``start`` and looks like a date with a two-digit year numbers a section or a version."""
    before = text[max(0, start - 16) : start]
    if before[-1:].isalpha() or before.rstrip().endswith("§"):
        return True
    previous = _WORD_BEFORE.search(before)
    return previous is not None and previous[1].lower() in _CONTEXT["never"]


def takes_a_duration(text: str, start: int) -> bool:
    """Whether the word before "om tre år", which starts at ``start``, makes it how long something lasts."""
    previous = _WORD_BEFORE.search(text[max(0, start - 24) : start])
    word = previous[1].lower() if previous else ""
    return word in _LENGTH_WORDS or word.endswith(_LENGTH_NOUNS)


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

    A verb right behind a date that opens its sentence tells by its ending; else the nearest verb does that is known
    or that follows a subject.
    """
    before, after = _sentence(text, start, end)
    behind = _WORD_AFTER.match(after)
    if behind and _STARTERS.fullmatch(before) and (lean := _verb_lean(behind[2].lower())):
        return lean
    leans = (
        (distance, word, _verb_lean(word) if previous in _SUBJECTS else _lean(word))
        for distance, word, previous in _words(before, after)
    )
    return min((told for told in leans if told[2]), default=(0, "", 0))[2]


def is_deadline(text: str, start: int) -> bool:
    """Whether something is to be done before the date that starts at ``start`` ("innen 1. juli")."""
    return _DEADLINE.search(text, max(0, start - 24), start) is not None


def is_this_day(text: str, start: int, end: int) -> bool:
    """Whether "i dag" is a day ("fikk i dag", "har i dag fått") and not nowadays ("består i dag av")."""
    before, after = _sentence(text, start, end)
    if _ON_THE_DAY.intersection(before.lower().split()[-1:]):
        return True
    for _, word, _ in sorted(_words(before, after)):
        if word in _STATES:
            behind = _WORD_AFTER.match(after)
            return behind is not None and bool(_PARTICIPLE.fullmatch(behind[2]))
        if _lean(word):
            return True
    return True


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What comes before and behind ``text[start:end]`` in its sentence, as far as the window reaches."""
    before = _BREAK.split(text[max(0, start - WINDOW) : start].rstrip(": \u00a0"))[-1]  # "Neste frist: 15. februar"
    return before, _BREAK.split(text[end : end + WINDOW], maxsplit=1)[0]


def _words(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """The words around a date: distance, more outside its own clause; word in lower case; the word before."""
    first, last = before.rfind(","), after.find(",") % (WINDOW + 1)
    for side in (before, after):
        previous = ""
        for found in _WORD.finditer(lowered(side)):
            start, end = found.span()
            distance = len(before) - end if side is before else start
            outside = start < first if side is before else start > last
            yield distance + WINDOW * outside, found[0], previous
            previous = found[0]


@lru_cache(maxsize=10_000)
def _lean(word: str) -> int:
    """-1 for a known past form in lower case, 1 for a known present or future one, else 0."""
    if word in _PAST or word.endswith(_PAST_ENDINGS):
        return -1
    return 1 if word in _FUTURE or word.endswith(_FUTURE_ENDINGS) else 0


def _verb_lean(word: str) -> int:
    """As :func:`_lean`, of a word whose place makes it a verb: -te, -de, -et and -a are past, -r and -s(t) present."""
    if (lean := _lean(word)) or word in _STATES or len(word) < 5:
        return lean
    return -1 if word.endswith(("te", "de", "et", "a")) else int(word.endswith(("er", "ar", "es", "ast")))
