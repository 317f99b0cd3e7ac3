"""Sentences of a block of text, by Norwegian punctuation."""

from functools import cache

import regex

from pressextract.lexicon import load_lexicon


@cache
def _pattern() -> regex.Pattern[str]:
    abbreviations = "|".join(load_lexicon("sentences")["abbreviations"])
    months = "|".join(load_lexicon("sentences")["months"])
    return regex.compile(
        rf"(?<!\b(?:{abbreviations}|\p{{Lu}}))"  # an abbreviation's or an initial's point ends nothing
        rf"(?<!\b\d{{1,2}}(?=\.\s+(?:{months}|\p{{Ll}})))"  # nor does an ordinal's
        r"[.!?…]+[\"'”»)]*\s+(?=[\"'«“(–—-]?\s?[\p{Lu}\d])",
    )


def find_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]`` as character offsets, without the blanks between them.

    A point after an abbreviation, an initial or an ordinal ("3. mai") ends no sentence.
    """
    end = len(text) if end is None else end
    spans = []
    for match in _pattern().finditer(text, start, end):
        stop = match.start() + len(match.group().rstrip())
        if stop > start:
            spans.append((start, stop))
        start = match.end()
    if text[start:end].strip():
        spans.append((start, start + len(text[start:end].rstrip())))
    return spans
