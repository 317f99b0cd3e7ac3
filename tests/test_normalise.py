"""Normalisation: what becomes of each kind of character, and the way back to where it came from."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pressextract.normalise import normalise


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("A\u030as kommune", "Ås kommune"),
        ("m² og ½ fjøs™", "m² og ½ fjøs™"),
        ("nærings\u00adhage", "næringshage"),
        ("\ufeffNy\u200b klynge", "Ny klynge"),
        ("6\u00a0000\u202f000\u2009kr", "6 000 000 kr"),
        ("to  blanke", "to blanke"),
        ("Tilskudd\t \t2 000", "Tilskudd\t2 000"),
        ("Kommune      Tildelt", "Kommune\tTildelt"),
        ("    innrykket linje", " innrykket linje"),
        ("slutt \t\nny linje  ", "slutt\nny linje"),
        ("en\r\nto\rtre\u2028fire\ffem\u2029seks", "en\nto\ntre\nfire\nfem\nseks"),
        ("2—4, 2‒4, −4, ― og e‑post", "2–4, 2–4, –4, – og e-post"),
        ("“Ja”, „ja‟ og ‘ja’ og «ja»", '"Ja", "ja" og \'ja\' og «ja»'),
        ("R&amp;D, &aring;r, bl&#229;, 5&nbsp;kr, &laquo;ja&raquo;", "R&D, år, blå, 5 kr, «ja»"),
        ("&amp;amp;lt;", "<"),
        ("AT&T; og &ukjent; og & alene", "AT&T; og &ukjent; og & alene"),
        ("nærings-\nministeren", "næringsministeren"),
        ("nærings- \r\n ministeren", "næringsministeren"),
        ("nærings\u00ad\nministeren", "næringsministeren"),
        ("kommunal-\nog distriktsministeren", "kommunal-\nog distriktsministeren"),
        ("skule-\neller barnehageplass", "skule-\neller barnehageplass"),
        ("Helse Midt-\nNorge", "Helse Midt-\nNorge"),
        ("e-\npost", "e-\npost"),
        ("skjult\x00\x07\x9ftegn", "skjulttegn"),
        ("ødelagt \ud800 tegn", "ødelagt \ufffd tegn"),
        ("", ""),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert normalise(raw).text == clean


@pytest.mark.parametrize(
    ("raw", "clean_quote", "raw_quote"),
    [
        ("\ufeffFår 6\u00a0000 kr", "6 000 kr", "6\u00a0000 kr"),
        ("A\u030as kommune gir", "Ås kommune", "A\u030as kommune"),
        ("fra nærings\u00ad\nministeren i går", "næringsministeren", "nærings\u00ad\nministeren"),
        ("gir &laquo;Sm&aring;kraft&raquo; støtte", "Småkraft", "Sm&aring;kraft"),
        ("\u200bSiva\u200b\u200b gir", "Siva", "Siva"),
        ("R&amp;amp;D", "&", "&amp;amp;"),
        ("Ås   Moss", "\t", "   "),
    ],
)
def test_quotes_are_found_back(raw: str, clean_quote: str, raw_quote: str) -> None:
    result = normalise(raw)
    start = result.text.index(clean_quote)
    there = result.to_original(start, start + len(clean_quote))
    assert raw[slice(*there)] == raw_quote
    assert result.to_normalised(*there) == (start, start + len(clean_quote))


def test_deleted_characters_have_no_clean_span() -> None:
    assert normalise("en\u200b\u200bto").to_normalised(2, 4) == (2, 2)


_PIECES = [
    *("a\u030a", "\u0301", "\u0327", "\u1100", "\u1161", "\u11a8", "\u2126", "\ud83d", "\x07", "\u00ad", "\u200b"),
    *(" ", "  ", "\t", "\u00a0", "\r", "\n", "\f", "-\n", "\u00ad\n", "ing", "og ", "Ås", "6 000", ".", "“", "—"),
    *("&", "amp;", "nbsp;", "#229;", "&#13;"),
]
_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=30).map("".join)


@given(_TEXTS)
@example("&#38;nbsp;")
@example(" \u0301")
@example("a\ud800\u0301")
def test_clean_text_stays_as_it_is(raw: str) -> None:
    clean = normalise(raw).text
    again = normalise(clean)
    assert again.text == clean
    assert again.to_original(0, len(clean)) == (0, len(clean))
    assert unicodedata.is_normalized("NFC", clean)


@given(_TEXTS)
def test_spans_map_inside_in_order_and_back(raw: str) -> None:
    result = normalise(raw)
    last = (0, 0)
    for i, character in enumerate(result.text):
        start, end = result.to_original(i, i + 1)
        assert 0 <= start < end <= len(raw)
        assert start >= last[0] and end >= last[1]
        assert start == last[0] or start >= last[1], "two characters share all of their source or none"
        clean_start, clean_end = result.to_normalised(start, end)
        assert clean_start <= i < clean_end
        if (clean_start, clean_end) == (i, i + 1) and end == start + 1 and character not in " \n\ufffd–-\"'":
            assert unicodedata.normalize("NFC", raw[start]) == character
        last = start, end
    covered_start, covered_end = result.to_original(0, len(result.text))
    assert 0 <= covered_start <= covered_end <= len(raw)


@given(_TEXTS)
def test_original_spans_map_inside_and_in_order(raw: str) -> None:
    result = normalise(raw)
    last = (0, 0)
    for i in range(len(raw)):
        start, end = result.to_normalised(i, i + 1)
        assert last[0] <= start <= end <= len(result.text)
        assert start == end or end >= last[1]
        last = start, end


@given(st.text(alphabet="abcæøå ABC.,\n", max_size=60).filter(lambda text: normalise(text).text == text))
def test_plain_text_maps_onto_itself(text: str) -> None:
    result = normalise(text)
    for start in range(len(text)):
        assert result.to_original(start, len(text)) == (start, len(text)) == result.to_normalised(start, len(text))
