"""Errors of roles.

A missed role and a spurious one that share most are one error. Its cause names what differs: ``wrong_person``,
``wrong_title``, ``title_boundary`` (one title is part of the other), ``title_missing``, ``title_spurious``,
``wrong_organisation``, ``organisation_missing``, ``organisation_spurious``, ``organisation_name`` (the body was
read, but not by a name that gold has), ``title_and_organisation``. A role by itself is ``missed``, or
``person_not_found`` or ``organisation_not_found`` where what it rests on was; or ``spurious``, or
``spurious_person`` where gold has no such person.
"""

from collections.abc import Iterator

from pressextract.evaluation.errors.base import Case, Error, contains, occurrences, plain
from pressextract.evaluation.items import NULL, Item, role_item
from pressextract.records import Span

_PARTS = ("person", "title", "organisation")


def role_errors(case: Case) -> Iterator[Error]:
    """The roles that are missed, spurious, or wrong in a part."""
    if not case.speaks_of("roles"):
        return
    result = case.result.fields["roles"]
    spurious = list(result.spurious)
    pairs: dict[Item, Item] = {}
    for _, gold, predicted in sorted(
        (-_shared(g, p), g, p) for g in result.missed for p in result.spurious if _shared(g, p)
    ):
        if gold not in pairs and predicted in spurious:
            pairs[gold] = predicted
            spurious.remove(predicted)
    for gold in result.missed:
        met = pairs.get(gold)
        yield _error(case, _difference(case, gold, met) if met else _reason_missed(case, gold), gold, met)
    for predicted in spurious:
        yield _error(case, "spurious_person" if predicted[0] in case.strangers else "spurious", None, predicted)


def _shared(gold: Item, predicted: Item) -> int:
    """How much two roles have in common: 2 or 1, or 0 where they are no pair."""
    same = [a == b for a, b in zip(gold, predicted, strict=True)]
    return sum(same) if same[0] or (same[1] and same[2]) else 0


def _difference(case: Case, gold: Item, predicted: Item) -> str:
    if gold[0] != predicted[0]:
        return "wrong_person"
    (title, body), (found_title, found_body) = gold[1:], predicted[1:]
    if title != found_title and body != found_body:
        return "title_and_organisation"
    if title != found_title:
        if NULL in (title, found_title):
            return "title_missing" if found_title == NULL else "title_spurious"
        return "title_boundary" if contains(title, found_title) else "wrong_title"
    if NULL in (body, found_body):
        return "organisation_missing" if found_body == NULL else "organisation_spurious"
    return "organisation_name" if found_body in case.strangers else "wrong_organisation"


def _reason_missed(case: Case, gold: Item) -> str:
    found = set(case.names.values())
    if gold[0] not in found:
        return "person_not_found"
    return "missed" if gold[2] in {NULL, *found} else "organisation_not_found"


def _error(case: Case, cause: str, gold: Item | None, predicted: Item | None) -> Error:
    role = next((r for r in case.record.roles if role_item(r, case.names) == predicted), None)
    return case.error(
        "roles",
        cause,
        dict(zip(_PARTS, gold, strict=True)) if gold else None,
        {part: plain(name) for part, name in zip(_PARTS, predicted, strict=True)} if predicted else None,
        _stated(case, gold) if gold else (),
        [role.evidence] if role else (),
        role.confidence if role else None,
    )


def _stated(case: Case, gold: Item) -> list[Span]:
    """Where the text has a gold role: the mention of its person that is nearest to its title, or body, and these."""
    person, title, body = gold
    text, folded = case.document.text, case.document.text.lower()
    entities = (*case.document.gold.people, *case.document.gold.organisations)
    people, bodies = (
        list(occurrences(text, (form for e in entities if e.name == name for form in (e.name, *e.aliases))))
        for name in (person, body)
    )
    titles = list(occurrences(folded, [title])) if title != NULL and len(folded) == len(text) else []
    anchors = titles or bodies
    if not people or not anchors:
        return (people or anchors)[:1]
    who, anchor = min(((p, a) for p in people for a in anchors), key=lambda pair: _distance(*pair))
    return [who, anchor, *sorted(bodies, key=lambda b: _distance(who, b))[:1]]


def _distance(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)
