"""Sums of money as the hand-written frames read them: how much each reads as a grant, its parties and status."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex

from pressextract.entities import Entity
from pressextract.matchers.money import MoneyMatch
from pressextract.records import Status
from pressextract.relations.context import Context, Sentence
from pressextract.relations.cues import Cue, duration_of, find_cues, phrases, status_of
from pressextract.relations.lists import ListRole, list_parties, list_role, list_status
from pressextract.relations.parties import Parties, find_parties, governing, joined_names
from pressextract.relations.places import InOrder

REACH = 160
"""A cue further than this many characters from a sum says little about it."""

ADJACENT = 20
"""A verb of giving that stands so few characters before a sum governs it, whatever follows."""


class Sum(NamedTuple):
    """A sum in its sentence, and what the hand-written frames read there."""

    amount: MoneyMatch
    sentence: Sentence
    inside: Sequence[MoneyMatch]
    """The sums of the sentence."""
    cues: Sequence[Cue]
    clause: tuple[int, int]
    listed: ListRole | None
    strength: float
    parties: Parties
    respective: tuple[Entity, ...]
    """The recipient that "henholdsvis" gives the sum, which settles it; else nobody."""
    status: Status
    duration: str | None

    @property
    def others(self) -> list[tuple[int, int]]:
        """The places of the sentence's other sums."""
        return [(m.start, m.end) for m in self.inside if m is not self.amount]


def read_sums(context: Context, amounts: Sequence[MoneyMatch]) -> list[Sum]:
    """What the frames read of each sum of a text."""
    sums = []
    in_order = InOrder(list(amounts))
    for sentence in context.sentences:
        inside = in_order.within(sentence.start, sentence.end)
        if inside and not _SUM_ROW.match(context.text, sentence.start):
            cues = find_cues(context.lower, sentence.start, sentence.end)
            sums += [_read(context, sentence, amount, inside, cues) for amount in inside]
    return sums


class Overview(NamedTuple):
    """What the frames read in the whole text. Sums are known by where they start, bodies and people by their ids."""

    funders: Counter[str]
    """How often each gives."""
    recipients: Counter[str]
    """How often each gets."""
    most: str | None
    """Who gives most often."""
    totals: frozenset[int]
    """The sums to which a run of others adds up."""
    roundings: frozenset[int]
    """The sums that differ from another by a few per cent only."""
    places: dict[str, list[str]]
    """In which of the headline, the sender's line and the lead each is named."""
    sums: int
    applied: int
    proposed: int


RUN = 30
"""The longest run of sums that may add up to another."""

ROUNDED = 0.06
"""A rounded sum is at most so much off, as a share of itself."""


def overview(context: Context, sums: Sequence[Sum]) -> Overview:
    """The overview of a text and its sums."""
    read = [s for s in sums if s.strength >= 0.5]
    values = [float(s.amount.value) for s in sums]
    runs = {round(total) for k in range(len(values)) for total in list(accumulate(values[k : k + RUN]))[1:]}
    ordered = sorted(set(values))
    neighbours = {
        v for v, w in pairwise(ordered) if w - v <= ROUNDED * v
    } | {w for v, w in pairwise(ordered) if w - v <= ROUNDED * w}  # fmt: skip
    funders = Counter(e.id for s in read for e in s.parties.funders)
    return Overview(
        funders,
        Counter(e.id for s in read for e in s.parties.recipients),
        max(funders, key=funders.__getitem__, default=None),
        frozenset(s.amount.start for s, v in zip(sums, values, strict=True) if round(v) in runs),
        frozenset(s.amount.start for s, v in zip(sums, values, strict=True) if v in neighbours),
        _places(context),
        len(sums),
        sum(s.status == "applied" for s in read),
        sum(s.status == "proposed" for s in read),
    )


def _places(context: Context) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    lead = True
    for block in context.blocks[:14]:
        if block.kind in {"headline", "sender"} or (block.kind == "paragraph" and lead):
            name = "lead" if block.kind == "paragraph" else block.kind
            lead = lead and block.kind != "paragraph"
            for e in {n.entity for n in context.named_in(block.start, block.end)}:
                places.setdefault(e.id, []).append(name)
    return places


BESIDE = 12
"""So many sums before and after one may be of its list."""


def sums_beside(context: Context, index: int, sums: Sequence[Sum]) -> list[Sum]:
    """The sums of the same block, or of the same list, as the one at *index*."""
    block = context.blocks[sums[index].sentence.block]
    found = []
    for i in range(max(0, index - BESIDE), min(len(sums), index + BESIDE + 1)):
        there = context.blocks[sums[i].sentence.block]
        listed = block.kind == there.kind != "paragraph" and block[3:5] == there[3:5]  # one intro, one heading
        if i != index and (there == block or listed):
            found.append(sums[i])
    return found


_SUM_ROW = regex.compile(r"(?:sum|totalt|i alt|til sammen|til saman)\b\s*[:|\t]?\s*(?:kr\.? ?)?\d", regex.IGNORECASE)
"""A table's or list's last row repeats what the text says elsewhere."""


