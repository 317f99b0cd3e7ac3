"""Names scored where they stand: every mention, by nervaluate.

Its four ways to count (Segura-Bedmar et al. 2013): ``strict`` wants boundaries and type right, ``exact`` the
boundaries, ``partial`` counts an overlap as half, ``ent_type`` wants the type and an overlap.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pressextract.evaluation.gold import GoldDocument, Mention
from pressextract.ner.press import BODY, name_matches
from pressextract.records import PressRelease

SCHEMES = ("strict", "exact", "partial", "ent_type")
ALL = "all"
"""What the mentions of all labels together are called."""

_RECORDED = {"PER", "ORG", "MONEY", "DATE"}
"""The labels of mentions that records have."""


class Marked(NamedTuple):
    """A text, the mentions that gold has in it, and those predicted."""

    doc_id: str
    language: str
    text: str
    gold: tuple[Mention, ...]
    predicted: tuple[Mention, ...]


class MentionCounts(NamedTuple):
    """nervaluate's counts: right, of another boundary or type, half right, not found, found where nothing is."""

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def parts(self) -> tuple[float, float, float]:
        """How many are right, were predicted, were expected; a partial one is half right."""
        met = self.correct + self.incorrect + self.partial
        return self.correct + self.partial / 2, met + self.spurious, met + self.missed

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, 0 to 1; null where neither side has anything."""
        right, predicted, expected = self.parts
        return 2 * right / (predicted + expected) if predicted + expected else None

    def __add__(self, other: object) -> "MentionCounts":
        if not isinstance(other, MentionCounts):
            return NotImplemented
        return MentionCounts(*(a + b for a, b in zip(self, other, strict=True)))


def mark(document: GoldDocument, record: PressRelease) -> Marked:
    """The mentions of a gold document and of its record.

    Gold that names its entities has them wherever their names stand; places that bear the short name of a
    municipality, and bodies named in lower case, count on neither side.
    """
    found = [
        Mention(start=span.start, end=span.end, label=label)
        for label, spans in (
            ("PER", [m for p in record.people for m in p.mentions]),
            ("ORG", [m for o in record.organisations for m in o.mentions]),
            ("MONEY", [a.span for a in record.amounts]),
            ("DATE", [d.span for d in record.dates]),
        )
        for span in spans
    ]
    if document.mentions is not None:
        gold = [m for m in document.mentions if m.label in _RECORDED]
    else:
        gold = _names_in(document)
        forms = {document.text[m.start : m.end] for m in gold}
        unsure = {f for e in document.gold.organisations for f in (e.name, *e.aliases)} - forms
        found = [m for m in found if m.label in {"PER", "ORG"} and document.text[m.start : m.end] not in unsure]
    return Marked(document.doc_id, document.gold.language, document.text, _in_order(gold), _in_order(found))


def mention_counts(document: Marked, labels: Sequence[str]) -> dict[str, dict[str, MentionCounts]]:
    """The counts of one text: of each label and of :data:`ALL` together, by each of :data:`SCHEMES`.

    Args:
        document: the text.
        labels: the labels that count.
    """
    from nervaluate import Evaluator  # here: only evaluation needs it

    sides = [
        [[{"label": m.label, "start": m.start, "end": m.end - 1} for m in side]]  # its ends are inclusive
        for side in (document.gold, document.predicted)
    ]
    result = Evaluator(*sides, tags=list(labels), loader="dict").evaluate()
    of_label = {ALL: result["overall"], **result["entities"]}
    return {
        label: {
            scheme: _counts(of_label[label][scheme]) if label in of_label else MentionCounts() for scheme in SCHEMES
        }
        for label in (ALL, *labels)
    }


def labels_of(documents: Iterable[Marked]) -> list[str]:
    """The labels that gold has; others are no part of what it says."""
    return sorted({m.label for d in documents for m in d.gold})


def _counts(result: object) -> MentionCounts:
    return MentionCounts(*(getattr(result, name) for name in MentionCounts._fields))


def _names_in(document: GoldDocument) -> list[Mention]:
    people = [(e.name, *e.aliases) for e in document.gold.people]
    organisations = [(e.name, *e.aliases) for e in document.gold.organisations]
    taken = bytearray(len(document.text))
    mentions = []
    for match, label in name_matches(document.text, people, organisations):
        start, end = match.span("name")
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            mentions.append(Mention(start=start, end=end, label="ORG" if label == BODY else label))
    return mentions


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(set(mentions), key=lambda m: (m.start, m.end, m.label)))
