"""A record as an annotated text: what :mod:`~pressextract.evaluation.formats.reading` reads back as the same gold."""

from collections.abc import Iterable, Iterator

from pressextract.evaluation.annotate import Quotes, entity_names
from pressextract.evaluation.formats.regions import Annotated, Link, Region
from pressextract.evaluation.items import NULL, amount_item
from pressextract.records import Amount, Grant, PressRelease, Span


def annotated_of(record: PressRelease, text: str) -> Annotated:
    """The regions and links that say what a record says.

    Args:
        record: what was extracted.
        text: the text that it was extracted from.
    """
    writer = _Writer(record, text)
    return Annotated(record.doc_id, text, writer.regions, tuple(writer.links), record.language)


class _Writer:
    def __init__(self, record: PressRelease, text: str) -> None:
        self._record, self._text = record, text
        self._quotes = Quotes(text)
        self._names = entity_names(record, self._quotes)
        self.regions: dict[str, Region] = {}
        self.links: list[Link] = []
        self._write_title()
        self._write_entities()
        self._write_values()
        self._write_roles()
        for number, grant in enumerate(record.grants, 1):
            self._write_grant(f"g{number}", grant)

    def _put(self, region: str, label: str, span: Span, norm: str | None = None) -> None:
        self.regions[region] = Region(label, span.start, span.end, norm)

    def _write_title(self) -> None:
        span = self._quotes.span(self._record.title) if self._record.title else None
        if span:
            self._put("headline", "HEADLINE", span)

    def _write_entities(self) -> None:
        for label, entities in (("ORG", self._record.organisations), ("PER", self._record.people)):
            for entity in entities:
                if name := self._names.get(entity.id):
                    for number, span in enumerate(entity.mentions or filter(None, [self._quotes.span(name)]), 1):
                        self._put(f"{entity.id}-{number}", label, span, name)
        for person in self._record.people:
            for label, contacts in (("EMAIL", person.emails), ("PHONE", person.phones)):
                for number, contact in enumerate(contacts, 1):
                    if (found := self._quotes.span(contact)) is not None:
                        region = f"{person.id}-{label.lower()}-{number}"
                        self._put(region, label, found)
                        self._link(region, [person.id], "person", found)

    def _write_values(self) -> None:
        for number, amount in enumerate(self._record.amounts, 1):
            self._put(f"a{number}", "MONEY", amount.span, _norm(amount))
        published = self._record.published and self._record.published.isoformat()
        for number, date in enumerate(self._record.dates, 1):
            label = "PUBLISHED" if published and date.edtf == published else "DATE"
            published = None if label == "PUBLISHED" else published
            self._put(f"d{number}", label, date.span, date.edtf)

    def _write_roles(self) -> None:
        for number, role in enumerate(self._record.roles, 1):
            if role.title is None:
                people = list(self._mentions([role.person], role.evidence))
                bodies = list(self._mentions([role.organisation or ""], role.evidence))
                self.links += [Link(p, b, "affiliation") for p in people for b in bodies]
                continue
            title, region = role.title.lower(), f"r{number}"
            evidence = self._text[role.evidence.start : role.evidence.end].lower()
            start = role.evidence.start + max(evidence.find(title), 0)
            stated = title in evidence
            self._put(region, "TITLE", Span(start=start, end=start + len(title)) if stated else role.evidence, title)
            self._link(region, [role.person], "person", role.evidence)
            self._link(region, [role.organisation or ""], "organisation", role.evidence)

    def _write_grant(self, region: str, grant: Grant) -> None:
        if not grant.evidence:
            return
        place = grant.evidence[0]
        sums = [
            (abs(a.span.start - place.start), f"a{number}")
            for number, a in enumerate(self._record.amounts, 1)
            if grant.amount and amount_item(a) == amount_item(grant.amount)
        ]
        stated = [_norm(grant.amount)] if grant.amount and not sums else []
        self._put(region, "GRANT", place, " ".join([grant.status, *filter(None, [grant.duration]), *stated]))
        if sums:
            self.links.append(Link(region, min(sums)[1], "amount"))
        self._link(region, grant.funders, "funder", place)
        self._link(region, grant.recipients, "recipient", place)

    def _link(self, region: str, entities: Iterable[str], label: str, near: Span) -> None:
        self.links += [Link(region, mention, label) for mention in self._mentions(entities, near)]

    def _mentions(self, entities: Iterable[str], near: Span) -> Iterator[str]:
        """The region of each entity that is nearest to a place."""
        for entity in entities:
            own = [r for r in self.regions if r.rpartition("-")[0] == entity]
            if own:
                yield min(own, key=lambda r: abs(self.regions[r].start - near.start))


def _norm(amount: Amount) -> str:
    value, upper, currency, modifier = amount_item(amount)
    number = value if upper == NULL else f"{value}..{upper}"
    return " ".join([number, currency] + ([modifier] if modifier != NULL else []))
