"""Lists of a board's members: in lines of their own, or in a sentence that counts them up."""

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

import regex

from pressextract.entities import Entity
from pressextract.layout import Block
from pressextract.lexicon import load_lexicon, word_set
from pressextract.relations.context import Context, remembered
from pressextract.relations.places import Named

_WORD = regex.compile(r"\w+")

LISTED = frozenset({"item", "contact", "field", "byline", "intro"})
"""Kinds of blocks whose lines list people rather than tell of them."""


class BoardList(NamedTuple):
    """Characters ``[start, end)`` that name members of the board of an organisation."""

    start: int
    end: int
    organisation: Entity
    member_title: str

    def title_of(self, title: str) -> str | None:
        """A title of the list as the board's own ("leder" -> "styreleder"), or None for one from elsewhere."""
        lexicon = load_lexicon("roles")
        renamed: str = lexicon["board_titles"].get(title, title)
        return renamed if title in lexicon["board_roles"] else None


def find_boards(context: Context) -> list[BoardList]:
    """The lists of board members in a text, in order."""
    found = []
    for index, block in enumerate(context.blocks):
        if block.kind in LISTED and is_board(context, index):
            organisation = _organisation(context, index)
            if organisation is not None:
                start = block.label_end or block.start
                found.append(BoardList(start, block.end, organisation, _member_title(context, index)))
    for sentence in context.sentences:
        match = _counted_up().match(context.text, sentence.start, sentence.end)
        if match and context.blocks[sentence.block].kind not in LISTED:
            named = context.named_in(sentence.start, match.end(), "organisation")
            organisation = named[0].entity if named else context.main
            if organisation is not None:
                found.append(BoardList(match.end(), sentence.end, organisation, MEMBER))
    return sorted(found, key=lambda board: board.start)


def board_at(boards: list[BoardList], position: int) -> BoardList | None:
    """The list that holds the character at *position*."""
    i = bisect_right(boards, position, key=lambda board: board.start) - 1
    return boards[i] if i >= 0 and position < boards[i].end else None


def members(context: Context, board: BoardList) -> list[Named]:
    """The people named in a list."""
    return context.named_in(board.start, board.end, "person")


@cache
def _counted_up() -> regex.Pattern[str]:
    words = "|".join(sorted(word_set("roles", "board_words"), key=len, reverse=True))
    verbs = "|".join(load_lexicon("roles")["board_verbs"])
    return regex.compile(
        rf"(?:det nye |dei nye )?(?:{words})\b[^.:;]{{0,80}}?(?:\b(?:{verbs})\b:?|:)", regex.IGNORECASE
    )


def _lead(context: Context, index: int) -> list[Block]:
    """What a line stands under, nearest first: its own label, its intro, that one's intro, its heading."""
    block = context.blocks[index]
    lead = [block._replace(end=block.label_end)] if block.label_end else []
    above = block.intro
    while above is not None:
        lead.append(context.blocks[above])
        above = context.blocks[above].intro
    if block.section is not None:
        lead.append(context.blocks[block.section])
    return lead


@remembered
def is_board(context: Context, index: int) -> bool:
    """Whether a block's label, intros or heading say that it lists a board."""
    for line in _lead(context, index):
        words = set(_WORD.findall(context.text[line.start : line.end].lower()))
        if words & word_set("roles", "not_board_words"):
            return False
        if words & word_set("roles", "board_words") and line.end - line.start < 120:
            return True
    return False


def _organisation(context: Context, index: int) -> Entity | None:
    """The body whose board it is: named in what the line stands under, else the one that the text is about."""
    for line in reversed(_lead(context, index)):
        named = context.named_in(line.start, line.end, "organisation")
        if named:
            return named[0].entity
    return context.main


def _member_title(context: Context, index: int) -> str:
    """The board's title for those in a line: that of a label or intro which is nothing but a title, else member."""
    for line in _lead(context, index):
        text = context.text[line.start : line.end].lower()
        if "vara" in text and line.end - line.start < 20:
            return "varamedlem"
        for title in context.titles_in(line.start, line.end):
            if title.title in word_set("roles", "board_roles") and title.end - title.start >= line.end - line.start - 2:
                renamed: str = load_lexicon("roles")["board_titles"].get(title.title, title.title)
                return renamed
    return MEMBER


MEMBER = "styremedlem"
