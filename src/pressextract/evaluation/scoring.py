"""Scores of records against gold.

Every field reduces gold and prediction to two multisets of items in gold's terms; what they share are true
positives, the rest false positives and false negatives. Precision, recall and F1 are micro-averaged: counts
are summed over documents first. Names, titles and contacts are compared as normalised, so that kinds of dash and
blank and invisible characters make no difference. The items of each field:

``organisations``, ``people``
    The entities. Predicted and gold ones are matched one to one (:func:`match_entities`): the name of one is a
    name or alias of the other, whatever its case.
``contacts``
    Pairs of a matched person and an e-mail address or telephone number, as written.
``roles``
    Distinct triples (person, title, organisation), persons and organisations through the matching, titles
    whatever their case: all three have to be right, a missing title or organisation too.
``grant_slots``
    Grants are aligned one to one (:func:`align_grants`). Each funder, each recipient, the amount (value, upper,
    currency), the status and the duration, where not null, is a slot of its grant. The slots of a grant that
    is not aligned are all wrong.
``grants_exact``
    Whole grants: funders, recipients, amount with its modifier, status and duration all equal.
``amounts``
    Mentions: the quoted text, value, upper, currency and modifier all equal, as often as gold counts.
``dates``
    Mentions: the quoted text and its EDTF both equal, as often as gold counts.

Accuracies are shares of documents with the right ``title``, ``published`` and ``language`` (a null that should
be null is right), and of aligned grants with the right ``grant_status``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pressextract.evaluation.calibration import Judged, calibration_error
from pressextract.evaluation.gold import Gold, GoldDocument
from pressextract.evaluation.items import (
    NULL,
    Item,
    align_grants,
    amount_item,
    folded,
    grant_slots,
    match_entities,
    named_grant,
    role_item,
    whole_grant,
)
from pressextract.records import PressRelease

FIELDS = ("organisations", "people", "contacts", "roles", "grant_slots", "grants_exact", "amounts", "dates")
ACCURACIES = ("title", "published", "language", "grant_status")


class Counts(NamedTuple):
    """True positives, false positives and false negatives."""

    true_positives: int
    false_positives: int
    false_negatives: int

    @property
    def precision(self) -> float | None:
        """The share of the predicted that is right, 0 to 1; null where nothing was predicted."""
        return _share(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float | None:
        """The share of gold that was predicted, 0 to 1; null where gold has nothing."""
        return _share(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two, 0 to 1; null where neither side has anything."""
        return _share(2 * self.true_positives, 2 * self.true_positives + self.false_positives + self.false_negatives)

    @property
    def parts(self) -> tuple[int, int, int]:
        """How many are right, were predicted, were expected: what resampling sums."""
        right = self.true_positives
        return right, right + self.false_positives, right + self.false_negatives


class Accuracy(NamedTuple):
    """How many of how many are right."""

    correct: int
    total: int

    @property
    def share(self) -> float | None:
        """0 to 1; null where there is nothing to get right."""
        return _share(self.correct, self.total)

    @property
    def parts(self) -> tuple[int, int, int]:
        """As of :class:`Counts`; its F1 is the share."""
        return self.correct, self.total, self.total


class FieldResult(NamedTuple):
    """One field of one document: the items in both, in the prediction only, in gold only."""

    right: tuple[Item, ...]
    spurious: tuple[Item, ...]
    missed: tuple[Item, ...]

    @property
    def counts(self) -> Counts:
        """How many of each."""
        return Counts(len(self.right), len(self.spurious), len(self.missed))


JUDGED = {"roles": ("roles",), "grants_exact": ("grants_exact",), "all": ("roles", "grants_exact")}
"""The records whose confidence is judged, kind by kind and together, by their fields."""


class DocumentResult(NamedTuple):
    """One document: each of FIELDS and each of ACCURACIES that its gold speaks of, and its gold's language."""

    doc_id: str
    language: str
    fields: dict[str, FieldResult]
    accuracies: dict[str, Accuracy]
    confidences: dict[str, tuple[Judged, ...]]
    """Of ``roles`` and ``grants_exact``, each record's confidence and whether it is right."""


