"""Who is what where: titles bound to people, and both to organisations.

Every title and person near each other is a candidate; a learned scorer, which also hears what the hand-written frames
say (``bindings``, ``employers``), decides whether the title is the person's and which organisation in reach it is of.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.entities import Entity
from pressextract.relations.affiliation_candidates import Pair, describe_pair, find_pairs, framed_pairs
from pressextract.relations.bindings import find_bindings
from pressextract.relations.boards import BoardList, find_boards, members
from pressextract.relations.context import Context, read_context
from pressextract.relations.employer_candidates import Surroundings, organisations_near, surroundings
from pressextract.relations.employer_features import describe_employers
from pressextract.relations.employers import explicit_employer
from pressextract.relations.model import RelationModel, load_model
from pressextract.relations.role_candidates import Candidate, describe, find_candidates
from pressextract.relations.scorer import Features

SURE = 0.85
"""A second organisation for one person's title has to be so probable."""

HELD = 0.9
"""A frame that is so sure tells who holds a title in the whole text."""

UNTITLED = 0.75
"""The probability that somebody in a board's list without a title of the board is a member."""


class RoleMatch(NamedTuple):
    """A role found: ``[start, end)`` are the characters that state it, ``confidence`` how sure it is (0 to 1)."""

    person: Entity
    title: str | None
    organisation: Entity | None
    confidence: float
    start: int
    end: int


class RoleChoices(NamedTuple):
    """What there is to decide in a text: titles and people, people and organisations; and what speaks for each pair."""

    context: Context
    boards: list[BoardList]
    candidates: list[Candidate]
    frames: dict[tuple[int, int], float]
    holders: dict[str, set[Entity]]
    around: Surroundings
    pairs: list[Pair]
    framed: set[tuple[Entity, Entity]]

    def bindings(self) -> Iterator[Features]:
        """What speaks for each candidate."""
        return (describe(self.context, c, self.frames, self.holders) for c in self.candidates)

    def affiliations(self) -> Iterator[Features]:
        """What speaks for each pair."""
        return (describe_pair(self.context, pair, self.boards, self.framed) for pair in self.pairs)

    def employers(self, candidate: Candidate) -> tuple[list[Entity | None], list[Features]]:
        """The organisations that a title may be of, first none, and what speaks for each."""
        organisations = organisations_near(self.context, candidate)
        rows = describe_employers(self.context, candidate, organisations, self.around)
        return [None, *organisations], rows


def role_choices(context: Context) -> RoleChoices:
    """What there is to decide about the roles of a text."""
    boards = find_boards(context)
    bindings = find_bindings(context)
    frames = {(b.title.start, b.person.start): b.score for b in bindings}
    holders: dict[str, set[Entity]] = {}
    for b in bindings:
        if b.score >= HELD:
            holders.setdefault(b.title.title, set()).add(b.person.entity)
    candidates = find_candidates(context, boards)
    known = _known_employers(context, [c for c in candidates if (c.title.start, c.person.start) in frames])
    around = surroundings(context, known)
    return RoleChoices(context, boards, candidates, frames, holders, around, find_pairs(context), framed_pairs(context))


def find_roles(context: Context, model: RelationModel) -> list[RoleMatch]:
    """The roles that a text states, in order, each (person, title, organisation) once."""
    choices = role_choices(context)
    found = []
    for c, sure in zip(choices.candidates, model.binding.yes(choices.bindings()), strict=True):
        if sure >= 0.5:
            organisations, rows = choices.employers(c)
            chances = model.employer.one_of(rows)
            best = int(chances.argmax())
            start, end = min(c.title.start, c.person.start), max(c.title.end, c.person.end)
            sure *= chances[best]
            found.append(RoleMatch(c.person.entity, c.name, organisations[best], float(sure), start, end))
    found = _settled(found)
    found += _board_members(context, choices.boards, found)
    belongs = model.affiliation.yes(choices.affiliations())
    for (person, organisation, _), sure in zip(choices.pairs, belongs, strict=True):
        if sure >= 0.5:
            start, end = min(person.start, organisation.start), max(person.end, organisation.end)
            found.append(RoleMatch(person.entity, None, organisation.entity, float(sure), start, end))
    return _distinct([r._replace(confidence=round(model.roles(r.confidence), 2)) for r in found])


def _known_employers(context: Context, framed: Sequence[Candidate]) -> dict[Entity, dict[Entity, int]]:
    """The employers that sentences state outright, for each person, with where the title starts."""
    known: dict[Entity, dict[Entity, int]] = {}
    for c in framed:
        sentence = context.sentence_at(c.title.start)
        if sentence is not None and c.board is None:
            employer = explicit_employer(context, c.title, c.person, sentence)
            if employer is not None:
                known.setdefault(c.person.entity, {})[employer.entity] = c.title.start
    return known


def _settled(roles: list[RoleMatch]) -> list[RoleMatch]:
    """Of one person's mentions with one title the surest, and others only where they are sure of another employer."""
    best: dict[tuple[str, str | None], RoleMatch] = {}
    for role in roles:
        key = (role.person.id, role.title)
        if key not in best or role.confidence > best[key].confidence:
            best[key] = role
    return [r for r in roles if r is best[r.person.id, r.title] or (r.confidence > SURE and r.organisation)]


def _board_members(context: Context, boards: list[BoardList], found: list[RoleMatch]) -> list[RoleMatch]:
    """People in a board's list who have no title of the board: members."""
    titled = {(r.organisation, r.person) for r in found}
    return [
        RoleMatch(named.entity, board.member_title, board.organisation, UNTITLED, named.start, named.end)
        for board in boards
        for named in members(context, board)
        if (board.organisation, named.entity) not in titled
    ]


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

    def __init__(self, model: RelationModel) -> None:
        self.model = model
        if not Doc.has_extension("roles"):
            Doc.set_extension("roles", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc._.roles``."""
        doc._.roles = find_roles(read_context(doc), self.model)
        return doc


@Language.factory("pressextract_roles")
def create_role_extractor(nlp: Language, name: str) -> RoleExtractor:
    """The component."""
    return RoleExtractor(load_model())
