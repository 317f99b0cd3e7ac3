"""Strings that may name an organisation or a person, from the NER model's spans and from the text's own marks."""

from functools import cache
from typing import NamedTuple

import regex
from spacy.tokens import Doc

from pressextract.cut_names import is_whole, rejoined
from pressextract.doctext import Name, text_of
from pressextract.lexicon import load_lexicon
from pressextract.names import alternatives, fold, genitive_base, is_name_of_body, known_bodies, without_legal_form
from pressextract.occurrences import overlapping, stands_alone

_EDGES = " \t,;:!?()[]\"'«»“”–-"
MIN_SCORE = 0.45
"""An organisation that the model is less sure of than this is left out (chosen on corpus/train)."""


class Candidates(NamedTuple):
    """Forms of organisations' names, uninflected, in order; and which form introduces which short form."""

    forms: list[str]
    introduced: list[tuple[str, str]]


@cache
def _tail() -> regex.Pattern[str]:
    """What may follow a name and belongs to it: a legal form or a generic last word."""
    return regex.compile(rf"(?: (?:{alternatives('legal_forms', 'tails')})(?![\w-]))+")


@cache
def _openings() -> frozenset[str]:
    """Generic words that belong to the name they open, each with its blank: "Stiftelsen "."""
    return frozenset(f"{head} " for head in load_lexicon("organisations")["belonging"])


_IN_BRACKETS = regex.compile(
    r" ?\((?:heretter |forkortet |forkorta |kalt |kalla )?([«\"]?)(\p{Lu}[\w&/-]{1,14}(?: \p{Lu}[\w-]*)?)[»\"]?\)"
)


def organisation_candidates(
    doc: Doc, names: list[Name], plain: list[tuple[int, int]], titles: list[tuple[int, int]]
) -> Candidates:
    """The organisations' names in *doc*: the model's, those *plain* in themselves, short forms in brackets."""
    text = text_of(doc)
    found: list[tuple[int, int]] = []
    for start, end, label, score in names:
        tail = _tail().match(text, end)
        if label == "ORG" and (score is None or score >= MIN_SCORE):
            found.append((start, tail.end() if tail else end))
        elif tail and label in {"GPE_ORG", "GPE_LOC", "LOC", "MISC", "PROD", "ORG"}:
            found.append((start, tail.end()))
    ends, starts = {end: start for start, end in found}, {start for start, _ in found}
    for start, end in plain:  # the model knows better where a name begins
        whole = start in starts and is_whole(text, text[start:end])
        if start >= ends.get(end, 0) or whole or text[start : ends[end]] in _openings():
            found.append((start, end))
    found = rejoined(text, found)
    found = [span for span in (_trimmed(text, titles, *span) for span in _longest(found)) if span]
    found = [span for span in found if not _is_party_letter(text, *span) and not _is_programme(text, span[0])]
    places = {name.start for name in names if name.label in {"GPE_LOC", "LOC"}}
    short = [
        (span, m.span(2))
        for span in found
        if (m := _IN_BRACKETS.match(text, span[1])) and _introduces(text[slice(*span)], m, places)
    ]
    found = _longest([*found, *(inner for _, inner in short)])
    forms = _uninflected(found, text)
    introduced = [(text[slice(*outer)], text[slice(*inner)]) for outer, inner in short]
    shouted = _shouted(doc)
    forms = [form for form in forms if is_name_of_body(form) and not _is_heading(form, shouted, forms)]
    forms = [form for form in forms if not _is_glued(form, forms)]
    return Candidates(forms, introduced)


def person_candidates(
    text: str, names: list[Name], plain: list[tuple[int, int]], titles: list[tuple[int, int]]
) -> list[str]:
    """Forms of people's names in *text*, uninflected, in order; parts of *plain* organisations are none."""
    bodies = _longest(plain)
    ends = {end for _, end in bodies} | {name.end for name in names if name.label in {"ORG", "PER"}}
    spans: list[tuple[int, int]] = []
    for start, end, label, _ in names:
        if label != "PER" or any(s <= start and end <= e for s, e in overlapping(bodies, start, end)):
            continue
        if spans and (text[spans[-1][1] : start] == " " or _INITIAL_BETWEEN.fullmatch(text[spans[-1][1] - 2 : start])):
            start = spans.pop()[0]
        elif first := _FIRST_NAME.search(text, max(0, start - 30), start):
            start = first.start(1)
        further = _SURNAME.match(text, end)
        if further and further.end() not in ends and fold(further[1]) not in known_bodies():
            end = further.end()
        suffix = _SUFFIX.match(text, end)
        spans.append((start, suffix.end() if suffix else end))
    trimmed = [span for span in (_trimmed(text, titles, *span) for span in spans) if span]
    forms = _uninflected(trimmed, text, surnames=True)
    return [form for form in forms if form[0].isupper() and not any(c.isdigit() for c in form)]


_SUFFIX = regex.compile(r" (?:d\. ?[eyæ]\.|[js]r\.)")
"""Older, younger, junior, senior: part of the name."""

_SURNAME = regex.compile(r" (\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)(?=[,.;:)]|$| (?!\p{Lu}))")
"""A surname that the model left out or took for a place: alone behind the rest of the name."""

_FIRST_NAME = regex.compile(r"(?:[:,(] )(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?) $")
"""A first name that the model left out: alone between punctuation and the rest of the name."""

_INITIAL_BETWEEN = regex.compile(r"(?: \p{Lu}|\p{Lu}\p{Ll})\. |\w\w \"[^\"\n]{1,20}\" ")


def _is_short(form: str) -> bool:
    return form not in load_lexicon("organisations")["not_short_forms"]


