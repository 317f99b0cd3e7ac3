"""Names as strings: inflection, legal forms, initials and what a name's words tell of the body."""

from functools import cache, lru_cache

import regex

from pressextract.lexicon import load_lexicon

_WORD = regex.compile(r"[\w&/+.-]*\w\.?")
_BLANK_OR_HYPHEN = regex.compile(r"[\s-]+")
_SMALL_WORDS = frozenset({"og", "for", "i", "av", "på", "til", "the", "of", "and", "med", "ved"})


@cache
def legal_forms() -> frozenset[str]:
    """Legal forms such as AS and HF, lower case."""
    return frozenset(form.lower() for form in load_lexicon("organisations")["legal_forms"])


@cache
def known_bodies() -> dict[str, tuple[str, str]]:
    """Forms of widely known public bodies, folded, to the body's first name and its kind."""
    return {
        fold(form): (forms[0], kind)
        for kind, bodies in load_lexicon("organisations")["bodies"].items()
        for forms in bodies
        for form in forms
    }


@cache
def body_forms() -> frozenset[str]:
    """Exact forms of widely known public bodies."""
    return frozenset(f for bodies in load_lexicon("organisations")["bodies"].values() for body in bodies for f in body)


def alternatives(*lists: str) -> str:
    """A pattern for any of the words in these lists of the organisations' lexicon, the longest first."""
    lexicon = load_lexicon("organisations")
    return "|".join(
        map(regex.escape, sorted((word for name in lists for word in lexicon[name]), key=len, reverse=True))
    )


@cache
def _kind_words() -> dict[str, str]:
    return {word: kind for kind, words in load_lexicon("organisations")["kinds"].items() for word in words}


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """*name* for comparison: case, hyphens, quotation marks and runs of blanks set aside."""
    return " ".join(name.casefold().replace("-", " ").replace("–", " ").translate(_QUOTES).split())


_QUOTES = {ord(c): None for c in "\"'«»“”‘’„"}


def words_of(name: str) -> list[str]:
    """The words of a name, without commas and brackets."""
    return [match.group() for match in _WORD.finditer(name)]


def without_legal_form(name: str) -> str:
    """The name without its legal form: "Helse Førde HF" -> "Helse Førde". One that is nothing else stays."""
    words = name.split()
    while len(words) > 1 and words[-1].lower() in legal_forms():
        words.pop()
    return " ".join(words)


@cache
def anaphors() -> frozenset[str]:
    """Definite nouns that stand for a body named elsewhere: "kommunen", "korpset"."""
    nouns = load_lexicon("organisations")["anaphors"]
    return frozenset(noun for kind, words in nouns.items() if kind != "government" for noun in words)


def is_name_of_body(name: str) -> bool:
    """False for "Kommunen", where the last word shows a programme, prize, law or event, for units and lower case."""
    lexicon = load_lexicon("organisations")
    if (
        name.casefold() in anaphors()
        or name in lexicon["not_names"]
        or (not any(c.isupper() for c in name) and name not in lexicon["government"])
    ):
        return False
    return not name.casefold().endswith(tuple(lexicon["not_bodies"]))


def kind_of(name: str) -> str:
    """The kind of body, as in :data:`pressextract.records.OrganisationKind`, by gazetteer and name parts."""
    known = known_bodies().get(fold(name)) or known_bodies().get(fold(without_legal_form(name)))
    if known:
        return known[1]
    kinds = _kind_words()
    words = [word.casefold() for word in words_of(name)]
    for word in [*words[::-1][:1], *words[:1], *words[::-1][1:]]:
        if word in kinds:
            return kinds[word]
    for word in [*words[::-1][:1], *words[:1], *words[::-1][1:]]:
        for cut in range(1, len(word) - 3):
            if word[cut:] in kinds:
                return kinds[word[cut:]]
    return "other"


def initials(name: str) -> str:
    """The initials of a name's words and parts but for the small words, upper case.

    "departement" at the end of a word counts: "Kommunal- og moderniseringsdepartementet" -> "KMD".
    """
    letters = [word[0] for word in words_of(name) if word.casefold() not in _SMALL_WORDS]
    if name.casefold().endswith("departementet"):
        letters.append("d")
    return "".join(letters).upper()


def initial_forms(name: str) -> tuple[str, str]:
    """The two ways to make initials of a name, upper case: without its small words, and with every word and part."""
    return initials(name), "".join(part[0] for part in _BLANK_OR_HYPHEN.split(name) if part).upper()


def abbreviates(short: str, name: str) -> bool:
    """Whether *short* is made of the initials of *name* ("NVE", "NSCC", "UiB"), small words counted or not."""
    if not 2 <= len(short) <= 8 or not short[0].isupper() or " " in short:
        return False
    return short.replace("-", "").upper() in initial_forms(name)


def genitive_base(form: str) -> str | None:
    """The form without a genitive s ("Sivas" -> "Siva"), or null where there is none to take off."""
    for ending in ("'s", "’s"):
        if form.endswith(ending):
            return form[: -len(ending)]
    if form.endswith(("'", "’")):
        return form[:-1]
    if len(form) > 3 and form[-1] == "s" and form[-2].isalpha() and form[-2] not in "sxzS":
        return form[:-1]
    return None
