"""Texts to measure on: the corpus's releases, cut and put together to any length."""

import re
from functools import cache
from itertools import cycle, islice
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpus"


@cache
def corpus_words() -> list[str]:
    """The words of all releases in turn, each with the blanks and line ends behind it."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/*.txt"))]
    return re.findall(r"\S+\s*", "\n\n".join(texts))


def cut_documents(number: int, words: int) -> list[str]:
    """So many documents of so many words each; where the corpus ends it begins again."""
    stream = cycle(corpus_words())
    return ["".join(islice(stream, words)) for _ in range(number)]


def long_document(words: int) -> str:
    """One document of so many words, in which each round through the corpus has bodies and people of its own.

    A capitalised word is given an ending of its round, or else a long text would name nobody new after its first part.
    """
    stream = corpus_words()
    rounds = (islice(stream, 0, min(len(stream), words - done)) for done in range(0, words, len(stream)))
    parts = []
    for number, part in enumerate(rounds):
        text = "".join(part)
        parts.append(_CAPITALISED.sub(rf"\g<0>{_ending(number)}", text) if number else text)
    return "".join(parts)


_CAPITALISED = re.compile(r"\b[A-ZÆØÅ][a-zæøå]{3,}\b(?<!kommune)(?<!direktør)")


def _ending(number: int) -> str:
    """A number in letters."""
    letters = ""
    while number:
        number, rest = divmod(number, 20)
        letters += "bdfghjklmnprtvxzwqcs"[rest] + "a"
    return letters
