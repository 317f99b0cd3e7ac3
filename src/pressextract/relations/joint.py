"""Bodies that the text joins anywhere: those that may pay, or get, together a sum that is told elsewhere."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from pressextract.entities import Entity
from pressextract.lexicon import load_lexicon
from pressextract.relations.context import Context, Sentence, remembered
from pressextract.relations.cues import phrases
from pressextract.relations.parties import joined_names
from pressextract.relations.places import Named
from pressextract.relations.scorer import Features
from pressextract.relations.sums import Sum
from pressextract.relations.symbols import bucket

Group = tuple[Entity, ...]
"""Bodies or people that give, or get, a sum together; mostly one."""

STEM = 6
"""Two words with so many first letters in common are of one stem: "næringshagene", "næringshager"."""

_LISTED = frozenset({"item", "field"})


class Joint(NamedTuple):
    """Some bodies and a line or sentence that joins them."""

    members: Group
    start: int
    """Where it stands, in characters."""
    how: str
    """How they are joined: by a link ("and"), as the items of a list, or by a preposition ("through", "source")."""
    stems: frozenset[str]
    """The stems of the words around them."""
    lead: str
    """What leads to them: the two symbols before the first, of a list what its intro says it is of."""


class Joints:
    """What a text joins, found by who is joined and by place.

    Args:
        joints: in order of where they stand, as far as they are joined alike.
    """

    def __init__(self, joints: list[Joint]) -> None:
        self._by_members: dict[frozenset[Entity], list[Joint]] = {}
        self._hows: dict[Entity, dict[str, None]] = {}
        for joint in joints:
            self._by_members.setdefault(frozenset(joint.members), []).append(joint)
            for member in joint.members:
                self._hows.setdefault(member, {})[joint.how] = None
        self._by_place = sorted(joints, key=lambda joint: joint.start)
        self._starts = [joint.start for joint in self._by_place]

    def of(self, group: Group) -> list[Joint]:
        """Those of just these members."""
        return self._by_members.get(frozenset(group), [])

    def hows(self, member: Entity) -> Iterable[str]:
        """The ways in which one is joined to others."""
        return self._hows.get(member, {})

    def nearest(self, position: int, count: int) -> list[Joint]:
        """The *count* nearest to *position*, in characters, the nearest first."""
        at = bisect_left(self._starts, position)
        beside = self._by_place[max(0, at - 2 * count) : at + 2 * count]
        return sorted(beside, key=lambda joint: abs(joint.start - position))[:count]


def find_joints(context: Context) -> list[Joint]:
    """What the text joins, in order: "A, B og C", "A … gjennom B", "Pengene kommer fra A", the items of a list."""
    found = []
    for sentence in context.sentences:
        named = context.named_in(sentence.start, sentence.end, "organisation")
        if len(context.named_in(sentence.start, sentence.end)) > 1 or named:
            stems = stems_in(context, sentence.start, sentence.end)
            pairs = [(g, "and") for g in joined_names(context, sentence.start, sentence.end)]
            pairs += _prepositional(context, sentence, named)
            found += [
                Joint(g, sentence.start, how, stems, _lead(context, sentence, g)) for g, how in pairs if len(set(g)) > 1
            ]
    for index, (block, below) in enumerate(pairwise(context.blocks)):
        listed = list_below(context, index) if block.kind not in _LISTED and below.kind in _LISTED else ()
        if len(listed) > 1:
            intro = next(
                (
                    r
                    for r in ("recipients", "funders")
                    if phrases("lists", r).search(context.lower, block.start, block.end)
                ),
                "",
            )
            found.append(Joint(listed, block.start, "list", stems_in(context, block.start, block.end), intro))
    return found


def _lead(context: Context, sentence: Sentence, group: Group) -> str:
    first = next(n for n in context.named_in(sentence.start, sentence.end) if n.entity in group)
    return " ".join(context.symbols.before(first.start, 2)[::-1]) if first.start > sentence.start else "^"


def stems_in(context: Context, start: int, end: int) -> frozenset[str]:
    """The stems of the longer words in characters ``[start, end)``."""
    return frozenset(w[:STEM] for w in context.symbols.between(start, end) if len(w) >= STEM and w.isalpha())


@remembered
def list_below(context: Context, index: int) -> Group:
    """The names that open the items under the line at *index*, if no sums stand in them."""
    found: list[Entity] = []
    first = index + 1
    if first < len(context.blocks) and context.blocks[first].kind == "intro":
        first += 1
    for block in context.blocks[first : first + 40]:
        if block.kind not in _LISTED or "M" in context.symbols.between(block.start, block.end):
            break
        found += [n.entity for n in context.named_in(block.start, min(block.end, block.start + 40), "organisation")[:1]]
    return tuple(dict.fromkeys(found))


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    """What stands before a body that another one pays through, or that the money comes from."""
    lexicon = load_lexicon("grants")["joint"]
    return {
        how: regex.compile(rf"(?<!\w)(?:{'|'.join(phrases)}) (?:\p{{Ll}}+ )?$", regex.IGNORECASE)
        for how, phrases in lexicon.items()
    }


def _prepositional(context: Context, sentence: Sentence, named: list[Named]) -> Iterator[tuple[Group, str]]:
    for n in named:
        before = context.text[max(sentence.start, n.start - 45) : n.start]
        for how, pattern in _patterns().items():
            if pattern.search(before):
                others = [o for o in named if o.entity is not n.entity]
                nearest = min(others, key=lambda o: abs(o.start - n.start), default=None)
                if nearest is not None:
                    yield (nearest.entity, n.entity), how
                if context.main is not None and context.main not in {n.entity, nearest and nearest.entity}:
                    yield (context.main, n.entity), how
                break


@cache
def _collective() -> regex.Pattern[str]:
    """A definite plural ("klubbene", "kommunane") or a noun for a group ("konsortiet")."""
    nouns = "|".join(load_lexicon("grants")["groups"]["nouns"])
    return regex.compile(rf"\b(?:\p{{L}}{{3,}}(?:ene|ane)|\p{{L}}*(?:{nouns}))\b", regex.IGNORECASE)


_EACH = r"\b(?:hver|kvar|hvert|kvart)\b"
_EACH_AFTER = regex.compile(
    rf"(?: \p{{Ll}}+){{0,3}}? {_EACH}(?=\W*$|[.,;:!)\n]| (?:fra|frå|av|til|i|på|med|om|over|for|og|som|så|mens)\b)"
)
_EACH_BEFORE = regex.compile(rf"{_EACH} (?:av|ha|få)\b[^.:;]{{0,80}}$", regex.IGNORECASE)


def is_each(text: str, s: Sum) -> bool:
    """Whether each gives or gets a sum by itself: "50 000 kroner hver", "hver av kommunene bidrar med 50 000"."""
    after = _EACH_AFTER.match(text, s.amount.end, s.sentence.end)
    return bool(after or _EACH_BEFORE.search(text[s.clause[0] : s.amount.start]))


@remembered
def _wording(context: Context, sentence: Sentence) -> tuple[frozenset[str], str | None]:
    """The stems of a sentence's words, and whether a plural or a noun for a group stands in it."""
    collective = _collective().search(context.text, sentence.start, sentence.end)
    noun = collective and ("plural" if collective.group().endswith("ne") else "group")
    return stems_in(context, sentence.start, sentence.end), noun


