"""Mentions to entities: which names in a text are the same organisation or person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

import regex
from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.candidates import organisation_candidates, person_candidates, title_places
from pressextract.doctext import names_of, text_of
from pressextract.lexicon import load_lexicon
from pressextract.names import abbreviates, fold, initial_forms, kind_of, known_bodies, without_legal_form
from pressextract.occurrences import find_occurrences
from pressextract.plain_names import self_evident

Group = Literal["organisation", "person"]


class Mention(NamedTuple):
    """Characters ``[start, end)`` that name an entity."""

    start: int
    end: int


@dataclass(slots=True, eq=False)
class Entity:
    """An organisation or a person of one document, in the making.

    ``name`` is the fullest form, ``aliases`` the others in order of appearance; ``kind`` is set for organisations,
    ``emails`` and ``phones`` for people.
    """

    id: str
    group: Group
    name: str
    aliases: list[str] = field(default_factory=list)
    kind: str = "other"
    mentions: list[Mention] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


class EntityLinker:
    """Gathers the names of a document into organisations and people.

    Scope: reads ``doc.ents`` (NorNE labels) and the text itself for names that the model missed; merges short
    forms, abbreviations, legal forms, surnames and genitives; then finds every further occurrence of each form.

    Example:
        "Direktoratet for byggkvalitet (DiBK) ... DiBKs direktør" -> one organisation, alias "DiBK", two mentions

    Attributes declared:
        ``doc._.entities``: list of :class:`Entity`, organisations first, each group in order of appearance.
    """

    def __init__(self) -> None:
        if not Doc.has_extension("entities"):
            Doc.set_extension("entities", default=None)
        if not Span.has_extension("score"):
            Span.set_extension("score", default=None)  # stays empty where the names come from another NER

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc._.entities``."""
        names = names_of(doc)
        text, titles = text_of(doc), title_places(doc)
        plain = self_evident(text, names)
        clusters = _merge_people(person_candidates(text, names, plain, titles))
        people = [cluster for cluster in clusters if " " in cluster[0]]
        organisations = _merge_organisations(*organisation_candidates(doc, names, plain, titles))
        entities = [_entity(f"o{i}", "organisation", forms) for i, forms in enumerate(organisations, 1)]
        entities += [_entity(f"p{i}", "person", forms) for i, forms in enumerate(people, 1)]
        _locate(text, entities)
        doc._.entities = [e for e in entities if e.mentions]
        return doc


@Language.factory("pressextract_entities")
def create_entity_linker(nlp: Language, name: str) -> EntityLinker:
    """The component."""
    return EntityLinker()


def _entity(identifier: str, group: Group, forms: list[str]) -> Entity:
    name = max(forms, key=lambda form: _fullness(form, group))
    kind = kind_of(name) if group == "organisation" else "other"
    return Entity(identifier, group, name, [form for form in forms if form != name], kind)


def _fullness(form: str, group: Group) -> tuple[int, int, bool]:
    """How full a form is: its words, then its letters; running text before capitals."""
    return (len(form.split()), len(form), not form.isupper())


