r"""Raw text to clean text, with an exact map of offsets both ways.

What changes:

- composition to NFC (never NFKC: "½", "m²" and "™" stay as they are);
- soft hyphens, zero-width, direction and control characters disappear, a lone surrogate becomes U+FFFD;
- HTML entities left in the text are decoded;
- CR, CRLF, form feed and the Unicode line separators become ``\n``;
- figure, en and em dash, horizontal bar and minus become "–", the typographic hyphens "-", curly quotes straight ones
  (guillemets stay);
- a run of blanks of any width becomes one blank, or one tab where it separates columns: it holds a tab, or it is three
  blanks or more between two words of a line. Blanks at line ends disappear;
- words hyphenated over a line end are joined, but not hanging hyphens ("kommunal-\nog distriktsminister").
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import html5

import regex

_MOST_PASSES = 12  # ordinary text needs one; each decodes what the one before brought together, as in "&#38;nbsp;"

_BLANK = r"\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000"  # besides the ordinary blank
_BREAK = r"\r\x0B\x0C\x85\u2028\u2029"  # besides \n
_DROPPED = (
    r"\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F"  # controls
    r"\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB"  # invisible ones
)
_ONE_FOR_ONE = {
    **dict.fromkeys("\u2012\u2014\u2015\u2212", "–"),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
}
# Every branch starts with its own characters, which keeps the search for the next change fast.
_CHANGES = re.compile(
    rf"(?P<split_word>[-\u00AD]\n(?: (?![ {_BLANK}]))?)"
    rf"|(?P<blanks>[{_BLANK}][ {_BLANK}]*+| [ {_BLANK}]++| (?=[\n{_BREAK}]|\Z))"
    rf"|(?P<line_end>\r\n|[{_BREAK}])"
    rf"|(?P<dropped>[{_DROPPED}]++)"
    rf"|(?P<single>[{''.join(_ONE_FOR_ONE)}])"
    r"|(?P<entity>&(?:(?:amp|#38|#x26);)++|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<surrogate>[\uD800-\uDFFF])"
)
# A character with its marks (thirty are more than any text has), Hangul letters, and what NFC replaces.
_COMPOSABLE = regex.compile(
    r"\P{M}\p{M}{1,30}+|\p{M}{1,30}+|\p{NFC_Quick_Check=No}"
    r"|[\u1100-\u1112\uAC00-\uD7A3][\u1161-\u1175\u11A8-\u11C2]{1,2}"
)
_BEYOND_LATIN = re.compile(r"[\u0300-\u1DFF\u1F00-\u1FFF\u2126\u212A\u212B\u2329\u232A\u2ADC\u3000-\U0010FFFF]")
# The words after a hanging hyphen: "kommunal- og distriktsminister".
_HANGING = re.compile(r"(?:og|eller|men|samt|til|enn|som|både|heller)\b")

_Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class _Edits:
    """One pass's edits in order: ``before[a:b]`` became ``after[c:d]``; between them the two texts are equal."""

    a: list[int]
    b: list[int]
    c: list[int]
    d: list[int]


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A clean text and the way back to its original.

    Offsets are characters (Unicode code points), spans half-open.
    """

    original: str
    text: str
    _passes: tuple[_Edits, ...] = ()

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``original`` from which ``text[start:end]`` was made.

        A non-empty span maps to a non-empty one; characters deleted at its edges are left out, those inside it
        are covered.
        """
        for edits in reversed(self._passes):
            start, end = _span(start, end, edits.c, edits.d, edits.a, edits.b)
        return start, end

    def to_normalised(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``text`` made from ``original[start:end]``; empty if all of it was deleted."""
        for edits in self._passes:
            start, end = _span(start, end, edits.a, edits.b, edits.c, edits.d)
        return start, end


def normalise(text: str) -> NormalisedText:
    """Cleans a text as this module's head describes; linear in time, never raises.

    Normalising a clean text changes nothing.
    """
    clean = text
    passes: list[_Edits] = []
    changed = True
    while changed and len(passes) < _MOST_PASSES:
        changed = False
        composing = _BEYOND_LATIN.search(clean) is not None
        for pattern, replacement in ((_CHANGES, _replacement), (_COMPOSABLE, _composed))[: 1 + composing]:
            edited, edits = _edit(clean, pattern, replacement)
            if edits.a:
                clean, changed = edited, True
                passes.append(edits)
    return NormalisedText(text, clean, tuple(passes))


def lowered(text: str) -> str:
    """The text in lower case, character for character: offsets stay (the lower case of "İ" would be two characters)."""
    return text.replace("İ", "I").lower()


def _edit(text: str, pattern: re.Pattern[str], replacement: Callable[[_Match], str]) -> tuple[str, _Edits]:
    """One pass: the text with every match replaced, and the edits that really changed something."""
    edits = _Edits([], [], [], [])
    parts: list[str] = []
    copied = length = 0
    for match in pattern.finditer(text):
        new = replacement(match)
        if new == match[0]:
            continue
        start, end = match.span()
        parts += text[copied:start], new
        length += start - copied
        edits.a.append(start)
        edits.b.append(end)
        edits.c.append(length)
        length += len(new)
        edits.d.append(length)
        copied = end
    parts.append(text[copied:])
    return "".join(parts), edits


def _composed(match: _Match) -> str:
    return unicodedata.normalize("NFC", match[0])


def _replacement(match: _Match) -> str:
    found = match[0]
    match match.lastgroup:
        case "split_word":
            return _split_word(found, match.string, match.start(), match.end())
        case "blanks":
            return _blanks(found, match.string, match.start(), match.end())
        case "line_end":
            return "\n"
        case "single":
            return _ONE_FOR_ONE[found]
        case "entity":
            return _decoded(found)
        case "surrogate":
            return "\ufffd"
        case _:  # dropped
            return ""


def _split_word(found: str, text: str, start: int, end: int) -> str:
    """Nothing where a hyphen splits a word over a line end, else the line end stays (a soft hyphen never does)."""
    below = text[end : end + 1].islower()
    if found[0] == "\u00ad":
        return "" if below else found[1:]
    above = start > 1 and text[start - 1].islower() and text[start - 2].islower()
    return "" if above and below and not _HANGING.match(text, end) else found


def _blanks(found: str, text: str, start: int, end: int) -> str:
    """One blank or tab for a run of blanks, nothing before a line end."""
    if end == len(text) or text[end] in "\n\r\x0b\x0c\x85\u2028\u2029":
        return ""
    indent = start == 0 or text[start - 1] == "\n"
    return "\t" if "\t" in found or (len(found) > 2 and not indent) else " "


def _decoded(entity: str) -> str:
    """The characters of an HTML entity; "&" for "&amp;amp;", whose next pass decodes it with what follows."""
    if entity.count(";") > 1:
        return "&"
    return html.unescape(entity) if entity[1] == "#" or entity[1:] in html5 else entity


def _span(
    start: int, end: int, from_start: list[int], from_end: list[int], to_start: list[int], to_end: list[int]
) -> tuple[int, int]:
    """Takes a span over one pass: characters inside an edit stand for the whole edit, the others for themselves."""

    def character(offset: int) -> tuple[int, int]:
        edit = bisect_right(from_start, offset) - 1
        if edit < 0:
            return offset, offset + 1
        if offset < from_end[edit]:
            return to_start[edit], to_end[edit]
        moved = to_end[edit] + offset - from_end[edit]
        return moved, moved + 1

    return character(start)[0], character(end - 1)[1] if end > start else character(start)[0]
