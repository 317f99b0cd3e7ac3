"""Lines to blocks: what each stretch of a press release is for.

Releases come with blank lines between paragraphs or without, hard-wrapped or in long lines, with menus above and share
buttons below. Layout is read from form (length, bullets, separators, neighbours) and from the words in
``lexicon/layout.toml``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.datelines import alternatives, bare_dates, is_dateline, labelled_dates, leading_dateline
from pressextract.lexicon import load_lexicon

_LEX = load_lexicon("layout")
_SHORT = 400  # characters; a longer line is running text, whatever it contains


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


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    body: int  # where the text after the bullet starts
    bullet: str  # "", "mark", "number" or "dash"
    gap: bool  # the text's start, or a blank line above
    rule: bool  # a line of only *** or --- above
    text: str  # from body to end; empty for long lines, which are not looked into
    kind: str = ""
    cells: int = 1


def _opening(phrases: list[str], after: str = "") -> re.Pattern[str]:
    return re.compile(rf"[(\[]?(?:{alternatives(phrases)}){after}", re.I)


_BULLET = re.compile(
    r"(?:(?P<mark>[•●▪■◦‣∙⁃►▶➢➤✓✔→*·>][ \t]*|(?:o|[a-zæøå]\))[ \t]+)"
    r"|(?P<number>(?:\d{1,2}\)|\d{1,2}\.(?=[ \t]+[A-ZÆØÅ«]))[ \t]+)"
    r"|(?P<dash>[-–—−][ \t]+))(?=\S)"
)
# A full stop belongs to a label only in a number ("1. vara"), an initial or a short abbreviation.
_LABEL = re.compile(r"[^\W_](?:[^:.!?\n]|(?:(?<=\d)|(?<=\b\w)|(?<=\b\w\w))\.|\.(?! *[A-ZÆØÅ])){1,90}?(?=:(?:\s|$))")
_CELL = re.compile(r"\t| [|/] ")
_MENU_CELL = re.compile(r"\t| / |\s*[|>»›·]\s*")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,}")
_PHONE = re.compile(
    rf"\+\d{{2,3}} ?\d[\d ]{{6,11}}\d|\b(?:{alternatives(_LEX['contact']['phone'])})\b[^\d\n]{{0,12}}\d[\d ]{{5,10}}\d"
    r"|(?<![\d,.])(?:\d{3} \d{2} \d{3}|\d{2} \d{2} \d{2} \d{2}|[2-9]\d{7})(?![\d,.]*\d)",
    re.I,
)
_BYLINE = _opening(_LEX["byline"]["starts"])
_BY_NAME = re.compile(r"[Aa]v (?:\w+ ){0,2}[A-ZÆØÅ][\w.-]+(?: [A-ZÆØÅ][\w.-]+){1,3}(?:, .{1,60}[^.]|$)")
_CREDIT = _opening(_LEX["credit"]["starts"])
_CREDIT_INSIDE = re.compile(rf"\b(?:{alternatives(_LEX['credit']['words'])})\.?\s?:", re.I)
_CONTACT = _opening(_LEX["contact"]["starts"], r"(?!\w)")
_ABOUT = _opening(_LEX["boilerplate"]["about"], r" \w")
_RELATED = _opening(_LEX["boilerplate"]["related"], r"(?!\w)")
_BOILERPLATE = _opening(_LEX["boilerplate"]["starts"])
_MENU = _opening(_LEX["menu"]["starts"])
_MENU_WORDS = frozenset(_LEX["menu"]["words"])
_MENU_CELL_STARTS = tuple(_LEX["menu"]["cell_starts"])
_MAIL_HEADER = _opening(_LEX["mail"]["starts"])
_SPEECH = re.compile(
    rf"[,!?»\"] ?(?:{alternatives(_LEX['quote']['verbs'])})\b|\b(?:{alternatives(_LEX['quote']['pronouns'])})\b|\?$",
    re.I,
)
_SENDER = re.compile(
    rf"(?:{alternatives(_LEX['sender']['labels'])}):|.*(?:\b(?:{alternatives(_LEX['sender']['endings'])})"
    rf"|{alternatives(_LEX['sender']['suffixes'])}|\([^\W\d_]{{2,10}}\))$",
    re.I,
)
_SMALL_WORDS = frozenset(_LEX["sender"]["small_words"])
_TABLE_HEADERS = frozenset(_LEX["table"]["headers"])


def find_blocks(text: str) -> list[Block]:
    """The blocks of a text, in order and without overlap; never raises.

    Args:
        text: normalised text (see :func:`pressextract.normalise.normalise`).

    Returns:
        Blocks with offsets in characters of ``text``; lines without letters or digits belong to no block.
    """
    lines = _split_datelines(text, _join_wrapped(text, _lines(text)))
    _open_gaps(text, lines)
    for line in lines:
        line.kind = _kind_by_form(line)
    _mark_headline(lines)
    _mark_numbered_headings(lines)
    _mark_dash_lists(lines)
    _mark_tables(lines)
    _mark_plain_lists(lines)
    _mark_sections(lines)
    return _link(lines)


def _line(text: str, start: int, end: int, gap: bool, rule: bool) -> _Line:
    bullet = _BULLET.match(text, start, end)
    body = bullet.end() if bullet else start
    return _Line(start, end, body, (bullet and bullet.lastgroup) or "", gap, rule, _short(text, body, end))


def _short(text: str, start: int, end: int) -> str:
    return text[start:end] if end - start <= _SHORT else ""


def _lines(text: str) -> list[_Line]:
    lines, offset, gap, rule = [], 0, True, False
    for raw in text.split("\n"):
        body = raw.strip()
        start = offset + len(raw) - len(raw.lstrip())
        offset += len(raw) + 1
        if any(map(str.isalnum, body)):
            lines.append(_line(text, start, start + len(body), gap, rule))
            gap = rule = False
        else:
            gap, rule = True, rule or len(body) > 1
    return lines


def _join_wrapped(text: str, lines: list[_Line]) -> list[_Line]:
    """Joins the lines of hard-wrapped paragraphs and items."""
    width = max((line.end - line.start for line in lines if "\t" not in line.text), default=0)
    wrapped = 40 <= width <= 110 and sum(_runs_on(text, *pair) for pair in pairwise(lines)) > 1
    joined: list[_Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        if above and (_runs_on(text, above, line) or (wrapped and _is_full(text, above, line, width))):
            above.end = line.end
            above.text = _short(text, above.body, line.end)
        else:
            joined.append(line)
    return joined


def _runs_on(text: str, above: _Line, line: _Line) -> bool:
    """A sentence runs on over the line end."""
    broken = above.end - above.start >= 40 and text[above.end - 1] not in ".!?:;|" and text[line.start].islower()
    return broken and not line.gap and not line.bullet and "\t" not in above.text + line.text


def _is_full(text: str, above: _Line, line: _Line, width: int) -> bool:
    """The line above could not have taken this line's first word: the text is wrapped at about its widest line."""
    if line.gap or line.bullet or "\t" in above.text + line.text:
        return False
    label = _LABEL.match(line.text)
    if (label and len(label[0].split()) < 3) or (_has_contact(above.text) and line.text[:1].isupper()):
        return False
    length = above.end - 1 - text.rfind("\n", 0, above.end)
    return length + 1 + len(text[line.start : line.start + 40].split(" ", 1)[0]) > width - 8


