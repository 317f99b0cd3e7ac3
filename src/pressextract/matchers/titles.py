"""Titles and occupations of people in Norwegian text: "administrerende direktør", "kommunal- og distriktsminister"."""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

import regex
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.doctext import text_of
from pressextract.language import Variety, detect_variety
from pressextract.lexicon import load_lexicon
from pressextract.matchers.spans import declare_extension, store_spans
from pressextract.matchers.title_forms import (
    TitleForm,
    abbreviation,
    analyse,
    fixed_phrases,
    is_clue,
    is_listed,
    lexicon_section,
    modifier,
    phrases_from,
)


class TitleMatch(NamedTuple):
    """One occurrence of a title: where it stands (characters) and its canonical form."""

    start: int
    end: int
    title: str


_LONGEST_WORD = 60
_WORD = re.compile(r"\w(?:[\w-]++|(?=&))")  # no title is a single letter
_BEFORE = regex.compile(rf"(?r)(\w[\w-]{{0,{_LONGEST_WORD - 1}}})(\. ?|[ \n])")
_AFTER = regex.compile(rf"[ \n](\w[\w-]{{0,{_LONGEST_WORD - 1}}}+)")
_LABEL_BEFORE = regex.compile(r"(?:^|[\n\t(,;:/|–•*-] ?)(?:\d\d?[.)] ?)?$")
_LINKS = r" (?:er|blir|ble|vart|vert|heter|heiter) \p{Lu}"
_LABELS = regex.compile(rf"[ \t]*+:| for\b|{_LINKS}")
_ITEM_AFTER = regex.compile(r"[ \t]*+(?:[)/|,;.\n\t]|$)")
_COLON = regex.compile(r"[ \t]*+:")
_MEMBERS_AFTER = regex.compile(rf"[ \t]*+(?:[:\t\n]|$)|(?: \p{{Ll}}{{1,20}}+){{0,3}}?{_LINKS}")
_NAME_AFTER = regex.compile(r"[ \t]\p{Lu}")
_NAME_BEFORE = regex.compile(r"(?r)\p{Lu}[\w.'’-]{0,40}(?:, |,? \(| [–|/-] |\n)")
_PRIZE_BEFORE = regex.compile(r"(?r)[\p{Ll}\d,:«\"“”(] ?Årets ")
_ORDINAL = regex.compile(r"(?<!\d)\d\. ?$")


def find_titles(text: str) -> list[TitleMatch]:
    """Every title in *text* that could be somebody's, generic mentions included.

    The span covers the title's own words: modifiers that belong to it ("daglig leder"), not adjectives of time, the
    organisation or a complement. The form is that of the corpus guidelines: lower case, indefinite singular,
    abbreviations expanded (in the text's own variety). A plural is matched, in the singular, only as a label
    ("Styremedlemmer:") or definite before a name ("rådgiverne Kari Nordmann og Ola Nordmann").

    Args:
        text: normalised text (an un-normalised one is tolerated).

    Returns:
        The matches in order of position, without overlaps.
    """
    phrases = fixed_phrases()
    variety = cache(partial(detect_variety, text))
    matches: list[TitleMatch] = []
    free_from = 0  # the first character that no match covers yet
    for found in _WORD.finditer(text):
        word = found[0]
        if len(word) > _LONGEST_WORD or not is_clue(word) or (start := found.start()) < free_from:
            continue
        lower = word.lower()
        match = None
        if lower in phrases and (match := _phrase_at(text, start, lower)):
            free_from = match.end
        elif form := analyse(word):
            if _in_place(text, start, word, form):
                match = _grown(text, start, word, form, free_from, variety)
        else:
            match = _abbreviated(text, start, word, free_from, variety)
        if match and match.title:
            matches.append(match)
            free_from = match.end
    return matches


def _phrase_at(text: str, start: int, first: str) -> TitleMatch | None:
    """The fixed phrase that begins with the word *first*; its title is empty where it is none after all."""
    pattern, titles = phrases_from(first)
    if (found := pattern.match(text, start)) is None:
        return None
    title = titles[found.lastindex - 1]
    return TitleMatch(start, found.end(), found.group().lower() if title is None else title)


def _abbreviated(text: str, start: int, word: str, free_from: int, variety: Callable[[], Variety]) -> TitleMatch | None:
    """The match whose head is an abbreviation: "adm. dir.", "prof."."""
    dotted = text.startswith(".", start + len(word))
    head = abbreviation("heads", word, dotted, variety)
    lemma = head or abbreviation("tails", word, dotted, variety)
    if lemma is None:
        return None
    match = _grown(text, start, word, TitleForm(0, lemma), free_from, variety)
    return match._replace(end=match.end + dotted) if (head and dotted) or match.title != lemma else None


