"""Lists and tables of awards: what their intro, heading or table head says of the sums in them."""

from typing import Literal

import regex

from pressextract.layout import Block
from pressextract.records import Status
from pressextract.relations.context import Context, remembered
from pressextract.relations.cues import find_cues, phrases, status_of
from pressextract.relations.parties import Parties
from pressextract.relations.places import Named

ListRole = Literal["recipient", "funder"]
"""What the names that open a list's items are."""

_CELL = regex.compile(r"\t| \| ")
_OPENING = 30
"""A name that starts within so many characters of an item's start opens it: "Kontratenor Håkon Stette"."""


@remembered
def list_role(context: Context, index: int) -> ListRole | None:
    """What the items of a block's list name, or None for a list that is not of awards.

    The words of the list's intro decide, else its heading's, else a line with a colon above that; an intro whose
    verb is one of giving ("Desse gav pengar:") names those who give.
    """
    block = context.blocks[index]
    if block.kind not in {"item", "field"}:
        return None
    for line in lead_lines(context, index):
        place = line.start, line.end
        if phrases("lists", "funders").search(context.lower, *place):
            return "funder"
        cues = [c.kind for c in find_cues(context.lower, *place)]
        if "give" in cues and _DEMONSTRATIVE.match(context.lower, *place):
            return "funder"
        if phrases("lists", "recipients").search(context.lower, *place):
            return "recipient"
        if "against" in cues:
            return None
    return None


_DEMONSTRATIVE = regex.compile(r"(?:.*[.!?] )?(?:disse|desse|følgende|følgjande|dei|de|her er de)\b", regex.IGNORECASE)


@remembered
def lead_lines(context: Context, index: int) -> list[Block]:
    """The lines that may say what a list is: its intro, its heading, and the nearest line with a colon above these."""
    block = context.blocks[index]
    lines = [context.blocks[i] for i in (block.intro, block.section) if i is not None]
    first = min((i for i in (block.intro, block.section) if i is not None), default=index)
    for above in range(first - 1, max(-1, first - 12), -1):
        candidate = context.blocks[above]
        if candidate.kind == "paragraph" and context.text[candidate.end - 1] == ":":
            sentence = context.sentence_at(candidate.end - 1)
            lines.append(candidate._replace(start=sentence.start) if sentence else candidate)
            break
        if candidate.kind in {"paragraph", "headline"}:
            break
    return lines


def list_parties(context: Context, index: int, start: int, role: ListRole, found: Parties) -> Parties:
    """The parties of a sum in an item: the name that opens the item, and what else the item or its lead names.

    Args:
        context: the document.
        index: the item's block.
        start: where the item's sentence starts, in characters.
        role: what the opening name is.
        found: the parties that the item's own words give.
    """
    named = context.named_in(start, context.blocks[index].end)
    opening: tuple[Named, ...] = tuple(n for n in named if n.start - start <= _OPENING)[:1]
    if opening:
        opening += tuple(
            n
            for n in named
            if context.text[opening[0].end : n.start] in {" og ", " & ", ", "}
            and n.entity.group == opening[0].entity.group
        )
    parties = tuple(n.entity for n in opening)
    above = [n for line in lead_lines(context, index) for n in context.named_in(line.start, line.end)]
    others = tuple({n.entity.id: n.entity for n in above if n.entity not in parties}.values())[:1]
    if role == "funder":
        return Parties(parties or found.funders, tuple(r for r in found.recipients if r not in parties) or others)
    funders = tuple(f for f in found.funders if f not in parties)
    return Parties(funders or others, parties or found.recipients)


def list_status(context: Context, index: int, position: int) -> Status:
    """The status that a table's column head, the intro or the heading gives to the sum at *position* (characters)."""
    block = context.blocks[index]
    head = context.block_text(block.intro)
    cells = _CELL.split(head)
    if block.intro is not None and len(cells) > 1:
        column = len(_CELL.findall(context.text[block.start : position]))
        if column < len(cells):
            start = context.blocks[block.intro].start + sum(len(c) + 1 for c in cells[:column])
            return status_of(context.lower, start, start + len(cells[column]) + 2)
    for line in lead_lines(context, index):
        status = status_of(context.lower, line.start, line.end)
        if status != "awarded":
            return status
    return "awarded"
