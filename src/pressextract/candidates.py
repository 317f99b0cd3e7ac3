"""Strings that may name an organisation or a person, from the NER model's spans and from the text's own marks."""

from collections.abc import Iterator
from functools import cache

import regex
from spacy.tokens import Doc

from pressextract.layout import Block
from pressextract.lexicon import load_lexicon
from pressextract.names import fold, genitive_base, is_name_of_body, known_bodies, without_legal_form

_CAPITALISED = r"\p{Lu}[\w&.'’/-]*"
_LINK = r"(?:og|i|for|av|på|&|de|van|von|der)"
_EDGES = " \t,.;:!?()[]\"'«»“”–-"
MIN_SCORE = 0.45
"""An organisation that the model is less sure of than this is left out (chosen on corpus/train)."""


@cache
def _tail() -> regex.Pattern[str]:
    """What may follow a name and belongs to it: a legal form or a generic last word."""
    lexicon = load_lexicon("organisations")
    ends = sorted([*lexicon["legal_forms"], *(x.lower() for x in ("AS", "ASA", "SA")), *lexicon["tails"]], key=len, reverse=True)
    return regex.compile(rf"(?: (?:{'|'.join(map(regex.escape, ends))})(?![\w-]))+")


@cache
def _marked() -> regex.Pattern[str]:
    """Names that their own words give away: gazetteer, legal form, generic opening or ending."""
    lexicon = load_lexicon("organisations")
    ends = "|".join(map(regex.escape, sorted([*lexicon["legal_forms"], *lexicon["tails"]], key=len, reverse=True)))
    heads = "|".join(map(regex.escape, lexicon["heads"]))
    bodies = "|".join(map(regex.escape, lexicon["definite_bodies"]))
    government = "|".join(lexicon["government"])
    name = rf"{_CAPITALISED}(?: (?:{_LINK} )?{_CAPITALISED}){{0,5}}+"
    return regex.compile(
        rf"(?<![\w@./-])(?:"
        rf"(?P<closed>{_CAPITALISED}(?: (?:{_LINK} )?{_CAPITALISED}){{0,5}}? (?:{ends}))"
        rf"|(?P<opened>(?:{heads}) (?:(?:i|for|på) )?{name})"
        rf"|(?P<ministry>\p{{Lu}}\p{{Ll}}+(?:-,? (?:\p{{Ll}}+-,? )?og \p{{Ll}}+)?departementet)"
        rf"|(?P<body>\p{{Lu}}\p{{Ll}}{{2,}}(?:{bodies}))"
        rf"|(?P<government>(?i:{government}))"
        rf")(?=s?(?![\w-]|\.\w))"
    )


@cache
def _gazetteer() -> regex.Pattern[str]:
    """Exact forms of widely known bodies."""
    forms = [f for bodies in load_lexicon("organisations")["bodies"].values() for body in bodies for f in body]
    alternatives = "|".join(map(regex.escape, sorted(forms, key=len, reverse=True)))
    return regex.compile(rf"(?<![\w@./-])({alternatives})(?=s?(?![\w@-]|\.\w))")


_IN_BRACKETS = regex.compile(r" ?\((?:heretter |forkortet |kalla |kalt )?[«\"]?(\p{Lu}[\w&/-]{1,14}(?: \p{Lu}[\w-]*)?)[»\"]?\)")


def organisation_candidates(doc: Doc) -> list[str]:
    """Forms of organisations' names in *doc*, uninflected, in order of appearance."""
    text = doc.text
    found: list[tuple[int, int]] = []
    people = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PER"]
    for ent in doc.ents:
        start, end = ent.start_char, ent.end_char
        tail = _tail().match(text, end)
        if ent.label_ == "ORG" and (ent._.score is None or ent._.score >= MIN_SCORE):
            found.append((start, tail.end() if tail else end))
        elif tail and ent.label_ in {"GPE_ORG", "GPE_LOC", "LOC", "MISC", "PROD", "ORG"}:
            found.append((start, tail.end()))
    for pattern in (_marked(), _gazetteer()):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in people):
                found.append((match.start(), match.end()))
    found = _longest(found)
    found += [
        (match.start(1), match.end(1)) for _, end in found if (match := _IN_BRACKETS.match(text, end)) and _is_short(match[1])
    ]
    found += _list_names(doc, found)
    forms = _uninflected(sorted(found), text)
    return [form for form in forms if is_name_of_body(form)]


def person_candidates(doc: Doc) -> list[str]:
    """Forms of people's names in *doc*, uninflected, in order of appearance."""
    spans = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PER"]
    forms = _uninflected(spans, doc.text)
    return [form for form in forms if form[0].isupper() and not any(c.isdigit() for c in form)]


def _is_short(form: str) -> bool:
    return not load_lexicon("organisations")["not_short_forms"].count(form)


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that lie in no longer one; of two that overlap, the longer."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if not any(start < e and s < end for s, e in kept):
            kept.append((start, end))
    return sorted(kept)


def _uninflected(spans: list[tuple[int, int]], text: str) -> list[str]:
    """The strings of *spans* without stray punctuation and genitives.

    A form counts as a genitive where its base stands alone in the text, or is a known body, or where a noun follows.
    """
    forms: dict[str, None] = {}
    for start, end in spans:
        form = text[start:end].strip(_EDGES) if not text[start:end].endswith(".") else text[start:end].lstrip(_EDGES)
        form = form.rstrip(".") if form.count(".") == 1 and not regex.search(r"(?:B\.V|Ltd|Inc|S\.A|d\.e)\.$", form) else form
        base = genitive_base(form)
        if base and (
            fold(base) in known_bodies()
            or fold(without_legal_form(base)) in known_bodies()
            or regex.search(rf"(?<!\w){regex.escape(base)}(?![\w-])", text)
            or (fold(form) not in known_bodies() and _owns_noun(text, end) and base.casefold().endswith(_DEFINITE))
        ):
            form = base
        if len(form) > 1:
            forms[form] = None
    return list(forms)


_DEFINITE = ("et", "en", "a", "kommune", "or", "dal", "land", "on", "um", "er", "an", "in", "al", "ar", "er", "k", "g", "t", "d")


def _owns_noun(text: str, position: int) -> bool:
    return regex.match(r" (?!og\b|i\b|på\b|har\b|er\b|var\b|for\b|som\b|til\b|av\b|med\b|ved\b|skal\b|vil\b|kan\b|får\b)\p{Ll}{3,}", text[position : position + 40]) is not None


def _list_names(doc: Doc, found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What opens an item of a list where at least half of the items open with an organisation."""
    groups: dict[int, list[Block]] = {}
    for block in doc._.blocks or ():
        if block.intro is not None:
            groups.setdefault(block.intro, []).append(block)
    starts = {start for start, _ in found}
    people = {e.start_char for e in doc.ents if e.label_ == "PER"}
    for items in groups.values():
        if len(items) < 2 or 2 * sum(item.start in starts for item in items) < len(items):
            continue
        for item in items:
            if item.start in starts or item.start in people:
                continue
            match = _ITEM_NAME.match(doc.text, item.start, item.end)
            if match:
                yield match.span(1)


_ITEM_NAME = regex.compile(r"(\p{Lu}[\w&.'-]*(?: (?:\p{Lu}[\w&.'-]*|\p{Ll}+)){1,6}?)(?=\s*(?:[,:;(\t–]|$))")
