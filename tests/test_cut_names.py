"""Names that the NER model cut, whole again."""

import re

import pytest

from pressextract.cut_names import is_whole, rejoined


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        # "&" joins always
        ("Hos Bonde & Fjord AS er det fest.", ["& Fjord AS"], ["Bonde & Fjord AS"]),
        ("Hos Lie & Berg er det fest.", ["Berg"], ["Lie & Berg"]),
        # so does a colon without a blank
        ("Se Kunst:Rom Nord i Bodø.", ["Rom Nord"], ["Kunst:Rom Nord"]),
        ("Se her: Rom Nord i Bodø.", ["Rom Nord"], ["Rom Nord"]),
        # "og" where the two never part
        ("Lier og Omegn IL vant.", ["Lier", "Omegn IL"], ["Lier og Omegn IL"]),
        ("Lier og Nes IL vant. Lier og Nes IL jubler.", ["Lier", "Nes IL"], ["Lier og Nes IL"]),
        ("Lier og Nes IL vant.", ["Lier", "Nes IL"], ["Lier", "Nes IL"]),
        # a definite noun that names nobody by itself
        ("Hos Helseinkubatoren Puls Nord er det fest.", ["Helseinkubatoren"], ["Helseinkubatoren Puls Nord"]),
        ("Hos Helseinkubatoren er det fest.", ["Helseinkubatoren"], ["Helseinkubatoren"]),
        ("Vik og Nes IL vant. Vik og Nes IL jubler. Vik IL tapte.", ["Vik", "Nes IL"], ["Vik", "Nes IL"]),
        ("Enova og NVE gir. Enova og NVE deler.", ["Enova", "NVE"], ["Enova", "NVE"]),
        # a short name presented
        ("Vern – Foreningen for vern av fjorden fyller ti.", ["Vern", "Foreningen for vern av fjorden"], ["Vern – Foreningen for vern av fjorden"]),
        ("Siva – Nordvik Havn 2–0", ["Siva", "Nordvik Havn"], ["Siva", "Nordvik Havn"]),
    ],
)  # fmt: skip
def test_rejoined(text: str, cut: list[str], whole: list[str]) -> None:
    spans = [m.span() for m in (re.search(re.escape(name), text) for name in cut) if m]
    assert [text[start:end] for start, end in rejoined(text, spans)] == whole


@pytest.mark.parametrize(
    ("name", "text", "whole"),
    [
        ("Landslaget for Hus og Hjem", "", True),
        ("Universitetet i Bergen og NTNU", "", False),
        ("Næringsforeningen i Nordvik", "Næringsforeningen i Nordvik vokser.", True),
        ("Sjukehuset i Nordvik", "Sjukehuset i Nordvik er stengt. Sjukehuset ventar.", False),
    ],
)
def test_is_whole(name: str, text: str, whole: bool) -> None:
    assert is_whole(text or name, name) is whole
