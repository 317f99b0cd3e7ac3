"""Who gave whom how much: sums that are grants, their parties, status and duration."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.entities import Entity
from pressextract.lexicon import load_lexicon
from pressextract.matchers.money import MoneyMatch
from pressextract.records import Status
from pressextract.relations.context import Context, Sentence, read_context
from pressextract.relations.cues import Cue, duration_of, find_cues, phrases, status_of
from pressextract.relations.lists import list_parties, list_role, list_status
from pressextract.relations.parties import Parties, find_parties, governing

GIVING_KINDS = frozenset({"agency", "bank", "foundation", "government", "ministry"})
"""Kinds of bodies that a text with an unnamed funder may mean by default."""

REACH = 160
"""A cue further than this many characters from a sum says little about it."""


ADJACENT = 20
"""A verb of giving that stands so few characters before a sum governs it, whatever follows."""


class GrantMatch(NamedTuple):
    """A grant found; ``evidence`` are the stretches of text (characters) that state it."""

    funders: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    amount: MoneyMatch | None
    status: Status
    duration: str | None
    confidence: float
    evidence: tuple[tuple[int, int], ...]


def find_grants(context: Context, amounts: Sequence[MoneyMatch]) -> list[GrantMatch]:
    """The grants that a text states, in order, each once."""
    found: list[GrantMatch] = []
    for sentence in context.sentences:
        inside = [m for m in amounts if sentence.start <= m.start < sentence.end]
        if not inside:
            found += _sumless(context, sentence)
            continue
        cues = find_cues(context.text, sentence.start, sentence.end)
        for amount in inside:
            found += _grant_of(context, sentence, amount, inside, cues)
    return _merged(_completed(context, found))


_SUM_ROW = regex.compile(r"(?:sum|totalt|i alt|til sammen|til saman)\b\s*[:|\t]?\s*(?:kr\.? ?)?\d", regex.IGNORECASE)
"""A table's or list's last row repeats what the text says elsewhere."""


def _grant_of(
    context: Context, sentence: Sentence, amount: MoneyMatch, inside: Sequence[MoneyMatch], cues: Sequence[Cue]
) -> list[GrantMatch]:
    text = context.text
    if _SUM_ROW.match(text, sentence.start):
        return []
    listed = list_role(context, sentence.block)
    place = (amount.start, amount.end)
    others = [(m.start, m.end) for m in inside if m is not amount]
    strength = _strength(text, cues, place, others) + _directed(context, sentence, place)
    if listed:
        strength = max(strength, 0.7) if not any(c.kind == "against" for c in cues) else strength
    if strength < 0.5:
        return []
    parties = find_parties(context, sentence.start, sentence.end, place, cues, others)
    parties = _respective(text, sentence, parties, amount, inside)
    if listed:
        parties = list_parties(context, sentence.block, sentence.start, listed, parties)
    around = _clause(text, sentence, place, others)
    cue = governing(cues, place)
    status = status_of(text, *around)
    if (
        status == "awarded"
        and cue
        and cue.kind in {"ask", "applied"}
        and not phrases("status", "decided").search(text, *around)
    ):
        status = "applied"
    if listed and status == "awarded":
        status = list_status(context, sentence.block, amount.start)
    duration = duration_of(text, *around) or (duration_of(text, sentence.start, sentence.end) if not others else None)
    grant = GrantMatch(*parties, amount, status, duration, round(min(0.95, strength), 2), (around,))
    return _each(text, grant, amount)


def _strength(text: str, cues: Sequence[Cue], place: tuple[int, int], others: Sequence[tuple[int, int]]) -> float:
    """How much a sum reads as a grant, 0 to 1: near words of giving speak for it, near words of business against."""

    def nearness(cue: Cue) -> float:
        gap = place[0] - cue.end if cue.end <= place[0] else cue.start - place[1]
        between = sum(min(cue.start, place[0]) < o[0] < max(cue.start, place[0]) for o in others)
        return max(0.0, 1.0 - max(0, gap) / REACH - 0.15 * between)

    weight = {"give": 0.8, "get": 0.75, "ask": 0.7, "passive": 0.85, "support": 1.0, "applied": 0.9}
    favour = max((weight[c.kind] * nearness(c) for c in cues if c.kind != "against"), default=0.0)
    governed = any(c.kind in {"give", "get", "passive"} and 0 <= place[0] - c.end <= ADJACENT for c in cues)
    favour += 0.4 * governed
    nouns = max((nearness(c) for c in cues if c.kind in {"support", "applied"}), default=0.0)
    against = max(
        (nearness(c) * _weight_against(text, c, place, governed) for c in cues if c.kind == "against"), default=0.0
    )
    return favour + 0.3 * nouns - 0.9 * against


_TO = regex.compile(
    r"(?:(?: og|,) [\d.,  ]+(?:kroner|kr|mill\.|millioner|millionar)?)*(?: \(?[^().]{0,12}\))?"
    r" (?P<preposition>til|fra|frå|av) (?:\p{Ll}+ ){0,2}?"
)
_FROM = regex.compile(r"\b(?:fra|frå|av) $", regex.IGNORECASE)


def _directed(context: Context, sentence: Sentence, place: tuple[int, int]) -> float:
    """More strength where a party is at hand: "150 000 til Nordvik IL", "fra Enova kommer 3 millioner kroner"."""
    match = _TO.match(context.text, place[1], sentence.end)
    if match:
        start = match.start("preposition")
        if any(n.start <= match.end() for n in context.named_in(start, start + 40)):
            return 0.5
    before = context.named_in(max(sentence.start, place[0] - 45), place[0])
    return 0.5 if before and _FROM.search(context.text[sentence.start : before[-1].start]) else 0.0


_RESPECTIVE = regex.compile(r"\b(?:henholdsvis|høvesvis|respektive)\b", regex.IGNORECASE)


def _respective(
    text: str, sentence: Sentence, parties: Parties, amount: MoneyMatch, inside: Sequence[MoneyMatch]
) -> Parties:
    """The parties of one of several sums: for "A og B får henholdsvis 2 og 3 millioner" the recipient in its place."""
    match = _RESPECTIVE.search(text, sentence.start, sentence.end)
    shared = [m for m in inside if match and m.start > match.start()]
    if amount in shared and len(shared) == len(parties.recipients):
        return Parties(parties.funders, (parties.recipients[shared.index(amount)],))
    return parties


def _weight_against(text: str, cue: Cue, place: tuple[int, int], governed: bool) -> float:
    """How much a word of business counts against a sum.

    Little behind a sum that a verb of giving governs, or behind a comma; nothing where it tells what the money is for
    ("til husleien").
    """
    if cue.start < place[1]:
        return 1.0
    between = text[place[1] : cue.start]
    if regex.search(r"\btil (?:\p{Ll}+ )?$", between):
        return 0.0
    return 0.4 if governed or "," in between else 1.0


def _clause(
    text: str, sentence: Sentence, place: tuple[int, int], others: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The part of a sentence that belongs to a sum: up to the sums beside it, if any."""
    start = max((o[1] for o in others if o[1] <= place[0]), default=sentence.start)
    end = min((o[0] for o in others if o[0] >= place[1]), default=sentence.end)
    while start < place[0] and not text[start].isalnum() and text[start] not in '(«"':
        start += 1
    while end > place[1] and not (text[end - 1].isalnum() or text[end - 1] in ')»."'):
        end -= 1
    return start, end


