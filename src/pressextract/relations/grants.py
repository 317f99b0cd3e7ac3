"""Who gave whom how much: sums that are grants, their parties, status and duration."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.entities import Entity
from pressextract.lexicon import load_lexicon
from pressextract.matchers.money import MoneyMatch
from pressextract.records import Status
from pressextract.relations.context import Context, Sentence, read_context
from pressextract.relations.cues import Duration, find_durations, status_of
from pressextract.relations.grant_candidates import (
    STATUSES,
    describe_durations,
    describe_status,
    describe_sum,
    durations_near,
)
from pressextract.relations.joint import Group, Joints, find_joints, is_each
from pressextract.relations.model import RelationModel, load_model
from pressextract.relations.party_candidates import describe_group, describe_nobody, groups_near, look
from pressextract.relations.schemes import Scheme, find_schemes, scheme_for
from pressextract.relations.scorer import Features
from pressextract.relations.sums import Overview, Sum, overview, read_sums, sums_beside


class GrantMatch(NamedTuple):
    """A grant found; ``evidence`` are the stretches of text (characters) that state it."""

    funders: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    amount: MoneyMatch | None
    status: Status
    duration: str | None
    confidence: float
    evidence: tuple[tuple[int, int], ...]
    programme: Scheme | None = None
    project: Scheme | None = None

    @property
    def places(self) -> list[tuple[int, int]]:
        """The evidence, and the names of programme and project where it does not hold them, in order."""
        named = [(s.start, s.end) for s in (self.programme, self.project) if s is not None]
        outside = [(i, j) for i, j in named if not any(start <= i and j <= end for start, end in self.evidence)]
        return sorted({*self.evidence, *outside})


class GrantChoices(NamedTuple):
    """What there is to decide about the sums of a text, and what speaks for each choice."""

    context: Context
    sums: list[Sum]
    overview: Overview
    durations: list[Duration]
    joints: Joints

    def grants(self) -> Iterator[Features]:
        """What speaks for each sum being a grant."""
        return (describe_sum(self.context, s, self.overview) for s in self.sums)

    def parties(self, index: int) -> tuple[list[Group], list[Features]]:
        """Those who may give or get a sum, first nobody, and what speaks for each."""
        s, beside = self.sums[index], sums_beside(self.context, index, self.sums)
        groups = groups_near(self.context, s, self.joints)
        scene = look(self.context, s, self.overview, beside, self.joints, groups)
        rows = [describe_nobody(scene), *(describe_group(scene, g) for g in groups)]
        return [(), *groups], rows

    def statuses(self, index: int) -> list[Features]:
        """What speaks for each of :data:`STATUSES`."""
        return describe_status(self.context, self.sums[index], self.overview)

    def lasting(self, index: int) -> tuple[list[str | None], list[Features]]:
        """The durations that a sum may have, first none, and what speaks for each."""
        near = durations_near(self.sums[index], self.durations)
        rows = describe_durations(self.context, self.sums[index], near, self.overview)
        return [None, *(d.value for d in near)], rows


def grant_choices(context: Context, amounts: Sequence[MoneyMatch]) -> GrantChoices:
    """What there is to decide about the grants of a text."""
    sums = read_sums(context, amounts)
    durations = find_durations(context.lower, 0, len(context.text))
    return GrantChoices(context, sums, overview(context, sums), durations, Joints(find_joints(context)))


def find_grants(
    context: Context, amounts: Sequence[MoneyMatch], schemes: Sequence[Scheme], model: RelationModel
) -> list[GrantMatch]:
    """The grants that a text states, in order, each once."""
    choices = grant_choices(context, amounts)
    found: list[GrantMatch] = []
    for index, sure in enumerate(model.grant.yes(choices.grants())):
        if sure >= 0.5:
            s = choices.sums[index]
            place = (s.amount.start, s.amount.end)
            grant = _decided(choices, index, float(sure), model)
            grant = grant._replace(
                programme=scheme_for(context, schemes, place, "programme", grant.funders),
                project=scheme_for(context, schemes, place, "project", grant.funders),
            )
            found += _each(context.text, grant, s)
    held = {s.sentence for s in choices.sums}
    for sentence in context.sentences:
        if sentence not in held:
            found += _sumless(context, sentence)
    merged = _merged(context, sorted(found, key=lambda g: g.evidence[0]))
    return [g._replace(confidence=round(model.grants(g.confidence), 2)) for g in merged]


def _decided(choices: GrantChoices, index: int, sure: float, model: RelationModel) -> GrantMatch:
    """The grant that a sum is: the likeliest funders and recipients that share nobody, status and duration."""
    groups, rows = choices.parties(index)
    give, get = model.parties.one_of(rows).T
    framed = choices.sums[index].parties
    givers, takers = _expected(groups, give, framed.funders), _expected(groups, get, framed.recipients)
    settled = choices.sums[index].respective
    if settled and settled in groups:
        takers = {groups.index(settled): 1.0}
        get[groups.index(settled)] = 1.0
    pairs = [(givers[i] * takers[j], i, j) for i in givers for j in takers if not set(groups[i]) & set(groups[j])]
    _, first, second = max(pairs)
    likely, funders, recipients = float(give[first] * get[second]), groups[first], groups[second]
    statuses = model.status.one_of(choices.statuses(index))
    durations, rows = choices.lasting(index)
    lasting = model.duration.one_of(rows)
    status, duration = int(statuses.argmax()), int(lasting.argmax())
    sure *= likely * float(statuses[status] * lasting[duration])
    s = choices.sums[index]
    return GrantMatch(funders, recipients, s.amount, STATUSES[status], durations[duration], sure, (s.clause,))


LIKELIEST = 5
"""Of so many funders and so many recipients every pair is weighed."""


def _expected(groups: Sequence[Group], chances: NDArray[np.float32], framed: Group) -> dict[int, float]:
    """The likeliest groups, as indices, each with how much of it is right (Dice's coefficient) to expect.

    Two joined names of which each alone is likely too are better than one of them, more so if the frames read both.
    """
    likeliest = {int(i): (float(chances[i]), set(groups[i])) for i in np.argsort(-chances)[:LIKELIEST]}
    expected = {
        i: sum(chance * _alike(members, others) for chance, others in likeliest.values())
        for i, (_, members) in likeliest.items()
    }
    for i, (_, members) in likeliest.items():
        if len(members) > 1 and groups[i] == framed:
            within = sum(chance for chance, others in likeliest.values() if others and others <= members)
            expected[i] = max(expected[i], within)
    return expected


def _alike(one: set[Entity], other: set[Entity]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


_FROM_EACH = regex.compile(r" (?:\p{Ll}+ ){0,2}?(?:fra|frå) (?:hver|kvar)\b")


def _each(text: str, grant: GrantMatch, s: Sum) -> list[GrantMatch]:
    """One grant for each recipient of "X kroner hver", or for each funder where these are the several."""
    if not is_each(text, s):
        return [grant]
    if len(grant.recipients) > 1 and not _FROM_EACH.match(text, s.amount.end):
        return [grant._replace(recipients=(r,)) for r in grant.recipients]
    return [grant._replace(funders=(f,)) for f in grant.funders] or [grant]


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
            status = status_of(context.lower, sentence.start, sentence.end)
            span = (min(a.start, b.start), max(a.end, b.end))
            found.append(GrantMatch((funder.entity,), (recipient.entity,), None, status, None, 0.6, (span,)))
    return found


RECENT = 20
"""A grant may be one of so many told before with the same sum and status."""


def _merged(context: Context, grants: list[GrantMatch]) -> list[GrantMatch]:
    """Each award once: the same sum with parties that do not disagree is one, with all its evidence."""
    kept: list[GrantMatch] = []
    alike: dict[object, list[int]] = {}
    paid = {(f.id, r.id) for g in grants if g.amount for f in g.funders for r in g.recipients}
    for g in grants:
        if g.amount is None and any((f.id, r.id) in paid for f in g.funders for r in g.recipients):
            continue
        key = (g.amount and g.amount[2:5], g.status)
        same = next((i for i in alike.get(key, [])[-RECENT:] if _agree(context, g, kept[i])), None)
        if same is None:
            alike.setdefault(key, []).append(len(kept))
            kept.append(g)
            continue
        other = kept[same]
        kept[same] = other._replace(
            funders=_together(other.funders, g.funders),
            recipients=max(other.recipients, g.recipients, key=len),
            duration=other.duration or g.duration,
            programme=other.programme or g.programme,
            project=other.project or g.project,
            confidence=max(other.confidence, g.confidence),
            evidence=(*other.evidence, *g.evidence),
        )
    return kept


def _agree(context: Context, a: GrantMatch, b: GrantMatch) -> bool:
    """Whether two grants of one sum may be one: no party disagrees, or one recipient is told of in two blocks."""
    if a.amount is None:
        return a.funders == b.funders and a.recipients == b.recipients
    if a.recipients and set(a.recipients) == set(b.recipients):
        blocks = {context.block_at(start) for g in (a, b) for start, _ in g.evidence}
        if len(blocks) > 1:
            return True  # a headline names one of the funders, the text another
    pairs = ((a.funders, b.funders), (a.recipients, b.recipients))
    return all(not x or not y or {e.id for e in x} & {e.id for e in y} for x, y in pairs)


def _together(one: Group, other: Group) -> Group:
    """The longer of two accounts of the same parties; both where they share nobody."""
    return max(one, other, key=len) if set(one) & set(other) else (*one, *other)


class GrantExtractor:
    """Finds grants.

    Scope: needs the layout, money, titles and entities components before it.

    Example:
        "Siva gir Halti Næringshage 6 millioner kroner over tre år." -> Siva to Halti Næringshage, 6000000 NOK, P3Y

    Attributes declared:
        ``doc._.grants``: list of :class:`GrantMatch`.
    """

    def __init__(self, model: RelationModel) -> None:
        self.model = model
        if not Doc.has_extension("grants"):
            Doc.set_extension("grants", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc._.grants``."""
        amounts = [span._.money for span in doc.spans.get("money", ())]
        doc._.grants = find_grants(read_context(doc), amounts, find_schemes(doc), self.model)
        return doc


@Language.factory("pressextract_grants")
def create_grant_extractor(nlp: Language, name: str) -> GrantExtractor:
    """The component."""
    return GrantExtractor(load_model())
