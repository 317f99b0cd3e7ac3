"""Programmes that money comes from and projects that it goes to, by name."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

import regex
from spacy.tokens import Doc

from pressextract.doctext import text_of
from pressextract.entities import Entity, Mention
from pressextract.lexicon import load_lexicon
from pressextract.names import fold, known_bodies
from pressextract.normalise import lowered
from pressextract.occurrences import find_occurrences
from pressextract.relations.context import Context
from pressextract.relations.lists import lead_lines
from pressextract.relations.places import Place

Kind = Literal["programme", "project"]

NAMES = 50
"""So many names at most are looked for where no noun leads to them."""


class Scheme(NamedTuple):
    """The name of a programme or project at characters ``[start, end)``: "Grønn plattform" in "ordningen Grønn …"."""

    start: int
    end: int
    kind: Kind
    name: str


_QUOTED = regex.compile(r"[«\"“”]([^«»\"“”\n]{2,80})[»\"“”]")
_NAME = regex.compile(r"\p{Lu}[\w&+/.-]*[\w+](?: (?:(?:i|på|for|og|til|av) )?\p{Lu}[\w&+/-]*| \d{4}(?!\w))*+")


@cache
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """What hangs on a name, and names that are known."""
    lexicon = load_lexicon("schemes")
    tails = "|".join(lexicon["programme"] + lexicon["tails"])
    known = "|".join(map(regex.escape, sorted(lexicon["known"], key=len, reverse=True)))
    return (
        regex.compile(rf"(?<![\w-])(?P<name>\p{{Lu}}[\w+]*(?: \w+)?)-(?:{tails})(?!\w)"),
        regex.compile(rf"(?<![\w-])(?:{known})(?![\w-])"),
    )


@cache
def _leading() -> re.Pattern[str]:
    """What stands before a name, in lower case."""
    lexicon = load_lexicon("schemes")
    nouns = "|".join(rf"(?P<{kind}>{'|'.join(lexicon[kind])})" for kind in ("programme", "project"))
    return re.compile(rf"(?:{nouns}) (?:kalt |kalla |med namnet |med navnet )?(?=[«\"“]|[^\W\d_])")


def find_schemes(doc: Doc) -> list[Scheme]:
    """The programmes and projects that a text names, in order.

    A noun leads to a name ("tilskuddsordningen Grønn plattform", "prosjektet «Målprat»") or hangs on it
    ("Arena-programmet"), or the name is widely known. The name of a body is none: "ordningen Enova styrer".
    """
    hanging, known = _patterns()
    text = text_of(doc)
    bodies = sorted(m for e in doc._.entities for m in e.mentions)
    found: dict[int, Scheme] = {}
    leads = list(_leading().finditer(lowered(text)))
    ends = {ent.start_char: ent.end_char for ent in doc.ents} if leads else {}
    for match in leads:
        kind: Kind = "programme" if match["programme"] else "project"
        name = _QUOTED.match(text, match.end()) or known.match(text, match.end()) or _NAME.match(text, match.end())
        if name is None:
            continue
        if name.re is not _QUOTED and (_is_named(bodies, name.start()) or fold(name.group()) in known_bodies()):
            continue
        start, end = name.span(1) if name.re is _QUOTED else (name.start(), max(name.end(), ends.get(name.start(), 0)))
        found[start] = Scheme(start, end, kind, text[start:end])
    for match in hanging.finditer(text):
        found.setdefault(match.start(), Scheme(match.start(), match.end("name"), "programme", match["name"]))
    for match in known.finditer(text):
        if not _is_named(bodies, match.start()):
            found.setdefault(match.start(), Scheme(match.start(), match.end(), "programme", match.group()))
    kinds = {scheme.name: scheme.kind for scheme in found.values()}
    names = sorted(kinds, key=len, reverse=True)[:NAMES]
    for start, name in find_occurrences(text, names, _OPENING, _CLOSING):
        if not _is_named(bodies, start):
            found.setdefault(start, Scheme(start, start + len(name), kinds[name], name))
    return [found[start] for start in sorted(found)]


_OPENING = regex.compile(r"(?<![\w-])")
_CLOSING = regex.compile(r"(?!\w)")


def _is_named(bodies: Sequence[Mention], position: int) -> bool:
    """Whether the character at *position* belongs to one of the mentions, which are in order and apart."""
    last = bisect_right(bodies, position, key=lambda mention: mention.start) - 1
    return last >= 0 and position < bodies[last].end


def scheme_for(
    context: Context, schemes: Sequence[Scheme], place: Place, kind: Kind, funders: Sequence[Entity]
) -> Scheme | None:
    """The programme or project of the sum at *place* (characters).

    The nearest in its sentence, else in the lines over its list, else the last named before it in its paragraph: a
    programme only where the sum's sentence names none of its funders, who may pay from another.
    """
    start, end = place
    sentence, index = context.sentence_at(start), context.block_at(start)
    if sentence is None or index is None:
        return None
    lines = [(line.start, line.end) for line in lead_lines(context, index)]
    named = {n.entity for n in context.named_in(sentence.start, sentence.end)}
    told = kind == "programme" and not named.isdisjoint(funders)
    own = [] if told else [(context.blocks[index].start, start)]
    for low, high in ((sentence.start, sentence.end), *lines, *own):
        first, last = (bisect_right(schemes, at, key=lambda s: s.start) for at in (low - 1, high - 1))
        near = [s for s in schemes[first:last] if s.kind == kind]
        if near:
            return min(near, key=lambda s: max(start - s.end, s.start - end))
    return None
