"""Dates and periods: every expression that fixes a calendar point, normalised to EDTF (ISO 8601-2)."""

import re
from datetime import date
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.doctext import text_of
from pressextract.matchers.calendar import AGAINST_TENSE, NEVER, WEEK, Lean, Point, period, place
from pressextract.matchers.datecontext import is_deadline, tense
from pressextract.matchers.dategrammar import AND, CONNECTOR, find_atoms
from pressextract.matchers.datereadings import Atom
from pressextract.matchers.spans import declare_extension, store_spans

_CONNECTOR = re.compile(f"/|{CONNECTOR}", re.IGNORECASE)
_AND = re.compile(AND, re.IGNORECASE)
_BETWEEN = re.compile(r"\bmellom\s+\Z", re.IGNORECASE)


class DateMatch(NamedTuple):
    """A date at characters ``[start, end)`` of the text; ``edtf`` is None where it can't be resolved."""

    start: int
    end: int
    edtf: str | None


def find_dates(text: str, published: date | None = None) -> list[DateMatch]:
    """Dates and periods in ``text``, in order and not overlapping.

    What counts, and what of it is quoted, follows ``corpus/GUIDELINES.md``. Relative expressions ("i fjor") and
    yearless dates ("6. april") resolve against ``published``: to the nearest such date, weighed with the tense of the
    verb beside it. Without ``published`` their ``edtf`` is None.

    Args:
        text: any text; offsets of the result count its characters.
        published: the day the text was published, if known.
    """
    periods: list[Atom] = []
    for atom in find_atoms(text, published):
        period = _joined(periods[-1], atom, text) if periods else None
        if period:
            periods[-1] = period
        else:
            periods.append(atom)
    return [DateMatch(atom.start, atom.end, _edtf(atom, text, published)) for atom in periods]


def _joined(left: Atom, right: Atom, text: str) -> Atom | None:
    """Two dates of one kind with a connector between them as one period; None if they aren't."""
    if not (left.first and right.first) or left.last or right.last or _kind(left.first) != _kind(right.first):
        return None
    first, last = left.first, right.first
    if first.year is None and last.year is not None:
        first = _before(first, last)
    elif last.year is None and first.year is not None:
        last = last._replace(year=first.year if last[1:] > first[1:] else first.year + 1)
    between = text[left.end : right.core]
    months = _kind(first) == "month" and (first.part or 0) + 1 == last.part and left.first.year is None
    ends = _BETWEEN.search(text, max(0, left.start - 10), left.start) or (months and right.first.year)
    if not _CONNECTOR.fullmatch(between) and not (ends and _AND.fullmatch(between)):
        return None
    if first.year and last.year and not (first.year, first[1:]) < (last.year, last[1:]):
        return None
    return Atom(left.start if last.year is None else left.core, left.core, right.end, first, last)


def _kind(point: Point) -> str:
    """Points of one kind can make a period."""
    if point.part is None:
        return "year"
    if point.part > WEEK:
        return "week"
    return "day" if point.day else "month" if point.part <= 12 else "season" if point.part < 30 else "division"


def _before(point: Point, last: Point) -> Point:
    """``point`` in the latest year in which it comes before ``last``."""
    assert last.year is not None
    return point._replace(year=last.year if point[1:] < last[1:] else last.year - 1)


def _edtf(atom: Atom, text: str, published: date | None) -> str | None:
    first, last = atom.first, atom.last
    if first is None:
        return None
    end = last or first
    if end.year is None:
        if published is None:
            return None
        end = place(end, published, _lean(atom, text))
        first = _before(first, end) if last else end
    if last and not (first.exists() and end.exists()):
        return None  # 29 February to 3 March of a common year
    return period(first, end)


def _lean(atom: Atom, text: str) -> Lean:
    """The expression's own lean and its sentence's together."""
    direction = tense(text, atom.start, atom.end)
    if direction > 0 and is_deadline(text, atom.start):
        return atom.lean._replace(before=NEVER)
    return atom.lean._replace(
        before=atom.lean.before + (AGAINST_TENSE if direction > 0 else 0),
        after=atom.lean.after + (AGAINST_TENSE if direction < 0 else 0),
    )


@Language.factory("pressextract_dates")
def create_dates(nlp: Language, name: str) -> "DateMatcher":
    """The component that finds dates; see :class:`DateMatcher`."""
    return DateMatcher()


class DateMatcher:
    """Finds dates and periods and normalises them to EDTF.

    Scope: days, months, seasons, quarters, years and intervals in Bokmål and Nynorsk, absolute and relative; not
    weekdays, clock times, durations or decades. Relative ones resolve against ``doc._.published``.

    Example:
        "Støtten ble gitt i fjor og varer til 1. mai 2025" with ``published`` 4 March 2024 gives
        "i fjor" (2023) and "1. mai 2025" (2025-05-01).

    Declares:
        ``doc.spans["dates"]``; ``span._.date``, a :class:`DateMatch` with exact character offsets (a token may be
        wider than the date); ``doc._.published``, a ``datetime.date`` or None, to be set before.
    """

    def __init__(self) -> None:
        if not Doc.has_extension("published"):
            Doc.set_extension("published", default=None)
        declare_extension("date")

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["dates"]`` and return the same document."""
        matches = find_dates(text_of(doc), doc._.published)
        return store_spans(doc, "dates", "date", (("date", match) for match in matches))
