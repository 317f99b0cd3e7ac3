"""Sentences of a block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.sentences import find_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Vi er glade.", "Det er bra!", "Hva nå?"],
        ["Støtten er på ca. 3 mill. kr fra 3. mai.", "Resten kommer senere."],
        ["Laget fikk 6,5 mill.", "Resten gikk til banken."],
        ["Per K. Hansen og dr. Bao møttes kl. 10.15.", "De var enige."],
        ["Det gjelder St. Olavs plass, bl.a. Dovre.", "Andre venter."],
        ["– Ja, sier hun.", "«Vi vet.»", "Han nikker."],
        ["1. amanuensis Lie kom 2. juledag.", "I 2024 skjedde det igjen."],
        ["Ein setning utan punktum"],
    ],
)
def test_sentences_end_at_points_that_end_them(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in find_sentences(text)] == sentences


def test_offsets_count_from_the_text_s_start() -> None:
    text = "Overskrift\nEn. To."
    assert [text[a:b] for a, b in find_sentences(text, 11)] == ["En.", "To."]


@given(st.text())
def test_sentences_are_in_order_and_lose_nothing_but_blanks(text: str) -> None:
    spans = find_sentences(text)
    assert spans == sorted(spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
