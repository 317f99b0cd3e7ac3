"""Calendar arithmetic: points of the calendar as EDTF (ISO 8601-2), and the year that a yearless one means."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from pressextract.lexicon import load_lexicon

PARTS: dict[int, tuple[int, int]] = {month: (month, month) for month in range(1, 13)} | {
    int(code): (first, last) for code, (first, last) in load_lexicon("dates")["parts"].items()
}
"""First and last month of every part of a year: the months themselves, seasons, quarters, thirds and halves."""

AGAINST_TENSE = 260
"""Days that a yearless date must be farther off on the side its verb denies before it is taken there all the same."""

ANOTHER_YEAR = 90
"""Days that "i høst" of last year must be nearer than this year's: a season is mostly the current year's."""

WEEK = 100
"""What a numbered week's part is counted from: week 7 is part 107. EDTF has no weeks; they end up as their days."""

NEVER = 10_000
"""Days; more than any distance between candidates, for sides that are ruled out."""


class Point(NamedTuple):
    """A year, a part of one, or a day; ``year`` is None where the text leaves it out.

    ``part`` is EDTF's second field: a month 1-12, a season 21-24, a quarter 33-36, a third 37-39, a half 40-41; or an
    ISO 8601 week 101-153, of whose year ``year`` then is.
    """

    year: int | None
    part: int | None = None
    day: int | None = None

    def exists(self) -> bool:
        """Whether the calendar has it; a yearless 29 February does, and so does a yearless week 53."""
        if self.year is not None and not date.min.year <= self.year < date.max.year:
            return False  # 9999, whose last week Python's calendar doesn't finish
        if self.part is None:
            return True
        if self.part > WEEK:
            return self.part - WEEK <= (date(self.year, 12, 28).isocalendar().week if self.year else 53)
        if self.day is None:
            return self.part in PARTS
        return 1 <= self.part <= 12 and 1 <= self.day <= monthrange(self.year or 2000, self.part)[1]

    def edtf(self) -> str:
        """Its EDTF form, such as "2021-10-11" or "2019-24"; the year must be known, and it must not be a week."""
        fields = [f"{self.year:04}", *(f"{field:02}" for field in (self.part, self.day) if field is not None)]
        return "-".join(fields)


class Lean(NamedTuple):
    """How a text tilts a yearless date: days added to candidates before and after publication, or in another year."""

    before: int = 0
    after: int = 0
    other_year: int = 0


def moved(moment: date, unit: str, offset: int) -> Point | None:
    """The point that lies ``offset`` units from ``moment``; None if that is beyond the calendar.

    Args:
        moment: mostly the day of publication.
        unit: "day", "week", "month" or "year"; the point is one of these.
        offset: how many units later, or earlier if negative.
    """
    if unit in {"month", "year"}:
        year, index = divmod(moment.year * 12 + moment.month - 1 + offset * (12 if unit == "year" else 1), 12)
        point = Point(year) if unit == "year" else Point(year, index + 1)
        return point if date.min.year <= year <= date.max.year else None
    try:
        then = moment + timedelta(days=offset * (7 if unit == "week" else 1))
        then + timedelta(days=6)  # the week must end within the calendar too
    except OverflowError:
        return None
    return Point(then.isocalendar().year, WEEK + then.isocalendar().week) if unit == "week" else _day(then)


def period(first: Point, last: Point) -> str:
    """EDTF of the time from ``first`` to ``last``, an interval unless they are one point that EDTF knows."""
    if first.part is not None and first.part > WEEK:
        first, last = _day(bounds(first)[0]), _day(bounds(last)[1])
    return first.edtf() if first == last else f"{first.edtf()}/{last.edtf()}"


def place(point: Point, published: date, lean: Lean) -> Point:
    """The yearless ``point`` in the year that a text published on ``published`` most plausibly means.

    The nearest, distances lengthened as ``lean`` says.

    Args:
        point: a point without a year that exists in some year.
        published: the day of publication.
        lean: days added to the candidates on either side of ``published``.
    """
    assert point.part is not None

    def cost(candidate: Point) -> int:
        begin, end = bounds(candidate)
        distance = max((begin - published).days, (published - end).days, 0)
        tilt = lean.before if end < published else lean.after if begin > published else 0
        return distance + tilt + (lean.other_year if candidate.year != published.year else 0)

    rare = point.part == WEEK + 53 or (point.part, point.day) == (2, 29)
    reach = 8 if rare else 1  # years; leap years were eight apart around 1900
    years = range(max(published.year - reach, date.min.year), min(published.year + reach, date.max.year - 1) + 1)
    candidates = (point._replace(year=year) for year in years)
    return min((candidate for candidate in candidates if candidate.exists()), key=cost)


def bounds(point: Point) -> tuple[date, date]:
    """First and last day of a point with a year and a part."""
    assert point.year is not None and point.part is not None
    if point.part > WEEK:
        monday = date.fromisocalendar(point.year, point.part - WEEK, 1)
        return monday, monday + timedelta(days=6)
    first, last = PARTS[point.part]
    if point.day is not None:
        whole = date(point.year, first, point.day)
        return whole, whole
    return date(point.year, first, 1), date(point.year, last, monthrange(point.year, last)[1])


def _day(moment: date) -> Point:
    return Point(moment.year, moment.month, moment.day)
