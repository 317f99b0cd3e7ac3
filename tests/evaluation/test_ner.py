"""Mentions of names, scored by nervaluate."""

from collections.abc import Callable
from typing import Any

import pytest

from pressextract.evaluation.gold import Gold, GoldDocument, Mention
from pressextract.evaluation.ner import ALL, Marked, MentionCounts, labels_of, mark, mention_counts
from pressextract.records import PressRelease

Make = Callable[..., PressRelease]
Places = list[tuple[int, int, str]]


def mentions(places: Places) -> tuple[Mention, ...]:
    return tuple(Mention(start=start, end=end, label=label) for start, end, label in places)


RIGHT, WRONG, HALF, MISSED, SPURIOUS = (
    MentionCounts(1, 0, 0, 0, 0),
    MentionCounts(0, 1, 0, 0, 0),
    MentionCounts(0, 0, 1, 0, 0),
    MentionCounts(0, 0, 0, 1, 0),
    MentionCounts(0, 0, 0, 0, 1),
)


@pytest.mark.parametrize(
    ("gold", "predicted", "strict", "exact", "partial", "ent_type"),
    [
        pytest.param([(0, 4, "ORG")], [(0, 4, "ORG")], RIGHT, RIGHT, RIGHT, RIGHT, id="right"),
        pytest.param([(0, 4, "ORG")], [(0, 4, "PER")], WRONG, RIGHT, RIGHT, WRONG, id="another type"),
        pytest.param([(0, 4, "ORG")], [(0, 9, "ORG")], WRONG, WRONG, HALF, RIGHT, id="another extent"),
        pytest.param([(0, 4, "ORG")], [(4, 9, "ORG")], *[MentionCounts(0, 0, 0, 1, 1)] * 4, id="side by side"),
        pytest.param([(0, 4, "ORG")], [], *[MISSED] * 4, id="missed"),
        pytest.param([], [(0, 4, "ORG")], *[SPURIOUS] * 4, id="spurious"),
        pytest.param([], [], *[MentionCounts()] * 4, id="nothing"),
    ],
)
def test_the_four_ways_to_count(
    gold: Places,
    predicted: Places,
    strict: MentionCounts,
    exact: MentionCounts,
    partial: MentionCounts,
    ent_type: MentionCounts,
) -> None:
    counts = mention_counts(Marked("a", "nb", "", mentions(gold), mentions(predicted)), ["ORG", "PER"])
    assert counts[ALL] == {"strict": strict, "exact": exact, "partial": partial, "ent_type": ent_type}


@pytest.mark.parametrize(
    ("counts", "f1"),
    [(MentionCounts(3, 0, 0, 1, 1), 0.75), (MentionCounts(0, 0, 2, 0, 0), 0.5), (MentionCounts(), None)],
)
def test_f1_counts_a_partial_mention_as_half(counts: MentionCounts, f1: float | None) -> None:
    assert counts.f1 == f1


def test_labels_are_counted_apart() -> None:
    document = Marked("a", "nb", "", mentions([(0, 4, "ORG"), (5, 9, "PER")]), mentions([(0, 4, "ORG")]))
    counts = mention_counts(document, labels_of([document]))
    assert {label: of["strict"] for label, of in counts.items()} == {
        ALL: MentionCounts(1, 0, 0, 1, 0),
        "ORG": RIGHT,
        "PER": MISSED,
    }


def shown(marked: Marked) -> list[list[str]]:
    return [[f"{marked.text[m.start : m.end]}/{m.label}" for m in side] for side in (marked.gold, marked.predicted)]


@pytest.mark.parametrize(
    ("text", "organisations", "predicted", "gold_has", "prediction_has"),
    [
        pytest.param("Sivas sjef, Siva", ["Siva"], [(0, 4), (12, 16)], ["Siva/ORG"] * 2, ["Siva/ORG"] * 2, id="genitive"),
        pytest.param("Hamar kommune i Hamar", ["Hamar kommune|Hamar"], [(0, 13), (16, 21)], ["Hamar kommune/ORG"], ["Hamar kommune/ORG"], id="a place counts on neither side"),
        pytest.param("Da regjeringen gikk", ["regjeringen"], [(3, 14)], [], [], id="a body in lower case neither"),
        pytest.param("Siva SF og Siva", ["Siva SF|Siva"], [(0, 4)], ["Siva SF/ORG", "Siva/ORG"], ["Siva/ORG"], id="the longest name"),
    ],
)  # fmt: skip
def test_gold_s_names_are_looked_up_in_the_text(
    make_record: Make, text: str, organisations: list[str], predicted: list[tuple[int, int]],
    gold_has: list[str], prediction_has: list[str],
) -> None:  # fmt: skip
    lists: dict[str, Any] = {name: [] for name in ("people", "roles", "grants", "amounts", "dates")}
    forms = [{"name": name, "aliases": aliases} for name, *aliases in (o.split("|") for o in organisations)]
    document = GoldDocument(doc_id="a", text=text, gold=Gold(language="nb", title=None, organisations=forms, **lists))
    spans = [{"start": start, "end": end} for start, end in predicted]
    record = make_record(organisations=[{"id": "o1", "name": text[:4], "mentions": spans}])
    assert shown(mark(document, record)) == [gold_has, prediction_has]
