"""Lines to blocks: what each stretch of a press release is for.

Releases come with blank lines between paragraphs or without, hard-wrapped or in long lines, with menus above and share
buttons below. Layout is read from form (length, bullets, separators, neighbours) and from the words in
``lexicon/layout.toml``.
"""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.datelines import alternatives, bare_dates, labelled_dates
from pressextract.doctext import text_of
from pressextract.headline import mark_headline
from pressextract.lexicon import load_lexicon
from pressextract.lines import CELL, CONTACT, LABEL, SHORT, Line, has_contact, opening, read_lines

_LEX = load_lexicon("layout")


class Block(NamedTuple):
    """A stretch of text with one purpose, without its bullet and the blanks around it.

    ``start`` and ``end`` are characters of the text given to :func:`find_blocks`. ``kind`` is one of

    - ``sender`` (a name above the headline), ``headline``, ``dateline`` (place and date, "Publisert …",
      "Pressemelding"), ``byline``, ``credit`` (pictures), ``menu``;
    - ``heading``, ``paragraph``;
    - ``intro`` (a line that introduces items; also a table's header row), ``item`` (of a list, or a table row),
      ``field`` ("label: value"), ``contact``;
    - ``boilerplate`` (presentation of the sender, other texts, subscriptions).
    """

    start: int
    end: int
    kind: str
    intro: int | None = None
    """Index of the block that introduces this item, field or contact: an intro or a heading."""
    section: int | None = None
    """Index of the heading above."""
    label_end: int | None = None
    """Where the label of an item, field or contact ends, before its colon; a table row's label is its first cell."""


_ABOUT = opening(_LEX["boilerplate"]["about"], r" \w")
_RELATED = opening(_LEX["boilerplate"]["related"], r"(?!\w)")
_SPEECH = re.compile(
    rf"[,!?»\"] ?(?:{alternatives(_LEX['quote']['verbs'])})\b|\b(?:{alternatives(_LEX['quote']['pronouns'])})\b|\?$",
    re.I,
)
_TABLE_HEADERS = frozenset(_LEX["table"]["headers"])


def find_blocks(text: str) -> list[Block]:
    """The blocks of a text, in order and without overlap; never raises.

    Args:
        text: normalised text (see :func:`pressextract.normalise.normalise`).

    Returns:
        Blocks with offsets in characters of ``text``; lines without letters or digits belong to no block.
    """
    lines = read_lines(text)
    mark_headline(lines, text)
    _mark_numbered_headings(lines)
    _mark_dash_lists(lines)
    _mark_tables(lines)
    _mark_plain_lists(lines)
    _mark_sections(lines)
    return _link(lines)


def _mark_numbered_headings(lines: list[Line]) -> None:
    """A short numbered line close above running text is a heading, not an item."""
    for line, after in pairwise(lines):
        running = not (after.gap or after.bullet or after.kind) or after.kind == "paragraph"
        if line.bullet == "number" and line.gap and running and len(line.text) < 80 and line.text[-1] not in ".,:;":
            line.kind = "heading"


def _mark_dash_lists(lines: list[Line]) -> None:
    """Dash lines are items where several stand together and nobody speaks in them."""
    for first, end in _runs(lines, lambda line: line.bullet == "dash" and not line.kind):
        run, above = lines[first:end], lines[first - 1] if first else None
        tight = not any(line.gap for line in run[1:])
        led = above is not None and (above.text.endswith(":") or (not above.kind and len(above.text) < 80))
        items = len(run) > 1 and (tight or led) and not any(_SPEECH.search(line.text) for line in run)
        for line in run:
            line.kind = "item" if items else "paragraph"


def _mark_tables(lines: list[Line]) -> None:
    """Rows of cells, of which the first may name the columns."""
    for first, end in _runs(lines, lambda line: line.cells > 1 and not line.kind and not LABEL.match(line.text)):
        run = lines[first:end]
        if len(run) < 2 or (len(run) < 3 and not any("\t" in line.text for line in run)):
            continue
        for line in run:
            line.kind = "item"
        names = {cell.lower().split(" (")[0].strip() for cell in CELL.split(run[0].text)}
        if names & _TABLE_HEADERS or run[0].cells < run[1].cells:
            run[0].kind = "intro"


