"""The morphology of Norwegian titles: inflected words and fixed phrases, looked up in ``lexicon/titles.toml``."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import regex

from pressextract.lexicon import load_lexicon

_LONGEST_HEAD = 24
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
    alone, ending = _forms()
    form = alone.get(part) or (ending.get(part) if len(part) < len(word) else None)
    if form is None:
        firsts = range(max(2, len(part) - _LONGEST_HEAD), len(part) - 2)
        form = next((ending[part[k:]]._replace(first=k) for k in firsts if part[k:] in ending), None)
    if form is None:
        return None
    lexicon = lexicon_section("words")
    title = part[: form.first] + form.lemma
    is_institution = form.definite and title in lexicon["institutions"]
    return None if is_institution or title in lexicon["not_titles"] else form


def modifier(word: str, title: str) -> str | None:
    """The form in which *word*, before *title*, belongs to it: "daglige" -> "daglig"; None where it does not."""
    modifiers = lexicon_section("modifiers")
    word = word.lower()
    if word in modifiers["ordinals"]:
        return word if title in modifiers["with_ordinal"] else None
    return next((form for form in (word, word.removesuffix("e")) if form in modifiers["words"]), None)


@cache
def lexicon_section(section: str) -> dict[str, Any]:
    """A section of the lexicon, its lists as sets for look-up."""
    content: dict[str, Any] = load_lexicon("titles")[section]
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in content.items()}


@cache
def _forms() -> tuple[dict[str, TitleForm], dict[str, TitleForm]]:
    """Inflected form -> analysis: of the titles that stand alone, and of those that end compounds."""
    words = load_lexicon("titles")["words"]

    def analyses(*kinds: str) -> dict[str, TitleForm]:
        rows = [row for kind in kinds for lemma in words[kind] for row in _inflect(lemma, kind)]
        rows.sort(key=lambda row: not row[1].plural)  # where one word's plural is another's singular, the singular wins
        return dict(rows)

    labels = {form: TitleForm(0, lemma) for form, lemma in words["label_only"].items()}
    alone = analyses("productive", "closed", "institutions") | labels
    return alone, analyses("productive", "compound_only", "adjectival")


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
def fixed_phrases() -> dict[str, tuple[regex.Pattern[str], list[list[str]]]]:
    """First word -> a pattern with a group for each phrase that begins with it, and the titles of those groups.

    Titles are in [Bokmål, Nynorsk]; none: the phrase is English and stands for itself; "": it is no title.
    """
    lexicon = load_lexicon("titles")
    english = lexicon["english"]
    field = rf" (?:(?:and|&) )?(?:{'|'.join(map(regex.escape, english['fields']))})(?!\w)"
    rows: list[tuple[str, str, list[str]]] = [
        (key, regex.escape(key), [title] * 2) for key, title in lexicon["phrases"].items()
    ]
    rows += [(key, regex.escape(key), ["", ""]) for key in lexicon["blocked"]["phrases"]]
    rows += [(key, _abbreviation(key), titles) for key, titles in lexicon["abbreviations"].items()]
    rows += [(key, regex.escape(key), []) for key in english["phrases"]]
    rows += [(key, rf"{regex.escape(key)}(?:{field}){{1,5}}+", []) for key in english["before_field"]]
    ends = "|".join(map(regex.escape, english["after_field"]))
    rows += [(key, rf"{regex.escape(key)}(?:{field}){{0,5}}+ (?:{ends})", []) for key in english["fields"]]
    rows += [("chief", rf"chief(?:{field}){{1,5}}+ officer", [])]

    by_first_word = defaultdict(list)
    for key, source, titles in sorted(rows, key=lambda row: -len(row[1])):  # the longest first
        by_first_word[_FIRST_WORD.findall(key)[0]].append((source, titles))
    return {
        first: (
            regex.compile(rf"(?:{'|'.join(f'({source})' for source, _ in group)})(?!\w)", regex.IGNORECASE),
            [titles for _, titles in group],
        )
        for first, group in by_first_word.items()
    }


def _abbreviation(key: str) -> str:
    """The pattern of an abbreviation: of several words with or without dots and blanks, of one with its dot."""
    parts = key.split()
    if len(parts) == 1:
        return str(regex.escape(key))
    return " ?".join(regex.escape(part.rstrip(".")) + (r"\.?" if part.endswith(".") else "") for part in parts)
