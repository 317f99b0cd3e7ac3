"""What speaks for and against each organisation as the one where somebody holds a title."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pressextract.entities import Entity
from pressextract.layout import Block
from pressextract.names import fold
from pressextract.relations.boards import is_board
from pressextract.relations.context import Context
from pressextract.relations.employer_candidates import REACH, Surroundings
from pressextract.relations.employers import belongs_to, default_employer, explicit_employer, fits
from pressextract.relations.places import Named
from pressextract.relations.role_candidates import Candidate
from pressextract.relations.scorer import Features
from pressextract.relations.symbols import bucket, shape


@dataclass(frozen=True, slots=True)
class View:
    """A title and its holder in their place, as all organisations are held against it."""

    context: Context
    candidate: Candidate
    around: Surroundings
    kind: str
    """What the title tells of its employer: municipal, county, an office, none."""
    side: str
    """"R" where the person is named behind the title, else "L"."""
    index: int
    """The title's block."""
    start: int
    """Where the first of title and person starts."""
    inside: list[Named]
    """The organisations of the sentence."""
    before: list[Named]
    """The organisations named in reach before it, in order."""
    recent: list[Entity]
    """The same, each once, the last first."""
    previous: list[Entity]
    """Those of the sentence before."""
    elsewhere: set[Entity]
    """The person's employers by other titles."""
    explicit: Entity | None
    """The employer that the frames read in the sentence."""
    default: Entity | None
    """The employer that the frames infer."""
    places: list[str]
    over: Entity | None
    listing: bool
    beside: set[Entity]
    """Those within a few words of the person's name."""
    above: list[tuple[str, Block, set[Entity]]]
    """The block's intro and section, each with its name and those whom it names."""

    @property
    def block(self) -> Block:
        """The title's block."""
        return self.context.blocks[self.index]


def describe_employers(
    context: Context, c: Candidate, organisations: Sequence[Entity], around: Surroundings
) -> list[Features]:
    """What speaks for none and, then, for each of *organisations*."""
    view = _view(context, c, around)
    kinds = [e.kind for e in organisations]
    return [_none(view, len(kinds)), *(_some(view, e, kinds.count(e.kind) == 1) for e in organisations)]


def _view(context: Context, c: Candidate, around: Surroundings) -> View:
    t, p = c.title, c.person
    start = min(t.start, p.start)
    sentence = context.sentence_at(t.start)
    explicit = default = None
    inside: list[Named] = []
    if sentence is not None:
        inside = context.named_in(sentence.start, sentence.end, "organisation")
        named = explicit_employer(context, t, p, sentence)
        following = context.titles_in(t.end, t.end + 10)
        if named is None and following and context.text[t.end : following[0].start].strip() in {"og", "/"}:
            named = explicit_employer(context, following[0], p, sentence)  # "gründer og daglig leder i Siva"
        explicit, default = named and named.entity, default_employer(context, t, p, sentence)
    before = context.named_in(max(0, start - REACH), start, "organisation")
    index = context.block_at(t.start) or 0
    block = context.blocks[index]
    heads = [("intro", block.intro), ("section", block.section)]
    above = [(name, context.blocks[i]) for name, i in heads if i is not None]
    lists = ("municipal", "county", "not_offices", "offices")
    return View(
        context,
        c,
        around,
        kind=next((name for name in lists if belongs_to(t.title, name)), "other"),
        side="R" if p.start >= t.end else "L",
        index=index,
        start=start,
        inside=inside,
        before=before,
        recent=list(dict.fromkeys(n.entity for n in reversed(before))),
        previous=_previous_sentence(context, sentence.start if sentence else t.start),
        elsewhere={e for e, at in around.known.get(p.entity, {}).items() if at != t.start},
        explicit=explicit,
        default=default,
        places=_places(context, c),
        over=_line_above(context, index),
        listing=is_board(context, index),
        beside=_beside(context, p),
        above=[(name, b, {n.entity for n in context.named_in(b.start, b.end, "organisation")}) for name, b in above],
    )


