"""The grammar of Norwegian dates: one pattern and one reading per way to write a single date."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pressextract.lexicon import load_lexicon
from pressextract.matchers import calendar
from pressextract.matchers.calendar import NEVER, Lean, Point
from pressextract.matchers.datecontext import is_season, is_this_day, is_year

_LEXICON = load_lexicon("dates")


class Atom(NamedTuple):
    """One date as written: ``start`` with its preposition ("i mai"), ``core`` without, both in characters.

    ``first`` lacks its year where the text does; it is None where only a publication date could tell.
    ``last`` is the other end of an interval.
    """

    start: int
    core: int
    end: int
    first: Point | None
    last: Point | None = None
    lean: Lean = Lean()


Reading = Callable[[re.Match[str], date | None], Atom | None]


def find_atoms(text: str, published: date | None) -> list[Atom]:
    """Every single date in ``text``, the longest where several start together, in order and not overlapping."""
    found = (atom for pattern, read in _RULES for match in pattern.finditer(text) if (atom := read(match, published)))
    atoms: list[Atom] = []
    for atom in sorted(found, key=lambda atom: (atom.start, -atom.end)):
        if not atoms or atom.start >= atoms[-1].end:
            atoms.append(atom)
    # Only now, so that nothing is left of a 30 February.
    return [atom for atom in atoms if all(point is None or point.exists() for point in (atom.first, atom.last))]


# Patterns. Every repetition is bounded and every pattern starts with something rare, so time is linear.


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, with any blanks between their parts."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", _BLANK) for word in ordered) + ")"


_BLANK = r"[^\S\n]{1,3}"
_MONTHS: dict[str, int] = _LEXICON["months"] | _LEXICON["month_abbreviations"]
_MONTH = rf"(?P<month>{_any(_LEXICON['months'])}\b|{_any(_LEXICON['month_abbreviations'])}(?:\.|\b))"
_YEAR = (
    r"(?:1[89]|20)\d\d(?!\d|[.,]\d"
    rf"|{_BLANK}{_any(_LEXICON['year_context']['counted'])}\b)"
)
_SHIFT = _any(_LEXICON["relative_years"])
_OF_YEAR = rf"(?:{_BLANK}(?:(?P<year>{_YEAR})|(?P<shift>{_SHIFT})\b))?"
_WEEKDAY = rf"(?:{_any(_LEXICON['weekdays'])}{_BLANK})?"
_DASH = r"[^\S\n]?[–—-][^\S\n]?"
CONNECTOR = rf"(?:{_DASH}|{_BLANK}{_any(_LEXICON['connectors'])}{_BLANK}{_WEEKDAY})"
"""Between the two ends of a period."""

AND = rf"{_BLANK}og{_BLANK}{_WEEKDAY}"
"""Between two days or months that make a period if they are neighbours."""

# "17. mai-komiteen" and "høst-tilbud" are names; "mai-juni" and "3. mai-5. juni" are periods.
_APART = rf"(?!\w|-(?!\d|{_any(_LEXICON['months'])}\b)\w)"


def _year(match: re.Match[str], published: date | None) -> tuple[int | None, bool]:
    """The year that ends an expression, and whether the expression can be placed at all."""
    if match["year"]:
        return int(match["year"]), True
    if match["shift"]:
        return (published.year + _offset("relative_years", match["shift"]), True) if published else (None, False)
    return None, True


def _offset(table: str, phrase: str) -> int:
    """What the lexicon says of a phrase, however it was cased and spaced."""
    offset: int = _LEXICON[table][_plain(phrase)]
    return offset


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().split())


def _iso(match: re.Match[str], published: date | None) -> Atom:
    return Atom(match.start(), match.start(), match.end(), Point(*map(int, match.groups())))


def _numeric(match: re.Match[str], published: date | None) -> Atom | None:
    year = int(match["year"])
    if len(match["year"]) == 2:
        if match["dot"] not in "./" or not _stands_free(match) or 40 <= year < 60:
            return None  # 1.12.40 is more often a time than a date
        year += 2000 if year < 40 else 1900
    last = Point(year, int(match["month"]), int(match["day"]))
    if not match["day1"]:
        return Atom(match.start(), match.start(), match.end(), last)
    first = Point(year, int(match["month1"] or match["month"]), int(match["day1"]))
    return Atom(match.start(), match.start(), match.end(), first, last)


def _stands_free(match: re.Match[str]) -> bool:
    """Whether a date with a two-digit year isn't the number of a section or version."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    return not re.search(rf"[\w§](?<!\d)$|§\s*$|\b{_any(_LEXICON['year_context']['never'])}[.:]?\s*$", before, re.I)


