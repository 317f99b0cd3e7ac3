"""Sums in tables and lists whose heading names the unit: "(tall i hele tusen)", "Søkt (kr)", "Beløp"."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from pressextract.lexicon import load_lexicon, word_set
from pressextract.matchers.currencies import CURRENCIES, DEFAULT_CURRENCY
from pressextract.matchers.numbers import NUMBER, digits_value

_SCALES: dict[str, int] = load_lexicon("numbers")["scales"] | {"1000": 1000, "1 000": 1000, "1.000": 1000}


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_CURRENCY = rf"(?:{_either(CURRENCIES)})(?!\w)\.?"
_UNIT = (
    rf"(?:hele |heile )?(?:(?P<before>{_CURRENCY}) ?)?(?:(?P<scale>{_either(_SCALES)})(?!\w)\.? ?)?"
    rf"(?P<after>{_CURRENCY})?"
)
_UNIT_HEADING = re.compile(rf"\A\s*(?:i )?{_UNIT}\s*\Z", re.IGNORECASE)
_NOTE_END = r"(?=[),.:|]|\s*$)"
_TOLD = re.compile(rf"(?-i: i )(?=\w|[€$£¥]){_UNIT}{_NOTE_END}", re.IGNORECASE | re.MULTILINE)
_BRACKETED = re.compile(rf"\((?:i )?(?=\w|[€$£¥]){_UNIT}{_NOTE_END}", re.IGNORECASE | re.MULTILINE)
_NOTE_WORD = re.compile(rf"\b(?:{_either(word_set('money', 'note_words'))})\b[^\n(\d]{{0,20}}\Z", re.IGNORECASE)
_LINE_END = re.compile(r"[\s).:|]*+$")
_COUNTED = word_set("money", "counted_before")
_NUMBER_CELL = re.compile(rf"\s*(?:[–-]\s?)?(?P<value>{NUMBER})\s*")
_LAST_NUMBER = re.compile(rf"(?<![\w.,])(?<!\d )(?P<value>{NUMBER})$")
_SMALLEST = {1: 1000, 1000: 100_000}
"""By unit, the sum that tells a column of money from one of counts; there are few counts in millions."""
_LONGEST_HEADING = 100
_NOTE_REACH = 40
"""How many characters before "i tusen kroner" the word that tells it may begin."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_BREAK = re.compile(r"\t|\||  ++| / ")
_CELL = re.compile(rf"(?:{_BREAK.pattern})\s*(?:[–-]\s?)?[\d½¼¾]")
_BULLET = re.compile(r"\s*+(?:[•*·▪–-]\s++)?+")
_COLUMNS = re.compile(rf"(?<!\w)(?:{_either(word_set('money', 'money_columns'))})(?!\w)", re.IGNORECASE)
_NOT_COLUMNS = re.compile(rf"(?<!\w)(?:{_either(word_set('money', 'other_columns'))})(?!\w)", re.IGNORECASE)


class Cell(NamedTuple):
    """A sum that is all of a table cell, at characters ``[start, end)``, told in ``unit`` (1000 for "i hele tusen")."""

    start: int
    end: int
    value: Decimal
    currency: str
    unit: int


class _Unit(NamedTuple):
    """What the numbers of a table count, and where that is said."""

    factor: Decimal
    currency: str
    start: int
    end: int
    own: bool = False  # said of a single column


class _Part(NamedTuple):
    """A piece of a line and where it starts."""

    start: int
    text: str


def find_cells(text: str) -> tuple[list[Cell], list[tuple[int, int]]]:
    """The sums in table cells and list lines under a heading of money, and the characters of those headings' units.

    A unit holds for its block of lines: for the lines below it, the block right after a heading that stands alone or
    a line that ends in it, or the table or list just above a note. Without a unit, a column with a heading such as
    "Beløp" is in kroner.
    """
    cells: list[Cell] = []
    notes: list[tuple[int, int]] = []
    is_noted = any(_notes(text))
    if not (is_noted or _CELL.search(text)):
        return cells, notes
    blocks = list(_blocks(text))
    for at, block in enumerate(blocks):
        is_table = any(_BREAK.search(line.text.strip()) for line in block)
        if not (is_table or is_noted) or not any(_DIGIT.search(line.text) for line in block):
            continue
        unit = _unit_around(blocks, at, is_table) if is_noted else None
        found = _block_cells(block, unit) if unit or is_table else []
        if found and unit:
            notes.append((unit.start, unit.end))
        cells += found
    return cells, notes


def _unit_around(blocks: list[list[_Part]], at: int, is_table: bool) -> _Unit | None:
    """The unit that holds for a block: told in it, in the heading above or, of a table, in the note below."""
    heading = blocks[at - 1][-1:] if at and _heads(blocks[at - 1]) else []
    note = blocks[at + 1][:1] if at + 1 < len(blocks) and is_table else []
    noted = (line for line in [*blocks[at], *heading, *note] if any(_notes(line.text)))
    # Further cells than the first speak for their column.
    return next((unit for line in noted if (unit := _told(_parts(line)[0]))), None)


