"""The morphology of Norwegian titles: inflected words, abbreviations, fixed phrases of ``lexicon/titles.toml``."""

import itertools
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import regex

from pressextract.language import Variety
from pressextract.lexicon import load_lexicon

_LONGEST_HEAD = 24
_TAIL = 3  # characters by which most words that are no titles are told from the endings of titles
_FIRST_WORD = regex.compile(r"\w+(?:-\w+)*")


class TitleForm(NamedTuple):
    """An inflected word: the characters before its head, the head's indefinite singular, and the inflection."""

    first: int
    lemma: str
    plural: bool = False
    definite: bool = False


@lru_cache(maxsize=50_000)
def analyse(word: str) -> TitleForm | None:
    """The title that a word is, looked up whole, then by its ending; None where it is none."""
    part = word.rpartition("-")[2].lower()
    alone, ending, tails = _forms()
    if part[-_TAIL:] not in tails:
        return None
    form = alone.get(part) or (ending.get(part) if len(part) < len(word) else None)
    if form is None:
        firsts = range(max(2, len(part) - _LONGEST_HEAD), len(part) - 2)
        form = next((ending[part[k:]]._replace(first=k) for k in firsts if part[k:] in ending), None)
    if form is None:
        return None
    title = part[: form.first] + form.lemma
    is_institution = form.definite and title in lexicon_section("words")["institutions"]
    return None if is_institution or is_listed(title, "words", "not_titles") else form


@lru_cache(maxsize=50_000)
def is_clue(word: str) -> bool:
    """Whether a word is a title, or begins a fixed phrase, or may abbreviate a title."""
    lower, abbreviated = word.lower(), lexicon_section("abbreviated")
    known = lower in fixed_phrases() or lower in abbreviated["heads"] or lower in abbreviated["tails"]
    return known or analyse(word) is not None


def abbreviation(kind: str, word: str, dotted: bool, variety: Callable[[], Variety]) -> str | None:
    """What an abbreviation stands for; None where it is none.

    Args:
        kind: which of the lexicon's tables: "modifiers", "firsts", "heads" or "tails".
        word: its letters, without the dot.
        dotted: whether a dot follows.
        variety: tells the standard that the text is in, asked only where the standards differ.
    """
    table = lexicon_section("abbreviated")[kind]
    word = word.lower()
    found = table.get(word) or (table.get(f"{word}.") if dotted else None)
    return found[variety() == "nn"] if isinstance(found, list) else found


@lru_cache(maxsize=10_000)
def modifier(word: str, title: str) -> str | None:
    """The form in which *word*, before *title*, belongs to it: "daglige" -> "daglig"; None where it does not."""
    only_before = lexicon_section("modifiers")["only_before"]
    for form in (word.lower(), word.lower().removesuffix("e")):
        if title in only_before.get(form, ()) or is_listed(form, "modifiers", "words"):
            return form
    return None


@lru_cache(maxsize=10_000)
def is_listed(word: str, section: str, key: str) -> bool:
    """Whether a list of the lexicon has *word*, or after "-" its ending."""
    words, endings = _words_and_endings(section, key)
    return word in words or word.endswith(endings)


@cache
def _words_and_endings(section: str, key: str) -> tuple[frozenset[str], tuple[str, ...]]:
    words = load_lexicon("titles")[section][key]
    return frozenset(words), tuple(word[1:] for word in words if word.startswith("-"))


@cache
def lexicon_section(section: str) -> dict[str, Any]:
    """A section of the lexicon, its lists as sets for look-up."""
    content: dict[str, Any] = load_lexicon("titles")[section]
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in content.items()}


@cache
def _forms() -> tuple[dict[str, TitleForm], dict[str, TitleForm], frozenset[str]]:
    """Inflected form -> analysis: of the titles that stand alone, and of those that end compounds; how both end."""
    words = load_lexicon("titles")["words"]

    def analyses(*kinds: str) -> dict[str, TitleForm]:
        rows = [row for kind in kinds for lemma in words[kind] for row in _inflect(lemma, kind)]
        rows.sort(key=lambda row: not row[1].plural)  # where one word's plural is another's singular, the singular wins
        return dict(rows)

    labels = {form: TitleForm(0, lemma) for form, lemma in words["label_only"].items()}
    alone = analyses("productive", "closed", "institutions") | labels
    ending = analyses("productive", "compound_only", "adjectival", "institutions")
    return alone, ending, frozenset(form[-_TAIL:] for form in alone | ending)


def _inflect(lemma: str, kind: str) -> Iterator[tuple[str, TitleForm]]:
    """The forms of a title: singular, definite, plural, definite plural, in both standards."""
    yield lemma, TitleForm(0, lemma)
    rules = load_lexicon("titles")["inflection"]
    rule = next(rule for rule in rules if rule.get("kind", kind) == kind and lemma.endswith(rule["ending"]))
    stem = lemma.removesuffix(rule["ending"])
    for number, definite in itertools.product(("singular", "plural"), (False, True)):
        endings = rule.get(f"definite_{number}" if definite else number, [])
        yield from ((stem + ending, TitleForm(0, lemma, number == "plural", definite)) for ending in endings)


@cache
def fixed_phrases() -> dict[str, list[tuple[str, str | None]]]:
    """First word -> the phrases that begin with it, the longest first: a pattern and the title of each.

    None: the phrase is English and stands for itself; "": it is no title.
    """
    lexicon = load_lexicon("titles")
    english = lexicon["english"]
    field = rf" (?:(?:and|&) )?(?:{'|'.join(map(regex.escape, english['fields']))})(?!\w)"
    rows: list[tuple[str, str, str | None]] = [
        (key, regex.escape(key), title) for key, title in lexicon["phrases"].items()
    ]
    rows += [(key, regex.escape(key), "") for key in lexicon["blocked"]["phrases"]]
    rows += [(key, regex.escape(key), None) for key in english["phrases"]]
    rows += [(key, rf"{regex.escape(key)}(?:{field}){{1,5}}+", None) for key in english["before_field"]]
    ends = "|".join(map(regex.escape, english["after_field"]))
    rows += [(key, rf"{regex.escape(key)}(?:{field}){{0,5}}+ (?:{ends})", None) for key in english["fields"]]
    rows += [("chief", rf"chief(?:{field}){{1,5}}+ officer", None)]

    by_first_word: dict[str, list[tuple[str, str | None]]] = {}
    for key, source, title in sorted(rows, key=lambda row: -len(row[1])):  # the longest first
        by_first_word.setdefault(_FIRST_WORD.findall(key)[0], []).append((source, title))
    return by_first_word


@cache
def phrases_from(first: str) -> tuple[regex.Pattern[str], list[str | None]]:
    """A pattern with a group for each phrase that begins with a word, and their titles; made when it is met."""
    group = fixed_phrases()[first]
    pattern = regex.compile(rf"(?:{'|'.join(f'({source})' for source, _ in group)})(?!\w)", regex.IGNORECASE)
    return pattern, [title for _, title in group]
