"""The sums of a text: its numerals with their currency words. The words are data in ``lexicon/money.toml``.

Whether a sum without a currency word is money is not decided here.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pressextract.lexicon import load_lexicon, word_set
from pressextract.matchers.currencies import (
    DEFAULT_CURRENCY,
    Currency,
    read_compound,
    read_currency,
    starts_currency,
)
from pressextract.matchers.numbers import Quantity, Token, is_mark, is_scale, read_quantity, starts_quantity

_BETWEEN = word_set("money", "range_between")
_ADJECTIVES = word_set("money", "currency_adjectives")
_ABBREVIATED = word_set("money", "currency_abbreviations")
_LABELS = word_set("money", "currency_labels")
_MODIFIERS = (phrase for phrases in load_lexicon("money")["modifiers"].values() for phrase in phrases)
_RANGE_WORDS = (word_set("money", key) for key in ("range_from", "range_to", "range_between", "list_links"))
_UNFINISHED = frozenset().union(*_RANGE_WORDS, (phrase.split()[-1] for phrase in _MODIFIERS))
"""A line that ends in one of these goes on with the number on the next."""
_YEAR = re.compile(r"(?:1\d|20)\d\d")
DASHES = "-–—"
_FEW_DIGITS = 3
"""Shorter numbers are sums only with a unit, theirs or a neighbour's."""


class Sum(NamedTuple):
    """A possible sum over tokens ``[first, last)``; ``currency`` is None where no word names it.

    ``unit`` is what its scale and currency words multiply by (1000000 for "mill.", 0.01 for "øre") and already in
    ``value``. ``closed`` sums don't take their unit from a neighbour.
    """

    first: int
    last: int
    value: Decimal
    unit: Decimal
    currency: str | None
    closed: bool
    upper: Decimal | None = None