class Evaluation(NamedTuple):
    """The results of a corpus, document by document."""

    documents: tuple[DocumentResult, ...]

    @property
    def fields(self) -> dict[str, Counts]:
        """The counts of each field that gold speaks of, summed over documents."""
        counts = {f: [d.fields[f].counts for d in self.documents if f in d.fields] for f in FIELDS}
        return {f: Counts(*_sums(of)) for f, of in counts.items() if of}

    @property
    def accuracies(self) -> dict[str, Accuracy]:
        """Each accuracy that gold speaks of, summed over documents."""
        shares = {a: [d.accuracies[a] for d in self.documents if a in d.accuracies] for a in ACCURACIES}
        return {a: Accuracy(*_sums(of)) for a, of in shares.items() if of}

    def confidences(self, *fields: str) -> list[Judged]:
        """The confidence of each predicted role ("roles") or grant ("grants_exact"), and if it is right."""
        return [judged for d in self.documents for field in fields for judged in d.confidences.get(field, ())]

    def summary(self) -> dict[str, object]:
        """The scores as plain data, for JSON: each field's precision, recall, F1 and counts; each accuracy."""
        return {
            "documents": len(self.documents),
            "fields": {
                field: {"precision": c.precision, "recall": c.recall, "f1": c.f1, **c._asdict()}
                for field, c in self.fields.items()
            },
            "accuracies": {name: accuracy.share for name, accuracy in self.accuracies.items()},
            "calibration_error": {name: calibration_error(self.confidences(*of)) for name, of in JUDGED.items()},
        }


def score(document: GoldDocument, record: PressRelease) -> DocumentResult:
    """Compares the record of a document with its gold.

    Args:
        document: a text and its gold.
        record: what was extracted from exactly that text.
    """
    gold = document.gold
    names = match_entities(record.organisations, gold.organisations) | match_entities(record.people, gold.people)
    predicted_grants = [grant_slots(named_grant(grant, names)) for grant in record.grants]
    gold_grants = [grant_slots(grant) for grant in gold.grants]
    aligned = align_grants(predicted_grants, gold_grants)
    predicted: dict[str, Counter[Item]] = {
        "organisations": Counter((names[o.id],) for o in record.organisations),
        "people": Counter((names[p.id],) for p in record.people),
        "contacts": Counter({(names[p.id], folded(c)) for p in record.people for c in (*p.emails, *p.phones)}),
        "roles": Counter({role_item(r, names) for r in record.roles}),
        "grant_slots": Counter(
            (_grant_label(aligned.get(i), i), *slot) for i, slots in enumerate(predicted_grants) for slot in slots
        ),
        "grants_exact": Counter(whole_grant(named_grant(grant, names)) for grant in record.grants),
        "amounts": Counter((document.text[a.span.start : a.span.end], *amount_item(a)) for a in record.amounts),
        "dates": Counter((document.text[d.span.start : d.span.end], d.edtf or NULL) for d in record.dates),
    }
    expected = _gold_items(gold, gold_grants)
    spoken_of = (lambda name: True) if document.fields is None else document.fields.__contains__
    status_right = sum(record.grants[p].status == gold.grants[g].status for p, g in aligned.items())
    accuracies = {
        "title": Accuracy(folded(record.title or NULL) == folded(gold.title or NULL), 1),
        "published": Accuracy(record.published == gold.published, 1),
        "language": Accuracy(record.language == gold.language, 1),
        "grant_status": Accuracy(status_right, len(aligned)),
    }
    confidences = {
        "roles": tuple((r.confidence, role_item(r, names) in expected["roles"]) for r in record.roles),
        "grants_exact": tuple(
            (g.confidence, whole_grant(named_grant(g, names)) in expected["grants_exact"]) for g in record.grants
        ),
    }
    return DocumentResult(
        document.doc_id,
        gold.language,
        {field: _compare(predicted[field], expected[field]) for field in FIELDS if spoken_of(field)},
        {name: accuracy for name, accuracy in accuracies.items() if spoken_of(name)},
        {field: judged for field, judged in confidences.items() if spoken_of(field)},
    )


def _gold_items(gold: Gold, grants: Sequence[set[Item]]) -> dict[str, Counter[Item]]:
    return {
        "organisations": Counter((o.name,) for o in gold.organisations),
        "people": Counter((p.name,) for p in gold.people),
        "contacts": Counter({(p.name, folded(c)) for p in gold.people for c in (*p.emails, *p.phones)}),
        "roles": Counter({(r.person, folded(r.title or NULL), r.organisation or NULL) for r in gold.roles}),
        "grant_slots": Counter((_grant_label(j), *slot) for j, slots in enumerate(grants) for slot in slots),
        "grants_exact": Counter(whole_grant(grant) for grant in gold.grants),
        "amounts": Counter({(a.text, *amount_item(a)): a.count for a in gold.amounts}),
        "dates": Counter({(d.text, d.edtf or NULL): d.count for d in gold.dates}),
    }


def _grant_label(gold: int | None, predicted: int = 0) -> str:
    return f"spurious {predicted + 1}" if gold is None else f"grant {gold + 1}"


def _compare(predicted: Counter[Item], gold: Counter[Item]) -> FieldResult:
    return FieldResult(*(tuple(c.elements()) for c in (predicted & gold, predicted - gold, gold - predicted)))


def _sums(rows: Iterable[tuple[int, ...]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
