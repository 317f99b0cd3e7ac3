"""Norwegian numerals, digits or words, as exact quantities: "3 412,6 millioner", "to hundre og femti tusen".

The words are data in ``lexicon/numbers.toml``; this module knows how they combine.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Self

from pressextract.lexicon import load_lexicon
from pressextract.normalise import lowered

_SEPARATORS = (" ", r"\.", "\u00a0", "\u2009", "\u202f")
_GROUPS = "|".join(rf"(?:{separator}\d{{3}}(?!\d))++" for separator in _SEPARATORS)
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_MAX_DIGITS = 15
"""Longer digit strings are identifiers, not quantities."""

NUMBER = (
    rf"(?>(?:[1-9]\d{{0,2}}(?:{_GROUPS})|\d++)"
    r"(?:,\d++|\.\d{1,2}(?![\d]|\.\d))?+(?: ?[½¼¾])?+|[½¼¾])"
)
"""A number in digits: thousands apart by blanks or full stops, decimals after a comma (or a full stop)."""

_SEPARATOR = re.compile("|".join(_SEPARATORS))
_POINT = re.compile(r"\.\d{1,2}$")
_FIGURES = r"\d \t\u00a0\u2009\u202f.,:;/|()–\-"
_DATA = rf"(?<![^\n])(?=[{_FIGURES}\n]{{60}})[{_FIGURES}]++(?![^\n])(?:\n++[{_FIGURES}]++(?![^\n]))*+"
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_½¼¾]++)"
    rf"|(?P<code>{_DATA}|{NUMBER}(?:[.,–-]++{NUMBER}){{2,}}+)"
    rf"|(?P<number>{NUMBER})"
    r"|(?P<newline>\n(?:[ \t]*+\n)*+)"
    r"|(?P<mark>[^\w\s]{6,}+|[^\s\d])"
)


class Token(NamedTuple):
    """A piece of text at characters ``[start, end)``, ``text`` in lower case.

    ``kind`` is "word", "number" (as ``NUMBER``), "code" (figures that are no quantity: three numbers or more tied by
    marks, as "12.10.2023", or 60 characters of lines with nothing else), "mark" (one, or a long row, as "........") or
    "newline" (all in a row).
    """

    start: int
    end: int
    text: str
    kind: str


class Quantity(NamedTuple):
    """A numeral over tokens ``[first, last)``; ``unit`` is the scale word it ends in (1 where there is none)."""

    first: int
    last: int
    value: Decimal
    unit: int


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text`` in order; blanks are left out, no other character is."""
    new = tuple.__new__  # what a NamedTuple's own constructor calls, at half the cost
    return [new(Token, (m.start(), m.end(), m[0], m.lastgroup)) for m in _TOKEN.finditer(lowered(text))]


def texts(tokens: list[Token], first: int, last: int) -> tuple[str, ...]:
    """The texts of tokens ``[first, last)``, as many of them as there are."""
    return tuple(token.text for token in tokens[max(first, 0) : last])


def digits_value(digits: str) -> Decimal | None:
    """The value of a number in digits as ``NUMBER`` matches it, or None if it is too long to be a quantity.

    "12 500" and "12.500" are 12500, "2,5" and "2.5" are 2.5, "1½" is 1.5.
    """
    if digits.isdecimal():
        return Decimal(digits) if len(digits) <= _MAX_DIGITS else None
    fraction = _VULGAR.get(digits[-1])
    whole, comma, decimals = digits.rstrip("½¼¾").partition(",")
    if _POINT.search(whole):
        whole, comma, decimals = whole.rpartition(".")
    whole = _SEPARATOR.sub("", whole)
    if len(whole) + len(decimals) > _MAX_DIGITS:
        return None
    value = Decimal(f"{whole or 0}.{decimals}" if comma else whole or 0)
    return value + fraction if fraction else value


class _Atom(NamedTuple):
    kind: str
    value: Decimal


