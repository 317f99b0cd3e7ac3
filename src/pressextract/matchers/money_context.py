"""Whether a number without a currency word is money, by the words around it and the sums before it."""

import re
from bisect import bisect_right
from functools import lru_cache

from pressextract.lexicon import word_set
from pressextract.matchers.currencies import DEFAULT_CURRENCY
from pressextract.matchers.money_sums import Sum, is_compound, is_year
from pressextract.matchers.numbers import Token, texts

_CUE_WORDS = word_set("money", "cue_words")
_CUE_STEMS = re.compile("|".join(map(re.escape, word_set("money", "cue_stems"))))
_NOT_CUES = re.compile("|".join(map(re.escape, word_set("money", "not_cue_stems"))))
_FOLLOWERS = word_set("money", "followers")
_PASSIVES = tuple(word_set("money", "follower_endings"))
_UNITS = word_set("money", "units")
_PLURALS = tuple(word_set("money", "plural_endings"))
_PASTS = tuple(word_set("money", "verb_endings"))
_DEFINITE = word_set("money", "definite")
_COUNTED_BEFORE = word_set("money", "counted_before")
_COUNTED_ENDINGS = tuple(word_set("money", "counted_before_endings"))
_IDENTIFIERS = word_set("money", "identifiers") | {"+"}
_IDENTIFIER_ENDINGS = tuple(word_set("money", "identifier_endings"))
_SHARES_AFTER = word_set("money", "shares_after")
_SHARES_BEFORE = word_set("money", "shares_before")
_REST = word_set("money", "shares_rest")
_CLAUSE_ENDS = word_set("money", "clause_ends")
_ASKED = word_set("money", "asked")
_BULLET = re.compile(r"(?:[•*·▪>–—-]|\d{1,2}[).])\s")
_STOPS = frozenset("\n.!?")
_THOUSAND, _MILLION = 1000, 1_000_000
_NEAR_LINES = 2
_BESIDE = 3, 5
"""How many tokens before a number the word of what it counts may stand; so far only without a word of money."""
_NEAR, _FAR = 2, 6
"""How many tokens before a number, in groups or in one run of digits, the word of what it identifies may stand."""
_SENTENCE = 40
"""Only so many tokens between two numbers say whether the second counts what the first did."""


def money_among(text: str, tokens: list[Token], sums: list[Sum]) -> list[Sum]:
    """The sums that are money, each with a currency: named ones, and bare ones where the context says so."""
    judge = _Judge(text, tokens, sums)
    return [money for found in sums if (money := judge.judged(found))]


def _has_cue(tokens: list[Token]) -> bool:
    """Whether there is a word of giving, costing or budgeting among the tokens."""
    return any(map(_is_cue, {token.text for token in tokens if token.kind == "word"}))


@lru_cache(maxsize=50_000)
def _is_cue(word: str) -> bool:
    return word in _CUE_WORDS or (_CUE_STEMS.search(word) is not None and _NOT_CUES.search(word) is None)


def _names_count(word: str) -> bool:
    return word in _COUNTED_BEFORE or word.endswith(_COUNTED_ENDINGS)


class _Places:
    """The tokens that the sentences, lines and blocks of a text start with.

    A line break ends a sentence unless the next line goes on in lower case.
    """

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.sentences, self.lines, self.blocks = [0], [0], [0]
        stops = [at for at, token in enumerate(tokens[:-1]) if token.text[0] in _STOPS]
        for at in stops:
            token, after = tokens[at], tokens[at + 1]
            goes_on = text[after.start].islower()
            if token.kind == "newline":
                self.lines.append(at + 1)
                if len(token.text) > 1:
                    self.blocks.append(at + 1)
                    goes_on = False
            else:
                goes_on = goes_on or after.start == token.end or after.kind in ("number", "code")
            if not goes_on:
                self.sentences.append(at + 1)


def _place(starts: list[int], at: int) -> int:
    """Which of the stretches that begin at ``starts`` token ``at`` is in."""
    return bisect_right(starts, at) - 1