def _split_datelines(text: str, lines: list[_Line]) -> list[_Line]:
    """Parts "Oslo, 3. mai 2024:" from the paragraph that it opens."""
    parts: list[_Line] = []
    for line in lines:
        dateline = None if line.bullet else leading_dateline(text, line.start, line.end)
        if dateline:
            parts.append(_line(text, line.start, dateline[0], line.gap, line.rule))
            line = _line(text, dateline[1], line.end, False, False)
        parts.append(line)
    return parts


def _open_gaps(text: str, lines: list[_Line]) -> None:
    """In a text without blank lines, a paragraph's last full stop stands for one."""
    if sum(line.gap for line in lines) < 3:
        for above, line in pairwise(lines):
            line.gap = line.gap or (text[above.end - 1] in ".!?" and not line.bullet)


def _kind_by_form(line: _Line) -> str:
    """What the line's own form tells; "" where its neighbours must decide."""
    text = line.text
    line.cells = len(_CELL.split(text))
    if not text:
        return "item" if line.bullet in ("mark", "number") else "paragraph"
    if line.bullet:
        return "" if line.bullet == "dash" else "item"
    if _is_menu(text):
        return "menu"
    if is_dateline(text):
        return "dateline"
    if _BYLINE.match(text) or _BY_NAME.match(text):
        return "byline"
    if _CONTACT.match(text) and _has_contact(text):
        return "contact"
    if _CREDIT.match(text) or any(len(text) - inside.end() < 80 for inside in _CREDIT_INSIDE.finditer(text)):
        return "credit"
    if _BOILERPLATE.match(text):
        return "boilerplate"
    if len(text) < 250 and _has_contact(text) and (_MAIL.search(text) or line.cells > 1 or text[-1] != "."):
        return "contact"
    return ""


