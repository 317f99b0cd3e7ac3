"""The grammar of sums: numerals with currency words, and the ranges and lists that neighbours make.

Whether a sum without a currency word is money is not decided here. The words are data in ``lexicon/money.toml``.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from pressextract.lexicon import load_lexicon
from pressextract.matchers.currencies import DEFAULT_CURRENCY, Currency, read_currency, starts_currency
from pressextract.matchers.numbers import Token, is_mark, read_quantity, starts_quantity

_LEXICON = load_lexicon("money")
_GRAMMAR = _LEXICON["combination"]
_DASHES = "-–—"


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


_BETWEEN = frozenset(_GRAMMAR["range_between"])
_FROM = frozenset(_GRAMMAR["range_from"])
_TO = frozenset(_GRAMMAR["range_to"])
_LINKS = frozenset(_GRAMMAR["list_links"])
_FILLERS = frozenset(_GRAMMAR["between"])
_ABBREVIATED = frozenset(_GRAMMAR["abbreviated"])
_ARTICLES = frozenset(_GRAMMAR["articles"])
_VAGUE = frozenset(_GRAMMAR["vague"])
_CHANGE_WORDS = frozenset(_LEXICON["change"]["words"])
_CHANGE_STEMS = re.compile("|".join(_LEXICON["change"]["stems"]))
_FEW_DIGITS = 3
"""Shorter numbers are sums only with a unit, theirs or a neighbour's."""
_MARKS_AFTER = ',.):;!?"»'
_REACH = 12
"""How many tokens before a range its word of change may stand."""


def _sums(text: str, tokens: list[Token]) -> list[Sum]:
    """Every numeral with the currency words around it, in order."""
    sums, at = [], 0
    while at < len(tokens):
        found = _read_sum(text, tokens, at) if _starts_sum(tokens, at) else None
        if found is None:
            at += 1
            continue
        if not _vague(tokens, found):
            sums.append(found)
        at = found.last
    return sums


def _starts_sum(tokens: list[Token], at: int) -> bool:
    """Whether a sum may start here, told cheaply: most short numbers are parts of dates and phone numbers."""
    token = tokens[at]
    if token.kind != "number":
        return starts_currency(token) or starts_quantity(token)
    if len(token.text) > _FEW_DIGITS or at + 1 == len(tokens):
        return True
    before, after = tokens[at - 1].text, tokens[at + 1]
    if after.text in _DASHES:
        return before not in _DASHES  # "1-2-3"
    if is_mark(tokens, at + 1, "."):
        return at + 2 == len(tokens) or tokens[at + 2].kind != "number"  # "1.2.2023"
    return after.kind in ("word", "newline") or after.text in _MARKS_AFTER or starts_currency(after)


def _read_sum(text: str, tokens: list[Token], first: int) -> Sum | None:
    prefix = read_currency(text, tokens, first)
    at = first + len(prefix.words) if prefix else first
    if prefix and prefix.words[0] in _ABBREVIATED and is_mark(tokens, at, "."):
        at += 1
    if at >= len(tokens):
        return None
    before = tokens[first - 1] if first else None
    quantity = read_quantity(tokens, at, conjoin=not (before and before.text in _BETWEEN))
    if quantity is None:
        return None
    if before and not prefix and before.end == tokens[at].start and (before.kind == "word" or before.text in "/_"):
        return None  # "CO2", "3/4"
    last = quantity.last
    if is_compound(tokens, last):
        return None
    suffix = _suffix(text, tokens, last)
    if suffix and (prefix is None or prefix.code == suffix[0].code):
        last = suffix[1]
    else:
        suffix = None
    tail = _price_tail(tokens, last)
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


def _suffix(text: str, tokens: list[Token], at: int) -> tuple[Currency, int] | None:
    """The currency after a number and the token where it ends."""
    if at + 1 < len(tokens) and tokens[at].text in _FILLERS:
        at += 1
    currency = read_currency(text, tokens, at)
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
    while is_mark(tokens, at, ",.") and is_mark(tokens, last, _DASHES):
        last += 1
    follower = tokens[last] if last < len(tokens) else None
    written_on = follower and follower.kind in ("word", "number") and follower.start == tokens[last - 1].end
    return at if last == at + 1 or written_on else last


def _vague(tokens: list[Token], found: Sum) -> bool:
    """Whether this is no definite sum: "flere hundre tusen kroner", "en krone"."""
    first = tokens[found.first]
    if first.kind == "word" and found.first and tokens[found.first - 1].text in _VAGUE:
        return True
    return first.text in _ARTICLES and found.unit <= 1 and found.value <= 1


def is_compound(tokens: list[Token], at: int) -> bool:
    """Whether a hyphen at token ``at`` ties what is before it to a word that is no numeral: "50-kroners"."""
    if not is_mark(tokens, at, "-") or at + 1 >= len(tokens) or tokens[at + 1].kind != "word":
        return False
    return tokens[at + 1].start == tokens[at].end and read_quantity(tokens, at + 1) is None


