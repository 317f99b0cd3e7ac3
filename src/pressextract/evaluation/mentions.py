"""The names of gold records, found in their texts: what a NER model is trained on and scored against."""

from collections.abc import Iterator
from pathlib import Path

import spacy

from pressextract.evaluation.gold import load_gold
from pressextract.ner.conllu import Sentence
from pressextract.ner.press import press_sentences
from pressextract.normalise import normalise


def gold_sentences(folder: Path) -> Iterator[list[Sentence]]:
    """For each document of a gold folder its lines, with the names of its people and organisations as tags.

    Raises:
        GoldError: if there is no gold, or a document is bad.
    """
    nlp = spacy.blank("nb")
    for document in load_gold(folder):
        people = [(e.name, *e.aliases) for e in document.gold.people]
        organisations = [(e.name, *e.aliases) for e in document.gold.organisations]
        yield press_sentences(nlp.make_doc(normalise(document.text).text), people, organisations)