def _day(match: re.Match[str], published: date | None) -> Atom:
    year, known = _year(match, published)
    month, day = _MONTHS[match["month"].lower().rstrip(".")], int(match["day"])
    start, first, last = match.start("day"), Point(year, month, day), None
    if match["day1"]:
        earlier = int(match["day1"])
        if earlier + 1 == day or (match["to"] and earlier < day):
            start, first, last = match.start(), Point(year, month, earlier), first
    return Atom(start, start, match.end(), first if known else None, last if known else None)


def _month(match: re.Match[str], published: date | None) -> Atom | None:
    year, known = _year(match, published)
    name = match["month"]
    bare = match["year"] is None and match["shift"] is None
    if bare and (not name.islower() or name not in _LEXICON["months"]):
        return None  # August Strindberg, Mars, jan.
    core = match.start("month")
    start = core if match["year"] else match.start()
    return Atom(start, core, match.end(), Point(year, _MONTHS[name.lower().rstrip(".")]) if known else None)


def _season(match: re.Match[str], published: date | None) -> Atom | None:
    stem, phrase = match["season"].lower(), _plain(match["phrase"] or "")
    part, core = _LEXICON["seasons"][stem], match.start("season")
    year, known = _year(match, published)
    if match["year"] or match["shift"]:
        return Atom(core, core, match.end(), Point(year, part) if known else None)
    if match["preposition"] and stem.endswith("en"):
        return Atom(core, core, match.end(), Point(None, part), lean=_SEASON_LEANS["nearest"])
    if not phrase or (stem == "vår" and not is_season(match.string, match.end())):
        return None
    if phrase in _LEXICON["season_phrases"]:
        lean = _SEASON_LEANS[_LEXICON["season_phrases"][phrase]]
        return Atom(match.start(), match.start(), match.end(), Point(None, part), lean=lean)
    shift = _offset("relative_years", "neste år" if phrase == "neste" else phrase)
    first = Point(published.year + shift, part) if published else None
    return Atom(match.start(), match.start(), match.end(), first)


_SEASON_LEANS = {
    "nearest": Lean(other_year=calendar.ANOTHER_YEAR),
    "coming": Lean(before=NEVER),
    "past": Lean(after=NEVER),
}


def _division(match: re.Match[str], published: date | None) -> Atom | None:
    year, known = _year(match, published)
    if match["q"]:
        part, known = 32 + int(match["q"]), known and year is not None
    else:
        base, count = _LEXICON["divisions"][match["unit"].lower()]
        number = _LEXICON["ordinals"][match["ordinal"].lower()]
        if number > count:
            return None
        part = base + number - 1
    return Atom(match.start(), match.start(), match.end(), Point(year, part) if known else None)


def _years(match: re.Match[str], published: date | None) -> Atom | None:
    if not is_year(match.string, match.start(), match.end()):
        return None
    first = int(match["year"])
    if not match["to"]:
        return Atom(match.start(), match.start(), match.end(), Point(first))
    last = int(match["to"]) if len(match["to"]) == 4 else first - first % 100 + int(match["to"])
    if last <= first or ("/" in match[0] and last > first + 1):
        return None  # 2024/37 is a case number
    return Atom(match.start(), match.start(), match.end(), Point(first), Point(last))


def _relative(match: re.Match[str], published: date | None) -> Atom | None:
    start, end, phrase = match.start(), match.end(), _plain(match["phrase"])
    if phrase in {"i dag", "idag"} and not is_this_day(match.string, start, end):
        return None
    if published is None:
        return Atom(start, start, end, None)
    first, last = _from_publication(phrase, published)
    return Atom(start, start, end, first, last)


