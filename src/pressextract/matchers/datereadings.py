"""What a date as written means: one reading for each pattern of ``dategrammar``, which gives the match."""

import re
from datetime import date
from typing import NamedTuple

from pressextract.lexicon import load_lexicon
from pressextract.matchers.calendar import ANOTHER_YEAR, NEVER, WEEK, Lean, Point, moved
from pressextract.matchers.datecontext import is_numbering, is_season, is_this_day, is_year, takes_a_duration

_LEXICON = load_lexicon("dates")

MONTHS: dict[str, int] = _LEXICON["months"] | _LEXICON["month_abbreviations"]
RELATIVE: dict[str, tuple[str, int]] = {
    phrase: (unit, offset) for unit, phrases in _LEXICON["relative"].items() for phrase, offset in phrases.items()
}
"""Units and how many of them away, by phrase."""

_SEASON_LEANS = {
    "nearest": Lean(other_year=ANOTHER_YEAR),
    "coming": Lean(before=NEVER),
    "past": Lean(after=NEVER),
}


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


def _year(match: re.Match[str], published: date | None) -> tuple[int | None, bool]:
    """The year that ends an expression, and whether the expression can be placed at all."""
    if match["year"]:
        return int(match["year"]), True
    if match["shift"]:
        offset: int = _LEXICON["relative"]["year"][_plain(match["shift"])]
        return (published.year + offset, True) if published else (None, False)
    return None, True


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().split())


def _numbered(match: re.Match[str], known: bool, first: Point | None, last: Point) -> Atom:
    """A numbered day or part of a year, or the period of two ("1. til 3.", "1. og 2.", but not "1. og 3.")."""
    start = match.start()
    if first:
        step = (last.day or last.part or 0) - (first.day or first.part or 0)
        if step != 1 and not (match["to"] and step > 1):
            start, first = match.start("last"), None
    return Atom(start, start, match.end(), (first or last) if known else None, last if known and first else None)


def read_iso(match: re.Match[str], published: date | None) -> Atom:
    """Reads "2024-03-14"."""
    return Atom(match.start(), match.start(), match.end(), Point(*map(int, match.groups())))


def read_numeric(match: re.Match[str], published: date | None) -> Atom | None:
    """Reads "14.3.2024", "1.–3.6.22", "28.12.–3.1.2024"."""
    year = int(match["year"])
    if len(match["year"]) == 2:
        if is_numbering(match.string, match.start()) or 40 <= year < 60:
            return None  # 1.12.40 is more often a time than a date
        year += 2000 if year < 40 else 1900
    last = Point(year, int(match["month"]), int(match["day"]))
    if not match["day1"]:
        return Atom(match.start(), match.start(), match.end(), last)
    first = Point(year, int(match["month1"] or match["month"]), int(match["day1"]))
    if first > last:
        first = first._replace(year=year - 1)  # "28.12.–3.1.2024"
    return Atom(match.start(), match.start(), match.end(), first, last)


def read_announced(match: re.Match[str], published: date | None) -> Atom:
    """A deadline or a weekday's date without a year: "søknadsfrist 01.11", "fredag 1/12"."""
    start = match.start("day")
    return Atom(start, start, match.end(), Point(None, int(match["month"]), int(match["day"])))


def read_day(match: re.Match[str], published: date | None) -> Atom:
    """Reads "17. mai", "1. til 3. juni 2022", "den syttende mai i fjor"."""
    year, known = _year(match, published)
    day = int(match["last"]) if match["last"] else _LEXICON["day_names"][match["name"].lower()]
    last = Point(year, MONTHS[match["month"].lower().rstrip(".")], day)
    return _numbered(match, known, last._replace(day=int(match["first"])) if match["first"] else None, last)


def read_month(match: re.Match[str], published: date | None) -> Atom | None:
    """Reads "i mai", "mars 2024", "juni neste år"."""
    year, known = _year(match, published)
    name = match["month"]
    bare = match["year"] is None and match["shift"] is None
    if bare and (not name.islower() or name not in _LEXICON["months"]):
        return None  # August Strindberg, Mars, jan.
    core = match.start("month")
    start = core if match["year"] else match.start()
    return Atom(start, core, match.end(), Point(year, MONTHS[name.lower().rstrip(".")]) if known else None)


