"""Organisations' names that the NER model cut in two, whole again."""

from functools import cache

import regex

from pressextract.lexicon import load_lexicon
from pressextract.names import body_forms, fold, known_bodies

CAPITALISED = r"(?:\p{Lu}\.(?:\p{Lu}\.)*|St\.|\p{Lu}[\w&'’/-]*(?:\.\w+)*)"
"""A pattern for a capitalised word, or initials."""


def is_whole(text: str, name: str) -> bool:
    """Whether a name with a generic opening is one body's where the model cut it.

    It is where "for" opens what it is for ("Landslaget for Hus og Hjem"), or a place follows that the text never leaves
    out ("Næringsforeningen i Nordvik"); not where its "og" may join another body to it.
    """
    _, link, second = name.partition(" og ")
    if link and (second.isupper() or fold(second) in known_bodies()):
        return False
    opening, placed, _ = name.partition(" i ")
    return " for " in name or (bool(placed) and not link and text.count(opening) == text.count(f"{opening} i "))


def rejoined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names that the model cut at their "og" or "&", whole again.

    "&" joins always, and so do a colon without a blank behind it and "og Omegn"; "og" where the text has the two more
    than once, and neither without the other; a dash where a short name is presented ("Vern – Foreningen for vern av
    fjorden"). A definite noun that names nobody by itself takes the name behind it ("Helseinkubatoren" Puls).
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if text[start:end].casefold().endswith(_definite_nouns()) and (named := _NAMED.match(text, end)):
            end = named.end()
        left = max(0, start - 40)
        glued = _GLUED_BEFORE.search(text, left, start)
        joined = (_WORD_BEFORE if text.startswith("& ", start) else _AND_BEFORE).search(text, left, start)
        if first := glued or joined:
            start = first.start()
        if found and text[found[-1][1] : start] == " og ":
            one, two = text[slice(*found[-1])], text[start:end]
            together = text.count(f"{one} og {two}")
            inseparable = two.startswith(_SURROUNDINGS)
            if inseparable or (
                together > 1 and text.count(one) == text.count(two) == together and not {one, two} & body_forms()
            ):
                start = found.pop()[0]
        presents = found and text[found[-1][1] : start] in {" – ", " - "} and " " not in text[slice(*found[-1])]
        if (presents and " for " in text[start:end]) or (found and found[-1][1] > start):
            start = found.pop()[0]
        found.append((start, end))
    return found


_SURROUNDINGS = ("Omegn", "Omland", "Opland")
"""What opens the second half of a name like "Lier og Omegn IL"."""
_NAMED = regex.compile(rf"(?: {CAPITALISED})+")


@cache
def _definite_nouns() -> tuple[str, ...]:
    return tuple(load_lexicon("organisations")["anaphors"]["network"])


_GLUED_BEFORE = regex.compile(r"(?<![\w@./:])\p{Lu}[\w-]*:$")
"""The rest of a name with a colon in it: "Kunst:Rom"."""
_AND_BEFORE = regex.compile(rf"{CAPITALISED} & $")
_WORD_BEFORE = regex.compile(rf"{CAPITALISED} $")
