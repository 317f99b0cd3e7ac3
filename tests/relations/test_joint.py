"""Bodies that a text joins, wherever it does."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pressextract.relations.context import read_context
from pressextract.relations.joint import find_joints

NAMES = ("Nordvik Idrettslag", "Fjell Mannskor", "Enova", "Siva", "Havbanken")
LAG, KOR, ENOVA, SIVA, BANK = NAMES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siva og Enova gir penger.", [("and", {SIVA, ENOVA})]),
        ("Nordvik Idrettslag, Fjell Mannskor og Havbanken søkte sammen.", [("and", {LAG, KOR, BANK})]),
        ("Siva gir pengene på vegne av Enova.", [("through", {SIVA, ENOVA})]),
        ("Gjennom Siva støtter Enova flere.", [("through", {SIVA, ENOVA})]),
        ("Siva deler ut støtten. Siva er fornøyd. Midlene kommer fra Enova.", [("source", {SIVA, ENOVA})]),
        ("Desse får pengar:\n\n- Nordvik Idrettslag\n- Fjell Mannskor\n", [("list", {LAG, KOR})]),
        ("Siva gir mye. Enova gir lite.", []),
        ("Siva møtte Enova i Oslo.", []),
    ],
)
def test_what_a_text_joins(annotate: Callable[..., Doc], text: str, expected: list[tuple[str, set[str]]]) -> None:
    doc = annotate("Stor dag i fjorden\n\n" + text, organisations=NAMES)
    joints = find_joints(read_context(doc))
    assert [(j.how, {e.name for e in j.members}) for j in joints] == expected
