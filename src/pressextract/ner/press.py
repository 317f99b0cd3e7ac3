"""Annotated press releases as sentences of partly known tags, to train on and to score."""

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from pressextract.ner.conllu import Sentence, WordSpan
from pressextract.ner.sequences import sequences_of

OTHER = "other"
"""Neither a person nor an organisation; gold records do not say whether it is a place, a work or nothing."""

BODY = "BODY"
"""An organisation, which NorNE has as ORG or, where it is a municipality or state, as GPE_ORG."""

_MUNICIPALITY = re.compile(r"\s(?:fylkes)?kommun[ea]?\b", re.IGNORECASE)


def name_matches(
    text: str, people: Iterable[Sequence[str]], organisations: Iterable[Sequence[str]]
) -> Iterator[tuple[re.Match[str], str]]:
    """Where *text* has the names of gold records, the longest forms first, each with "PER" or :data:`BODY`.

    A match has the name's genitive ending too; its group ``name`` is without. Matches may overlap: the first counts.

    Args:
        text: what to look in.
        people: the forms of each person's name, the fullest first.
        organisations: the forms of each organisation's name, the fullest first.
    """
    labels = {form: "PER" for forms in people for form in forms}
    for forms in organisations:
        # "Trondheim", short for its municipality, is the place in most of its places
        labels |= {form: BODY for form in forms if form == forms[0] or not _MUNICIPALITY.match(forms[0], len(form))}
    for form in sorted(labels, key=len, reverse=True):
        if form.islower():
            continue
        words = r"\s+".join(map(re.escape, form.split()))
        for match in re.finditer(rf"(?<!\w)(?P<name>{words})(?:['’]?s|['’])?(?!\w)", text):
            yield match, labels[form]


def press_sentences(
    doc: Doc, people: Iterable[Sequence[str]], organisations: Iterable[Sequence[str]]
) -> list[Sentence]:
    """The lines of a document as the NER component reads them, with the names of its gold records as tags.

    Args:
        doc: the tokenised text.
        people: the forms of each person's name, the fullest first.
        organisations: the forms of each organisation's name, the fullest first.

    Returns:
        sentences whose tags are B- and I- of "PER" and of :data:`BODY`, and :data:`OTHER`.
    """
    tags = [OTHER] * len(doc)
    for match, label in name_matches(doc.text, people, organisations):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and set(tags[span.start : span.end]) == {OTHER}:
            tags[span.start : span.end] = [f"I-{label}"] * len(span)
            tags[span.start] = f"B-{label}"
    return [
        Sentence(words, [*(tags[i] for i in indices), *[OTHER] * (len(words) - len(indices))])
        for indices, words in sequences_of(doc)
    ]


def mentions(spans: Sequence[WordSpan]) -> list[WordSpan]:
    """Of a tagger's spans those of people and, as :data:`BODY`, of organisations, to be scored against gold records.

    A state or municipality counts by its full name only ("Trondheim kommune"): one word is as a rule the place.
    """
    bodies = (
        s._replace(label=BODY) for s in spans if s.label == "ORG" or (s.label == "GPE_ORG" and s.end - s.start > 1)
    )
    return [*bodies, *(s for s in spans if s.label == "PER")]
