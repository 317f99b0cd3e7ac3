"""Who gives and who receives a sum: scores for each name near it."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from pressextract.entities import Entity
from pressextract.lexicon import load_lexicon
from pressextract.relations.context import Context
from pressextract.relations.cues import Cue
from pressextract.relations.places import Named

THRESHOLD = 0.5
"""A party needs at least this score; one preposition, or the place at a verb, gives it."""


class Parties(NamedTuple):
    """Those who give and those who receive, in order of appearance."""

    funders: tuple[Entity, ...]
    recipients: tuple[Entity, ...]


@cache
def _preposition(role: str) -> regex.Pattern[str]:
    words = "|".join(sorted(load_lexicon("grants")["prepositions"][role], key=len, reverse=True))
    # one describing noun may stand between: "til industriklynga Nordmøre Flyt"
    return regex.compile(
        rf"(?<!\w)(?:{words})(?: (?:både|selve|den|det|dei))?(?: \p{{Ll}}[\p{{L}}-]+)? $", regex.IGNORECASE
    )


_REPORTING = regex.compile(rf"(?:{'|'.join(load_lexicon('grants')['reporting'])})\b")
_SINCE_STOP = regex.compile(r"[^,.;–]*$")
_CLAUSE = regex.compile(r", (?:og|mens|men)\b|;|\bmens\b|\bmedan\b")
_LINK = regex.compile(r"(?:, | og | samt | & |, og |/| i samarbeid med | og | sammen med | saman med )(?:\p{Ll}+ )?")
_OWNING = regex.compile(r"(?:s|'|’|s')? (?:\p{Ll}+ )?")


def find_parties(
    context: Context,
    start: int,
    end: int,
    amount: tuple[int, int],
    cues: Sequence[Cue],
    others: Sequence[tuple[int, int]],
) -> Parties:
    """The parties that a sentence names for the sum at *amount*.

    Args:
        context: the document.
        start: where the sentence starts, in characters.
        end: where it ends.
        amount: the sum's place.
        cues: the sentence's cues.
        others: the places of the sentence's other sums; a name beyond one of them counts for less.
    """
    named = sorted([*context.named_in(start, end), *context.pronouns_in(start, end)])
    cue = governing(cues, amount)
    funders: dict[str, tuple[float, Named]] = {}
    recipients: dict[str, tuple[float, Named]] = {}
    for n in named:
        if n.start <= amount[0] < n.end:
            continue
        far = sum(min(n.start, amount[0]) <= o[0] < max(n.start, amount[0]) for o in others)
        give, receive = _scores(context.text, start, n, named, amount, cues, cue)
        for table, score in ((funders, give), (recipients, receive)):
            score -= 0.3 * far
            score -= 0.3 * bool(n.start > amount[1] and _CLAUSE.search(context.text, amount[1], n.start))
            if score >= THRESHOLD and score > table.get(n.entity.id, (0.0, n))[0]:
                table[n.entity.id] = (score, n)
    for identifier in set(funders) & set(recipients):
        weaker = recipients if funders[identifier][0] >= recipients[identifier][0] else funders
        del weaker[identifier]
    return Parties(_best(context.text, funders, named), _best(context.text, recipients, named))


def governing(cues: Sequence[Cue], amount: tuple[int, int]) -> Cue | None:
    """The verb or noun of giving nearest to a sum, verbs before nouns where both are near."""
    best, least = None, 1e9
    for cue in cues:
        if cue.kind == "against":
            continue
        distance = amount[0] - cue.end if cue.end <= amount[0] else 1.5 * (cue.start - amount[1])
        distance += 25 if cue.kind in {"support", "applied"} else 0
        if distance < least:
            best, least = cue, distance
    return best


def _scores(
    text: str,
    start: int,
    n: Named,
    named: Sequence[Named],
    amount: tuple[int, int],
    cues: Sequence[Cue],
    cue: Cue | None,
) -> tuple[float, float]:
    """How much a name reads as giver and as receiver."""
    give = receive = 0.0
    preposition = led_by(text, start, n, named)
    if preposition == "funder":
        give += 0.8
    elif preposition == "recipient":
        receive += 0.8
    owning = _OWNING.match(text, n.end)
    owns = owning is not None and (text[n.end] in "s'’" or text[n.end - 1] == "s")
    if owning and owns and any(c.kind == "support" and n.end < c.start <= owning.end() for c in cues):
        give += 0.85
    if n.entity.group == "person" and reports(text, start, n):
        return 0.0, 0.0
    if cue is not None and preposition in {None, "neutral"} and cue.kind in {"give", "get", "ask", "passive"}:
        place = place_at(n, named, cue, amount, text, start)
        bonus = 0.3 if preposition == "neutral" else 0.75
        if cue.kind == "give":
            give += bonus if place == "subject" else 0.0
            receive += 0.75 if place == "object" else 0.0
        elif cue.kind in {"get", "passive"}:
            receive += bonus if place == "subject" else 0.0
            give += 0.2 if place == "object" else 0.0
        else:
            receive += bonus if place == "subject" else 0.0
            give += 0.75 if place == "object" else 0.0
    if cue is not None and cue.kind in {"ask", "applied"} and preposition == "recipient":
        give, receive = receive, 0.0  # "søknad til X", "søkt om … til X": X is asked
    return give, receive


def led_by(text: str, start: int, n: Named, named: Sequence[Named]) -> str | None:
    """What the preposition before a name, or before the first of those it is joined with, makes of it."""
    for first in named:
        if first.start > n.start:
            break
        if coordinated(first, n, named, text):
            before = text[max(start, first.start - 45) : first.start]
            return _role_behind(before)
    return None


@lru_cache(maxsize=10_000)
def _role_behind(before: str) -> str | None:
    """What the preposition that ends a stretch of text makes of the name behind it."""
    return next((role for role in ("funder", "recipient", "neutral") if _preposition(role).search(before)), None)


def reports(text: str, start: int, n: Named) -> bool:
    """Whether a person only tells of the sum: "sier Kari Nordmann", "Kari Nordmann opplyser", "ifølge Nordmann"."""
    before, after = text[max(start, n.start - 60) : n.start], text[n.end : n.end + 40]
    near = _SINCE_STOP.search(before)
    return bool(near and _REPORTING.search(near.group())) or _REPORTING.match(after.lstrip(" ,")) is not None


def place_at(n: Named, named: Sequence[Named], cue: Cue, amount: tuple[int, int], text: str, start: int) -> str:
    """Whether a name is the verb's subject or object.

    Norwegian has the subject just before the verb, or just after it where something else opens the sentence; objects
    follow.
    """
    before = [m for m in named if m.end <= cue.start and not led_by(text, start, m, named)]
    after = [m for m in named if m.start >= cue.end and not led_by(text, start, m, named)]
    adjacent = [m for m in after if len(text[cue.end : m.start].split()) <= 2]
    if before and not (adjacent and len(text[before[-1].end : cue.start].split()) > 12):
        if n in before:
            return "subject" if coordinated(n, before[-1], named, text) or n is before[-1] or n is before[0] else ""
        return "object" if n in adjacent[:2] else ""
    if n in after:
        index = after.index(n)
        if index == 0 or coordinated(n, after[0], named, text):
            return "subject" if n in adjacent or index else ""
        return "object" if n.start < amount[0] else ""
    return ""


def joined_names(context: Context, start: int, end: int) -> list[tuple[Entity, ...]]:
    """The runs of names that nothing but links parts."""
    named = context.named_in(start, end)
    groups: list[list[Named]] = []
    for n in named:
        last = groups[-1][-1] if groups else None
        if last and last.entity.group == n.entity.group and _LINK.fullmatch(context.text[last.end : n.start]):
            groups[-1].append(n)
        else:
            groups.append([n])
    return [tuple(dict.fromkeys(n.entity for n in g)) for g in groups if len({n.entity for n in g}) > 1]


def coordinated(a: Named, b: Named, named: Sequence[Named], text: str) -> bool:
    """Whether nothing but links and names lies between two names."""
    first, last = sorted((a, b))
    current = first
    for n in named:
        if n.start >= current.end and n.start <= last.start:
            if not _LINK.fullmatch(text[current.end : n.start]):
                return False
            current = n
    return current == last or first == last


def _best(text: str, table: dict[str, tuple[float, Named]], named: Sequence[Named]) -> tuple[Entity, ...]:
    """The best name and those it is coordinated with."""
    if not table:
        return ()
    best = max(table.values(), key=lambda scored: (scored[0], -scored[1].start))[1]
    group = [n for n in named if coordinated(n, best, named, text) and n.entity.group == best.entity.group]
    return tuple({n.entity.id: n.entity for n in group}.values())