def _is_menu(text: str) -> bool:
    if len(text) > 150:
        return False
    cells = [cell for cell in (part.strip(" /").lower() for part in _MENU_CELL.split(text)) if cell]
    known = sum(cell in _MENU_WORDS or cell.startswith(_MENU_CELL_STARTS) for cell in cells)
    known *= len(cells) > 1 or text.lower() in _MENU_WORDS
    trail = len(re.findall(r" [>»›] ", text)) > 1
    return bool(_MENU.match(text)) or trail or (known > 0 and (2 * known >= len(cells) or len(cells) > 2))


def _has_contact(text: str) -> bool:
    return bool(_MAIL.search(text) or _PHONE.search(text))


def _mark_headline(lines: list[_Line]) -> None:
    """The headline: the first short line above the running text that is not merely a name."""
    top = 0
    if any(_MAIL_HEADER.match(line.text) for line in lines[:3]):
        top = next((i for i, line in enumerate(lines[:20]) if line.rule), 0)
        for line in lines[:top]:
            line.kind = "menu"
    candidates: list[_Line] = []
    quoted = False  # inside a quotation set above the headline, its speaker below it
    for line in lines[top : top + 40]:
        text = line.text
        quoted = (quoted and line.bullet == "dash") or (
            not candidates and len(text) > 60 and text[0] in '"«' and text[-1] in '"»'
        )
        if quoted:
            line.kind = "paragraph"
        elif line.kind in ("dateline", "byline"):
            if any(not _is_sender(candidate.text) for candidate in candidates):
                break
        elif line.kind in ("menu", "credit", "boilerplate", "contact"):
            continue
        elif line.kind or line.cells > 2 or len(text) > 200 or (text[-1] in ".:" and len(text) > 60):
            break
        else:
            candidates.append(line)
    if candidates:
        headline = next((line for line in candidates if not _is_sender(line.text)), candidates[-1])
        headline.kind = "headline"
        for line in candidates[: candidates.index(headline)]:
            line.kind = "sender"


def _is_sender(text: str) -> bool:
    """A name alone on its line: "Ås kommune", "DEN NORSKE KIRKE", "Forbundet for kommune og omsorg (FKO)"."""
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) <= 2 or (len(words) <= 8 and _SENDER.match(text)):
        return True
    names = all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    return names and len(words) <= 8 and not text.isupper() and text[-1] not in "!?"


def _mark_numbered_headings(lines: list[_Line]) -> None:
    """A short numbered line close above running text is a heading, not an item."""
    for line, after in pairwise(lines):
        running = not (after.gap or after.bullet or after.kind) or after.kind == "paragraph"
        if line.bullet == "number" and line.gap and running and len(line.text) < 80 and line.text[-1] not in ".,:;":
            line.kind = "heading"


