"""Errors of sums, dates and what a document has once.

Causes of sums and dates: ``boundary`` (the quotes overlap), ``value``, ``upper``, ``currency``, ``modifier`` (the
quote is right), for dates ``unresolved`` and ``resolved`` (read as a date that gold leaves open), ``missed``,
``spurious``. Of title, day of publication and language: ``wrong``, ``missed``, ``spurious``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pressextract.evaluation.errors.base import Case, Error, contains, occurrences
from pressextract.evaluation.items import NULL, Item, amount_item
from pressextract.records import Span

_PARTS = {"amounts": ("text", "value", "upper", "currency", "modifier"), "dates": ("text", "edtf")}


def value_errors(case: Case) -> Iterator[Error]:
    """The sums and dates that are missed, spurious, or wrong in a part."""
    text = case.document.text
    found: dict[str, list[tuple[Item, Span]]] = {
        "amounts": [((text[a.span.start : a.span.end], *amount_item(a)), a.span) for a in case.record.amounts],
        "dates": [((text[d.span.start : d.span.end], d.edtf or NULL), d.span) for d in case.record.dates],
    }
    for field, mentions in found.items():
        if case.speaks_of(field):
            yield from _errors(case, field, mentions)


def document_errors(case: Case) -> Iterator[Error]:
    """A wrong title, day of publication or language."""
    gold, record = case.document.gold, case.record
    for field, part, right, read in (
        ("title", "headline", gold.title, record.title),
        ("published", "edtf", gold.published, record.published),
        ("language", "language", gold.language, record.language),
    ):
        if case.result.accuracies.get(field, (1, 1))[0]:
            continue
        cause = "missed" if read is None else "spurious" if right is None else "wrong"
        places = [list(occurrences(case.document.text, [str(v)] if v else [])) for v in (right, read)]
        shown = [None if v is None else {part: str(v)} for v in (right, read)]
        yield case.error(field, cause, shown[0], shown[1], places[0], places[1])


def _errors(case: Case, field: str, mentions: Sequence[tuple[Item, Span]]) -> Iterator[Error]:
    result = case.result.fields[field]
    right = Counter(result.right)
    taken, spurious = [], []
    for item, span in mentions:
        if right[item]:
            right[item] -= 1
            taken.append(span)
        else:
            spurious.append((item, span))

    def error(cause: str, gold: Item | None, met: tuple[Item, Span] | None) -> Error:
        shown = [dict(zip(_PARTS[field], item, strict=True)) if item else None for item in (gold, met and met[0])]
        free = [s for s in occurrences(case.document.text, [gold[0]]) if s not in taken] if gold else []
        near = [s for s in free if met and s.start < met[1].end and met[1].start < s.end]
        return case.error(field, cause, shown[0], shown[1], (near or free)[:1], [met[1]] if met else ())

    for gold in result.missed:
        met = next((m for m in spurious if m[0][0] == gold[0]), None) or next(
            (m for m in spurious if contains(m[0][0], gold[0])), None
        )
        if met is not None:
            spurious.remove(met)
        yield error(_difference(field, gold, met[0]) if met else "missed", gold, met)
    for extra in spurious:
        yield error("spurious", None, extra)


def _difference(field: str, gold: Item, predicted: Item) -> str:
    if gold[0] != predicted[0]:
        return "boundary"
    if field == "dates":
        return "unresolved" if predicted[1] == NULL else "resolved" if gold[1] == NULL else "value"
    differing = (p for p, a, b in zip(_PARTS[field], gold, predicted, strict=True) if a != b)
    return next(differing, "value")