def _grown(
    text: str, start: int, word: str, form: TitleForm, free_from: int, variety: Callable[[], Variety]
) -> TitleMatch:
    """The match around *word*, which stands at *start*, with the words before and after that belong to it."""
    modifiers = lexicon_section("modifiers")
    prefix, _, part = word.rpartition("-")
    title = part[: form.first].lower() + form.lemma
    end = start + len(word)
    if prefix:
        if not _is_part_of_title(prefix):
            return TitleMatch(end - len(part), end, title)
        title = f"{prefix.lower()}-{title}"
    while found := _added(text, start, title, free_from, variety):
        start, added = found
        title = added + title
    if ordinal := _ORDINAL.search(text, max(free_from, start - 4), start):
        if title in modifiers["with_ordinal"]:
            start, title = ordinal.start(), f"{ordinal.group()[:2]} {title}"
        elif title in modifiers["graded"]:
            start, title = ordinal.start(), f"første{title}"
    after = _word_after(text, end)
    if after in modifiers["after"] or after.lower() in modifiers["after"]:
        end, title = end + 1 + len(after), f"{title} {after.lower()}"
    return TitleMatch(start, end, title)


def _is_part_of_title(prefix: str) -> bool:
    """Whether a first part before a hyphen belongs to the title ("IT-sjef"), or is a name ("NTNU-rektor") or "eks"."""
    modifiers = lexicon_section("modifiers")
    bare = prefix.lower()
    return bare not in modifiers["former"] and (not prefix[0].isupper() or bare in modifiers["hyphen_parts"])


@cache
def _hanging() -> regex.Pattern[str]:
    """What hangs before a title: "kommunal- og" before "distriktsminister"."""
    modifiers = lexicon_section("modifiers")
    part = rf"\w[\w-]{{0,{_LONGEST_WORD - 2}}}-"
    between, inside = "|".join(modifiers["conjunctions"]), "|".join(modifiers["inside"])
    return regex.compile(rf"(?r){part}(?:, {part})*[ \n](?:{between})[ \n](?:(?:{inside})[ \n])?")


def _added(text: str, start: int, title: str, free_from: int, variety: Callable[[], Variety]) -> tuple[int, str] | None:
    """Where the modifier, abbreviation or hanging first part before a title begins, and what it adds to the form."""
    modifiers = lexicon_section("modifiers")
    found = _BEFORE.match(text, max(free_from, start - _LONGEST_WORD - 2), start)
    if found is None:
        return None
    word, gap = found.groups()
    if word in modifiers["conjunctions"] or word in modifiers["inside"]:
        found = _hanging().match(text, free_from, start)
        return found and (found.start(), " ".join(found.group().lower().split()) + " ")
    dotted = gap.startswith(".")
    is_lower = text[start].islower()
    if is_lower and (first := abbreviation("firsts", word, dotted, variety)):
        return found.start(), first
    adjective = abbreviation("modifiers", word, dotted, variety)
    if adjective is None and (gap == " " or (gap == "\n" and is_lower)):
        adjective = modifier(word, title)
    return (found.start(), f"{adjective} ") if adjective else None


def _word_before(text: str, start: int) -> str:
    """The word that only a blank, or a line end within a sentence, separates from the one at *start*; "" for none."""
    found = _BEFORE.match(text, max(0, start - _LONGEST_WORD - 1), start)
    is_joined = found and (found[2] == " " or (found[2] == "\n" and text[start].islower()))
    return str(found[1]) if is_joined else ""


def _word_after(text: str, end: int) -> str:
    """The word after *end*, found likewise."""
    found = _AFTER.match(text, end)
    is_joined = found and (text[end] == " " or found[1][0].islower())
    return str(found[1]) if is_joined else ""


