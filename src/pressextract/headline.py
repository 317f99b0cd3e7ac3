"""Which line is a release's headline, and which above it name or present its sender."""

import re

from pressextract.datelines import alternatives
from pressextract.lexicon import load_lexicon
from pressextract.lines import Line, opening
from pressextract.normalise import lowered

_LEX = load_lexicon("layout")
_MAIL_HEADER = opening(_LEX["mail"]["starts"])
_SENDER = re.compile(
    rf"(?:{alternatives(_LEX['sender']['labels'])}):|.*(?:\b(?:{alternatives(_LEX['sender']['endings'])})"
    rf"|{alternatives(_LEX['sender']['suffixes'])}|\([^\W\d_][\w-]{{0,8}}[^\W\d_]\))$",
    re.I,
)
_SMALL_WORDS = frozenset(_LEX["sender"]["small_words"])
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r" [–—|-] |\s*\(|\s{2,}")


def mark_headline(lines: list[Line], text: str) -> None:
    """Marks the headline: the first short line above the running text that is not the sender's.

    Args:
        lines: of the whole text, with the kinds that their own form tells.
        text: the text, where a sender's name recurs and a headline seldom does.
    """
    top = 0
    if any(_MAIL_HEADER.match(line.text) for line in lines[:3]):
        top = next((i for i, line in enumerate(lines[:20]) if line.rule), 0)
        for line in lines[:top]:
            line.kind = "menu"
    candidates: list[Line] = []
    others: list[Line] = []  # the candidates that are not the sender's
    quoted = False  # inside a quotation set above the headline, its speaker below it
    body = lowered(text)
    for i, line in enumerate(lines[top : top + 40], top):
        words = line.text
        quoted = (quoted and line.bullet == "dash") or (
            not candidates and len(words) > 60 and words[0] in '"«' and words[-1] in '"»'
        )
        if quoted:
            line.kind = "paragraph"
        elif line.kind in ("dateline", "byline"):
            if others:
                break
        elif line.kind in ("menu", "credit", "boilerplate", "contact"):
            continue
        elif not line.kind and line.cells > 2 and not others:
            line.kind = "menu"
        elif line.kind or line.cells > 2 or len(words) > 200 or (words[-1] in ".:" and len(words) > 60):
            break
        else:
            above = lines[i - 1] if candidates and candidates[-1] is lines[i - 1] else None
            below_sender = above is not None and not line.gap and above not in others
            candidates.append(line)
            if not (_is_sender(words) or _recurs(line, body) or (below_sender and _is_followed(lines, i))):
                others.append(line)
    if candidates:
        headline = others[0] if others else candidates[-1]
        headline.kind = "headline"
        for line in candidates[: candidates.index(headline)]:
            line.kind = "sender"


def _is_sender(words: str) -> bool:
    """A name alone on its line: "Ås kommune", "DEN NORSKE KIRKE", "Forbundet for kommune og omsorg (FKO)"."""
    found = _WORD.findall(words)
    if len(found) <= 2 or (len(found) <= 8 and _SENDER.match(words)):
        return True
    names = all(word[0].isupper() or word in _SMALL_WORDS for word in found)
    return names and len(found) <= 8 and not words.isupper() and words[-1] not in "!?"


def _recurs(line: Line, body: str) -> bool:
    """A line that the text below has once more, or of whose parts it has one of several words: a masthead."""
    parts = [line.text, *(part for part in _PARTS.split(line.text) if " " in part)]
    return any(body.find(lowered(part), line.end) >= 0 for part in parts)


def _is_followed(lines: list[Line], at: int) -> bool:
    """Whether another short line stands apart below: a line right below the sender's name then goes with it."""
    after = next((line for line in lines[at + 1 : at + 4] if not line.kind), None)
    return after is not None and after.gap and 0 < len(after.text) <= 100 and after.text[-1] not in ".:"