def _each(text: str, grant: GrantMatch, amount: MoneyMatch) -> list[GrantMatch]:
    """One grant for each recipient of "X kroner hver", for each funder of "X kroner fra hver av dem"."""
    after = text[amount.end : amount.end + 25]
    if regex.match(r" (?:fra|frå) (?:hver|kvar)\b", after):
        return [grant._replace(funders=(f,)) for f in grant.funders] or [grant]
    if regex.match(r" (?:til )?(?:hver|kvar|hvert|kvart)\b", after):
        return [grant._replace(recipients=(r,)) for r in grant.recipients] or [grant]
    return [grant]


@cache
def _sumless_patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """What stands between two parties: funder first, recipient first."""
    lexicon = load_lexicon("grants")["sumless"]
    return regex.compile("|".join(lexicon["funder_first"])), regex.compile("|".join(lexicon["recipient_first"]))


def _sumless(context: Context, sentence: Sentence) -> list[GrantMatch]:
    """Support without a sum, where a sentence names both parties: "X støtter Y", "Y får støtte fra X"."""
    named = context.named_in(sentence.start, sentence.end, "organisation")
    found = []
    funder_first, recipient_first = _sumless_patterns()
    for a, b in pairwise(named):
        gap = context.text[a.end : b.start]
        if funder_first.fullmatch(gap):
            funder, recipient = a, b
        elif recipient_first.fullmatch(gap):
            funder, recipient = b, a
        else:
            continue
        if funder.entity is not recipient.entity:
            status = status_of(context.text, sentence.start, sentence.end)
            span = (min(a.start, b.start), max(a.end, b.end))
            found.append(GrantMatch((funder.entity,), (recipient.entity,), None, status, None, 0.6, (span,)))
    return found