def describe_joints(context: Context, s: Sum, group: Group, joints: Joints, told: str) -> Features:
    """What the places that join a group say of its giving or getting a sum together.

    Args:
        context: the document.
        s: the sum.
        group: two bodies or more.
        joints: what the text joins.
        told: whether the sum's sentence names them, and tells their number.
    """
    here = s.sentence.block
    stems, noun = _wording(context, s.sentence)
    kinds = f"{group[0].kind}{group[-1].kind}"
    same = joints.of(group)
    f = [f"joint times={min(3, len(same))}", f"joint main={context.main in group}{bool(same)}"]
    f += [f"joint collective={noun}{bool(same)}{told}", f"joint collective={noun}{len(group) > 2}"]
    each = is_each(context.text, s)
    f += [f"joint each={each}{told}{bool(same)}", f"joint each={each}"]
    for j in same:
        there = context.block_at(j.start)
        apart = "?" if there is None else "same" if there == here else bucket(abs(here - there))
        side = "b" if j.start <= s.amount.start else "a"
        shared = min(2, len(j.stems & stems))
        f += [
            f"joint {j.how}", f"joint {j.how}{apart}{side}", f"joint {j.how}{kinds}", f"joint {j.how}{shared}",
            f"joint {j.how}{told}{bool(s.parties.funders)}{bool(s.parties.recipients)}", f"joint {j.how}{s.listed}",
            f"joint {j.how}{shared}{told}", f"joint {j.how} lead={j.lead}", f"joint {j.how} lead={j.lead}{apart}{side}",
            f"joint {j.how} collective={noun}{side}", f"joint {j.how} collective={noun}{shared}{told}",
        ]  # fmt: skip
    return f