def _mark_plain_lists(lines: list[Line]) -> None:
    """Short parallel lines without bullets below a colon, or close below a short heading."""
    for i, line in enumerate(lines):
        if line.kind or not line.text or CONTACT.match(line.text) or line.bullet:
            continue
        colon = line.text[-1] == ":"
        if not colon and not (line.gap and len(line.text) < 60 and line.text[-1].isalnum()):
            continue
        end = i + 1
        while end < len(lines) and _is_plain(lines[end]) and (colon or not lines[end].gap):
            end += 1
        if end < len(lines) and lines[end - 1].gap and not lines[end].gap and not lines[end].bullet:
            end -= 1  # a heading and its paragraph
        run = lines[i + 1 : end]
        parallel = sum(bool(re.search(r"[,\d:(\t]", below.text)) for below in run)
        if len(run) < 2 or (2 * parallel < len(run) and (colon or len(run) < 3)):
            continue
        for k, below in enumerate(run, i + 1):
            heads = below.gap and k + 1 < len(lines) and not lines[k + 1].gap
            below.kind = "intro" if heads and re.fullmatch(r"\w+(?: \w+){0,2}", below.text) else "item"


def _is_plain(line: Line) -> bool:
    return not line.kind and not line.bullet and 0 < len(line.text) < 160 and line.text[-1] not in ".!?:"


def _runs(lines: list[Line], test: Callable[[Line], bool]) -> list[tuple[int, int]]:
    """Where neighbouring lines pass a test: (first, end) pairs."""
    edges = [i for i, (a, b) in enumerate(pairwise([False, *map(test, lines), False])) if a != b]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _mark_sections(lines: list[Line]) -> None:
    """Headings, and what stands below contact headings, "Om …" and the headings of other texts."""
    below = ""  # what the lines belong to: "", "contact", "about" or "related"
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        text, words = line.text, len(line.text.split())
        leads_contact = CONTACT.match(text) and words < 9 and (text[-1] in ":?" or text[-1].isalpha())
        if leads_contact and (not line.kind or (line.kind == "menu" and after and after.kind == "contact")):
            line.kind, below = "intro" if text[-1] == ":" else "heading", "contact"
        elif below == "related" and line.kind in ("dateline", "byline", "credit"):
            line.kind = "boilerplate"
        elif line.kind in ("headline", "sender", "menu", "dateline", "byline", "credit", "boilerplate"):
            continue
        elif not line.kind and _RELATED.match(text) and len(text) < 120:
            heads = words < 6 and text[-1] != "." and after is not None
            line.kind, below = ("heading", "related") if heads else ("boilerplate", below)
        elif below == "related":
            line.kind = "boilerplate"
        elif line.kind == "heading" or (not line.kind and after and _is_heading(line, after)):
            line.kind, below = "heading", "about" if _ABOUT.match(text) else ""
        elif below == "contact" and _is_contact(line):
            line.kind = "contact"
        elif not line.kind:
            below = "" if below == "contact" else below
            if after and (after.kind == "item" or (after.kind == "intro" and text.endswith(":"))):
                line.kind = "intro"
            elif _is_field(text):
                line.kind = "field"
            else:
                line.kind = "boilerplate" if below == "about" else "paragraph"


def _is_contact(line: Line) -> bool:
    """A line of names and numbers below a contact heading."""
    if not line.text or line.kind not in ("", "item", "contact"):
        return False
    return line.kind == "contact" or has_contact(line.text) or (len(line.text) < 120 and line.text[-1] != ".")