def _load_atoms() -> dict[str, _Atom]:
    lexicon = load_lexicon("numbers")
    return {
        word: _Atom(kind, Decimal(value))
        for kind in ("small", "teens", "tens", "hundreds", "scales", "fractions")
        for word, value in lexicon[kind].items()
    }


_ATOMS = _load_atoms()
_SCALES = frozenset(load_lexicon("numbers")["scales"])
_WORDS = load_lexicon("numbers")["words"]
_AND: str = _WORDS["and"]
_ABBREVIATED = frozenset(_WORDS["abbreviated"])
_HEDGES = frozenset(_WORDS["hedges"])
_ADDED = frozenset(_WORDS["added"])
_ATTACHED: dict[str, int] = load_lexicon("numbers")["attached"]
_ONE = _Atom("small", Decimal(1))
_QUARTER = Decimal("0.25")
_PART = "|".join(sorted([*_ATOMS, _AND], key=len, reverse=True))
_COMPOUND = re.compile(rf"(?:{_PART})++")
_PARTS = re.compile(_PART)
_OPENING = 2
_OPENINGS = frozenset(word[:_OPENING] for word in _ATOMS)
"""The first letters of numerals, by which most words are told from them."""


@lru_cache(maxsize=50_000)
def _atoms(word: str) -> tuple[_Atom, ...]:
    """What a word counts, a compound taken apart ("tohundreogfemti", "femogtyve"); empty if it is no numeral."""
    if word in _ATOMS:
        return (_ATOMS[word],)
    if word[:_OPENING] not in _OPENINGS or not _COMPOUND.fullmatch(word):
        return ()
    parts = _PARTS.findall(word)
    atoms: list[_Atom] = []
    for before, part in zip(["", *parts], parts, strict=False):
        if part == _AND:
            continue
        atom = _ATOMS[part]
        if before == _AND and atom.kind == "tens" and atoms and atoms[-1].kind == "small":
            atom = _Atom("tens", atom.value + atoms.pop().value)
        atoms.append(atom)
    return tuple(atoms)


class _State(NamedTuple):
    """A numeral read so far: ``total`` up to the last scale word, ``current`` (below 1000 in words) after it."""

    total: Decimal = Decimal(0)
    current: Decimal | None = None
    unit: int = 0
    fraction: bool = False

    def taking(self, word: str) -> Self | None:
        """The state after one more word, or None if it can't continue the numeral."""
        state: Self | None = self
        for atom in (atoms := _atoms(word)):
            state = state and state._taking(atom)
        return state if atoms else None

    def _taking(self, atom: _Atom) -> Self | None:
        current, value = self.current, atom.value
        if atom.kind == "scales":
            if (self.unit and value >= self.unit) or (current is None and (value > 1000 or self.total)):
                return None
            return self.scaled(int(value))
        if self.fraction:
            return None
        if atom.kind == "fractions":
            if current == 3 and value == _QUARTER:  # "tre kvart million"
                return self._replace(current=3 * value, fraction=True)
            return self._replace(current=value, fraction=True) if current is None or current == 1 > value else None
        if atom.kind == "hundreds":
            if current is not None and not (1 <= current < 20 and current != 10 and current % 1 == 0):
                return None
            return self._replace(current=value * (current or 1))
        fits = current is None or current % 100 == 0 or (atom.kind == "small" and current % 10 == 0 and current > 10)
        if not fits or current == 0 or (current is not None and current % 100 == 10):
            return None
        return self._replace(current=value + (current or 0))

    def scaled(self, unit: int) -> Self:
        """The state after a scale word; "tusen" alone is one thousand."""
        one = Decimal(1) if self.current is None else self.current
        return self._replace(total=self.total + one * unit, current=None, unit=unit, fraction=False)

    @property
    def joinable(self) -> bool:
        """Whether "og" may add more: after hundreds ("to hundre og femti") or a scale word."""
        if self.current is None:
            return self.total > 0
        return not self.fraction and self.current >= 100 and self.current % 100 == 0

    @property
    def complete(self) -> bool:
        """Whether the numeral can end here; after a scale word only "to tusen fem hundre" goes on."""
        loose = self.total and self.current is not None and not (self.unit == 1000 and self.current >= 100)
        return not self.fraction and not loose and (self.current is not None or self.total > 0)


