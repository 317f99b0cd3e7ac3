"""Lines to blocks: what each stretch of a press release is for.

Released texts come with blank lines between paragraphs or without, hard-wrapped or in one long line, with menus above and
share buttons below. The layout is read from form alone (length, bullets, separators, the next line) and from the words in
``lexicon/layout.toml``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.lexicon import load_lexicon

_LEX = load_lexicon("layout")
_SHORT = 400  # characters; a longer line is running text, whatever it contains


class Block(NamedTuple):
    """A stretch of text with one purpose, without its bullet and surrounding blanks.

    ``start`` and ``end`` are characters of the text given to :func:`find_blocks`.

    ``kind`` is one of: ``sender`` (letterhead above the headline), ``headline``, ``dateline`` (place and date, "Publisert …",
    "Pressemelding | …"), ``byline``, ``heading``, ``paragraph``, ``intro`` (introduces the items after it; also a table's
    header row), ``item`` (of a list, or a table row), ``field`` ("label: value"), ``contact``, ``credit`` (pictures),
    ``boilerplate`` (presentation of the sender, other texts, subscriptions), ``menu``.
    """

    start: int
    end: int
    kind: str
    intro: int | None = None
    """Index of the block that introduces this item, field or contact: an intro, a heading, a table's header row."""
    section: int | None = None
    """Index of the heading above."""
    label_end: int | None = None
    """Where the label ends, before its colon (fields, items, contacts), or a table row's first cell."""


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    body: int  # where the text after the bullet starts
    bullet: str  # "", "mark", "number" or "dash"
    gap: bool  # a blank line (or the start of the text) above
    rule: bool  # a line of only *** or --- above
    text: str  # empty for long lines: they are not looked into
    kind: str = ""
    cells: int = 1


def _words(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BULLET = re.compile(r"(?:([•●▪■◦‣∙⁃►▶➢➤✓✔→*·>]|o(?=[ \t]))[ \t]*|(\d{1,2}\)|\d{1,2}\.(?=[ \t]+[A-ZÆØÅ«])|[a-zæøå]\))[ \t]+|([-–—−])[ \t]+)(?=\S)")
_LABEL = re.compile(r"[^\W_][^:.!?\n«»\"]{1,60}?(?=:(?:\s|$))")
_CELL = re.compile(r"\t| [|/] ")
_MENU_CELL = re.compile(r"\t| [|/>»·›] |\s*[|>»›]\s*")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,}")
_PHONE = re.compile(rf"\+\d{{2,3}} ?\d[\d ]{{6,11}}\d|\b(?:{_words(_LEX['contact']['phone'])})\b[^\d\n]{{0,12}}\d[\d ]{{5,10}}\d", re.I)
_NUMBER = re.compile(r"(?<![\d,.])(?:\d{3} \d{2} \d{3}|\d{2} \d{2} \d{2} \d{2}|\d{8})(?![\d,.]*\d)")

_MONTHS = {name: number for number, names in enumerate(_LEX["months"], 1) for name in names}
_DATE = re.compile(
    r"(?<![\d.,])(?:(?P<iso>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})"
    r"|(?P<day>\d{1,2})(?:[./] ?|-)(?P<month>\d{1,2})[./-] ?(?P<year>\d{4}|\d{2})"
    rf"|(?P<word_day>\d{{1,2}})\.? ?(?P<word>{_words(list(_MONTHS))})\.? (?P<word_year>\d{{4}}))(?!\d)",
    re.I,
)


def _date_of(match: re.Match[str]) -> date | None:
    group = match.groupdict()
    year = group["iso"] or group["year"] or group["word_year"]
    month = group["iso_month"] or group["month"] or _MONTHS[group["word"].lower()]
    day = group["iso_day"] or group["day"] or group["word_day"]
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _starts(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"[(\[]?(?:{_words(phrases)})(?!\w)", re.I)


