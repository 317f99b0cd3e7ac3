"""Stretches of text with labels, and links between them: what other annotation tools export, as gold.

What a stretch says beyond its text stands in its *norm*:

========== ==================================================================================================
PER, ORG   the fullest name, where the stretch is a shorter form; stretches of one name are one person or body
MONEY      ``value[..upper] [currency] [modifier]``: "6000000", "2000000..4000000 EUR", "500000 NOK max"
DATE       EDTF; none where the date can't be resolved
TITLE      the title uninflected; none where it is the stretch in lower case
GRANT      ``[status] [duration] [sum]``: "awarded P3Y"; the sum only where no MONEY is linked
========== ==================================================================================================

A format may carry less than gold: what no stretch of a corpus says is not scored (:func:`fields_of`).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

NAMES = ("PER", "ORG")
_NORM = ("status", "duration", "norm", "currency", "modifier")  # the attributes that make a norm, in order


class Region(NamedTuple):
    """A labelled stretch ``[start, end)`` of the text."""

    label: str
    start: int
    end: int
    norm: str | None = None


class Link(NamedTuple):
    """From one region to another, by their ids; ``label`` is "" where it says nothing here."""

    source: str
    target: str
    label: str


class Annotated(NamedTuple):
    """A text with its regions by id, their links, and what was said of it as a whole."""

    doc_id: str
    text: str
    regions: dict[str, Region]
    links: tuple[Link, ...]
    language: str | None = None


@cache
def _meanings(kind: str) -> dict[str, str]:
    path = files("pressextract.evaluation.formats") / "labels.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))[kind]
    return {_bare(label): meaning for meaning, labels in table.items() for label in labels}


def meaning(kind: str, label: str) -> str | None:
    """What a label means here; null where it means nothing.

    Args:
        kind: "regions", "links" or "attributes".
        label: as the tool has it.
    """
    return _meanings(kind).get(_bare(label))


def fields_of(corpus: Iterable[Annotated]) -> frozenset[str]:
    """The fields and accuracies that a corpus says something of.

    Entities need to be told apart from their mentions: by the name or by a link. Sums need their values, and dates.
    """
    fields: set[str] = set()
    for annotated in corpus:
        labels = {r.label for r in annotated.regions.values()}
        normed = {r.label for r in annotated.regions.values() if r.norm}
        ends = [{annotated.regions[end].label for end in (k.source, k.target)} for k in annotated.links]
        same = any(link.label == "same" for link in annotated.links)
        for label, field in (("ORG", "organisations"), ("PER", "people")):
            if label in normed or (same and label in labels):
                fields.add(field)
        if "MONEY" in normed:
            fields.add("amounts")
        if {"DATE", "PUBLISHED"} & normed:
            fields.add("dates")
        if "TITLE" in labels or any(link.label == "affiliation" for link in annotated.links):
            fields.add("roles")
        if "GRANT" in labels or any(link.label in {"grant", "funder", "recipient"} for link in annotated.links):
            fields |= {"grant_slots", "grants_exact", "grant_status"}
        if any(end & {"EMAIL", "PHONE"} for end in ends):
            fields.add("contacts")
        fields |= {f for f, label in (("title", "HEADLINE"), ("published", "PUBLISHED")) if label in labels}
        if annotated.language:
            fields.add("language")
    return frozenset(fields)


def _bare(label: str) -> str:
    return re.sub(r"[\W_]|\d+$", "", label.casefold())


def annotated_text(
    doc_id: str,
    text: str,
    spans: Mapping[str, tuple[str, int, int]],
    links: Iterable[tuple[str, str, str]],
    attributes: Mapping[str, Mapping[str, str]],
    language: str | None = None,
) -> Annotated:
    """What a tool exports of one text, without what means nothing here.

    Args:
        doc_id: the document's id.
        text: its text.
        spans: the label, start and end of each region by its id.
        links: source, target and label.
        attributes: of regions by id, by the attributes' names; a note is its region's "norm".
        language: of the text, "nb" or "nn".
    """
    regions = {}
    for region, (label, start, end) in spans.items():
        means = meaning("regions", label)
        if means is not None:
            said = {meaning("attributes", name): value for name, value in attributes.get(region, {}).items()}
            norm = " ".join(said[part] for part in _NORM if said.get(part))
            regions[region] = Region(means, start, end, norm or None)
    kept = tuple(
        Link(source, target, meaning("links", label) or "")
        for source, target, label in links
        if source in regions and target in regions
    )
    return Annotated(doc_id, text, regions, kept, language)
