"""Calendar arithmetic: points of the calendar as EDTF (ISO 8601-2), and the year that a yearless one means."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from pressextract.lexicon import load_lexicon

PARTS: dict[int, tuple[int, int]] = {month: (month, month) for month in range(1, 13)} | {
    int(code): (first, last) for code, (first, last) in load_lexicon("dates")["parts"].items()
}
"""First and last month of every part of a year: the months themselves, seasons, quarters, thirds and halves."""

AGAINST_TENSE = 200
"""Days that a yearless date must be farther off on the side its verb denies before it is taken there all the same."""

ANOTHER_YEAR = 90
"""Days that "i høst" of last year must be nearer than this year's: a season is mostly the current year's."""

NEVER = 10_000
"""Days; more than any distance between candidates, for sides that are ruled out."""


class Point(NamedTuple):
    """A year, a part of one, or a day; ``year`` is None where the text leaves it out.

    ``part`` is EDTF's second field: a month 1-12, a season 21-24, a quarter 33-36, a third 37-39, a half 40-41.
    """

    year: int | None
    part: int | None = None
    day: int | None = None

    def exists(self) -> bool:
        """Whether the calendar has it; a yearless 29 February does."""
        if self.part is None or self.day is None:
            return True
        return self.part <= 12 and 1 <= self.day <= monthrange(self.year or 2000, self.part)[1]

    def edtf(self) -> str:
        """Its EDTF form, such as "2021-10-11" or "2019-24"; the year must be known."""
        fields = [f"{self.year:04}", *(f"{field:02}" for field in (self.part, self.day) if field is not None)]
        return "-".join(fields)


class Lean(NamedTuple):
    """How a text tilts a yearless date: days added to candidates before and after publication, or in another year."""

    before: int = 0
    after: int = 0
    other_year: int = 0


def day(moment: date) -> Point:
    """The point of one day."""
    return Point(moment.year, moment.month, moment.day)


def month(moment: date, offset: int) -> Point:
    """The month that lies ``offset`` months from ``moment``'s."""
    year, index = divmod(moment.year * 12 + moment.month - 1 + offset, 12)
    return Point(year, index + 1)


def week(moment: date, offset: int) -> tuple[Point, Point]:
    """Monday and Sunday of the week that lies ``offset`` weeks from ``moment``'s."""
    monday = moment - timedelta(days=moment.weekday()) + timedelta(weeks=offset)
    return day(monday), day(monday + timedelta(days=6))


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

    reach = 8 if (point.part, point.day) == (2, 29) else 1  # years; leap years were eight apart around 1900
    years = range(max(published.year - reach, date.min.year), min(published.year + reach, date.max.year) + 1)
    candidates = (point._replace(year=year) for year in years)
    return min((candidate for candidate in candidates if candidate.exists()), key=cost)


def bounds(point: Point) -> tuple[date, date]:
    """First and last day of a point with a year and a part."""
    assert point.year is not None and point.part is not None
    first, last = PARTS[point.part]
    if point.day is not None:
        whole = date(point.year, first, point.day)
        return whole, whole
    return date(point.year, first, 1), date(point.year, last, monthrange(point.year, last)[1])