_PUBLISHED = re.compile(
    rf"(?<!\w)(?P<label>{_words(_LEX['published']['labels'] + _LEX['published']['not_labels'])})\W{{0,4}}(?:den )?(?:[^\W\d]+dag,? )?(?:den )?{_DATE.pattern}",
    re.I,
)
_LIFE = _starts(_LEX["published"]["labels"][:6] + _LEX["published"]["not_labels"])
_NOT_PUBLISHED = frozenset(_LEX["published"]["not_labels"])
_DATELINE_WORDS = frozenset(_LEX["published"]["words"])
_KICKER = _starts(_LEX["published"]["kickers"])
_BYLINE = re.compile(rf"(?:{_words(_LEX['byline']['starts'])})|(?-i:[Aa]v (?:[\w-]+ ){{0,2}}[A-ZÆØÅ][\w.-]+(?: [A-ZÆØÅ][\w.-]+){{1,3}}(?:, .{{1,60}}[^.]|$))", re.I)
_CREDIT = re.compile(rf"(?:{_words(_LEX['credit']['starts'])})", re.I)
_CREDIT_INSIDE = re.compile(rf"\b(?:{_words(_LEX['credit']['words'])})\.?\s?:", re.I)
_CONTACT = _starts(_LEX["contact"]["starts"])
_ABOUT = re.compile(rf"{_LEX['boilerplate']['about']} \w", re.I)
_RELATED = _starts(_LEX["boilerplate"]["related"])
_BOILERPLATE = re.compile(rf"(?:{_words(_LEX['boilerplate']['starts'])})", re.I)
_MENU = re.compile(rf"(?:{_words(_LEX['menu']['starts'])})", re.I)
_MENU_WORDS = frozenset(_LEX["menu"]["words"])
_MAIL_HEADER = re.compile(rf"(?:{_words(_LEX['mail']['starts'])})", re.I)
_SPEECH = re.compile(rf"[,!?»\"] ?(?:{_words(_LEX['quote']['verbs'])})\b|\b(?:{_words(_LEX['quote']['pronouns'])})\b|\?$", re.I)
_SENDER = re.compile(
    rf"^(?:{_words(_LEX['sender']['labels'])}):|\b(?:{_words(_LEX['sender']['endings'])})$|(?:{_words(_LEX['sender']['suffixes'])})$|(?-i:\([A-ZÆØÅ]{{2,}}\))$",
    re.I,
)
_TABLE_HEADERS = frozenset(_LEX["table"]["headers"])
_PLACE_AND_DATE = re.compile(rf"[A-ZÆØÅ][^\W\d_]*(?:[ /-][^\W\d_]+){{0,3}},? (?:[a-zæøå]+dag )?(?:den )?{_DATE.pattern}(?: ?\([^)\n]{{1,20}}\))?(?P<stop> ?[:.–—-])\s+(?=\S)")


def find_blocks(text: str) -> list[Block]:
    """The blocks of a text, in order and without overlap; never raises.

    Args:
        text: normalised text (see :func:`pressextract.normalise.normalise`).

    Returns:
        Blocks with offsets in characters of ``text``. Lines without letters or digits belong to no block.
    """
    lines = _split_datelines(text, _join_wrapped(text, _lines(text)))
    for line in lines:
        line.kind = _kind_by_form(line)
    _mark_headline(lines)
    _mark_lists(lines)
    _mark_sections(lines)
    return _link(lines)


