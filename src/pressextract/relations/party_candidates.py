"""Who may give or get a sum: the bodies and people in reach, alone or together, and what speaks for each."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from pressextract.entities import Entity
from pressextract.lexicon import load_lexicon
from pressextract.relations.context import Context, Sentence
from pressextract.relations.cues import Cue
from pressextract.relations.joint import Group, Joints, describe_joints, is_each, list_below
from pressextract.relations.lists import lead_lines
from pressextract.relations.parties import governing, joined_names, led_by, place_at, reports
from pressextract.relations.places import Named
from pressextract.relations.scorer import Features
from pressextract.relations.sums import Overview, Sum
from pressextract.relations.symbols import bucket, shape


def groups_near(context: Context, s: Sum, joints: Joints) -> list[Group]:
    """Those who may give or get a sum, alone or together: near it as the frames read them, or joined anywhere."""
    singles, m = parties_near(context, s), s.amount
    found: list[Group] = [(e,) for e in singles]
    found += [g for g in s.parties if len(g) > 1]
    i = s.sentence.block
    for near in (i, i - 1, i + 1):
        if 0 <= near < len(context.blocks):
            block = context.blocks[near]
            if block.kind in {"paragraph", "headline", "item", "field", "intro"}:
                found += joined_names(context, *context.around(near, s.amount.start))
    found += [j.members for j in joints.nearest(m.start, JOINTS)]
    return list({frozenset(g): g for g in reversed(found)}.values())[::-1][:60]


JOINTS = 20
"""Of what the text joins so many are weighed for a sum, the nearest."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sum in its place, as all who may give or get it are held against it."""

    context: Context
    sum: Sum
    overview: Overview
    joints: Joints
    cue: Cue | None
    named: list[Named]
    """Those whom the sentence names or means, in order."""
    own: list[Named]
    """Those whom the block names near the sum."""
    lead: list[set[Entity]]
    """Whom each of the lines over an item names."""
    sides: dict[Entity, list[str]]
    """F or R for each sum beside this one that somebody gives (F) or gets (R)."""
    beside: int
    """How many sums stand beside this one."""
    joined: set[Entity]
    """Those whom the sentence names together with others."""
    told: list[int]
    """The numbers that the sentence tells in words."""
    sums: str
    made: dict[Entity, Features] = field(default_factory=dict)
    """What was said of each by itself."""


def look(
    context: Context, s: Sum, all_: Overview, beside: Sequence[Sum], joints: Joints, groups: Sequence[Group]
) -> Scene:
    """The scene of a sum.

    Args:
        context: the document.
        s: the sum.
        all_: the text's overview.
        beside: the sums next to this one, of its block or list.
        joints: what the text joins.
        groups: those who may give or get the sum, alone or together.
    """
    sentence = s.sentence
    named = context.named_in(sentence.start, sentence.end)
    here = {n.entity for n in named}
    sides: dict[Entity, list[str]] = {}
    for b in beside:
        for e in dict.fromkeys((*b.parties.funders, *b.parties.recipients)):
            sides.setdefault(e, []).append("F" if e in b.parties.funders else "R")
    listed = context.blocks[sentence.block].kind in {"item", "field"}
    lead = lead_lines(context, sentence.block)[:2] if listed else []
    words = set(context.symbols.between(sentence.start, sentence.end))
    respectively = _RESPECTIVELY.search(context.text, sentence.start, sentence.end)
    return Scene(
        context,
        s,
        all_,
        joints,
        governing(s.cues, (s.amount.start, s.amount.end)),
        sorted([*named, *context.pronouns_in(sentence.start, sentence.end)]),
        context.named_in(*context.around(sentence.block, s.amount.start)),
        [{n.entity for n in context.named_in(line.start, line.end)} for line in lead],
        sides,
        len(beside),
        {e for g in groups if len(g) > 1 and here.issuperset(g) for e in g},
        [n for w, n in load_lexicon("grants")["duration"]["numbers"].items() if w in words and n > 1],
        f"{min(3, len(s.inside))}{respectively is not None}",
    )