def _is_field(text: str) -> bool:
    label = LABEL.match(text)
    if not label or len(label[0].split()) > 5 or label[0][-1] in '"»' or label.end() + 1 == len(text):
        return False
    return len(text) < 80 or (len(text) < 200 and text[-1] != ".")


def _is_heading(line: Line, after: Line) -> bool:
    text = line.text
    if not 1 < len(text) <= 90 or len(text.split()) > 12 or not line.gap or line.bullet or "\t" in text:
        return False
    if text[-1] in ".!,;" or not (text[0].isupper() or text[0] in '"«') or (line.cells > 1 and after.gap):
        return False
    if not _ABOUT.match(text) and (text[-1] == ":" or (LABEL.match(text) and not text.isupper())):
        return False
    return after.kind in ("", "item", "paragraph", "contact", "intro")


def _link(lines: list[Line]) -> list[Block]:
    """The lines as blocks that know their heading and what introduces them."""
    blocks: list[Block] = []
    intro: int | None = None
    section: int | None = None
    for i, line in enumerate(lines):
        if line.kind in ("headline", "heading"):
            intro = section = None
        elif line.kind == "paragraph":
            intro = None
        part = line.kind in ("item", "field", "contact")
        if line.kind == "intro" and intro is not None and blocks[intro].kind == "intro":
            intro = blocks[intro].intro if blocks[intro].intro is not None else intro
        introduced = intro if part or line.kind == "intro" else None
        label_end = _label_end(line) if part else None
        start = line.start if line.kind in ("headline", "paragraph", "intro") else line.body
        blocks.append(Block(start, line.end, line.kind, introduced, section, label_end))
        if line.kind in ("heading", "intro"):
            intro = i
        if line.kind == "heading":
            section = i
    return blocks


def _label_end(line: Line) -> int | None:
    label = LABEL.match(line.text)
    if label:
        return line.body + label.end()
    cell = CELL.search(line.text) if line.kind == "item" else None
    return line.body + cell.start() if cell else None


def find_title(text: str, blocks: list[Block]) -> Block | None:
    """The headline's block, or None for a text that starts without one."""
    return next((block for block in blocks if block.kind == "headline"), None)


def find_published(text: str, blocks: list[Block]) -> date | None:
    """The date on which the text says that it was published, or None.

    A labelled date ("Publisert 3.2.2025") comes before a bare dateline, which counts only near the top or end; dates of
    changes and of other texts do not count.
    """
    for block in blocks:
        if block.kind not in ("boilerplate", "item") and block.end - block.start <= SHORT:
            for day in labelled_dates(text, block.start, block.end):
                return day
    paragraphs = 0
    for i, block in enumerate(blocks):
        paragraphs += block.kind == "paragraph"
        at_edge = paragraphs < 4 or i >= len(blocks) - 4
        if at_edge and block.kind in ("dateline", "byline", "menu", "sender"):
            for day in bare_dates(text, block.start, block.end):
                return day
    return None


class Layout:
    r"""Stores a document's blocks, title and publication date.

    Scope: the whole document, made from normalised text.

    Example: ``nlp.add_pipe("pressextract_layout")``, then ``nlp("Ny klynge\n\nOslo, 3. mai 2023: Siva …")`` has
    ``doc._.title == "Ny klynge"`` and ``doc._.published == date(2023, 5, 3)``.

    Declares ``doc._.blocks`` (list of :class:`Block`), ``doc._.title`` (string or None) and ``doc._.published`` (date
    or None; a date set before is kept).
    """

    def __init__(self) -> None:
        for name in ("blocks", "title", "published"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets the three attributes on ``doc`` and returns it."""
        text = text_of(doc)
        blocks = find_blocks(text)
        title = find_title(text, blocks)
        doc._.blocks = blocks
        doc._.title = text[title.start : title.end] if title else None
        if doc._.published is None:
            doc._.published = find_published(text, blocks)
        return doc


@Language.factory("pressextract_layout")
def create_layout(nlp: Language, name: str) -> Layout:
    """Makes the component for a pipeline."""
    return Layout()
