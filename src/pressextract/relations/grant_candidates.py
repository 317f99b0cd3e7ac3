"""What speaks for a sum being a grant, for each status and for each duration it may have."""

from bisect import bisect_left
from collections.abc import Sequence

import regex

from pressextract.records import Status
from pressextract.relations.context import Context
from pressextract.relations.cues import Duration
from pressextract.relations.lists import lead_lines
from pressextract.relations.parties import governing
from pressextract.relations.scorer import Features
from pressextract.relations.sums import Overview, Sum
from pressextract.relations.symbols import bucket, shape

_LONG_WORD = regex.compile(r"\p{L}{3,}")
_LONGER_WORD = regex.compile(r"\p{L}{4,}")

STATUSES: tuple[Status, ...] = ("awarded", "proposed", "applied")


def describe_sum(context: Context, s: Sum, all_: Overview) -> Features:
    """What speaks for and against a sum being a grant."""
    m = s.amount
    symbols = context.symbols
    block = context.blocks[s.sentence.block]
    cue = governing(s.cues, (m.start, m.end))
    after, before = symbols.after(m.end, 3), symbols.before(m.start, 3)
    f = [
        f"strength={round(min(1.5, max(-0.5, s.strength)), 1)}",
        f"strong={s.strength >= 0.5}{s.listed}",
        f"listed={s.listed}{block.kind}",
        f"kind={block.kind}",
        f"cue={cue.kind if cue else None}",
        f"funders={min(2, len(s.parties.funders))}{min(2, len(s.parties.recipients))}",
        f"a1={after[0]}",
        f"a2={after[0]} {after[1]}",
        f"a3={shape(after)}",
        f"b1={before[0]}",
        f"b2={before[1]} {before[0]}",
        f"b3={shape(before[::-1])}",
        f"total={m.start in all_.totals}",
        f"rounding={m.start in all_.roundings}{block.kind}",
        f"modifier={m.modifier}",
        f"upper={m.upper is not None}",
        f"currency={m.currency}",
        f"size={len(str(int(m.value)))}",
        f"others={min(3, len(s.inside))}",
        f"main={context.main.kind if context.main else None}",
        f"sums={bucket(all_.sums)}",
        f"status={s.status}",
        f"duration={s.duration is not None}",
        f"round text={bool(sum(all_.funders.values()))}",
    ]
    for c in s.cues:
        side = "b" if c.end <= m.start else "a"
        gap = m.start - c.end if side == "b" else c.start - m.end
        near = "1" if gap < 8 else "2" if gap < 30 else "3" if gap < 80 else "4"
        word = context.text[c.start : c.end].lower()
        f += [f"cue {c.kind}{side}{near}", f"word {word}{side}", f"word {word}"]
    clause = symbols.between(*s.clause)
    f += [f"has {w}" for w in set(clause) if w[0].isalpha()]
    head = " ".join(context.text[line.start : line.end].lower() for line in lead_lines(context, s.sentence.block)[:2])
    if block.kind in {"item", "field"}:
        f += [f"head {w}" for w in set(_LONGER_WORD.findall(head))]
    if block.label_end and m.start >= block.label_end:
        f += [f"label {w}" for w in set(_LONGER_WORD.findall(context.text[block.start : block.label_end].lower()))]
    return f


def describe_status(context: Context, s: Sum, all_: Overview) -> list[Features]:
    """What speaks for each status."""
    symbols = context.symbols
    block = context.blocks[s.sentence.block]
    cue = governing(s.cues, (s.amount.start, s.amount.end))
    f = [
        f"rule={s.status}", f"cue={cue.kind if cue else None}", f"rule={s.status}{block.kind}{s.listed}",
        f"modifier={s.amount.modifier}", f"many={min(2, all_.applied)}{min(2, all_.proposed)}{s.status}",
        f"recipients={bool(s.parties.recipients)}{s.status}", f"total={s.amount.start in all_.totals}",
        f"word={context.text[cue.start:cue.end].lower() if cue else None}",
    ]  # fmt: skip
    f += [f"has {w}" for w in set(symbols.between(*s.clause)) if w[0].isalpha()]
    f += [f"near {w}" for w in set(symbols.between(s.sentence.start, s.sentence.end)) if w[0].isalpha()]
    f += [f"cue {c.kind}" for c in s.cues]
    if block.kind in {"item", "field"}:
        for line in lead_lines(context, s.sentence.block)[:2]:
            f += [f"head {w}" for w in set(_LONG_WORD.findall(context.text[line.start : line.end].lower()))]
    return [[status, *(f"{status} {x}" for x in f)] for status in STATUSES]


def durations_near(s: Sum, durations: Sequence[Duration]) -> list[Duration]:
    """Of the durations of a text, which are in order, those that a sum may have: the nearest with each value."""
    nearest: dict[str, Duration] = {}
    at = bisect_left(durations, (s.amount.start,))
    for d in sorted(durations[max(0, at - 8) : at + 8], key=lambda d: abs(d.start - s.amount.start)):
        nearest.setdefault(d.value, d)
    return list(nearest.values())[:4]


def describe_durations(context: Context, s: Sum, durations: Sequence[Duration], all_: Overview) -> list[Features]:
    """What speaks for a sum's having no duration and, then, each of *durations*."""
    m = s.amount
    symbols = context.symbols
    kind = context.blocks[s.sentence.block].kind
    rows: list[Features] = [
        ["none", f"none {s.duration is not None}", f"none n={len(durations)}", f"none kind={kind}", f"none {s.status}",
         f"none total={m.start in all_.totals}"]
    ]  # fmt: skip
    for d in durations:
        inside = s.sentence.start <= d.start < s.sentence.end
        clause = s.clause[0] <= d.start < s.clause[1]
        there = context.sentence_at(d.start)
        same = there is not None and there.block == s.sentence.block
        side = "a" if d.start >= m.end else "b"
        gap = symbols.between(m.end, d.start) if side == "a" else symbols.between(d.end, m.start)
        where = "clause" if clause else "sentence" if inside else "block" if same else "far"
        others = sum(min(d.start, m.start) < o[0] < max(d.start, m.start) for o in s.others)
        block = context.blocks[there.block].kind if there else "?"
        f = [
            where, f"{where}{side}", f"rule={s.duration == d.value}{where}", f"n={where}{bucket(len(gap))}",
            f"sums={where}{side}{min(2, others)}", f"before={symbols.before(d.start, 1)[0]}{where}",
            f"first={symbols.before(d.end, 2)[-1]}{where}",
            f"kinds={kind}{block}", f"total={m.start in all_.totals}{where}", f"status={s.status}{where}",
            f"value={d.value}",
            f"sums of text={bucket(all_.sums)}{where}", f"words={context.text[d.start:d.end].lower()[:5]}{where}",
            f"Ms={min(3, list(gap).count('M'))}{where}{side}",
        ]  # fmt: skip
        if len(gap) <= 12:
            f.append(f"shape={side}{shape(gap)}")
        rows.append(f)
    return rows
