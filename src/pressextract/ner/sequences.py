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
    for tokens, words in _chunks(doc):
        yield tokens, words if words[-1].endswith(SENTENCE_ENDS) else [*words, HEADLINE_MARK]


def _chunks(doc: Doc) -> Iterator[tuple[list[int], list[str]]]:
    """Each line and table cell: the indices of its tokens, and their words."""
    tokens: list[int] = []
    words: list[str] = []
    for token in doc:
        word = token.text
        if not token.is_space:
            tokens.append(token.i)
            words.append(word)
            full = (len(tokens) >= CHUNK_WORDS and word in {".", "!", "?"}) or len(tokens) >= 2 * CHUNK_WORDS
        else:
            full = "\n" in word or "\t" in word
        if full and tokens:
            yield tokens, words
            tokens, words = [], []
    if tokens:
        yield tokens, words
