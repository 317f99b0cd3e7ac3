"""What surrounds a date: is this number a year, is "i vår" a season, and which way does the sentence lean?"""

import re

from pressextract.lexicon import load_lexicon

_LEXICON = load_lexicon("dates")
_CONTEXT: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _LEXICON["year_context"].items()}
_PAST = frozenset(_LEXICON["tense"]["past"])
_FUTURE = frozenset(_LEXICON["tense"]["future"])
_SUBJECTS = frozenset(_LEXICON["tense"]["subjects"])
_PAST_ENDINGS = tuple(_LEXICON["tense"]["past_endings"])
_FUTURE_ENDINGS = tuple(_LEXICON["tense"]["future_endings"])
_STATES = frozenset(_LEXICON["tense"]["states"])
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
_PAPER = re.compile(r"\b(?:" + "|".join(sorted(_CONTEXT["papers"])) + r")\.?\s[^()\n]{0,30}\($", re.IGNORECASE)
_STARTERS = re.compile(r"[\W\d_]*(?:den|" + "|".join(_LEXICON["weekdays"]) + r")?\W*$", re.IGNORECASE)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the digits ``text[start:end]``, a number from 1800 to 2099 or a range of two, are years.

    Not when they touch letters, signs or other digits, count something, number something, or end a name.
    """
    before, after = text[max(0, start - 48) : start], text[end : end + 40]
    if _TOUCHING.match(before[-1:]) or re.match(r"[\w%/\\@]|[-–—.,:]\w", after):
        return False
    if before.endswith("(") and _PAPER.search(before):
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
    if re.match(r"\d[ \u00a0]", before[-2:]) or re.match(r"[ \u00a0]\d", after):
        return False
    reads_on = not next_word or next_word.lower() in _CONTEXT["followers"]
    if word in _CONTEXT["weak"]:
        round_number = end - start == 4 and text[end - 2 : end] in {"00", "50"}
        return reads_on or not (round_number or next_word[0].isupper())
    # A capital inside a sentence makes a name: "Nor-Shipping 2025".
    named = previous is not None and previous[1][0].isupper() and not _OPENS.search(before[: previous.start()])
    return reads_on and not named


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
    words = _words(before, after)
    leans = (_verb_lean(word) if previous in _SUBJECTS else _lean(word) for _, word, previous in words)
    return next((lean for lean in leans if lean), 0)


def is_this_day(text: str, start: int, end: int) -> bool:
    """Whether "i dag" is a day ("fikk i dag", "har i dag fått") and not nowadays ("består i dag av")."""
    before, after = _sentence(text, start, end)
    for _, word, _ in _words(before, after):
        if _lean(word):
            return True
        if word in _STATES:
            behind = _WORD_AFTER.match(after)
            return behind is not None and bool(_PARTICIPLE.fullmatch(behind[2]))
    return True


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What comes before and behind ``text[start:end]`` in its sentence, as far as the window reaches."""
    before = _BREAK.split(text[max(0, start - WINDOW) : start])[-1]
    return before, _BREAK.split(text[end : end + WINDOW], maxsplit=1)[0]


def _words(before: str, after: str) -> list[tuple[int, str, str]]:
    """The words around a date, nearest first: distance in characters, word in lower case, the word before it."""
    words = []
    for side in (before, after):
        previous = ""
        for found in _WORD.finditer(side):
            word = found[0].lower()
            words.append((len(before) - found.end() if side is before else found.start(), word, previous))
            previous = word
    return sorted(words)


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