def read_season(match: re.Match[str], published: date | None) -> Atom | None:
    """Reads "våren 2024", "i høst", "neste vinter", "i løpet av høsten"."""
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
    shift: int = _LEXICON["relative"]["year"]["neste år" if phrase == "neste" else phrase]
    first = Point(published.year + shift, part) if published else None
    return Atom(match.start(), match.start(), match.end(), first)


def read_seasons(match: re.Match[str], published: date | None) -> Atom:
    """Reads "høsten og vinteren 2024", "vår/sommer 2023"."""
    first, last = (Point(int(match["year"]), _LEXICON["seasons"][match[end].lower()]) for end in ("first", "last"))
    return _numbered(match, True, first, last)


def read_division(match: re.Match[str], published: date | None) -> Atom | None:
    """Reads "2. kvartal 2024", "første halvår", "1. og 2. tertial neste år"."""
    year, known = _year(match, published)
    base, count = _LEXICON["divisions"][match["unit"].lower()]
    ordinals: dict[str, int] = _LEXICON["ordinals"]
    number = ordinals[match["last"].lower()]
    if number == ordinals["siste"] and (match["year"] or match["shift"]):
        number = count  # alone "siste halvår" is the six months before now
    if not 0 < number <= count:
        return None
    last = Point(year, base + number - 1)
    first = last._replace(part=base + ordinals[match["first"].lower()] - 1) if match["first"] else None
    return _numbered(match, known, first, last)


def read_quarter(match: re.Match[str], published: date | None) -> Atom:
    """Reads "Q3 2024"."""
    last = Point(int(match["year"]), _LEXICON["divisions"]["kvartal"][0] + int(match["last"]) - 1)
    return Atom(match.start(), match.start(), match.end(), last)


def read_week(match: re.Match[str], published: date | None) -> Atom:
    """Reads "uke 12", "veke 7–9 2025"."""
    year, known = _year(match, published)
    first, last = int(match["first"]), int(match["last"] or 0)
    end = match.end()
    if last and last != first + 1 and not (match["to"] and last > first):
        last, end = 0, match.end("first")
    points = [Point(year, WEEK + number) if number and known else None for number in (first, last)]
    return Atom(match.start(), match.start(), end, points[0], points[1])


def read_years(match: re.Match[str], published: date | None) -> Atom | None:
    """Reads "2024", "2024 til 2027", "2021–24", "2022/23"."""
    text, start, end, first = match.string, match.start(), match.end("year"), int(match["year"])
    if match["to"]:
        last = int(match["to"]) if len(match["to"]) == 4 else first - first % 100 + int(match["to"])
        farthest = first + 1 if match["slash"] else last  # 2024/37 is a case number
        if first < last <= farthest and is_year(text, start, match.end("to")):
            return Atom(start, start, match.end("to"), Point(first), Point(last))
    return Atom(start, start, end, Point(first)) if is_year(text, start, end) else None


def read_relative(match: re.Match[str], published: date | None) -> Atom | None:
    """Reads "i går", "neste veke", "i fjor"."""
    start, end, phrase = match.start(), match.end(), _plain(match["phrase"])
    if phrase in {"i dag", "idag"} and not is_this_day(match.string, start, end):
        return None
    return Atom(start, start, end, moved(published, *RELATIVE[phrase]) if published else None)


def read_distance(match: re.Match[str], published: date | None) -> Atom | None:
    """Reads "for to år siden", "om tre uker"."""
    number = int(match["digits"]) if match["digits"] else _LEXICON["distance"]["numbers"][match["number"].lower()]
    unit = _LEXICON["distance"]["units"][match["unit"].lower()]
    if unit == "year" and number > 12 and number % 5 == 0:
        return None  # "for 20 år siden" is rounded
    if match["ahead"] and takes_a_duration(match.string, match.start()):
        return None
    first = moved(published, unit, number if match["ahead"] else -number) if published else None
    return Atom(match.start(), match.start(), match.end(), first)