class _Judge:
    """Decides on bare sums in text order; what it decided counts for the sums after it."""

    def __init__(self, text: str, tokens: list[Token], sums: list[Sum]) -> None:
        self.text, self.tokens = text, tokens
        self.places = _Places(text, tokens)
        named = [found.first for found in sums if found.currency]
        self.named_sentences = {_place(self.places.sentences, at) for at in named}
        self.money_lines = {_place(self.places.lines, at) for at in named}
        self.cued: dict[int, bool] = {}  # by sentence
        self.latest: dict[int, Sum] = {}  # money by sentence
        self.latest_count: dict[int, Sum] = {}
        self.introduced: dict[int, bool] = {}  # by block

    def judged(self, found: Sum) -> Sum | None:
        """The sum with its currency if it is money, else None."""
        sentence = _place(self.places.sentences, found.first)
        money: Sum | None = None
        if found.currency:
            money = found
        elif found.value < _THOUSAND:
            money = self._shared(found, sentence)
        elif found.unit < _MILLION and is_year(self.tokens[found.first]):
            pass  # a year is the likelier reading whatever stands around it
        elif (supported := self._is_supported(found, sentence)) or found.unit >= _MILLION:
            money = self._weighed(found, sentence, supported=supported)
        if money:
            self.latest[sentence] = money
            self.latest_count.pop(sentence, None)
            self.money_lines.add(_place(self.places.lines, found.first))
        return money

    def _weighed(self, found: Sum, sentence: int, *, supported: bool) -> Sum | None:
        """A bare sum as money unless it counts or identifies something."""
        if self._is_identifier(found):
            return None
        counted = self._counted(found)
        if counted or self._goes_on_counting(found, sentence):
            self.latest_count[sentence] = found
            return None
        sure = counted is False  # what follows can't be a thing counted
        likely = sure or (supported and found.unit >= _MILLION)
        return found._replace(currency=DEFAULT_CURRENCY) if likely else None

    def _is_supported(self, found: Sum, sentence: int) -> bool:
        """Whether there is other money, or a word of it, in the sentence, on the line or in the list."""
        if sentence in self.named_sentences or sentence in self.latest or self._cued(sentence):
            return True
        return found.unit < _MILLION and self._listed(found)

    def _shared(self, found: Sum, sentence: int) -> Sum | None:
        """A small number that takes the unit of the sum before it: "NOK 8,2 millioner (7,9)", "5 til A og 2 til B"."""
        same = self.latest.get(sentence)
        latest = same or self.latest.get(sentence - 1)
        if latest is None or latest.unit < _THOUSAND or found.unit > 1:
            return None
        ends = self._ends(found)
        before = texts(self.tokens, found.first - 2, found.first)
        if before[1:] == ("om",) and before[0] in _ASKED:
            shares = ends
        else:
            told = same is not None or ("," in self.tokens[found.first].text and _is_cue(before[-1]))
            shares = told and self._is_part(found, latest, before[-1], ends=ends)
        if not shares:
            return None
        upper = None if found.upper is None else found.upper * latest.unit
        return found._replace(value=found.value * latest.unit, upper=upper, unit=latest.unit, currency=latest.currency)

    def _is_part(self, found: Sum, whole: Sum, before: str, *, ends: bool) -> bool:
        """Whether a small number tells a part of the sum before it in the sentence, or what that was before."""
        after = self.tokens[found.last].text if found.last < len(self.tokens) else ""
        if before == "(":
            return after == ")" and whole.last == found.first - 1
        if after in _SHARES_BEFORE and (before in _SHARES_AFTER or before in _REST):
            return True
        if "," in self.tokens[found.first].text and after and self._counted(found) is False:
            return True
        return ends and (before in _REST or _is_cue(before)) and found.value * whole.unit <= whole.value

    def _ends(self, found: Sum) -> bool:
        """Whether the clause ends with this number, so that nothing is counted."""
        after = self.tokens[found.last : found.last + 2]
        if not after or after[0].kind == "newline":
            return True
        is_ordinal = after[0].text == "." and len(after) > 1 and self.text[after[1].start].islower()
        return after[0].text in _CLAUSE_ENDS and not is_ordinal

    def _goes_on_counting(self, found: Sum, sentence: int) -> bool:
        """Whether it counts what a number before it did ("5 millioner innbyggere, mot 4 millioner i 1990")."""
        start = self.places.sentences[sentence]
        near, far = (texts(self.tokens, max(found.first - reach, start), found.first) for reach in _BESIDE)
        if any(map(_names_count, near)) or (any(map(_names_count, far)) and not any(map(_is_cue, far))):
            return True
        count = self.latest_count.get(sentence)
        if count is None or (count.unit >= _MILLION) != (found.unit >= _MILLION):
            return False
        between = self.tokens[max(count.last, found.first - _SENTENCE) : found.last + 3]
        return found.first - count.last <= 1 or not _has_cue(between)

    def _is_identifier(self, found: Sum) -> bool:
        """Whether this is part of a phone or account number, or the number of something."""
        if found.unit >= _THOUSAND:
            return False
        reach = _FAR if self.tokens[found.first].text.isdecimal() else _NEAR
        before = self.tokens[max(found.first - reach, 0) : found.first]
        after = self.tokens[found.last : found.last + 1]
        return (
            any(token.text in _IDENTIFIERS or token.text.endswith(_IDENTIFIER_ENDINGS) for token in before)
            or any(token.kind in ("number", "code") for token in [*before[-1:], *after])
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
            self.cued[sentence] = _has_cue(self._stretch(self.places.sentences, sentence))
        return self.cued[sentence]

    def _listed(self, found: Sum) -> bool:
        """Whether it stands in a list item near items with money, or in a list introduced as money, or next to one."""
        lines, blocks = self.places.lines, self.places.blocks
        line, block = _place(lines, found.first), _place(blocks, found.first)
        if line in self.money_lines:
            return True
        last = found.last == len(self.tokens) or self.tokens[found.last].kind == "newline"
        if not last and _BULLET.match(self.text, self.tokens[lines[line]].start) is None:
            return False
        near = range(line - _NEAR_LINES, line + _NEAR_LINES + 1)
        if any(other in self.money_lines and _place(blocks, lines[other]) == block for other in near):
            self.introduced[block] = True
        elif block not in self.introduced:
            first = _place(lines, blocks[block])
            introduced = any(_has_cue(self._stretch(lines, at)) for at in range(first - 1, first + 2))
            self.introduced[block] = introduced or self.introduced.get(block - 1, False)
        return self.introduced[block]

    def _stretch(self, starts: list[int], place: int) -> list[Token]:
        """The tokens of one sentence or line, none where there is no such."""
        if not 0 <= place < len(starts):
            return []
        first, last = [*starts[place : place + 2], len(self.tokens)][:2]
        return self.tokens[first:last]