def _none(v: View, organisations: int) -> Features:
    """What speaks for a title's having no employer."""
    t, p = v.candidate.title, v.candidate.person
    symbols = v.context.symbols
    f = [
        "",
        f"kind={v.kind}",
        f"title={t.title}",
        f"end={t.title[-6:]}",
        f"explicit={v.explicit is not None}{v.kind}",
        f"default={v.default is not None}{v.kind}",
        f"block={v.block.kind}",
        f"after={symbols.after(max(t.end, p.end), 1)[0]}",
        f"after t={' '.join(symbols.after(t.end, 2))}",
        f"before t={symbols.before(t.start, 1)[0]}{v.side}",
        f"surface={v.context.text[t.start : t.end].lower()[-6:]}{v.side}",
        f"board={v.candidate.board is not None}",
        f"main={v.context.main.kind if v.context.main else None}",
        f"sentence={bool(v.inside)}{v.kind}",
        f"over={v.over is not None}{v.block.kind}",
        f"known={bool(v.elsewhere)}",
        f"listing={v.listing}{v.candidate.board is not None}",
        f"places={len(v.places)}{v.kind}",
        f"orgs={bucket(organisations)}{v.kind}",
        *(f"near {word}" for word in symbols.before(t.start, 4)),
    ]
    return [f"none {x}" for x in f]


def _some(v: View, e: Entity, only: bool) -> Features:
    """What speaks for an organisation; *only* one of its kind is in reach."""
    c, context = v.candidate, v.context
    t, kind = c.title, v.kind
    stated = v.explicit is not None
    mail = next(iter(c.person.entity.emails), None)
    rank = min(5, v.recent.index(e)) if e in v.recent else None
    head = v.around.head.get(e)
    main = e is context.main
    name = fold(e.name)
    staff = v.around.staff[e] - (e in v.around.known.get(c.person.entity, {}))
    f = [
        "some",
        f"kind={kind}",
        f"kinds={kind}{e.kind}",
        f"title={t.title}",
        f"end={t.title[-6:]}{e.kind}",
        f"explicit={v.explicit is e if stated else None}",
        f"default={v.default is e if v.default else None}{v.explicit is e if stated else None}",
        f"board={c.board.organisation is e if c.board else None}",
        f"main={main}{kind}{stated}",
        f"main={main}{e.kind}",
        f"recent={rank}",
        f"recent={rank}{kind}{main}",
        f"only={only}{e.kind}{kind}",
        f"fits={fits(t.title, e)}{only}",
        f"mail={in_domain(mail, e) if mail else None}",
        f"beside={e in v.beside}",
        f"head={head}{e.kind}",
        f"head={head}{stated}",
        f"listing={v.listing}{head}{main}",
        f"staff={min(2, staff)}{stated}",
        f"lead={e is v.around.lead}",
        f"stem={any(len(w) > 4 and w[:5] in t.title for w in name.split())}",
        f"mentions={bucket(len(e.mentions))}",
    ]
    if v.places:
        f.append(f"place={any(w in name for w in v.places)}{e.kind}")
    if v.over is not None:
        f += [f"over={v.over is e}", f"over={v.over is e}{v.block.kind}{stated}"]
    if v.elsewhere:
        f += [f"known={e in v.elsewhere}", f"known={e in v.elsewhere}{kind}{stated}"]
    if e in v.previous:
        f += [f"previous={v.previous.index(e)}{len(v.previous)}{v.block.kind}", f"previous={e is v.previous[-1]}{kind}"]
    for where, block, named in v.above:
        if e in named:
            f += [where, f"{where} {v.block.kind}", f"{where} {block.kind} {kind}"]
    inside = [n for n in v.inside if n.entity is e]
    f.append(f"in sentence={bool(inside)}{stated}")
    for n in inside:
        f += _placed(context, c, n, v.side)
    nearest = next((n for n in reversed(v.before) if n.entity is e), None)
    f.append(f"in block={nearest is not None and nearest.start >= v.block.start}")
    return f + (_back(v, nearest) if nearest else [])


def _back(v: View, n: Named) -> Features:
    """Where an organisation is named last before the title."""
    context, symbols = v.context, v.context.symbols
    b = context.block_at(n.start)
    back = min(4, v.index - b) if b is not None else None
    same = back == 0
    f = [
        f"blocks back={back}",
        f"blocks back={back}{v.block.kind}{v.kind}",
        f"led={symbols.before(n.start, 1)[0]}{same}",
        f"then={symbols.after(n.end, 1)[0]}{same}",
        f"opens={b is not None and n.start - context.blocks[b].start < 4}{same}",
        f"name={n.by_name}",
    ]
    if back == 1:
        f.append(f"quote={context.text[v.block.start] in '–-—«“'}")
    return f


