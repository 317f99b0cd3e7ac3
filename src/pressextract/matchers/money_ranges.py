"""What sums make with their neighbours: ranges, lists that share a unit or a currency, kroner with øre.

The words are data in ``lexicon/money.toml``.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pressextract.lexicon import word_set
from pressextract.matchers.money_sums import DASHES, Sum, is_year, read_sums
from pressextract.matchers.numbers import Token

FROM = word_set("money", "range_from")
TO = word_set("money", "range_to")
_BETWEEN = word_set("money", "range_between")
_LINKS = word_set("money", "list_links")
_ARTICLES = word_set("money", "articles")
_VAGUE = word_set("money", "vague")
_CHANGE_WORDS = word_set("money", "change_words")
_CHANGE_STEMS = re.compile("|".join(word_set("money", "change_stems")))
_REACH = 12
"""How many tokens before a range its word of change may stand."""


def combined_sums(text: str, tokens: list[Token]) -> list[Sum]:
    """Every possible sum in order: units and currencies shared with neighbours, ranges joined into one.

    Args:
        text: the text.
        tokens: all of its tokens.

    """
    sums = read_sums(text, tokens)
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
    return [found for found in combined if not _vague(tokens, found)]


def _vague(tokens: list[Token], found: Sum) -> bool:
    """Whether this is no definite sum: "flere hundre tusen kroner", "en krone"."""
    first = tokens[found.first]
    if first.kind == "word" and found.first and tokens[found.first - 1].text in _VAGUE:
        return True
    return first.text in _ARTICLES and found.unit <= 1 and found.value <= 1


def _chains(tokens: list[Token], sums: list[Sum]) -> Iterator[tuple[list[Sum], list[str]]]:
    """Sums with a single linking token between neighbours, together with those links."""
    if not sums:
        return
    chain, links = [sums[0]], list[str]()
    for left, right in pairwise(sums):
        link = tokens[left.last].text if right.first - left.last == 1 else ""
        if link in _LINKS or link in TO or (link and link in DASHES + ","):
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
        if not (left.closed or _is_article(tokens, left, link) or _is_year_before(tokens, left, right, link)):
            shared[at] = _elliptic(tokens, left, right, link)
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


def _is_article(tokens: list[Token], found: Sum, link: str) -> bool:
    """Whether "en" in "en og to millioner" is an article; it counts in "mellom en og to millioner", "en til to"."""
    listed = link == "," or (link in _LINKS and not (found.first and tokens[found.first - 1].text in _BETWEEN))
    return listed and tokens[found.first].text in _ARTICLES


def _is_year_before(tokens: list[Token], found: Sum, after: Sum, link: str) -> bool:
    """Whether a number is a year beside a sum ("i 2020 og 2021 4 millioner"), not the lower price of "1200–1500 kr"."""
    before = tokens[found.first - 1].text if found.first else ""
    is_price = (
        after.unit == 1 and found.value < after.value and (link in DASHES or before in _BETWEEN or before in FROM)
    )
    return is_year(tokens[found.first]) and not is_price


def _elliptic(tokens: list[Token], left: Sum, right: Sum, link: str) -> Sum:
    """A number with what it leaves to the sum after it: "2" in "2–4 millioner kroner", "6" in "6–7 000 kroner"."""
    currency = left.currency or right.currency
    if right.currency not in (None, currency):
        return left
    unit = Decimal(1)
    if left.value < 1000 and left.unit == 1:
        in_words = tokens[left.first].kind == tokens[right.first].kind == "word"
        unit = _left_out(left.value, right, dashed=link in DASHES and currency is not None, in_words=in_words)
    if unit == 1 and currency == left.currency:
        return left
    return left._replace(value=left.value * unit, unit=left.unit * unit, currency=currency)


def _left_out(number: Decimal, after: Sum, *, dashed: bool, in_words: bool) -> Decimal:
    """What ``number`` shares of the sum after it: its scale word and, as people speak, hundreds and thousands too.

    "tre til fire hundre tusen", "3–400 000" and "2–300 millioner" count the same thing twice; "5–10 000" thousands.
    """
    count = after.value / after.unit
    power = Decimal(10) ** count.adjusted()
    if (dashed or in_words) and power >= 100 and count % power == 0 and 1 <= number < count / power:
        return power * after.unit
    if dashed and after.unit == 1 and 0 < number < 100 and count % 1000 == 0:
        return Decimal(1000)
    return after.unit


def _range(tokens: list[Token], written: Sum, low: Sum, high: Sum, link: str) -> Sum | None:
    """The range that two linked sums make, or None where they are two sums."""
    before = tokens[low.first - 1].text if low.first else ""
    if link in _LINKS:
        spans = before in _BETWEEN
    elif link in TO:
        spans = not changes_before(tokens, low.first) if before in FROM else not written.closed
    else:
        spans = link in DASHES
    if not spans or low.value >= high.value or low.currency != high.currency:
        return None
    return high._replace(first=low.first, value=low.value, upper=high.value)


def _with_parts(whole: Sum, parts: Sum, link: str) -> Sum | None:
    """The one sum of "12 kroner og 50 øre", or None."""
    if link in _LINKS and whole.currency == parts.currency is not None and whole.unit == 1 > parts.unit:
        return whole._replace(last=parts.last, value=whole.value + parts.value)
    return None


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