def _completed(context: Context, grants: list[GrantMatch]) -> list[GrantMatch]:
    """Grants with the parties that their sentences leave unsaid.

    These are the parties of the grant told just before in the same block; else the body that the text is about, if
    it is one that gives (or receives); else the one that gives most of the text's grants.
    """
    funders = Counter(f.id for g in grants for f in g.funders)
    recipients = Counter(r.id for g in grants for r in g.recipients)
    main = context.main
    gives = main is not None and (
        funders[main.id] > recipients[main.id]
        or (main.kind in GIVING_KINDS and recipients[main.id] <= funders[main.id] + 1)
    )
    together = Counter(g.funders for g in grants if g.funders)
    usual = together.most_common(1)[0][0] if together else ()
    completed: list[GrantMatch] = []
    for g in grants:
        before = completed[-1] if completed and _same_block(context, completed[-1], g) else None
        if not g.funders:
            likely = before.funders if before and before.funders else (main,) if gives and main else usual
            if not set(map(id, likely)) & set(map(id, g.recipients)):
                g = g._replace(funders=likely, confidence=round(0.85 * g.confidence, 2))
        receives = main is not None and not gives and main not in g.funders
        if (
            main
            and receives
            and g.amount
            and not g.recipients
            and not phrases("totals", "words").search(context.text, *g.evidence[0])
        ):
            g = g._replace(recipients=(main,), confidence=round(0.85 * g.confidence, 2))
        completed.append(g)
    return completed


def _same_block(context: Context, a: GrantMatch, b: GrantMatch) -> bool:
    first, second = (context.sentence_at(g.evidence[0][0]) for g in (a, b))
    return first is not None and second is not None and first.block == second.block


def _merged(grants: list[GrantMatch]) -> list[GrantMatch]:
    """Each award once: the same sum with parties that do not disagree is one, with all its evidence."""
    kept: list[GrantMatch] = []
    alike: dict[object, list[int]] = {}
    paid = {(f.id, r.id) for g in grants if g.amount for f in g.funders for r in g.recipients}
    for g in grants:
        if g.amount is None and any((f.id, r.id) in paid for f in g.funders for r in g.recipients):
            continue
        key = (g.amount and g.amount[2:5], g.status)
        same = next((i for i in alike.get(key, ()) if _agree(g, kept[i])), None)
        if same is None:
            alike.setdefault(key, []).append(len(kept))
            kept.append(g)
            continue
        other = kept[same]
        kept[same] = other._replace(
            funders=max(other.funders, g.funders, key=len),
            recipients=max(other.recipients, g.recipients, key=len),
            duration=other.duration or g.duration,
            confidence=max(other.confidence, g.confidence),
            evidence=(*other.evidence, *g.evidence),
        )
    return kept


def _agree(a: GrantMatch, b: GrantMatch) -> bool:
    """Whether the parties of two grants of one sum do not disagree; without a sum they must be the same."""
    if a.amount is None:
        return a.funders == b.funders and a.recipients == b.recipients
    pairs = ((a.funders, b.funders), (a.recipients, b.recipients))
    return all(not x or not y or {e.id for e in x} & {e.id for e in y} for x, y in pairs)


class GrantExtractor:
    """Finds grants.

    Scope: needs the layout, money, titles and entities components before it.

    Example:
        "Siva gir Halti Næringshage 6 millioner kroner over tre år." -> Siva to Halti Næringshage, 6000000 NOK, P3Y

    Attributes declared:
        ``doc._.grants``: list of :class:`GrantMatch`.
    """

    def __init__(self) -> None:
        if not Doc.has_extension("grants"):
            Doc.set_extension("grants", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc._.grants``."""
        amounts = [span._.money for span in doc.spans.get("money", ())]
        doc._.grants = find_grants(read_context(doc), amounts)
        return doc


@Language.factory("pressextract_grants")
def create_grant_extractor(nlp: Language, name: str) -> GrantExtractor:
    """The component."""
    return GrantExtractor()
