"""Who is what where: titles bound to people, and both to organisations."""

from dataclasses import dataclass
from typing import NamedTuple

import regex
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.entities import Entity
from pressextract.lexicon import word_set
from pressextract.matchers.titles import TitleMatch
from pressextract.relations.boards import LISTED, BoardList, board_at, find_boards, members
from pressextract.relations.context import Context, Named, Sentence, read_context
from pressextract.relations.employers import default_employer, explicit_employer

AFFILIATION_CONFIDENCE = 0.7


class RoleMatch(NamedTuple):
    """A role found: ``[start, end)`` are the characters that state it."""

    person: Entity
    title: str | None
    organisation: Entity | None
    confidence: float
    start: int
    end: int


@dataclass(slots=True)
class Binding:
    """A title bound to a person in a sentence, with how sure that is (0 to 1) and the employer stated with it."""

    title: TitleMatch
    person: Named
    score: float
    sentence: Sentence
    employer: Named | None = None
    board: BoardList | None = None


_AGE = regex.compile(r"\s?\(\d{1,3}(?: år)?\)")
_COMPLEMENT = regex.compile(
    r"(?:\s(?:i|ved|for|hos|på|av|fra|frå|med ansvar for|innen|innan|til)\s[^.;:!?()–\n]{1,100}?)?,?\s", regex.V0
)
_VERB = regex.compile(r"\b(?:er|var|har|hadde|sier|seier|blir|ble|vart|får|fikk|skal|vil|kan|som|at|mener|meiner)\b")
_AS_OR_TO = regex.compile(
    r"[^.;:!?\n]{0,60}\b(?:som|til|for)(?: (?:ny|vår|den nye|vår nye|vår nye|konstituert|fungerende))?"
)
_LINKS = frozenset({"og", ",", "/", "and", "&", ", og", "og også", "samt", "|", "og nå", "og no", "·", "–"})


def find_roles(context: Context) -> list[RoleMatch]:
    """The roles that a text states, in order, each (person, title, organisation) once."""
    bindings = [b for sentence in context.sentences for b in _bind(context, sentence)]
    boards = find_boards(context)
    for binding in bindings:
        board = board_at(boards, binding.person.start)
        if board is not None and board.title_of(binding.title.title) is not None:
            binding.board = board
    found = []
    for binding in bindings:
        if binding.employer is None and binding.board is None:
            binding.employer = explicit_employer(context, binding.title, binding.person, binding.sentence)
    _share_employers(context, bindings)
    stated = {(b.person.entity.id, b.title.title) for b in bindings if b.employer or b.board}
    for b in bindings:
        title = b.title.title
        employer: Entity | None
        if b.board is not None:
            title, employer, score = b.board.title_of(title) or title, b.board.organisation, b.score
        elif b.employer is not None:
            employer, score = b.employer.entity, b.score
        elif (b.person.entity.id, title) in stated:
            continue
        else:
            employer = default_employer(context, b.title, b.person, b.sentence)
            score = 0.8 * b.score if employer else 0.9 * b.score
        start = min(b.title.start, b.person.start)
        found.append(
            RoleMatch(b.person.entity, title, employer, round(score, 2), start, max(b.title.end, b.person.end))
        )
    found += _board_members(context, boards, bindings)
    found += _affiliations(context)
    return _distinct(found)


def _share_employers(context: Context, bindings: list[Binding]) -> None:
    """Titles joined by "og" have one employer: "gründer og daglig leder i X"."""
    for first, second in zip(bindings[-2::-1], bindings[:0:-1], strict=True):
        link = context.text[first.title.end : second.title.start].strip()
        if first.employer is None and first.person.entity is second.person.entity and link in {"og", "/"}:
            first.employer = second.employer


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
                binding = Binding(title, holder, best[1], sentence)
                bound.append(binding)
    return bound[::-1]