def unwrapped(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens without the line breaks that part a sum, or it and the word before it, in text set in short lines."""
    if "\n" not in text:
        return tokens
    return [token for at, token in enumerate(tokens) if token.kind != "newline" or not _parts_sum(text, tokens, at)]


def _parts_sum(text: str, tokens: list[Token], at: int) -> bool:
    if not 0 < at < len(tokens) - 1 or len(tokens[at].text) > 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if after.kind == "number":
        return before.text in _UNFINISHED
    if not text[after.start].islower() or not (starts_currency(after) or is_scale(after)):
        return False
    is_price = at + 2 < len(tokens) and tokens[at + 2].kind == "number"  # a line of its own: "kr 75"
    return not is_price and (starts_quantity(before) or (before.text == "." and starts_quantity(tokens[at - 2])))


def read_sums(text: str, tokens: list[Token]) -> list[Sum]:
    """Every numeral with the currency words around it, in order."""
    starts = _starts(tokens)
    sums, at = [], starts.find(True)
    while at >= 0:
        found = _read_sum(text, tokens, at)
        if found:
            sums.append(found)
        at = starts.find(True, found.last if found else at + 1)
    return sums


def _starts(tokens: list[Token]) -> bytearray:
    """For each token whether a sum may start with it, told cheaply: most short numbers are no sums."""
    starts = bytearray([token.kind == "number" or _starts_sum(token.text) for token in tokens])
    short = [at for at, token in enumerate(tokens) if token.kind == "number" and len(token.text) <= _FEW_DIGITS]
    for at in reversed(short):
        starts[at] = _is_placed_as_sum(tokens, at, starts)
    return starts


@lru_cache(maxsize=50_000)
def _starts_sum(word: str) -> bool:
    """Whether a sum may start with a word, whatever stands around it."""
    token = Token(0, 0, word, "word")
    return starts_quantity(token) or starts_currency(token)


def _is_placed_as_sum(tokens: list[Token], at: int, starts: bytearray) -> bool:
    """Whether a short number has a unit beside it, or a neighbour to share one with; ``starts`` is told after it."""
    before = tokens[at - 1].text if at else ""
    if (at and tokens[at - 1].kind == "word") or before == "(":
        return True
    if at + 1 == len(tokens):
        return bool(before) and before in DASHES
    after = tokens[at + 1]
    if after.text in DASHES:
        return not (before and before in DASHES) and at + 2 < len(tokens) and starts[at + 2] > 0  # not "1 - 2 - 3"
    if after.text == "," and at + 2 < len(tokens) and starts[at + 2]:
        return True
    is_unit = after.kind == "word" or starts_currency(after)
    return is_unit or (before and before in DASHES) or _price_tail(tokens, at + 1) > at + 1


def _read_sum(text: str, tokens: list[Token], first: int) -> Sum | None:
    prefix = read_currency(text, tokens, first)
    at = first + len(prefix.words) if prefix else first
    if prefix and prefix.words[0] in _ABBREVIATED and is_mark(tokens, at, "."):
        at += 1
    if at >= len(tokens):
        return None
    quantity = read_quantity(tokens, at, conjoin=not (first and tokens[first - 1].text in _BETWEEN))
    if quantity is None or (not prefix and _is_tied(tokens, first)) or is_compound(tokens, quantity.last):
        return None
    last = quantity.last
    suffix = _suffix(text, tokens, last)
    if suffix and (prefix is None or prefix.code == suffix[0].code):
        last = suffix[1]
        if is_compound(tokens, last):
            return None  # "33 EUR-paller"
    else:
        suffix = None
    tail = _price_tail(tokens, last)
    if prefix and tail == quantity.last and _is_label(prefix, tokens, quantity):
        return None
    currency = prefix or (suffix and suffix[0]) or None
    factor = currency.factor if currency else Decimal(1)
    return Sum(
        first,
        tail,
        quantity.value * factor,
        quantity.unit * factor,
        currency.code if currency else (DEFAULT_CURRENCY if tail > last else None),
        closed=bool(suffix or tail > last or quantity.unit > 1),
    )


def _is_tied(tokens: list[Token], at: int) -> bool:
    """Whether a number is written on to what is before it: "CO2", "3/4", but not the second price of "250,-/150,-"."""
    before = tokens[at - 1] if at else None
    if before is None or before.end < tokens[at].start:
        return False
    return before.kind == "word" or before.text == "_" or (before.text == "/" and tokens[at - 2].text not in DASHES)


def _is_label(prefix: Currency, tokens: list[Token], quantity: Quantity) -> bool:
    """Whether a currency's name and a number name an event or a standard: "EURO 2024", "Euro 6"."""
    return (
        prefix.words[0] in _LABELS and (quantity.value < 10 or is_year(tokens[quantity.first])) and quantity.unit == 1
    )


def _suffix(text: str, tokens: list[Token], at: int) -> tuple[Currency, int] | None:
    """The currency after a number and the token where it ends."""
    if at == len(tokens):
        return None
    if at + 1 < len(tokens) and tokens[at].text in _ADJECTIVES:
        at += 1
    currency = read_currency(text, tokens, at) or read_compound(tokens, at)
    if currency is None:
        return None
    last = at + len(currency.words)
    goes_on = last + 1 < len(tokens) and text[tokens[last + 1].start].islower()
    if currency.words[0] in _ABBREVIATED and is_mark(tokens, last, ".") and goes_on:
        last += 1
    return currency, last


def _price_tail(tokens: list[Token], at: int) -> int:
    """The token after ",-" at token ``at``, or ``at``."""
    last = at + 1
    while is_mark(tokens, at, ",.") and is_mark(tokens, last, DASHES):
        last += 1
    follower = tokens[last] if last < len(tokens) else None
    written_on = follower and follower.kind in ("word", "number") and follower.start == tokens[last - 1].end
    return at if last == at + 1 or written_on else last


def is_compound(tokens: list[Token], at: int) -> bool:
    """Whether a hyphen at token ``at`` ties what is before it to a word that is no numeral: "50-kroners"."""
    if not is_mark(tokens, at, "-") or at + 1 >= len(tokens) or tokens[at + 1].kind != "word":
        return False
    return tokens[at + 1].start == tokens[at].end and read_quantity(tokens, at + 1) is None


def is_year(token: Token) -> bool:
    """Whether a number is written as a year is: four digits, 1000 to 2099."""
    return _YEAR.fullmatch(token.text) is not None
