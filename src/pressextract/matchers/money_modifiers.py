"""How exact a sum is: "om lag", "over", "inntil" and their like around it (``lexicon/money.toml``)."""

from pressextract.lexicon import load_lexicon, word_set
from pressextract.matchers.money_ranges import FROM, TO, changes_before, ends_sentence
from pressextract.matchers.money_sums import Sum
from pressextract.matchers.numbers import Token, starts_quantity, texts, tokenize

_SKIPPED = word_set("money", "modifiers_skip")
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


_BEFORE = _phrases(load_lexicon("money")["modifiers"], -1)
_AFTER = _phrases(load_lexicon("money")["modifiers_after"], 0)


def modifier_of(tokens: list[Token], found: Sum) -> str | None:
    """The modifier ("approx", "min", "max" or None) by the words before, inside ("en drøy million") or after a sum."""
    if found.upper is not None and tokens[found.first - 1].text in FROM:
        return None
    at = found.first
    while at and tokens[at - 1].text in _SKIPPED:
        at -= 1
    for last in (at, found.first + 2):
        for phrase, modifier in _BEFORE.get(tokens[last - 1].text, ()) if 0 < last <= found.last else ():
            if texts(tokens, last - len(phrase), last) == phrase:
                return None if phrase[0] in FROM and _moves(tokens, found) else modifier
    for phrase, modifier in _AFTER.get(tokens[found.last].text, ()) if found.last < len(tokens) else ():
        if texts(tokens, found.last, found.last + len(phrase)) == phrase:
            return modifier
    return None


def _moves(tokens: list[Token], found: Sum) -> bool:
    """Whether "fra" before a sum is where a change starts ("økte fra 2 millioner i fjor til 3") and no minimum."""
    for at in range(found.last, min(found.last + _REACH, len(tokens))):
        if ends_sentence(tokens[at]):
            break
        if tokens[at].text in TO and any(map(starts_quantity, tokens[at + 1 : at + 4])):
            return True
    return changes_before(tokens, found.first)