def describe_group(scene: Scene, group: Group) -> Features:
    """What speaks for a group as the funders, or the recipients."""
    context, s, all_, made, sums = scene.context, scene.sum, scene.overview, scene.made, scene.sums
    for e in group:
        if e not in made:
            made[e] = describe_party(scene, e)
    if len(group) == 1:
        alone = group[0]
        made_of = [f"one of {how}{listed}" for how in scene.joints.hows(alone) for listed in ("", s.listed)]
        return made[alone] + [f"one of joined {sums}", "one of joined"] * (alone in scene.joined) + made_of
    size, told = len(group), scene.told
    named = context.named_in(s.sentence.start, s.sentence.end)
    inside = len({n.entity for n in named} & set(group))
    rule = "funder" if group == s.parties.funders else "recipient" if group == s.parties.recipients else None
    where = "sentence" if inside == size else "part" if inside else "outside"
    f = [
        "group", f"group size={bucket(size)}", f"group told={size in told}{bool(told)}", f"group rule={rule}",
        f"group {where}",
        f"group {where}{bool(s.parties.funders)}{bool(s.parties.recipients)}",
        f"group kind={group[0].kind}{group[0].group}",
        f"group list={group == list_below(context, s.sentence.block)}", f"group total={s.amount.start in all_.totals}",
    ]  # fmt: skip
    f += [f"group sums={sums}", f"group sums={sums}{where}{rule}"]
    f += describe_joints(context, s, group, scene.joints, f"{where}{size in told}")
    f += [f"joint gave={sum(all_.funders[e.id] > 0 for e in group)}got={sum(all_.recipients[e.id] > 0 for e in group)}"]
    # of joined names the one next to the verb and the sum shows best what all of them are
    near = min((n for n in named if n.entity in group), key=lambda n: abs(n.start - s.amount.start), default=None)
    shown = near.entity if near else group[0]
    other = group[0] if shown is not group[0] else group[-1]
    return f + made[shown] + [f"last {x}" for x in made[other] if x.startswith(("rule=", "led=", "gave="))]


_RESPECTIVELY = regex.compile(r"\b(?:henholdsvis|høvesvis|respektive)\b", regex.IGNORECASE)


def parties_near(context: Context, s: Sum) -> list[Entity]:
    """The bodies and people that may give or get a sum: near it, above it, or what the text is about."""
    found: list[Entity] = [*s.parties.funders, *s.parties.recipients]
    found += [n.entity for n in context.named_in(s.sentence.start, s.sentence.end)]
    found += [n.entity for n in context.pronouns_in(s.sentence.start, s.sentence.end)]
    found += [n.entity for n in context.named_in(*context.around(s.sentence.block, s.amount.start))][:12]
    found += [
        n.entity for line in lead_lines(context, s.sentence.block) for n in context.named_in(line.start, line.end)
    ][:4]
    i = s.sentence.block
    for near in (i - 1, i + 1):
        if 0 <= near < len(context.blocks):
            b = context.blocks[near]
            found += [n.entity for n in context.named_in(b.start, b.end, "organisation")][:4]
    for b in context.blocks[:8]:
        if b.kind in {"headline", "sender", "paragraph"}:
            found += [n.entity for n in context.named_in(b.start, b.end, "organisation")][:3]
    if context.main is not None:
        found.append(context.main)
    return list(dict.fromkeys(found))[:24]


