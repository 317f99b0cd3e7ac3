"""The day a text was published: "Publisert 3.2.2025", "Oslo, 14. juni 2024: …", "07.10.2024 | Pressemelding"."""

import re
from collections.abc import Iterator
from datetime import date

from pressextract.lexicon import load_lexicon

_LEX = load_lexicon("layout")


def alternatives(phrases: list[str]) -> str:
    """A regular expression's alternatives for some phrases, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_MONTHS = {name: number for number, names in enumerate(_LEX["months"], 1) for name in names}
_DAY = (
    r"(?<![\d.,])(?:(?P<iso>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})"
    r"|(?P<day>\d{1,2})(?:[./] ?|-)(?P<month>\d{1,2})[./-] ?(?P<year>\d{4}|\d{2})"
    rf"|(?P<word_day>\d{{1,2}})\.? ?(?P<word>{alternatives(list(_MONTHS))})[.,]? (?P<word_year>\d{{4}}))(?!\d)"
)
_DATE = re.compile(_DAY, re.I)
_LABELS: list[str] = _LEX["published"]["labels"]
_OTHER_LABELS: list[str] = _LEX["published"]["other_labels"]
_LABELLED = re.compile(
    rf"(?<!\w)(?P<label>{alternatives(_LABELS + _OTHER_LABELS)})\W{{0,4}}"
    rf"(?:den )?(?:[^\W\d]{{3,6}}dag,? )?(?:den )?{_DAY}",
    re.I,
)
_OPENING = re.compile(rf"[(\[]?(?:{alternatives(_LEX['published']['openings'])})(?!\w)", re.I)
_KICKER = re.compile(rf"[(\[]?(?:{alternatives(_LEX['published']['kickers'])})(?!\w)", re.I)
_OTHER_LABEL = re.compile(r"[^\W\d_]{3,40}: ?\d")  # "Søknadsfrist: 1.3.2024"
_WORDS = frozenset(_LEX["published"]["words"])
_WORD = re.compile(r"[^\W\d_]+")
_PLACE = r"[A-ZÆØÅ][^\W\d_]*(?:[ /-][^\W\d_]+){0,3}(?:, [A-ZÆØÅ][^\W\d_]+)?,? "
_LEADING = re.compile(
    rf"\(?(?:{_PLACE})?\(?(?:[a-zæøå]{{3,6}}dag,? )?(?:den )?(?i:{_DAY})"
    r"(?:,? (?:kl\.?|klokk[ae]n?) ?\d\d?[.:]\d\d)?(?:,? ?\([^)\n]{1,20}\))?"
    r"(?P<stop> ?[:–—-]|\)[:.]?|\.)\s+(?=[^\s\d])"
)


def is_dateline(text: str) -> bool:
    """Tells whether a line is nothing but a dateline: a date with a place or label, or what the text calls itself."""
    if len(text) > 150:
        return False
    if _OPENING.match(text) and _DATE.search(text):
        return True
    if _KICKER.match(text) and ":" not in text and len(text.split()) <= 10 and text[-1] not in ".!":
        return True
    if _OTHER_LABEL.match(text):
        return False
    rest, dates = _DATE.subn(" ", text)
    words = _WORD.findall(rest)
    return dates > 0 and all(word[0].isupper() or word in _WORDS for word in words)


def leading_dateline(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the dateline in "Oslo, 3. mai 2024: I dag …" ends and where its paragraph starts, or None."""
    match = _LEADING.match(text, start, end)
    return (match.start("stop"), match.end()) if match else None


def labelled_dates(text: str, start: int, end: int) -> Iterator[date]:
    """The days that ``text[start:end]`` calls its publication; days of changes or decisions are passed over."""
    for match in _LABELLED.finditer(text, start, end):
        if match["label"].lower() not in _OTHER_LABELS and (day := _day(match)):
            yield day


def bare_dates(text: str, start: int, end: int) -> Iterator[date]:
    """The days in a dateline ``text[start:end]``, but those of changes or decisions."""
    others = {match.end() for match in _LABELLED.finditer(text, start, end) if match["label"].lower() in _OTHER_LABELS}
    for match in _DATE.finditer(text, start, end):
        if match.end() not in others and (day := _day(match)):
            yield day


def _day(match: re.Match[str]) -> date | None:
    year = match["iso"] or match["year"] or match["word_year"]
    month = match["iso_month"] or match["month"] or _MONTHS[match["word"].lower()]
    day = match["iso_day"] or match["day"] or match["word_day"]
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
