"""The headline among the lines at the top of a release."""

import pytest

from pressextract.layout import find_blocks, find_title

LEAD = "\n\nSkuret får nytt tak, og kveldsturene til øya kan begynne igjen etter påske. {}\n"


@pytest.mark.parametrize(
    ("above", "recurring"),
    [
        ("", ""),
        ("Sørøya kommune\n\n", ""),
        ("HAND TIL HAND NORD\n\n", "Hand til Hand Nord gir pengene."),
        ("Sørøya Ro – ein del av Nordkysten\n\n", "Det seier Sørøya Ro."),
        ("Sørøya Roklubb\nTerminliste | Båter | Klubbhus | Medlemmer\n\n", ""),
        ("Havly teater\nForestillinger – Billetter – Om oss\n\n", ""),
        ("Havly sokn\nDen norske kirke på Sørøya\n\n", ""),
        ("Foreningen Sørøyas Venner (SV-RØ)\n\nNyhet | 3. mai 2024\n\n", ""),
    ],
)
def test_the_senders_lines_above_are_no_headline(above: str, recurring: str) -> None:
    text = f"{above}Nytt tak på det gamle naustet{LEAD.format(recurring)}"
    title = find_title(text, find_blocks(text))
    assert title is not None
    assert text[title.start : title.end] == "Nytt tak på det gamle naustet"


@pytest.mark.parametrize(
    "below",
    ["", "\n\nRoklubben kan ta imot barn igjen", "\nRoklubben kan ta imot barn igjen", "\n\nSørøya, 3. mai 2024"],
)
def test_a_second_headline_is_not_the_first(below: str) -> None:
    text = f"NYTT TAK PÅ NAUSTET{below}{LEAD.format('')}"
    title = find_title(text, find_blocks(text))
    assert title is not None
    assert text[title.start : title.end] == "NYTT TAK PÅ NAUSTET"
