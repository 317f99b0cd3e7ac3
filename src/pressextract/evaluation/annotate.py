"""Records as gold that a reader corrects: an evaluation set begun by the extractor."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pressextract.normalise import NormalisedText, normalise
from pressextract.records import Amount, Organisation, Person, PressRelease, Span


class Quotes:
    """Finds what a record says in the text as it stands: records have names as the normalised text has them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._source: NormalisedText = normalise(text)

    def span(self, value: str) -> Span | None:
        """Where the text first has *value*, whatever its blanks, dashes and invisible characters; null if nowhere."""
        start = self.text.find(value)
        if start >= 0:
            return Span(start=start, end=start + len(value))
        match = re.search(r"\s+".join(map(re.escape, normalise(value).text.split())), self._source.text)
        if match is None:
            return None
        start, end = self._source.to_original(*match.span())
        return Span(start=start, end=end)

    def quote(self, value: str | None) -> str | None:
        """*value* as the text has it; null if it has not."""
        span = None if value is None else self.span(value)
        return self.text[span.start : span.end] if span else None


def gold_of(record: PressRelease, text: str) -> dict[str, Any]:
    """A record in the format and order of ``corpus/GUIDELINES.md``.

    Scored against what it returns, the record is right in everything. What gold cannot say is left out: kinds,
    programmes, projects, confidence.

    Args:
        record: what was extracted.
        text: the text that it was extracted from.
    """
    quotes = Quotes(text)
    names = entity_names(record, quotes)
    return {
        "language": record.language,
        "title": quotes.quote(record.title),
        "published": record.published and record.published.isoformat(),
        "organisations": [_entity(o, names, quotes) for o in record.organisations if o.id in names],
        "people": [
            {**_entity(p, names, quotes), "emails": _quoted(p.emails, quotes), "phones": _quoted(p.phones, quotes)}
            for p in record.people
            if p.id in names
        ],
        "roles": [
            {"person": person, "title": title, "organisation": organisation}
            for person, title, organisation in dict.fromkeys(
                (names[r.person], r.title and r.title.lower(), r.organisation and names[r.organisation])
                for r in record.roles
                if r.person in names and r.organisation in {None, *names}
            )
        ],
        "grants": [
            {
                "funders": [names[f] for f in g.funders if f in names],
                "recipients": [names[r] for r in g.recipients if r in names],
                "amount": g.amount and _amount(g.amount, upper=g.amount.upper is not None),
                "status": g.status,
                "duration": g.duration,
                "quote": text[g.evidence[0].start : g.evidence[0].end] if g.evidence else "",
            }
            for g in record.grants
        ],
        "amounts": [
            {"text": quote, **_amount(amount), "count": count}
            for (quote, amount), count in Counter(
                (text[a.span.start : a.span.end], Amount(**a.model_dump(exclude={"span"}))) for a in record.amounts
            ).items()
        ],
        "dates": [
            {"text": quote, "edtf": edtf, "count": count}
            for (quote, edtf), count in Counter((text[d.span.start : d.span.end], d.edtf) for d in record.dates).items()
        ],
    }


def entity_names(record: PressRelease, quotes: Quotes) -> dict[str, str]:
    """What gold calls each organisation and person, by id: a name from the text, no two alike.

    An entity all of whose names are others' names has none, and is left out.
    """
    names: dict[str, str] = {}
    entities: tuple[Organisation | Person, ...] = (*record.organisations, *record.people)
    for entity in entities:
        free = [form for form in _forms(entity, quotes) if form not in names.values()]
        if free:
            names[entity.id] = free[0]
    return names


def _forms(entity: Organisation | Person, quotes: Quotes) -> Iterator[str]:
    """An entity's forms as the text has them: its name, its aliases, its mentions."""
    for form in (entity.name, *entity.aliases):
        quote = quotes.quote(form)
        if quote:
            yield quote
    yield from (quotes.text[m.start : m.end] for m in entity.mentions)


def _entity(entity: Organisation | Person, names: dict[str, str], quotes: Quotes) -> dict[str, Any]:
    name = names[entity.id]
    return {"name": name, "aliases": [a for a in _quoted(entity.aliases, quotes) if a != name]}


def _quoted(values: Iterable[str], quotes: Quotes) -> list[str]:
    return list(dict.fromkeys(filter(None, map(quotes.quote, values))))


def _amount(amount: Amount, upper: bool = True) -> dict[str, Any]:
    values = amount.model_dump(mode="json")
    return values if upper else {k: v for k, v in values.items() if k != "upper"}
