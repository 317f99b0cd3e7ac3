"""Where a titled person works: stated beside the title or the name, or else inferred."""

from functools import cache, lru_cache

import regex

from pressextract.entities import Entity
from pressextract.lexicon import load_lexicon
from pressextract.matchers.titles import TitleMatch
from pressextract.relations.context import Context, Sentence, remembered
from pressextract.relations.places import Named

# "direktør for nett i X", "rektor ved X", "styreleder, X": a complement, then what ties the title to the body.
_AFTER_TITLE = regex.compile(
    r"(?:\s(?:for|med ansvar for|innen|innan|av|på|i)\s[^,.;:()\n–]{2,70}?)?"
    r"(?:,?\s(?:i|ved|hos|for|på|av|til|fra|frå|i/ved)(?: det| den| selskapet| firmaet)?\s|[\s,(/|–]{1,3})"
)
_BEFORE_TITLE = regex.compile(
    r"(?:s|'|’|s')?\s(?:nye |ny |tidligere |påtroppende |avtroppende )?|-|\sved\s|:\s|s\s\w+e\s"
)
_AFTER_PERSON = regex.compile(r"(?:\s?\(\d+\))?(?:,?\s(?:i|ved|hos|fra|frå|for|på)\s|\s?[,(|/–]\s?)")
_VERB = regex.compile(r"\b(?:er|var|har|hadde|sier|seier|blir|ble|vart|får|fikk|skal|vil|kan|som|at|og)\b")


def explicit_employer(context: Context, title: TitleMatch, person: Named, sentence: Sentence) -> Named | None:
    """The organisation that the sentence itself ties to a title and its holder, or None."""
    text = context.text
    organisations = context.named_in(sentence.start, sentence.end, "organisation")
    title_first = title.end <= person.start
    limit = person.start if title_first else sentence.end
    for o in organisations:
        if title.end <= o.start < limit:
            gap = text[title.end : o.start]
            if len(gap) <= 90 and _AFTER_TITLE.fullmatch(gap) and not _VERB.search(gap.replace(" og ", " ", 1)):
                if gap.strip() in {",", "–"} and not title_first and context.blocks[sentence.block].kind == "paragraph":
                    continue
                return o
            break
    for o in reversed(organisations):
        if o.end <= title.start and (o.by_name or text[o.end : title.start].startswith("s ")):
            gap = text[o.end : title.start]
            if _BEFORE_TITLE.fullmatch(gap) and (title_first or gap.startswith(("s", "'", "-"))):
                return o
            break
    if not title_first:
        between = [o for o in organisations if person.end <= o.start and o.end <= title.start]
        if len(between) == 1 and len(text[person.end : title.start]) < 90:
            return between[0]
    if title_first:
        for o in organisations:
            if o.start >= person.end:
                gap = text[person.end : o.start]
                listed = context.blocks[sentence.block].kind != "paragraph"
                if _AFTER_PERSON.fullmatch(gap) and (listed or gap.strip() not in {",", "–", "/"}):
                    return o
                break
    return None


@cache
def _endings(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    words = load_lexicon("roles")[name]
    return frozenset(w for w in words if w[0] != "-"), tuple(w[1:] for w in words if w[0] == "-")


def belongs_to(title: str, name: str) -> bool:
    """Whether a title is in the list *name* of the roles lexicon, or has one of its endings."""
    exact, endings = _endings(name)
    return title in exact or (bool(endings) and title.endswith(endings))


def default_employer(context: Context, title: TitleMatch, person: Named, sentence: Sentence) -> Entity | None:
    """The organisation that a title without one belongs to by the text's logic, or None.

    Municipal titles go to the only municipality, county titles to the only county; ministers and occupations to none;
    a contact line's to the organisation of its heading. Others go to the body with the highest sum of weights: named
    just before, what the text is about, of a kind or name that suits the title; funders lose some.
    """
    if belongs_to(title.title, "municipal"):
        return _only(context, {"municipality"})
    if belongs_to(title.title, "county"):
        return _only(context, {"county"})
    if not belongs_to(title.title, "offices") or belongs_to(title.title, "not_offices"):
        return None
    block = context.blocks[sentence.block]
    for index in (block.intro, block.section):
        if index is not None and block.kind in {"contact", "item", "field"}:
            named = context.named_in(context.blocks[index].start, context.blocks[index].end, "organisation")
            if named:
                return named[0].entity
    weights = load_lexicon("roles")["employer_weights"]
    scores: dict[Entity, float] = {}
    before = min(title.start, person.start)
    places = (
        ("sentence", (sentence.start, before)),
        ("block", (context.around(sentence.block, sentence.start)[0], sentence.start)),
        ("previous", _previous(context, sentence.block)),
    )
    for place, (start, end) in places:
        for n in context.named_in(start, end, "organisation"):
            led = _LED.search(context.text[max(start, n.start - 20) : n.start]) is not None
            scores[n.entity] = max(scores.get(n.entity, 0.0), weights[place] * (weights["led"] if led else 1.0))
    suited = _suited(context, title.title)
    for entity in scores:
        if entity is not context.main and entity.kind in _GIVING and entity not in suited:
            scores[entity] -= weights["giver"]
    for entity, suits in suited.items():
        main = weights["main"] if entity is context.main else 0.0
        scores[entity] = scores.get(entity, 0.0) + main + (weights["fits"] if suits else 0.0)
    return max(scores, key=scores.__getitem__, default=None)


@remembered
def _suited(context: Context, title: str) -> dict[Entity, bool]:
    """The body that the text is about and those that a title fits, in order; whether it fits."""
    suits = {e: fits(title, e) for e in context.organisations}
    return {e: fit for e, fit in suits.items() if fit or e is context.main}


_LED = regex.compile(r"\b(?:fra|frå|av|til|hos|hjå|mot|med|om)(?: \p{Ll}+)? $")
_GIVING = frozenset({"agency", "ministry", "government", "bank", "municipality", "county", "foundation"})


def fits(title: str, entity: Entity) -> bool:
    """Whether a title is one of the body's kind ("rektor", a school) or has a word of its name ("havnedirektør")."""
    if stems := _shared_stems(title):
        name = entity.name.casefold()
        if any(stem in name for stem in stems):
            return True
    return title.endswith(_titles_of_kind(entity.kind))


@lru_cache(maxsize=10_000)
def _shared_stems(title: str) -> tuple[str, ...]:
    """The stems that a title opens with and that a body's name may share."""
    return tuple(stem for stem in load_lexicon("roles")["shared_stems"] if title.startswith(stem))


@cache
def _titles_of_kind(kind: str) -> tuple[str, ...]:
    return tuple(load_lexicon("roles")["titles_of_kind"].get(kind, ()))


def _previous(context: Context, index: int) -> tuple[int, int]:
    """The paragraph before a quotation, which the quotation belongs to; else nothing."""
    block = context.blocks[index]
    if index and context.text[block.start] in '–-—"«“' and context.blocks[index - 1].kind == "paragraph":
        return context.blocks[index - 1].start, context.blocks[index - 1].end
    return block.start, block.start


def _only(context: Context, kinds: set[str]) -> Entity | None:
    if context.main is not None and context.main.kind in kinds:
        return context.main
    fitting = [e for e in context.organisations if e.kind in kinds]
    return fitting[0] if len(fitting) == 1 else None
