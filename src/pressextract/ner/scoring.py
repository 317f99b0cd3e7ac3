"""Exact-span scores of a tagger on sentences with gold tags."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pressextract.ner.conllu import Sentence, WordSpan, spans_of

FOUR_TYPES = {
    **dict.fromkeys(("GPE_LOC", "GPE_ORG", "LOC"), "LOC"),
    **dict.fromkeys(("PROD", "EVT", "DRV", "MISC"), "MISC"),
}
"""NorNE's nine types to the four that are common to Scandinavian NER; PER and ORG stay."""


class NerScore(NamedTuple):
    """Counts of spans: in gold and prediction, in the prediction only, in gold only."""

    true_positives: int
    false_positives: int
    false_negatives: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1; 0 where nothing was found or to be found."""
        total = 2 * self.true_positives + self.false_positives + self.false_negatives
        return 2 * self.true_positives / total if total else 0.0


def score_spans(
    sentences: Sequence[Sentence], predicted: Iterable[list[WordSpan]], types: Mapping[str, str] = MappingProxyType({})
) -> dict[str, NerScore]:
    """Scores per label and, under "micro", over all labels; a span counts where start, end and label agree.

    Args:
        sentences: the gold sentences.
        predicted: the spans predicted for each of them.
        types: labels that count as others, such as :data:`FOUR_TYPES`.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for sentence, spans in zip(sentences, predicted, strict=True):
        gold = {(s.start, s.end, types.get(s.label, s.label)) for s in spans_of(sentence.tags)}
        found = {(s.start, s.end, types.get(s.label, s.label)) for s in spans}
        for outcome, group in (("tp", gold & found), ("fp", found - gold), ("fn", gold - found)):
            for _, _, label in group:
                counts[label, outcome] += 1
                counts["micro", outcome] += 1
    labels = sorted({label for label, _ in counts} | {"micro"})
    return {label: NerScore(counts[label, "tp"], counts[label, "fp"], counts[label, "fn"]) for label in labels}
