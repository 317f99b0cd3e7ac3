"""What the words around a sum say: whether a number without a currency word is money, and how exact a sum is."""

import re
from bisect import bisect_left

from pressextract.lexicon import load_lexicon
from pressextract.matchers.currencies import DEFAULT_CURRENCY
from pressextract.matchers.money_sums import Sum, changes_before, ends_sentence, is_compound, is_year
from pressextract.matchers.numbers import Token, starts_quantity, tokenize

_LEXICON = load_lexicon("money")
_CUES = _LEXICON["context"]
_CUE_WORDS = frozenset(_CUES["words"])
_CUE_STEMS = re.compile("|".join(map(re.escape, _CUES["stems"])))
_FOLLOWERS = frozenset(_CUES["followers"])
_UNITS = frozenset(_CUES["units"])
_IDENTIFIERS = frozenset(_CUES["identifiers"])
_PASSIVES = tuple(_CUES["follower_endings"])
_PLURALS = tuple(_CUES["plural_endings"])
_PASTS = tuple(_CUES["verb_endings"])
_DEFINITE = frozenset(_CUES["definite"])
_COUNTED_BEFORE = frozenset(_CUES["counted_before"])
_FROM = frozenset(_LEXICON["combination"]["range_from"])
_TO = frozenset(_LEXICON["combination"]["range_to"])
_SKIPPED = frozenset(_LEXICON["modifiers_skip"]["words"])
_BULLET = re.compile(r"[ \t]*+(?:[•*·▪>–—-]|\d{1,2}[).])\s")
_THOUSAND, _MILLION = 1000, 1_000_000
_NEAR_LINES = 2
_REACH = 12
"""How many tokens away "til" may be from the "fra" of the same change."""


def _phrases(table: dict[str, list[str]], key: int) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The modifiers' phrases as token texts, longest first, by their token ``key``."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for modifier, entries in table.items():
        for entry in entries:
            phrase = tuple(token.text for token in tokenize(entry))
            index.setdefault(phrase[key], []).append((phrase, modifier))
    for phrases in index.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return index


_BEFORE = _phrases(_LEXICON["modifiers"], -1)
_AFTER = _phrases(_LEXICON["modifiers_after"], 0)


def modifier_of(tokens: list[Token], found: Sum) -> str | None:
    """The modifier ("approx", "min", "max" or None) by the words before, inside ("en drøy million") or after a sum."""
    if found.upper is not None and tokens[found.first - 1].text in _FROM:
        return None
    at = found.first
    while at and tokens[at - 1].text in _SKIPPED:
        at -= 1
    for last in (at, found.first + 2):
        for phrase, modifier in _BEFORE.get(tokens[last - 1].text, ()) if 0 < last <= found.last else ():
            if _texts(tokens, last - len(phrase), last) == phrase:
                return None if phrase[0] in _FROM and _moves(tokens, found) else modifier
    for phrase, modifier in _AFTER.get(tokens[found.last].text, ()) if found.last < len(tokens) else ():
        if _texts(tokens, found.last, found.last + len(phrase)) == phrase:
            return modifier
    return None


def _texts(tokens: list[Token], first: int, last: int) -> tuple[str, ...]:
    return tuple(token.text for token in tokens[max(first, 0) : last])


def _moves(tokens: list[Token], found: Sum) -> bool:
    """Whether "fra" before a sum is where a change starts ("økte fra 2 millioner i fjor til 3") and no minimum."""
    for at in range(found.last, min(found.last + _REACH, len(tokens))):
        if ends_sentence(tokens[at]):
            break
        if tokens[at].text in _TO and any(map(starts_quantity, tokens[at + 1 : at + 4])):
            return True
    return changes_before(tokens, found.first)


def money_among(text: str, tokens: list[Token], sums: list[Sum]) -> list[Sum]:
    """The sums that are money, each with a currency: named ones, and bare ones where the context says so."""
    judge = _Judge(text, tokens, sums)
    return [money for found in sums if (money := judge.judged(found))]


def _has_cue(tokens: list[Token]) -> bool:
    """Whether there is a word of giving, costing or budgeting among the tokens."""
    words = {token.text for token in tokens if token.kind == "word"}
    return not _CUE_WORDS.isdisjoint(words) or any(map(_CUE_STEMS.search, words))