def _all_named(context: Context, title: TitleMatch, first: Named, people: list[Named]) -> list[Named]:
    """Those whom a title before a name is of: for a plural ("rådgiverne Kari Nordmann og Ola Berg") all joined."""
    holders = [first]
    if context.text[title.start : title.end].lower().endswith(("ene", "ane", "rne")):
        for person in people[people.index(first) + 1 :]:
            if not regex.fullmatch(r", | og | og også |, og ", context.text[holders[-1].end : person.start]):
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
        link = regex.sub(r"^\s*(?:for|i|ved|hos|på)\s[^,.;:()]*", "", link).strip()
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
        if regex.fullmatch(r"[,–|/-]?\s*(?:fra|frå|i|ved)?\s*[,–|/-]?\s*(?:er|som er|ble valgt til)?", core):
            return person, 0.85
    if _AS_OR_TO.fullmatch(gap.strip()) and len(gap) < 90:
        return person, 0.7 if person.by_name else 0.6
    return None


def _board_members(context: Context, boards: list[BoardList], bindings: list[Binding]) -> list[RoleMatch]:
    """People in a board's list who have no title of the board: members."""
    titled = {(b.board, b.person.entity.id) for b in bindings if b.board is not None}
    return [
        RoleMatch(named.entity, board.member_title, board.organisation, 0.75, named.start, named.end)
        for board in boards
        for named in members(context, board)
        if (board, named.entity.id) not in titled
    ]


_AT = regex.compile(r"(?:\s?\(\d+\))?\s?(?:,|\(|–|\||/)?\s?(?:fra|frå|i|ved|hos)?\s?", regex.V0)


def _affiliations(context: Context) -> list[RoleMatch]:
    """People tied to an organisation without a title: in lists, contact lines, bylines; "Kari Nordmann fra X"."""
    found = []
    for block in context.blocks:
        if block.kind in {"credit", "headline", "menu"}:
            continue
        for person in context.named_in(block.start, block.end, "person"):
            after = context.named_in(person.end, min(block.end, person.end + 60), "organisation")
            if not after or not after[0].by_name:
                continue
            gap = context.text[person.end : after[0].start]
            preposition = regex.fullmatch(r"\s(?:fra|frå|i|ved|hos)\s", gap)
            listed = block.kind in LISTED and _AT.fullmatch(gap) and gap.strip()
            if preposition or listed:
                found.append(
                    RoleMatch(person.entity, None, after[0].entity, AFFILIATION_CONFIDENCE, person.start, after[0].end)
                )
        if block.kind in {"contact", "item", "field"} and block.label_end:
            label = context.named_in(block.start, block.label_end, "organisation")
            people = context.named_in(block.label_end, block.end, "person")
            if label and len(people) == 1 and not context.titles_in(block.start, block.end):
                found.append(
                    RoleMatch(
                        people[0].entity, None, label[0].entity, AFFILIATION_CONFIDENCE, label[0].start, people[0].end
                    )
                )
    return found


def _distinct(roles: list[RoleMatch]) -> list[RoleMatch]:
    """Each role once, with its highest confidence.

    No bare affiliation stays beside a title at the same organisation, no title without organisation beside the same
    title with one.
    """
    best: dict[tuple[str, str | None, str | None], RoleMatch] = {}
    for role in roles:
        key = (role.person.id, role.title, role.organisation.id if role.organisation else None)
        if key not in best or role.confidence > best[key].confidence:
            best[key] = role
    titled_at = {(p, o) for p, t, o in best if t is not None}
    employed = {(p, t) for p, t, o in best if o is not None}
    kept = [
        role
        for (p, t, o), role in best.items()
        if not (t is None and (p, o) in titled_at) and not (o is None and (p, t) in employed)
    ]
    return sorted(kept, key=lambda role: (role.start, role.end, role.title or ""))


class RoleExtractor:
    """Finds roles.

    Scope: needs the layout, titles and entities components before it.

    Example:
        "Siva-direktør Kari Nordmann" and "Kari Nordmann, direktør i Siva" -> (Kari Nordmann, direktør, Siva)

    Attributes declared:
        ``doc._.roles``: list of :class:`RoleMatch`.
    """

    def __init__(self) -> None:
        if not Doc.has_extension("roles"):
            Doc.set_extension("roles", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc._.roles``."""
        doc._.roles = find_roles(read_context(doc))
        return doc


@Language.factory("pressextract_roles")
def create_role_extractor(nlp: Language, name: str) -> RoleExtractor:
    """The component."""
    return RoleExtractor()