def _read(
    context: Context, sentence: Sentence, amount: MoneyMatch, inside: Sequence[MoneyMatch], cues: Sequence[Cue]
) -> Sum:
    text = context.text
    listed = list_role(context, sentence.block)
    place = (amount.start, amount.end)
    others = [(m.start, m.end) for m in inside if m is not amount]
    strength = _strength(text, cues, place, others) + _directed(context, sentence, place)
    if listed:
        strength = max(strength, 0.7) if not any(c.kind == "against" for c in cues) else strength
    parties = find_parties(context, sentence.start, sentence.end, place, cues, others)
    respective = _respective(context, sentence, amount, inside)
    parties = Parties(parties.funders, respective or parties.recipients)
    if listed:
        parties = list_parties(context, sentence.block, sentence.start, listed, parties)
    around = _clause(text, sentence, place, others)
    cue = governing(cues, place)
    status = status_of(context.lower, *around)
    if (
        status == "awarded"
        and cue
        and cue.kind in {"ask", "applied"}
        and not phrases("status", "decided").search(context.lower, *around)
    ):
        status = "applied"
    if listed and status == "awarded":
        status = list_status(context, sentence.block, amount.start)
    duration = duration_of(context.lower, *around)
    if duration is None and not others:
        duration = duration_of(context.lower, sentence.start, sentence.end)
    return Sum(amount, sentence, inside, cues, around, listed, strength, parties, respective, status, duration)


def _strength(text: str, cues: Sequence[Cue], place: tuple[int, int], others: Sequence[tuple[int, int]]) -> float:
    """How much a sum reads as a grant, 0 to 1: near words of giving speak for it, near words of business against."""

    def nearness(cue: Cue) -> float:
        gap = place[0] - cue.end if cue.end <= place[0] else cue.start - place[1]
        between = sum(min(cue.start, place[0]) < o[0] < max(cue.start, place[0]) for o in others)
        return max(0.0, 1.0 - max(0, gap) / REACH - 0.15 * between)

    weight = {"give": 0.8, "get": 0.75, "ask": 0.7, "passive": 0.85, "support": 1.0, "applied": 0.9}
    favour = max((weight[c.kind] * nearness(c) for c in cues if c.kind != "against"), default=0.0)
    governed = any(c.kind in {"give", "get", "passive"} and 0 <= place[0] - c.end <= ADJACENT for c in cues)
    favour += 0.4 * governed
    nouns = max((nearness(c) for c in cues if c.kind in {"support", "applied"}), default=0.0)
    against = max(
        (nearness(c) * _weight_against(text, c, place, governed) for c in cues if c.kind == "against"), default=0.0
    )
    return favour + 0.3 * nouns - 0.9 * against


_TO = regex.compile(
    r"(?:(?: og|,) [\d.,  ]+(?:kroner|kr|mill\.|millioner|millionar)?)*(?: \(?[^().]{0,12}\))?"
    r" (?P<preposition>til|fra|frå|av) (?:\p{Ll}+ ){0,2}?"
)
_FROM = regex.compile(r"\b(?:fra|frå|av) $", regex.IGNORECASE)


def _directed(context: Context, sentence: Sentence, place: tuple[int, int]) -> float:
    """More strength where a party is at hand: "150 000 til Nordvik IL", "fra Enova kommer 3 millioner kroner"."""
    match = _TO.match(context.text, place[1], sentence.end)
    if match:
        start = match.start("preposition")
        if any(n.start <= match.end() for n in context.named_in(start, start + 40)):
            return 0.5
    before = context.named_in(max(sentence.start, place[0] - 45), place[0])
    return 0.5 if before and _FROM.search(context.text[sentence.start : before[-1].start]) else 0.0


_RESPECTIVE = regex.compile(r"\b(?:henholdsvis|høvesvis|respektive)\b", regex.IGNORECASE)


def _respective(
    context: Context, sentence: Sentence, amount: MoneyMatch, inside: Sequence[MoneyMatch]
) -> tuple[Entity, ...]:
    """The recipient of one of several sums: in "A og B får henholdsvis 2 og 3 millioner" the one in its place."""
    match = _RESPECTIVE.search(context.text, sentence.start, sentence.end)
    shared = [m for m in inside if match and m.start > match.start()]
    if match is None or amount not in shared:
        return ()
    runs = [run for run in joined_names(context, sentence.start, match.start()) if len(run) == len(shared)]
    return (runs[-1][shared.index(amount)],) if runs else ()


_FOR = regex.compile(r"\btil (?:\p{Ll}+ )?$")


def _weight_against(text: str, cue: Cue, place: tuple[int, int], governed: bool) -> float:
    """How much a word of business counts against a sum.

    Little behind a sum that a verb of giving governs, or behind a comma; nothing where it tells what the money is for
    ("til husleien").
    """
    if cue.start < place[1]:
        return 1.0
    between = text[place[1] : cue.start]
    if _FOR.search(between):
        return 0.0
    return 0.4 if governed or "," in between else 1.0


def _clause(
    text: str, sentence: Sentence, place: tuple[int, int], others: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The part of a sentence that belongs to a sum: up to the sums beside it, if any."""
    start = max((o[1] for o in others if o[1] <= place[0]), default=sentence.start)
    end = min((o[0] for o in others if o[0] >= place[1]), default=sentence.end)
    while start < place[0] and not text[start].isalnum() and text[start] not in '(«"':
        start += 1
    while end > place[1] and not (text[end - 1].isalnum() or text[end - 1] in ')»."'):
        end -= 1
    return start, end