def is_year(tokens: list[Token], found: Sum) -> bool:
    """Whether a sum is written as a year is: four digits, 1000 to 2099."""
    return re.fullmatch(r"(?:1\d|20)\d\d", tokens[found.first].text) is not None


def ends_sentence(token: Token) -> bool:
    """Whether a sentence may end with this token."""
    return token.kind == "newline" or token.text in ".!?"


def changes_before(tokens: list[Token], at: int) -> bool:
    """Whether a word of change ("øker", "heves") stands shortly before token ``at`` in its sentence."""
    for token in reversed(tokens[max(at - _REACH, 0) : at]):
        if ends_sentence(token):
            return False
        if token.text in _CHANGE_WORDS or _CHANGE_STEMS.match(token.text):
            return True
    return False


def combined_sums(text: str, tokens: list[Token]) -> list[Sum]:
    """Every possible sum in order: units and currencies shared with neighbours, ranges joined into one.

    Args:
        text: the text.
        tokens: all of its tokens.

    """
    sums = _sums(text, tokens)
    combined = []
    for chain, links in _chains(tokens, sums):
        shared = _shared(tokens, chain, links)
        at = 0
        while at < len(shared):
            joined = None
            if at < len(links):
                joined = _range(tokens, chain[at], shared[at], shared[at + 1], links[at])
                joined = joined or _with_parts(shared[at], shared[at + 1], links[at])
            combined.append(joined or shared[at])
            at += 2 if joined else 1
    return combined


def _chains(tokens: list[Token], sums: list[Sum]) -> Iterator[tuple[list[Sum], list[str]]]:
    """Sums with a single linking token between neighbours, together with those links."""
    if not sums:
        return
    chain, links = [sums[0]], list[str]()
    for left, right in pairwise(sums):
        gap = tokens[left.last : right.first]
        link = gap[0].text if len(gap) == 1 else ""
        if link in _LINKS or link in _TO or (link and link in _DASHES + ","):
            links.append(link)
        else:
            yield chain, links
            chain, links = [], []
        chain.append(right)
    yield chain, links


def _shared(tokens: list[Token], chain: list[Sum], links: list[str]) -> list[Sum]:
    """The chain with each elliptic number given its neighbour's unit and currency."""
    shared = list(chain)
    listed = False
    for at in range(len(links) - 1, -1, -1):
        left, right, link = shared[at], shared[at + 1], links[at]
        listed = link in _LINKS or (listed and link == ",")
        if link == "," and not listed:
            continue
        lone = tokens[left.first].text in _ARTICLES and (link in _LINKS or link == ",")
        if not (left.closed or lone or is_year(tokens, left)):
            shared[at] = _elliptic(left, right, link)
    for at, link in enumerate(links):
        left, right = shared[at], shared[at + 1]
        if left.currency and not right.currency and not chain[at].closed and link != "," and chain[at].currency:
            factor = left.unit if right.unit == 1 else Decimal(1)
            shared[at + 1] = right._replace(
                value=right.value * factor, unit=right.unit * factor, currency=left.currency
            )
        elif right.currency and not left.currency and left.closed and link != ",":
            shared[at] = left._replace(currency=right.currency)
    return shared


def _elliptic(left: Sum, right: Sum, link: str) -> Sum:
    """A number with what it leaves to the sum after it: "2" in "2–4 millioner kroner", "6" in "6–7 000 kroner"."""
    currency = left.currency or right.currency
    if right.currency not in (None, currency):
        return left
    unit = right.unit
    if unit == 1 and currency and link in _DASHES and 0 < left.value < 100 and right.value % 1000 == 0:
        unit = Decimal(1000)
    if left.value >= 1000 or left.unit != 1:
        unit = Decimal(1)
    if unit == 1 and currency == left.currency:
        return left
    return left._replace(value=left.value * unit, unit=left.unit * unit, currency=currency)


def _range(tokens: list[Token], written: Sum, low: Sum, high: Sum, link: str) -> Sum | None:
    """The range that two linked sums make, or None where they are two sums."""
    before = tokens[low.first - 1].text if low.first else ""
    if link in _LINKS:
        spans = before in _BETWEEN
    elif link in _TO:
        spans = not changes_before(tokens, low.first) if before in _FROM else not written.closed
    else:
        spans = link in _DASHES
    if not spans or low.value >= high.value or low.currency != high.currency:
        return None
    return high._replace(first=low.first, value=low.value, upper=high.value)


def _with_parts(whole: Sum, parts: Sum, link: str) -> Sum | None:
    """The one sum of "12 kroner og 50 øre", or None."""
    if link in _LINKS and whole.currency == parts.currency is not None and whole.unit == 1 > parts.unit:
        return whole._replace(last=parts.last, value=whole.value + parts.value)
    return None
