"""What a page shows of a record: segments of the text, and what cards draw in it."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from releases import make_release

from pressextract.view.document import Mark, page_document, segments, summary

TEXT = (
    "Siva-rådgiver Kari Nordmann gleder seg.\n"
    "Havbanken gir 6 millioner kroner til Fjordlab. Siva gir ingenting.\n"
    "Direktøren i Fjordlab, Ola Berg, sier at Havbanken er raus."
)
PARTS: dict[str, Any] = {
    "organisations": [
        {"id": "o1", "name": "Siva", "mentions": "Siva"},
        {"id": "o2", "name": "Havbanken", "mentions": "Havbanken"},
        {"id": "o3", "name": "Fjordlab", "mentions": "Fjordlab"},
    ],
    "people": [
        {"id": "p1", "name": "Kari Nordmann", "mentions": "Kari Nordmann"},
        {"id": "p2", "name": "Ola Berg", "mentions": "Ola Berg"},
    ],
    "amounts": [{"value": 6_000_000, "span": "6 millioner kroner"}],
    "roles": [
        {"person": "p1", "title": "rådgiver", "organisation": "o1", "confidence": 0.9, "evidence": "rådgiver Kari Nordmann"},
        {"person": "p2", "title": "direktør", "organisation": "o3", "confidence": 0.8, "evidence": "Direktøren i Fjordlab, Ola Berg"},
    ],
    "grants": [
        {"funders": ["o2"], "recipients": ["o3"], "amount": {"value": 6_000_000}, "confidence": 0.7, "evidence": "Havbanken gir 6 millioner kroner til Fjordlab."}
    ],
}  # fmt: skip


def quotes(document: dict[str, Any]) -> list[str]:
    """What each mark covers, read off the segments as the page's script does."""
    units = document["text"].encode("utf-16-le", "surrogatepass")
    covered = [b""] * len(document["kinds"])
    start = 0
    for end, *over in document["segments"]:
        for mark in over:
            covered[mark] += units[2 * start : 2 * end]
        start = end
    return [part.decode("utf-16-le", "surrogatepass") for part in covered]


def drawn(document: dict[str, Any], group: str, number: int) -> list[tuple[str, str]]:
    quoted = quotes(document)
    return [(part, quoted[mark]) for part, marks in document["cards"][group][number]["draws"].items() for mark in marks]


@pytest.mark.parametrize(
    ("group", "number", "expected"),
    [
        (
            "grants",
            0,
            [
                ("evidence", "Havbanken gir 6 millioner kroner til Fjordlab."),
                ("funder", "Havbanken"),
                ("recipient", "Fjordlab"),
                ("amount", "6 millioner kroner"),
            ],
        ),
        # the organisation stands outside the evidence: its nearest mention, not the one further on
        (
            "roles",
            0,
            [
                ("evidence", "rådgiver Kari Nordmann"),
                ("person", "Kari Nordmann"),
                ("organisation", "Siva"),
                ("title", "rådgiver"),
            ],
        ),
        # an inflected title
        (
            "roles",
            1,
            [
                ("evidence", "Direktøren i Fjordlab, Ola Berg"),
                ("person", "Ola Berg"),
                ("organisation", "Fjordlab"),
                ("title", "Direktøren"),
            ],
        ),
        ("organisations", 1, [("mention", "Havbanken"), ("mention", "Havbanken")]),
        ("amounts", 0, [("mention", "6 millioner kroner")]),
    ],
)
def test_a_card_draws_its_evidence_and_its_parties(group: str, number: int, expected: list[tuple[str, str]]) -> None:
    text, record = make_release(TEXT, **PARTS)
    assert drawn(page_document(record, text), group, number) == expected


def test_cards_have_names_for_ids_and_sums_as_numbers() -> None:
    text, record = make_release(TEXT, **PARTS)
    document = page_document(record, text)
    grant, role = document["cards"]["grants"][0], document["cards"]["roles"][0]
    assert (grant["funders"], grant["recipients"]) == (["Havbanken"], ["Fjordlab"])
    assert grant["amount"] == {"value": 6_000_000, "currency": "NOK"}
    assert (role["person"], role["title"], role["organisation"]) == ("Kari Nordmann", "rådgiver", "Siva")
    assert summary(document) == {"id": "a", "title": None, "published": None, "grants": 1, "roles": 2}


@pytest.mark.parametrize(
    "quote",
    ["Fjordlab", "🎉 Fjordlab", "Fjord\u00adlab", "Fjørdla\u0308b", "Fjordlab 👩‍🔬", "Fjord\r\nlab"],
)
@pytest.mark.parametrize("before", ["", "🎉", "🇳🇴 a\u030a\u00ad", "\ud83d\ude00", "\0\r\n\u2028"])
def test_marks_cover_the_same_characters_in_code_units(before: str, quote: str) -> None:
    text, record = make_release(
        f"{before} {quote} og {quote}.🎉", organisations=[{"id": "o1", "name": "x", "mentions": quote}]
    )
    assert quotes(page_document(record, text)) == [quote, quote]


def test_a_record_that_points_outside_its_text_is_told_of() -> None:
    _, record = make_release(TEXT, **PARTS)
    with pytest.raises(ValueError, match="the record of 'a' points at characters"):
        page_document(record, TEXT[:50])


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(st.characters(codec=None, categories=None), max_size=20))
    offsets = st.integers(0, len(text))
    ends = draw(st.lists(st.tuples(offsets, offsets).map(sorted), max_size=8))
    return text, [Mark(start, end, "title") for start, end in ends]


@given(marked_texts())
def test_segments_cover_the_text_and_know_the_marks_over_them(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    found = list(segments(text, marks))
    ends = [end for end, _ in found]
    units = [len(text[:i].encode("utf-16-le", "surrogatepass")) // 2 for i in range(len(text) + 1)]
    assert ends[-1:] == units[1:][-1:]
    assert all(a < b for a, b in pairwise([0, *ends]))
    for start, (end, over) in zip([0, *ends], found, strict=False):
        first, last = units.index(start), units.index(end)
        assert set(over) == {n for n, m in enumerate(marks) if m.start <= first and last <= m.end and m.start < m.end}
        assert list(over) == sorted(over, key=lambda n: (marks[n].start, -marks[n].end))
        assert not any(first < edge < last for m in marks for edge in (m.start, m.end) if m.start < m.end)