def describe_nobody(scene: Scene) -> Features:
    """What speaks for a sum's funder, or its recipients, being unnamed."""
    context, s, all_, cue, m = scene.context, scene.sum, scene.overview, scene.cue, scene.sum.amount
    block = context.blocks[s.sentence.block]
    symbols = context.symbols
    rules = f"{min(1, len(s.parties.funders))}{min(2, len(s.parties.recipients))}"
    named = context.named_in(s.sentence.start, s.sentence.end, "organisation")
    f = [
        "", f"rules={rules}", f"rules={rules}{block.kind}{s.listed}", f"total={m.start in all_.totals}{rules}",
        f"kind={block.kind}",
        f"cue={cue.kind if cue else None}{rules}", f"status={s.status}{rules}", f"others={min(3, len(s.inside))}",
        f"word={context.text[cue.start:cue.end].lower() if cue else None}", f"modifier={m.modifier}",
        f"a1={symbols.after(m.end, 1)[0]}", f"a2={' '.join(symbols.after(m.end, 2))}",
        f"b1={symbols.before(m.start, 1)[0]}",
        f"named={min(3, len({n.entity for n in named}))}{rules}", f"main={context.main.kind if context.main else None}",
        f"text={bool(all_.funders)}{bool(all_.recipients)}{rules}", f"sums={bucket(all_.sums)}",
    ]  # fmt: skip
    f += [f"has {w}" for w in set(symbols.between(*s.clause)) if w[0].isalpha()]
    f.append(f"each={is_each(context.text, s)}")
    return [f"nobody {x}" for x in f]


def describe_party(scene: Scene, e: Entity) -> Features:
    """What speaks for a body, or person, being the funder, or a recipient, of a sum."""
    context, s, all_, cue, named = scene.context, scene.sum, scene.overview, scene.cue, scene.named
    m, symbols, sentence = s.amount, context.symbols, s.sentence
    rule = "funder" if e in s.parties.funders else "recipient" if e in s.parties.recipients else "none"
    kind = e.kind if e.group == "organisation" else "person"
    rules = f"{bool(s.parties.funders)}{bool(s.parties.recipients)}"
    gave, got = all_.funders[e.id] - (rule == "funder"), all_.recipients[e.id] - (rule == "recipient")
    f = [
        f"rule={rule}", f"rule={rule}{rules}", f"kind={kind}", f"kind={kind}{rules}{rule}",
        f"gave={min(2, gave)}got={min(2, got)}", f"gave={min(2, gave)}got={min(2, got)}{rule}{rules}",
        f"main={e is context.main}{rules}", f"main={e is context.main}{kind}",
        f"main={e is context.main}{min(2, gave)}{min(2, got)}{rules}",
        f"total={m.start in all_.totals}{rule}", f"listed={s.listed}{rule}",
        f"mentions={bucket(len(e.mentions))}", f"cue={cue.kind if cue else None}{rule}",
        f"status={s.status}{kind}",
    ]  # fmt: skip
    sides = "".join(sorted(set(scene.sides.get(e, ()))))
    f += [f"beside={sides}", f"beside={sides}{rules}{scene.beside > 0}"]
    f.append(f"most={e.id == all_.most}{rules}")
    for k, line in enumerate(scene.lead):
        if e in line:
            f += [f"lead{k}", f"lead{k}{s.listed}{kind}", f"lead{k}{rules}"]
    inside = [n for n in named if n.entity is e]
    if inside:
        nearest = min(inside, key=lambda n: abs(n.start - m.start))
        f += _in_sentence(context, s, nearest, named, cue)
        f.append(f"alone={len({n.entity.id for n in named if n.entity.group == e.group}) == 1}{kind}{rules}")
    else:
        f.append("outside")
        own = scene.own
        before = [n for n in own if n.end <= sentence.start and n.entity is e]
        after = [n for n in own if n.start >= sentence.end and n.entity is e]
        groups = {n.entity.group for n in named}
        if before:
            later = [n for n in own if before[-1].end <= n.start < sentence.start and n.entity.group == "organisation"]
            f += [
                f"block before={min(2, len(later))}",
                f"block before{kind}{rules}",
                f"block before led={_led(context, before[-1], own)}{rules}",
            ]
            there = context.sentence_at(before[-1].start)
            f.append(f"opens={there is not None and before[-1].start - there.start < 4}{rules}")
        if after:
            f += ["block after", f"block after{kind}{rules}", f"block after led={_led(context, after[0], own)}{rules}"]
            earlier = [n for n in own if sentence.end <= n.start < after[0].start and n.entity.group == "organisation"]
            f.append(f"block after={min(2, len(earlier))}")
        if not before and not after:
            f.append(f"other block{kind}{rules}")
        f.append(f"no {sorted(groups)}{rules}")
        f.append(f"back={_blocks_back(context, e, sentence)}{rules}{kind}")
    places = all_.places.get(e.id, ["nowhere"])
    f += [f"in {p}{rules}" for p in places] + [f"in {p}{kind}" for p in places]
    after_m = symbols.after(m.end, 2)
    f.append(f"hver={after_m[0] in {'hver', 'kvar', 'til'}}{rule}")
    f.append(f"then={after_m[0]}{rules}{bool(inside)}")
    return f


