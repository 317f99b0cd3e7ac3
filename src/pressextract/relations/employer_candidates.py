"""At which organisation somebody holds a title: the organisations in reach, and what speaks for each."""

from collections import Counter
from typing import NamedTuple

from pressextract.entities import Entity
from pressextract.relations.context import Context
from pressextract.relations.role_candidates import Candidate

REACH = 3000
"""An organisation named so many characters before a title is out of reach."""

_BEFORE = 5
"""So many organisations named before a title are candidates, and those of its own sentence."""


class Surroundings(NamedTuple):
    """What a text as a whole says of its organisations."""

    head: dict[Entity, str]
    """Where each is first named, of the places that tell whose text it is."""
    lead: Entity | None
    """The first of the running text."""
    known: dict[Entity, dict[Entity, int]]
    """The employers that sentences state outright for each person, with where the title starts."""
    staff: Counter[Entity]
    """How many people each is known to employ."""


def surroundings(context: Context, known: dict[Entity, dict[Entity, int]]) -> Surroundings:
    """The surroundings of the titles of a text."""
    head: dict[Entity, str] = {}
    lead: Entity | None = None
    first = True
    for b in context.blocks:
        kind = b.kind
        named = context.named_in(b.start, b.end, "organisation")
        if kind == "paragraph":
            kind, first = ("lead" if first else "body"), False
            lead = lead or (named[0].entity if named else None)
        if kind in {"headline", "sender", "lead", "boilerplate", "contact"}:
            for n in named:
                head.setdefault(n.entity, kind)
    return Surroundings(head, lead, known, Counter(e for employers in known.values() for e in employers))


def organisations_near(context: Context, c: Candidate) -> list[Entity]:
    """The organisations that a title may belong to, nearest first."""
    first, last = min(c.title.start, c.person.start), max(c.title.end, c.person.end)
    sentence = context.sentence_at(c.title.start)
    found: list[Entity] = [c.board.organisation] if c.board else []
    if sentence is not None:
        found += [n.entity for n in context.named_in(sentence.start, sentence.end, "organisation")]
    found += [n.entity for n in context.named_in(last, last + 150, "organisation")[:2]]
    before = context.named_in(max(0, first - REACH), first, "organisation")
    recent = list(dict.fromkeys(n.entity for n in reversed(before)))
    found += recent[:_BEFORE]
    index = context.block_at(c.title.start)
    if index is not None:
        for above in (context.blocks[index].intro, context.blocks[index].section):
            if above is not None:
                b = context.blocks[above]
                found += [n.entity for n in context.named_in(b.start, b.end, "organisation")[:2]]
    head = [b for b in context.blocks[:6] if b.kind in {"headline", "sender"}]
    found += [n.entity for b in head for n in context.named_in(b.start, b.end, "organisation")[:2]]
    if context.main is not None:
        found.append(context.main)
    return list(dict.fromkeys(found))
