"""Errors of organisations, people and their contact details, and of single mentions.

Causes of entities: ``type`` (the other kind), ``boundary`` (an overlapping name), ``split`` (a second entity for one
that is there), ``merged`` (its name counts as another entity's), ``missed``, ``spurious``. Of contact details:
``wrong_person``, ``boundary``, ``missed``, ``spurious``. Of mentions: ``type``, ``boundary``, ``missed``, ``spurious``.
"""

from collections.abc import Collection, Iterator, Sequence

from pressextract.evaluation.errors.base import Case, Error, contains, occurrences, overlap
from pressextract.evaluation.gold import GoldOrganisation, Mention
from pressextract.evaluation.items import folded
from pressextract.evaluation.ner import Marked
from pressextract.records import Organisation, Person, Span

_Predicted = Organisation | Person


def entity_errors(case: Case) -> Iterator[Error]:
    """The organisations and people that are missed or spurious; two that overlap are one error."""
    gold, record = case.document.gold, case.record
    sides: dict[str, tuple[Sequence[GoldOrganisation], Sequence[_Predicted]]] = {
        "organisations": (gold.organisations, record.organisations),
        "people": (gold.people, record.people),
    }
    for field, other in (("organisations", "people"), ("people", "organisations")):
        if not case.speaks_of(field):
            continue
        expected, predicted = sides[field]
        found = {case.names[p.id] for p in predicted}
        missed = [g for g in expected if g.name not in found]
        spurious = [p for p in predicted if case.names[p.id] in case.strangers]
        for entity in missed:
            places = list(occurrences(case.document.text, _forms(entity)))
            twin = next((p for p in sides[other][1] if _share_a_form(p, entity)), None)
            owner = next((p for p in predicted if p not in spurious and _share_a_form(p, entity)), None)
            near = next((p for p in spurious if overlap(p.mentions, places)), None)
            if near is not None and twin is None and owner is None:
                spurious.remove(near)
            cause, met = next(
                ((c, p) for c, p in (("type", twin), ("merged", owner), ("boundary", near)) if p), ("missed", None)
            )
            yield case.error(
                field, cause, _shown(entity), _shown(met) if met else None, places, met.mentions if met else ()
            )
        for stranger in spurious:
            whole = next((g for g in expected if _share_a_form(stranger, g)), None)
            twin_gold = next((g for g in sides[other][0] if _share_a_form(stranger, g)), None)
            cause, of = next(((c, g) for c, g in (("type", twin_gold), ("split", whole)) if g), ("spurious", None))
            yield case.error(field, cause, _shown(of) if of else None, _shown(stranger), (), stranger.mentions)


def contact_errors(case: Case) -> Iterator[Error]:
    """Addresses and numbers that are missed, spurious, another person's or not whole."""
    if not case.speaks_of("contacts"):
        return
    missed = {(p.name, c) for p in case.document.gold.people for c in (*p.emails, *p.phones)}
    spurious = {(case.names[p.id], p.name, c) for p in case.record.people for c in (*p.emails, *p.phones)}
    right = {(n, folded(c)) for n, c in missed} & {(n, folded(c)) for n, _, c in spurious}
    left = sorted((name, shown, c) for name, shown, c in spurious if (name, folded(c)) not in right)
    text = case.document.text
    for name, contact in sorted((n, c) for n, c in missed if (n, folded(c)) not in right):
        cause, met = "missed", None
        for candidate in left:
            if folded(candidate[2]) == folded(contact):
                cause, met = "wrong_person", candidate
            elif met is None and candidate[0] == name and contains(candidate[2], contact):
                cause, met = "boundary", candidate
        if met is not None:
            left.remove(met)
        predicted = {"person": met[1], "contact": met[2]} if met else None
        seen = occurrences(text, [met[2]]) if met else ()
        yield case.error(
            "contacts", cause, {"person": name, "contact": contact}, predicted, occurrences(text, [contact]), seen
        )
    for _, shown, contact in left:
        yield case.error(
            "contacts",
            "spurious",
            predicted={"person": shown, "contact": contact},
            predicted_places=occurrences(text, [contact]),
        )


def mention_errors(document: Marked, labels: Collection[str]) -> Iterator[Error]:
    """Mentions that gold and prediction do not have alike: of another type, of another extent, missed, spurious.

    Args:
        document: a text with the mentions of both.
        labels: the labels that gold speaks of, in this text or another.
    """

    def error(cause: str, gold: Mention | None, predicted: Mention | None) -> Error:
        shown = [{"type": m.label, "text": document.text[m.start : m.end]} if m else None for m in (gold, predicted)]
        places = [(Span(start=m.start, end=m.end),) if m else () for m in (gold, predicted)]
        return Error(document.doc_id, "mentions", cause, shown[0], shown[1], places[0], places[1])

    missed = [m for m in document.gold if m not in document.predicted]
    spurious = [m for m in document.predicted if m not in document.gold and m.label in labels]
    for gold in missed:
        near = [p for p in spurious if p.start < gold.end and gold.start < p.end]
        met = min(near, key=lambda p: abs(p.start - gold.start) + abs(p.end - gold.end), default=None)
        if met is None:
            yield error("missed", gold, None)
        else:
            spurious.remove(met)
            yield error("type" if (met.start, met.end) == (gold.start, gold.end) else "boundary", gold, met)
    for extra in spurious:
        yield error("spurious", None, extra)


def _forms(entity: GoldOrganisation | _Predicted) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def _share_a_form(predicted: _Predicted, gold: GoldOrganisation) -> bool:
    return not {folded(f) for f in _forms(predicted)}.isdisjoint(folded(f) for f in _forms(gold))


def _shown(entity: GoldOrganisation | _Predicted) -> dict[str, str]:
    return {"name": entity.name} | ({"aliases": ", ".join(entity.aliases)} if entity.aliases else {})
