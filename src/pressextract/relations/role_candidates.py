"""Who may hold which title: pairs of a title and a person near it, and what speaks for each."""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

import regex

from pressextract.entities import Entity
from pressextract.matchers.titles import TitleMatch
from pressextract.relations.boards import BoardList, board_at, is_board
from pressextract.relations.context import Context
from pressextract.relations.places import Named
from pressextract.relations.scorer import Features
from pressextract.relations.symbols import bucket, shape

_NEAR = 3
"""So many people on each side of a title are candidates for it."""
_SHORT = 120
"""A line of at most so many characters may belong together with the next."""
_LISTED = 40
"""So many people under a heading or intro are candidates for its title."""


class Candidate(NamedTuple):
    """A title and a person who may hold it; ``name`` is the title as a role of that person has it."""

    title: TitleMatch
    person: Named
    name: str
    board: BoardList | None
    where: str


def find_candidates(context: Context, boards: list[BoardList]) -> list[Candidate]:
    """The pairs of titles and people that one may say of the other, in order of the titles."""
    found = []
    for title in context.titles:
        for person, where in _people_near(context, title):
            board = board_at(boards, person.start)
            name = board.title_of(title.title) if board is not None else None
            found.append(Candidate(title, person, name or title.title, board if name else None, where))
    return found


def _people_near(context: Context, title: TitleMatch) -> Iterator[tuple[Named, str]]:
    seen: set[tuple[int, int]] = set()

    def fresh(people: list[Named], where: str) -> Iterator[tuple[Named, str]]:
        for p in people:
            if (p.start, p.end) not in seen and not p.start <= title.start < p.end:
                seen.add((p.start, p.end))
                yield p, where

    index = context.block_at(title.start)
    sentence = context.sentence_at(title.start)
    if index is None or sentence is None:
        return
    block = context.blocks[index]
    inside = sorted(
        [
            *context.named_in(sentence.start, sentence.end, "person"),
            *context.pronouns_in(sentence.start, sentence.end),
        ]
    )
    yield from fresh([n for n in inside if n.end <= title.start][-_NEAR:], "sentence")
    yield from fresh([n for n in inside if n.start >= title.end][:_NEAR], "sentence")
    around = context.named_in(*context.around(index, title.start), "person")
    yield from fresh([n for n in around if n.end <= title.start][-2:], "block")
    yield from fresh([n for n in around if n.start >= title.end][:2], "block")
    if block.kind in {"intro", "heading"} or block.label_end is not None:
        below = [b for b in context.blocks[index + 1 : index + 80] if index in (b.intro, b.section)]
        yield from fresh([n for b in below for n in context.named_in(b.start, b.end, "person")][:_LISTED], "under")
    for step, where in ((-1, "line above"), (1, "line below")):
        if 0 <= index + step < len(context.blocks):
            near = context.blocks[index + step]
            if near.end - near.start <= _SHORT or block.end - block.start <= _SHORT:
                people = context.named_in(near.start, near.end, "person")
                yield from fresh(people[-1:] if step < 0 else people[:1], where)
    yield from fresh(context.named_in(max(0, sentence.start - 700), sentence.start, "person")[-1:], "before")


_TELLING = frozenset([",", ".", "–", "(", ")", "og", "¶", ":", "som", "er", "«", '"', "til"])
"""Symbols that tell something wherever they stand between a title and a person."""

_DEFINITE = regex.compile(r"(?:ene|ane|rne|en|et|a|n)$")


