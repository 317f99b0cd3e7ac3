"""Training instances out of annotated sentences: alone, or joined with those that follow them."""

import random
from collections.abc import Iterator, Sequence

from pressextract.ner.conllu import Sentence
from pressextract.ner.sequences import HEADLINE_MARK


def joined(
    sentences: Sequence[Sentence],
    sizes: Sequence[int],
    share: float,
    longest: int,
    drop_mark: float,
    rng: random.Random,
) -> Iterator[Sentence]:
    """One epoch's instances: sentences alone or with those that follow them.

    Args:
        sentences: in document order.
        sizes: how many word pieces each has.
        share: how many of the instances join sentences, 0 to 1.
        longest: the most pieces that are joined; each instance draws its own limit, from 32.
        drop_mark: how many headline marks are left out, 0 to 1.
        rng: the source of chance.
    """
    i = 0
    while i < len(sentences):
        budget = rng.randint(32, longest) if rng.random() < share else 0
        words: list[str] = []
        tags: list[str] = []
        used = 0
        while i < len(sentences) and (not words or used + sizes[i] <= budget):
            sentence, used = sentences[i], used + sizes[i]
            end = len(sentence.words)
            if sentence.words[-1] == HEADLINE_MARK and end > 1 and rng.random() < drop_mark:
                end -= 1
            words += sentence.words[:end]
            tags += sentence.tags[:end]
            i += 1
        yield Sentence(words, tags)