def _line(text: str, start: int, end: int, gap: bool, rule: bool) -> _Line:
    bullet = _BULLET.match(text, start, end)
    mark = "" if not bullet else "mark" if bullet[1] else "number" if bullet[2] else "dash"
    body = bullet.end() if bullet else start
    return _Line(start, end, body, mark, gap, rule, text[body:end] if end - body <= _SHORT else "")


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
    """Joins the lines of hard-wrapped paragraphs: a line that could not have taken the next line's first word."""
    lengths = sorted(line.end - line.start for line in lines)
    width = lengths[-1] if lengths else 0
    breaks = sum(_continues(text, a, b) for a, b in zip(lines, lines[1:], strict=False))
    wrapped = 40 <= width <= 110 and breaks >= 2
    joined: list[_Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and (_continues(text, before, line) or (wrapped and _fills(text, before, line, width))):
            before.end = line.end
            before.text = text[before.body : line.end] if line.end - before.body <= _SHORT else ""
        else:
            joined.append(line)
    return joined


def _continues(text: str, before: _Line, line: _Line) -> bool:
    """A sentence runs on over the line end."""
    return (
        not line.gap
        and not line.bullet
        and text[line.start].islower()
        and before.end - before.start >= 40
        and text[before.end - 1] not in ".!?:;|"
        and "\t" not in before.text + line.text
    )


def _fills(text: str, before: _Line, line: _Line, width: int) -> bool:
    """The line above is full: the next line's first word would have made it wider than the text's widest line."""
    if line.gap or line.bullet or "\t" in before.text + line.text:
        return False
    last = before.end - 1 - text.rfind("\n", 0, before.end)
    return last + 1 + len(text[line.start : line.start + 40].split(" ", 1)[0]) > width - 8


def _split_datelines(text: str, lines: list[_Line]) -> list[_Line]:
    """Parts "Oslo, 3. mai 2024:" at the head of a paragraph from the paragraph."""
    parts: list[_Line] = []
    for line in lines:
        head = _PLACE_AND_DATE.match(text, line.start, line.end) if not line.bullet else None
        if head:
            parts.append(_line(text, line.start, head.start("stop"), line.gap, line.rule))
            line = _line(text, head.end(), line.end, False, False)
        parts.append(line)
    return parts


def _kind_by_form(line: _Line) -> str:
    """What the line's own form tells; "" where its neighbours must decide."""
    text = line.text
    if not text:
        return "item" if line.bullet in ("mark", "number") else "paragraph"
    line.cells = len(_CELL.split(text))
    if line.bullet:
        return "" if line.bullet == "dash" else "item"
    if _is_menu(text):
        return "menu"
    if _is_dateline(text):
        return "dateline"
    if _BYLINE.match(text):
        return "byline"
    if _CONTACT.match(text) and _has_contact(text):
        return "contact"
    if _CREDIT.match(text) or any(len(text) - m.end() < 80 for m in _CREDIT_INSIDE.finditer(text)):
        return "credit"
    if _BOILERPLATE.match(text):
        return "boilerplate"
    if _has_contact(text) and len(text) < 250 and (_MAIL.search(text) or "|" in text or line.cells > 1 or text[-1] != "."):
        return "contact"
    return ""


def _is_menu(text: str) -> bool:
    if len(text) > 150:
        return False
    cells = [cell for cell in (part.strip(" ·|/>»").lower() for part in _MENU_CELL.split(text)) if cell]
    known = sum(cell in _MENU_WORDS for cell in cells)
    crumbs = len(re.findall(r" [>»›] ", text)) > 1
    return bool(_MENU.match(text)) or crumbs or bool(known and 2 * known >= len(cells)) or (len(cells) > 2 and known > 0 and len(text) < 80)


def _is_dateline(text: str) -> bool:
    if len(text) > 150:
        return False
    if _LIFE.match(text) and _DATE.search(text):
        return not text.lower().startswith("vedtaksdato")
    if _KICKER.match(text) and ":" not in text and len(text.split()) <= 10 and text[-1] not in ".!":
        return True
    rest, dates = _DATE.subn(" ", text)
    return dates > 0 and not any(word[0].islower() and word not in _DATELINE_WORDS for word in re.findall(r"[^\W\d_]+", rest))


def _has_contact(text: str) -> bool:
    return bool(_MAIL.search(text) or _PHONE.search(text) or _NUMBER.search(text))


def _mark_headline(lines: list[_Line]) -> None:
    """The headline: the first free short line above the running text that is not the sender's name."""
    top = 0
    if any(_MAIL_HEADER.match(line.text) for line in lines[:3]):
        top = next((i for i, line in enumerate(lines[:20]) if line.rule), 0)
        for line in lines[:top]:
            line.kind = "menu"
    candidates: list[int] = []
    for i, line in enumerate(lines[top : top + 40], top):
        text = line.text
        if line.kind in ("menu", "credit", "boilerplate", "contact"):
            continue
        if line.kind in ("dateline", "byline"):
            if any(not _is_sender(lines[c].text) for c in candidates):
                break
            continue
        if text[:1] in '"«' and text[-1:] in '"»' and len(text) > 60 and not candidates:
            line.kind = "paragraph"  # a quotation set above the headline, its speaker below it
            if i + 1 < len(lines) and lines[i + 1].bullet == "dash":
                lines[i + 1].kind = "paragraph"
            continue
        if line.kind == "paragraph" and i > top and line.bullet and lines[i - 1].kind == "paragraph":
            continue
        if line.kind or line.cells > 2 or len(text) > 200 or (text[-1] in ".:" and len(text) > 60):
            break
        candidates.append(i)
    if not candidates:
        return
    headline = next((i for i in candidates if not _is_sender(lines[i].text)), candidates[-1])
    lines[headline].kind = "headline"
    for i in candidates[: candidates.index(headline)]:
        lines[i].kind = "sender"


def _is_sender(text: str) -> bool:
    """A name alone on its line: "Ås kommune", "DEN NORSKE KIRKE", "Forbundet for kommune og omsorg (FKO)"."""
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) <= 2 or (_SENDER.search(text) and len(words) <= 8):
        return True
    names = all(word[0].isupper() or word in _LEX["sender"]["small_words"] for word in words)
    return names and len(words) <= 8 and not text.isupper() and text[-1] not in "!?"