def _merge_organisations(forms: Iterable[str], introduced: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Clusters of forms of one body, each in order of appearance.

    Two forms are one body where they differ in case, hyphens or legal form only; where the gazetteer says so; where
    the text introduces one in brackets after the other; where one is made of the other's initials; or where the shorter
    one opens or closes the longer one and fits no other.
    """
    forms = list(dict.fromkeys(forms))
    clusters: dict[str, list[str]] = {}
    for form in forms:
        known = known_bodies().get(fold(form)) or known_bodies().get(fold(without_legal_form(form)))
        key = fold(known[0]) if known else _spelled_out(form)
        clusters.setdefault(key, []).append(form)
    for name, short in introduced:
        owner = next((k for k, c in clusters.items() if name in c), None)
        other = next((k for k, c in clusters.items() if short in c), None)
        if owner and other and owner != other:
            clusters[owner] += clusters.pop(other)
    _absorb_short_forms(clusters)
    order = {form: i for i, form in enumerate(forms)}
    return sorted((sorted(c, key=order.__getitem__) for c in clusters.values()), key=lambda c: order[c[0]])


@cache
def _abbreviations() -> dict[str, str]:
    classes = load_lexicon("organisations")["classes"]
    return {fold(form): word for word, forms in classes.items() for form in forms}


def _spelled_out(form: str) -> str:
    """A name folded, without its legal form, its class noun written out: "IL Viljen", "Idrettslaget Viljen"."""
    return " ".join(_abbreviations().get(word, word) for word in fold(without_legal_form(form)).split())


def _absorb_short_forms(clusters: dict[str, list[str]]) -> None:
    """Moves short forms into the one cluster that they may stand for."""
    by_word: dict[str, set[str]] = {}
    for key, cluster in clusters.items():
        for form in cluster:
            words = fold(without_legal_form(form)).split()
            second = words[1:2] if words[0] in _generic_openings() else []
            for clue in (words[0], *second, words[-1], *initial_forms(form)):
                by_word.setdefault(clue, set()).add(key)
    for key in sorted(clusters, key=len):
        near = {
            k
            for form in clusters[key]
            for k in by_word.get(fold(form).split()[0], set()) | by_word.get(form.replace("-", "").upper(), set())
        }
        longer = [
            k
            for k in near
            if k != key and k in clusters and any(_short_for(f, g) for f in clusters[key] for g in clusters[k])
        ]
        if len(longer) > 1:
            longer = [k for k in longer if any(abbreviates(f, g) for f in clusters[key] for g in clusters[k])]
        if len(longer) == 1:
            clusters[longer[0]] += clusters.pop(key)


@cache
def _generic_openings() -> frozenset[str]:
    return frozenset(head.casefold() for head in load_lexicon("organisations")["heads"])


def _short_for(short: str, full: str) -> bool:
    """Whether *short* may stand for *full*.

    It does as its initials, as its opening words ("Nordvik" for "Nordvik sjukehus"), or as all but the generic word
    that opens it ("Trygg Havn" for "Stiftelsen Trygg Havn").
    """
    if abbreviates(short, full) or full.casefold().startswith(f"{short.casefold()} – "):  # "Siva – Selskapet for …"
        return True
    if fold(short) in known_bodies() or full.casefold().startswith(f"{short.casefold()}-"):
        return False
    few, many = fold(short).split(), fold(without_legal_form(full)).split()
    if not 0 < len(few) < len(many) or (few[0] in _generic_openings() and len(few) == 1):
        return False
    if many[: len(few)] == few:
        # What follows must be a description, not a name of its own: "Sulefjord Laks", not "SINTEF Ocean".
        return not (short.isupper() and len(short) <= 6)
    return (
        many[0] in _generic_openings()
        and len(few) >= len(many) - 1
        and few == many[-len(few) :]
        and len(fold(short)) > 4
    )


def _merge_people(forms: Iterable[str]) -> list[list[str]]:
    """Clusters of forms of one person: a surname, a first name or initials join the one full name that has them."""
    forms = list(dict.fromkeys(forms))
    clusters: dict[str, list[str]] = {}
    by_word: dict[str, list[str]] = {}
    for form in sorted((f for f in forms if " " in f), key=lambda f: -len(f.split())):
        words = fold(form).split()
        same = [name for name in by_word.get(words[-1], ()) if _same_person(form, name)]
        if len(same) == 1:
            clusters[same[0]].append(form)
        else:
            clusters[form] = [form]
            for word in {words[0], words[-1]}:
                by_word.setdefault(word, []).append(form)
    for form in (f for f in forms if " " not in f):
        words = fold(form).split()  # two of "Berg-Hansen", "Anne-Lise"
        near = dict.fromkeys(name for word in (words[0], words[-1]) for name in by_word.get(word, ()))
        surname = [name for name in near if fold(name).endswith(f" {fold(form)}")]
        holders = [name for name in near if fold(name).startswith(f"{fold(form)} ")]
        fitting = surname or holders
        if len(fitting) == 1:
            clusters[fitting[0]].append(form)
        elif not fitting:
            clusters[form] = [form]
    order = {form: i for i, form in enumerate(forms)}
    return sorted(
        (sorted(c, key=lambda f: (-len(f.split()), order[f])) for c in clusters.values()), key=lambda c: order[c[0]]
    )


def _same_person(short: str, full: str) -> bool:
    """Whether a name of several words is a form of another.

    It is where it has the other's last words, or the same first and last name with middle ones left out or shortened.
    """
    few, many = fold(short).split(), fold(full).split()
    if few == many or many[-len(few) :] == few:
        return True
    if few[-1] != many[-1] or few[0] != many[0]:
        return False
    middle = iter(many[1:-1])
    return all(any(m.startswith(f.rstrip(".")) for m in middle) for f in few[1:-1])


def _locate(text: str, entities: list[Entity]) -> None:
    """Sets each entity's mentions: all occurrences of its forms as whole words, the longest form first."""
    owners: dict[str, Entity] = {}
    for entity in entities:
        for form in (entity.name, *entity.aliases):
            owners.setdefault(form, entity)
    seen: Counter[str] = Counter()
    for start, form in find_occurrences(text, owners, _OPENING, _CLOSING):
        owners[form].mentions.append(Mention(start, start + len(form)))
        seen[form] += 1
    for entity in entities:
        entity.aliases = [form for form in entity.aliases if seen[form]]
        if entity.mentions and not seen[entity.name] and entity.aliases:
            entity.name = max(entity.aliases, key=lambda form: _fullness(form, entity.group))
            entity.aliases.remove(entity.name)


_OPENING = regex.compile(r"(?<![\w@.-])")
_CLOSING = regex.compile(r"(?:(?<=s)|s|'s?|’s?)?(?![\w@]|-\p{Ll}|\.\w)")
