"""What the gold says of each decision in a text: the examples that the scorers learn from."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from pressextract.entities import Entity
from pressextract.evaluation.gold import Gold, GoldGrant
from pressextract.evaluation.items import match_entities
from pressextract.relations.context import Context, read_context
from pressextract.relations.grant_candidates import STATUSES
from pressextract.relations.grants import GrantChoices, grant_choices
from pressextract.relations.role_candidates import Candidate
from pressextract.relations.roles import RoleChoices, role_choices
from pressextract.relations.scorer import Features
from pressextract.relations.sums import Sum


class Example(NamedTuple):
    """A choice among candidates; ``right`` marks the right ones. A yes-or-no question has one, which may be wrong."""

    candidates: list[Features]
    right: list[bool]
    yes_or_no: bool = False


Examples = dict[str, list[Example]]
"""The examples of each decision, by the names of :class:`pressextract.relations.model.RelationModel`."""


def read_examples(doc: Doc, gold: Gold) -> Examples:
    """The examples in one document, which has its entities.

    Titles and people whose mentions the gold does not tell apart are settled by nearness: a pair is wrong where both
    its title and its person have a nearer right partner.
    """
    context = read_context(doc)
    names = match_entities([e for e in doc._.entities if e.group == "organisation"], gold.organisations)
    names |= match_entities([e for e in doc._.entities if e.group == "person"], gold.people)
    amounts = [span._.money for span in doc.spans.get("money", ())]
    return _role_examples(role_choices(context), gold, names) | _grant_examples(
        grant_choices(context, amounts), gold, names
    )


def _role_examples(choices: RoleChoices, gold: Gold, names: dict[str, str]) -> Examples:
    employers: dict[tuple[str, str], set[str | None]] = {}
    for role in gold.roles:
        employers.setdefault((role.person, (role.title or "").casefold()), set()).add(role.organisation)
    examples: Examples = {"binding": [], "employer": [], "affiliation": []}
    right = [c for c in choices.candidates if (names[c.person.entity.id], c.name) in employers]
    for c, features in zip(choices.candidates, choices.bindings(), strict=True):
        stated = c in right and not _taken(c, right)
        if stated and _far(c, right):
            continue
        examples["binding"].append(Example([features], [stated], yes_or_no=True))
        if stated:
            wanted = employers[names[c.person.entity.id], c.name]
            organisations, rows = choices.employers(c)
            marks = [(names[e.id] if e else None) in wanted for e in organisations]
            examples["employer"] += [Example(rows, marks)] * any(marks)
    bare = {(r.person, r.organisation) for r in gold.roles if r.title is None}
    titled = {(r.person, r.organisation) for r in gold.roles if r.title is not None}
    for pair, features in zip(choices.pairs, choices.affiliations(), strict=True):
        key = (names[pair.person.entity.id], names[pair.organisation.entity.id])
        if key not in titled:
            examples["affiliation"].append(Example([features], [key in bare], yes_or_no=True))
    return examples


def _distance(c: Candidate) -> int:
    """Characters between a title and a person, more where they are in different sentences or blocks."""
    apart = max(c.person.start - c.title.end, c.title.start - c.person.end)
    return apart + {"sentence": 0, "block": 300, "under": 300}.get(c.where, 600)


def _taken(c: Candidate, right: Sequence[Candidate]) -> bool:
    """Whether both the title and the person have a nearer right partner."""
    nearer = [d for d in right if _distance(d) < _distance(c)]
    same = [(d.title is c.title, d.person.entity is c.person.entity and d.name == c.name) for d in nearer]
    return (True, False) in same and (False, True) in same


def _far(c: Candidate, right: Sequence[Candidate]) -> bool:
    """Whether the same is said much nearer elsewhere, so that this pair proves nothing."""
    apart = _distance(c)
    same = (d for d in right if d.person.entity is c.person.entity and d.name == c.name)
    return apart > 250 and any(_distance(d) < apart / 3 for d in same)


def _grant_examples(choices: GrantChoices, gold: Gold, names: dict[str, str]) -> Examples:
    entities = list({n.entity.id: n.entity for n in choices.context.named}.values())
    examples: Examples = {name: [] for name in ("grant", "funder", "recipient", "status", "duration")}
    for index, (s, features) in enumerate(zip(choices.sums, choices.grants(), strict=True)):
        stated = _grants_of(choices.context, s, gold, names, entities)
        examples["grant"].append(Example([features], [bool(stated)], yes_or_no=True))
        if not stated:
            continue
        groups, rows = choices.parties(index)
        for name, wanted in (
            ("funder", {f for g in stated for f in g.funders}),
            ("recipient", {r for g in stated for r in g.recipients}),
        ):
            alike = [_overlap({names[e.id] for e in group}, wanted) for group in groups]
            examples[name] += [Example(rows, [x == max(alike) for x in alike])] * (max(alike) > 0)
        marks = [any(g.status == status for g in stated) for status in STATUSES]
        examples["status"].append(Example(choices.statuses(index), marks))
        durations, rows = choices.lasting(index)
        marks = [value in {g.duration for g in stated} for value in durations]
        examples["duration"] += [Example(rows, marks)] * any(marks)
    return examples


def _overlap(found: set[str], wanted: set[str]) -> float:
    """The share of two sets that both have; 1 for two empty ones."""
    return len(found & wanted) / len(found | wanted) if found or wanted else 1.0


def _grants_of(
    context: Context, s: Sum, gold: Gold, names: dict[str, str], entities: Sequence[Entity]
) -> list[GoldGrant]:
    """The gold grants that a sum states: of its value; of several those quoted here, else that of the nearest party."""
    m = s.amount
    value = (m.value, m.upper, m.currency)
    same = [g for g in gold.grants if g.amount and (g.amount.value, g.amount.upper, g.amount.currency) == value]
    if len(same) < 2:
        return same
    quoted = [g for g in same if any(i <= m.start < i + len(g.quote) for i in _occurrences(context.text, g.quote))]

    def distance(g: GoldGrant) -> int:
        places = [x.start for e in entities if names[e.id] in (g.recipients or g.funders) for x in e.mentions]
        return min((abs(place - m.start) for place in places), default=len(context.text))

    return quoted or [min(same, key=distance)]


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)