def _from_publication(phrase: str, published: date) -> tuple[Point, Point | None]:
    if phrase in _LEXICON["relative_days"]:
        return calendar.day(published + timedelta(days=_offset("relative_days", phrase))), None
    if phrase in _LEXICON["relative_weeks"]:
        return calendar.week(published, _offset("relative_weeks", phrase))
    if phrase in _LEXICON["relative_months"]:
        return calendar.month(published, _offset("relative_months", phrase)), None
    return Point(published.year + _offset("relative_years", phrase)), None


def _ago(match: re.Match[str], published: date | None) -> Atom:
    number = int(match["digits"]) if match["digits"] else _LEXICON["ago"]["numbers"][match["number"].lower()]
    unit = _LEXICON["ago"]["units"][match["unit"].lower()]
    first = None
    if published and unit == "year":
        first = Point(published.year - number)
    elif published:
        first = calendar.month(published, -number) if unit == "month" else calendar.day(published - timedelta(number))
    return Atom(match.start(), match.start(), match.end(), first)


def _rules() -> Iterator[tuple[re.Pattern[str], Reading]]:
    """Patterns with their readings; where two start together the longer wins."""

    def rule(pattern: str, read: Reading) -> tuple[re.Pattern[str], Reading]:
        return re.compile(pattern, re.IGNORECASE), read

    relative = [p for unit in ("days", "weeks", "months", "years") for p in _LEXICON[f"relative_{unit}"]]
    season = _any(_LEXICON["seasons"])
    phrase = _any([*_LEXICON["season_phrases"], *_LEXICON["relative_years"], "neste"])
    preposition = _any(_LEXICON["season_prepositions"]["words"])
    ago = _LEXICON["ago"]
    two_digits, four = r"\d{1,2}", r"(?:1[89]|20)\d\d"
    # Web copies glue dates to the word before them; digits and decimals before one mean another number.
    number_ends = r"(?<!\d)(?<!\d[.,:/])"
    dot = r"(?:\.[^\S\n]?|/|-)"

    yield rule(r"(?<![\d-])((?:1[89]|20)\d\d)-(\d\d)-(\d\d)(?!\d|-\d)", _iso)
    yield rule(
        rf"{number_ends}(?:(?P<day1>{two_digits})\.(?:(?P<month1>{two_digits})\.?)?{_DASH})?"
        rf"(?P<day>{two_digits})(?P<dot>{dot})(?P<month>{two_digits}){dot}(?P<year>{four}|(?<=[./])\d\d)(?!\d|[.,/]\d)",
        _numeric,
    )
    yield rule(
        rf"{number_ends}(?<!§)(?:(?P<day1>{two_digits})\.?(?:(?P<to>{CONNECTOR})|{AND}))?"
        rf"(?P<day>{two_digits})(?:\.[^\S\n]{{0,2}}|{_BLANK}){_MONTH}{_OF_YEAR}{_APART}",
        _day,
    )
    yield rule(rf"(?<!\w)(?:i{_BLANK})?{_MONTH}{_OF_YEAR}{_APART}", _month)
    yield rule(
        rf"(?<!\w)(?:(?:(?P<phrase>{phrase})|(?P<preposition>{preposition})){_BLANK})?"
        rf"(?P<season>{season})\b{_OF_YEAR}{_APART}",
        _season,
    )
    yield rule(
        rf"(?<!\w)(?:(?P<ordinal>{_any(_LEXICON['ordinals'])})[^\S\n]{{0,2}}(?P<unit>{_any(_LEXICON['divisions'])})"
        rf"|Q(?P<q>[1-4])){_OF_YEAR}{_APART}",
        _division,
    )
    yield rule(rf"(?<!\d)(?P<year>{four})(?:(?:/|{CONNECTOR})(?P<to>{four}|(?<=\d[/–-])\d\d))?(?!\d)", _years)
    yield rule(rf"(?<=mellom )(?P<year>{four}){_BLANK}og{_BLANK}(?P<to>{four})(?!\d)", _years)
    yield rule(rf"(?<!\w)(?<!den dag )(?:i{_BLANK})?(?P<phrase>{_any(relative)}){_APART}", _relative)
    yield rule(
        rf"(?<!\w)for{_BLANK}(?:(?P<digits>[2-9]|1[0-2])|(?P<number>{_any(ago['numbers'])})){_BLANK}"
        rf"(?P<unit>{_any(ago['units'])}){_BLANK}(?:siden|sidan)\b",
        _ago,
    )


_RULES = tuple(_rules())