def _led(context: Context, n: Named, named: Sequence[Named]) -> str | None:
    return led_by(context.text, max(0, n.start - 60), n, [x for x in named if n.start - 60 <= x.start])


def _blocks_back(context: Context, e: Entity, sentence: Sentence) -> str:
    before = bisect_left(e.mentions, (sentence.start,))
    if not before:
        return "later"
    b = context.block_at(e.mentions[before - 1].start)
    return "?" if b is None else str(min(3, sentence.block - b))


def _in_sentence(context: Context, s: Sum, n: Named, named: Sequence[Named], cue: Cue | None) -> Features:
    m = s.amount
    symbols = context.symbols
    side = "b" if n.end <= m.start else "a"
    gap = symbols.between(n.end, m.start) if side == "b" else symbols.between(m.end, n.start)
    led = led_by(context.text, s.sentence.start, n, named)
    place = place_at(n, named, cue, (m.start, m.end), context.text, s.sentence.start) if cue else ""
    kind = n.entity.kind if n.entity.group == "organisation" else "person"
    before_n, after_n = symbols.before(n.start, 2), symbols.after(n.end, 2)
    crossed = sum(min(n.start, m.start) <= o[0] < max(n.start, m.start) for o in s.others)
    f = [
        f"side={side}", f"side={side}{kind}", f"led={led}{side}", f"led={led}{cue.kind if cue else None}",
        f"cue={cue.kind if cue else None}{place}{side}", f"cue={cue.kind if cue else None}{place}{led}",
        f"n={side}{bucket(len(gap))}", f"crossed={min(2, crossed)}{side}", f"crossed={min(2, crossed)}{led}{side}",
        f"p1={before_n[0]}{side}", f"p2={before_n[1]} {before_n[0]}", f"q1={after_n[0]}{side}",
        f"q2={after_n[0]} {after_n[1]}",
        f"between={side}O{min(2, gap.count('O'))}P{min(2, gap.count('P'))}", f"by={n.by_name}",
        f"opens={n.start - s.sentence.start < 4}{side}{s.listed}",
        f"opens={n.start - s.sentence.start < 4}{cue.kind if cue else None}",
    ]  # fmt: skip
    if n.entity.group == "person":
        f.append(f"reports={reports(context.text, s.sentence.start, n)}")
    if len(gap) <= 4:
        f.append(f"gap={side}{' '.join(gap)}")
    if len(gap) <= 16:
        f.append(f"shape={side}{shape(gap)}")
    if cue is not None:
        word = context.text[cue.start : cue.end].lower()
        f += [f"word={word}{place}{side}", f"word={word}{led}"]
        order = "".join(x for _, x in sorted([(n.start, "n"), (cue.start, "c"), (m.start, "m")]))
        f += [f"order={order}{cue.kind}", f"order={order}{cue.kind}{led}", f"order={order}{word}"]
    support = [c for c in s.cues if c.kind in {"support", "applied"}]
    if support:
        c = min(support, key=lambda c: abs(c.start - n.start))
        apart = len(symbols.between(min(c.end, n.end), max(c.start, n.start)))
        f.append(f"noun={'b' if c.end <= n.start else 'a'}{bucket(apart)}{led}")
        owns = context.text[n.end : n.end + 1] == "s" or (
            context.text[n.end - 1] == "s" and context.text[n.end : n.end + 1] == " "
        )
        f.append(f"owns={owns}{0 <= c.start - n.end < 25}")
    return f