class _Judge:
    """Decides on bare sums in text order; what it decided counts for the rest of the sentence."""

    def __init__(self, text: str, tokens: list[Token], sums: list[Sum]) -> None:
        self.text, self.tokens = text, tokens
        self.sentences: list[int] = []  # of each token
        self.lines: list[int] = []
        self.blocks: list[int] = []
        self.line_starts = [0]
        self.line_first = [0]  # the first token of each line
        self.sentence_starts = [0]
        block = 0
        for at, token in enumerate(tokens):
            newline = token.kind == "newline"
            if newline:
                block += token.text.count("\n") > 1
                self.line_starts.append(token.end)
                self.line_first.append(at + 1)
            if newline or self._starts_sentence(at):
                self.sentence_starts.append(at)
            self.sentences.append(len(self.sentence_starts) - 1)
            self.lines.append(len(self.line_starts) - 1)
            self.blocks.append(block)
        named = [found.first for found in sums if found.currency]
        self.named_sentences = {self.sentences[at] for at in named}
        self.money_lines = {self.lines[at] for at in named}
        self.cued: dict[int, bool] = {}
        self.latest: dict[int, Sum] = {}  # money by sentence
        self.latest_count: dict[int, Sum] = {}
        self.introduced: dict[int, bool] = {}

    def _starts_sentence(self, at: int) -> bool:
        before, token = self.tokens[at - 1], self.tokens[at]
        apart = before.text in ".!?" and token.start > before.end
        return apart and token.kind != "number" and not self.text[token.start].islower()

    def judged(self, found: Sum) -> Sum | None:
        """The sum with its currency if it is money, else None."""
        sentence = self.sentences[found.first]
        money: Sum | None = None
        if found.currency:
            money = found
        elif found.value < _THOUSAND:
            money = self._share(found, self.latest.get(sentence))
        elif not self._is_identifier(found):
            counted = self._counted(found)
            if counted or self._goes_on_counting(found, sentence):
                self.latest_count[sentence] = found
            elif self._is_money(found, sentence, sure=counted is False):
                money = found._replace(currency=DEFAULT_CURRENCY)
        if money:
            self.latest[sentence] = money
            self.latest_count.pop(sentence, None)
            self.money_lines.add(self.lines[found.first])
        return money

    def _share(self, found: Sum, latest: Sum | None) -> Sum | None:
        """A small number that takes the unit of the sum before it: "NOK 8,2 millioner (7,9)", "5 til A og 2 til B"."""
        if latest is None or latest.unit < _THOUSAND or found.last >= len(self.tokens):
            return None
        before, after = self.tokens[found.first - 1].text, self.tokens[found.last].text
        compared = before == "(" and after == ")" and latest.last == found.first - 1
        listed = before in _CUES["shares_after"] and after in _CUES["shares_before"]
        listed = listed or ("," in self.tokens[found.first].text and self._counted(found) is False)
        if not (compared or listed):
            return None
        return found._replace(value=found.value * latest.unit, unit=latest.unit, currency=latest.currency)

    def _is_money(self, found: Sum, sentence: int, *, sure: bool) -> bool:
        """Whether a bare sum is money; ``sure`` if what follows can't be a thing counted."""
        supported = sentence in self.named_sentences or sentence in self.latest or self._cued(sentence)
        if found.unit >= _MILLION:
            return sure or supported
        if not sure or is_year(self.tokens, found):
            return False
        return supported or self.lines[found.first] in self.money_lines or self._listed(found)

    def _goes_on_counting(self, found: Sum, sentence: int) -> bool:
        """Whether it counts what a number before it did ("5 millioner innbyggere, mot 4 millioner i 1990")."""
        if not _COUNTED_BEFORE.isdisjoint(_texts(self.tokens, found.first - 3, found.first)):
            return True
        count = self.latest_count.get(sentence)
        if count is None or (count.unit >= _MILLION) != (found.unit >= _MILLION):
            return False
        return not _has_cue(self.tokens[count.last : found.last + 3])

    def _is_identifier(self, found: Sum) -> bool:
        """Whether this is part of a phone or account number, or the number of something."""
        if found.unit >= _THOUSAND:
            return False
        near = self.tokens[max(found.first - 2, 0) : found.first]
        after = self.tokens[found.last : found.last + 1]
        return (
            any(token.text in _IDENTIFIERS or token.text == "+" for token in near)
            or any(token.kind == "number" for token in [*near[-1:], *after])
            or any(token.text in "/_" and token.start == self.tokens[found.last - 1].end for token in after)
        )

    def _counted(self, found: Sum) -> bool | None:
        """Whether what follows is a thing counted; None if that can't be told."""
        if found.last >= len(self.tokens) or self.tokens[found.last - 1].text in _DEFINITE:
            return False
        token = self.tokens[found.last]
        if token.kind != "word":
            return token.text in "%‰°" or is_compound(self.tokens, found.last)
        if token.text in _UNITS:
            return True
        if token.text in _FOLLOWERS or token.text.endswith(_PASSIVES):
            return False
        if not self.text[token.start].islower():
            return False
        plural = token.text.endswith(_PLURALS) and not token.text.endswith(_PASTS)
        return True if plural else None

    def _cued(self, sentence: int) -> bool:
        """Whether the sentence has a word of giving, costing or budgeting."""
        if sentence not in self.cued:
            first, last = [*self.sentence_starts[sentence : sentence + 2], len(self.tokens)][:2]
            self.cued[sentence] = _has_cue(self.tokens[first:last])
        return self.cued[sentence]

    def _listed(self, found: Sum) -> bool:
        """Whether it stands in a list item near items with money, or in a list that is introduced as money."""
        line, block = self.lines[found.first], self.blocks[found.first]
        last = found.last == len(self.tokens) or self.tokens[found.last].kind == "newline"
        if not last and _BULLET.match(self.text, self.line_starts[line]) is None:
            return False
        near = range(line - _NEAR_LINES, line + _NEAR_LINES + 1)
        if any(other in self.money_lines and self._block_of(other) == block for other in near):
            return True
        if block not in self.introduced:
            first = self.lines[bisect_left(self.blocks, block)]
            intro = self._tokens_of(first - 1), self._tokens_of(first), self._tokens_of(first + 1)
            self.introduced[block] = any(map(_has_cue, intro))
        return self.introduced[block]

    def _tokens_of(self, line: int) -> list[Token]:
        if not 0 <= line < len(self.line_first):
            return []
        first, last = [*self.line_first[line : line + 2], len(self.tokens)][:2]
        return self.tokens[first:last]

    def _block_of(self, line: int) -> int:
        return self.blocks[self.line_first[line]]