def starts_quantity(token: Token) -> bool:
    """Whether a numeral can start with this token."""
    return token.kind == "number" or (token.kind == "word" and bool(_atoms(token.text)))


@lru_cache(maxsize=50_000)
def _goes_on(word: str) -> bool:
    """Whether a number in digits may go on with this word."""
    return word == _AND or word in _ADDED or word in _HEDGES or word in _ATTACHED or bool(_atoms(word))


def is_scale(token: Token) -> bool:
    """Whether a token is a scale word: "tusen", "mill"."""
    return token.text in _SCALES


def read_quantity(tokens: list[Token], first: int, *, conjoin: bool = True) -> Quantity | None:
    """The longest numeral that starts at token ``first``, or None.

    Args:
        tokens: of the whole text.
        first: the index of its first token.
        conjoin: whether "og" may belong to it ("hundre og femti"); not so after "mellom".

    """
    if digits := tokens[first].kind == "number":
        value = digits_value(tokens[first].text)
        if value is None:
            return None
        if first + 1 == len(tokens) or not _goes_on(tokens[first + 1].text):
            return Quantity(first, first + 1, value, 1)
        state, at = _State(current=value), first + 1
    else:
        state, at = _State(), first
    joined = None
    readings = [(state, at)] if digits else []
    while at < len(tokens) and tokens[at].kind == "word":
        word = tokens[at].text
        if word == _AND:
            if taken := _fraction_after(tokens, at + 1, state):
                state, at = taken
                continue
            if digits or not conjoin or not state.joinable:
                break
            joined, at = at, at + 1
            continue
        if at == first + 1 and (word in _ADDED or (word in _HEDGES and state.current == 1)):
            at += 1
            continue
        step = state.taking(word) or (digits and at == first + 1 and _attached(tokens, at, state)) or None
        if step is None:
            if joined is not None and _atoms(word):  # "hundre | og to hundre": the "og" was between two numerals
                readings = [reading for reading in readings if reading[1] <= joined]
            break
        state, at = step, at + 1
        if state.complete:
            readings.append((state, at))
    if not readings:
        return None
    state, last = readings[-1]
    if tokens[last - 1].text in _ABBREVIATED and is_mark(tokens, last, "."):
        last += 1
    return Quantity(first, last, state.total + (state.current or 0), state.unit if state.current is None else 1)


def is_mark(tokens: list[Token], at: int, marks: str) -> bool:
    """Whether token ``at`` is one of ``marks`` written on to the token before it."""
    return 0 < at < len(tokens) and tokens[at].text in marks and tokens[at].start == tokens[at - 1].end


def _fraction_after(tokens: list[Token], at: int, state: _State) -> tuple[_State, int] | None:
    """The state and place after "(en) halv" or "(en) kvart" that adds to a number, or None."""
    if at < len(tokens) and _ATOMS.get(tokens[at].text) == _ONE:
        at += 1
    atom = _ATOMS.get(tokens[at].text) if at < len(tokens) else None
    if atom is None or atom.kind != "fractions" or atom.value > 1 or state.current is None or state.fraction:
        return None
    return state._replace(current=state.current + atom.value, fraction=True), at + 1


def _attached(tokens: list[Token], at: int, state: _State) -> _State | None:
    """The state after a letter for a scale written on to digits ("500k"), or None."""
    scale = _ATTACHED.get(tokens[at].text)
    if scale is None or tokens[at].start > tokens[at - 1].end:
        return None
    return state.scaled(scale)
