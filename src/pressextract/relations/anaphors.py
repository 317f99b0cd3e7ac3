"""Definite nouns that refer back to an organisation: "selskapet", "sjakklubben"."""

import re
from collections.abc import Sequence
from functools import cache

from pressextract.entities import Entity
from pressextract.lexicon import load_lexicon
from pressextract.relations.places import InOrder, Named

_UNMARKED = frozenset({"company", "association", "foundation", "network"})
"""Kinds of bodies whose names need not show it."""

_ARTICLE = re.compile(r"(?:en|et|a|n)$")


@cache
def _kinds() -> dict[str, str]:
    """The kind of body that each noun stands for, the longest noun first."""
    kinds = {noun: kind for kind, nouns in load_lexicon("organisations")["anaphors"].items() for noun in nouns}
    return {noun: kinds[noun] for noun in sorted(kinds, key=len, reverse=True)}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_kinds())})(?=s?(?![\w-]))")


def find_anaphors(text: str, lower: str, named: Sequence[Named], main: Entity | None) -> list[Named]:
    """The nouns as mentions of the organisations they refer back to, in order.

    Args:
        text: the document's text.
        lower: the same in lower case.
        named: what it names, in order.
        main: the organisation that it is mostly about or from.
    """
    organisations = [n for n in named if n.entity.group == "organisation"]
    taken = InOrder(list(named))
    recent = _Recent(organisations)
    found, passed = [], 0
    for match in _pattern().finditer(lower):
        start = match.start()
        while start and (text[start - 1].islower() or text[start - 1] == "-"):
            start -= 1  # "sjakklubben": the noun's first part tells whom it means
        if taken.index_at(match.start()) is not None or (start and text[start - 1].isalnum()):
            continue
        while passed < len(organisations) and organisations[passed].start < start:
            recent.add(organisations[passed])
            passed += 1
        word = lower[start : match.end()]
        kind = next(kind for noun, kind in _kinds().items() if word.endswith(noun))
        target = recent.referent(word, kind)
        if target is None and passed < len(organisations):
            target = _fitting(word, kind, organisations[passed].entity)
        if target is None and kind in _UNMARKED and main is not None and main.kind == "other":
            target = main
        if target is not None:
            found.append(Named(start, match.end(), target, by_name=False))
    return found


class _Recent:
    """The organisations named so far, the last one first in mind.

    Args:
        organisations: all that the text names.
    """

    def __init__(self, organisations: Sequence[Named]) -> None:
        self._all = list(dict.fromkeys(n.entity for n in organisations))
        self._last: dict[Entity, int] = {}
        self._of_kind: dict[str, Entity] = {}
        self._with_stem: dict[str, list[Entity]] = {}

    def add(self, n: Named) -> None:
        """Takes note of a mention behind all others."""
        self._last[n.entity] = n.start
        self._of_kind[n.entity.kind] = n.entity

    def referent(self, word: str, kind: str) -> Entity | None:
        """The last one that a noun fits: by a word of its name, else by its kind."""
        if stem := _stem(word, kind):
            if stem not in self._with_stem:
                self._with_stem[stem] = [e for e in self._all if stem in e.name.casefold()]
            by_name = (e for e in self._with_stem[stem] if e in self._last)
            if latest := max(by_name, key=self._last.__getitem__, default=None):
                return latest
        return self._of_kind.get(kind)


def _stem(word: str, kind: str) -> str:
    """What of a noun tells a name; nothing where it is too short to."""
    return _ARTICLE.sub("", word) if len(word) > 6 or kind == "association" else ""


def _fitting(word: str, kind: str, entity: Entity) -> Entity | None:
    stem = _stem(word, kind)
    return entity if entity.kind == kind or (stem and stem in entity.name.casefold()) else None
