"""Which title is whose, by hand-written frames: "direktør Kari Nordmann", "Kari Nordmann, direktør i X"."""

from typing import NamedTuple

import regex

from pressextract.lexicon import word_set
from pressextract.matchers.titles import TitleMatch
from pressextract.relations.boards import LISTED
from pressextract.relations.context import Context, Sentence
from pressextract.relations.places import Named


class Binding(NamedTuple):
    """A title bound to a person of its sentence, with how sure that is (0 to 1)."""

    title: TitleMatch
    person: Named
    score: float


_AGE = regex.compile(r"\s?\(\d{1,3}(?: år)?\)")
_COMPLEMENT = regex.compile(
    r"(?:\s(?:i|ved|for|hos|på|av|fra|frå|med ansvar for|innen|innan|til)\s[^.;:!?()–\n]{1,100}?)?,?\s", regex.V0
)
_VERB = regex.compile(r"\b(?:er|var|har|hadde|sier|seier|blir|ble|vart|får|fikk|skal|vil|kan|som|at|mener|meiner)\b")
_AS_OR_TO = regex.compile(
    r"[^.;:!?\n]{0,60}\b(?:som|til|for)(?: (?:ny|vår|den nye|vår nye|vår nye|konstituert|fungerende))?"
)
_AND = regex.compile(r", | og | og også |, og ")
_COMPLEMENT_OF_FIRST = regex.compile(r"^\s*(?:for|i|ved|hos|på)\s[^,.;:()]*")
_AROUND_EMPLOYER = regex.compile(r"[,–|/-]?\s*(?:fra|frå|i|ved)?\s*[,–|/-]?\s*(?:er|som er|ble valgt til)?")
_LINKS = frozenset({"og", ",", "/", "and", "&", ", og", "og også", "samt", "|", "og nå", "og no", "·", "–"})


def find_bindings(context: Context) -> list[Binding]:
    """The titles of a text that a frame binds to a person, in order."""
    return [binding for sentence in context.sentences for binding in _bind(context, sentence)]


def _bind(context: Context, sentence: Sentence) -> list[Binding]:
    """The titles of one sentence, each with the person it most probably belongs to."""
    people = context.named_in(sentence.start, sentence.end, "person")
    titles = context.titles_in(sentence.start, sentence.end)
    bound: list[Binding] = []
    people_and_pronouns = sorted([*people, *context.pronouns_in(sentence.start, sentence.end)])
    for title in reversed(titles):
        if any(p.start <= title.start < p.end for p in people):
            continue
        right = _right(context, title, people, bound)
        left = _left(context, title, people_and_pronouns, titles, sentence)
        best = max((c for c in (right, left) if c), key=lambda c: c[1], default=None)
        if best:
            holders = _all_named(context, title, best[0], people) if best is right else [best[0]]
            for holder in reversed(holders):
                binding = Binding(title, holder, best[1])
                bound.append(binding)
    return bound[::-1]


def _all_named(context: Context, title: TitleMatch, first: Named, people: list[Named]) -> list[Named]:
    """Those whom a title before a name is of: for a plural ("rådgiverne Kari Nordmann og Ola Berg") all joined."""
    holders = [first]
    if context.text[title.start : title.end].lower().endswith(("ene", "ane", "rne")):
        for person in people[people.index(first) + 1 :]:
            if not _AND.fullmatch(context.text[holders[-1].end : person.start]):
                break
            holders.append(person)
    return holders


def _right(
    context: Context, title: TitleMatch, people: list[Named], bound: list[Binding]
) -> tuple[Named, float] | None:
    """The person named after the title: "direktør Kari Nordmann", "leder for X i Y, Kari Nordmann", "Leder: Kari"."""
    person = next((p for p in people if p.start >= title.end), None)
    if person is None:
        return None
    gap = context.text[title.end : person.start]
    following = next((b for b in reversed(bound) if b.title.start >= title.end), None)
    if following and following.person is person and following.title.end <= person.start:
        link = context.text[title.end : following.title.start].strip()
        return (person, 0.95 * following.score) if link in _LINKS else None
    if not gap.strip():
        return person, 1.0
    if gap.strip() in word_set("roles", "title_then_person"):
        return person, 0.95 if gap.strip() == ":" else 0.75
    if len(gap) <= 110 and _COMPLEMENT.fullmatch(gap) and not _VERB.search(gap):
        return person, 0.85
    if gap[0] == " " and len(context.named_in(title.end, person.start, "organisation")) == 1:
        employer = context.named_in(title.end, person.start, "organisation")[0]
        if not context.text[title.end : employer.start].strip() and context.text[
            employer.end : person.start
        ].strip() in {"", ","}:
            return person, 0.8
    return None


def _left(
    context: Context, title: TitleMatch, people: list[Named], titles: list[TitleMatch], sentence: Sentence
) -> tuple[Named, float] | None:
    """The person named before the title: "Kari Nordmann, direktør i X", "hun er dyrlege og forsker"."""
    before = [p for p in people if p.end <= title.start]
    if not before:
        return None
    person = before[-1]
    gap = context.text[person.end : title.start]
    employers = context.named_in(person.end, title.start, "organisation")
    previous = [t for t in titles if person.end <= t.start and t.end <= title.start]
    if previous:
        link = context.text[previous[-1].end : title.start]
        for employer in employers:
            link = link.replace(context.text[employer.start : employer.end], "")
        link = _COMPLEMENT_OF_FIRST.sub("", link).strip()
        first = _left(context, previous[-1], people, titles, sentence)
        return (person, 0.9 * first[1]) if first and link in _LINKS | {"", "og som", "for", "også"} else None
    gap = _AGE.sub("", gap)
    bracket = gap.strip().startswith("(")
    core = " ".join(gap.replace("(", " ").replace(")", " ").split())
    if core in word_set("roles", "person_then_title"):
        strength = 0.95 if (core and core not in {"og", "til", "-", "–"}) or bracket else 0.85
        return person, strength if person.by_name else strength - 0.1
    if employers and context.blocks[sentence.block].kind in {*LISTED, "paragraph"}:
        core = gap.replace(context.text[employers[0].start : employers[0].end], "").strip(" ()")
        if _AROUND_EMPLOYER.fullmatch(core):
            return person, 0.85
    if _AS_OR_TO.fullmatch(gap.strip()) and len(gap) < 90:
        return person, 0.7 if person.by_name else 0.6
    return None