def _line_above(context: Context, index: int) -> Entity | None:
    """The organisation that a line above is the name of: contacts and lists are grouped under such lines."""
    if context.blocks[index].kind == "paragraph":
        return None
    for above in range(index - 1, max(-1, index - 8), -1):
        b = context.blocks[above]
        if b.kind in {"paragraph", "headline"}:
            return None
        named = context.named_in(b.start, b.end, "organisation")
        if named and named[0].end - named[0].start >= b.end - b.start - 3:
            return named[0].entity
    return None


_PLACE_AFTER = regex.compile(r" (?:i|på|for|ved|av) ((?:\p{Lu}[\p{L}-]+ ?(?:og )?){1,4})")
_PLACE_BEFORE = regex.compile(r"(\p{Lu}[\p{L}-]+?)s?[- ]$")


def _places(context: Context, c: Candidate) -> list[str]:
    """The capitalised words that a title is followed by ("ordfører i Verdal") or joined to ("Verdal-ordføreren")."""
    text = context.text
    after = _PLACE_AFTER.match(text[c.title.end : c.title.end + 60])
    before = _PLACE_BEFORE.search(text[max(0, c.title.start - 30) : c.title.start])
    return [fold(w) for m in (after, before) if m for w in m.group(1).split() if len(w) > 3]


def _previous_sentence(context: Context, position: int) -> list[Entity]:
    """The organisations of the sentence that ends before *position*."""
    s = context.sentence_before(position)
    if s is None:
        return []
    return list(dict.fromkeys(n.entity for n in context.named_in(s.start, s.end, "organisation")))


def _placed(context: Context, c: Candidate, n: Named, side: str) -> Features:
    """Where a mention stands among the title and the person of its sentence."""
    t, p = c.title, c.person
    first, second = (t, p) if side == "R" else (p, t)
    symbols = context.symbols
    if n.end <= first.start:
        where, gap = "a", symbols.between(n.end, first.start)
    elif n.start >= second.end:
        where, gap = "c", symbols.between(second.end, n.start)
    elif n.start >= first.end and n.end <= second.start:
        where, gap = "b", symbols.between(first.end, n.start)
        f2 = symbols.between(n.end, second.start)
        return [f"at={side}b", f"b2={side}{shape(f2)}" if len(f2) < 6 else "b2 long", *_gap(side + where, gap)]
    else:
        return [f"at={side}in", "in title" if t.start <= n.start < t.end else "in person"]
    genitive = context.text[n.end : n.end + 1] in {"s", "'", "’"} or context.text[n.end - 1 : n.end + 1] in {"s "}
    f = [f"at={side}{where}", f"genitive={side}{where}{genitive}{len(gap)}", f"by={n.by_name}{where}"]
    between = sum(x in ("P", "T") for x in gap)
    f.append(f"over={side}{where}{min(2, between)}O{min(2, gap.count('O'))}")
    return f + _gap(side + where, gap)


def _gap(where: str, gap: Sequence[str]) -> Features:
    f = [f"gn={where}{bucket(len(gap))}"]
    if len(gap) <= 3:
        f.append(f"gap={where}{' '.join(gap)}")
    if len(gap) <= 12:
        f.append(f"shape={where}{shape(gap)}")
    if gap:
        f += [f"gl={where}{gap[-1]}", f"gf={where}{gap[0]}"]
    return f


def in_domain(mail: str, e: Entity) -> bool:
    """Whether an address's domain has the name of an organisation, or the start of it."""
    domain = mail.partition("@")[2].lower()
    forms = [fold(form).replace(" ", "") for form in (e.name, *e.aliases)]
    return any(len(w) > 2 and w in domain for form in forms for w in (form, form[:8]))


def _beside(context: Context, person: Named) -> set[Entity]:
    """The organisations that stand within a few words of the person's name, here or where it is first written."""
    places = [person.start, person.entity.mentions[0].start]
    return {n.entity for at in places for n in context.named_in(at - 40, at + 60, "organisation")}
