"""The lines of a text, and what each tells by its own form."""

import re
from dataclasses import dataclass
from itertools import pairwise

from pressextract.datelines import alternatives, is_dateline, leading_dateline
from pressextract.lexicon import load_lexicon

_LEX = load_lexicon("layout")
SHORT = 400  # characters; a longer line is running text, whatever it contains


@dataclass(slots=True)
class Line:
    """A line (or several that were wrapped) on its way to become a block; offsets are characters of the text."""

    start: int
    end: int
    body: int  # where the text after the bullet starts
    bullet: str  # "", "mark", "number" or "dash"
    gap: bool  # the text's start, or a blank line above
    rule: bool  # a line of only *** or --- above
    text: str  # from body to end; empty for long lines, which are not looked into
    kind: str = ""
    cells: int = 1


def opening(phrases: list[str], after: str = "") -> re.Pattern[str]:
    """A pattern for the start of a line: one of the phrases, then the expression ``after``."""
    return re.compile(rf"[(\[]?(?:{alternatives(phrases)}){after}", re.I)


_BULLET = re.compile(
    r"(?:(?P<mark>[•●▪■◦‣∙⁃►▶➢➤✓✔→*·>][ \t]*|(?:o|[a-zæøå]\))[ \t]+)"
    r"|(?P<number>(?:\d{1,2}\)|\d{1,2}\.(?=[ \t]+[A-ZÆØÅ«]))[ \t]+)"
    r"|(?P<dash>[-–—−][ \t]+))(?=\S)"
)
# A full stop belongs to a label only in a number ("1. vara"), an initial or a short abbreviation.
LABEL = re.compile(r"[^\W_](?:[^:.!?\n]|\.(?>(?<=\d\.)|(?<=\b\w\.)|(?<=\b\w\w\.)|(?! *[A-ZÆØÅ]))){1,90}?(?=:(?:\s|$))")
CELL = re.compile(r"\t| [|/] ")
_MENU_CELL = re.compile(r"\t| / |\s*[|>»›·]\s*")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,}")
_PHONE = re.compile(
    rf"\+\d{{2,3}} ?\d[\d ]{{6,11}}\d|\b(?:{alternatives(_LEX['contact']['phone'])})\b[^\d\n]{{0,12}}\d[\d ]{{5,10}}\d"
    r"|(?<![\d,.])(?:\d{3} \d{2} \d{3}|\d{2} \d{2} \d{2} \d{2}|[2-9]\d{7})(?![\d,.]*\d)",
    re.I,
)
_BYLINE = opening(_LEX["byline"]["starts"])
_BY_NAME = re.compile(r"[Aa]v (?:\w+ ){0,2}[A-ZÆØÅ][\w.-]+(?: [A-ZÆØÅ][\w.-]+){1,3}(?:, .{1,60}[^.]|$)")
_CREDIT = opening(_LEX["credit"]["starts"])
_CREDIT_INSIDE = re.compile(rf"\b(?:{alternatives(_LEX['credit']['words'])})\.?\s?:", re.I)
CONTACT = opening(_LEX["contact"]["starts"], r"(?!\w)")
_BOILERPLATE = opening(_LEX["boilerplate"]["starts"])
_MENU = opening(_LEX["menu"]["starts"])
_MENU_WORDS = frozenset(_LEX["menu"]["words"])
_MENU_CELL_STARTS = tuple(_LEX["menu"]["cell_starts"])


def read_lines(text: str) -> list[Line]:
    """The lines of a text, hard-wrapped ones joined, each with the kind that its own form tells ("" for none)."""
    lines = _split_datelines(text, _join_wrapped(text, _lines(text)))
    _open_gaps(text, lines)
    for line in lines:
        line.kind = _kind_by_form(line)
    return lines


def _line(text: str, start: int, end: int, gap: bool, rule: bool) -> Line:
    bullet = _BULLET.match(text, start, end)
    body = bullet.end() if bullet else start
    return Line(start, end, body, (bullet and bullet.lastgroup) or "", gap, rule, _short(text, body, end))


def _short(text: str, start: int, end: int) -> str:
    return text[start:end] if end - start <= SHORT else ""


def _lines(text: str) -> list[Line]:
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


def _join_wrapped(text: str, lines: list[Line]) -> list[Line]:
    """Joins the lines of hard-wrapped paragraphs and items."""
    width = max((line.end - line.start for line in lines if "\t" not in line.text), default=0)
    wrapped = 40 <= width <= 110 and sum(_runs_on(text, *pair) for pair in pairwise(lines)) > 1
    joined: list[Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        if above and (_runs_on(text, above, line) or (wrapped and _is_full(text, above, line, width))):
            above.end = line.end
            above.text = _short(text, above.body, line.end)
        else:
            joined.append(line)
    return joined


def _runs_on(text: str, above: Line, line: Line) -> bool:
    """A sentence runs on over the line end."""
    broken = above.end - above.start >= 40 and text[above.end - 1] not in ".!?:;|" and text[line.start].islower()
    return broken and not line.gap and not line.bullet and "\t" not in above.text + line.text


def _is_full(text: str, above: Line, line: Line, width: int) -> bool:
    """The line above could not have taken this line's first word: the text is wrapped at about its widest line."""
    if line.gap or line.bullet or "\t" in above.text + line.text:
        return False
    label = LABEL.match(line.text)
    if (label and len(label[0].split()) < 3) or (has_contact(above.text) and line.text[:1].isupper()):
        return False
    length = above.end - 1 - text.rfind("\n", 0, above.end)
    return length + 1 + len(text[line.start : line.start + 40].split(" ", 1)[0]) > width - 8


def _split_datelines(text: str, lines: list[Line]) -> list[Line]:
    """Parts "Oslo, 3. mai 2024:" from the paragraph that it opens."""
    parts: list[Line] = []
    for line in lines:
        dateline = None if line.bullet else leading_dateline(text, line.start, line.end)
        if dateline and not is_dateline(line.text):
            parts.append(_line(text, line.start, dateline[0], line.gap, line.rule))
            line = _line(text, dateline[1], line.end, False, False)
        parts.append(line)
    return parts


def _open_gaps(text: str, lines: list[Line]) -> None:
    """In a text without blank lines, a paragraph's last full stop stands for one."""
    if sum(line.gap for line in lines) < 3:
        for above, line in pairwise(lines):
            line.gap = line.gap or (text[above.end - 1] in ".!?" and not line.bullet)


def _kind_by_form(line: Line) -> str:
    """What the line's own form tells; "" where its neighbours must decide."""
    text = line.text
    line.cells = len(CELL.split(text))
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
    if CONTACT.match(text) and has_contact(text):
        return "contact"
    if _CREDIT.match(text) or any(len(text) - inside.end() < 80 for inside in _CREDIT_INSIDE.finditer(text)):
        return "credit"
    if _BOILERPLATE.match(text):
        return "boilerplate"
    if len(text) < 250 and has_contact(text) and (_MAIL.search(text) or line.cells > 1 or text[-1] != "."):
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


def has_contact(text: str) -> bool:
    """Tells whether a line holds an e-mail address or a telephone number."""
    return bool(_MAIL.search(text) or _PHONE.search(text))