def _mark_dash_lists(lines: list[_Line]) -> None:
    """Dash lines are items where several stand together and nobody speaks in them."""
    for first, end in _runs(lines, lambda line: line.bullet == "dash" and not line.kind):
        run, above = lines[first:end], lines[first - 1] if first else None
        tight = not any(line.gap for line in run[1:])
        led = above is not None and (above.text.endswith(":") or (not above.kind and len(above.text) < 80))
        items = len(run) > 1 and (tight or led) and not any(_SPEECH.search(line.text) for line in run)
        for line in run:
            line.kind = "item" if items else "paragraph"


def _mark_tables(lines: list[_Line]) -> None:
    """Rows of cells, of which the first may name the columns."""
    for first, end in _runs(lines, lambda line: line.cells > 1 and not line.kind and not _LABEL.match(line.text)):
        run = lines[first:end]
        if len(run) < 2 or (len(run) < 3 and not any("\t" in line.text for line in run)):
            continue
        for line in run:
            line.kind = "item"
        names = {cell.lower().split(" (")[0].strip() for cell in _CELL.split(run[0].text)}
        if names & _TABLE_HEADERS or run[0].cells < run[1].cells:
            run[0].kind = "intro"


def _mark_plain_lists(lines: list[_Line]) -> None:
    """Short parallel lines without bullets below a colon, or close below a short heading."""
    for i, line in enumerate(lines):
        if line.kind or not line.text or _CONTACT.match(line.text) or line.bullet:
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


def _is_plain(line: _Line) -> bool:
    return not line.kind and not line.bullet and 0 < len(line.text) < 160 and line.text[-1] not in ".!?:"


def _runs(lines: list[_Line], test: Callable[[_Line], bool]) -> list[tuple[int, int]]:
    """Where neighbouring lines pass a test: (first, end) pairs."""
    edges = [i for i, (a, b) in enumerate(pairwise([False, *map(test, lines), False])) if a != b]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _mark_sections(lines: list[_Line]) -> None:
    """Headings, and what stands below contact headings, "Om …" and the headings of other texts."""
    below = ""  # what the lines belong to: "", "contact", "about" or "related"
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        text, words = line.text, len(line.text.split())
        leads_contact = _CONTACT.match(text) and words < 9 and (text[-1] in ":?" or text[-1].isalpha())
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


def _is_contact(line: _Line) -> bool:
    """A line of names and numbers below a contact heading."""
    if not line.text or line.kind not in ("", "item", "contact"):
        return False
    return line.kind == "contact" or _has_contact(line.text) or (len(line.text) < 120 and line.text[-1] != ".")


def _is_field(text: str) -> bool:
    label = _LABEL.match(text)
    if not label or len(label[0].split()) > 5 or label[0][-1] in '"»' or label.end() + 1 == len(text):
        return False
    return len(text) < 80 or (len(text) < 200 and text[-1] != ".")


def _is_heading(line: _Line, after: _Line) -> bool:
    text = line.text
    if not 1 < len(text) <= 90 or len(text.split()) > 12 or not line.gap or line.bullet or "\t" in text:
        return False
    if text[-1] in ".!,;" or not (text[0].isupper() or text[0] in '"«') or (line.cells > 1 and after.gap):
        return False
    if not _ABOUT.match(text) and (text[-1] == ":" or (_LABEL.match(text) and not text.isupper())):
        return False
    return after.kind in ("", "item", "paragraph", "contact", "intro")


def _link(lines: list[_Line]) -> list[Block]:
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


def _label_end(line: _Line) -> int | None:
    label = _LABEL.match(line.text)
    if label:
        return line.body + label.end()
    cell = _CELL.search(line.text) if line.kind == "item" else None
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
        if block.kind not in ("boilerplate", "item") and block.end - block.start <= _SHORT:
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
        text = doc.text
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
