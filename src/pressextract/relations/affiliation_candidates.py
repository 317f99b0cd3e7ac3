"""Who may belong to which organisation without a title: pairs of a person and an organisation close together."""

from typing import NamedTuple

import regex

from pressextract.entities import Entity
from pressextract.relations.boards import LISTED, BoardList, board_at
from pressextract.relations.context import Context
from pressextract.relations.employer_features import in_domain
from pressextract.relations.places import Named
from pressextract.relations.scorer import Features
from pressextract.relations.symbols import bucket, shape


class Pair(NamedTuple):
    """A person and an organisation near them; ``where`` is how the two are placed."""

    person: Named
    organisation: Named
    where: str


def find_pairs(context: Context) -> list[Pair]:
    """The pairs, in the order of the people."""
    found = []
    for index, block in enumerate(context.blocks):
        if block.kind in {"credit", "headline", "menu"}:
            continue
        people = context.named_in(block.start, block.end, "person")
        if not people:
            continue
        for person in people:
            after = context.named_in(person.end, min(block.end, person.end + 90), "organisation")[:2]
            left = context.named_in(max(block.start, person.start - 120), person.start, "organisation")
            before = [n for n in left if person.start - 60 <= n.end <= person.start][-1:]
            found += [Pair(person, n, "after") for n in after] + [Pair(person, n, "before") for n in before]
            if block.label_end and person.start >= block.label_end:
                label = context.named_in(block.start, block.label_end, "organisation")
                found += [Pair(person, n, "label") for n in label[:1] if n not in before]
            if block.kind in {"contact", "item", "field", "byline", "intro"}:
                for above in {i for i in (block.intro, block.section) if i is not None}:
                    b = context.blocks[above]
                    found += [Pair(person, n, "above") for n in context.named_in(b.start, b.end, "organisation")[:1]]
                if len(people) == 1 and index + 1 < len(context.blocks):
                    b = context.blocks[index + 1]
                    if b.kind == block.kind and not context.named_in(b.start, b.end, "person"):
                        found += [
                            Pair(person, n, "below") for n in context.named_in(b.start, b.end, "organisation")[:1]
                        ]
    return found


def describe_pair(
    context: Context, pair: Pair, boards: list[BoardList], framed: set[tuple[Entity, Entity]]
) -> Features:
    """What speaks for and against a pair."""
    p, o, where = pair
    symbols = context.symbols
    start, end = (p.end, o.start) if p.end <= o.start else (o.end, p.start)
    gap = symbols.between(start, end) if end - start < 400 else ["…"] * 30
    index = context.block_at(p.start)
    block = context.blocks[index or 0]
    near_by = context.around(index or 0, p.start)
    near = "near" if len(gap) < 6 else "far"
    titles = context.titles_in(start, end)
    after = symbols.after(max(p.end, o.end), 1)[0] if where in {"after", "before"} else symbols.after(p.end, 1)[0]
    f = [
        f"where={where}{block.kind}",
        f"where={where}{near}",
        f"rule={(p.entity, o.entity) in framed}{where}",
        f"n={where}{bucket(len(gap))}",
        f"between={where}P{min(2, gap.count('P'))}T{min(2, len(titles))}O{min(2, gap.count('O'))}",
        f"kind={o.entity.kind}{where}",
        f"after={where}{after}",
        f"after p={where}{symbols.after(p.end, 1)[0]}{block.kind}",
        f"before p={where}{symbols.before(p.start, 1)[0]}",
        f"before o={where}{symbols.before(o.start, 1)[0]}",
        f"main={o.entity is context.main}{where}",
        f"name={o.by_name}",
        f"board={board_at(boards, p.start) is not None}{where}",
        f"titles in block={min(2, len(context.titles_in(*near_by)))}{where}{block.kind}",
        f"people in block={min(2, len(context.named_in(*near_by, 'person')))}{where}",
    ]
    mail = next(iter(p.entity.emails), "")
    f.append(f"mail={bool(mail) and in_domain(mail, o.entity)}{bool(mail)}{where}")
    if len(gap) <= 3:
        f.append(f"gap={where}{' '.join(gap)}")
    if len(gap) <= 12:
        f.append(f"shape={where}{shape(gap)}")
    before_title = symbols.before(p.start, 1)[0] == "T"
    f.append(f"titled={before_title}{where}{near}")
    return f


_FROM = regex.compile(r"\s(?:fra|frå|i|ved|hos)\s")
_AT = regex.compile(r"(?:\s?\(\d+\))?\s?(?:,|\(|–|\||/)?\s?(?:fra|frå|i|ved|hos)?\s?", regex.V0)


def framed_pairs(context: Context) -> set[tuple[Entity, Entity]]:
    """The people and organisations that a frame ties: "Kari Nordmann fra X"; in lists "Kari Nordmann, X", "X: Kari"."""
    found = set()
    for block in context.blocks:
        if block.kind in {"credit", "headline", "menu"}:
            continue
        for person in context.named_in(block.start, block.end, "person"):
            after = context.named_in(person.end, min(block.end, person.end + 60), "organisation")
            if not after or not after[0].by_name:
                continue
            gap = context.text[person.end : after[0].start]
            preposition = _FROM.fullmatch(gap)
            if preposition or (block.kind in LISTED and _AT.fullmatch(gap) and gap.strip()):
                found.add((person.entity, after[0].entity))
        if block.kind in {"contact", "item", "field"} and block.label_end:
            label = context.named_in(block.start, block.label_end, "organisation")
            people = context.named_in(block.label_end, block.end, "person")
            if label and len(people) == 1 and not context.titles_in(block.start, block.end):
                found.add((people[0].entity, label[0].entity))
    return found
