"""The names, signs and codes of currencies: "svenske kroner", "€", "MNOK", "øre" (``lexicon/money.toml``)."""

from decimal import Decimal
from typing import NamedTuple

from pressextract.lexicon import load_lexicon, word_set
from pressextract.matchers.numbers import Token, is_mark, tokenize

DEFAULT_CURRENCY = "NOK"


class Currency(NamedTuple):
    """One way to write a currency: its token texts, the ISO 4217 code and what it multiplies a number by."""

    words: tuple[str, ...]
    code: str
    factor: Decimal


def _currencies() -> dict[str, Currency]:
    lexicon = load_lexicon("money")
    entries = [(name, code, 1) for code, names in lexicon["currencies"].items() for name in names]
    entries += [(name, code, factor) for name, (code, factor) in lexicon["parts"].items()]
    entries += [
        (prefix + code.lower(), code, factor)
        for prefix, factor in lexicon["multiples"].items()
        for code in lexicon["currencies"]
    ]
    return {
        name: Currency(tuple(token.text for token in tokenize(name)), code, Decimal(factor))
        for name, code, factor in entries
    }


CURRENCIES = _currencies()
"""Every currency by the way it is written, in lower case."""

_BY_WORD: dict[str, list[Currency]] = {}
for _currency in sorted(CURRENCIES.values(), key=lambda currency: -len(currency.words)):
    _BY_WORD.setdefault(_currency.words[0], []).append(_currency)

_KRONER = word_set("money", "currency_heads") | word_set("money", "currency_abbreviations")
_YEAR_DIGITS = 4
_HEADS = tuple(word_set("money", "currency_heads"))
_NO_CURRENCY = word_set("money", "not_currency")


def starts_currency(token: Token) -> bool:
    """Whether a currency can start with this token."""
    return token.text in _BY_WORD


def read_currency(text: str, tokens: list[Token], first: int) -> Currency | None:
    """The longest currency at token ``first``; bare codes must be capitals, as "nok" is also a word."""
    if first >= len(tokens):
        return None
    for currency in _BY_WORD.get(tokens[first].text, ()):
        words = tuple(token.text for token in tokens[first : first + len(currency.words)])
        code = words == (currency.code.lower(),)
        if words == currency.words and (not code or text[tokens[first].start : tokens[first].end].isupper()):
            return currency
    return None


def read_compound(tokens: list[Token], first: int) -> Currency | None:
    """A compound of kroner at token ``first``, as it stands after a number: "skattekroner", "2024-kroner"."""
    head = first
    if tokens[first].kind == "number" and len(tokens[first].text) == _YEAR_DIGITS:
        head = first + 2
        if not is_mark(tokens, first + 1, "-") or head == len(tokens) or tokens[head].text not in _KRONER:
            return None
    elif not tokens[first].text.endswith(_HEADS) or tokens[first].text in _NO_CURRENCY:
        return None
    return Currency(tuple(token.text for token in tokens[first : head + 1]), DEFAULT_CURRENCY, Decimal(1))
