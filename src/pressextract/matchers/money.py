"""Sums of money in running text, lists and tables, in Bokmål and Nynorsk.

The grammar, bottom up: a numeral (``numbers``) with its currency words is a sum (``money_sums``); sums side by side
make ranges and lists that share a unit (``money_ranges``); a sum without a currency word is money where its context
says so (``money_context``) or its column does (``money_tables``). The words are data in ``lexicon/money.toml``.
"""

from bisect import bisect_left
from decimal import Decimal
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.doctext import text_of
from pressextract.matchers.currencies import DEFAULT_CURRENCY
from pressextract.matchers.money_context import money_among
from pressextract.matchers.money_modifiers import modifier_of
from pressextract.matchers.money_ranges import combined_sums
from pressextract.matchers.money_sums import unwrapped
from pressextract.matchers.money_tables import find_cells
from pressextract.matchers.numbers import tokenize
from pressextract.matchers.spans import declare_extension, store_spans
from pressextract.records import MONEY_DECIMALS

_LEAST = Decimal("0.001")  # JSON would write what is far below with an exponent
_TOO_MUCH = Decimal(10) ** 20


class MoneyMatch(NamedTuple):
    """A sum of money at characters ``[start, end)``, its modifier left out.

    ``value`` is in whole units of ``currency`` (ISO 4217) and exact; ``upper`` is the upper end of a range, else None;
    ``modifier`` is None, "approx", "min" or "max".
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    currency: str
    modifier: str | None


def find_money(text: str) -> list[MoneyMatch]:
    """The sums of money in ``text``, in order and without overlap.

    A range is one match; each member of a list ("2, 3 og 4 millioner") is one, over its own number only.
    """
    tokens = unwrapped(text, tokenize(text))
    cells, notes = find_cells(text)
    matches = [MoneyMatch(cell.start, cell.end, _plain(cell.value), None, cell.currency, None) for cell in cells]
    taken = sorted([*((cell.start, cell.end) for cell in cells), *notes])
    for money in money_among(text, tokens, combined_sums(text, tokens)):
        start, end = tokens[money.first].start, tokens[money.last - 1].end
        before = bisect_left(taken, (end,))
        if not before or taken[before - 1][1] <= start:
            upper = None if money.upper is None else _plain(money.upper)
            currency = money.currency or DEFAULT_CURRENCY
            matches.append(MoneyMatch(start, end, _plain(money.value), upper, currency, modifier_of(tokens, money)))
    return sorted(filter(_is_storable, matches), key=lambda match: match.start)


def _is_storable(match: MoneyMatch) -> bool:
    """Whether records can hold a sum exactly; greater and finer ones are numbers that nobody pays."""
    return all(
        value == 0 or (_LEAST <= value < _TOO_MUCH and value.scaleb(MONEY_DECIMALS) % 1 == 0)
        for value in (match.value, match.upper)
        if value is not None
    )


def _plain(value: Decimal) -> Decimal:
    """The same value without trailing decimal zeros and without exponent."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


class MoneyMatcher:
    """Finds sums of money.

    Scope: digits and number words, ranges and lists, before or after their currency, without a currency word where
    the context makes it money, and table cells. Not counts, percentages, measures, years or phone numbers.

    Example:
        "Siva gir mellom 2 og 4 millioner kroner" -> one span "2 og 4 millioner kroner" in ``doc.spans["money"]`` with
        ``span._.money == MoneyMatch(16, 39, Decimal(2000000), Decimal(4000000), "NOK", None)``

    Declares:
        ``span._.money``: the MoneyMatch with its exact characters; a token may be wider than it.

    """

    def __init__(self) -> None:
        declare_extension("money")

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.spans["money"]``."""
        return store_spans(doc, "money", "money", (("money", match) for match in find_money(text_of(doc))))


@Language.factory("pressextract_money")
def create_money_matcher(nlp: Language, name: str) -> MoneyMatcher:
    """The component ``pressextract_money``."""
    return MoneyMatcher()