def _mark_lists(lines: list[_Line]) -> None:
    """Dash lines, table rows and plain lines after a colon: lists only where several parallel lines stand together."""
    for first, end in _runs(lines, lambda line: line.bullet == "dash" and not line.kind):
        run = lines[first:end]
        before = lines[first - 1] if first else None
        tight = all(not line.gap for line in run[1:])
        led = before is not None and (before.text.endswith(":") or (before.kind == "" and len(before.text) < 80))
        silent = not any(_SPEECH.search(line.text) for line in run)
        is_list = len(run) > 1 and silent and (tight or led)
        for line in run:
            line.kind = "item" if is_list else "paragraph"
    for first, end in _runs(lines, lambda line: line.cells > 1 and not line.kind):
        run = lines[first:end]
        if len(run) < 2 or (all("\t" not in line.text for line in run) and len(run) < 3):
            continue
        for line in run:
            line.kind = "item"
        header = {cell.strip().lower().split(" (")[0] for cell in _CELL.split(run[0].text)}
        if header & _TABLE_HEADERS and not (run[0].text.split("\t")[0].endswith(":")):
            run[0].kind = "intro"
    for i, line in enumerate(lines):
        if line.kind or not line.text.endswith(":") or _CONTACT.match(line.text):
            continue
        run = []
        for below in lines[i + 1 :]:
            plain = below.kind == "" and not below.bullet and 0 < len(below.text) < 160 and below.text[-1] not in ".!?:"
            if not plain or (run and run[-1].gap != below.gap and below.gap and not lines[i + 1].gap):
                break
            run.append(below)
        if len(run) > 1 and sum(bool(re.search(r"[,\d:(\t]", below.text)) for below in run) * 2 >= len(run):
            for below in run:
                below.kind = "item"


def _runs(lines: list[_Line], test: Callable[[_Line], bool]) -> list[tuple[int, int]]:
    runs, first = [], None
    for i, line in enumerate(lines):
        if test(line):
            first = i if first is None else first
        elif first is not None:
            runs.append((first, i))
            first = None
    if first is not None:
        runs.append((first, len(lines)))
    return runs


