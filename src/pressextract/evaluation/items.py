"""Gold and prediction in the same terms: items that are equal or not, and which stand for which."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pressextract.evaluation.gold import GoldGrant, GoldOrganisation
from pressextract.normalise import normalise
from pressextract.records import Amount, Grant, Organisation, Person, Role

Item = tuple[str, ...]
"""What is counted, readable and comparable: ("Kari Nordmann", "rektor", "UiT"); "–" stands for null."""

NULL = "–"


def match_entities(predicted: Sequence[Organisation | Person], gold: Sequence[GoldOrganisation]) -> dict[str, str]:
    """The gold name of each predicted entity, by its id; one that matches none keeps its own, as "Siva [o3]".

    Two match where the name of one is the name or an alias of the other, compared as normalised and
    without case. Equal names are matched first, then the rest in order, each entity once.
    """
    names: dict[str, str] = {}
    free = list(gold)
    for equal_names in (True, False):
        for entity in predicted:
            if entity.id in names:
                continue
            match = next((g for g in free if _matches(entity, g, equal_names)), None)
            if match is not None:
                names[entity.id] = match.name
                free.remove(match)
    return {e.id: names.get(e.id, f"{e.name} [{e.id}]") for e in predicted}


def align_grants(predicted: Sequence[set[Item]], gold: Sequence[set[Item]]) -> dict[int, int]:
    """Pairs grants, as indices of predicted to indices of gold, by their slots.

    Two may pair where they state the same value or, both without a sum, share a funder and a recipient. Pairs are
    made one to one, those that agree in most slots first, among equals those that differ in fewest.
    """
    candidates = sorted(
        (-len(p & g), len(p ^ g), i, j) for i, p in enumerate(predicted) for j, g in enumerate(gold) if _may_pair(p, g)
    )
    aligned: dict[int, int] = {}
    for _, _, i, j in candidates:
        if i not in aligned and j not in aligned.values():
            aligned[i] = j
    return aligned


def role_item(role: Role, names: Mapping[str, str]) -> Item:
    """A role as (person, title, organisation), in gold's names."""
    return names[role.person], folded(role.title or NULL), names[role.organisation] if role.organisation else NULL


def named_grant(grant: Grant, names: Mapping[str, str]) -> GoldGrant:
    """A predicted grant in gold's terms."""
    return GoldGrant(
        funders=tuple(names[f] for f in grant.funders),
        recipients=tuple(names[r] for r in grant.recipients),
        amount=grant.amount,
        status=grant.status,
        duration=grant.duration,
        quote="",
    )


def grant_slots(grant: GoldGrant) -> set[Item]:
    """What a grant says, each thing by itself: ("funder", "Siva"), ("status", "awarded") …"""
    slots: set[Item] = {("status", grant.status)}
    slots.update(("funder", name) for name in grant.funders)
    slots.update(("recipient", name) for name in grant.recipients)
    if grant.amount:
        slots.add(("amount", *amount_item(grant.amount)[:3]))
    if grant.duration:
        slots.add(("duration", grant.duration))
    return slots


def whole_grant(grant: GoldGrant) -> Item:
    """All that a grant says: funders, recipients, amount, status, duration."""
    return (
        ", ".join(sorted(set(grant.funders))) or NULL,
        ", ".join(sorted(set(grant.recipients))) or NULL,
        " ".join(part for part in amount_item(grant.amount) if part != NULL) if grant.amount else NULL,
        grant.status,
        grant.duration or NULL,
    )


def amount_item(amount: Amount) -> Item:
    """Value, upper, currency and modifier; equal values are written alike ("6000000")."""
    value, upper = (NULL if v is None else f"{v.normalize():f}" for v in (amount.value, amount.upper))
    return (value, upper, amount.currency, amount.modifier or NULL)


def _matches(entity: Organisation | Person, gold: GoldOrganisation, equal_names: bool) -> bool:
    name, gold_name = folded(entity.name), folded(gold.name)
    if equal_names:
        return name == gold_name
    return name in map(folded, gold.aliases) or gold_name in map(folded, entity.aliases)


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """As names, titles and contacts are compared."""
    return " ".join(normalise(text).text.casefold().split())


def _may_pair(predicted: set[Item], gold: set[Item]) -> bool:
    values = [{slot[1] for slot in slots if slot[0] == "amount"} for slots in (predicted, gold)]
    if any(values):
        return values[0] == values[1]
    return {"funder", "recipient"} <= {slot[0] for slot in predicted & gold}
