"""A record and its text to what a page shows: the text in segments, and cards that point at marks in it.

A mark is a span of a kind, such as "organisation". A card "draws" marks by the part that each plays: a grant's
evidence, its funder, and so on. Offsets are counted as JavaScript counts, in UTF-16 code units. Pages hold many
documents, so marks go by their number and null is left out.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pressextract.matchers.titles import find_titles
from pressextract.normalise import NormalisedText, normalise
from pressextract.records import Amount, AmountMention, Grant, PressRelease, Role, Span

KINDS = {
    "grants": "evidence",
    "roles": "title",
    "people": "person",
    "organisations": "organisation",
    "amounts": "amount",
    "dates": "date",
}
"""The groups of cards, in the order they stand, and the kind of mark in the text that each belongs to."""


class Mark(NamedTuple):
    """Code points ``[start, end)`` of a text, and what they are."""

    start: int
    end: int
    kind: str


def page_document(record: PressRelease, text: str) -> dict[str, Any]:
    """What the page shows of a record, as JSON.

    Raises:
        ValueError: if the record points outside the text.
    """
    marks = _Marks(text, record.doc_id)
    kinds = list(KINDS.values())
    names = {o.id: o.name for o in record.organisations} | {p.id: p.name for p in record.people}
    mentions = {
        **{o.id: [marks.add(m, "organisation") for m in o.mentions] for o in record.organisations},
        **{p.id: [marks.add(m, "person") for m in p.mentions] for p in record.people},
    }
    amounts = [(a, marks.add(a.span, "amount")) for a in record.amounts]
    dates = [(d, marks.add(d.span, "date")) for d in record.dates]
    titles = _Titles(text)

    def party(identifiers: Iterable[str], evidence: Sequence[Span]) -> list[int]:
        return [number for i in identifiers for number in _nearest(mentions[i], marks.all, evidence)]

    def role_card(role: Role) -> dict[str, Any]:
        found = titles.within(role.evidence, role.title) if role.title else []
        organisation = [role.organisation] if role.organisation else []
        return {
            "person": names[role.person],
            "title": role.title,
            "organisation": role.organisation and names[role.organisation],
            "confidence": role.confidence,
            "draws": {
                "evidence": [marks.add(role.evidence, "evidence")],
                "person": party([role.person], [role.evidence]),
                "organisation": party(organisation, [role.evidence]),
                "title": [marks.add(span, "title") for span in found],
            },
        }

    def grant_card(grant: Grant) -> dict[str, Any]:
        return {
            **{key: getattr(grant, key) for key in ("status", "programme", "project", "duration", "confidence")},
            "funders": [names[i] for i in grant.funders],
            "recipients": [names[i] for i in grant.recipients],
            "amount": grant.amount and _sum(grant.amount),
            "draws": {
                "evidence": [marks.add(span, "evidence") for span in grant.evidence],
                "funder": party(grant.funders, grant.evidence),
                "recipient": party(grant.recipients, grant.evidence),
                "amount": [
                    number
                    for mention, number in amounts
                    if _same_sum(grant.amount, mention) and any(_distance(mention.span, e) == 0 for e in grant.evidence)
                ],
            },
        }

    cards: dict[str, list[dict[str, Any]]] = {
        "grants": [grant_card(grant) for grant in record.grants],
        "roles": [role_card(role) for role in record.roles],
        "people": [
            {
                "name": p.name,
                "aliases": p.aliases,
                "contacts": (*p.emails, *p.phones),
                "draws": {"mention": mentions[p.id]},
            }
            for p in record.people
        ],
        "organisations": [
            {"name": o.name, "aliases": o.aliases, "kind": o.kind, "draws": {"mention": mentions[o.id]}}
            for o in record.organisations
        ],
        "amounts": [{"amount": _sum(amount), "draws": {"mention": [number]}} for amount, number in amounts],
        "dates": [{"edtf": date.edtf, "draws": {"mention": [number]}} for date, number in dates],
    }
    return {
        "id": record.doc_id,
        "title": record.title,
        "published": record.published and record.published.isoformat(),
        "language": record.language,
        "text": text,
        "kinds": [kinds.index(mark.kind) for mark in marks.all],
        "segments": [(end, *over) for end, over in segments(text, marks.all)],
        "cards": {group: [_stated(card) for card in group_cards] for group, group_cards in cards.items()},
    }


def summary(document: dict[str, Any]) -> dict[str, Any]:
    """What a list of documents shows of one."""
    counts = {part: len(document["cards"][part]) for part in ("grants", "roles")}
    return {"id": document["id"], "title": document["title"], "published": document["published"], **counts}


def segments(text: str, marks: list[Mark]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The whole text, cut wherever a mark starts or ends.

    Yields:
        Where each segment ends, in UTF-16 code units, and the numbers of the marks over it, the outermost first.
    """
    wide = [position for position, character in enumerate(text) if character > "\uffff"]
    outermost_first = sorted(range(len(marks)), key=lambda n: (marks[n].start, -marks[n].end))
    edges = sorted({len(text), *(m.start for m in marks), *(m.end for m in marks)} - {0})
    waiting, over = iter([*outermost_first, None]), list[int]()
    following, start = next(waiting), 0
    for end in edges:
        while following is not None and marks[following].start <= start:
            over.append(following)
            following = next(waiting)
        over = [n for n in over if marks[n].end > start]
        yield end + bisect_left(wide, end), tuple(over)
        start = end


class _Marks:
    """The marks of a text, each once."""

    def __init__(self, text: str, doc_id: str) -> None:
        self._length = len(text)
        self._doc_id = doc_id
        self._numbers: dict[Mark, int] = {}
        self.all: list[Mark] = []

    def add(self, span: Span, kind: str) -> int:
        """The number of a mark, new or not."""
        if span.end > self._length:
            where = f"characters {span.start} to {span.end} of a text of {self._length}"
            raise ValueError(f"the record of {self._doc_id!r} points at {where}; extract it again")
        mark = Mark(span.start, span.end, kind)
        if mark not in self._numbers:
            self._numbers[mark] = len(self.all)
            self.all.append(mark)
        return self._numbers[mark]


class _Titles:
    """The titles in a text, found when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._source: NormalisedText = normalise(text)
        self._found = [
            (Span(start=start, end=end), found.title)
            for found in find_titles(self._source.text)
            for start, end in [self._source.to_original(found.start, found.end)]
        ]

    def within(self, evidence: Span, title: str) -> list[Span]:
        """Where a title stands in the evidence, in whatever form."""
        return [span for span, found in self._found if found == title and _distance(span, evidence) == 0]


def _nearest(mentions: list[int], marks: list[Mark], evidence: Sequence[Span]) -> list[int]:
    """The mentions within the evidence, else the one that is nearest to it."""
    distances = sorted((min(_distance(marks[n], place) for place in evidence), n) for n in mentions if evidence)
    return [n for distance, n in distances if distance == 0] or [n for _, n in distances[:1]]


def _distance(a: Span | Mark, b: Span) -> int:
    """How many characters lie between two spans; 0 where they overlap."""
    return max(0, a.start - b.end + 1, b.start - a.end + 1)


def _same_sum(a: Amount | None, b: AmountMention) -> bool:
    return a is not None and (a.value, a.upper, a.currency) == (b.value, b.upper, b.currency)


def _stated(card: dict[str, Any]) -> dict[str, Any]:
    """A card without what is null."""
    return {key: value for key, value in card.items() if value is not None}


def _sum(amount: Amount) -> dict[str, Any]:
    return amount.model_dump(mode="json", include={"value", "upper", "currency", "modifier"}, exclude_none=True)