def describe(
    context: Context,
    c: Candidate,
    rules: Mapping[tuple[int, int], float],
    holders: Mapping[str, Set[Entity]],
) -> Features:
    """What speaks for and against a pair.

    Args:
        context: the document.
        c: the pair.
        rules: what the hand-written frames say of (title start, person start), 0 to 1.
        holders: whom the frames are sure to hold each title, anywhere in the text ("rektoren" is the rector named).
    """
    t, p = c.title, c.person
    side = "R" if p.start >= t.end else "L"
    start, end = (t.end, p.start) if side == "R" else (p.end, t.start)
    symbols = context.symbols
    gap = symbols.between(start, end) if end - start < 600 else ["…"] * 60
    same = side + c.where[0] + c.where[-1]
    before_t, after_t = symbols.before(t.start, 2), symbols.after(t.end, 2)
    before_p, after_p = symbols.before(p.start, 2), symbols.after(p.end, 2)
    rule = rules.get((t.start, p.start))
    tb, pb = context.block_at(t.start), context.block_at(p.start)
    t_block, p_block = context.blocks[tb or 0], context.blocks[pb or 0]
    f = [
        f"where={same}",
        f"n={side}{bucket(len(gap))}",
        f"between={side}P{min(2, gap.count('P'))}T{min(2, gap.count('T'))}O{min(2, gap.count('O'))}",
        f"rule={'none' if rule is None else round(rule, 1)}",
        f"rule={rule is not None}{same}",
        f"tb={t_block.kind}",
        f"pb={p_block.kind}{side}",
        f"before t={before_t[0]}{side}",
        f"before t2={before_t[1]} {before_t[0]}",
        f"after t={after_t[0]}{side}",
        f"after t2={after_t[0]} {after_t[1]}",
        f"before p={before_p[0]}{side}",
        f"after p={after_p[0]}{side}",
        f"after p2={after_p[0]} {after_p[1]}",
        f"title={t.title}",
        f"title end={t.title[-6:]}",
        f"by name={p.by_name}{side}",
        f"board={c.board is not None}{c.where}",
    ]
    known = holders.get(t.title, frozenset())
    if known:
        own = f"{p.entity in known}{len(known) > (p.entity in known)}"
        f += [f"held={own}", f"held={own}{rule is not None}{t.title == context.text[t.start : t.end].lower()}"]
    if len(gap) <= 4:
        f.append(f"gap={side}{' '.join(gap)}")
    if len(gap) <= 14:
        f.append(f"shape={side}{shape(gap)}")
    if gap:
        f += [f"first={side}{gap[0]}", f"last={side}{gap[-1]}"]
    f += [f"in gap={side}{s}" for s in _TELLING.intersection(gap)]
    surface = context.text[t.start : t.end].lower()
    ending = _DEFINITE.search(surface) if surface != t.title else None
    f.append(f"form={ending.group() if ending else surface == t.title}{side}")
    whole = t.end - t.start >= t_block.end - t_block.start - 2
    f.append(f"whole={whole}{p.end - p.start >= p_block.end - p_block.start - 2}{c.where}")
    if t_block.label_end and t.end <= t_block.label_end:
        f.append(f"label={c.where}")
    f.append(f"listing={is_board(context, tb or 0)}{c.where}{c.board is not None}")
    full = " " in context.text[p.start : p.end]
    f.append(f"full={full}{side}")
    if not p.by_name:
        f.append(f"pronoun={side}{c.where}{bucket(len(gap))}")
    closer = [
        n for n in context.named_in(min(t.start, p.start), max(t.end, p.end), "person") if n.entity is not p.entity
    ]
    f.append(f"closer={min(2, len(closer))}{side}")
    other = (
        context.named_in(t.end, t.end + 60, "person")
        if side == "L"
        else context.named_in(max(0, t.start - 60), t.start, "person")
    )
    f.append(f"other side={bool(other and (other[0] if side == 'L' else other[-1]).entity is not p.entity)}{side}")
    if other:
        o = other[0] if side == "L" else other[-1]
        g2 = symbols.between(t.end, o.start) if side == "L" else symbols.between(o.end, t.start)
        if len(g2) <= 2:
            f.append(f"other gap={side}{' '.join(g2)}")
    nearer = context.titles_in(t.end, p.start) if side == "R" else context.titles_in(p.end, t.start)
    if nearer:
        f.append(f"nearer title={side}{min(2, len(nearer))}")
    return f