def _mark_sections(lines: list[_Line]) -> None:
    """Headings, and what stands under contact headings, under "Om …" and under other texts' headings."""
    under = ""
    for i, line in enumerate(lines):
        text, below = line.text, lines[i + 1] if i + 1 < len(lines) else None
        if line.kind in ("headline", "sender", "menu", "dateline", "byline", "credit"):
            under = "" if line.kind == "headline" else under
            continue
        if _RELATED.match(text) and len(text) < 80 and line.kind in ("", "contact"):
            line.kind, under = "heading", "boilerplate"
        elif _CONTACT.match(text) and not line.kind and len(text) < 100 and (text[-1] in ":?" or text[-1].isalpha()) and len(text.split()) < 9:
            line.kind, under = "intro" if text[-1] == ":" else "heading", "contact"
        elif not line.kind and below and _is_heading(line, below):
            line.kind = "heading"
            under = "about" if _ABOUT.match(text) else ""
        elif under == "boilerplate":
            line.kind = "boilerplate"
        elif under == "contact" and line.kind in ("", "item", "contact") and text and (line.kind == "contact" or _has_contact(text) or (len(text) < 120 and text[-1] != ".")):
            line.kind = "contact"
        elif not line.kind:
            if under == "contact":
                under = ""
            leads = below is not None and below.kind == "item"
            label = _LABEL.match(text)
            if leads or (text.endswith(":") and below and below.kind == "item"):
                line.kind = "intro"
            elif label and len(text) < 200 and label.end() + 1 < len(text) and len(label[0].split()) < 6 and (text[-1] != "." or len(text) < 80):
                line.kind = "field"
            else:
                line.kind = "boilerplate" if under == "about" else "paragraph"


def _is_heading(line: _Line, below: _Line) -> bool:
    text = line.text
    if not 1 < len(text) <= 90 or line.bullet or line.cells > 1 or text[-1] in ".!,;" or not (text[0].isupper() or text[0] in '"«'):
        return False
    if text[-1] == ":" and not _ABOUT.match(text):
        return False
    if _LABEL.match(text) and not _ABOUT.match(text) and not text.isupper():
        return False
    return line.gap and len(text.split()) <= 12 and (below.kind in ("", "item", "paragraph", "contact", "intro"))


def _link(lines: list[_Line]) -> list[Block]:
    blocks: list[Block] = []
    intro: int | None = None
    section: int | None = None
    for i, line in enumerate(lines):
        own_section = section
        if line.kind in ("headline", "heading"):
            own_section, section, intro = None, i if line.kind == "heading" else None, i if line.kind == "heading" else None
        elif line.kind == "intro":
            pass
        label = _LABEL.match(line.text) if line.kind in ("item", "field", "contact") else None
        start = line.body if line.kind in ("item", "contact", "field", "menu", "boilerplate") else line.start
        label_end = line.body + label.end() if label else None
        if line.kind == "item" and label is None and line.cells > 1 and (cell := _CELL.search(line.text)):
            label_end = line.body + cell.start()
        own_intro = intro if line.kind in ("item", "field", "contact", "intro") else None
        blocks.append(Block(start, line.end, line.kind, own_intro, own_section, label_end))
        if line.kind == "intro":
            intro = i
        elif line.kind == "paragraph":
            intro = None
    return blocks


def find_title(text: str, blocks: list[Block]) -> Block | None:
    """The headline's block, or None for a text that starts without one."""
    return next((block for block in blocks if block.kind == "headline"), None)


def find_published(text: str, blocks: list[Block]) -> date | None:
    """The date on which the text says it was published, or None.

    A labelled date ("Publisert 3.2.2025") comes before a bare dateline; dates of changes and of other articles do not count.
    """
    for block in blocks:
        if block.kind in ("dateline", "byline", "menu", "sender", "paragraph", "field") and block.end - block.start <= _SHORT:
            for match in _PUBLISHED.finditer(text, block.start, block.end):
                if match["label"].lower() not in _NOT_PUBLISHED and (found := _date_of(match)):
                    return found
    for block in blocks:
        if block.kind == "dateline":
            for match in _DATE.finditer(text, block.start, block.end):
                before = text[max(block.start, match.start() - 20) : match.start()].lower()
                if not any(label in before for label in _NOT_PUBLISHED) and (found := _date_of(match)):
                    return found
    return None


class Layout:
    """Stores a document's blocks, title and publication date.

    Scope: the whole document; must run on the normalised text the document was made from.

    Example: ``nlp.add_pipe("pressextract_layout")``; ``nlp("Ny klynge\\n\\nOslo, 3. mai 2023: …")._.published`` is
    ``date(2023, 5, 3)``.

    Declares ``doc._.blocks`` (list of :class:`Block`), ``doc._.title`` (string or None) and ``doc._.published`` (date or
    None; a date set beforehand is kept).
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
