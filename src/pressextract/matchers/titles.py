"""Titles and occupations of people in Norwegian text: "administrerende direktør", "kommunal- og distriktsminister"."""

from typing import NamedTuple

import regex
from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.language import Variety, detect_variety
from pressextract.matchers.title_forms import TitleForm, analyse, fixed_phrases, lexicon_section, modifier


class TitleMatch(NamedTuple):
    """One occurrence of a title: where it stands (characters) and its canonical form."""

    start: int
    end: int
    title: str


class _Word(NamedTuple):
    start: int
    end: int
    text: str


_WORD = regex.compile(r"\w++(?:-\w++)*+-?+")
_LONGEST_WORD = 60
_LABEL_BEFORE = regex.compile(r"(?:^|[\n\t(,;:/|–•*-] ?)(?:\d\d?[.)] ?)?$")
_LABEL_AFTER = regex.compile(r"[ \t]*+(?:[)/|,;.:\n\t]|$)| for\b")
_COLON = regex.compile(r"[ \t]*+:")
_HEADING_END = regex.compile(r"[ \t]*+(?:[:\t\n]|$)")
_NAME_AFTER = regex.compile(r"[ \t]\p{Lu}")
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
    words = [_Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    variety = detect_variety(text)
    matches: list[TitleMatch] = []
    free_from = 0  # the first character that no match covers yet
    for i, word in enumerate(words):
        if word.start < free_from or len(word.text) > _LONGEST_WORD:
            continue
        if phrase := _phrase_at(text, word, variety):
            free_from = phrase.end
            if phrase.title:
                matches.append(phrase)
        elif (form := analyse(word.text)) and _in_place(text, words, i, form):
            matches.append(_grown(text, words, i, form, free_from))
            free_from = matches[-1].end
    return matches


def _phrase_at(text: str, word: _Word, variety: Variety) -> TitleMatch | None:
    """The abbreviation or fixed phrase that begins at *word*; its title is empty where it is none after all."""
    entry = fixed_phrases().get(word.text.lower())
    if entry is None or (found := entry[0].match(text, word.start)) is None:
        return None
    titles = entry[1][found.lastindex - 1]
    title = titles[variety == "nn"] if titles else found.group().lower()
    return TitleMatch(word.start, found.end(), title)


def _grown(text: str, words: list[_Word], i: int, form: TitleForm, free_from: int) -> TitleMatch:
    """The match around the head, word *i*, with the modifiers and hanging first parts that belong to it."""
    modifiers = lexicon_section("modifiers")
    word = words[i]
    part = word.text.rpartition("-")[2]
    prefix = word.text[: -len(part)]
    start, end = word.start + len(prefix), word.end
    title = part[: form.first].lower() + form.lemma
    if _is_part_of_title(prefix):
        start, title = word.start, prefix.lower() + title

    left = i
    if start == word.start and title != form.lemma:
        while (step := _hanging(text, words, left)) is not None and words[step].start >= free_from:
            left = step
        if left < i:
            start = words[left].start
            title = " ".join(text[start : word.start].lower().split()) + " " + title
    while left > 0 and start == words[left].start >= free_from and _joined(text, words[left - 1], words[left]):
        kept = modifier(words[left - 1].text, title)
        if kept is None or words[left - 1].start < free_from:
            break
        left -= 1
        start, title = words[left].start, f"{kept} {title}"
    if title in modifiers["with_ordinal"] and (ordinal := _ORDINAL.search(text, max(free_from, start - 4), start)):
        start, title = ordinal.start(), f"{ordinal.group()[:2]} {title}"
    if i + 1 < len(words) and words[i + 1].text.lower() in modifiers["after"] and _joined(text, word, words[i + 1]):
        end, title = words[i + 1].end, f"{title} {words[i + 1].text.lower()}"
    return TitleMatch(start, end, title)


def _is_part_of_title(prefix: str) -> bool:
    """Whether a first part with hyphen belongs to the title ("IT-sjef") or is a name ("NTNU-rektor") or "eks-"."""
    modifiers = lexicon_section("modifiers")
    bare = prefix.lower().rstrip("-")
    return bool(bare) and bare not in modifiers["former"] and (prefix.islower() or bare in modifiers["hyphen_parts"])


def _hanging(text: str, words: list[_Word], i: int) -> int | None:
    """The index of the hanging first part that word *i* completes: "kommunal-" in "kommunal- og distriktsminister"."""
    modifiers = lexicon_section("modifiers")
    if i > 0 and words[i].text.endswith("-") and words[i - 1].text.endswith("-"):
        return i - 1 if text[words[i - 1].end : words[i].start] == ", " else None
    if i > 0 and words[i - 1].text.lower() in modifiers["inside"] and _joined(text, words[i - 1], words[i]):
        i -= 1
    if (
        i > 1
        and words[i - 1].text in modifiers["conjunctions"]
        and words[i - 2].text.endswith("-")
        and _joined(text, words[i - 2], words[i - 1])
        and _joined(text, words[i - 1], words[i])
    ):
        return i - 2
    return None


def _joined(text: str, a: _Word, b: _Word) -> bool:
    """Whether only a blank, or a line end within a sentence, separates two words."""
    gap = text[a.end : b.start]
    return gap == " " or (gap == "\n" and b.text[0].islower())


def _in_place(text: str, words: list[_Word], i: int, form: TitleForm) -> bool:
    """Whether the word can be a title where it stands: see the lexicon's notes on each kind of word."""
    lexicon = lexicon_section("words")
    word = words[i]
    if word.text.lower() in lexicon["label_only"]:
        after = _LABEL_AFTER.match(text, word.end)
        before = _LABEL_BEFORE.search(text[max(0, word.start - 8) : word.start])
        return after is not None and (after.group().strip() in (":", "for") or before is not None)
    before_word = words[i - 1].text if i > 0 and _joined(text, words[i - 1], word) else ""
    after_word = words[i + 1].text if i + 1 < len(words) and _joined(text, word, words[i + 1]) else ""
    if form.plural:
        heads_list = _HEADING_END if form.lemma.endswith("medlem") else _COLON
        is_firm = before_word and word.text[0].isupper()  # "hos Advokatene Kemi"
        before_name = form.definite and not is_firm and _NAME_AFTER.match(text, word.end)
        return bool(heads_list.match(text, word.end) or before_name)
    if word.text.lower() in lexicon["ambiguous"]:
        return _is_noun(before_word, after_word)
    return not (before_word[:1].isupper() and word.text.lower() in lexicon["surnames"] and word.text[0].isupper())


def _is_noun(before: str, after: str) -> bool:
    """Whether a word that is also a verb is a noun between these two words ("" where punctuation stands)."""
    lexicon = lexicon_section("words")
    if modifier(before, "leder"):
        return True
    if before.lower() in lexicon["verb_before"]:
        return False
    is_name = before[:1].isupper() and not before.endswith("s") and before.lower() not in lexicon["noun_before"]
    if is_name or before == "som":
        return after == "" or after in lexicon["noun_after"]
    return after not in lexicon["verb_after"] and not (
        after.islower() and after.endswith(tuple(lexicon["object_endings"]))
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
        if not Span.has_extension("title"):
            Span.set_extension("title", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.spans["titles"]``."""
        spans = []
        for match in find_titles(doc.text):
            span = doc.char_span(match.start, match.end, label="title", alignment_mode="expand")
            if span is not None:
                span._.title = match
                spans.append(span)
        doc.spans["titles"] = spans
        return doc


@Language.factory("pressextract_titles")
def create_title_matcher(nlp: Language, name: str) -> TitleMatcher:
    """The component ``pressextract_titles``."""
    return TitleMatcher()
