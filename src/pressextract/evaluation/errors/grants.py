"""Errors of grants.

Grants are aligned as they are scored. Each part in which two aligned grants differ is an error of its own:
``wrong_funder``, ``funder_missing`` and ``funder_spurious`` (one too few, one too many), ``wrong_recipient``,
``recipient_missing``, ``recipient_spurious``, ``wrong_duration``, ``duration_missing``, ``duration_spurious``,
``wrong_status``, ``wrong_modifier``. A grant that is not aligned is ``wrong_amount`` where one with another sum, or
without, was read from the same place, ``amount_not_found`` where its sum is none
of the record's, else ``missed``; or ``spurious``.
"""

from collections.abc import Iterator

from pressextract.evaluation.errors.base import Case, Error, occurrences, overlap, plain
from pressextract.evaluation.gold import GoldGrant
from pressextract.evaluation.items import NULL, align_grants, amount_item, grant_slots, named_grant, whole_grant

_PARTS = ("funders", "recipients", "amount", "status", "duration")


def grant_errors(case: Case) -> Iterator[Error]:
    """The grants that are missed, spurious, or wrong in a part: an error a part."""
    if not case.speaks_of("grants_exact"):
        return
    expected = case.document.gold.grants
    predicted = [named_grant(g, case.names) for g in case.record.grants]
    aligned = align_grants([grant_slots(g) for g in predicted], [grant_slots(g) for g in expected])
    for i, j in aligned.items():
        for cause in _differences(predicted[i], expected[j]):
            yield _error(case, cause, expected[j], i)
    extra = [i for i in range(len(predicted)) if i not in aligned]
    for j, grant in enumerate(expected):
        if j in aligned.values():
            continue
        places = list(occurrences(case.document.text, [grant.quote]))
        met = next((i for i in extra if overlap(case.record.grants[i].evidence, places)), None)
        if met is None:
            yield _error(case, _reason_missed(case, grant), grant, None)
        else:
            extra.remove(met)
            yield _error(case, "wrong_amount", grant, met)
    for i in extra:
        yield _error(case, "spurious", None, i)


def _differences(predicted: GoldGrant, gold: GoldGrant) -> Iterator[str]:
    """The causes of a pair of grants that state the same sum."""
    for part, found, expected in (
        ("funder", set(predicted.funders), set(gold.funders)),
        ("recipient", set(predicted.recipients), set(gold.recipients)),
        ("duration", {predicted.duration} - {None}, {gold.duration} - {None}),
    ):
        if found != expected:
            missing, spurious = expected - found, found - expected
            yield f"wrong_{part}" if missing and spurious else f"{part}_{'missing' if missing else 'spurious'}"
    if predicted.status != gold.status:
        yield "wrong_status"
    if predicted.amount and gold.amount and amount_item(predicted.amount) != amount_item(gold.amount):
        yield "wrong_modifier"


def _reason_missed(case: Case, grant: GoldGrant) -> str:
    sums = {amount_item(a)[:3] for a in case.record.amounts}
    return "amount_not_found" if grant.amount and amount_item(grant.amount)[:3] not in sums else "missed"


def _error(case: Case, cause: str, gold: GoldGrant | None, predicted: int | None) -> Error:
    grant = None if predicted is None else case.record.grants[predicted]
    return case.error(
        "grants",
        cause,
        _shown(gold) if gold else None,
        _shown(named_grant(grant, case.names)) if grant else None,
        occurrences(case.document.text, [gold.quote]) if gold else (),
        grant.evidence if grant else (),
        grant.confidence if grant else None,
    )


def _shown(grant: GoldGrant) -> dict[str, str]:
    parts = dict(zip(_PARTS, whole_grant(grant), strict=True))
    for part, names in (("funders", grant.funders), ("recipients", grant.recipients)):
        parts[part] = ", ".join(sorted({plain(n) for n in names})) or NULL
    return parts
