"""Training instances: which sentences are joined."""

import random

from pressextract.ner.conllu import Sentence
from pressextract.ner.instances import joined


def sentence(text: str) -> Sentence:
    """The words of a text, their tags behind slashes."""
    pairs = [word.partition("/") for word in text.split()]
    return Sentence([word for word, _, _ in pairs], [tag or "O" for _, _, tag in pairs])


PER = sentence("Kari/B-PER Nordmann/I-PER møtte Kari/B-PER Nordmann/I-PER .")
ORG = sentence("Styret i Havkraft/B-ORG AS/I-ORG er samlet |")


def test_neighbours_are_joined_up_to_the_length_drawn() -> None:
    rng = random.Random(1)
    (instance,) = joined([PER, ORG], [6, 7], share=1.0, longest=40, drop_mark=0.0, rng=rng)
    assert instance.words == PER.words + ORG.words
    assert instance.tags == PER.tags + ORG.tags
    assert list(joined([PER, ORG], [6, 7], share=0.0, longest=40, drop_mark=1.0, rng=rng)) == [
        PER,
        Sentence(ORG.words[:-1], ORG.tags[:-1]),
    ]
