"""A document's lines as the sequences of words that a tagger reads."""

from collections.abc import Iterator

from spacy.tokens import Doc

HEADLINE_MARK = "|"
"""Ends headlines and other lines that are no sentences in NorNE's training files, and in what the model reads."""

SENTENCE_ENDS = (".", "!", "?", ":", "…", '"', "»")
"""A line that ends in none of these is a heading or a list's: its neighbours are no context for it."""

CHUNK_WORDS = 120
"""A line longer than this is read in parts, cut at sentence ends: about a paragraph, as the model was trained."""


def sequences_of(doc: Doc) -> Iterator[tuple[list[int], list[str]]]:
    """The lines and table cells of *doc*, a long line in parts.

    Returns:
        for each the indices of its tokens, blanks left out, and its words: theirs, with the mark behind where the
        line is no sentence.
    """
    for chunk in _chunks(doc):
        words = [doc[i].text for i in chunk]
        yield chunk, words if words[-1].endswith(SENTENCE_ENDS) else [*words, HEADLINE_MARK]


def _chunks(doc: Doc) -> Iterator[list[int]]:
    """Indices of the words of each line and table cell."""
    chunk: list[int] = []
    for token in doc:
        if not token.is_space:
            chunk.append(token.i)
            full = (len(chunk) >= CHUNK_WORDS and token.text in {".", "!", "?"}) or len(chunk) >= 2 * CHUNK_WORDS
        else:
            full = "\n" in token.text or "\t" in token.text
        if full and chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