def _in_place(text: str, start: int, word: str, form: TitleForm) -> bool:
    """Whether the word can be a title where it stands: see the lexicon's notes on each kind of word."""
    lexicon = lexicon_section("words")
    lower, end = word.lower(), start + len(word)
    before, after = _word_before(text, start), _word_after(text, end)
    if lower in lexicon["label_only"]:
        is_item = before in lexicon["linking"] or _LABEL_BEFORE.search(text[max(0, start - 8) : start])
        return bool(_LABELS.match(text, end) or (is_item and _ITEM_AFTER.match(text, end)))
    if form.plural:
        heads_list = _MEMBERS_AFTER if form.lemma.endswith("medlem") else _COLON
        is_firm = before and word[0].isupper() and "-" not in word  # "hos Advokatene Kemi"
        before_name = form.definite and not is_firm and _NAME_AFTER.match(text, end)
        return bool(heads_list.match(text, end) or before_name)
    if before == "Årets" and _PRIZE_BEFORE.match(text, max(0, start - 9), start):
        return False
    if word[0].isupper() and (
        (lower in lexicon["surnames"] and before[:1].isupper())
        or _address().match(text, end)
        or (is_listed(lower, "words", "firm_names") and _firm().match(text, end))
    ):
        return False
    if lower in lexicon["after_name"]:
        return _is_linked(text, start, before) and not _COLON.match(text, end)
    if lower in lexicon["by_name"]:
        return _is_beside_name(text, start, end, before, after)
    if lower in lexicon["ambiguous"]:
        return _is_noun(text, start, before, after)
    return not (lower in lexicon["councils"] and before == "i")


@cache
def _address() -> regex.Pattern[str]:
    """What makes a title a street's name: "Professor" before "Birkelands vei"."""
    streets = "|".join(lexicon_section("words")["streets"])
    return regex.compile(rf"(?: \p{{Lu}}[\w.'’-]{{0,40}}+){{1,4}}(?<=s) (?:{streets})\b")


@cache
def _firm() -> regex.Pattern[str]:
    """What makes a title a firm's name: "Rørlegger" before "Moe & Sønn AS"."""
    forms = "|".join(regex.escape(form) for form in load_lexicon("organisations")["legal_forms"] if form[0].isupper())
    return regex.compile(rf"(?: (?:\p{{Lu}}[\w.'’-]{{0,40}}+|&|og)){{1,5}}? (?:{forms})\b")


def _is_beside_name(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Whether a word that is seldom a title stands where a title would: "styrer Kari Nordmann", "Ola Lie, klokker"."""
    lexicon = lexicon_section("words")
    is_preceded = before.lower() in lexicon["noun_before"] or before.endswith("s") or modifier(before, "leder")
    if before and not is_preceded:
        return False
    if _COLON.match(text, end) or (after[:1].isupper() and before != "som"):
        return True
    return _is_linked(text, start, before) and (not after or after in lexicon["noun_after"])


def _is_linked(text: str, start: int, before: str) -> bool:
    """Whether what stands before a word ties it to a name: "Kari Nordmann, …", "Kari Nordmann er …"."""
    if before:
        return before in lexicon_section("words")["linking"]
    return _NAME_BEFORE.match(text, max(0, start - 45), start) is not None


def _is_noun(text: str, start: int, before: str, after: str) -> bool:
    """Whether a word that is also a verb is a noun between these two words ("" where punctuation stands)."""
    lexicon = lexicon_section("words")
    if before and modifier(before, "leder") is None:
        lower, second = before.lower(), _word_before(text, start - len(before) - 1)
        is_alone = after == "" or after in lexicon["noun_after"]
        if lower in lexicon["verb_before"]:
            return second in lexicon["linking"]  # "til daglig er hun forsker"
        if before == "som":
            return second in lexicon["work"] or (is_alone and second.lower() not in lexicon["antecedents"])
        if lower not in lexicon["noun_before"]:
            is_name = before[0].isupper() and not before.endswith("s")
            begins = is_name and not second
            if is_listed(lower, "words", "definite_endings") and (begins or not (is_name or after[:1].isupper())):
                return False
            if is_name:
                return is_alone
    return after not in lexicon["verb_after"] and not (
        after.islower() and is_listed(after, "words", "definite_endings")
    )


class TitleMatcher:
    """Finds titles and occupations.

    Scope: titles in business, administration, politics, research, health, church, culture, media, defence, sport and
    trades, in both varieties; not whose title it is.

    Example:
        "Administrerende direktør Kari Nordmann" -> "Administrerende direktør", title "administrerende direktør"

    Declares:
        ``doc.spans["titles"]``: the matches.
        ``span._.title``: the match itself (`TitleMatch`), with exact character offsets.
    """

    def __init__(self) -> None:
        declare_extension("title")

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.spans["titles"]``."""
        return store_spans(doc, "titles", "title", (("title", match) for match in find_titles(text_of(doc))))


@Language.factory("pressextract_titles")
def create_title_matcher(nlp: Language, name: str) -> TitleMatcher:
    """The component ``pressextract_titles``."""
    return TitleMatcher()
