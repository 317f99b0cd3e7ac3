"""Where names stand in a text as whole words."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pressextract.occurrences import find_occurrences, stands_alone

OPENING = regex.compile(r"(?<![\w@.-])")
CLOSING = regex.compile(r"(?:(?<=s)|s|'s?)?(?![\w@]|-\p{Ll})")


@pytest.mark.parametrize(
    ("text", "forms", "found"),
    [
        ("Siva gir Siva SF penger.", ["Siva", "Siva SF"], ["0 Siva", "9 Siva SF"]),
        ("Sivas direktør", ["Siva"], ["0 Siva"]),
        ("Sivas direktør", ["Siva", "Sivas Hage"], ["0 Siva"]),
        ("Nordvikfisk", ["Nordvik"], []),
        ("post@Siva", ["Siva"], []),
        ("Siva-direktøren, Siva-Nord", ["Siva"], ["17 Siva"]),
        ("Berg og Berg & Co", ["Berg & Co", "Berg"], ["0 Berg", "8 Berg & Co"]),
        ("Kunst:Rom og Kunst", ["Kunst", "Kunst:Rom"], ["0 Kunst:Rom", "13 Kunst"]),
        ("tekst", [], []),
    ],
)
def test_the_longest_form_counts_where_it_is_a_word(text: str, forms: list[str], found: list[str]) -> None:
    assert [f"{start} {form}" for start, form in find_occurrences(text, forms, OPENING, CLOSING)] == found


FORMS = st.text(alphabet="Abs-' .@", min_size=1, max_size=4).filter(lambda form: form.strip() == form)


@given(st.text(alphabet="Abs-' .@\n", max_size=40), st.lists(FORMS, min_size=1, max_size=5, unique=True))
def test_it_finds_what_one_pattern_of_all_forms_finds(text: str, forms: list[str]) -> None:
    longest_first = "|".join(regex.escape(form) for form in sorted(forms, key=len, reverse=True))
    pattern = regex.compile(rf"{OPENING.pattern}({longest_first}){CLOSING.pattern}")
    expected = [(match.start(1), match[1]) for match in pattern.finditer(text)]
    assert list(find_occurrences(text, forms, OPENING, CLOSING)) == expected


@pytest.mark.parametrize(
    ("text", "string", "alone"),
    [
        ("Sivas folk og Siva", "Siva", True),
        ("Sivas folk", "Siva", False),
        ("Siva-direktøren", "Siva", False),
        ("(Nordvik IL)", "Nordvik IL", True),
        ("", "Siva", False),
    ],
)
def test_a_string_stands_alone_where_nothing_is_written_on_to_it(text: str, string: str, alone: bool) -> None:
    assert stands_alone(text, string) is alone