def _blocks(text: str) -> Iterator[list[_Part]]:
    """The lines between blank lines."""
    block: list[_Part] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            block.append(_Part(start, line))
        elif block:
            yield block
            block = []
        start += len(line) + 1
    if block:
        yield block


def _heads(block: list[_Part]) -> bool:
    """Whether a block's last line speaks for the next block: it stands alone and is no sentence, or ends in a unit."""
    line = block[-1].text
    if len(block) == 1 and len(line) <= _LONGEST_HEADING and not line.rstrip().endswith("."):
        return True
    return any(_LINE_END.match(line, note.end()) for note in _notes(line))


def _parts(line: _Part) -> list[_Part]:
    """The cells of a line: what tabs, bars or wide gaps part."""
    bullet = _BULLET.match(line.text)
    start = bullet.end() if bullet and bullet.group().strip() else 0
    parts = []
    for match in _BREAK.finditer(line.text, start):
        parts.append(_Part(line.start + start, line.text[start : match.start()]))
        start = match.end()
    return [*parts, _Part(line.start + start, line.text[start:])]


def _notes(text: str) -> Iterator[re.Match[str]]:
    """Where a unit is told, as "(mill. kr)" or "tall i hele tusen"."""
    yield from _BRACKETED.finditer(text)
    for note in _TOLD.finditer(text):
        if _NOTE_WORD.search(text, max(0, note.start() - _NOTE_REACH), note.start()):
            yield note


def _unit(part: _Part, note: re.Match[str] | None) -> _Unit | None:
    """The unit that a note names; "Besøkstall (i 1000)" is none of money."""
    if note is None or not (note["scale"] or note["before"] or note["after"]):
        return None
    named = note["before"] or note["after"]
    if not named and not _COUNTED.isdisjoint(part.text[: note.start()].lower().split()):
        return None
    scale = _SCALES[note["scale"].lower()] if note["scale"] else 1
    name = (named or DEFAULT_CURRENCY).lower()
    currency = CURRENCIES.get(name) or CURRENCIES[name.rstrip(".")]
    return _Unit(scale * currency.factor, currency.code, part.start + note.start(), part.start + note.end())


def _told(part: _Part) -> _Unit | None:
    """The unit that a part of a line tells of its table or column."""
    return _unit(part, next(_notes(part.text), None))


def _block_cells(block: list[_Part], unit: _Unit | None) -> list[Cell]:
    columns: dict[int, _Unit | None] | None = None  # counted from the last
    cells: dict[int, list[Cell]] = {}  # by column; lines that are no rows under 0
    for line in block:
        parts = _parts(line)
        if len(parts) == 1:
            told = unit and (unit.start < line.start or unit.start >= block[-1].start)
            if unit and told and (number := _LAST_NUMBER.search(line.text.rstrip())):
                _add_cell(cells.setdefault(0, []), line.start, number, unit)
            continue
        numbers = [_NUMBER_CELL.fullmatch(part.text) for part in parts]
        if columns is None:
            headed = all(number is None or _YEAR.fullmatch(number["value"]) for number in numbers)
            columns = {at - len(parts): _column(part, unit, headed) for at, part in enumerate(parts)}
            if unit is None and not any(columns.values()):
                return []
            if headed:
                continue
        for at, (part, number) in enumerate(zip(parts, numbers, strict=True)):
            if at and number and (column := columns.get(at - len(parts))):
                _add_cell(cells.setdefault(at - len(parts), []), part.start, number, column)
    # Beside large sums, a column of small numbers counts something.
    large = {at for at, column in cells.items() if any(cell.value >= _SMALLEST.get(cell.unit, 0) for cell in column)}
    small_too = not large and unit is not None
    own = {at for at, column in (columns or {}).items() if column and column.own}
    return [cell for at, column in cells.items() if at in large or at in own or small_too for cell in column]


def _column(heading: _Part, unit: _Unit | None, headed: bool) -> _Unit | None:
    """The unit of a column, or None where it holds no money."""
    if not headed:
        return unit
    if _NOT_COLUMNS.search(heading.text):
        return None
    if own := _told(heading) or _unit(heading, _UNIT_HEADING.search(heading.text)):
        return own._replace(own=True)
    if _COLUMNS.search(heading.text):
        return unit or _Unit(Decimal(1), DEFAULT_CURRENCY, heading.start, heading.start)
    return unit


def _add_cell(cells: list[Cell], start: int, number: re.Match[str], unit: _Unit) -> None:
    value = digits_value(number["value"])
    if value and not _YEAR.fullmatch(number["value"]):
        span = start + number.start("value"), start + number.end("value")
        cells.append(Cell(*span, value * unit.factor, unit.currency, int(unit.factor)))