def _introduces(name: str, bracket: regex.Match[str], places: set[int]) -> bool:
    """Whether brackets after a name hold a short form of it: its letters, in order, and no place ("Lyd (Bodø)")."""
    if not _is_short(bracket[2]) or (bracket.start(2) in places and not bracket[1] and not bracket[2].isupper()):
        return False
    letters = iter(fold(name))
    return all(letter in letters for letter in fold(bracket[2]) if letter.isalnum())


def _is_party_letter(text: str, start: int, end: int) -> bool:
    """Whether a name is the bracketed letters of a politician's party: "(Sp)"."""
    return not _is_short(text[start:end]) and text[start - 1 : start] == "(" and text[end : end + 1] in {")", ","}


def _is_programme(text: str, start: int) -> bool:
    """Whether the word before a name tells that it is a programme, prize or the like: "programmet Grønn plattform"."""
    before = text[max(0, start - 40) : start].rstrip('«"').casefold()
    return before.endswith(" ") and before.rstrip().endswith(tuple(load_lexicon("organisations")["not_bodies"]))


def title_places(doc: Doc) -> list[tuple[int, int]]:
    """Where the titles of a document stand, in order."""
    return [span._.title[:2] for span in doc.spans.get("titles", ())]


def _trimmed(text: str, titles: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """A span without the titles and describing nouns at its edges; None where nothing else is left."""
    for title_start, title_end in overlapping(titles, start, end):
        if title_start <= start < title_end:
            start = start if text.startswith(" & ", title_end) else title_end  # "Bonde & By AS"
        elif title_end >= end:
            end = title_start
    while start < end and text[start] in _EDGES:
        start += 1
    for pattern in (_OPENING, _MUNICIPALITY):
        opening = pattern.match(text, start, end)
        start = opening.end() if opening else start
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    closing = _CLOSING.search(text, start, end)
    end = closing.start() if closing else end
    # a hanging hyphen is left of a name cut in the middle: "Kunst- og" of "Kunst- og designhøgskolen"
    return (start, end) if end - start > 1 and text[end - 1] != "-" else None


_CLOSING = regex.compile(r"(?: (?:i|og|for|på|av|til|ved|med))+$")
_MUNICIPALITY = regex.compile(
    r"(?:\p{L}[\w-]* )*?(?:i|for|fra|frå|på) "
    r"(?=\p{Lu}[\w-]+(?: (?:og )?\p{Lu}[\w-]+)? (?:kommune|herad|fylkeskommune)$)"
)
"""What stands before a municipality: "Kollegaen i Nordvik kommune"."""

_OPENING = regex.compile(
    r"\p{Lu}\p{Ll}*(?:selskapet|klyngen|klynga|bedriften|bedrifta|produsenten|konsernet|rederiet|gruppen)"
    r" (?=\p{Lu}\w* \p{Lu})"
)
"""A describing noun that opens a sentence: "Familieselskapet Nordvik Fisk AS"."""


def _shouted(doc: Doc) -> str:
    """The lines in capitals: headings, whose words are not names for being in capitals."""
    text = text_of(doc)
    lines = (text[b.start : b.end] for b in doc._.blocks or () if b.kind in {"heading", "headline", "intro", "sender"})
    return "\n".join(line for line in lines if line.isupper())


def _is_heading(form: str, shouted: str, forms: list[str]) -> bool:
    """Whether a form in capitals is a heading's word, not a name: the text has it in no other case."""
    if not form.isupper() or len(form) < 5 or form not in shouted or fold(form) in known_bodies():
        return False
    bare = fold(without_legal_form(form))
    return not any(other != form and fold(without_legal_form(other)) == bare for other in forms)


def _is_glued(form: str, forms: list[str]) -> bool:
    """Whether a form is another one with something stuck to it, or its web address: "NordvikNordvik", "Nordvik.no"."""
    seams = (seam.start() for seam in _SEAM.finditer(form))
    return any(form[:at] in forms or form[at:] in forms for at in seams)


_SEAM = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})|(?=\.\p{Ll})")


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, of those that overlap the longest."""
    kept: list[tuple[int, int]] = []
    taken: set[int] = set()
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if start not in taken and end - 1 not in taken:
            kept.append((start, end))
            taken.update(range(start, end))
    return sorted(kept)


def _uninflected(spans: list[tuple[int, int]], text: str, surnames: bool = False) -> list[str]:
    """The strings of *spans* without stray punctuation and genitives.

    A form counts as a genitive where its base stands alone in the text, or is a known body, or where a noun follows and
    the base ends as Norwegian names (of bodies, or *surnames*) do.
    """
    endings = tuple(load_lexicon("organisations")["surname_endings" if surnames else "genitive_endings"])
    forms: dict[str, None] = {}
    for start, end in spans:
        form = text[start:end].strip(_EDGES)
        if form.endswith(".") and not _ABBREVIATED.search(form):
            form = form.rstrip(".")
        base = genitive_base(form)
        if base and fold(form) not in known_bodies():
            known = fold(base) in known_bodies() or fold(without_legal_form(base)) in known_bodies()
            owner = base.casefold().endswith(endings) and _OWNED.match(text, end)
            form = base if known or owner or stands_alone(text, base) else form
        if len(form) > 1:
            forms[form] = None
    return list(forms)


_ABBREVIATED = regex.compile(r"(?:\w\.\w|Ltd|Inc|d\.\s?[eyæ]|[js]r)\.$")
_OWNED = regex.compile(
    r" (?!(?:og|i|på|har|er|var|for|som|til|av|med|ved|skal|vil|kan|får|eller|fra|frå|om)\b)\p{Ll}{3,}"
)
