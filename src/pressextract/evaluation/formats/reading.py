"""One annotated text read as gold: entities from their mentions, roles and grants from links."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, get_args

from pressextract.evaluation.formats.regions import NAMES, Annotated, Region
from pressextract.evaluation.gold import GoldError
from pressextract.language import detect_variety
from pressextract.records import Modifier, Status

_MONEY = re.compile(r"(?P<value>\d+(?:\.\d+)?)(?:\.\.(?P<upper>\d+(?:\.\d+)?))?$")
_CURRENCY = re.compile(r"[A-Z]{3}$")
_DURATION = re.compile(r"P\w+$")


class Reader:
    """Reads one annotated text as gold.

    Args:
        annotated: the text with its regions and links.
        fields: what the corpus says something of; roles, grants and sums are read where they are among these.

    Raises:
        GoldError: if a norm can't be read.
    """

    def __init__(self, annotated: Annotated, fields: frozenset[str]) -> None:
        self._text, self._regions, self._links = annotated.text, annotated.regions, annotated.links
        self._language, self._fields, self._doc_id = annotated.language, fields, annotated.doc_id
        self._names = self._entity_names()

    def gold(self) -> dict[str, Any]:
        """As in a gold file."""
        headline = self._of("HEADLINE")
        published = self._of("PUBLISHED")
        dates = Counter((self._quote(r), r.norm) for r in self._of("DATE", "PUBLISHED"))
        return {
            "language": self._language or detect_variety(self._text),
            "title": self._quote(headline[0]) if headline else None,
            "published": published[0].norm if published else None,
            "organisations": self._entities("ORG"),
            "people": [{**p, **self._contacts(p["name"])} for p in self._entities("PER")],
            "roles": self._roles() if "roles" in self._fields else [],
            "grants": self._grants() if "grants_exact" in self._fields else [],
            "amounts": self._amounts() if "amounts" in self._fields else [],
            "dates": [{"text": text, "edtf": edtf, "count": count} for (text, edtf), count in dates.items()],
        }

    def _of(self, *labels: str) -> list[Region]:
        return sorted((r for r in self._regions.values() if r.label in labels), key=lambda r: r.start)

    def _quote(self, region: Region) -> str:
        return self._text[region.start : region.end]

    def _linked(self, region: str, *labels: str) -> list[tuple[str, str]]:
        """What a region is linked with, either way, of some labels: the ids and the links' labels."""
        ends = [(k.target, k.label) for k in self._links if k.source == region]
        ends += [(k.source, k.label) for k in self._links if k.target == region]
        return [(other, label) for other, label in ends if self._regions[other].label in labels]

    def _entity_names(self) -> dict[str, str]:
        """The name of the entity of each PER and ORG: its norm, or the longest text of those it is the same as."""
        names: dict[str, str] = {}
        for region in self._regions:
            if self._regions[region].label in NAMES and region not in names:
                group = self._same_as(region)
                normed = [n for n in (self._regions[r].norm for r in group) if n]
                name = normed[0] if normed else max((self._quote(self._regions[r]) for r in group), key=len)
                names |= dict.fromkeys(group, name)
        return names

    def _same_as(self, region: str) -> list[str]:
        label, group, todo = self._regions[region].label, [region], [region]
        while todo:
            here = todo.pop()
            text = self._quote(self._regions[here])
            new = [o for o, link in self._linked(here, label) if link == "same" and o not in group]
            if not self._regions[here].norm:  # equal texts are one entity, where nothing else is said
                new += [
                    o
                    for o, r in self._regions.items()
                    if r.label == label and not r.norm and self._quote(r) == text and o not in {*group, *new}
                ]
            group += new
            todo += new
        return group

    def _entities(self, label: str) -> list[dict[str, Any]]:
        forms: dict[str, list[str]] = {}
        for region, name in self._names.items():
            if self._regions[region].label == label:
                forms.setdefault(name, []).append(self._quote(self._regions[region]))
        return [
            {"name": name, "aliases": [f for f in dict.fromkeys(texts) if f != name]} for name, texts in forms.items()
        ]

    def _contacts(self, person: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {"emails": [], "phones": []}
        for region, r in self._regions.items():
            if r.label in {"EMAIL", "PHONE"} and person in {self._names[o] for o, _ in self._linked(region, "PER")}:
                found["emails" if r.label == "EMAIL" else "phones"].append(self._quote(r))
        return found

    def _roles(self) -> list[dict[str, str | None]]:
        roles: list[tuple[str, str | None, str | None]] = []
        for region, r in self._regions.items():
            if r.label == "TITLE":
                title = (r.norm or self._quote(r)).lower()
                bodies: list[str | None] = [self._names[o] for o, _ in self._linked(region, "ORG")]
                roles += [(self._names[p], title, b) for p, _ in self._linked(region, "PER") for b in bodies or [None]]
        for link in self._links:
            ends = {self._regions[e].label: self._names.get(e, "") for e in (link.source, link.target)}
            if link.label == "affiliation" and set(ends) == {"PER", "ORG"}:
                roles.append((ends["PER"], None, ends["ORG"]))
        return [dict(zip(("person", "title", "organisation"), r, strict=True)) for r in dict.fromkeys(roles)]

    def _grants(self) -> list[dict[str, Any]]:
        grants = []
        for region, r in self._regions.items():
            parties = [(o, label) for o, label in self._linked(region, *NAMES) if label in {"funder", "recipient"}]
            if r.label == "GRANT" or (r.label == "MONEY" and parties):
                sums = [region] if r.label == "MONEY" else [o for o, _ in self._linked(region, "MONEY")]
                status, duration, stated = self._grant_norm(r if r.label == "GRANT" else None)
                grants.append(
                    {
                        "funders": self._parties(parties, "funder"),
                        "recipients": self._parties(parties, "recipient"),
                        "amount": self._money(self._regions[sums[0]]) if sums else stated,
                        "status": status,
                        "duration": duration,
                        "quote": self._quote(r),
                    }
                )
        for link in self._links:
            if link.label == "grant" and {link.source, link.target} <= self._names.keys():
                ends = sorted((self._regions[link.source], self._regions[link.target]), key=lambda r: r.start)
                quote = self._text[ends[0].start : ends[1].end]
                parties = [(link.source, "funder"), (link.target, "recipient")]
                grants.append(
                    {
                        "funders": self._parties(parties, "funder"),
                        "recipients": self._parties(parties, "recipient"),
                        "amount": None,
                        "status": "awarded",
                        "quote": quote,
                    }
                )
        return grants

    def _parties(self, parties: list[tuple[str, str]], which: str) -> list[str]:
        return list(dict.fromkeys(self._names[o] for o, label in parties if label == which))

    def _grant_norm(self, grant: Region | None) -> tuple[str, str | None, dict[str, Any] | None]:
        words = (grant.norm or "").split() if grant else []
        status = next((w for w in words if w in get_args(Status)), "awarded")
        duration = next((w for w in words if _DURATION.match(w)), None)
        rest = [w for w in words if w not in {status, duration}]
        return status, duration, _money(rest, f"{self._doc_id}: {grant.norm!r}") if rest and grant else None

    def _money(self, region: Region) -> dict[str, Any]:
        place = f"{self._doc_id}: {self._quote(region)!r}"
        if not region.norm:
            raise GoldError(f'{place}: a sum without its value; write it as "6000000 NOK"')
        return _money(region.norm.split(), place)

    def _amounts(self) -> list[dict[str, Any]]:
        sums = Counter((self._quote(r), tuple(self._money(r).items())) for r in self._of("MONEY"))
        return [{"text": text, **dict(amount), "count": count} for (text, amount), count in sums.items()]


def _money(words: Sequence[str], place: str) -> dict[str, Any]:
    """A sum in the notation of this module."""
    amount: dict[str, Any] = {"value": None, "upper": None, "currency": "NOK", "modifier": None}
    for word in words:
        if number := _MONEY.match(word):
            amount |= number.groupdict()
        elif _CURRENCY.match(word):
            amount["currency"] = word
        elif word in get_args(Modifier):
            amount["modifier"] = word
        else:
            raise GoldError(f'{place}: {word!r} is no part of a sum; write it as "2000000..4000000 NOK max"')
    if amount["value"] is None:
        raise GoldError(f'{place}: no value in {" ".join(words)!r}; write it as "6000000 NOK"')
    return amount
